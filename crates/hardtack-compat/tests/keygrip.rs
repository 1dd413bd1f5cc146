//! What keygrip signs, and the sessions of `cookie-session`.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use hardtack_compat::json::Map;
use hardtack_compat::keygrip::{Key, Keygrip};
use hardtack_compat::{Limits, OpenError, PayloadError, SealError};

fn keygrip() -> Keygrip {
    Keygrip::new(Key::new("k").expect("a key"))
}

#[test]
fn what_does_not_come_back_is_not_signed() {
    let refused = |byte, offset| Err(SealError::InvalidByte { byte, offset });
    let rows = [
        ("a", "v", Ok(()), "what comes back"),
        ("a", "v v\tv=v", Ok(()), "spaces, tabs and equals signs in a value"),
        ("a=b", "v", refused(b'=', 1), "an equals sign in a name"),
        ("a b", "v", refused(b' ', 1), "a space"),
        ("a\tb", "v", refused(b'\t', 1), "a tab"),
        ("a;b", "v", refused(b';', 1), "a semicolon"),
        ("a\nb", "v", refused(b'\n', 1), "a control"),
        ("a", "v;", refused(b';', 1), "a semicolon in a value"),
        ("a", "v\n", refused(b'\n', 1), "a control in a value"),
        ("a", "\"v", refused(b'"', 0), "a quote before a value"),
    ];
    for (name, value, expected, why) in rows {
        assert_eq!(keygrip().sign(name, value).map(drop), expected, "{why}");
    }
}

#[test]
fn a_value_is_signed_up_to_the_limit() {
    let keygrip = keygrip().limits(Limits::new().text(4));
    assert!(keygrip.sign("a", "1234").is_ok());
    assert_eq!(keygrip.sign("a", "12345"), Err(SealError::TooLong { len: 5, max: 4 }));
}

#[test]
fn a_session_is_json_in_base64() {
    let session = Map::from_iter([("views", 1.into())]);
    let (value, signature) = keygrip().sign_session("session", &session).expect("a session");
    assert_eq!(value, "eyJ2aWV3cyI6MX0=");
    assert_eq!(keygrip().sign("session", &value).as_ref(), Ok(&signature));
    let opened = keygrip().open_session("session", &value, &signature).expect("it was written here");
    assert!(*opened.value() == session);
    let field = format!("session={value}; session.sig={signature}");
    assert!(*keygrip().open_session_field("session", &field).expect("the same").value() == session);
    for (value, fault, why) in [
        ("MQ==", PayloadError::Kind, "a number is no session"),
        ("bnVsbA==", PayloadError::Kind, "nor is null"),
        ("e30", PayloadError::Base64, "without its padding"),
        ("e3s=", PayloadError::Json, "no JSON"),
    ] {
        let signature = keygrip().sign("session", value).expect("it is authentic");
        let opened = keygrip().open_session("session", value, &signature);
        assert_eq!(opened.map(|_| ()), Err(OpenError::Payload(fault)), "{why}");
    }
}
