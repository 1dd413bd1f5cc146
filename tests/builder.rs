//! What the builder writes, and what it refuses.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use core::time::Duration;
extern crate alloc;

mod refusals;

use alloc::borrow::Cow;

use hardtack::AttributeName::{Domain, Expires, HttpOnly, MaxAge, Partitioned, Path, SameSite as SameSiteName, Secure};
use hardtack::error::{Part, Requirement};
use hardtack::{
    BuildError, CookieDate, Prefix, Priority, SameSite, SetCookie, SetCookieBuilder, parse_strict, tombstone,
};

use crate::refusals::{byte, lacks};

type Build = fn() -> SetCookieBuilder<'static>;

fn a() -> SetCookieBuilder<'static> {
    SetCookie::builder("a", "1")
}

fn named(name: &'static str) -> SetCookieBuilder<'static> {
    SetCookie::builder(name, "1")
}

fn valued(value: &'static str) -> SetCookieBuilder<'static> {
    SetCookie::builder("a", value)
}

/// How a cookie is built, what is written, and why.
const WRITTEN: &[(Build, &str, &str)] = &[
    (a, "a=1; Path=/", "Path is the root unless said otherwise"),
    (|| a().path("/app"), "a=1; Path=/app", "which is said so"),
    (|| a().path("/a b=c,\"d\"~"), "a=1; Path=/a b=c,\"d\"~", "any av-octet may stand in it"),
    (|| a().no_path(), "a=1", "or so"),
    (|| a().no_path().path("/app"), "a=1; Path=/app", "the last counts"),
    (|| a().flag("Secure").http_only(true), "a=1; Path=/; Secure; HttpOnly", "a flag is in the way of no other setter"),
    (|| named("!#$%&'*+-.^_`|~09AZaz"), "!#$%&'*+-.^_`|~09AZaz=1; Path=/", "a token's octets"),
    (|| named("$Version"), "$Version=1; Path=/", "no name is special"),
    (|| valued(""), "a=; Path=/", "an empty value"),
    (|| valued("!#+-:<[]~=="), "a=!#+-:<[]~==; Path=/", "the edges of each range of cookie-octets"),
    (|| valued("\"b\""), "a=\"b\"; Path=/", "quotes around a value are of it"),
    (|| valued("\"\""), "a=\"\"; Path=/", "even around nothing"),
    (|| valued("a%20b"), "a=a%20b; Path=/", "nothing is decoded or encoded unasked"),
    (|| a().secure(true), "a=1; Path=/; Secure", "Secure"),
    (|| a().http_only(true), "a=1; Path=/; HttpOnly", "HttpOnly"),
    (|| a().same_site(SameSite::Lax), "a=1; Path=/; SameSite=Lax", "SameSite"),
    (|| a().same_site(SameSite::Strict), "a=1; Path=/; SameSite=Strict", "each word of it"),
    (|| a().same_site(SameSite::None).secure(true), "a=1; Path=/; Secure; SameSite=None", "the last with Secure"),
    (|| a().partitioned(true).secure(true), "a=1; Path=/; Secure; Partitioned", "Partitioned too"),
    (|| a().max_age(Duration::from_secs(3600)), "a=1; Max-Age=3600; Path=/", "whole seconds"),
    (|| a().max_age(Duration::from_millis(1999)), "a=1; Max-Age=1; Path=/", "fractions are dropped"),
    (|| a().max_age(Duration::ZERO), "a=1; Max-Age=0; Path=/", "zero deletes"),
    (|| a().max_age(Duration::MAX), "a=1; Max-Age=2147483647; Path=/", "the longest"),
    (|| a().expires(CookieDate::UNIX_EPOCH), "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/", "a date"),
    (|| a().domain("example.com"), "a=1; Domain=example.com; Path=/", "a host"),
    (
        || a().domain(".Example.COM"),
        "a=1; Domain=example.com; Path=/",
        "one leading dot is dropped, letters are lowered",
    ),
    (|| a().domain("localhost"), "a=1; Domain=localhost; Path=/", "a name of one label"),
    (|| a().domain("xn--bcher-kva.example"), "a=1; Domain=xn--bcher-kva.example; Path=/", "an A-label"),
    (|| a().domain("3com.com"), "a=1; Domain=3com.com; Path=/", "a label may begin with a digit"),
    (
        || a().domain("1.2.3.4.example"),
        "a=1; Domain=1.2.3.4.example; Path=/",
        "digits make no address unless they end it",
    ),
    (|| a().domain("0xfg"), "a=1; Domain=0xfg; Path=/", "nor do letters beyond hexadecimal"),
    (|| a().domain("a--b.c-d"), "a=1; Domain=a--b.c-d; Path=/", "inner hyphens"),
    // Prefixes with all they demand.
    (|| named("__Secure-a").secure(true), "__Secure-a=1; Path=/; Secure", "Secure"),
    (
        || named("__Secure-a").secure(true).domain("x.org").path("/p"),
        "__Secure-a=1; Domain=x.org; Path=/p; Secure",
        "and nothing else",
    ),
    (|| named("__Host-a").secure(true), "__Host-a=1; Path=/; Secure", "Secure, the root, no Domain"),
    (|| named("__Host-a").secure(true).path("/"), "__Host-a=1; Path=/; Secure", "the root said aloud"),
    (
        || named("__Http-a").secure(true).http_only(true).path("/p"),
        "__Http-a=1; Path=/p; Secure; HttpOnly",
        "Secure and HttpOnly",
    ),
    (|| named("__Host-Http-a").secure(true).http_only(true), "__Host-Http-a=1; Path=/; Secure; HttpOnly", "all of it"),
    (|| named("__HostHttp-a"), "__HostHttp-a=1; Path=/", "another spelling is no prefix"),
    // One order, whatever the order of the calls.
    (
        || {
            a().flag("Note=High")
                .partitioned(true)
                .same_site(SameSite::None)
                .http_only(true)
                .secure(true)
                .path("/p")
                .domain("x.org")
                .max_age(Duration::from_secs(5))
                .expires(CookieDate::UNIX_EPOCH)
                .flag("k")
        },
        "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=5; Domain=x.org; Path=/p; Secure; HttpOnly; SameSite=None; Partitioned; Note=High; k",
        "all of them, backwards",
    ),
    // A setter called again takes the place of what it said.
    (|| a().secure(true).secure(false), "a=1; Path=/", "Secure taken back"),
    (|| a().http_only(false).http_only(true), "a=1; Path=/; HttpOnly", "HttpOnly said after all"),
    (|| a().partitioned(true).partitioned(false), "a=1; Path=/", "Partitioned, which then needs no Secure"),
    (|| a().same_site(SameSite::None).same_site(SameSite::Lax), "a=1; Path=/; SameSite=Lax", "SameSite, likewise"),
    (|| a().path("/p").path("/q"), "a=1; Path=/q", "Path"),
    (|| a().path("app").path("/q"), "a=1; Path=/q", "one that would be refused is not judged"),
    (|| a().path("/p").no_path(), "a=1", "none instead of one"),
    (|| a().no_path().path("/p"), "a=1; Path=/p", "one instead of none"),
    (|| a().domain("10.0.0.1").domain("x.org"), "a=1; Domain=x.org; Path=/", "Domain"),
    (|| a().max_age(Duration::MAX).max_age(Duration::from_secs(5)), "a=1; Max-Age=5; Path=/", "Max-Age"),
    (
        || a().expires(CookieDate::MAX).expires(CookieDate::UNIX_EPOCH),
        "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/",
        "Expires",
    ),
    // Expires beside Max-Age.
    (|| a().expires_from(CookieDate::UNIX_EPOCH), "a=1; Path=/", "without Max-Age it does nothing"),
    (
        || a().expires_from(CookieDate::UNIX_EPOCH).max_age(Duration::from_secs(60)),
        "a=1; Expires=Thu, 01 Jan 1970 00:01:00 GMT; Max-Age=60; Path=/",
        "in either order",
    ),
    (
        || a().expires(CookieDate::MAX).max_age(Duration::from_secs(60)).expires_from(CookieDate::UNIX_EPOCH),
        "a=1; Expires=Thu, 01 Jan 1970 00:01:00 GMT; Max-Age=60; Path=/",
        "what Max-Age says is what counts",
    ),
    (
        || a().max_age(Duration::MAX).expires_from(CookieDate::MAX),
        "a=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT; Max-Age=2147483647; Path=/",
        "up to the last date there is",
    ),
    // Flags the model knows.
    (|| a().flags(["Secure", "HttpOnly"]), "a=1; Path=/; Secure; HttpOnly", "names"),
    (
        || a().flags(["secure", "HTTPONLY", "partitioned"]),
        "a=1; Path=/; Secure; HttpOnly; Partitioned",
        "in any letter case",
    ),
    (|| a().flag("path=/p"), "a=1; Path=/p", "a Path"),
    (|| a().flag("HttpOnly").secure(true).path("/p"), "a=1; Path=/p; Secure; HttpOnly", "one, and setters of others"),
    (|| a().flag(" Path = /p "), "a=1; Path=/p", "trimmed as a reader would"),
    (|| a().flag("Domain=.X.org"), "a=1; Domain=x.org; Path=/", "a Domain"),
    (|| a().flag("max-age=5"), "a=1; Max-Age=5; Path=/", "a Max-Age"),
    (|| a().flag("Max-Age=-5"), "a=1; Max-Age=0; Path=/", "below zero is zero"),
    (|| a().flag("samesite=LAX"), "a=1; Path=/; SameSite=Lax", "a SameSite"),
    (
        || a().flag("Expires=Sat Jul 24 2027 22:30:27 GMT+0000"),
        "a=1; Expires=Sat, 24 Jul 2027 22:30:27 GMT; Path=/",
        "an Expires, in the form that is written",
    ),
    (|| named("__Host-a").flags(["Secure", "Path=/"]), "__Host-a=1; Path=/; Secure", "they count for a prefix"),
    // Flags it does not.
    (|| a().flags(["x", "priority = high", "y=", "z= w "]), "a=1; Path=/; Priority=High; x; y=; z=w", "kept in order"),
    (|| a().priority(Priority::Low).priority(Priority::Medium), "a=1; Path=/; Priority=Medium", "the last counts"),
    (|| a().flag("x=a=b,\"c d\""), "a=1; Path=/; x=a=b,\"c d\"", "any av-octet may stand in one"),
    (|| a().flags(Vec::<String>::new()), "a=1; Path=/", "none"),
    (|| a().flag(String::from("Path=/p")).flag(String::from("x=y")), "a=1; Path=/p; x=y", "owned ones"),
    (
        || {
            SetCookie::builder(String::from("a"), Cow::Borrowed("1"))
                .path(String::from("/p"))
                .domain(String::from(".x.org"))
        },
        "a=1; Domain=x.org; Path=/p",
        "any kind of text",
    ),
];

#[test]
fn written() {
    for &(build, text, reason) in WRITTEN {
        let cookie = build().build().unwrap_or_else(|error| panic!("{text:?} {error}: {reason}"));
        assert_eq!(cookie.to_string(), text, "{reason}");
        assert_eq!(cookie.encoded_len(), text.len(), "{text:?}: {reason}");
        assert_eq!(SetCookie::parse(text), Ok(cookie), "{text:?} reads back: {reason}");
        let pair = text.split(';').next().unwrap_or_default();
        assert!(parse_strict(pair).all(|pair| pair.is_ok()), "{pair:?} is of the grammar: {reason}");
    }
}

const fn twice(name: hardtack::AttributeName) -> BuildError {
    BuildError::Duplicate { part: Part::Attribute(name) }
}

const fn misfit(attribute: hardtack::AttributeName, index: usize) -> BuildError {
    BuildError::InvalidFlag { attribute, index }
}

/// How a cookie is built, why it is not, and the rule; the rest of them is in `refusals`.
const REFUSED: &[(Build, BuildError, &str)] = &[
    // The value.
    (|| valued("a1b2;c3"), byte(Part::Value, b';', 4), "a semicolon would begin an attribute"),
    (|| valued("v\r\nSet-Cookie: x=y"), byte(Part::Value, b'\r', 1), "a line end would begin a field"),
    (|| valued("v\n"), byte(Part::Value, b'\n', 1), "half of one too"),
    (|| valued("\0"), byte(Part::Value, 0, 0), "NUL"),
    (|| valued("a b"), byte(Part::Value, b' ', 1), "a space"),
    (|| valued(" "), byte(Part::Value, b' ', 0), "nothing but one"),
    (|| valued("a\t"), byte(Part::Value, b'\t', 1), "a tab"),
    (|| valued("a,b"), byte(Part::Value, b',', 1), "a comma"),
    (|| valued("a\\b"), byte(Part::Value, b'\\', 1), "a backslash"),
    (|| valued("a\"b"), byte(Part::Value, b'"', 1), "an inner quote"),
    (|| valued("\""), byte(Part::Value, b'"', 0), "one quote"),
    (|| valued("\"a"), byte(Part::Value, b'"', 0), "an open quote"),
    (|| valued("a\""), byte(Part::Value, b'"', 1), "a closing one"),
    (|| valued("\"a b\""), byte(Part::Value, b' ', 2), "quotes allow nothing more"),
    (|| valued("\"a\"b\""), byte(Part::Value, b'"', 2), "not even a quote"),
    (|| valued("é"), byte(Part::Value, 0xC3, 0), "a letter beyond ASCII"),
    (|| valued("\u{7F}"), byte(Part::Value, 0x7F, 0), "DEL"),
    (|| valued("DELETED"), BuildError::ReservedValue, "it would be read as deleted"),
    (|| valued("\"DELETED\""), BuildError::ReservedValue, "in quotes, too"),
    (|| valued("DELETED").max_age(Duration::ZERO), BuildError::ReservedValue, "tombstone(..) is for that"),
    // Attributes.
    (|| a().flag("SameSite=None"), BuildError::SameSiteNoneInsecure, "what a flag says counts, too"),
    // The same attribute twice, by flag or by both.
    (|| a().secure(true).flag("secure"), twice(Secure), "by setter and by flag"),
    (|| a().flag("HttpOnly").http_only(true), twice(HttpOnly), "by flag and by setter"),
    (|| a().flags(["Partitioned", "Partitioned"]), twice(Partitioned), "by flag alone"),
    (|| a().expires(CookieDate::MIN).flag("Expires=1 Jan 2020 00:00:00"), twice(Expires), "an Expires"),
    (|| a().flag("Expires=1 Jan 2020 00:00:00").expires(CookieDate::MIN), twice(Expires), "the other way round"),
    (|| a().max_age(Duration::ZERO).flag("Max-Age=1"), twice(MaxAge), "a Max-Age"),
    (|| a().flag("Max-Age=1").max_age(Duration::ZERO), twice(MaxAge), "the other way round"),
    (|| a().domain("x.org").flag("Domain=y.org"), twice(Domain), "a Domain"),
    (|| a().flag("Domain=y.org").domain("x.org"), twice(Domain), "the other way round"),
    (|| a().path("/").flag("Path=/p"), twice(Path), "a Path"),
    (|| a().flag("Path=/p").path("/"), twice(Path), "the other way round"),
    (|| a().no_path().flag("Path=/p"), twice(Path), "none and a Path"),
    (|| a().flag("Path=/p").no_path(), twice(Path), "a Path and none"),
    (|| a().same_site(SameSite::Lax).flag("SameSite=Lax"), twice(SameSiteName), "a SameSite"),
    (|| a().flag("SameSite=Lax").same_site(SameSite::Lax), twice(SameSiteName), "the other way round"),
    (
        || a().flags(["x=1", "y", "X=2"]),
        BuildError::Duplicate { part: Part::Flag(2) },
        "an unknown one, in any letter case",
    ),
    (
        || a().flag("x").secure(true).flag("x"),
        BuildError::Duplicate { part: Part::Flag(1) },
        "flags are counted, setters are not",
    ),
    // Flags.
    (|| a().flag(""), BuildError::EmptyFlag { part: Part::Flag(0) }, "nothing"),
    (|| a().flag("  "), BuildError::EmptyFlag { part: Part::Flag(0) }, "nothing but white space"),
    (|| a().flags(["x", "=v"]), BuildError::EmptyFlag { part: Part::Flag(1) }, "a value without a name"),
    (|| a().flag("x;y"), byte(Part::Flag(0), b';', 1), "a semicolon"),
    (|| a().flag("x=v\r\nX: y"), byte(Part::Flag(0), b'\r', 3), "a line end"),
    (|| a().flags(["Secure", "HttpOnly\n"]), byte(Part::Flag(1), b'\n', 8), "in a known one"),
    (|| a().flag("\tx"), byte(Part::Flag(0), b'\t', 0), "a tab"),
    (|| a().flag("x=\u{7F}"), byte(Part::Flag(0), 0x7F, 2), "DEL"),
    (|| a().flag("é"), byte(Part::Flag(0), 0xC3, 0), "a letter beyond ASCII"),
    (|| a().flag("Path=/a;b"), byte(Part::Flag(0), b';', 7), "the offset counts from the flag's start"),
    (|| a().flag("Max-Age=soon"), misfit(MaxAge, 0), "a word is no age"),
    (|| a().flag("Max-Age"), misfit(MaxAge, 0), "nor is nothing"),
    (|| a().flag("Max-Age=1.5"), misfit(MaxAge, 0), "nor is a fraction"),
    (|| a().flags(["x", "Expires=tomorrow"]), misfit(Expires, 1), "a word is no date"),
    (|| a().flag("Expires"), misfit(Expires, 0), "nor is nothing"),
    (|| a().flag("SameSite=Loose"), misfit(SameSiteName, 0), "an unknown word"),
    (|| a().flag("SameSite"), misfit(SameSiteName, 0), "none"),
    (|| a().flag("Domain=127.0.0.1"), misfit(Domain, 0), "an address"),
    (|| a().flag("Domain"), misfit(Domain, 0), "no host"),
    (|| a().flag("Domain="), misfit(Domain, 0), "an empty one"),
    (|| a().flag("Path=app"), misfit(Path, 0), "a Path without its slash"),
    (|| a().flag("Path"), misfit(Path, 0), "no Path"),
    (|| a().flag("Secure=1"), misfit(Secure, 0), "a value where none can be held"),
    (|| a().flag("Secure="), misfit(Secure, 0), "an empty one too"),
    (|| a().flag("HttpOnly=true"), misfit(HttpOnly, 0), "of each"),
    (|| a().flag("Partitioned=no"), misfit(Partitioned, 0), "that is a flag"),
    // The first one counts: the name, the value, then setters in the order they were called.
    (|| SetCookie::builder("", "\n").path("x"), BuildError::EmptyName, "the name before the value"),
    (|| valued("\n").secure(true).secure(true), byte(Part::Value, b'\n', 0), "the value before the attributes"),
    (
        || a().flag("").secure(true).secure(true),
        BuildError::EmptyFlag { part: Part::Flag(0) },
        "the first of two flaws",
    ),
    (|| a().secure(true).flag("Secure").flag(""), twice(Secure), "either way round"),
    (|| a().flag("").flag("Max-Age=x"), BuildError::EmptyFlag { part: Part::Flag(0) }, "of two flags"),
    // A deletion adds what is demanded, and no more.
    (|| tombstone("__Host-a").path("/p"), lacks(Prefix::Host, Requirement::RootPath), "a Path is not added"),
    (|| tombstone("__Host-a").domain("x.org"), lacks(Prefix::Host, Requirement::NoDomain), "a Domain is not dropped"),
    (|| tombstone(""), BuildError::EmptyName, "a name is not made up"),
];

#[test]
fn refused() {
    for (build, error, reason) in REFUSED.iter().cloned() {
        let refused = build().build();
        assert_eq!(refused.as_ref().err(), Some(&error), "{refused:?}: {reason}");
    }
    for (name, says, error, reason) in refusals::REFUSED.iter().cloned() {
        let refused = says.iter().fold(named(name), |builder, say| say.of(builder)).build();
        assert_eq!(refused.as_ref().err(), Some(&error), "{refused:?}: {reason}");
    }
}

/// Every octet of ASCII in each part: refused by what the grammar says, at its offset.
#[test]
fn every_ascii_octet_in_each_part() {
    for octet in 0..0x80_u8 {
        let text = format!("x{}y", char::from(octet));
        let path = format!("/{text}");
        let refused = |part, offset| Err(byte(part, octet, offset));
        let is_token = octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&octet);
        let is_cookie_octet = matches!(octet, 0x21 | 0x23..=0x2B | 0x2D..=0x3A | 0x3C..=0x5B | 0x5D..=0x7E);
        let is_av_octet = matches!(octet, 0x20..=0x3A | 0x3C..=0x7E);
        let outcome = |builder: SetCookieBuilder<'_>| builder.build().map(|_| ());
        let expect = |allowed: bool, part, offset| if allowed { Ok(()) } else { refused(part, offset) };
        assert_eq!(outcome(SetCookie::builder(&*text, "1")), expect(is_token, Part::Name, 1), "{octet:#04X} in a name");
        assert_eq!(
            outcome(SetCookie::builder("a", &*text)),
            expect(is_cookie_octet, Part::Value, 1),
            "{octet:#04X} in a value"
        );
        assert_eq!(outcome(a().path(&*path)), expect(is_av_octet, Part::Attribute(Path), 2), "{octet:#04X} in a Path");
        assert_eq!(outcome(a().flag(&*text)), expect(is_av_octet, Part::Flag(0), 1), "{octet:#04X} in a flag");
        let is_host = octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.');
        assert_eq!(
            outcome(a().domain(&*text)),
            expect(is_host, Part::Attribute(Domain), 1),
            "{octet:#04X} in a Domain"
        );
    }
}

#[test]
fn sizes() {
    let text = |len: usize| "x".repeat(len);
    let path = |len: usize| format!("/{}", text(len - 1));
    let label = |len: usize| format!("{}.org", text(len));
    let host = |len: usize| format!("{0}.{0}.{0}.x.{1}", text(62), text(len - 3 * 63 - 2));
    let too_long = |len| Err(BuildError::PairTooLong { len, max: 4096 });
    let attribute_too_long = |part, len| Err(BuildError::AttributeTooLong { part, len, max: 1024 });
    let rows: Vec<(SetCookieBuilder<'_>, Result<(), BuildError>, &str)> = vec![
        (SetCookie::builder(text(1), text(4095)), Ok(()), "a value as long as can be"),
        (SetCookie::builder(text(1), text(4096)), too_long(4097), "one octet more"),
        (SetCookie::builder(text(4096), ""), Ok(()), "a name as long as can be"),
        (SetCookie::builder(text(4097), ""), too_long(4097), "one octet more"),
        (SetCookie::builder("a", format!("\"{}\"", text(4093))), Ok(()), "quotes count"),
        (SetCookie::builder("a", format!("\"{}\"", text(4094))), too_long(4097), "both of them"),
        (a().path(path(1024)), Ok(()), "a Path as long as can be"),
        (a().path(path(1025)), attribute_too_long(Part::Attribute(Path), 1025), "one octet more"),
        (a().flag(format!("Path={}", path(1024))), Ok(()), "as a flag, whose name does not count"),
        (a().flag(format!("Path={}", path(1025))), attribute_too_long(Part::Flag(0), 1025), "one octet more"),
        (a().flag(format!("x={}", text(1024))), Ok(()), "an unknown one"),
        (a().flags((0..1024).map(|index| format!("x{index}"))), Ok(()), "as many as are read back"),
        (
            a().flags((0..1025).map(|index| format!("x{index}"))),
            Err(BuildError::TooManyExtensions { max: 1024 }),
            "one more",
        ),
        (a().flag(format!("x={}", text(1025))), attribute_too_long(Part::Flag(0), 1025), "one octet more"),
        (
            a().flag("y").flag(format!("Max-Age={}", "1".repeat(1025))),
            attribute_too_long(Part::Flag(1), 1025),
            "a known one's value, before it is read",
        ),
        (a().flag(text(1024)), Ok(()), "a name of that length"),
        (a().flag(text(1025)), attribute_too_long(Part::Flag(0), 1025), "one octet more"),
        (a().domain(label(63)), Ok(()), "a label as long as can be"),
        (a().domain(label(64)), Err(BuildError::InvalidLabel { offset: 0 }), "one octet more"),
        (a().domain(format!("x.{}", label(64))), Err(BuildError::InvalidLabel { offset: 2 }), "behind another"),
        (a().domain(host(253)), Ok(()), "a host name as long as can be"),
        (a().domain(format!(".{}", host(253))), Ok(()), "its leading dot does not count"),
        (a().domain(host(254)), Err(BuildError::DomainTooLong { len: 254, max: 253 }), "one octet more"),
        (a().domain(format!(".{}", host(254))), Err(BuildError::DomainTooLong { len: 254, max: 253 }), "behind a dot"),
        (a().domain(text(1024)), Err(BuildError::InvalidLabel { offset: 0 }), "far more"),
        (a().domain(text(1025)), attribute_too_long(Part::Attribute(Domain), 1025), "more than any attribute"),
    ];
    for (builder, expected, reason) in rows {
        assert_eq!(builder.build().map(|_| ()), expected, "{reason}");
    }
}

#[test]
#[cfg(feature = "percent-encode")]
fn percent_encoded() {
    let rows: &[(&str, &str, &str)] = &[
        ("", "", "nothing"),
        ("abc", "abc", "nothing to encode"),
        ("100 %; ö", "100%20%25%3B%20%C3%B6", "what may not stand in a value, and the percent sign"),
        ("a%20b", "a%2520b", "encoded again"),
        ("\r\n\0\t\u{7F}", "%0D%0A%00%09%7F", "controls"),
        ("\"a,b\\c\"", "%22a%2Cb%5Cc%22", "quotes too, also around it"),
        ("a=b&c/d:e", "a=b&c/d:e", "cookie-octets stay as they are"),
        ("a+b", "a%2Bb", "but for the plus sign, which some decoders read as a space"),
        ("DELETED", "%44ELETED", "a value, and no deletion"),
    ];
    for &(value, expected, reason) in rows {
        let cookie = SetCookie::builder("a", value).percent_encoded().build().unwrap();
        assert_eq!(cookie.value(), expected, "{value:?}: {reason}");
        let field = cookie.to_string();
        let pair = hardtack::parse(&*field).next().unwrap();
        assert_eq!(pair.decode().as_deref(), Ok(value), "{value:?} reads back: {reason}");
    }
    let ends = [("\u{1F}", "%1F"), ("!", "!"), ("~", "~"), ("\u{80}", "%C2%80")];
    for (value, expected) in ends {
        assert_eq!(SetCookie::builder("a", value).percent_encoded().build().unwrap().value(), expected, "{value:?}");
    }
    let long = "é".repeat(683);
    let refused = SetCookie::builder("a", &*long).percent_encoded().build();
    assert_eq!(refused.err(), Some(BuildError::PairTooLong { len: 4099, max: 4096 }), "the length is what is written");
    let twice = SetCookie::builder("a", "%").percent_encoded().percent_encoded().build();
    assert_eq!(twice.unwrap().value(), "%25", "asked twice, encoded once");
    let name = SetCookie::builder("a b", "1").percent_encoded().build();
    assert_eq!(name.err(), Some(byte(Part::Name, b' ', 1)), "a name is never encoded");
}

#[test]
fn quoted() {
    let rows: &[(&str, &str, &str)] = &[
        ("", "", "nothing"),
        ("abc", "abc", "nothing to quote"),
        ("a b", "\"a b\"", "a space"),
        ("a;b,c", "\"a\\073b\\054c\"", "what quotes do not protect"),
        ("\"a\"", "\"\\\"a\\\"\"", "quotes"),
        ("\\", "\"\\\\\"", "a backslash"),
        ("é", "\"\\303\\251\"", "UTF-8"),
        ("\r\n\0", "\"\\015\\012\\000\"", "what would end the field"),
        ("DELETED", "\"\\104ELETED\"", "a value, and no deletion"),
    ];
    for &(value, expected, reason) in rows {
        let cookie = SetCookie::builder("a", value).quoted().build().unwrap();
        assert_eq!(cookie.value(), expected, "{value:?}: {reason}");
        assert!(!cookie.is_tombstone(), "{value:?}: {reason}");
        let field = cookie.to_string();
        assert_eq!(SetCookie::parse(&field), Ok(cookie), "{value:?} reads back: {reason}");
        let pair = hardtack::parse(&field).next().unwrap();
        assert_eq!(pair.unquoted(), value, "{value:?} reads back: {reason}");
    }
    let again = SetCookie::builder("a", "a b").quoted().quoted().build().unwrap();
    assert_eq!(again.value(), "\"a b\"", "asked twice, quoted once");
    let long = SetCookie::builder("a", "é".repeat(512)).quoted().build();
    assert_eq!(long.err(), Some(BuildError::PairTooLong { len: 4099, max: 4096 }), "the length is what is written");
    let name = SetCookie::builder("a b", "1").quoted().build();
    assert_eq!(name.err(), Some(byte(Part::Name, b' ', 1)), "a name is never quoted");
    let deleted = tombstone("a").quoted().build().unwrap();
    assert_eq!(deleted.max_age(), Some(Duration::ZERO), "a deletion stays one");
    #[cfg(feature = "percent-encode")]
    {
        let first = SetCookie::builder("a", "a b").quoted().percent_encoded().build().unwrap();
        let second = SetCookie::builder("a", "a b").percent_encoded().quoted().build().unwrap();
        assert_eq!((first.value(), second.value()), ("\"a b\"", "a%20b"), "the first form that is asked for");
    }
}

#[test]
fn debug_shows_the_path_that_will_be_written() {
    let rows: [(Build, &str, &str); 3] = [
        (a, "path: Some(\"/\")", "the root, unless said otherwise"),
        (|| a().path("/app"), "path: Some(\"/app\")", "what was said"),
        (|| a().no_path(), "path: None", "none"),
    ];
    for (build, path, reason) in rows {
        let shown = format!("{:?}", build());
        assert!(shown.contains(path), "{shown}: {reason}");
    }
}

#[test]
fn a_builder_is_cloned_with_all_it_was_given() {
    let builder = a().secure(true).flag("x").flag("y=z").domain("x.org");
    assert_eq!(builder.clone().build(), builder.clone().build());
    assert_eq!(builder.clone().flag("x").build(), Err(BuildError::Duplicate { part: Part::Flag(2) }));
    assert_eq!(builder.build().unwrap().to_string(), "a=1; Domain=x.org; Path=/; Secure; x; y=z");
}

#[test]
fn a_builder_shows_the_path_it_will_write() {
    for (builder, path) in [(a(), Some("/")), (a().path("/p"), Some("/p")), (a().no_path(), None)] {
        let shown = format!("{builder:?}");
        let set = builder.build().unwrap();
        assert_eq!(set.path(), path);
        let (_, shown) = shown.split_once("value: <1 octet>, attributes: ").unwrap();
        assert!(shown.starts_with(&format!("{:?}", set.attributes())), "{shown}");
    }
}

#[test]
fn expires_takes_every_kind_of_moment() {
    let text = "a=1; Expires=Sun, 09 Sep 2001 01:46:40 GMT; Path=/";
    let moment = time::OffsetDateTime::from_unix_timestamp(1_000_000_000).unwrap();
    assert_eq!(a().expires(moment).build().unwrap().to_string(), text);
    assert_eq!(a().expires(CookieDate::from(moment)).build().unwrap().to_string(), text);
    #[cfg(feature = "std")]
    assert_eq!(
        a().expires(std::time::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).build().unwrap().to_string(),
        text
    );
}
