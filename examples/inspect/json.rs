//! One JSON object a line.

use std::io::{self, Write};

use hardtack::{CookieDate, ParseError, SameSite, SetCookie, parse, value::percent};
use serde_json::{Value, json};

pub(crate) fn cookie(out: &mut impl Write, text: &[u8], redact: bool) -> io::Result<()> {
    let pairs = parse(text).map(|pair| {
        json!({
            "name": string(pair.name()),
            "value": value(pair.value(), redact),
            "decoded": decoded(pair.value(), redact),
            "tombstone": pair.is_tombstone(),
        })
    });
    writeln!(out, "{}", json!({ "field": "Cookie", "pairs": pairs.collect::<Vec<_>>() }))
}

pub(crate) fn set_cookie(out: &mut impl Write, cookie: &SetCookie<'_, [u8]>, redact: bool) -> io::Result<()> {
    let extensions = cookie
        .extensions()
        .iter()
        .map(|extension| json!({ "name": string(extension.name()), "value": extension.value().map(string) }));
    let cookie = json!({
        "name": string(cookie.name()),
        "value": value(cookie.value(), redact),
        "expires": cookie.expires().as_ref().map(CookieDate::to_string),
        "max_age": cookie.max_age().map(|age| age.as_secs()),
        "domain": cookie.domain().map(string),
        "path": cookie.path().map(string),
        "secure": cookie.secure(),
        "http_only": cookie.http_only(),
        "same_site": cookie.same_site().map(SameSite::as_str),
        "partitioned": cookie.partitioned(),
        "extensions": extensions.collect::<Vec<_>>(),
    });
    writeln!(out, "{}", json!({ "field": "Set-Cookie", "cookie": cookie }))
}

pub(crate) fn refused(out: &mut impl Write, error: &ParseError) -> io::Result<()> {
    let error = json!({ "message": error.to_string(), "offset": error.offset() });
    writeln!(out, "{}", json!({ "field": "Set-Cookie", "error": error }))
}

/// A hidden value is null: no text could be told from a value of that text.
fn value(octets: &[u8], redact: bool) -> Value {
    if redact { Value::Null } else { string(octets) }
}

fn decoded(octets: &[u8], redact: bool) -> Value {
    match percent::decode(octets) {
        Ok(text) if !redact => Value::String(text.into_owned()),
        _ => Value::Null,
    }
}

fn string(octets: &[u8]) -> Value {
    Value::String(String::from_utf8_lossy(octets).into_owned())
}
