//! Percent-encoding, as JavaScript's `encodeURIComponent` and most frameworks use it for cookies (RFC 3986 section
//! 2.1).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode, percent_encode};

use crate::bytes::COOKIE_OCTET;
use crate::error::DecodeError;
use crate::input::{AsText, Text};
use crate::search::find;
use crate::text::Sealed as _;
use crate::tokenizer::Pair;

/// What is no cookie-octet; `%` itself, without which decoding would not give back what was encoded; and `+`, which
/// decoders of forms read as a space.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'+').add(b',').add(b';').add(b'\\').add(b'%');

const _: () = {
    let mut byte = 0;
    while byte < 0x80 {
        assert!(COOKIE_OCTET.contains(byte) || is_encoded(byte));
        byte += 1;
    }
    assert!(is_encoded(b'%') && is_encoded(b'+'));
};

const fn is_encoded(byte: u8) -> bool {
    matches!(byte, b' ' | b'"' | b'+' | b',' | b';' | b'\\' | b'%') || byte.is_ascii_control()
}

/// Percent-encodes every octet that may not stand in a value, and `%` and `+`, which some decoders read as a space.
///
/// `decode(&encode(x)) == x` for every text `x`; encoding twice encodes the `%` of the first time.
///
/// ```
/// use hardtack::value::percent;
///
/// assert_eq!(percent::encode("50 %; ö"), "50%20%25%3B%20%C3%B6");
/// assert_eq!(percent::encode("plain"), "plain");
/// assert_eq!(percent::encode(b"\xFF"), "%FF");
/// ```
#[doc(alias("encode_uri_component", "escape", "urlencode"))]
pub fn encode<H: ?Sized + AsText>(value: &H) -> Cow<'_, str> {
    percent_encode(value.as_text().bytes(), ENCODED).into()
}

/// Decodes a percent-encoded value; `+` stays `+`.
///
/// # Errors
///
/// - `100%`, `%4`, `%zz`: a `%` that two hexadecimal digits do not follow
/// - `%FF`: octets that are not UTF-8 once decoded
///
/// ```
/// use hardtack::{DecodeError, value::percent};
///
/// assert_eq!(percent::decode("50%20%25")?, "50 %");
/// assert_eq!(percent::decode("50%"), Err(DecodeError::InvalidPercent { offset: 2 }));
/// # Ok::<(), DecodeError>(())
/// ```
#[doc(alias("decode_uri_component", "unescape", "urldecode"))]
pub fn decode<H: ?Sized + AsText>(value: &H) -> Result<Cow<'_, str>, DecodeError> {
    decode_text(value.as_text())
}

fn decode_text<T: ?Sized + Text>(value: &T) -> Result<Cow<'_, str>, DecodeError> {
    let mut rest = value.bytes();
    let mut percent = find(b'%', rest);
    if percent.is_none() {
        return match value.utf8() {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(error) => Err(DecodeError::NotUtf8 { offset: error.valid_up_to() }),
        };
    }
    let mut decoded = Vec::with_capacity(rest.len());
    while let Some(offset) = percent {
        let (plain, escape) = rest.split_at_checked(offset).unwrap_or_default();
        let [_, high, low, behind @ ..] = escape else {
            return Err(DecodeError::InvalidPercent { offset: value.bytes().len() - escape.len() });
        };
        let (high, low) = (hexadecimal(*high), hexadecimal(*low));
        if (high | low) & NO_DIGIT != 0 {
            return Err(DecodeError::InvalidPercent { offset: value.bytes().len() - escape.len() });
        }
        decoded.extend_from_slice(plain);
        decoded.push(high << 4 | low);
        rest = behind;
        percent = find(b'%', rest);
    }
    decoded.extend_from_slice(rest);
    match String::from_utf8(decoded) {
        Ok(text) => Ok(Cow::Owned(text)),
        Err(error) => Err(DecodeError::NotUtf8 { offset: error.utf8_error().valid_up_to() }),
    }
}

/// What [`hexadecimal`] says of an octet that is no digit.
const NO_DIGIT: u8 = 0x80;

/// The value of a hexadecimal digit.
const fn hexadecimal(digit: u8) -> u8 {
    const DIGITS: [u8; 256] = {
        let mut digits = [NO_DIGIT; 256];
        let mut value = 0;
        while value < 16 {
            let digit = b"0123456789abcdef"[value as usize];
            digits[digit as usize] = value;
            digits[digit.to_ascii_uppercase() as usize] = value;
            value += 1;
        }
        digits
    };
    DIGITS[digit as usize]
}

/// Decodes what can be decoded: a `%` that begins no sequence stays as it is, octets that are not UTF-8 become U+FFFD.
///
/// ```
/// use hardtack::value::percent;
///
/// assert_eq!(percent::decode_lossy("100%: %41%FF"), "100%: A\u{FFFD}");
/// ```
pub fn decode_lossy<H: ?Sized + AsText>(value: &H) -> Cow<'_, str> {
    percent_decode(value.as_text().bytes()).decode_utf8_lossy()
}

impl<'h, T: ?Sized + Text> Pair<'h, T> {
    /// Returns the value percent-decoded; see [`value::percent::decode`](decode).
    ///
    /// What comes out may hold any character, CR LF and `;` among them.
    ///
    /// # Errors
    ///
    /// Those of [`value::percent::decode`](decode).
    ///
    /// ```
    /// let pair = hardtack::parse("city=S%C3%A3o%20Paulo").next().unwrap();
    /// assert_eq!(pair.decode()?, "São Paulo");
    /// # Ok::<(), hardtack::DecodeError>(())
    /// ```
    #[doc(alias("decode_uri_component", "urldecode"))]
    #[inline]
    pub fn decode(self) -> Result<Cow<'h, str>, DecodeError> {
        decode_text(self.value())
    }

    /// Returns the value percent-decoded as far as it can be; see [`value::percent::decode_lossy`](decode_lossy).
    ///
    /// ```
    /// let pair = hardtack::parse("sale=100%+%41").next().unwrap();
    /// assert_eq!(pair.decode_lossy(), "100%+A");
    /// ```
    #[must_use]
    pub fn decode_lossy(self) -> Cow<'h, str> {
        decode_lossy(self.value().bytes())
    }
}
