//! Expires as Firefox reads it: by an algorithm for dates of every kind, that of mail among them.
//!
//! A text is cut into words and numbers. Words are months and time zones, and only their first three letters count; what a
//! number is follows from its digits and from what stands behind it. Nothing is out of range: the 31st of June is the
//! first of July.

use time::{Date, Month};

use crate::date::CookieDate;
use crate::error::DateError;

/// How many words and numbers are read; a text of more is no date.
const MOST_TOKENS: usize = 1001;

/// The last year, for years are counted in sixteen bits.
const LAST_YEAR: i32 = i16::MAX as i32;

/// The start of the year 1970 in Julian days.
const EPOCH: i64 = 2_440_588;

const MONTHS: [[u8; 3]; 12] =
    [*b"jan", *b"feb", *b"mar", *b"apr", *b"may", *b"jun", *b"jul", *b"aug", *b"sep", *b"oct", *b"nov", *b"dec"];

/// Time zones, and by how many minutes they are ahead of UTC.
const ZONES: [([u8; 3], i32); 15] = [
    (*b"pst", -480),
    (*b"pdt", -420),
    (*b"mst", -420),
    (*b"mdt", -360),
    (*b"cst", -360),
    (*b"cdt", -300),
    (*b"est", -300),
    (*b"edt", -240),
    (*b"ast", -240),
    (*b"nst", -210),
    (*b"gmt", 0),
    (*b"bst", 60),
    (*b"met", 60),
    (*b"eet", 120),
    (*b"jst", 540),
];

pub(crate) fn read(text: &[u8]) -> Result<CookieDate, DateError> {
    let mut reader = Reader { text, at: 0, found: Found::default() };
    for _ in 0..MOST_TOKENS {
        if reader.at >= text.len() {
            break;
        }
        reader.token();
        reader.skip();
    }
    if reader.at < text.len() {
        return Err(DateError::MissingYear);
    }
    reader.found.date()
}

/// What was found so far; of most things the first counts.
#[derive(Default)]
struct Found {
    // Counted from January.
    month: Option<i32>,
    day: Option<i32>,
    year: Option<i32>,
    // Hour, minute, second; a second is what stands there, digit or not.
    time: Option<(i32, i32, i32)>,
    zone: Option<i32>,
    offset: Option<i32>,
}

impl Found {
    fn date(&self) -> Result<CookieDate, DateError> {
        let month = self.month.ok_or(DateError::MissingMonth)?;
        let day = self.day.ok_or(DateError::MissingDay)?;
        let year = self.year.filter(|&year| year <= LAST_YEAR).ok_or(DateError::MissingYear)?;
        let (hour, minute, second) = self.time.unwrap_or_default();
        let (year, month) = (year + month.div_euclid(12), month.rem_euclid(12));
        let first = u8::try_from(month + 1).ok().and_then(|month| Month::try_from(month).ok());
        let Some(first) = first.and_then(|month| Date::from_calendar_date(year, month, 1).ok()) else {
            return Ok(CookieDate::MAX);
        };
        let days = i64::from(first.to_julian_day()) - EPOCH + i64::from(day) - 1;
        let minutes = i64::from(minute) - i64::from(self.offset.or(self.zone).unwrap_or_default());
        let seconds = ((days * 24 + i64::from(hour)) * 60 + minutes) * 60 + i64::from(second);
        Ok(CookieDate::from_unix_timestamp(seconds))
    }
}

struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    found: Found,
}

impl<'t> Reader<'t> {
    /// The octet so far ahead; NUL behind the end.
    fn ahead(&self, distance: usize) -> u8 {
        self.text.get(self.at + distance).copied().unwrap_or_default()
    }

    fn rest(&self) -> &'t [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn token(&mut self) {
        match self.ahead(0) {
            b'0'..=b'9' => self.number(),
            sign @ (b'+' | b'-') => self.offset(sign),
            _ => self.word(),
        }
    }

    fn word(&mut self) {
        let rest = self.rest();
        let found = &mut self.found;
        let Some(letters) = rest.first_chunk::<3>().map(lower_case) else {
            if rest.eq_ignore_ascii_case(b"ut") {
                found.zone.get_or_insert(0);
            }
            return;
        };
        if let Some((_, month)) = MONTHS.iter().zip(0..).find(|(name, _)| letters == **name) {
            found.month.get_or_insert(month);
        } else if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| letters == *name) {
            found.zone.get_or_insert(*minutes);
        } else if matches!(letters, [b'u', b't', third] if !third.is_ascii_alphabetic()) {
            found.zone.get_or_insert(0);
        }
    }

    /// `+hhmm`, `+hh` or `+h`, behind GMT or no zone at all.
    fn offset(&mut self, sign: u8) {
        self.at += 1;
        if self.found.offset.is_some() || self.found.zone.is_some_and(|minutes| minutes != 0) {
            return;
        }
        let digits = leading_digits(self.rest());
        let minutes = match digits.len() {
            1 | 2 => value(digits) * 60,
            4 => value(digits) / 100 * 60 + value(digits) % 100,
            _ => return,
        };
        let minutes = if sign == b'-' { -minutes } else { minutes };
        self.found.zone = Some(0);
        // A minute west of Greenwich is how the algorithm says that there is no offset.
        self.found.offset = Some(minutes).filter(|&minutes| minutes != -1);
    }

    fn number(&mut self) {
        let digits = leading_digits(self.rest());
        let found = &mut self.found;
        match (self.text.get(self.at + digits.len()), self.text.get(self.at + digits.len() + 1)) {
            (Some(b':'), _) => self.time(digits),
            (Some(b'/' | b'-'), Some(b'0'..=b'9')) => self.numeric_date(),
            (Some(letter), _) if letter.is_ascii_alphabetic() => {}
            _ => match digits.len() {
                1 => drop(found.day.get_or_insert(value(digits))),
                2 if found.day.is_none() && value(digits) < 32 => found.day = Some(value(digits)),
                2 => drop(found.year.get_or_insert(of_the_century(value(digits)))),
                4 | 5 => drop(found.year.get_or_insert(value(digits))),
                _ => {}
            },
        }
    }

    /// Hour, minute and perhaps second, of two digits at most, and perhaps AM or PM.
    fn time(&mut self, hour: &[u8]) {
        let text = self.rest();
        let minute = leading_digits(text.get(hour.len() + 1..).unwrap_or_default());
        if self.found.time.is_some() || hour.len() > 2 || !matches!(minute.len(), 1 | 2) {
            return;
        }
        let behind = text.get(hour.len() + 1 + minute.len()..).unwrap_or_default();
        let behind = behind.strip_prefix(b":").unwrap_or(behind);
        let second = leading_digits(behind);
        let seconds = match second.len() {
            // What stands in the place of a digit is taken for one, and -1 for none.
            0 => match i32::from(behind.first().map_or(0, |byte| byte.cast_signed())) - i32::from(b'0') {
                -1 => 0,
                odd => odd,
            },
            1 | 2 => value(second),
            _ => return,
        };
        let half = behind.get(second.len()..).unwrap_or_default().trim_ascii_start();
        let half = half.first_chunk::<2>().map(lower_case);
        let hour = match (value(hour), half.as_ref()) {
            (hour @ 0..12, Some(b"pm")) => hour + 12,
            (12, Some(b"am")) => 0,
            (hour, _) => hour,
        };
        self.found.time = Some((hour, value(minute), seconds));
    }

    /// Month, day and year, or year, month and day, with `/` or `-` between them; none where a month was named.
    fn numeric_date(&mut self) {
        if self.found.month.is_some() {
            return;
        }
        let Some((first, second, third, behind)) = self.three_numbers() else {
            return;
        };
        let end = self.text.len() - behind.len();
        let (year, month, day) = match (first, second) {
            (32.. | 0, 13..) => return,
            (32.. | 0, _) if third > 31 => return,
            (32.. | 0, _) => (first, second, third),
            (13.., 13..) => {
                self.at = end;
                return;
            }
            (13.., _) => (third, second, first),
            _ => (third, first, second),
        };
        self.found.year = Some(of_the_century(year));
        self.found.month = Some(month - 1);
        self.found.day = Some(day);
        self.at = end;
    }

    /// One or two digits, the same, and then one, two, four or five, with nothing alphanumeric behind them; and what is.
    fn three_numbers(&self) -> Option<(i32, i32, i32, &'t [u8])> {
        let text = self.rest();
        let short = |text: &'t [u8]| Some(leading_digits(text)).filter(|digits| matches!(digits.len(), 1 | 2));
        let next = |text: &'t [u8], digits: &[u8]| match text.get(digits.len()..) {
            Some([b'/' | b'-', rest @ ..]) => Some(rest),
            _ => None,
        };
        let first = short(text)?;
        let text = next(text, first)?;
        let second = short(text)?;
        let text = next(text, second)?;
        let third = Some(leading_digits(text)).filter(|digits| matches!(digits.len(), 1 | 2 | 4 | 5))?;
        let behind = text.get(third.len()..).filter(|behind| !behind.first().is_some_and(u8::is_ascii_alphabetic))?;
        Some((value(first), value(second), value(third), behind))
    }

    /// To the end of this token, and to the start of the next.
    fn skip(&mut self) {
        while self.at < self.text.len() && !self.is_end_of_token() {
            self.at += 1;
        }
        loop {
            match self.ahead(0) {
                b' ' | b'\t' | b',' | b';' | b'/' | b'(' | b')' | b'[' | b']' => self.at += 1,
                // Before a digit it is a sign, unless a year is still to come and a word was before.
                b'-' if !self.ahead(1).is_ascii_digit() || self.found.year.is_none() && self.is_behind_letter() => {
                    self.at += 1;
                }
                _ => break,
            }
        }
        if self.is_time_mark() {
            self.at += 1;
        }
    }

    fn is_end_of_token(&self) -> bool {
        matches!(self.ahead(0), b' ' | b'\t' | b',' | b';' | b'-' | b'+' | b'/' | b'(' | b')' | b'[' | b']')
            || self.is_time_mark()
    }

    /// The `T` before the time of ISO 8601.
    fn is_time_mark(&self) -> bool {
        self.ahead(0) == b'T' && self.ahead(1).is_ascii_digit()
    }

    fn is_behind_letter(&self) -> bool {
        self.at.checked_sub(1).and_then(|before| self.text.get(before)).is_some_and(u8::is_ascii_alphabetic)
    }
}

fn leading_digits(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

fn lower_case<const N: usize>(letters: &[u8; N]) -> [u8; N] {
    letters.map(|letter| letter.to_ascii_lowercase())
}

/// The value of five digits at most.
fn value(digits: &[u8]) -> i32 {
    digits.iter().take(5).fold(0, |value, digit| value * 10 + i32::from(digit.wrapping_sub(b'0')))
}

/// A year of two digits, from 1970 to 2069.
const fn of_the_century(year: i32) -> i32 {
    match year {
        ..70 => year + 2000,
        70..100 => year + 1900,
        _ => year,
    }
}
