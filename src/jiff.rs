//! Moments of the crate `jiff` (feature `jiff`).

use ::jiff::Timestamp;

use crate::date::CookieDate;

/// ```
/// use hardtack::CookieDate;
///
/// let moment: jiff::Timestamp = "2027-06-09T10:18:14Z".parse()?;
/// assert_eq!(CookieDate::from(moment).to_string(), "Wed, 09 Jun 2027 10:18:14 GMT");
/// # Ok::<(), jiff::Error>(())
/// ```
impl From<Timestamp> for CookieDate {
    fn from(moment: Timestamp) -> Self {
        // Seconds are cut towards zero; dropping the fraction means the second before, also ahead of 1970.
        let seconds = moment.as_second();
        let before = i64::from(moment.subsec_nanosecond() < 0);
        Self::from_unix_timestamp(seconds.saturating_sub(before))
    }
}

impl From<CookieDate> for Timestamp {
    fn from(date: CookieDate) -> Self {
        // It begins long before a cookie's dates do, and ends a day before the last of them.
        Self::from_second(date.unix_timestamp()).unwrap_or(Self::MAX)
    }
}
