//! A jar that the handler returns.

use core::convert::Infallible;
use core::ops::{Deref, DerefMut};

use axum_core::extract::FromRequestParts;
use axum_core::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};
use hardtack::{CookieValue, ReturnedJar, SetCookie};
use http::HeaderMap;
use http::request::Parts;

use crate::error::{CookieError, NoRoom, TypedRejection};
use crate::keys::unsealed;
use crate::parts::append;
use crate::shared::SharedJar;

/// A request's cookies and what the response changes of them, written on the response that the handler returns the jar
/// with.
///
/// It needs no layer, and a jar that is not returned changes nothing: on an `Err`, too, the changes are lost unless the
/// error carries them. Where every response is to have them there is [`SharedJar`]. It is [`ReturnedJar`] in all that it
/// does.
///
/// Under a [`CookieLayer`](crate::CookieLayer) the jar reads what was changed before it was extracted, and writes its own
/// changes alone. Where it and the shared jar change the same cookie, the field of the returned jar stands, and the layer
/// leaves its own out.
///
/// ```
/// use axum_core::response::IntoResponse;
/// use hardtack::CookieTemplate;
/// use hardtack_axum::{CookieError, CookieJar};
///
/// const VISITS: CookieTemplate = CookieTemplate::new("visits").checked();
///
/// async fn index(mut jar: CookieJar) -> Result<impl IntoResponse, CookieError> {
///     let visits = jar.get("visits").and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
///     jar.set(VISITS.cookie((visits + 1).to_string()).build()?);
///     Ok((jar, "welcome"))
/// }
/// # let mut headers = http::HeaderMap::new();
/// # headers.insert("cookie", http::HeaderValue::from_static("visits=7"));
/// # let response = pollster::block_on(index(CookieJar::from(&headers)))?.into_response();
/// # assert_eq!(response.headers()["set-cookie"], "visits=8; Path=/");
/// # Ok::<(), CookieError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "the changes are on the response that the handler returns the jar with"]
pub struct CookieJar(ReturnedJar);

impl CookieJar {
    /// Returns the cookie of this type, with what was changed; `None` where there is none.
    ///
    /// # Errors
    ///
    /// A [`TypedRejection`] for a cookie that cannot be read as one of this type.
    pub fn get_typed<V: CookieValue>(&self) -> Result<Option<V>, TypedRejection> {
        self.0.get_typed().map_err(|fault| TypedRejection::new(V::TEMPLATE.name(), fault))
    }

    /// Sets the cookie of this type; returns the change of the same identity whose place it takes.
    ///
    /// # Errors
    ///
    /// A [`CookieError`] for a value that its format or the builder refuses.
    pub fn set_typed<V: CookieValue>(&mut self, value: &V) -> Result<Option<SetCookie<'static>>, CookieError> {
        Ok(self.set(unsealed(value)?))
    }
}

impl Deref for CookieJar {
    type Target = ReturnedJar;

    fn deref(&self) -> &ReturnedJar {
        &self.0
    }
}

impl DerefMut for CookieJar {
    fn deref_mut(&mut self) -> &mut ReturnedJar {
        &mut self.0
    }
}

impl From<hardtack::CookieJar> for CookieJar {
    fn from(jar: hardtack::CookieJar) -> Self {
        Self(jar.into())
    }
}

/// The cookies of every Cookie field of a request.
impl From<&HeaderMap> for CookieJar {
    fn from(headers: &HeaderMap) -> Self {
        hardtack::CookieJar::from(headers).into()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for CookieJar {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let request = hardtack::CookieJar::from(&parts.headers);
        Ok(Self(match SharedJar::from_extensions(&parts.extensions) {
            Some(shared) => ReturnedJar::beside(request, &shared),
            None => request.into(),
        }))
    }
}

impl IntoResponseParts for CookieJar {
    type Error = NoRoom;

    fn into_response_parts(self, response: ResponseParts) -> Result<ResponseParts, NoRoom> {
        append(self.changes(), response)
    }
}

impl IntoResponse for CookieJar {
    fn into_response(self) -> Response {
        (self, ()).into_response()
    }
}
