//! A request's cookies, with what the response changes.

use alloc::boxed::Box;
use core::fmt;

use crate::cookies::Cookies;
use crate::date::CookieDate;
use crate::edit::join_fields;
use crate::input::AsText;
use crate::set_cookie::{CookieId, SetCookie};
use crate::set_cookies::SetCookies;
use crate::text::Sealed as _;

/// The cookies of a request, and what its response changes of them: what a handler holds.
///
/// It owns what it holds, and looks a cookie up where a change may have been made: [`get`](Self::get) sees it,
/// [`original`](Self::original) does not. What was changed is in [`changes`](Self::changes), to be written on the
/// response, whatever becomes of the handler.
///
/// ```
/// use hardtack::{CookieJar, SetCookie, tombstone};
///
/// let mut jar = CookieJar::new("sid=31d4; theme=dark");
/// jar.set(SetCookie::builder("theme", "light").build()?);
/// jar.delete(tombstone("sid").build()?);
///
/// assert_eq!(jar.get("theme"), Some("light"));
/// assert_eq!(jar.original("theme"), Some("dark"));
/// assert_eq!(jar.get("sid"), None);
/// let lines: Vec<_> = jar.changes().iter().map(ToString::to_string).collect();
/// assert_eq!(lines, [
///     "theme=light; Path=/",
///     "sid=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/",
/// ]);
/// # Ok::<(), hardtack::BuildError>(())
/// ```
#[doc(alias("jar", "cookies"))]
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CookieJar {
    // The Cookie fields as one.
    request: Box<[u8]>,
    changes: SetCookies<'static>,
}

impl CookieJar {
    /// Returns a jar of the cookies of one Cookie field.
    #[must_use]
    pub fn new<H: ?Sized + AsText>(header: &H) -> Self {
        Self { request: header.as_text().bytes().into(), changes: SetCookies::new() }
    }

    /// Returns a jar of the cookies of several Cookie fields, read as one.
    ///
    /// ```
    /// use hardtack::CookieJar;
    ///
    /// let jar = CookieJar::from_fields(["a=1", "b=2"]);
    /// assert_eq!(jar.get("b"), Some("2"));
    /// ```
    pub fn from_fields<'f, H: ?Sized + AsText + 'f>(fields: impl IntoIterator<Item = &'f H>) -> Self {
        Self::new(&*join_fields(fields))
    }

    /// Returns the value of the first cookie of this name: as the response leaves it if it was changed, and otherwise
    /// as the request has it.
    ///
    /// Of several changes of the name the last in the order of [`changes`](Self::changes) that sets it counts, and
    /// where all delete it there is none. A value that is not UTF-8 costs only itself: it is passed over, and
    /// [`get_bytes`](Self::get_bytes) has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        match self.state(name) {
            State::Set(change) => Some(change.value()),
            State::Deleted => None,
            State::Unchanged => self.original(name),
        }
    }

    /// Returns the octets of the first cookie of this name; see [`get`](Self::get).
    ///
    /// ```
    /// use hardtack::CookieJar;
    ///
    /// let jar = CookieJar::new(b"a=\xFF; b=2");
    /// assert_eq!((jar.get("a"), jar.get("b")), (None, Some("2")));
    /// assert_eq!(jar.get_bytes("a"), Some(b"\xFF".as_slice()));
    /// ```
    #[must_use]
    pub fn get_bytes(&self, name: &str) -> Option<&[u8]> {
        match self.state(name) {
            State::Set(change) => Some(change.value().as_bytes()),
            State::Deleted => None,
            State::Unchanged => self.request().get(name),
        }
    }

    /// Returns the value of the first cookie of this name as the request has it, whatever was changed.
    #[must_use]
    pub fn original(&self, name: &str) -> Option<&str> {
        self.originals(name).find_map(|value| str::from_utf8(value).ok())
    }

    /// The values of the cookies of this name that the request has.
    pub(crate) fn originals(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.request().get_all(name)
    }

    /// Returns the cookies of the request, whatever was changed.
    #[must_use]
    pub fn request(&self) -> Cookies<'_, [u8]> {
        Cookies::new(&*self.request)
    }

    /// Sets a cookie on the response, and returns the change of the same identity whose place it takes.
    ///
    /// One name at two paths is two cookies.
    #[doc(alias("add", "insert"))]
    pub fn set(&mut self, cookie: SetCookie<'_>) -> Option<SetCookie<'static>> {
        self.changes.set(cookie.into_owned())
    }

    /// Deletes the cookie that the tombstone names, by setting the tombstone on the response.
    ///
    /// A cookie that this response was about to set is taken back; if the request has none of that name, that is all,
    /// and nothing is written. Returns the change whose place it takes. Of a cookie that is no tombstone and has not
    /// expired, [`to_tombstone`](SetCookie::to_tombstone) is taken.
    ///
    /// ```
    /// use hardtack::{CookieJar, SetCookie, tombstone};
    ///
    /// let mut jar = CookieJar::new("sid=31d4");
    /// jar.set(SetCookie::builder("note", "1").build()?);
    /// jar.delete(tombstone("note").build()?);
    /// assert!(!jar.is_changed());
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    #[doc(alias("remove", "unset"))]
    pub fn delete(&mut self, tombstone: SetCookie<'_>) -> Option<SetCookie<'static>> {
        let tombstone = if deletes(&tombstone) { tombstone } else { tombstone.to_tombstone() };
        let was_added = self.changes.get_id(tombstone.id()).is_some_and(|change| !deletes(change));
        if was_added && !self.request().contains(tombstone.name()) {
            return self.changes.remove(tombstone.id());
        }
        self.changes.set(tombstone.into_owned())
    }

    /// Takes back what was changed of the cookie of this identity, and returns it.
    #[doc(alias("undo", "reset"))]
    pub fn forget(&mut self, id: CookieId<'_>) -> Option<SetCookie<'static>> {
        self.changes.remove(id)
    }

    /// Returns what the response changes, in the order in which it was first changed.
    #[doc(alias = "delta")]
    #[must_use]
    pub const fn changes(&self) -> &SetCookies<'static> {
        &self.changes
    }

    /// Returns what the response changes; the cookies of the request are no longer kept.
    #[must_use]
    pub fn into_changes(self) -> SetCookies<'static> {
        self.changes
    }

    /// Returns whether the response changes anything.
    #[must_use]
    pub const fn is_changed(&self) -> bool {
        !self.changes.is_empty()
    }

    pub(crate) fn state(&self, name: &str) -> State<'_> {
        let mut state = State::Unchanged;
        for change in self.changes.iter().filter(|change| change.name() == name && !name.is_empty()) {
            state = match state {
                State::Set(earlier) if deletes(change) => State::Set(earlier),
                _ if deletes(change) => State::Deleted,
                _ => State::Set(change),
            };
        }
        state
    }
}

/// What the changes make of a name.
pub(crate) enum State<'c> {
    Unchanged,
    Deleted,
    Set(&'c SetCookie<'static>),
}

/// Whether a change takes the cookie away: a tombstone, or one that has expired whatever the time, by a Max-Age of zero
/// or an Expires that is not after 1970 began.
fn deletes(change: &SetCookie<'_>) -> bool {
    let expires = change.expires_at(CookieDate::UNIX_EPOCH);
    change.is_tombstone() || expires.is_some_and(|expires| expires <= CookieDate::UNIX_EPOCH)
}

/// Values are shown by their length alone.
impl fmt::Debug for CookieJar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CookieJar").field("request", &self.request()).field("changes", &self.changes).finish()
    }
}

impl From<&str> for CookieJar {
    fn from(header: &str) -> Self {
        Self::new(header)
    }
}

impl From<&[u8]> for CookieJar {
    fn from(header: &[u8]) -> Self {
        Self::new(header)
    }
}
