//! Where a cookie goes: hosts, domains and paths (RFC 6265bis sections 5.1.2 to 5.1.4).

use alloc::borrow::{Cow, ToOwned};
use alloc::format;
use alloc::string::{String, ToString};
use core::net::IpAddr;

use crate::agent::address::address;
use crate::agent::error::HostError;

/// Whether a host is `domain` or below it (RFC 6265bis section 5.1.3).
///
/// Both are canonical, as [`canonical_host`] gives them. An address matches nothing but itself, and the empty domain
/// matches nothing.
///
/// ```
/// use hardtack::agent::domain_match;
///
/// assert!(domain_match("www.shop.example", "shop.example"));
/// assert!(!domain_match("myshop.example", "shop.example"));
/// assert!(!domain_match("192.0.2.14", "2.14"));
/// ```
#[must_use]
pub fn domain_match(host: &str, domain: &str) -> bool {
    if domain.is_empty() {
        return false;
    }
    let Some(labels) = host.strip_suffix(domain) else {
        return false;
    };
    labels.is_empty() || labels.ends_with('.') && !is_address(host)
}

/// Whether a request for `request_path` gets a cookie of `cookie_path` (RFC 6265bis section 5.1.4).
///
/// Both are octets of a URL's path, compared as they are: nothing is decoded, and letter case counts. The empty path of a
/// cookie matches nothing.
///
/// ```
/// use hardtack::agent::path_match;
///
/// assert!(path_match(b"/app/login", b"/app"));
/// assert!(path_match(b"/app/login", b"/app/"));
/// assert!(!path_match(b"/application", b"/app"));
/// ```
#[must_use]
pub fn path_match(request_path: &[u8], cookie_path: &[u8]) -> bool {
    match cookie_path {
        [] => false,
        // The path of most cookies.
        [b'/'] => request_path.starts_with(b"/"),
        [.., last] => {
            request_path.strip_prefix(cookie_path).is_some_and(|rest| *last == b'/' || matches!(rest, [] | [b'/', ..]))
        }
    }
}

/// The path of a cookie whose Path is absent or ignored: the directory of the request (RFC 6265bis section 5.1.4).
///
/// ```
/// use hardtack::agent::default_path;
///
/// assert_eq!(default_path(b"/app/login"), b"/app");
/// assert_eq!(default_path(b"/login"), b"/");
/// ```
#[must_use]
pub fn default_path(request_path: &[u8]) -> &[u8] {
    match request_path.iter().rposition(|&byte| byte == b'/') {
        Some(last) if last > 0 && request_path.starts_with(b"/") => request_path.get(..last).unwrap_or(b"/"),
        _ => b"/",
    }
}

/// A host in the form that hosts are compared in (RFC 6265bis section 5.1.2): lower case, A-labels, an address as a URL
/// has it, that of IPv6 without brackets and in its shortest form.
///
/// Letters beyond ASCII need the feature `idna`, with which a label that only looks like an A-label is refused, too. A
/// trailing dot is kept: it is another host. A host whose last label is a number is an IPv4 address, in all the forms
/// that URLs take (WHATWG URL section 3.5). The canonical form of a canonical host is itself.
///
/// # Errors
///
/// - the empty text
/// - `[::g]`: no IPv6 address in the brackets
/// - `256.256`, `foo.1`: a number at the end, and no IPv4 address
/// - `a..b`, `.a`, `a..`: an empty label, other than behind a dot at the end
/// - `a b`, `a:80`, `a/b`: a byte that no host has
/// - `café.example`, without the feature `idna`
///
/// ```
/// use hardtack::agent::canonical_host;
///
/// assert_eq!(canonical_host("Shop.Example")?, "shop.example");
/// assert_eq!(canonical_host("[2001:DB8:0::1]")?, "2001:db8::1");
/// assert_eq!(canonical_host("0x7f.1")?, "127.0.0.1");
/// # Ok::<(), hardtack::agent::HostError>(())
/// ```
pub fn canonical_host(host: &str) -> Result<String, HostError> {
    if host.is_empty() {
        return Err(HostError::Empty);
    }
    if let Some(Ok(address)) = address(host) {
        return Ok(address_text(address));
    }
    if host.starts_with('[') {
        return Err(HostError::InvalidAddress);
    }
    let host = to_a_labels(host)?;
    if let Some((offset, byte)) = host.bytes().enumerate().find(|&(_, byte)| !is_host_byte(byte)) {
        return Err(HostError::InvalidByte { byte, offset });
    }
    match address(&host) {
        Some(Ok(address)) => Ok(address_text(address)),
        Some(Err(_)) => Err(HostError::InvalidIpv4Address),
        None => match empty_label(&host) {
            Some(offset) => Err(HostError::EmptyLabel { offset }),
            None => Ok(host.to_ascii_lowercase()),
        },
    }
}

/// Where a label is missing, the one of the root aside.
fn empty_label(host: &str) -> Option<usize> {
    let mut offset = 0;
    for label in host.strip_suffix('.').unwrap_or(host).split('.') {
        if label.is_empty() {
            return Some(offset);
        }
        offset += label.len() + 1;
    }
    None
}

/// An address as a URL has it, without brackets: that of IPv6 in hexadecimal throughout (WHATWG URL, "IPv6
/// serializer").
fn address_text(address: IpAddr) -> String {
    match address {
        IpAddr::V6(address) if address.to_ipv4_mapped().is_some() => {
            let [.., high, low] = address.segments();
            format!("::ffff:{high:x}:{low:x}")
        }
        address => address.to_string(),
    }
}

/// Whether a canonical host is an IP address.
pub(crate) fn is_address(host: &str) -> bool {
    host.parse::<IpAddr>().is_ok()
}

/// Whether a canonical host is this machine by name or by address, which browsers trust as they trust https.
pub(crate) fn is_loopback(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    name == "localhost"
        || name.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// What a canonical host is made of; the rest are the forbidden domain code points of the WHATWG URL standard.
const fn is_host_byte(byte: u8) -> bool {
    matches!(byte, 0x21..=0x7E)
        && !matches!(
            byte,
            b'#' | b'%' | b'/' | b':' | b';' | b'<' | b'>' | b'?' | b'@' | b'[' | b'\\' | b']' | b'^' | b'|'
        )
}

#[cfg(feature = "idna")]
pub(crate) fn to_a_labels(host: &str) -> Result<Cow<'_, str>, HostError> {
    idna::domain_to_ascii_cow(host.as_bytes(), idna::AsciiDenyList::EMPTY).map_err(|_| HostError::InvalidLabel)
}

#[cfg(not(feature = "idna"))]
pub(crate) fn to_a_labels(host: &str) -> Result<Cow<'_, str>, HostError> {
    match host.bytes().position(|byte| !byte.is_ascii()) {
        Some(offset) => Err(HostError::NonAscii { offset }),
        None => Ok(Cow::Borrowed(host)),
    }
}

/// The site of a host: what is compared for SameSite and what keys a partition.
pub(crate) fn site(secure: bool, registrable: &str) -> String {
    let mut site = if secure { "https://" } else { "http://" }.to_owned();
    site.push_str(registrable);
    site
}
