//! What a response sets compared with what it should, and the client that keeps it.

#![cfg(feature = "test")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use core::time::Duration;

use hardtack::agent::{Profile, Refusal};
use hardtack::test::{Agent, Answer, Difference};
use hardtack::{CookieDate, CookieTemplate, ParseError, SameSite, SetCookie, tombstone};

fn answer(fields: &[&'static str]) -> Answer {
    Answer::of(fields.iter().copied())
}

/// The message that `unwrap` would show.
fn said<R>(outcome: Result<R, Difference>) -> Result<R, String> {
    outcome.map_err(|difference| {
        assert_eq!(format!("{difference:?}"), difference.to_string());
        difference.to_string()
    })
}

#[test]
fn the_message_says_what_differs() {
    let expected = SetCookie::builder("sid", "31d4")
        .secure(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::from_secs(60))
        .flag("Note=x")
        .build()
        .unwrap();
    let rows: &[(&[&'static str], Result<(), &str>)] = &[
        (&["sid=31d4; Path=/; Secure; SameSite=Lax; Max-Age=60; Note=x"], Ok(())),
        (
            &["a=1", "sid=31d4; note=x; max-age=60; samesite=lax; secure; path=/"],
            Err("the response sets the cookie \"sid\" otherwise:\n  \
             other attributes: expected Note=x, found note=x"),
        ),
        (&[], Err("the response does not set the cookie \"sid\", nor any other")),
        (
            &["a=1", "Sid=31d4", "sid=\x09\t"],
            Err("the response sets the cookie \"sid\" otherwise:\n  \
             value: expected \"31d4\", found \"\"\n  Max-Age: expected 60 s, found none\n  \
             Path: expected /, found none\n  Secure: expected it, found none\n  \
             SameSite: expected Lax, found none\n  other attributes: expected Note=x, found none"),
        ),
        (
            &["a=1", "="],
            Err("the response does not set the cookie \"sid\"; it sets \"a\"\n  no user agent reads \"=\": \
             the cookie has neither a name nor a value, for which user agents drop it; write name=value"),
        ),
        (
            &["sid=31d4; Path=/app; Secure; SameSite=Lax; Max-Age=60; Note=x"],
            Err("the response sets the cookie \"sid\" otherwise:\n  Path: expected /, found /app"),
        ),
        (
            &["sid=31d4; Path=/; Secure; SameSite=Lax; Max-Age=60; Priority=Low; Note=x"],
            Err("the response sets the cookie \"sid\" otherwise:\n  Priority: expected none, found Low"),
        ),
        (&["sid=1; Path=/", "sid=2; Path=/"], Err("the response sets the cookie \"sid\" 2 times")),
        (
            &["sid=31d4; Path=/; Secure; SameSite=Lax; Max-Age=60; Note=x; Partitioned", "sid=1; Path=/x; HttpOnly"],
            Err("the response sets the cookie \"sid\" otherwise:\n  Partitioned: expected none, found it"),
        ),
    ];
    for (fields, outcome) in rows {
        assert_eq!(said(answer(fields).sets(&expected)), outcome.map_err(ToOwned::to_owned), "{fields:?}");
    }
}

#[test]
fn a_template_says_the_attributes() {
    const SID: CookieTemplate<'_> = CookieTemplate::new("sid").path("/app").http_only(true).checked();
    const GONE: &str = "sid=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/app; HttpOnly";
    let set = answer(&["sid=a b; Path=/app; HttpOnly"]);
    let gone = answer(&[GONE]);
    let refused = |message: &str| Err(message.to_owned());
    assert_eq!(said(set.sets_by(&SID).map(ToOwned::to_owned)), Ok("a b".to_owned()));
    assert_eq!(
        said(set.deletes(&SID)),
        refused(
            "the response sets the cookie \"sid\" otherwise:\n  value: expected \"DELETED\", found \"a b\"\n  \
             Expires: expected Thu, 01 Jan 1970 00:00:00 GMT, found none\n  Max-Age: expected 0 s, found none"
        )
    );
    assert_eq!(
        said(answer(&["sid=1; Path=/app"]).sets_by(&SID).map(drop)),
        refused("the response sets the cookie \"sid\" otherwise:\n  HttpOnly: expected it, found none")
    );
    assert_eq!(said(gone.deletes(&SID)), Ok(()));
    assert_eq!(said(gone.sets_by(&SID).map(drop)), refused("the response deletes the cookie \"sid\""));
    assert_eq!(
        said(gone.is_silent_about("sid")),
        Err(format!("the response should not speak of the cookie \"sid\", and says: {GONE}"))
    );
    assert_eq!(said(gone.is_silent_about("theme")), Ok(()));
}

#[test]
fn a_template_that_builds_nothing_says_so() {
    let odd = CookieTemplate::new("a b");
    let message = said(answer(&[]).sets_by(&odd).map(drop)).unwrap_err();
    assert!(message.starts_with("the template of \"a b\" builds no cookie: byte 0x20 at offset 1"), "{message}");
    assert_eq!(said(answer(&[]).deletes(&odd)), Err(message));
}

#[test]
fn the_jar_of_a_response_has_what_it_sets() {
    let jar = answer(&["a=1", "b=2; Path=/shop", "a=3", "sid=DELETED; Max-Age=0"]).into_jar().unwrap();
    assert_eq!((jar.get("a"), jar.get("b"), jar.get("sid")), (Some("3"), Some("2"), None));
    assert_eq!(jar.changes().len(), 3);
    assert!(matches!(answer(&["a=1", "="]).into_jar(), Err(ParseError::EmptyCookie)));
    // Octets that are no UTF-8 are shown as what cannot be shown.
    assert_eq!(Answer::of([b"a=\xFF"]).into_jar().unwrap().get("a"), Some("\u{FFFD}"));
}

const NOW: CookieDate = CookieDate::UNIX_EPOCH;

#[test]
fn the_client_sends_what_a_browser_would() {
    let mut agent = Agent::new("https://shop.example/", NOW).unwrap();
    let set = ["sid=1; Path=/; Max-Age=60; Secure", "cart=2; Path=/cart", "other=3; Domain=other.example"];
    let verdicts = agent.receive("/cart/add?a=1", set).unwrap();
    assert_eq!((verdicts.len(), agent.refused().len(), agent.store().len()), (3, 1, 2));
    assert!(matches!(agent.refused(), [Refusal::DomainMismatch { .. }]), "{:?}", agent.refused());
    // Target, seconds before it, what is sent.
    let rows = [
        ("/", 0, Some("sid=1")),
        ("/cart", 59, Some("cart=2; sid=1")),
        ("https://shop.example/cart", 0, Some("cart=2; sid=1")),
        ("http://shop.example/cart", 0, Some("cart=2")),
        ("https://other.example/cart", 0, None),
        ("/?next=/cart", 1, None),
        ("/cart", 0, Some("cart=2")),
    ];
    for (target, seconds, sent) in rows {
        agent.wait(Duration::from_secs(seconds));
        let field = agent.cookie_field(target).unwrap();
        assert_eq!(field.as_deref().map(|field| str::from_utf8(field).unwrap()), sent, "{target}");
    }
    assert_eq!((agent.cookie("sid"), agent.cookie("cart"), agent.cookie("none")), (None, Some("2"), None));
    let gone = tombstone("cart").path("/cart").build().unwrap().to_string();
    agent.receive("/", [&*gone]).unwrap();
    assert_eq!(agent.cookie("cart"), None);

    // A clock that runs backwards: a cookie is judged by the time that is given, and none is lost.
    let mut agent = agent.at(CookieDate::from_unix_timestamp(1_000));
    agent.receive("/", ["late=secret; Max-Age=10"]).unwrap();
    let mut agent = agent.at(CookieDate::from_unix_timestamp(-1_000));
    assert_eq!(agent.cookie_field("/").unwrap().as_deref(), Some(b"sid=1; late=secret".as_slice()));
    assert!(!format!("{agent:?}").contains("secret"));
    agent.store_mut().clear();
    assert_eq!(agent.cookie("late"), None);
}

#[test]
fn what_is_no_url_is_an_error_and_a_profile_is_to_choose() {
    for origin in ["ftp://shop.example", "shop.example", "https://", "", "http:///"] {
        assert!(Agent::new(origin, NOW).is_err(), "{origin:?}");
    }
    let mut agent = Agent::new("http://shop.example", NOW).unwrap();
    for target in ["cart", "", "*", "shop.example:443", "ftp://shop.example/"] {
        assert!(agent.cookie_field(target).is_err(), "{target:?}");
        assert!(agent.receive(target, ["a=1"]).is_err(), "{target:?}");
    }
    assert!(agent.store().is_empty());
    // Chromium takes Secure from http://localhost, the RFC does not.
    for (profile, kept) in [(Profile::Rfc6265bis, None), (Profile::Chromium, Some("1"))] {
        let mut agent = Agent::new("http://localhost", NOW).unwrap().profile(profile);
        agent.receive("/", ["a=1; Secure"]).unwrap();
        assert_eq!(agent.cookie("a"), kept, "{profile:?}");
    }
}
