//! The quoted form that Python's frameworks write: `"a\073b"`.
//!
//! Between double quotes, `\` and three octal digits are one octet, and `\` and anything else is that. Octets are put
//! together to UTF-8, as Werkzeug writes them; other frameworks write U+00E9 as the one octet `\351`, which
//! [`decode_bytes`] gives as it is.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::str::Utf8Error;

use crate::bytes::COOKIE_OCTET;
use crate::error::DecodeError;
use crate::input::{AsText, Text};
use crate::text::Sealed as _;
use crate::tokenizer::{Pair, strip_quotes};

/// Quotes a value that has an octet no cookie value may have, or that quotes already surround; any other is left as it
/// is.
///
/// `decode(&encode(x)) == x` for every text `x`. What has a `\` in it is for readers of this form alone: the grammar of
/// RFC 6265bis section 4.1.1 has no `\`, so that a builder writes it only where
/// [`quoted`](crate::SetCookieBuilder::quoted) asks for it. Percent-encoding is for everyone.
///
/// ```
/// use hardtack::value::quoted;
///
/// assert_eq!(quoted::encode("a;b"), r#""a\073b""#);
/// assert_eq!(quoted::encode(r#"say "é""#), r#""say \"\303\251\"""#);
/// assert_eq!(quoted::encode("plain"), "plain");
/// ```
#[doc(alias = "quote")]
#[must_use]
pub fn encode<H: ?Sized + AsText>(value: &H) -> Cow<'_, str> {
    let octets = value.as_text().bytes();
    if COOKIE_OCTET.first_outside(octets).is_none()
        && let Ok(text) = str::from_utf8(octets)
    {
        return Cow::Borrowed(text);
    }
    let mut quoted = String::with_capacity(octets.len() + 2);
    quoted.push('"');
    for &byte in octets {
        match byte {
            b'"' | b'\\' => {
                quoted.push('\\');
                quoted.push(char::from(byte));
            }
            b' ' | 0x21..=0x2B | 0x2D..=0x3A | 0x3C..=0x7E => quoted.push(char::from(byte)),
            _ => {
                quoted.push('\\');
                for digit in [byte >> 6, byte >> 3 & 7, byte & 7] {
                    quoted.push(char::from(b'0' + digit));
                }
            }
        }
    }
    quoted.push('"');
    Cow::Owned(quoted)
}

/// Decodes the quoted form; a value that does not begin and end with a double quote is left as it is.
///
/// # Errors
///
/// - `"\351"`: octets that are not UTF-8 once decoded
///
/// ```
/// use hardtack::value::quoted;
///
/// assert_eq!(quoted::decode(r#""a\073b \"\303\251\"""#)?, "a;b \"é\"");
/// assert_eq!(quoted::decode("plain")?, "plain");
/// # Ok::<(), hardtack::DecodeError>(())
/// ```
#[doc(alias = "unquote")]
pub fn decode<H: ?Sized + AsText>(value: &H) -> Result<Cow<'_, str>, DecodeError> {
    let not_utf8 = |error: Utf8Error| DecodeError::NotUtf8 { offset: error.valid_up_to() };
    match decode_bytes(value) {
        Cow::Borrowed(octets) => str::from_utf8(octets).map(Cow::Borrowed).map_err(not_utf8),
        Cow::Owned(octets) => match String::from_utf8(octets) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(error) => Err(not_utf8(error.utf8_error())),
        },
    }
}

/// Decodes the quoted form to octets, whatever they are.
///
/// ```
/// use hardtack::value::quoted;
///
/// assert_eq!(*quoted::decode_bytes(br#""\351""#), [0xE9]);
/// ```
#[must_use]
pub fn decode_bytes<H: ?Sized + AsText>(value: &H) -> Cow<'_, [u8]> {
    decode_octets(value.as_text().bytes())
}

fn decode_octets(value: &[u8]) -> Cow<'_, [u8]> {
    let Some(quoted) = strip_quotes(value) else {
        return Cow::Borrowed(value);
    };
    let Some(first) = memchr::memchr(b'\\', quoted) else {
        return Cow::Borrowed(quoted);
    };
    let (plain, mut rest) = quoted.split_at_checked(first).unwrap_or_default();
    let mut octets = Vec::with_capacity(quoted.len());
    octets.extend_from_slice(plain);
    loop {
        rest = match rest {
            [] => return Cow::Owned(octets),
            [b'\\', high @ b'0'..=b'3', middle @ b'0'..=b'7', low @ b'0'..=b'7', rest @ ..] => {
                octets.push((high - b'0') << 6 | (middle - b'0') << 3 | (low - b'0'));
                rest
            }
            [b'\\', escaped, rest @ ..] => {
                octets.push(*escaped);
                rest
            }
            [plain, rest @ ..] => {
                octets.push(*plain);
                rest
            }
        };
    }
}

impl<'h, T: ?Sized + Text> Pair<'h, T> {
    /// Returns the value without the double quotes around it and with its escapes undone; see
    /// [`value::quoted::decode`](decode).
    ///
    /// A value that is not quoted is left as it is, and so is one of `str` whose octets are not UTF-8 once decoded.
    ///
    /// ```
    /// let pair = hardtack::parse(r#"note="a\073b""#).next().unwrap();
    /// assert_eq!(pair.unquoted(), "a;b");
    ///
    /// let pair = hardtack::parse(br#"note="\351""#.as_slice()).next().unwrap();
    /// assert_eq!(*pair.unquoted(), [0xE9]);
    /// ```
    #[doc(alias("unquote", "value_trimmed", "strip_quotes"))]
    #[must_use]
    pub fn unquoted(self) -> Cow<'h, T> {
        let value = self.value();
        match decode_octets(value.bytes()) {
            Cow::Borrowed(inner) if inner.len() < value.bytes().len() => {
                Cow::Borrowed(value.within(1..inner.len() + 1))
            }
            Cow::Borrowed(_) => Cow::Borrowed(value),
            Cow::Owned(octets) => T::from_octets(octets).map_or(Cow::Borrowed(value), Cow::Owned),
        }
    }
}
