//! Which cookies are left when one more has come: one goes at a time, and every time all are looked at anew. Of public
//! suffixes it knows names of one label.

use hardtack::agent::{Limits, Profile, StoredCookie};
use hardtack::{CookieDate, Priority};

/// What is left of the cookies, oldest first, of which the last is the one that has come.
pub(crate) fn left(
    mut cookies: Vec<StoredCookie>,
    profile: Profile,
    limits: &Limits,
    now: CookieDate,
) -> Vec<StoredCookie> {
    let newest = cookies.last().cloned().expect("one has come");
    let with_newest = |other: &StoredCookie| {
        let same = if profile == Profile::Rfc6265bis {
            other.domain == newest.domain
        } else {
            site(&other.domain) == site(&newest.domain)
        };
        same && other.partition == newest.partition
    };
    let count = |cookies: &[StoredCookie]| cookies.iter().filter(|cookie| with_newest(cookie)).count();
    let octets = |cookies: &[StoredCookie]| -> usize {
        let of_site = cookies.iter().filter(|cookie| with_newest(cookie));
        of_site.map(|cookie| cookie.name.len() + cookie.value.len()).sum()
    };
    let (most, kept, most_octets) = match newest.partition {
        Some(_) => (limits.per_jar, limits.per_jar_kept, limits.per_jar_octets),
        None => (limits.per_domain, limits.per_domain_kept, usize::MAX),
    };
    let is_newest = |cookie: &StoredCookie| same(cookie, &newest);

    if count(&cookies) > most || octets(&cookies) > most_octets {
        if profile != Profile::Firefox {
            cookies.retain(|cookie| !with_newest(cookie) || is_newest(cookie) || !cookie.is_expired(now));
        }
        if count(&cookies) > most {
            let only_insecure = profile == Profile::Firefox
                && cookies.iter().any(|cookie| {
                    with_newest(cookie) && !is_newest(cookie) && (!cookie.secure || cookie.is_expired(now))
                });
            while count(&cookies) > kept {
                let of_site = |cookie: &&StoredCookie| with_newest(cookie);
                let candidates: Vec<_> = cookies.iter().filter(of_site).collect();
                let victim = match profile {
                    Profile::Chromium if newest.partition.is_none() => by_priority(&candidates, kept),
                    Profile::Chromium => longest_unused(candidates.iter().copied()),
                    Profile::Firefox => {
                        let others = || candidates.iter().copied().filter(|cookie| !is_newest(cookie));
                        longest_unused(others().filter(|cookie| cookie.is_expired(now)))
                            .or_else(|| longest_unused(others().filter(|cookie| !cookie.secure)))
                            .or_else(|| longest_unused(others().filter(|_| !only_insecure)))
                    }
                    _ => {
                        let others = || candidates.iter().copied().filter(|cookie| !is_newest(cookie));
                        longest_unused(others().filter(|cookie| !cookie.secure && newest.partition.is_none()))
                            .or_else(|| longest_unused(others()))
                    }
                };
                let Some(victim) = victim else { break };
                cookies.retain(|cookie| !same(cookie, &victim));
            }
        }
        while octets(&cookies) > most_octets {
            let of_site = |cookie: &&StoredCookie| with_newest(cookie);
            let Some(victim) = longest_unused(cookies.iter().filter(of_site)) else { break };
            cookies.retain(|cookie| !same(cookie, &victim));
        }
    }

    let idle = |cookie: &StoredCookie| {
        limits.idle == 0 || cookie.last_access.unix_timestamp() < now.unix_timestamp() - limits.idle
    };
    if cookies.len() > limits.total && cookies.iter().any(idle) {
        cookies.retain(|cookie| is_newest(cookie) || !cookie.is_expired(now));
        if cookies.len() > limits.total {
            while cookies.len() > limits.total_kept {
                let others = || cookies.iter().filter(|cookie| !is_newest(cookie) && idle(cookie));
                let insecure = others().filter(|cookie| profile == Profile::Chromium && !cookie.secure);
                let Some(victim) = longest_unused(insecure).or_else(|| longest_unused(others())) else { break };
                cookies.retain(|cookie| !same(cookie, &victim));
            }
        }
    }
    cookies
}

/// Six rounds over the priorities, each of which leaves some; what is not Secure first.
fn by_priority(candidates: &[&StoredCookie], kept: usize) -> Option<StoredCookie> {
    let is = |cookie: &StoredCookie, priority| cookie.priority.unwrap_or(Priority::Medium) == priority;
    let rounds = [
        (Priority::Low, true),
        (Priority::Low, false),
        (Priority::Medium, true),
        (Priority::High, true),
        (Priority::Medium, false),
        (Priority::High, false),
    ];
    rounds.into_iter().find_map(|(priority, only_insecure)| {
        let quota = match priority {
            Priority::Low => kept * 30 / 150,
            Priority::Medium => kept * 50 / 150,
            Priority::High => kept * 70 / 150,
        };
        let of_round = || candidates.iter().copied().filter(move |cookie| is(cookie, priority));
        let too_many = of_round().count() > quota;
        longest_unused(of_round().filter(|cookie| too_many && !(only_insecure && cookie.secure)))
    })
}

/// The first that was used last the longest ago; cookies come oldest first.
fn longest_unused<'c>(cookies: impl Iterator<Item = &'c StoredCookie>) -> Option<StoredCookie> {
    cookies.min_by_key(|cookie| cookie.last_access).cloned()
}

fn same(one: &StoredCookie, other: &StoredCookie) -> bool {
    (&one.name, &one.domain, one.host_only, &one.path, &one.partition)
        == (&other.name, &other.domain, other.host_only, &other.path, &other.partition)
}

/// The last two labels; all of an address.
fn site(domain: &str) -> &str {
    if domain.contains(':') || domain.ends_with(|last: char| last.is_ascii_digit()) {
        return domain;
    }
    let name = domain.strip_suffix('.').unwrap_or(domain);
    name.rmatch_indices('.').nth(1).map_or(domain, |(dot, _)| &domain[dot + 1..])
}
