//! Who goes when there are too many cookies, where a number or the order of two steps decides it.

#![cfg(feature = "agent")]
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use hardtack::CookieDate;
use hardtack::agent::{Context, Limits, Profile, Refusal, Store, StoredCookie};

const DAY: i64 = 24 * 60 * 60;

fn after(seconds: i64) -> CookieDate {
    CookieDate::from_unix_timestamp(1_800_000_000 + seconds)
}

/// Sets a line on each host at a time, and gives the names that are left.
fn left(mut store: Store, lines: &[(&str, &str, i64)]) -> String {
    for (line, host, seconds) in lines {
        let context = Context::https(host, "/").expect("the host is one");
        let verdict = store.set(line, &context, after(*seconds));
        assert!(verdict.is_stored(), "{line}: {verdict}");
    }
    store.iter().map(|cookie| String::from_utf8_lossy(&cookie.name)).collect::<Vec<_>>().join(" ")
}

const A: &str = "shop.example";
const B: &str = "news.example";
const C: &str = "blog.example";
const D: &str = "mail.example";

#[test]
fn a_site_is_cut_by_rank() {
    let of = |per_domain, per_domain_kept| Limits { per_domain, per_domain_kept, ..Limits::NONE };
    let rows = [
        (
            Profile::Chromium,
            of(3, 3),
            vec![("a=1; Max-Age=5", A, 0), ("b=1", A, 1), ("c=1", A, 9)],
            "a b c",
            "as many as may be: not even what has expired goes",
        ),
        (
            Profile::Firefox,
            of(4, 2),
            vec![("a=1; Max-Age=5", A, 0), ("b=1", A, 1), ("c=1", A, 2), ("d=1", A, 3), ("e=1", A, 9)],
            "d e",
            "what has expired counts among those that go",
        ),
        (
            Profile::Firefox,
            of(3, 2),
            vec![("a=1; Secure", A, 0), ("b=1; Secure", A, 1), ("c=1; Secure", A, 2), ("d=1; Secure", A, 3)],
            "c d",
            "Secure ones make room for a Secure one",
        ),
    ];
    for (profile, limits, lines, expected, why) in rows {
        assert_eq!(left(Store::new(profile).limits(limits), &lines), expected, "{profile}: {why}");
    }
}

#[test]
fn a_limit_lowered_later_holds_from_then_on() {
    let mut store = Store::new(Profile::Rfc6265bis);
    for (name, secure, expires) in [("a", false, Some(5)), ("b", true, None), ("c", false, None), ("d", true, None)] {
        let mut cookie = StoredCookie::new(name, "1", A, after(0));
        (cookie.secure, cookie.expires) = (secure, expires.map(after));
        store.insert(cookie).expect("it is sound");
    }
    let store = store.limits(Limits { per_domain: 2, per_domain_kept: 1, ..Limits::NONE });
    assert_eq!(left(store, &[("e=1", A, 9)]), "e", "the expired, then what is not Secure, then as many as it takes");
}

#[test]
fn each_priority_has_its_share_of_what_is_left() {
    // Of ten that are left two of Low, three of Medium and four of High are spared.
    let limits = Limits { per_domain: 10, per_domain_kept: 10, ..Limits::NONE };
    let rows = [(2, "l0 l1 m1 m2 m3 m4 m5 m6 m7 m8"), (3, "l1 l2 m0 m1 m2 m3 m4 m5 m6 m7")];
    for (low, expected) in rows {
        let lines: Vec<_> = (0..low)
            .map(|index| format!("l{index}=1; Priority=Low"))
            .chain((0..11 - low).map(|index| format!("m{index}=1")))
            .collect();
        let lines: Vec<_> = lines.iter().zip(0..).map(|(line, second)| (line.as_str(), A, second)).collect();
        assert_eq!(left(Store::new(Profile::Chromium).limits(limits), &lines), expected, "{low} of Low");
    }
}

#[test]
fn other_sites_do_not_make_a_site_less_full() {
    let limits = Limits { per_domain: 2, per_domain_kept: 2, ..Limits::NONE };
    let mut store = Store::new(Profile::Firefox).limits(limits);
    let own = Context::https(A, "/").expect("the host is one");
    store.set("x=1", &Context::https(B, "/").expect("the host is one"), after(0));
    for line in ["a=1; Secure", "b=1; Secure"] {
        assert!(store.set(line, &own, after(0)).is_stored(), "{line}");
    }
    assert_eq!(store.set("c=1", &own, after(0)).refusal(), Some(&Refusal::SiteIsFull));
}

#[test]
fn a_jar_is_cut_to_its_octets_and_no_further() {
    let limits = |per_jar| Limits { per_jar, per_jar_kept: per_jar, per_jar_octets: 4, ..Limits::NONE };
    let rows = [
        (
            limits(3),
            vec![("a=1; Secure; Partitioned; Max-Age=5", A, 0), ("b=1; Secure; Partitioned", A, 9)],
            "a b",
            "as many octets as may be: not even what has expired goes",
        ),
        (
            Limits { per_jar_octets: 5, ..limits(2) },
            vec![("a=1; Secure; Partitioned; Max-Age=5", A, 0), ("b=1; Secure; Partitioned", A, 9)],
            "a b",
            "as many as may be, likewise",
        ),
        (
            limits(2),
            ["a=1; Secure; Partitioned", "b=1; Secure; Partitioned", "c=1; Secure; Partitioned"]
                .into_iter()
                .map(|line| (line, A, 0))
                .collect(),
            "b c",
            "one too many goes, and what is left fits",
        ),
    ];
    for (limits, lines, expected, why) in rows {
        assert_eq!(left(Store::new(Profile::Chromium).limits(limits), &lines), expected, "{why}");
    }
}

#[test]
fn the_whole_is_cut_by_last_use() {
    let of = |total, total_kept, idle| Limits { total, total_kept, idle, ..Limits::NONE };
    let rows = [
        (
            Profile::Rfc6265bis,
            of(2, 1, 0),
            vec![("a=1", A, 0), ("b=1", B, 0), ("c=1", C, 0)],
            "c",
            "without a time of grace those of this second go, too",
        ),
        (
            Profile::Rfc6265bis,
            of(3, 2, 0),
            vec![("a=1", A, 0), ("b=1; Max-Age=5", B, 1), ("c=1", C, 2), ("d=1", D, 9)],
            "a c d",
            "where the expired are enough no other goes",
        ),
        (
            Profile::Chromium,
            of(2, 1, 30 * DAY),
            vec![("a=1; Max-Age=5", A, 0), ("b=1", B, 1), ("c=1", C, 9)],
            "a b c",
            "all were used of late: not even what has expired goes",
        ),
        (
            Profile::Chromium,
            of(3, 1, 30 * DAY),
            vec![("a=1", A, 0), ("b=1", B, DAY), ("c=1", C, 2 * DAY), ("d=1", D, 31 * DAY)],
            "b c d",
            "thirty days ago is of late",
        ),
    ];
    for (profile, limits, lines, expected, why) in rows {
        assert_eq!(left(Store::new(profile).limits(limits), &lines), expected, "{profile}: {why}");
    }
}

#[test]
fn each_profile_has_its_own_total() {
    for (profile, total, kept) in
        [(Profile::Rfc6265bis, 3000, 2700), (Profile::Chromium, 3300, 3000), (Profile::Firefox, 3300, 3001)]
    {
        let mut store = Store::new(profile);
        let cookie = |index: i64| StoredCookie::new("a", "1", format!("h{index}.example"), after(0));
        for index in 0..total {
            store.insert(cookie(index)).expect("it is sound");
        }
        assert_eq!(store.len(), usize::try_from(total).expect("it is small"), "{profile}: as many as may be");
        if profile != Profile::Rfc6265bis {
            let in_time = StoredCookie::new("a", "1", "newest.example", after(30 * DAY));
            store.insert(in_time.clone()).expect("it is sound");
            let len = usize::try_from(total).expect("it is small") + 1;
            assert_eq!(store.len(), len, "{profile}: all were used within thirty days");
            store.remove(&in_time.name, &in_time.domain, &in_time.path);
        }
        let newest = StoredCookie::new("a", "1", "newest.example", after(30 * DAY + 1));
        store.insert(newest).expect("it is sound");
        assert_eq!(store.len(), kept, "{profile}: one more");
    }
}
