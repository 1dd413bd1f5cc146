//! A cookie described once: judged alike when it is compiled, when it is checked and when it is built.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod random;
mod refusals;

use core::time::Duration;
use std::panic::catch_unwind;

use hardtack::error::{Part, Requirement};
use hardtack::{AttributeName, BuildError, CookieTemplate, Cookies, Prefix, SameSite, SetCookie, SetCookieBuilder};
use proptest::option;
use proptest::prelude::{Strategy, any, prop_oneof, proptest};
use proptest::prop_assert_eq;
use proptest::sample::select;

use crate::random::{config, part};
use crate::refusals::{REFUSED, Say};

const fn described(name: &'static str, says: &[Say]) -> CookieTemplate<'static> {
    let mut template = CookieTemplate::new(name);
    let mut index = 0;
    while index < says.len() {
        template = match says[index] {
            Say::Domain(domain) => template.domain(domain),
            Say::Path(path) => template.path(path),
            Say::NoPath => template.no_path(),
            Say::Secure => template.secure(true),
            Say::HttpOnly => template.http_only(true),
            Say::SameSite(same_site) => template.same_site(same_site),
            Say::Partitioned => template.partitioned(true),
        };
        index += 1;
    }
    template
}

/// What is judged when this is compiled.
const JUDGED: [Result<(), BuildError>; REFUSED.len()] = {
    let mut judged = [const { Ok(()) }; REFUSED.len()];
    let mut index = 0;
    while index < REFUSED.len() {
        judged[index] = described(REFUSED[index].0, REFUSED[index].1).check();
        index += 1;
    }
    judged
};

#[test]
fn refused_when_compiled_as_when_built() {
    for ((name, says, error, reason), judged) in REFUSED.iter().cloned().zip(JUDGED) {
        assert_eq!(judged, Err(error.clone()), "{name:?} {says:?}, compiled: {reason}");
        assert_eq!(described(name, says).check(), Err(error.clone()), "{name:?} {says:?}, checked: {reason}");
        let built = described(name, says).cookie("1").build();
        assert_eq!(built.err(), Some(error), "{name:?} {says:?}, built: {reason}");
    }
}

/// A template, and the text a constant is refused with.
#[test]
fn what_is_refused_is_said_in_brief() {
    let (text, long) = ("x".repeat(4097), format!("/{}", "x".repeat(1024)));
    let (label, host) = ("x".repeat(64), vec!["x".repeat(62); 4].join(".") + ".org");
    let new = CookieTemplate::new;
    let a = new("a");
    let rows = [
        (new(""), "the cookie has no name"),
        (new("a b"), "the cookie's name holds a byte that is not of a token"),
        (new(&text), "the name is over 4096 octets"),
        (a.path("app"), "the Path does not begin with \"/\""),
        (a.path("/;"), "the Path holds a byte that may not stand in an attribute, or white space at an end"),
        (a.path("/ "), "the Path holds a byte that may not stand in an attribute, or white space at an end"),
        (a.path(&long), "an attribute is over 1024 octets"),
        (a.domain(""), "the Domain is empty"),
        (a.domain("127.0.0.1"), "the Domain is an IP address"),
        (a.domain("bücher.de"), "the Domain is not ASCII; pass the A-label"),
        (a.domain("x:y:z"), "the Domain holds a byte that is not of a host name"),
        (a.domain("x_y.org"), "the Domain holds a byte that is not of a host name"),
        (a.domain(&label), "a label of the Domain is empty, too long, or begins or ends with \"-\""),
        (a.domain(&host), "the Domain is over 253 octets"),
        (a.same_site(SameSite::None), "SameSite=None needs .secure(true)"),
        (a.partitioned(true), "Partitioned needs .secure(true)"),
        (new("__Secure-a"), "the prefix of the name needs .secure(true)"),
        (new("__Http-a").secure(true), "the prefix of the name needs .http_only(true)"),
        (new("__Host-a").secure(true).path("/p"), "the prefix of the name needs the path \"/\""),
        (new("__Host-a").secure(true).domain("x.org"), "the prefix of the name needs .domain(..) left out"),
    ];
    for (template, text) in rows {
        assert!(template.check().is_err(), "{text}");
        let refused = catch_unwind(|| template.checked()).map_err(|panic| {
            panic.downcast_ref::<&str>().map(ToString::to_string).or_else(|| panic.downcast_ref::<String>().cloned())
        });
        assert_eq!(refused.map(|_| ()), Err(Some(text.to_owned())));
    }
}

/// As long as can be, compiled.
#[test]
fn limits() {
    let text = |len: usize| "x".repeat(len);
    let path = |len: usize| format!("/{}", text(len - 1));
    let host = |len: usize| format!("{0}.{0}.{0}.{1}", text(62), text(len - 3 * 63));
    let domain = AttributeName::Domain;
    let rows: [(String, String, String, Result<(), BuildError>); 7] = [
        (text(4096), path(1), host(250), Ok(())),
        (text(4097), path(1), host(250), Err(BuildError::PairTooLong { len: 4097, max: 4096 })),
        (text(1), path(1024), host(250), Ok(())),
        (
            text(1),
            path(1025),
            host(250),
            Err(BuildError::AttributeTooLong { part: Part::Attribute(AttributeName::Path), len: 1025, max: 1024 }),
        ),
        (text(1), path(1), host(252), Ok(())),
        (text(1), path(1), host(253), Err(BuildError::InvalidLabel { offset: 189 })),
        (
            text(1),
            path(1),
            text(1025),
            Err(BuildError::AttributeTooLong { part: Part::Attribute(domain), len: 1025, max: 1024 }),
        ),
    ];
    for (name, path, domain, expected) in &rows {
        let template = CookieTemplate::new(name).path(path).domain(domain);
        assert_eq!(template.check(), *expected);
        assert_eq!(template.cookie("").build().map(|_| ()), *expected);
    }
}

const SID: CookieTemplate = CookieTemplate::new("__Secure-sid")
    .domain("Shop.example")
    .path("/app")
    .max_age(Duration::from_secs(3600))
    .same_site(SameSite::None)
    .partitioned(true)
    .http_only(true)
    .secure(true)
    .checked();

#[test]
fn one_description_for_all_uses() {
    let attributes = "Domain=shop.example; Path=/app; Secure; HttpOnly; SameSite=None; Partitioned";
    let request = Cookies::new("sid=0; __Secure-sid=31d4; __Secure-sid=2");
    assert_eq!(SID.get(&request), Some("31d4"));
    assert_eq!(SID.get(&Cookies::new(b"__Secure-sid=\xFF")), Some(b"\xFF".as_slice()));
    assert_eq!(SID.name(), "__Secure-sid");
    assert_eq!(SID.same_site_attribute(), Some(SameSite::None));
    let set = SID.cookie("8c2e").build().unwrap();
    assert_eq!(set.to_string(), format!("__Secure-sid=8c2e; Max-Age=3600; {attributes}"));
    let renewed = SID.renew(&request).unwrap().build().unwrap();
    assert_eq!(renewed.to_string(), format!("__Secure-sid=31d4; Max-Age=3600; {attributes}"));
    assert!(SID.renew(&Cookies::new("sid=0; __Secure-sid=DELETED")).is_none(), "what is not there is not renewed");
    let gone = SID.tombstone().build().unwrap();
    let expired = "DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0";
    assert_eq!(gone.to_string(), format!("__Secure-sid={expired}; {attributes}"));
    assert_eq!(gone.id(), set.id(), "the one deletes the other");
    let csrf = SID.renamed("__Secure-csrf").cookie("9").build().unwrap();
    assert_eq!(csrf.to_string(), format!("__Secure-csrf=9; Max-Age=3600; {attributes}"));
    let sealed = SID.cookie("a;b").quoted().build().unwrap();
    assert_eq!(sealed.value(), r#""a\073b""#, "what begins is a builder like any other");
    assert_eq!(
        SID.cookie("a b").build().err(),
        Some(BuildError::InvalidByte { part: Part::Value, byte: b' ', offset: 1 })
    );
    assert_eq!(SID.cookie("DELETED").build().err(), Some(BuildError::ReservedValue));
}

#[test]
fn a_prefix_brings_what_it_needs() {
    let rows = [
        ("__Secure-a", "Path=/; Secure"),
        ("__host-a", "Path=/; Secure"),
        ("__Http-a", "Path=/; Secure; HttpOnly"),
        ("__Host-Http-a", "Path=/; Secure; HttpOnly"),
        ("__Hosta", "Path=/"),
        ("a", "Path=/"),
    ];
    for (name, attributes) in rows {
        let template = CookieTemplate::prefixed(name);
        assert_eq!(template.check(), Ok(()), "{name}");
        assert_eq!(template.cookie("1").build().unwrap().to_string(), format!("{name}=1; {attributes}"));
    }
    let refused = CookieTemplate::prefixed("__Host-a").domain("x.org").check();
    assert_eq!(refused, Err(BuildError::Prefix { prefix: Prefix::Host, missing: Requirement::NoDomain }));
    let again = CookieTemplate::prefixed("__Host-a").secure(false).check();
    assert_eq!(again, Err(BuildError::Prefix { prefix: Prefix::Host, missing: Requirement::Secure }));
}

#[test]
fn shown_with_all_it_says() {
    let text = "CookieTemplate { name: \"__Secure-sid\", max_age: Some(3600s), domain: Some(\"Shop.example\"), path: Some(\"/app\"), secure: true, http_only: true, same_site: Some(None), partitioned: true, priority: None }";
    assert_eq!(format!("{SID:?}"), text);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_template_is_judged_as_the_cookie_it_builds(
        name in prop_oneof![part(), (select(vec!["__Host-", "__Secure-", "__http-", "__Host-Http-"]), "[a-z]{0,2}").prop_map(|(prefix, name)| format!("{prefix}{name}"))],
        domain in option::of(prop_oneof![part(), "\\.?[a-z-]{1,3}(\\.[a-z0-9x-]{0,3}){0,3}"]),
        path in option::of(prop_oneof![part(), part().prop_map(|path| format!("/{path}"))]),
        flags in any::<[bool; 4]>(),
        same_site in option::of(select(vec![SameSite::Strict, SameSite::Lax, SameSite::None])),
        age in option::of(any::<u64>()),
    ) {
        let [secure, http_only, partitioned, no_path] = flags;
        let mut template = CookieTemplate::new(&name).secure(secure).http_only(http_only).partitioned(partitioned);
        let mut builder: SetCookieBuilder<'_> = SetCookie::builder(&name, "").secure(secure).http_only(http_only).partitioned(partitioned);
        if let Some(domain) = &domain {
            (template, builder) = (template.domain(domain), builder.domain(domain));
        }
        if let Some(path) = &path {
            (template, builder) = (template.path(path), builder.path(path));
        } else if no_path {
            (template, builder) = (template.no_path(), builder.no_path());
        }
        if let Some(same_site) = same_site {
            (template, builder) = (template.same_site(same_site), builder.same_site(same_site));
        }
        if let Some(age) = age {
            let age = Duration::from_secs(age);
            (template, builder) = (template.max_age(age), builder.max_age(age));
        }
        let built = builder.build();
        prop_assert_eq!(template.check().err(), built.as_ref().err().cloned());
        prop_assert_eq!(template.cookie("").build(), built.clone());
        if let Ok(built) = built {
            let gone = template.tombstone().build();
            prop_assert_eq!(gone.as_ref().map(SetCookie::id), Ok(built.id()), "what can be set can be deleted");
            let field = format!("{name}=1");
            let found = if name.is_empty() { None } else { Some("1") };
            prop_assert_eq!(template.get(&Cookies::new(&field)), found);
        }
    }
}
