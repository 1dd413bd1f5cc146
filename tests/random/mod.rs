//! Random texts, cookies and calls, of which the laws are tried.

#![allow(dead_code, reason = "each test uses its part")]

use core::time::Duration;

use hardtack::{CookieDate, Priority, SameSite, SetCookie, SetCookieBuilder};
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof};
use proptest::sample::select;

/// What headers are made of, and what may break them.
pub(crate) const PIECES: &[&str] = &[
    "a",
    "b",
    "sid",
    "=",
    "=",
    "; ",
    ";",
    " ",
    "\t",
    "\"",
    "\\073",
    "\\",
    "%41",
    "%",
    "é",
    "\u{A0}",
    "\0",
    "\n",
    "\u{7F}",
    "__Host-",
    "__Secure-",
    "DELETED",
    "1",
    "-",
    "Secure",
    "Path=/",
    "Max-Age=",
    "Domain=.X",
    "Domain",
    "SameSite=lax",
    "Expires=",
    "1 Jan 2027 10:18:14",
    "Partitioned",
    "x=y",
    "/",
    ".",
    ",",
    "{\"k\":1}",
];

pub(crate) fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![6 => select(PIECES).prop_map(str::to_owned), 1 => "\\PC{0,4}", 1 => any::<char>().prop_map(String::from)];
    vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

pub(crate) fn octets() -> impl Strategy<Value = Vec<u8>> {
    let piece =
        prop_oneof![6 => select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()), 1 => vec(any::<u8>(), 0..4)];
    vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// A part of a cookie: harmless more often than not.
pub(crate) fn part() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[A-Za-z0-9_.-]{0,12}", 1 => text()]
}

/// A call of a setter.
#[derive(Clone, Debug)]
pub(crate) enum Call {
    Expires(i64),
    MaxAge(u64),
    Domain(String),
    Path(String),
    NoPath,
    Secure,
    HttpOnly,
    SameSite(SameSite),
    Partitioned,
    Priority(Priority),
    Flag(String),
}

pub(crate) fn call() -> impl Strategy<Value = Call> {
    prop_oneof![
        any::<i64>().prop_map(Call::Expires),
        any::<u64>().prop_map(Call::MaxAge),
        part().prop_map(Call::Domain),
        part().prop_map(|path| Call::Path(format!("/{path}"))),
        part().prop_map(Call::Path),
        Just(Call::NoPath),
        Just(Call::Secure),
        Just(Call::HttpOnly),
        select(vec![SameSite::Strict, SameSite::Lax, SameSite::None]).prop_map(Call::SameSite),
        Just(Call::Partitioned),
        select(vec![Priority::Low, Priority::Medium, Priority::High]).prop_map(Call::Priority),
        part().prop_map(Call::Flag),
        (part(), part()).prop_map(|(name, value)| Call::Flag(format!("{name}={value}"))),
    ]
}

pub(crate) fn build(mut builder: SetCookieBuilder<'static>, calls: &[Call]) -> SetCookieBuilder<'static> {
    for call in calls.iter().cloned() {
        builder = match call {
            Call::Expires(seconds) => builder.expires(CookieDate::from_unix_timestamp(seconds)),
            Call::MaxAge(seconds) => builder.max_age(Duration::from_secs(seconds)),
            Call::Domain(domain) => builder.domain(domain),
            Call::Path(path) => builder.path(path),
            Call::NoPath => builder.no_path(),
            Call::Secure => builder.secure(true),
            Call::HttpOnly => builder.http_only(true),
            Call::SameSite(same_site) => builder.same_site(same_site),
            Call::Partitioned => builder.partitioned(true),
            Call::Priority(priority) => builder.priority(priority),
            Call::Flag(flag) => builder.flag(flag),
        };
    }
    builder
}

/// How many attributes a cookie has.
pub(crate) fn count(cookie: &SetCookie<'_>) -> usize {
    let present = [
        cookie.expires().is_some(),
        cookie.max_age().is_some(),
        cookie.domain().is_some(),
        cookie.path().is_some(),
        cookie.secure(),
        cookie.http_only(),
        cookie.same_site().is_some(),
        cookie.partitioned(),
        cookie.priority().is_some(),
    ];
    present.into_iter().filter(|&present| present).count() + cookie.extensions().len()
}

pub(crate) fn config() -> ProptestConfig {
    ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() }
}
