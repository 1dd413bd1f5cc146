//! A jar whose changes go out with the response that it is returned with.

use alloc::boxed::Box;
use core::fmt;

use crate::cookies::Cookies;
use crate::jar::CookieJar;
use crate::set_cookie::{CookieId, SetCookie};
use crate::set_cookies::SetCookies;
#[cfg(feature = "std")]
use crate::shared_jar::SharedJar;

/// A [`CookieJar`] that one handler holds and returns, beside what others change of the same response.
///
/// It reads what was pending when it was made, and holds its own changes alone: they are what is written with the
/// response that the jar is returned with, and a jar that is not returned changes nothing.
///
/// ```
/// use hardtack::{CookieJar, ReturnedJar, SetCookie};
///
/// let mut jar = ReturnedJar::from(CookieJar::new("sid=31d4"));
/// jar.set(SetCookie::builder("theme", "dark").build()?);
/// assert_eq!((jar.get("sid"), jar.get("theme")), (Some("31d4"), Some("dark")));
/// assert_eq!(jar.into_changes().len(), 1);
/// # Ok::<(), hardtack::BuildError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[must_use = "the changes are on the response that the jar is returned with"]
pub struct ReturnedJar {
    own: CookieJar,
    // What the shared jar had changed when this one was made.
    pending: Option<Box<CookieJar>>,
}

impl ReturnedJar {
    /// Returns a jar of the request's cookies that reads what the shared jar has changed until now.
    ///
    /// ```
    /// use hardtack::{CookieJar, ReturnedJar, SetCookie, SharedJar};
    ///
    /// let request = CookieJar::new("sid=31d4");
    /// let shared = SharedJar::from(request.clone());
    /// shared.set(SetCookie::builder("theme", "dark").build()?)?;
    ///
    /// let mut jar = ReturnedJar::beside(request, &shared);
    /// assert_eq!(jar.get("theme"), Some("dark"));
    /// jar.set(SetCookie::builder("lang", "en").build()?);
    /// let own: Vec<_> = jar.changes().iter().map(SetCookie::name).collect();
    /// assert_eq!(own, ["lang"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "std")]
    pub fn beside(request: CookieJar, shared: &SharedJar) -> Self {
        let pending = shared.read(|jar| jar.is_changed().then(|| Box::new(jar.clone())));
        Self { own: request, pending }
    }

    /// Returns the value of the first cookie of this name, with what was changed; see [`CookieJar::get`].
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

    /// Sets a cookie; returns the change of this jar of the same identity whose place it takes.
    #[doc(alias("add", "insert"))]
    pub fn set(&mut self, cookie: SetCookie<'_>) -> Option<SetCookie<'static>> {
        self.own.set(cookie)
    }

    /// Deletes the cookie that the tombstone names, or takes back that this jar was about to set it; see
    /// [`CookieJar::delete`].
    ///
    /// What is pending elsewhere is not this jar's to take back, and is deleted.
    #[doc(alias = "remove")]
    pub fn delete(&mut self, tombstone: SetCookie<'_>) -> Option<SetCookie<'static>> {
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

    /// Returns what this jar changes; the cookies of the request are no longer kept.
    #[must_use]
    pub fn into_changes(self) -> SetCookies<'static> {
        self.own.into_changes()
    }

    /// Returns whether this jar changes anything.
    #[must_use]
    pub const fn is_changed(&self) -> bool {
        self.own.is_changed()
    }

    /// The jar to ask for a cookie of this name.
    pub(crate) fn of(&self, name: &str) -> &CookieJar {
        match &self.pending {
            Some(pending) if self.own.changes().get(name).is_none() => pending,
            _ => &self.own,
        }
    }
}

/// Nothing is pending elsewhere.
impl From<CookieJar> for ReturnedJar {
    fn from(request: CookieJar) -> Self {
        Self { own: request, pending: None }
    }
}

/// Values are shown by their length alone.
impl fmt::Debug for ReturnedJar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReturnedJar")
            .field("own", &self.own)
            .field("pending", &self.pending.as_ref().map(|pending| pending.changes()))
            .finish()
    }
}
