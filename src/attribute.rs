//! The model: what a cookie's attributes are, whoever says them.
//!
//! The builder fills it, the parser fills it, the writer writes it, the user agent judges by it.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use core::fmt;
use core::num::NonZeroU32;
use core::str::FromStr;
use core::time::Duration;

use crate::date::CookieDate;
use crate::input::Text;
use crate::names::{AttributeName, Prefix};
use crate::search::any_octet;
use crate::text::Shown;
use crate::word::UnknownWord;

/// The most octets of an attribute's value that a user agent heeds (RFC 6265bis section 5.6, step 6).
pub const MAX_ATTRIBUTE_LEN: usize = 1024;

/// The most attributes that are kept of those the model does not know, though no user agent keeps any.
///
/// It bounds the memory that a line takes: 48 octets of it for an attribute of two.
pub const MAX_EXTENSIONS: usize = 1024;

/// When a user agent sends a cookie along with a request that another site caused (RFC 6265bis section 5.6.7).
///
/// There is no variant for the default: an absent or unknown SameSite is `None` of an `Option`, since user agents treat
/// it otherwise than [`Lax`](Self::Lax).
///
/// ```
/// use hardtack::{SameSite, SetCookie};
///
/// assert_eq!(SetCookie::parse("a=1; samesite=LAX")?.same_site(), Some(SameSite::Lax));
/// assert_eq!(SetCookie::parse("a=1; SameSite=StrictLax")?.same_site(), None);
/// # Ok::<(), hardtack::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SameSite {
    /// Never.
    Strict,
    /// When the user navigates to the site.
    Lax,
    /// Always; needs Secure.
    None,
}

impl SameSite {
    /// Returns the word as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "Strict",
            Self::Lax => "Lax",
            Self::None => "None",
        }
    }

    /// Returns the value that a word in any ASCII letter case stands for.
    #[must_use]
    pub fn from_ascii(word: &[u8]) -> Option<Self> {
        [Self::Strict, Self::Lax, Self::None]
            .into_iter()
            .find(|same_site| word.eq_ignore_ascii_case(same_site.as_str().as_bytes()))
    }
}

impl FromStr for SameSite {
    type Err = UnknownWord;

    /// Reads the word in any ASCII letter case.
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::from_ascii(word.as_bytes()).ok_or(UnknownWord { expected: "Strict, Lax or None" })
    }
}

impl fmt::Display for SameSite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Which cookies a user agent keeps when a site has too many (draft-west-cookie-priority); Chromium alone heeds it.
///
/// There is no variant for the default: an absent or unknown Priority is `None` of an `Option`, which is treated as
/// [`Medium`](Self::Medium).
///
/// ```
/// use hardtack::{Priority, SetCookie};
///
/// assert_eq!(SetCookie::parse("a=1; priority=HIGH")?.priority(), Some(Priority::High));
/// assert_eq!(SetCookie::parse("a=1; Priority=urgent")?.priority(), None);
/// # Ok::<(), hardtack::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Goes first.
    Low,
    /// Goes when there is nothing else to go.
    Medium,
    /// Goes last.
    High,
}

impl Priority {
    /// Returns the word as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
        }
    }

    /// Returns the value that a word in any ASCII letter case stands for.
    #[must_use]
    pub fn from_ascii(word: &[u8]) -> Option<Self> {
        [Self::Low, Self::Medium, Self::High]
            .into_iter()
            .find(|priority| word.eq_ignore_ascii_case(priority.as_str().as_bytes()))
    }
}

impl FromStr for Priority {
    type Err = UnknownWord;

    /// Reads the word in any ASCII letter case.
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::from_ascii(word.as_bytes()).ok_or(UnknownWord { expected: "Low, Medium or High" })
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One attribute as it stands in a header: a name, and a value if there is an `=`.
///
/// ```
/// use hardtack::{AttributeName, Attributes};
///
/// let attribute = Attributes::tokenize("note = High").next().unwrap();
/// assert_eq!((attribute.name(), attribute.value()), ("note", Some("High")));
/// assert_eq!(attribute.known(), None);
/// ```
#[derive(PartialEq, Eq, Hash)]
pub struct Attribute<'a, T: ?Sized + Text = str> {
    pub(crate) name: Cow<'a, T>,
    pub(crate) value: Option<Cow<'a, T>>,
}

impl<T: ?Sized + Text> Attribute<'_, T> {
    /// Returns the name, trimmed, in the letter case of the header.
    #[must_use]
    pub fn name(&self) -> &T {
        &self.name
    }

    /// Returns the value, trimmed; `None` where there is no `=`.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        self.value.as_deref()
    }

    /// Returns which attribute of the model this is, if it is one.
    #[must_use]
    pub fn known(&self) -> Option<AttributeName> {
        AttributeName::from_ascii(self.name.bytes())
    }

    /// Returns the same attribute, borrowing from nothing.
    #[must_use]
    pub fn into_owned(self) -> Attribute<'static, T> {
        Attribute { name: owned(self.name), value: self.value.map(owned) }
    }
}

impl<T: ?Sized + Text> Clone for Attribute<'_, T> {
    fn clone(&self) -> Self {
        Self { name: self.name.clone(), value: self.value.clone() }
    }
}

impl<T: ?Sized + Text> fmt::Debug for Attribute<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attribute").field("name", &Shown(&*self.name)).field("value", &self.value().map(Shown)).finish()
    }
}

/// The attributes of a cookie as they take effect: each once, by its meaning.
///
/// ```
/// use hardtack::SetCookie;
///
/// let cookie = SetCookie::parse("sid=1; Path=/; Path=/app; Secure=false; Note=High")?;
/// let attributes = cookie.attributes();
/// assert_eq!(attributes.path(), Some("/app"));
/// assert!(attributes.secure());
/// assert_eq!(attributes.extensions()[0].name(), "Note");
/// # Ok::<(), hardtack::ParseError>(())
/// ```
#[derive(PartialEq, Eq, Hash)]
pub struct Attributes<'a, T: ?Sized + Text = str> {
    pub(crate) domain: Option<Cow<'a, T>>,
    pub(crate) path: Option<Cow<'a, T>>,
    pub(crate) extensions: Box<[Attribute<'a, T>]>,
    pub(crate) expires: Option<CookieDate>,
    pub(crate) max_age: Option<MaxAge>,
    pub(crate) secure: bool,
    pub(crate) http_only: bool,
    pub(crate) partitioned: bool,
    pub(crate) same_site: Option<SameSite>,
    pub(crate) priority: Option<Priority>,
}

impl<'a, T: ?Sized + Text> Attributes<'a, T> {
    /// Returns when the cookie expires, unless Max-Age says otherwise (RFC 6265bis section 5.6.1).
    #[must_use]
    pub const fn expires(&self) -> Option<CookieDate> {
        self.expires
    }

    /// Returns how long the cookie lives, in whole seconds, at most 2^31 - 1; zero deletes it (RFC 6265bis section
    /// 5.6.2).
    #[must_use]
    pub fn max_age(&self) -> Option<Duration> {
        self.max_age.map(|age| Duration::from_secs(age.seconds().into()))
    }

    /// Returns the domain whose hosts get the cookie, in lower case, without a leading dot; `None` where only the host
    /// that set it does (RFC 6265bis section 5.6.3).
    #[must_use]
    pub fn domain(&self) -> Option<&T> {
        self.domain.as_deref()
    }

    /// Returns the path below which the cookie is sent; `None` for the directory of the request (RFC 6265bis section
    /// 5.6.4).
    #[must_use]
    pub fn path(&self) -> Option<&T> {
        self.path.as_deref()
    }

    /// Returns whether the cookie is sent only over secure connections (RFC 6265bis section 5.6.5).
    #[must_use]
    pub const fn secure(&self) -> bool {
        self.secure
    }

    /// Returns whether the cookie is hidden from scripts (RFC 6265bis section 5.6.6).
    #[must_use]
    pub const fn http_only(&self) -> bool {
        self.http_only
    }

    /// Returns who may cause the cookie to be sent; `None` where nothing is said, or nothing known (RFC 6265bis section
    /// 5.6.7).
    #[must_use]
    pub const fn same_site(&self) -> Option<SameSite> {
        self.same_site
    }

    /// Returns whether the cookie has a jar of its own for each top-level site (CHIPS).
    #[must_use]
    pub const fn partitioned(&self) -> bool {
        self.partitioned
    }

    /// Returns how long the cookie is kept when there are too many; `None` where nothing is said, or nothing known
    /// (draft-west-cookie-priority).
    #[must_use]
    pub const fn priority(&self) -> Option<Priority> {
        self.priority
    }

    /// Returns the attributes the model does not know, in order, duplicates included; the first [`MAX_EXTENSIONS`] of
    /// them.
    #[must_use]
    pub fn extensions(&self) -> &[Attribute<'a, T>] {
        &self.extensions
    }

    /// Returns the same attributes, borrowing from nothing.
    #[must_use]
    pub fn into_owned(self) -> Attributes<'static, T> {
        let Self { domain, path, extensions, expires, max_age, secure, http_only, partitioned, same_site, priority } =
            self;
        Attributes {
            domain: domain.map(owned),
            path: path.map(owned),
            extensions: extensions.into_iter().map(Attribute::into_owned).collect(),
            expires,
            max_age,
            secure,
            http_only,
            partitioned,
            same_site,
            priority,
        }
    }
}

impl<T: ?Sized + Text> Attributes<'_, T> {
    /// Adds what user agents demand of a cookie of this name and these attributes before they heed it.
    pub(crate) fn add_demanded(&mut self, name: &[u8]) {
        let prefix = Prefix::of(name);
        self.secure |= prefix.is_some() || self.partitioned || self.same_site == Some(SameSite::None);
        self.http_only |= prefix.is_some_and(Prefix::needs_http_only);
    }
}

/// No attribute at all.
impl<T: ?Sized + Text> Default for Attributes<'_, T> {
    fn default() -> Self {
        Self {
            domain: None,
            path: None,
            extensions: Box::default(),
            expires: None,
            max_age: None,
            secure: false,
            http_only: false,
            partitioned: false,
            same_site: None,
            priority: None,
        }
    }
}

impl<T: ?Sized + Text> Clone for Attributes<'_, T> {
    fn clone(&self) -> Self {
        Self { domain: self.domain.clone(), path: self.path.clone(), extensions: self.extensions.clone(), ..*self }
    }
}

impl<T: ?Sized + Text> fmt::Debug for Attributes<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attributes")
            .field("expires", &self.expires())
            .field("max_age", &self.max_age())
            .field("domain", &self.domain().map(Shown))
            .field("path", &self.path().map(Shown))
            .field("secure", &self.secure())
            .field("http_only", &self.http_only())
            .field("same_site", &self.same_site())
            .field("partitioned", &self.partitioned())
            .field("priority", &self.priority())
            .field("extensions", &self.extensions())
            .finish()
    }
}

/// Seconds to live, at most 2^31 - 1: more means the same to every user agent, and breaks some that count in 32 bits.
///
/// One more is kept than said, so that an absent Max-Age takes no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct MaxAge(NonZeroU32);

impl MaxAge {
    const MOST: u32 = i32::MAX.cast_unsigned();

    pub(crate) const fn from_seconds(seconds: u32) -> Self {
        let seconds = if seconds > Self::MOST { Self::MOST } else { seconds };
        Self(NonZeroU32::MIN.saturating_add(seconds))
    }

    /// Fractions of a second are dropped.
    pub(crate) fn from_duration(age: Duration) -> Self {
        Self::from_seconds(u32::try_from(age.as_secs()).unwrap_or(Self::MOST))
    }

    pub(crate) const fn seconds(self) -> u32 {
        self.0.get() - 1
    }

    /// `-?[0-9]+`, saturating; anything below zero expires the cookie as zero does (RFC 6265bis section 5.6.2).
    pub(crate) fn from_ascii(text: &[u8]) -> Option<Self> {
        let digits = text.strip_prefix(b"-").unwrap_or(text);
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        Some(Self::from_seconds(if digits.len() < text.len() {
            0
        } else {
            digits
                .iter()
                .fold(0, |seconds: u32, digit| seconds.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
        }))
    }
}

/// A Domain as it takes effect: without one leading dot, in lower case, and absent where nothing is left (RFC 6265bis
/// section 5.6.3).
pub(crate) fn domain<T: ?Sized + Text>(given: &T) -> Option<Cow<'_, T>> {
    let given = if given.bytes().first() == Some(&b'.') { given.from(1..) } else { given };
    if given.bytes().is_empty() {
        None
    } else if any_octet(given.bytes(), |byte| byte.is_ascii_uppercase()) {
        Some(Cow::Owned(given.to_lower_case()))
    } else {
        Some(Cow::Borrowed(given))
    }
}

pub(crate) fn owned<T: ?Sized + Text>(text: Cow<'_, T>) -> Cow<'static, T> {
    Cow::Owned(text.into_owned())
}
