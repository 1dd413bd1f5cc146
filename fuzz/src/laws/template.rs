//! A template is judged as the cookie that is built of it: refused for the same reason, or whatever it sets it finds
//! again, renews and deletes.

use std::time::Duration;

use arbitrary::Arbitrary;
use hardtack::{BuildError, CookieTemplate, Cookies, SameSite, SetCookie};

use crate::made_up::{Many, Text};

#[derive(Arbitrary, Debug)]
pub struct Given {
    name: Text,
    other: Text,
    value: Text,
    prefixed: bool,
    calls: Many<Call, 6>,
}

#[derive(Arbitrary, Debug)]
enum Call {
    MaxAge(Duration),
    Domain(Text),
    Path(Text),
    NoPath,
    Secure(bool),
    HttpOnly(bool),
    SameSiteStrict,
    SameSiteLax,
    SameSiteNone,
    Partitioned(bool),
}

pub fn law(given: &Given) {
    let name = given.name.0.as_str();
    let mut template = if given.prefixed { CookieTemplate::prefixed(name) } else { CookieTemplate::new(name) };
    let mut builder = SetCookie::builder(name, given.value.0.as_str());
    if given.prefixed {
        let lower = name.to_ascii_lowercase();
        let http = lower.starts_with("__http-") || lower.starts_with("__host-http-");
        let secure = http || lower.starts_with("__host-") || lower.starts_with("__secure-");
        builder = builder.secure(secure).http_only(http);
    }
    for call in &given.calls.0 {
        (template, builder) = match call {
            Call::MaxAge(age) => (template.max_age(*age), builder.max_age(*age)),
            Call::Domain(domain) => (template.domain(&domain.0), builder.domain(&domain.0)),
            Call::Path(path) => (template.path(&path.0), builder.path(&path.0)),
            Call::NoPath => (template.no_path(), builder.no_path()),
            Call::Secure(secure) => (template.secure(*secure), builder.secure(*secure)),
            Call::HttpOnly(http_only) => (template.http_only(*http_only), builder.http_only(*http_only)),
            Call::SameSiteStrict => (template.same_site(SameSite::Strict), builder.same_site(SameSite::Strict)),
            Call::SameSiteLax => (template.same_site(SameSite::Lax), builder.same_site(SameSite::Lax)),
            Call::SameSiteNone => (template.same_site(SameSite::None), builder.same_site(SameSite::None)),
            Call::Partitioned(partitioned) => (template.partitioned(*partitioned), builder.partitioned(*partitioned)),
        };
    }
    let built = builder.build();
    assert_eq!(template.cookie(given.value.0.as_str()).build(), built, "one cookie, described or built");
    let bare = template.cookie("").build();
    match template.check() {
        Ok(()) => described(given, template, &bare.expect("what is checked is built")),
        Err(error) => {
            assert_eq!(bare.as_ref(), Err(&error));
            let of_value = matches!(
                built,
                Err(BuildError::InvalidByte { .. } | BuildError::ReservedValue | BuildError::PairTooLong { .. })
            );
            assert!(of_value || built == Err(error), "{built:?}");
        }
    }
    // Another name is judged on its own.
    let renamed = template.renamed(&given.other.0);
    assert_eq!(renamed.check().err(), renamed.cookie("").build().err());
    assert_eq!(renamed.renamed(name), template);
}

fn described(given: &Given, template: CookieTemplate<'_>, bare: &SetCookie<'_>) {
    let gone = template.tombstone().build().expect("what can be set can be deleted");
    assert_eq!(gone.id(), bare.id());
    assert!(gone.expires() == Some(hardtack::CookieDate::UNIX_EPOCH) && gone.max_age() == Some(Duration::ZERO));
    assert_eq!(
        (gone.secure(), gone.http_only(), gone.same_site()),
        (bare.secure(), bare.http_only(), bare.same_site())
    );
    if let Ok(cookie) = template.cookie(given.value.0.as_str()).build() {
        let field = format!("{}={}", cookie.name(), cookie.value());
        let cookies = Cookies::new(&field);
        assert_eq!(template.get(&cookies), Some(cookie.value()));
        let renewed = template.renew(&cookies).map(hardtack::SetCookieBuilder::build);
        assert_eq!(renewed, Some(Ok(cookie)));
    }
}
