//! What the store keeps and sends, rule by rule of the draft; and cookies put in and taken out by hand.

#![cfg(feature = "agent")]
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use hardtack::CookieDate;
use hardtack::agent::{
    Context, InvalidCookie, Limits, PartitionKey, Profile, PublicSuffixes, Refusal, Store, StoredCookie, Verdict,
};

const NOW: i64 = 1_800_000_000;

fn now() -> CookieDate {
    CookieDate::from_unix_timestamp(NOW)
}

fn after(seconds: i64) -> CookieDate {
    CookieDate::from_unix_timestamp(NOW + seconds)
}

#[track_caller]
fn https(host: &str, path: &str) -> Context {
    Context::https(host, path).expect("the host is one")
}

#[track_caller]
fn http(host: &str, path: &str) -> Context {
    Context::http(host, path).expect("the host is one")
}

fn page() -> Context {
    https("www.shop.example", "/account/login")
}

/// A list with a suffix of two labels and a wildcard.
struct Suffixes;

impl PublicSuffixes for Suffixes {
    fn is_public_suffix(&self, domain: &str) -> bool {
        let labels: Vec<_> = domain.split('.').collect();
        match labels[..] {
            [_] | ["co", "uk"] => true,
            [label, "ck"] => label != "www",
            _ => false,
        }
    }
}

#[test]
fn same_site_decides_what_a_foreign_request_carries() {
    let plain = page();
    let embedded = page().cross_site();
    let followed = page().cross_site_navigation();
    let form = page().cross_site_navigation().unsafe_method();
    // Each: strict, lax, none, default.
    let rows = [
        (&plain, Profile::Rfc6265bis, "strict lax none default"),
        (&embedded, Profile::Rfc6265bis, "none"),
        (&followed, Profile::Rfc6265bis, "lax none default"),
        (&form, Profile::Rfc6265bis, "none"),
        (&form, Profile::Chromium, "none default"),
        (&embedded, Profile::Firefox, "none default"),
        (&form, Profile::Firefox, "none default"),
    ];
    for (context, profile, expected) in rows {
        let mut store = Store::new(profile);
        for line in ["strict=1; SameSite=Strict", "lax=1; SameSite=Lax", "none=1; SameSite=None; Secure", "default=1"] {
            assert!(store.set(line, &plain, now()).is_stored(), "{line}");
        }
        let sent: Vec<_> =
            store.cookies(context, now()).iter().map(|cookie| String::from_utf8_lossy(&cookie.name)).collect();
        assert_eq!(sent.join(" "), expected, "{profile}, {context:?}");
    }
    let mut store = Store::new(Profile::Chromium);
    store.set("default=1", &plain, now());
    assert_eq!(store.cookies(&form, after(121)).len(), 0, "the two minutes are over");
}

#[test]
fn scripts_neither_see_nor_touch_http_only() {
    let mut store = Store::new(Profile::Rfc6265bis);
    assert!(store.set("a=1; HttpOnly", &page(), now()).is_stored());
    assert!(store.set("b=2", &page(), now()).is_stored());
    let script = page().script();
    assert_eq!(store.cookie_field(&script, now()).as_deref(), Some(b"b=2".as_slice()));
    assert_eq!(store.set("a=3", &script, now()).refusal(), Some(&Refusal::ReplacesHttpOnly));
    assert_eq!(store.set("a=; Max-Age=0", &script, now()).refusal(), Some(&Refusal::ReplacesHttpOnly), "nor deletes");
    assert!(store.set("a=3; Path=/", &script, now()).is_stored(), "another path is another cookie");
}

#[test]
fn insecure_connections_do_not_shadow_secure_cookies() {
    // A Secure cookie, set over https, and a line set over http.
    let rows = [
        ("www.shop.example", "a=1; Secure", "www.shop.example", "a=2", true, "the same"),
        ("www.shop.example", "a=1; Secure", "www.shop.example", "a=2; Domain=shop.example", true, "a domain above"),
        ("shop.example", "a=1; Secure; Domain=shop.example", "www.shop.example", "a=2", true, "a host below"),
        ("a.shop.example", "a=1; Secure", "b.shop.example", "a=2", false, "a sibling"),
        ("www.shop.example", "a=1; Secure; Path=/", "www.shop.example", "a=2; Path=/b", true, "a path below"),
        ("www.shop.example", "a=1; Secure; Path=/b", "www.shop.example", "a=2; Path=/", false, "a path above"),
        ("www.shop.example", "a=1; Secure", "www.shop.example", "A=2", false, "another name"),
        ("www.shop.example", "a=1", "www.shop.example", "a=2", false, "not Secure"),
        ("www.shop.example", "a=1; Secure", "www.shop.example", "a=; Max-Age=0", true, "deleting is setting"),
    ];
    for (secure_host, first, host, second, refused, why) in rows {
        let mut store = Store::new(Profile::Rfc6265bis);
        assert!(store.set(first, &https(secure_host, "/"), now()).is_stored(), "{first}");
        let verdict = store.set(second, &http(host, "/"), now());
        assert_eq!(verdict.refusal() == Some(&Refusal::ShadowsSecure), refused, "{first}, then {second}: {why}");
    }
}

#[test]
fn jars_are_kept_apart() {
    let mut store = Store::with_suffixes(Profile::Chromium, Suffixes);
    let shop = https("pay.shop.co.uk", "/");
    let in_news = shop.clone().cross_site().top_level_site("https://news.example");
    let line = "a=1; Secure; SameSite=None; Partitioned";
    assert_eq!(
        store.set(line, &shop, now()).cookie().and_then(|cookie| cookie.partition.clone()),
        Some(PartitionKey::new("https://shop.co.uk")),
        "its own site, unless another is named"
    );
    assert!(store.set("a=2; Secure; SameSite=None; Partitioned", &in_news, now()).is_stored());
    assert!(store.set("a=3; Secure; SameSite=None", &in_news, now()).is_stored());
    assert_eq!(store.cookie_field(&shop, now()).as_deref(), Some(b"a=1; a=3".as_slice()));
    assert_eq!(store.cookie_field(&in_news, now()).as_deref(), Some(b"a=2; a=3".as_slice()));
    let gone = store.set("a=; Secure; SameSite=None; Partitioned; Max-Age=0", &in_news, now());
    assert!(matches!(gone, Verdict::Expired { .. }));
    assert_eq!(store.cookie_field(&in_news, now()).as_deref(), Some(b"a=3".as_slice()));
    assert_eq!(store.len(), 2);
}

#[test]
fn hosts_that_differ_have_cookies_that_differ() {
    let rows = [
        ("shop.example", "shop.example.", "a trailing dot makes another host"),
        ("shop.example", "www.shop.example", "a host below"),
        ("a.b.example", "b.a.example", "the same labels in another order"),
    ];
    for (one, other, why) in rows {
        let mut store = Store::new(Profile::Rfc6265bis);
        for (host, line) in [(one, "a=1"), (other, "a=2")] {
            assert!(store.set(line, &https(host, "/"), now()).is_stored(), "{host:?}: {why}");
        }
        assert_eq!(store.len(), 2, "{one:?} and {other:?}: {why}");
        assert_eq!(store.cookie_field(&https(one, "/"), now()).as_deref(), Some(b"a=1".as_slice()), "{one:?}: {why}");
        assert_eq!(
            store.cookie_field(&https(other, "/"), now()).as_deref(),
            Some(b"a=2".as_slice()),
            "{other:?}: {why}"
        );
    }
}

#[test]
fn the_order_is_longest_path_then_oldest() {
    let mut store = Store::new(Profile::Rfc6265bis);
    for line in ["a=1; Path=/", "b=2; Path=/account", "c=3; Path=/", "d=4; Path=/account", "nameless"] {
        assert!(store.set(line, &page(), now()).is_stored(), "{line}");
    }
    let field = |store: &mut Store| {
        store.cookie_field(&page(), after(9)).map(|field| String::from_utf8_lossy(&field).into_owned())
    };
    assert_eq!(field(&mut store).as_deref(), Some("b=2; d=4; nameless; a=1; c=3"));
    store.set("b=5; Path=/account", &page(), after(9));
    assert_eq!(field(&mut store).as_deref(), Some("b=5; d=4; nameless; a=1; c=3"), "a new value keeps the place");
    store.set("b=6; Path=/account; Max-Age=1", &page(), now());
    store.set("b=7; Path=/account", &page(), after(9));
    assert_eq!(
        field(&mut store).as_deref(),
        Some("d=4; nameless; b=7; a=1; c=3"),
        "what has expired is replaced by none"
    );
}

#[test]
fn too_many_cookies_go_by_rank() {
    let limits = Limits { per_domain: 4, per_domain_kept: 3, total: 6, total_kept: 5, ..Limits::NONE };
    let names = |store: &Store| {
        store.iter().map(|cookie| String::from_utf8_lossy(&cookie.name).into_owned()).collect::<Vec<_>>()
    };

    let mut store = Store::new(Profile::Rfc6265bis).limits(limits);
    for (second, line) in ["a=1; Secure", "b=1", "c=1; Max-Age=1", "d=1", "e=1"].into_iter().enumerate() {
        store.set(line, &page(), after(i64::try_from(second).expect("it is small") * 10));
    }
    assert_eq!(names(&store), ["a", "b", "d", "e"], "the expired one is enough");
    store.cookie_field(&page(), after(50));
    store.set("f=1", &page(), after(60));
    assert_eq!(names(&store), ["a", "e", "f"], "what is not Secure goes first, the oldest of it first");

    let mut store = Store::new(Profile::Rfc6265bis).limits(limits);
    for index in 0..7 {
        store.set("a=1", &https(&format!("h{index}.example"), "/"), after(index));
        if index == 3 {
            store.cookie_field(&https("h0.example", "/"), after(index));
        }
    }
    let hosts: Vec<_> = store.iter().map(|cookie| cookie.domain.clone()).collect();
    assert_eq!(hosts, ["h0.example", "h3.example", "h4.example", "h5.example", "h6.example"], "the longest unused go");
    assert_eq!(store.len(), 5);

    let mut store =
        Store::new(Profile::Rfc6265bis).limits(Limits { per_domain: 2, per_domain_kept: 1, ..Limits::NONE });
    for line in ["a=1; Secure", "b=1; Secure", "c=1"] {
        assert!(store.set(line, &page(), now()).is_stored(), "{line}");
    }
    assert_eq!(names(&store), ["c"], "the newest stays, Secure or not");

    let mut store = Store::new(Profile::Chromium).limits(Limits {
        per_domain: 1,
        per_domain_kept: 1,
        per_jar: 1,
        per_jar_kept: 1,
        ..Limits::NONE
    });
    for site in ["https://news.example", "https://blog.example"] {
        for name in ["a", "b"] {
            store.set(&format!("{name}=1; Secure; Partitioned"), &page().top_level_site(site), now());
            store.set(&format!("{name}=1"), &page(), now());
        }
    }
    assert_eq!(store.len(), 3, "each jar of a domain has a limit of its own");

    for profile in [Profile::Chromium, Profile::Firefox] {
        let mut store = Store::new(profile);
        for index in 0..300 {
            store.set(&format!("c{index}=1"), &page(), now());
        }
        assert_eq!(store.len(), 176, "{profile}: cut to 150 by the 181st, the 212th, the 243rd and the 274th");
    }
}

#[test]
fn cookies_are_put_in_and_taken_out_by_hand() {
    let mut store = Store::new(Profile::Rfc6265bis);
    let cookie = |name: &str, domain: &str| StoredCookie::new(name, "1", domain, now());
    for (name, domain) in
        [("a", "shop.example"), ("a", "www.shop.example"), ("b", "shop.example"), ("a", "myshop.example")]
    {
        assert_eq!(store.insert(cookie(name, domain)), Ok(()), "{name} {domain}");
    }
    assert_eq!((store.len(), store.iter().count(), store.is_empty()), (4, 4, false));
    let mut cleared = store.clone();
    cleared.clear();
    assert_eq!((cleared.len(), cleared.iter().count(), cleared.is_empty()), (0, 0, true));
    assert_eq!(store.remove(b"b", "shop.example", b"/x"), 0, "another path");
    assert_eq!(store.remove(b"b", "shop.example", b"/"), 1);
    assert_eq!(store.clear_domain("shop.example"), 2, "the domain and what is below it");
    assert_eq!(store.iter().map(|cookie| cookie.domain.as_str()).collect::<Vec<_>>(), ["myshop.example"]);
    assert_eq!(store.end_session(), 1);
    assert!(store.is_empty());

    let mut lasting = cookie("a", "shop.example");
    lasting.expires = Some(after(10));
    store.insert(lasting).expect("it is sound");
    assert_eq!((store.end_session(), store.remove_expired(after(9)), store.remove_expired(after(10))), (0, 0, 1));
}

type Spoil = fn(&mut StoredCookie);

#[test]
fn what_is_put_in_by_hand_is_checked() {
    let sound = || StoredCookie::new("a", "1", "shop.example", now());
    let rows: [(Spoil, InvalidCookie, &str); 9] = [
        (|cookie| (cookie.name, cookie.value) = (vec![], vec![]), InvalidCookie::Empty, "neither name nor value"),
        (|cookie| cookie.name = b"a=".to_vec(), InvalidCookie::UnsafeByte { byte: b'=', offset: 1 }, "another name"),
        (|cookie| cookie.value = b"1;".to_vec(), InvalidCookie::UnsafeByte { byte: b';', offset: 1 }, "another pair"),
        (
            |cookie| cookie.value = b"1\r\n".to_vec(),
            InvalidCookie::UnsafeByte { byte: b'\r', offset: 1 },
            "another field",
        ),
        (|cookie| cookie.domain = "Shop.example".into(), InvalidCookie::Domain, "upper case"),
        (|cookie| cookie.domain = String::new(), InvalidCookie::Domain, "no domain"),
        (|cookie| cookie.domain = "[::1]".into(), InvalidCookie::Domain, "brackets"),
        (|cookie| cookie.domain = "0::1".into(), InvalidCookie::Domain, "not the shortest form"),
        (|cookie| cookie.path = b"x".to_vec(), InvalidCookie::Path, "relative"),
    ];
    let mut store = Store::new(Profile::Rfc6265bis);
    for (spoil, expected, why) in rows {
        let mut cookie = sound();
        spoil(&mut cookie);
        assert_eq!(store.insert(cookie), Err(expected), "{why}");
    }
    assert!(store.is_empty());
}
