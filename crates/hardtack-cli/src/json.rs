//! One JSON object a line; JSON.md says what is in it.

use hardtack::agent::{Profile, Refusal, StoredCookie, Verdict, Withheld};
use hardtack::value::percent;
use hardtack::{CookieDate, ParseError, Priority, SameSite};
use hardtack_cli::input::Field;
use hardtack_cli::reading::{CookieReading, Meaning, PairReading, SetCookieReading, code};
use hardtack_cli::screen::visible;
use serde_json::{Map, Value, json};

use crate::args::Output;

/// A Cookie field.
pub(crate) fn cookie(field: &Field, reading: &CookieReading, output: &Output) -> Value {
    let pairs = reading.pairs.iter().map(|pair| {
        let mut object = Map::new();
        octets(&mut object, "name", &pair.name);
        value(&mut object, pair, output);
        object.insert("tombstone".into(), pair.tombstone.into());
        object.insert("duplicate".into(), pair.again.into());
        form(&mut object, pair, output);
        Value::Object(object)
    });
    let mut object = Map::new();
    object.insert("field".into(), "Cookie".into());
    object.insert("pairs".into(), pairs.collect());
    object.insert("refused".into(), reading.refused.iter().map(error).collect());
    object.insert("strict".into(), reading.strict.as_ref().map_or(Value::Null, error));
    place(&mut object, field);
    Value::Object(object)
}

/// A Set-Cookie field that was read; `replaces` is the line of the one it takes the place of.
pub(crate) fn set_cookie(
    field: &Field,
    reading: &SetCookieReading<'_>,
    replaces: Option<usize>,
    output: &Output,
) -> Value {
    let (cookie, pair) = (&reading.cookie, &reading.pair);
    let extensions = cookie.extensions().iter().map(|extension| {
        let mut object = Map::new();
        octets(&mut object, "name", extension.name());
        optional(&mut object, "value", extension.value());
        Value::Object(object)
    });
    let attributes = reading.attributes.iter().map(|attribute| {
        let mut object = Map::new();
        octets(&mut object, "name", &attribute.name);
        optional(&mut object, "value", attribute.value.as_deref());
        let outcome = match attribute.meaning {
            Meaning::Heeded(_) => "heeded",
            Meaning::Ignored(_) => "ignored",
            _ => "unknown",
        };
        object.insert("outcome".into(), outcome.into());
        object.insert("meaning".into(), attribute.meaning.to_string().into());
        Value::Object(object)
    });
    let mut object = Map::new();
    octets(&mut object, "name", &pair.name);
    value(&mut object, pair, output);
    object.insert("expires".into(), cookie.expires().as_ref().map(CookieDate::to_string).into());
    object.insert("max_age".into(), cookie.max_age().map(|age| age.as_secs()).into());
    optional(&mut object, "domain", cookie.domain());
    optional(&mut object, "path", cookie.path());
    object.insert("secure".into(), cookie.secure().into());
    object.insert("http_only".into(), cookie.http_only().into());
    object.insert("same_site".into(), cookie.same_site().map(SameSite::as_str).into());
    object.insert("partitioned".into(), cookie.partitioned().into());
    object.insert("priority".into(), cookie.priority().map(Priority::as_str).into());
    object.insert("extensions".into(), extensions.collect());
    object.insert("attributes".into(), attributes.collect());
    object.insert("tombstone".into(), pair.tombstone.into());
    form(&mut object, pair, output);

    let mut line = Map::new();
    line.insert("field".into(), "Set-Cookie".into());
    line.insert("cookie".into(), object.into());
    line.insert("replaces".into(), replaces.into());
    place(&mut line, field);
    Value::Object(line)
}

/// A Set-Cookie field that was refused.
pub(crate) fn refused(field: &Field, refusal: &ParseError) -> Value {
    let mut line = Map::new();
    line.insert("field".into(), "Set-Cookie".into());
    line.insert("error".into(), error(refusal));
    place(&mut line, field);
    Value::Object(line)
}

/// What a profile did with the Set-Cookie line before it.
pub(crate) fn verdict(profile: Profile, url: &str, verdict: &Verdict) -> Value {
    let outcome = match verdict {
        Verdict::Stored { .. } => "stored",
        Verdict::Expired { .. } => "expired",
        _ => "refused",
    };
    let refusal = verdict.refusal();
    json!({
        "verdict": outcome,
        "reason": refusal.map(ToString::to_string),
        "section": refusal.map(Refusal::section),
        "cookie": verdict.cookie().map(stored),
        "effects": verdict.effects().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "warnings": verdict.warnings().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "profile": profile.as_str(),
        "url": url,
        "reason_code": refusal.map(code),
        "chromium_reason": refusal.and_then(Refusal::chromium_reason),
        "effect_codes": verdict.effects().iter().map(code).collect::<Vec<_>>(),
        "refusals": verdict.refusals().iter().map(refusal_of).collect::<Vec<_>>(),
        "warning_codes": verdict.warnings().iter().map(code).collect::<Vec<_>>(),
    })
}

fn refusal_of(refusal: &Refusal) -> Value {
    json!({
        "message": refusal.to_string(),
        "section": refusal.section(),
        "code": code(refusal),
        "chromium_reason": refusal.chromium_reason(),
    })
}

/// A cookie as it is kept, without its value.
pub(crate) fn stored(cookie: &StoredCookie) -> Value {
    let mut object = Map::new();
    octets(&mut object, "name", &cookie.name);
    object.insert("domain".into(), cookie.domain.clone().into());
    object.insert("host_only".into(), cookie.host_only.into());
    octets(&mut object, "path", &cookie.path);
    object.insert("partition".into(), cookie.partition.as_ref().map(|jar| jar.site.clone()).into());
    let ancestor = cookie.partition.as_ref().is_some_and(|jar| jar.cross_site_ancestor);
    object.insert("cross_site_ancestor".into(), ancestor.into());
    object.insert("expires".into(), cookie.expires.map(|expires| expires.to_string()).into());
    object.insert("secure".into(), cookie.secure.into());
    object.insert("http_only".into(), cookie.http_only.into());
    object.insert("same_site".into(), cookie.same_site.map(SameSite::as_str).into());
    object.insert("priority".into(), cookie.priority.map(Priority::as_str).into());
    Value::Object(object)
}

/// What a profile sends with a request, and what not.
pub(crate) fn request(
    profile: Profile,
    url: &str,
    field: Option<&str>,
    cookies: &[&StoredCookie],
    withheld: &[(&StoredCookie, Withheld)],
) -> Value {
    let withheld = withheld.iter().map(
        |(cookie, reason)| json!({ "cookie": stored(cookie), "reason": reason.to_string(), "code": code(reason) }),
    );
    json!({
        "request": url,
        "cookie": field,
        "profile": profile.as_str(),
        "cookies": cookies.iter().map(|cookie| stored(cookie)).collect::<Vec<_>>(),
        "withheld": withheld.collect::<Vec<_>>(),
    })
}

pub(crate) fn error(error: &ParseError) -> Value {
    json!({ "message": error.to_string(), "offset": error.offset(), "code": code(error) })
}

/// Where a field was found.
fn place(object: &mut Map<String, Value>, field: &Field) {
    object.insert("octets".into(), field.text.len().into());
    object.insert("line".into(), Some(field.line).filter(|&line| line > 0).into());
    let request = field.request.as_ref().map(|request| json!({ "method": request.method, "url": request.url }));
    object.insert("request".into(), request.into());
}

/// A hidden value is null: no text could be told from a value of that text.
fn value(object: &mut Map<String, Value>, pair: &PairReading, output: &Output) {
    if output.redact {
        object.insert("value".into(), Value::Null);
        object.insert("decoded".into(), Value::Null);
    } else {
        octets(object, "value", &pair.value);
        let decoded = percent::decode(&pair.value).ok().map(String::from);
        object.insert("decoded".into(), decoded.into());
    }
    object.insert("octets".into(), pair.octets().into());
}

fn form(object: &mut Map<String, Value>, pair: &PairReading, output: &Output) {
    let form = pair.form.as_ref().map(|form| {
        let payload = form.payload().filter(|_| output.decode);
        json!({ "code": form.code, "name": form.name, "payload": payload })
    });
    object.insert("form".into(), form.into());
}

fn optional(object: &mut Map<String, Value>, key: &str, text: Option<&[u8]>) {
    match text {
        Some(text) => octets(object, key, text),
        None => {
            object.insert(key.into(), Value::Null);
        }
    }
}

/// Octets as text; what is not UTF-8 becomes U+FFFD in it, and is given a second time as numbers.
pub(crate) fn octets(object: &mut Map<String, Value>, key: &str, octets: &[u8]) {
    object.insert(key.into(), String::from_utf8_lossy(octets).into());
    if core::str::from_utf8(octets).is_err() {
        object.insert(format!("{key}_octets"), octets.into());
    }
}

/// The text of a Cookie field for the eye.
pub(crate) fn field_text(cookies: &[&StoredCookie], redact: bool) -> Option<String> {
    let pairs: Vec<_> = cookies.iter().map(|cookie| pair(cookie, redact)).collect();
    (!pairs.is_empty()).then(|| pairs.join("; "))
}

fn pair(cookie: &StoredCookie, redact: bool) -> String {
    let value = if redact { crate::show::hidden(&cookie.value) } else { visible(&cookie.value) };
    if cookie.name.is_empty() { value } else { format!("{}={value}", visible(&cookie.name)) }
}
