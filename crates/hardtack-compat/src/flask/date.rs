//! A date as HTTP writes it (RFC 9110 section 5.6.7, IMF-fixdate), from year 1 to 9999.

use alloc::format;
use alloc::string::String;

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub(crate) fn http_date(seconds: i64) -> Option<String> {
    let date = OffsetDateTime::from_unix_timestamp(seconds).ok().filter(|date| date.year() >= 1)?;
    let weekday = WEEKDAYS.get(usize::from(date.weekday().number_days_from_monday()))?;
    let month = MONTHS.get(usize::from(u8::from(date.month()) - 1))?;
    let (hour, minute, second) = date.to_hms();
    Some(format!("{weekday}, {:02} {month} {:04} {hour:02}:{minute:02}:{second:02} GMT", date.day(), date.year()))
}

/// Only the text that [`http_date`] writes for those seconds: the weekday is right, no digit is missing.
pub(crate) fn read_http_date(text: &str) -> Option<i64> {
    let number = |from: usize, to: usize| -> Option<u16> { text.get(from..to)?.parse().ok() };
    let small = |from: usize| -> Option<u8> { number(from, from + 2)?.try_into().ok() };
    let month = MONTHS.iter().position(|month| text.get(8..11) == Some(month))?;
    let month = Month::try_from(u8::try_from(month + 1).ok()?).ok()?;
    let date = Date::from_calendar_date(number(12, 16)?.into(), month, small(5)?).ok()?;
    let time = Time::from_hms(small(17)?, small(20)?, small(23)?).ok()?;
    let seconds = PrimitiveDateTime::new(date, time).assume_utc().unix_timestamp();
    (http_date(seconds)? == text).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_one_text() {
        for (seconds, text) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_767_323_045, "Fri, 02 Jan 2026 03:04:05 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (-62_135_596_800, "Mon, 01 Jan 0001 00:00:00 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] {
            assert_eq!(http_date(seconds).as_deref(), Some(text));
            assert_eq!(read_http_date(text), Some(seconds));
        }
        for seconds in [-62_135_596_801, 253_402_300_800, i64::MIN, i64::MAX] {
            assert_eq!(http_date(seconds), None, "{seconds}");
        }
        for text in [
            "",
            "yesterday",
            "Sat, 02 Jan 2026 03:04:05 GMT",
            "Fri, 2 Jan 2026 03:04:05 GMT",
            "Fri, 02 jan 2026 03:04:05 GMT",
            "Fri, 02 Jan 2026 03:04:05",
            "Fri, 02 Jan 2026 03:04:05 UTC",
            "Fri, 02 Jan 2026 +3:04:05 GMT",
            "Fri, 30 Feb 2026 03:04:05 GMT",
            "Fri, 02 Jan 2026 24:04:05 GMT",
            "Fri, 02 Jan 2026 03:04:05 GMT ",
            "Fri, 0é Jan 2026 03:04:05 GMT",
        ] {
            assert_eq!(read_http_date(text), None, "{text}");
        }
    }
}
