//! Values decoded and encoded, for the caller who asks.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

extern crate alloc;

use alloc::borrow::Cow;

use hardtack::value::quoted;
use hardtack::{DecodeError, SetCookie, parse};

#[cfg(feature = "percent-encode")]
mod percent {
    use super::{Cow, parse};
    use hardtack::DecodeError::{self, InvalidPercent, NotUtf8};
    use hardtack::value::percent::{decode, decode_lossy, encode};

    /// A value as it stands, what it decodes to, what it decodes to leniently, and why.
    const DECODED: &[(&str, Result<&str, DecodeError>, &str, &str)] = &[
        ("", Ok(""), "", "nothing"),
        ("abc", Ok("abc"), "abc", "nothing to decode"),
        ("%41", Ok("A"), "A", "an octet"),
        ("50%20%25", Ok("50 %"), "50 %", "a percent sign"),
        ("%c3%B6", Ok("ö"), "ö", "in any letter case"),
        ("S%C3%A3o%20Paulo", Ok("São Paulo"), "São Paulo", "among others"),
        ("é%41", Ok("éA"), "éA", "letters beyond ASCII stay"),
        ("a+b", Ok("a+b"), "a+b", "a plus sign is one"),
        ("%2B", Ok("+"), "+", "however it is written"),
        ("%2541", Ok("%41"), "%41", "once, not twice"),
        ("%0d%0aX%00%3B", Ok("\r\nX\0;"), "\r\nX\0;", "whatever comes out"),
        ("\"%41\"", Ok("\"A\""), "\"A\"", "quotes stay"),
        ("%", Err(InvalidPercent { offset: 0 }), "%", "no digit"),
        ("a%4", Err(InvalidPercent { offset: 1 }), "a%4", "one"),
        ("ab%4g", Err(InvalidPercent { offset: 2 }), "ab%4g", "one and a letter"),
        ("%g4", Err(InvalidPercent { offset: 0 }), "%g4", "the other way round"),
        ("%%41", Err(InvalidPercent { offset: 0 }), "%A", "a sign and a sequence"),
        ("100%", Err(InvalidPercent { offset: 3 }), "100%", "at the end"),
        ("%41%zz%42", Err(InvalidPercent { offset: 3 }), "A%zzB", "the first one that is none"),
        ("%4é", Err(InvalidPercent { offset: 0 }), "%4é", "a letter beyond ASCII"),
        ("%+1", Err(InvalidPercent { offset: 0 }), "%+1", "a sign of a number"),
        ("%FF", Err(NotUtf8 { offset: 0 }), "\u{FFFD}", "no UTF-8"),
        ("ab%C3", Err(NotUtf8 { offset: 2 }), "ab\u{FFFD}", "half a character"),
        ("%41%80x", Err(NotUtf8 { offset: 1 }), "A\u{FFFD}x", "the offset counts decoded octets"),
        ("%ED%A0%80", Err(NotUtf8 { offset: 0 }), "\u{FFFD}\u{FFFD}\u{FFFD}", "a surrogate"),
    ];

    #[test]
    fn decoded() {
        for (value, strict, lossy, reason) in DECODED.iter().cloned() {
            assert_eq!(decode(value).as_deref(), strict.as_deref(), "{value:?}: {reason}");
            assert_eq!(decode_lossy(value), lossy, "{value:?}: {reason}");
            assert_eq!(decode(value.as_bytes()), decode(value), "{value:?} as octets: {reason}");
            let header = format!("a={value}");
            if let Some(pair) = parse(&*header).next() {
                assert_eq!(pair.decode(), decode(value), "{value:?} of a pair: {reason}");
                assert_eq!(pair.decode_lossy(), lossy, "{value:?} of a pair: {reason}");
                let octets = parse(header.as_bytes()).next().unwrap();
                assert_eq!(octets.decode(), decode(value), "{value:?} of a pair of octets: {reason}");
                assert_eq!(octets.decode_lossy(), lossy, "{value:?} of a pair of octets: {reason}");
            }
        }
        assert_eq!(decode(b"a\xFF".as_slice()), Err(NotUtf8 { offset: 1 }), "octets that were never encoded");
        assert_eq!(decode_lossy(b"a\xFF%41".as_slice()), "a\u{FFFD}A");
    }

    #[test]
    fn nothing_is_copied_where_nothing_changes() {
        assert!(matches!(decode("abc"), Ok(Cow::Borrowed("abc"))));
        assert!(matches!(decode_lossy("abc%"), Cow::Borrowed("abc%")));
        assert!(matches!(encode("abc"), Cow::Borrowed("abc")));
        assert!(matches!(decode("%41"), Ok(Cow::Owned(_))));
    }

    #[test]
    fn every_octet_is_encoded_or_a_cookie_octet() {
        for octet in 0..=u8::MAX {
            let plain = matches!(octet, 0x21 | 0x23..=0x2A | 0x2D..=0x3A | 0x3C..=0x5B | 0x5D..=0x7E) && octet != b'%';
            let expected = if plain { char::from(octet).to_string() } else { format!("%{octet:02X}") };
            assert_eq!(encode(&[octet]), expected, "octet {octet:#04X}");
            for digits in [format!("%{octet:02X}"), format!("%{octet:02x}")] {
                assert_eq!(
                    decode(&*digits).ok().map(|text| text.as_bytes().to_vec()),
                    octet.is_ascii().then(|| vec![octet]),
                    "{digits}"
                );
            }
        }
    }
}

/// A value as it stands, what it decodes to, and why.
const UNQUOTED: &[(&str, &str, &str)] = &[
    ("", "", "nothing"),
    ("abc", "abc", "no quotes"),
    ("\"abc\"", "abc", "quotes"),
    ("\"\"", "", "around nothing"),
    ("\"", "\"", "one is no pair"),
    ("\"abc", "\"abc", "an open one"),
    ("abc\"", "abc\"", "a closing one"),
    ("a\"b\"c", "a\"b\"c", "inner ones"),
    ("\"a\"b\"", "a\"b", "one between two stays"),
    ("\"b c\"", "b c", "a space"),
    (r"a\073b", r"a\073b", "outside of quotes nothing is undone"),
    (r#""a\073b""#, "a;b", "three octal digits are an octet"),
    (r#""a\073b\054c\"d\\e""#, "a;b,c\"d\\e", "as Python's frameworks write it"),
    (r#""x\012y\303\251""#, "x\nyé", "octets are put together to UTF-8"),
    (r#""\000\177""#, "\0\u{7F}", "from the first of ASCII to the last"),
    (r#""é\303\251é""#, "ééé", "among letters that are not escaped"),
    (r#""x\"y""#, "x\"y", "an escaped quote"),
    (r#""x\\y""#, "x\\y", "an escaped backslash"),
    (r#""\\073""#, "\\073", "which begins no octet"),
    (r#""\\\073""#, "\\;", "unless another follows"),
    (r#""\a\z""#, "az", "any other is itself"),
    (r#""\7""#, "7", "one digit is no octet"),
    (r#""\07""#, "07", "nor are two"),
    (r#""\0731""#, ";1", "a fourth is itself"),
    (r#""\400""#, "400", "no octet is that large"),
    (r#""\378""#, "378", "nor octal"),
    (r#""\078""#, "078", "in the last digit neither"),
    (r#""\é""#, "é", "a letter beyond ASCII is whole"),
    (r#""abc\""#, "abc\\", "the last quote closes, escaped or not: a backslash before it is alone"),
    (r#""\""#, "\\", "as here"),
];

#[test]
fn unquoted() {
    for &(value, expected, reason) in UNQUOTED {
        assert_eq!(quoted::decode(value).as_deref(), Ok(expected), "{value:?}: {reason}");
        assert_eq!(*quoted::decode_bytes(value.as_bytes()), *expected.as_bytes(), "{value:?} as octets: {reason}");
        let header = format!("a={value}");
        let pair = parse(&*header).next().unwrap();
        assert_eq!(pair.unquoted(), expected, "{value:?} of a pair: {reason}");
        let octets = parse(header.as_bytes()).next().unwrap();
        assert_eq!(*octets.unquoted(), *expected.as_bytes(), "{value:?} of a pair of octets: {reason}");
    }
}

#[test]
fn unquoted_to_no_text() {
    let rows = [
        (r#""\351""#, b"\xE9".as_slice(), 0, "a letter of Latin-1"),
        (r#""ab\303""#, b"ab\xC3", 2, "half a character"),
        (r#""\377\376""#, b"\xFF\xFE", 0, "the last octets there are"),
        (r#""é\303""#, b"\xC3\xA9\xC3", 2, "the offset counts decoded octets"),
    ];
    for (value, octets, offset, reason) in rows {
        assert_eq!(quoted::decode(value), Err(DecodeError::NotUtf8 { offset }), "{value:?}: {reason}");
        assert_eq!(*quoted::decode_bytes(value.as_bytes()), *octets, "{value:?}: {reason}");
        let header = format!("a={value}");
        assert_eq!(parse(&*header).next().unwrap().unquoted(), value, "{value:?} is left as it is: {reason}");
        assert_eq!(*parse(header.as_bytes()).next().unwrap().unquoted(), *octets, "{value:?} as octets: {reason}");
    }
    assert_eq!(*quoted::decode_bytes(b"\"\xFF\\\xFE\""), *b"\xFF\xFE", "octets that were never escaped");
}

/// A text, how it is quoted, and why.
const QUOTED: &[(&str, &str, &str)] = &[
    ("", "", "nothing needs no quotes"),
    ("plain", "plain", "nor do cookie-octets"),
    ("a=b&c%20!#+-:<[]~", "a=b&c%20!#+-:<[]~", "none of them"),
    ("a b", "\"a b\"", "a space stands in quotes as it is"),
    ("a;b", r#""a\073b""#, "a semicolon does not"),
    ("a,b", r#""a\054b""#, "nor does a comma"),
    ("a\"b", r#""a\"b""#, "a quote is escaped"),
    ("\"a\"", r#""\"a\"""#, "at the ends too, or it would be taken off"),
    ("a\\b", r#""a\\b""#, "and so is a backslash"),
    ("a;b,c\"d\\e", r#""a\073b\054c\"d\\e""#, "all of them, as Werkzeug writes them"),
    ("a\r\nb", r#""a\015\012b""#, "a line end"),
    ("\0\t\u{7F}", r#""\000\011\177""#, "controls"),
    ("é", r#""\303\251""#, "a letter beyond ASCII, octet by octet"),
    ("☃", r#""\342\230\203""#, "of three"),
];

#[test]
fn quoted_form() {
    for &(text, value, reason) in QUOTED {
        assert_eq!(quoted::encode(text), value, "{text:?}: {reason}");
        assert_eq!(quoted::decode(value).as_deref(), Ok(text), "{value:?} reads back: {reason}");
        let header = format!("a={value}; b=2");
        let pairs: Vec<_> = parse(&*header).collect();
        assert_eq!((pairs[0].value(), pairs.len()), (value, 2), "{header:?} is cut as meant: {reason}");
    }
}

#[test]
fn every_octet_of_ascii_quoted() {
    for octet in 0..0x80_u8 {
        let text = char::from(octet).to_string();
        let value = quoted::encode(&text);
        let inner = value.trim_matches('"');
        match octet {
            b'"' => assert_eq!(value, r#""\"""#),
            b'\\' => assert_eq!(value, r#""\\""#),
            b' ' => assert_eq!(value, "\" \""),
            0x00..=0x1F | 0x7F | b';' | b',' => assert_eq!(inner, format!("\\{octet:03o}")),
            _ => assert_eq!(value, text),
        }
        assert_eq!(quoted::decode(&value).as_deref(), Ok(&*text), "octet {octet:#04X}");
    }
}

/// Every escape of three digits, the first of which may be too large.
#[test]
fn every_octal_escape() {
    for number in 0..0o1000_u32 {
        let value = format!("\"\\{number:03o}\"");
        let expected = match u8::try_from(number) {
            Ok(octet) => vec![octet],
            Err(_) => format!("{number:03o}").into_bytes(),
        };
        assert_eq!(*quoted::decode_bytes(value.as_bytes()), *expected, "{value}");
    }
}

#[test]
fn nothing_is_copied_where_nothing_changes() {
    assert!(matches!(quoted::encode("abc"), Cow::Borrowed("abc")));
    assert!(matches!(quoted::decode("abc"), Ok(Cow::Borrowed("abc"))));
    assert!(matches!(quoted::decode("\"abc\""), Ok(Cow::Borrowed("abc"))));
    assert!(matches!(quoted::decode_bytes(b"\"abc\""), Cow::Borrowed(b"abc")));
    assert!(matches!(quoted::decode(r#""a\"""#), Ok(Cow::Owned(_))));
}

/// Escapes are for readers of this form: no grammar of a cookie's value has a backslash, or a space.
#[test]
fn the_builder_refuses_escapes() {
    assert!(SetCookie::builder("a", quoted::encode("a;b")).build().is_err());
    assert!(SetCookie::builder("a", quoted::encode("a b")).build().is_err());
    assert!(SetCookie::builder("a", quoted::encode("ab")).build().is_ok());
}
