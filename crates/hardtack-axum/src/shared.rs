//! A jar that everyone who serves the request shares, and the layer writes.

use core::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use hardtack::{CookieId, SetCookie, SetCookies};
use http::request::Parts;
use http::{Extensions, HeaderMap};

use crate::error::{CookieError, MissingLayer, TooLate};
use crate::seals::Seals;
use crate::typed::{CookieValue, TypedRejection, read, write};

/// A request's cookies and what the response changes of them, shared by all that serve the request: extractors,
/// handlers, middleware. The [`CookieLayer`](crate::CookieLayer) writes the changes, whatever the response is.
///
/// As an extractor it needs the layer, and without one is rejected with [`MissingLayer`], since the changes would be lost.
/// Outside of axum, [`from_extensions`](Self::from_extensions) finds it in the request. Clones are the same jar. A lock is
/// held for each call, for no longer; one that was poisoned by a panic is taken up again, since no cookie is ever half
/// set.
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
    state: Arc<Mutex<State>>,
    seals: Arc<Seals>,
}

struct State {
    jar: hardtack::CookieJar,
    /// Why nothing can be changed any more.
    ended: Option<TooLate>,
}

impl SharedJar {
    pub(crate) fn new(headers: &HeaderMap, seals: Arc<Seals>) -> Self {
        let state = State { jar: headers.into(), ended: None };
        Self { state: Arc::new(Mutex::new(state)), seals }
    }

    /// The same jar, where handlers find other seals.
    pub(crate) fn with_seals(self, seals: Arc<Seals>) -> Self {
        Self { seals, ..self }
    }

    pub(crate) fn seals(&self) -> &Seals {
        &self.seals
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

    /// Returns the value of the first cookie of this name, with what was changed; see
    /// [`hardtack::CookieJar::get`].
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        self.read(|jar| jar.get(name).map(Into::into))
    }

    /// Returns the octets of the first cookie of this name, with what was changed.
    #[must_use]
    pub fn get_bytes(&self, name: &str) -> Option<Vec<u8>> {
        self.read(|jar| jar.get_bytes(name).map(Into::into))
    }

    /// Returns the value of the first cookie of this name as the request has it, whatever was changed.
    #[must_use]
    pub fn original(&self, name: &str) -> Option<String> {
        self.read(|jar| jar.original(name).map(Into::into))
    }

    /// Returns what the response changes, in the order in which it was first changed.
    #[must_use]
    pub fn changes(&self) -> SetCookies<'static> {
        self.read(|jar| jar.changes().clone())
    }

    /// Returns whether the response changes anything.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.read(hardtack::CookieJar::is_changed)
    }

    /// Sets a cookie; returns the change of the same identity whose place it takes.
    ///
    /// # Errors
    ///
    /// [`TooLate`] once the response has passed the layer.
    #[doc(alias("add", "insert"))]
    pub fn set(&self, cookie: SetCookie<'_>) -> Result<Option<SetCookie<'static>>, TooLate> {
        self.update(|jar| jar.set(cookie))
    }

    /// Deletes the cookie that the tombstone names, or takes back that it was about to be set; see
    /// [`hardtack::CookieJar::delete`].
    ///
    /// # Errors
    ///
    /// [`TooLate`] once the response has passed the layer.
    #[doc(alias = "remove")]
    pub fn delete(&self, tombstone: SetCookie<'_>) -> Result<Option<SetCookie<'static>>, TooLate> {
        self.update(|jar| jar.delete(tombstone))
    }

    /// Takes back what was changed of the cookie of this identity, as though it had not been; returns it.
    ///
    /// # Errors
    ///
    /// [`TooLate`] once the response has passed the layer.
    pub fn forget(&self, id: CookieId<'_>) -> Result<Option<SetCookie<'static>>, TooLate> {
        self.update(|jar| jar.forget(id))
    }

    /// Reads the jar under one lock.
    ///
    /// Do not call the same jar inside: it would wait for itself.
    pub fn read<R>(&self, read: impl FnOnce(&hardtack::CookieJar) -> R) -> R {
        read(&self.lock().jar)
    }

    /// Changes the jar under one lock, so that no one sees or makes a change in between.
    ///
    /// Do not call the same jar inside: it would wait for itself.
    ///
    /// # Errors
    ///
    /// [`TooLate`] once the response has passed the layer; `change` is then not called.
    ///
    /// ```
    /// use hardtack::{BuildError, SetCookie};
    /// use hardtack_axum::{CookieError, SharedJar};
    ///
    /// fn count(jar: &SharedJar) -> Result<(), CookieError> {
    ///     jar.update(|jar| {
    ///         let visits = jar.get("visits").and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
    ///         jar.set(SetCookie::builder("visits", (visits + 1).to_string()).build()?);
    ///         Ok::<(), BuildError>(())
    ///     })??;
    ///     Ok(())
    /// }
    /// # let _ = count;
    /// ```
    pub fn update<R>(&self, change: impl FnOnce(&mut hardtack::CookieJar) -> R) -> Result<R, TooLate> {
        let mut state = self.lock();
        match state.ended {
            Some(late) => Err(late),
            None => Ok(change(&mut state.jar)),
        }
    }

    /// Returns the cookie of this type, with what was changed; `None` where there is none.
    ///
    /// # Errors
    ///
    /// A [`TypedRejection`] for a cookie that cannot be read as one of this type.
    pub fn get_typed<V: CookieValue>(&self) -> Result<Option<V>, TypedRejection> {
        self.read(|jar| read(jar, Some(self.seals())))
    }

    /// Sets the cookie of this type.
    ///
    /// # Errors
    ///
    /// A [`CookieError`] for a value that its format, the seal or the builder refuses, and once the response has passed
    /// the layer.
    pub fn set_typed<V: CookieValue>(&self, value: &V) -> Result<(), CookieError> {
        self.set(write(value, Some(self.seals()))?)?;
        Ok(())
    }

    /// Whether a response may still be changed.
    pub(crate) fn is_open(&self) -> bool {
        self.lock().ended.is_none()
    }

    /// Ends the jar, and gives what it changed.
    pub(crate) fn end<R>(&self, late: TooLate, write: impl FnOnce(&SetCookies<'static>) -> R) -> R {
        let mut state = self.lock();
        state.ended = Some(late);
        write(state.jar.changes())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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
        let mut shown = f.debug_struct("SharedJar");
        // Whoever holds the lock may be the one that asks.
        let state = match self.state.try_lock() {
            Ok(state) => Some(state),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        };
        if let Some(state) = state {
            shown.field("jar", &state.jar).field("ended", &state.ended);
        }
        shown.finish_non_exhaustive()
    }
}
