//! What readers hold at most, as a multiple of what they are given; and a store under more lines than it has room for.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::hint::black_box;

use allocation_counter::measure;
use hardtack::{CookieDate, CookieJar, Cookies, SetCookie, join_fields, parse, parse_strict, split_joined};

const LEN: usize = 1 << 18;

/// Texts that make a reader keep much: many pairs, many attributes, many of nothing.
fn hostile() -> Vec<String> {
    let units =
        ["a=1; ", ";", "a=;", "=", " ", "\"", "a", "%41", "\\073", "a=b, c=d, ", "é=é;", "Path=/;", "a;b=c;Domain=X;"];
    units.iter().map(|unit| unit.repeat(LEN / unit.len())).collect()
}

#[track_caller]
fn at_most(most: usize, what: &str, len: usize, work: impl FnOnce()) {
    let held = usize::try_from(measure(work).bytes_max).unwrap();
    assert!(held <= most * len, "{what} holds {held} octets of {len}: more than {most} times as many");
}

#[test]
fn no_reader_keeps_more_than_its_share() {
    for text in hostile() {
        let len = text.len();
        at_most(0, "parse", len, || assert!(black_box(parse(&text)).count() <= len));
        at_most(0, "parse_strict", len, || assert!(black_box(parse_strict(&text)).count() <= len + 1));
        at_most(0, "get", len, || assert!(black_box(Cookies::new(&text)).get("absent").is_none()));
        at_most(0, "refused", len, || assert!(black_box(Cookies::new(&text).refused()).count() <= len));
        at_most(0, "split_joined", len, || assert!(black_box(split_joined(&text)).count() <= len));
        at_most(0, "a date", len, || drop(black_box(CookieDate::parse(&text))));
        // A buffer that grows holds the old half and the new whole for a while.
        at_most(3, "retain", len, || drop(black_box(Cookies::new(&text).retain(|pair| pair.name() != "a"))));
        at_most(3, "join_fields", 2 * len, || drop(black_box(join_fields([text.as_str(), text.as_str()]))));
        at_most(1, "CookieJar", len, || drop(black_box(CookieJar::new(&text))));
        // Unknown attributes are kept up to a bound.
        at_most(1, "SetCookie::parse", len, || drop(black_box(SetCookie::parse(&text))));
        let owned = SetCookie::parse(&text).ok();
        at_most(2, "into_owned", len, || drop(black_box(owned.map(SetCookie::into_owned))));
    }
}

#[test]
#[cfg(feature = "agent")]
fn a_store_stays_within_its_limits_whatever_comes() {
    use hardtack::agent::{Context, Profile, Store};

    for &profile in Profile::ALL {
        let limits = profile.limits();
        let now = CookieDate::from_unix_timestamp(1_800_000_000);
        let mut store = Store::new(profile);
        let mut most = 0;
        for number in 0..20_000_u32 {
            let host = format!("h{}.example", number % 7);
            let page = Context::https(&host, "/").unwrap();
            let line = format!("n{number}=v; Path=/{}; Max-Age={}", number % 11, number % 5 * 1000);
            store.set(&line, &page, now);
            most = most.max(store.len());
        }
        assert!(most <= limits.total.max(limits.per_domain.saturating_mul(7)), "{profile}: {most}");
        assert!(store.len() <= most);
    }
}
