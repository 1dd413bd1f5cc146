//! Dates: the cookie-date user agents read, the IMF-fixdate servers write.

use core::fmt;
use core::ops::{Add, Sub};
use core::str::FromStr;
use core::time::Duration;

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

use crate::bytes::DATE_DELIMITER;
use crate::error::DateError;
use crate::input::AsText;
use crate::text::Sealed as _;

/// A second between the years 1601 and 9999, in UTC: what Expires can say.
///
/// It is read as user agents read it, by the cookie-date algorithm (RFC 6265bis section 5.1.1), and written as
/// IMF-fixdate (RFC 9110 section 5.6.7). Conversions into it clamp to the years it can say and drop fractions of a
/// second.
///
/// ```
/// use hardtack::CookieDate;
///
/// let date = CookieDate::parse("Sat Jul 24 2027 22:30:27 GMT+0000")?;
/// assert_eq!(date.to_string(), "Sat, 24 Jul 2027 22:30:27 GMT");
/// assert_eq!(CookieDate::from(time::OffsetDateTime::UNIX_EPOCH), CookieDate::UNIX_EPOCH);
/// # Ok::<(), hardtack::DateError>(())
/// ```
#[doc(alias("HttpDate", "Expiration"))]
// Broken down as it is written, so that writing, which a server does for every response, is a matter of table look-ups.
// Invariant: a day of the years 1601 to 9999 with its weekday, and a time of day without leap second.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CookieDate {
    century: u8,
    year_of_century: u8,
    month: Month,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    // Days from Monday; follows from the day, and so does not matter to the order.
    weekday: u8,
}

impl CookieDate {
    /// The first second that user agents read, at the start of the year 1601.
    pub const MIN: Self = Self {
        century: 16,
        year_of_century: 1,
        month: Month::January,
        day: 1,
        hour: 0,
        minute: 0,
        second: 0,
        weekday: 0,
    };
    /// The last second that has a four-digit year.
    pub const MAX: Self = Self {
        century: 99,
        year_of_century: 99,
        month: Month::December,
        day: 31,
        hour: 23,
        minute: 59,
        second: 59,
        weekday: 4,
    };
    /// The start of the year 1970, which a cookie's tombstone expires at.
    pub const UNIX_EPOCH: Self = Self { century: 19, year_of_century: 70, weekday: 3, ..Self::MIN };

    /// Octets of a date as it is written.
    pub const LEN: usize = 29;

    /// Reads a cookie-date: a time, a day, a month and a year in nearly any order and form; time zones and weekdays
    /// mean nothing.
    ///
    /// # Errors
    ///
    /// A [`DateError`] for:
    ///
    /// - `09 Jun 2027`, `junk`: one of the four is missing
    /// - `Wed, 09 Jun 1600 10:18:14 GMT`: a year before 1601
    /// - `Wed, 09 Jun 2027 24:00:00 GMT`: an hour above 23, a minute or second above 59
    /// - `Mon, 29 Feb 2027 10:18:14 GMT`: a day the month does not have
    ///
    /// ```
    /// use hardtack::CookieDate;
    ///
    /// for same in [
    ///     "Wed, 09 Jun 2027 10:18:14 GMT",
    ///     "Wednesday, 09-Jun-27 10:18:14 GMT",
    ///     "Wed Jun  9 10:18:14 2027",
    ///     "2027 june 9th 10:18:14",
    /// ] {
    ///     assert_eq!(CookieDate::parse(same)?.unix_timestamp(), 1_812_536_294);
    /// }
    /// # Ok::<(), hardtack::DateError>(())
    /// ```
    pub fn parse<H: ?Sized + AsText>(text: &H) -> Result<Self, DateError> {
        let text = text.as_text().bytes();
        if let Some((day, month, year, time, _)) = at_fixed_places(text) {
            return checked(day, month, year, time);
        }
        let mut fields = Fields::default();
        let tokens = text.split(|&byte| DATE_DELIMITER.contains(byte)).filter(|token| !token.is_empty());
        for token in tokens {
            fields.take(token);
            if fields.complete() {
                break;
            }
        }
        fields.date()
    }

    /// The date that stands as nearly every server writes it, a day of the calendar, with nothing odd behind it: one
    /// that every user agent reads alike.
    #[cfg(feature = "agent")]
    #[inline(always)]
    pub(crate) fn at_usual_places(text: &[u8], may_follow: impl FnOnce(&[u8]) -> bool) -> Option<Self> {
        let (day, month, year, time, rest) = at_fixed_places(text)?;
        // Of four digits, a year is what it says to some, and of the last century to others.
        if year < 1601 || !may_follow(rest) {
            return None;
        }
        checked(day, month, year, time).ok()
    }

    /// Returns the date `seconds` after the start of the year 1970, clamped to [`MIN`](Self::MIN) and
    /// [`MAX`](Self::MAX).
    ///
    /// ```
    /// use hardtack::CookieDate;
    ///
    /// let date = CookieDate::from_unix_timestamp(1_000_000_000);
    /// assert_eq!(date.to_string(), "Sun, 09 Sep 2001 01:46:40 GMT");
    /// assert_eq!(CookieDate::from_unix_timestamp(i64::MAX), CookieDate::MAX);
    /// ```
    #[must_use]
    pub fn from_unix_timestamp(seconds: i64) -> Self {
        // Both ends have a day and a time of it, so that all between them is counted without a sign.
        let seconds = seconds.clamp(FIRST_SECOND, LAST_SECOND) - FIRST_SECOND;
        let seconds = seconds.unsigned_abs();
        let (days, time) = (narrow(seconds / 86_400), narrow(seconds % 86_400));
        let (century, year_of_century, month, day) = calendar(days);
        Self {
            century: octet(century),
            year_of_century: octet(year_of_century),
            month,
            day: octet(day),
            hour: octet(time / 3600),
            minute: octet(time / 60 % 60),
            second: octet(time % 60),
            // The year 1601 began on a Monday.
            weekday: octet(days % 7),
        }
    }

    /// A day between 1601 and 9999, and a time of it.
    fn new(date: Date, year: u16, month: Month, day: u8, (hour, minute, second): TimeOfDay) -> Self {
        let century = u8::try_from(year / 100).unwrap_or_default();
        let year_of_century = u8::try_from(year % 100).unwrap_or_default();
        let weekday = date.weekday().number_days_from_monday();
        Self { century, year_of_century, month, day, hour, minute, second, weekday }
    }

    /// Returns the seconds since the start of the year 1970.
    ///
    /// ```
    /// assert_eq!(hardtack::CookieDate::MIN.unix_timestamp(), -11_644_473_600);
    /// ```
    #[must_use]
    pub fn unix_timestamp(self) -> i64 {
        let year = i64::from(self.century) * 100 + i64::from(self.year_of_century);
        let month = i64::from(u8::from(self.month));
        // Years begin in March, so that the leap day is the last of its year; month n of those begins at day
        // (153 n + 2) / 5.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + i64::from(self.day);
        let hours = (days - DAYS_TO_1970) * 24 + i64::from(self.hour);
        (hours * 60 + i64::from(self.minute)) * 60 + i64::from(self.second)
    }

    /// Returns the date as IMF-fixdate, in ASCII (RFC 9110 section 5.6.7).
    ///
    /// ```
    /// use hardtack::CookieDate;
    ///
    /// assert_eq!(&CookieDate::UNIX_EPOCH.to_imf_fixdate(), b"Thu, 01 Jan 1970 00:00:00 GMT");
    /// ```
    #[doc(alias = "fmt_http_date")]
    #[must_use]
    #[inline]
    pub fn to_imf_fixdate(self) -> [u8; Self::LEN] {
        let [w0, w1, w2] = WEEKDAYS.get(usize::from(self.weekday)).copied().unwrap_or_default();
        let [m0, m1, m2] = MONTHS.get(usize::from(u8::from(self.month)) - 1).copied().unwrap_or_default();
        let [d0, d1] = two_digits(self.day);
        let [c0, c1] = two_digits(self.century);
        let [y0, y1] = two_digits(self.year_of_century);
        let [h0, h1] = two_digits(self.hour);
        let [i0, i1] = two_digits(self.minute);
        let [s0, s1] = two_digits(self.second);
        [
            w0, w1, w2, b',', b' ', d0, d1, b' ', m0, m1, m2, b' ', c0, c1, y0, y1, b' ', h0, h1, b':', i0, i1, b':',
            s0, s1, b' ', b'G', b'M', b'T',
        ]
    }
}

const FIRST_SECOND: i64 = -11_644_473_600;
const LAST_SECOND: i64 = 253_402_300_799;

/// Century, year of it, month and day, so many days after the start of the year 1601.
///
/// Years begin in March, so that the leap day ends them, and centuries and years are divided out of four times the days
/// (Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms", 2022).
fn calendar(days: u32) -> (u32, u32, Month, u32) {
    const YEAR_0_TO_1601: u32 = 584_694;
    const PER_FOUR_CENTURIES: u32 = 146_097;
    // 2^32 by 1461, the days of four years.
    const YEARS: u64 = 2_939_745;
    let quarters = 4 * (days + YEAR_0_TO_1601) + 3;
    let century = quarters / PER_FOUR_CENTURIES;
    let years = YEARS * u64::from((quarters % PER_FOUR_CENTURIES) | 3);
    let day_of_year = narrow((years & 0xFFFF_FFFF) / YEARS / 4);
    let year = century * 100 + narrow(years >> 32);
    // 2141 is 2^16 by the 30.6 days of a month: 153 days from March to July, and from August to December.
    let months = 2141 * day_of_year + 197_913;
    let month = months >> 16;
    let (year, month) = if month > 12 { (year + 1, month - 12) } else { (year, month) };
    let month = Month::try_from(octet(month)).unwrap_or(Month::January);
    (year / 100, year % 100, month, (months & 0xFFFF) / 2141 + 1)
}

/// What is known to fit.
fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

/// What is known to fit.
fn octet(number: u32) -> u8 {
    u8::try_from(number).unwrap_or_default()
}

/// Days from the last of February of the year 0 to the start of the year 1970.
const DAYS_TO_1970: i64 = 719_469;

const WEEKDAYS: [[u8; 3]; 7] = [*b"Mon", *b"Tue", *b"Wed", *b"Thu", *b"Fri", *b"Sat", *b"Sun"];
const MONTHS: [[u8; 3]; 12] =
    [*b"Jan", *b"Feb", *b"Mar", *b"Apr", *b"May", *b"Jun", *b"Jul", *b"Aug", *b"Sep", *b"Oct", *b"Nov", *b"Dec"];

/// The last two decimal digits of every octet: one look-up instead of two divisions.
const TWO_DIGITS: [[u8; 2]; 256] = {
    let mut pairs = [[0; 2]; 256];
    let mut number = 0_u8;
    loop {
        pairs[number as usize] = [b'0' + number / 10 % 10, b'0' + number % 10];
        if number == u8::MAX {
            break pairs;
        }
        number += 1;
    }
};

#[inline]
pub(crate) const fn two_digits(number: u8) -> [u8; 2] {
    TWO_DIGITS[number as usize]
}

/// Hour, minute and second.
pub(crate) type TimeOfDay = (u8, u8, u8);

/// What the cookie-date algorithm has found so far; each token is taken by the first production not yet found.
#[derive(Default)]
struct Fields {
    time: Option<TimeOfDay>,
    day: Option<u8>,
    month: Option<Month>,
    year: Option<u16>,
}

impl Fields {
    fn take(&mut self, token: &[u8]) {
        let _taken = take(&mut self.time, || time_of_day(token))
            || take(&mut self.day, || day_of_month(token))
            || take(&mut self.month, || month(token))
            || take(&mut self.year, || year(token));
    }

    fn complete(&self) -> bool {
        self.time.is_some() && self.day.is_some() && self.month.is_some() && self.year.is_some()
    }

    fn date(&self) -> Result<CookieDate, DateError> {
        let time = self.time.ok_or(DateError::MissingTime)?;
        let day = self.day.ok_or(DateError::MissingDay)?;
        let month = self.month.ok_or(DateError::MissingMonth)?;
        let year = self.year.ok_or(DateError::MissingYear)?;
        checked(day, month, year, time)
    }
}

/// Whether a field not yet found is found now.
fn take<F>(field: &mut Option<F>, read: impl FnOnce() -> Option<F>) -> bool {
    if field.is_some() {
        return false;
    }
    *field = read();
    field.is_some()
}

/// The checks of RFC 6265bis section 5.1.1, steps 3 to 6.
#[inline(always)]
pub(crate) fn checked(day: u8, month: Month, year: u16, time: TimeOfDay) -> Result<CookieDate, DateError> {
    let year = match year {
        70..=99 => year + 1900,
        0..=69 => year + 2000,
        _ => year,
    };
    if year < 1601 {
        return Err(DateError::YearTooEarly { year });
    }
    let (hour, minute, second) = time;
    if hour > 23 || minute > 59 || second > 59 {
        return Err(DateError::NoSuchTime { hour, minute, second });
    }
    match Date::from_calendar_date(i32::from(year), month, day) {
        Ok(date) => Ok(CookieDate::new(date, year, month, day, time)),
        Err(_) => Err(DateError::NoSuchDay { year, month: month.into(), day }),
    }
}

/// What the algorithm finds where a date stands as nearly every server writes it: `Wed, 09 Jun 2027 10:18:14 GMT`,
/// with hyphens, or without the comma and the month first as JavaScript does.
#[inline(always)]
fn at_fixed_places(text: &[u8]) -> Option<(u8, Month, u16, TimeOfDay, &[u8])> {
    let (weekday, text) = text.split_first_chunk::<3>()?;
    let (time, named, [y0, y1, y2, y3, d0, d1, ..], text) = if let Some((date, text)) = text.split_first_chunk::<22>()
        && let [b',', b' ', d0, d1, b' ' | b'-', m0, m1, m2, b' ' | b'-', y0, y1, y2, y3, b' ', time @ ..] = date
    {
        (time, [*m0, *m1, *m2], [*y0, *y1, *y2, *y3, *d0, *d1, b'0', b'0'], text)
    } else {
        let (date, text) = text.split_first_chunk::<21>()?;
        let [b' ', m0, m1, m2, b' ', d0, d1, b' ', y0, y1, y2, y3, b' ', time @ ..] = date else {
            return None;
        };
        (time, [*m0, *m1, *m2], [*y0, *y1, *y2, *y3, *d0, *d1, b'0', b'0'], text)
    };
    // A weekday is a token too, but none of the four; another word in its place might be the month.
    if !is_weekday(*weekday) || !ends(text) {
        return None;
    }
    let [y0, y1, y2, y3, d0, d1, _, _] = digits([y0, y1, y2, y3, d0, d1, b'0', b'0'], *b"00000000", [9; 8])?;
    let [h0, h1, _, i0, i1, _, s0, s1] = digits(*time, *b"00:00:00", [9, 9, 0, 9, 9, 0, 9, 9])?;
    let year = u16::from(y0 * 10 + y1) * 100 + u16::from(y2 * 10 + y3);
    Some((d0 * 10 + d1, month(&named)?, year, (h0 * 10 + h1, i0 * 10 + i1, s0 * 10 + s1), text))
}

/// The digits' values, all octets compared at once: each may be above that of `zero` by no more than `most`.
///
/// `zero` has no bit that `most` has, so that taking it out is an exclusive or; what is too large then reaches the high
/// bit of its octet.
#[inline(always)]
fn digits(text: [u8; 8], zero: [u8; 8], most: [u8; 8]) -> Option<[u8; 8]> {
    const HIGHS: u64 = u64::from_ne_bytes([0x80; 8]);
    let digits = u64::from_ne_bytes(text) ^ u64::from_ne_bytes(zero);
    let room = u64::from_ne_bytes([0x7F; 8]) - u64::from_ne_bytes(most);
    let fit = (digits.wrapping_add(room) | digits) & HIGHS == 0;
    fit.then(|| digits.to_ne_bytes())
}

#[inline(always)]
fn is_weekday([first, second, third]: [u8; 3]) -> bool {
    matches!(&[first | 0x20, second | 0x20, third | 0x20], b"mon" | b"tue" | b"wed" | b"thu" | b"fri" | b"sat" | b"sun")
}

/// `time = time-field ":" time-field ":" time-field [ non-digit *OCTET ]`
fn time_of_day(token: &[u8]) -> Option<TimeOfDay> {
    let (hour, token) = two_digit_number(token)?;
    let (minute, token) = two_digit_number(token.strip_prefix(b":")?)?;
    let (second, token) = two_digit_number(token.strip_prefix(b":")?)?;
    ends(token).then_some((hour, minute, second))
}

/// `day-of-month = 1*2DIGIT [ non-digit *OCTET ]`
fn day_of_month(token: &[u8]) -> Option<u8> {
    let (day, token) = two_digit_number(token)?;
    ends(token).then_some(day)
}

/// `month = ( "jan" / "feb" / ... ) *OCTET`
#[inline(always)]
pub(crate) fn month(token: &[u8]) -> Option<Month> {
    let [first, second, third, ..] = token else {
        return None;
    };
    // Setting bit 5 folds the case of a letter and makes a letter of nothing else.
    match [first | 0x20, second | 0x20, third | 0x20] {
        [b'j', b'a', b'n'] => Some(Month::January),
        [b'f', b'e', b'b'] => Some(Month::February),
        [b'm', b'a', b'r'] => Some(Month::March),
        [b'a', b'p', b'r'] => Some(Month::April),
        [b'm', b'a', b'y'] => Some(Month::May),
        [b'j', b'u', b'n'] => Some(Month::June),
        [b'j', b'u', b'l'] => Some(Month::July),
        [b'a', b'u', b'g'] => Some(Month::August),
        [b's', b'e', b'p'] => Some(Month::September),
        [b'o', b'c', b't'] => Some(Month::October),
        [b'n', b'o', b'v'] => Some(Month::November),
        [b'd', b'e', b'c'] => Some(Month::December),
        _ => None,
    }
}

/// `year = 2*4DIGIT [ non-digit *OCTET ]`
fn year(token: &[u8]) -> Option<u16> {
    let (high, token) = digit(token)?;
    let (low, mut token) = digit(token)?;
    let mut year = u16::from(high) * 10 + u16::from(low);
    for _ in 0..2 {
        let Some((next, rest)) = digit(token) else {
            break;
        };
        year = year * 10 + u16::from(next);
        token = rest;
    }
    ends(token).then_some(year)
}

/// Whether a number ends here: at the end of its token, or at something that is no digit.
fn ends(token: &[u8]) -> bool {
    digit(token).is_none()
}

fn two_digit_number(token: &[u8]) -> Option<(u8, &[u8])> {
    let (high, token) = digit(token)?;
    Some(match digit(token) {
        Some((low, token)) => (high * 10 + low, token),
        None => (high, token),
    })
}

fn digit(token: &[u8]) -> Option<(u8, &[u8])> {
    let (first, rest) = token.split_first()?;
    first.is_ascii_digit().then(|| (first - b'0', rest))
}

impl FromStr for CookieDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for CookieDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(str::from_utf8(&self.to_imf_fixdate()).unwrap_or_default())
    }
}

impl fmt::Debug for CookieDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CookieDate({self})")
    }
}

/// Adds a duration, clamped to [`CookieDate::MAX`]; fractions of a second are dropped.
///
/// ```
/// use core::time::Duration;
/// use hardtack::CookieDate;
///
/// let date = CookieDate::UNIX_EPOCH + Duration::from_secs(60);
/// assert_eq!(date.to_string(), "Thu, 01 Jan 1970 00:01:00 GMT");
/// assert_eq!(CookieDate::MAX + Duration::MAX, CookieDate::MAX);
/// ```
impl Add<Duration> for CookieDate {
    type Output = Self;

    fn add(self, later: Duration) -> Self {
        let seconds = i64::try_from(later.as_secs()).unwrap_or(i64::MAX);
        Self::from_unix_timestamp(self.unix_timestamp().saturating_add(seconds))
    }
}

/// Subtracts a duration, clamped to [`CookieDate::MIN`]; fractions of a second are dropped.
impl Sub<Duration> for CookieDate {
    type Output = Self;

    fn sub(self, earlier: Duration) -> Self {
        let seconds = i64::try_from(earlier.as_secs()).unwrap_or(i64::MAX);
        Self::from_unix_timestamp(self.unix_timestamp().saturating_sub(seconds))
    }
}

impl From<OffsetDateTime> for CookieDate {
    fn from(moment: OffsetDateTime) -> Self {
        Self::from_unix_timestamp(moment.unix_timestamp())
    }
}

impl From<CookieDate> for OffsetDateTime {
    fn from(date: CookieDate) -> Self {
        // By the invariant neither fallback is reached.
        let year = i32::from(date.century) * 100 + i32::from(date.year_of_century);
        let day = Date::from_calendar_date(year, date.month, date.day);
        let time = Time::from_hms(date.hour, date.minute, date.second);
        PrimitiveDateTime::new(day.unwrap_or(Self::UNIX_EPOCH.date()), time.unwrap_or(Time::MIDNIGHT)).assume_utc()
    }
}

#[cfg(feature = "std")]
mod system_time {
    extern crate std;

    use core::time::Duration;
    use std::time::SystemTime;

    use super::CookieDate;

    impl From<SystemTime> for CookieDate {
        fn from(moment: SystemTime) -> Self {
            Self::from_unix_timestamp(match moment.duration_since(SystemTime::UNIX_EPOCH) {
                Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
                // Dropping the fraction means the second before, also ahead of 1970.
                Err(before) => {
                    let before = before.duration();
                    let seconds = before.as_secs().saturating_add(u64::from(before.subsec_nanos() > 0));
                    i64::try_from(seconds).map_or(i64::MIN, i64::wrapping_neg)
                }
            })
        }
    }

    impl From<CookieDate> for SystemTime {
        fn from(date: CookieDate) -> Self {
            let seconds = date.unix_timestamp();
            let distance = Duration::from_secs(seconds.unsigned_abs());
            let moment = if seconds < 0 {
                Self::UNIX_EPOCH.checked_sub(distance)
            } else {
                Self::UNIX_EPOCH.checked_add(distance)
            };
            // Every platform's clock counts at least 1601 to 9999: none is ever asked for the fallback.
            moment.unwrap_or(Self::UNIX_EPOCH)
        }
    }
}

#[cfg(test)]
mod tests {
    use time::Date;

    use crate::date::CookieDate;

    /// Every day of the four centuries after which the calendar begins anew, and one of each month behind them, by
    /// the calendar of another.
    #[test]
    fn a_day_is_that_of_the_calendar() {
        let mut seconds = CookieDate::MIN.unix_timestamp();
        let mut date = Date::from_calendar_date(1601, time::Month::January, 1).ok();
        while let Some(day) = date.filter(|day| day.year() < 10_000) {
            let found = CookieDate::from_unix_timestamp(seconds);
            let year = i32::from(found.century) * 100 + i32::from(found.year_of_century);
            assert_eq!((year, found.month, found.day), day.to_calendar_date());
            assert_eq!(found.weekday, day.weekday().number_days_from_monday(), "{day}");
            let step = if day.year() < 2002 { 1 } else { 29 };
            seconds += step * 86_400;
            date = day.checked_add(time::Duration::days(step));
        }
        assert_eq!(CookieDate::from_unix_timestamp(CookieDate::MAX.unix_timestamp()), CookieDate::MAX);
    }
}
