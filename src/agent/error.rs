//! What may be wrong with a host, a URL, or a cookie put into a store by hand.

use thiserror::Error;

/// Why a text is no host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HostError {
    /// Nothing.
    #[error("the host is empty; name it")]
    Empty,
    /// Brackets around what is no IPv6 address.
    #[error("the host in brackets is no IPv6 address; correct it or leave the brackets out")]
    InvalidAddress,
    /// A last label that is a number, of which a URL makes an IPv4 address, and no such address.
    #[error("the host ends in a number and is no IPv4 address; write four numbers from 0 to 255, or a name")]
    InvalidIpv4Address,
    /// Nothing between two dots, or before the first.
    #[error("the host has an empty label at offset {offset}; leave the dot out")]
    EmptyLabel {
        /// Where the label should begin in the host as A-labels, in octets.
        offset: usize,
    },
    /// A byte that no host has.
    #[error("byte 0x{byte:02X} at offset {offset} is not allowed in a host; give the host alone, without port or path")]
    InvalidByte {
        /// The byte.
        byte: u8,
        /// Its offset in the host as A-labels, in octets.
        offset: usize,
    },
    /// A letter beyond ASCII, without the feature `idna`.
    #[error(
        "the byte at offset {offset} of the host is not ASCII; pass the A-label (\"xn--...\") or enable the feature idna"
    )]
    NonAscii {
        /// Its offset in the host, in octets.
        offset: usize,
    },
    /// A label that cannot be written as an A-label, or only looks like one.
    #[error("a label of the host has no A-label; correct the spelling of the host")]
    InvalidLabel,
}

/// Why a URL gives no [`Context`](crate::agent::Context).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ContextError {
    /// A URL without a host, such as `/login` or `data:,x`.
    #[error("the url has no host; make it absolute")]
    MissingHost,
    /// A scheme by which no cookies travel.
    #[error("the url's scheme is not http, https, ws or wss; cookies travel by these alone")]
    UnknownScheme,
    /// A host that is none.
    #[error(transparent)]
    Host(#[from] HostError),
}

/// Why a store does not take a cookie that was put into it by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum InvalidCookie {
    /// Neither a name nor a value.
    #[error("the cookie has neither a name nor a value; leave it out")]
    Empty,
    /// A byte in the name or the value that would end it, or the field it is sent in.
    #[error(
        "byte 0x{byte:02X} at offset {offset} of the cookie's name or value would break the Cookie field; leave the cookie out"
    )]
    UnsafeByte {
        /// The byte.
        byte: u8,
        /// Its offset in the name or the value, in octets.
        offset: usize,
    },
    /// A domain that is not canonical.
    #[error("the cookie's domain is not as canonical_host writes it; canonicalize it")]
    Domain,
    /// A text that is no cookie.
    #[error("the text is no cookie; leave it out")]
    Unreadable,
    /// An expiry that is no date.
    #[error("the cookie's expiry is no date such as 2027-01-15T08:00:00Z; correct it")]
    Expiry,
    /// A path that does not begin with `/`.
    #[error("the cookie's path does not begin with \"/\"; begin it with \"/\"")]
    Path,
}
