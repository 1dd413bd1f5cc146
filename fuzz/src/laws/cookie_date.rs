//! A cookie-date is read as the model reads it; a date that was written reads as the same date.

use hardtack::CookieDate;

use crate::model;

pub fn law(text: &[u8]) {
    let date = CookieDate::parse(text);
    let seconds = date.as_ref().ok().map(|date| date.unix_timestamp());
    assert_eq!(seconds, model::date(text), "{date:?} from {}", text.escape_ascii());
    if let Ok(text) = str::from_utf8(text) {
        assert_eq!(text.parse(), date, "bytes and text are read differently");
    }
    if let Ok(date) = date {
        written_again(date);
    }

    // The same octets as a number of seconds, as they are and folded into the years there are.
    if let Some(seconds) = text.first_chunk().map(|octets| i64::from_le_bytes(*octets)) {
        let (least, most) = (CookieDate::MIN.unix_timestamp(), CookieDate::MAX.unix_timestamp());
        for seconds in [seconds, least + seconds.rem_euclid(most - least + 1)] {
            let date = CookieDate::from_unix_timestamp(seconds);
            assert_eq!(date.unix_timestamp(), seconds.clamp(least, most));
            assert_eq!(date == CookieDate::MIN, seconds <= least);
            written_again(date);
        }
    }
}

/// IMF-fixdate (RFC 9110 section 5.6.7) as `format!` writes it.
fn written_again(date: CookieDate) {
    let written = date.to_string();
    assert_eq!(written.len(), CookieDate::LEN, "{written:?}");
    assert_eq!(written.as_bytes(), date.to_imf_fixdate());
    assert_eq!(CookieDate::parse(&written), Ok(date), "written as {written:?}");
    assert_eq!(model::date(written.as_bytes()), Some(date.unix_timestamp()), "written as {written:?}");

    let days = date.unix_timestamp().div_euclid(86400);
    // The first day of 1970 was a Thursday.
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    let weekday = usize::try_from(days.rem_euclid(7)).map(|day| weekdays[day]).unwrap_or_default();
    assert!(written.starts_with(&format!("{weekday}, ")) && written.ends_with(" GMT"), "{written:?}");
}
