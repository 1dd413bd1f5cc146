//! A jar that the handler returns.

use core::convert::Infallible;
use core::future::{Ready, ready};
use core::ops::{Deref, DerefMut};

use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use hardtack::{CookieValue, ReturnedJar, SetCookie, SetCookies};

use crate::error::{CookieError, TypedRejection};
use crate::fields::jar;
use crate::keys::unsealed;
use crate::shared::SharedJar;

/// A request's cookies and what the response changes of them, written by the handler that sets them on its response:
/// [`with_cookies(jar)`](crate::WithCookies::with_cookies).
///
/// It needs no middleware, and a jar that is not written changes nothing: on an `Err`, too, the changes are lost. Where
/// every response is to have them there is [`SharedJar`]. It is [`ReturnedJar`] in all that it does.
///
/// Under a [`CookieMiddleware`](crate::CookieMiddleware) the jar reads what was changed before it was extracted, and
/// holds its own changes alone. Where it and the shared jar change the same cookie, the field of the handler stands, and
/// the middleware leaves its own out.
///
/// ```
/// use actix_web::HttpResponse;
/// use hardtack::CookieTemplate;
/// use hardtack_actix::{CookieError, CookieJar, WithCookies};
///
/// const VISITS: CookieTemplate = CookieTemplate::new("visits").checked();
///
/// async fn index(mut jar: CookieJar) -> Result<HttpResponse, CookieError> {
///     let visits = jar.get("visits").and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
///     jar.set(VISITS.cookie((visits + 1).to_string()).build()?);
///     Ok(HttpResponse::Ok().with_cookies(jar).body("welcome"))
/// }
/// # let response = futures_util::FutureExt::now_or_never(index(hardtack::CookieJar::new("visits=7").into()));
/// # assert_eq!(response.unwrap()?.headers().get("set-cookie").unwrap(), "visits=8; Path=/");
/// # Ok::<(), CookieError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "the changes are on the response that the handler sets them on"]
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

/// What the jar changes.
impl IntoIterator for CookieJar {
    type Item = SetCookie<'static>;
    type IntoIter = <SetCookies<'static> as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_changes().into_iter()
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
        jar(headers).into()
    }
}

impl FromRequest for CookieJar {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let cookies = jar(request.headers());
        ready(Ok(Self(match SharedJar::from_extensions(&request.extensions()) {
            Some(shared) => ReturnedJar::beside(cookies, &shared),
            None => cookies.into(),
        })))
    }
}
