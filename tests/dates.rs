//! Dates: read by the cookie-date algorithm, written as IMF-fixdate, converted.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod model;

use hardtack::CookieDate;
use hardtack::DateError::{
    self, MissingDay, MissingMonth, MissingTime, MissingYear, NoSuchDay, NoSuchTime, YearTooEarly,
};

/// A text, the date it is, and why.
const READ: &[(&str, &str, &str)] = &[
    // The forms in use.
    ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", "IMF-fixdate"),
    ("Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", "RFC 850"),
    ("Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 GMT", "asctime"),
    ("Fri, 23-Jun-2028 22:30:26 GMT", "Fri, 23 Jun 2028 22:30:26 GMT", "the oldest form of a cookie's date"),
    ("Sat Jul 24 2027 22:30:27 GMT+0000 (Coordinated Universal Time)", "Sat, 24 Jul 2027 22:30:27 GMT", "JavaScript's"),
    (
        "Thu Mar 05 2026 06:07:08 GMT-0800 (Pacific Standard Time)",
        "Thu, 05 Mar 2026 06:07:08 GMT",
        "whose zone means nothing, since the year is before it",
    ),
    // Order, delimiters, weekday.
    ("2027 june 9th 10:18:14", "Wed, 09 Jun 2027 10:18:14 GMT", "the four in another order, with tails"),
    ("10:18:14 9 Jun 27", "Wed, 09 Jun 2027 10:18:14 GMT", "the time first"),
    ("2017 April 15 21:01:22", "Sat, 15 Apr 2017 21:01:22 GMT", "a year of four digits is no day"),
    (
        "15 17 Apr 21:01:22",
        "Sat, 15 Apr 2017 21:01:22 GMT",
        "the first number of two digits is the day, the second the year",
    ),
    ("Mon, 09 Jun 2027 10:18:14 GMT", "Wed, 09 Jun 2027 10:18:14 GMT", "a wrong weekday means nothing"),
    ("9 Jun 2027 10:18:14", "Wed, 09 Jun 2027 10:18:14 GMT", "nor does its absence"),
    ("9!Jun\"2027#10:18:14$", "Wed, 09 Jun 2027 10:18:14 GMT", "delimiters from SP to slash"),
    ("\t9 Jun/2027-10:18:14\t", "Wed, 09 Jun 2027 10:18:14 GMT", "and the tab"),
    ("9;Jun@2027[10:18:14`", "Wed, 09 Jun 2027 10:18:14 GMT", "those of the other ranges"),
    ("9?Jun_2027{10:18:14~", "Wed, 09 Jun 2027 10:18:14 GMT", "their insides and ends"),
    ("9, , ,Jun..2027 --10:18:14", "Wed, 09 Jun 2027 10:18:14 GMT", "any number of them"),
    ("Wed, 09 Jun 2027 10:18:14 +0200", "Wed, 09 Jun 2027 10:18:14 GMT", "a zone means nothing"),
    ("09 Jun 2027 10:18:14 junk 11:00:00 Jul 99 1", "Wed, 09 Jun 2027 10:18:14 GMT", "nor does what follows the four"),
    // Time.
    ("9 Jun 2027 8:4:9", "Wed, 09 Jun 2027 08:04:09 GMT", "one digit each"),
    ("9 Jun 2027 08:04:19.123", "Wed, 09 Jun 2027 08:04:19 GMT", "a full stop delimits"),
    ("9 Jun 2027 08:04:19Z", "Wed, 09 Jun 2027 08:04:19 GMT", "what is no digit may follow"),
    ("9 Jun 2027 08:04:9:5", "Wed, 09 Jun 2027 08:04:09 GMT", "even a colon"),
    ("9 Jun 2027 00:00:00", "Wed, 09 Jun 2027 00:00:00 GMT", "the first second of a day"),
    ("9 Jun 2027 23:59:59", "Wed, 09 Jun 2027 23:59:59 GMT", "the last"),
    // Day.
    ("15th Apr 2017 21:01:22", "Sat, 15 Apr 2017 21:01:22 GMT", "a tail that begins with no digit"),
    ("1 Apr 2017 21:01:22", "Sat, 01 Apr 2017 21:01:22 GMT", "one digit"),
    ("31 Jan 2017 21:01:22", "Tue, 31 Jan 2017 21:01:22 GMT", "the last of a month"),
    // Month.
    ("9 jAnvier 2027 10:18:14", "Sat, 09 Jan 2027 10:18:14 GMT", "three letters in any case, any tail"),
    ("9 Apri 2027 10:18:14", "Fri, 09 Apr 2027 10:18:14 GMT", "even half a name"),
    ("9 FEB\u{E9} 2027 10:18:14", "Tue, 09 Feb 2027 10:18:14 GMT", "or one beyond ASCII"),
    // Year.
    ("1 Jan 70 00:00:00", "Thu, 01 Jan 1970 00:00:00 GMT", "from 70 on, the century before"),
    ("1 Jan 99 00:00:00", "Fri, 01 Jan 1999 00:00:00 GMT", "to 99"),
    ("1 Jan 00 00:00:00", "Sat, 01 Jan 2000 00:00:00 GMT", "from 0 on, this one"),
    ("1 Jan 69 00:00:00", "Tue, 01 Jan 2069 00:00:00 GMT", "to 69"),
    ("1 Jan 0070 00:00:00", "Thu, 01 Jan 1970 00:00:00 GMT", "by the number, not by its digits"),
    ("1 Jan 001 00:00:00", "Mon, 01 Jan 2001 00:00:00 GMT", "of which there may be three"),
    ("1 Jan 1601 00:00:00", "Mon, 01 Jan 1601 00:00:00 GMT", "the first year there is"),
    ("31 Dec 9999 23:59:59", "Fri, 31 Dec 9999 23:59:59 GMT", "the last one of four digits"),
    ("1 Jan 2020x 00:00:00", "Wed, 01 Jan 2020 00:00:00 GMT", "a tail that begins with no digit"),
    // Leap days.
    ("29 Feb 2024 00:00:00", "Thu, 29 Feb 2024 00:00:00 GMT", "every fourth year"),
    ("29 Feb 2000 00:00:00", "Tue, 29 Feb 2000 00:00:00 GMT", "every four hundredth"),
    ("28 Feb 2100 00:00:00", "Sun, 28 Feb 2100 00:00:00 GMT", "the others end a day earlier"),
    // What is found first stays.
    ("12 Dec 2007 08:44:07 GMT-0500", "Wed, 12 Dec 2007 08:44:07 GMT", "a zone behind the year is none"),
    (
        "08 Jun 09 Jul 2027 10:18:14",
        "Mon, 08 Jun 2009 10:18:14 GMT",
        "the second month is nothing, the second day the year",
    ),
];

const fn no_day(year: u16, month: u8, day: u8) -> DateError {
    NoSuchDay { year, month, day }
}

const fn no_time(hour: u8, minute: u8, second: u8) -> DateError {
    NoSuchTime { hour, minute, second }
}

const NOT_READ: &[(&str, DateError, &str)] = &[
    ("", MissingTime, "nothing"),
    ("junk", MissingTime, "a word"),
    ("0", MissingTime, "a number"),
    ("Wed, 09 Jun 2027", MissingTime, "no time"),
    ("9 Jun 2027 08:04", MissingTime, "half of one"),
    ("9 Jun 2027 08:04:190", MissingTime, "too many digits"),
    ("9 Jun 2027 008:04:19", MissingTime, "in the hour"),
    ("9 Jun 2027 08:004:19", MissingTime, "in the minute"),
    ("9 Jun 2027 08::19", MissingTime, "none in it"),
    ("9 Jun 2027 08:04:", MissingTime, "none in the second"),
    ("9 Jun 2027 08x:04:19", MissingTime, "a tail of a field that is not the last"),
    ("9 Jun 2027 T08:04:19", MissingTime, "something before it"),
    ("2024-01-15T08:00:00Z", MissingTime, "ISO 8601"),
    ("Wed, ab Jun cdef gh:ij:kl GMT", MissingTime, "letters in the place of every digit"),
    ("Wed Jun ab cdef gh:ij:kl GMT", MissingTime, "in JavaScript's form too"),
    ("Jun 2027 10:18:14", MissingDay, "no day"),
    ("012 Jun 2027 10:18:14", MissingDay, "three digits"),
    ("th15 Jun 2027 10:18:14", MissingDay, "digits behind a letter"),
    ("09 06 2027 10:18:14", MissingMonth, "a month is a word"),
    ("09 Ju 2027 10:18:14", MissingMonth, "of three letters"),
    ("09 Jum 2027 10:18:14", MissingMonth, "that are of a month"),
    ("09 1Jun 2027 10:18:14", MissingMonth, "from the start"),
    ("09 J\u{17F}n 2027 10:18:14", MissingMonth, "of ASCII"),
    ("09 Jun 10:18:14", MissingYear, "no year"),
    ("09 Jun 7 10:18:14", MissingYear, "one digit"),
    ("09 Jun 02024 10:18:14", MissingYear, "five"),
    ("09 Jun 31841 10:18:14", MissingYear, "five without a zero"),
    ("09 Jun x2027 10:18:14", MissingYear, "digits behind a letter"),
    ("09 Jun 1600 10:18:14", YearTooEarly { year: 1600 }, "before the first year"),
    ("09 Jun 117 10:18:14", YearTooEarly { year: 117 }, "three digits are taken as they are"),
    ("09 Jun 100 10:18:14", YearTooEarly { year: 100 }, "from the first number of three"),
    ("12 Dec 08:44:07 GMT-0500 2007", YearTooEarly { year: 500 }, "a zone before the year is taken for it"),
    ("09 Jun 2027 24:00:00", no_time(24, 0, 0), "an hour too far"),
    ("09 Jun 2027 23:60:00", no_time(23, 60, 0), "a minute"),
    ("09 Jun 2027 23:59:60", no_time(23, 59, 60), "a second, be it a leap second"),
    ("09 Jun 2027 99:99:99", no_time(99, 99, 99), "all of them"),
    ("15-Apr-17 91:22:33 21:01:22", no_time(91, 22, 33), "the first time counts"),
    ("00 Jan 2027 10:18:14", no_day(2027, 1, 0), "no day is before the first"),
    ("32 Jan 2027 10:18:14", no_day(2027, 1, 32), "nor behind the last"),
    ("98 April 17 21:01:22", no_day(2017, 4, 98), "the first number of two digits is the day"),
    ("31 Apr 2027 10:18:14", no_day(2027, 4, 31), "of a short month"),
    ("29 Feb 2023 10:18:14", no_day(2023, 2, 29), "of a common year"),
    ("29 Feb 2100 10:18:14", no_day(2100, 2, 29), "of a common century"),
    ("30 Feb 2024 10:18:14", no_day(2024, 2, 30), "of a leap year"),
];

#[test]
fn read() {
    for &(text, date, reason) in READ {
        let parsed = CookieDate::parse(text);
        assert_eq!(parsed.clone().map(|date| date.to_string()).as_deref(), Ok(date), "{text:?}: {reason}");
        assert_eq!(text.parse(), parsed, "{text:?} by FromStr: {reason}");
        assert_eq!(CookieDate::parse(text.as_bytes()), parsed, "{text:?} as octets: {reason}");
        assert_eq!(
            parsed.clone().ok().map(CookieDate::unix_timestamp),
            model::date(text.as_bytes()),
            "{text:?}: {reason}"
        );
        assert_eq!(CookieDate::parse(date), parsed, "{date:?} is what was read: {reason}");
    }
}

#[test]
fn not_read() {
    for (text, error, reason) in NOT_READ.iter().cloned() {
        assert_eq!(CookieDate::parse(text), Err(error.clone()), "{text:?}: {reason}");
        assert_eq!(text.parse::<CookieDate>(), Err(error), "{text:?} by FromStr: {reason}");
        assert_eq!(model::date(text.as_bytes()), None, "{text:?} in the model: {reason}");
    }
}

/// Each octet between the four either delimits them or does not.
#[test]
fn every_octet_as_a_delimiter() {
    for octet in 0..=u8::MAX {
        let delimits = matches!(octet, 0x09 | 0x20..=0x2F | 0x3B..=0x40 | 0x5B..=0x60 | 0x7B..=0x7E);
        let text = [b"9", [octet].as_slice(), b"Jun 2027 10:18:14"].concat();
        // Not a delimiter, it makes one token of day and month.
        assert_eq!(CookieDate::parse(&text).is_ok(), delimits, "octet {octet:#04X}");
        let text = [b"9 Jun 2027 10:18:1", [octet].as_slice()].concat();
        assert_eq!(
            CookieDate::parse(&text).ok().map(CookieDate::unix_timestamp),
            model::date(&text),
            "octet {octet:#04X} behind the second"
        );
        let text = [b"9 J", [octet].as_slice(), b"n 27x 10:18:14"].concat();
        assert_eq!(
            CookieDate::parse(&text).ok().map(CookieDate::unix_timestamp),
            model::date(&text),
            "octet {octet:#04X} in a month"
        );
    }
}

/// The forms in use, with each octet in each place, and with each place left out: against the model.
#[test]
fn every_octet_in_every_place() {
    let forms = [
        "Wed, 09 Jun 2027 10:18:14 GMT",
        "Wed, 09-Jun-2027 10:18:14 GMT",
        "Wed Jun 09 2027 10:18:14 GMT+0000",
        "Wed Jun  9 10:18:14 2027",
        "Wednesday, 09-Jun-27 10:18:14 GMT",
    ];
    for form in forms {
        for place in 0..form.len() {
            let (before, rest) = form.as_bytes().split_at(place);
            for octet in 0..=u8::MAX {
                let instead = [before, &[octet], &rest[1..]].concat();
                let inserted = [before, &[octet], rest].concat();
                for text in [instead, inserted] {
                    assert_eq!(
                        CookieDate::parse(&text).ok().map(CookieDate::unix_timestamp),
                        model::date(&text),
                        "{}",
                        text.escape_ascii()
                    );
                }
            }
            let without = [before, &rest[1..]].concat();
            assert_eq!(
                CookieDate::parse(&without).ok().map(CookieDate::unix_timestamp),
                model::date(&without),
                "{form} without {place}"
            );
            assert_eq!(
                CookieDate::parse(before).ok().map(CookieDate::unix_timestamp),
                model::date(before),
                "{form} to {place}"
            );
        }
    }
}

/// A weekday and a month are told by their letters, in either case.
#[test]
fn every_weekday_and_month() {
    const WORDS: [&str; 24] = [
        "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
        "Oct", "Nov", "Dec", "Mor", "Tun", "Jul", "Dez", "xyz",
    ];
    for weekday in WORDS {
        for month in WORDS {
            for text in [
                format!("{weekday}, 09 {month} 2027 10:18:14 GMT"),
                format!("{weekday} {month} 09 2027 10:18:14 GMT+0000"),
                format!("{weekday}, 09-{month}-2027 10:18:14 GMT").to_uppercase(),
                format!("{weekday}, 09 {month} 2027 10:18:14 gmt").to_lowercase(),
            ] {
                assert_eq!(
                    CookieDate::parse(&text).ok().map(CookieDate::unix_timestamp),
                    model::date(text.as_bytes()),
                    "{text:?}"
                );
            }
        }
    }
}

/// Every sequence of up to five tokens, against the model.
#[test]
fn every_short_sequence_of_tokens() {
    const TOKENS: [&str; 9] = ["8:4:9", "7", "12", "feb", "Jun", "69", "1999", "0500", "GMT"];
    let mut sequences = vec![String::new()];
    for _ in 0..5 {
        let longer: Vec<_> =
            sequences.iter().flat_map(|sequence| TOKENS.map(|token| format!("{sequence} {token}"))).collect();
        for sequence in &longer {
            assert_eq!(
                CookieDate::parse(sequence).ok().map(CookieDate::unix_timestamp),
                model::date(sequence.as_bytes()),
                "{sequence:?}"
            );
        }
        sequences = longer;
    }
}

/// The dates of the http-state working group's tests, which the algorithm was made from.
#[test]
fn http_state_dates() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/http_state_dates.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: no data");
        return;
    };
    let rows: serde_json::Value = serde_json::from_str(&text).unwrap();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 70);
    for row in rows {
        let text = row["test"].as_str().unwrap();
        let date = CookieDate::parse(text).ok();
        assert_eq!(date.map(|date| date.to_string()).as_deref(), row["expected"].as_str(), "{text:?}");
        assert_eq!(date.map(CookieDate::unix_timestamp), row["expected_unix"].as_i64(), "{text:?}");
        assert_eq!(date.map(CookieDate::unix_timestamp), model::date(text.as_bytes()), "{text:?}");
    }
}

/// Every day of the 400 years after which the calendar repeats, and of the last century there is, counted one by one.
#[test]
fn every_day_of_centuries() {
    const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    for (first, last) in [(1601, 2000), (9900, 9999)] {
        let mut day_number = model::days_since_1970(first, 1, 1);
        // 1 January 1601 was a Monday.
        let mut weekday = usize::try_from((day_number - model::days_since_1970(1601, 1, 1)) % 7).unwrap();
        for year in first..=last {
            for (month, name) in (1..).zip(MONTHS) {
                for day in 1..=model::days_in_month(year, month) {
                    // Another time each day.
                    let seconds = day_number * 86_400 + day_number.rem_euclid(86_400);
                    let date = CookieDate::from_unix_timestamp(seconds);
                    let text = date.to_string();
                    let expected = format!("{}, {day:02} {name} {year:04} ", WEEKDAYS[weekday]);
                    assert!(text.starts_with(&expected), "{text}, not {expected}");
                    assert_eq!(CookieDate::parse(&text), Ok(date), "{text}");
                    assert_eq!(date.unix_timestamp(), seconds, "{text}");
                    day_number += 1;
                    weekday = (weekday + 1) % 7;
                }
            }
        }
        assert_eq!(day_number, model::days_since_1970(last + 1, 1, 1), "no day was left out");
    }
}

#[test]
fn every_second_of_a_day() {
    let midnight = 1_812_499_200;
    for second in 0..86_400 {
        let date = CookieDate::from_unix_timestamp(midnight + second);
        let expected = format!("Wed, 09 Jun 2027 {:02}:{:02}:{:02} GMT", second / 3600, second / 60 % 60, second % 60);
        assert_eq!(date.to_imf_fixdate(), expected.as_bytes());
        assert_eq!(date.unix_timestamp(), midnight + second);
    }
}

/// Seconds, and the date they are clamped to.
#[test]
fn timestamps() {
    let rows = [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT", "the start of 1970"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT", "the second before"),
        (1_000_000_000, "Sun, 09 Sep 2001 01:46:40 GMT", "a thousand million later"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT", "a leap day"),
        (2_147_483_648, "Tue, 19 Jan 2038 03:14:08 GMT", "beyond 31 bits"),
        (-11_644_473_600, "Mon, 01 Jan 1601 00:00:00 GMT", "the first second"),
        (-11_644_473_599, "Mon, 01 Jan 1601 00:00:01 GMT", "the second one"),
        (-11_644_473_601, "Mon, 01 Jan 1601 00:00:00 GMT", "before the first"),
        (i64::MIN, "Mon, 01 Jan 1601 00:00:00 GMT", "as early as can be"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT", "the last second"),
        (253_402_300_798, "Fri, 31 Dec 9999 23:59:58 GMT", "the last but one"),
        (253_402_300_800, "Fri, 31 Dec 9999 23:59:59 GMT", "behind the last"),
        (i64::MAX, "Fri, 31 Dec 9999 23:59:59 GMT", "as late as can be"),
    ];
    for (seconds, text, reason) in rows {
        let date = CookieDate::from_unix_timestamp(seconds);
        assert_eq!(date.to_string(), text, "{seconds}: {reason}");
        assert_eq!(date.to_imf_fixdate(), text.as_bytes(), "{seconds}: {reason}");
        assert_eq!(date.unix_timestamp(), seconds.clamp(-11_644_473_600, 253_402_300_799), "{seconds}: {reason}");
    }
    assert_eq!(CookieDate::MIN.unix_timestamp(), -11_644_473_600);
    assert_eq!(CookieDate::MAX.unix_timestamp(), 253_402_300_799);
    assert_eq!(CookieDate::UNIX_EPOCH.unix_timestamp(), 0);
    assert_eq!(CookieDate::LEN, 29);
    assert!(CookieDate::MIN < CookieDate::UNIX_EPOCH && CookieDate::UNIX_EPOCH < CookieDate::MAX);
}

/// Dates are in the order of time, whichever of their parts differs.
#[test]
fn order() {
    let seconds = [
        -11_644_473_600,
        -1,
        0,
        1,
        59,
        60,
        3599,
        3600,
        86_399,
        86_400,
        31 * 86_400,
        365 * 86_400,
        366 * 86_400,
        253_402_300_799,
    ];
    for earlier in seconds {
        for later in seconds {
            assert_eq!(
                CookieDate::from_unix_timestamp(earlier).cmp(&CookieDate::from_unix_timestamp(later)),
                earlier.cmp(&later),
                "{earlier} and {later}"
            );
        }
    }
    // The weekdays and months of these run against the order of time.
    assert!(CookieDate::parse("31 Dec 2026 23:59:59").unwrap() < CookieDate::parse("1 Jan 2027 00:00:00").unwrap());
    assert!(CookieDate::parse("6 Jun 2027 00:00:00").unwrap() < CookieDate::parse("7 Jun 2027 00:00:00").unwrap());
}

#[test]
fn moments_of_time() {
    use time::{OffsetDateTime, UtcOffset};
    let rows = [
        ("2027-06-09 10:18:14.999", 1_812_536_294_999, "a fraction is dropped"),
        ("1969-12-31 23:59:59.5", -500, "before 1970 too, to the second before"),
        ("1969-12-31 23:59:59", -1000, "a whole second"),
        ("1970-01-01 00:00:00", 0, "the start"),
    ];
    for (text, milliseconds, reason) in rows {
        let moment = OffsetDateTime::from_unix_timestamp_nanos(milliseconds * 1_000_000).unwrap();
        let seconds = i64::try_from(milliseconds.div_euclid(1000)).unwrap();
        let date = CookieDate::from(moment);
        assert_eq!(date.unix_timestamp(), seconds, "{text}: {reason}");
        assert_eq!(OffsetDateTime::from(date).unix_timestamp(), seconds, "{text}: {reason}");
        let elsewhere = moment.to_offset(UtcOffset::from_hms(5, 30, 0).unwrap());
        assert_eq!(CookieDate::from(elsewhere), date, "{text} in another zone: {reason}");
    }
    let early = OffsetDateTime::from_unix_timestamp(-11_644_473_601).unwrap();
    assert_eq!(CookieDate::from(early), CookieDate::MIN, "before the first year");
    for date in [CookieDate::MIN, CookieDate::UNIX_EPOCH, CookieDate::MAX] {
        assert_eq!(CookieDate::from(OffsetDateTime::from(date)), date);
        assert_eq!(OffsetDateTime::from(date).offset(), UtcOffset::UTC);
    }
    let last = OffsetDateTime::from(CookieDate::MAX);
    assert_eq!(last.to_hms(), (23, 59, 59));
    assert_eq!((last.year(), last.ordinal()), (9999, 365));
}

#[test]
#[cfg(feature = "std")]
fn moments_of_the_system() {
    use core::time::Duration;
    use std::time::SystemTime;
    let epoch = SystemTime::UNIX_EPOCH;
    let far = Duration::from_secs(400_000_000_000);
    let rows = [
        (epoch, 0, "the start of 1970"),
        (epoch + Duration::from_millis(1999), 1, "a fraction is dropped"),
        (epoch - Duration::from_secs(1), -1, "the second before"),
        (epoch - Duration::from_millis(1), -1, "a fraction of it"),
        (epoch - Duration::from_millis(1001), -2, "and one more"),
        (epoch + Duration::from_secs(253_402_300_799), 253_402_300_799, "the last second"),
        (epoch + far, 253_402_300_799, "behind it"),
        (epoch - Duration::from_secs(11_644_473_600), -11_644_473_600, "the first second"),
        (epoch - Duration::from_millis(11_644_473_600_001), -11_644_473_600, "before it"),
        (epoch - far, -11_644_473_600, "far before it"),
    ];
    for (moment, seconds, reason) in rows {
        assert_eq!(CookieDate::from(moment).unix_timestamp(), seconds, "{seconds}: {reason}");
    }
    for seconds in [-11_644_473_600, -1, 0, 1, 253_402_300_799] {
        let date = CookieDate::from_unix_timestamp(seconds);
        let moment = SystemTime::from(date);
        assert_eq!(CookieDate::from(moment), date);
        let distance = moment.duration_since(epoch).unwrap_or_else(|before| before.duration());
        assert_eq!(distance, Duration::from_secs(seconds.unsigned_abs()));
        assert_eq!(moment < epoch, seconds < 0);
    }
}

#[test]
fn formatted() {
    let date = CookieDate::UNIX_EPOCH;
    assert_eq!(format!("{date}"), "Thu, 01 Jan 1970 00:00:00 GMT");
    assert_eq!(
        format!("{date:>31}|{date:<31}|"),
        "  Thu, 01 Jan 1970 00:00:00 GMT|Thu, 01 Jan 1970 00:00:00 GMT  |",
        "padded as asked"
    );
    assert_eq!(format!("{date:?}"), "CookieDate(Thu, 01 Jan 1970 00:00:00 GMT)");
}

#[test]
fn later_and_earlier() {
    use core::time::Duration;
    let (first, epoch, last) = (CookieDate::MIN, CookieDate::UNIX_EPOCH, CookieDate::MAX);
    let day = Duration::from_secs(86_400);
    let whole = Duration::from_secs(253_402_300_799 + 11_644_473_600);
    let rows = [
        (epoch + Duration::ZERO, 0, "nothing later"),
        (epoch + Duration::from_millis(1999), 1, "a fraction is dropped"),
        (epoch - Duration::from_millis(1999), -1, "of the time taken off, too"),
        (epoch + day, 86_400, "a day"),
        (epoch - day, -86_400, "a day earlier"),
        (first + whole, 253_402_300_799, "from the first to the last"),
        (last - whole, -11_644_473_600, "and back"),
        (last + Duration::from_secs(1), 253_402_300_799, "the last has nothing behind it"),
        (first - Duration::from_secs(1), -11_644_473_600, "the first nothing before it"),
        (first + Duration::MAX, 253_402_300_799, "the longest time there is"),
        (last - Duration::MAX, -11_644_473_600, "in either direction"),
        (epoch + Duration::from_secs(1 << 63), 253_402_300_799, "more than the seconds are counted in"),
        (epoch - Duration::from_secs(1 << 63), -11_644_473_600, "in either direction"),
    ];
    for (date, seconds, reason) in rows {
        assert_eq!(date.unix_timestamp(), seconds, "{reason}");
    }
}

/// A line, and when it expires if it arrives 100 seconds into 1970.
#[test]
fn expiry_at_a_time() {
    let rows = [
        ("a=1", None, "with the session"),
        ("a=1; Expires=1 Jan 1970 00:02:00", Some(120), "by Expires"),
        ("a=1; Max-Age=60", Some(160), "by Max-Age, from now on"),
        ("a=1; Max-Age=60; Expires=1 Jan 1970 00:00:00", Some(160), "Max-Age before Expires"),
        ("a=1; Max-Age=0; Expires=1 Jan 2030 00:00:00", Some(-11_644_473_600), "zero has passed"),
        ("a=1; Max-Age=-5", Some(-11_644_473_600), "as has less"),
        ("a=1; Max-Age=99999999999", Some(100 + 0x7FFF_FFFF), "the longest"),
        ("a=1; Expires=soon", None, "no date is none"),
    ];
    for (line, expected, reason) in rows {
        let cookie = hardtack::SetCookie::parse(line).unwrap();
        let expires = cookie.expires_at(CookieDate::from_unix_timestamp(100));
        assert_eq!(expires.map(CookieDate::unix_timestamp), expected, "{line}: {reason}");
    }
}

#[test]
#[cfg(feature = "chrono")]
fn moments_of_chrono() {
    use chrono::{DateTime, FixedOffset, Utc};
    let rows = [
        (0, 0, 0, "the start"),
        (1_812_536_294, 999_999_999, 1_812_536_294, "a fraction is dropped"),
        (-1, 500_000_000, -1, "before 1970 too, to the second before"),
        (-11_644_473_600, 0, -11_644_473_600, "the first second"),
        (-11_644_473_601, 0, -11_644_473_600, "before it"),
        (253_402_300_799, 1_500_000_000, 253_402_300_799, "the last, a leap second"),
        (253_402_300_800, 0, 253_402_300_799, "behind it"),
        (8_210_266_876_799, 0, 253_402_300_799, "the last that chrono counts"),
    ];
    for (seconds, nanoseconds, expected, reason) in rows {
        let moment = DateTime::from_timestamp(seconds, nanoseconds).unwrap();
        let date = CookieDate::from(moment);
        assert_eq!(date.unix_timestamp(), expected, "{moment}: {reason}");
        if let Some(there) = FixedOffset::east_opt(5 * 3600 + 1800)
            && expected == seconds
        {
            assert_eq!(CookieDate::from(moment.with_timezone(&there)), date, "{moment} elsewhere: {reason}");
        }
        assert_eq!(DateTime::<Utc>::from(date).timestamp(), expected, "{moment}: {reason}");
    }
    for date in [CookieDate::MIN, CookieDate::UNIX_EPOCH, CookieDate::MAX] {
        assert_eq!(CookieDate::from(DateTime::<Utc>::from(date)), date);
    }
}

#[test]
#[cfg(feature = "jiff")]
fn moments_of_jiff() {
    use jiff::Timestamp;
    let rows = [
        (0, 0, 0, "the start"),
        (1_812_536_294, 999_999_999, 1_812_536_294, "a fraction is dropped"),
        (0, -1, -1, "before 1970 too, to the second before"),
        (-1, 0, -1, "a whole second"),
        (-1, -1, -2, "and one more"),
        (-11_644_473_600, 0, -11_644_473_600, "the first second"),
        (-11_644_473_600, -1, -11_644_473_600, "before it"),
    ];
    for (seconds, nanoseconds, expected, reason) in rows {
        let moment = Timestamp::new(seconds, nanoseconds).unwrap();
        assert_eq!(CookieDate::from(moment).unix_timestamp(), expected, "{moment}: {reason}");
    }
    assert_eq!(CookieDate::from(Timestamp::MIN), CookieDate::MIN, "jiff counts from earlier on");
    for date in [CookieDate::MIN, CookieDate::UNIX_EPOCH, CookieDate::from_unix_timestamp(1_812_536_294)] {
        assert_eq!(CookieDate::from(Timestamp::from(date)), date);
        assert_eq!(Timestamp::from(date).as_second(), date.unix_timestamp());
    }
    let last = Timestamp::from(CookieDate::MAX);
    assert_eq!(last, Timestamp::MAX, "which ends a day before the last date");
    assert!(CookieDate::from(last) < CookieDate::MAX);
}
