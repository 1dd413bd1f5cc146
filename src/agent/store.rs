//! The cookies a user agent keeps, and which of them a request carries (RFC 6265bis sections 5.7, 5.8 and 6.1).

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Reverse;
use core::fmt;

use crate::agent::context::Context;
use crate::agent::error::InvalidCookie;
use crate::agent::judge::judge;
use crate::agent::matching::{domain_match, path_match};
use crate::agent::profile::{Limits, Profile, Rule};
use crate::agent::stored::{Identity, StoredCookie};
use crate::agent::suffix::{PublicSuffixes, TopLevelOnly};
use crate::agent::verdict::{Refusal, Verdict};
use crate::attribute::SameSite;
use crate::date::CookieDate;

/// The seconds in which a cookie without SameSite goes with a cross-site POST that navigates (RFC 6265bis section
/// 5.6.7.2).
const LAX_ALLOWS_UNSAFE: i64 = 120;

/// A user agent's cookies, in memory.
///
/// Cookies are looked up by domain, so that a request costs what the cookies of its own hosts cost. Files and databases
/// are the caller's: [`iter`](Self::iter) gives every cookie, [`insert`](Self::insert) takes it back, and with the
/// feature `serde` a store is written as the list of its cookies.
///
/// ```
/// use hardtack::CookieDate;
/// use hardtack::agent::{Context, Profile, Store};
///
/// let now = CookieDate::from_unix_timestamp(1_800_000_000);
/// let mut store = Store::new(Profile::Rfc6265bis);
/// let login = Context::https("shop.example", "/account/login")?;
/// assert!(store.set("sid=31d4; Path=/; Secure", &login, now).is_stored());
/// assert!(store.set("step=2", &login, now).is_stored());
///
/// assert_eq!(store.cookie_field(&login, now).unwrap(), b"step=2; sid=31d4");
/// assert_eq!(store.cookie_field(&Context::http("shop.example", "/")?, now), None);
/// # Ok::<(), hardtack::agent::HostError>(())
/// ```
#[derive(Clone)]
pub struct Store<S = TopLevelOnly> {
    profile: Profile,
    limits: Limits,
    suffixes: S,
    // By domain, labels reversed, so that what is below a domain stands together.
    // Invariant: no list is empty; each is sorted by identity, which is of one cookie alone.
    domains: BTreeMap<String, Vec<Kept>>,
    len: usize,
    next_turn: u64,
}

/// A cookie and its place among those created in the same second.
#[derive(Clone)]
struct Kept {
    cookie: StoredCookie,
    turn: u64,
}

impl Store {
    /// An empty store that knows no public suffixes but top-level domains.
    #[must_use]
    pub const fn new(profile: Profile) -> Self {
        Self::with_suffixes(profile, TopLevelOnly)
    }
}

impl<S> Store<S> {
    /// An empty store with a list of public suffixes.
    ///
    /// ```
    /// # #[cfg(feature = "psl")] {
    /// use hardtack::agent::{BundledList, Profile, Store};
    ///
    /// let store = Store::with_suffixes(Profile::Chromium, BundledList);
    /// assert!(store.is_empty());
    /// # }
    /// ```
    #[must_use]
    pub const fn with_suffixes(profile: Profile, suffixes: S) -> Self {
        Self { profile, limits: profile.limits(), suffixes, domains: BTreeMap::new(), len: 0, next_turn: 0 }
    }

    /// The same store with other limits than its profile's. They take hold with the next cookie.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Whose rules the store follows.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        self.profile
    }

    /// How many cookies there are, expired ones included.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no cookies.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Every cookie, expired ones included, oldest first.
    ///
    /// Inserted in this order into another store, they are sent in the same order.
    pub fn iter(&self) -> impl Iterator<Item = &StoredCookie> {
        let mut all: Vec<_> = self.domains.values().flatten().collect();
        all.sort_unstable_by_key(|kept| (kept.cookie.created, kept.turn));
        all.into_iter().map(|kept| &kept.cookie)
    }

    /// Puts a cookie in by hand, in the place of the one with its name, domain, path and partition.
    ///
    /// No rule of the profile is asked; the limits are.
    ///
    /// # Errors
    ///
    /// - neither a name nor a value
    /// - a control byte or `;` in the name or the value, or `=` in the name
    /// - a domain that [`canonical_host`](crate::agent::canonical_host) would write otherwise
    /// - a path that does not begin with `/`
    pub fn insert(&mut self, cookie: StoredCookie) -> Result<(), InvalidCookie> {
        cookie.check()?;
        let (now, identity) = (cookie.last_access, cookie.identity());
        self.retain(&cookie.domain, |kept| kept.identity() != identity);
        self.put(cookie, now);
        Ok(())
    }

    /// Takes out the cookie of a name, domain and path; of several, host-only or not, in one jar or another, all.
    ///
    /// Gives how many there were.
    pub fn remove(&mut self, name: &[u8], domain: &str, path: &[u8]) -> usize {
        self.retain(domain, |cookie| cookie.name != name || cookie.path != path)
    }

    /// Takes out every cookie of a domain and of the hosts below it.
    ///
    /// Gives how many there were.
    pub fn clear_domain(&mut self, domain: &str) -> usize {
        let key = reversed(domain);
        let below: Vec<_> = self.below(&key).map(|(key, _)| key.clone()).collect();
        self.retain_key(&key, |_| false) + below.iter().map(|key| self.retain_key(key, |_| false)).sum::<usize>()
    }

    /// Takes out every cookie that ends with the session (RFC 6265bis section 5.7).
    ///
    /// Gives how many there were.
    pub fn end_session(&mut self) -> usize {
        self.retain_kept(|kept| kept.cookie.expires.is_some())
    }

    /// Takes out every cookie past its expiry.
    ///
    /// Gives how many there were.
    pub fn remove_expired(&mut self, now: CookieDate) -> usize {
        self.retain_kept(|kept| !kept.cookie.is_expired(now))
    }

    /// Takes out every cookie.
    pub fn clear(&mut self) {
        self.domains.clear();
        self.len = 0;
    }

    fn retain_kept(&mut self, keep: impl Fn(&Kept) -> bool) -> usize {
        let before = self.len;
        let mut len = 0;
        self.domains.retain(|_, list| {
            list.retain(&keep);
            len += list.len();
            !list.is_empty()
        });
        self.len = len;
        before - len
    }

    fn retain(&mut self, domain: &str, keep: impl Fn(&StoredCookie) -> bool) -> usize {
        self.retain_key(&reversed(domain), keep)
    }

    fn retain_key(&mut self, key: &str, keep: impl Fn(&StoredCookie) -> bool) -> usize {
        let Some(list) = self.domains.get_mut(key) else {
            return 0;
        };
        let before = list.len();
        list.retain(|kept| keep(&kept.cookie));
        let gone = before - list.len();
        if list.is_empty() {
            self.domains.remove(key);
        }
        self.len -= gone;
        gone
    }

    fn find(&self, domain: &str, identity: Identity<'_>) -> Option<&Kept> {
        let list = self.domains.get(&reversed(domain))?;
        let place = list.binary_search_by(|kept| kept.cookie.identity().cmp(&identity)).ok()?;
        list.get(place)
    }

    /// RFC 6265bis section 5.7, steps 23 and 24.
    fn put(&mut self, mut cookie: StoredCookie, now: CookieDate) {
        let turn = self.next_turn;
        self.next_turn += 1;
        let key = reversed(&cookie.domain);
        let list = self.domains.entry(key.clone()).or_default();
        match list.binary_search_by(|kept| kept.cookie.identity().cmp(&cookie.identity())) {
            Ok(place) => {
                if let Some(kept) = list.get_mut(place) {
                    let moves = self.profile.follows(Rule::NewValueMovesCookie) && kept.cookie.value != cookie.value;
                    if moves || kept.cookie.is_expired(now) {
                        kept.turn = turn;
                    } else {
                        cookie.created = kept.cookie.created;
                    }
                    kept.cookie = cookie;
                }
            }
            Err(place) => {
                let partition = cookie.partition.clone();
                list.insert(place, Kept { cookie, turn });
                self.len += 1;
                self.evict_of_domain(&key, partition.as_deref(), turn, now);
                self.evict_of_all(turn, now);
            }
        }
    }

    /// RFC 6265bis section 6.1: of a domain with too many cookies the expired ones go first, then those that are not
    /// Secure, then any; the longest unused first. The newest stays.
    fn evict_of_domain(&mut self, key: &str, partition: Option<&str>, newest: u64, now: CookieDate) {
        let Limits { per_domain, per_domain_kept, .. } = self.limits;
        let Some(list) = self.domains.get_mut(key).filter(|list| list.len() > per_domain) else {
            return;
        };
        let in_jar = |kept: &Kept| kept.cookie.partition.as_deref() == partition;
        if list.iter().filter(|kept| in_jar(kept)).count() <= per_domain {
            return;
        }
        let before = list.len();
        list.retain(|kept| !in_jar(kept) || kept.turn == newest || !kept.cookie.is_expired(now));
        let count = list.iter().filter(|kept| in_jar(kept)).count();
        if count > per_domain {
            let order = list
                .iter()
                .filter(|kept| in_jar(kept) && kept.turn != newest)
                .map(|kept| (kept.cookie.secure, kept.cookie.last_access, kept.cookie.created, kept.turn));
            let victims = first_turns(order.collect(), count.saturating_sub(per_domain_kept));
            list.retain(|kept| victims.binary_search(&kept.turn).is_err());
        }
        self.len -= before - list.len();
    }

    /// RFC 6265bis section 6.1: of too many cookies the expired ones go first, then any; the longest unused first. The
    /// newest stays.
    fn evict_of_all(&mut self, newest: u64, now: CookieDate) {
        let Limits { total, total_kept, .. } = self.limits;
        if self.len <= total {
            return;
        }
        self.retain_kept(|kept| kept.turn == newest || !kept.cookie.is_expired(now));
        if self.len > total {
            let order = self
                .domains
                .values()
                .flatten()
                .filter(|kept| kept.turn != newest)
                .map(|kept| (false, kept.cookie.last_access, kept.cookie.created, kept.turn));
            let victims = first_turns(order.collect(), self.len.saturating_sub(total_kept));
            self.retain_kept(|kept| victims.binary_search(&kept.turn).is_err());
        }
    }
}

/// The turns of the first `count` in order, sorted.
fn first_turns(mut order: Vec<(bool, CookieDate, CookieDate, u64)>, count: usize) -> Vec<u64> {
    order.sort_unstable();
    let mut turns: Vec<_> = order.into_iter().take(count).map(|(.., turn)| turn).collect();
    turns.sort_unstable();
    turns
}

impl<S: PublicSuffixes> Store<S> {
    /// Does with a Set-Cookie line what the user agent does, and tells what that was.
    ///
    /// ```
    /// use hardtack::CookieDate;
    /// use hardtack::agent::{Context, Profile, Refusal, Store};
    ///
    /// let now = CookieDate::from_unix_timestamp(1_800_000_000);
    /// let mut store = Store::new(Profile::Firefox);
    /// let secure = Context::https("shop.example", "/")?;
    /// assert!(store.set("sid=31d4; Secure", &secure, now).is_stored());
    ///
    /// let insecure = Context::http("shop.example", "/")?;
    /// assert_eq!(store.set("sid=evil", &insecure, now).refusal(), Some(&Refusal::ShadowsSecure));
    /// # Ok::<(), hardtack::agent::HostError>(())
    /// ```
    pub fn set<L: ?Sized + AsRef<[u8]>>(&mut self, line: &L, context: &Context, now: CookieDate) -> Verdict {
        let verdict = judge(line, context, self.profile, &self.suffixes, now);
        let Some(cookie) = verdict.cookie() else {
            return verdict;
        };
        if let Some(refusal) = self.protected(cookie, context, now) {
            return Verdict::Refused(refusal);
        }
        if verdict.is_stored() {
            self.put(cookie.clone(), now);
        } else {
            let identity = cookie.identity();
            self.retain(&cookie.domain, |kept| kept.identity() != identity);
        }
        verdict
    }

    /// What the cookies already kept forbid (RFC 6265bis section 5.7, steps 16 and 23.2).
    fn protected(&self, cookie: &StoredCookie, context: &Context, now: CookieDate) -> Option<Refusal> {
        if !cookie.secure && !context.is_secure(self.profile) {
            let shadowed = |Kept { cookie: kept, .. }: &Kept| {
                kept.secure
                    && kept.partition.is_none()
                    && kept.name == cookie.name
                    && (domain_match(&kept.domain, &cookie.domain) || domain_match(&cookie.domain, &kept.domain))
                    && path_match(&cookie.path, &kept.path)
                    && !kept.is_expired(now)
            };
            let key = reversed(&cookie.domain);
            let below = self.below(&key).flat_map(|(_, list)| list);
            if self.above(&key).flatten().chain(below).any(shadowed) {
                return Some(Refusal::ShadowsSecure);
            }
        }
        let replaced = self.find(&cookie.domain, cookie.identity())?;
        (replaced.cookie.http_only && context.is_script() && !replaced.cookie.is_expired(now))
            .then_some(Refusal::ReplacesHttpOnly)
    }

    /// The cookies a request carries: the longest path first, then the oldest (RFC 6265bis section 5.8.3).
    pub fn cookies(&self, context: &Context, now: CookieDate) -> Vec<&StoredCookie> {
        self.matching(context, now).into_iter().map(|kept| &kept.cookie).collect()
    }

    /// The text of the Cookie field a request carries, and marks the cookies in it as used (RFC 6265bis section 5.8.3).
    ///
    /// `None` where there is none to send. A nameless cookie is its bare value.
    pub fn cookie_field(&mut self, context: &Context, now: CookieDate) -> Option<Vec<u8>> {
        let mut field = Vec::new();
        let mut used = Vec::new();
        for kept in self.matching(context, now) {
            if !used.is_empty() {
                field.extend_from_slice(b"; ");
            }
            if !kept.cookie.name.is_empty() {
                field.extend_from_slice(&kept.cookie.name);
                field.push(b'=');
            }
            field.extend_from_slice(&kept.cookie.value);
            used.push(kept.turn);
        }
        used.sort_unstable();
        for key in keys_above(&reversed(context.host())) {
            for kept in self.domains.get_mut(key).into_iter().flatten() {
                if used.binary_search(&kept.turn).is_ok() {
                    kept.cookie.last_access = now;
                }
            }
        }
        (!used.is_empty()).then_some(field)
    }

    fn matching(&self, context: &Context, now: CookieDate) -> Vec<&Kept> {
        let partition = context.partition(&self.suffixes);
        let key = reversed(context.host());
        let candidates = self.above(&key).flatten();
        let mut matching: Vec<_> =
            candidates.filter(|kept| self.goes_with(&kept.cookie, context, &partition, now)).collect();
        matching.sort_unstable_by_key(|kept| (Reverse(kept.cookie.path.len()), kept.cookie.created, kept.turn));
        matching
    }

    /// RFC 6265bis section 5.8.3, step 1.
    fn goes_with(&self, cookie: &StoredCookie, context: &Context, partition: &str, now: CookieDate) -> bool {
        let reaches_host = if cookie.host_only {
            cookie.domain == context.host()
        } else {
            domain_match(context.host(), &cookie.domain)
        };
        reaches_host
            && path_match(context.path(), &cookie.path)
            && (!cookie.secure || context.is_secure(self.profile))
            && !(cookie.http_only && context.is_script())
            && cookie.partition.as_deref().is_none_or(|jar| jar == partition)
            && !cookie.is_expired(now)
            && (context.is_same_site() || self.goes_cross_site(cookie, context, now))
    }

    fn goes_cross_site(&self, cookie: &StoredCookie, context: &Context, now: CookieDate) -> bool {
        match cookie.same_site {
            Some(SameSite::None) => true,
            Some(SameSite::Strict) => false,
            Some(SameSite::Lax) => context.is_navigation() && !context.has_unsafe_method(),
            None if !self.profile.follows(Rule::DefaultSameSiteIsLax) => true,
            None => {
                let age = now.unix_timestamp().saturating_sub(cookie.created.unix_timestamp());
                let fresh = self.profile.follows(Rule::LaxAllowsUnsafe) && age <= LAX_ALLOWS_UNSAFE;
                context.is_navigation() && (fresh || !context.has_unsafe_method())
            }
        }
    }
}

impl<S> Store<S> {
    /// The lists of a domain and of every domain above it.
    fn above<'s, 'k>(&'s self, key: &'k str) -> impl Iterator<Item = &'s Vec<Kept>> + use<'s, 'k, S> {
        keys_above(key).filter_map(|key| self.domains.get(key))
    }

    /// The lists of every domain below a domain.
    fn below<'s>(&'s self, key: &str) -> impl Iterator<Item = (&'s String, &'s Vec<Kept>)> + use<'s, S> {
        let mut below = key.to_owned();
        below.push('.');
        self.domains.range(below.clone()..).take_while(move |(key, _)| key.starts_with(&below))
    }
}

/// A domain with its labels reversed.
fn reversed(domain: &str) -> String {
    let mut key = String::with_capacity(domain.len());
    for (index, label) in domain.rsplit('.').enumerate() {
        // The first label is empty where a dot ends the name, which makes it another host.
        if index > 0 {
            key.push('.');
        }
        key.push_str(label);
    }
    key
}

/// A reversed domain and every one above it.
fn keys_above(key: &str) -> impl Iterator<Item = &str> {
    core::iter::successors(Some(key), |key| key.rsplit_once('.').map(|(above, _)| above))
}

impl<S> fmt::Debug for Store<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("profile", &self.profile)
            .field("limits", &self.limits)
            .field("cookies", &self.iter().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
