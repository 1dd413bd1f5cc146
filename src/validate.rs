//! What RFC 6265bis section 4.1 asks of a well-behaved server, a function for each rule.
//!
//! All are constant: a template is judged when it is compiled by what judges a cookie when it is built.

use crate::attribute::{MAX_ATTRIBUTE_LEN, SameSite};
use crate::bytes::{AV_OCTET, CONTROL, COOKIE_OCTET, Class, TOKEN, is_wsp};
use crate::error::{BuildError, Part, Requirement};
use crate::host;
use crate::names::{AttributeName, Prefix};
use crate::set_cookie::MAX_PAIR_LEN;

/// The most octets of a host name, and of one label of it (RFC 1123 section 2.1, RFC 1035 section 2.3.4).
const MAX_HOST_LEN: usize = 253;
pub(crate) const MAX_LABEL_LEN: usize = 63;

/// `?`, which a constant function cannot say.
macro_rules! check {
    ($judged:expr) => {
        if let Err(error) = $judged {
            return Err(error);
        }
    };
}
pub(crate) use check;

/// `cookie-name = token`
pub(crate) const fn name(name: &[u8]) -> Result<(), BuildError> {
    if name.is_empty() {
        return Err(BuildError::EmptyName);
    }
    all_of(TOKEN, Part::Name, name, 0, name.len())
}

/// `cookie-value = *cookie-octet / ( DQUOTE *cookie-octet DQUOTE )`
pub(crate) const fn value(value: &[u8]) -> Result<(), BuildError> {
    let len = value.len();
    match value {
        [b'"', .., b'"'] => all_of(COOKIE_OCTET, Part::Value, value, 1, len - 1),
        _ => all_of(COOKIE_OCTET, Part::Value, value, 0, len),
    }
}

/// What user agents keep of name and value together (RFC 6265bis section 5.6, step 5).
pub(crate) const fn pair_len(name: &[u8], value: &[u8]) -> Result<(), BuildError> {
    let len = name.len().saturating_add(value.len());
    if len > MAX_PAIR_LEN {
        return Err(BuildError::PairTooLong { len, max: MAX_PAIR_LEN });
    }
    Ok(())
}

/// What user agents heed of an attribute (RFC 6265bis section 5.6, step 6).
pub(crate) const fn attribute_len(part: Part, value: &[u8]) -> Result<(), BuildError> {
    let len = value.len();
    if len > MAX_ATTRIBUTE_LEN {
        return Err(BuildError::AttributeTooLong { part, len, max: MAX_ATTRIBUTE_LEN });
    }
    Ok(())
}

/// `path-value = *av-octet`, beginning with `/` (RFC 6265bis sections 4.1.2.4 and 5.6.4).
pub(crate) const fn path(path: &[u8]) -> Result<(), BuildError> {
    let part = Part::Attribute(AttributeName::Path);
    check!(av_octets(part, path));
    match path {
        [b'/', ..] => attribute_len(part, path),
        _ => Err(BuildError::RelativePath),
    }
}

/// `*av-octet` with no white space at an end (RFC 6265bis section 4.1.1).
pub(crate) const fn av_octets(part: Part, text: &[u8]) -> Result<(), BuildError> {
    check!(all_of(AV_OCTET, part, text, 0, text.len()));
    edges(part, text)
}

/// `domain-value = <subdomain>`: labels of letters, digits and inner hyphens, and no IP address (RFC 6265bis section
/// 4.1.2.3).
///
/// A leading dot is allowed here; the model leaves it out.
pub(crate) const fn domain(given: &[u8]) -> Result<(), BuildError> {
    let part = Part::Attribute(AttributeName::Domain);
    let start = match given {
        [b'.', ..] => 1,
        _ => 0,
    };
    check!(attribute_len(part, given));
    if given.len() == start {
        return Err(BuildError::EmptyDomain);
    }
    if host::is_address(given, start) {
        return Err(BuildError::IpDomain);
    }
    check!(host_octets(part, given));
    check!(labels(given, start));
    let len = given.len() - start;
    if len > MAX_HOST_LEN {
        return Err(BuildError::DomainTooLong { len, max: MAX_HOST_LEN });
    }
    Ok(())
}

const fn host_octets(part: Part, host: &[u8]) -> Result<(), BuildError> {
    let mut offset = 0;
    while offset < host.len() {
        let byte = host[offset];
        if !byte.is_ascii() {
            return Err(BuildError::NonAsciiDomain { byte, offset });
        }
        if !byte.is_ascii_alphanumeric() && byte != b'-' && byte != b'.' {
            return Err(BuildError::InvalidByte { part, byte, offset });
        }
        offset += 1;
    }
    Ok(())
}

const fn labels(host: &[u8], start: usize) -> Result<(), BuildError> {
    let (mut label, mut end) = (start, start);
    loop {
        if end == host.len() || host[end] == b'.' {
            let len = end - label;
            if len == 0 || len > MAX_LABEL_LEN || host[label] == b'-' || host[end - 1] == b'-' {
                return Err(BuildError::InvalidLabel { offset: label });
            }
            label = end + 1;
        }
        if end == host.len() {
            return Ok(());
        }
        end += 1;
    }
}

/// What a cookie claims to be, as far as user agents hold it to that.
#[derive(Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of a cookie")]
pub(crate) struct Claims {
    pub(crate) secure: bool,
    pub(crate) http_only: bool,
    pub(crate) has_domain: bool,
    pub(crate) is_root_path: bool,
    pub(crate) same_site: Option<SameSite>,
    pub(crate) partitioned: bool,
}

/// What a name prefix demands, in any letter case, as user agents compare it (RFC 6265bis sections 4.1.3 and 5.7); and
/// that `SameSite=None` and Partitioned are kept with Secure alone (section 5.7, step 19; CHIPS section 2.1).
pub(crate) const fn claims(name: &[u8], claims: Claims) -> Result<(), BuildError> {
    if let Some(prefix) = Prefix::of(name) {
        let missing = if !claims.secure {
            Requirement::Secure
        } else if prefix.needs_http_only() && !claims.http_only {
            Requirement::HttpOnly
        } else if prefix.needs_host_only() && claims.has_domain {
            Requirement::NoDomain
        } else if prefix.needs_host_only() && !claims.is_root_path {
            Requirement::RootPath
        } else {
            return Ok(());
        };
        return Err(BuildError::Prefix { prefix, missing });
    }
    match claims {
        Claims { secure: true, .. } => Ok(()),
        Claims { same_site: Some(SameSite::None), .. } => Err(BuildError::SameSiteNoneInsecure),
        Claims { partitioned: true, .. } => Err(BuildError::PartitionedInsecure),
        _ => Ok(()),
    }
}

/// That a text cannot end its part, and reads back as it is: no control byte, no `;`, not `other`, no white space at an
/// end.
pub(crate) const fn safe(part: Part, text: &[u8], other: u8) -> Result<(), BuildError> {
    let mut offset = 0;
    while offset < text.len() {
        let byte = text[offset];
        if byte == b';' || byte == other || CONTROL.contains(byte) {
            return Err(BuildError::InvalidByte { part, byte, offset });
        }
        offset += 1;
    }
    edges(part, text)
}

/// That a text has no white space at an end, which a reader would trim.
const fn edges(part: Part, text: &[u8]) -> Result<(), BuildError> {
    match text {
        [byte, ..] if is_wsp(*byte) => Err(BuildError::InvalidByte { part, byte: *byte, offset: 0 }),
        [.., byte] if is_wsp(*byte) => Err(BuildError::InvalidByte { part, byte: *byte, offset: text.len() - 1 }),
        _ => Ok(()),
    }
}

/// That every octet from `start` to `end` is of a class.
const fn all_of(class: Class, part: Part, text: &[u8], start: usize, end: usize) -> Result<(), BuildError> {
    let mut offset = start;
    while offset < end {
        let byte = text[offset];
        if !class.contains(byte) {
            return Err(BuildError::InvalidByte { part, byte, offset });
        }
        offset += 1;
    }
    Ok(())
}
