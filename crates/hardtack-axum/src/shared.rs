//! A jar that everyone who serves the request shares, and the layer writes.

use core::fmt;
use core::ops::Deref;
use std::sync::Arc;

use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use hardtack::{CookieJar, CookieValue, SetCookie};
use http::request::Parts;
use http::{Extensions, HeaderMap};

use crate::error::{CookieError, MissingLayer, TypedRejection};
use crate::keys::Keys;

/// A request's cookies and what the response changes of them, shared by all that serve the request: extractors,
/// handlers, middleware. The [`CookieLayer`](crate::CookieLayer) writes the changes, whatever the response is.
///
/// As an extractor it needs the layer, and without one is rejected with [`MissingLayer`], since the changes would be lost.
/// Outside of axum, [`from_extensions`](Self::from_extensions) finds it in the request. It is [`hardtack::SharedJar`] in all
/// that it does: clones are the same jar, and once the response has passed the layer, a change is the error
/// [`TooLate`](crate::TooLate).
///
/// ```
/// use hardtack::CookieTemplate;
/// use hardtack_axum::{CookieError, SharedJar};
/// use http::StatusCode;
///
/// const ATTEMPTS: CookieTemplate = CookieTemplate::new("attempts").checked();
///
/// // The cookie is on the response, though that is an error.
/// async fn login(jar: SharedJar) -> Result<&'static str, StatusCode> {
///     let count = || -> Result<(), CookieError> {
///         jar.set(ATTEMPTS.cookie("1").build()?)?;
///         Ok(())
///     };
///     count().map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
///     Err(StatusCode::UNAUTHORIZED)
/// }
/// # let _ = login;
/// ```
#[derive(Clone)]
pub struct SharedJar {
    jar: hardtack::SharedJar,
    keys: Arc<Keys>,
}

impl SharedJar {
    pub(crate) fn new(headers: &HeaderMap, keys: Arc<Keys>) -> Self {
        Self { jar: CookieJar::from(headers).into(), keys }
    }

    /// The same jar, where handlers find other keys.
    pub(crate) fn with_keys(self, keys: Arc<Keys>) -> Self {
        Self { keys, ..self }
    }

    #[cfg(feature = "seal")]
    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Returns the jar that the layer left in the extensions of the request.
    ///
    /// ```
    /// use hardtack_axum::SharedJar;
    ///
    /// fn theme<B>(request: &http::Request<B>) -> Option<String> {
    ///     SharedJar::from_extensions(request.extensions())?.get("theme")
    /// }
    /// # assert_eq!(theme(&http::Request::new(())), None);
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
    /// the layer.
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

impl<S: Send + Sync> FromRequestParts<S> for SharedJar {
    type Rejection = MissingLayer;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, MissingLayer> {
        Self::from_extensions(&parts.extensions).ok_or(MissingLayer)
    }
}

/// `None` without the layer.
impl<S: Send + Sync> OptionalFromRequestParts<S> for SharedJar {
    type Rejection = core::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, Self::Rejection> {
        Ok(Self::from_extensions(&parts.extensions))
    }
}

/// Values are shown by their length alone.
impl fmt::Debug for SharedJar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.jar.fmt(f)
    }
}
