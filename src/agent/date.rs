//! Expires as browsers read it, where they part from the cookie-date algorithm (RFC 6265bis section 5.1.1).

use time::Month;

use crate::agent::loose_date;
use crate::agent::profile::{Profile, Rule};
use crate::bytes::DATE_DELIMITER;
use crate::date::{CookieDate, TimeOfDay, checked, month};
use crate::error::DateError;

/// The date an Expires says to a user agent.
pub(crate) fn read(text: &[u8], profile: Profile) -> Result<CookieDate, DateError> {
    if profile.follows(Rule::LooseExpires) {
        CookieDate::at_usual_places(text, |rest| matches!(rest, b"" | b" GMT"))
            .map_or_else(|| loose_date::read(text), Ok)
    } else if profile.follows(Rule::PlainNumbersInExpires) {
        CookieDate::at_usual_places(text, |rest| rest.first().is_none_or(|&byte| DATE_DELIMITER.contains(byte)))
            .map_or_else(|| PlainNumbers::read(text), Ok)
    } else {
        CookieDate::parse(text)
    }
}

/// What was found by the cookie-date algorithm, to which a number with anything behind it is none.
#[derive(Default)]
struct PlainNumbers {
    time: Option<TimeOfDay>,
    day: Option<u8>,
    month: Option<Month>,
    year: Option<u32>,
}

impl PlainNumbers {
    fn read(text: &[u8]) -> Result<CookieDate, DateError> {
        let mut found = Self::default();
        for token in text.split(|&byte| DATE_DELIMITER.contains(byte)) {
            found.take(token);
        }
        found.date()
    }

    fn take(&mut self, token: &[u8]) {
        if !token.first().is_some_and(u8::is_ascii_digit) {
            self.month = self.month.or_else(|| month(token));
        } else if token.contains(&b':') {
            self.time = self.time.or_else(|| time_of_day(token));
        } else if let Some((number, [])) = number(token) {
            if self.day.is_none() && token.len() <= 2 {
                self.day = u8::try_from(number).ok();
            } else if self.year.is_none() && token.len() <= 5 {
                self.year = Some(number);
            }
        }
    }

    fn date(&self) -> Result<CookieDate, DateError> {
        let time = self.time.ok_or(DateError::MissingTime)?;
        let day = self.day.ok_or(DateError::MissingDay)?;
        let month = self.month.ok_or(DateError::MissingMonth)?;
        let year = match self.year.ok_or(DateError::MissingYear)? {
            year @ 70..=99 => year + 1900,
            year @ 0..=69 => year + 2000,
            year => year,
        };
        // The calendar repeats after 400 years: a year out of reach is checked in one like it.
        let readable = match year {
            ..1601 => year + 1600,
            10_000.. => year % 400 + 2000,
            _ => year,
        };
        let date = checked(day, month, u16::try_from(readable).unwrap_or_default(), time)?;
        Ok(match year {
            ..1601 => CookieDate::MIN,
            10_000.. => CookieDate::MAX,
            _ => date,
        })
    }
}

/// Three numbers of two digits at most, zeros before them aside.
fn time_of_day(token: &[u8]) -> Option<TimeOfDay> {
    let (hour, rest) = number(token)?;
    let (minute, rest) = number(rest.strip_prefix(b":")?)?;
    let (second, rest) = number(rest.strip_prefix(b":")?)?;
    let field = |value| u8::try_from(value).ok().filter(|&value| value < 100);
    if rest.is_empty() { Some((field(hour)?, field(minute)?, field(second)?)) } else { None }
}

/// The number a token begins with, and what follows its digits; `None` without any or with too many.
fn number(token: &[u8]) -> Option<(u32, &[u8])> {
    let end = token.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(token.len());
    let (digits, rest) = token.split_at_checked(end)?;
    let value = digits
        .iter()
        .try_fold(0_u32, |value, digit| value.checked_mul(10)?.checked_add(u32::from(digit.wrapping_sub(b'0'))));
    Some((value.filter(|_| end > 0)?, rest))
}
