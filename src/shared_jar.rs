//! A jar that all who serve a request share (feature `std`).

extern crate std;

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use thiserror::Error;

use crate::error::BuildError;
use crate::jar::CookieJar;
use crate::set_cookie::{CookieId, SetCookie};
use crate::set_cookies::SetCookies;

/// A [`CookieJar`] that all who serve a request share: extractors, handlers, middleware.
///
/// Clones are the same jar. What writes the response [ends](Self::end) it, and from then on a change is the error
/// [`TooLate`] instead of a cookie that is lost in silence; reading goes on. A lock is held for each call, for no longer;
/// one that was poisoned by a panic is taken up again, since no cookie is ever half set.
///
/// The packages for frameworks put one into each request, and write it on every response.
///
/// ```
/// use hardtack::{CookieJar, SetCookie, SharedJar, TooLate};
///
/// let jar = SharedJar::from(CookieJar::new("sid=31d4"));
/// let handler = jar.clone();
/// handler.set(SetCookie::builder("theme", "dark").build()?)?;
///
/// jar.end(TooLate::Written, |changes| {
///     assert_eq!(changes.get("theme").unwrap().to_string(), "theme=dark; Path=/");
/// });
/// let late = handler.set(SetCookie::builder("lang", "en").build()?);
/// assert_eq!(late, Err(TooLate::Written));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct SharedJar(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    jar: CookieJar,
    /// Why nothing can be changed any more.
    ended: Option<TooLate>,
}

/// Why a change of a [`SharedJar`] came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum TooLate {
    /// The head of the response went out, or is about to: a body that streams, a connection that was upgraded and a task
    /// that goes on can change cookies no more.
    #[error(
        "the cookie was changed after the head of the response was written; change it before the response is returned"
    )]
    Written,
    /// There was no response: the client went away, or the service failed or panicked.
    #[error(
        "the cookie was changed after its request had ended without a response; change it while the request is served"
    )]
    Abandoned,
}

/// Why a cookie was not set in a [`SharedJar`]: it is none that is written, or the time has passed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[allow(clippy::exhaustive_enums, reason = "a package for a framework makes each an error of its own")]
pub enum ChangeError {
    /// The cookie is none that is written.
    #[error("{0}")]
    Build(#[from] BuildError),
    /// The response is no longer there to be changed.
    #[error("{0}")]
    TooLate(#[from] TooLate),
}

impl SharedJar {
    /// Returns the value of the first cookie of this name, with what was changed; see [`CookieJar::get`].
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
        self.read(CookieJar::is_changed)
    }

    /// Sets a cookie; returns the change of the same identity whose place it takes.
    ///
    /// # Errors
    ///
    /// [`TooLate`] once the jar has ended.
    #[doc(alias("add", "insert"))]
    pub fn set(&self, cookie: SetCookie<'_>) -> Result<Option<SetCookie<'static>>, TooLate> {
        self.update(|jar| jar.set(cookie))
    }

    /// Deletes the cookie that the tombstone names, or takes back that it was about to be set; see
    /// [`CookieJar::delete`].
    ///
    /// # Errors
    ///
    /// [`TooLate`] once the jar has ended.
    #[doc(alias = "remove")]
    pub fn delete(&self, tombstone: SetCookie<'_>) -> Result<Option<SetCookie<'static>>, TooLate> {
        self.update(|jar| jar.delete(tombstone))
    }

    /// Takes back what was changed of the cookie of this identity, as though it had not been; returns it.
    ///
    /// # Errors
    ///
    /// [`TooLate`] once the jar has ended.
    pub fn forget(&self, id: CookieId<'_>) -> Result<Option<SetCookie<'static>>, TooLate> {
        self.update(|jar| jar.forget(id))
    }

    /// Reads the jar under one lock.
    ///
    /// Do not call the same jar inside: it would wait for itself.
    pub fn read<R>(&self, read: impl FnOnce(&CookieJar) -> R) -> R {
        read(&self.lock().jar)
    }

    /// Changes the jar under one lock, so that no one sees or makes a change in between.
    ///
    /// Do not call the same jar inside: it would wait for itself.
    ///
    /// # Errors
    ///
    /// [`TooLate`] once the jar has ended; `change` is then not called.
    ///
    /// ```
    /// use hardtack::{BuildError, SetCookie, SharedJar};
    ///
    /// fn count(jar: &SharedJar) -> Result<(), Box<dyn std::error::Error>> {
    ///     jar.update(|jar| {
    ///         let visits = jar.get("visits").and_then(|text| text.parse().ok()).unwrap_or(0);
    ///         jar.set(SetCookie::builder("visits", (visits + 1_u32).to_string()).build()?);
    ///         Ok::<(), BuildError>(())
    ///     })??;
    ///     Ok(())
    /// }
    /// # let jar = SharedJar::default();
    /// # count(&jar)?;
    /// # assert_eq!(jar.get("visits").as_deref(), Some("1"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn update<R>(&self, change: impl FnOnce(&mut CookieJar) -> R) -> Result<R, TooLate> {
        let mut state = self.lock();
        match state.ended {
            Some(late) => Err(late),
            None => Ok(change(&mut state.jar)),
        }
    }

    /// Returns whether the jar may still be changed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.lock().ended.is_none()
    }

    /// Ends the jar: writes what it changed, and refuses every later change for this reason.
    ///
    /// It is for whom writes the response. Of two reasons the first stays.
    ///
    /// Do not call the same jar inside: it would wait for itself.
    pub fn end<R>(&self, late: TooLate, write: impl FnOnce(&SetCookies<'static>) -> R) -> R {
        let mut state = self.lock();
        state.ended.get_or_insert(late);
        write(state.jar.changes())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<CookieJar> for SharedJar {
    fn from(jar: CookieJar) -> Self {
        Self(Arc::new(Mutex::new(State { jar, ended: None })))
    }
}

/// Values are shown by their length alone.
impl fmt::Debug for SharedJar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("SharedJar");
        // Whoever holds the lock may be the one that asks.
        let state = match self.0.try_lock() {
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
