//! The texts of errors, to the letter; and that no text, and no Debug, holds a cookie's value.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use core::error::Error;
use core::fmt::Debug;

use hardtack::AttributeName::{Domain, Expires, HttpOnly, MaxAge, Partitioned, Path, SameSite, Secure};
use hardtack::error::{Part, Requirement};
use hardtack::{
    Attributes, BuildError, CookieDate, Cookies, DateError, DecodeError, ParseError, Prefix, SetCookie, Tombstones,
    parse, parse_strict,
};

#[track_caller]
fn check<E: Error + Clone + PartialEq + Send + Sync + 'static>(rows: &[(E, &str)]) {
    for (error, text) in rows {
        assert_eq!(error.to_string(), *text);
        assert!(error.source().is_none(), "{text:?} is the whole of it");
    }
}

#[test]
fn parse_errors() {
    let byte = |part, byte| ParseError::InvalidByte { part, byte, offset: 4 };
    check(&[
        (
            ParseError::ControlByte { byte: 0x0D, offset: 5 },
            "byte 0x0D at offset 5 is a control byte, for which user agents drop the whole cookie; remove it",
        ),
        (
            ParseError::EmptyCookie,
            "the cookie has neither a name nor a value, for which user agents drop it; write name=value",
        ),
        (
            ParseError::PairTooLong { len: 4099, max: 4096, offset: 4098 },
            "name and value are 4099 octets together, of which user agents keep at most 4096; shorten the value or keep it on the server",
        ),
        (
            byte(Part::Name, b' '),
            "byte 0x20 at offset 4 is not allowed in a cookie name; use letters, digits and !#$%&'*+-.^_`|~",
        ),
        (byte(Part::Value, b','), "byte 0x2C at offset 4 is not allowed in a cookie value; percent-encode it"),
        (ParseError::MissingEquals { offset: 3 }, "the pair at offset 3 has no \"=\"; write name=value"),
        (ParseError::EmptyName { offset: 3 }, "the pair at offset 3 has no name before its \"=\"; name the cookie"),
        (ParseError::EmptyPair { offset: 3 }, "there is no pair at offset 3; remove the \";\" before it"),
        (
            ParseError::MissingSpace { offset: 3 },
            "the \";\" before offset 3 is not followed by a space; separate pairs by \"; \"",
        ),
    ]);
}

#[test]
fn offsets_of_parse_errors() {
    let rows = [
        (ParseError::ControlByte { byte: 0, offset: 1 }, 1),
        (ParseError::EmptyCookie, 0),
        (ParseError::PairTooLong { len: 4097, max: 4096, offset: 2 }, 2),
        (ParseError::InvalidByte { part: Part::Name, byte: 0, offset: 3 }, 3),
        (ParseError::MissingEquals { offset: 4 }, 4),
        (ParseError::EmptyName { offset: 5 }, 5),
        (ParseError::EmptyPair { offset: 6 }, 6),
        (ParseError::MissingSpace { offset: 7 }, 7),
    ];
    for (error, offset) in rows {
        assert_eq!(error.offset(), offset, "{error}");
        let part = match error {
            ParseError::InvalidByte { part, .. } => Some(part),
            ParseError::EmptyName { .. } => Some(Part::Name),
            _ => None,
        };
        assert_eq!(error.part(), part, "{error}");
    }
}

#[test]
fn build_errors() {
    let byte = |part, byte| BuildError::InvalidByte { part, byte, offset: 4 };
    let misfit = |attribute| BuildError::InvalidFlag { attribute, index: 1 };
    let lacks = |prefix, missing| BuildError::Prefix { prefix, missing };
    let twice = |part| BuildError::Duplicate { part };
    check(&[
        (
            byte(Part::Name, b'\n'),
            "byte 0x0A at offset 4 is not allowed in a cookie name; use letters, digits and !#$%&'*+-.^_`|~",
        ),
        (byte(Part::Value, b';'), "byte 0x3B at offset 4 is not allowed in a cookie value; percent-encode it"),
        (
            byte(Part::Attribute(Path), b';'),
            "byte 0x3B at offset 4 is not allowed in the Path attribute; percent-encode it",
        ),
        (
            byte(Part::Attribute(Domain), b':'),
            "byte 0x3A at offset 4 is not allowed in the Domain attribute; use letters, digits, hyphens and dots",
        ),
        (
            byte(Part::Flag(2), 0xC3),
            "byte 0xC3 at offset 4 is not allowed in flag 2; use printable ASCII without \";\"",
        ),
        (BuildError::EmptyName, "the cookie has no name; name it"),
        (BuildError::EmptyFlag { part: Part::Flag(0) }, "flag 0 has no name; write Name or Name=value"),
        (
            BuildError::PairTooLong { len: 5000, max: 4096 },
            "name and value are 5000 octets together, but user agents drop a cookie over 4096; shorten the value or keep it on the server",
        ),
        (
            BuildError::AttributeTooLong { part: Part::Attribute(Path), len: 1025, max: 1024 },
            "the Path attribute is 1025 octets, but user agents ignore an attribute over 1024; shorten it",
        ),
        (
            BuildError::AttributeTooLong { part: Part::Flag(1), len: 1025, max: 1024 },
            "flag 1 is 1025 octets, but user agents ignore an attribute over 1024; shorten it",
        ),
        (
            BuildError::TooManyExtensions { max: 1024 },
            "more than 1024 attributes are given that no user agent knows; leave some out",
        ),
        (
            BuildError::RelativePath,
            "the Path attribute does not begin with \"/\", so user agents ignore it; begin it with \"/\"",
        ),
        (BuildError::EmptyDomain, "the Domain attribute is empty; leave it out for a host-only cookie"),
        (
            BuildError::IpDomain,
            "the Domain attribute is an IP address, which has no subdomains; leave it out for a host-only cookie",
        ),
        (
            BuildError::NonAsciiDomain { byte: 0xC3, offset: 1 },
            "byte 0xC3 at offset 1 of the Domain attribute is not ASCII; pass the A-label (\"xn--...\")",
        ),
        (
            BuildError::InvalidLabel { offset: 2 },
            "the label at offset 2 of the Domain attribute is not a label of a host name; use 1 to 63 letters, digits and inner hyphens",
        ),
        (
            BuildError::DomainTooLong { len: 254, max: 253 },
            "the Domain attribute is 254 octets, but a host name has at most 253; shorten it",
        ),
        (
            misfit(Expires),
            "flag 1 gives the Expires attribute a value it cannot hold; write a date such as Thu, 01 Jan 1970 00:00:00 GMT",
        ),
        (misfit(MaxAge), "flag 1 gives the Max-Age attribute a value it cannot hold; write a whole number of seconds"),
        (misfit(Domain), "flag 1 gives the Domain attribute a value it cannot hold; write a host name"),
        (misfit(Path), "flag 1 gives the Path attribute a value it cannot hold; begin it with \"/\""),
        (misfit(SameSite), "flag 1 gives the SameSite attribute a value it cannot hold; write Strict, Lax or None"),
        (misfit(Secure), "flag 1 gives the Secure attribute a value it cannot hold; write its name alone"),
        (misfit(HttpOnly), "flag 1 gives the HttpOnly attribute a value it cannot hold; write its name alone"),
        (misfit(Partitioned), "flag 1 gives the Partitioned attribute a value it cannot hold; write its name alone"),
        (twice(Part::Attribute(SameSite)), "the SameSite attribute is given twice; give it once"),
        (twice(Part::Flag(3)), "flag 3 is given twice; give it once"),
        (
            lacks(Prefix::Secure, Requirement::Secure),
            "a name that begins with \"__Secure-\" in any letter case needs Secure, or user agents drop the cookie; add .secure(true)",
        ),
        (
            lacks(Prefix::Http, Requirement::HttpOnly),
            "a name that begins with \"__Http-\" in any letter case needs HttpOnly, or user agents drop the cookie; add .http_only(true)",
        ),
        (
            lacks(Prefix::Host, Requirement::RootPath),
            "a name that begins with \"__Host-\" in any letter case needs Path=/, or user agents drop the cookie; leave .path(..) out",
        ),
        (
            lacks(Prefix::HostHttp, Requirement::NoDomain),
            "a name that begins with \"__Host-Http-\" in any letter case needs no Domain, or user agents drop the cookie; leave .domain(..) out",
        ),
        (
            BuildError::SameSiteNoneInsecure,
            "SameSite=None needs Secure, or user agents drop the cookie; add .secure(true)",
        ),
        (
            BuildError::PartitionedInsecure,
            "Partitioned needs Secure, or user agents drop the cookie; add .secure(true)",
        ),
    ]);
}

#[test]
fn build_errors_of_values() {
    check(&[
        (
            BuildError::AmbiguousNameless { offset: 1 },
            "the \"=\" at offset 1 would turn part of a nameless cookie's value into a name; leave the cookie out",
        ),
        (
            BuildError::ReservedValue,
            "the value is DELETED, by which a cookie is read as deleted; to delete it, begin with tombstone(..)",
        ),
    ]);
}

/// Where a cookie is wrong, and in which part, without reading the text.
#[test]
fn parts_and_offsets_of_build_errors() {
    let (name, value) = (Some(Part::Name), Some(Part::Value));
    let (domain, path) = (Some(Part::Attribute(Domain)), Some(Part::Attribute(Path)));
    let flag = Some(Part::Flag(2));
    let rows = [
        (BuildError::InvalidByte { part: Part::Value, byte: b';', offset: 3 }, Some(3), value),
        (BuildError::InvalidByte { part: Part::Flag(2), byte: b';', offset: 3 }, Some(3), flag),
        (BuildError::EmptyName, None, name),
        (BuildError::EmptyFlag { part: Part::Flag(2) }, None, flag),
        (BuildError::PairTooLong { len: 4097, max: 4096 }, None, None),
        (BuildError::AttributeTooLong { part: Part::Attribute(Path), len: 1025, max: 1024 }, None, path),
        (BuildError::RelativePath, Some(0), path),
        (BuildError::EmptyDomain, None, domain),
        (BuildError::IpDomain, None, domain),
        (BuildError::NonAsciiDomain { byte: 0xC3, offset: 1 }, Some(1), domain),
        (BuildError::InvalidLabel { offset: 2 }, Some(2), domain),
        (BuildError::DomainTooLong { len: 254, max: 253 }, None, domain),
        (BuildError::InvalidFlag { attribute: MaxAge, index: 1 }, None, Some(Part::Attribute(MaxAge))),
        (BuildError::Duplicate { part: Part::Attribute(Path) }, None, path),
        (BuildError::Prefix { prefix: Prefix::Host, missing: Requirement::Secure }, None, None),
        (BuildError::SameSiteNoneInsecure, None, Some(Part::Attribute(SameSite))),
        (BuildError::PartitionedInsecure, None, Some(Part::Attribute(Partitioned))),
        (BuildError::ReservedValue, None, value),
        (BuildError::AmbiguousNameless { offset: 4 }, Some(4), value),
    ];
    for (error, offset, part) in rows {
        assert_eq!((error.offset(), error.part()), (offset, part), "{error}");
    }
}

/// Which pair of a Cookie field is refused, and why.
#[test]
fn serialize_errors() {
    type Row<'r> = (&'r [(&'r str, &'r str)], usize, BuildError, &'r str);
    let rows: &[Row<'_>] = &[
        (&[("", "")], 0, BuildError::EmptyName, "pair 0: the cookie has no name; name it"),
        (
            &[("a", "1"), ("b;", "2"), ("", "")],
            1,
            BuildError::InvalidByte { part: Part::Name, byte: b';', offset: 1 },
            "pair 1: byte 0x3B at offset 1 is not allowed in a cookie name; use letters, digits and !#$%&'*+-.^_`|~",
        ),
        (
            &[("a", "1"), ("a", "1"), ("", "x=y")],
            2,
            BuildError::AmbiguousNameless { offset: 1 },
            "pair 2: the \"=\" at offset 1 would turn part of a nameless cookie's value into a name; leave the cookie out",
        ),
    ];
    for (pairs, index, reason, text) in rows {
        let error = hardtack::serialize(*pairs).unwrap_err();
        assert_eq!((error.index, &error.reason), (*index, reason));
        check(&[(error, text)]);
    }
}

/// Words that are none of a few.
#[test]
fn unknown_words() {
    use hardtack::{AttributeName, SameSite, SetCookie};
    let text = "the word is not known; write Strict, Lax or None";
    for word in ["", "Loose", "Lax ", "StrictLax", "ʟax"] {
        check(&[(word.parse::<SameSite>().unwrap_err(), text)]);
    }
    for (word, known) in [("LAX", SameSite::Lax), ("strict", SameSite::Strict), ("None", SameSite::None)] {
        assert_eq!(word.parse(), Ok(known));
    }
    let text = "the word is not known; write the name of an attribute, such as Max-Age";
    for word in ["", "Maxage", "Max-Age=1", "\u{17F}ecure"] {
        check(&[(word.parse::<AttributeName>().unwrap_err(), text)]);
    }
    for &name in AttributeName::ALL {
        assert_eq!((name.as_str().parse(), name.as_str().to_uppercase().parse()), (Ok(name), Ok(name)));
    }
    let cookie: SetCookie<'static> = String::from("a=1; Secure").parse().unwrap();
    assert_eq!(cookie.to_string(), "a=1; Secure");
    assert_eq!("a\0".parse::<SetCookie<'static>>(), Err(ParseError::ControlByte { byte: 0, offset: 1 }));
}

#[test]
fn decode_errors() {
    check(&[
        (
            DecodeError::InvalidPercent { offset: 2 },
            "the \"%\" at offset 2 is not followed by two hexadecimal digits; write %25 for a literal one",
        ),
        (
            DecodeError::NotUtf8 { offset: 2 },
            "octet 2 of the decoded value does not begin a UTF-8 character; read the value as bytes",
        ),
    ]);
}

#[test]
fn offsets_of_decode_errors() {
    assert_eq!(DecodeError::InvalidPercent { offset: 2 }.offset(), 2);
    assert_eq!(DecodeError::NotUtf8 { offset: 3 }.offset(), 3);
}

#[test]
fn date_errors() {
    check(&[
        (DateError::MissingTime, "there is no time of day; write hh:mm:ss"),
        (DateError::MissingDay, "there is no day of the month; write one or two digits"),
        (DateError::MissingMonth, "there is no month; write its English name or the first three letters of it"),
        (DateError::MissingYear, "there is no year; write two or four digits"),
        (DateError::YearTooEarly { year: 1600 }, "year 1600 is before 1601; write a later one"),
        (
            DateError::NoSuchTime { hour: 24, minute: 0, second: 7 },
            "24:00:07 is not a time of day; write 00:00:00 to 23:59:59",
        ),
        (DateError::NoSuchDay { year: 2027, month: 2, day: 29 }, "month 2 of 2027 has no day 29; write a day it has"),
    ]);
}

/// A value that must not be shown; in hexadecimal and octal no more than in letters.
const SECRET: &str = "hunter2";

#[track_caller]
fn mute(shown: &dyn Debug, text: &str) {
    let (plain, pretty) = (format!("{shown:?}"), format!("{shown:#?}"));
    assert!(!plain.contains(SECRET) && !pretty.contains(SECRET), "{plain}");
    assert_eq!(plain, text);
}

#[test]
fn debug_of_what_holds_a_value_shows_its_length() {
    let header = "sid=hunter2; hunter2; theme=dark";
    let octets = header.as_bytes();
    mute(&parse(header).next(), "Some(Pair { name: \"sid\", value: <7 octets> })");
    mute(&parse(octets).next(), "Some(Pair { name: b\"sid\", value: <7 octets> })");
    mute(&parse(header).nth(1), "Some(Pair { name: \"\", value: <7 octets> })");
    mute(&parse("a=1; b=").next(), "Some(Pair { name: \"a\", value: <1 octet> })");
    mute(&parse("a=1; b=").nth(1), "Some(Pair { name: \"b\", value: <0 octets> })");
    mute(&parse(header), "Pairs { rest: <32 octets> }");
    mute(&parse(octets), "Pairs { rest: <32 octets> }");
    mute(&parse_strict(header), "StrictPairs { header: <32 octets>, next: Some(0) }");
    mute(&parse_strict(header).next(), "Some(Ok(Pair { name: \"sid\", value: <7 octets> }))");
    mute(&parse_strict("hunter2").next(), "Some(Err(MissingEquals { offset: 0 }))");
    let cookies = Cookies::new(header);
    let pairs = "[Pair { name: \"sid\", value: <7 octets> }, Pair { name: \"\", value: <7 octets> }, Pair { name: \"theme\", value: <4 octets> }]";
    mute(&cookies, pairs);
    mute(&cookies.iter(), pairs);
    mute(&cookies.get_all("sid"), "GetAll { name: \"sid\", .. }");
    mute(&Cookies::new(octets).get_all("sid"), "GetAll { name: b\"sid\", .. }");
    mute(
        &SetCookie::parse("sid=hunter2; Path=/; x=y").unwrap(),
        "SetCookie { name: \"sid\", value: <7 octets>, attributes: Attributes { expires: None, max_age: None, domain: None, path: Some(\"/\"), secure: false, http_only: false, same_site: None, partitioned: false, priority: None, extensions: [Attribute { name: \"x\", value: Some(\"y\") }] } }",
    );
    mute(
        &SetCookie::parse(b"s\xFFd=hunter2; Domain=\xE9\"; Max-Age=1; Expires=1 Jan 1970 00:00:00").unwrap(),
        "SetCookie { name: b\"s\\xffd\", value: <7 octets>, attributes: Attributes { expires: Some(CookieDate(Thu, 01 Jan 1970 00:00:00 GMT)), max_age: Some(1s), domain: Some(b\"\\xe9\\\"\"), path: None, secure: false, http_only: false, same_site: None, partitioned: false, priority: None, extensions: [] } }",
    );
    mute(
        &SetCookie::builder("sid", SECRET).flag("x").secure(true),
        "SetCookieBuilder { name: \"sid\", value: <7 octets>, attributes: Attributes { expires: None, max_age: None, domain: None, path: Some(\"/\"), secure: true, http_only: false, same_site: None, partitioned: false, priority: None, extensions: [Attribute { name: \"x\", value: None }] }, .. }",
    );
    mute(&Attributes::tokenize("hunter2"), "Tokenize(<7 octets>)");
    mute(&Attributes::tokenize(b"hunter2".as_slice()), "Tokenize(<7 octets>)");
}

#[test]
fn debug_of_what_holds_none() {
    mute(&Attributes::tokenize("Path=/").next(), "Some(Attribute { name: \"Path\", value: Some(\"/\") })");
    mute(
        &Attributes::tokenize(b"\xFF=\0".as_slice()).next(),
        "Some(Attribute { name: b\"\\xff\", value: Some(b\"\\x00\") })",
    );
    mute(&CookieDate::UNIX_EPOCH, "CookieDate(Thu, 01 Jan 1970 00:00:00 GMT)");
    mute(&Tombstones::Exact, "Exact");
    mute(&Part::Attribute(Path), "Attribute(Path)");
    mute(&Requirement::RootPath, "RootPath");
    mute(&Prefix::Host, "Host");
    mute(&hardtack::SameSite::Lax, "Lax");
}

/// Whatever is wrong with a value, the error tells an octet of it and no more.
#[test]
fn errors_hold_no_value() {
    for odd in ["hunter2;", "hunter2\n", " hunter2", "\"hunter2", "hunter2,", "hunter2é"] {
        let refused = SetCookie::builder("sid", odd).build().unwrap_err();
        assert!(!format!("{refused} {refused:?}").contains(SECRET), "{refused}");
        let serialized = hardtack::serialize([("sid", "hunter2\0")]).unwrap_err();
        assert!(!format!("{serialized} {serialized:?}").contains(SECRET), "{serialized}");
        for error in parse_strict(&*format!("sid={odd}; {odd}")).filter_map(Result::err) {
            assert!(!format!("{error} {error:?}").contains(SECRET), "{error}");
        }
    }
    let control = SetCookie::parse("sid=hunter2\0").unwrap_err();
    assert!(!format!("{control} {control:?}").contains(SECRET), "{control}");
    #[cfg(feature = "percent-encode")]
    for odd in ["hunter2%", "hunter2%FF"] {
        let error = hardtack::value::percent::decode(odd).unwrap_err();
        assert!(!format!("{error} {error:?}").contains(SECRET), "{error}");
    }
}

#[test]
fn parts_and_requirements_have_names() {
    let rows = [
        (Part::Name, "a cookie name"),
        (Part::Value, "a cookie value"),
        (Part::Attribute(MaxAge), "the Max-Age attribute"),
        (Part::Flag(0), "flag 0"),
    ];
    for (part, text) in rows {
        assert_eq!(part.to_string(), text);
    }
    let rows = [
        (Requirement::Secure, "Secure"),
        (Requirement::HttpOnly, "HttpOnly"),
        (Requirement::RootPath, "Path=/"),
        (Requirement::NoDomain, "no Domain"),
    ];
    for (requirement, text) in rows {
        assert_eq!(requirement.to_string(), text);
    }
}
