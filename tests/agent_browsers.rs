//! Each profile held to what the engine did, case by case.
//!
//! `data/user_agents.jsonl` was recorded on 2026-11-21 by running Chromium 156 and Firefox 153 over loopback; a
//! transcription of RFC 6265bis answered the same. One JSON object a line:
//!
//! - `id`; `now`, the clock in Unix seconds; `wait`, seconds that pass before the probes
//! - `steps`: the responses in order, each a URL and its Set-Cookie lines
//! - `probes`: the URLs requested afterwards
//! - `r`, `c`, `f`: the answers of the draft, Chromium and Firefox. A browser without one answered as the draft did. An
//!   answer is a list of
//!   - the Cookie field sent for each probe, `null` for none
//!   - the cookies kept, sorted, each a name, a value, a domain, a path, flags and, unless it ends with the session, its
//!     expiry in Unix seconds and in seconds after the response; or their number, or `null` where the engine does not
//!     tell. Flags: `h` host-only, `S` Secure, `H` HttpOnly, `P` Partitioned, `s`, `l`, `n` SameSite Strict, Lax, None
//!   - the reason Chromium gave, if it refused a line and gave one
//! - `http`: 0 where the line cannot travel by HTTP, so that the draft alone has an answer
//!
//! Texts are octets, a character an octet (ISO 8859-1). A run of 16 octets or more is folded: `v…4096;` is 4096 `v`.
//!
//! `expected_differences.txt` lists the cases that a profile does not follow, with a reason each.

#![cfg(all(feature = "agent", feature = "psl", feature = "idna"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

extern crate alloc;

use alloc::collections::BTreeMap;
use core::fmt::Write as _;
use core::iter::repeat_n;

use hardtack::agent::{BundledList, Context, Profile, Refusal, Store, StoredCookie};
use hardtack::{CookieDate, SameSite};
use serde_json::Value;

const CASES: &str = include_str!("data/user_agents.jsonl");
const EXPECTED: &str = include_str!("expected_differences.txt");

/// The most cases in a hundred that a profile may part from its engine in, the group of dates aside.
const MOST_PER_CENT: usize = 1;

/// Seconds by which an engine's clock may be off from the recorded one.
const CLOCK: i64 = 3;

#[test]
fn rfc6265bis_does_what_the_draft_says() {
    hold(Profile::Rfc6265bis, "r");
}

#[test]
fn chromium_does_what_chromium_did() {
    hold(Profile::Chromium, "c");
}

#[test]
fn firefox_does_what_firefox_did() {
    hold(Profile::Firefox, "f");
}

#[track_caller]
fn hold(profile: Profile, column: &str) {
    let mut expected = expected_differences(profile);
    let listed = expected.values().filter(|group| **group == "difference").count();
    let mut cases = 0;
    let mut report = String::new();
    for line in CASES.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        if case["http"] == 0 && column != "r" {
            continue;
        }
        cases += 1;
        let id = case["id"].as_str().expect("a case has an id");
        let answer = case.get(column).unwrap_or(&case["r"]);
        match (differences(&case, answer, profile), expected.remove(id)) {
            (Some(differences), None) => writeln!(report, "{id}: {differences}").expect("a String takes it"),
            (None, Some(_)) => writeln!(report, "{id}: agrees now; take it off the list").expect("a String takes it"),
            _ => {}
        }
    }
    for id in expected.keys() {
        writeln!(report, "{id}: listed, but there is no such case").expect("a String takes it");
    }
    println!("{profile}: {cases} cases, {listed} listed as different");
    assert!(report.is_empty(), "{profile} differs:\n{report}");
    assert!(listed * 100 <= cases * MOST_PER_CENT, "{listed} of {cases} cases are listed as different");
}

/// Lines of a profile, a group and a case, then `:` and the reason.
fn expected_differences(profile: Profile) -> BTreeMap<&'static str, &'static str> {
    let lines = EXPECTED.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let rows = lines.map(|line| {
        let (key, reason) = line.split_once(": ").unwrap_or_else(|| panic!("no reason in {line:?}"));
        assert!(!reason.is_empty(), "no reason in {line:?}");
        match key.split(' ').collect::<Vec<_>>()[..] {
            [profile, group @ ("difference" | "firefox-dates"), id] => (profile, group, id),
            _ => panic!("no profile, group and case in {line:?}"),
        }
    });
    rows.filter(|row| row.0 == profile.as_str()).map(|(_, group, id)| (id, group)).collect()
}

/// What the profile does otherwise than the answer says.
fn differences(case: &Value, answer: &Value, profile: Profile) -> Option<String> {
    let now = case["now"].as_i64().expect("a case has a clock");
    let clock = CookieDate::from_unix_timestamp(now);
    let mut store = Store::with_suffixes(profile, BundledList);
    let mut refusal = None;
    for step in case["steps"].as_array().expect("a case has steps") {
        let context = context(&step[0]);
        for line in step[1].as_array().expect("a step has lines") {
            let verdict = store.set(&octets(line), &context, clock);
            refusal = verdict.refusal().cloned().or(refusal);
        }
    }
    let mut differences = String::new();
    let later = CookieDate::from_unix_timestamp(now + case["wait"].as_i64().unwrap_or(0));
    store.remove_expired(later);
    for (probe, expected) in
        case["probes"].as_array().into_iter().flatten().zip(answer[0].as_array().into_iter().flatten())
    {
        let sent = store.cookie_field(&context(probe), later);
        let expected = expected.is_string().then(|| octets(expected));
        if sent != expected {
            write!(differences, "sent {:?}, not {:?}; ", shown(sent), shown(expected)).expect("a String takes it");
        }
    }
    let kept: Vec<_> = store.iter().collect();
    match &answer[1] {
        Value::Null => {}
        Value::Array(cookies) => {
            let mut rest = kept.clone();
            for cookie in cookies {
                match rest.iter().position(|kept| is_kept(kept, cookie, now, profile)) {
                    Some(place) => drop(rest.remove(place)),
                    None => write!(differences, "keeps no {cookie}; ").expect("a String takes it"),
                }
            }
            if !rest.is_empty() {
                write!(differences, "keeps {rest:?}; ").expect("a String takes it");
            }
        }
        count => {
            if count.as_u64() != u64::try_from(kept.len()).ok() {
                write!(differences, "keeps {} cookies, not {count}; ", kept.len()).expect("a String takes it");
            }
        }
    }
    if let Some(reason) = answer[2].as_str()
        && refusal.as_ref().and_then(Refusal::chromium_reason) != Some(reason)
        && profile == Profile::Chromium
    {
        write!(differences, "refuses by {refusal:?}, not {reason}").expect("a String takes it");
    }
    (!differences.is_empty()).then_some(differences)
}

fn is_kept(kept: &StoredCookie, cookie: &Value, now: i64, profile: Profile) -> bool {
    let flags = cookie[4].as_str().expect("a cookie has flags");
    let same_site = match kept.same_site {
        Some(SameSite::Strict) => flags.contains('s'),
        Some(SameSite::Lax) => flags.contains('l'),
        Some(SameSite::None) => flags.contains('n'),
        None => !flags.contains(['s', 'l', 'n']),
    };
    let expires = match (kept.expires, cookie[5][0].as_i64(), cookie[5][1].as_i64()) {
        (None, None, _) => true,
        (Some(date), Some(seconds), Some(after)) => {
            let date = date.unix_timestamp();
            date.abs_diff(seconds) <= CLOCK.unsigned_abs() || (date - now).abs_diff(after) <= CLOCK.unsigned_abs()
        }
        _ => false,
    };
    kept.name == octets(&cookie[0])
        && kept.value == octets(&cookie[1])
        && Some(kept.domain.as_str()) == cookie[2].as_str()
        && kept.path == octets(&cookie[3])
        && kept.host_only == flags.contains('h')
        && kept.secure == flags.contains('S')
        && kept.http_only == flags.contains('H')
        && (profile == Profile::Rfc6265bis || kept.partition.is_some() == flags.contains('P'))
        && same_site
        && expires
}

#[track_caller]
fn context(url: &Value) -> Context {
    let url = url.as_str().expect("a URL is text");
    let (scheme, rest) = url.split_once("://").expect("a URL is absolute");
    let (host, path) = rest.split_at(rest.find('/').expect("a URL has a path"));
    if scheme == "https" { Context::https(host, path) } else { Context::http(host, path) }.expect("a URL has a host")
}

/// The octets of a text, its runs unfolded.
#[track_caller]
fn octets(text: &Value) -> Vec<u8> {
    let text = text.as_str().expect("octets are text");
    let mut octets = Vec::new();
    for (index, part) in text.split('…').enumerate() {
        let rest = if index == 0 {
            part
        } else {
            let (count, rest) = part.split_once(';').expect("a run ends");
            let count: usize = count.parse().expect("a run has a length");
            let octet = *octets.last().expect("a run has an octet");
            octets.extend(repeat_n(octet, count - 1));
            rest
        };
        octets.extend(rest.chars().map(|character| u8::try_from(character).expect("a character is an octet")));
    }
    octets
}

fn shown(field: Option<Vec<u8>>) -> Option<String> {
    field.map(|field| field.iter().take(200).map(|&octet| char::from(octet)).collect())
}
