//! Which cookies go when there are too many (RFC 6265bis section 6.1).

use alloc::string::String;
use alloc::vec::Vec;

use crate::agent::domain_key::reversed;
use crate::agent::profile::Rule;
use crate::agent::store::{Kept, Store};
use crate::agent::stored::StoredCookie;
use crate::agent::suffix::PublicSuffixes;
use crate::agent::third_party::PartitionKey;
use crate::attribute::Priority;
use crate::date::CookieDate;

/// The order in which cookies of a priority go, whether Secure ones are spared in that round, and how many of 150 that are
/// left are of that priority, those that were used last.
const ROUNDS: [(Priority, bool, usize); 6] = [
    (Priority::Low, true, 30),
    (Priority::Low, false, 30),
    (Priority::Medium, true, 50),
    (Priority::High, true, 70),
    (Priority::Medium, false, 50),
    (Priority::High, false, 70),
];

impl<S: PublicSuffixes> Store<S> {
    /// Makes room after a cookie was added, whose turn is `newest`.
    pub(crate) fn evict(&mut self, domain: &str, jar: Option<&PartitionKey>, newest: u64, now: CookieDate) {
        self.evict_of_site(domain, jar, newest, now);
        self.evict_of_all(newest, now);
    }

    /// The lists that cookies of a domain are counted with, with their keys.
    fn lists_counted(&self, domain: &str) -> impl Iterator<Item = (&String, &Vec<Kept>)> {
        let by_site = self.profile.follows(Rule::CountsBySite);
        let alone = (!by_site).then(|| self.domains.get_key_value(&reversed(domain))).flatten();
        let site = by_site.then(|| self.of_site(domain));
        alone.into_iter().chain(site.into_iter().flatten())
    }

    /// Whether a cookie would be one too many, and none may make room for it: all are Secure.
    pub(crate) fn is_full_of_secure(&self, cookie: &StoredCookie, now: CookieDate) -> bool {
        let most = if cookie.partition.is_some() { self.limits.per_jar } else { self.limits.per_domain };
        if self.len < most {
            return false;
        }
        let mut count = 0;
        for kept in self.lists_counted(&cookie.domain).flat_map(|(_, list)| list) {
            if kept.cookie.partition == cookie.partition {
                if !kept.cookie.secure || kept.cookie.is_expired(now) {
                    return false;
                }
                count += 1;
            }
        }
        count >= most
    }

    /// Of a site with too many cookies in one jar, the expired ones go first, then those of a lower rank.
    fn evict_of_site(&mut self, domain: &str, partition: Option<&PartitionKey>, newest: u64, now: CookieDate) {
        let (most, kept, octets) = match partition {
            Some(_) => (self.limits.per_jar, self.limits.per_jar_kept, self.limits.per_jar_octets),
            None => (self.limits.per_domain, self.limits.per_domain_kept, usize::MAX),
        };
        let count = || self.lists_counted(domain).map(|(_, list)| list.len()).sum::<usize>();
        if octets == usize::MAX && (self.len <= most || count() <= most) {
            return;
        }
        let in_jar = |kept: &&Kept| kept.cookie.partition.as_ref() == partition;
        let mut jar: Vec<_> = self.lists_counted(domain).flat_map(|(_, list)| list).filter(in_jar).collect();
        let mut gone = Vec::new();
        let are_too_many =
            |jar: &[&Kept]| jar.len() > most || jar.iter().map(|kept| kept.octets()).sum::<usize>() > octets;
        if !are_too_many(&jar) {
            return;
        }
        // What was not used longest comes first.
        jar.sort_unstable_by_key(|kept| kept.last_use());
        if !self.profile.follows(Rule::SecureIsNotEvicted) {
            take_out(&mut jar, &mut gone, usize::MAX, |kept| kept.cookie.is_expired(now) && kept.turn != newest);
        }
        if jar.len() > most {
            let goal = jar.len().saturating_sub(kept);
            let spared = if self.profile.follows(Rule::NewestMayGo) { None } else { Some(newest) };
            if self.profile.follows(Rule::SecureIsNotEvicted) {
                evict_what_is_not_secure(&mut jar, &mut gone, goal, newest, now);
            } else if self.profile.follows(Rule::HeedsPriority) && partition.is_none() {
                evict_by_priority(&mut jar, &mut gone, kept);
            } else if partition.is_none() {
                let before = gone.len();
                take_out(&mut jar, &mut gone, goal, |kept| !kept.cookie.secure && Some(kept.turn) != spared);
                let rest = goal - (gone.len() - before);
                take_out(&mut jar, &mut gone, rest, |kept| Some(kept.turn) != spared);
            } else {
                take_out(&mut jar, &mut gone, goal, |kept| Some(kept.turn) != spared);
            }
        }
        while jar.iter().map(|kept| kept.octets()).sum::<usize>() > octets && !jar.is_empty() {
            take_out(&mut jar, &mut gone, 1, |_| true);
        }
        let keys: Vec<_> = self.lists_counted(domain).map(|(key, _)| key.clone()).collect();
        gone.sort_unstable();
        for key in keys {
            self.retain_in(&key, |kept| gone.binary_search(&kept.turn).is_err());
        }
    }

    /// Of too many cookies in all the expired ones go, and what was not used for so long; the longest unused first.
    fn evict_of_all(&mut self, newest: u64, now: CookieDate) {
        let limits = self.limits;
        let idle = now.unix_timestamp().saturating_sub(limits.idle);
        // What everyone used of late stays, however much it is.
        if self.len <= limits.total || limits.idle > 0 && self.longest_unused >= idle {
            return;
        }
        self.retain_kept(|kept| kept.turn == newest || !kept.cookie.is_expired(now));
        if self.len > limits.total {
            let secure_last = self.profile.follows(Rule::TotalSparesSecure);
            let may_go = |kept: &&Kept| {
                kept.turn != newest && (limits.idle == 0 || kept.cookie.last_access.unix_timestamp() < idle)
            };
            let mut order: Vec<_> = self.domains.values().flatten().filter(may_go).collect();
            order.sort_unstable_by_key(|kept| (secure_last && kept.cookie.secure, kept.last_use()));
            order.truncate(self.len.saturating_sub(limits.total_kept));
            let mut gone: Vec<_> = order.into_iter().map(|kept| kept.turn).collect();
            gone.sort_unstable();
            self.retain_kept(|kept| gone.binary_search(&kept.turn).is_err());
        }
        let uses = self.domains.values().flatten().map(|kept| kept.cookie.last_access.unix_timestamp());
        self.longest_unused = uses.min().unwrap_or(i64::MAX);
    }
}

impl Kept {
    /// The order in which cookies go: by last use, the older first.
    fn last_use(&self) -> (i64, i64, u64) {
        (self.cookie.last_access.unix_timestamp(), self.created, self.turn)
    }

    const fn octets(&self) -> usize {
        self.cookie.name.len() + self.cookie.value.len()
    }
}

/// Takes out the first `most` of which `goes` is true, and notes their turns.
fn take_out(jar: &mut Vec<&Kept>, gone: &mut Vec<u64>, mut most: usize, goes: impl Fn(&Kept) -> bool) {
    jar.retain(|kept| {
        let stays = most == 0 || !goes(kept);
        if !stays {
            most -= 1;
            gone.push(kept.turn);
        }
        stays
    });
}

/// Expired ones and those that are not Secure go, as many as are there; any, if there are none.
fn evict_what_is_not_secure(jar: &mut Vec<&Kept>, gone: &mut Vec<u64>, goal: usize, newest: u64, now: CookieDate) {
    let expired = |kept: &Kept| kept.cookie.is_expired(now) && kept.turn != newest;
    take_out(jar, gone, goal, expired);
    let rest = goal - gone.len();
    take_out(jar, gone, rest, |kept| !kept.cookie.secure && kept.turn != newest);
    if gone.is_empty() {
        take_out(jar, gone, goal, |kept| kept.turn != newest);
    }
}

fn evict_by_priority(jar: &mut Vec<&Kept>, gone: &mut Vec<u64>, left: usize) {
    for (priority, spares_secure, quota) in ROUNDS {
        let quota = left / 150 * quota + left % 150 * quota / 150;
        let is_of_round = |kept: &Kept| kept.cookie.priority.unwrap_or(Priority::Medium) == priority;
        let count = jar.iter().filter(|kept| is_of_round(kept)).count();
        let secure = jar.iter().filter(|kept| is_of_round(kept) && kept.cookie.secure).count();
        let spared = if spares_secure { secure.max(quota) } else { quota };
        let most = count.saturating_sub(spared).min(jar.len().saturating_sub(left));
        take_out(jar, gone, most, |kept| is_of_round(kept) && !(spares_secure && kept.cookie.secure));
    }
}
