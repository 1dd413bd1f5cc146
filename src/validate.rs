//! What RFC 6265bis section 4.1 asks of a well-behaved server, a function for each rule.

use crate::attribute::{Attributes, MAX_ATTRIBUTE_LEN, SameSite};
use crate::bytes::{AV_OCTET, TOKEN, is_wsp};
use crate::error::{BuildError, Part, Requirement};
use crate::host;
use crate::names::{AttributeName, Prefix};
use crate::set_cookie::MAX_PAIR_LEN;
use crate::tokenizer::outside_cookie_value;

/// The most octets of a host name, and of one label of it (RFC 1123 section 2.1, RFC 1035 section 2.3.4).
const MAX_HOST_LEN: usize = 253;
const MAX_LABEL_LEN: usize = 63;

/// `cookie-name = token`
pub(crate) fn name(name: &str) -> Result<(), BuildError> {
    if name.is_empty() {
        return Err(BuildError::EmptyName);
    }
    allowed(Part::Name, TOKEN.first_outside(name.as_bytes()))
}

/// `cookie-value = *cookie-octet / ( DQUOTE *cookie-octet DQUOTE )`
pub(crate) fn value(value: &str) -> Result<(), BuildError> {
    allowed(Part::Value, outside_cookie_value(value.as_bytes()))
}

/// What user agents keep of name and value together (RFC 6265bis section 5.6, step 5).
pub(crate) fn pair_len(name: &str, value: &str) -> Result<(), BuildError> {
    let len = name.len().saturating_add(value.len());
    if len > MAX_PAIR_LEN {
        return Err(BuildError::PairTooLong { len, max: MAX_PAIR_LEN });
    }
    Ok(())
}

/// What user agents heed of an attribute (RFC 6265bis section 5.6, step 6).
pub(crate) fn attribute_len(part: Part, value: &str) -> Result<(), BuildError> {
    let len = value.len();
    if len > MAX_ATTRIBUTE_LEN {
        return Err(BuildError::AttributeTooLong { part, len, max: MAX_ATTRIBUTE_LEN });
    }
    Ok(())
}

/// `path-value = *av-octet`, beginning with `/` (RFC 6265bis sections 4.1.2.4 and 5.6.4).
pub(crate) fn path(path: &str) -> Result<(), BuildError> {
    let part = Part::Attribute(AttributeName::Path);
    av_octets(part, path)?;
    if !path.starts_with('/') {
        return Err(BuildError::RelativePath);
    }
    attribute_len(part, path)
}

/// `*av-octet` with no white space at an end (RFC 6265bis section 4.1.1).
pub(crate) fn av_octets(part: Part, text: &str) -> Result<(), BuildError> {
    allowed(part, AV_OCTET.first_outside(text.as_bytes()))?;
    match text.as_bytes() {
        [first, ..] if is_wsp(*first) => allowed(part, Some((*first, 0))),
        [.., last] if is_wsp(*last) => allowed(part, Some((*last, text.len() - 1))),
        _ => Ok(()),
    }
}

/// `domain-value = <subdomain>`: labels of letters, digits and inner hyphens, and no IP address (RFC 6265bis section
/// 4.1.2.3).
///
/// A leading dot is allowed here; the model leaves it out.
pub(crate) fn domain(given: &str) -> Result<(), BuildError> {
    let part = Part::Attribute(AttributeName::Domain);
    let domain = given.strip_prefix('.').unwrap_or(given);
    let mut offset = given.len() - domain.len();
    attribute_len(part, given)?;
    if domain.is_empty() {
        return Err(BuildError::EmptyDomain);
    }
    if host::address(domain).is_some() {
        return Err(BuildError::IpDomain);
    }
    let odd =
        given.bytes().enumerate().find(|(_, byte)| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')));
    match odd {
        Some((offset, byte)) if !byte.is_ascii() => return Err(BuildError::NonAsciiDomain { byte, offset }),
        Some((offset, byte)) => return Err(BuildError::InvalidByte { part, byte, offset }),
        None => {}
    }
    for label in domain.split('.') {
        if label.is_empty() || label.len() > MAX_LABEL_LEN || label.starts_with('-') || label.ends_with('-') {
            return Err(BuildError::InvalidLabel { offset });
        }
        offset += label.len() + 1;
    }
    if domain.len() > MAX_HOST_LEN {
        return Err(BuildError::DomainTooLong { len: domain.len(), max: MAX_HOST_LEN });
    }
    Ok(())
}

/// What a name prefix demands, in any letter case, as user agents compare it (RFC 6265bis sections 4.1.3 and 5.7).
pub(crate) fn prefix(name: &str, attributes: &Attributes<'_>) -> Result<(), BuildError> {
    let Some(prefix) = Prefix::of(name.as_bytes()) else {
        return Ok(());
    };
    let missing = if !attributes.secure {
        Requirement::Secure
    } else if prefix.needs_http_only() && !attributes.http_only {
        Requirement::HttpOnly
    } else if prefix.needs_host_only() && attributes.domain.is_some() {
        Requirement::NoDomain
    } else if prefix.needs_host_only() && attributes.path() != Some("/") {
        Requirement::RootPath
    } else {
        return Ok(());
    };
    Err(BuildError::Prefix { prefix, missing })
}

/// `SameSite=None` and Partitioned are kept with Secure alone (RFC 6265bis section 5.7, step 19; CHIPS section 2.1).
pub(crate) fn secure(attributes: &Attributes<'_>) -> Result<(), BuildError> {
    match attributes {
        Attributes { secure: true, .. } => Ok(()),
        Attributes { same_site: Some(SameSite::None), .. } => Err(BuildError::SameSiteNoneInsecure),
        Attributes { partitioned: true, .. } => Err(BuildError::PartitionedInsecure),
        _ => Ok(()),
    }
}

fn allowed(part: Part, odd: Option<(u8, usize)>) -> Result<(), BuildError> {
    match odd {
        Some((byte, offset)) => Err(BuildError::InvalidByte { part, byte, offset }),
        None => Ok(()),
    }
}
