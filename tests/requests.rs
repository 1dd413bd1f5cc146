//! Cookie fields: cut leniently and strictly, looked up by name.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use hardtack::error::Part;
use hardtack::iter::StrictPairs;
use hardtack::{Cookies, Pair, ParseError, Text, Tombstones, parse, parse_strict};

type Expected<'a, T> = &'a [(&'a T, &'a T)];

/// A header, its pairs, and why.
type Row<'a, T> = (&'a T, Expected<'a, T>, &'a str);

const LENIENT: &[Row<'static, str>] = &[
    // Separators.
    ("", &[], "no segment"),
    (" ", &[], "a blank segment is none"),
    (" \t ", &[], "tabs are as blank as spaces"),
    (";", &[], "two empty segments"),
    ("a=1", &[("a", "1")], "one pair needs no separator"),
    ("a=1; b=2", &[("a", "1"), ("b", "2")], "as user agents write it"),
    ("a=1;b=2", &[("a", "1"), ("b", "2")], "the space is not what separates"),
    (";;; a=1;;;b=2;;", &[("a", "1"), ("b", "2")], "empty segments are skipped"),
    ("a=1; ; b=2; ", &[("a", "1"), ("b", "2")], "and so are blank ones"),
    ("a=1, b=2", &[("a", "1, b=2")], "a comma is data"),
    ("a=1,b=2; c=3", &[("a", "1,b=2"), ("c", "3")], "a comma without a space too"),
    ("a,b=1", &[("a,b", "1")], "also in a name"),
    ("a=1; b=]; csrf=evil", &[("a", "1"), ("b", "]"), ("csrf", "evil")], "no bracket hides a pair"),
    ("a=b&c=d; e", &[("a", "b&c=d"), ("", "e")], "an ampersand is data"),
    // The first `=`.
    ("a=b=c==", &[("a", "b=c==")], "the first one alone separates"),
    ("a=b=c", &[("a", "b=c")], "a value may hold others"),
    ("a=", &[("a", "")], "an empty value"),
    ("a=; b=2", &[("a", ""), ("b", "2")], "an empty value ends at its separator"),
    ("a==", &[("a", "=")], "a value of one"),
    // Nameless cookies, as user agents send them.
    ("foo; a=1", &[("", "foo"), ("a", "1")], "without an equals sign it is the value of a nameless cookie"),
    ("a=1; secure; b=2", &[("a", "1"), ("", "secure"), ("b", "2")], "an attribute's name is no attribute here"),
    ("=v; a=1", &[("", "v"), ("a", "1")], "a leading equals sign is before a nameless value"),
    ("=; a=1", &[("a", "1")], "neither name nor value is nothing"),
    (" = ; a=1", &[("a", "1")], "nor with blanks around"),
    ("==v", &[("", "=v")], "one equals sign is taken, the next is data"),
    ("==", &[("", "=")], "which may be all there is"),
    ("=__Host-x=1; __Host-x=2", &[("", "__Host-x=1"), ("__Host-x", "2")], "a nameless value forges no prefix"),
    ("==__Host-x=1", &[("", "=__Host-x=1")], "nor behind two equals signs"),
    // White space.
    ("  a  =  1  ;  b = 2  ", &[("a", "1"), ("b", "2")], "spaces are trimmed around name and value"),
    ("\ta\t=\t1\t;\tb=2", &[("a", "1"), ("b", "2")], "and so are tabs"),
    ("a=b c; d=e", &[("a", "b c"), ("d", "e")], "a space inside a value is kept"),
    ("a b=1; c=2", &[("a b", "1"), ("c", "2")], "and inside a name"),
    ("a=x\ty; b=2", &[("a", "x\ty"), ("b", "2")], "and a tab"),
    ("\u{A0}__Host-x=1; a=1", &[("\u{A0}__Host-x", "1"), ("a", "1")], "a no-break space is part of the name"),
    ("\u{85}__Host-x=1; a=1", &[("\u{85}__Host-x", "1"), ("a", "1")], "and so is next line"),
    ("\u{2000}__Host-x=1", &[("\u{2000}__Host-x", "1")], "and so is an en quad"),
    ("\u{3000}__Host-x=1\u{3000}", &[("\u{3000}__Host-x", "1\u{3000}")], "and so is an ideographic space"),
    ("\u{FEFF}a=1", &[("\u{FEFF}a", "1")], "and so is a byte order mark"),
    // Quotes.
    ("a=\"b c\"", &[("a", "\"b c\"")], "quotes belong to the value"),
    ("a=\" b \"", &[("a", "\" b \"")], "and keep what they hold from being trimmed"),
    ("a=\"\"", &[("a", "\"\"")], "even around nothing"),
    ("a=\"x;y\"; b=2", &[("a", "\"x"), ("", "y\""), ("b", "2")], "they do not hide a separator"),
    ("a=\"x; b=2", &[("a", "\"x"), ("b", "2")], "an open one swallows nothing"),
    ("a=\"; b=2", &[("a", "\""), ("b", "2")], "nor alone"),
    ("a=x\"y\"z", &[("a", "x\"y\"z")], "inner ones are data"),
    ("a=\"x\"y; b=2", &[("a", "\"x\"y"), ("b", "2")], "and so is what follows"),
    (r#"a="x\"y""#, &[("a", r#""x\"y""#)], "no escape is undone"),
    (r#"a="x\012y\303\251""#, &[("a", r#""x\012y\303\251""#)], "not an octal one"),
    (r#"a="x\\y""#, &[("a", r#""x\\y""#)], "not a backslash's own"),
    ("\"__Host-x\"=1; a=1", &[("\"__Host-x\"", "1"), ("a", "1")], "a name is never unquoted"),
    // A cookie sandwich: what stands between two cookies of an attacker must not become one value.
    (
        "$Version=1; p1=\"start; sess=SECRET; p2=end\"",
        &[("$Version", "1"), ("p1", "\"start"), ("sess", "SECRET"), ("p2", "end\"")],
        "a quote that opens in one pair and closes in another joins nothing",
    ),
    (
        "$Version=1; a=\"b\"; $Path=\"/\"; c=d",
        &[("$Version", "1"), ("a", "\"b\""), ("$Path", "\"/\""), ("c", "d")],
        "no legacy mode",
    ),
    ("a=1; $Path=/x; b=2", &[("a", "1"), ("$Path", "/x"), ("b", "2")], "a dollar sign is part of a name"),
    ("$Domain=x; $Port=\"1\"", &[("$Domain", "x"), ("$Port", "\"1\"")], "of every such name"),
    ("a=1; path=/x; b=2", &[("a", "1"), ("path", "/x"), ("b", "2")], "no attribute stands in a request"),
    ("expires=1; b=2", &[("expires", "1"), ("b", "2")], "at the start neither"),
    // Values that look like something else.
    ("a=%20b%2Cc", &[("a", "%20b%2Cc")], "nothing is percent-decoded"),
    ("a=%0d%0aX", &[("a", "%0d%0aX")], "least of all a line end"),
    ("a=%zz%", &[("a", "%zz%")], "nor judged"),
    ("a=%ff", &[("a", "%ff")], "whatever it would decode to"),
    ("%61=1", &[("%61", "1")], "a name neither"),
    ("a=b+c", &[("a", "b+c")], "a plus sign is one"),
    ("a=[1]; b[x]=2; c={\"k\":1}", &[("a", "[1]"), ("b[x]", "2"), ("c", "{\"k\":1}")], "brackets and braces are data"),
    ("p={\"a\":1,\"b\":2}; z=1", &[("p", "{\"a\":1,\"b\":2}"), ("z", "1")], "JSON is kept whole"),
    ("a@b=1; c:d=2; e/f=3", &[("a@b", "1"), ("c:d", "2"), ("e/f", "3")], "names beyond tokens are names"),
    ("a\\b=1; c=2", &[("a\\b", "1"), ("c", "2")], "a backslash is data"),
    ("__proto__=1; toString=2; b=3", &[("__proto__", "1"), ("toString", "2"), ("b", "3")], "no name is special"),
    (
        "a=xDELETEDy; DELETED=1; b=2",
        &[("a", "xDELETEDy"), ("DELETED", "1"), ("b", "2")],
        "tombstones are not hidden here",
    ),
    ("sid=DELETED", &[("sid", "DELETED")], "not even a plain one"),
    // Letters.
    ("A=1; a=2", &[("A", "1"), ("a", "2")], "names are compared by case"),
    ("a=é☃; b=2", &[("a", "é☃"), ("b", "2")], "letters beyond ASCII are kept"),
    ("é=1; b=2", &[("é", "1"), ("b", "2")], "also in a name"),
    ("a=é", &[("a", "é")], "also at the end"),
    ("a=1; a=2", &[("a", "1"), ("a", "2")], "duplicates are kept in order"),
    // Control bytes cost their own segment, and no other.
    ("a=x\0y; b=2", &[("b", "2")], "NUL"),
    ("a=x\u{1}y; b=2", &[("b", "2")], "SOH"),
    ("a=1; \u{8}; b=2", &[("a", "1"), ("b", "2")], "BS, the last below the tab"),
    ("a=x\ny; b=2", &[("b", "2")], "LF, the first above it"),
    ("a=x\r\nB: y; b=2", &[("b", "2")], "a line end and what it would add"),
    ("a\nb=1; c=2", &[("c", "2")], "in a name"),
    ("a=1\u{B}; b=2", &[("b", "2")], "VT is no white space"),
    ("a=1\u{C}; b=2", &[("b", "2")], "nor is FF"),
    ("\u{1C}a=1; \u{1F}b=2; c=3", &[("c", "3")], "nor are the separators up to US, the last below space"),
    ("a=x\u{7F}y; b=2", &[("b", "2")], "DEL"),
    ("a=x\u{7E}y; b=2", &[("a", "x~y"), ("b", "2")], "the octet before DEL is a tilde"),
    ("\r=1; b=\t2\t; c\u{1}", &[("b", "2")], "a tab is no control, even beside some"),
];

const LENIENT_OCTETS: &[Row<'static, [u8]>] = &[
    (b"a=\xFFtest\xFF; b=2", &[(b"a", b"\xFFtest\xFF"), (b"b", b"2")], "octets that are no UTF-8 are kept"),
    (b"\xA0__Host-x=1", &[(b"\xA0__Host-x", b"1")], "a no-break space of Latin-1 is part of the name"),
    (b"\x85__Host-x=1", &[(b"\x85__Host-x", b"1")], "and so is its next line"),
    (b"a=\xC3; b=\xA9", &[(b"a", b"\xC3"), (b"b", b"\xA9")], "half a character harms no neighbour"),
    (b"\x80=\x9F", &[(b"\x80", b"\x9F")], "the upper controls are none to a user agent"),
    (b"a=\xFF\x01; b=\xFE", &[(b"b", b"\xFE")], "a control costs its segment, whatever is beside it"),
];

fn of<T: ?Sized + Text>(pair: Pair<'_, T>) -> (&T, &T) {
    (pair.name(), pair.value())
}

#[test]
fn lenient() {
    for &(header, expected, reason) in LENIENT {
        let pairs: Vec<_> = parse(header).map(of).collect();
        assert_eq!(pairs, expected, "{header:?}: {reason}");
        let octets: Vec<_> = parse(header.as_bytes()).map(of).collect();
        let expected: Vec<_> = expected.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())).collect();
        assert_eq!(octets, expected, "{header:?} as octets: {reason}");
    }
    for &(header, expected, reason) in LENIENT_OCTETS {
        assert_eq!(parse(header).map(of).collect::<Vec<_>>(), expected, "{header:?}: {reason}");
    }
}

#[test]
fn every_octet_alone_in_a_value() {
    for octet in 0..=u8::MAX {
        let header = [b"a=x", [octet].as_slice(), b"y; b=2"].concat();
        let pairs: Vec<_> = parse(header.as_slice()).map(of).collect();
        let value = [b'x', octet, b'y'];
        let expected: &[(&[u8], &[u8])] = match octet {
            b';' => &[(b"a", b"x"), (b"", b"y"), (b"b", b"2")],
            0x00..=0x08 | 0x0A..=0x1F | 0x7F => &[(b"b", b"2")],
            _ => &[(b"a", &value), (b"b", b"2")],
        };
        assert_eq!(pairs, expected, "octet {octet:#04X}");
    }
}

#[test]
fn pairs_are_lazy_and_stay_ended() {
    let mut pairs = parse("a=1; b=2");
    assert_eq!(pairs.size_hint(), (0, Some(4)), "the shortest pair is one octet and its separator");
    assert_eq!(parse("a;b;c").size_hint(), (0, Some(3)));
    assert_eq!(pairs.next().map(of), Some(("a", "1")));
    let mut again = pairs.clone();
    assert_eq!(pairs.next().map(of), Some(("b", "2")));
    assert_eq!((pairs.next(), pairs.next()), (None, None));
    assert_eq!(pairs.size_hint(), (0, Some(0)));
    assert_eq!(again.next().map(of), Some(("b", "2")), "a clone goes on where it was taken");
}

/// A header, and what the grammar says of each of its segments.
type Strict<'a> = (&'a str, &'a [Result<(&'a str, &'a str), ParseError>], &'a str);

const fn name_byte(byte: u8, offset: usize) -> Result<(&'static str, &'static str), ParseError> {
    Err(ParseError::InvalidByte { part: Part::Name, byte, offset })
}

const fn value_byte(byte: u8, offset: usize) -> Result<(&'static str, &'static str), ParseError> {
    Err(ParseError::InvalidByte { part: Part::Value, byte, offset })
}

const STRICT: &[Strict<'static>] = &[
    ("", &[], "a request without cookies has no such field, so there is nothing to be wrong"),
    ("a=1", &[Ok(("a", "1"))], "one pair"),
    ("a=1; b=2", &[Ok(("a", "1")), Ok(("b", "2"))], "two"),
    ("a=", &[Ok(("a", ""))], "a value may be empty"),
    ("a=b=c", &[Ok(("a", "b=c"))], "and hold equals signs"),
    ("a=\"b\"", &[Ok(("a", "\"b\""))], "and be in quotes, which stay"),
    ("a=\"\"", &[Ok(("a", "\"\""))], "even around nothing"),
    ("!#$%&'*+-.^_`|~09AZaz=1", &[Ok(("!#$%&'*+-.^_`|~09AZaz", "1"))], "a token's octets"),
    ("a=!#+-:<[]~", &[Ok(("a", "!#+-:<[]~"))], "the edges of each range of cookie-octets"),
    ("a =1", &[Ok(("a", "1"))], "white space before the equals sign is of the grammar"),
    ("a\t= \t1", &[Ok(("a", "1"))], "and behind it"),
    ("a= ", &[Ok(("a", ""))], "before an empty value too"),
    ("a = 1; b = \"2\"", &[Ok(("a", "1")), Ok(("b", "\"2\""))], "in every pair"),
    // Separators.
    ("a=1;b=2", &[Ok(("a", "1")), Err(ParseError::MissingSpace { offset: 4 })], "a separator has a space"),
    ("a=1;\tb=2", &[Ok(("a", "1")), Err(ParseError::MissingSpace { offset: 4 })], "which a tab is not"),
    ("a=1;", &[Ok(("a", "1")), Err(ParseError::EmptyPair { offset: 4 })], "a separator has a pair behind it"),
    ("a=1; ", &[Ok(("a", "1")), Err(ParseError::EmptyPair { offset: 5 })], "and a space is none"),
    (
        ";a=1",
        &[Err(ParseError::EmptyPair { offset: 0 }), Err(ParseError::MissingSpace { offset: 1 })],
        "and one before it",
    ),
    (
        "a=1; ; b=2",
        &[Ok(("a", "1")), Err(ParseError::EmptyPair { offset: 5 }), Ok(("b", "2"))],
        "an empty pair costs no neighbour",
    ),
    (
        ";;",
        &[
            Err(ParseError::EmptyPair { offset: 0 }),
            Err(ParseError::EmptyPair { offset: 1 }),
            Err(ParseError::EmptyPair { offset: 2 }),
        ],
        "each segment is told of",
    ),
    // Names.
    ("a", &[Err(ParseError::MissingEquals { offset: 0 })], "no nameless cookie is of the grammar"),
    (
        "a=1; b; c=3",
        &[Ok(("a", "1")), Err(ParseError::MissingEquals { offset: 5 }), Ok(("c", "3"))],
        "the offset is the pair's",
    ),
    (" ", &[Err(ParseError::MissingEquals { offset: 0 })], "a blank is a pair without an equals sign"),
    ("=1", &[Err(ParseError::EmptyName { offset: 0 })], "a name has an octet at least"),
    ("a=1;  =1", &[Ok(("a", "1")), Err(ParseError::EmptyName { offset: 5 })], "white space is no name"),
    ("a=1;  b=2", &[Ok(("a", "1")), name_byte(b' ', 5)], "one space alone separates"),
    (" a=1", &[name_byte(b' ', 0)], "and none stands before the first pair"),
    ("a b=1", &[name_byte(b' ', 1)], "nor inside a name"),
    ("a@b=1", &[name_byte(b'@', 1)], "a separator of RFC 9110 is no token octet"),
    ("a,b=1; c=2", &[name_byte(b',', 1), Ok(("c", "2"))], "nor is a comma"),
    ("\"a\"=1", &[name_byte(b'"', 0)], "nor a quote"),
    ("a=1; bé=1", &[Ok(("a", "1")), name_byte(0xC3, 6)], "nor a letter beyond ASCII"),
    ("a\0=1", &[name_byte(0, 1)], "nor a control"),
    ("a\u{7F}=1", &[name_byte(0x7F, 1)], "nor DEL"),
    // Values.
    ("a=1,2", &[value_byte(b',', 3)], "a comma is no cookie-octet"),
    ("a=b c", &[value_byte(b' ', 3)], "nor is a space"),
    ("a=1 ; b=2", &[value_byte(b' ', 3), Ok(("b", "2"))], "at the end neither"),
    ("a=1\t", &[value_byte(b'\t', 3)], "nor a tab"),
    ("a=\\", &[value_byte(b'\\', 2)], "nor a backslash"),
    ("a=\"1", &[value_byte(b'"', 2)], "an open quote is no cookie-octet"),
    ("a=1\"", &[value_byte(b'"', 3)], "nor a closing one"),
    ("a=\"", &[value_byte(b'"', 2)], "one quote is no pair of them"),
    ("a=\"b\"c\"", &[value_byte(b'"', 4)], "nor is a quote between two"),
    ("a=\"b c\"", &[value_byte(b' ', 4)], "quotes allow nothing more"),
    (
        "a=\"b;c\"; d=4",
        &[value_byte(b'"', 2), Err(ParseError::MissingSpace { offset: 5 }), Ok(("d", "4"))],
        "they hide no separator",
    ),
    ("a=  x y", &[value_byte(b' ', 5)], "the offset counts the white space before the value"),
    ("ab=1; cd =\t\"x,\"", &[Ok(("ab", "1")), value_byte(b',', 13)], "also in a later pair, and in quotes"),
    ("a=é", &[value_byte(0xC3, 2)], "letters beyond ASCII are not of the grammar"),
    ("a=\u{1F}", &[value_byte(0x1F, 2)], "nor are controls"),
    ("a=\u{7F}", &[value_byte(0x7F, 2)], "nor is DEL"),
];

#[test]
fn strict() {
    for &(header, expected, reason) in STRICT {
        let items: Vec<_> = parse_strict(header).map(|item| item.map(of)).collect();
        assert_eq!(items, expected, "{header:?}: {reason}");
        let octets: Vec<_> = parse_strict(header.as_bytes()).map(|item| item.map(of)).collect();
        let expected: Vec<_> =
            expected.iter().map(|item| item.clone().map(|(name, value)| (name.as_bytes(), value.as_bytes()))).collect();
        assert_eq!(octets, expected, "{header:?} as octets: {reason}");
        for error in items.iter().filter_map(|item| item.clone().err()) {
            assert!(error.offset() <= header.len(), "{header:?}: {error} is about no octet of the header");
        }
    }
}

#[test]
fn strict_pairs_stay_ended() {
    let mut items = parse_strict("a=1; b=2");
    assert!(items.next().is_some());
    let mut again: StrictPairs<'_> = items.clone();
    assert_eq!(items.next().and_then(Result::ok).map(of), Some(("b", "2")));
    assert_eq!((items.next(), items.next()), (None, None));
    assert_eq!(again.next().and_then(Result::ok).map(of), Some(("b", "2")), "a clone goes on where it was taken");
}

/// A header, a name, what `get_all` yields (and `get` first), and why.
const LOOKUPS: &[(&str, &str, &[&str], &str)] = &[
    ("a=1; b=2", "b", &["2"], "any place"),
    ("a=1; a=2", "a", &["1", "2"], "the first is of the longest path"),
    ("a=; a=2", "a", &["", "2"], "an empty value is one"),
    ("SID=1; sid=2", "sid", &["2"], "names are compared by case"),
    ("ab=1; a=2; abc=3", "a", &["2"], "and whole"),
    ("a=1", "ab", &[], "a longer name is another"),
    ("a=1", "", &[], "no name finds nothing"),
    ("=1; 2; a=3", "", &[], "least of all a nameless cookie"),
    ("a; a=1", "a", &["1"], "whose value is no name"),
    ("a=b=c", "a=b", &[], "a name has no equals sign"),
    ("x=1; =x=2", "x", &["1"], "a nameless value is not cut again"),
    (" a = 1 ", "a", &["1"], "trimmed"),
    (" a = 1 ", " a ", &[], "a trimmed name has no spaces"),
    ("\u{A0}__Host-x=evil; __Host-x=good", "__Host-x", &["good"], "white space of Unicode is not trimmed"),
    ("\u{2000}__Host-x=evil", "__Host-x", &[], "nor makes a prefix"),
    ("\"a\"=1", "a", &[], "a name is never unquoted"),
    ("%61=1", "a", &[], "nor percent-decoded"),
    ("a\0=1; a=2", "a", &["2"], "a control byte costs its segment"),
    ("a=DELETED; a=2", "a", &["2"], "a tombstone is passed over"),
    ("a=\"DELETED\"", "a", &[], "in quotes too"),
    ("a=deleted; a=DELETEDx; a=\"DELETED; a= DELETED ", "a", &["deleted", "DELETEDx", "\"DELETED"], "exactly so"),
    ("DELETED=1", "DELETED", &["1"], "a name is none"),
];

#[test]
fn lookups() {
    for &(header, name, expected, reason) in LOOKUPS {
        let cookies = Cookies::new(header);
        assert_eq!(cookies.get_all(name).collect::<Vec<_>>(), expected, "{header:?} {name:?}: {reason}");
        assert_eq!(cookies.get(name), expected.first().copied(), "{header:?} {name:?}: {reason}");
        let octets = Cookies::new(header.as_bytes());
        let expected: Vec<_> = expected.iter().map(|value| value.as_bytes()).collect();
        assert_eq!(octets.get_all(name).collect::<Vec<_>>(), expected, "{header:?} {name:?} as octets: {reason}");
    }
}

#[test]
fn lookup_takes_any_kind_of_name() {
    let cookies = Cookies::new("a=1; b=2");
    assert_eq!(cookies.get("a"), Some("1"));
    assert_eq!(cookies.get(&String::from("b")), Some("2"));
    let octets = Cookies::new(b"a=\xFF".as_slice());
    assert_eq!(octets.get("a"), Some(b"\xFF".as_slice()), "a name as text, a value as octets");
    assert_eq!(octets.get(b"a"), Some(b"\xFF".as_slice()));
}

#[test]
fn several_fields_are_read_as_one() {
    let rows: &[(&[&str], Expected<'_, str>, &str)] = &[
        (&[], &[], "no field"),
        (&[""], &[], "an empty field"),
        (&["a=1"], &[("a", "1")], "one field"),
        (&["a=1", "b=2; a=3"], &[("a", "1"), ("b", "2"), ("a", "3")], "in the order of the fields"),
        (&["", "a=1", ";", " ", "b"], &[("a", "1"), ("", "b")], "fields without a pair are passed over"),
        (&["a=\"x", "y\"; b=2"], &[("a", "\"x"), ("", "y\""), ("b", "2")], "no value goes on in the next"),
        (&["a=\0", "b=2"], &[("b", "2")], "a control byte costs no other field"),
        (&["a=DELETED", "a=1"], &[("a", "1")], "tombstones are passed over in each"),
    ];
    for &(fields, expected, reason) in rows {
        let cookies = Cookies::from_fields(fields);
        assert_eq!(cookies.iter().map(of).collect::<Vec<_>>(), expected, "{fields:?}: {reason}");
        let joined = fields.join("; ");
        assert_eq!(Cookies::new(&*joined).iter().map(of).collect::<Vec<_>>(), expected, "{joined:?}: {reason}");
    }
    let fields = ["a=1", "b=2; a=3"];
    let cookies = Cookies::from_fields(&fields);
    assert_eq!(cookies.get("a"), Some("1"));
    assert_eq!(cookies.get("b"), Some("2"));
    assert_eq!(cookies.get_all("a").collect::<Vec<_>>(), ["1", "3"]);
    let octets = [b"a=\xFF".as_slice(), b"b=\xFE"];
    assert_eq!(Cookies::from_fields(&octets).get("b"), Some(b"\xFE".as_slice()));
}

#[test]
fn tombstone_policies() {
    let header =
        "a=DELETED; b=\"DELETED\"; c=xDELETEDy; d=deleted; e=DELETE; f=1; DELETED=2; g=DELETED!; h=\"DELETED; i";
    let rows: &[(Tombstones, &[&str], &str)] = &[
        (Tombstones::Exact, &["c", "d", "e", "f", "DELETED", "g", "h", ""], "the whole value, quotes aside"),
        (Tombstones::Containing, &["d", "e", "f", "DELETED", ""], "anywhere in the value, never in the name"),
        (Tombstones::Keep, &["a", "b", "c", "d", "e", "f", "DELETED", "g", "h", ""], "none"),
    ];
    for &(policy, expected, reason) in rows {
        let cookies = Cookies::new(header).tombstones(policy);
        assert_eq!(cookies.iter().map(Pair::name).collect::<Vec<_>>(), expected, "{policy:?}: {reason}");
    }
    assert_eq!(Tombstones::default(), Tombstones::Exact);
    assert_eq!(Cookies::new("a=DELETED").tombstones(Tombstones::Keep).get("a"), Some("DELETED"));
    assert_eq!(Cookies::new("a=xDELETED").tombstones(Tombstones::Containing).get("a"), None);
    assert_eq!(Cookies::from_fields(&["a=DELETED"]).tombstones(Tombstones::Keep).get("a"), Some("DELETED"));
}

#[test]
fn cookies_iterate_by_value_and_by_reference() {
    let cookies = Cookies::new("a=1; b=2");
    let mut names = Vec::new();
    for pair in &cookies {
        names.push(pair.name());
    }
    for pair in cookies {
        names.push(pair.name());
    }
    assert_eq!(names, ["a", "b", "a", "b"]);
    let mut iter = cookies.iter();
    iter.next();
    let mut again = iter.clone();
    assert_eq!(iter.map(of).collect::<Vec<_>>(), [("b", "2")]);
    assert_eq!(again.next().map(of), Some(("b", "2")));
    assert_eq!((again.next(), again.next()), (None, None));
    let mut values = cookies.get_all("b");
    let mut values_again = values.clone();
    assert_eq!((values.next(), values.next(), values.next()), (Some("2"), None, None));
    assert_eq!(values_again.next(), Some("2"));
}

#[test]
fn pairs_are_compared_by_what_they_say() {
    let pair = parse("a=1").next().unwrap();
    assert_ne!(Some(pair), parse("a=2").next(), "the value counts");
    assert_ne!(Some(pair), parse("b=1").next(), "and the name");
    assert_eq!(Some(pair), parse("x; a=1").nth(1), "the place does not");
}

#[test]
fn equal_pairs_have_equal_hashes() {
    use std::collections::HashSet;
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
    let pairs: HashSet<_> = parse("a=1; b=2; a=1; a=2;a =\t1").collect();
    assert_eq!(pairs.len(), 3);
    assert!(pairs.contains(&parse("a=1").next().unwrap()));
    let octets: HashSet<_> = parse(b"a=\xFF; a=\xFF; a=\xFE").collect();
    assert_eq!(octets.len(), 2);
    let hash = |field| parse(field).next().map(|pair| BuildHasherDefault::<DefaultHasher>::default().hash_one(pair));
    assert_ne!(hash("a=1"), hash("a=2"), "the value counts");
    assert_ne!(hash("a=1"), hash("b=1"), "and the name");
}

#[test]
fn named() {
    let rows = [
        ("a=1", "a", true, "its name"),
        ("A=1", "a", false, "in its letter case"),
        ("ab=1", "a", false, "whole"),
        ("a=1", "", false, "no name is none"),
        ("=1", "", false, "least of all that of a nameless cookie"),
        ("1", "1", false, "whose value is no name"),
        ("é=1", "é", true, "beyond ASCII"),
    ];
    for (header, name, expected, reason) in rows {
        let pair = parse(header).next().unwrap();
        assert_eq!(pair.is_named(name), expected, "{header:?} {name:?}: {reason}");
        assert_eq!(pair.is_named(&String::from(name)), expected, "{header:?} {name:?}: {reason}");
        let octets = parse(header.as_bytes()).next().unwrap();
        assert_eq!(octets.is_named(name), expected, "{header:?} {name:?} as octets: {reason}");
        assert_eq!(octets.is_named(name.as_bytes()), expected, "{header:?} {name:?} as octets: {reason}");
    }
}

/// A Cookie field, and what is refused of it.
const SKIPPED: &[(&str, &[ParseError], &str)] = &[
    ("", &[], "nothing"),
    ("a=1; b", &[], "nothing is wrong"),
    ("; ;;a=1; ", &[], "nothing between two ; is nothing"),
    ("a=DELETED", &[], "a tombstone is no error"),
    ("=x", &[], "nor is a value without a name"),
    ("=", &[ParseError::EmptyName { offset: 0 }], "neither a name nor a value"),
    ("a=1; = ", &[ParseError::EmptyName { offset: 4 }], "where its segment begins"),
    ("a\0=1", &[ParseError::ControlByte { byte: 0, offset: 1 }], "a control byte in a name"),
    ("a=1; b=\x7F2\x01", &[ParseError::ControlByte { byte: 0x7F, offset: 7 }], "the first of a pair"),
    (
        "a=\n; b=2; \r=;\x0B",
        &[
            ParseError::ControlByte { byte: b'\n', offset: 2 },
            ParseError::ControlByte { byte: b'\r', offset: 10 },
            ParseError::ControlByte { byte: 0x0B, offset: 13 },
        ],
        "each pair, offsets of the whole field",
    ),
    ("a=\t1", &[], "HTAB is none"),
];

#[test]
fn skipped_and_why() {
    for &(header, expected, reason) in SKIPPED {
        let mut refused = Cookies::new(header).refused();
        let copy = refused.clone();
        assert_eq!(refused.by_ref().collect::<Vec<_>>(), expected, "{header:?}: {reason}");
        assert_eq!(refused.next(), None, "{header:?}: stays ended");
        assert_eq!(copy.collect::<Vec<_>>(), expected, "{header:?}, of a copy: {reason}");
        let octets = Cookies::new(header.as_bytes());
        assert_eq!(octets.refused().collect::<Vec<_>>(), expected, "{header:?} as octets: {reason}");
    }
    assert_eq!(format!("{:?}", Cookies::new("a\0b").refused()), "[ControlByte { byte: 0, offset: 1 }]");
    let fields = ["a=1; =", "", "b=\0"];
    let refused: Vec<_> = Cookies::from_fields(&fields).refused().collect();
    let expected = [ParseError::EmptyName { offset: 4 }, ParseError::ControlByte { byte: 0, offset: 2 }];
    assert_eq!(refused, expected, "offsets count from the start of each field");
    assert_eq!(format!("{:?}", Cookies::from_fields(&fields).refused()), format!("{expected:?}"));
}

#[test]
fn counted_and_mapped() {
    type Row = (&'static str, usize, &'static [(&'static str, &'static str)], &'static str);
    let rows: &[Row] = &[
        ("", 0, &[], "nothing"),
        ("b=2; a=1; a=0", 3, &[("a", "1"), ("b", "2")], "the first of a name is kept"),
        ("a; =b; c=3", 3, &[("c", "3")], "nameless ones are counted, and have no name to be found by"),
        ("a=DELETED; a=1", 1, &[("a", "1")], "a tombstone is absent"),
        (" ; =; a\0=1", 0, &[], "what is refused is none"),
    ];
    for &(header, count, map, reason) in rows {
        let cookies = Cookies::new(header);
        assert_eq!(cookies.count(), count, "{header:?}: {reason}");
        assert_eq!(cookies.is_empty(), count == 0, "{header:?}: {reason}");
        assert_eq!(cookies.to_map().into_iter().collect::<Vec<_>>(), map, "{header:?}: {reason}");
        for (name, value) in cookies.to_map() {
            assert!(cookies.contains(name), "{header:?}: {name}");
            assert_eq!(cookies.pair(name).map(of), Some((name, value)), "{header:?}: {name}");
        }
        assert!(!cookies.contains("") && cookies.pair("").is_none() && !cookies.contains("d"), "{header:?}");
    }
}

#[test]
fn whatever_holds_a_header_is_read() {
    extern crate alloc;
    use alloc::borrow::Cow;
    use alloc::rc::Rc;
    use alloc::sync::Arc;
    let mut string = String::from("a=1");
    assert_eq!(parse(&&&string).map(of).collect::<Vec<_>>(), [("a", "1")]);
    assert_eq!(parse(&Box::<str>::from("a=1")).map(of).collect::<Vec<_>>(), [("a", "1")]);
    assert_eq!(parse(&Rc::<str>::from("a=1")).map(of).collect::<Vec<_>>(), [("a", "1")]);
    assert_eq!(parse(&Arc::new(string.clone())).map(of).collect::<Vec<_>>(), [("a", "1")]);
    assert_eq!(parse(&Cow::Borrowed("a=1")).map(of).collect::<Vec<_>>(), [("a", "1")]);
    assert_eq!(parse(&&mut string).map(of).collect::<Vec<_>>(), [("a", "1")]);
    let expected = [(b"a".as_slice(), b"1".as_slice())];
    assert_eq!(parse(b"a=1").map(of).collect::<Vec<_>>(), expected);
    assert_eq!(parse(&b"a=1".to_vec()).map(of).collect::<Vec<_>>(), expected);
    assert_eq!(parse(&Cow::<[u8]>::Owned(b"a=1".to_vec())).map(of).collect::<Vec<_>>(), expected);
}
