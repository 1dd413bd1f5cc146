//! A user agent's cookies by RFC 6265bis sections 5.7 and 5.8 alone, in one list: what the target `agent` holds the
//! store to. Of public suffixes it knows names of one label. "Step" means one of section 5.7.

use std::cmp::Reverse;
use std::net::IpAddr;

use hardtack::CookieDate;
use hardtack::agent::StoredCookie;

use crate::model;

#[derive(Clone, Copy, Debug, PartialEq, Eq, arbitrary::Arbitrary)]
pub(crate) enum Initiator {
    SameSite,
    CrossSite,
    CrossSiteNavigation,
}

/// What a request says, its host in canonical form.
pub(crate) struct Request<'r> {
    pub(crate) https: bool,
    pub(crate) host: &'r str,
    pub(crate) path: &'r [u8],
    pub(crate) script: bool,
    pub(crate) initiator: Initiator,
    pub(crate) unsafe_method: bool,
    pub(crate) now: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) name: Vec<u8>,
    pub(crate) value: Vec<u8>,
    domain: String,
    host_only: bool,
    path: Vec<u8>,
    secure: bool,
    http_only: bool,
    same_site: Option<&'static str>,
    pub(crate) expires: Option<i64>,
    created: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Stored,
    Expired,
    Refused,
}

#[derive(Default)]
pub(crate) struct Store {
    pub(crate) kept: Vec<Kept>,
    turn: usize,
}

impl Store {
    pub(crate) fn set(&mut self, line: &[u8], request: &Request<'_>) -> Outcome {
        match self.accepted(line, request) {
            None => Outcome::Refused,
            Some(mut cookie) => {
                let old = self.kept.iter().position(|kept| kept.is_same(&cookie));
                let old = old.map(|place| self.kept.remove(place));
                if cookie.is_expired(request.now) {
                    return Outcome::Expired;
                }
                // Step 23: the creation time stays, unless the old cookie was there no more.
                self.turn += 1;
                cookie.created = old.filter(|old| !old.is_expired(request.now)).map_or(self.turn, |old| old.created);
                self.kept.push(cookie);
                Outcome::Stored
            }
        }
    }

    fn accepted(&self, line: &[u8], request: &Request<'_>) -> Option<Kept> {
        let given = model::set_cookie(line)?;
        let domain = String::from_utf8(given.domain.clone()).ok().filter(|domain| domain.is_ascii())?;
        // Steps 9 and 10.
        let is_suffix = !domain.trim_end_matches('.').contains('.') && !domain.ends_with("..");
        let host_only = domain.is_empty() || is_suffix && domain.parse::<IpAddr>().is_err() && domain == request.host;
        if !host_only && (is_suffix && domain.parse::<IpAddr>().is_err() || !domain_match(request.host, &domain)) {
            return None;
        }
        let cookie = Kept {
            name: given.name.to_vec(),
            value: given.value.to_vec(),
            domain: if host_only { request.host.to_owned() } else { domain },
            host_only,
            path: given.path.unwrap_or(default_path(request.path)).to_vec(),
            secure: given.secure,
            http_only: given.http_only,
            same_site: given.same_site,
            // Section 5.5: 400 days at most.
            expires: match (given.max_age, given.expires) {
                (Some(0), _) => Some(i64::MIN),
                (Some(age), _) => Some(request.now + i64::try_from(age).unwrap_or(i64::MAX).min(400 * 86400)),
                (None, Some(date)) => Some(date.min(request.now + 400 * 86400)),
                (None, None) => None,
            },
            created: 0,
        };
        let navigates = request.initiator == Initiator::CrossSiteNavigation && !request.script;
        let starts = |text: &[u8], prefix: &[u8]| text.to_ascii_lowercase().starts_with(prefix);
        let (secure, host) = (starts(&cookie.name, b"__secure-"), starts(&cookie.name, b"__host-"));
        let refused = [
            // Step 13.
            cookie.secure && !request.https,
            // Step 15.
            cookie.http_only && request.script,
            // Step 16.
            !cookie.secure && !request.https && self.kept.iter().any(|kept| kept.is_shadowed(&cookie, request.now)),
            // Step 18.
            cookie.same_site != Some("none") && request.initiator != Initiator::SameSite && !navigates,
            // Step 19.
            cookie.same_site == Some("none") && !cookie.secure,
            // Steps 20 and 21; the Path is stated, and by its own words.
            (secure || host) && !cookie.secure,
            host && (!cookie.host_only || given.path != Some(b"/")),
            // Step 22.
            cookie.name.is_empty() && (starts(&cookie.value, b"__secure-") || starts(&cookie.value, b"__host-")),
            // Step 23.
            request.script
                && self
                    .kept
                    .iter()
                    .any(|kept| kept.http_only && kept.is_same(&cookie) && !kept.is_expired(request.now)),
        ];
        (!refused.contains(&true)).then_some(cookie)
    }

    pub(crate) fn oldest_first(&self) -> Vec<&Kept> {
        let mut all: Vec<_> = self.kept.iter().collect();
        all.sort_by_key(|kept| kept.created);
        all
    }

    /// Section 5.8.3.
    pub(crate) fn sent(&self, request: &Request<'_>) -> Vec<&Kept> {
        let mut sent: Vec<_> = self.kept.iter().filter(|kept| kept.goes_with(request)).collect();
        sent.sort_by_key(|kept| (Reverse(kept.path.len()), kept.created));
        sent
    }
}

impl Kept {
    /// Whether a cookie of the store is this one.
    pub(crate) fn is(&self, cookie: &StoredCookie) -> bool {
        let same_site = cookie.same_site.map(|same_site| same_site.as_str().to_ascii_lowercase());
        cookie.name == self.name
            && cookie.value == self.value
            && cookie.domain == self.domain
            && cookie.host_only == self.host_only
            && cookie.path == self.path
            && cookie.partition.is_none()
            && cookie.secure == self.secure
            && cookie.http_only == self.http_only
            && same_site.as_deref() == self.same_site
            && cookie.expires.map(CookieDate::unix_timestamp) == self.expires
    }

    pub(crate) fn is_expired(&self, now: i64) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }

    fn is_same(&self, other: &Self) -> bool {
        (&self.name, &self.domain, self.host_only, &self.path)
            == (&other.name, &other.domain, other.host_only, &other.path)
    }

    /// Whether an insecure connection would shadow this cookie by another (step 16).
    fn is_shadowed(&self, by: &Self, now: i64) -> bool {
        self.secure
            && !self.is_expired(now)
            && self.name == by.name
            && (domain_match(&self.domain, &by.domain) || domain_match(&by.domain, &self.domain))
            && path_match(&by.path, &self.path)
    }

    fn goes_with(&self, request: &Request<'_>) -> bool {
        let host = if self.host_only { request.host == self.domain } else { domain_match(request.host, &self.domain) };
        let navigates = request.initiator == Initiator::CrossSiteNavigation && !request.script;
        let cross_site = match self.same_site {
            Some("none") => true,
            Some("strict") => false,
            _ => navigates && !request.unsafe_method,
        };
        host && path_match(request.path, &self.path)
            && (request.https || !self.secure)
            && !(self.http_only && request.script)
            && !self.is_expired(request.now)
            && (request.initiator == Initiator::SameSite || cross_site)
    }
}

/// Section 5.1.3.
fn domain_match(host: &str, domain: &str) -> bool {
    let is_below = host.strip_suffix(domain).is_some_and(|front| front.ends_with('.'));
    !domain.is_empty() && (host == domain || is_below && host.parse::<IpAddr>().is_err())
}

/// Section 5.1.4.
fn path_match(request: &[u8], cookie: &[u8]) -> bool {
    request == cookie || request.starts_with(cookie) && (cookie.ends_with(b"/") || request[cookie.len()] == b'/')
}

/// Section 5.1.4.
fn default_path(path: &[u8]) -> &[u8] {
    let last = path.iter().rposition(|&octet| octet == b'/').unwrap_or_default();
    if path.starts_with(b"/") && last > 0 { &path[..last] } else { b"/" }
}
