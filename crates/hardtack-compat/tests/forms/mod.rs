//! Every form behind one face, for the laws that all of them hold to.

use core::fmt::Debug;
use core::time::Duration;

use hardtack_compat::flask::Session;
use hardtack_compat::json::{Map, Value};
use hardtack_compat::{Digest, KeyError, OpenError, Opened, PayloadError, SealError};
use hardtack_compat::{
    biscotti, bottle, cookie, django, express, fastify, flask, hono, itsdangerous, keygrip, rails, starlette,
};

/// The cookie that everything is written for.
pub(crate) const NAME: &str = "session";

/// The key that writes, the older one, and one that is in no ring; 64 octets, as much as any form asks for.
pub(crate) const KEYS: [&str; 3] = [
    "the key that writes, secret-0123456789abcdefghijklmnopqrstuvwxyz",
    "the older key, a secret-0123456789-abcdefghijklmnopqrstuvwxyz-01",
    "a key of another, secret-0123456789-abcdefghijklmnopqrstuvwxyz-2",
];

/// Which of [`KEYS`] writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Writer,
    Older,
    Stranger,
}

/// A form, whose values are texts; where it holds JSON, a text in a map.
pub(crate) trait Form {
    fn name(&self) -> &'static str;

    /// How many seconds after it was written a text opens the last time, if it ages.
    fn last(&self) -> Option<u64>;

    fn write(&self, by: By, value: &str, now: u64) -> Result<String, SealError>;

    /// The value, and whether it should be written anew.
    fn open(&self, text: &str, now: u64) -> Result<(String, bool), OpenError>;

    /// Debug of what writes, and of what was opened.
    fn shown(&self, text: &str, now: u64) -> String;
}

struct Of<S, T> {
    name: &'static str,
    last: Option<u64>,
    ring: S,
    older: S,
    stranger: S,
    write: fn(&S, &str, u64) -> Result<String, SealError>,
    open: fn(&S, &str, u64) -> Result<Opened<T>, OpenError>,
    value: fn(T) -> Option<String>,
}

impl<S: Debug, T> Form for Of<S, T> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn last(&self) -> Option<u64> {
        self.last
    }

    fn write(&self, by: By, value: &str, now: u64) -> Result<String, SealError> {
        let signer = match by {
            By::Writer => &self.ring,
            By::Older => &self.older,
            By::Stranger => &self.stranger,
        };
        (self.write)(signer, value, now)
    }

    fn open(&self, text: &str, now: u64) -> Result<(String, bool), OpenError> {
        let opened = (self.open)(&self.ring, text, now)?;
        assert_eq!(opened.needs_renewal(), opened.key_index() > 0, "nothing here is of an older form");
        let renew = opened.needs_renewal();
        Ok(((self.value)(opened.into_value()).ok_or(PayloadError::Kind)?, renew))
    }

    fn shown(&self, text: &str, now: u64) -> String {
        format!("{:?} {:?}", self.ring, (self.open)(&self.ring, text, now))
    }
}

/// The older key is added by `and`, and what writes is made by `new` each time.
macro_rules! form {
    ($name:literal, $last:expr, $key:expr, $new:expr, $write:expr, $open:expr, $value:expr $(,)?) => {{
        let [writer, older, stranger] = KEYS.map(|key| ($new)(($key)(key).expect("a key")));
        let ring = writer.and(($key)(KEYS[1]).expect("a key"));
        Box::new(Of { name: $name, last: $last, ring, older, stranger, write: $write, open: $open, value: $value })
            as Box<dyn Form>
    }};
}

/// What was opened, of its own.
fn own(opened: Opened<&str>) -> Opened<String> {
    opened.map(str::to_owned)
}

/// The text that [`map`] put into JSON.
#[allow(clippy::needless_pass_by_value, reason = "as the others")]
fn in_map(map: Map) -> Option<String> {
    map.get("v").and_then(Value::as_str).map(str::to_owned)
}

fn map(value: &str) -> Map {
    [("v", Value::from(value))].into_iter().collect()
}

fn in_json(value: Value) -> Option<String> {
    if let Value::Map(map) = value { in_map(map) } else { None }
}

fn json(value: &str) -> Value {
    Value::Map(map(value))
}

#[allow(clippy::needless_pass_by_value, reason = "as the others")]
fn in_session(session: Session) -> Option<String> {
    session.get("v").and_then(flask::Value::as_str).map(str::to_owned)
}

#[allow(clippy::too_many_lines, clippy::expect_used, reason = "one entry a form")]
pub(crate) fn forms() -> Vec<Box<dyn Form>> {
    const HOUR: u64 = 3600;
    let rails_key = |key: &str| -> Result<rails::Key, KeyError> { rails::Key::new(key, rails::KeyDigest::Sha256) };
    vec![
        form!(
            "itsdangerous signer",
            None,
            itsdangerous::Key::new,
            |key| itsdangerous::Signer::new(key).digest(Digest::Sha512),
            |signer, value, _| signer.sign(value),
            |signer, text, _| signer.open(text).map(own),
            Some,
        ),
        form!(
            "itsdangerous timestamp signer",
            Some(HOUR),
            itsdangerous::Key::new,
            |key| itsdangerous::TimestampSigner::new(key).max_age(Duration::from_secs(HOUR)),
            itsdangerous::TimestampSigner::sign,
            |signer, text, now| signer.open(text, now).map(own),
            Some,
        ),
        form!(
            "itsdangerous serializer",
            None,
            itsdangerous::Key::new,
            |key| itsdangerous::UrlSafeSerializer::new(key).derivation(itsdangerous::Derivation::None),
            |signer, value, _| signer.sign(&json(value)),
            |signer, text, _| signer.open(text),
            in_json,
        ),
        form!(
            "itsdangerous timed serializer",
            Some(HOUR),
            itsdangerous::Key::new,
            |key| itsdangerous::UrlSafeTimedSerializer::new(key)
                .max_age(Duration::from_secs(HOUR))
                .derivation(itsdangerous::Derivation::Concat),
            |signer, value, now| signer.sign(&json(value), now),
            itsdangerous::UrlSafeTimedSerializer::open,
            in_json,
        ),
        form!(
            "flask",
            Some(31 * 24 * 3600),
            flask::Key::new,
            flask::Sessions::new,
            |signer, value, now| signer.sign(&[("v", flask::Value::from(value))].into_iter().collect(), now),
            flask::Sessions::open,
            in_session,
        ),
        form!(
            "django cookies",
            Some(HOUR),
            django::Key::new,
            |key| django::SignedCookies::new(key).salt("säl").max_age(Duration::from_secs(HOUR)),
            |signer, value, now| signer.sign(NAME, value, now),
            |signer, text, now| signer.open(NAME, text, now).map(own),
            Some,
        ),
        form!(
            "django signing",
            Some(HOUR),
            django::Key::new,
            |key| django::Signing::new(key).compress(true).max_age(Duration::from_secs(HOUR)),
            |signer, value, now| signer.sign(&json(value), now),
            django::Signing::open,
            in_json,
        ),
        form!(
            "starlette",
            Some(14 * 24 * 3600),
            starlette::Key::new,
            starlette::Sessions::new,
            |signer, value, now| signer.sign(&map(value), now),
            starlette::Sessions::open,
            in_map,
        ),
        form!(
            "bottle",
            None,
            bottle::Key::new,
            bottle::Signer::new,
            |signer, value, _| signer.sign(value.as_bytes()),
            |signer, text, _| signer.open(text),
            |octets| String::from_utf8(octets).ok(),
        ),
        form!(
            "express",
            None,
            express::Key::new,
            express::Signer::new,
            |signer, value, _| signer.sign(value),
            |signer, text, _| signer.open(text).map(own),
            Some,
        ),
        form!(
            "fastify",
            None,
            fastify::Key::new,
            fastify::Signer::new,
            |signer, value, _| signer.sign(value),
            |signer, text, _| signer.open(text).map(own),
            Some,
        ),
        form!(
            "hono",
            None,
            hono::Key::new,
            hono::Signer::new,
            |signer, value, _| signer.sign(value),
            |signer, text, _| signer.open(text).map(own),
            Some,
        ),
        form!(
            "keygrip",
            None,
            keygrip::Key::new,
            keygrip::Keygrip::new,
            |signer, value, _| Ok(format!("{NAME}={value}; {NAME}.sig={}", signer.sign(NAME, value)?)),
            |signer, text, _| signer.open_field(NAME, text).map(own),
            Some,
        ),
        form!(
            "rails signed",
            Some(HOUR - 1),
            rails_key,
            rails::SignedCookies::new,
            |signer, value, now| signer.sign(NAME, &json(value), Some(now + HOUR)),
            |signer, text, now| signer.open(NAME, text, now),
            in_json,
        ),
        form!(
            "rails encrypted",
            Some(HOUR - 1),
            rails_key,
            rails::EncryptedCookies::new,
            |signer, value, now| signer.seal(NAME, &json(value), Some(now + HOUR)),
            |signer, text, now| signer.open(NAME, text, now),
            in_json,
        ),
        form!(
            "cookie signed",
            None,
            cookie::Key::new,
            cookie::Signed::new,
            |signer, value, _| signer.sign(value),
            |signer, text, _| signer.open(text).map(own),
            Some,
        ),
        form!(
            "cookie private",
            None,
            cookie::Key::derive_from,
            cookie::Private::new,
            |signer, value, _| signer.seal(NAME, value),
            |signer, text, _| signer.open(NAME, text),
            Some,
        ),
        form!(
            "biscotti signed",
            None,
            biscotti::Key::new,
            biscotti::Signed::new,
            |signer, value, _| signer.sign(NAME, value),
            |signer, text, _| signer.open(NAME, text),
            Some,
        ),
        form!(
            "biscotti encrypted",
            None,
            biscotti::Key::new,
            biscotti::Encrypted::new,
            |signer, value, _| signer.seal(NAME, value),
            |signer, text, _| signer.open(NAME, text),
            Some,
        ),
    ]
}
