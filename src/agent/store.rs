//! The cookies a user agent keeps, as a collection (RFC 6265bis section 5.7).

use alloc::borrow::{Cow, ToOwned};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::iter::FusedIterator;

use crate::agent::domain_key::{keys_above, reversed};
use crate::agent::error::InvalidCookie;
use crate::agent::limits::Limits;
use crate::agent::matching::domain_match;
use crate::agent::profile::{Profile, Rule};
use crate::agent::stored::{Identity, StoredCookie};
use crate::agent::suffix::{PublicSuffixes, TopLevelOnly};
use crate::agent::third_party::ThirdParties;
use crate::date::CookieDate;

/// A user agent's cookies, in memory.
///
/// Cookies are looked up by domain, so that a request costs what the cookies of its own hosts cost. Files and databases
/// are the caller's: with the feature `serde` a store is written and read as one document, [`cookies_txt`] reads and
/// writes the files of other programs, [`iter`](Self::iter) gives every cookie and [`insert`](Self::insert) takes it
/// back.
///
/// [`cookies_txt`]: crate::agent::cookies_txt
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
    pub(crate) profile: Profile,
    pub(crate) limits: Limits,
    pub(crate) third_parties: ThirdParties,
    pub(crate) suffixes: S,
    // By domain, labels reversed, so that what is below a domain stands together.
    // Invariant: no list is empty; each is sorted by identity, which is of one cookie alone.
    pub(crate) domains: BTreeMap<String, Vec<Kept>>,
    pub(crate) len: usize,
    // Not after the last use of any cookie, in seconds.
    pub(crate) longest_unused: i64,
    next_turn: u64,
}

/// A cookie and its place among those created in the same second.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) cookie: StoredCookie,
    // When it was created, in seconds, and its turn among those of that second: the order of the Cookie field.
    pub(crate) created: i64,
    pub(crate) turn: u64,
}

impl Kept {
    /// Another value may move a cookie to the end; what has expired is no older one.
    fn replace(&mut self, cookie: &StoredCookie, turn: u64, moves: bool, now: CookieDate) {
        let first = self.cookie.created;
        let goes = self.cookie.is_expired(now) || moves && self.cookie.value != cookie.value;
        self.cookie.assign(cookie);
        if goes {
            (self.created, self.turn) = (cookie.created.unix_timestamp(), turn);
        } else {
            self.cookie.created = first;
        }
    }
}

impl Store {
    /// Creates an empty store that knows no public suffixes but top-level domains.
    #[must_use]
    pub const fn new(profile: Profile) -> Self {
        Self::with_suffixes(profile, TopLevelOnly)
    }
}

impl<S> Store<S> {
    /// Creates an empty store with a list of public suffixes.
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
        Self {
            profile,
            limits: profile.limits(),
            third_parties: profile.third_parties(),
            suffixes,
            domains: BTreeMap::new(),
            len: 0,
            longest_unused: i64::MAX,
            next_turn: 0,
        }
    }

    /// Sets other limits than the profile's, which take hold with the next cookie.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Sets another policy for third parties than the profile's.
    #[must_use]
    pub fn third_parties(self, third_parties: ThirdParties) -> Self {
        Self { third_parties, ..self }
    }

    /// Returns whose rules the store follows.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        self.profile
    }

    /// Returns how many cookies there are, expired ones included.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Returns whether there are no cookies.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Iterates over every cookie, expired ones included, oldest first.
    ///
    /// Inserted in this order into another store, they are sent in the same order.
    pub fn iter(&self) -> Iter<'_> {
        Iter(sorted(self.domains.values().flatten().collect()).into_iter())
    }

    /// Iterates over every cookie that requests for a canonical host may carry, for whatever path, expired ones included,
    /// oldest first.
    ///
    /// ```
    /// use hardtack::CookieDate;
    /// use hardtack::agent::{Profile, Store, StoredCookie};
    ///
    /// let mut store = Store::new(Profile::Chromium);
    /// store.insert(StoredCookie::new("a", "1", "shop.example", CookieDate::UNIX_EPOCH))?;
    /// store.insert(StoredCookie::new("b", "1", "www.shop.example", CookieDate::UNIX_EPOCH))?;
    /// assert_eq!(store.of_host("www.shop.example").count(), 1);
    /// # Ok::<(), hardtack::agent::InvalidCookie>(())
    /// ```
    pub fn of_host(&self, host: &str) -> Iter<'_> {
        let key = reversed(host);
        let reaches = |kept: &&Kept| reaches(&kept.cookie, host);
        Iter(sorted(self.above(&key).flatten().filter(reaches).collect()).into_iter())
    }

    /// Returns the cookie of a domain, path and name. Of several the one outside every jar comes first, and of those the
    /// one for the host alone.
    ///
    /// ```
    /// use hardtack::CookieDate;
    /// use hardtack::agent::{Profile, Store, StoredCookie};
    ///
    /// let mut store = Store::new(Profile::Chromium);
    /// store.insert(StoredCookie::new("sid", "31d4", "shop.example", CookieDate::UNIX_EPOCH))?;
    /// assert_eq!(store.get("shop.example", b"/", b"sid").unwrap().value, b"31d4");
    /// # Ok::<(), hardtack::agent::InvalidCookie>(())
    /// ```
    #[must_use]
    pub fn get(&self, domain: &str, path: &[u8], name: &[u8]) -> Option<&StoredCookie> {
        let list = self.domains.get(&reversed(domain))?;
        let cookies = list.iter().map(|kept| &kept.cookie);
        cookies
            .filter(|cookie| cookie.name == name && cookie.path == path)
            .min_by_key(|cookie| (cookie.partition.as_ref(), !cookie.host_only))
    }

    /// Returns whether there is a cookie of a domain, path and name.
    #[must_use]
    pub fn contains(&self, domain: &str, path: &[u8], name: &[u8]) -> bool {
        self.get(domain, path, name).is_some()
    }

    /// Keeps the cookies for which `keep` is true.
    ///
    /// Gives how many it took out.
    pub fn retain<F: FnMut(&StoredCookie) -> bool>(&mut self, mut keep: F) -> usize {
        self.retain_kept(|kept| keep(&kept.cookie))
    }

    /// Takes out the cookie of a name, domain and path; of several, host-only or not, in one jar or another, all.
    ///
    /// Gives how many there were.
    pub fn remove(&mut self, name: &[u8], domain: &str, path: &[u8]) -> usize {
        self.retain_in(&reversed(domain), |kept| kept.cookie.name != name || kept.cookie.path != path)
    }

    /// Takes out every cookie of a domain and of the hosts below it.
    ///
    /// Gives how many there were.
    pub fn clear_domain(&mut self, domain: &str) -> usize {
        let key = reversed(domain);
        let keys: Vec<_> = self.within(&key).map(|(key, _)| key.clone()).collect();
        keys.iter().map(|key| self.retain_in(key, |_| false)).sum()
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

    pub(crate) fn retain_kept(&mut self, mut keep: impl FnMut(&Kept) -> bool) -> usize {
        let before = self.len;
        let mut len = 0;
        self.domains.retain(|_, list| {
            list.retain(&mut keep);
            len += list.len();
            !list.is_empty()
        });
        self.len = len;
        before - len
    }

    pub(crate) fn retain_in(&mut self, key: &str, keep: impl FnMut(&Kept) -> bool) -> usize {
        let Some(list) = self.domains.get_mut(key) else {
            return 0;
        };
        let before = list.len();
        list.retain(keep);
        let gone = before - list.len();
        if list.is_empty() {
            self.domains.remove(key);
        }
        self.len -= gone;
        gone
    }

    pub(crate) fn find(&self, key: &str, identity: Identity<'_>) -> Option<&Kept> {
        let list = self.domains.get(key)?;
        let place = list.binary_search_by(|kept| kept.cookie.identity().cmp(&identity)).ok()?;
        list.get(place)
    }

    /// Puts a cookie in the place of the one with its identity (RFC 6265bis section 5.7, steps 23 and 24); gives its turn
    /// if there was none.
    pub(crate) fn put(&mut self, key: &str, cookie: Cow<'_, StoredCookie>, now: CookieDate) -> Option<u64> {
        let turn = self.next_turn;
        self.next_turn += 1;
        let (place, list) = match self.domains.get_mut(key) {
            None => (0, self.domains.entry(key.to_owned()).or_default()),
            Some(list) => match list.binary_search_by(|kept| kept.cookie.identity().cmp(&cookie.identity())) {
                Err(place) => (place, list),
                Ok(place) => {
                    let moves = self.profile.follows(Rule::NewValueMovesCookie);
                    list.get_mut(place)?.replace(&cookie, turn, moves, now);
                    return None;
                }
            },
        };
        self.longest_unused = self.longest_unused.min(cookie.last_access.unix_timestamp());
        let created = cookie.created.unix_timestamp();
        list.insert(place, Kept { cookie: cookie.into_owned(), created, turn });
        self.len += 1;
        Some(turn)
    }

    /// The lists of a domain and of every domain above it.
    pub(crate) fn above<'s, 'k>(&'s self, key: &'k str) -> impl Iterator<Item = &'s Vec<Kept>> + use<'s, 'k, S> {
        keys_above(key).filter_map(|key| self.domains.get(key))
    }

    /// The lists of a domain and of every domain below it.
    pub(crate) fn within<'s>(&'s self, key: &str) -> impl Iterator<Item = (&'s String, &'s Vec<Kept>)> + use<'s, S> {
        let mut below = key.to_owned();
        below.push('.');
        let lists = self.domains.range(below.clone()..).take_while(move |(key, _)| key.starts_with(&below));
        self.domains.get_key_value(key).into_iter().chain(lists)
    }
}

impl<S: PublicSuffixes> Store<S> {
    /// The lists of every domain of a host's site, with their keys; a public suffix is a site of its own.
    pub(crate) fn of_site<'s>(&'s self, host: &str) -> impl Iterator<Item = (&'s String, &'s Vec<Kept>)> + use<'s, S> {
        let site = self.suffixes.registrable_domain(host);
        let alone = self.suffixes.is_public_suffix(site.strip_suffix('.').unwrap_or(site));
        // A key below is longer.
        let (key, len) = (reversed(site), site.len());
        self.within(&key).take_while(move |(key, _)| !alone || key.len() == len)
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
    /// - a path that is not empty and does not begin with `/`
    pub fn insert(&mut self, cookie: StoredCookie) -> Result<(), InvalidCookie> {
        cookie.check()?;
        let (key, now) = (reversed(&cookie.domain), cookie.last_access);
        let (domain, jar) = (cookie.domain.clone(), cookie.partition.clone());
        self.retain_in(&key, |kept| kept.cookie.identity() != cookie.identity());
        if let Some(turn) = self.put(&key, Cow::Owned(cookie), now) {
            self.evict(&domain, jar.as_ref(), turn, now);
        }
        Ok(())
    }
}

/// Whether requests for a host may carry a cookie.
pub(crate) fn reaches(cookie: &StoredCookie, host: &str) -> bool {
    if cookie.host_only { cookie.domain == host } else { domain_match(host, &cookie.domain) }
}

fn sorted(mut all: Vec<&Kept>) -> Vec<&Kept> {
    all.sort_unstable_by_key(|kept| (kept.created, kept.turn));
    all
}

/// Cookies of a store, oldest first, by [`Store::iter`] and [`Store::of_host`].
#[derive(Clone)]
#[must_use]
pub struct Iter<'s>(alloc::vec::IntoIter<&'s Kept>);

impl<'s> Iterator for Iter<'s> {
    type Item = &'s StoredCookie;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|kept| &kept.cookie)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|kept| &kept.cookie)
    }
}

impl ExactSizeIterator for Iter<'_> {}
impl FusedIterator for Iter<'_> {}

impl fmt::Debug for Iter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<'s, S> IntoIterator for &'s Store<S> {
    type Item = &'s StoredCookie;
    type IntoIter = Iter<'s>;

    fn into_iter(self) -> Iter<'s> {
        self.iter()
    }
}

/// An empty store that follows RFC 6265bis.
impl<S: Default> Default for Store<S> {
    fn default() -> Self {
        Self::with_suffixes(Profile::default(), S::default())
    }
}

/// Each cookie that [`Store::insert`] takes; the others are left out.
impl<S: PublicSuffixes> Extend<StoredCookie> for Store<S> {
    fn extend<I: IntoIterator<Item = StoredCookie>>(&mut self, cookies: I) {
        for cookie in cookies {
            let _unsound = self.insert(cookie);
        }
    }
}

/// A store that follows RFC 6265bis, with each cookie that [`Store::insert`] takes.
impl<S: PublicSuffixes + Default> FromIterator<StoredCookie> for Store<S> {
    fn from_iter<I: IntoIterator<Item = StoredCookie>>(cookies: I) -> Self {
        let mut store = Self::default();
        store.extend(cookies);
        store
    }
}

impl<S> fmt::Debug for Store<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("profile", &self.profile)
            .field("limits", &self.limits)
            .field("third_parties", &self.third_parties)
            .field("cookies", &self.iter())
            .finish_non_exhaustive()
    }
}
