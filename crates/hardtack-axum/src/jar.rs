//! A jar that the handler returns.

use core::convert::Infallible;
use core::fmt;

use axum_core::extract::FromRequestParts;
use axum_core::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};
use hardtack::{CookieId, Cookies, SetCookie, SetCookies};
use http::HeaderMap;
use http::request::Parts;

use crate::error::{CookieError, NoRoom};
use crate::parts::append;
use crate::shared::SharedJar;
use crate::typed::{CookieValue, TypedRejection, Unsealed, read, write};

/// A request's cookies and what the response changes of them, written on the response that the handler returns the jar
/// with.
///
/// It needs no layer, and a jar that is not returned changes nothing: on an `Err`, too, the changes are lost unless the
/// error carries them. Where every response is to have them there is [`SharedJar`].
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
#[derive(Clone, Default)]
#[must_use = "the changes are on the response that the handler returns the jar with"]
pub struct CookieJar {
    own: hardtack::CookieJar,
    // What the shared jar had changed when this one was extracted.
    pending: Option<Box<hardtack::CookieJar>>,
}

impl CookieJar {
    /// Returns the value of the first cookie of this name, with what was changed; see
    /// [`hardtack::CookieJar::get`].
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.of(name).get(name)
    }

    /// Returns the octets of the first cookie of this name, with what was changed.
    #[must_use]
    pub fn get_bytes(&self, name: &str) -> Option<&[u8]> {
        self.of(name).get_bytes(name)
    }

    /// Returns the value of the first cookie of this name as the request has it, whatever was changed.
    #[must_use]
    pub fn original(&self, name: &str) -> Option<&str> {
        self.own.original(name)
    }

    /// Returns the cookies of the request, whatever was changed.
    #[must_use]
    pub fn request(&self) -> Cookies<'_, [u8]> {
        self.own.request()
    }

    /// Sets a cookie; returns the change of the same identity whose place it takes.
    #[doc(alias("add", "insert"))]
    pub fn set(&mut self, cookie: SetCookie<'_>) -> Option<SetCookie<'static>> {
        self.own.set(cookie)
    }

    /// Deletes the cookie that the tombstone names, or takes back that it was about to be set; see
    /// [`hardtack::CookieJar::delete`].
    ///
    /// ```
    /// use axum_core::response::IntoResponse;
    /// use hardtack::CookieTemplate;
    /// use hardtack_axum::{CookieError, CookieJar};
    ///
    /// const SID: CookieTemplate = CookieTemplate::new("sid").path("/app").checked();
    ///
    /// async fn logout(mut jar: CookieJar) -> Result<impl IntoResponse, CookieError> {
    ///     jar.delete(SID.tombstone().build()?);
    ///     Ok((jar, "bye"))
    /// }
    /// # let _ = logout;
    /// ```
    #[doc(alias = "remove")]
    pub fn delete(&mut self, tombstone: SetCookie<'_>) -> Option<SetCookie<'static>> {
        // What the layer is about to write is not there to be taken back, and so is deleted.
        let pending = self.pending.as_ref().and_then(|pending| pending.changes().get_id(tombstone.id()));
        if pending.is_some_and(|change| !change.is_tombstone()) {
            let replaced = self.own.forget(tombstone.id());
            self.own.delete(tombstone);
            return replaced;
        }
        self.own.delete(tombstone)
    }

    /// Takes back what this jar changed of the cookie of this identity; returns it.
    pub fn forget(&mut self, id: CookieId<'_>) -> Option<SetCookie<'static>> {
        self.own.forget(id)
    }

    /// Returns what this jar changes, in the order in which it was first changed.
    #[must_use]
    pub const fn changes(&self) -> &SetCookies<'static> {
        self.own.changes()
    }

    /// Returns whether this jar changes anything.
    #[must_use]
    pub const fn is_changed(&self) -> bool {
        self.own.is_changed()
    }

    /// Returns the cookie of this type; `None` where there is none.
    ///
    /// A sealed one is [`SharedJar`]'s to read, for the layer has the keys: here it does not compile.
    ///
    /// ```compile_fail,E0080
    /// # use hardtack_axum::{CookieJar, CookieValue, Protection};
    /// # struct User(u32);
    /// # impl core::str::FromStr for User {
    /// #     type Err = core::num::ParseIntError;
    /// #     fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
    /// # }
    /// # impl core::fmt::Display for User {
    /// #     fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result { self.0.fmt(f) }
    /// # }
    /// impl CookieValue for User {
    ///     // ..
    /// #   const TEMPLATE: hardtack::CookieTemplate<'static> =
    /// #       hardtack::CookieTemplate::prefixed("__Host-user").http_only(true).checked();
    /// #   type Format = hardtack::format::Text;
    ///     const PROTECTION: Protection = Protection::Signed;
    /// }
    ///
    /// let user = CookieJar::default().get_typed::<User>();
    /// ```
    ///
    /// # Errors
    ///
    /// A [`TypedRejection`] for a cookie that cannot be read as one of this type.
    pub fn get_typed<V: CookieValue>(&self) -> Result<Option<V>, TypedRejection> {
        let () = Unsealed::<V>::CHECK;
        read(self.of(V::TEMPLATE.name()), None)
    }

    /// Sets the cookie of this type.
    ///
    /// # Errors
    ///
    /// A [`CookieError`] for a value that its format or the builder refuses.
    pub fn set_typed<V: CookieValue>(&mut self, value: &V) -> Result<(), CookieError> {
        let () = Unsealed::<V>::CHECK;
        self.set(write(value, None)?);
        Ok(())
    }

    /// The jar to ask for a cookie of this name.
    fn of(&self, name: &str) -> &hardtack::CookieJar {
        match &self.pending {
            Some(pending) if self.own.changes().get(name).is_none() => pending,
            _ => &self.own,
        }
    }
}

impl From<hardtack::CookieJar> for CookieJar {
    fn from(jar: hardtack::CookieJar) -> Self {
        Self { own: jar, pending: None }
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
        let shared = SharedJar::from_extensions(&parts.extensions).filter(|shared| shared.is_changed());
        let pending = shared.map(|shared| Box::new(shared.read(Clone::clone)));
        Ok(Self { own: (&parts.headers).into(), pending })
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

/// Values are shown by their length alone.
impl fmt::Debug for CookieJar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CookieJar")
            .field("own", &self.own)
            .field("pending", &self.pending.as_ref().map(|pending| pending.changes()))
            .finish()
    }
}
