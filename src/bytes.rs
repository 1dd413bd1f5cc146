//! Classes of octets, and the only white space a cookie knows.

/// A set of octets that RFC 6265bis or one of the grammars it builds on names.
#[derive(Clone, Copy)]
pub(crate) struct Class(u8);

/// `token` of RFC 9110 section 5.6.2: what a cookie's name is made of.
pub(crate) const TOKEN: Class = Class(1);
/// `cookie-octet` of RFC 6265bis section 4.1.1.
pub(crate) const COOKIE_OCTET: Class = Class(1 << 1);
/// `av-octet` of RFC 6265bis section 4.1.1: what an attribute's value is made of.
pub(crate) const AV_OCTET: Class = Class(1 << 2);
/// The controls for which a user agent drops the whole cookie: all but HTAB (RFC 6265bis section 5.6).
pub(crate) const CONTROL: Class = Class(1 << 3);
/// `delimiter` of a cookie-date (RFC 6265bis section 5.1.1).
pub(crate) const DATE_DELIMITER: Class = Class(1 << 4);

impl Class {
    pub(crate) const fn contains(self, byte: u8) -> bool {
        CLASSES[byte as usize] & self.0 != 0
    }

    /// The first octet that is not of this class, and its offset.
    pub(crate) fn first_outside(self, bytes: &[u8]) -> Option<(u8, usize)> {
        let offset = bytes.iter().position(|&byte| !self.contains(byte))?;
        Some((*bytes.get(offset)?, offset))
    }

    /// The first octet that is of this class, and its offset.
    pub(crate) fn first_inside(self, bytes: &[u8]) -> Option<(u8, usize)> {
        let offset = bytes.iter().position(|&byte| self.contains(byte))?;
        Some((*bytes.get(offset)?, offset))
    }
}

const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    loop {
        let mut bits = 0;
        if byte.is_ascii_alphanumeric() || is_one_of(byte, b"!#$%&'*+-.^_`|~") {
            bits |= TOKEN.0;
        }
        if matches!(byte, 0x21 | 0x23..=0x2B | 0x2D..=0x3A | 0x3C..=0x5B | 0x5D..=0x7E) {
            bits |= COOKIE_OCTET.0;
        }
        if matches!(byte, 0x20..=0x3A | 0x3C..=0x7E) {
            bits |= AV_OCTET.0;
        }
        if matches!(byte, 0x00..=0x08 | 0x0A..=0x1F | 0x7F) {
            bits |= CONTROL.0;
        }
        if matches!(byte, 0x09 | 0x20..=0x2F | 0x3B..=0x40 | 0x5B..=0x60 | 0x7B..=0x7E) {
            bits |= DATE_DELIMITER.0;
        }
        classes[byte as usize] = bits;
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

const fn is_one_of(byte: u8, set: &[u8]) -> bool {
    let mut index = 0;
    while index < set.len() {
        if set[index] == byte {
            return true;
        }
        index += 1;
    }
    false
}

// What the rest of the crate relies on: a part made of allowed octets cannot end itself or its field.
const _: () = {
    let mut byte = 0_u8;
    loop {
        let harmless = byte != b';' && !CONTROL.contains(byte) && byte.is_ascii();
        assert!(harmless || !TOKEN.contains(byte));
        assert!(harmless || !COOKIE_OCTET.contains(byte));
        assert!(harmless || !AV_OCTET.contains(byte));
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    assert!(!TOKEN.contains(b'=') && COOKIE_OCTET.contains(b'=') && !CONTROL.contains(b'\t'));
};

/// Whether a byte is white space to a cookie: SP or HTAB, and nothing that Unicode adds.
///
/// A wider trim would turn `\u{A0}__Host-sid` into a name that a user agent never vouched for.
pub(crate) const fn is_wsp(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}
