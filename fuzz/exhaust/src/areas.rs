//! The areas: a law each, over the words that matter to it.

use std::borrow::Cow;
use std::time::Duration;

use hardtack::agent::{canonical_host, domain_match, path_match};
use hardtack::value::{percent, quoted};
use hardtack::{
    CookieDate, CookieTemplate, Cookies, SameSite, SetCookie, Tombstones, parse, parse_strict, split_joined,
};

use crate::area::Area;
use crate::model;

macro_rules! words {
    ($($word:literal)+) => { &[$($word.as_slice()),+] };
}

pub(crate) const AREAS: &[Area] = &[
    Area {
        name: "cookie-field",
        law: "read leniently, strictly, by name, without some, and what is refused: as the model has it, as text and as octets",
        alphabet: words![b"a" b"b" b"=" b";" b" " b"\t" b"\"" b"," b"\x01" b"\xC3\xA9"],
        words: 9,
        hold: cookie_field,
    },
    Area {
        name: "set-cookie",
        law: "read as the model reads it; written and read again it is the same cookie",
        alphabet: words![
            b"a" b"b" b"=" b";" b" " b"\t" b"\x01" b"\xC3\xA9" b"Path=/" b"path" b"Domain=.X" b"Max-Age=" b"-1" b"60"
            b"Secure" b"HttpOnly" b"SameSite=lax" b"SameSite" b"Expires=" b"1 Jan 2027 10:18:14" b"Partitioned"
            b"Priority=High"
        ],
        words: 6,
        hold: set_cookie,
    },
    Area {
        name: "cookie-date",
        law: "read as RFC 6265bis section 5.1.1 reads it; written, it reads as the same date",
        alphabet: words![
            b" " b"-" b":" b"," b"1" b"0" b"29" b"31" b"70" b"99" b"2028" b"1600" b"1601" b"feb" b"Jun" b"June"
            b"10:18:14" b"23:59:60" b"24:0:0" b"GMT" b"x"
        ],
        words: 7,
        hold: cookie_date,
    },
    Area {
        name: "max-age",
        law: "digits with or without a minus; saturated at 2^31 - 1; anything else leaves it out",
        alphabet: words![b"0" b"1" b"2" b"4" b"7" b"9" b"-" b"+" b" " b"." b"a"],
        words: 8,
        hold: max_age,
    },
    Area {
        name: "hosts",
        law: "the canonical form of a canonical form is itself; a host domain-matches itself, and what it matches it ends with, behind a dot",
        alphabet: words![b"a" b"B" b"." b"0" b"1" b"7" b"0x" b"f" b":" b"[" b"]" b"-"],
        words: 8,
        hold: hosts,
    },
    Area {
        name: "path-match",
        law: "a path matches what is it or below it, cut at slashes",
        alphabet: words![b"/" b"a" b"b" b"%" b"|"],
        words: 12,
        hold: paths,
    },
    Area {
        name: "builder",
        law: "what is built holds no octet that ends a field or a part, reads back as it was, and is of the grammar",
        alphabet: words![
            b"\0" b"\t" b"\n" b"\r" b" " b"!" b"\"" b"," b"-" b"." b"/" b"0" b":" b";" b"=" b"A" b"\\" b"_" b"a" b"~"
            b"\x7F" b"\xC2\x80" b"\xC3\xA9"
        ],
        words: 6,
        hold: builder,
    },
    Area {
        name: "codecs",
        law: "what is encoded decodes to what it was, and is cookie-octets or quoted; decoding anything is that of the model",
        alphabet: words![
            b"a" b"%" b"4" b"1" b"F" b"z" b"\"" b"\\" b"0" b"7" b"3" b"+" b" " b";" b"," b"\n" b"\xC3" b"\xA9"
        ],
        words: 6,
        hold: codecs,
    },
    Area {
        name: "split-joined",
        law: "a comma separates where a token and an equals sign follow",
        alphabet: words![b"a" b"b" b"=" b"," b" " b"\t" b";" b"\"" b"Expires=Thu, 01 Jan 1970 00:00:00 GMT" b"\xC3\xA9"],
        words: 8,
        hold: joined,
    },
    Area {
        name: "templates",
        law: "a template is refused for what the cookie built of it is refused for",
        alphabet: words![
            b"|" b"__Host-" b"__secure-" b"__Http-" b"a" b"b" b"/" b"." b"-" b"1" b" " b";" b"S" b"H" b"P" b"N" b"\xC3\xA9"
        ],
        words: 7,
        hold: templates,
    },
];

fn pairs<'p>(pairs: &'p [model::Pair<'p>]) -> impl Iterator<Item = (&'p [u8], &'p [u8])> {
    pairs.iter().copied()
}

fn cookie_field(field: &[u8]) -> u64 {
    let expected = model::lenient(field);
    assert!(parse(field).map(|pair| (pair.name(), pair.value())).eq(pairs(&expected)), "lenient");
    let strict = model::strict(field);
    assert!(parse_strict(field).map(|pair| pair.ok().map(|pair| (pair.name(), pair.value()))).eq(strict), "strict");
    let cookies = Cookies::new(field).tombstones(Tombstones::Keep);
    let names: [&[u8]; 4] = [b"a", b"b", b"a b", b""];
    for name in names {
        let first = expected.iter().find(|pair| pair.0 == name && !name.is_empty());
        assert_eq!(cookies.get(name), first.map(|pair| pair.1), "get");
    }
    let goes = |name: &[u8], value: &[u8]| name == b"a" || value == b"b";
    let kept = cookies.retain(|pair| !goes(pair.name(), pair.value()));
    assert_eq!(*kept, model::without(field, goes), "retain");
    assert!(matches!(cookies.retain(|_| true), Cow::Borrowed(all) if all == field), "retain of all");
    let segments = field.split(|&octet| octet == b';');
    let blank = |octet: &u8| matches!(octet, b' ' | b'\t');
    let empty = |segment: &&[u8]| segment.contains(&b'=') && segment.iter().all(|octet| blank(octet) || *octet == b'=');
    let alone = |segment: &&[u8]| empty(segment) && segment.split(|&octet| octet == b'=').count() == 2;
    let refused = segments.filter(|segment| segment.contains(&1) || alone(segment)).count();
    assert_eq!(cookies.refused().count(), refused, "refused");
    let Ok(text) = str::from_utf8(field) else {
        return 9;
    };
    assert!(parse(text).map(|pair| (pair.name().as_bytes(), pair.value().as_bytes())).eq(pairs(&expected)), "as text");
    let of_text = parse_strict(text).map(|pair| pair.map(|pair| (pair.name().as_bytes(), pair.value().as_bytes())));
    assert!(of_text.eq(parse_strict(field).map(|pair| pair.map(|pair| (pair.name(), pair.value())))), "strict text");
    let of_text = Cookies::new(text).tombstones(Tombstones::Keep);
    assert_eq!(of_text.get("a").map(str::as_bytes), cookies.get("a"), "get of text");
    let kept_text = of_text.retain(|pair| !goes(pair.name().as_bytes(), pair.value().as_bytes()));
    assert_eq!(kept_text.as_bytes(), &*kept, "retain of text");
    13
}

fn set_cookie(line: &[u8]) -> u64 {
    let expected = model::set_cookie(line);
    let read = SetCookie::parse(line);
    let Some(expected) = expected else {
        assert!(read.is_err(), "no cookie");
        return 1;
    };
    let Ok(cookie) = read else { panic!("a cookie") };
    assert_eq!((cookie.name(), cookie.value()), (expected.name, expected.value));
    assert_eq!(cookie.expires().map(CookieDate::unix_timestamp), expected.expires);
    assert_eq!(cookie.max_age().map(|age| age.as_secs()), expected.max_age);
    assert_eq!(cookie.domain().unwrap_or_default(), expected.domain);
    assert_eq!(cookie.path(), expected.path);
    assert_eq!((cookie.secure(), cookie.http_only()), (expected.secure, expected.http_only));
    assert_eq!(cookie.same_site().map(|word| word.as_str().to_ascii_lowercase()).as_deref(), expected.same_site);
    assert_eq!(cookie.partitioned(), expected.partitioned);
    let extensions = cookie.extensions().iter().map(|extension| (extension.name(), extension.value()));
    assert!(extensions.eq(expected.extensions.iter().copied()));
    assert_eq!(SetCookie::parse(&cookie.to_bytes()).as_ref(), Ok(&cookie), "written and read again");
    2
}

fn cookie_date(text: &[u8]) -> u64 {
    let read = CookieDate::parse(text).ok();
    assert_eq!(read.map(CookieDate::unix_timestamp), model::date(text));
    if let Some(date) = read {
        assert_eq!(CookieDate::parse(&date.to_imf_fixdate()), Ok(date));
        return 2;
    }
    1
}

fn max_age(text: &[u8]) -> u64 {
    let line = [b"a=b; Max-Age=", text].concat();
    let read = SetCookie::parse(&line).ok().and_then(|cookie| cookie.max_age());
    let trimmed = text.trim_ascii();
    let digits = trimmed.strip_prefix(b"-").unwrap_or(trimmed);
    let number: u128 = digits.iter().fold(0, |number, digit| number * 10 + u128::from(digit.wrapping_sub(b'0')));
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    let number = if digits.len() < trimmed.len() { 0 } else { number.min((1 << 31) - 1) };
    let expected = is_number.then(|| Duration::from_secs(u64::try_from(number).unwrap_or(u64::MAX)));
    assert_eq!(read, expected);
    1
}

fn hosts(text: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(text) else {
        return 0;
    };
    let Ok(host) = canonical_host(text) else {
        return 1;
    };
    assert_eq!(canonical_host(&host).as_ref(), Ok(&host), "canonical of canonical");
    assert!(domain_match(&host, &host), "itself");
    let is_address = host.contains(':') || host.parse::<std::net::Ipv4Addr>().is_ok();
    let mut asked = 3;
    for (dot, _) in host.match_indices('.') {
        let parent = &host[dot + 1..];
        assert_eq!(domain_match(&host, parent), !is_address && !parent.is_empty(), "{host} of {parent}");
        asked += 1;
    }
    // What does not begin behind a dot is no parent.
    for start in 1..host.len() {
        let behind_a_dot = host.as_bytes().get(start - 1) == Some(&b'.');
        if !behind_a_dot && host.is_char_boundary(start) {
            assert!(!domain_match(&host, &host[start..]));
            asked += 1;
        }
    }
    asked
}

fn paths(text: &[u8]) -> u64 {
    let Some(bar) = text.iter().position(|&octet| octet == b'|') else {
        return 0;
    };
    let (request, cookie) = (&text[..bar], &text[bar + 1..]);
    if cookie.is_empty() {
        return 0;
    }
    let below = request.strip_prefix(cookie);
    let expected = request == cookie || below.is_some_and(|rest| cookie.ends_with(b"/") || rest.starts_with(b"/"));
    assert_eq!(path_match(request, cookie), expected);
    1
}

fn builder(text: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(text) else {
        return 0;
    };
    let builders = [
        SetCookie::builder(text, "1"),
        SetCookie::builder("a", text),
        SetCookie::builder("a", "1").domain(text),
        SetCookie::builder("a", "1").path(text),
        SetCookie::builder("a", "1").path(format!("/{text}")),
        SetCookie::builder("a", "1").flag(text),
        SetCookie::builder("a", "1").flag(format!("x={text}")),
        SetCookie::builder("a", text).percent_encoded(),
        SetCookie::builder("a", text).quoted(),
    ];
    let asked = builders.len();
    for builder in builders {
        let Ok(cookie) = builder.build() else { continue };
        let field = cookie.to_string();
        assert!(field.bytes().all(|octet| matches!(octet, b' '..=b'~')), "{field:?}");
        let attributes = [cookie.domain().is_some(), cookie.path().is_some(), cookie.secure(), cookie.http_only()];
        let count = attributes.into_iter().filter(|&given| given).count() + cookie.extensions().len();
        assert_eq!(field.matches(';').count(), count, "{field:?}");
        assert_eq!(SetCookie::parse(&field).as_ref(), Ok(&cookie), "{field:?}");
    }
    u64::try_from(asked).unwrap_or(0)
}

fn codecs(octets: &[u8]) -> u64 {
    let encoded = percent::encode(octets);
    assert!(SetCookie::builder("a", &*encoded).build().is_ok(), "cookie-octets");
    assert_eq!(
        percent::decode(&*encoded).ok().as_deref().map(str::as_bytes),
        str::from_utf8(octets).ok().map(str::as_bytes)
    );
    let decoded = percent_decoded(octets);
    assert_eq!(
        percent::decode(octets).ok().map(Cow::into_owned),
        decoded.and_then(|octets| String::from_utf8(octets).ok())
    );
    let quoted = quoted::encode(octets);
    assert_eq!(*quoted::decode_bytes(&*quoted), *octets, "quoted");
    assert_eq!(*quoted::decode_bytes(octets), *unquoted(octets));
    5
}

/// `None` where a `%` begins no triplet.
fn percent_decoded(octets: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::new();
    let mut rest = octets;
    while let [first, behind @ ..] = rest {
        rest = behind;
        if *first != b'%' {
            decoded.push(*first);
            continue;
        }
        let digits = str::from_utf8(rest.get(..2)?).ok()?;
        let is_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        decoded.push(u8::from_str_radix(digits, 16).ok().filter(|_| is_hexadecimal)?);
        rest = &rest[2..];
    }
    Some(decoded)
}

fn unquoted(octets: &[u8]) -> Vec<u8> {
    let Some(mut rest) = octets.strip_prefix(b"\"").and_then(|inner| inner.strip_suffix(b"\"")) else {
        return octets.to_vec();
    };
    let mut plain = Vec::new();
    while let [first, behind @ ..] = rest {
        let octal = behind.get(..3).filter(|digits| digits.iter().all(|digit| matches!(digit, b'0'..=b'7')));
        let octal = octal.and_then(|digits| u8::from_str_radix(str::from_utf8(digits).ok()?, 8).ok());
        match (first, octal, behind) {
            (b'\\', Some(octet), _) => {
                plain.push(octet);
                rest = &behind[3..];
            }
            (b'\\', None, [escaped, behind @ ..]) => {
                plain.push(*escaped);
                rest = behind;
            }
            _ => {
                plain.push(*first);
                rest = behind;
            }
        }
    }
    plain
}

fn joined(line: &[u8]) -> u64 {
    let lines: Vec<_> = split_joined(line).map(<[u8]>::to_vec).collect();
    assert_eq!(lines, model::split_joined(line));
    1
}

/// Name, Domain and Path between bars; the letters behind the third say which flags there are.
fn templates(text: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(text) else {
        return 0;
    };
    let mut parts = text.splitn(4, '|');
    let name = parts.next().unwrap_or_default();
    let (domain, path, flags) = (parts.next(), parts.next(), parts.next().unwrap_or_default());
    let mut template = CookieTemplate::new(name)
        .secure(flags.contains('S'))
        .http_only(flags.contains('H'))
        .partitioned(flags.contains('P'));
    if let Some(domain) = domain.filter(|domain| !domain.is_empty()) {
        template = template.domain(domain);
    }
    if let Some(path) = path.filter(|path| !path.is_empty()) {
        template = template.path(path);
    }
    if flags.contains('N') {
        template = template.same_site(SameSite::None);
    }
    assert_eq!(template.check().err(), template.cookie("").build().err());
    1
}
