//! Moments of the crate `chrono` (feature `chrono`).

use ::chrono::{DateTime, TimeZone, Utc};

use crate::date::CookieDate;

/// ```
/// use chrono::{TimeZone, Utc};
/// use hardtack::CookieDate;
///
/// let moment = Utc.with_ymd_and_hms(2027, 6, 9, 10, 18, 14).unwrap();
/// assert_eq!(CookieDate::from(moment).to_string(), "Wed, 09 Jun 2027 10:18:14 GMT");
/// ```
impl<Z: TimeZone> From<DateTime<Z>> for CookieDate {
    fn from(moment: DateTime<Z>) -> Self {
        Self::from_unix_timestamp(moment.timestamp())
    }
}

impl From<CookieDate> for DateTime<Utc> {
    fn from(date: CookieDate) -> Self {
        // The years 1601 to 9999 are among those it knows: the epoch is never asked for.
        Self::from_timestamp(date.unix_timestamp(), 0).unwrap_or(Self::UNIX_EPOCH)
    }
}
