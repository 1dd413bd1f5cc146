//! The agent, rule by rule: matching, contexts, verdicts and their words, the store.

#![cfg(feature = "agent")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use hardtack::agent::{
    Context, Effect, HostError, InvalidCookie, PartitionKey, Profile, PublicSuffixes, Refusal, Rule, Store,
    ThirdParties, TopLevelOnly, Warning, canonical_host, default_path, domain_match, judge, path_match,
};
use hardtack::error::Requirement;
use hardtack::{AttributeName, CookieDate, DateError, MAX_PAIR_LEN, Prefix, SameSite};

const NOW: i64 = 1_800_000_000;

fn now() -> CookieDate {
    CookieDate::from_unix_timestamp(NOW)
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

#[test]
fn hosts_match_domains() {
    let rows = [
        ("shop.example", "shop.example", true, "the same"),
        ("www.shop.example", "shop.example", true, "below"),
        ("a.b.shop.example", "shop.example", true, "further below"),
        ("shop.example", "www.shop.example", false, "above"),
        ("myshop.example", "shop.example", false, "no dot at the boundary"),
        ("192.0.2.14", "192.0.2.14", true, "an address matches itself"),
        ("192.0.2.14", "2.14", false, "an address has no domains"),
        ("::1", "::1", true, "an address of IPv6 matches itself"),
        ("shop.example.", "shop.example", false, "a trailing dot makes another host"),
        ("www.shop.example.", "shop.example.", true, "which has its own domains"),
        ("shop.example", "", false, "the empty domain matches nothing"),
        ("", "", false, "not even the empty host"),
    ];
    for (host, domain, expected, why) in rows {
        assert_eq!(domain_match(host, domain), expected, "{host:?} and {domain:?}: {why}");
    }
}

#[test]
fn paths_match_octet_for_octet() {
    let rows = [
        ("/foo", "/foo", true, "the same"),
        ("/foo/bar", "/foo", true, "below"),
        ("/foo/", "/foo", true, "the directory itself"),
        ("/foobar", "/foo", false, "no slash at the boundary"),
        ("/foo", "/foo/", false, "above"),
        ("/foo/bar", "/foo/", true, "the slash is the path's own"),
        ("/x", "/", true, "everything is below the root"),
        ("/Foo", "/foo", false, "letter case counts"),
        ("/%66oo", "/foo", false, "nothing is decoded"),
        ("/foo", "/foo/..", false, "nothing is resolved"),
        ("/foo//bar", "/foo", true, "an empty segment is one"),
    ];
    for (request, cookie, expected, why) in rows {
        assert_eq!(path_match(request.as_bytes(), cookie.as_bytes()), expected, "{request} and {cookie}: {why}");
    }
}

#[test]
fn the_default_path_is_the_directory() {
    let rows = [
        ("", "/", "empty"),
        ("/", "/", "the root"),
        ("/a", "/", "a page of the root"),
        ("/a/", "/a", "a directory"),
        ("/a/b", "/a", "a page"),
        ("/a/b/", "/a/b", "a directory further below"),
        ("a/b", "/", "relative"),
        ("//", "/", "an empty directory"),
        ("/a//b", "/a/", "an empty segment"),
    ];
    for (path, expected, why) in rows {
        assert_eq!(default_path(path.as_bytes()), expected.as_bytes(), "{path:?}: {why}");
    }
}

#[test]
fn hosts_are_brought_into_one_form() {
    let rows = [
        ("Shop.EXAMPLE", Ok("shop.example"), "lower case"),
        ("shop.example.", Ok("shop.example."), "a trailing dot is kept"),
        ("my_host", Ok("my_host"), "underscores exist"),
        ("192.0.2.14", Ok("192.0.2.14"), "an address"),
        ("[2001:DB8::0:1]", Ok("2001:db8::1"), "the shortest form, without brackets"),
        ("[::ffff:127.0.0.1]", Ok("::ffff:7f00:1"), "an address of IPv4 in one of IPv6"),
        ("::1", Ok("::1"), "the same without brackets"),
        ("::FFFF:7f00:1", Ok("::ffff:7f00:1"), "the same without brackets"),
        ("127.1", Ok("127.0.0.1"), "the last number fills what is left"),
        ("0x7F.1", Ok("127.0.0.1"), "in base 16"),
        ("0300.0250.1", Ok("192.168.0.1"), "in base 8"),
        ("127.0.0.1.", Ok("127.0.0.1"), "no other host, for an address"),
        ("example.0x", Err(HostError::InvalidIpv4Address), "0x is a number"),
        ("example.1", Err(HostError::InvalidIpv4Address), "a number at the end"),
        ("1.2.3.4.5", Err(HostError::InvalidIpv4Address), "five numbers"),
        ("1.2.3.4.0", Err(HostError::InvalidIpv4Address), "five numbers, the last of them nothing"),
        ("127.0.0.0x", Ok("127.0.0.0"), "no digit is zero"),
        ("shop.example..", Err(HostError::EmptyLabel { offset: 13 }), "an empty label before the root"),
        ("shop..example", Err(HostError::EmptyLabel { offset: 5 }), "an empty label"),
        (".example", Err(HostError::EmptyLabel { offset: 0 }), "an empty label at the start"),
        (".", Err(HostError::EmptyLabel { offset: 0 }), "the root"),
        ("", Err(HostError::Empty), "nothing"),
        ("[::g]", Err(HostError::InvalidAddress), "no hexadecimal digit"),
        ("[::1", Err(HostError::InvalidAddress), "an open bracket"),
        ("a b", Err(HostError::InvalidByte { byte: b' ', offset: 1 }), "a space"),
        ("a:80", Err(HostError::InvalidByte { byte: b':', offset: 1 }), "a port"),
        ("a/b", Err(HostError::InvalidByte { byte: b'/', offset: 1 }), "a path"),
        ("a\u{7F}", Err(HostError::InvalidByte { byte: 0x7F, offset: 1 }), "a control"),
    ];
    for (host, expected, why) in rows {
        assert_eq!(canonical_host(host).as_deref(), expected.as_ref().map(|host| &**host), "{host:?}: {why}");
    }
}

#[cfg(feature = "idna")]
#[test]
fn letters_beyond_ascii_become_a_labels() {
    assert_eq!(canonical_host("１２７．1").as_deref(), Ok("127.0.0.1"), "digits of full width");
    assert_eq!(canonical_host("Café.example").as_deref(), Ok("xn--caf-dma.example"));
    assert_eq!(canonical_host("xn--a.example"), Err(HostError::InvalidLabel), "it only looks like an A-label");
}

#[cfg(not(feature = "idna"))]
#[test]
fn letters_beyond_ascii_are_refused() {
    assert_eq!(canonical_host("café.example"), Err(HostError::NonAscii { offset: 3 }));
}

#[test]
fn a_context_leaves_query_and_fragment_out() {
    let rows = [("/a?b/c", "/a"), ("/a#b", "/a"), ("", "/"), ("?x", "/"), ("/a/", "/a/")];
    for (path, expected) in rows {
        assert_eq!(https("shop.example", path).path(), expected.as_bytes(), "{path}");
    }
    assert_eq!(https("[::1]", "/a").to_string(), "https://[::1]/a");
    assert_eq!(http("Shop.example", "/a?b").to_string(), "http://shop.example/a");
}

#[test]
fn what_counts_as_secure() {
    let rows = [
        ("shop.example", false, "any host needs https"),
        ("localhost", true, "this machine"),
        ("app.localhost", true, "below it"),
        ("localhost.", true, "with its trailing dot"),
        ("mylocalhost", false, "another name"),
        ("127.0.0.1", true, "loopback"),
        ("127.1.2.3", true, "all of 127/8 is"),
        ("[::1]", true, "loopback of IPv6"),
        ("192.0.2.1", false, "another address"),
    ];
    for (host, browsers, why) in rows {
        let context = http(host, "/");
        assert!(!context.is_secure(Profile::Rfc6265bis), "{host}: https alone by the draft");
        for profile in [Profile::Chromium, Profile::Firefox] {
            assert_eq!(context.is_secure(profile), browsers, "{host}, {profile}: {why}");
        }
        for &profile in Profile::ALL {
            assert!(https(host, "/").is_secure(profile), "{host}, {profile}: https");
            assert!(context.clone().trustworthy(true).is_secure(profile), "{host}, {profile}: the caller knows");
            assert!(!https(host, "/").trustworthy(false).is_secure(profile), "{host}, {profile}: the caller knows");
        }
    }
}

#[cfg(feature = "http")]
#[test]
fn a_uri_gives_a_context() {
    let context = |uri: &str| Context::try_from(&uri.parse::<http::Uri>().expect("it is a URI"));
    assert_eq!(context("http://Shop.example:81/a?b"), Ok(http("shop.example", "/a")));
    assert_eq!(context("wss://shop.example"), Ok(https("shop.example", "/")));
    assert_eq!(context("https://[::1]:1/"), Ok(https("[::1]", "/")));
    assert_eq!(context("/a"), Err(hardtack::agent::ContextError::MissingHost));
    assert_eq!(context("ftp://shop.example/"), Err(hardtack::agent::ContextError::UnknownScheme));
}

#[cfg(feature = "url")]
#[test]
fn a_url_gives_a_context() {
    let context = |url: &str| Context::try_from(&url::Url::parse(url).expect("it is a URL"));
    assert_eq!(context("http://Shop.example:81/a/../b?c"), Ok(http("shop.example", "/b")));
    assert_eq!(context("wss://shop.example"), Ok(https("shop.example", "/")));
    assert_eq!(context("https://[0:0::1]/"), Ok(https("[::1]", "/")));
    assert_eq!(context("data:,x"), Err(hardtack::agent::ContextError::MissingHost));
    assert_eq!(context("ftp://shop.example/"), Err(hardtack::agent::ContextError::UnknownScheme));
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

fn registrable_by<'h, S: PublicSuffixes>(suffixes: &S, host: &'h str) -> &'h str {
    suffixes.registrable_domain(host)
}

#[test]
fn registrable_domains() {
    let rows = [
        ("www.shop.example", "shop.example"),
        ("a.b.shop.co.uk", "shop.co.uk"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("192.0.2.1", "192.0.2.1"),
        ("::1", "::1"),
        ("a.b.c.ck", "b.c.ck"),
        ("a.www.ck", "www.ck"),
        ("shop.example.", "shop.example."),
    ];
    for (host, expected) in rows {
        assert_eq!(Suffixes.registrable_domain(host), expected, "{host}");
        assert_eq!(registrable_by(&&Suffixes, host), expected, "{host}, by a reference");
    }
}

/// A list on which `*.ck` stands without `ck`.
struct Wildcard;

impl PublicSuffixes for Wildcard {
    fn is_public_suffix(&self, domain: &str) -> bool {
        domain.strip_suffix(".ck").is_some_and(|label| !label.contains('.'))
    }
}

#[test]
fn browsers_guard_the_parent_of_a_wildcard() {
    let host = https("a.b.ck", "/");
    for (profile, refused) in [(Profile::Rfc6265bis, false), (Profile::Chromium, true), (Profile::Firefox, true)] {
        let verdict = judge("a=b; Domain=ck", &host, profile, &Wildcard, now());
        assert_eq!(verdict.refusal() == Some(&Refusal::PublicSuffix { domain: "ck".into() }), refused, "{profile}");
    }
}

/// The rows of the table in the module's documentation: the cells as they stand there, and what to do.
#[test]
fn the_table_of_refusals_is_true() {
    const LONG: &str = "a name and a value of 4097 octets together";
    let docs = include_str!("../src/agent/mod.rs");
    let long = format!("a={}", "b".repeat(MAX_PAIR_LEN));
    let cells =
        |row: &str| -> Vec<String> { row.split(" | ").map(|cell| cell.trim_matches([' ', '|']).to_owned()).collect() };
    let rows: Vec<_> = docs.lines().filter(|line| line.starts_with("//! | `")).collect();
    assert_eq!(rows.len(), 26);
    for row in rows {
        let cells = cells(row.trim_start_matches("//! "));
        let [refusal, input, columns @ ..] = &cells[..] else { panic!("{row}") };
        let refusal = refusal.trim_matches('`');
        let line = input.split('`').nth(1).unwrap_or_default().replace("\\x01", "\x01").replace("\\t", "\t");
        let line = if input == LONG { long.clone() } else { line };
        let mut context = match input {
            input if input.contains("localhost") => http("localhost", "/"),
            input if input.contains(", http") => http("www.shop.example", "/a"),
            input if input.contains("at `/`") => page_at_root(),
            _ => page(),
        };
        if input.contains("by a script") {
            context = context.script();
        }
        if input.contains("cross-site") {
            context = context.cross_site();
        }
        for (profile, cell) in Profile::ALL.iter().copied().zip(columns) {
            let mut store = Store::new(profile);
            if input.contains("beside a Secure") {
                assert!(store.set("a=1; Secure", &page_at_root(), now()).is_stored());
            }
            if input.contains("over an HttpOnly") {
                assert!(store.set("a=1; HttpOnly", &page(), now()).is_stored());
            }
            let verdict = store.set(&line, &context, now());
            let name = verdict.refusal().map(variant);
            match (cell.as_str(), name) {
                ("refused", Some(name)) => assert_eq!(name, refusal, "{row}: {profile}"),
                ("kept", None) => {}
                ("kept, if it matches as A-labels", Some(name)) => {
                    assert!(["DomainNotAscii", "DomainMismatch"].contains(&&*name), "{row}: {profile}: {name}");
                }
                (cell, Some(name)) => assert_eq!(cell, format!("refused, as `{name}`"), "{row}: {profile}"),
                (cell, None) => panic!("{row}: {profile}: {cell}, but {verdict}"),
            }
        }
    }
}

fn page_at_root() -> Context {
    https("www.shop.example", "/login")
}

fn variant(refusal: &Refusal) -> String {
    format!("{refusal:?}").split([' ', '(', '{']).next().unwrap_or_default().to_owned()
}

#[test]
fn every_rule_has_a_row_and_a_sentence() {
    for rule in Rule::ALL {
        assert!(rule.summary().ends_with('.') && !rule.summary().contains("  "), "{rule:?}: {}", rule.summary());
        let columns: Vec<_> = Profile::ALL.iter().map(|profile| profile.follows(*rule)).collect();
        assert!(columns.contains(&true) && columns.contains(&false), "{rule:?} tells no profile from another");
    }
}

#[test]
fn refusals_say_what_to_change() {
    let rows = [
        (Refusal::ControlByte { byte: 1, offset: 3 }, "byte 0x01 at offset 3 is a control byte; remove or encode it"),
        (Refusal::InnerTab { offset: 3 }, "the tab at offset 3 stands inside a name or a value; remove or encode it"),
        (Refusal::Empty, "the cookie has neither a name nor a value; write name=value"),
        (Refusal::Nameless, "nothing stands before the \"=\"; name the cookie"),
        (
            Refusal::NamelessWithEquals,
            "a nameless cookie's value holds a \"=\", so that it would be sent as a named one; name the cookie",
        ),
        (
            Refusal::NamelessPrefix { prefix: Prefix::Host },
            "a nameless cookie's value begins with \"__Host-\", so that it would pass for a prefixed name; name the cookie",
        ),
        (
            Refusal::PairTooLong { len: 4097, max: 4096 },
            "name and value are 4097 octets together, and at most 4096 are kept; shorten the value or keep it on the server",
        ),
        (Refusal::DomainNotAscii, "Domain holds a byte beyond ASCII; write the A-label (\"xn--...\")"),
        (Refusal::DomainIsDot, "Domain is a dot; leave it out for a cookie of this host alone"),
        (
            Refusal::DomainMismatch { domain: "b.example".into(), host: "a.example".into() },
            "Domain \"b.example\" is neither the host \"a.example\" nor a parent of it; name the host or a parent, or leave Domain out",
        ),
        (
            Refusal::PublicSuffix { domain: "co.uk".into() },
            "Domain \"co.uk\" is a public suffix, whose hosts do not belong together; name a domain below it",
        ),
        (Refusal::TabInPath, "Path holds a tab; remove or encode it"),
        (
            Refusal::Prefix { prefix: Prefix::Host, missing: Requirement::NoDomain },
            "a name that begins with \"__Host-\" in any letter case needs no Domain; leave Domain out, or rename the cookie",
        ),
        (
            Refusal::PrefixFromInsecure { prefix: Prefix::Secure },
            "a name that begins with \"__Secure-\" in any letter case is set over an insecure connection; serve the response over https",
        ),
        (Refusal::SameSiteNoneInsecure, "SameSite=None needs Secure; set it, or leave SameSite out"),
        (Refusal::PartitionedInsecure, "Partitioned needs Secure; set it, or leave Partitioned out"),
        (
            Refusal::PartitionedFromInsecure,
            "Partitioned is set over an insecure connection; serve the response over https",
        ),
        (
            Refusal::ThirdParty,
            "cookies of third parties are blocked; set Partitioned and Secure, or set the cookie from its own site",
        ),
        (
            Refusal::SiteIsFull,
            "the site has as many Secure cookies as are kept, which make no room for others; set Secure, or delete some",
        ),
        (Refusal::SecureFromInsecure, "Secure is set over an insecure connection; serve the response over https"),
        (Refusal::HttpOnlyFromScript, "a script sets HttpOnly; set the cookie by a response, or leave HttpOnly out"),
        (
            Refusal::CrossSite { same_site: None },
            "the cookie is set cross-site without SameSite=None; set SameSite=None and Secure, or set it from its own site",
        ),
        (
            Refusal::ShadowsSecure,
            "a Secure cookie of this name is kept, which an insecure connection may not shadow; serve the response over https",
        ),
        (
            Refusal::ReplacesHttpOnly,
            "an HttpOnly cookie of this name, domain and path is kept, which a script may not replace; set the cookie by a response",
        ),
    ];
    for (refusal, text) in rows {
        assert_eq!(refusal.to_string(), text);
        assert!(
            ["RFC 6265bis", "CHIPS", "the layered-cookies draft", "browsers alone"]
                .iter()
                .any(|source| refusal.section().starts_with(source)),
            "{refusal:?}"
        );
    }
}

#[test]
fn refusals_name_the_draft_and_the_reason() {
    let steps = "RFC 6265bis section 5.7, steps 20 and 21";
    let layers = "the layered-cookies draft, section 5.4.3";
    let prefixed = |prefix| Refusal::Prefix { prefix, missing: Requirement::Secure };
    let crossed = |same_site| Refusal::CrossSite { same_site };
    let rows = [
        (prefixed(Prefix::Secure), steps, Some("InvalidPrefix")),
        (prefixed(Prefix::Host), steps, Some("InvalidPrefix")),
        (prefixed(Prefix::Http), layers, Some("InvalidPrefix")),
        (prefixed(Prefix::HostHttp), layers, Some("InvalidPrefix")),
        (Refusal::PrefixFromInsecure { prefix: Prefix::HostHttp }, layers, Some("InvalidPrefix")),
        (crossed(Some(SameSite::Strict)), "RFC 6265bis section 5.7, step 18", Some("SameSiteStrict")),
        (crossed(Some(SameSite::Lax)), "RFC 6265bis section 5.7, step 18", Some("SameSiteLax")),
        (crossed(None), "RFC 6265bis section 5.7, step 18", Some("SameSiteUnspecifiedTreatedAsLax")),
        (Refusal::ThirdParty, "RFC 6265bis section 7.1", Some("UserPreferences")),
        (Refusal::SiteIsFull, "RFC 6265bis section 6.1", None),
    ];
    for (refusal, section, reason) in rows {
        assert_eq!((refusal.section(), refusal.chromium_reason()), (section, reason), "{refusal:?}");
    }
}

#[test]
fn profiles_and_policies_are_words() {
    for (profile, word) in Profile::ALL.iter().zip(["rfc6265bis", "chromium", "firefox"]) {
        assert_eq!(format!("{profile:>12}"), format!("{word:>12}"));
        assert_eq!(word.to_uppercase().parse(), Ok(*profile), "in any letter case");
    }
    let unknown = "lynx".parse::<Profile>().map_err(|error| error.to_string());
    assert_eq!(unknown, Err("the word is not known; write rfc6265bis, chromium or firefox".to_owned()));
    for (policy, word) in
        [(ThirdParties::Allow, "allow"), (ThirdParties::Block, "block"), (ThirdParties::Partition, "partition")]
    {
        assert_eq!(format!("{policy:>12}"), format!("{word:>12}"));
    }
    assert_eq!(PartitionKey::new("https://news.example").to_string(), "https://news.example");
}

/// The words of a verdict that is no refusal.
#[track_caller]
fn words(line: &str, context: &Context, profile: Profile) -> (Vec<Effect>, Vec<Warning>) {
    let verdict = judge(line, context, profile, &Suffixes, now());
    assert!(verdict.refusal().is_none(), "{line}: {verdict}");
    (verdict.effects().to_vec(), verdict.warnings().to_vec())
}

#[test]
fn effects_say_how_each_attribute_took_effect() {
    let rfc = Profile::Rfc6265bis;
    let rows = [
        ("a=b", rfc, Effect::HostOnly),
        ("a=b; Domain=", rfc, Effect::EmptyDomain),
        ("a=b; Domain=shop.example", rfc, Effect::Domain),
        ("a=b", rfc, Effect::DefaultPath),
        ("a=b; Path=x", rfc, Effect::PathIgnored),
        ("a=b; Path=/; Path=", rfc, Effect::PathIgnored),
        ("a=b; Path=/", rfc, Effect::Path),
        ("a=b", rfc, Effect::Session),
        ("a=b; Expires=Wed, 09 Jun 2027 10:18:14 GMT", rfc, Effect::Expires),
        ("a=b; Expires=soon", rfc, Effect::ExpiresIgnored { error: DateError::MissingTime }),
        ("a=b; Max-Age=60", rfc, Effect::MaxAge),
        ("a=b; Max-Age=6e1", rfc, Effect::MaxAgeIgnored),
        ("a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", rfc, Effect::MaxAgeBeatsExpires),
        ("a=b; Max-Age=99999999999", rfc, Effect::ExpiryCapped),
        ("a=b; Secure", rfc, Effect::Secure),
        ("a=b; HttpOnly", rfc, Effect::HttpOnly),
        ("a=b; SameSite=lax", rfc, Effect::SameSite(SameSite::Lax)),
        ("a=b; SameSite=later", rfc, Effect::SameSiteDefault { lax: true }),
        ("a=b", Profile::Firefox, Effect::SameSiteDefault { lax: false }),
        ("a=b; Secure; Partitioned", Profile::Chromium, Effect::Partitioned),
        ("a=b; Secure; Partitioned", rfc, Effect::PartitionedIgnored),
    ];
    for (line, profile, effect) in rows {
        let (effects, _) = words(line, &page(), profile);
        assert!(effects.contains(&effect), "{line}, {profile}: {effects:?} has no {effect:?}");
    }
    let suffix = https("co.uk", "/");
    assert!(words("a=b; Domain=co.uk", &suffix, rfc).0.contains(&Effect::DomainIsHostAlone));
}

#[test]
fn warnings_say_what_will_surprise() {
    let long = format!("a=b; Path=/{}", "c".repeat(1024));
    let near = format!("a={}", "b".repeat(3681));
    let rows = [
        (long.as_str(), Warning::AttributeTooLong { attribute: AttributeName::Path, len: 1025, max: 1024 }),
        ("a=b; Path=/; path=/c", Warning::Duplicate { attribute: AttributeName::Path }),
        ("a=b; SameSite=later", Warning::UnknownSameSite),
        ("a=b; Secure=false", Warning::FlagWithValue { attribute: AttributeName::Secure }),
        ("a=b; Max-Age=34560001", Warning::BeyondCap),
        ("a=b; Domain=www.shop.example", Warning::DomainWidens),
        ("a=\"b\"", Warning::QuotedValue),
        ("a=b%20c", Warning::PercentInValue),
        (near.as_str(), Warning::NearLimit { len: 3682, max: 4096 }),
        ("a", Warning::Nameless),
        ("=b", Warning::Nameless),
        ("a=b; Expires=soon", Warning::UnreadableExpiry),
        ("__Http-a=b", Warning::PrefixUnknown { prefix: Prefix::Http }),
    ];
    for (line, warning) in &rows {
        let (_, warnings) = words(line, &page(), Profile::Rfc6265bis);
        assert_eq!(warnings, core::slice::from_ref(warning), "{line:.40}");
        assert!(warning.to_string().contains("; "), "{warning:?} says what to do");
        assert!(!warning.section().is_empty());
    }
    let often = format!("a=b; Path=/{}; Path=/{}", "c".repeat(1024), "c".repeat(2048));
    assert_eq!(words(&often, &page(), Profile::Rfc6265bis).1.len(), 1, "each attribute is said to be too long once");
    let attribute = AttributeName::Secure;
    let once = [Warning::FlagWithValue { attribute }, Warning::Duplicate { attribute }, Warning::PercentInValue];
    let told = words("a=%20; Secure=no; Secure=0", &page(), Profile::Rfc6265bis).1;
    assert_eq!(told, once, "each is said once");
    let not_near = format!("a={}", "b".repeat(3680));
    let quiet = [
        &*not_near,
        "a=b",
        "a=b; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=34560000",
        "a=100%",
        "a=\"",
        "a=b; foo; foo",
    ];
    for line in quiet {
        assert_eq!(words(line, &page(), Profile::Rfc6265bis).1, [], "{line}");
    }
}

#[test]
fn a_verdict_is_told_in_lines() {
    let verdict = judge("sid=31d4; Path=x; Secure=no; Max-Age=60", &page(), Profile::Chromium, &TopLevelOnly, now());
    assert_eq!(
        verdict.to_string(),
        "stored: \"sid\" (4 octets) for www.shop.example/account, until Fri, 15 Jan 2027 08:01:00 GMT, Secure\n  \
         Domain absent: sent to this host alone\n  \
         Path ignored, since it does not begin with \"/\": the directory of the request\n  \
         Max-Age: kept for so long\n  \
         SameSite absent or unknown: treated as Lax\n  \
         Secure: sent over secure connections alone\n  \
         warning: Secure takes effect whatever its value says; leave it out if it should not (RFC 6265bis section 5.6.5)"
    );
    let gone = judge("sid=; Max-Age=0", &page(), Profile::Chromium, &TopLevelOnly, now());
    assert!(gone.to_string().starts_with("deleted, if it was there: \"sid\""), "{gone}");
    let refused = judge("sid=\x01", &page(), Profile::Chromium, &TopLevelOnly, now());
    assert!(!refused.is_stored() && !gone.is_stored() && verdict.is_stored());
    assert_eq!(
        refused.to_string(),
        "refused: byte 0x01 at offset 4 is a control byte; remove or encode it (RFC 6265bis section 5.6, step 1)"
    );
}

#[test]
fn no_text_holds_a_value() {
    let mut store = Store::new(Profile::Chromium);
    let verdict = store.set("sid=s3cr3t; Path=/", &page(), now());
    for text in [format!("{verdict:?}"), verdict.to_string(), format!("{store:?}"), format!("{:?}", verdict.cookie())] {
        assert!(text.contains("sid") && !text.contains("s3cr3t"), "{text}");
    }
}

#[test]
fn errors_say_what_to_do() {
    let rows = [
        (HostError::Empty.to_string(), "the host is empty; name it"),
        (
            HostError::InvalidByte { byte: b':', offset: 1 }.to_string(),
            "byte 0x3A at offset 1 is not allowed in a host; give the host alone, without port or path",
        ),
        (
            HostError::NonAscii { offset: 3 }.to_string(),
            "the byte at offset 3 of the host is not ASCII; pass the A-label (\"xn--...\") or enable the feature idna",
        ),
        (
            InvalidCookie::UnsafeByte { byte: b';', offset: 1 }.to_string(),
            "byte 0x3B at offset 1 of the cookie's name or value would break the Cookie field; leave the cookie out",
        ),
        (
            hardtack::agent::ContextError::UnknownScheme.to_string(),
            "the url's scheme is not http, https, ws or wss; cookies travel by these alone",
        ),
    ];
    for (text, expected) in rows {
        assert_eq!(text, expected);
    }
}
