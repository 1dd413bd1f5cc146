//! What `--json` prints, held to the page that describes it: no key more, no key less, each of its type.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says by panicking that it failed")]

mod program;

use std::collections::{BTreeMap, BTreeSet};

use program::{run, run_with};
use serde_json::Value;

/// The tables of JSON.md: of each object its keys, and of each key its type.
fn page() -> BTreeMap<&'static str, BTreeMap<&'static str, &'static str>> {
    let mut tables: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    let mut name = "";
    for line in include_str!("../JSON.md").lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            name = heading;
        } else if let Some(row) = line.strip_prefix("| `") {
            let mut cells = row.split(" | ");
            let key = cells.next().and_then(|key| key.strip_suffix('`')).expect("a key in a row");
            tables.entry(name).or_default().insert(key, cells.next().expect("a type in a row"));
        }
    }
    tables
}

struct Check {
    page: BTreeMap<&'static str, BTreeMap<&'static str, &'static str>>,
    seen: BTreeSet<(String, String)>,
}

impl Check {
    fn line(&mut self, line: &Value) {
        let has = |key: &str| line.get(key).is_some();
        let name = match line["field"].as_str() {
            Some("Cookie") => "Cookie field",
            Some("Set-Cookie") if has("cookie") => "Set-Cookie field",
            Some("Set-Cookie") => "Refused Set-Cookie field",
            _ if has("verdict") => "Verdict",
            _ if has("differences") => "Differences",
            _ if has("entry") => "Entry",
            _ if has("request") => "Request",
            _ if has("unix") => "Date",
            _ if has("host_only") => "Stored cookie",
            _ if has("needs_renewal") => "Opened",
            _ => panic!("a line of no known kind: {line}"),
        };
        self.object(name, line);
    }

    fn object(&mut self, name: &str, object: &Value) {
        let keys = self.page.get(name).unwrap_or_else(|| panic!("no table {name}")).clone();
        let object = object.as_object().unwrap_or_else(|| panic!("{name} is no object: {object}"));
        for (key, kind) in &keys {
            match (key.strip_suffix('?'), object.get(key.trim_end_matches('?'))) {
                (None, None) => panic!("{name} has no {key}: {object:?}"),
                (Some(_), None) => {}
                (_, Some(value)) => {
                    self.value(kind, value, &format!("{name}.{key}"));
                    self.seen.insert((name.to_owned(), (*key).to_owned()));
                }
            }
        }
        for key in object.keys() {
            let known = keys.keys().any(|known| known.trim_end_matches('?') == key);
            assert!(known, "{name} has {key}, which the page does not tell of");
        }
    }

    fn value(&mut self, kind: &str, value: &Value, at: &str) {
        if let Some(kind) = kind.strip_suffix(" or null") {
            if !value.is_null() {
                self.value(kind, value, at);
            }
        } else if let Some(kind) = kind.strip_prefix("list of ") {
            let values = value.as_array().unwrap_or_else(|| panic!("{at} is no list: {value}"));
            for value in values {
                self.value(kind, value, at);
            }
        } else {
            match kind {
                "text" => assert!(value.is_string(), "{at}: {value}"),
                "number" => assert!(value.is_i64() || value.is_u64(), "{at}: {value}"),
                "boolean" => assert!(value.is_boolean(), "{at}: {value}"),
                name => self.object(name, value),
            }
        }
    }
}

#[test]
fn every_line_is_as_the_page_says() {
    let har = include_str!("recording.har");
    let runs: [(&[&str], &[u8]); 9] = [
        (&["--json"], b"Cookie: n\xE9=\xFF; a=%41; a=2; b=\x01; PHPSESSID=1\nSet-Cookie: n\xE9=\xFF; Path=/\xE9; Domain=\xE9.test; X\xE9=\xE9; Foo"),
        (&["--json", "--decode", "Cookie: a=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"], b""),
        (&["--json", "--redact", "Cookie: a=1", "Set-Cookie: a=2"], b""),
        (&["--json", "Set-Cookie: a=\x01", "Set-Cookie: b=1; Max-Age=5", "Set-Cookie: b=2; Expires=x"], b""),
        (&["--json", "curl https://a.test/ -b a=1"], b""),
        (
            &["--json", "--url", "https://shop.example/", "--profile", "all", "--then", "https://shop.example/", "--then", "http://shop.example/"],
            b"Set-Cookie: a=1; Max-Age=9; SameSite=Lax; SameSite=x\nSet-Cookie: =b\nSet-Cookie: __Host-c=1\nSet-Cookie: n\xE9=\xE9; Path=/\xE9; Partitioned; Secure",
        ),
        (&["--json", "--profile", "all"], har.as_bytes()),
        (&["date", "--json", "Wed, 09 Jun 02027 10:18:14 GMT"], b""),
        (&["--json"], b"> GET / HTTP/1.1\n> Host: a.test\n< HTTP/1.1 200 OK\n< Set-Cookie: a=1\n< Set-Cookie: a=\x01\n"),
    ];
    let mut check = Check { page: page(), seen: BTreeSet::new() };
    for (arguments, input) in runs {
        let ran = run(arguments, input);
        assert!(!ran.out.is_empty(), "{arguments:?}: {}", ran.err);
        for line in ran.out.lines() {
            check.line(&serde_json::from_str(line).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {line}")));
        }
    }
    let key = [("HARDTACK_TEST_KEY", "secret")];
    let bottle = ["--form", "bottle", "--key-env", "HARDTACK_TEST_KEY"];
    // "!" signature "?" base64 of the octet 0xFF, as Bottle would write it.
    let octet = "\"!Tdq5erX3uCG0ijxt+ssUDSJJm58V65vuacjNcIBPQDE=?/w==\"";
    let opened = run_with(&[&["open", "--json"], bottle.as_slice(), &[octet]].concat(), b"", &key);
    let jar = run(&["jar", "--json", "-"], b"a.test\tFALSE\t/\tFALSE\t0\ta\tb\n");
    for ran in [opened, jar] {
        assert!(!ran.out.is_empty(), "{}", ran.err);
        for line in ran.out.lines() {
            check.line(&serde_json::from_str(line).expect("a line of JSON"));
        }
    }
    let told = check.page.iter().flat_map(|(name, keys)| keys.keys().map(|key| (name.to_string(), key.to_string())));
    let unseen: Vec<_> = told.filter(|key| !check.seen.contains(key)).collect();
    assert_eq!(unseen, [], "of a key the page tells of, this test sees none");
}

#[test]
fn octets_that_are_not_utf_8_can_be_had_back() {
    let ran = run(&["--json"], b"Cookie: a=\xE9\xFF; b=\xC3\xA9");
    let line: Value = serde_json::from_str(&ran.out).expect("a line of JSON");
    assert_eq!(line["pairs"][0]["value_octets"], serde_json::json!([0xE9, 0xFF]));
    assert_eq!(line["pairs"][0]["value"], "\u{FFFD}\u{FFFD}");
    assert_eq!(line["pairs"][1].get("value_octets"), None);
    assert_eq!(line["pairs"][1]["value"], "é");
}

/// Codes, offsets and lines of what is refused.
#[test]
fn what_is_refused() {
    let ran = run(&["--json"], b"X: y\nCookie: a=1;b=\x01; c\n");
    let line: Value = serde_json::from_str(&ran.out).expect("a line of JSON");
    assert_eq!(line["line"], 2);
    assert_eq!((&line["refused"][0]["code"], &line["refused"][0]["offset"]), (&"ControlByte".into(), &6.into()));
    assert_eq!((&line["strict"]["code"], &line["strict"]["offset"]), (&"MissingSpace".into(), &4.into()));
    let ran = run(&["--json", "--url", "http://a.test/", "Set-Cookie: a=1; Secure"], b"");
    let verdict: Value = serde_json::from_str(ran.out.lines().last().unwrap_or_default()).expect("a line of JSON");
    assert_eq!(
        (&verdict["reason_code"], &verdict["chromium_reason"]),
        (&"SecureFromInsecure".into(), &"SecureOnly".into())
    );
}
