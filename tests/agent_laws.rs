//! Laws of the agent, on random sessions: responses and requests of a few hosts, over a few minutes.

#![cfg(feature = "agent")]
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use core::cmp::Reverse;

use hardtack::agent::{
    Context, Limits, Profile, Store, StoredCookie, TopLevelOnly, Verdict, canonical_host, domain_match, judge,
    path_match,
};
use hardtack::{CookieDate, SameSite};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use proptest::{prop_assert, prop_assert_eq};

const HOSTS: &[&str] = &[
    "shop.example",
    "www.shop.example",
    "a.www.shop.example",
    "myshop.example",
    "example",
    "shop.example.",
    "localhost",
    "192.0.2.14",
    "2.14",
    "[::1]",
];

const PATHS: &[&str] = &["/", "/a", "/a/", "/a/b", "/ab", "//", "/a//b", ""];

const PAIRS: &[&str] =
    &["a=1", "a=2", "b=1", "a", "=a", "=a=b", "", "__Host-a=1", "__http-a=1", "a=\t", "a=\x01", "\u{e9}=\u{e9}"];

const ATTRIBUTES: &[&str] = &[
    "Secure",
    "HttpOnly",
    "Partitioned",
    "Domain=shop.example",
    "Domain=.Shop.Example",
    "Domain=www.shop.example",
    "Domain=example",
    "Domain=192.0.2.14",
    "Domain=2.14",
    "Domain=[::1]",
    "Domain=",
    "Domain=.",
    "Domain=..example",
    "Domain=caf\u{e9}.example",
    "Path=/",
    "Path=/a",
    "Path=/a/",
    "Path=/a/b",
    "Path=a",
    "Path",
    "Max-Age=60",
    "Max-Age=0",
    "Max-Age=+5",
    "Max-Age=-x",
    "Max-Age=99999999999999999999999",
    "Expires=Wed, 09 Jun 2027 10:18:14 GMT",
    "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    "Expires=9th Jun 99999 010:18:14",
    "SameSite=Strict",
    "SameSite=Lax",
    "SameSite=None",
    "SameSite=x",
    "foo=\t",
];

const START: i64 = 1_800_000_000;

fn line() -> impl Strategy<Value = Vec<u8>> {
    let made = (select(PAIRS), vec(select(ATTRIBUTES), 0..5))
        .prop_map(|(pair, attributes)| [&[pair], &attributes[..]].concat().join("; ").into_bytes());
    prop_oneof![12 => made, 1 => vec(any::<u8>(), 0..40)]
}

/// How a request differs from one of a page to its own site.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Plain,
    Embedded,
    EmbeddedInNews,
    InNews,
    Link,
    Form,
    Script,
    SlowClock,
}

fn request() -> impl Strategy<Value = (Context, Kind)> {
    let kinds = [
        Kind::Plain,
        Kind::Plain,
        Kind::Plain,
        Kind::Embedded,
        Kind::EmbeddedInNews,
        Kind::InNews,
        Kind::Link,
        Kind::Form,
        Kind::Script,
        Kind::SlowClock,
    ];
    (select(HOSTS), select(PATHS), any::<bool>(), select(kinds.to_vec())).prop_map(|(host, path, https, kind)| {
        let context = if https { Context::https(host, path) } else { Context::http(host, path) };
        let context = context.expect("the host is one");
        let context = match kind {
            Kind::Plain => context,
            Kind::Embedded => context.cross_site(),
            Kind::EmbeddedInNews => context.cross_site().top_level_site("https://news.example"),
            Kind::InNews => context.top_level_site("https://news.example"),
            Kind::Link => context.cross_site_navigation(),
            Kind::Form => context.cross_site_navigation().unsafe_method(),
            Kind::Script => context.script(),
            Kind::SlowClock => context.server_clock(CookieDate::from_unix_timestamp(START - 3600)),
        };
        (context, kind)
    })
}

fn context() -> impl Strategy<Value = Context> {
    request().prop_map(|(context, _)| context)
}

fn profile() -> impl Strategy<Value = Profile> {
    select(&Profile::ALL[..])
}

fn limits() -> impl Strategy<Value = Limits> {
    select(&[Limits::NONE, Limits { per_domain: 3, per_domain_kept: 2, total: 6, total_kept: 5 }][..])
}

/// Responses, each a context, a line, and the seconds since the one before.
fn session() -> impl Strategy<Value = Vec<(Context, Vec<u8>, i64)>> {
    vec((context(), line(), 0..40_i64), 1..24)
}

fn at(seconds: i64) -> CookieDate {
    CookieDate::from_unix_timestamp(START + seconds)
}

/// Domain-match of section 5.1.3, label by label.
fn naive_domain_match(host: &str, domain: &str) -> bool {
    let address =
        host.contains(':') || host.split('.').count() == 4 && host.split('.').all(|label| label.parse::<u8>().is_ok());
    let (hosts, domains): (Vec<_>, Vec<_>) = (host.split('.').collect(), domain.split('.').collect());
    !domain.is_empty() && if address { host == domain } else { hosts.ends_with(&domains) }
}

/// Path-match of section 5.1.4, by trying what may stand behind.
fn naive_path_match(request: &[u8], cookie: &[u8]) -> bool {
    let (request, cookie) = (String::from_utf8_lossy(request), String::from_utf8_lossy(cookie));
    request == cookie
        || cookie.ends_with('/') && request.starts_with(&*cookie)
        || request.starts_with(&format!("{cookie}/"))
}

/// Section 5.6.7.1 for the kinds of request.
fn naive_same_site(cookie: &StoredCookie, kind: Kind, profile: Profile, now: CookieDate) -> bool {
    let age = now.unix_timestamp() - cookie.created.unix_timestamp();
    match (kind, cookie.same_site) {
        (Kind::Plain | Kind::InNews | Kind::Script | Kind::SlowClock, _) | (_, Some(SameSite::None)) => true,
        (_, Some(SameSite::Strict)) => false,
        (_, None) if profile == Profile::Firefox => true,
        (Kind::Form, None) => profile == Profile::Chromium && age <= 120,
        (kind, Some(SameSite::Lax) | None) => kind == Kind::Link,
    }
}

/// Section 5.8.3, steps 1 and 2, over every cookie there is.
fn naive_cookies(store: &Store, context: &Context, kind: Kind, now: CookieDate) -> Vec<StoredCookie> {
    let (host, profile) = (context.host(), store.profile());
    let partition = context.partition(&TopLevelOnly);
    let goes = |cookie: &&StoredCookie| {
        let matches = if cookie.host_only { host == cookie.domain } else { naive_domain_match(host, &cookie.domain) };
        matches
            && naive_path_match(context.path(), &cookie.path)
            && (!cookie.secure || context.is_secure(profile))
            && (!cookie.http_only || kind != Kind::Script)
            && cookie.expires.is_none_or(|expires| expires > now)
            && cookie.partition.as_ref().is_none_or(|jar| *jar == partition)
            && naive_same_site(cookie, kind, profile, now)
    };
    let mut cookies: Vec<_> = store.iter().filter(goes).cloned().collect();
    cookies.sort_by_key(|cookie| Reverse(cookie.path.len()));
    cookies
}

fn contents(store: &Store) -> Vec<StoredCookie> {
    store.iter().cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_canonical_host_is_its_own_canonical_form(
        host in prop_oneof!["[a-cX0-9x.:f-]{0,12}", "\\[?[0-9a-f:.]{0,20}\\]?", "\\PC{0,8}", "(0x)?[0-9a-f]{1,4}([.](0|0x)?[0-9]{1,3}){0,4}[.]?"],
    ) {
        if let Ok(canonical) = canonical_host(&host) {
            prop_assert_eq!(canonical_host(&canonical), Ok(canonical.clone()), "{}", host);
            #[cfg(feature = "url")]
            {
                let written = if canonical.contains(':') { format!("[{canonical}]") } else { canonical.clone() };
                let url = url::Url::parse(&format!("http://{written}/")).expect("a canonical host is one of a URL");
                prop_assert_eq!(url.host_str(), Some(&*written), "{}", host);
            }
        }
    }

    #[test]
    fn matching_is_what_the_naive_model_says(
        host in "[ab1.]{0,9}", domain in "[ab1.]{0,5}", request in "[/a%]{0,5}", cookie in "[/a%]{0,5}",
    ) {
        prop_assert_eq!(domain_match(&host, &domain), naive_domain_match(&host, &domain));
        let (request, cookie) = (request.as_bytes(), cookie.as_bytes());
        prop_assert_eq!(path_match(request, cookie), naive_path_match(request, cookie));
    }

    #[test]
    fn the_store_answers_as_the_naive_model(
        profile in profile(), limits in limits(), session in session(), request in request(), later in 0..200_i64,
    ) {
        let mut store = Store::new(profile).limits(limits);
        let mut clock = 0;
        for (context, line, seconds) in &session {
            clock += seconds;
            let before = contents(&store);
            let verdict = store.set(line, context, at(clock));
            match &verdict {
                Verdict::Stored { cookie, .. } => {
                    prop_assert!(store.iter().any(|kept| same(kept, cookie) && kept.value == cookie.value));
                }
                Verdict::Expired { cookie, .. } => prop_assert!(!store.iter().any(|kept| same(kept, cookie))),
                _ => prop_assert_eq!(&contents(&store), &before, "a refused line changes nothing"),
            }
            prop_assert_eq!(store.len(), store.iter().count());
            if limits != Limits::NONE {
                prop_assert!(store.len() <= limits.total);
            }
        }
        let ((context, kind), now) = (request, at(clock + later));
        let answer: Vec<StoredCookie> = store.cookies(&context, now).into_iter().cloned().collect();
        for cookie in &answer {
            prop_assert!(domain_match(context.host(), &cookie.domain) && path_match(context.path(), &cookie.path));
        }
        prop_assert_eq!(&answer, &naive_cookies(&store, &context, kind, now));

        let field = store.cookie_field(&context, now);
        let pair = |cookie: &StoredCookie| match &cookie.name[..] {
            [] => cookie.value.clone(),
            name => [name, &cookie.value].join(&b'='),
        };
        let written: Vec<_> = answer.iter().map(pair).collect();
        prop_assert_eq!(field, (!answer.is_empty()).then(|| written.join(b"; ".as_slice())));
    }

    #[test]
    fn setting_a_cookie_again_changes_its_value_and_expiry_alone(
        profile in profile(), session in session(), context in context(), line in line(), later in 0..5_i64,
    ) {
        let mut store = Store::new(profile);
        for (context, line, _) in &session {
            store.set(line, context, at(0));
        }
        let first = store.set(&line, &context, at(0));
        let before = contents(&store);
        // What forbade the first may have expired by the second.
        let second = store.set(&line, &context, at(if first.is_stored() { later } else { 0 }));
        prop_assert_eq!(first.is_stored(), second.is_stored());
        let mut now = contents(&store);
        prop_assert_eq!(before.len(), now.len());
        for (before, now) in before.iter().zip(&mut now) {
            (now.value, now.expires, now.last_access) = (before.value.clone(), before.expires, before.last_access);
        }
        prop_assert_eq!(before, now);
    }

    #[test]
    fn what_is_put_back_in_order_answers_the_same(
        profile in profile(), session in session(), requests in vec(context(), 1..8), later in 0..200_i64,
    ) {
        let mut store = Store::new(profile);
        for (context, line, _) in &session {
            store.set(line, context, at(0));
        }
        let mut copy = Store::new(profile);
        for cookie in store.iter() {
            prop_assert_eq!(copy.insert(cookie.clone()), Ok(()));
        }
        #[cfg(feature = "serde")]
        let mut loaded = {
            let saved = serde_json::to_string(&store).expect("a store is written");
            let mut loaded = Store::new(profile);
            for cookie in serde_json::from_str::<Vec<StoredCookie>>(&saved).expect("what was written is read") {
                prop_assert_eq!(loaded.insert(cookie), Ok(()));
            }
            loaded
        };
        prop_assert_eq!(contents(&store), contents(&copy));
        for request in &requests {
            let expected = store.cookie_field(request, at(later));
            prop_assert_eq!(&copy.cookie_field(request, at(later)), &expected);
            #[cfg(feature = "serde")]
            prop_assert_eq!(&loaded.cookie_field(request, at(later)), &expected);
        }
    }

    #[test]
    fn any_line_is_judged(line in vec(any::<u8>(), 0..200), context in context(), profile in profile(), now in any::<i64>()) {
        let now = CookieDate::from_unix_timestamp(now);
        let verdict = judge(&line, &context, profile, &TopLevelOnly, now);
        if let Some(cookie) = verdict.cookie() {
            prop_assert_eq!(Store::new(profile).insert(cookie.clone()), Ok(()), "what is accepted is sound");
            prop_assert!(domain_match(context.host(), &cookie.domain));
            prop_assert!(!cookie.host_only || cookie.domain == context.host());
        }
    }
}

fn same(one: &StoredCookie, other: &StoredCookie) -> bool {
    (&one.name, &one.domain, one.host_only, &one.path, &one.partition)
        == (&other.name, &other.domain, other.host_only, &other.path, &other.partition)
}

#[cfg(feature = "serde")]
#[test]
fn what_is_read_is_checked() {
    let cookie = StoredCookie::new("sid", b"\xFF\x80".as_slice(), "shop.example", at(0));
    let saved = serde_json::to_value(&cookie).expect("a cookie is written");
    assert_eq!(saved["value"], "\u{ff}\u{80}", "octets are characters up to U+00FF");
    assert_eq!(serde_json::from_value::<StoredCookie>(saved.clone()).expect("it is sound"), cookie);
    let rows = [
        (
            "value",
            "1;2",
            "byte 0x3B at offset 1 of the cookie's name or value would break the Cookie field; leave the cookie out",
        ),
        ("value", "\u{100}", "a character beyond U+00FF stands for no octet; escape it"),
        ("domain", "Shop.example", "the cookie's domain is not as canonical_host writes it; canonicalize it"),
        ("path", "x", "the cookie's path does not begin with \"/\"; begin it with \"/\""),
        ("same_site", "Later", "same_site is none of Strict, Lax and None; leave it out or correct it"),
    ];
    for (field, spoiled, expected) in rows {
        let mut saved = saved.clone();
        saved[field] = spoiled.into();
        let error = serde_json::from_value::<StoredCookie>(saved).expect_err("it is spoiled");
        assert_eq!(error.to_string(), expected, "{field}");
    }
}
