//! The Cookie field a client sends, written from names and values.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use hardtack::error::Part;
use hardtack::{BuildError, parse, serialize, serialize_into};

type Pairs = &'static [(&'static str, &'static str)];

const WRITTEN: &[(Pairs, &str, &str)] = &[
    (&[], "", "none"),
    (&[("sid", "31d4")], "sid=31d4", "one"),
    (&[("sid", "31d4"), ("theme", "dark")], "sid=31d4; theme=dark", "two, with a space between"),
    (&[("a", "1"), ("a", "2"), ("a", "1")], "a=1; a=2; a=1", "in order, duplicates included"),
    (&[("a", "")], "a=", "an empty value"),
    (&[("", "bare")], "bare", "a nameless cookie is its bare value"),
    (&[("a", "1"), ("", "bare"), ("b", "2")], "a=1; bare; b=2", "among others"),
    (&[("a", "b=c==")], "a=b=c==", "an equals sign in a value"),
    (&[("a", "=")], "a==", "or as one"),
    (
        &[("a", "\"b c\", {\"d\":1}\\")],
        "a=\"b c\", {\"d\":1}\\",
        "what user agents keep is sent, of the grammar or not",
    ),
    (&[("a b", "c d"), ("é", "☃")], "a b=c d; é=☃", "in names too"),
    (&[("a\tb", "c\td")], "a\tb=c\td", "even a tab inside"),
    (&[("__Host-x", "1")], "__Host-x=1", "a prefix is a name like any other"),
    (&[("\u{A0}a", "1\u{A0}")], "\u{A0}a=1\u{A0}", "white space that no reader trims"),
];

#[test]
fn written() {
    for &(pairs, text, reason) in WRITTEN {
        let field = serialize(pairs.iter().copied()).unwrap();
        assert_eq!(field, text, "{reason}");
        let read: Vec<_> = parse(&*field).map(|pair| (pair.name(), pair.value())).collect();
        assert_eq!(read, pairs, "{text:?} reads back: {reason}");
        let mut buffer = b"Cookie: ".to_vec();
        serialize_into(pairs.iter().copied(), &mut buffer).unwrap();
        assert_eq!(buffer.strip_prefix(b"Cookie: "), Some(text.as_bytes()), "{reason}");
    }
}

const fn byte(part: Part, byte: u8, offset: usize) -> BuildError {
    BuildError::InvalidByte { part, byte, offset }
}

const REFUSED: &[((&str, &str), BuildError, &str)] = &[
    (("", ""), BuildError::EmptyName, "neither name nor value would be nothing"),
    (("", "a=b"), BuildError::AmbiguousNameless { offset: 1 }, "a nameless value that would read as a named one"),
    (("", "=b"), BuildError::AmbiguousNameless { offset: 0 }, "or lose its first octet"),
    (("a;b", "1"), byte(Part::Name, b';', 1), "a semicolon would end the pair"),
    (("a", "1;b"), byte(Part::Value, b';', 1), "in a value too"),
    (("a=b", "1"), byte(Part::Name, b'=', 1), "an equals sign would end the name"),
    (("a\0", "1"), byte(Part::Name, 0, 1), "NUL"),
    (("a", "1\r\n"), byte(Part::Value, b'\r', 1), "a line end would end the field"),
    (("a", "\u{1F}"), byte(Part::Value, 0x1F, 0), "any control"),
    (("a", "1\u{7F}"), byte(Part::Value, 0x7F, 1), "to the last"),
    ((" a", "1"), byte(Part::Name, b' ', 0), "a space that a reader would trim"),
    (("a ", "1"), byte(Part::Name, b' ', 1), "at either end"),
    (("a", "\t1"), byte(Part::Value, b'\t', 0), "or a tab"),
    (("a", "12\t"), byte(Part::Value, b'\t', 2), "of a value"),
    (("a", " 1 "), byte(Part::Value, b' ', 0), "the first one is told of"),
    ((" ", "1"), byte(Part::Name, b' ', 0), "nothing but a space"),
    (("", " "), byte(Part::Value, b' ', 0), "as a nameless value"),
    (("", "a;b"), byte(Part::Value, b';', 1), "a nameless value is judged as any"),
    (("a", " 1;"), byte(Part::Value, b';', 2), "what would end the pair comes first"),
    (("a;", "1;"), byte(Part::Name, b';', 1), "the name before the value"),
];

#[test]
fn refused() {
    for (pair, error, reason) in REFUSED.iter().cloned() {
        assert_eq!(
            serialize([pair]).map_err(|error| (error.index, error.reason)),
            Err((0, error.clone())),
            "{pair:?}: {reason}"
        );
        let refused = serialize([("ok", "1"), pair, ("", "")]).map_err(|error| (error.index, error.reason));
        assert_eq!(refused, Err((1, error.clone())), "{pair:?} among others: {reason}");
        let mut buffer = b"Cookie: ".to_vec();
        let refused = serialize_into([("ok", "1"), pair], &mut buffer);
        assert_eq!(refused.map_err(|refused| (refused.index, refused.reason)), Err((1, error)), "{pair:?}: {reason}");
        assert_eq!(buffer, b"Cookie: ", "the buffer is as it was");
    }
}

/// Every octet in a name and in a value: written where a reader gives it back, and refused elsewhere.
#[test]
fn every_octet() {
    for octet in 0..=u8::MAX {
        for text in [vec![octet], vec![b'x', octet], vec![octet, b'x'], vec![b'x', octet, b'x']] {
            for (name, value) in [(text.as_slice(), b"1".as_slice()), (b"a", &text), (b"", &text)] {
                let mut field = Vec::new();
                let written = serialize_into([(name, value)], &mut field).is_ok();
                let kept = [name, b"=".as_slice(), value].concat();
                let kept = if name.is_empty() { value.to_vec() } else { kept };
                let read: Vec<_> = parse(kept.as_slice()).map(|pair| (pair.name(), pair.value())).collect();
                assert_eq!(written, read == [(name, value)], "{name:?}, {value:?}");
                assert_eq!(field, if written { kept } else { Vec::new() });
            }
        }
    }
}

#[test]
fn takes_any_kind_of_text() {
    assert_eq!(serialize([(String::from("a"), "1")]).as_deref(), Ok("a=1"));
    assert_eq!(serialize(vec![("a", String::from("1"))]).as_deref(), Ok("a=1"));
    let header = "a=1; b=2";
    let again = serialize(parse(header).map(|pair| (pair.name(), pair.value())));
    assert_eq!(again.as_deref(), Ok(header), "the pairs of another field");
    let mut buffer = Vec::new();
    serialize_into([(b"sid".as_slice(), b"\xFF".as_slice()), (b"x", b"")], &mut buffer).unwrap();
    assert_eq!(buffer, b"sid=\xFF; x=", "names as text, values as octets");
}
