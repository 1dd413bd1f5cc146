//! Set-Cookie fields, read as a user agent reads them and written again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod model;

use core::time::Duration;

use hardtack::iter::Tokenize;
use hardtack::{Attributes, CookieDate, MAX_ATTRIBUTE_LEN, MAX_PAIR_LEN, ParseError, SameSite, SetCookie};

/// A field, its name and value, its attributes as they take effect, and why.
type Row<'a> = (&'a str, (&'a str, &'a str), &'a str, &'a str);

const ROWS: &[Row<'static>] = &[
    ("a=b", ("a", "b"), "", "a name, a value, nothing more"),
    (
        "SID=31d4d96e407aad42; Path=/; Secure; HttpOnly",
        ("SID", "31d4d96e407aad42"),
        "Path=/; Secure; HttpOnly",
        "as a server writes it",
    ),
    // One field is one cookie.
    ("a=b,c=d", ("a", "b,c=d"), "", "a comma is data"),
    ("a=b;path=/c,d=e", ("a", "b"), "Path=/c,d=e", "in an attribute too"),
    // Name and value.
    ("a=b=c", ("a", "b=c"), "", "the first equals sign separates"),
    ("a=", ("a", ""), "", "a value may be empty"),
    ("\t a b \t=  c d ", ("a b", "c d"), "", "the ends are trimmed, the insides kept"),
    ("  a  =  b  ; Path = /x ", ("a", "b"), "Path=/x", "of attributes too"),
    ("a=b\tc; Path=/d\te", ("a", "b\tc"), "Path=/d\te", "a tab inside is kept"),
    ("\u{A0}a=\u{3000}b\u{2000}", ("\u{A0}a", "\u{3000}b\u{2000}"), "", "white space of Unicode is not trimmed"),
    ("a=\"b\"", ("a", "\"b\""), "", "quotes belong to the value"),
    ("a=\" 18 \"", ("a", "\" 18 \""), "", "and keep it from being trimmed"),
    ("a=\"b; c\"", ("a", "\"b"), "c\"", "they do not hide a separator"),
    ("a=%0d%0a%41", ("a", "%0d%0a%41"), "", "nothing is percent-decoded"),
    ("a=élève; Path=/é; é=☃", ("a", "élève"), "Path=/é; é=☃", "letters beyond ASCII are kept"),
    // Nameless cookies.
    ("foo", ("", "foo"), "", "without an equals sign it is the value of a nameless cookie"),
    ("=foo", ("", "foo"), "", "as behind a leading one"),
    ("foo; bar=baz", ("", "foo"), "bar=baz", "an equals sign of an attribute is not the pair's"),
    ("==foo", ("", "=foo"), "", "the second equals sign is the value's"),
    ("=a=b", ("", "a=b"), "", "a nameless value may hold one, and is written with one before it"),
    ("==", ("", "="), "", "or be one"),
    (" \t= foo \t; Secure", ("", "foo"), "Secure", "a blank name is none"),
    ("Secure; Path=/", ("", "Secure"), "Path=/", "the first segment is never an attribute"),
    ("__Host-x", ("", "__Host-x"), "", "whether it may be kept depends on the response"),
    // The list of attributes.
    ("a=b;;;  Path = /x ;", ("a", "b"), "Path=/x", "empty segments are skipped"),
    ("a=b;", ("a", "b"), "", "at the end too"),
    ("a=b; \t ;\t", ("a", "b"), "", "and blank ones"),
    ("a=b;Path=/;Secure", ("a", "b"), "Path=/; Secure", "the space is not what separates"),
    (
        "a=b; SECURE; pATH=/P; hTTPonly; samesite=lAX; partitioned; pRiOrItY=hIgH; max-AGE=1; DOMAIN=X.org; eXpIrEs=Thu, 01 Jan 1970 00:00:00 GMT",
        ("a", "b"),
        "Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=1; Domain=x.org; Path=/P; Secure; HttpOnly; SameSite=Lax; Partitioned; Priority=High",
        "names in any letter case, written in one order",
    ),
    (
        "a=b; ſecure; Secur\u{E9}; \u{212A}ey=1",
        ("a", "b"),
        "ſecure; Securé; \u{212A}ey=1",
        "a look-alike beyond ASCII is another name",
    ),
    ("a=b; Priority=Low; priority=urgent", ("a", "b"), "", "the last counts, and one that is not known is none"),
    ("a=b; Priority=urgent; priority=medium", ("a", "b"), "Priority=Medium", "the last counts"),
    // Extensions.
    (
        "a=b; Note=High; Foo; Bar=",
        ("a", "b"),
        "Note=High; Foo; Bar=",
        "unknown attributes are kept, with and without a value",
    ),
    (
        "a=b; x=1; Secure; X=2; x=1",
        ("a", "b"),
        "Secure; x=1; X=2; x=1",
        "in order, duplicates included, behind the known",
    ),
    (
        "a=b; Version=1; Comment=\"c d\"; Port; Discard; SameParty",
        ("a", "b"),
        "Version=1; Comment=\"c d\"; Port; Discard; SameParty",
        "those of other times are unknown",
    ),
    ("a=b; = c = d ", ("a", "b"), "=c = d", "even one without a name"),
    ("a=b; =", ("a", "b"), "=", "or with nothing at all"),
    (
        "a=b; Secure qux; \"HttpOnly\"; Path /",
        ("a", "b"),
        "Secure qux; \"HttpOnly\"; Path /",
        "what only begins like a known one is unknown",
    ),
    (
        "a=b; Max Age=1; MaxAge=1; Expire=x; Http-Only",
        ("a", "b"),
        "Max Age=1; MaxAge=1; Expire=x; Http-Only",
        "or is spelled another way",
    ),
    // Expires.
    ("a=b; Expires=Sat, 24 Jul 2027 22:30:27 GMT", ("a", "b"), "Expires=Sat, 24 Jul 2027 22:30:27 GMT", "IMF-fixdate"),
    (
        "a=b; expires=Sat Jul 24 2027 22:30:27 GMT+0000 (Coordinated Universal Time)",
        ("a", "b"),
        "Expires=Sat, 24 Jul 2027 22:30:27 GMT",
        "JavaScript's form",
    ),
    (
        "a=b; Expires=Wed, 21 Oct 2015 07:28:00 +0200",
        ("a", "b"),
        "Expires=Wed, 21 Oct 2015 07:28:00 GMT",
        "a zone means nothing",
    ),
    ("a=b; Expires=junk", ("a", "b"), "", "an invalid date is no attribute"),
    ("a=b; Expires=0", ("a", "b"), "", "nor is a number"),
    ("a=b; Expires; Expires=", ("a", "b"), "", "nor is nothing"),
    ("a=b; Expires=2015-10-21T07:28:00Z", ("a", "b"), "", "nor is ISO 8601"),
    ("a=b; Expires=31 Feb 2015 00:00:00", ("a", "b"), "", "nor is a day the month does not have"),
    (
        "a=b; Expires=1 Jan 2020 00:00:00; Expires=2 Jan 2020 00:00:00",
        ("a", "b"),
        "Expires=Thu, 02 Jan 2020 00:00:00 GMT",
        "the last one counts",
    ),
    (
        "a=b; Expires=1 Jan 2020 00:00:00; Expires=junk",
        ("a", "b"),
        "Expires=Wed, 01 Jan 2020 00:00:00 GMT",
        "the last that is valid",
    ),
    // Max-Age.
    ("a=b; Max-Age=10", ("a", "b"), "Max-Age=10", "seconds"),
    ("a=b; Max-Age=0", ("a", "b"), "Max-Age=0", "zero expires"),
    ("a=b; Max-Age=-1", ("a", "b"), "Max-Age=0", "and so does less"),
    ("a=b; Max-Age=-0", ("a", "b"), "Max-Age=0", "or as little"),
    ("a=b; Max-Age=-99999999999999999999", ("a", "b"), "Max-Age=0", "or far less"),
    ("a=b; Max-Age=007", ("a", "b"), "Max-Age=7", "leading zeros mean nothing"),
    ("a=b; Max-Age=34560001", ("a", "b"), "Max-Age=34560001", "the limit of 400 days is the store's"),
    ("a=b; Max-Age=2147483646", ("a", "b"), "Max-Age=2147483646", "nearly the longest"),
    ("a=b; Max-Age=2147483647", ("a", "b"), "Max-Age=2147483647", "the longest"),
    ("a=b; Max-Age=2147483648", ("a", "b"), "Max-Age=2147483647", "more is cut to it"),
    ("a=b; Max-Age=99999999999999999999", ("a", "b"), "Max-Age=2147483647", "twenty digits"),
    ("a=b; Max-Age=", ("a", "b"), "", "nothing is no number"),
    ("a=b; Max-Age", ("a", "b"), "", "nor is its absence"),
    ("a=b; Max-Age=-", ("a", "b"), "", "nor is a sign"),
    ("a=b; Max-Age=--1", ("a", "b"), "", "nor are two"),
    ("a=b; Max-Age=+5", ("a", "b"), "", "a plus sign is not of the grammar"),
    (
        "a=b; Max-Age=1.5; Max-Age=1e3; Max-Age=0x1; Max-Age=10 0; Max-Age=\"10\"; Max-Age=50,399; Max-Age=1-",
        ("a", "b"),
        "",
        "nor is anything but digits",
    ),
    ("a=b; Max-Age=١", ("a", "b"), "", "nor are digits beyond ASCII"),
    ("a=b; Max-Age=1; Max-Age=2", ("a", "b"), "Max-Age=2", "the last one counts"),
    ("a=b; Max-Age=100; Max-Age=abc", ("a", "b"), "Max-Age=100", "the last that is valid"),
    (
        "a=b; Max-Age=60; Expires=1 Jan 1970 00:00:00",
        ("a", "b"),
        "Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60",
        "both are kept: which one counts is the user agent's to say",
    ),
    // Domain.
    ("a=b; Domain=example.com", ("a", "b"), "Domain=example.com", "a name"),
    ("a=b; Domain=.EXAMPLE.com", ("a", "b"), "Domain=example.com", "without its leading dot, in lower case"),
    ("a=b; Domain=EXAMPLE.com", ("a", "b"), "Domain=example.com", "without one to lose"),
    ("a=b; Domain=.example.com", ("a", "b"), "Domain=example.com", "with nothing to lower"),
    ("a=b; Domain=", ("a", "b"), "", "an empty one means the host alone"),
    ("a=b; Domain", ("a", "b"), "", "and so does its absence"),
    ("a=b; Domain=.", ("a", "b"), "", "and a dot"),
    ("a=b; Domain=bad.org; Domain=", ("a", "b"), "", "the last one counts, an empty one too"),
    ("a=b; Domain=; Domain=good.org", ("a", "b"), "Domain=good.org", "or one behind an empty one"),
    ("a=b; Domain=élève.fr", ("a", "b"), "Domain=élève.fr", "whether it matches depends on the response"),
    ("a=b; Domain=ÉLÈVE.FR", ("a", "b"), "Domain=ÉlÈve.fr", "ASCII letters alone are lowered"),
    ("a=b; Domain=\"x.com\"", ("a", "b"), "Domain=\"x.com\"", "quotes stay"),
    ("a=b; Domain=x.com:80", ("a", "b"), "Domain=x.com:80", "and a port"),
    ("a=b; Domain=127.0.0.1", ("a", "b"), "Domain=127.0.0.1", "and an address"),
    // Path.
    ("a=b; Path=/", ("a", "b"), "Path=/", "the root"),
    ("a=b; Path=/A/../b%2F//c d", ("a", "b"), "Path=/A/../b%2F//c d", "kept to the letter"),
    ("a=b; Path=", ("a", "b"), "", "an empty one means the directory of the request"),
    ("a=b; Path", ("a", "b"), "", "and so does its absence"),
    ("a=b; Path=x", ("a", "b"), "", "and one that does not begin with a slash"),
    ("a=b; Path=\"/x\"", ("a", "b"), "", "a quote is no slash"),
    ("a=b; Path=/dog; Path=", ("a", "b"), "", "the last one counts, whatever it means"),
    ("a=b; Path=; Path=/dog", ("a", "b"), "Path=/dog", "or one behind it"),
    ("a=b; Path=/a; Path=/b", ("a", "b"), "Path=/b", "of two"),
    // Flags.
    (
        "a=b; Secure=false; HttpOnly=0; Partitioned=no",
        ("a", "b"),
        "Secure; HttpOnly; Partitioned",
        "a flag's value means nothing",
    ),
    ("a=b; Secure=; Secure", ("a", "b"), "Secure", "nor does a second one"),
    // SameSite.
    ("a=b; SameSite=Strict", ("a", "b"), "SameSite=Strict", "the strict word"),
    ("a=b; SameSite=NONE", ("a", "b"), "SameSite=None", "in any letter case, with or without Secure"),
    ("a=b; SameSite=lax", ("a", "b"), "SameSite=Lax", "or none"),
    ("a=b; SameSite=StrictLax", ("a", "b"), "", "a whole word"),
    ("a=b; SameSite=La", ("a", "b"), "", "all of it"),
    ("a=b; SameSite", ("a", "b"), "", "no word says nothing"),
    ("a=b; SameSite=", ("a", "b"), "", "nor does an empty one"),
    ("a=b; SameSite=Strict; SameSite=foo", ("a", "b"), "", "the last one counts, known or not"),
    ("a=b; SameSite=foo; SameSite=Strict", ("a", "b"), "SameSite=Strict", "or one behind it"),
    // Prefixes are the user agent's to judge.
    ("__Host-a=1", ("__Host-a", "1"), "", "a prefix demands nothing of a reader"),
];

/// The attributes of a cookie as its getters tell them.
fn attributes(cookie: &SetCookie<'_>) -> String {
    let mut parts = Vec::new();
    parts.extend(cookie.expires().map(|date| format!("Expires={date}")));
    parts.extend(cookie.max_age().map(|age| format!("Max-Age={}", age.as_secs())));
    parts.extend(cookie.domain().map(|domain| format!("Domain={domain}")));
    parts.extend(cookie.path().map(|path| format!("Path={path}")));
    parts.extend(cookie.secure().then(|| String::from("Secure")));
    parts.extend(cookie.http_only().then(|| String::from("HttpOnly")));
    parts.extend(cookie.same_site().map(|same_site| format!("SameSite={same_site:?}")));
    parts.extend(cookie.partitioned().then(|| String::from("Partitioned")));
    parts.extend(cookie.priority().map(|priority| format!("Priority={priority:?}")));
    parts.extend(cookie.extensions().iter().map(|extension| match extension.value() {
        Some(value) => format!("{}={value}", extension.name()),
        None => extension.name().to_owned(),
    }));
    parts.join("; ")
}

#[track_caller]
fn check_written(cookie: &SetCookie<'_>, written: &str, reason: &str) {
    assert_eq!(cookie.to_string(), written, "{reason}");
    assert_eq!(cookie.encoded_len(), written.len(), "{written:?}: {reason}");
    let mut buffer = b"Set-Cookie: ".to_vec();
    cookie.append_to(&mut buffer);
    assert_eq!(buffer.strip_prefix(b"Set-Cookie: "), Some(written.as_bytes()), "{reason}");
    assert_eq!(SetCookie::parse(written).as_ref(), Ok(cookie), "{written:?}: {reason}");
    let octets = SetCookie::parse(written.as_bytes()).unwrap();
    let mut buffer = Vec::new();
    octets.append_to(&mut buffer);
    assert_eq!(buffer, written.as_bytes(), "as octets: {reason}");
    assert_eq!(octets.encoded_len(), written.len(), "{written:?} as octets: {reason}");
}

#[test]
fn rows_are_read_and_written() {
    for &(text, (name, value), stated, reason) in ROWS {
        let cookie = SetCookie::parse(text).unwrap_or_else(|error| panic!("{text:?} {error}: {reason}"));
        assert_eq!((cookie.name(), cookie.value()), (name, value), "{text:?}: {reason}");
        assert_eq!(attributes(&cookie), stated, "{text:?}: {reason}");
        let bare = name.is_empty() && !value.contains('=');
        let pair = if bare { value.to_owned() } else { format!("{name}={value}") };
        let separator = if stated.is_empty() { "" } else { "; " };
        check_written(&cookie, &format!("{pair}{separator}{stated}"), reason);
    }
}

/// The getters on text, the getters on octets and the model say the same.
#[test]
fn rows_agree_with_the_model() {
    for &(text, _, _, reason) in ROWS {
        let cookie = SetCookie::parse(text.as_bytes()).unwrap();
        let expected = model::set_cookie(text.as_bytes()).unwrap();
        let same_site = cookie.same_site().map(|same_site| same_site.as_str().to_lowercase());
        let extensions: Vec<_> =
            cookie.extensions().iter().map(|extension| (extension.name(), extension.value())).collect();
        assert_eq!((cookie.name(), cookie.value()), (expected.name, expected.value), "{text:?}: {reason}");
        assert_eq!(cookie.expires().map(CookieDate::unix_timestamp), expected.expires, "{text:?}: {reason}");
        assert_eq!(cookie.max_age(), expected.max_age.map(Duration::from_secs), "{text:?}: {reason}");
        assert_eq!(cookie.domain().unwrap_or_default(), expected.domain, "{text:?}: {reason}");
        assert_eq!(cookie.path(), expected.path, "{text:?}: {reason}");
        assert_eq!(
            (cookie.secure(), cookie.http_only(), cookie.partitioned()),
            (expected.secure, expected.http_only, expected.partitioned),
            "{text:?}: {reason}"
        );
        assert_eq!(same_site.as_deref(), expected.same_site, "{text:?}: {reason}");
        let priority = cookie.priority().map(|priority| priority.as_str().to_lowercase());
        assert_eq!(priority.as_deref(), expected.priority, "{text:?}: {reason}");
        assert_eq!(extensions, expected.extensions, "{text:?}: {reason}");
    }
}

/// A field that is not written as it was given, and how it is, in octets.
const OCTETS: &[(&[u8], &[u8], &str)] = &[
    (b"a=\xFFtest\xFF", b"a=\xFFtest\xFF", "octets that are no UTF-8 are kept"),
    (b"\xE9=1; Path=/\xE9; \xE8=\xE7", b"\xE9=1; Path=/\xE9; \xE8=\xE7", "wherever they stand"),
    (b"a=1; Domain=.\xC9.FR", b"a=1; Domain=\xC9.fr", "also in a Domain that is lowered"),
    (b"\xA0a=\xA0", b"\xA0a=\xA0", "the no-break space of Latin-1 is not trimmed"),
    (
        b"a=1; Domain=..x.com",
        b"a=1; Domain=..x.com",
        "one dot is taken off, and put back for the next reader to take off",
    ),
    (b"a=1; Domain=..X.com", b"a=1; Domain=..x.com", "lowered, too"),
    (b"a=1; Domain=. x", b"a=1; Domain=. x", "so that white space behind it stays"),
    (b"a=1; Domain=.\tx", b"a=1; Domain=.\tx", "a tab too"),
    (b"a=1; Domain=..", b"a=1; Domain=..", "two dots are a dot"),
    (b"a=1;secure;path=/", b"a=1; Path=/; Secure", "names as they are spelled, in one order"),
    (b"=a", b"a", "a nameless cookie is its bare value"),
    (b"=a=b", b"=a=b", "unless that would read as a name"),
];

#[test]
fn octets_are_read_and_written() {
    for &(text, written, reason) in OCTETS {
        let cookie = SetCookie::parse(text).unwrap();
        let mut buffer = Vec::new();
        cookie.append_to(&mut buffer);
        assert_eq!(buffer, written, "{:?}: {reason}", text.escape_ascii().to_string());
        assert_eq!(cookie.encoded_len(), written.len(), "{:?}: {reason}", text.escape_ascii().to_string());
        assert_eq!(SetCookie::parse(written), Ok(cookie), "{:?}: {reason}", text.escape_ascii().to_string());
        if let Ok(text) = str::from_utf8(text) {
            check_written(&SetCookie::parse(text).unwrap(), str::from_utf8(written).unwrap(), reason);
        }
    }
    let domain = SetCookie::parse("a=1; Domain=..x.com").unwrap();
    assert_eq!(domain.domain(), Some(".x.com"));
}

/// A writer with room for so many octets.
struct Room(usize);

impl core::fmt::Write for Room {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.0 = self.0.checked_sub(text.len()).ok_or(core::fmt::Error)?;
        Ok(())
    }
}

#[test]
fn a_writer_without_room_ends_the_writing() {
    use core::fmt::Write;
    for &(text, _, _, reason) in ROWS {
        let cookie = SetCookie::parse(text).unwrap();
        let len = cookie.encoded_len();
        for room in 0..len {
            assert!(write!(Room(room), "{cookie}").is_err(), "{room} of {len} octets for {cookie}: {reason}");
        }
        assert!(write!(Room(len), "{cookie}").is_ok(), "{cookie}: {reason}");
    }
}

#[test]
fn refused() {
    let rows: &[(&str, ParseError, &str)] = &[
        ("", ParseError::EmptyCookie, "nothing at all"),
        ("=", ParseError::EmptyCookie, "an equals sign alone"),
        (";", ParseError::EmptyCookie, "a separator alone"),
        ("; bar", ParseError::EmptyCookie, "attributes make no cookie"),
        ("\t=\t", ParseError::EmptyCookie, "nor do blanks"),
        ("   ; Path=/", ParseError::EmptyCookie, "with attributes neither"),
        ("a=b\r\n", ParseError::ControlByte { byte: 0x0D, offset: 3 }, "a line end"),
        ("a=b\n", ParseError::ControlByte { byte: 0x0A, offset: 3 }, "half of one"),
        ("a\0=b", ParseError::ControlByte { byte: 0, offset: 1 }, "in a name"),
        ("a=\u{1}b", ParseError::ControlByte { byte: 1, offset: 2 }, "in a value"),
        ("a=b; x\u{8}=y", ParseError::ControlByte { byte: 8, offset: 6 }, "in an unknown attribute's name"),
        ("a=b; x=y\u{B}", ParseError::ControlByte { byte: 0x0B, offset: 8 }, "and value, where it is no white space"),
        ("a=b; Path=/\u{C}", ParseError::ControlByte { byte: 0x0C, offset: 11 }, "in a known one's"),
        ("a=b; Secure\u{1F}", ParseError::ControlByte { byte: 0x1F, offset: 11 }, "the last below space"),
        ("a=\u{7F}", ParseError::ControlByte { byte: 0x7F, offset: 2 }, "DEL"),
        ("=\u{1}\u{2}", ParseError::ControlByte { byte: 1, offset: 1 }, "the first one is told of"),
        ("\t\u{7F}a=1\t", ParseError::ControlByte { byte: 0x7F, offset: 1 }, "beside a tab, which is none"),
    ];
    for (text, error, reason) in rows.iter().cloned() {
        assert_eq!(SetCookie::parse(text), Err(error.clone()), "{text:?}: {reason}");
        assert_eq!(SetCookie::parse(text.as_bytes()).err(), Some(error), "{text:?} as octets: {reason}");
        assert_eq!(model::set_cookie(text.as_bytes()), None, "{text:?} in the model: {reason}");
    }
}

#[test]
fn every_control_costs_the_cookie_wherever_it_stands() {
    for octet in 0..=u8::MAX {
        for (before, behind) in
            [("a", "=b"), ("a=b", "c"), ("a=b; Pa", "th=/"), ("a=b; Path=/", "x"), ("a=b; x", ""), ("a=b; x=", "y")]
        {
            let text = [before.as_bytes(), &[octet], behind.as_bytes()].concat();
            let refused = matches!(octet, 0x00..=0x08 | 0x0A..=0x1F | 0x7F);
            let expected = refused.then_some(ParseError::ControlByte { byte: octet, offset: before.len() });
            assert_eq!(SetCookie::parse(&text).err(), expected, "octet {octet:#04X} behind {before:?}");
        }
    }
}

#[test]
fn sizes_of_name_and_value() {
    let rows: &[(usize, usize, &str)] = &[
        (2048, 2048, "half each"),
        (4096, 0, "a name alone"),
        (0, 4096, "a value alone"),
        (1, 4095, "as long as can be"),
    ];
    for &(name, value, reason) in rows {
        for (more_name, more_value) in [(0, 0), (1, 0), (0, 1), (10, 10)] {
            let (name, value) = (name + more_name, value + more_value);
            // White space, the equals sign and attributes do not count.
            let text = format!("\t{} = {}\t; Path=/", "n".repeat(name), "v".repeat(value));
            let len = name + value;
            let parsed = SetCookie::parse(&text);
            if len <= MAX_PAIR_LEN {
                let cookie = parsed.unwrap();
                assert_eq!((cookie.name().len(), cookie.value().len()), (name, value), "{name} and {value}: {reason}");
                continue;
            }
            let beyond = 1 + MAX_PAIR_LEN + if name > MAX_PAIR_LEN { 0 } else { " = ".len() };
            let expected = ParseError::PairTooLong { len, max: 4096, offset: beyond };
            assert_eq!(parsed, Err(expected), "{name} and {value}: {reason}");
            assert_eq!(model::set_cookie(text.as_bytes()), None, "{name} and {value}: {reason}");
        }
    }
    assert_eq!(MAX_PAIR_LEN, 4096);
    let text = format!("={}", "v".repeat(4097));
    let expected = ParseError::PairTooLong { len: 4097, max: 4096, offset: 4097 };
    assert_eq!(SetCookie::parse(&text), Err(expected), "the equals sign counts in the offset, not in the length");
    assert!(SetCookie::parse(&format!("a=1; {}", "x; ".repeat(5000))).is_ok(), "attributes do not count");
}

#[test]
fn sizes_of_attributes() {
    assert_eq!(MAX_ATTRIBUTE_LEN, 1024);
    let path = |len: usize| format!("/{}", "p".repeat(len - 1));
    let (fits, over) = (path(1024), path(1025));
    let digits = |len| "1".repeat(len);
    let rows: &[(String, &str, &str)] = &[
        (format!("Path=/a; Path={fits}"), &format!("Path={fits}"), "1024 octets are heeded"),
        (format!("Path= \t{fits}\t "), &format!("Path={fits}"), "white space does not count"),
        (format!("Path=/a; Path={over}"), "Path=/a", "one more, and the attribute before it stays"),
        (format!("Secure={}", digits(1024)), "Secure", "of a flag's value too"),
        (format!("Secure={}", digits(1025)), "", "which is then ignored with its flag"),
        (format!("Max-Age={}", digits(1024)), "Max-Age=2147483647", "so many digits are a large number"),
        (format!("Max-Age=-{}", digits(1023)), "Max-Age=0", "or a small one"),
        (format!("Max-Age=5; Max-Age={}", digits(1025)), "Max-Age=5", "or none"),
        (format!("Domain=x.org; Domain={}", digits(1025)), "Domain=x.org", "a Domain that is ignored says nothing"),
        (format!("SameSite=Lax; SameSite={}", digits(1025)), "SameSite=Lax", "nor does SameSite"),
        (format!("x={}", digits(1024)), &format!("x={}", digits(1024)), "an unknown one is kept"),
        (format!("x={}; y", digits(1025)), "y", "while it is not too long"),
        (format!("{}; y", digits(2000)), &format!("{}; y", digits(2000)), "an attribute's name may be of any length"),
    ];
    for (text, stated, reason) in rows {
        let text = format!("a=1; {text}");
        let cookie = SetCookie::parse(&text).unwrap();
        assert_eq!(&attributes(&cookie), stated, "{reason}");
        check_written(&cookie, format!("a=1; {stated}").trim_end_matches("; "), reason);
    }
}

#[test]
fn tokens_of_attributes() {
    type Tokens<'a> = &'a [(&'a str, Option<&'a str>)];
    let rows: &[(&str, Tokens<'_>, &str)] = &[
        ("", &[], "nothing"),
        (" ; \t;;", &[], "nothing but blanks"),
        ("Path", &[("Path", None)], "a name"),
        ("Path=", &[("Path", Some(""))], "an empty value is another thing than none"),
        (
            " Path = /x ;; Secure; path=; Note=High",
            &[("Path", Some("/x")), ("Secure", None), ("path", Some("")), ("Note", Some("High"))],
            "in order, unjudged",
        ),
        ("=x; =", &[("", Some("x")), ("", Some(""))], "an equals sign makes an attribute"),
        ("a=b=c; a=b=c", &[("a", Some("b=c")), ("a", Some("b=c"))], "the first one separates; duplicates are kept"),
        ("x\u{1}=\u{7F}", &[("x\u{1}", Some("\u{7F}"))], "control bytes are shown"),
        ("\u{A0}Secure", &[("\u{A0}Secure", None)], "white space of Unicode is not trimmed"),
    ];
    for &(text, expected, reason) in rows {
        let attributes: Vec<_> = Attributes::tokenize(text).collect();
        let seen: Vec<_> = attributes.iter().map(|attribute| (attribute.name(), attribute.value())).collect();
        assert_eq!(seen, expected, "{text:?}: {reason}");
        let octets: Vec<_> = Attributes::tokenize(text.as_bytes()).collect();
        let seen: Vec<_> = octets.iter().map(|attribute| (attribute.name(), attribute.value())).collect();
        assert_eq!(seen, model::attributes(text.as_bytes()), "{text:?} as octets: {reason}");
    }
    let long = format!("x={}", "y".repeat(2000));
    assert_eq!(Attributes::tokenize(&*long).count(), 1, "no limit of length is applied");
    let mut tokens: Tokenize<'_> = Attributes::tokenize("a; b");
    tokens.next();
    let again = tokens.clone();
    assert_eq!(tokens.next().map(|attribute| attribute.name().to_owned()).as_deref(), Some("b"));
    assert_eq!((tokens.next(), tokens.next()), (None, None));
    assert_eq!(again.count(), 1, "a clone goes on where it was taken");
}

#[test]
fn known_attributes_are_told_by_name() {
    use hardtack::AttributeName::{Domain, Expires, HttpOnly, MaxAge, Partitioned, Path, Priority, SameSite, Secure};
    let rows = [
        ("expires", Some(Expires)),
        ("MAX-AGE", Some(MaxAge)),
        ("domain", Some(Domain)),
        ("pAtH", Some(Path)),
        ("Secure", Some(Secure)),
        ("HTTPONLY", Some(HttpOnly)),
        ("samesite", Some(SameSite)),
        ("PartitioneD", Some(Partitioned)),
        ("PRIOrity", Some(Priority)),
        // As long as a known one, beginning as it does, or one octet away.
        ("", None),
        ("Pat", None),
        ("Paths", None),
        ("Pith", None),
        ("Domaim", None),
        ("Secur\u{0}", None),
        ("Expired", None),
        ("Max_Age", None),
        ("Max\rAge", None),
        ("HttpOnlx", None),
        ("SameSits", None),
        ("partition\u{E9}", None),
        ("Prioritx", None),
        ("Note", None),
        ("Version", None),
        ("Comment", None),
    ];
    for (name, expected) in rows {
        let known = Attributes::tokenize(name).next().and_then(|attribute| attribute.known());
        assert_eq!(known, expected, "{name:?}");
        assert_eq!(hardtack::AttributeName::from_ascii(name.as_bytes()), expected, "{name:?}");
    }
    for name in hardtack::AttributeName::ALL {
        assert_eq!(hardtack::AttributeName::from_ascii(name.as_str().as_bytes()), Some(*name));
        assert_eq!(format!("{name:>12}|{name:<12}"), format!("{0:>12}|{0:<12}", name.as_str()), "padded as asked");
    }
}

/// Every octet in every place of every known name: it is another name unless the letter is the same.
#[test]
fn known_names_are_told_by_every_octet() {
    for known in hardtack::AttributeName::ALL {
        let mut name = known.as_str().as_bytes().to_vec();
        for place in 0..name.len() {
            let octet = name[place];
            for instead in 0..=u8::MAX {
                name[place] = instead;
                let expected = instead.eq_ignore_ascii_case(&octet).then_some(known);
                assert_eq!(hardtack::AttributeName::from_ascii(&name), expected.copied(), "{}", name.escape_ascii());
            }
            name[place] = octet;
        }
    }
}

#[test]
fn same_site_words() {
    let rows = [
        ("Strict", Some(SameSite::Strict)),
        ("lax", Some(SameSite::Lax)),
        ("NONE", Some(SameSite::None)),
        ("", None),
        ("Strict ", None),
        ("Default", None),
        ("ſtrict", None),
    ];
    for (word, expected) in rows {
        assert_eq!(SameSite::from_ascii(word.as_bytes()), expected, "{word:?}");
    }
    for same_site in [SameSite::Strict, SameSite::Lax, SameSite::None] {
        assert_eq!(SameSite::from_ascii(same_site.as_str().as_bytes()), Some(same_site));
        assert_eq!(format!("{same_site:>8}"), format!("{:>8}", same_site.as_str()), "padded as asked");
    }
}

#[test]
fn prefixes() {
    use hardtack::Prefix::{self, Host, HostHttp, Http, Secure};
    let rows = [
        ("__Secure-", Some(Secure), "with nothing behind it"),
        ("__SECURE-x", Some(Secure), "in any letter case"),
        ("__Host-x", Some(Host), "the host's own"),
        ("__host-Httpx", Some(Host), "a hyphen short of the longer one"),
        ("__Http-x", Some(Http), "HttpOnly's"),
        ("__hOST-hTTP-x", Some(HostHttp), "the longer one first"),
        ("__Host", None, "the hyphen is of the prefix"),
        ("__Hostx-", None, "and nothing is before it"),
        ("_Host-x", None, "both underscores are"),
        (" __Host-x", None, "it begins the name"),
        ("\u{A0}__Host-x", None, "white space of Unicode is no part of a prefix"),
        ("__HostHttp-x", None, "the earlier spelling is none"),
        ("__Ho\u{17F}t-x", None, "nor is a look-alike beyond ASCII"),
        ("", None, "nothing begins with nothing"),
    ];
    for (name, expected, reason) in rows {
        assert_eq!(Prefix::of(name.as_bytes()), expected, "{name:?}: {reason}");
    }
    let demands = [(Secure, false, false), (Host, false, true), (Http, true, false), (HostHttp, true, true)];
    for (prefix, http_only, host_only) in demands {
        assert_eq!((prefix.needs_http_only(), prefix.needs_host_only()), (http_only, host_only), "{prefix}");
        assert_eq!(format!("{prefix:<14}|"), format!("{:<14}|", prefix.as_str()), "padded as asked");
    }
}

/// Equality is by meaning, and every part of the meaning counts.
#[test]
fn equality() {
    let base = "a=b; Expires=1 Jan 2020 00:00:00; Max-Age=1; Domain=x.org; Path=/; Secure; HttpOnly; SameSite=Lax; Partitioned; x=y";
    let cookie = SetCookie::parse(base).unwrap();
    let same = base.replace("; ", ";").replace("Domain=", "domain=.").replace("Lax", "lAX");
    assert_eq!(SetCookie::parse(&same).as_ref(), Ok(&cookie), "spelling does not count");
    let others = [
        ("a=b", "c=b"),
        ("a=b", "a=c"),
        ("2020", "2021"),
        ("Max-Age=1", "Max-Age=2"),
        ("Max-Age=1; ", ""),
        ("x.org", "y.org"),
        ("Domain=x.org; ", ""),
        ("Path=/", "Path=/p"),
        ("Path=/; ", ""),
        ("Secure; ", ""),
        ("HttpOnly; ", ""),
        ("Lax", "Strict"),
        ("SameSite=Lax; ", ""),
        ("Partitioned; ", ""),
        ("x=y", "x=z"),
        ("x=y", "x="),
        ("x=y", "x"),
        ("; x=y", ""),
        ("x=y", "x=y; x=y"),
    ];
    for (part, instead) in others {
        let other = base.replace(part, instead);
        assert_ne!(other, base, "{part:?} is a part");
        assert_ne!(SetCookie::parse(&other).as_ref(), Ok(&cookie), "{part:?} counts");
    }
}

#[test]
fn identities_of_other_cookies_hash_otherwise() {
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
    let hash = |line| {
        let cookie = SetCookie::parse(line).unwrap();
        BuildHasherDefault::<DefaultHasher>::default().hash_one(cookie.id())
    };
    let base = hash("a=1; Domain=x.org; Path=/; Secure; Partitioned");
    assert_eq!(base, hash("a=2; Domain=X.ORG; Path=/; Secure; Partitioned; HttpOnly"), "what is no part of it");
    for (line, reason) in [
        ("b=1; Domain=x.org; Path=/; Secure; Partitioned", "the name"),
        ("a=1; Domain=y.org; Path=/; Secure; Partitioned", "the domain"),
        ("a=1; Domain=x.org; Path=/p; Secure; Partitioned", "the path"),
        ("a=1; Domain=x.org; Path=/; Secure", "the jar"),
    ] {
        assert_ne!(base, hash(line), "{reason}");
    }
}

#[test]
fn owned_and_cloned_cookies_are_equal() {
    use std::collections::HashSet;
    for &(text, _, _, reason) in ROWS {
        let cookie = SetCookie::parse(text).unwrap();
        let owned = cookie.clone().into_owned();
        assert_eq!(owned, cookie, "{text:?}: {reason}");
        assert_eq!(owned.attributes().clone(), *cookie.attributes(), "{text:?}: {reason}");
        assert_eq!(cookie.attributes().clone().into_owned(), *owned.attributes(), "{text:?}: {reason}");
        assert_eq!(HashSet::from([owned, cookie]).len(), 1, "{text:?}: {reason}");
    }
    let long_lived: SetCookie<'static> = {
        let text = String::from("a=b; Domain=X.org; Path=/p; k=v");
        SetCookie::parse(&text).unwrap().into_owned()
    };
    assert_eq!(long_lived.to_string(), "a=b; Domain=x.org; Path=/p; k=v");
}

#[test]
fn no_attribute_at_all() {
    assert_eq!(Attributes::<str>::default(), *SetCookie::parse("a").unwrap().attributes());
}
