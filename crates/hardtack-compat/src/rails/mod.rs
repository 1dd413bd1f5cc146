//! Rails' signed and encrypted cookies, with the JSON serializer.
//!
//! | type | text | key |
//! |---|---|---|
//! | [`SignedCookies`] | `envelope--signature`: base64, and HMAC in hexadecimal | 64 octets |
//! | [`EncryptedCookies`] | `ciphertext--nonce--tag`: AES-256-GCM, each part base64 | 32 octets |
//!
//! Both are derived from `secret_key_base` by PBKDF2 of 1000 rounds, once, by a [`Key`]. The envelope binds the cookie's
//! name and holds when it expires. Before, Rails wrote no envelope: that is read only where `without_envelope` asks for
//! it, and **binds neither name nor time**. What the serializers `marshal` and `hybrid` wrote is no JSON and is refused.
//! On the wire the text is percent-encoded.
//!
//! ```
//! use hardtack_compat::rails::{EncryptedCookies, Key, KeyDigest};
//!
//! let key = Key::new("dev-secret-key", KeyDigest::Sha256)?;
//! let cookies = EncryptedCookies::new(key);
//! let text = cookies.seal("session", &"v".into(), Some(1_700_003_600))?;
//! let opened = cookies.open("session", &text, 1_700_003_599)?;
//! assert_eq!(opened.value().as_str(), Some("v"));
//! assert!(cookies.open("session", &text, 1_700_003_600).is_err(), "expired");
//! assert!(cookies.open("another", &text, 1_700_003_599).is_err(), "of another name");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::string::String;
use core::fmt;

use sha1::Sha1;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::aead::{Cipher, NONCE, TAG};
use crate::encoding::{Base64, hex, unhex};
use crate::error::{KeyError, OpenError, Part, SealError};
use crate::json::Value;
use crate::json::write::{Style, write};
use crate::limits::Limits;
use crate::mac::Digest;
use crate::opened::Opened;
use crate::rails::envelope::{unwrap, wrap};
use crate::secret::{Ring, ring_and_limits};

mod envelope;

/// The digest by which Rails derives keys: `config.active_support.key_generator_hash_digest_class`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyDigest {
    /// SHA-1, before the defaults of Rails 7.0.
    Sha1,
    /// SHA-256, since the defaults of Rails 7.0.
    Sha256,
}

/// Rounds of PBKDF2.
const ROUNDS: u32 = 1000;

/// The keys that come from one `secret_key_base`: one signs, another encrypts.
///
/// It cannot be cloned, Debug does not show it, and its octets are overwritten when it is dropped.
pub struct Key {
    signed: Zeroizing<[u8; 64]>,
    encrypted: Zeroizing<[u8; 32]>,
}

impl Key {
    /// Derives the keys, by up to 6000 rounds of an HMAC: once a program, not once a request.
    ///
    /// # Errors
    ///
    /// - an empty secret
    pub fn new(secret_key_base: impl AsRef<[u8]>, digest: KeyDigest) -> Result<Self, KeyError> {
        let secret = secret_key_base.as_ref();
        if secret.is_empty() {
            return Err(KeyError::TooShort { len: 0, min: 1 });
        }
        let derive = match digest {
            KeyDigest::Sha1 => pbkdf2::pbkdf2_hmac::<Sha1>,
            KeyDigest::Sha256 => pbkdf2::pbkdf2_hmac::<Sha256>,
        };
        let mut key = Self { signed: Zeroizing::new([0; 64]), encrypted: Zeroizing::new([0; 32]) };
        derive(secret, b"signed cookie", ROUNDS, &mut *key.signed);
        derive(secret, b"authenticated encrypted cookie", ROUNDS, &mut *key.encrypted);
        Ok(key)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// `cookies.signed`.
///
/// ```
/// use hardtack_compat::rails::{Key, KeyDigest, SignedCookies};
///
/// let cookies = SignedCookies::new(Key::new("dev-secret-key", KeyDigest::Sha256)?);
/// let text = cookies.sign("user", &7.into(), None)?;
/// assert_eq!(cookies.open("user", &text, 0)?.value().to_string(), "7");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SignedCookies {
    keys: Ring<Key>,
    limits: Limits,
    digest: Digest,
    without_envelope: bool,
}

impl SignedCookies {
    /// Returns what Rails uses unless it is told otherwise: SHA-1 for the signature, and envelopes only.
    #[must_use]
    pub const fn new(key: Key) -> Self {
        Self { keys: Ring::new(key), limits: Limits::new(), digest: Digest::Sha1, without_envelope: false }
    }

    ring_and_limits!();

    /// Sets the digest of the signature: `config.action_dispatch.signed_cookie_digest`.
    #[must_use]
    pub const fn digest(mut self, digest: Digest) -> Self {
        self.digest = digest;
        self
    }

    /// Sets whether texts without envelope are read, too; they need renewal.
    #[must_use]
    pub const fn without_envelope(mut self, read: bool) -> Self {
        self.without_envelope = read;
        self
    }

    /// Signs the value of a cookie of this name, which expires at a time in Unix seconds or never.
    ///
    /// # Errors
    ///
    /// - a value nested deeper, or a text longer than the [limits](Limits) allow
    /// - a time beyond the year 9999
    pub fn sign(&self, name: &str, value: &Value, expires: Option<u64>) -> Result<String, SealError> {
        self.sign_payload(&wrap(name, value, expires, &self.limits)?)
    }

    /// Signs a value without envelope, for a Rails before 5.2. **Neither name nor time is bound.**
    ///
    /// # Errors
    ///
    /// - a value nested deeper, or a text longer than the [limits](Limits) allow
    pub fn sign_without_envelope(&self, value: &Value) -> Result<String, SealError> {
        self.sign_payload(&write(value, Style::Html, &self.limits)?)
    }

    fn sign_payload(&self, payload: &str) -> Result<String, SealError> {
        let signed = Base64::Padded.encode(payload.as_bytes());
        let tag = self.digest.sign(&*self.keys.writer.signed, &[signed.as_bytes()]);
        self.limits.written([&signed, "--", &hex(&tag)].concat())
    }

    /// Opens the text of a cookie of this name at `now`, in Unix seconds.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    /// - a signature that is missing, is not 40 digits (SHA-1) in lower case, or that no key of the ring made
    /// - an authentic text for another name, or that has expired
    /// - an authentic text whose payload is not base64 of an envelope of JSON, or is none at all and
    ///   [`without_envelope`](Self::without_envelope) was not called
    pub fn open(&self, name: &str, text: &str, now: u64) -> Result<Opened<Value>, OpenError> {
        self.limits.read(text)?;
        let malformed = OpenError::Malformed { part: Part::Signature };
        let (signed, signature) = text.rsplit_once("--").ok_or_else(|| malformed.clone())?;
        let tag = unhex(signature).filter(|tag| tag.len() == self.digest.len()).ok_or(malformed)?;
        let key = self.keys.verify(|key| self.digest.verify(&*key.signed, &[signed.as_bytes()], &tag));
        let key = key.ok_or(OpenError::NotAuthentic)?;
        let payload = Base64::Padded.decode(signed).ok_or(crate::error::PayloadError::Base64)?;
        unwrap(&payload, key, name, now, self.without_envelope, &self.limits)
    }
}

impl fmt::Debug for SignedCookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedCookies").field("keys", &self.keys).field("digest", &self.digest).finish_non_exhaustive()
    }
}

/// `cookies.encrypted`, and the session of `ActionDispatch::Session::CookieStore`.
pub struct EncryptedCookies {
    keys: Ring<Key>,
    limits: Limits,
    without_envelope: bool,
}

impl EncryptedCookies {
    /// Returns what Rails uses since the defaults of 5.2: AES-256-GCM; and envelopes only.
    #[must_use]
    pub const fn new(key: Key) -> Self {
        Self { keys: Ring::new(key), limits: Limits::new(), without_envelope: false }
    }

    ring_and_limits!();

    /// Sets whether texts without envelope are read, too; they need renewal.
    #[must_use]
    pub const fn without_envelope(mut self, read: bool) -> Self {
        self.without_envelope = read;
        self
    }

    /// Encrypts the value of a cookie of this name, which expires at a time in Unix seconds or never.
    ///
    /// # Errors
    ///
    /// - a value nested deeper, or a text longer than the [limits](Limits) allow
    /// - a time beyond the year 9999
    /// - an operating system that gives no random octets
    pub fn seal(&self, name: &str, value: &Value, expires: Option<u64>) -> Result<String, SealError> {
        let envelope = wrap(name, value, expires, &self.limits)?;
        let sealed = Cipher::Aes256Gcm.seal(&self.keys.writer.encrypted, b"", envelope.as_bytes())?;
        let (octets, tag) = sealed.octets.split_last_chunk::<TAG>().unwrap_or((&[], &[0; TAG]));
        let parts = [octets, &sealed.nonce, tag].map(|part| Base64::Padded.encode(part));
        self.limits.written(parts.join("--"))
    }

    /// Opens the text of a cookie of this name at `now`, in Unix seconds.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    /// - a text of more or fewer parts than three, each of them base64, with a nonce of 12 octets and a tag of 16
    /// - a text that no key of the ring encrypted
    /// - the rest of those of [`SignedCookies::open`]
    pub fn open(&self, name: &str, text: &str, now: u64) -> Result<Opened<Value>, OpenError> {
        self.limits.read(text)?;
        let malformed = |part| OpenError::Malformed { part };
        let mut parts = text.split("--");
        let mut next = |part| parts.next().and_then(|text| Base64::Padded.decode(text)).ok_or(malformed(part));
        let mut octets = next(Part::Ciphertext)?;
        let nonce: [u8; NONCE] = next(Part::Nonce)?.try_into().map_err(|_| malformed(Part::Nonce))?;
        let tag: [u8; TAG] = next(Part::Tag)?.try_into().map_err(|_| malformed(Part::Tag))?;
        if parts.next().is_some() {
            return Err(malformed(Part::Tag));
        }
        octets.extend(tag);
        let opened = self.keys.open(|key| Cipher::Aes256Gcm.open(&key.encrypted, nonce, b"", &octets));
        let (key, envelope) = opened.ok_or(OpenError::NotAuthentic)?;
        unwrap(&envelope, key, name, now, self.without_envelope, &self.limits)
    }
}

impl fmt::Debug for EncryptedCookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncryptedCookies").field("keys", &self.keys).finish_non_exhaustive()
    }
}
