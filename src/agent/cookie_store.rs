//! What the crate `cookie_store` saved, for those who come from it (feature `serde`).

use alloc::string::String;

use ::serde::Deserialize;

use crate::agent::error::InvalidCookie;
use crate::agent::matching::canonical_host;
use crate::agent::stored::StoredCookie;
use crate::date::CookieDate;
use crate::set_cookie::SetCookie;

/// One cookie as the crate `cookie_store` saves it, in JSON or in any other form; its file is a list of them, or one a
/// line.
///
/// ```
/// use hardtack::CookieDate;
/// use hardtack::agent::{CookieStoreEntry, Profile, Store};
///
/// let file = r#"[{"raw_cookie": "sid=31d4; Secure; Path=/", "path": ["/", true],
///                 "domain": {"Suffix": "shop.example"},
///                 "expires": {"AtUtc": "2027-01-15T08:00:00Z"}}]"#;
/// let now = CookieDate::UNIX_EPOCH;
/// let mut store = Store::new(Profile::Chromium);
/// for entry in serde_json::from_str::<Vec<CookieStoreEntry>>(file)? {
///     store.insert(entry.into_cookie(now)?)?;
/// }
/// let cookie = store.get("shop.example", b"/", b"sid").unwrap();
/// assert_eq!((cookie.host_only, cookie.secure), (false, true));
/// assert_eq!(cookie.expires, Some(CookieDate::from_unix_timestamp(1_800_000_000)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Deserialize)]
pub struct CookieStoreEntry {
    raw_cookie: String,
    path: (String, bool),
    domain: Domain,
    expires: Expiry,
}

#[derive(Clone, Deserialize)]
enum Domain {
    HostOnly(String),
    Suffix(String),
    NotPresent,
    Empty,
}

#[derive(Clone, Deserialize)]
enum Expiry {
    AtUtc(String),
    SessionEnd,
}

impl CookieStoreEntry {
    /// Returns the cookie, as old as `now`, since the file does not say when it was set.
    ///
    /// # Errors
    ///
    /// - text that is no cookie, or has a name or a value that no store takes
    /// - no domain, or one that is none
    /// - a path that does not begin with `/`
    /// - an expiry that is no date of RFC 3339
    pub fn into_cookie(self, now: CookieDate) -> Result<StoredCookie, InvalidCookie> {
        let raw = SetCookie::parse(&self.raw_cookie).map_err(|_| InvalidCookie::Unreadable)?;
        let (host_only, domain) = match self.domain {
            Domain::HostOnly(host) => (true, host),
            Domain::Suffix(domain) => (false, domain),
            Domain::NotPresent | Domain::Empty => return Err(InvalidCookie::Domain),
        };
        let domain = canonical_host(&domain).map_err(|_| InvalidCookie::Domain)?;
        let mut cookie = StoredCookie::new(raw.name(), raw.value(), domain, now);
        cookie.host_only = host_only;
        cookie.path = self.path.0.into_bytes();
        cookie.expires = match self.expires {
            Expiry::AtUtc(date) => Some(rfc3339(date.as_bytes()).ok_or(InvalidCookie::Expiry)?),
            Expiry::SessionEnd => None,
        };
        (cookie.secure, cookie.http_only) = (raw.secure(), raw.http_only());
        (cookie.same_site, cookie.priority) = (raw.same_site(), raw.priority());
        if cookie.path.is_empty() {
            return Err(InvalidCookie::Path);
        }
        cookie.check()?;
        Ok(cookie)
    }
}

/// Shows the path.
impl core::fmt::Debug for CookieStoreEntry {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("CookieStoreEntry").field("path", &self.path.0).finish_non_exhaustive()
    }
}

/// `2027-01-15T08:00:00Z`, a fraction of a second left out, an offset in hours and minutes counted.
fn rfc3339(text: &[u8]) -> Option<CookieDate> {
    let (date, rest) = text.split_first_chunk::<19>()?;
    let [year @ .., b'-', m0, m1, b'-', d0, d1, b'T' | b't' | b' ', h0, h1, b':', i0, i1, b':', s0, s1] = date else {
        return None;
    };
    let month = ::time::Month::try_from(u8::try_from(number(&[*m0, *m1])?).ok()?).ok()?;
    let day = u8::try_from(number(&[*d0, *d1])?).ok()?;
    let day = ::time::Date::from_calendar_date(i32::try_from(number(year)?).ok()?, month, day).ok()?;
    let time = ::time::Time::from_hms(
        u8::try_from(number(&[*h0, *h1])?).ok()?,
        u8::try_from(number(&[*i0, *i1])?).ok()?,
        u8::try_from(number(&[*s0, *s1])?).ok()?,
    );
    let seconds = day.with_time(time.ok()?).assume_utc().unix_timestamp();
    let zone = match rest {
        [b'.', fraction @ ..] => {
            let end = fraction.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(fraction.len());
            fraction.get(end..).unwrap_or_default()
        }
        zone => zone,
    };
    let offset = match zone {
        b"Z" | b"z" => 0,
        [sign @ (b'+' | b'-'), h0, h1, b':', m0, m1] => {
            let minutes = number(&[*h0, *h1])? * 60 + number(&[*m0, *m1])?;
            if *sign == b'-' { -minutes } else { minutes }
        }
        _ => return None,
    };
    Some(CookieDate::from_unix_timestamp(seconds - offset * 60))
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |value, digit| digit.is_ascii_digit().then(|| value * 10 + i64::from(digit - b'0')))
}
