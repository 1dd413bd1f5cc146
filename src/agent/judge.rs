//! What a user agent does with a Set-Cookie line (RFC 6265bis sections 5.6 and 5.7).

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::agent::context::Context;
use crate::agent::date;
use crate::agent::matching::{default_path, domain_match, is_address, to_a_labels};
use crate::agent::profile::{Profile, Rule};
use crate::agent::stored::StoredCookie;
use crate::agent::suffix::PublicSuffixes;
use crate::agent::verdict::{Effect, Refusal, Verdict, Warning};
use crate::attribute::{self, MAX_ATTRIBUTE_LEN, MaxAge, SameSite};
use crate::bytes::CONTROL;
use crate::date::CookieDate;
use crate::error::{DateError, Requirement};
use crate::names::{AttributeName, Prefix};
use crate::set_cookie::MAX_PAIR_LEN;
use crate::tokenizer::{cut, split, strip_quotes};

/// The longest a cookie is kept, in seconds: 400 days (RFC 6265bis section 5.5).
pub const MAX_LIFETIME: i64 = 400 * 24 * 60 * 60;

/// What a user agent does with one Set-Cookie line, but for what the cookies it already has add; that is for
/// [`Store::set`](crate::agent::Store::set).
///
/// The line is the field's octets, one field at a time.
///
/// ```
/// use hardtack::CookieDate;
/// use hardtack::agent::{Context, Effect, Profile, TopLevelOnly, judge};
///
/// let page = Context::https("www.shop.example", "/account/login")?;
/// let now = CookieDate::from_unix_timestamp(1_800_000_000);
/// let line = "sid=31d4; Path=account; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
/// let verdict = judge(line, &page, Profile::Chromium, &TopLevelOnly, now);
///
/// let cookie = verdict.cookie().unwrap();
/// assert_eq!((cookie.domain.as_str(), cookie.path.as_slice()), ("www.shop.example", b"/account".as_slice()));
/// assert_eq!(cookie.expires, Some(CookieDate::from_unix_timestamp(1_800_000_060)));
/// assert!(verdict.effects().contains(&Effect::PathIgnored));
/// assert!(verdict.effects().contains(&Effect::MaxAgeBeatsExpires));
/// # Ok::<(), hardtack::agent::HostError>(())
/// ```
pub fn judge<L, S>(line: &L, context: &Context, profile: Profile, suffixes: &S, now: CookieDate) -> Verdict
where
    L: ?Sized + AsRef<[u8]>,
    S: ?Sized + PublicSuffixes,
{
    let case = Case { line: line.as_ref(), context, profile, suffixes, now };
    case.verdict().unwrap_or_else(Verdict::Refused)
}

struct Case<'l, S: ?Sized> {
    line: &'l [u8],
    context: &'l Context,
    profile: Profile,
    suffixes: &'l S,
    now: CookieDate,
}

/// The attributes as they stand in the line, of each the one that counts.
#[derive(Default)]
struct Given<'l> {
    seen: Vec<AttributeName>,
    expires: Option<Result<CookieDate, DateError>>,
    max_age: Option<Result<MaxAge, NotSeconds>>,
    domain: Option<&'l [u8]>,
    path: Option<&'l [u8]>,
    same_site: Option<&'l [u8]>,
    secure: bool,
    http_only: bool,
    partitioned: bool,
}

/// A Max-Age that is no number of seconds.
#[derive(Clone, Copy)]
struct NotSeconds;

#[derive(Default)]
struct Notes {
    effects: Vec<Effect>,
    warnings: Vec<Warning>,
}

impl Notes {
    fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    fn warn(&mut self, warning: Warning) {
        let said = |other: &Warning| match (other, &warning) {
            // Once for an attribute, however often and however long it is given: what is said stays short.
            (Warning::AttributeTooLong { attribute, .. }, Warning::AttributeTooLong { attribute: name, .. }) => {
                attribute == name
            }
            (other, warning) => other == warning,
        };
        if !self.warnings.iter().any(said) {
            self.warnings.push(warning);
        }
    }
}

impl<'l, S: ?Sized + PublicSuffixes> Case<'l, S> {
    fn follows(&self, rule: Rule) -> bool {
        self.profile.follows(rule)
    }

    fn verdict(&self) -> Result<Verdict, Refusal> {
        if let Some((byte, offset)) = CONTROL.first_inside(self.line) {
            return Err(Refusal::ControlByte { byte, offset });
        }
        let mut notes = Notes::default();
        let (pair, attributes) = split(self.line);
        let pair = cut(pair);
        self.no_inner_tab(pair)?;
        let given = self.attributes(attributes, &mut notes)?;
        let (name, value) = self.name_and_value(pair, &mut notes)?;

        let (domain, host_only) = self.domain(given.domain, &mut notes)?;
        let path = self.path(given.path, &mut notes)?;
        let expires = self.expiry(&given, &mut notes);
        let same_site = self.same_site(given.same_site, &mut notes);
        for (set, effect) in [(given.secure, Effect::Secure), (given.http_only, Effect::HttpOnly)] {
            if set {
                notes.effect(effect);
            }
        }
        let cookie = StoredCookie {
            name: name.to_owned(),
            value: self.utf8(value),
            domain,
            host_only,
            path: self.utf8(path),
            partition: self.partition(&given, &mut notes),
            expires,
            created: self.now,
            last_access: self.now,
            secure: given.secure,
            http_only: given.http_only,
            same_site,
        };
        self.prefix(&cookie, given.path, &mut notes)?;
        self.may_be_set(&cookie)?;

        let (cookie, Notes { effects, warnings }) = (Box::new(cookie), notes);
        Ok(if cookie.is_expired(self.now) {
            Verdict::Expired { cookie, effects, warnings }
        } else {
            Verdict::Stored { cookie, effects, warnings }
        })
    }

    fn no_inner_tab(&self, (name, value): (&[u8], Option<&[u8]>)) -> Result<(), Refusal> {
        if self.follows(Rule::TabDropsCookie) {
            for part in [name, value.unwrap_or_default()] {
                if let Some(tab) = part.iter().position(|&byte| byte == b'\t') {
                    let start = part.as_ptr().addr().saturating_sub(self.line.as_ptr().addr());
                    return Err(Refusal::InnerTab { offset: start + tab });
                }
            }
        }
        Ok(())
    }

    /// RFC 6265bis section 5.6, steps 3 to 5, and 5.7, steps 2 and 22.
    fn name_and_value(
        &self,
        pair: (&'l [u8], Option<&'l [u8]>),
        notes: &mut Notes,
    ) -> Result<(&'l [u8], &'l [u8]), Refusal> {
        let named = self.follows(Rule::PairWithoutEqualsIsName);
        let (name, value): (&[u8], &[u8]) = match pair {
            (name, Some(value)) => (name, value),
            (name, None) if named => (name, &[]),
            (value, None) => (&[], value),
        };
        let len = name.len() + value.len();
        if len == 0 {
            return Err(Refusal::Empty);
        }
        if len > MAX_PAIR_LEN {
            return Err(Refusal::PairTooLong { len, max: MAX_PAIR_LEN });
        }
        if name.is_empty() {
            if named {
                return Err(Refusal::Nameless);
            }
            if let Some(prefix) = self.prefix_of(value) {
                return Err(Refusal::NamelessPrefix { prefix });
            }
            if value.contains(&b'=') && self.follows(Rule::NamelessWithEqualsDropped) {
                return Err(Refusal::NamelessWithEquals);
            }
            notes.warn(Warning::Nameless);
        }
        if pair.1.is_none() {
            notes.warn(Warning::Nameless);
        }
        if len > MAX_PAIR_LEN / 10 * 9 {
            notes.warn(Warning::NearLimit { len, max: MAX_PAIR_LEN });
        }
        if strip_quotes(value).is_some() {
            notes.warn(Warning::QuotedValue);
        }
        let percent = |triplet: &[u8]| matches!(triplet, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit());
        if value.windows(3).any(percent) {
            notes.warn(Warning::PercentInValue);
        }
        Ok((name, value))
    }

    /// RFC 6265bis section 5.6, step 6, and sections 5.6.1 to 5.6.7.
    fn attributes(&self, mut rest: Option<&'l [u8]>, notes: &mut Notes) -> Result<Given<'l>, Refusal> {
        let mut given = Given::default();
        while let Some(text) = rest {
            let (segment, next) = split(text);
            rest = next;
            let attribute = cut(segment);
            self.no_inner_tab(attribute)?;
            let Some(name) = AttributeName::from_ascii(attribute.0) else {
                continue;
            };
            let value = attribute.1.unwrap_or_default();
            let heeded_anyway =
                self.follows(Rule::FlagsOfAnyLength) && matches!(name, AttributeName::Secure | AttributeName::HttpOnly);
            if value.len() > MAX_ATTRIBUTE_LEN && !heeded_anyway {
                notes.warn(Warning::AttributeTooLong { attribute: name, len: value.len(), max: MAX_ATTRIBUTE_LEN });
                continue;
            }
            if given.seen.contains(&name) {
                notes.warn(Warning::Duplicate { attribute: name });
            } else {
                given.seen.push(name);
            }
            self.read(name, value, &mut given, notes);
        }
        Ok(given)
    }

    fn read(&self, name: AttributeName, value: &'l [u8], given: &mut Given<'l>, notes: &mut Notes) {
        let last_valid = !self.follows(Rule::LastCountsEvenInvalid);
        let mut flag = |set: &mut bool| {
            *set = true;
            if !value.is_empty() {
                notes.warn(Warning::FlagWithValue { attribute: name });
            }
        };
        match name {
            AttributeName::Secure => flag(&mut given.secure),
            AttributeName::HttpOnly => flag(&mut given.http_only),
            AttributeName::Partitioned => flag(&mut given.partitioned),
            AttributeName::Domain => given.domain = Some(value),
            AttributeName::Path => given.path = Some(value),
            AttributeName::SameSite => given.same_site = Some(value),
            AttributeName::Expires => match (date::read(value, self.profile), &given.expires) {
                (Err(_), Some(Ok(_))) if last_valid => {}
                (date, _) => given.expires = Some(date),
            },
            AttributeName::MaxAge => match (self.max_age(value), given.max_age) {
                (Err(_), Some(Ok(_))) if last_valid => {}
                (age, _) => given.max_age = Some(age),
            },
        }
    }

    fn max_age(&self, text: &[u8]) -> Result<MaxAge, NotSeconds> {
        let age = match text {
            [b'-', ..] if self.follows(Rule::MaxAgeMinusExpires) => Some(MaxAge::from_seconds(0)),
            [b'+', digits @ ..] if self.follows(Rule::MaxAgeTakesPlus) && !digits.starts_with(b"-") => {
                MaxAge::from_ascii(digits)
            }
            text => MaxAge::from_ascii(text),
        };
        age.ok_or(NotSeconds)
    }

    /// RFC 6265bis section 5.7, step 6; the cap of section 5.5.
    fn expiry(&self, given: &Given<'_>, notes: &mut Notes) -> Option<CookieDate> {
        let now = self.now.unix_timestamp();
        if let Some(Err(NotSeconds)) = given.max_age {
            notes.effect(Effect::MaxAgeIgnored);
        }
        if let Some(Err(error)) = &given.expires {
            notes.effect(Effect::ExpiresIgnored { error: error.clone() });
        }
        let seconds = match (given.max_age, &given.expires) {
            (Some(Ok(age)), expires) => {
                notes.effect(if expires.is_some() { Effect::MaxAgeBeatsExpires } else { Effect::MaxAge });
                match age.seconds() {
                    0 => return Some(CookieDate::MIN),
                    seconds => now.saturating_add(i64::from(seconds)),
                }
            }
            (_, Some(Ok(date))) => {
                notes.effect(Effect::Expires);
                date.unix_timestamp().saturating_add(self.clock_skew(notes))
            }
            _ => {
                if given.max_age.is_some() || given.expires.is_some() {
                    notes.warn(Warning::UnreadableExpiry);
                }
                notes.effect(Effect::Session);
                return None;
            }
        };
        let cap = now.saturating_add(MAX_LIFETIME);
        if seconds > cap {
            notes.effect(Effect::ExpiryCapped);
            notes.warn(Warning::BeyondCap);
        }
        Some(CookieDate::from_unix_timestamp(seconds.min(cap)))
    }

    fn clock_skew(&self, notes: &mut Notes) -> i64 {
        let skew = match self.context.date() {
            Some(date) if self.follows(Rule::ExpiresFollowsServerClock) => {
                self.now.unix_timestamp() - date.unix_timestamp()
            }
            _ => 0,
        };
        if skew != 0 {
            notes.effect(Effect::ExpiresShifted { seconds: skew });
        }
        skew
    }

    /// RFC 6265bis section 5.7, steps 7 to 10: the domain, and whether it is the host alone.
    fn domain(&self, given: Option<&[u8]>, notes: &mut Notes) -> Result<(String, bool), Refusal> {
        let host = self.context.host();
        let mut host_alone = |why| {
            notes.effect(why);
            Ok((host.to_owned(), true))
        };
        let Some(given) = given else {
            return host_alone(Effect::HostOnly);
        };
        let Some(domain) = self.domain_text(given)? else {
            if !given.is_empty() && self.follows(Rule::DomainDotRefused) {
                return Err(Refusal::DomainIsDot);
            }
            return host_alone(Effect::EmptyDomain);
        };
        if self.follows(Rule::DomainOwnAddressIsHostOnly) && is_address(host) {
            let bracketed = domain.strip_prefix('[').and_then(|domain| domain.strip_suffix(']'));
            let address = if host.contains(':') { bracketed } else { Some(domain.as_str()) };
            if address == Some(host) {
                return host_alone(Effect::DomainIsHostAlone);
            }
            return Err(Refusal::DomainMismatch { domain, host: host.to_owned() });
        }
        if self.is_public_suffix(&domain) {
            if domain == host {
                return host_alone(Effect::DomainIsHostAlone);
            }
            return Err(Refusal::PublicSuffix { domain });
        }
        if !domain_match(host, &domain) {
            return Err(Refusal::DomainMismatch { domain, host: host.to_owned() });
        }
        notes.effect(Effect::Domain);
        if domain == host {
            notes.warn(Warning::DomainWidens);
        }
        Ok((domain, false))
    }

    /// A Domain in the form it is compared in; `None` where it is empty.
    fn domain_text(&self, given: &[u8]) -> Result<Option<String>, Refusal> {
        let labels = if given.is_ascii() {
            Cow::Borrowed(given)
        } else if self.follows(Rule::DomainToALabels) {
            let labels = str::from_utf8(given).ok().and_then(|given| to_a_labels(given).ok());
            Cow::Owned(labels.ok_or(Refusal::DomainNotAscii)?.into_owned().into_bytes())
        } else {
            return Err(Refusal::DomainNotAscii);
        };
        Ok(attribute::domain(&*labels).map(|domain| String::from_utf8_lossy(&domain).into_owned()))
    }

    fn is_public_suffix(&self, domain: &str) -> bool {
        let name = domain.strip_suffix('.').unwrap_or(domain);
        !is_address(name)
            && (self.suffixes.is_public_suffix(name)
                || self.follows(Rule::WildcardParentIsSuffix) && self.suffixes.is_wildcard_parent(name))
    }

    /// RFC 6265bis section 5.7, step 11.
    fn path(&self, given: Option<&'l [u8]>, notes: &mut Notes) -> Result<&'l [u8], Refusal> {
        let default = default_path(self.context.path());
        let path = match given {
            None => {
                notes.effect(Effect::DefaultPath);
                default
            }
            Some(path) if path.starts_with(b"/") => {
                notes.effect(Effect::Path);
                path
            }
            Some(_) => {
                notes.effect(Effect::PathIgnored);
                default
            }
        };
        if path.contains(&b'\t') && self.follows(Rule::TabInPathDropsCookie) {
            return Err(Refusal::TabInPath);
        }
        Ok(path)
    }

    fn same_site(&self, given: Option<&[u8]>, notes: &mut Notes) -> Option<SameSite> {
        let same_site = given.and_then(SameSite::from_ascii);
        match same_site {
            Some(same_site) => notes.effect(Effect::SameSite(same_site)),
            None => notes.effect(Effect::SameSiteDefault { lax: self.follows(Rule::DefaultSameSiteIsLax) }),
        }
        if given.is_some() && same_site.is_none() {
            notes.warn(Warning::UnknownSameSite);
        }
        same_site
    }

    /// The jar of a partitioned cookie (CHIPS section 2.1).
    fn partition(&self, given: &Given<'_>, notes: &mut Notes) -> Option<String> {
        if !given.partitioned {
            return None;
        }
        if !self.follows(Rule::Partitions) {
            notes.effect(Effect::PartitionedIgnored);
            return None;
        }
        notes.effect(Effect::Partitioned);
        Some(self.context.partition(self.suffixes))
    }

    fn prefix_of(&self, name: &[u8]) -> Option<Prefix> {
        match Prefix::of(name) {
            Some(Prefix::Http) if !self.follows(Rule::HttpPrefixes) => None,
            Some(Prefix::HostHttp) if !self.follows(Rule::HttpPrefixes) => Some(Prefix::Host),
            prefix => prefix,
        }
    }

    /// What a name prefix demands (RFC 6265bis section 5.7, steps 20 and 21; the layered-cookies draft for `__Http-`).
    fn prefix(&self, cookie: &StoredCookie, given_path: Option<&[u8]>, notes: &mut Notes) -> Result<(), Refusal> {
        let prefix = self.prefix_of(&cookie.name);
        if let Some(known) = Prefix::of(&cookie.name)
            && prefix != Some(known)
        {
            notes.warn(Warning::PrefixUnknown { prefix: known });
        }
        let Some(prefix) = prefix else {
            return Ok(());
        };
        let root_path =
            cookie.path == b"/" && (given_path == Some(b"/") || self.follows(Rule::HostPrefixTakesDefaultPath));
        let missing = if !cookie.secure {
            Requirement::Secure
        } else if prefix.needs_http_only() && !cookie.http_only {
            Requirement::HttpOnly
        } else if prefix.needs_host_only() && !cookie.host_only {
            Requirement::NoDomain
        } else if prefix.needs_host_only() && !root_path {
            Requirement::RootPath
        } else if !self.context.is_secure(self.profile) {
            return Err(Refusal::PrefixFromInsecure { prefix });
        } else {
            return Ok(());
        };
        Err(Refusal::Prefix { prefix, missing })
    }

    /// RFC 6265bis section 5.7, steps 13, 15, 18 and 19; CHIPS section 2.1.
    fn may_be_set(&self, cookie: &StoredCookie) -> Result<(), Refusal> {
        if !cookie.secure && cookie.same_site == Some(SameSite::None) {
            return Err(Refusal::SameSiteNoneInsecure);
        }
        if !cookie.secure && cookie.partition.is_some() {
            return Err(Refusal::PartitionedInsecure);
        }
        if cookie.secure && !self.context.is_secure(self.profile) {
            return Err(Refusal::SecureFromInsecure);
        }
        if cookie.http_only && self.context.is_script() {
            return Err(Refusal::HttpOnlyFromScript);
        }
        let cross_site_allowed = match cookie.same_site {
            Some(same_site) => same_site == SameSite::None,
            None => !self.follows(Rule::DefaultSameSiteIsLax),
        };
        if !cross_site_allowed && !self.context.is_same_site() && !self.context.is_navigation() {
            return Err(Refusal::CrossSite);
        }
        Ok(())
    }

    fn utf8(&self, octets: &[u8]) -> Vec<u8> {
        if self.follows(Rule::ValueMadeUtf8) {
            String::from_utf8_lossy(octets).into_owned().into_bytes()
        } else {
            octets.to_owned()
        }
    }
}
