//! The jar that everyone who serves the request shares, and the middleware writes.

use core::fmt;
use core::future::{Ready, ready};
use core::ops::Deref;
use std::sync::Arc;

use actix_web::dev::{Extensions, Payload};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use hardtack::{CookieValue, SetCookie};

use crate::error::{CookieError, MissingMiddleware, TypedRejection};
use crate::keys::Keys;

/// A request's cookies and what the response changes of them, shared by all that serve the request: extractors,
/// handlers, middleware. The [`CookieMiddleware`](crate::CookieMiddleware) writes the changes, whatever the response is.
///
/// As an extractor it needs the middleware, and without one is rejected with [`MissingMiddleware`], since the changes
/// would be lost. In a middleware, [`from_extensions`](Self::from_extensions) finds it in the request. It is
/// [`hardtack::SharedJar`] in all that it does: once the response has passed the middleware, a change is the error
/// [`TooLate`](hardtack::TooLate).
///
/// ```
/// use actix_web::error::{Error, ErrorUnauthorized};
/// use hardtack::CookieTemplate;
/// use hardtack_actix::{CookieError, SharedJar};
///
/// const ATTEMPTS: CookieTemplate = CookieTemplate::new("attempts").checked();
///
/// // The cookie is on the response, though that is an error.
/// async fn login(jar: SharedJar) -> Result<&'static str, Error> {
///     let counted = ATTEMPTS.cookie("1").build().map_err(CookieError::from)?;
///     jar.set(counted).map_err(CookieError::from)?;
///     Err(ErrorUnauthorized("who are you?"))
/// }
/// # let _ = login;
/// ```
#[derive(Clone)]
pub struct SharedJar {
    jar: hardtack::SharedJar,
    keys: Arc<Keys>,
}

impl SharedJar {
    pub(crate) fn new(jar: hardtack::CookieJar, keys: Arc<Keys>) -> Self {
        Self { jar: jar.into(), keys }
    }

    /// The same jar, where handlers find other keys.
    pub(crate) fn with_keys(self, keys: Arc<Keys>) -> Self {
        Self { keys, ..self }
    }

    #[cfg(feature = "seal")]
    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Returns the jar that the middleware left in the extensions of the request.
    ///
    /// ```
    /// use actix_web::HttpMessage;
    /// use actix_web::dev::ServiceRequest;
    /// use hardtack_actix::SharedJar;
    ///
    /// fn theme(request: &ServiceRequest) -> Option<String> {
    ///     SharedJar::from_extensions(&request.extensions())?.get("theme")
    /// }
    /// # let request = actix_web::test::TestRequest::get().to_srv_request();
    /// # assert_eq!(theme(&request), None);
    /// ```
    #[must_use]
    pub fn from_extensions(extensions: &Extensions) -> Option<Self> {
        extensions.get().cloned()
    }

    /// Returns the cookie of this type, with what was changed; `None` where there is none.
    ///
    /// # Errors
    ///
    /// A [`TypedRejection`] for a cookie that cannot be read as one of this type.
    pub fn get_typed<V: CookieValue>(&self) -> Result<Option<V>, TypedRejection> {
        self.read(|jar| self.keys.read(jar))
    }

    /// Sets the cookie of this type; returns the change of the same identity whose place it takes.
    ///
    /// # Errors
    ///
    /// A [`CookieError`] for a value that its format, the seal or the builder refuses, and once the response has passed
    /// the middleware.
    pub fn set_typed<V: CookieValue>(&self, value: &V) -> Result<Option<SetCookie<'static>>, CookieError> {
        Ok(self.set(self.keys.write(value)?)?)
    }
}

impl Deref for SharedJar {
    type Target = hardtack::SharedJar;

    fn deref(&self) -> &hardtack::SharedJar {
        &self.jar
    }
}

impl FromRequest for SharedJar {
    type Error = MissingMiddleware;
    type Future = Ready<Result<Self, MissingMiddleware>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::from_extensions(&request.extensions()).ok_or(MissingMiddleware))
    }
}

/// Values are shown by their length alone.
impl fmt::Debug for SharedJar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.jar.fmt(f)
    }
}
