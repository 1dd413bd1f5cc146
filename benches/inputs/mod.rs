//! What the benches read: made from shapes and counts, the same on each run, and the real headers where they are at
//! hand.

#![allow(dead_code, reason = "each bench takes its part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench without its input is to stop")]

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The Cookie headers of 17 of the most visited sites by length and kind: `data/top-shapes.json`, filled with text of
/// our own.
pub(crate) fn shaped_headers() -> Vec<String> {
    let mut text = Text::new();
    shapes().iter().map(|header| header.iter().map(|shape| text.pair(shape)).collect::<Vec<_>>().join("; ")).collect()
}

/// A Set-Cookie line for each pair of those headers, with the attributes such sites send and the spellings they have
/// for them.
pub(crate) fn shaped_lines() -> Vec<String> {
    const ATTRIBUTES: [&str; 8] = [
        ";  Domain=.example.com;  Expires=Sat, 24 Jul 2027 22:30:27 GMT;  Path=/",
        ";  expires=Thu, 24-Dec-2026 22:30:26 GMT;  path=/;  domain=.example.com;  HttpOnly",
        "; Path=/; HttpOnly; secure; Expires=Sun, 26 Jul 2026 12:00:00 GMT",
        ";  path=/;  domain=.example.com;  samesite=lax;  secure;  httponly",
        ";  Max-Age=63072000;  Expires=Fri, 23 Jun 2028 22:30:30 GMT;  Path=/;  Domain=.example.com;  Secure;  SameSite=None",
        "; Path=/; Secure; SameSite=None; Max-Age=3600",
        ";  Domain=example.com;  Expires=Sat Jul 24 2027 22:30:27 GMT+0000 (Coordinated Universal Time);  Path=/;  Secure",
        ";  Domain=www.example.com;  Expires=Mon, 21-Dec-2026 22:30:29 GMT;  Path=/;  Secure;  SameSite=none;  Partitioned",
    ];
    let mut text = Text::new();
    let shapes = shapes();
    let pairs = shapes.iter().flatten();
    pairs.zip(ATTRIBUTES.iter().cycle()).map(|(shape, attributes)| text.pair(shape) + attributes).collect()
}

/// `count` short pairs: names of 3 to 8 octets, values of 1 to 8.
pub(crate) fn short_pairs(count: usize) -> String {
    let mut text = Text::new();
    let pairs = (0..count).map(|index| {
        let tail = text.of(PLAIN, index % 6);
        let value = text.of(PLAIN, 1 + index * 5 % 8);
        format!("c{index:02}{tail}={value}")
    });
    pairs.collect::<Vec<_>>().join("; ")
}

/// One cookie as long as user agents keep them.
pub(crate) fn long_value() -> String {
    format!("session={}", Text::new().of(PLAIN, 4096 - "session".len()))
}

/// Eight values, of which each fourth octet is percent-encoded.
pub(crate) fn percent_heavy() -> String {
    let mut text = Text::new();
    let pairs = (0..8).map(|index| {
        let value: String = (0..16).map(|_| text.of(PLAIN, 3) + "%2F").collect();
        format!("pref{index}={value}")
    });
    pairs.collect::<Vec<_>>().join("; ")
}

/// Names and values in several scripts.
pub(crate) fn non_ascii() -> String {
    "größe=überlang; 名前=値は日本語です; имя=значение; città=perché no; emoji=🍪🍪🍪; tail=plain".to_owned()
}

/// The Cookie headers of the 17 sites, where the data is at hand.
pub(crate) fn real_headers() -> Option<Vec<String>> {
    real_data("top-cookie.json", "the real Cookie headers")
}

/// The Set-Cookie lines of the 17 sites, where the data is at hand.
pub(crate) fn real_lines() -> Option<Vec<String>> {
    real_data("top-set-cookie.json", "the real Set-Cookie lines")
}

/// The strings of a JSON file beside the checkout, or `None` and a line that says so.
fn real_data(file: &str, what: &str) -> Option<Vec<String>> {
    let path = root().join("../shared/data").join(file);
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("{what}: skipped: no data");
        return None;
    };
    Some(strings(&serde_json::from_str(&text).expect("JSON")))
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(strings).collect(),
        Value::Object(members) => members.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// The checkout: the bench packages lie inside it.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().find(|dir| dir.join("benches/data").is_dir()).expect("a checkout").to_owned()
}

/// The twelve families of hostile input.
pub(crate) const FAMILIES: [Family; 12] = [
    Family { name: "semicolons", make: |len| ";".repeat(len) },
    Family { name: "equals signs", make: |len| "=".repeat(len) },
    Family { name: "quotes", make: |len| framed("a=\"", "\"", "\"", len) },
    Family { name: "backslashes", make: |len| framed("a=\"", "\\", "\"", len) },
    Family { name: "percent signs", make: |len| framed("a=", "%", "", len) },
    Family { name: "spaces before `;`", make: |len| framed("a=1", " ", ";b=2", len) },
    Family { name: "one value", make: |len| framed("a=", "x", "", len) },
    Family { name: "pairs `a=;`", make: |len| framed("", "a=;", "", len) },
    Family { name: "tabs and spaces in turn", make: |len| framed("a\t", " \t", "=1", len) },
    Family { name: "dates", make: |len| framed("a=1; Expires=", "1:1 Jun ", "2030", len) },
    Family { name: "attributes", make: |len| framed("a=1", "; Part=x", "", len) },
    Family { name: "octal escapes", make: |len| framed("a=\"", "\\073", "\"", len) },
];

/// Input of one kind in any length.
pub(crate) struct Family {
    pub(crate) name: &'static str,
    /// Text of at most so many octets, and nearly as many.
    pub(crate) make: fn(usize) -> String,
}

/// `unit` over and over between two ends.
fn framed(start: &str, unit: &str, end: &str, len: usize) -> String {
    let count = len.saturating_sub(start.len() + end.len()) / unit.len();
    [start, &unit.repeat(count), end].concat()
}

struct Shape {
    name: usize,
    value: usize,
    kind: String,
    equals: usize,
}

fn shapes() -> Vec<Vec<Shape>> {
    let file: Value = serde_json::from_str(include_str!("../data/top-shapes.json")).expect("JSON");
    let shape = |shape: &Value| {
        let number = |index: usize| usize::try_from(shape[index].as_u64().expect("a number")).expect("a length");
        let kind = shape[2].as_str().expect("a kind").to_owned();
        Shape { name: number(0), value: number(1), kind, equals: number(3) }
    };
    let headers = file["headers"].as_array().expect("headers");
    headers.iter().map(|header| header.as_array().expect("pairs").iter().map(shape).collect()).collect()
}

const PLAIN: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
const NAME: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-";
const JSON: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789,:\"";

/// Text by a linear congruential generator (the multiplier is Knuth's for 64 bits).
struct Text(u64);

impl Text {
    fn new() -> Self {
        Self(0x5EED)
    }

    fn of(&mut self, alphabet: &[u8], len: usize) -> String {
        let octet = |_| {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let random = usize::try_from(self.0 >> 33).expect("31 bits");
            char::from(alphabet[random % alphabet.len()])
        };
        (0..len).map(octet).collect()
    }

    fn pair(&mut self, shape: &Shape) -> String {
        let name = self.of(NAME, shape.name);
        let value = match shape.kind.as_str() {
            "percent" => {
                let mut value = self.of(PLAIN, shape.value);
                value.replace_range(2..5, "%22");
                value.replace_range(value.len() - 3.., "%22");
                value
            }
            "quoted" => format!("\"{}\"", self.of(PLAIN, shape.value - 2)),
            "json" => format!("{{\"id\":{}}}", self.of(JSON, shape.value - 7)),
            _ => self.of(PLAIN, shape.value),
        };
        format!("{name}={}", with_equals(value, shape.equals))
    }
}

/// The value with so many `=`, where padding of base64 has them: at its end, inside the quotes.
fn with_equals(mut value: String, count: usize) -> String {
    let end = if value.ends_with(['"', '}']) { value.len() - 1 } else { value.len() };
    value.replace_range(end - count..end, &"=".repeat(count));
    value
}
