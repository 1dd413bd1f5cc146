//! What an attribute means where it stands.

use core::fmt;
use core::time::Duration;

use hardtack::{Attribute, AttributeName, Attributes, CookieDate, MAX_ATTRIBUTE_LEN, Priority, SameSite, SetCookie};
use time::OffsetDateTime;

use crate::screen::visible;

/// The most that user agents let a cookie live, in days (RFC 6265bis section 5.5).
const MAX_DAYS: u64 = 400;

const DAY: u64 = 24 * 60 * 60;

/// An attribute as it stands in the field, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttributeReading {
    /// Its name in the letter case of the field.
    pub name: Vec<u8>,
    /// Its value; `None` without `=`.
    pub value: Option<Vec<u8>>,
    /// What it means.
    pub meaning: Meaning,
}

/// What an attribute means.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Meaning {
    /// It counts.
    Heeded(String),
    /// It does not, for the reason given.
    Ignored(String),
    /// It is none the model knows.
    Unknown,
}

impl fmt::Display for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Heeded(meaning) => f.write_str(meaning),
            Self::Ignored(reason) => write!(f, "ignored: {reason}"),
            Self::Unknown => f.write_str("not known, kept as it is"),
        }
    }
}

impl AttributeReading {
    /// What each of a cookie's attributes means among the others.
    pub(crate) fn all<'a>(attributes: impl Iterator<Item = Attribute<'a, [u8]>>, has_max_age: bool) -> Vec<Self> {
        let given: Vec<_> = attributes.map(Given::new).collect();
        let reading = |(index, given_here): (usize, &Given<'_>)| Self {
            name: given_here.raw.name().to_vec(),
            value: given_here.raw.value().map(<[u8]>::to_vec),
            meaning: given_here.meaning(given.get(index + 1..).unwrap_or_default(), has_max_age),
        };
        given.iter().enumerate().map(reading).collect()
    }
}

/// An attribute as it stands in the field, and what it would say if it stood there alone.
struct Given<'a> {
    raw: Attribute<'a, [u8]>,
    alone: Attributes<'static, [u8]>,
}

impl<'a> Given<'a> {
    fn new(raw: Attribute<'a, [u8]>) -> Self {
        let text = [b"=alone;", raw.name(), b"=", raw.value().unwrap_or_default()].concat();
        let alone = SetCookie::parse(&text).map(|cookie| cookie.attributes().clone().into_owned());
        Self { alone: alone.unwrap_or_default(), raw }
    }

    fn fits(&self) -> bool {
        self.raw.value().unwrap_or_default().len() <= MAX_ATTRIBUTE_LEN
    }

    /// Whether it takes the place of an earlier attribute of the same name: an invalid date or age does not (RFC
    /// 6265bis sections 5.6.1 and 5.6.2).
    fn replaces(&self, name: AttributeName) -> bool {
        self.fits()
            && self.raw.known() == Some(name)
            && match name {
                AttributeName::Expires => self.alone.expires().is_some(),
                AttributeName::MaxAge => self.alone.max_age().is_some(),
                _ => true,
            }
    }

    fn meaning(&self, later: &[Given<'_>], has_max_age: bool) -> Meaning {
        let value = self.raw.value().unwrap_or_default();
        if !self.fits() {
            return Meaning::Ignored(format!("{} octets, more than {MAX_ATTRIBUTE_LEN}", value.len()));
        }
        let Some(name) = self.raw.known() else {
            return Meaning::Unknown;
        };
        if let Some(reason) = self.alone_means_nothing(name, value) {
            return Meaning::Ignored(reason);
        }
        if later.iter().any(|later| later.replaces(name)) {
            return Meaning::Ignored("given again later".into());
        }
        Meaning::Heeded(match name {
            AttributeName::Expires => date(self.alone.expires(), has_max_age),
            AttributeName::MaxAge => age(self.alone.max_age().unwrap_or_default()),
            AttributeName::Domain => format!("{} and its subdomains", visible(self.alone.domain().unwrap_or_default())),
            AttributeName::Path => match self.alone.path().unwrap_or_default() {
                b"/" => "every path".into(),
                path => format!("{} and below", visible(path)),
            },
            AttributeName::Secure => "for secure channels alone".into(),
            AttributeName::HttpOnly => "hidden from scripts".into(),
            AttributeName::SameSite => match self.alone.same_site() {
                Some(SameSite::Strict) => "not sent when another site causes the request".into(),
                Some(SameSite::Lax) => "sent from another site when the user navigates here".into(),
                Some(SameSite::None) | None => "sent whatever site causes the request".into(),
            },
            AttributeName::Partitioned => "a jar of its own for each top-level site".into(),
            AttributeName::Priority => match self.alone.priority() {
                Some(Priority::Low) => "the first to go where there are too many, in Chromium".into(),
                Some(Priority::High) => "the last to go where there are too many, in Chromium".into(),
                _ => "as without it".into(),
            },
            _ => "known".into(),
        })
    }

    fn alone_means_nothing(&self, name: AttributeName, value: &[u8]) -> Option<String> {
        let (nothing, reason) = match name {
            AttributeName::Expires => {
                let Err(error) = CookieDate::parse(value) else {
                    return None;
                };
                return Some(error.to_string());
            }
            AttributeName::MaxAge => (self.alone.max_age().is_none(), "no whole number of seconds"),
            AttributeName::Domain => (self.alone.domain().is_none(), "empty"),
            AttributeName::Path => (self.alone.path().is_none(), "does not begin with \"/\""),
            AttributeName::SameSite => (self.alone.same_site().is_none(), "none of Strict, Lax and None"),
            AttributeName::Priority => (self.alone.priority().is_none(), "none of Low, Medium and High"),
            _ => return None,
        };
        nothing.then(|| reason.to_owned())
    }
}

fn date(date: Option<CookieDate>, outranked: bool) -> String {
    let moment = OffsetDateTime::from(date.unwrap_or(CookieDate::UNIX_EPOCH));
    let (hour, minute, second) = moment.to_hms();
    let note = if outranked { ", but Max-Age counts" } else { "" };
    format!("{} {hour:02}:{minute:02}:{second:02} UTC{note}", moment.date())
}

fn age(age: Duration) -> String {
    let seconds = age.as_secs();
    let day = if seconds / DAY == 1 { "day" } else { "days" };
    let parts = [(seconds / DAY, day), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let span = parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}"));
    let span = span.collect::<Vec<_>>().join(" ");
    match seconds {
        0 => "deletes the cookie".into(),
        _ if seconds > MAX_DAYS * DAY => format!("{span}, cut to {MAX_DAYS} days by user agents"),
        _ => span,
    }
}
