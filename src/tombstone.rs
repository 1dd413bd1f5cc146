//! DELETED: the cookie that deletes a cookie, and its recognition.

use alloc::borrow::Cow;

use crate::attribute::{Attributes, MaxAge, SameSite};
use crate::builder::SetCookieBuilder;
use crate::date::CookieDate;
use crate::set_cookie::{MAX_PAIR_LEN, SetCookie};
use crate::text::Text;
use crate::tokenizer::{Pair, strip_quotes};

/// The value of a deleted cookie.
pub const DELETED: &str = "DELETED";

/// A rule for which cookies of a request count as deleted, and so as absent.
///
/// A user agent drops a tombstone at once, since it has expired; this is for the one that does not: a clock far off, a
/// proxy, a cache, a test client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Tombstones {
    /// Those whose value is `DELETED`, double quotes around it aside.
    #[default]
    Exact,
    /// Those whose value contains `DELETED`, which is the rule of the Pycnic framework.
    Containing,
    /// None.
    Keep,
}

impl Tombstones {
    #[inline]
    pub(crate) fn covers(self, value: &[u8]) -> bool {
        match self {
            Self::Exact => is_deleted(value),
            Self::Containing => memchr::memmem::find(value, DELETED.as_bytes()).is_some(),
            Self::Keep => false,
        }
    }
}

#[inline]
fn is_deleted(value: &[u8]) -> bool {
    // Nearly every value is told apart by its length.
    matches!(value.len(), 7 | 9) && strip_quotes(value).unwrap_or(value) == DELETED.as_bytes()
}

/// Begins the cookie that deletes the cookie of this name: value `DELETED`, expired since 1970, `Path=/`.
///
/// A name that leaves no room for the value under 4096 octets gets an empty one.
///
/// Path and Domain must be those the cookie was set with. Secure and HttpOnly are added where a prefix of the name,
/// `SameSite=None` or Partitioned demands them.
///
/// ```
/// let gone = hardtack::tombstone("sid").finish()?;
/// assert_eq!(gone.to_string(), "sid=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/");
///
/// let gone = hardtack::tombstone("__Secure-sid").domain("example.com").path("/app").finish()?;
/// assert!(gone.secure());
/// # Ok::<(), hardtack::BuildError>(())
/// ```
pub fn tombstone<'a>(name: impl Into<Cow<'a, str>>) -> SetCookieBuilder<'a> {
    let name = name.into();
    let value = value_beside(name.as_bytes());
    SetCookie::build(name, value).expires(CookieDate::UNIX_EPOCH).max_age(core::time::Duration::ZERO).deletion()
}

/// `DELETED`, or nothing where the name leaves no room for it: Expires alone then does the work.
fn value_beside(name: &[u8]) -> &'static str {
    if name.len() + DELETED.len() > MAX_PAIR_LEN { "" } else { DELETED }
}

impl<'a, T: ?Sized + Text> SetCookie<'a, T> {
    /// The cookie that deletes this one: the same name, Domain, Path and Partitioned (RFC 6265bis section 5.7), and
    /// what user agents demand with them.
    ///
    /// The value is `DELETED`, or empty where the name leaves no room for that under 4096 octets.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let cookie = SetCookie::parse("__Secure-sid=31d4; Domain=example.com; Path=/app; Secure; HttpOnly")?;
    /// assert_eq!(
    ///     cookie.to_tombstone().to_string(),
    ///     "__Secure-sid=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Domain=example.com; Path=/app; Secure"
    /// );
    /// # Ok::<(), hardtack::ParseError>(())
    /// ```
    #[must_use]
    pub fn to_tombstone(&self) -> SetCookie<'a, T> {
        let name = self.name.clone();
        let value = value_beside(name.bytes());
        let mut attributes = Attributes {
            domain: self.attributes.domain.clone(),
            path: self.attributes.path.clone(),
            expires: Some(CookieDate::UNIX_EPOCH),
            max_age: Some(MaxAge::from_seconds(0)),
            partitioned: self.partitioned(),
            // A cross-site response may set, and so delete, no cookie of another SameSite.
            same_site: self.same_site().filter(|&same_site| same_site == SameSite::None),
            ..Attributes::default()
        };
        attributes.add_demanded(name.bytes());
        SetCookie { name, value: Cow::Borrowed(T::ascii(value)), attributes }
    }

    /// Whether the value says that the cookie was deleted: `DELETED`, double quotes around it aside.
    #[must_use]
    pub fn is_tombstone(&self) -> bool {
        is_deleted(self.value.bytes())
    }
}

impl<T: ?Sized + Text> Pair<'_, T> {
    /// Whether the value says that the cookie was deleted: `DELETED`, double quotes around it aside.
    ///
    /// ```
    /// assert!(hardtack::parse("sid=DELETED").all(|pair| pair.is_tombstone()));
    /// assert!(hardtack::parse("sid=\"DELETED\"").all(|pair| pair.is_tombstone()));
    /// assert!(!hardtack::parse("sid=deleted").any(|pair| pair.is_tombstone()));
    /// ```
    #[must_use]
    pub fn is_tombstone(self) -> bool {
        is_deleted(self.value().bytes())
    }
}
