//! What is written in the form of another framework opens to what it was, and no other text opens; what is authentic and
//! yet nonsense is refused without a panic, in memory that a limit bounds; what opens is written and opens as the same.
//!
//! The first octet chooses the call, the second the form, the rest is text, payload or value.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hardtack_compat::itsdangerous::{self, Derivation, TimestampSigner};
use hardtack_compat::json::Value;
use hardtack_compat::keygrip::{self, Keygrip};
use hardtack_compat::{Limits, OpenError, PayloadError, SealError, flask, rails, starlette};

use crate::forms::{By, Form, NAME, forms};

const NOW: u64 = 1_700_000_000;

/// Octets that a compressed payload may inflate to.
const INFLATED: usize = 8192;

thread_local! {
    static FORMS: Vec<Box<dyn Form>> = forms();
    static RAILS: rails::SignedCookies = {
        let key = rails::Key::new("k", rails::KeyDigest::Sha256).expect("a key");
        rails::SignedCookies::new(key).without_envelope(true)
    };
    static FLASK: (TimestampSigner, flask::Sessions) = {
        let signer = TimestampSigner::new(itsdangerous::Key::new("k").expect("a key"));
        let limits = Limits::new().inflated(INFLATED);
        let sessions = flask::Sessions::new(flask::Key::new("k").expect("a key")).limits(limits);
        (signer.salt("cookie-session").derivation(Derivation::Hmac), sessions)
    };
    static STARLETTE: (TimestampSigner, starlette::Sessions) = {
        let signer = TimestampSigner::new(itsdangerous::Key::new("k").expect("a key"));
        (signer, starlette::Sessions::new(starlette::Key::new("k").expect("a key")))
    };
    static KEYGRIP: Keygrip = Keygrip::new(keygrip::Key::new("k").expect("a key"));
}

pub fn law(input: &[u8]) {
    let [call, form, rest @ ..] = input else { return };
    match call % 10 {
        0 => text(|text| with(*form, |form| assert!(form.open(text, NOW).is_err(), "{} opens", form.name())), rest),
        1 => text(|value| with(*form, |form| written(form, value)), rest),
        2 => changed(*form, rest),
        3 => session(&URL_SAFE_NO_PAD.encode(rest)),
        4 => session(&[".", &URL_SAFE_NO_PAD.encode(rest)].concat()),
        5 => text(session, rest),
        6 => starlette_session(rest),
        7 => text(envelope, rest),
        8 => text(keygrip_field, rest),
        _ => text(json, rest),
    }
}

fn text(law: impl Fn(&str), octets: &[u8]) {
    if let Ok(text) = str::from_utf8(octets) {
        law(text);
    }
}

fn with(form: u8, law: impl Fn(&dyn Form)) {
    FORMS.with(|forms| law(&*forms[usize::from(form) % forms.len()]));
}

/// The text of a value, or `None` where the form says why it has none.
fn write(form: &dyn Form, value: &str) -> Option<String> {
    match form.write(By::Writer, value, NOW) {
        Ok(text) => Some(text),
        Err(SealError::TooLong { len, max } | SealError::TooLarge { len, max }) => {
            assert!(len > max);
            None
        }
        Err(SealError::InvalidByte { byte, .. }) => {
            assert!(form.name() == "keygrip" && value.as_bytes().contains(&byte));
            None
        }
        Err(SealError::EmptyValue) => {
            assert!(form.name() == "biscotti signed" && value.is_empty());
            None
        }
        Err(error) => panic!("{}: {error}", form.name()),
    }
}

fn written(form: &dyn Form, value: &str) {
    let Some(text) = write(form, value) else { return };
    assert_eq!(form.open(&text, NOW), Ok((value.to_owned(), false)), "{}", form.name());
}

/// One octet of a text is another, is gone, or is there twice.
fn changed(form: u8, rest: &[u8]) {
    let [high, low, octet, how, value @ ..] = rest else { return };
    let at = usize::from(u16::from_be_bytes([*high, *low]));
    text(
        |value| {
            with(form, |form| {
                let Some(text) = write(form, value) else { return };
                let mut octets = text.clone().into_bytes();
                let at = at % octets.len();
                match how % 3 {
                    0 => octets[at] = *octet,
                    1 => octets.truncate(at),
                    _ => octets.insert(at, *octet),
                }
                let Ok(changed) = String::from_utf8(octets) else { return };
                // A field may begin a cookie with spaces, and go on with another cookie.
                let same = form.name() == "keygrip" && pair(&changed) == pair(&text);
                if changed != text && !same {
                    assert!(form.open(&changed, NOW).is_err(), "{}: {} of {text:?}", form.name(), at);
                }
            });
        },
        value,
    );
}

/// The value and signature that a field holds, by what Koa's expressions find.
fn pair(field: &str) -> [Option<&str>; 2] {
    [NAME.to_owned(), format!("{NAME}.sig")].map(|name| {
        let cookies = field.split(';').map(|cookie| cookie.trim_start_matches(' ').split_once('='));
        let value = cookies.flatten().find(|(found, _)| *found == name)?.1;
        Some(value.strip_prefix('"').map_or(value, |value| value.get(..value.len().saturating_sub(1)).unwrap_or(value)))
    })
}

/// A payload that Flask's key signed, whatever it is.
fn session(payload: &str) {
    FLASK.with(|(signer, sessions)| flask_session(signer, sessions, payload));
}

fn flask_session(signer: &TimestampSigner, sessions: &flask::Sessions, payload: &str) {
    let Ok(text) = signer.sign(payload, NOW) else { return };
    match sessions.open(&text, NOW) {
        Ok(opened) => {
            assert_eq!(opened.written_at(), Some(NOW));
            let session = opened.into_value();
            let tagged = flask::tag(&session).expect("what was read is no deeper than what is written");
            assert_eq!(flask::untag(tagged).as_ref(), Ok(&session));
            // Escapes may make it longer than it was.
            match sessions.sign(&session, NOW) {
                Ok(text) => assert_eq!(sessions.open(&text, NOW).expect("written here").value(), &session),
                Err(error) => {
                    assert!(matches!(error, SealError::TooLarge { .. } | SealError::TooLong { .. }), "{error}");
                }
            }
        }
        Err(OpenError::Payload(PayloadError::TooLarge { max })) => assert_eq!(max, INFLATED),
        Err(error) => assert!(matches!(error, OpenError::Payload(_) | OpenError::Malformed { .. }), "{error}"),
    }
}

fn starlette_session(payload: &[u8]) {
    STARLETTE.with(|(signer, sessions)| {
        let Ok(text) = signer.sign(&STANDARD.encode(payload), NOW) else { return };
        match sessions.open(&text, NOW) {
            Ok(opened) => {
                if let Ok(text) = sessions.sign(opened.value(), NOW) {
                    assert_eq!(sessions.open(&text, NOW).expect("written here").value(), opened.value());
                }
            }
            Err(error) => assert!(matches!(error, OpenError::Payload(_)), "{error}"),
        }
    });
}

fn keygrip_field(field: &str) {
    KEYGRIP.with(|keygrip| assert!(keygrip.open_field(NAME, field).is_err(), "nobody signed it"));
}

/// JSON that Rails' key signed, which may look like an envelope.
fn envelope(text: &str) {
    let Ok(value) = text.parse::<Value>() else { return };
    RAILS.with(|cookies| {
        let Ok(text) = cookies.sign_without_envelope(&value) else { return };
        match cookies.open(NAME, &text, NOW) {
            Ok(opened) if value.get("_rails").is_none() => {
                assert!(opened.needs_renewal());
                assert_eq!(opened.value(), &value);
            }
            Ok(_) | Err(OpenError::Payload(_) | OpenError::OtherName | OpenError::Expired) => {
                assert!(value.get("_rails").is_some());
            }
            Err(error) => panic!("{error}"),
        }
    });
}

fn json(text: &str) {
    let Ok(value) = text.parse::<Value>() else { return };
    let written = value.to_string();
    assert_eq!(written.parse::<Value>().as_ref(), Ok(&value), "{written}");
    assert_eq!(written.parse::<Value>().map(|value| value.to_string()), Ok(written));
}
