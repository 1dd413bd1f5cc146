//! Laws of what was read and changed, against models that are lists of segments and of attributes.

extern crate alloc;

mod model;
mod random;

use alloc::borrow::Cow;
use core::time::Duration;

use hardtack::{CookieDate, Cookies, SameSite, SetCookie, Tombstones, join_fields, parse, split_joined, tombstone};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use proptest::{prop_assert, prop_assert_eq};

use crate::random::{build, call, config, count, octets, part, text};

fn is_white(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t')
}

fn is_blank(field: &[u8]) -> bool {
    field.iter().all(|&octet| is_white(octet))
}

/// A field as the list of its segments, some of them taken off it.
fn without(field: &[u8], goes: impl Fn(&[u8], &[u8]) -> bool) -> Vec<u8> {
    let segments: Vec<&[u8]> = field.split(|&octet| octet == b';').collect();
    let stays = |segment: &&[u8]| !model::lenient(segment).first().is_some_and(|(name, value)| goes(name, value));
    let first_goes = segments.first().is_some_and(|segment| !stays(segment));
    let mut left = segments.into_iter().filter(stays).collect::<Vec<_>>().join(&b';');
    if first_goes {
        let blank = left.iter().take_while(|&&octet| is_white(octet)).count();
        left.drain(..blank);
    }
    left
}

/// Which cookies go: by a number that their names and values add up to.
fn is_odd(name: &[u8], value: &[u8], salt: u8) -> bool {
    name.iter().chain(value).fold(salt, |sum, &octet| sum.wrapping_add(octet)) % 2 == 1
}

/// Lines that can be told apart when joined: a token before the first `=`, no comma but that of a date, trimmed.
fn line() -> impl Strategy<Value = String> {
    let attribute = prop_oneof![
        any::<i64>().prop_map(|seconds| format!("; Expires={}", CookieDate::from_unix_timestamp(seconds))),
        "; [A-Za-z-]{0,8}(=[ -+\\--:<-~é]{0,8}[!-+\\--:<-~])?",
    ];
    ("[a-zA-Z0-9_.$-]{1,8}", "(=|=[ -+\\--:<-~é]{0,8}[!-+\\--:<-~])", vec(attribute, 0..4)).prop_map(
        |(name, value, attributes)| {
            let line = format!("{name}{value}{}", attributes.concat());
            line.trim_end_matches([' ', '\t']).to_owned()
        },
    )
}

/// Where a comma separates: a token and `=` follow it, white space aside.
fn naive_split(text: &[u8]) -> Vec<Vec<u8>> {
    let is_token = |octet: &u8| octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(octet);
    let separates = |behind: &[u8]| {
        let Some(equals) = behind.iter().position(|&octet| octet == b'=') else { return false };
        let name = behind[..equals].trim_ascii();
        // Of white space only SP and HTAB.
        let is_text = |octet: &u8| is_token(octet) || is_white(*octet);
        !name.is_empty() && name.iter().all(is_token) && behind[..equals].iter().all(is_text)
    };
    let mut lines = vec![Vec::new()];
    for (at, &octet) in text.iter().enumerate() {
        if octet == b',' && separates(&text[at + 1..]) {
            lines.push(Vec::new());
        } else if let Some(line) = lines.last_mut() {
            line.push(octet);
        }
    }
    let trim = |mut line: &[u8]| {
        while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = line {
            line = rest;
        }
        line.to_vec()
    };
    lines.iter().map(|line| trim(line)).filter(|line| !line.is_empty()).collect()
}

/// A call of a setter of a cookie that is there.
#[derive(Clone, Debug)]
enum Set {
    Secure(bool),
    HttpOnly(bool),
    Partitioned(bool),
    SameSite(Option<SameSite>),
    Expires(Option<i64>),
    MaxAge(Option<Duration>),
    Value(String),
    Domain(Option<String>),
    Path(Option<String>),
    RemoveExtension(String),
}

fn setter() -> impl Strategy<Value = Set> {
    let same_site = select(vec![SameSite::Strict, SameSite::Lax, SameSite::None]);
    prop_oneof![
        any::<bool>().prop_map(Set::Secure),
        any::<bool>().prop_map(Set::HttpOnly),
        any::<bool>().prop_map(Set::Partitioned),
        option::of(same_site).prop_map(Set::SameSite),
        option::of(any::<i64>()).prop_map(Set::Expires),
        option::of((any::<u64>(), 0..1_000_000_000_u32))
            .prop_map(|age| { Set::MaxAge(age.map(|(seconds, nanos)| Duration::new(seconds, nanos))) }),
        part().prop_map(Set::Value),
        option::of(part()).prop_map(Set::Domain),
        option::of(part().prop_map(|path| format!("/{path}"))).prop_map(Set::Path),
        part().prop_map(|path| Set::Path(Some(path))),
        select(vec!["x", "X", "Priority", "DELETED", "a", ""]).prop_map(|name| Set::RemoveExtension(name.to_owned())),
    ]
}

/// What a cookie says, part by part.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    name: String,
    value: String,
    expires: Option<i64>,
    max_age: Option<u64>,
    domain: Option<String>,
    path: Option<String>,
    flags: [bool; 3],
    same_site: Option<SameSite>,
    extensions: Vec<(String, Option<String>)>,
}

fn said(cookie: &SetCookie<'_>) -> Said {
    Said {
        name: cookie.name().to_owned(),
        value: cookie.value().to_owned(),
        expires: cookie.expires().map(CookieDate::unix_timestamp),
        max_age: cookie.max_age().map(|age| age.as_secs()),
        domain: cookie.domain().map(str::to_owned),
        path: cookie.path().map(str::to_owned),
        flags: [cookie.secure(), cookie.http_only(), cookie.partitioned()],
        same_site: cookie.same_site(),
        extensions: cookie
            .extensions()
            .iter()
            .map(|extension| (extension.name().to_owned(), extension.value().map(str::to_owned)))
            .collect(),
    }
}

/// That a text stays in its part and is read back whole.
fn is_safe(text: &str) -> bool {
    let is_control = |octet: u8| octet != b'\t' && octet.is_ascii_control();
    !text.bytes().any(|octet| is_control(octet) || octet == b';') && text == text.trim_matches([' ', '\t'])
}

impl Said {
    /// What the setter makes of it; `false` where it refuses, and nothing changes.
    fn set(&mut self, set: &Set) -> bool {
        match set.clone() {
            Set::Secure(secure) => self.flags[0] = secure,
            Set::HttpOnly(http_only) => self.flags[1] = http_only,
            Set::Partitioned(partitioned) => self.flags[2] = partitioned,
            Set::SameSite(same_site) => self.same_site = same_site,
            Set::Expires(seconds) => {
                self.expires = seconds.map(|seconds| seconds.clamp(-11_644_473_600, 253_402_300_799));
            }
            Set::MaxAge(age) => self.max_age = age.map(|age| age.as_secs().min(0x7FFF_FFFF)),
            Set::Value(value) => {
                let len = self.name.len() + value.len();
                if !is_safe(&value) || len == 0 || len > 4096 {
                    return false;
                }
                self.value = value;
            }
            Set::Domain(domain) => {
                let bare = domain.as_deref().map(|domain| domain.strip_prefix('.').unwrap_or(domain));
                let taken = |bare: &str| !bare.is_empty() && is_safe(bare) && bare.len() < 1024;
                if !domain.iter().all(|domain| is_safe(domain)) || !bare.iter().all(|bare| taken(bare)) {
                    return false;
                }
                self.domain = bare.map(str::to_ascii_lowercase);
            }
            Set::Path(path) => {
                if !path.iter().all(|path| is_safe(path) && path.starts_with('/') && path.len() <= 1024) {
                    return false;
                }
                self.path = path;
            }
            Set::RemoveExtension(name) => {
                self.extensions.retain(|(extension, _)| !extension.eq_ignore_ascii_case(&name));
            }
        }
        true
    }
}

fn apply(cookie: &mut SetCookie<'static>, set: &Set) -> bool {
    match set.clone() {
        Set::Secure(secure) => Ok(cookie.set_secure(secure)),
        Set::HttpOnly(http_only) => Ok(cookie.set_http_only(http_only)),
        Set::Partitioned(partitioned) => Ok(cookie.set_partitioned(partitioned)),
        Set::SameSite(same_site) => Ok(cookie.set_same_site(same_site)),
        Set::Expires(seconds) => Ok(cookie.set_expires(seconds.map(CookieDate::from_unix_timestamp))),
        Set::MaxAge(age) => Ok(cookie.set_max_age(age)),
        Set::Value(value) => cookie.set_value(value),
        Set::Domain(domain) => cookie.set_domain(domain.as_deref()),
        Set::Path(path) => cookie.set_path(path.as_deref()),
        Set::RemoveExtension(name) => {
            let before = cookie.extensions().len();
            let removed = cookie.remove_extension(&name);
            assert_eq!(before - removed, cookie.extensions().len());
            Ok(cookie)
        }
    }
    .is_ok()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn retain_takes_segments_off_a_list(field in octets(), salt in any::<u8>()) {
        let cookies = Cookies::new(&field);
        let kept = cookies.retain(|pair| !is_odd(pair.name(), pair.value(), salt));
        prop_assert_eq!(&*kept, without(&field, |name, value| is_odd(name, value, salt)));
        let all = cookies.retain(|_| true);
        prop_assert!(matches!(all, Cow::Borrowed(all) if all == field));
        for rule in [Tombstones::Exact, Tombstones::Containing, Tombstones::Keep] {
            let cookies = cookies.tombstones(rule);
            let filtered = cookies.iter().filter(|pair| !is_odd(pair.name(), pair.value(), salt));
            prop_assert!(Cookies::new(&kept).tombstones(rule).iter().eq(filtered), "{:?}", rule);
        }
        prop_assert_eq!(Cookies::new(&kept).refused().count(), cookies.refused().count(), "what is refused stays");
    }

    #[test]
    fn several_fields_are_one(fields in vec(text(), 0..4), salt in any::<u8>()) {
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        let joined = join_fields(fields.iter().copied());
        let filled: Vec<&str> = fields.iter().copied().filter(|field| !is_blank(field.as_bytes())).collect();
        if !filled.is_empty() {
            prop_assert_eq!(&*joined, filled.join("; "));
        }
        prop_assert!(parse(&joined).eq(Cookies::from_fields(&fields).tombstones(Tombstones::Keep).iter()));

        let left = |field: &&str| without(field.as_bytes(), |name, value| is_odd(name, value, salt));
        let left: Vec<_> = fields.iter().map(left).filter(|left| !is_blank(left)).collect();
        let kept = Cookies::from_fields(&fields)
            .retain(|pair| !is_odd(pair.name().as_bytes(), pair.value().as_bytes(), salt));
        if left.is_empty() {
            prop_assert!(is_blank(kept.as_bytes()));
        } else {
            prop_assert_eq!(kept.as_bytes(), left.join(b"; ".as_slice()));
        }
    }

    #[test]
    fn joined_lines_are_taken_apart(lines in vec(line(), 0..5), separator in select(vec![",", ", ", " ,\t", " , "])) {
        let joined = lines.join(separator);
        prop_assert_eq!(split_joined(&joined).collect::<Vec<_>>(), lines);
    }

    #[test]
    fn a_comma_separates_before_a_token_and_an_equals_sign(field in octets()) {
        let lines: Vec<_> = split_joined(&field).map(<[u8]>::to_vec).collect();
        prop_assert_eq!(lines, naive_split(&field));
        if let Ok(text) = str::from_utf8(&field) {
            prop_assert!(split_joined(text).map(str::as_bytes).eq(split_joined(&field)));
        }
    }

    #[test]
    fn setters_do_what_they_say_and_keep_the_cookie_safe(field in text(), sets in vec(setter(), 0..12)) {
        if let Ok(mut cookie) = field.parse::<SetCookie<'static>>() {
            let mut expected = said(&cookie);
            for set in &sets {
                prop_assert_eq!(apply(&mut cookie, set), expected.set(set), "{:?}", set);
                prop_assert_eq!(&said(&cookie), &expected, "{:?}", set);
                let written = cookie.to_string();
                prop_assert!(!written.bytes().any(|octet| octet != b'\t' && octet.is_ascii_control()));
                prop_assert_eq!(written.matches(';').count(), count(&cookie), "{:?}", written);
                prop_assert_eq!(written.len(), cookie.encoded_len());
                prop_assert_eq!(&SetCookie::parse(&written).map(|cookie| said(&cookie)), &Ok(expected.clone()));
                prop_assert_eq!(SetCookie::parse(&written), Ok(cookie.clone()));
            }
        }
    }

    #[test]
    fn what_was_built_is_built_again(name in part(), value in part(), calls in vec(call(), 0..6)) {
        for builder in [SetCookie::builder(name.clone(), value), tombstone(name)] {
            if let Ok(cookie) = build(builder, &calls).build() {
                prop_assert_eq!(cookie.clone().into_builder().build(), Ok(cookie));
            }
        }
    }

    #[test]
    fn what_came_in_is_built_as_it_is_or_not_at_all(field in text()) {
        if let Ok(cookie) = SetCookie::parse(&field)
            && !cookie.is_tombstone()
            && let Ok(built) = cookie.clone().into_builder().build()
        {
            prop_assert_eq!(built, cookie);
        }
    }
}
