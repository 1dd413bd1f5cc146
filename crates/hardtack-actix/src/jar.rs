//! A jar that the handler returns.

use core::convert::Infallible;
use core::fmt;
use core::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use hardtack::{CookieId, CookieValue, Cookies, SetCookie, SetCookies};

use crate::error::CookieError;
use crate::fields::jar;
use crate::shared::SharedJar;
use crate::typed::{self, TypedRejection};

/// A request's cookies and what the response changes of them, written by the handler that sets them on its response:
/// [`with_cookies(jar)`](crate::WithCookies::with_cookies).
///
/// It needs no middleware, and a jar that is not written changes nothing: on an `Err`, too, the changes are lost. Where
/// every response is to have them there is [`SharedJar`].
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
#[derive(Clone, Default)]
#[must_use = "the changes are on the response that the handler sets them on"]
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
    /// # Errors
    ///
    /// [`TypedRejection::Unread`] for a cookie that cannot be read as one of this type.
    pub fn get_typed<V: CookieValue>(&self) -> Result<Option<V>, TypedRejection> {
        typed::read(self.of(V::TEMPLATE.name()))
    }

    /// Sets the cookie of this type.
    ///
    /// # Errors
    ///
    /// A [`CookieError`] for a value that its format or the builder refuses.
    pub fn set_typed<V: CookieValue>(&mut self, value: &V) -> Result<Option<SetCookie<'static>>, CookieError> {
        Ok(self.set(value.to_cookie()?.build()?))
    }

    /// The jar to ask for a cookie of this name.
    fn of(&self, name: &str) -> &hardtack::CookieJar {
        match &self.pending {
            Some(pending) if self.own.changes().get(name).is_none() => pending,
            _ => &self.own,
        }
    }
}

/// What the jar changes.
impl IntoIterator for CookieJar {
    type Item = SetCookie<'static>;
    type IntoIter = <SetCookies<'static> as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.own.into_changes().into_iter()
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
        jar(headers).into()
    }
}

impl FromRequest for CookieJar {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let shared = SharedJar::from_extensions(&request.extensions()).filter(|shared| shared.is_changed());
        let pending = shared.map(|shared| Box::new(shared.read(Clone::clone)));
        ready(Ok(Self { own: jar(request.headers()), pending }))
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
