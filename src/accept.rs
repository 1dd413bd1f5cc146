//! The judges of `validate`, asked in blocks first: nearly every text passes, and only one that does not is gone
//! through octet by octet for what is wrong with it and where.
//!
//! What is accepted here the judge accepts, too; what is not, it judges.

#![allow(clippy::needless_bitwise_bool, reason = "without a branch an octet, the compiler asks a block at once")]

use crate::bytes::TOKEN;
use crate::error::{BuildError, Part};
use crate::names::AttributeName;
use crate::search::any_octet;
use crate::validate;

pub(crate) fn name(name: &[u8]) -> Result<(), BuildError> {
    if !name.is_empty() && name.iter().fold(true, |all, &byte| all & TOKEN.contains(byte)) {
        return Ok(());
    }
    validate::name(name)
}

pub(crate) fn value(value: &[u8]) -> Result<(), BuildError> {
    if cookie_octets(value) {
        return Ok(());
    }
    validate::value(value)
}

pub(crate) fn path(path: &[u8]) -> Result<(), BuildError> {
    let part = Part::Attribute(AttributeName::Path);
    if path.first() == Some(&b'/') && are_av_octets(path) && path.last() != Some(&b' ') {
        return validate::attribute_len(part, path);
    }
    validate::path(path)
}

pub(crate) fn domain(given: &[u8]) -> Result<(), BuildError> {
    let host = given.strip_prefix(b".").unwrap_or(given);
    if host.len() <= validate::MAX_LABEL_LEN && is_name(host) {
        return Ok(());
    }
    validate::domain(given)
}

/// Whether labels of letters, digits and inner hyphens, the last octet a letter that no number ends with.
fn is_name(host: &[u8]) -> bool {
    let (mut is_name, mut edge) = (true, b'.');
    for &byte in host {
        let is_inner = byte.is_ascii_alphanumeric();
        // Beside a dot or an end stands neither a dot nor a hyphen.
        is_name &= is_inner | ((byte == b'-') & (edge != b'.')) | ((byte == b'.') & (edge == b'a'));
        edge = if is_inner { b'a' } else { byte };
    }
    is_name && matches!(edge, b'a') && host.last().is_some_and(|last| matches!(last | 0x20, b'g'..=b'w' | b'y' | b'z'))
}

pub(crate) fn av_octets(part: Part, text: &[u8]) -> Result<(), BuildError> {
    if are_av_octets(text) && text.first() != Some(&b' ') && text.last() != Some(&b' ') {
        return Ok(());
    }
    validate::av_octets(part, text)
}

pub(crate) fn safe(part: Part, text: &[u8], other: u8) -> Result<(), BuildError> {
    let ends = |byte| (byte == b';') | (byte == other) | (byte < b' ') | (byte == 0x7F);
    if !any_octet(text, ends) && text.first() != Some(&b' ') && text.last() != Some(&b' ') {
        return Ok(());
    }
    validate::safe(part, text, other)
}

/// Whether all are of `bytes::COOKIE_OCTET`.
fn cookie_octets(text: &[u8]) -> bool {
    let outside = |byte: u8| byte.wrapping_sub(b'!') > b'~' - b'!';
    !any_octet(text, |byte| outside(byte) | (byte == b'"') | (byte == b',') | (byte == b';') | (byte == b'\\'))
}

/// Whether all are of `bytes::AV_OCTET`.
fn are_av_octets(text: &[u8]) -> bool {
    !any_octet(text, |byte| (byte.wrapping_sub(b' ') > b'~' - b' ') | (byte == b';'))
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use crate::accept;
    use crate::error::Part;
    use crate::names::AttributeName;
    use crate::validate;

    #[test]
    fn a_domain_is_accepted_as_the_judge_accepts_it() {
        let octets = *b"a-.0x";
        for len in 0..=6 {
            for mut number in 0..octets.len().pow(len) {
                let mut text = vec![];
                for _ in 0..len {
                    text.push(octets[number % octets.len()]);
                    number /= octets.len();
                }
                assert_eq!(accept::domain(&text), validate::domain(&text), "{text:?}");
                text.push(b'm');
                assert_eq!(accept::domain(&text), validate::domain(&text), "{text:?}");
            }
        }
    }

    /// What stands beside a border of a class, at every place of a text of every length that the blocks cut otherwise.
    #[test]
    fn what_is_accepted_is_what_the_judge_accepts() {
        let part = Part::Attribute(AttributeName::Path);
        let octets = b"\0\x08\t\n\x1F !\"#+,-./09:;<=>AZ[\\]_az{~\x7F\x80\xFF";
        for len in [1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65] {
            for place in 0..len {
                let mut text = vec![b'm'; len];
                for &byte in octets {
                    text[place] = byte;
                    assert_eq!(accept::name(&text), validate::name(&text), "name {text:?}");
                    assert_eq!(accept::value(&text), validate::value(&text), "value {text:?}");
                    assert_eq!(accept::domain(&text), validate::domain(&text), "domain {text:?}");
                    assert_eq!(accept::av_octets(part, &text), validate::av_octets(part, &text), "{text:?}");
                    for other in [b'=', b';'] {
                        let judged = validate::safe(part, &text, other);
                        assert_eq!(accept::safe(part, &text, other), judged, "safe {text:?}");
                    }
                    let first = core::mem::replace(&mut text[0], b'/');
                    assert_eq!(accept::path(&text), validate::path(&text), "path {text:?}");
                    text[0] = first;
                    assert_eq!(accept::path(&text), validate::path(&text), "path {text:?}");
                }
            }
        }
        assert_eq!(accept::name(b""), validate::name(b""));
    }
}
