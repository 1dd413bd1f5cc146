//! The cookie that deletes a cookie.

use alloc::borrow::Cow;

use crate::attribute::{Attributes, MaxAge, SameSite};
use crate::builder::SetCookieBuilder;
use crate::date::CookieDate;
use crate::deleted::{DELETED, is_deleted};
use crate::input::Text;
use crate::set_cookie::{MAX_PAIR_LEN, SetCookie};
use crate::tokenizer::Pair;

/// Begins the cookie that deletes the cookie of this name: value `DELETED`, expired since 1970, `Path=/`.
///
/// A name that leaves no room for the value under 4096 octets gets an empty one.
///
/// Path and Domain must be those the cookie was set with. Secure and HttpOnly are added where a prefix of the name,
/// `SameSite=None` or Partitioned demands them.
///
/// ```
/// let gone = hardtack::tombstone("sid").build()?;
/// assert_eq!(
///     gone.to_string(),
///     "sid=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/"
/// );
///
/// let gone = hardtack::tombstone("__Secure-sid").domain("example.com").build()?;
/// assert!(gone.secure());
/// # Ok::<(), hardtack::BuildError>(())
/// ```
#[doc(alias("delete", "remove", "removal", "expire", "clear", "unset", "delete_cookie"))]
pub fn tombstone<'a>(name: impl Into<Cow<'a, str>>) -> SetCookieBuilder<'a> {
    let name = name.into();
    let value = value_beside(name.as_bytes());
    SetCookie::builder(name, value).deletion()
}

/// `DELETED`, or nothing where the name leaves no room for it: Expires alone then does the work.
fn value_beside(name: &[u8]) -> &'static str {
    if name.len() + DELETED.len() > MAX_PAIR_LEN { "" } else { DELETED }
}

impl<'a, T: ?Sized + Text> SetCookie<'a, T> {
    /// Returns the cookie that deletes this one: the same name, Domain, Path and Partitioned (RFC 6265bis section 5.7),
    /// and what user agents demand with them.
    ///
    /// The value is `DELETED`, or empty where the name leaves no room for that under 4096 octets.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let line = "__Secure-sid=31d4; Domain=example.com; Path=/app; Secure; HttpOnly";
    /// assert_eq!(
    ///     SetCookie::parse(line)?.to_tombstone().to_string(),
    ///     "__Secure-sid=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; \
    ///      Domain=example.com; Path=/app; Secure"
    /// );
    /// # Ok::<(), hardtack::ParseError>(())
    /// ```
    #[doc(alias("make_removal", "removal"))]
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

    /// Returns whether the value says that the cookie was deleted: `DELETED`, double quotes around it aside.
    #[doc(alias("is_deleted", "is_removal"))]
    #[must_use]
    pub fn is_tombstone(&self) -> bool {
        is_deleted(self.value.bytes())
    }
}

impl<T: ?Sized + Text> Pair<'_, T> {
    /// Returns whether the value says that the cookie was deleted: `DELETED`, double quotes around it aside.
    ///
    /// ```
    /// assert!(hardtack::parse("sid=DELETED").all(|pair| pair.is_tombstone()));
    /// assert!(hardtack::parse("sid=\"DELETED\"").all(|pair| pair.is_tombstone()));
    /// assert!(!hardtack::parse("sid=deleted").any(|pair| pair.is_tombstone()));
    /// ```
    #[doc(alias("is_deleted", "is_removal"))]
    #[must_use]
    pub fn is_tombstone(self) -> bool {
        is_deleted(self.value().bytes())
    }
}
