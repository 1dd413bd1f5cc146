//! The agent, rule by rule: matching, contexts, verdicts and their words, the store.

#![cfg(feature = "agent")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use hardtack::agent::{
    Context, Effect, HostError, InvalidCookie, Limits, PartitionKey, Profile, PublicSuffixes, Refusal, Rule, Store,
    StoredCookie, TopLevelOnly, Verdict, Warning, canonical_host, default_path, domain_match, judge, path_match,
};
use hardtack::error::Requirement;
use hardtack::{AttributeName, CookieDate, DateError, MAX_PAIR_LEN, Prefix, SameSite};

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
        for profile in Profile::ALL {
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
        for (profile, cell) in Profile::ALL.into_iter().zip(columns) {
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
        let columns = Profile::ALL.map(|profile| profile.follows(*rule));
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
    let near = format!("a={}", "b".repeat(4000));
    let rows = [
        (long.as_str(), Warning::AttributeTooLong { attribute: AttributeName::Path, len: 1025, max: 1024 }),
        ("a=b; Path=/; path=/c", Warning::Duplicate { attribute: AttributeName::Path }),
        ("a=b; SameSite=later", Warning::UnknownSameSite),
        ("a=b; Secure=false", Warning::FlagWithValue { attribute: AttributeName::Secure }),
        ("a=b; Max-Age=34560001", Warning::BeyondCap),
        ("a=b; Domain=www.shop.example", Warning::DomainWidens),
        ("a=\"b\"", Warning::QuotedValue),
        ("a=b%20c", Warning::PercentInValue),
        (near.as_str(), Warning::NearLimit { len: 4001, max: 4096 }),
        ("a", Warning::Nameless),
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
    let quiet =
        ["a=b", "a=b; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=34560000", "a=100%", "a=\"", "a=b; foo; foo"];
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
fn expires_follows_the_servers_clock_in_browsers() {
    let line = "a=b; Expires=Fri, 15 Jan 2027 09:00:00 GMT";
    let an_hour_behind = page().server_clock(after(-3600));
    for (profile, expected) in [(Profile::Rfc6265bis, 3600), (Profile::Chromium, 7200), (Profile::Firefox, 7200)] {
        let verdict = judge(line, &an_hour_behind, profile, &TopLevelOnly, now());
        assert_eq!(verdict.cookie().and_then(|cookie| cookie.expires), Some(after(expected)), "{profile}");
    }
    let verdict = judge("a=b; Max-Age=60", &an_hour_behind, Profile::Chromium, &TopLevelOnly, now());
    assert_eq!(verdict.cookie().and_then(|cookie| cookie.expires), Some(after(60)), "Max-Age does not");
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
    assert_eq!((store.len(), store.iter().count()), (4, 4));
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

#[test]
fn expires_is_read_as_each_agent_reads_it() {
    const T: Option<i64> = Some(1_812_536_294);
    const GONE: Option<i64> = Some(-11_644_473_600);
    const CAP: Option<i64> = Some(NOW + 34_560_000);
    const MIDNIGHT: Option<i64> = Some(1_812_499_200);
    // Expires; what the draft, Chromium and Firefox make of it.
    let rows = [
        ("Wed, 09 Jun 2027 10:18:14 GMT", [T, T, T], "what servers write"),
        ("09 Jun 2027 10:18:14.5 GMT", [T, T, T], "a delimiter behind the time"),
        ("9th Jun 2027 10:18:14", [T, None, None], "letters behind the day"),
        ("09 Jun 2027x 10:18:14", [T, None, None], "letters behind the year"),
        ("09 Jun 27th 10:18:14", [T, None, None], "letters behind a short year"),
        ("09 Jun 2027 10:18:14GMT", [T, None, T], "letters behind the time"),
        ("09 Jun 2027 10:18:14:15", [T, None, T], "a fourth number behind the time"),
        ("09 Jun 2027 010:18:0014", [None, T, MIDNIGHT], "zeros before the time"),
        ("09 Jun 2027 10:18:145", [None, None, MIDNIGHT], "three digits of seconds"),
        ("09 Jun 2027 24:18:14", [None, None, Some(1_812_586_694)], "no such hour"),
        ("30 Feb 2027 10:18:14", [None, None, Some(1_803_982_694)], "no such day"),
        ("0 Jun 2027 10:18:14", [None, None, Some(1_811_758_694)], "no day at all"),
        ("009 Jun 2027 10:18:14", [None, None, None], "three digits of a day"),
        ("09 Jun 02027 10:18:14", [None, T, T], "a zero before the year"),
        ("09 Jun 20270 10:18:14", [None, CAP, CAP], "five digits of a year"),
        ("29 Feb 10000 10:18:14", [None, CAP, CAP], "a leap year of five digits"),
        ("29 Feb 10001 10:18:14", [None, None, CAP], "no leap year"),
        ("09 Jun 99999 10:18:14", [None, CAP, None], "beyond sixteen bits"),
        ("09 Jun 202700 10:18:14", [None, None, None], "six digits"),
        ("09 Jun 99999999999 10:18:14", [None, None, None], "beyond thirty-two bits"),
        ("09 Jun 1600 10:18:14", [None, GONE, GONE], "before 1601"),
        ("29 Feb 1500 10:18:14", [None, None, GONE], "no leap year, before 1601"),
        ("09 Jun 127 10:18:14", [None, GONE, None], "three digits"),
        ("09 Jun 7 10:18:14", [None, Some(1_181_384_294), None], "one digit"),
        ("09 Jun 027 10:18:14", [T, T, None], "three digits with a zero"),
        ("10:18:14 2027 Jun 9", [T, T, T], "another order"),
        ("09 Jun 10:18:14", [None, None, None], "no year"),
        ("", [None, None, None], "nothing"),
        // What Firefox alone reads.
        ("09 Jun 2027", [None, None, MIDNIGHT], "no time of day"),
        ("09 Jun 2027 10:18", [None, None, Some(1_812_536_232)], "the end of the text in place of a digit"),
        ("09 Jun 2027 10:18 GMT", [None, None, Some(1_812_536_264)], "a space in place of a digit"),
        ("09 Jun 2027 10:18/", [None, None, Some(1_812_536_280)], "a slash, which stands for no second"),
        ("09 Jun 2027 10:18:14 +0100", [T, T, Some(1_812_532_694)], "an offset"),
        ("09 Jun 2027 10:18:14 GMT-02", [T, T, Some(1_812_543_494)], "an offset of hours"),
        ("09 Jun 2027 10:18:14 GMT-2", [T, T, Some(1_812_543_494)], "an offset of one digit"),
        ("09 Jun 2027 10:18:14 GMT-200", [T, T, T], "an offset of three digits is none"),
        ("09 Jun 2027 10:18:14 +0100 -0500", [T, T, Some(1_812_532_694)], "the first offset counts"),
        ("09 Jun 2027 10:18:14 -0001", [T, T, T], "a minute to the west is no offset"),
        ("09 Jun 2027 10:18:14 EST", [T, T, Some(1_812_554_294)], "a zone"),
        ("09 Jun 2027 10:18:14 pdt", [T, T, Some(1_812_561_494)], "a zone in summer"),
        ("09 Jun 2027 10:18:14 BST", [T, T, Some(1_812_532_694)], "a zone to the east"),
        ("09 Jun 2027 10:18:14 NST", [T, T, Some(1_812_548_894)], "a zone of half an hour"),
        (
            "09 Jun 2027 10:18:14 EST+0100",
            [T, T, Some(1_812_554_294)],
            "an offset behind another zone than GMT is none",
        ),
        ("09 Jun 2027 10:18:14 UT", [T, T, T], "UT is GMT"),
        ("09 Jun 2027 10:18:14 PM", [T, T, Some(1_812_579_494)], "PM"),
        ("09 Jun 2027 12:18:14pm", [Some(1_812_543_494), None, Some(1_812_543_494)], "noon"),
        ("09 Jun 2027 12:18:14 am", [Some(1_812_543_494), Some(1_812_543_494), Some(1_812_500_294)], "midnight"),
        ("06/09/2027 10:18:14", [None, None, T], "month, day, year"),
        ("06-09-27 10:18:14", [None, None, T], "with hyphens, of two digits"),
        ("27/06/2027 10:18:14", [None, None, Some(1_814_091_494)], "day, month, year"),
        ("70/06/09 10:18:14", [None, None, Some(13_774_694)], "year, month, day"),
        ("13/13/2027 10:18:14", [None, None, None], "no month"),
        ("2027-06-09T10:18:14Z", [None, None, None], "a hyphen before a digit is a sign"),
        ("09.Jun.2027 10:18:14", [T, T, None], "a dot is no delimiter"),
        ("2027-Jun-09 10:18:14", [T, T, None], "a hyphen before a digit is a sign"),
        ("09-Jun-2027 10:18:14", [T, T, T], "unless the year is still to come"),
        (
            "10:18:14 11:00:00 09 Jun 2027",
            [Some(1_244_715_494), T, T],
            "the first time counts, to the draft the second is a day",
        ),
        ("09 Jun 0027 10:18:14", [T, T, GONE], "four digits are a year as they stand"),
    ];
    for (text, expected, why) in rows {
        for (profile, expected) in Profile::ALL.into_iter().zip(expected) {
            let verdict = judge(&format!("a=b; Expires={text}"), &page(), profile, &TopLevelOnly, now());
            let expires = verdict.cookie().and_then(|cookie| cookie.expires).map(CookieDate::unix_timestamp);
            assert_eq!(expires, expected, "{text:?}, {profile}: {why}");
        }
    }
}

#[test]
fn max_age_is_read_as_each_agent_reads_it() {
    const GONE: Option<i64> = Some(-11_644_473_600);
    const CAP: Option<i64> = Some(NOW + 34_560_000);
    let some = |seconds| Some(NOW + seconds);
    let rows = [
        ("Max-Age=60", [some(60); 3], "seconds"),
        ("Max-Age=0", [GONE; 3], "no time"),
        ("Max-Age=-1", [GONE; 3], "less than none"),
        ("Max-Age=-0", [GONE; 3], "a sign before nothing"),
        ("Max-Age=99999999999999999999999999", [CAP; 3], "beyond any integer"),
        ("Max-Age=+60", [None, some(60), None], "a plus"),
        ("Max-Age=+-60", [None; 3], "two signs"),
        ("Max-Age=+", [None; 3], "a sign alone"),
        ("Max-Age=-", [None, None, GONE], "a minus alone"),
        ("Max-Age=-x", [None, None, GONE], "a minus before a letter"),
        ("Max-Age=6e1", [None; 3], "an exponent"),
        ("Max-Age=60; Max-Age=x", [some(60), None, None], "the last is invalid"),
        ("Max-Age=60; Max-Age", [some(60), None, None], "the last is empty"),
        ("Max-Age=x; Max-Age=60", [some(60); 3], "the first is invalid"),
        ("Max-Age=60; Max-Age=70", [some(70); 3], "two that are valid"),
        ("Max-Age=x; Expires=Fri, 15 Jan 2027 09:00:00 GMT", [some(3600); 3], "Expires counts instead"),
        ("Expires=Fri, 15 Jan 2027 09:00:00 GMT; Expires=x", [some(3600), None, None], "the last date is invalid"),
    ];
    for (attributes, expected, why) in rows {
        for (profile, expected) in Profile::ALL.into_iter().zip(expected) {
            let verdict = judge(&format!("a=b; {attributes}"), &page(), profile, &TopLevelOnly, now());
            let expires = verdict.cookie().and_then(|cookie| cookie.expires).map(CookieDate::unix_timestamp);
            assert_eq!(expires, expected, "{attributes}, {profile}: {why}");
        }
    }
}

#[test]
fn tabs_are_found_where_they_stand() {
    let rows = [
        ("a=b\tc", Some(3), "in the value"),
        ("a\tb=c", Some(1), "in the name"),
        ("a=b; f\to", Some(6), "in an attribute's name"),
        ("a=b;\tfoo\t=\tb\tr\t", Some(12), "in an attribute's value"),
        ("\ta\t=\tb\t;\tfoo\t=\tbar\t", None, "at the edges"),
    ];
    for (line, offset, why) in rows {
        let verdict = judge(line, &page(), Profile::Chromium, &TopLevelOnly, now());
        assert_eq!(verdict.refusal(), offset.map(|offset| Refusal::InnerTab { offset }).as_ref(), "{line:?}: {why}");
    }
}

#[test]
fn addresses_as_domains() {
    // The host, its Domain, and whether each agent keeps the cookie for the host alone; not at all by `None`.
    let rows = [
        ("127.0.0.1", "127.0.0.1", [Some(false), Some(true), Some(true)]),
        ("127.0.0.1", ".127.0.0.1", [Some(false), Some(true), Some(true)]),
        ("127.0.0.1", "0.0.1", [None, None, None]),
        ("127.0.0.1", "127.1", [None, None, None]),
        ("[::1]", "[::1]", [None, Some(true), Some(true)]),
        ("[::1]", "::1", [Some(false), None, None]),
    ];
    for (host, domain, expected) in rows {
        for (profile, expected) in Profile::ALL.into_iter().zip(expected) {
            let context = https(host, "/");
            let verdict = judge(&format!("a=b; Domain={domain}"), &context, profile, &TopLevelOnly, now());
            assert_eq!(verdict.cookie().map(|cookie| cookie.host_only), expected, "{domain} on {host}, {profile}");
        }
    }
}

#[test]
fn octets_are_kept_but_for_firefox() {
    let line = b"\xE9=\xE6\x97; Path=/\xFF";
    for (profile, value, path) in [
        (Profile::Rfc6265bis, b"\xE6\x97".as_slice(), b"/\xFF".as_slice()),
        (Profile::Chromium, b"\xE6\x97", b"/\xFF"),
        (Profile::Firefox, "\u{FFFD}".as_bytes(), "/\u{FFFD}".as_bytes()),
    ] {
        let verdict = judge(line.as_slice(), &page(), profile, &TopLevelOnly, now());
        let cookie = verdict.cookie().expect("it is kept");
        assert_eq!(
            (cookie.name.as_slice(), &*cookie.value, &*cookie.path),
            (b"\xE9".as_slice(), value, path),
            "{profile}"
        );
    }
}

#[cfg(feature = "idna")]
#[test]
fn chromium_converts_domains() {
    let host = https("www.xn--exmple-cua.example", "/");
    let rows: [(&[u8], bool, &str); 5] = [
        ("exämple.example".as_bytes(), true, "a letter"),
        ("EXÄMPLE．example".as_bytes(), true, "upper case and a wide dot"),
        ("．exämple.example".as_bytes(), true, "a wide dot in front"),
        ("exömple.example".as_bytes(), false, "another letter"),
        (b"ex\xE4mple.example", false, "not UTF-8"),
    ];
    for (domain, kept, why) in rows {
        let line = [b"a=b; Domain=".as_slice(), domain].concat();
        for profile in Profile::ALL {
            let verdict = judge(&line, &host, profile, &TopLevelOnly, now());
            let kept = kept && profile == Profile::Chromium;
            assert_eq!(
                verdict.cookie().map(|cookie| cookie.domain.as_str()),
                kept.then_some("xn--exmple-cua.example"),
                "{profile}: {why}"
            );
        }
    }
}
