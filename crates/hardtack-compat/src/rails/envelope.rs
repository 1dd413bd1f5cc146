//! The envelope around a value: JSON that says whom it is for, and for how long.

use alloc::format;
use alloc::string::String;

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

use crate::encoding::Base64;
use crate::error::{OpenError, PayloadError, SealError};
use crate::json::read::read_octets;
use crate::json::write::{Style, write};
use crate::json::{Map, Value};
use crate::limits::Limits;
use crate::opened::Opened;

const ENVELOPE: &str = "_rails";
const PURPOSE: &str = "cookie.";

pub(crate) fn wrap(name: &str, value: &Value, expires: Option<u64>, limits: &Limits) -> Result<String, SealError> {
    let message = Base64::Padded.encode(write(value, Style::Html, limits)?.as_bytes());
    let expires = match expires {
        Some(seconds) => Value::String(iso8601(seconds).ok_or(SealError::Time)?),
        None => Value::Null,
    };
    let purpose = Value::String([PURPOSE, name].concat());
    let inner = Map::from_iter([("message", Value::String(message)), ("exp", expires), ("pur", purpose)]);
    let envelope = Value::Map(Map::from_iter([(ENVELOPE, Value::Map(inner))]));
    write(&envelope, Style::Html, &Limits::new())
}

/// The value of an authentic payload, which is an envelope, or where it is asked for the value itself.
pub(crate) fn unwrap(
    payload: &[u8],
    key: usize,
    name: &str,
    now: u64,
    without_envelope: bool,
    limits: &Limits,
) -> Result<Opened<Value>, OpenError> {
    let outer = read_octets(payload, limits.depth.max(2))?;
    let Some(inner) = outer.get(ENVELOPE) else {
        return if without_envelope { Ok(Opened::new(outer, key).outdated()) } else { Err(PayloadError::Kind.into()) };
    };
    let opened = Opened::new((), key);
    let bound = match inner.get("pur") {
        Some(Value::String(purpose)) if purpose.strip_prefix(PURPOSE) == Some(name) => true,
        Some(Value::String(_)) => return Err(OpenError::OtherName),
        Some(Value::Null) | None if without_envelope => false,
        _ => return Err(PayloadError::Kind.into()),
    };
    match inner.get("exp") {
        Some(Value::String(expires)) => {
            let expires = read_iso8601(expires).ok_or(PayloadError::Kind)?;
            if i128::from(now) * 1000 >= expires {
                return Err(OpenError::Expired);
            }
        }
        Some(Value::Null) | None => {}
        Some(_) => return Err(PayloadError::Kind.into()),
    }
    let message = inner.get("message").and_then(Value::as_str).ok_or(PayloadError::Kind)?;
    let json = Base64::Padded.decode(message).ok_or(PayloadError::Base64)?;
    let value = read_octets(&json, limits.depth)?;
    let opened = if bound { opened } else { opened.outdated() };
    opened.try_map(|()| Ok(value))
}

/// `2026-01-02T03:04:05.000Z`, from year 0 to 9999.
fn iso8601(seconds: u64) -> Option<String> {
    let date = OffsetDateTime::from_unix_timestamp(seconds.try_into().ok()?).ok()?;
    let (year, month, day) = date.to_calendar_date();
    let (hour, minute, second) = date.to_hms();
    Some(format!("{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.000Z", u8::from(month)))
}

/// Unix milliseconds.
fn read_iso8601(text: &str) -> Option<i128> {
    let number = |from: usize, to: usize| -> Option<u16> {
        let digits = text.get(from..to)?;
        digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let small = |from: usize| -> Option<u8> { number(from, from + 2)?.try_into().ok() };
    let marks = [(4, '-'), (7, '-'), (10, 'T'), (13, ':'), (16, ':'), (19, '.'), (23, 'Z')];
    if text.len() != 24 || !marks.iter().all(|&(at, mark)| text.get(at..).is_some_and(|rest| rest.starts_with(mark))) {
        return None;
    }
    let date = Date::from_calendar_date(number(0, 4)?.into(), Month::try_from(small(5)?).ok()?, small(8)?).ok()?;
    let time = Time::from_hms_milli(small(11)?, small(14)?, small(17)?, number(20, 23)?).ok()?;
    Some(PrimitiveDateTime::new(date, time).assume_utc().unix_timestamp_nanos() / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The purpose of a cookie `n`, whether values without one are asked for, and whether it opens and is to be renewed.
    #[test]
    fn a_value_without_purpose_is_read_only_when_asked() {
        let malformed = || Err(OpenError::Payload(PayloadError::Kind));
        let rows = [
            (r#","pur":"cookie.n""#, [Ok(false), Ok(false)], "its own"),
            (r#","pur":"cookie.m""#, [Err(OpenError::OtherName), Err(OpenError::OtherName)], "another's"),
            (r#","pur":null"#, [malformed(), Ok(true)], "null"),
            ("", [malformed(), Ok(true)], "none"),
            (r#","pur":1"#, [malformed(), malformed()], "no text"),
        ];
        for (purpose, expected, why) in rows {
            let payload = format!(r#"{{"_rails":{{"message":"MQ==","exp":null{purpose}}}}}"#);
            for (asked, expected) in [false, true].into_iter().zip(expected) {
                let opened = unwrap(payload.as_bytes(), 0, "n", 0, asked, &Limits::new());
                assert_eq!(opened.map(|opened| opened.needs_renewal()), expected, "{why}, {asked}");
            }
        }
    }

    #[test]
    fn a_time_has_one_text() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_700_003_600, "2023-11-14T23:13:20.000Z"),
            (253_402_300_799, "9999-12-31T23:59:59.000Z"),
        ] {
            assert_eq!(iso8601(seconds).as_deref(), Some(text));
            assert_eq!(read_iso8601(text), Some(i128::from(seconds) * 1000));
        }
        assert_eq!(iso8601(253_402_300_800), None);
        assert_eq!(iso8601(u64::MAX), None);
        assert_eq!(read_iso8601("2023-11-14T23:13:20.999Z"), Some(1_700_003_600_999));
        for text in [
            "",
            "2023-11-14",
            "2023-11-14T23:13:20Z",
            "2023-11-14T23:13:20.000+00:00",
            "2023-11-14 23:13:20.000Z",
            "2023-13-14T23:13:20.000Z",
            "2023-02-30T23:13:20.000Z",
            "2023-11-14T24:13:20.000Z",
            "+023-11-14T23:13:20.000Z",
            "2023-11-14T23:13:20.000Z ",
            "2023-11-14T23:13:20.00éZ",
        ] {
            assert_eq!(read_iso8601(text), None, "{text}");
        }
    }
}
