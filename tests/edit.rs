//! What was read, changed: a Cookie field without some of its cookies, fields joined and taken apart, a Set-Cookie
//! with other attributes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

extern crate alloc;

use alloc::borrow::Cow;
use core::time::Duration;

use hardtack::AttributeName::{Domain, Path};
use hardtack::error::Part;
use hardtack::{
    BuildError, CookieDate, Cookies, Priority, SameSite, SetCookie, Tombstones, join_fields, parse, split_joined,
    tombstone,
};

/// A Cookie field, the names that go from it, what is left, and why.
const RETAINED: &[(&str, &[&str], &str, &str)] = &[
    ("a=1; b=2; c=3", &[], "a=1; b=2; c=3", "nothing goes"),
    ("a=1; b=2; c=3", &["a"], "b=2; c=3", "the first takes the ; behind it"),
    ("a=1; b=2; c=3", &["b"], "a=1; c=3", "any other the one before it"),
    ("a=1; b=2; c=3", &["c"], "a=1; b=2", "and so the last"),
    ("a=1; b=2; c=3", &["a", "b"], "c=3", "the first two"),
    ("a=1; b=2; c=3", &["b", "c"], "a=1", "the last two"),
    ("a=1; b=2; c=3", &["a", "c"], "b=2", "all but one"),
    ("a=1; b=2; c=3", &["a", "b", "c"], "", "all"),
    ("a=1", &["a"], "", "the only one"),
    ("", &["a"], "", "nothing was there"),
    (" ", &["a"], " ", "what is no cookie stays"),
    ("a=1; a=2; b=3; a=4", &["a"], "b=3", "each of a name"),
    ("a=1;b=2;  c=3\t;d=4", &["c"], "a=1;b=2;d=4", "white space goes with the cookie it stands around"),
    ("a=1;b=2;  c=3\t;d=4", &["b"], "a=1;  c=3\t;d=4", "and stays with any other"),
    ("  a=1; \t b=2 ", &["a"], "b=2 ", "the field begins with what is left of it"),
    ("a = 1 ;b\t=2", &["b"], "a = 1 ", "around the ="),
    ("a=1;;b=2", &["a"], ";b=2", "an empty segment is no cookie, and stays"),
    (";a=1;", &["a"], ";", "at both ends"),
    ("a=1; ; b=2", &["b"], "a=1; ", "a blank one, too"),
    ("=x=y; a=1; =; b=2", &["a"], "=x=y; =; b=2", "nameless ones and ones of nothing stay"),
    ("x=y", &["y", ""], "x=y", "names are compared whole"),
    ("bare; a=1", &["a"], "bare", "a nameless cookie has no name to go by"),
    ("A=1; a=2", &["a"], "A=1", "in its own letter case"),
    ("a=DELETED; b=2", &["a"], "b=2", "a tombstone is asked for, too"),
    ("a=1; b\x01=2; c=3", &["b", "b\x01", "c"], "a=1; b\x01=2", "what has a control byte is no cookie"),
    ("a=\x7F; a=2", &["a"], "a=\x7F", "whatever its name"),
    ("a=\t1; b=\"x;y\"; c=é", &["a"], "b=\"x;y\"; c=é", "quotes keep nothing together"),
    ("é=1; ü=2", &["é"], "ü=2", "names beyond ASCII"),
];

#[test]
fn retained() {
    for &(field, names, left, reason) in RETAINED {
        let kept = Cookies::new(field).retain(|pair| !names.contains(&pair.name()));
        assert_eq!(kept, left, "{field:?} without {names:?}: {reason}");
        assert_eq!(matches!(kept, Cow::Borrowed(_)), left.len() == field.len(), "{field:?}: copied if something goes");
        let octets = Cookies::new(field.as_bytes()).retain(|pair| !names.iter().any(|name| pair.is_named(name)));
        assert_eq!(*octets, *left.as_bytes(), "{field:?} as octets: {reason}");
        let all = Cookies::new(field).tombstones(Tombstones::Containing).retain(|_| true);
        assert!(matches!(all, Cow::Borrowed(all) if core::ptr::eq(all, field)), "{field:?} as it stands");
    }
}

#[test]
fn retained_of_several_fields() {
    let rows: &[(&[&str], &[&str], &str, &str)] = &[
        (&[], &["a"], "", "no field"),
        (&["a=1"], &["a"], "", "one, of which nothing is left"),
        (&["a=1", "b=2"], &[], "a=1; b=2", "joined if nothing goes"),
        (&["a=1", "b=2"], &["a"], "b=2", "one field goes"),
        (&["a=1", "b=2"], &["b"], "a=1", "or the other"),
        (&["a=1; b=2", "b=3;c=4", "b=5"], &["b"], "a=1; c=4", "from each field"),
        (&["", "a=1", " ", "b=2\t"], &["c"], "a=1; b=2\t", "blank fields add nothing"),
        (&["a=1;", "b=2"], &[], "a=1;; b=2", "nothing but blank fields is left out"),
        (&["a=1", "b=2"], &["a", "b"], "", "all"),
    ];
    for &(fields, names, left, reason) in rows {
        let kept = Cookies::from_fields(fields).retain(|pair| !names.contains(&pair.name()));
        assert_eq!(kept, left, "{fields:?} without {names:?}: {reason}");
        #[cfg(feature = "http")]
        {
            let mut headers = http::HeaderMap::new();
            for &field in fields {
                headers.append(http::header::COOKIE, http::HeaderValue::from_str(field).unwrap());
            }
            let kept = Cookies::from_headers(&headers).retain(|pair| !names.iter().any(|name| pair.is_named(name)));
            assert_eq!(*kept, *left.as_bytes(), "{fields:?} of a map: {reason}");
        }
    }
}

#[test]
fn every_cookie_is_asked_for_once_and_in_order() {
    let mut asked = Vec::new();
    let fields = ["a=1; b=DELETED; c\0=3", "; =; d"];
    let kept = Cookies::from_fields(&fields).retain(|pair| {
        asked.push((pair.name(), pair.value()));
        pair.name() != "a"
    });
    assert_eq!(asked, [("a", "1"), ("b", "DELETED"), ("", "d")]);
    assert_eq!(kept, "b=DELETED; c\0=3; ; =; d");
}

#[test]
fn joined() {
    let rows: &[(&[&str], &str, &str)] = &[
        (&[], "", "none"),
        (&["a=1"], "a=1", "one"),
        (&[" a=1 "], " a=1 ", "as it stands"),
        (&["a=1", "b=2", "c=3"], "a=1; b=2; c=3", "three"),
        (&["", "a=1", " \t", "b=2", ""], "a=1; b=2", "blank ones add nothing"),
        (&["", " "], "", "nothing but blank ones"),
        (&["a=1; a=2", "a=1"], "a=1; a=2; a=1", "none is dropped for another"),
    ];
    for &(fields, text, reason) in rows {
        let joined = join_fields(fields);
        assert_eq!(joined, text, "{fields:?}: {reason}");
        let filled = fields.iter().filter(|field| !field.trim().is_empty()).count();
        assert_eq!(matches!(joined, Cow::Borrowed(_)), filled < 2, "{fields:?}: copied if there is something to join");
        let octets: Vec<Vec<u8>> = fields.iter().map(|field| field.as_bytes().to_vec()).collect();
        assert_eq!(*join_fields(&octets), *text.as_bytes(), "{fields:?} as octets: {reason}");
    }
}

/// Set-Cookie fields joined by commas, and what they are read as.
const SPLIT: &[(&str, &[&str], &str)] = &[
    ("", &[], "nothing"),
    (" , ,", &[", ,"], "a comma that separates nothing is a cookie's"),
    ("a=1", &["a=1"], "one"),
    ("a=1,b=2", &["a=1", "b=2"], "two"),
    ("a=1 \t,\t b=2 ", &["a=1", "b=2"], "white space around a line is no part of it"),
    ("a=1, b=2", &["a=1", "b=2"], "one cookie or two, and read as two"),
    ("a=1, b =2", &["a=1", "b =2"], "white space before the ="),
    ("a=1; Path=/, b=2; Secure,c=3", &["a=1; Path=/", "b=2; Secure", "c=3"], "with attributes"),
    (
        "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT, b=2; expires=Sun, 06-Nov-94 08:49:37 GMT; Path=/",
        &["a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "b=2; expires=Sun, 06-Nov-94 08:49:37 GMT; Path=/"],
        "the comma of a date separates nothing",
    ),
    ("a=x,y,z", &["a=x,y,z"], "a comma in a value"),
    ("a=x, y; Path=/", &["a=x, y; Path=/"], "before a word that no = follows"),
    ("a=1,b", &["a=1,b"], "a nameless cookie is not told apart"),
    ("a=1,=b", &["a=1,=b"], "with its = neither"),
    ("a=1,b c=2", &["a=1,b c=2"], "nor one whose name is no token"),
    ("a=1,é=2", &["a=1,é=2"], "beyond ASCII"),
    ("a=1,,b=2", &["a=1,", "b=2"], "the last of two commas separates"),
    ("a=1,", &["a=1,"], "nothing follows"),
    (",a=1", &["a=1"], "nothing is in front"),
    ("a=\"x, b=1\"", &["a=\"x", "b=1\""], "quotes keep nothing together"),
    ("a={\"k\":1,\"l\":2}", &["a={\"k\":1,\"l\":2}"], "JSON has no = behind a comma"),
    ("a=1,$b=2,__Host-c=3", &["a=1", "$b=2", "__Host-c=3"], "any token is a name"),
];

#[test]
fn split() {
    for &(line, lines, reason) in SPLIT {
        let mut split = split_joined(line);
        assert_eq!(split.by_ref().collect::<Vec<_>>(), lines, "{line:?}: {reason}");
        assert_eq!(split.next(), None, "{line:?}: stays ended");
        let octets: Vec<_> = lines.iter().map(|line| line.as_bytes()).collect();
        assert_eq!(split_joined(line.as_bytes()).collect::<Vec<_>>(), octets, "{line:?} as octets: {reason}");
    }
    let mut begun = split_joined("a=1,b=2,c=3");
    begun.next();
    assert_eq!(begun.clone().count(), 2, "a copy goes on where the iterator is");
    assert_eq!(format!("{begun:?}"), "SplitJoined { rest: Some(<7 octets>) }", "no value is shown");
}

type Set = fn(&mut SetCookie<'static>) -> Result<(), BuildError>;

/// A cookie as it came in, what is set, and how it is written then.
const SET: &[(&str, Set, &str, &str)] = &[
    ("a=1", |cookie| set(cookie.set_secure(true)), "a=1; Secure", "Secure"),
    ("a=1; secure=no", |cookie| set(cookie.set_secure(false)), "a=1", "and not"),
    ("a=1", |cookie| set(cookie.set_http_only(true)), "a=1; HttpOnly", "HttpOnly"),
    ("a=1; HttpOnly", |cookie| set(cookie.set_http_only(false)), "a=1", "and not"),
    ("a=1", |cookie| set(cookie.set_partitioned(true)), "a=1; Partitioned", "Partitioned, with or without Secure"),
    ("a=1; Partitioned", |cookie| set(cookie.set_partitioned(false)), "a=1", "and not"),
    ("a=1; SameSite=Lax", |cookie| set(cookie.set_same_site(Some(SameSite::None))), "a=1; SameSite=None", "SameSite"),
    ("a=1; SameSite=Lax", |cookie| set(cookie.set_same_site(None)), "a=1", "none"),
    (
        "a=1",
        |cookie| set(cookie.set_expires(Some(CookieDate::UNIX_EPOCH))),
        "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "Expires",
    ),
    ("a=1; Priority=Low", |cookie| set(cookie.set_priority(Some(Priority::High))), "a=1; Priority=High", "Priority"),
    ("a=1; Priority=Low", |cookie| set(cookie.set_priority(None)), "a=1", "none"),
    ("a=1; Expires=1 Jan 2027 0:0:0", |cookie| set(cookie.set_expires(None)), "a=1", "none"),
    ("a=1", |cookie| set(cookie.set_max_age(Some(Duration::from_millis(1999)))), "a=1; Max-Age=1", "whole seconds"),
    ("a=1", |cookie| set(cookie.set_max_age(Some(Duration::MAX))), "a=1; Max-Age=2147483647", "the longest"),
    ("a=1; Max-Age=5", |cookie| set(cookie.set_max_age(None)), "a=1", "none"),
    (
        "a=1",
        |cookie| cookie.set_domain(Some(".X.Org")).map(|_| ()),
        "a=1; Domain=x.org",
        "a Domain, as it takes effect",
    ),
    ("a=1", |cookie| cookie.set_domain(Some("..x")).map(|_| ()), "a=1; Domain=..x", "which is no host, and is written"),
    ("a=1", |cookie| cookie.set_domain(Some("10.0.0.1")).map(|_| ()), "a=1; Domain=10.0.0.1", "an address"),
    ("a=1", |cookie| cookie.set_domain(Some("bücher.de")).map(|_| ()), "a=1; Domain=bücher.de", "letters beyond ASCII"),
    ("a=1; Domain=x.org", |cookie| cookie.set_domain(None).map(|_| ()), "a=1", "none"),
    ("a=1; Path=/x", |cookie| cookie.set_path(Some("/é \t,=")).map(|_| ()), "a=1; Path=/é \t,=", "a Path of any octet"),
    ("a=1; Path=/x", |cookie| cookie.set_path(None).map(|_| ()), "a=1", "none"),
    ("a=1", |cookie| cookie.set_value("").map(|_| ()), "a=", "an empty value"),
    ("a=1", |cookie| cookie.set_value("x\ty, \"\\é=").map(|_| ()), "a=x\ty, \"\\é=", "what user agents keep"),
    ("a=1", |cookie| cookie.set_value("DELETED").map(|_| ()), "a=DELETED", "what is passed on may be a deletion"),
    ("1", |cookie| cookie.set_value("2").map(|_| ()), "2", "a nameless cookie"),
    ("1", |cookie| cookie.set_value("b=2").map(|_| ()), "=b=2", "stays one"),
    (
        "a=1; Note=High; x; Path=/x; NOTE",
        |cookie| {
            assert_eq!(cookie.remove_extension("note"), 2);
            assert_eq!(cookie.remove_extension(b"Path"), 0, "what the model knows is no extension");
            Ok(())
        },
        "a=1; Path=/x; x",
        "every extension of a name, in any letter case",
    ),
    (
        "sid=1; Domain=backend; Path=/app; Note=x",
        |cookie| {
            cookie.set_secure(true).set_http_only(true).set_same_site(Some(SameSite::Lax)).set_max_age(None);
            cookie.set_domain(Some("shop.example"))?.set_path(Some("/"))?.set_value("2")?.set_partitioned(false);
            Ok(())
        },
        "sid=2; Domain=shop.example; Path=/; Secure; HttpOnly; SameSite=Lax; Note=x",
        "one after the other",
    ),
];

#[allow(clippy::unnecessary_wraps, reason = "as the setters that refuse")]
fn set(_: &mut SetCookie<'static>) -> Result<(), BuildError> {
    Ok(())
}

#[test]
fn setters() {
    for &(line, set, text, reason) in SET {
        let mut cookie: SetCookie<'static> = line.parse().unwrap();
        set(&mut cookie).unwrap_or_else(|error| panic!("{line:?}: {error}: {reason}"));
        assert_eq!(cookie.to_string(), text, "{reason}");
        assert_eq!(SetCookie::parse(text), Ok(cookie), "{text:?} reads back: {reason}");
    }
}

const fn byte(part: Part, byte: u8, offset: usize) -> BuildError {
    BuildError::InvalidByte { part, byte, offset }
}

/// What a setter refuses of a cookie that came in, and why.
const REFUSED: &[(&str, Set, BuildError, &str)] = &[
    ("a=1", |cookie| cookie.set_value("b;c").map(|_| ()), byte(Part::Value, b';', 1), "it would begin an attribute"),
    ("a=1", |cookie| cookie.set_value("b\r\nX: y").map(|_| ()), byte(Part::Value, b'\r', 1), "or a field"),
    ("a=1", |cookie| cookie.set_value("\0").map(|_| ()), byte(Part::Value, 0, 0), "user agents drop it"),
    ("a=1", |cookie| cookie.set_value("\u{7F}").map(|_| ()), byte(Part::Value, 0x7F, 0), "each control byte"),
    ("a=1", |cookie| cookie.set_value(" b").map(|_| ()), byte(Part::Value, b' ', 0), "a reader would trim it"),
    ("a=1", |cookie| cookie.set_value("b\t").map(|_| ()), byte(Part::Value, b'\t', 1), "at either end"),
    ("1", |cookie| cookie.set_value("").map(|_| ()), BuildError::EmptyName, "neither name nor value"),
    ("a=1", |cookie| cookie.set_domain(Some("")).map(|_| ()), BuildError::EmptyDomain, "nothing"),
    ("a=1", |cookie| cookie.set_domain(Some(".")).map(|_| ()), BuildError::EmptyDomain, "nothing behind the dot"),
    (
        "a=1",
        |cookie| cookie.set_domain(Some("x;y")).map(|_| ()),
        byte(Part::Attribute(Domain), b';', 1),
        "it would begin an attribute",
    ),
    ("a=1", |cookie| cookie.set_domain(Some("x\n")).map(|_| ()), byte(Part::Attribute(Domain), b'\n', 1), "a line end"),
    ("a=1", |cookie| cookie.set_domain(Some("x ")).map(|_| ()), byte(Part::Attribute(Domain), b' ', 1), "an end"),
    (
        "a=1",
        |cookie| cookie.set_domain(Some(".\tx")).map(|_| ()),
        byte(Part::Attribute(Domain), b'\t', 1),
        "the offset counts the dot",
    ),
    ("a=1", |cookie| cookie.set_path(Some("")).map(|_| ()), BuildError::RelativePath, "nothing"),
    ("a=1", |cookie| cookie.set_path(Some("app")).map(|_| ()), BuildError::RelativePath, "user agents ignore it"),
    ("a=1", |cookie| cookie.set_path(Some("/;")).map(|_| ()), byte(Part::Attribute(Path), b';', 1), "an attribute"),
    ("a=1", |cookie| cookie.set_path(Some("/\u{B}")).map(|_| ()), byte(Part::Attribute(Path), 0x0B, 1), "a control"),
    ("a=1", |cookie| cookie.set_path(Some("/ ")).map(|_| ()), byte(Part::Attribute(Path), b' ', 1), "an end"),
];

#[test]
fn setters_refuse_what_is_not_safe() {
    for (line, set, error, reason) in REFUSED.iter().cloned() {
        let line = format!("{line}; Domain=x.org; Path=/x; Note=y");
        let mut cookie: SetCookie<'static> = line.parse().unwrap();
        let before = cookie.clone();
        assert_eq!(set(&mut cookie), Err(error), "{line:?}: {reason}");
        assert_eq!(cookie, before, "{line:?} is as it was: {reason}");
    }
}

#[test]
fn setters_refuse_what_is_too_long() {
    let text = |len: usize| "x".repeat(len);
    let long = |part, len| Some(BuildError::AttributeTooLong { part: Part::Attribute(part), len, max: 1024 });
    let rows: [(Result<(), BuildError>, Option<BuildError>, &str); 8] = [
        (of("a=1", |cookie| cookie.set_value(text(4095)).map(|_| ())), None, "a value as long as can be"),
        (
            of("a=1", |cookie| cookie.set_value(text(4096)).map(|_| ())),
            Some(BuildError::PairTooLong { len: 4097, max: 4096 }),
            "one octet more",
        ),
        (of("a=1", |cookie| cookie.set_domain(Some(&text(1024))).map(|_| ())), None, "a Domain as long as can be"),
        (of("a=1", |cookie| cookie.set_domain(Some(&text(1025))).map(|_| ())), long(Domain, 1025), "one octet more"),
        (
            of("a=1", |cookie| cookie.set_domain(Some(&format!("..{}", text(1023)))).map(|_| ())),
            long(Domain, 1025),
            "a dot of the name has another in front when it is written",
        ),
        (
            of("a=1", |cookie| cookie.set_domain(Some(&format!("..{}", text(1022)))).map(|_| ())),
            None,
            "which counts, too",
        ),
        (of("a=1", |cookie| cookie.set_path(Some(&format!("/{}", text(1023)))).map(|_| ())), None, "a Path"),
        (
            of("a=1", |cookie| cookie.set_path(Some(&format!("/{}", text(1024)))).map(|_| ())),
            long(Path, 1025),
            "one octet more",
        ),
    ];
    for (outcome, refused, reason) in rows {
        assert_eq!(outcome.err(), refused, "{reason}");
    }
}

/// What a setter says of a cookie; what it takes is written and read back.
fn of(line: &str, set: impl FnOnce(&mut SetCookie<'static>) -> Result<(), BuildError>) -> Result<(), BuildError> {
    let mut cookie: SetCookie<'static> = line.parse().unwrap();
    let outcome = set(&mut cookie);
    assert_eq!(SetCookie::parse(&cookie.to_string()), Ok(cookie));
    outcome
}

#[test]
fn octets_are_set_as_they_are() {
    let mut cookie = SetCookie::parse(b"a=\xFF; Path=/\xE9").unwrap();
    cookie.set_value(b"\xFE".as_slice()).unwrap();
    cookie.set_domain(Some(b".\xC9X")).unwrap().set_path(Some(b"/\xE8")).unwrap();
    assert_eq!(cookie.to_bytes(), b"a=\xFE; Domain=\xC9x; Path=/\xE8");
}

#[test]
fn a_cookie_is_known_by_name_domain_path_and_partition() {
    let cookie: SetCookie<'static> = "a=1; Domain=x.org; Path=/p".parse().unwrap();
    let rows = [
        ("a=2; domain=.X.ORG; path=/p; Secure; HttpOnly; SameSite=Lax; Max-Age=0; Note=x", true, "all else aside"),
        ("b=1; Domain=x.org; Path=/p", false, "the name"),
        ("A=1; Domain=x.org; Path=/p", false, "in its letter case"),
        ("a=1; Path=/p", false, "for the host alone"),
        ("a=1; Domain=y.org; Path=/p", false, "the Domain"),
        ("a=1; Domain=x.org", false, "the Path"),
        ("a=1; Domain=x.org; Path=/P", false, "in its letter case"),
        ("a=1; Domain=x.org; Path=/p/", false, "to the octet"),
        ("a=1; Domain=x.org; Path=/p; Partitioned", false, "the partition"),
    ];
    for (line, same, reason) in rows {
        let other = SetCookie::parse(line).unwrap();
        assert_eq!(cookie.id() == other.id(), same, "{line}: {reason}");
        let ids = std::collections::HashSet::from([cookie.id(), other.id()]);
        assert_eq!(ids.len() == 1, same, "{line} by its hash: {reason}");
    }
    assert_eq!(
        format!("{:?}", cookie.id()),
        r#"CookieId { name: "a", domain: Some("x.org"), path: Some("/p"), partitioned: false }"#
    );
}

/// A line, and what comes of it by `into_builder().build()`.
#[test]
fn built_again() {
    let rows: &[(&str, Result<&str, BuildError>, &str)] = &[
        ("a=1", Ok("a=1"), "no Path is no Path"),
        (
            "a=\"1\"; path=/p; domain=.X.org; max-age=5; SECURE; httponly; samesite=none; partitioned; Note = x; y",
            Ok("a=\"1\"; Max-Age=5; Domain=x.org; Path=/p; Secure; HttpOnly; SameSite=None; Partitioned; Note=x; y"),
            "all it says",
        ),
        (
            "a=DELETED; Max-Age=0; Path=/",
            Ok("a=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/"),
            "a deletion is one",
        ),
        ("a=DELETED; Path=/", Err(BuildError::ReservedValue), "its value alone is none"),
        ("a=DELETED; Max-Age=5", Err(BuildError::ReservedValue), "least of all where it lives"),
        ("1", Err(BuildError::EmptyName), "what a server should not send"),
        ("a=b c", Err(byte(Part::Value, b' ', 1)), "of the value"),
        ("a=1; Domain=10.0.0.1", Err(BuildError::IpDomain), "of the attributes"),
        ("a=1; x=1; X=2", Err(BuildError::Duplicate { part: Part::Flag(1) }), "extensions count as flags"),
        ("a=1; =x", Err(BuildError::EmptyFlag { part: Part::Flag(0) }), "and are judged as such"),
        ("a=1; x=é", Err(byte(Part::Flag(0), 0xC3, 0)), "to the octet"),
        ("a=1; SameSite=None", Err(BuildError::SameSiteNoneInsecure), "what user agents drop"),
    ];
    for (line, expected, reason) in rows.iter().cloned() {
        let built = SetCookie::parse(line).unwrap().into_builder().build();
        assert_eq!(built.map(|cookie| cookie.to_string()), expected.map(str::to_owned), "{line:?}: {reason}");
    }
    let renewed = tombstone("a").build().unwrap().into_builder().max_age(Duration::from_secs(5)).build().unwrap();
    assert_eq!(renewed.max_age(), Some(Duration::ZERO), "a deletion never lives");
    let changed: SetCookie<'_> = "a=1; Secure; x".parse().unwrap();
    let twice = changed.into_builder().flag("Secure").build();
    assert_eq!(twice.err().unwrap().to_string(), "the Secure attribute is given twice; give it once");
}

/// What a proxy passes on is the same field but for what it takes out.
#[test]
fn what_is_left_reads_as_it_did() {
    for &(field, names, ..) in RETAINED {
        let kept = Cookies::new(field).retain(|pair| !names.contains(&pair.name()));
        let expected: Vec<_> = parse(field).filter(|pair| !names.contains(&pair.name())).collect();
        assert_eq!(parse(&kept).collect::<Vec<_>>(), expected, "{field:?}");
        assert!(Cookies::new(&kept).refused().count() == Cookies::new(field).refused().count(), "{field:?}");
    }
}
