//! The forms of other frameworks.

use core::time::Duration;

use hardtack::value::{percent, quoted};
use hardtack_compat::itsdangerous::{Signer, TimestampSigner, UrlSafeSerializer, UrlSafeTimedSerializer};
use hardtack_compat::json::{Map, Value};
use hardtack_compat::{
    KeyError, OpenError, SealError, biscotti, bottle, cookie, django, express, fastify, flask, hono, itsdangerous,
    keygrip, rails, starlette,
};

use crate::sealing::args::{Digest, Open, Seal, Settings};
use crate::sealing::form::Form;
use crate::sealing::keys::Keys;
use crate::sealing::opened::Opened;
use crate::status::Failure;

/// What a form makes, with every key: the first seals, the others open.
macro_rules! ring {
    ($keys:expr, $key:expr, $new:expr) => {{
        let mut made = $keys.iter().map(|octets| $key(octets.as_slice()).map_err(|error| wrong_key(&error)));
        let mut all = ($new)(made.next().unwrap_or_else(|| $key(&[]).map_err(|error| wrong_key(&error)))?);
        for key in made {
            all = all.and(key?);
        }
        all
    }};
}

/// What a form makes, with a setting if it is given.
macro_rules! set {
    ($form:expr, $($setting:ident: $value:expr),*) => {{
        let mut form = $form;
        $(
            if let Some(value) = $value {
                form = form.$setting(value);
            }
        )*
        form
    }};
}

fn wrong_key(error: &KeyError) -> Failure {
    Failure::Usage(format!("{error}; give a longer one, or say how it is written by --key-form"))
}

impl From<Digest> for hardtack_compat::Digest {
    fn from(digest: Digest) -> Self {
        match digest {
            Digest::Sha1 => Self::Sha1,
            Digest::Sha256 => Self::Sha256,
            Digest::Sha512 => Self::Sha512,
        }
    }
}

/// A form and its keys.
enum Reader {
    Flask(flask::Sessions),
    DjangoCookie(django::SignedCookies),
    DjangoSigning(django::Signing),
    Starlette(starlette::Sessions),
    Signer(Signer),
    Timed(TimestampSigner),
    Json(UrlSafeSerializer),
    TimedJson(UrlSafeTimedSerializer),
    Bottle(bottle::Signer),
    Express(express::Signer),
    Fastify(fastify::Signer),
    Hono(hono::Signer),
    Keygrip(keygrip::Keygrip),
    RailsSigned(rails::SignedCookies),
    RailsEncrypted(rails::EncryptedCookies),
    CookieSigned(cookie::Signed),
    CookiePrivate(cookie::Private),
    BiscottiSigned(biscotti::Signed),
    BiscottiEncrypted(biscotti::Encrypted),
}

impl Reader {
    fn new(form: Form, settings: &Settings, keys: &Keys, max_age: Option<u64>) -> Result<Self, Failure> {
        let (salt, max_age) = (settings.salt.as_deref(), max_age.map(Duration::from_secs));
        let digest = settings.digest.map(hardtack_compat::Digest::from);
        let key_digest = match settings.key_digest {
            Digest::Sha1 => rails::KeyDigest::Sha1,
            Digest::Sha256 => rails::KeyDigest::Sha256,
            Digest::Sha512 => {
                return Err(Failure::Usage("Rails derives by sha1 or sha256; give --key-digest so".into()));
            }
        };
        let rails_key = |octets: &[u8]| rails::Key::new(octets, key_digest);
        let cookie_key =
            |octets: &[u8]| if settings.derive { cookie::Key::derive_from(octets) } else { cookie::Key::new(octets) };
        let its = |octets: &[u8]| itsdangerous::Key::new(octets);
        let dj = |octets: &[u8]| django::Key::new(octets);
        Ok(match form {
            Form::Flask => {
                let all = ring!(keys, |octets: &[u8]| flask::Key::new(octets), flask::Sessions::new);
                Self::Flask(set!(all, salt: salt, lifetime: max_age))
            }
            Form::DjangoCookie => {
                Self::DjangoCookie(set!(ring!(keys, dj, django::SignedCookies::new), salt: salt, max_age: max_age))
            }
            Form::DjangoSigning => {
                Self::DjangoSigning(set!(ring!(keys, dj, django::Signing::new), salt: salt, max_age: max_age))
            }
            Form::Starlette => {
                let all = ring!(keys, |octets: &[u8]| starlette::Key::new(octets), starlette::Sessions::new);
                Self::Starlette(set!(all, max_age: max_age.map(Some)))
            }
            Form::Itsdangerous => Self::Signer(set!(ring!(keys, its, Signer::new), salt: salt, digest: digest)),
            Form::ItsdangerousTimed => {
                let all = ring!(keys, its, TimestampSigner::new);
                Self::Timed(set!(all, salt: salt, digest: digest, max_age: max_age))
            }
            Form::ItsdangerousJson => {
                Self::Json(set!(ring!(keys, its, UrlSafeSerializer::new), salt: salt, digest: digest))
            }
            Form::ItsdangerousTimedJson => {
                let all = ring!(keys, its, UrlSafeTimedSerializer::new);
                Self::TimedJson(set!(all, salt: salt, digest: digest, max_age: max_age))
            }
            Form::Bottle => {
                let all = ring!(keys, |octets: &[u8]| bottle::Key::new(octets), bottle::Signer::new);
                Self::Bottle(set!(all, digest: digest))
            }
            Form::Express => {
                Self::Express(ring!(keys, |octets: &[u8]| express::Key::new(octets), express::Signer::new))
            }
            Form::Fastify => {
                Self::Fastify(ring!(keys, |octets: &[u8]| fastify::Key::new(octets), fastify::Signer::new))
            }
            Form::Hono => Self::Hono(ring!(keys, |octets: &[u8]| hono::Key::new(octets), hono::Signer::new)),
            Form::Keygrip => {
                let all = ring!(keys, |octets: &[u8]| keygrip::Key::new(octets), keygrip::Keygrip::new);
                Self::Keygrip(set!(all, digest: digest))
            }
            Form::RailsSigned => {
                Self::RailsSigned(set!(ring!(keys, rails_key, rails::SignedCookies::new), digest: digest))
            }
            Form::RailsEncrypted => Self::RailsEncrypted(ring!(keys, rails_key, rails::EncryptedCookies::new)),
            Form::CookieSigned => Self::CookieSigned(ring!(keys, cookie_key, cookie::Signed::new)),
            Form::CookiePrivate => Self::CookiePrivate(ring!(keys, cookie_key, cookie::Private::new)),
            Form::BiscottiSigned => {
                Self::BiscottiSigned(ring!(keys, |octets: &[u8]| biscotti::Key::new(octets), biscotti::Signed::new))
            }
            Form::BiscottiEncrypted => Self::BiscottiEncrypted(ring!(
                keys,
                |octets: &[u8]| biscotti::Key::new(octets),
                biscotti::Encrypted::new
            )),
            Form::Encrypted | Form::Signed => {
                return Err(Failure::Usage("this form is hardtack's own; give --form of a framework".to_owned()));
            }
        })
    }

    fn open(&self, name: &str, text: &str, now: u64) -> Result<hardtack_compat::Opened<Vec<u8>>, OpenError> {
        let shown = |value: &dyn ToString| value.to_string().into_bytes();
        Ok(match self {
            Self::Flask(form) => {
                // What JSON has no word for is shown as Flask tags it.
                let opened = form.open(text, now)?;
                let tagged = flask::tag(opened.value()).map_err(|_| OpenError::NotAuthentic)?;
                opened.map(|_| shown(&tagged))
            }
            Self::DjangoCookie(form) => form.open(name, text, now)?.map(|value| value.as_bytes().to_vec()),
            Self::DjangoSigning(form) => form.open(text, now)?.map(|value| shown(&value)),
            Self::Starlette(form) => form.open(text, now)?.map(|session| shown(&Value::Map(session))),
            Self::Signer(form) => form.open(text)?.map(|value| value.as_bytes().to_vec()),
            Self::Timed(form) => form.open(text, now)?.map(|value| value.as_bytes().to_vec()),
            Self::Json(form) => form.open(text)?.map(|value| shown(&value)),
            Self::TimedJson(form) => form.open(text, now)?.map(|value| shown(&value)),
            Self::Bottle(form) => form.open(text)?,
            Self::Express(form) => form.open(text)?.map(|value| value.as_bytes().to_vec()),
            Self::Fastify(form) => form.open(text)?.map(|value| value.as_bytes().to_vec()),
            Self::Hono(form) => form.open(text)?.map(|value| value.as_bytes().to_vec()),
            Self::Keygrip(form) => form.open_field(name, text)?.map(|value| value.as_bytes().to_vec()),
            Self::RailsSigned(form) => form.open(name, text, now)?.map(|value| shown(&value)),
            Self::RailsEncrypted(form) => form.open(name, text, now)?.map(|value| shown(&value)),
            Self::CookieSigned(form) => form.open(text)?.map(|value| value.as_bytes().to_vec()),
            Self::CookiePrivate(form) => form.open(name, text)?.map(String::into_bytes),
            Self::BiscottiSigned(form) => form.open(name, text)?.map(String::into_bytes),
            Self::BiscottiEncrypted(form) => form.open(name, text)?.map(String::into_bytes),
        })
    }

    fn seal(&self, name: &str, value: &str, now: u64, expires: Option<u64>) -> Result<String, Failure> {
        Ok(match self {
            Self::Flask(form) => {
                let session = flask::untag(json(value)?).map_err(|error| Failure::usage(&error))?;
                sealed(form.sign(&session, now))?
            }
            Self::DjangoCookie(form) => in_quotes(sealed(form.sign(name, value, now))?),
            Self::DjangoSigning(form) => sealed(form.sign(&json(value)?, now))?,
            Self::Starlette(form) => sealed(form.sign(&map(value)?, now))?,
            Self::Signer(form) => sealed(form.sign(value))?,
            Self::Timed(form) => sealed(form.sign(value, now))?,
            Self::Json(form) => sealed(form.sign(&json(value)?))?,
            Self::TimedJson(form) => sealed(form.sign(&json(value)?, now))?,
            Self::Bottle(form) => in_quotes(sealed(form.sign(value.as_bytes()))?),
            Self::Express(form) => percent_encoded(&sealed(form.sign(value))?),
            Self::Fastify(form) => percent_encoded(&sealed(form.sign(value))?),
            Self::Hono(form) => percent_encoded(&sealed(form.sign(value))?),
            Self::Keygrip(form) => {
                let signature = sealed(form.sign(name, value))?;
                format!("{name}={value}; {name}.sig={signature}")
            }
            Self::RailsSigned(form) => percent_encoded(&sealed(form.sign(name, &json(value)?, expires))?),
            Self::RailsEncrypted(form) => percent_encoded(&sealed(form.seal(name, &json(value)?, expires))?),
            Self::CookieSigned(form) => sealed(form.sign(value))?,
            Self::CookiePrivate(form) => sealed(form.seal(name, value))?,
            Self::BiscottiSigned(form) => sealed(form.sign(name, value))?,
            Self::BiscottiEncrypted(form) => sealed(form.seal(name, value))?,
        })
    }
}

pub(crate) fn open(form: Form, open: &Open, keys: &Keys, text: &str) -> Result<Opened, Failure> {
    let reader = Reader::new(form, &open.settings, keys, open.max_age)?;
    needs_name(form, &open.settings)?;
    let opened = reader
        .open(&open.settings.name, text, open.settings.seconds())
        .map_err(|error| Failure::Refused(format!("{error}; {}", remedy(&error))))?;
    Ok(Opened {
        expires: None,
        written: opened.written_at(),
        needs_renewal: opened.needs_renewal(),
        value: opened.into_value(),
    })
}

pub(crate) fn seal(seal: &Seal, keys: &Keys, value: &str) -> Result<String, Failure> {
    let reader = Reader::new(seal.form, &seal.settings, keys, None)?;
    needs_name(seal.form, &seal.settings)?;
    let now = seal.settings.seconds();
    let rails = matches!(seal.form, Form::RailsSigned | Form::RailsEncrypted);
    if seal.lifetime.is_some() && !rails {
        return Err(Failure::Usage("this form holds no expiry; leave --lifetime out".to_owned()));
    }
    reader.seal(&seal.settings.name, value, now, seal.lifetime.map(|lifetime| now.saturating_add(lifetime)))
}

/// The forms that bind the cookie's name.
fn needs_name(form: Form, settings: &Settings) -> Result<(), Failure> {
    let bound = matches!(
        form,
        Form::DjangoCookie
            | Form::Keygrip
            | Form::RailsSigned
            | Form::RailsEncrypted
            | Form::CookiePrivate
            | Form::BiscottiSigned
            | Form::BiscottiEncrypted
    );
    if bound && settings.name.is_empty() {
        return Err(Failure::Usage("this form is bound to the cookie's name; give it by --name".to_owned()));
    }
    Ok(())
}

const fn remedy(error: &OpenError) -> &'static str {
    match error {
        OpenError::NotAuthentic => "give the key that made it, and its --name and --salt",
        OpenError::Expired => "open it as of an earlier time by --now DATE",
        OpenError::FromFuture => "correct the clock, or open it as of a later time by --now DATE",
        OpenError::OtherName => "give the name of its cookie by --name",
        OpenError::Payload(_) => "it is authentic, so that another --form of the same framework may read it",
        _ => "give the whole text, and its form by --form",
    }
}

fn sealed(text: Result<String, SealError>) -> Result<String, Failure> {
    text.map_err(|error| Failure::Usage(format!("{error}; choose another value or another --form")))
}

fn json(text: &str) -> Result<Value, Failure> {
    text.parse()
        .map_err(|_| Failure::Usage("the value of this form is JSON; write {\"user\":1} or \"text\"".to_owned()))
}

fn map(text: &str) -> Result<Map, Failure> {
    match json(text)? {
        Value::Map(map) => Ok(map),
        _ => Err(Failure::Usage("the value of this form is a JSON object; write {\"user\":1}".to_owned())),
    }
}

/// As frameworks of Node and Rails put it into the cookie.
fn percent_encoded(text: &str) -> String {
    percent::encode(text).into_owned()
}

/// As Python's frameworks put into the cookie what is not of plain characters.
fn in_quotes(text: String) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~:".contains(&byte);
    if text.bytes().all(plain) { text } else { quoted::encode(&text).into_owned() }
}
