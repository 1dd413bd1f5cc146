//! A cookie as a server sets it: name, value, attributes.

use alloc::borrow::Cow;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::time::Duration;

use crate::attribute::{Attribute, Attributes, Priority, SameSite, owned};
use crate::date::CookieDate;
use crate::input::Text;
use crate::text::{Redacted, Shown};

/// The most octets of name and value together that a user agent keeps (RFC 6265bis section 5.6, step 5).
pub const MAX_PAIR_LEN: usize = 4096;

/// What a Set-Cookie field says: a name, a value and attributes.
///
/// It is made by [`SetCookie::builder`] or read by [`SetCookie::parse`], and changed by its setters. Whatever made it,
/// it is safe to write: no part of it holds a control byte other than HTAB, or a `;`, so that it cannot end its field
/// or add an attribute. One from the builder is well-behaved besides: all that RFC 6265bis section 4.1 asks of a
/// server. What is written reads back as the same cookie.
///
/// ```
/// use hardtack::{SameSite, SetCookie};
///
/// let cookie = SetCookie::builder("sid", "31d4")
///     .secure(true)
///     .http_only(true)
///     .same_site(SameSite::Lax)
///     .build()?;
/// assert_eq!(cookie.to_string(), "sid=31d4; Path=/; Secure; HttpOnly; SameSite=Lax");
/// assert_eq!(SetCookie::parse(&cookie.to_string()), Ok(cookie.clone()));
/// assert!(!format!("{cookie:?}").contains("31d4"));
/// # Ok::<(), hardtack::BuildError>(())
/// ```
#[doc(alias("Cookie", "ResponseCookie"))]
// Invariant: no part holds a control of `bytes::CONTROL` or a `;`; name, value, Path and extensions are trimmed, and a
// name holds no `=`.
#[derive(PartialEq, Eq, Hash)]
pub struct SetCookie<'a, T: ?Sized + Text = str> {
    pub(crate) name: Cow<'a, T>,
    pub(crate) value: Cow<'a, T>,
    pub(crate) attributes: Attributes<'a, T>,
}

impl<'a, T: ?Sized + Text> SetCookie<'a, T> {
    /// Returns the name; empty for a nameless cookie.
    #[must_use]
    pub fn name(&self) -> &T {
        &self.name
    }

    /// Returns the value as it stands on the wire; quotes and percent signs belong to it.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Returns all attributes.
    #[must_use]
    pub const fn attributes(&self) -> &Attributes<'a, T> {
        &self.attributes
    }

    /// Returns when the cookie expires, unless Max-Age says otherwise; see [`Attributes::expires`].
    #[must_use]
    pub const fn expires(&self) -> Option<CookieDate> {
        self.attributes.expires()
    }

    /// Returns how long the cookie lives, in whole seconds; see [`Attributes::max_age`].
    #[must_use]
    pub fn max_age(&self) -> Option<Duration> {
        self.attributes.max_age()
    }

    /// Returns when the cookie expires if it arrives at `now`: by Max-Age, or else by Expires; `None` where it has
    /// neither and ends with the session (RFC 6265bis section 5.7, step 6).
    ///
    /// Max-Age of zero is the first second there is, which is in the past.
    ///
    /// ```
    /// use hardtack::{CookieDate, SetCookie};
    ///
    /// let now = CookieDate::parse("Wed, 09 Jun 2027 10:18:14 GMT")?;
    /// let cookie = SetCookie::parse("a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT")?;
    /// let expires = cookie.expires_at(now).unwrap();
    /// assert_eq!(expires.to_string(), "Wed, 09 Jun 2027 10:19:14 GMT");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias("ttl", "is_expired"))]
    #[must_use]
    pub fn expires_at(&self, now: CookieDate) -> Option<CookieDate> {
        match self.max_age() {
            Some(Duration::ZERO) => Some(CookieDate::MIN),
            Some(age) => Some(now + age),
            None => self.expires(),
        }
    }

    /// Returns the domain whose hosts get the cookie; see [`Attributes::domain`].
    #[must_use]
    pub fn domain(&self) -> Option<&T> {
        self.attributes.domain()
    }

    /// Returns the path below which the cookie is sent; see [`Attributes::path`].
    #[must_use]
    pub fn path(&self) -> Option<&T> {
        self.attributes.path()
    }

    /// Returns whether the cookie is sent only over secure connections; see [`Attributes::secure`].
    #[must_use]
    pub const fn secure(&self) -> bool {
        self.attributes.secure()
    }

    /// Returns whether the cookie is hidden from scripts; see [`Attributes::http_only`].
    #[must_use]
    pub const fn http_only(&self) -> bool {
        self.attributes.http_only()
    }

    /// Returns who may cause the cookie to be sent; see [`Attributes::same_site`].
    #[must_use]
    pub const fn same_site(&self) -> Option<SameSite> {
        self.attributes.same_site()
    }

    /// Returns whether the cookie has a jar of its own for each top-level site; see [`Attributes::partitioned`].
    #[must_use]
    pub const fn partitioned(&self) -> bool {
        self.attributes.partitioned()
    }

    /// Returns how long the cookie is kept when there are too many; see [`Attributes::priority`].
    #[must_use]
    pub const fn priority(&self) -> Option<Priority> {
        self.attributes.priority()
    }

    /// Returns the attributes the model does not know; see [`Attributes::extensions`].
    #[must_use]
    pub fn extensions(&self) -> &[Attribute<'a, T>] {
        self.attributes.extensions()
    }

    /// Returns what makes it this cookie and no other.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let old = SetCookie::parse("sid=1; Path=/app; Secure")?;
    /// let new = SetCookie::parse("sid=2; Path=/app; HttpOnly")?;
    /// let other = SetCookie::parse("sid=2; Path=/")?;
    /// assert_eq!(old.id(), new.id());
    /// assert_ne!(old.id(), other.id());
    /// # Ok::<(), hardtack::ParseError>(())
    /// ```
    #[must_use]
    pub fn id(&self) -> CookieId<'_, T> {
        CookieId { name: self.name(), domain: self.domain(), path: self.path(), partitioned: self.partitioned() }
    }

    /// Returns the same cookie, borrowing from nothing.
    ///
    /// ```
    /// use hardtack::{ParseError, SetCookie};
    ///
    /// fn keep(line: String) -> Result<SetCookie<'static>, ParseError> {
    ///     SetCookie::parse(&line).map(SetCookie::into_owned)
    /// }
    /// # assert_eq!(keep("a=1".into())?.value(), "1");
    /// # Ok::<(), ParseError>(())
    /// ```
    #[must_use]
    pub fn into_owned(self) -> SetCookie<'static, T> {
        SetCookie { name: owned(self.name), value: owned(self.value), attributes: self.attributes.into_owned() }
    }
}

impl<T: ?Sized + Text> Clone for SetCookie<'_, T> {
    fn clone(&self) -> Self {
        Self { name: self.name.clone(), value: self.value.clone(), attributes: self.attributes.clone() }
    }
}

/// Shows how long the value is, not what it is.
impl<T: ?Sized + Text> fmt::Debug for SetCookie<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetCookie")
            .field("name", &Shown(self.name()))
            .field("value", &Redacted(self.value.bytes().len()))
            .field("attributes", &self.attributes)
            .finish()
    }
}

/// What makes a cookie this one and no other among the cookies that one response can set (RFC 6265bis section 5.7, step
/// 23; CHIPS for the partition).
///
/// Two cookies of one name at two paths are two cookies, and so are two for a host alone and for its domain.
#[doc(alias = "identity")]
pub struct CookieId<'c, T: ?Sized = str> {
    /// The name.
    pub name: &'c T,
    /// The Domain; `None` for the host alone.
    pub domain: Option<&'c T>,
    /// The Path; `None` for the directory of the request.
    pub path: Option<&'c T>,
    /// Whether it has a jar of its own for each top-level site.
    pub partitioned: bool,
}

impl<T: ?Sized> Clone for CookieId<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for CookieId<'_, T> {}

impl<T: ?Sized + PartialEq> PartialEq for CookieId<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.domain == other.domain
            && self.path == other.path
            && self.partitioned == other.partitioned
    }
}

impl<T: ?Sized + Eq> Eq for CookieId<'_, T> {}

impl<T: ?Sized + Hash> Hash for CookieId<'_, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
        self.domain.hash(state);
        self.path.hash(state);
        self.partitioned.hash(state);
    }
}

impl<T: ?Sized + Text> fmt::Debug for CookieId<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CookieId")
            .field("name", &Shown(self.name))
            .field("domain", &self.domain.map(Shown))
            .field("path", &self.path.map(Shown))
            .field("partitioned", &self.partitioned)
            .finish()
    }
}
