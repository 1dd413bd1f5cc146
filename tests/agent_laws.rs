//! Laws of the agent, on random sessions: responses and requests of a few hosts, over a few minutes.

#![cfg(feature = "agent")]
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use core::cmp::Reverse;

#[cfg(feature = "serde")]
use hardtack::Priority;
#[cfg(feature = "serde")]
use hardtack::agent::CookieStoreEntry;
use hardtack::agent::{
    Context, Limits, PartitionKey, Profile, PublicSuffixes, Store, StoredCookie, ThirdParties, TopLevelOnly, Verdict,
    canonical_host, cookies_txt, domain_match, judge, path_match,
};
use hardtack::{CookieDate, SameSite};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use proptest::{prop_assert, prop_assert_eq};

#[path = "model/eviction.rs"]
mod eviction;

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
    select(Profile::ALL)
}

fn limits() -> impl Strategy<Value = Limits> {
    select(
        &[
            Limits::NONE,
            Limits {
                per_domain: 3,
                per_domain_kept: 2,
                per_jar: 2,
                per_jar_kept: 1,
                per_jar_octets: 8,
                total: 6,
                total_kept: 5,
                idle: 0,
            },
        ][..],
    )
}

fn policy() -> impl Strategy<Value = ThirdParties> {
    select(&[ThirdParties::Allow, ThirdParties::Block, ThirdParties::Partition][..])
}

fn order(cookie: &StoredCookie) -> (&[u8], &str, bool, &[u8], Option<&PartitionKey>) {
    (&cookie.name, &cookie.domain, cookie.host_only, &cookie.path, cookie.partition.as_ref())
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
    if cookie.is_empty() {
        return false;
    }
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
    let in_news = matches!(kind, Kind::EmbeddedInNews | Kind::InNews);
    let apart = in_news && profile == Profile::Firefox;
    let partition = context.partition(profile, &TopLevelOnly);
    assert_eq!(partition.cross_site_ancestor, in_news && profile == Profile::Chromium);
    let goes = |cookie: &&StoredCookie| {
        let matches = if cookie.host_only { host == cookie.domain } else { naive_domain_match(host, &cookie.domain) };
        matches
            && naive_path_match(context.path(), &cookie.path)
            && (!cookie.secure || context.is_secure(profile))
            && (!cookie.http_only || kind != Kind::Script)
            && cookie.expires.is_none_or(|expires| expires > now)
            && cookie.partition.as_ref().map_or(!apart, |jar| *jar == partition)
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
                    let there = store.iter().any(|kept| same(kept, cookie) && kept.value == cookie.value);
                    let too_large = cookie.name.len() + cookie.value.len() > limits.per_jar_octets;
                    prop_assert!(there || too_large || profile == Profile::Chromium && limits != Limits::NONE);
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
        for cookie in &store {
            prop_assert_eq!(copy.insert(cookie.clone()), Ok(()));
        }
        #[cfg(feature = "serde")]
        let mut loaded: Store = {
            let saved = serde_json::to_string(&store).expect("a store is written");
            serde_json::from_str(&saved).expect("what was written is read")
        };
        #[cfg(feature = "serde")]
        prop_assert_eq!((loaded.profile(), contents(&loaded)), (profile, contents(&store)));
        prop_assert_eq!(contents(&store), contents(&copy));
        for request in &requests {
            let expected = store.cookie_field(request, at(later));
            prop_assert_eq!(&copy.cookie_field(request, at(later)), &expected);
            #[cfg(feature = "serde")]
            prop_assert_eq!(&loaded.cookie_field(request, at(later)), &expected);
        }
    }

    #[test]
    fn a_cookie_of_the_site_is_sent_or_withheld(
        profile in profile(), policy in policy(), session in session(), request in context(), later in 0..200_i64,
    ) {
        let mut store = Store::new(profile).third_parties(policy);
        for (context, line, _) in &session {
            store.set(line, context, at(0));
        }
        let now = at(later);
        let site = TopLevelOnly.registrable_domain(request.host());
        let below = format!(".{site}");
        let is_suffix = !site.trim_end_matches('.').contains('.');
        let of_site =
            |cookie: &&StoredCookie| cookie.domain == site || !is_suffix && cookie.domain.ends_with(&below);
        // A cookie of a public suffix alone is of no site below it.
        let sent = store.cookies(&request, now).into_iter().filter(of_site);
        let mut both: Vec<_> = sent.chain(store.withheld(&request, now).into_iter().map(|(cookie, _)| cookie)).collect();
        let mut all: Vec<_> = store.iter().filter(of_site).collect();
        both.sort_by_key(|cookie| order(cookie));
        all.sort_by_key(|cookie| order(cookie));
        prop_assert_eq!(both, all);
    }

    #[test]
    fn cookies_txt_is_a_fixed_point(profile in profile(), session in session(), requests in vec(context(), 1..8)) {
        let mut store = Store::new(profile);
        for (context, line, _) in &session {
            store.set(line, context, at(0));
        }
        let file = cookies_txt::write(&store);
        let left_out = file.losses.iter().filter(|(_, loss)| loss.is_left_out()).count();
        let mut read = Store::new(profile);
        for cookie in cookies_txt::read(&file.text, at(0)) {
            prop_assert_eq!(read.insert(cookie.expect("what was written is read")), Ok(()));
        }
        prop_assert_eq!(read.len() + left_out, store.len());
        prop_assert_eq!(cookies_txt::write(&read).text, file.text);
        for request in &requests {
            // Without what the file has no place for, every request of the site's own is the same.
            let kept = |cookie: &StoredCookie| file.losses.iter().all(|(lost, _)| !same(lost, cookie));
            let field = |store: &Store| -> Vec<Vec<u8>> {
                store.cookies(request, at(0)).into_iter().filter(|cookie| kept(cookie)).map(|cookie| cookie.value.clone()).collect()
            };
            prop_assert_eq!(field(&store), field(&read));
        }
    }

    #[test]
    fn any_file_is_read(file in prop_oneof![vec(any::<u8>(), 0..200), "((#HttpOnly_)?\\PC{0,3}(\t(TRUE|FALSE|/|0|a)){0,7}\r?\n){0,4}".prop_map(String::into_bytes)]) {
        for cookie in cookies_txt::read(&file, at(0)).flatten() {
            prop_assert_eq!(Store::new(Profile::Chromium).insert(cookie), Ok(()));
        }
    }

    #[test]
    fn what_is_evicted_is_what_the_model_evicts(profile in profile(), idle in select(&[0, 30][..]), session in session()) {
        let Limits { per_jar, .. } = Limits::NONE;
        let limits = Limits { per_domain: 4, per_domain_kept: 3, per_jar_octets: 12, per_jar, per_jar_kept: per_jar, total: 8, total_kept: 6, idle };
        let mut store = Store::new(profile).limits(limits);
        let mut clock = 0;
        for (context, line, seconds) in &session {
            clock += seconds;
            let before = contents(&store);
            let verdict = store.set(line, context, at(clock));
            if let Verdict::Stored { cookie, .. } = &verdict
                && !before.iter().any(|other| same(other, cookie))
            {
                let cookies = [before, vec![(**cookie).clone()]].concat();
                prop_assert_eq!(contents(&store), eviction::left(cookies, profile, &limits, at(clock)));
            }
            store.cookie_field(context, at(clock));
        }
    }

    #[test]
    fn secure_cookies_are_not_evicted_by_others(session in session(), limits in limits()) {
        let mut store = Store::new(Profile::Firefox).limits(Limits { total: usize::MAX, per_jar_octets: usize::MAX, ..limits });
        for (context, line, _) in &session {
            let secure: Vec<_> = store.iter().filter(|cookie| cookie.secure).cloned().collect();
            let verdict = store.set(line, context, at(0));
            let Some(set) = verdict.cookie().filter(|cookie| !cookie.secure) else { continue };
            for cookie in &secure {
                let there = store.iter().any(|kept| same(kept, cookie));
                prop_assert!(there || same(set, cookie) || cookie.is_expired(at(0)), "{:?} for {:?}", cookie, set);
            }
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
    let mut cookie = StoredCookie::new("sid", b"\xFF\x80".as_slice(), "shop.example", at(0));
    cookie.partition = Some(PartitionKey::new("https://news.example"));
    cookie.priority = Some(Priority::High);
    let saved = serde_json::to_value(&cookie).expect("a cookie is written");
    assert_eq!(saved["value"], serde_json::json!([255, 128]), "octets that are no UTF-8 are numbers");
    assert_eq!(serde_json::from_value::<StoredCookie>(saved.clone()).expect("it is sound"), cookie);
    let rows = [
        (
            "value",
            "1;2",
            "byte 0x3B at offset 1 of the cookie's name or value would break the Cookie field; leave the cookie out",
        ),
        ("domain", "Shop.example", "the cookie's domain is not as canonical_host writes it; canonicalize it"),
        ("path", "x", "the cookie's path does not begin with \"/\"; begin it with \"/\""),
        ("same_site", "Later", "same_site is none of Strict, Lax and None; leave it out or correct it"),
        ("priority", "Urgent", "priority is none of Low, Medium and High; leave it out or correct it"),
    ];
    for (field, spoiled, expected) in rows {
        let mut saved = saved.clone();
        saved[field] = spoiled.into();
        let error = serde_json::from_value::<StoredCookie>(saved).expect_err("it is spoiled");
        assert_eq!(error.to_string(), expected, "{field}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn a_document_says_what_it_is() {
    let mut store = Store::new(Profile::Firefox).third_parties(ThirdParties::Block);
    store.set("a=\u{fc}; Max-Age=60", &Context::https("shop.example", "/").expect("the host is one"), at(0));
    let saved = serde_json::to_string(&store).expect("a store is written");
    assert_eq!(
        saved,
        "{\"version\":1,\"profile\":\"firefox\",\"third_parties\":\"block\",\"cookies\":[{\"name\":\"a\",\
         \"value\":\"\u{fc}\",\"domain\":\"shop.example\",\"host_only\":true,\"path\":\"/\",\"expires\":1800000060,\
         \"created\":1800000000,\"last_access\":1800000000,\"secure\":false,\"http_only\":false}]}"
    );
    let rows = [
        ("\"version\":1", "\"version\":1,\"later\":[]", None, "what a later release adds is passed over"),
        (
            "\"version\":1",
            "\"version\":2",
            Some("the store is of version 2 and this release reads 1 to 1; update hardtack"),
            "a later version",
        ),
        (
            "\"version\":1",
            "\"version\":0",
            Some("the store is of version 0 and this release reads 1 to 1; update hardtack"),
            "no version",
        ),
        (
            "\"name\":\"a\"",
            "\"name\":5",
            Some("invalid type: integer `5`, expected text, or an array of octets"),
            "a name that is a number",
        ),
        ("firefox", "lynx", Some("the store's profile is not known; update hardtack"), "another profile"),
        ("block", "eat", Some("third_parties is none of allow, block and partition; correct it"), "another policy"),
        (
            "\"path\":\"/\"",
            "\"path\":\"x\"",
            Some("the cookie's path does not begin with \"/\"; begin it with \"/\""),
            "no path",
        ),
    ];
    for (from, to, expected, why) in rows {
        let read = serde_json::from_str::<Store>(&saved.replace(from, to));
        let error = read.as_ref().err().map(ToString::to_string);
        let text = error.as_deref().map(|error| error.split(" at line").next().unwrap_or_default());
        assert_eq!(text, expected, "{why}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn what_the_crate_cookie_store_saved_is_read() {
    let entry = |raw: &str, path: &str, domain: &str, expires: &str| {
        let text = format!(r#"{{"raw_cookie":"{raw}","path":["{path}",true],"domain":{domain},"expires":{expires}}}"#);
        let entry = serde_json::from_str::<CookieStoreEntry>(&text).expect("it is of the form");
        assert_eq!(format!("{entry:?}"), format!("CookieStoreEntry {{ path: {path:?}, .. }}"), "nothing of the value");
        entry.into_cookie(at(0)).map(|cookie| cookie.to_string()).map_err(|error| error.to_string())
    };
    let rows = [
        (("a=1", "/", r#"{"HostOnly":"shop.example"}"#, r#""SessionEnd""#), Ok("\"a\" (1 octet) for shop.example/")),
        (
            (
                "a=1; HttpOnly; SameSite=Lax",
                "/x",
                r#"{"Suffix":"Shop.example"}"#,
                r#"{"AtUtc":"2027-01-15T10:00:00.5+02:00"}"#,
            ),
            Ok("\"a\" (1 octet) for *.shop.example/x, until Fri, 15 Jan 2027 08:00:00 GMT, HttpOnly, SameSite=Lax"),
        ),
        (
            ("a=1", "/", r#"{"HostOnly":"a.example"}"#, r#"{"AtUtc":"2027-01-15T05:30:00-02:30"}"#),
            Ok("\"a\" (1 octet) for a.example/, until Fri, 15 Jan 2027 08:00:00 GMT"),
        ),
        (
            ("a=1", "/", r#"{"HostOnly":"a.example"}"#, r#"{"AtUtc":"2027-01-15 08:00:00z"}"#),
            Ok("\"a\" (1 octet) for a.example/, until Fri, 15 Jan 2027 08:00:00 GMT"),
        ),
        (
            ("a=1", "/", r#""NotPresent""#, r#""SessionEnd""#),
            Err("the cookie's domain is not as canonical_host writes it; canonicalize it"),
        ),
        (("=", "/", r#"{"HostOnly":"a.example"}"#, r#""SessionEnd""#), Err("the text is no cookie; leave it out")),
        (
            ("a=1", "x", r#"{"HostOnly":"a.example"}"#, r#""SessionEnd""#),
            Err("the cookie's path does not begin with \"/\"; begin it with \"/\""),
        ),
        (
            ("a=1", "/", r#"{"HostOnly":"a.example"}"#, r#"{"AtUtc":"2027-13-15T08:00:00Z"}"#),
            Err("the cookie's expiry is no date such as 2027-01-15T08:00:00Z; correct it"),
        ),
        (
            ("a=1", "/", r#"{"HostOnly":"a.example"}"#, r#"{"AtUtc":"2027-01-15T08:00:00"}"#),
            Err("the cookie's expiry is no date such as 2027-01-15T08:00:00Z; correct it"),
        ),
    ];
    for ((raw, path, domain, expires), expected) in rows {
        let read = entry(raw, path, domain, expires);
        assert_eq!(read.as_deref().map_err(String::as_str), expected, "{raw} {path} {domain} {expires}");
    }
}
