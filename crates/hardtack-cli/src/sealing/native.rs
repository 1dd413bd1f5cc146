//! The forms of hardtack itself.

use core::time::Duration;

use hardtack::seal::{Key, KeyRing, OpenError, SealError, Sealer, Signer};

use crate::sealing::args::{Open, Seal};
use crate::sealing::form::Form;
use crate::sealing::keys::Keys;
use crate::sealing::opened::Opened;
use crate::status::Failure;

pub(crate) fn open(form: Form, open: &Open, keys: &Keys, text: &str) -> Result<Opened, Failure> {
    let (ring, name, now) = (ring(keys)?, open.settings.name.as_str(), open.settings.now());
    let opened = if form == Form::Signed {
        Signer::new(ring).open(name, text.as_bytes(), now)
    } else {
        Sealer::new(ring).open(name, text.as_bytes(), now)
    };
    let opened = opened.map_err(|error| Failure::Refused(format!("{error}; {}", remedy(&error))))?;
    Ok(Opened {
        value: opened.value.into_owned(),
        expires: opened.expires,
        written: None,
        needs_renewal: opened.needs_renewal,
    })
}

const fn remedy(error: &OpenError) -> &'static str {
    match error {
        OpenError::UnknownKey => "give the key that sealed it, too, by --key-file or --key-env",
        OpenError::NotAuthentic => "give the name of its cookie by --name, and the text as it was",
        OpenError::Expired => "open it as of an earlier time by --now DATE",
        _ => "give the whole text, and its form by --form",
    }
}

pub(crate) fn seal(seal: &Seal, keys: &Keys, value: &str) -> Result<String, Failure> {
    let (ring, name, now) = (ring(keys)?, seal.settings.name.as_str(), seal.settings.now());
    let lifetime = seal.lifetime.map(Duration::from_secs);
    let text = if seal.form == Form::Signed {
        let signer = Signer::new(ring);
        lifetime.map_or_else(|| signer.clone(), |lifetime| signer.clone().lifetime(lifetime)).seal(name, value, now)
    } else {
        let sealer = Sealer::new(ring);
        lifetime.map_or_else(|| sealer.clone(), |lifetime| sealer.clone().lifetime(lifetime)).seal(name, value, now)
    };
    text.map_err(|error| match error {
        SealError::EmptyName => Failure::Usage("a seal is bound to a cookie's name; give it by --name".to_owned()),
        error => Failure::usage(&error),
    })
}

/// The ids of keys, in hexadecimal digits.
pub(crate) fn ids(keys: &Keys) -> Result<Vec<String>, Failure> {
    keys.iter().map(|octets| Ok(base16ct::lower::encode_string(&key(octets)?.id()))).collect()
}

fn ring(keys: &Keys) -> Result<KeyRing, Failure> {
    let mut keys = keys.iter();
    // Whoever reads keys has found one.
    let mut ring = KeyRing::new(key(keys.next().map_or(&[], |octets| octets))?);
    for octets in keys {
        ring = ring.and(key(octets)?).map_err(|error| Failure::usage(&error))?;
    }
    Ok(ring)
}

fn key(octets: &[u8]) -> Result<Key, Failure> {
    Key::from_master(octets).map_err(|error| Failure::usage(&error))
}
