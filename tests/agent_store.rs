//! The store's own rules: what is kept when there is too much, third parties, what is not sent and why, the manners of a
//! collection.

#![cfg(feature = "agent")]
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use hardtack::agent::{
    Context, ContextError, Limits, PartitionKey, Profile, Refusal, Request, Store, StoredCookie, ThirdParties,
    TopLevelOnly, Withheld,
};
use hardtack::{CookieDate, Priority, SameSite};

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 24 * 60 * 60;

fn after(seconds: i64) -> CookieDate {
    CookieDate::from_unix_timestamp(NOW + seconds)
}

fn now() -> CookieDate {
    after(0)
}

#[track_caller]
fn https(host: &str, path: &str) -> Context {
    Context::https(host, path).expect("the host is one")
}

#[track_caller]
fn request(request: Request<'_>) -> Context {
    request.build().expect("the URLs are some")
}

fn names(store: &Store) -> String {
    store.iter().map(|cookie| String::from_utf8_lossy(&cookie.name)).collect::<Vec<_>>().join(" ")
}

/// A request that a page of shop.example embeds.
fn embedded() -> Context {
    request(
        Context::request("https://widget.example/frame")
            .initiator("https://shop.example/")
            .top_level("https://shop.example/"),
    )
}

/// The table of the module's documentation: what a page of shop.example that embeds widget.example sets and sends.
#[test]
fn the_table_of_third_parties_is_true() {
    let first_party = https("widget.example", "/");
    let docs = include_str!("../src/agent/mod.rs");
    let rows: Vec<Vec<_>> = docs
        .lines()
        .filter_map(|line| line.strip_prefix("//! | third party, `"))
        .map(|row| row.trim_end_matches(" |").split(" | ").collect())
        .collect();
    assert_eq!(rows.len(), 5);
    let policies = [
        (Profile::Rfc6265bis, ThirdParties::Allow),
        (Profile::Chromium, ThirdParties::Allow),
        (Profile::Chromium, ThirdParties::Block),
        (Profile::Firefox, ThirdParties::Partition),
    ];
    for row in rows {
        let [line, cells @ ..] = &row[..] else { unreachable!("a row has cells") };
        let line = line.trim_end_matches('`');
        for ((profile, policy), cell) in policies.into_iter().zip(cells) {
            let mut store = Store::new(profile).third_parties(policy);
            let verdict = store.set(line, &embedded(), now());
            let kept = verdict.cookie().map(|cookie| cookie.partition.is_some());
            let sent = store.cookie_field(&embedded(), now()).is_some();
            let elsewhere = store.cookie_field(&first_party, now()).is_some();
            let told = match (kept, sent, elsewhere) {
                (None, ..) => "refused",
                (Some(true), true, false) => "in the tab's jar",
                (Some(true), false, false) => "in the tab's jar, not sent",
                (Some(false), true, true) => "kept",
                (Some(false), false, true) => "kept, not sent",
                _ => "something else",
            };
            assert_eq!(told, *cell, "{line}, {profile}, {policy}: {verdict}");
        }
    }
}

#[test]
fn first_party_cookies_go_to_a_third_party_by_policy() {
    let rows = [
        (ThirdParties::Allow, Some("none=1; jar=1"), "both"),
        (ThirdParties::Block, Some("jar=1"), "the tab's jar alone"),
        (ThirdParties::Partition, Some("jar=1"), "the tab's jar alone"),
    ];
    for (policy, expected, why) in rows {
        let mut store = Store::new(Profile::Chromium).third_parties(policy);
        let own = https("widget.example", "/");
        assert!(store.set("none=1; SameSite=None; Secure", &own, now()).is_stored());
        assert!(store.set("lax=1", &own, now()).is_stored());
        assert!(store.set("own=1; Secure; Partitioned; SameSite=None", &own, now()).is_stored());
        assert!(store.set("jar=1; Secure; Partitioned; SameSite=None", &embedded(), now()).is_stored());
        let field = store.cookie_field(&embedded(), now()).map(|field| String::from_utf8_lossy(&field).into_owned());
        assert_eq!(field.as_deref(), expected, "{policy}: {why}");
        let own = store.cookie_field(&own, now()).map(|field| String::from_utf8_lossy(&field).into_owned());
        assert_eq!(own.as_deref(), Some("none=1; lax=1; own=1"), "{policy}: the page's own");
    }
}

#[test]
fn a_request_tells_who_caused_it() {
    let shop = "https://shop.example/";
    let url = || Context::request("https://www.shop.example/a?b");
    // Whether it is same-site and whether it is a third party, in Chromium and in Firefox.
    let rows = [
        (url(), [(true, false); 2], "nobody: the user"),
        (url().initiator(shop), [(true, false); 2], "a page of the site"),
        (url().initiator("http://shop.example/"), [(false, false), (true, false)], "a page of another scheme"),
        (url().initiator("https://news.example/"), [(false, false); 2], "a page of another site"),
        (url().initiator(shop).top_level(shop), [(true, false); 2], "a page of the site in a tab of the site"),
        (url().initiator(shop).top_level("https://news.example/"), [(false, true); 2], "a frame of the site elsewhere"),
        (
            url().initiator(shop).top_level("https://news.example/").navigation(true),
            [(true, false); 2],
            "a link leaves the other site",
        ),
        (
            url().initiator(shop).top_level(shop).ancestor("https://news.example/"),
            [(false, true), (false, false)],
            "a frame of another site between",
        ),
        (
            url().initiator(shop).top_level(shop).ancestor("https://cdn.shop.example/"),
            [(true, false); 2],
            "a frame of the site between",
        ),
        (url().initiator(shop).top_level("http://shop.example/"), [(false, true), (true, false)], "an http tab"),
    ];
    let tabs = [
        ("https://shop.example", [false, false], "a tab of the site"),
        ("http://shop.example", [true, false], "a tab of another scheme"),
        ("https://news.example", [true, true], "a tab of another site"),
    ];
    for (tab, expected, why) in tabs {
        let context = https("www.shop.example", "/").top_level_site(tab);
        let told = [Profile::Chromium, Profile::Firefox].map(|profile| context.is_third_party(profile, &TopLevelOnly));
        assert_eq!(told, expected, "{why}");
    }
    for (built, expected, why) in rows {
        let context = request(built);
        for (profile, expected) in [Profile::Chromium, Profile::Firefox].into_iter().zip(expected) {
            let told = (context.is_same_site(profile, &TopLevelOnly), context.is_third_party(profile, &TopLevelOnly));
            assert_eq!(told, expected, "{profile}: {why}");
        }
    }
    for (method, sent) in [("GET", true), ("HEAD", true), ("POST", false), ("get", false)] {
        let mut store = Store::new(Profile::Rfc6265bis);
        store.set("a=1", &https("www.shop.example", "/"), now());
        let form = request(url().initiator("https://news.example/").navigation(true).method(method));
        assert_eq!(store.cookie_field(&form, now()).is_some(), sent, "{method}");
    }
}

#[test]
fn urls_are_read() {
    let rows = [
        ("https://Shop.example:8443/a?b#c", Ok(("shop.example", "/a", true)), "port, query and fragment"),
        ("HTTP://user:pass@shop.example", Ok(("shop.example", "/", false)), "a user, no path"),
        ("wss://[::1]:1/x", Ok(("::1", "/x", true)), "an address with a port"),
        ("ws://[::1]", Ok(("::1", "/", false)), "an address without one"),
        ("https://shop.example?a", Ok(("shop.example", "/", true)), "a query without a path"),
        ("https://127.1:80/", Ok(("127.0.0.1", "/", true)), "an address in short"),
        ("/login", Err("the url has no host; make it absolute"), "a path"),
        ("shop.example", Err("the url has no host; make it absolute"), "a host"),
        ("https:///a", Err("the url has no host; make it absolute"), "no host"),
        ("https:a", Err("the url has no host; make it absolute"), "no slashes"),
        ("data:,x", Err("the url's scheme is not http, https, ws or wss; cookies travel by these alone"), "data"),
        ("https://a..b/", Err("the host has an empty label at offset 2; leave the dot out"), "an empty label"),
        (
            "https://a:b/",
            Err("byte 0x3A at offset 1 is not allowed in a host; give the host alone, without port or path"),
            "no port",
        ),
    ];
    for (url, expected, why) in rows {
        let built = Context::request(url).build();
        let told = built.as_ref().map(|context| {
            (
                context.host(),
                str::from_utf8(context.path()).expect("it is ASCII"),
                context.is_secure(Profile::Rfc6265bis),
            )
        });
        assert_eq!(told.map_err(ContextError::to_string), expected.map_err(str::to_owned), "{url}: {why}");
    }
}

#[test]
fn a_frame_between_makes_another_jar_in_chromium() {
    let between = request(
        Context::request("https://shop.example/").top_level("https://shop.example/").ancestor("https://news.example/"),
    );
    let own = https("shop.example", "/");
    for (profile, apart) in [(Profile::Chromium, true), (Profile::Firefox, false)] {
        let mut store = Store::new(profile);
        assert!(store.set("a=1; Secure; Partitioned; SameSite=None", &own, now()).is_stored());
        assert!(store.set("a=2; Secure; Partitioned; SameSite=None", &between, now()).is_stored());
        assert_eq!(store.len(), if apart { 2 } else { 1 }, "{profile}");
        let field = store.cookie_field(&own, now());
        assert_eq!(field.as_deref(), Some(if apart { b"a=1".as_slice() } else { b"a=2" }), "{profile}");
    }
}

/// A cookie of the site, the request that does not carry it, and why.
#[test]
fn what_is_withheld_is_told() {
    let page = || https("www.shop.example", "/account");
    let rows = [
        ("a=1; Max-Age=5", page(), Withheld::Expired),
        ("a=1", https("shop.example", "/account"), Withheld::HostOnly),
        ("a=1; Domain=www.shop.example", https("shop.example", "/account"), Withheld::Domain),
        ("a=1; Path=/cart", page(), Withheld::Path),
        ("a=1; Secure", Context::http("www.shop.example", "/account").expect("the host is one"), Withheld::Insecure),
        ("a=1; HttpOnly", page().script(), Withheld::Script),
        ("a=1; Secure; Partitioned", page().top_level_site("https://news.example"), Withheld::Partition),
        ("a=1", page().top_level_site("https://news.example"), Withheld::ThirdParty),
        ("a=1", page().cross_site(), Withheld::CrossSite { same_site: None }),
        ("a=1; SameSite=Lax", page().cross_site(), Withheld::CrossSite { same_site: Some(SameSite::Lax) }),
        (
            "a=1; SameSite=Strict",
            page().cross_site_navigation(),
            Withheld::CrossSite { same_site: Some(SameSite::Strict) },
        ),
    ];
    for (line, context, expected) in rows {
        let mut store = Store::new(Profile::Chromium).third_parties(ThirdParties::Block);
        assert!(store.set(line, &page(), now()).is_stored(), "{line}");
        store.insert(StoredCookie::new("other", "1", "news.example", now())).expect("it is sound");
        assert_eq!(store.cookies(&context, after(9)), Vec::<&StoredCookie>::new(), "{line}");
        let told: Vec<_> = store.withheld(&context, after(9)).into_iter().map(|(_, why)| why).collect();
        assert_eq!(told, [expected], "{line}");
        assert!(expected.to_string().contains("; "), "{expected:?} says what to do: {expected}");
    }
    let said = [
        (None, "the cookie has no SameSite, which is treated as Lax"),
        (Some(SameSite::Lax), "the cookie is SameSite=Lax, which goes with safe navigation alone"),
        (Some(SameSite::Strict), "the cookie is SameSite=Strict"),
    ];
    for (same_site, because) in said {
        assert_eq!(
            Withheld::CrossSite { same_site }.to_string(),
            format!("another site caused the request and {because}; set it with SameSite=None and Secure")
        );
    }
}

#[test]
fn the_draft_counts_by_domain_and_browsers_by_site() {
    let limits = Limits { per_domain: 2, per_domain_kept: 2, ..Limits::NONE };
    for (profile, expected) in [(Profile::Rfc6265bis, "a b c"), (Profile::Chromium, "b c"), (Profile::Firefox, "b c")] {
        let mut store = Store::new(profile).limits(limits);
        for (index, (name, host)) in
            [("a", "a.shop.example"), ("b", "b.shop.example"), ("c", "shop.example")].into_iter().enumerate()
        {
            let later = after(i64::try_from(index).expect("it is small"));
            store.set(&format!("{name}=1"), &https(host, "/"), later);
        }
        store.set("x=1", &https("myshop.example", "/"), after(3));
        assert_eq!(names(&store), format!("{expected} x"), "{profile}");
    }
}

#[test]
fn secure_cookies_make_no_room_in_firefox() {
    let limits = Limits { per_domain: 3, per_domain_kept: 2, ..Limits::NONE };
    let page = https("shop.example", "/");
    let mut store = Store::new(Profile::Firefox).limits(limits);
    for line in ["a=1; Secure", "b=1; Secure", "c=1; Secure; Max-Age=5"] {
        assert!(store.set(line, &page, now()).is_stored(), "{line}");
    }
    assert_eq!(store.set("d=1", &page, now()).refusal(), Some(&Refusal::SiteIsFull));
    assert!(store.set("d=; Max-Age=0", &page, now()).refusal().is_none(), "deleting needs no room");
    assert!(store.set("a=2", &page, now()).is_stored(), "nor does replacing");
    assert!(store.set("d=1", &page, now()).is_stored(), "what is not Secure makes room");
    assert_eq!(names(&store), "b c d");
    assert!(store.set("e=1", &page, after(5)).is_stored(), "and so does what has expired");
    assert_eq!(names(&store), "b e", "two of them at once");
}

#[test]
fn priority_tells_who_goes_first_in_chromium() {
    let limits = Limits { per_domain: 3, per_domain_kept: 3, ..Limits::NONE };
    let lines = ["high=1; Priority=High", "low=1; Priority=Low", "medium=1", "secure=1; Secure; Priority=Low"];
    for (profile, expected) in [(Profile::Chromium, "high medium secure"), (Profile::Rfc6265bis, "low medium secure")] {
        let mut store = Store::new(profile).limits(limits);
        for line in lines {
            assert!(store.set(line, &https("shop.example", "/"), now()).is_stored(), "{line}");
        }
        assert_eq!(names(&store), expected, "{profile}");
    }
    let mut store = Store::new(Profile::Chromium);
    let verdict = store.set("a=1; Priority=HIGH", &https("shop.example", "/"), now());
    assert_eq!(verdict.cookie().and_then(|cookie| cookie.priority), Some(Priority::High));
    assert!(verdict.to_string().starts_with("stored: \"a\" (1 octet) for shop.example/, Priority=High\n"), "{verdict}");
}

#[test]
fn what_was_used_of_late_stays_whatever_the_total() {
    let limits = Limits { total: 3, total_kept: 2, idle: 30 * DAY, ..Limits::NONE };
    for (profile, expected) in [(Profile::Chromium, "b c d"), (Profile::Firefox, "b c d")] {
        let mut store = Store::new(profile).limits(limits);
        for (name, day) in [("a", 0), ("b", 1), ("c", 2), ("d", 30)] {
            store.set(&format!("{name}=1"), &https(&format!("{name}.example"), "/"), after(day * DAY));
            assert!(store.len() <= 4, "{profile}");
        }
        assert_eq!(names(&store), "a b c d", "{profile}: none is older than thirty days");
        store.set("d=2", &https("d.example", "/"), after(30 * DAY + 1));
        assert_eq!(store.len(), 4, "{profile}: replacing makes no room");
        store.cookie_field(&https("b.example", "/"), after(31 * DAY));
        store.remove(b"d", "d.example", b"/");
        store.set("d=1", &https("d.example", "/"), after(31 * DAY));
        assert_eq!(names(&store), expected, "{profile}: one is, and it was not used since");
    }
}

#[test]
fn a_use_is_noted_by_the_minute() {
    for (profile, noted) in [(Profile::Rfc6265bis, 59), (Profile::Chromium, 0), (Profile::Firefox, 0)] {
        let mut store = Store::new(profile);
        let page = https("shop.example", "/");
        store.set("a=1", &page, now());
        for (second, expected) in [(59, noted), (60, 60), (119, 60.max(noted * 2 + 1)), (120, 120)] {
            store.cookie_field(&page, after(second));
            let last = store.iter().next().expect("it is kept").last_access;
            assert_eq!(last, after(expected), "{profile}, after {second} seconds");
        }
    }
}

#[test]
fn a_jar_has_a_budget_of_octets() {
    let page = https("shop.example", "/");
    for profile in [Profile::Chromium, Profile::Firefox] {
        let mut store = Store::new(profile);
        for name in ["a", "b", "c"] {
            let line = format!("{name}={}; Secure; Partitioned", "x".repeat(3999));
            assert!(store.set(&line, &page, now()).is_stored(), "{profile}");
        }
        assert_eq!(names(&store), "b c", "{profile}: 12000 octets are too many");
        let line = format!("d={}; Secure; Partitioned", "x".repeat(2239));
        store.set(&line, &page, now());
        assert_eq!(names(&store), "b c d", "{profile}: 10240 are not");
    }
}

#[test]
fn a_host_full_of_one_origin_is_shadowed_by_what_it_reaches() {
    // A Secure cookie and a line over http: whether the line is refused by the draft and Chromium, and by Firefox.
    let rows = [
        ("foo.example", "a=1; Secure", "a.foo.example", "a=2", true, false, "each is for its own host"),
        ("a.foo.example", "a=1; Secure", "foo.example", "a=2", true, false, "the other way round"),
        ("foo.example", "a=1; Secure; Domain=foo.example", "a.foo.example", "a=2", true, true, "the first reaches"),
        ("a.foo.example", "a=1; Secure", "foo.example", "a=2; Domain=foo.example", true, true, "the second reaches"),
        ("foo.example", "a=1; Secure", "foo.example", "a=2; Domain=foo.example", true, true, "the same host"),
        ("foo.example", "a=1; Secure", "a.foo.example", "a=2; Domain=a.foo.example", true, false, "both are apart"),
    ];
    for (host, first, other, second, refused, by_firefox, why) in rows {
        for (profile, refused) in
            [(Profile::Rfc6265bis, refused), (Profile::Chromium, refused), (Profile::Firefox, by_firefox)]
        {
            let mut store = Store::new(profile);
            assert!(store.set(first, &https(host, "/"), now()).is_stored(), "{first}");
            let insecure = Context::http(other, "/").expect("the host is one");
            let verdict = store.set(second, &insecure, now());
            assert_eq!(verdict.refusal() == Some(&Refusal::ShadowsSecure), refused, "{profile}: {why}");
        }
    }
}

#[test]
fn every_reason_is_told() {
    let mut store = Store::new(Profile::Chromium);
    store.set("a=1; Secure", &https("shop.example", "/"), now());
    let http = Context::http("shop.example", "/").expect("the host is one");
    let rows = [
        ("a=2; Secure", vec!["SecureOnly", "OverwriteSecure"]),
        ("a=2; SameSite=None", vec!["SameSiteNoneInsecure", "OverwriteSecure"]),
        ("__Host-a=2; Domain=news.example", vec!["InvalidDomain", "InvalidPrefix"]),
        ("a=2; Domain=news.example; Secure", vec!["InvalidDomain"]),
        ("=; x=a\tb", vec!["NoCookieContent"]),
        ("a=2; x=a\tb; Domain=news.example", vec!["DisallowedCharacter"]),
    ];
    for (line, expected) in rows {
        let verdict = store.set(line, &http, now());
        let mut told: Vec<_> = verdict.refusals().iter().filter_map(Refusal::chromium_reason).collect();
        told.dedup();
        assert_eq!(told, expected, "{line:?}: {verdict}");
        assert_eq!(verdict.refusal(), verdict.refusals().first());
    }
    let verdict = store.set("a=2; Secure", &http, now());
    assert_eq!(
        verdict.to_string(),
        "refused: Secure is set over an insecure connection; serve the response over https (RFC 6265bis section 5.7, \
         step 13)\n  and: a Secure cookie of this name is kept, which an insecure connection may not shadow; serve the \
         response over https (RFC 6265bis section 5.7, step 16)"
    );
}

#[test]
fn a_long_directory_is_lost_in_firefox() {
    for (octets, lost) in [(1024, false), (1025, true)] {
        let page = https("shop.example", &format!("/{}/page", "p".repeat(octets - 1)));
        for &profile in Profile::ALL {
            let mut store = Store::new(profile);
            let verdict = store.set("a=1", &page, now());
            let lost = lost && profile == Profile::Firefox;
            assert_eq!(verdict.cookie().map(|cookie| cookie.path.is_empty()), Some(lost), "{profile}, {octets}");
            assert_eq!(store.cookie_field(&page, now()).is_none(), lost, "{profile}, {octets}");
        }
    }
}

#[test]
fn a_store_has_the_manners_of_a_collection() {
    let cookie = |name: &str, domain: &str| StoredCookie::new(name, name, domain, now());
    let mut apart = cookie("a", "shop.example");
    (apart.value, apart.partition) = (b"jar".to_vec(), Some(PartitionKey::new("https://news.example")));
    let mut for_all = cookie("a", "shop.example");
    (for_all.value, for_all.host_only) = (b"domain".to_vec(), false);
    let mut store: Store = [apart, for_all, cookie("b", "www.shop.example")].into_iter().collect();
    assert_eq!(store.profile(), Profile::Rfc6265bis);

    let value = |store: &Store| store.get("shop.example", b"/", b"a").map(|cookie| cookie.value.clone());
    assert_eq!(value(&store).as_deref(), Some(b"domain".as_slice()), "outside every jar first");
    store.extend([cookie("a", "shop.example"), cookie("", "Not Canonical")]);
    assert_eq!(value(&store).as_deref(), Some(b"a".as_slice()), "then for the host alone");
    assert_eq!(store.len(), 4, "what is unsound is left out");

    assert!(store.contains("www.shop.example", b"/", b"b"));
    assert!(!store.contains("shop.example", b"/", b"b") && !store.contains("shop.example", b"/x", b"a"));
    assert_eq!(store.of_host("www.shop.example").count(), 2, "its own and its domain's");
    assert_eq!(store.of_host("shop.example").count(), 3);
    assert_eq!((&store).into_iter().len(), 4);
    assert_eq!(store.iter().next_back().map(|cookie| cookie.value.as_slice()), Some(b"a".as_slice()));
    assert_eq!(store.retain(|cookie| cookie.partition.is_none()), 1);
    assert_eq!(store.len(), 3);
    assert!(format!("{:?}", store.iter()).contains("<1 octet"), "{:?}", store.iter());
    assert!(Store::<TopLevelOnly>::default().is_empty());
}
