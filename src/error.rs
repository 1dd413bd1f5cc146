//! Why something was refused, with its text; no error holds a cookie's value.

use core::fmt;

use thiserror::Error;

use crate::names::{AttributeName, Prefix};
#[cfg(feature = "seal")]
use crate::seal::error::SealError;
pub use crate::word::UnknownWord;

/// The part of a cookie that an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Part {
    /// The cookie's name.
    Name,
    /// The cookie's value.
    Value,
    /// An attribute the model knows.
    Attribute(AttributeName),
    /// The attribute the model does not know that was given by this call of `flag`, counted from 0.
    Flag(usize),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("a cookie name"),
            Self::Value => f.write_str("a cookie value"),
            Self::Attribute(name) => write!(f, "the {name} attribute"),
            Self::Flag(index) => write!(f, "flag {index}"),
        }
    }
}

/// Why a header, or one cookie of it, was not read.
///
/// ```
/// use hardtack::SetCookie;
///
/// let error = SetCookie::parse("sid=1\r\nX: y").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "byte 0x0D at offset 5 is a control byte, \
///      for which user agents drop the whole cookie; remove it"
/// );
/// assert_eq!(error.offset(), 5);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ParseError {
    /// A control byte in a Set-Cookie field (RFC 6265bis section 5.6, step 1).
    #[error(
        "byte 0x{byte:02X} at offset {offset} is a control byte, for which user agents drop the whole cookie; remove it"
    )]
    ControlByte {
        /// The byte.
        byte: u8,
        /// Its offset in the field's text, in octets.
        offset: usize,
    },
    /// A Set-Cookie field with neither a name nor a value (RFC 6265bis section 5.7, step 2).
    #[error("the cookie has neither a name nor a value, for which user agents drop it; write name=value")]
    EmptyCookie,
    /// A name and value that are longer together than user agents keep (RFC 6265bis section 5.6, step 5).
    #[error(
        "name and value are {len} octets together, of which user agents keep at most {max}; shorten the value or keep it on the server"
    )]
    PairTooLong {
        /// Octets of name and value together.
        len: usize,
        /// The most a user agent keeps, in octets.
        max: usize,
        /// Offset of the first octet beyond, in the field's text.
        offset: usize,
    },
    /// A byte the grammar does not allow where it stands (RFC 6265bis section 4.2.1).
    #[error("byte 0x{byte:02X} at offset {offset} is not allowed in {part}; {}", advice(*.part))]
    InvalidByte {
        /// Where it stands.
        part: Part,
        /// The byte.
        byte: u8,
        /// Its offset in the header, in octets.
        offset: usize,
    },
    /// A pair without `=` (RFC 6265bis section 4.2.1).
    #[error("the pair at offset {offset} has no \"=\"; write name=value")]
    MissingEquals {
        /// Where the pair begins in the header, in octets.
        offset: usize,
    },
    /// A pair without a name (RFC 6265bis section 4.2.1).
    #[error("the pair at offset {offset} has no name before its \"=\"; name the cookie")]
    EmptyName {
        /// Where the pair begins in the header, in octets.
        offset: usize,
    },
    /// Nothing between two `;`, or after the last one (RFC 6265bis section 4.2.1).
    #[error("there is no pair at offset {offset}; remove the \";\" before it")]
    EmptyPair {
        /// Where the pair should begin in the header, in octets.
        offset: usize,
    },
    /// A `;` that no space follows (RFC 6265bis section 4.2.1).
    #[error("the \";\" before offset {offset} is not followed by a space; separate pairs by \"; \"")]
    MissingSpace {
        /// Where the space should stand in the header, in octets.
        offset: usize,
    },
}

impl ParseError {
    /// Returns the offset of the octet the error is about, in octets of the text that was given.
    #[must_use]
    pub const fn offset(&self) -> usize {
        match *self {
            Self::EmptyCookie => 0,
            Self::ControlByte { offset, .. }
            | Self::PairTooLong { offset, .. }
            | Self::InvalidByte { offset, .. }
            | Self::MissingEquals { offset }
            | Self::EmptyName { offset }
            | Self::EmptyPair { offset }
            | Self::MissingSpace { offset } => offset,
        }
    }

    /// Returns the part of the cookie the error is about, where it is about one.
    #[must_use]
    pub const fn part(&self) -> Option<Part> {
        match *self {
            Self::InvalidByte { part, .. } => Some(part),
            Self::EmptyName { .. } => Some(Part::Name),
            _ => None,
        }
    }
}

/// Why a cookie was not built.
///
/// Offsets count octets in the text that was given for the part.
///
/// ```
/// use hardtack::SetCookie;
///
/// let error = SetCookie::builder("sid", "a1b2;c3").build().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "byte 0x3B at offset 4 is not allowed in a cookie value; percent-encode it"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A byte that may not stand in the part (RFC 6265bis section 4.1.1).
    #[error("byte 0x{byte:02X} at offset {offset} is not allowed in {part}; {}", advice(*.part))]
    InvalidByte {
        /// Where it stands.
        part: Part,
        /// The byte.
        byte: u8,
        /// Its offset in the text given for the part, in octets.
        offset: usize,
    },
    /// A cookie without a name; in a Cookie field, a pair with neither a name nor a value.
    #[error("the cookie has no name; name it")]
    EmptyName,
    /// An attribute given as text that is empty or has no name.
    #[error("{part} has no name; write Name or Name=value")]
    EmptyFlag {
        /// Which.
        part: Part,
    },
    /// A name and value that are longer together than user agents keep (RFC 6265bis section 5.6, step 5).
    #[error(
        "name and value are {len} octets together, but user agents drop a cookie over {max}; shorten the value or keep it on the server"
    )]
    PairTooLong {
        /// Octets of name and value together, as they would be written.
        len: usize,
        /// The most a user agent keeps, in octets.
        max: usize,
    },
    /// An attribute value longer than user agents heed (RFC 6265bis section 5.6, step 6).
    #[error("{part} is {len} octets, but user agents ignore an attribute over {max}; shorten it")]
    AttributeTooLong {
        /// Which.
        part: Part,
        /// Octets of its value.
        len: usize,
        /// The most a user agent heeds, in octets.
        max: usize,
    },
    /// More attributes given as text that the model does not know than are read back of a Set-Cookie field.
    #[error("more than {max} attributes are given that no user agent knows; leave some out")]
    TooManyExtensions {
        /// The most that are kept.
        max: usize,
    },
    /// A Path that does not begin with `/`, in whose place user agents take the directory of the request (RFC 6265bis
    /// section 5.6.4).
    #[error("the Path attribute does not begin with \"/\", so user agents ignore it; begin it with \"/\"")]
    RelativePath,
    /// An empty Domain.
    #[error("the Domain attribute is empty; leave it out for a host-only cookie")]
    EmptyDomain,
    /// A Domain that is an IP address, which domain-matches nothing but itself (RFC 6265bis section 5.1.3).
    #[error("the Domain attribute is an IP address, which has no subdomains; leave it out for a host-only cookie")]
    IpDomain,
    /// A Domain with letters beyond ASCII (RFC 6265bis section 5.7, step 8).
    #[error(
        "byte 0x{byte:02X} at offset {offset} of the Domain attribute is not ASCII; pass the A-label (\"xn--...\")"
    )]
    NonAsciiDomain {
        /// The byte.
        byte: u8,
        /// Its offset in the text given, in octets.
        offset: usize,
    },
    /// A Domain with a label that is empty, longer than 63 octets, or begins or ends with `-` (RFC 1123 section 2.1).
    #[error(
        "the label at offset {offset} of the Domain attribute is not a label of a host name; use 1 to 63 letters, digits and inner hyphens"
    )]
    InvalidLabel {
        /// Where the label begins in the text given, in octets.
        offset: usize,
    },
    /// A Domain longer than a host name may be (RFC 1123 section 2.1).
    #[error("the Domain attribute is {len} octets, but a host name has at most {max}; shorten it")]
    DomainTooLong {
        /// Octets of the name.
        len: usize,
        /// The most a host name has, in octets.
        max: usize,
    },
    /// A known attribute given as text with a value it cannot hold.
    #[error("flag {index} gives the {attribute} attribute a value it cannot hold; {}", remedy(*.attribute))]
    InvalidFlag {
        /// Which attribute.
        attribute: AttributeName,
        /// Which call of `flag`, counted from 0.
        index: usize,
    },
    /// An attribute given twice, by setter or by flag (RFC 6265bis section 4.1.1).
    #[error("{part} is given twice; give it once")]
    Duplicate {
        /// Which, by its second appearance.
        part: Part,
    },
    /// A name prefix without an attribute it demands (RFC 6265bis section 4.1.3).
    #[error("a name that begins with \"{prefix}\" in any letter case needs {missing}, or user agents drop the cookie; {}", missing.remedy())]
    Prefix {
        /// The prefix.
        prefix: Prefix,
        /// What it demands.
        missing: Requirement,
    },
    /// `SameSite=None` without Secure (RFC 6265bis section 5.7, step 19).
    #[error("SameSite=None needs Secure, or user agents drop the cookie; add .secure(true)")]
    SameSiteNoneInsecure,
    /// Partitioned without Secure (CHIPS section 2.1).
    #[error("Partitioned needs Secure, or user agents drop the cookie; add .secure(true)")]
    PartitionedInsecure,
    /// The value of a deleted cookie, which readers of this crate take for an absent one.
    #[error("the value is DELETED, by which a cookie is read as deleted; to delete it, begin with tombstone(..)")]
    ReservedValue,
    /// A nameless pair of a Cookie field whose value has an `=`: it would be read as a named one (RFC 6265bis section
    /// 5.8.3).
    #[error(
        "the \"=\" at offset {offset} would turn part of a nameless cookie's value into a name; leave the cookie out"
    )]
    AmbiguousNameless {
        /// Offset of the `=` in the value, in octets.
        offset: usize,
    },
    /// A value that was to be sealed, and cannot be.
    #[cfg(feature = "seal")]
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl BuildError {
    /// The error in a word that needs no formatting, for a constant has none.
    pub(crate) const fn in_brief(&self) -> &'static str {
        match *self {
            Self::InvalidByte { part, .. } => match part {
                Part::Name => "the cookie's name holds a byte that is not of a token",
                Part::Attribute(AttributeName::Domain) => "the Domain holds a byte that is not of a host name",
                Part::Attribute(AttributeName::Path) => {
                    "the Path holds a byte that may not stand in an attribute, or white space at an end"
                }
                Part::Value | Part::Attribute(_) | Part::Flag(_) => "a byte is not allowed where it stands",
            },
            Self::EmptyName => "the cookie has no name",
            Self::PairTooLong { .. } => "the name is over 4096 octets",
            Self::AttributeTooLong { .. } => "an attribute is over 1024 octets",
            Self::RelativePath => "the Path does not begin with \"/\"",
            Self::EmptyDomain => "the Domain is empty",
            Self::IpDomain => "the Domain is an IP address",
            Self::NonAsciiDomain { .. } => "the Domain is not ASCII; pass the A-label",
            Self::InvalidLabel { .. } => "a label of the Domain is empty, too long, or begins or ends with \"-\"",
            Self::DomainTooLong { .. } => "the Domain is over 253 octets",
            Self::Prefix { missing, .. } => match missing {
                Requirement::Secure => "the prefix of the name needs .secure(true)",
                Requirement::HttpOnly => "the prefix of the name needs .http_only(true)",
                Requirement::RootPath => "the prefix of the name needs the path \"/\"",
                Requirement::NoDomain => "the prefix of the name needs .domain(..) left out",
            },
            Self::SameSiteNoneInsecure => "SameSite=None needs .secure(true)",
            Self::PartitionedInsecure => "Partitioned needs .secure(true)",
            Self::EmptyFlag { .. }
            | Self::InvalidFlag { .. }
            | Self::Duplicate { .. }
            | Self::TooManyExtensions { .. }
            | Self::ReservedValue
            | Self::AmbiguousNameless { .. } => "the cookie would not be built",
            #[cfg(feature = "seal")]
            Self::Seal(_) => "the value cannot be sealed",
        }
    }

    /// Returns the offset of the octet the error is about, in octets of the text given for its part.
    #[must_use]
    pub const fn offset(&self) -> Option<usize> {
        match *self {
            Self::InvalidByte { offset, .. }
            | Self::NonAsciiDomain { offset, .. }
            | Self::InvalidLabel { offset }
            | Self::AmbiguousNameless { offset } => Some(offset),
            Self::RelativePath => Some(0),
            #[cfg(feature = "seal")]
            Self::Seal(SealError::InvalidName { offset, .. } | SealError::InvalidValue { offset, .. }) => Some(offset),
            _ => None,
        }
    }

    /// Returns the part of the cookie the error is about, where it is about one.
    #[must_use]
    pub const fn part(&self) -> Option<Part> {
        match *self {
            Self::InvalidByte { part, .. }
            | Self::EmptyFlag { part }
            | Self::AttributeTooLong { part, .. }
            | Self::Duplicate { part } => Some(part),
            Self::EmptyName => Some(Part::Name),
            Self::RelativePath => Some(Part::Attribute(AttributeName::Path)),
            Self::EmptyDomain
            | Self::IpDomain
            | Self::NonAsciiDomain { .. }
            | Self::InvalidLabel { .. }
            | Self::DomainTooLong { .. } => Some(Part::Attribute(AttributeName::Domain)),
            Self::InvalidFlag { attribute, .. } => Some(Part::Attribute(attribute)),
            Self::SameSiteNoneInsecure => Some(Part::Attribute(AttributeName::SameSite)),
            Self::PartitionedInsecure => Some(Part::Attribute(AttributeName::Partitioned)),
            Self::ReservedValue | Self::AmbiguousNameless { .. } => Some(Part::Value),
            Self::PairTooLong { .. } | Self::TooManyExtensions { .. } | Self::Prefix { .. } => None,
            #[cfg(feature = "seal")]
            Self::Seal(SealError::EmptyName | SealError::InvalidName { .. }) => Some(Part::Name),
            #[cfg(feature = "seal")]
            Self::Seal(SealError::InvalidValue { .. } | SealError::NotJson) => Some(Part::Value),
            #[cfg(feature = "seal")]
            Self::Seal(_) => None,
        }
    }
}

/// Why the text of a Cookie field was not written.
///
/// ```
/// let error = hardtack::serialize([("sid", "31d4"), ("theme", "a;b")]).unwrap_err();
/// assert_eq!(error.index, 1);
/// assert_eq!(
///     error.to_string(),
///     "pair 1: byte 0x3B at offset 1 is not allowed in a cookie value; percent-encode it"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
#[error("pair {index}: {reason}")]
pub struct SerializeError {
    /// Which pair was refused, counted from 0.
    pub index: usize,
    /// What is wrong with it.
    pub reason: BuildError,
}

/// Why the cookies of one response were refused; see `SetCookies::check`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum LimitError {
    /// More cookies than allowed.
    #[error("the response sets {count} cookies, and at most {max} are allowed; set fewer")]
    TooMany {
        /// How many it sets.
        count: usize,
        /// The most allowed.
        max: usize,
    },
    /// More octets than allowed.
    #[error("the cookies of the response are {len} octets together, and at most {max} are allowed; shorten them")]
    TooLong {
        /// Octets of all Set-Cookie fields together, without the fields' names.
        len: usize,
        /// The most allowed, in octets.
        max: usize,
    },
}

/// What a name prefix demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Requirement {
    /// Secure.
    Secure,
    /// HttpOnly.
    HttpOnly,
    /// `Path=/`.
    RootPath,
    /// No Domain.
    NoDomain,
}

impl Requirement {
    const fn remedy(self) -> &'static str {
        match self {
            Self::Secure => "add .secure(true)",
            Self::HttpOnly => "add .http_only(true)",
            Self::RootPath => "leave .path(..) out",
            Self::NoDomain => "leave .domain(..) out",
        }
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Secure => "Secure",
            Self::HttpOnly => "HttpOnly",
            Self::RootPath => "Path=/",
            Self::NoDomain => "no Domain",
        })
    }
}

const fn advice(part: Part) -> &'static str {
    match part {
        Part::Name => "use letters, digits and !#$%&'*+-.^_`|~",
        Part::Attribute(AttributeName::Domain) => "use letters, digits, hyphens and dots",
        Part::Value | Part::Attribute(_) => "percent-encode it",
        Part::Flag(_) => "use printable ASCII without \";\"",
    }
}

const fn remedy(attribute: AttributeName) -> &'static str {
    match attribute {
        AttributeName::Expires => "write a date such as Thu, 01 Jan 1970 00:00:00 GMT",
        AttributeName::MaxAge => "write a whole number of seconds",
        AttributeName::Domain => "write a host name",
        AttributeName::Path => "begin it with \"/\"",
        AttributeName::SameSite => "write Strict, Lax or None",
        AttributeName::Priority => "write Low, Medium or High",
        AttributeName::Secure | AttributeName::HttpOnly | AttributeName::Partitioned => "write its name alone",
    }
}

impl DecodeError {
    /// Returns the offset of the octet the error is about: of a `%` in the value, of what is not UTF-8 in the decoded
    /// value.
    #[must_use]
    pub const fn offset(&self) -> usize {
        match *self {
            Self::InvalidPercent { offset } | Self::NotUtf8 { offset } => offset,
        }
    }
}

/// Why a value was not decoded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// A `%` that two hexadecimal digits do not follow.
    #[error("the \"%\" at offset {offset} is not followed by two hexadecimal digits; write %25 for a literal one")]
    InvalidPercent {
        /// Offset of the `%` in the value, in octets.
        offset: usize,
    },
    /// Octets that are not UTF-8 once decoded.
    #[error("octet {offset} of the decoded value does not begin a UTF-8 character; read the value as bytes")]
    NotUtf8 {
        /// Offset of the first such octet in the decoded value, in octets.
        offset: usize,
    },
}

/// Why a text is not a cookie-date (RFC 6265bis section 5.1.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum DateError {
    /// No token is a time of day.
    #[error("there is no time of day; write hh:mm:ss")]
    MissingTime,
    /// No token is a day of the month.
    #[error("there is no day of the month; write one or two digits")]
    MissingDay,
    /// No token is a month.
    #[error("there is no month; write its English name or the first three letters of it")]
    MissingMonth,
    /// No token is a year.
    #[error("there is no year; write two or four digits")]
    MissingYear,
    /// A year before 1601, which no user agent reads.
    #[error("year {year} is before 1601; write a later one")]
    YearTooEarly {
        /// The year as read.
        year: u16,
    },
    /// A time beyond 23:59:59.
    #[error("{hour:02}:{minute:02}:{second:02} is not a time of day; write 00:00:00 to 23:59:59")]
    NoSuchTime {
        /// The hour as read.
        hour: u8,
        /// The minute as read.
        minute: u8,
        /// The second as read.
        second: u8,
    },
    /// A day the month does not have.
    #[error("month {month} of {year} has no day {day}; write a day it has")]
    NoSuchDay {
        /// The year as read.
        year: u16,
        /// The month, 1 to 12.
        month: u8,
        /// The day as read.
        day: u8,
    },
}
