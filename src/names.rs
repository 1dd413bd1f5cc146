//! The names on the wire, once: attributes and name prefixes.

use core::fmt;
use core::str::FromStr;

use crate::word::UnknownWord;

/// An attribute the model knows, by its name on the wire (RFC 6265bis section 4.1.1; `Partitioned` is of CHIPS,
/// `Priority` of draft-west-cookie-priority).
///
/// ```
/// use hardtack::AttributeName;
///
/// assert_eq!(AttributeName::from_ascii(b"hTTPonly"), Some(AttributeName::HttpOnly));
/// assert_eq!(AttributeName::MaxAge.as_str(), "Max-Age");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum AttributeName {
    /// `Expires`
    Expires,
    /// `Max-Age`
    MaxAge,
    /// `Domain`
    Domain,
    /// `Path`
    Path,
    /// `Secure`
    Secure,
    /// `HttpOnly`
    HttpOnly,
    /// `SameSite`
    SameSite,
    /// `Partitioned`
    Partitioned,
    /// `Priority`
    Priority,
}

macro_rules! on_the_wire {
    ($($variant:ident: $name:literal $equals:literal,)+) => {
        impl AttributeName {
            /// Returns the name as it is written.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// The name as it is written behind what stands before it, and the `=` if it has a value: one piece to
            /// copy.
            pub(crate) const fn separated(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!("; ", $name, $equals),)+
                }
            }
        }
    };
}

on_the_wire! {
    Expires: "Expires" "=",
    MaxAge: "Max-Age" "=",
    Domain: "Domain" "=",
    Path: "Path" "=",
    Secure: "Secure" "",
    HttpOnly: "HttpOnly" "",
    SameSite: "SameSite" "=",
    Partitioned: "Partitioned" "",
    Priority: "Priority" "=",
}

impl AttributeName {
    /// Every attribute the model knows, in the order they are written.
    pub const ALL: &'static [Self] = &[
        Self::Expires,
        Self::MaxAge,
        Self::Domain,
        Self::Path,
        Self::Secure,
        Self::HttpOnly,
        Self::SameSite,
        Self::Partitioned,
        Self::Priority,
    ];

    /// Returns the attribute of this name in any ASCII letter case; a look-alike beyond ASCII (`ſecure`) is none (RFC
    /// 6265bis section 5.6).
    #[must_use]
    #[inline(always)]
    pub fn from_ascii(name: &[u8]) -> Option<Self> {
        match name.len() {
            4 => is(name, b"path").then_some(Self::Path),
            6 if is(name, b"domain") => Some(Self::Domain),
            6 => is(name, b"secure").then_some(Self::Secure),
            7 if is(name, b"expires") => Some(Self::Expires),
            7 => is(name, b"max-age").then_some(Self::MaxAge),
            8 if is(name, b"httponly") => Some(Self::HttpOnly),
            8 if is(name, b"samesite") => Some(Self::SameSite),
            8 => is(name, b"priority").then_some(Self::Priority),
            11 => is(name, b"partitioned").then_some(Self::Partitioned),
            _ => None,
        }
    }
}

/// Whether a name is this one but for the case of its letters.
///
/// Setting bit 5 folds the case of a letter, and makes a letter of nothing else; of `-` it makes itself, but of CR too.
#[inline(always)]
fn is<const N: usize>(name: &[u8], lower_case: &[u8; N]) -> bool {
    name.first_chunk::<N>().is_some_and(|name| name.map(|byte| byte | 0x20) == *lower_case)
        && (!lower_case.contains(&b'-') || !name.contains(&b'\r'))
}

impl FromStr for AttributeName {
    type Err = UnknownWord;

    /// Reads the name in any ASCII letter case; see [`from_ascii`](Self::from_ascii).
    fn from_str(name: &str) -> Result<Self, UnknownWord> {
        Self::from_ascii(name.as_bytes()).ok_or(UnknownWord { expected: "the name of an attribute, such as Max-Age" })
    }
}

impl fmt::Display for AttributeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A prefix of a cookie's name by which a user agent vouches for the cookie's attributes.
///
/// `__Secure-` and `__Host-` are of RFC 6265bis section 4.1.3, `__Http-` and `__Host-Http-` of the layered-cookies
/// draft that follows it.
///
/// ```
/// use hardtack::Prefix;
///
/// assert_eq!(Prefix::of(b"__host-sid"), Some(Prefix::Host));
/// assert_eq!(Prefix::of(b"__Host-Http-sid"), Some(Prefix::HostHttp));
/// assert_eq!(Prefix::of(b"__Hostess"), None);
/// ```
#[doc(alias("__Host-", "__Secure-"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Prefix {
    /// `__Secure-`: Secure.
    Secure,
    /// `__Host-`: Secure, `Path=/`, no Domain.
    Host,
    /// `__Http-`: Secure, HttpOnly.
    Http,
    /// `__Host-Http-`: what `__Host-` and `__Http-` demand together.
    HostHttp,
}

impl Prefix {
    // `__Host-Http-` begins with `__Host-`: the longer one is asked first.
    const LONGEST_FIRST: [Self; 4] = [Self::HostHttp, Self::Secure, Self::Host, Self::Http];

    /// Returns the prefix as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Secure => "__Secure-",
            Self::Host => "__Host-",
            Self::Http => "__Http-",
            Self::HostHttp => "__Host-Http-",
        }
    }

    /// Returns the prefix a name begins with, in any ASCII letter case, as user agents compare it (RFC 6265bis section
    /// 5.7).
    #[must_use]
    pub const fn of(name: &[u8]) -> Option<Self> {
        if name.len() < 7 || name[0] != b'_' || name[1] != b'_' {
            return None;
        }
        let mut index = 0;
        while index < Self::LONGEST_FIRST.len() {
            let prefix = Self::LONGEST_FIRST[index];
            if begins_with(name, prefix.as_str().as_bytes()) {
                return Some(prefix);
            }
            index += 1;
        }
        None
    }

    /// Returns whether the prefix demands HttpOnly.
    #[must_use]
    pub const fn needs_http_only(self) -> bool {
        matches!(self, Self::Http | Self::HostHttp)
    }

    /// Returns whether the prefix demands `Path=/` and no Domain.
    #[must_use]
    pub const fn needs_host_only(self) -> bool {
        matches!(self, Self::Host | Self::HostHttp)
    }
}

/// Whether a text begins with this one but for the case of its ASCII letters; constant, for templates are judged when
/// they are compiled.
const fn begins_with(text: &[u8], start: &[u8]) -> bool {
    let mut index = 0;
    while index < start.len() {
        if index >= text.len() || !text[index].eq_ignore_ascii_case(&start[index]) {
            return false;
        }
        index += 1;
    }
    true
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
