//! Texts of octets and numbers, each in its one canonical form: whatever else means the same is refused.

use alloc::string::String;
use alloc::vec::Vec;

use base64::Engine as _;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// An alphabet of base64, with or without padding (RFC 4648 sections 4 and 5).
///
/// The engines refuse foreign characters, padding that is missing or too much, and bits that are not zero at the end.
#[derive(Clone, Copy)]
pub(crate) enum Base64 {
    Padded,
    Unpadded,
    Url,
}

impl Base64 {
    const fn engine(self) -> &'static GeneralPurpose {
        match self {
            Self::Padded => &STANDARD,
            Self::Unpadded => &STANDARD_NO_PAD,
            Self::Url => &URL_SAFE_NO_PAD,
        }
    }

    pub(crate) fn encode(self, octets: &[u8]) -> String {
        self.engine().encode(octets)
    }

    pub(crate) fn decode(self, text: &str) -> Option<Vec<u8>> {
        self.engine().decode(text).ok()
    }
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Lower-case hexadecimal.
pub(crate) fn hex(octets: &[u8]) -> String {
    let digit = |value: u8| char::from(HEX.get(usize::from(value)).copied().unwrap_or_default());
    octets.iter().flat_map(|octet| [digit(octet >> 4), digit(octet & 15)]).collect()
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| Some(value(*high)? << 4 | value(*low)?)).collect()
}

/// Seconds as big-endian octets without leading zeros, in base64; 0 is the empty text.
pub(crate) fn seconds(seconds: u64) -> String {
    let octets = seconds.to_be_bytes();
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    Base64::Url.encode(octets.get(zeros..).unwrap_or_default())
}

pub(crate) fn read_seconds(text: &str) -> Option<u64> {
    let octets = Base64::Url.decode(text)?;
    if octets.len() > 8 || octets.first() == Some(&0) {
        return None;
    }
    Some(octets.iter().fold(0, |seconds, octet| seconds << 8 | u64::from(*octet)))
}

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

pub(crate) fn base62(mut number: u64) -> String {
    let mut digits = Vec::with_capacity(11);
    loop {
        let digit = usize::try_from(number % 62).unwrap_or_default();
        digits.push(BASE62.get(digit).copied().unwrap_or_default());
        number /= 62;
        if number == 0 {
            return digits.iter().rev().copied().map(char::from).collect();
        }
    }
}

/// No sign, no leading zero but in `0`, nothing beyond 64 bits.
pub(crate) fn read_base62(text: &str) -> Option<u64> {
    if text.is_empty() || (text.len() > 1 && text.starts_with('0')) {
        return None;
    }
    text.bytes().try_fold(0_u64, |number, digit| {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'A'..=b'Z' => digit - b'A' + 10,
            b'a'..=b'z' => digit - b'a' + 36,
            _ => return None,
        };
        number.checked_mul(62)?.checked_add(value.into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_text() {
        for (number, text) in [
            (0, "0"),
            (9, "9"),
            (10, "A"),
            (36, "a"),
            (61, "z"),
            (62, "10"),
            (1_700_000_000, "1r31eq"),
            (u64::MAX, "LygHa16AHYF"),
        ] {
            assert_eq!(base62(number), text);
            assert_eq!(read_base62(text), Some(number));
        }
        // One above 64 bits, a sign, a zero in front, nothing.
        for text in ["LygHa16AHYG", "-1", "+1", "01", "00", "", " 1", "1_"] {
            assert_eq!(read_base62(text), None, "{text}");
        }
    }

    #[test]
    fn seconds_have_one_text() {
        for (number, text) in
            [(0, ""), (1, "AQ"), (255, "_w"), (256, "AQA"), (1_700_000_000, "ZVPxAA"), (u64::MAX, "__________8")]
        {
            assert_eq!(seconds(number), text);
            assert_eq!(read_seconds(text), Some(number));
        }
        // A zero octet in front, nine octets, bits at the end, padding.
        for text in ["AA", "AAE", "AQAAAAAAAAAA", "AR", "AQ==", "A"] {
            assert_eq!(read_seconds(text), None, "{text}");
        }
    }

    #[test]
    fn hexadecimal_is_lower_case_and_whole() {
        assert_eq!(hex(&[0, 0x9A, 0xFF]), "009aff");
        assert_eq!(unhex("009aff"), Some([0, 0x9A, 0xFF].to_vec()));
        for text in ["009AFF", "0", "0g", " 0", "0x"] {
            assert_eq!(unhex(text), None, "{text}");
        }
    }
}
