//! Values in output: shown where they are asked for, kept out of what goes into a log.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod random;

use hardtack::{Cookies, SetCookie, parse};
use proptest::prelude::proptest;
use proptest::{prop_assert, prop_assert_eq};

use crate::random::{config, octets, text};

/// A Cookie field, and what an access log says of it.
const REQUESTS: &[(&[u8], &str, &str)] = &[
    (b"", "", "nothing"),
    (b"sid=31d4", "sid=<4>", "one"),
    (b"sid=31d4;theme= dark ;a=", "sid=<4>; theme=<4>; a=<0>", "the length of what is read"),
    (b"bare; =x", "<4>; <1>", "a nameless cookie is all value"),
    (b"=a=b", "<3>", "with an = of its own, too"),
    (b"a=DELETED; b=1", "b=<1>", "a tombstone is absent"),
    (b"a=1; b\r\n2=3; c=4", "a=<1>; c=<1>", "what is refused is not logged"),
    ("é=☃".as_bytes(), "\\xc3\\xa9=<3>", "a name beyond ASCII, octet by octet"),
    (b"\xFF=1", "\\xff=<1>", "UTF-8 or not"),
    (b"a\tb=1", "a\\tb=<1>", "white space inside a name"),
    (b"a\"\\=1", "a\\\"\\\\=<1>", "quotes and escapes of the log's own"),
    (b"'=1; \"=1", "\\'=<1>; \\\"=<1>", "a quote by itself"),
    (b"a\x1B[31m=1; b=2", "b=<1>", "no escape of a terminal"),
    ("a\u{2028}b=1".as_bytes(), "a\\xe2\\x80\\xa8b=<1>", "no line separator of Unicode"),
    (b"sid=<4>; x=1", "sid=<3>; x=<1>", "a value that looks like a length"),
];

#[test]
fn requests_in_a_log() {
    for &(field, text, reason) in REQUESTS {
        let cookies = Cookies::new(field);
        assert_eq!(cookies.redacted().to_string(), text, "{}: {reason}", field.escape_ascii());
        assert_eq!(format!("{:?}", cookies.redacted()), text, "{}: {reason}", field.escape_ascii());
        let (mut line, mut pairs) = (String::from(">"), String::from(">"));
        cookies.redacted().append_to(&mut line);
        for (index, pair) in cookies.iter().enumerate() {
            pairs.push_str(if index > 0 { "; " } else { "" });
            pair.redacted().append_to(&mut pairs);
            let (shown, debug) = (pair.redacted().to_string(), format!("{:?}", pair.redacted()));
            assert!(pairs.ends_with(&shown) && shown == debug, "{shown}");
        }
        assert_eq!((line, pairs), (format!(">{text}"), format!(">{text}")), "{}: {reason}", field.escape_ascii());
        if let Ok(field) = str::from_utf8(field) {
            assert_eq!(Cookies::new(field).redacted().to_string(), text, "{field:?} as text: {reason}");
        }
    }
    let fields = ["a=1", "b=22"];
    assert_eq!(Cookies::from_fields(&fields).redacted().to_string(), "a=<1>; b=<2>", "several fields");
}

/// A Set-Cookie field, and what an access log says of it.
const RESPONSES: &[(&[u8], &str, &str)] = &[
    (b"sid=31d4", "sid=<4>", "a value"),
    (
        b"sid=31d4; Secure; Path=/; Domain=X.org",
        "sid=<4>; Domain=x.org; Path=/; Secure",
        "attributes, as they take effect",
    ),
    (b"bare; HttpOnly", "<4>; HttpOnly", "a nameless cookie"),
    (b"=a=b; HttpOnly", "<3>; HttpOnly", "with an = of its own"),
    (b"sid=Path=/; Path=/p", "sid=<6>; Path=/p", "a value like an attribute"),
    (b"a=1; x=\xFF\t\"", "a=<1>; x=\\xff\\t\\\"", "what is no printable ASCII is escaped"),
    ("ü=1; Path=/é".as_bytes(), "\\xc3\\xbc=<1>; Path=/\\xc3\\xa9", "anywhere"),
];

#[test]
fn responses_in_a_log() {
    for &(field, text, reason) in RESPONSES {
        let cookie = SetCookie::parse(field).unwrap();
        assert_eq!(cookie.redacted().to_string(), text, "{}: {reason}", field.escape_ascii());
        assert_eq!(format!("{:?}", cookie.redacted()), text, "{}: {reason}", field.escape_ascii());
        let mut line = String::from(">");
        cookie.redacted().append_to(&mut line);
        assert_eq!(line, format!(">{text}"), "{}: {reason}", field.escape_ascii());
    }
}

#[test]
fn exposed_on_request() {
    let pair = parse("sid=31d4").next().unwrap();
    assert_eq!(format!("{:?}", pair.exposed()), r#"Pair { name: "sid", value: "31d4" }"#);
    let cookies = Cookies::new(b"sid=31d4; a=DELETED; x=\xFF");
    assert_eq!(
        format!("{:?}", cookies.exposed()),
        r#"[Pair { name: b"sid", value: b"31d4" }, Pair { name: b"x", value: b"\xff" }]"#
    );
    let cookie = SetCookie::parse("sid=31d4; Secure").unwrap();
    let hidden = format!("{cookie:?}");
    assert_eq!(format!("{:?}", cookie.exposed()), hidden.replace("<4 octets>", "\"31d4\""), "all else is the same");
}

/// What is compared is the cookie, not how it is shown: the assertion that fails says what differs.
#[test]
fn exposed_cookies_are_compared() {
    let one = SetCookie::parse("sid=1; Path=/").unwrap();
    let same = SetCookie::parse("sid=1; path=/").unwrap();
    let other = SetCookie::parse("sid=2; Path=/").unwrap();
    assert_eq!(one.exposed(), same.exposed());
    assert_ne!(one.exposed(), other.exposed());
    let (a, b) = (parse("a=1").next().unwrap(), parse("a=2").next().unwrap());
    assert_eq!(a.exposed(), parse(" a=1").next().unwrap().exposed());
    assert_ne!(a.exposed(), b.exposed());
}

proptest! {
    #![proptest_config(config())]

    /// Printable ASCII, whatever comes in: no line is begun, no terminal told anything, no value told.
    #[test]
    fn a_log_line_is_a_line(field in octets()) {
        let is_quiet = |text: &str| text.bytes().all(|octet| matches!(octet, b' '..=b'~'));
        let logged = Cookies::new(&field).redacted().to_string();
        prop_assert!(is_quiet(&logged), "{:?}", logged);
        prop_assert!(logged.matches('<').count() >= Cookies::new(&field).count());
        if let Ok(cookie) = SetCookie::parse(&field) {
            let logged = cookie.redacted().to_string();
            let mut line = String::new();
            cookie.redacted().append_to(&mut line);
            prop_assert_eq!(&line, &logged);
            prop_assert!(is_quiet(&logged), "{:?}", logged);
            let written = cookie.to_bytes();
            prop_assert_eq!(logged.split(';').count(), written.split(|&octet| octet == b';').count());
        }
    }

    #[test]
    fn a_log_line_does_not_depend_on_values(field in text(), secret in "[a-z0-9]{8}") {
        let first = format!("{field}; sid={secret}");
        let second = format!("{field}; sid=xxxxxxxx");
        prop_assert_eq!(Cookies::new(&first).redacted().to_string(), Cookies::new(&second).redacted().to_string());
        let (first, second) = (format!("sid={secret}; {field}"), format!("sid=xxxxxxxx; {field}"));
        if let (Ok(first), Ok(second)) = (SetCookie::parse(&first), SetCookie::parse(&second)) {
            prop_assert_eq!(first.redacted().to_string(), second.redacted().to_string());
            prop_assert_eq!(format!("{first:?}"), format!("{second:?}"));
        }
    }
}
