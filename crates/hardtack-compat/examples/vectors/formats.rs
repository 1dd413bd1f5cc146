//! The formats of rows, and the reader and writer of each.

use alloc::rc::Rc;
use core::time::Duration;
use std::collections::HashMap;

use hardtack_compat::json::Value;
use hardtack_compat::{Digest, OpenError, Opened, SealError};
use hardtack_compat::{
    biscotti, bottle, cookie, django, express, fastify, flask, hono, itsdangerous, keygrip, rails, starlette,
};

use crate::rows::{Row, unhex};

/// The formats that are known.
pub(crate) const FORMATS: &[&str] = &[
    "biscotti-encrypted",
    "biscotti-signed",
    "bottle",
    "cookie-rs-private",
    "cookie-rs-signed",
    "django-cookie",
    "django-signing",
    "express-signed",
    "fastify-signed",
    "flask-session",
    "hono-signed",
    "itsdangerous-signer",
    "itsdangerous-timestamp",
    "itsdangerous-urlsafe",
    "itsdangerous-urlsafe-timed",
    "keygrip-pair",
    "rails-encrypted",
    "rails-signed",
    "starlette-session",
];

/// What a text opens to.
#[derive(PartialEq)]
pub(crate) enum Content {
    Text(String),
    Json(Value),
    Octets(Vec<u8>),
}

/// A text of a writer, and whether another run gives another one.
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) varies: bool,
}

/// Rails derives its keys slowly, and rows share them.
#[derive(Default)]
pub(crate) struct Keys {
    signed: HashMap<String, Rc<rails::SignedCookies>>,
    encrypted: HashMap<String, Rc<rails::EncryptedCookies>>,
}

/// Whether and to what the text opens, and whether it should be written anew. `Err` is for a row that makes no sense.
pub(crate) fn open(row: Row<'_>, text: &str, keys: &mut Keys) -> Result<Result<(Content, bool), OpenError>, String> {
    let (name, now) = (row.text("name").unwrap_or_default(), row.now());
    Ok(match row.text("format").unwrap_or_default() {
        "biscotti-encrypted" => texts(biscotti_encrypted(row)?.open(name, text)),
        "biscotti-signed" => texts(biscotti_signed(row)?.open(name, text)),
        "bottle" => bottle_signer(row)?.open(text).map(|opened| with(opened, Content::Octets)),
        "cookie-rs-private" => texts(cookie_private(row)?.open(name, text)),
        "cookie-rs-signed" => texts(cookie_signed(row)?.open(text)),
        "django-cookie" => texts(django_cookies(row)?.open(name, text, now)),
        "django-signing" => django_signing(row)?.open(text, now).map(|opened| with(opened, Content::Json)),
        "express-signed" => express_signer(row)?.open(text).map(|opened| {
            with(opened, |value| match express::json(value) {
                Some(Ok(json)) => Content::Json(json),
                _ => Content::Text(value.into()),
            })
        }),
        "fastify-signed" => texts(fastify_signer(row)?.open(text)),
        "flask-session" => match flask_sessions(row)?.open(text, now) {
            Ok(opened) => {
                let tagged = flask::tag(opened.value()).map_err(|error| error.to_string())?;
                Ok((Content::Json(tagged), opened.needs_renewal()))
            }
            Err(error) => Err(error),
        },
        "hono-signed" => texts(hono_signer(row)?.open(text)),
        "itsdangerous-signer" => texts(signer(row)?.open(text)),
        "itsdangerous-timestamp" => texts(timestamp_signer(row)?.open(text, now)),
        "itsdangerous-urlsafe" => serializer(row)?.open(text).map(|opened| with(opened, Content::Json)),
        "itsdangerous-urlsafe-timed" => {
            timed_serializer(row)?.open(text, now).map(|opened| with(opened, Content::Json))
        }
        "keygrip-pair" if row.is("session") => keygrip(row)?
            .open_session_field(name, text)
            .map(|opened| with(opened, |map| Content::Json(Value::Map(map)))),
        "keygrip-pair" => texts(keygrip(row)?.open_field(name, text)),
        "rails-encrypted" => {
            rails_encrypted(row, keys)?.open(name, text, now).map(|opened| with(opened, Content::Json))
        }
        "rails-signed" => rails_signed(row, keys)?.open(name, text, now).map(|opened| with(opened, Content::Json)),
        "starlette-session" => {
            starlette_sessions(row)?.open(text, now).map(|opened| with(opened, |map| Content::Json(Value::Map(map))))
        }
        format => return Err(format!("{format} is not known")),
    })
}

/// The text of what the row opens to, written at the row's time; `None` where the form has no text for its kind.
pub(crate) fn write(row: Row<'_>, content: &Content, keys: &mut Keys) -> Result<Option<Written>, String> {
    let name = row.text("name").unwrap_or_default();
    let at = row.number("written_at").unwrap_or_default();
    let expires = row.text("note").and_then(|note| note.strip_prefix("expires_at ")?.parse().ok());
    let bare = row.reason().contains("without metadata");
    let format = row.text("format").unwrap_or_default();
    let text: Result<String, SealError> = match (format, content) {
        ("biscotti-encrypted", Content::Text(value)) => biscotti_encrypted(row)?.seal(name, value),
        ("biscotti-signed", Content::Text(value)) => biscotti_signed(row)?.sign(name, value),
        ("bottle", Content::Octets(payload)) => bottle_signer(row)?.sign(payload),
        ("cookie-rs-private", Content::Text(value)) => cookie_private(row)?.seal(name, value),
        ("cookie-rs-signed", Content::Text(value)) => cookie_signed(row)?.sign(value),
        ("django-cookie", Content::Text(value)) => django_cookies(row)?.sign(name, value, at),
        ("django-signing", Content::Json(value)) => django_signing(row)?.sign(value, at),
        ("express-signed", Content::Text(value)) => express_signer(row)?.sign(value),
        ("express-signed", Content::Json(value)) => express_signer(row)?.sign_json(value),
        ("fastify-signed", Content::Text(value)) => fastify_signer(row)?.sign(value),
        ("flask-session", Content::Json(tagged)) => {
            let session = flask::untag(tagged.clone()).map_err(|error| error.to_string())?;
            flask_sessions(row)?.sign(&session, at)
        }
        ("hono-signed", Content::Text(value)) => hono_signer(row)?.sign(value),
        ("itsdangerous-signer", Content::Text(value)) => signer(row)?.sign(value),
        ("itsdangerous-timestamp", Content::Text(value)) => timestamp_signer(row)?.sign(value, at),
        ("itsdangerous-urlsafe", Content::Json(value)) => serializer(row)?.sign(value),
        ("itsdangerous-urlsafe-timed", Content::Json(value)) => timed_serializer(row)?.sign(value, at),
        ("keygrip-pair", Content::Json(Value::Map(session))) => keygrip(row)?
            .sign_session(name, session)
            .map(|(value, signature)| format!("{name}={value}; {name}.sig={signature}")),
        ("keygrip-pair", Content::Text(value)) => {
            keygrip(row)?.sign(name, value).map(|signature| format!("{name}={value}; {name}.sig={signature}"))
        }
        ("rails-encrypted", Content::Json(value)) => rails_encrypted(row, keys)?.seal(name, value, expires),
        ("rails-signed", Content::Json(value)) if bare => rails_signed(row, keys)?.sign_without_envelope(value),
        ("rails-signed", Content::Json(value)) => rails_signed(row, keys)?.sign(name, value, expires),
        ("starlette-session", Content::Json(Value::Map(session))) => starlette_sessions(row)?.sign(session, at),
        _ => return Ok(None),
    };
    let varies = matches!(format, "biscotti-encrypted" | "cookie-rs-private" | "rails-encrypted");
    Ok(Some(Written { text: text.map_err(|error| format!("not written: {error}"))?, varies }))
}

fn with<T>(opened: Opened<T>, content: impl FnOnce(T) -> Content) -> (Content, bool) {
    let renew = opened.needs_renewal();
    (content(opened.into_value()), renew)
}

fn texts<T: Into<String>>(opened: Result<Opened<T>, OpenError>) -> Result<(Content, bool), OpenError> {
    opened.map(|opened| with(opened, |value| Content::Text(value.into())))
}

/// The keys of a row, the writer first.
fn ring(row: Row<'_>) -> Result<Vec<Vec<u8>>, String> {
    let key = row.0.get("key").ok_or("the row has no key")?;
    let keys: Vec<&Value> = key.as_list().map_or_else(|| vec![key], |keys| keys.iter().collect());
    let octets = |key: &Value| {
        let text = key.as_str()?;
        if row.text("key_form") == Some("hex") { unhex(text) } else { Some(text.as_bytes().to_vec()) }
    };
    let mut keys = keys.into_iter().map(octets).collect::<Option<Vec<_>>>().ok_or("a key is no text")?;
    if row.text("format").is_some_and(|format| format.starts_with("itsdangerous-")) {
        keys.reverse();
    }
    if keys.is_empty() { Err("the ring is empty".into()) } else { Ok(keys) }
}

/// What `new` makes of the first key, with the others added by `and`.
fn ringed<K, S, E: ToString>(
    row: Row<'_>,
    key: impl Fn(&[u8]) -> Result<K, E>,
    new: impl FnOnce(K) -> S,
    and: impl Fn(S, K) -> S,
) -> Result<S, String> {
    let mut keys = ring(row)?.into_iter().map(|octets| key(&octets).map_err(|error| error.to_string()));
    let first = new(keys.next().ok_or("the ring is empty")??);
    keys.try_fold(first, |signer, key| Ok(and(signer, key?)))
}

fn digest(row: Row<'_>, otherwise: Digest) -> Result<Digest, String> {
    Ok(match row.text("digest").map(str::to_ascii_lowercase).as_deref() {
        None => otherwise,
        Some("sha1") => Digest::Sha1,
        Some("sha256") => Digest::Sha256,
        Some("sha384") => Digest::Sha384,
        Some("sha512") => Digest::Sha512,
        Some(digest) => return Err(format!("the digest {digest} is not known")),
    })
}

fn max_age(row: Row<'_>) -> Option<Duration> {
    row.number("max_age").map(Duration::from_secs)
}

fn derivation(row: Row<'_>) -> Result<itsdangerous::Derivation, String> {
    Ok(match row.text("derivation") {
        None | Some("django-concat") => itsdangerous::Derivation::DjangoConcat,
        Some("concat") => itsdangerous::Derivation::Concat,
        Some("hmac") => itsdangerous::Derivation::Hmac,
        Some("none") => itsdangerous::Derivation::None,
        Some(derivation) => return Err(format!("the derivation {derivation} is not known")),
    })
}

/// The settings that the four formats of itsdangerous share.
macro_rules! itsdangerous {
    ($row:expr, $signer:ty) => {{
        let signer = ringed($row, |key| itsdangerous::Key::new(key), <$signer>::new, <$signer>::and)?
            .derivation(derivation($row)?)
            .digest(digest($row, Digest::Sha1)?);
        match $row.text("salt") {
            Some(salt) => signer.salt(salt),
            None => signer,
        }
    }};
}

fn signer(row: Row<'_>) -> Result<itsdangerous::Signer, String> {
    Ok(itsdangerous!(row, itsdangerous::Signer))
}

fn timestamp_signer(row: Row<'_>) -> Result<itsdangerous::TimestampSigner, String> {
    let signer = itsdangerous!(row, itsdangerous::TimestampSigner);
    Ok(match max_age(row) {
        Some(age) => signer.max_age(age),
        None => signer,
    })
}

fn serializer(row: Row<'_>) -> Result<itsdangerous::UrlSafeSerializer, String> {
    Ok(itsdangerous!(row, itsdangerous::UrlSafeSerializer))
}

fn timed_serializer(row: Row<'_>) -> Result<itsdangerous::UrlSafeTimedSerializer, String> {
    let serializer = itsdangerous!(row, itsdangerous::UrlSafeTimedSerializer);
    Ok(match max_age(row) {
        Some(age) => serializer.max_age(age),
        None => serializer,
    })
}

fn flask_sessions(row: Row<'_>) -> Result<flask::Sessions, String> {
    let sessions = ringed(row, |key| flask::Key::new(key), flask::Sessions::new, flask::Sessions::and)?;
    let sessions = sessions.salt(row.text("salt").unwrap_or("cookie-session"));
    Ok(sessions.lifetime(max_age(row).unwrap_or(flask::LIFETIME)))
}

fn django_cookies(row: Row<'_>) -> Result<django::SignedCookies, String> {
    let cookies = ringed(row, |key| django::Key::new(key), django::SignedCookies::new, django::SignedCookies::and)?;
    let cookies = cookies.salt(row.text("salt").unwrap_or_default()).legacy_salt(row.is("legacy_salt"));
    Ok(match max_age(row) {
        Some(age) => cookies.max_age(age),
        None => cookies,
    })
}

fn django_signing(row: Row<'_>) -> Result<django::Signing, String> {
    let signing = ringed(row, |key| django::Key::new(key), django::Signing::new, django::Signing::and)?;
    let signing = signing.salt(row.text("salt").unwrap_or("django.core.signing")).compress(row.is("compressed"));
    Ok(match max_age(row) {
        Some(age) => signing.max_age(age),
        None => signing,
    })
}

fn starlette_sessions(row: Row<'_>) -> Result<starlette::Sessions, String> {
    let sessions = ringed(row, |key| starlette::Key::new(key), starlette::Sessions::new, starlette::Sessions::and)?;
    Ok(sessions.max_age(max_age(row)))
}

fn bottle_signer(row: Row<'_>) -> Result<bottle::Signer, String> {
    let signer = ringed(row, |key| bottle::Key::new(key), bottle::Signer::new, bottle::Signer::and)?;
    Ok(signer.digest(digest(row, Digest::Sha256)?))
}

fn express_signer(row: Row<'_>) -> Result<express::Signer, String> {
    ringed(row, |key| express::Key::new(key), express::Signer::new, express::Signer::and)
}

fn fastify_signer(row: Row<'_>) -> Result<fastify::Signer, String> {
    ringed(row, |key| fastify::Key::new(key), fastify::Signer::new, fastify::Signer::and)
}

fn hono_signer(row: Row<'_>) -> Result<hono::Signer, String> {
    ringed(row, |key| hono::Key::new(key), hono::Signer::new, hono::Signer::and)
}

fn keygrip(row: Row<'_>) -> Result<keygrip::Keygrip, String> {
    let keygrip = ringed(row, |key| keygrip::Key::new(key), keygrip::Keygrip::new, keygrip::Keygrip::and)?;
    Ok(keygrip.digest(digest(row, Digest::Sha1)?))
}

fn cookie_key(row: Row<'_>) -> impl Fn(&[u8]) -> Result<cookie::Key, hardtack_compat::KeyError> {
    let derive = row.is("derive");
    move |octets| if derive { cookie::Key::derive_from(octets) } else { cookie::Key::new(octets) }
}

fn cookie_signed(row: Row<'_>) -> Result<cookie::Signed, String> {
    ringed(row, cookie_key(row), cookie::Signed::new, cookie::Signed::and)
}

fn cookie_private(row: Row<'_>) -> Result<cookie::Private, String> {
    ringed(row, cookie_key(row), cookie::Private::new, cookie::Private::and)
}

fn biscotti_signed(row: Row<'_>) -> Result<biscotti::Signed, String> {
    ringed(row, |key| biscotti::Key::new(key), biscotti::Signed::new, biscotti::Signed::and)
}

fn biscotti_encrypted(row: Row<'_>) -> Result<biscotti::Encrypted, String> {
    ringed(row, |key| biscotti::Key::new(key), biscotti::Encrypted::new, biscotti::Encrypted::and)
}

fn rails_key(row: Row<'_>) -> Result<impl Fn(&[u8]) -> Result<rails::Key, hardtack_compat::KeyError>, String> {
    let digest = match row.text("kdf") {
        None | Some("PBKDF2-HMAC-SHA256, 1000 rounds") => rails::KeyDigest::Sha256,
        Some("PBKDF2-HMAC-SHA1, 1000 rounds") => rails::KeyDigest::Sha1,
        Some(kdf) => return Err(format!("the derivation {kdf} is not known")),
    };
    Ok(move |octets: &[u8]| rails::Key::new(octets, digest))
}

/// What the keys of a row and its digests are told apart by.
fn rails_settings(row: Row<'_>) -> String {
    format!(
        "{} {:?} {:?}",
        row.0.get("key").map(Value::to_string).unwrap_or_default(),
        row.text("kdf"),
        row.text("digest")
    )
}

fn rails_signed(row: Row<'_>, keys: &mut Keys) -> Result<Rc<rails::SignedCookies>, String> {
    let settings = rails_settings(row);
    if let Some(cookies) = keys.signed.get(&settings) {
        return Ok(Rc::clone(cookies));
    }
    let cookies = ringed(row, rails_key(row)?, rails::SignedCookies::new, rails::SignedCookies::and)?;
    let cookies = Rc::new(cookies.digest(digest(row, Digest::Sha1)?).without_envelope(true));
    keys.signed.insert(settings, Rc::clone(&cookies));
    Ok(cookies)
}

fn rails_encrypted(row: Row<'_>, keys: &mut Keys) -> Result<Rc<rails::EncryptedCookies>, String> {
    let settings = rails_settings(row);
    if let Some(cookies) = keys.encrypted.get(&settings) {
        return Ok(Rc::clone(cookies));
    }
    let cookies = ringed(row, rails_key(row)?, rails::EncryptedCookies::new, rails::EncryptedCookies::and)?;
    let cookies = Rc::new(cookies.without_envelope(true));
    keys.encrypted.insert(settings, Rc::clone(&cookies));
    Ok(cookies)
}
