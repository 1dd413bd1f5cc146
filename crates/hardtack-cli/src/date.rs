//! How each profile reads the date of an Expires attribute.

use std::io::{self, Write};

use hardtack::CookieDate;
use hardtack::agent::{BundledList, Context, Effect, Profile, judge};
use serde_json::json;

use crate::args::Date;
use crate::status::{Failure, Status};
use crate::style::{BAD, GOOD, NOTE};

pub(crate) fn run(out: &mut impl Write, date: &Date) -> Result<Status, Failure> {
    if let Some(at) = date.text.bytes().position(|byte| byte == b';' || byte.is_ascii_control() && byte != b'\t') {
        let byte = date.text.as_bytes().get(at).copied().unwrap_or_default();
        return Err(Failure::Usage(format!(
            "byte 0x{byte:02X} at offset {at} cannot stand in an attribute; give the date alone"
        )));
    }
    let mut readings = Vec::new();
    for &profile in &date.profile.0 {
        readings.push((profile, read(&date.text, profile).map_err(|error| Failure::usage(&error))?));
    }
    for (profile, reading) in &readings {
        show(out, *profile, reading, date.json)?;
    }
    let differ = readings
        .iter()
        .any(|(_, reading)| readings.iter().any(|(_, other)| reading.as_ref().ok() != other.as_ref().ok()));
    if differ && !date.json {
        writeln!(out, "{NOTE}they differ{NOTE:#}")?;
    }
    let refused = readings.iter().any(|(_, reading)| reading.is_err());
    Ok(if refused { Status::Refused } else { Status::Fine })
}

fn show(out: &mut impl Write, profile: Profile, reading: &Result<CookieDate, String>, as_json: bool) -> io::Result<()> {
    match reading {
        Ok(date) if as_json => {
            let seconds = date.unix_timestamp();
            writeln!(
                out,
                "{}",
                json!({ "profile": profile.as_str(), "date": date.to_string(), "unix": seconds, "error": null })
            )
        }
        Err(error) if as_json => {
            writeln!(out, "{}", json!({ "profile": profile.as_str(), "date": null, "unix": null, "error": error }))
        }
        Ok(date) => writeln!(out, "{profile:<10}  {GOOD}{date}{GOOD:#}  {}", date.unix_timestamp()),
        Err(error) => writeln!(out, "{profile:<10}  {BAD}not read:{BAD:#} {error}"),
    }
}

/// The reading of a profile, or why there is none.
fn read(text: &str, profile: Profile) -> Result<Result<CookieDate, String>, hardtack::agent::HostError> {
    let page = Context::https("host.example", "/")?;
    // At the end of time no expiry is brought to 400 days from now.
    let verdict = judge(&format!("a=b; Expires={text}"), &page, profile, &BundledList, CookieDate::MAX);
    let ignored = verdict.effects().iter().find_map(|effect| match effect {
        Effect::ExpiresIgnored { error } => Some(error.to_string()),
        _ => None,
    });
    Ok(match (verdict.cookie().and_then(|cookie| cookie.expires), ignored, verdict.refusal()) {
        (Some(date), ..) => Ok(date),
        (None, Some(error), _) => Err(error),
        (None, None, Some(refusal)) => Err(refusal.to_string()),
        (None, None, None) => {
            Err("it is too long to be heeded, or empty; write Thu, 01 Jan 1970 00:00:00 GMT".to_owned())
        }
    })
}
