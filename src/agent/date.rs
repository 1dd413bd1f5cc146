//! Expires as browsers read it, where they part from the cookie-date algorithm (RFC 6265bis section 5.1.1).
//!
//! The tokens are brought into the form that algorithm reads, and the algorithm reads them: calendar and months are the
//! core's.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::agent::profile::{Profile, Rule};
use crate::bytes::DATE_DELIMITER;
use crate::date::CookieDate;
use crate::error::DateError;

/// The date an Expires says to a user agent.
pub(crate) fn read(text: &[u8], profile: Profile) -> Result<CookieDate, DateError> {
    if !profile.follows(Rule::PlainNumbersInExpires) {
        return CookieDate::parse(text);
    }
    let mut plain = Plain { any_digits: profile.follows(Rule::AnyDigitsInExpires), ..Plain::default() };
    for token in text.split(|&byte| DATE_DELIMITER.contains(byte)) {
        plain.take(token);
    }
    plain.date()
}

/// What was found, each in the form the algorithm reads.
#[derive(Default)]
struct Plain {
    any_digits: bool,
    time: Option<String>,
    day: Option<u32>,
    year: Option<u32>,
    words: Vec<u8>,
}

impl Plain {
    fn take(&mut self, token: &[u8]) {
        if !token.first().is_some_and(u8::is_ascii_digit) {
            self.words.push(b' ');
            self.words.extend_from_slice(token);
        } else if token.contains(&b':') {
            if self.time.is_none() {
                self.time = self.time_of_day(token);
            }
        } else if let (Some(number), []) = number(token) {
            if self.day.is_none() && token.len() <= 2 {
                self.day = Some(number);
            } else if self.year.is_none() && self.is_year(token.len(), number) {
                self.year = Some(number);
            }
        }
    }

    fn time_of_day(&self, token: &[u8]) -> Option<String> {
        let (hour, rest) = self.time_field(token)?;
        let (minute, rest) = self.time_field(rest.strip_prefix(b":")?)?;
        let (second, rest) = self.time_field(rest.strip_prefix(b":")?)?;
        (rest.is_empty() || !self.any_digits).then(|| format!("{hour}:{minute}:{second}"))
    }

    fn time_field<'t>(&self, token: &'t [u8]) -> Option<(u32, &'t [u8])> {
        let (value, rest) = number(token);
        let digits = token.len() - rest.len();
        // Two digits are all a time of day needs; more are zeros in front or no time at all.
        value.filter(|&value| value < 100 && (self.any_digits || digits <= 2)).map(|value| (value, rest))
    }

    /// At most five digits; Firefox counts years in sixteen bits and knows none of one digit or three.
    const fn is_year(&self, digits: usize, year: u32) -> bool {
        if self.any_digits { digits <= 5 } else { matches!(digits, 2 | 4 | 5) && year < 1 << 15 }
    }

    fn date(self) -> Result<CookieDate, DateError> {
        let day = self.day.ok_or(DateError::MissingDay)?;
        let year = match self.year.ok_or(DateError::MissingYear)? {
            year @ 70..=99 => year + 1900,
            year @ 0..=69 => year + 2000,
            year => year,
        };
        // The calendar repeats after 400 years: a year out of reach is checked in the nearest like it.
        let readable = match year {
            ..1601 => 1601 + (year + 399) % 400,
            10_000.. => 9600 + year % 400,
            _ => year,
        };
        let mut text = self.time.unwrap_or_default().into_bytes();
        text.extend_from_slice(format!(" {day}").as_bytes());
        text.extend_from_slice(&self.words);
        text.extend_from_slice(format!(" {readable}").as_bytes());
        let date = CookieDate::parse(&text)?;
        Ok(match year {
            ..1601 => CookieDate::MIN,
            10_000.. => CookieDate::MAX,
            _ => date,
        })
    }
}

/// The digits a token begins with as a number, `None` without any or with too many, and what follows them.
fn number(token: &[u8]) -> (Option<u32>, &[u8]) {
    let end = token.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(token.len());
    let (digits, rest) = token.split_at_checked(end).unwrap_or((token, &[]));
    let value = digits
        .iter()
        .try_fold(0_u32, |value, digit| value.checked_mul(10)?.checked_add(u32::from(digit.wrapping_sub(b'0'))));
    (value.filter(|_| !digits.is_empty()), rest)
}
