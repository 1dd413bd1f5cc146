//! Which cookies a request carries, and why not the others (RFC 6265bis section 5.8.3).

use alloc::vec::Vec;
use core::cell::OnceCell;
use core::cmp::Reverse;

use thiserror::Error;

use crate::agent::context::Context;
use crate::agent::domain_key::keys_above;
use crate::agent::matching::path_match;
use crate::agent::profile::Rule;
use crate::agent::store::{Kept, Store, reaches};
use crate::agent::stored::StoredCookie;
use crate::agent::suffix::PublicSuffixes;
use crate::agent::third_party::{PartitionKey, ThirdParties};
use crate::attribute::SameSite;
use crate::date::CookieDate;

/// The seconds in which a cookie without SameSite goes with a cross-site POST that navigates (RFC 6265bis section
/// 5.6.7.2).
const LAX_ALLOWS_UNSAFE: i64 = 120;

/// As many cookies as a request of most sites carries at the most.
const FEW: usize = 16;

/// The seconds between two uses that are noted.
const MINUTE: i64 = 60;

/// Why a request does not carry a cookie of its site; each text says what to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Withheld {
    /// It is past its expiry.
    #[error("the cookie has expired; set it again, with a later Expires or Max-Age")]
    Expired,
    /// It is for the host that set it alone.
    #[error("the cookie is for the host that set it alone; set it with a Domain that both hosts are below")]
    HostOnly,
    /// Its Domain does not reach the host.
    #[error("the host is not below the cookie's Domain; set it with a Domain that both hosts are below")]
    Domain,
    /// Its path is not that of the request.
    #[error("the request is not below the cookie's Path; set it with Path=/ for every path")]
    Path,
    /// It is Secure, and the connection is not.
    #[error("the cookie is Secure and the connection is not; request it over https")]
    Insecure,
    /// It is HttpOnly, and a script asks.
    #[error("the cookie is HttpOnly and a script asks; set it without HttpOnly if scripts may see it")]
    Script,
    /// It is in the jar of another site.
    #[error("the cookie is in the jar of another site; set it under this one, or leave Partitioned out")]
    Partition,
    /// It is in no jar, and the request is that of a third party, which gets those of the jar alone.
    #[error("a third party gets no cookie but those of the jar; set it with Partitioned and Secure")]
    ThirdParty,
    /// Another site caused the request, and SameSite keeps the cookie from it.
    #[error("another site caused the request and {}; set it with SameSite=None and Secure", says(*.same_site))]
    CrossSite {
        /// What the cookie says; `None` where it says nothing known.
        same_site: Option<SameSite>,
    },
}

const fn says(same_site: Option<SameSite>) -> &'static str {
    match same_site {
        Some(SameSite::Strict) => "the cookie is SameSite=Strict",
        Some(_) => "the cookie is SameSite=Lax, which goes with safe navigation alone",
        None => "the cookie has no SameSite, which is treated as Lax",
    }
}

/// A request, and what is worked out of it once for all cookies.
struct Asked<'a, S> {
    store: &'a Store<S>,
    context: &'a Context,
    now: CookieDate,
    secure: bool,
    first_party: OnceCell<bool>,
    same_site: OnceCell<bool>,
    third_party: OnceCell<bool>,
    jar: OnceCell<PartitionKey>,
}

impl<'a, S: PublicSuffixes> Asked<'a, S> {
    fn new(store: &'a Store<S>, context: &'a Context, now: CookieDate) -> Self {
        Self {
            store,
            context,
            now,
            secure: context.is_secure(store.profile),
            first_party: OnceCell::new(),
            same_site: OnceCell::new(),
            third_party: OnceCell::new(),
            jar: OnceCell::new(),
        }
    }

    /// RFC 6265bis section 5.8.3, step 1: what keeps a cookie from the request, if anything does.
    fn keeps_back(&self, cookie: &StoredCookie) -> Option<Withheld> {
        if reaches(cookie, self.context.host()) {
            self.keeps_back_here(cookie)
        } else {
            Some(if cookie.host_only { Withheld::HostOnly } else { Withheld::Domain })
        }
    }

    /// What keeps a cookie from the request that reaches its host.
    // Asked of every cookie of the host: inlined it is a third quicker.
    #[inline(always)]
    fn keeps_back_here(&self, cookie: &StoredCookie) -> Option<Withheld> {
        if !path_match(self.context.path(), &cookie.path) {
            Some(Withheld::Path)
        } else if cookie.secure && !self.secure {
            Some(Withheld::Insecure)
        } else if cookie.http_only && self.context.is_script() {
            Some(Withheld::Script)
        } else if cookie.is_expired(self.now) {
            Some(Withheld::Expired)
        } else if cookie.partition.is_none() && *self.first_party.get_or_init(|| self.is_first_party()) {
            None
        } else {
            self.keeps_back_from_site(cookie)
        }
    }

    #[inline(never)]
    fn keeps_back_from_site(&self, cookie: &StoredCookie) -> Option<Withheld> {
        self.is_other_jar(cookie).or_else(|| self.is_cross_site(cookie))
    }

    /// Whether neither SameSite nor the policy for third parties keeps back any cookie outside the jars.
    fn is_first_party(&self) -> bool {
        self.is_same_site() && (self.store.third_parties == ThirdParties::Allow || !self.is_third_party())
    }

    fn is_same_site(&self) -> bool {
        let Store { profile, suffixes, .. } = self.store;
        *self.same_site.get_or_init(|| self.context.is_same_site(*profile, suffixes))
    }

    fn is_third_party(&self) -> bool {
        let Store { profile, suffixes, .. } = self.store;
        *self.third_party.get_or_init(|| self.context.is_third_party(*profile, suffixes))
    }

    fn is_other_jar(&self, cookie: &StoredCookie) -> Option<Withheld> {
        let Store { profile, suffixes, third_parties, .. } = self.store;
        match &cookie.partition {
            Some(jar) => {
                let here = self.jar.get_or_init(|| self.context.partition(*profile, suffixes));
                (jar != here).then_some(Withheld::Partition)
            }
            None if *third_parties == ThirdParties::Allow => None,
            None => self.is_third_party().then_some(Withheld::ThirdParty),
        }
    }

    fn is_cross_site(&self, cookie: &StoredCookie) -> Option<Withheld> {
        let (profile, context) = (self.store.profile, self.context);
        let goes = match cookie.same_site {
            _ if self.is_same_site() => true,
            Some(SameSite::None) => true,
            Some(SameSite::Strict) => false,
            Some(SameSite::Lax) => context.is_navigation() && !context.has_unsafe_method(),
            None if !profile.follows(Rule::DefaultSameSiteIsLax) => true,
            None => {
                let age = self.now.unix_timestamp().saturating_sub(cookie.created.unix_timestamp());
                let fresh = profile.follows(Rule::LaxAllowsUnsafe) && age <= LAX_ALLOWS_UNSAFE;
                context.is_navigation() && (fresh || !context.has_unsafe_method())
            }
        };
        (!goes).then_some(Withheld::CrossSite { same_site: cookie.same_site })
    }
}

impl<S: PublicSuffixes> Store<S> {
    /// Returns the cookies a request carries: the longest path first, then the oldest (RFC 6265bis section 5.8.3).
    pub fn cookies(&self, context: &Context, now: CookieDate) -> Vec<&StoredCookie> {
        let mut matching = self.matching(context, now);
        sort(&mut matching);
        matching.into_iter().map(|kept| &kept.cookie).collect()
    }

    /// Returns the text of the Cookie field a request carries, and marks the cookies in it as used (RFC 6265bis section
    /// 5.8.3).
    ///
    /// `None` where there is none to send. A nameless cookie is its bare value.
    pub fn cookie_field(&mut self, context: &Context, now: CookieDate) -> Option<Vec<u8>> {
        let mut matching = self.matching(context, now);
        if matching.is_empty() {
            return None;
        }
        let used = self.to_be_noted(&matching, now);
        sort(&mut matching);
        let field = field(&matching);
        self.note(context, used, now);
        Some(field)
    }

    /// Returns the cookies of the host's site that a request does not carry, oldest first, and why.
    ///
    /// With [`cookies`](Self::cookies) these are all the cookies of the site.
    ///
    /// ```
    /// use hardtack::CookieDate;
    /// use hardtack::agent::{Context, Profile, Store, Withheld};
    ///
    /// let now = CookieDate::from_unix_timestamp(1_800_000_000);
    /// let mut store = Store::new(Profile::Chromium);
    /// store.set("sid=31d4; Secure; Path=/app", &Context::https("shop.example", "/")?, now);
    ///
    /// let page = Context::https("shop.example", "/cart")?;
    /// let (cookie, why) = store.withheld(&page, now)[0];
    /// assert_eq!((cookie.name.as_slice(), why), (b"sid".as_slice(), Withheld::Path));
    /// assert_eq!(
    ///     why.to_string(),
    ///     "the request is not below the cookie's Path; set it with Path=/ for every path"
    /// );
    /// # Ok::<(), hardtack::agent::HostError>(())
    /// ```
    pub fn withheld(&self, context: &Context, now: CookieDate) -> Vec<(&StoredCookie, Withheld)> {
        let asked = Asked::new(self, context, now);
        let mut withheld: Vec<_> = self
            .of_site(context.host())
            .flat_map(|(_, list)| list)
            .filter_map(|kept| asked.keeps_back(&kept.cookie).map(|why| (kept, why)))
            .collect();
        withheld.sort_unstable_by_key(|(kept, _)| (kept.created, kept.turn));
        withheld.into_iter().map(|(kept, why)| (&kept.cookie, why)).collect()
    }

    /// The cookies a request carries, in the order they are kept in.
    fn matching(&self, context: &Context, now: CookieDate) -> Vec<&Kept> {
        let asked = Asked::new(self, context, now);
        let mut matching = Vec::with_capacity(self.len.min(FEW));
        for list in self.above(context.key()) {
            // A list is of one domain, so that only one above the host's own has to be asked.
            if list.first().is_some_and(|kept| kept.cookie.domain == context.host()) {
                matching.extend(list.iter().filter(|kept| asked.keeps_back_here(&kept.cookie).is_none()));
            } else {
                matching.extend(list.iter().filter(|kept| asked.keeps_back(&kept.cookie).is_none()));
            }
        }
        matching
    }

    /// The turns of the cookies whose use is to be noted, in the order they are kept in.
    fn to_be_noted(&self, used: &[&Kept], now: CookieDate) -> Vec<u64> {
        // What is asked for within one second.
        if used.iter().all(|kept| kept.cookie.last_access == now) {
            return Vec::new();
        }
        let least = if self.profile.follows(Rule::UseNotedByTheMinute) { MINUTE } else { i64::MIN };
        let since = |last: CookieDate| now.unix_timestamp().saturating_sub(last.unix_timestamp());
        used.iter().filter(|kept| since(kept.cookie.last_access) >= least).map(|kept| kept.turn).collect()
    }

    /// Marks cookies as used (RFC 6265bis section 5.8.3, step 3).
    fn note(&mut self, context: &Context, turns: Vec<u64>, now: CookieDate) {
        let mut turns = turns.into_iter().peekable();
        for key in keys_above(context.key()) {
            if turns.peek().is_none() {
                return;
            }
            for kept in self.domains.get_mut(key).into_iter().flatten() {
                if turns.next_if_eq(&kept.turn).is_some() {
                    kept.cookie.last_access = now;
                }
            }
        }
    }
}

/// The longest path first, then the oldest (RFC 6265bis section 5.8.3, step 2).
fn sort(matching: &mut [&Kept]) {
    matching.sort_unstable_by_key(|kept| (Reverse(kept.cookie.path.len()), kept.created, kept.turn));
}

/// RFC 6265bis section 5.8.3, step 4.
fn field(cookies: &[&Kept]) -> Vec<u8> {
    let len = cookies.iter().map(|kept| kept.cookie.name.len() + kept.cookie.value.len() + "=; ".len()).sum();
    let mut field = Vec::with_capacity(len);
    for kept in cookies {
        if !kept.cookie.name.is_empty() {
            field.extend_from_slice(&kept.cookie.name);
            field.push(b'=');
        }
        field.extend_from_slice(&kept.cookie.value);
        field.extend_from_slice(b"; ");
    }
    field.truncate(field.len().saturating_sub("; ".len()));
    field
}
