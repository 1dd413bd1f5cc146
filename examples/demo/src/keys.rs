//! The keys: of the environment, or made for this run.

use std::env::{self, VarError};

use hardtack::seal::Key;
use hardtack_compat::flask;
use thiserror::Error;

const SIGNING: &str = "DEMO_KEY";
const FLASK: &str = "DEMO_FLASK_SECRET_KEY";

/// Where the keys come from, for whoever asks the command for help.
pub const KEYS_HELP: &str = "\
Environment:
  DEMO_KEY               signs the license, 32 octets or more in hexadecimal: openssl rand -hex 32
  DEMO_FLASK_SECRET_KEY  signs the session; a Flask with this SECRET_KEY reads it

A key that is not given is made for this run: what it signed is void after the next start.";

/// What the applications sign with.
#[derive(Debug)]
#[non_exhaustive]
pub struct Keys {
    /// Signs the agreement to the license.
    pub signing: Key,
    /// Signs the session that Flask reads.
    pub flask: flask::Key,
}

/// Why there are no keys.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum KeysError {
    /// A key for the license that is none.
    #[error("DEMO_KEY: {0}")]
    Signing(hardtack::seal::KeyError),
    /// A key for the session that is none.
    #[error("DEMO_FLASK_SECRET_KEY: {0}")]
    Flask(hardtack_compat::KeyError),
    /// A variable that is no text.
    #[error("{0} is not UTF-8; write it in ASCII")]
    NotUtf8(&'static str),
    /// No randomness.
    #[error("the operating system gives no randomness: {0}")]
    NoRandomness(getrandom::Error),
}

impl Keys {
    /// Makes keys for this run.
    ///
    /// # Errors
    ///
    /// - an operating system that gives no randomness
    pub fn generate() -> Result<Self, KeysError> {
        Self::new(None, None)
    }

    /// Takes the keys that the environment has, and makes the others.
    ///
    /// # Errors
    ///
    /// - `DEMO_KEY` that is not hexadecimal, or of less than 32 octets
    /// - `DEMO_FLASK_SECRET_KEY` that is empty
    /// - either, if it is not UTF-8
    /// - an operating system that gives no randomness
    pub fn from_environment() -> Result<Self, KeysError> {
        let signing = variable(SIGNING)?;
        let flask = variable(FLASK)?;
        Self::new(signing.as_deref(), flask.as_deref())
    }

    /// Takes the keys that are given, and makes the others.
    ///
    /// # Errors
    ///
    /// Those of [`from_environment`](Self::from_environment).
    pub fn new(signing: Option<&str>, flask: Option<&str>) -> Result<Self, KeysError> {
        Ok(Self {
            signing: signing.map_or_else(Key::generate, Key::from_hex).map_err(KeysError::Signing)?,
            flask: if let Some(secret) = flask {
                flask::Key::new(secret)
            } else {
                let mut secret = [0; 32];
                getrandom::fill(&mut secret).map_err(KeysError::NoRandomness)?;
                flask::Key::new(secret)
            }
            .map_err(KeysError::Flask)?,
        })
    }
}

fn variable(name: &'static str) -> Result<Option<String>, KeysError> {
    match env::var(name) {
        Ok(text) => Ok(Some(text)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(KeysError::NotUtf8(name)),
    }
}
