//! The attributes of a line as one user agent reads them (RFC 6265bis sections 5.6, step 6, and 5.6.1 to 5.6.7).

use crate::agent::date;
use crate::agent::notes::Notes;
use crate::agent::profile::{Profile, Rule};
use crate::agent::verdict::Warning;
use crate::attribute::{MAX_ATTRIBUTE_LEN, MaxAge, Priority};
use crate::date::CookieDate;
use crate::error::DateError;
use crate::names::AttributeName;
use crate::parse::{ReadAttribute, read_attributes};

/// Of each attribute the one that counts, as it stands in the line.
#[derive(Default)]
pub(crate) struct Given<'l> {
    pub(crate) expires: Option<Result<CookieDate, DateError>>,
    pub(crate) max_age: Option<Result<MaxAge, NotSeconds>>,
    pub(crate) domain: Option<&'l [u8]>,
    pub(crate) path: Option<&'l [u8]>,
    pub(crate) same_site: Option<&'l [u8]>,
    pub(crate) priority: Option<Priority>,
    pub(crate) secure: bool,
    pub(crate) http_only: bool,
    pub(crate) partitioned: bool,
    /// The first name or value with a tab inside.
    pub(crate) tab: Option<&'l [u8]>,
}

/// A Max-Age that is no number of seconds.
#[derive(Clone, Copy)]
pub(crate) struct NotSeconds;

/// Reads the text behind the first `;`.
pub(crate) fn read<'l>(text: &'l [u8], profile: Profile, has_tab: bool, notes: &mut Notes) -> Given<'l> {
    let mut reader = Reader { profile, has_tab, seen: 0, given: Given::default(), notes };
    read_attributes(text, &mut reader);
    reader.given
}

struct Reader<'l, 'n> {
    profile: Profile,
    has_tab: bool,
    // A bit for each attribute there was.
    seen: u16,
    given: Given<'l>,
    notes: &'n mut Notes,
}

impl Reader<'_, '_> {
    fn max_age(&self, text: &[u8]) -> Result<MaxAge, NotSeconds> {
        let age = match text {
            [b'-', ..] if self.profile.follows(Rule::MaxAgeMinusExpires) => Some(MaxAge::from_seconds(0)),
            [b'+', digits @ ..] if self.profile.follows(Rule::MaxAgeTakesPlus) && !digits.starts_with(b"-") => {
                MaxAge::from_ascii(digits)
            }
            text => MaxAge::from_ascii(text),
        };
        age.ok_or(NotSeconds)
    }

    fn flag(&mut self, name: AttributeName, value: &[u8]) {
        if !value.is_empty() {
            self.notes.warn(Warning::FlagWithValue { attribute: name });
        }
    }
}

impl<'l> ReadAttribute<'l, [u8]> for Reader<'l, '_> {
    fn known(&mut self, name: AttributeName, value: &'l [u8]) {
        let bit = 1 << name as u16;
        if self.seen & bit != 0 {
            self.notes.warn(Warning::Duplicate { attribute: name });
        }
        self.seen |= bit;
        let last_valid = !self.profile.follows(Rule::LastCountsEvenInvalid);
        match name {
            AttributeName::Secure => {
                self.given.secure = true;
                self.flag(name, value);
            }
            AttributeName::HttpOnly => {
                self.given.http_only = true;
                self.flag(name, value);
            }
            AttributeName::Partitioned => {
                self.given.partitioned = true;
                self.flag(name, value);
            }
            AttributeName::Domain => self.given.domain = Some(value),
            AttributeName::Path => self.given.path = Some(value),
            AttributeName::SameSite => self.given.same_site = Some(value),
            AttributeName::Priority => self.given.priority = Priority::from_ascii(value),
            AttributeName::Expires => match (date::read(value, self.profile), &self.given.expires) {
                (Err(_), Some(Ok(_))) if last_valid => {}
                (date, _) => self.given.expires = Some(date),
            },
            AttributeName::MaxAge => match (self.max_age(value), self.given.max_age) {
                (Err(_), Some(Ok(_))) if last_valid => {}
                (age, _) => self.given.max_age = Some(age),
            },
        }
    }

    fn unknown(&mut self, _: &'l [u8], _: Option<&'l [u8]>) {}

    fn too_long(&mut self, name: AttributeName, value: &'l [u8]) {
        if self.profile.follows(Rule::FlagsOfAnyLength)
            && matches!(name, AttributeName::Secure | AttributeName::HttpOnly)
        {
            self.known(name, value);
        } else {
            self.notes.warn(Warning::AttributeTooLong { attribute: name, len: value.len(), max: MAX_ATTRIBUTE_LEN });
        }
    }

    #[inline(always)]
    fn any(&mut self, name: &'l [u8], value: Option<&'l [u8]>) {
        if self.has_tab && self.given.tab.is_none() {
            let parts = [name, value.unwrap_or_default()];
            self.given.tab = parts.into_iter().find(|part| part.contains(&b'\t'));
        }
    }
}
