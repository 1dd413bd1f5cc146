//! The parser cases of the http-state working group, with the outcome RFC 6265bis gives them.
//!
//! They are read from beside the project and skipped where they are not there.

#![cfg(feature = "agent")]
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;

use hardtack::CookieDate;
use hardtack::agent::{Context, Profile, PublicSuffixes, Store};
use serde_json::Value;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/http_state_parser.json");

/// 2011-01-01: some of the dates that should lie ahead have passed since the cases were written.
const NOW: i64 = 1_293_840_000;

/// What the one case about public suffixes needs.
struct Org;

impl PublicSuffixes for Org {
    fn is_public_suffix(&self, domain: &str) -> bool {
        domain == "org"
    }
}

#[test]
fn every_case_sends_what_the_draft_sends() {
    let Ok(cases) = fs::read_to_string(FILE) else {
        println!("skipped: no data");
        return;
    };
    let cases: Value = serde_json::from_str(&cases).expect("the cases are JSON");
    let cases = cases.as_array().expect("the cases are a list");
    let now = CookieDate::from_unix_timestamp(NOW);
    let mut wrong = Vec::new();
    for case in cases {
        let mut store = Store::with_suffixes(Profile::Rfc6265bis, Org);
        let origin = context(&case["set_url"]);
        for line in case["received"].as_array().into_iter().flatten() {
            store.set(line.as_str().expect("a line is text"), &origin, now);
        }
        let sent = store.cookie_field(&context(&case["get_url"]), now);
        let sent = sent.map(|field| String::from_utf8_lossy(&field).into_owned());
        if sent.as_deref() != case["sent_6265bis_raw"].as_str() {
            wrong.push(format!("{}: sent {sent:?}, not {}", case["test"], case["sent_6265bis_raw"]));
        }
    }
    println!("{} of {} cases", cases.len() - wrong.len(), cases.len());
    assert_eq!(cases.len(), 222);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[track_caller]
fn context(url: &Value) -> Context {
    let url = url.as_str().and_then(|url| url.strip_prefix("http://")).expect("a case uses http");
    let (authority, path) = url.split_at(url.find('/').expect("a URL has a path"));
    let host = authority.split(':').next().unwrap_or_default();
    Context::http(host, path).expect("a URL has a host")
}
