//! What a user agent does with a Set-Cookie line (RFC 6265bis sections 5.6 and 5.7).

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::time::Duration;

use crate::agent::context::Context;
use crate::agent::given::{self, Given, NotSeconds};
use crate::agent::matching::{default_path, domain_match, is_address, to_a_labels};
use crate::agent::notes::Notes;
use crate::agent::profile::{Profile, Rule};
use crate::agent::refusal::Refusal;
use crate::agent::stored::StoredCookie;
use crate::agent::suffix::PublicSuffixes;
use crate::agent::third_party::{PartitionKey, ThirdParties};
use crate::agent::verdict::{Effect, Verdict, Warning};
use crate::attribute::{self, MAX_ATTRIBUTE_LEN, SameSite};
use crate::bytes::CONTROL;
use crate::date::CookieDate;
use crate::error::Requirement;
use crate::names::Prefix;
use crate::search::{find, has_control};
use crate::set_cookie::MAX_PAIR_LEN;
use crate::tokenizer::{cut, split, strip_quotes};

/// The longest a cookie is kept: 400 days (RFC 6265bis section 5.5).
pub const MAX_LIFETIME: Duration = Duration::from_secs(400 * 24 * 60 * 60);

/// The same in the seconds that dates are counted in.
const CAP: i64 = MAX_LIFETIME.as_secs().cast_signed();

/// What a user agent does with one Set-Cookie line, but for what the cookies it already has add; that is for
/// [`Store::set`](crate::agent::Store::set).
///
/// The line is the field's octets, one field at a time. Third parties are treated as the profile treats them, by
/// [`Profile::third_parties`].
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
/// assert_eq!(cookie.domain, "www.shop.example");
/// assert_eq!(cookie.path, b"/account");
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
    let case = Case { line: line.as_ref(), context, profile, suffixes, third_parties: profile.third_parties(), now };
    match case.judged() {
        Ok(Judged { cookie, mut notes }) => {
            case.may_be_set(&cookie, &mut notes);
            verdict(cookie, notes, now)
        }
        Err(refusals) => Verdict::Refused(refusals),
    }
}

/// A line, and all that decides about it.
pub(crate) struct Case<'l, S: ?Sized> {
    pub(crate) line: &'l [u8],
    pub(crate) context: &'l Context,
    pub(crate) profile: Profile,
    pub(crate) suffixes: &'l S,
    pub(crate) third_parties: ThirdParties,
    pub(crate) now: CookieDate,
}

/// A cookie that nothing in its line forbids.
pub(crate) struct Judged {
    pub(crate) cookie: Box<StoredCookie>,
    pub(crate) notes: Notes,
}

/// What becomes of a cookie when all was said about it.
pub(crate) fn verdict(cookie: Box<StoredCookie>, notes: Notes, now: CookieDate) -> Verdict {
    let Notes { effects, warnings, refusals } = notes;
    if !refusals.is_empty() {
        Verdict::Refused(refusals)
    } else if cookie.is_expired(now) {
        Verdict::Expired { cookie, effects, warnings }
    } else {
        Verdict::Stored { cookie, effects, warnings }
    }
}

impl<'l, S: ?Sized + PublicSuffixes> Case<'l, S> {
    fn follows(&self, rule: Rule) -> bool {
        self.profile.follows(rule)
    }

    /// Reads the line and judges what it says of itself.
    pub(crate) fn judged(&self) -> Result<Judged, Vec<Refusal>> {
        let (pair, attributes) = split(self.line);
        let (name, value, bare) = self.pair(pair).map_err(|refusal| vec![refusal])?;
        let mut notes = Notes::new();
        let has_tab = self.follows(Rule::TabDropsCookie) && find(b'\t', self.line).is_some();
        let given = given::read(attributes.unwrap_or_default(), self.profile, has_tab, &mut notes);
        if let Some(part) = given.tab {
            return Err(vec![self.inner_tab(part)]);
        }
        self.name_and_value(name, value, bare, &mut notes);

        let (domain, host_only) = self.domain(given.domain, &mut notes);
        let path = self.path(given.path, &mut notes);
        let expires = self.expiry(&given, &mut notes);
        let same_site = self.same_site(given.same_site, &mut notes);
        for (set, effect) in [(given.secure, Effect::Secure), (given.http_only, Effect::HttpOnly)] {
            if set {
                notes.effect(effect);
            }
        }
        self.prefix(name, &given, host_only, path, &mut notes);
        let partition = self.partition(&given, &mut notes);
        if !notes.refusals.is_empty() {
            return Err(notes.refusals);
        }
        let cookie = Box::new(StoredCookie {
            name: name.to_owned(),
            value: self.utf8(value),
            domain: domain.into_owned(),
            host_only,
            path: self.utf8(path),
            partition,
            expires,
            created: self.now,
            last_access: self.now,
            secure: given.secure,
            http_only: given.http_only,
            same_site,
            priority: given.priority,
        });
        Ok(Judged { cookie, notes })
    }

    /// What makes a line no cookie at all: a control byte, no content, too much of it (RFC 6265bis sections 5.6, steps 1
    /// to 5, and 5.7, step 2).
    ///
    /// Gives the name, the value, and whether there was no `=`. Where a tab drops the cookie, each part is asked for
    /// controls in its turn, and the first fault is the only one.
    fn pair(&self, pair: &'l [u8]) -> Result<(&'l [u8], &'l [u8], bool), Refusal> {
        let control = || {
            let found = if has_control(self.line) { CONTROL.first_inside(self.line) } else { None };
            found.map_or(Ok(()), |(byte, offset)| Err(Refusal::ControlByte { byte, offset }))
        };
        let in_turn = self.follows(Rule::TabDropsCookie);
        if !in_turn {
            control()?;
        }
        let (name, value, bare) = match cut(pair) {
            (name, Some(value)) => (name, value, false),
            (name, None) if self.follows(Rule::PairWithoutEqualsIsName) => (name, [].as_slice(), true),
            (value, None) => ([].as_slice(), value, true),
        };
        let len = name.len() + value.len();
        if len == 0 {
            return Err(Refusal::Empty);
        }
        if len > MAX_PAIR_LEN {
            return Err(Refusal::PairTooLong { len, max: MAX_PAIR_LEN });
        }
        if in_turn {
            control()?;
            if let Some(part) = [name, value].into_iter().find(|part| find(b'\t', part).is_some()) {
                return Err(self.inner_tab(part));
            }
        }
        Ok((name, value, bare))
    }

    #[cold]
    fn inner_tab(&self, part: &[u8]) -> Refusal {
        let start = part.as_ptr().addr().saturating_sub(self.line.as_ptr().addr());
        Refusal::InnerTab { offset: start + find(b'\t', part).unwrap_or_default() }
    }

    /// A cookie without a name, and what will surprise about its value (RFC 6265bis section 5.7, step 22).
    fn name_and_value(&self, name: &[u8], value: &[u8], bare: bool, notes: &mut Notes) {
        if name.is_empty() {
            if self.follows(Rule::PairWithoutEqualsIsName) {
                notes.refuse(Refusal::Nameless);
            } else if let Some(prefix) = self.prefix_of(value) {
                notes.refuse(Refusal::NamelessPrefix { prefix });
            } else if self.follows(Rule::NamelessWithEqualsDropped) && find(b'=', value).is_some() {
                notes.refuse(Refusal::NamelessWithEquals);
            }
        }
        if name.is_empty() || bare {
            notes.warn(Warning::Nameless);
        }
        let len = name.len() + value.len();
        if len > MAX_PAIR_LEN / 10 * 9 {
            notes.warn(Warning::NearLimit { len, max: MAX_PAIR_LEN });
        }
        if strip_quotes(value).is_some() {
            notes.warn(Warning::QuotedValue);
        }
        if find(b'%', value).is_some() && value.windows(3).any(is_percent_encoded) {
            notes.warn(Warning::PercentInValue);
        }
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
                let skew = self.clock_skew(notes);
                let seconds = date.unix_timestamp();
                if skew == 0 && seconds <= now.saturating_add(CAP) {
                    return Some(*date);
                }
                seconds.saturating_add(skew)
            }
            _ => {
                if given.max_age.is_some() || given.expires.is_some() {
                    notes.warn(Warning::UnreadableExpiry);
                }
                notes.effect(Effect::Session);
                return None;
            }
        };
        let cap = now.saturating_add(CAP);
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
    fn domain(&self, given: Option<&[u8]>, notes: &mut Notes) -> (Cow<'l, str>, bool) {
        match given.map(|given| self.given_domain(given)) {
            None => notes.effect(Effect::HostOnly),
            Some(Ok((Effect::Domain, domain))) => {
                notes.effect(Effect::Domain);
                if domain == self.context.host() {
                    notes.warn(Warning::DomainWidens);
                }
                return (Cow::Owned(domain), false);
            }
            Some(Ok((alone, _))) => notes.effect(alone),
            Some(Err(refusal)) => {
                notes.refuse(refusal);
                return (Cow::Borrowed(self.context.host()), false);
            }
        }
        (Cow::Borrowed(self.context.host()), true)
    }

    /// What a Domain means, and the domain as it is compared.
    fn given_domain(&self, given: &[u8]) -> Result<(Effect, String), Refusal> {
        let host = self.context.host();
        let Some(domain) = self.domain_text(given)? else {
            if !given.is_empty() && self.follows(Rule::DomainDotRefused) {
                return Err(Refusal::DomainIsDot);
            }
            return Ok((Effect::EmptyDomain, String::new()));
        };
        if self.follows(Rule::DomainOwnAddressIsHostOnly) && is_address(host) {
            let bracketed = domain.strip_prefix('[').and_then(|domain| domain.strip_suffix(']'));
            let address = if host.contains(':') { bracketed } else { Some(domain.as_str()) };
            if address == Some(host) {
                return Ok((Effect::DomainIsHostAlone, domain));
            }
            return Err(Refusal::DomainMismatch { domain, host: host.to_owned() });
        }
        if self.is_public_suffix(&domain) {
            return if domain == host {
                Ok((Effect::DomainIsHostAlone, domain))
            } else {
                Err(Refusal::PublicSuffix { domain })
            };
        }
        if !domain_match(host, &domain) {
            return Err(Refusal::DomainMismatch { domain, host: host.to_owned() });
        }
        Ok((Effect::Domain, domain))
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
    fn path(&self, given: Option<&'l [u8]>, notes: &mut Notes) -> &'l [u8] {
        let (path, effect) = match given {
            Some(path) if path.starts_with(b"/") => (path, Effect::Path),
            Some(_) => (self.default_path(), Effect::PathIgnored),
            None => (self.default_path(), Effect::DefaultPath),
        };
        notes.effect(effect);
        if self.follows(Rule::TabInPathDropsCookie) && find(b'\t', path).is_some() {
            notes.refuse(Refusal::TabInPath);
        }
        path
    }

    fn default_path(&self) -> &'l [u8] {
        match default_path(self.context.path()) {
            path if path.len() > MAX_ATTRIBUTE_LEN && self.follows(Rule::LongDefaultPathLost) => b"",
            path => path,
        }
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

    /// The jar of a cookie that is Partitioned (CHIPS section 2.1), or of a third party that is kept apart.
    fn partition(&self, given: &Given<'_>, notes: &mut Notes) -> Option<PartitionKey> {
        if given.partitioned && self.follows(Rule::Partitions) {
            if !given.secure {
                notes.refuse(Refusal::PartitionedInsecure);
            } else if !self.context.is_secure(self.profile) {
                notes.refuse(Refusal::PartitionedFromInsecure);
            }
            notes.effect(Effect::Partitioned);
        } else {
            if given.partitioned {
                notes.effect(Effect::PartitionedIgnored);
            }
            if self.third_parties != ThirdParties::Partition || !self.is_third_party() {
                return None;
            }
            notes.effect(Effect::KeptApart);
        }
        Some(self.context.partition(self.profile, self.suffixes))
    }

    fn is_third_party(&self) -> bool {
        self.context.is_third_party(self.profile, self.suffixes)
    }

    fn prefix_of(&self, name: &[u8]) -> Option<Prefix> {
        match Prefix::of(name) {
            Some(Prefix::Http) if !self.follows(Rule::HttpPrefixes) => None,
            Some(Prefix::HostHttp) if !self.follows(Rule::HttpPrefixes) => Some(Prefix::Host),
            prefix => prefix,
        }
    }

    /// What a name prefix demands (RFC 6265bis section 5.7, steps 20 and 21; the layered-cookies draft for `__Http-`).
    fn prefix(&self, name: &[u8], given: &Given<'_>, host_only: bool, path: &[u8], notes: &mut Notes) {
        let Some(known) = Prefix::of(name) else {
            return;
        };
        let enforced = self.prefix_of(name);
        if enforced != Some(known) {
            notes.warn(Warning::PrefixUnknown { prefix: known });
        }
        let Some(prefix) = enforced else {
            return;
        };
        let root_path = path == b"/" && (given.path == Some(b"/") || self.follows(Rule::HostPrefixTakesDefaultPath));
        let demands = [
            (Requirement::Secure, given.secure),
            (Requirement::HttpOnly, given.http_only || !prefix.needs_http_only()),
            (Requirement::NoDomain, host_only || !prefix.needs_host_only()),
            (Requirement::RootPath, root_path || !prefix.needs_host_only()),
        ];
        for (missing, met) in demands {
            if !met {
                notes.refuse(Refusal::Prefix { prefix, missing });
            }
        }
        if !self.context.is_secure(self.profile) {
            notes.refuse(Refusal::PrefixFromInsecure { prefix });
        }
    }

    /// What this response forbids (RFC 6265bis section 5.7, steps 13, 15, 18 and 19).
    pub(crate) fn may_be_set(&self, cookie: &StoredCookie, notes: &mut Notes) {
        if !cookie.secure && cookie.same_site == Some(SameSite::None) {
            notes.refuse(Refusal::SameSiteNoneInsecure);
        }
        if cookie.secure && !self.context.is_secure(self.profile) {
            notes.refuse(Refusal::SecureFromInsecure);
        }
        if cookie.http_only && self.context.is_script() {
            notes.refuse(Refusal::HttpOnlyFromScript);
        }
        let apart = cookie.partition.is_some() && self.third_parties == ThirdParties::Partition;
        let for_any_site = match cookie.same_site {
            Some(same_site) => same_site == SameSite::None,
            None => !self.follows(Rule::DefaultSameSiteIsLax),
        };
        let may = for_any_site
            || self.context.is_navigation()
            || self.context.is_same_site(self.profile, self.suffixes)
            || apart && self.is_third_party();
        if !may {
            notes.refuse(Refusal::CrossSite { same_site: cookie.same_site });
        }
        if cookie.partition.is_none() && self.third_parties != ThirdParties::Allow && self.is_third_party() {
            notes.refuse(Refusal::ThirdParty);
        }
    }

    fn utf8(&self, octets: &[u8]) -> Vec<u8> {
        if self.follows(Rule::ValueMadeUtf8) {
            String::from_utf8_lossy(octets).into_owned().into_bytes()
        } else {
            octets.to_owned()
        }
    }
}

fn is_percent_encoded(triplet: &[u8]) -> bool {
    matches!(triplet, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}
