//! What is taken off a Cookie field is taken off the list of its segments; fields joined are read as one, and taken
//! apart where a model takes them apart; a setter does what it says, keeps the cookie safe to write, or refuses and
//! changes nothing.

use std::borrow::Cow;
use std::time::Duration;

use arbitrary::Arbitrary;
use hardtack::{Cookies, Priority, SameSite, SetCookie, Tombstones, join_fields, parse, split_joined};

use crate::made_up::{Many, Octets, Text};
use crate::model;
use crate::setters::{Said, Set, apply, said};

/// One law an input.
#[derive(Arbitrary, Debug)]
pub enum Given {
    Retained { field: Octets, gone: [Octets; 2], rule: Rule },
    TakenApart(Octets),
    Joined { fields: Many<Octets, 3>, gone: Octets },
    Set { line: Text, calls: Many<Call, 6> },
}

#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Rule {
    Exact,
    Containing,
    Keep,
}

#[derive(Arbitrary, Debug)]
pub enum Call {
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
pub enum Word {
    Strict,
    Lax,
    None,
}

pub fn law(given: &Given) {
    match given {
        Given::Retained { field, gone, rule } => {
            retained(&field.0, |name| gone.iter().any(|gone| gone.0 == name), *rule);
        }
        Given::TakenApart(field) => taken_apart(&field.0),
        Given::Joined { fields, gone } => joined(&fields.0, &gone.0),
        Given::Set { line, calls } => set(&line.0, &calls.0),
    }
}

fn retained(field: &[u8], goes: impl Fn(&[u8]) -> bool, rule: Rule) {
    let cookies = Cookies::new(field);
    let kept = cookies.retain(|pair| !goes(pair.name()));
    assert_eq!(*kept, model::without(field, |name, _| goes(name)), "{}", field.escape_ascii());
    assert!(matches!(cookies.retain(|_| true), Cow::Borrowed(all) if all == field));
    let rule = match rule {
        Rule::Exact => Tombstones::Exact,
        Rule::Containing => Tombstones::Containing,
        Rule::Keep => Tombstones::Keep,
    };
    let filtered = cookies.tombstones(rule).iter().filter(|pair| !goes(pair.name()));
    assert!(Cookies::new(&kept).tombstones(rule).iter().eq(filtered));
    assert_eq!(Cookies::new(&kept).refused().count(), cookies.refused().count(), "what is refused stays");
}

fn taken_apart(field: &[u8]) {
    let expected = model::split_joined(field);
    assert!(split_joined(field).eq(expected.iter().map(Vec::as_slice)), "{}", field.escape_ascii());
    if let Ok(text) = str::from_utf8(field) {
        assert!(split_joined(text).map(str::as_bytes).eq(expected), "{text:?}");
    }
}

fn joined(fields: &[Octets], gone: &[u8]) {
    let fields: Vec<&[u8]> = fields.iter().map(|field| &*field.0).collect();
    let joined = join_fields(&fields);
    let filled: Vec<&[u8]> = fields.iter().copied().filter(|field| !model::is_blank(field)).collect();
    if filled.is_empty() {
        assert!(model::is_blank(&joined));
    } else {
        assert_eq!(*joined, filled.join(b"; ".as_slice()));
    }
    let cookies = Cookies::from_fields(&fields).tombstones(Tombstones::Keep);
    assert!(parse(&joined).eq(cookies.iter()), "read as one");
    let kept = cookies.retain(|pair| pair.name() != gone);
    assert!(parse(&kept).eq(cookies.iter().filter(|pair| pair.name() != gone)));
}

fn set(line: &str, calls: &[Call]) {
    let Ok(mut cookie) = line.parse::<SetCookie<'static>>() else { return };
    let mut expected: Said = said(&cookie);
    for call in calls {
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
