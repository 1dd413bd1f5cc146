//! What went wrong somewhere once, and must not here.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use core::time::Duration;

use hardtack_compat::itsdangerous::Derivation;
use hardtack_compat::{
    Limits, OpenError, PayloadError, biscotti, bottle, cookie, django, express, flask, itsdangerous, json, rails,
    starlette,
};

const NOW: u64 = 1_700_000_000;

fn session(id: i64) -> flask::Session {
    [("id", flask::Value::from(id))].into_iter().collect()
}

/// CVE-2025-47278: with fallback keys, the oldest key signed.
#[test]
fn the_current_key_signs_and_not_a_fallback() {
    let key = |key| flask::Key::new(key).expect("a key");
    let ring = || flask::Sessions::new(key("current")).and(key("older")).and(key("oldest"));
    let text = ring().sign(&session(7), NOW).expect("a text");
    assert_eq!(text, flask::Sessions::new(key("current")).sign(&session(7), NOW).expect("a text"));
    for (at, name) in ["current", "older", "oldest"].into_iter().enumerate() {
        let text = flask::Sessions::new(key(name)).sign(&session(7), NOW).expect("a text");
        let opened = ring().open(&text, NOW).expect("a key of the ring");
        assert_eq!((opened.key_index(), opened.needs_renewal()), (at, at > 0));
    }
}

/// CVE-2026-6873: the salt of Django's signed cookies was name and argument, one behind the other.
#[test]
fn a_cookie_is_not_one_whose_name_and_salt_read_alike() {
    let cookies = |salt: &str| django::SignedCookies::new(django::Key::new("secret").expect("a key")).salt(salt);
    let text = cookies("c").sign("ab", "v", NOW).expect("a text");
    for (salt, name) in [("", "abc"), ("bc", "a"), ("abc", ""), ("ab", "c")] {
        assert_eq!(cookies(salt).open(name, &text, NOW).map(|_| ()), Err(OpenError::NotAuthentic), "{name}, {salt}");
        assert_eq!(cookies(salt).legacy_salt(true).open(name, &text, NOW).map(|_| ()), Err(OpenError::NotAuthentic));
    }
    // Written by an older Django for "ab" and "c".
    let legacy = "v:1r31eq:gUp6-LMSs3v2w3UcM_fuxIXqa2rYmdukeHGD19HbqvA";
    let cookies =
        |salt: &str| django::SignedCookies::new(django::Key::new("dev-secret-key").expect("a key")).salt(salt);
    assert_eq!(cookies("c").open("ab", legacy, NOW).map(|_| ()), Err(OpenError::NotAuthentic), "read only when asked");
    let opened = cookies("c").legacy_salt(true).open("ab", legacy, NOW).expect("asked");
    assert!(opened.needs_renewal(), "the older form is to be written anew");
    let renewed = cookies("c").legacy_salt(true).sign("ab", "v", NOW).expect("a text");
    assert_ne!(renewed, legacy, "and is never written");
}

#[test]
fn an_expired_cookie_is_not_tried_by_the_older_salt() {
    let key = || django::Key::new("secret").expect("a key");
    let cookies = || django::SignedCookies::new(key()).max_age(Duration::from_secs(60)).legacy_salt(true);
    let text = cookies().sign("k", "v", NOW).expect("a text");
    assert_eq!(cookies().open("k", &text, NOW + 61).map(|_| ()), Err(OpenError::Expired));
}

/// A thousand octets that become a million: no more than the limit is made of them.
#[test]
fn a_bomb_is_refused_by_its_limit() {
    let key = || flask::Key::new("secret").expect("a key");
    let large: flask::Session = [("a", flask::Value::from("a".repeat(1_000_000)))].into_iter().collect();
    let generous = flask::Sessions::new(key()).limits(Limits::new().inflated(2_000_000));
    let bomb = generous.sign(&large, NOW).expect("a text");
    assert!(bomb.len() < 2_000);
    assert_eq!(generous.open(&bomb, NOW).expect("asked for").value(), &large);
    let refused = flask::Sessions::new(key()).open(&bomb, NOW).map(|_| ());
    assert_eq!(refused, Err(OpenError::Payload(PayloadError::TooLarge { max: 65_536 })));

    let key = || django::Key::new("secret").expect("a key");
    let generous = django::Signing::new(key()).compress(true).limits(Limits::new().inflated(2_000_000));
    let bomb = generous.sign(&"a".repeat(1_000_000).into(), NOW).expect("a text");
    let refused = django::Signing::new(key()).open(&bomb, NOW).map(|_| ());
    assert_eq!(refused, Err(OpenError::Payload(PayloadError::TooLarge { max: 65_536 })));
}

/// The tag comes first: what nobody signed is not inflated, parsed, or asked for its age.
#[test]
fn nothing_is_done_with_what_nobody_signed() {
    let own = flask::Sessions::new(flask::Key::new("secret").expect("a key"));
    let strange = itsdangerous::TimestampSigner::new(itsdangerous::Key::new("another").expect("a key"))
        .salt("cookie-session")
        .derivation(Derivation::Hmac);
    for payload in ["", ".", "%%%", ".eJyrVkpUslKqoANQqg", "e25vdCBqc29u", &"W1tb".repeat(1000)] {
        for at in [0, NOW - 40 * 24 * 3600, NOW + 1] {
            let text = strange.sign(payload, at).expect("a text");
            assert_eq!(own.open(&text, NOW).map(|_| ()), Err(OpenError::NotAuthentic), "{payload}");
        }
    }
}

#[test]
fn json_nested_deep_is_refused_and_not_walked() {
    let key = || itsdangerous::Key::new("secret").expect("a key");
    // As deep as the longest text can be, signed as a text that JSON is only later.
    let signer = itsdangerous::Signer::new(key()).salt("itsdangerous").limits(Limits::new().text(200_000));
    let serializer =
        || itsdangerous::UrlSafeSerializer::new(key()).limits(Limits::new().text(200_000).inflated(200_000));
    // "[[[" in base64 is "W1tb".
    let text = signer.sign(&"W1tb".repeat(40_000)).expect("a text");
    assert_eq!(serializer().open(&text).map(|_| ()), Err(OpenError::Payload(PayloadError::Json)), "never closed");
    // "]]]" in base64 is "XV1d".
    let text = signer.sign(&["W1tb".repeat(20_000), "XV1d".repeat(20_000)].concat()).expect("a text");
    assert_eq!(serializer().open(&text).map(|_| ()), Err(OpenError::Payload(PayloadError::TooDeep { max: 128 })));
    for (depth, opens) in [(3, true), (2, false)] {
        let text = signer.sign("W1tbXV1d").expect("a text");
        let opened = serializer().limits(Limits::new().depth(depth)).open(&text).is_ok();
        assert_eq!(opened, opens, "{depth}");
    }
    let deep = (0..129).fold(json::Value::Null, |value, _| vec![value].into());
    assert!(serializer().sign(&deep).is_err(), "and is not written");
}

/// A session without expiry: where a form knows times, they are checked unless it is told otherwise.
#[test]
fn a_session_does_not_live_for_ever() {
    let month = 31 * 24 * 3600;
    let sessions = flask::Sessions::new(flask::Key::new("secret").expect("a key"));
    // Flask's flag `_permanent` changes nothing of it.
    for permanent in [true, false] {
        let session = [("_permanent", flask::Value::from(permanent))].into_iter().collect();
        let text = sessions.sign(&session, NOW).expect("a text");
        assert!(sessions.open(&text, NOW + month).is_ok());
        assert_eq!(sessions.open(&text, NOW + month + 1).map(|_| ()), Err(OpenError::Expired));
        assert_eq!(sessions.open(&text, NOW - 1).map(|_| ()), Err(OpenError::FromFuture));
    }
    let sessions = |age| starlette::Sessions::new(starlette::Key::new("secret").expect("a key")).max_age(age);
    let text = sessions(None).sign(&json::Map::new(), NOW).expect("a text");
    assert_eq!(
        sessions(Some(starlette::MAX_AGE)).open(&text, NOW + 14 * 24 * 3600 + 1).map(|_| ()),
        Err(OpenError::Expired)
    );
    assert!(sessions(None).open(&text, u64::MAX).is_ok(), "only where that was asked for");
    assert!(sessions(None).open("null", NOW).is_err(), "a session that was cleared is none");
}

/// What Python, Rails and Node read besides the text they write is refused: there is one text for one meaning.
#[test]
fn a_text_that_others_forgive_is_refused() {
    let sessions = flask::Sessions::new(flask::Key::new("dev-secret-key").expect("a key"));
    let text = "eyJ1c2VyX2lkIjoxfQ.ZVPxAA.gSIgPKL76_ef2JcSPT9KbSD72CI";
    assert!(sessions.open(text, NOW).is_ok());
    for (forgiven, why) in [
        ("eyJ1c2VyX2lkIjoxfQ.ZVPxAA.gSIgPKL76_ef2JcSPT9KbSD72CI=", "padded"),
        ("eyJ1c2VyX2lkIjoxfQ.ZVPxAA.gSIgPKL76_ef2JcSPT9KbSD72CI==", "padded twice"),
        ("eyJ1c2VyX2lkIjoxfQ.ZVPxAA.gSIgPKL76/ef2JcSPT9KbSD72CI", "of the other alphabet"),
        ("eyJ1c2VyX2lkIjoxfQ.ZVPxAA.gSIgPKL76_ef2JcSPT9KbSD72CJ", "bits at the end"),
        ("eyJ1c2VyX2lkIjoxfQ.ZVPxAA.gSIg!!PKL76_ef2JcSPT9KbSD72CI", "foreign characters"),
    ] {
        assert!(sessions.open(forgiven, NOW).is_err(), "{why}");
    }
    let key = rails::Key::new("dev-secret-key", rails::KeyDigest::Sha256).expect("a key");
    let cookies = rails::EncryptedCookies::new(key);
    let text = cookies.seal("k", &1.into(), None).expect("a text");
    let (rest, tag) = text.rsplit_once("--").expect("three parts");
    for forgiven in
        [format!("{text}--"), format!("{text}--{tag}"), format!("{rest}--{}", &tag[..4]), format!("{rest}--")]
    {
        assert!(matches!(cookies.open("k", &forgiven, NOW), Err(OpenError::Malformed { .. })));
    }
}

/// What Rails wrote before envelopes binds no name; it is read only when asked.
#[test]
fn a_value_without_envelope_is_read_only_when_asked() {
    let cookies =
        || rails::SignedCookies::new(rails::Key::new("dev-secret-key", rails::KeyDigest::Sha256).expect("a key"));
    let text = "InYi--fe7e083cc337c25b977506fc0df68847c4319203";
    assert_eq!(cookies().open("any", text, NOW).map(|_| ()), Err(OpenError::Payload(PayloadError::Kind)));
    let opened = cookies().without_envelope(true).open("any", text, NOW).expect("asked");
    assert_eq!(opened.value().as_str(), Some("v"));
    assert!(opened.needs_renewal());
    let bound = cookies().sign("one", &"v".into(), None).expect("a text");
    assert_eq!(cookies().without_envelope(true).open("two", &bound, NOW).map(|_| ()), Err(OpenError::OtherName));
}

#[test]
fn where_the_name_is_bound_another_does_not_open() {
    let octets = [7; 64];
    let private = cookie::Private::new(cookie::Key::new(octets).expect("a key"));
    let text = private.seal("one", "v").expect("a text");
    assert_eq!(private.open("two", &text).map(|_| ()), Err(OpenError::NotAuthentic));
    let key = || biscotti::Key::new(octets).expect("a key");
    let (signed, encrypted) = (biscotti::Signed::new(key()), biscotti::Encrypted::new(key()));
    assert!(signed.open("two", &signed.sign("one", "v").expect("a text")).is_err());
    assert!(encrypted.open("two", &encrypted.seal("one", "v").expect("a text")).is_err());
    // The NUL that ends a name would let "a" and "b\0c" pass for "a\0b" and "c".
    assert!(signed.sign("a\0b", "c").is_err());
    let text = signed.sign("a", "b\0c").expect("a text");
    assert_eq!(signed.open("a\0b", &text).map(|_| ()), Err(OpenError::NotAuthentic));
}

#[test]
fn keys_too_short_are_no_keys() {
    assert!(flask::Key::new("").is_err());
    assert!(bottle::Key::new([]).is_err());
    assert!(express::Key::new("").is_err());
    assert!(rails::Key::new("", rails::KeyDigest::Sha1).is_err());
    assert!(cookie::Key::new([1; 63]).is_err() && cookie::Key::new([1; 64]).is_ok());
    assert!(cookie::Key::derive_from([1; 31]).is_err() && cookie::Key::derive_from([1; 32]).is_ok());
    assert!(biscotti::Key::new([1; 31]).is_err() && biscotti::Key::new([1; 32]).is_ok());
}
