//! What a response does to the cookies that are kept (RFC 6265bis section 5.7).

use alloc::borrow::Cow;

use crate::agent::context::Context;
use crate::agent::domain_key::reversed;
use crate::agent::judge::{Case, Judged, verdict};
use crate::agent::matching::{domain_match, path_match};
use crate::agent::notes::Notes;
use crate::agent::profile::Rule;
use crate::agent::refusal::Refusal;
use crate::agent::store::{Kept, Store, reaches};
use crate::agent::stored::StoredCookie;
use crate::agent::suffix::PublicSuffixes;
use crate::agent::verdict::Verdict;
use crate::date::CookieDate;

impl<S: PublicSuffixes> Store<S> {
    /// Does with a Set-Cookie line what the user agent does, and tells what that was.
    ///
    /// A cookie that is stored may be gone already, where a site has too many and the newest may go.
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
    /// let verdict = store.set("sid=evil", &insecure, now);
    /// assert_eq!(verdict.refusal(), Some(&Refusal::ShadowsSecure));
    /// # Ok::<(), hardtack::agent::HostError>(())
    /// ```
    pub fn set<L: ?Sized + AsRef<[u8]>>(&mut self, line: &L, context: &Context, now: CookieDate) -> Verdict {
        let Self { profile, third_parties, ref suffixes, .. } = *self;
        let case = Case { line: line.as_ref(), context, profile, suffixes, third_parties, now };
        let (Judged { cookie, mut notes }, key) = match case.judged() {
            Ok(judged) => {
                let domain = &judged.cookie.domain;
                let of_host = domain == context.host();
                let key = if of_host { Cow::Borrowed(context.key()) } else { Cow::Owned(reversed(domain)) };
                (judged, key)
            }
            Err(refusals) => return Verdict::Refused(refusals),
        };
        case.may_be_set(&cookie, &mut notes);
        self.may_replace(&cookie, &key, context, now, &mut notes);
        let verdict = verdict(cookie, notes, now);
        match &verdict {
            Verdict::Stored { cookie, .. } => {
                if let Some(turn) = self.put(&key, Cow::Borrowed(&**cookie), now) {
                    self.evict(&cookie.domain, cookie.partition.as_ref(), turn, now);
                }
            }
            Verdict::Expired { cookie, .. } => {
                self.retain_in(&key, |kept| kept.cookie.identity() != cookie.identity());
            }
            Verdict::Refused(_) => {}
        }
        verdict
    }

    /// What the cookies already kept forbid (RFC 6265bis section 5.7, steps 16 and 23.2, and section 6.1).
    fn may_replace(&self, cookie: &StoredCookie, key: &str, context: &Context, now: CookieDate, notes: &mut Notes) {
        if !context.is_secure(self.profile) && self.is_shadowing(cookie, key, now) {
            notes.refuse(Refusal::ShadowsSecure);
        }
        let replaced = || self.find(key, cookie.identity()).filter(|kept| !kept.cookie.is_expired(now));
        if context.is_script() && replaced().is_some_and(|kept| kept.cookie.http_only) {
            notes.refuse(Refusal::ReplacesHttpOnly);
        }
        if self.profile.follows(Rule::SecureIsNotEvicted)
            && !cookie.secure
            && !cookie.is_expired(now)
            && replaced().is_none()
            && self.is_full_of_secure(cookie, now)
        {
            notes.refuse(Refusal::SiteIsFull);
        }
    }

    /// Whether an insecure connection would set a cookie that is sent where a Secure one of its name is, or instead.
    fn is_shadowing(&self, cookie: &StoredCookie, key: &str, now: CookieDate) -> bool {
        let host_only_counts = self.profile.follows(Rule::HostOnlyIsNotShadowed);
        let shadowed = |Kept { cookie: kept, .. }: &Kept| {
            let meet = if host_only_counts {
                reaches(kept, &cookie.domain) || reaches(cookie, &kept.domain)
            } else {
                domain_match(&kept.domain, &cookie.domain) || domain_match(&cookie.domain, &kept.domain)
            };
            kept.secure
                && kept.partition == cookie.partition
                && kept.name == cookie.name
                && meet
                && path_match(&cookie.path, &kept.path)
                && !kept.is_expired(now)
        };
        let below = self.within(key).skip_while(|(own, _)| *own == key).flat_map(|(_, list)| list);
        self.above(key).flatten().chain(below).any(shadowed)
    }
}
