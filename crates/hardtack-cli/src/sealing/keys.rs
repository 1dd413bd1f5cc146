//! Keys, from files and from the environment, and never from the command line, which others may read.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use clap::{ArgMatches, Args, ValueEnum};
use zeroize::Zeroizing;

use crate::status::Failure;

/// Octets of keys: the first seals, all open.
pub(crate) type Keys = Vec<Zeroizing<Vec<u8>>>;

#[derive(Args)]
#[allow(clippy::struct_field_names, reason = "a field is named as its option")]
pub(crate) struct KeySources {
    /// A file that holds a key. The first key given seals, all open; a line's end behind it is none of it.
    #[arg(long, value_name = "FILE")]
    key_file: Vec<PathBuf>,

    /// An environment variable that holds a key, likewise.
    #[arg(long, value_name = "VARIABLE")]
    key_env: Vec<String>,

    /// How the keys are written: hardtack's own in hexadecimal digits or base64, those of frameworks as text unless
    /// this says otherwise.
    #[arg(long, value_enum)]
    key_form: Option<KeyForm>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KeyForm {
    /// The octets as they are.
    Text,
    /// Hexadecimal digits.
    Hex,
    /// Base64 of either alphabet.
    Base64,
}

impl KeySources {
    pub(crate) const fn is_empty(&self) -> bool {
        self.key_file.is_empty() && self.key_env.is_empty()
    }

    /// Reads the keys in the order they are named.
    pub(crate) fn read(&self, matches: &ArgMatches, native: bool) -> Result<Keys, Failure> {
        let places = |id: &str| matches.indices_of(id).into_iter().flatten().collect::<Vec<_>>();
        let mut keys = Vec::new();
        for (place, file) in places("key_file").into_iter().zip(&self.key_file) {
            let octets = std::fs::read(file).map_err(|error| Failure::unreadable(file, &error))?;
            keys.push((place, file.display().to_string(), Zeroizing::new(octets)));
        }
        for (place, variable) in places("key_env").into_iter().zip(&self.key_env) {
            let text = std::env::var_os(variable).ok_or_else(|| {
                Failure::Usage(format!(
                    "the environment variable {variable} is not set; set it, or give --key-file FILE"
                ))
            })?;
            keys.push((place, variable.clone(), Zeroizing::new(text.into_encoded_bytes())));
        }
        if keys.is_empty() {
            return Err(Failure::Usage(
                "there is no key; give --key-file FILE or --key-env VARIABLE, and make one by hardtack key".to_owned(),
            ));
        }
        keys.sort_unstable_by_key(|(place, ..)| *place);
        keys.into_iter().map(|(_, source, octets)| self.decode(&octets, native, &source)).collect()
    }

    fn decode(&self, octets: &[u8], native: bool, source: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let trimmed = octets.trim_ascii();
        let wrong = |what: &str| {
            Failure::Usage(format!(
                "the key in {source} is no {what}; correct it, or say how it is written by --key-form"
            ))
        };
        match self.key_form {
            Some(KeyForm::Text) => Ok(line(octets)),
            None if !native => Ok(line(octets)),
            Some(KeyForm::Hex) => hex(trimmed).ok_or_else(|| wrong("hexadecimal text")),
            Some(KeyForm::Base64) => base64(trimmed).ok_or_else(|| wrong("base64")),
            None => hex(trimmed).or_else(|| base64(trimmed)).ok_or_else(|| wrong("hexadecimal text and no base64")),
        }
    }
}

/// Without the end of the line that an editor or `echo` puts behind it.
fn line(octets: &[u8]) -> Zeroizing<Vec<u8>> {
    let line = octets.strip_suffix(b"\n").map_or(octets, |line| line.strip_suffix(b"\r").unwrap_or(line));
    Zeroizing::new(line.to_vec())
}

fn hex(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    base16ct::mixed::decode_vec(text).ok().map(Zeroizing::new)
}

fn base64(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let engines = [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD];
    engines.into_iter().find_map(|engine| engine.decode(text).ok()).map(Zeroizing::new)
}

/// A key from the randomness of the operating system, as text.
pub(crate) fn generate(octets: u16, as_base64: bool) -> Result<Zeroizing<String>, Failure> {
    let mut key = Zeroizing::new(vec![0; usize::from(octets)]);
    getrandom::fill(&mut key).map_err(|error| {
        Failure::Usage(format!("the operating system gives no randomness: {error}; make the key elsewhere"))
    })?;
    Ok(Zeroizing::new(if as_base64 { STANDARD.encode(&*key) } else { base16ct::lower::encode_string(&key) }))
}
