//! Headers of the most visited sites: nothing of them is lost.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use hardtack::{Cookies, SetCookie, parse, serialize};
use serde_json::Value;

/// A file of headers that is not part of the crate, where there is one.
fn data(file: &str) -> Option<Value> {
    let path = format!("{}/../shared/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("{file} skipped: no data");
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

#[test]
fn cookie_fields_of_sites() {
    let Some(sites) = data("top-cookie.json") else {
        return;
    };
    let mut total = 0;
    for (site, header) in sites.as_object().unwrap() {
        let header = header.as_str().unwrap();
        let pairs: Vec<_> = parse(header).collect();
        total += pairs.len();
        // Nothing is lost: the pairs make up the header again.
        let again = serialize(pairs.iter().map(|pair| (pair.name(), pair.value())));
        assert_eq!(again.as_deref(), Ok(header), "{site}");
        for pair in &pairs {
            let first = pairs.iter().find(|other| other.name() == pair.name()).map(|first| first.value());
            assert_eq!(Cookies::new(header).get(pair.name()), first, "{site}");
        }
    }
    assert_eq!((sites.as_object().unwrap().len(), total), (17, 51));
}

#[test]
fn set_cookie_fields_of_sites() {
    let Some(sites) = data("top-set-cookie.json") else {
        return;
    };
    let (mut lines, mut dates, mut read) = (0, 0, 0);
    for (site, fields) in sites.as_object().unwrap() {
        for field in fields.as_array().unwrap() {
            let field = field.as_str().unwrap();
            let cookie = SetCookie::parse(field).unwrap_or_else(|error| panic!("{site}: {error}"));
            lines += 1;
            dates += usize::from(field.to_ascii_lowercase().contains("expires="));
            read += usize::from(cookie.expires().is_some());
            assert_eq!(SetCookie::parse(&cookie.to_string()), Ok(cookie), "{site}");
        }
    }
    assert_eq!((lines, dates, read), (51, 44, 44));
}

/// A value of a kind and length that real headers have.
fn value(kind: &str, len: usize, equals: usize) -> String {
    let letters: String = ('A'..='Z').chain('a'..='z').chain('0'..='9').cycle().take(len).collect();
    let inner = len.saturating_sub(equals);
    match kind {
        "percent" => "%3A".chars().chain(letters.chars()).take(inner).chain("=".repeat(equals).chars()).collect(),
        "json" => format!("{{\"k\":\"{}\"}}", value("plain", inner.saturating_sub(8), equals)),
        "quoted" => format!("\"{}\"", value("plain", len.saturating_sub(2), equals)),
        _ => letters.chars().take(inner).chain("=".repeat(equals).chars()).collect(),
    }
}

/// Headers of our own, in the shapes of those of the sites: octets of each name and value, and the kind of it.
#[test]
fn cookie_fields_of_the_same_shapes() {
    let shapes: Value = serde_json::from_str(include_str!("../benches/data/top-shapes.json")).unwrap();
    let mut total = 0;
    for shape in shapes["headers"].as_array().unwrap() {
        let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        let pairs: Vec<(String, String)> = shape
            .as_array()
            .unwrap()
            .iter()
            .enumerate()
            .map(|(index, pair)| {
                let name =
                    format!("{}{}", index, "n".repeat(number(&pair[0]))).chars().take(number(&pair[0])).collect();
                (name, value(pair[2].as_str().unwrap(), number(&pair[1]), number(&pair[3])))
            })
            .collect();
        let header = serialize(pairs.iter().map(|(name, value)| (name, value))).unwrap();
        let read: Vec<_> = parse(&*header).map(|pair| (pair.name().to_owned(), pair.value().to_owned())).collect();
        assert_eq!(read, pairs);
        for (name, value) in &pairs {
            assert_eq!(Cookies::new(&*header).get(name), Some(&**value), "{name} of {header}");
        }
        total += read.len();
    }
    assert_eq!((shapes["headers"].as_array().unwrap().len(), total), (17, 51));
}
