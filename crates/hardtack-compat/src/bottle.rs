//! Bottle's signed cookies.
//!
//! `!signature?payload`, by HMAC-SHA-256 over the base64 of a pickle of `[name, value]`. On the wire it is always
//! quoted; `hardtack::value::quoted` undoes it.
//!
//! **A pickle is a program, and is never run here:** the payload is handed on as its octets. Two services that agree on
//! octets that are no pickle can use the form between them; Bottle itself answers those with an error.
//! **The cookie's name is not bound** but by what the payload says, and there is no time.
//!
//! ```
//! use hardtack_compat::bottle::{Key, Signer};
//!
//! let signer = Signer::new(Key::new("dev-secret-key")?);
//! let text = signer.sign(br#"["k","v"]"#)?;
//! assert_eq!(text, "!MGsI0d74sqxBHsQlmkIZoqigwi4zBXAhiG95jV1nRk8=?WyJrIiwidiJd");
//! assert_eq!(signer.open(&text)?.value(), br#"["k","v"]"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::encoding::Base64;
use crate::error::{OpenError, Part, PayloadError, SealError};
use crate::limits::Limits;
use crate::mac::Digest;
use crate::opened::Opened;
use crate::secret::{Ring, key, ring_and_limits};

key!(
    /// The `secret` of Bottle's `set_cookie` and `get_cookie`.
);

/// Signs and opens payloads.
pub struct Signer {
    keys: Ring<Key>,
    limits: Limits,
    digest: Digest,
}

impl Signer {
    /// Returns what Bottle uses unless it is told otherwise: SHA-256. Bottle has no ring; the older keys are for this
    /// side alone.
    #[must_use]
    pub const fn new(key: Key) -> Self {
        Self { keys: Ring::new(key), limits: Limits::new(), digest: Digest::Sha256 }
    }

    ring_and_limits!();

    /// Sets the digest of the signature: Bottle's argument `digestmod`.
    #[must_use]
    pub const fn digest(mut self, digest: Digest) -> Self {
        self.digest = digest;
        self
    }

    /// Signs a payload.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    pub fn sign(&self, payload: &[u8]) -> Result<String, SealError> {
        let message = Base64::Padded.encode(payload);
        let Key(secret) = &self.keys.writer;
        let tag = self.digest.sign(secret.octets(), &[message.as_bytes()]);
        self.limits.written(["!", &Base64::Padded.encode(&tag), "?", &message].concat())
    }

    /// Opens a text, and gives the payload's octets.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    /// - a text without `!`, or without a `?` behind a signature in its canonical form
    /// - a text that no key of the ring signed
    /// - an authentic text whose payload is not base64
    pub fn open(&self, text: &str) -> Result<Opened<Vec<u8>>, OpenError> {
        self.limits.read(text)?;
        let malformed = OpenError::Malformed { part: Part::Signature };
        let signed = text.strip_prefix('!').ok_or(OpenError::Malformed { part: Part::Prefix })?;
        let (signature, message) = signed.split_once('?').ok_or_else(|| malformed.clone())?;
        let tag = Base64::Padded.decode(signature).filter(|tag| tag.len() == self.digest.len()).ok_or(malformed)?;
        let key = self.keys.verify(|Key(secret)| self.digest.verify(secret.octets(), &[message.as_bytes()], &tag));
        let payload = || Base64::Padded.decode(message).ok_or(PayloadError::Base64);
        Ok(Opened::new((), key.ok_or(OpenError::NotAuthentic)?).try_map(|()| payload())?)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("keys", &self.keys).field("digest", &self.digest).finish_non_exhaustive()
    }
}
