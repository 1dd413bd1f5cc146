//! What is taken off a Cookie field is taken off the list of its segments; fields joined are read as one, and taken
//! apart where a model takes them apart; a setter does what it says, keeps the cookie safe to write, or refuses and
//! changes nothing.

#![no_main]

#[path = "../../tests/model/mod.rs"]
mod model;
#[path = "../../tests/setters/mod.rs"]
mod setters;

use std::borrow::Cow;
use std::time::Duration;

use arbitrary::Arbitrary;
use hardtack::{Cookies, Priority, SameSite, SetCookie, Tombstones, join_fields, parse, split_joined};
use hardtack_fuzz::{Many, Octets, Text};
use libfuzzer_sys::fuzz_target;

use crate::setters::{Set, apply, said};

#[derive(Arbitrary, Debug)]
struct Given {
    fields: Many<Octets, 3>,
    // The names of the cookies that go.
    names: [Octets; 2],
    line: Text,
    calls: Many<Call, 6>,
}

#[derive(Arbitrary, Debug)]
enum Call {
    Secure(bool),
    HttpOnly(bool),
    Partitioned(bool),
    SameSite(Option<Word>),
    Priority(Option<Word>),
    Expires(Option<i64>),
    MaxAge(Option<Duration>),
    Value(Text),
    Domain(Option<Text>),
    Path(Option<Text>),
    RemoveExtension(Text),
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Word {
    Strict,
    Lax,
    None,
}

fuzz_target!(|given: Given| {
    let fields: Vec<&[u8]> = given.fields.0.iter().map(|field| &*field.0).collect();
    let goes = |name: &[u8], _: &[u8]| given.names.iter().any(|gone| gone.0 == name);
    for &field in &fields {
        retained(field, goes);
        taken_apart(field);
    }
    joined(&fields, goes);
    set(&given);
});

fn retained(field: &[u8], goes: impl Fn(&[u8], &[u8]) -> bool) {
    let cookies = Cookies::new(field);
    let kept = cookies.retain(|pair| !goes(pair.name(), pair.value()));
    assert_eq!(*kept, model::without(field, &goes), "{}", field.escape_ascii());
    assert!(matches!(cookies.retain(|_| true), Cow::Borrowed(all) if all == field));
    for rule in [Tombstones::Exact, Tombstones::Containing, Tombstones::Keep] {
        let filtered = cookies.tombstones(rule).iter().filter(|pair| !goes(pair.name(), pair.value()));
        assert!(Cookies::new(&kept).tombstones(rule).iter().eq(filtered));
    }
    assert_eq!(Cookies::new(&kept).refused().count(), cookies.refused().count(), "what is refused stays");
}

fn taken_apart(field: &[u8]) {
    let lines: Vec<_> = split_joined(field).map(<[u8]>::to_vec).collect();
    assert_eq!(lines, model::split_joined(field), "{}", field.escape_ascii());
    if let Ok(text) = str::from_utf8(field) {
        assert!(split_joined(text).map(str::as_bytes).eq(split_joined(field)));
    }
}

fn joined(fields: &[&[u8]], goes: impl Fn(&[u8], &[u8]) -> bool) {
    let joined = join_fields(fields);
    let filled: Vec<&[u8]> = fields.iter().copied().filter(|field| !model::is_blank(field)).collect();
    if filled.is_empty() {
        assert!(model::is_blank(&joined));
    } else {
        assert_eq!(*joined, filled.join(b"; ".as_slice()));
    }
    let cookies = Cookies::from_fields(fields).tombstones(Tombstones::Keep);
    assert!(parse(&joined).eq(cookies.iter()), "read as one");
    let kept = cookies.retain(|pair| !goes(pair.name(), pair.value()));
    assert!(parse(&kept).eq(cookies.iter().filter(|pair| !goes(pair.name(), pair.value()))));
}

fn set(given: &Given) {
    let Ok(mut cookie) = given.line.0.parse::<SetCookie<'static>>() else { return };
    let mut expected = said(&cookie);
    for call in &given.calls.0 {
        let set = call.set();
        assert_eq!(apply(&mut cookie, &set), expected.set(&set), "{set:?}");
        assert_eq!(said(&cookie), expected, "{set:?}");
        let written = cookie.to_string();
        assert!(!written.bytes().any(|octet| octet != b'\t' && octet.is_ascii_control()), "{written:?}");
        assert_eq!(written.len(), cookie.encoded_len());
        assert_eq!(SetCookie::parse(&written).as_ref(), Ok(&cookie), "{written:?} after {set:?}");
    }
}

impl Call {
    fn set(&self) -> Set {
        match self {
            Self::Secure(secure) => Set::Secure(*secure),
            Self::HttpOnly(http_only) => Set::HttpOnly(*http_only),
            Self::Partitioned(partitioned) => Set::Partitioned(*partitioned),
            Self::SameSite(word) => Set::SameSite(word.map(|word| match word {
                Word::Strict => SameSite::Strict,
                Word::Lax => SameSite::Lax,
                Word::None => SameSite::None,
            })),
            Self::Priority(word) => Set::Priority(word.map(|word| match word {
                Word::Strict => Priority::High,
                Word::Lax => Priority::Medium,
                Word::None => Priority::Low,
            })),
            Self::Expires(seconds) => Set::Expires(*seconds),
            Self::MaxAge(age) => Set::MaxAge(*age),
            Self::Value(value) => Set::Value(value.0.clone()),
            Self::Domain(domain) => Set::Domain(domain.as_ref().map(|domain| domain.0.clone())),
            Self::Path(path) => Set::Path(path.as_ref().map(|path| path.0.clone())),
            Self::RemoveExtension(name) => Set::RemoveExtension(name.0.clone()),
        }
    }
}
