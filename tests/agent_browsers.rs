//! Each profile held to what the engine did, case by case.
//!
//! `data/user_agents.jsonl` was recorded on 2026-11-21, `data/store.jsonl` on 2026-11-24, by running Chromium 156 and
//! Firefox 153 over loopback; a transcription of RFC 6265bis answered the former as well. The cases of the latter that begin
//! with the name of an engine and `-gc` are of that engine's own tests of eviction. One JSON object a line:
//!
//! - `id`; `now`, the clock in Unix seconds; `wait`, seconds that pass before the probes
//! - `steps`: the responses in order, each a URL and its Set-Cookie lines, and perhaps how often it comes (`repeat`) and
//!   how many seconds after the clock (`at`). A line may be a list, of how many lines it stands for, of the first number
//!   and of the text in which `{i}` is that number, counted on; where a step comes often, `{i}` counts from 0
//! - `probes`: the URLs requested afterwards
//! - `r`, `c`, `f`, `b`: the answers of the draft, Chromium, Firefox and both browsers. A browser without one answered as
//!   the draft did, where that answered. An answer is a list of
//!   - the Cookie field sent for each probe, `null` for none
//!   - the cookies kept, sorted, each a name, a value, a domain, a path, flags and, unless it ends with the session, its
//!     expiry in Unix seconds and in seconds after the response; or their number, or `null` where the engine does not
//!     tell. Flags: `h` host-only, `S` Secure, `H` HttpOnly, `P` Partitioned, `s`, `l`, `n` SameSite Strict, Lax, None
//!   - the reasons Chromium gave, if it refused a line and gave some
//! - `http`: 0 where the line cannot travel by HTTP, so that the draft alone has an answer
//!
//! Texts are octets, a character an octet (ISO 8859-1). A run of 16 octets or more is folded: `v…4096;` is 4096 `v`.
//!
//! `expected_differences.txt` lists the cases that a profile does not follow, with a reason each.

#![cfg(all(feature = "agent", feature = "psl", feature = "idna"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

extern crate alloc;

use alloc::collections::{BTreeMap, BTreeSet};
use core::fmt::Write as _;
use core::iter::repeat_n;

use hardtack::agent::{BundledList, Context, ContextError, Profile, Refusal, Store, StoredCookie};
use hardtack::{CookieDate, SameSite};
use serde_json::Value;

const CASES: [&str; 2] = [include_str!("data/user_agents.jsonl"), include_str!("data/store.jsonl")];
const EXPECTED: &str = include_str!("expected_differences.txt");

/// The most cases in a thousand that a profile may part from its engine in.
const MOST_PER_MILLE: usize = 5;

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
    let listed = expected.len();
    let mut cases = 0;
    let mut report = String::new();
    for line in CASES.into_iter().flat_map(str::lines) {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        if case["http"] == 0 && column != "r" {
            continue;
        }
        let shared = if column == "r" { None } else { case.get("b").or_else(|| case.get("r")) };
        let Some(answer) = case.get(column).or(shared) else { continue };
        cases += 1;
        let id = case["id"].as_str().expect("a case has an id");
        match (differences(&case, answer, profile), expected.remove(id)) {
            (Some(differences), None) => writeln!(report, "{id}: {differences}").expect("a String takes it"),
            (None, Some(_)) => writeln!(report, "{id}: agrees now; take it off the list").expect("a String takes it"),
            _ => {}
        }
    }
    for id in expected.keys() {
        writeln!(report, "{id}: listed, but there is no such case").expect("a String takes it");
    }
    println!("{profile}: {} of {cases} cases agree", cases - listed);
    assert!(report.is_empty(), "{profile} differs:\n{report}");
    assert!(listed * 1000 <= cases * MOST_PER_MILLE, "{listed} of {cases} cases are listed as different");
}

/// Lines of a profile and a case, then `:` and the reason.
fn expected_differences(profile: Profile) -> BTreeMap<&'static str, &'static str> {
    let lines = EXPECTED.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let rows = lines.map(|line| {
        let (key, reason) = line.split_once(": ").unwrap_or_else(|| panic!("no reason in {line:?}"));
        assert!(!reason.is_empty(), "no reason in {line:?}");
        let (profile, id) = key.split_once(' ').unwrap_or_else(|| panic!("no profile and case in {line:?}"));
        (profile, id, reason)
    });
    rows.filter(|row| row.0 == profile.as_str()).map(|(_, id, reason)| (id, reason)).collect()
}

/// What the profile does otherwise than the answer says.
fn differences(case: &Value, answer: &Value, profile: Profile) -> Option<String> {
    let now = case["now"].as_i64().expect("a case has a clock");
    let at = |seconds: &Value| CookieDate::from_unix_timestamp(now + seconds.as_i64().unwrap_or(0));
    let mut store = Store::with_suffixes(profile, BundledList);
    let mut reasons = BTreeSet::new();
    for step in case["steps"].as_array().expect("a case has steps") {
        let (clock, times) = (at(&step[2]["at"]), step[2]["repeat"].as_u64());
        for turn in 0..times.unwrap_or(1) {
            let turn = times.map(|_| turn);
            let context = context(&numbered(step[0].as_str().expect("a URL is text"), turn));
            if let Some(context) = &context {
                store.cookie_field(context, clock);
            }
            for line in step[1].as_array().expect("a step has lines") {
                for line in lines(line, turn) {
                    match &context {
                        Some(context) => {
                            let verdict = store.set(&line, context, clock);
                            reasons.extend(verdict.refusals().iter().filter_map(Refusal::chromium_reason));
                        }
                        // A host that is none has no domain.
                        None => drop(reasons.insert("InvalidDomain")),
                    }
                }
            }
        }
    }
    let mut differences = String::new();
    let later = at(&case["wait"]);
    store.remove_expired(later);
    for (probe, expected) in
        case["probes"].as_array().into_iter().flatten().zip(answer[0].as_array().into_iter().flatten())
    {
        let sent = context(probe.as_str().expect("a URL is text")).and_then(|probe| store.cookie_field(&probe, later));
        let expected = expected.as_str().map(octets);
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
    let given: BTreeSet<_> = match &answer[2] {
        Value::Array(given) => given.iter().filter_map(Value::as_str).collect(),
        given => given.as_str().into_iter().collect(),
    };
    if profile == Profile::Chromium && !given.is_empty() && reasons != given {
        write!(differences, "refuses by {reasons:?}, not {given:?}").expect("a String takes it");
    }
    (!differences.is_empty()).then_some(differences)
}

/// The lines that one of a case stands for.
#[track_caller]
fn lines(line: &Value, turn: Option<u64>) -> Vec<Vec<u8>> {
    match line {
        Value::Array(run) => {
            let number = |place: usize| run[place].as_u64().expect("a run has two numbers");
            let text = run[2].as_str().expect("a run has a text");
            (0..number(0)).map(|index| octets(&numbered(text, Some(number(1) + index)))).collect()
        }
        line => vec![octets(&numbered(line.as_str().expect("a line is text"), turn))],
    }
}

fn numbered(text: &str, number: Option<u64>) -> String {
    number.map_or_else(|| text.to_owned(), |number| text.replace("{i}", &number.to_string()))
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
    let is = |octets_kept: &[u8], place: usize| cookie[place].as_str().is_some_and(|text| octets_kept == octets(text));
    is(&kept.name, 0)
        && is(&kept.value, 1)
        && Some(kept.domain.as_str()) == cookie[2].as_str()
        && is(&kept.path, 3)
        && kept.host_only == flags.contains('h')
        && kept.secure == flags.contains('S')
        && kept.http_only == flags.contains('H')
        && (profile == Profile::Rfc6265bis || kept.partition.is_some() == flags.contains('P'))
        && same_site
        && expires
}

/// The request for a URL; none where the host is none.
#[track_caller]
fn context(url: &str) -> Option<Context> {
    let url = String::from_utf8_lossy(&octets(url)).into_owned();
    match Context::request(&url).build() {
        Ok(context) => Some(context),
        Err(ContextError::Host(_)) => None,
        Err(error) => panic!("{url}: {error}"),
    }
}

/// The octets of a text, its runs unfolded.
#[track_caller]
fn octets(text: &str) -> Vec<u8> {
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
