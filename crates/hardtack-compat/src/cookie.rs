//! The crate `cookie`: the values of its `SignedJar` and `PrivateJar`, under the same key.
//!
//! | type | text | name bound |
//! |---|---|---|
//! | [`Signed`] | 44 characters of HMAC-SHA-256 in base64, then the value as it is | **no** |
//! | [`Private`] | base64 of a nonce and AES-256-GCM | yes |
//!
//! **There is no time in either,** and a signed text can be moved to another cookie of the same key.
//!
//! ```
//! use hardtack_compat::cookie::{Key, Private, Signed};
//!
//! # let octets = [7; 64];
//! let signed = Signed::new(Key::new(&octets)?);
//! let text = signed.sign("hello")?;
//! assert!(text.ends_with("=hello"));
//! assert_eq!(*signed.open(&text)?.value(), "hello");
//!
//! let private = Private::new(Key::new(&octets)?);
//! let text = private.seal("name", "hello")?;
//! assert_eq!(private.open("name", &text)?.value(), "hello");
//! assert!(private.open("another", &text).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::aead::{Cipher, NONCE, TAG};
use crate::encoding::Base64;
use crate::error::{KeyError, OpenError, Part, PayloadError, SealError};
use crate::limits::Limits;
use crate::mac::Digest;
use crate::opened::Opened;
use crate::secret::{Ring, ring_and_limits};

/// What the two keys are expanded from a master key with.
const INFO: &[u8] = b"COOKIE;SIGNED:HMAC-SHA256;PRIVATE:AEAD-AES-256-GCM";

/// A key of the crate `cookie`: 32 octets that sign, and 32 that encrypt.
///
/// It cannot be cloned, Debug does not show it, and its octets are overwritten when it is dropped.
pub struct Key {
    signed: Zeroizing<[u8; 32]>,
    private: Zeroizing<[u8; 32]>,
}

impl Key {
    /// Takes the octets of `cookie::Key::from`; those behind the first 64 are not used.
    ///
    /// # Errors
    ///
    /// - fewer than 64 octets
    pub fn new(octets: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        let octets = octets.as_ref();
        let too_short = KeyError::TooShort { len: octets.len(), min: 64 };
        let (signed, rest) = octets.split_first_chunk().ok_or(too_short)?;
        let (private, _) = rest.split_first_chunk().ok_or(too_short)?;
        Ok(Self { signed: Zeroizing::new(*signed), private: Zeroizing::new(*private) })
    }

    /// Derives a key from a master key, as `cookie::Key::derive_from` does.
    ///
    /// # Errors
    ///
    /// - fewer than 32 octets
    pub fn derive_from(master: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        let master = master.as_ref();
        let too_short = KeyError::TooShort { len: master.len(), min: 32 };
        let mut octets = Zeroizing::new([0; 64]);
        // The master key takes the place of what HKDF would have extracted (RFC 5869 section 3.3).
        let hkdf = Hkdf::<Sha256>::from_prk(master).map_err(|_| too_short)?;
        hkdf.expand(INFO, &mut *octets).map_err(|_| too_short)?;
        Self::new(*octets)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// Characters of a signature.
const SIGNATURE: usize = 44;

/// The values of `SignedJar`.
pub struct Signed {
    keys: Ring<Key>,
    limits: Limits,
}

impl Signed {
    /// Returns what signs as `SignedJar` does. The crate has no ring; the older keys are for this side alone.
    #[must_use]
    pub const fn new(key: Key) -> Self {
        Self { keys: Ring::new(key), limits: Limits::new() }
    }

    ring_and_limits!();

    /// Signs a value.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    pub fn sign(&self, value: &str) -> Result<String, SealError> {
        let tag = Digest::Sha256.sign(&*self.keys.writer.signed, &[value.as_bytes()]);
        self.limits.written([&Base64::Padded.encode(&tag), value].concat())
    }

    /// Opens a text.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    /// - a text that does not begin with 44 characters of canonical base64
    /// - a text that no key of the ring signed
    pub fn open<'t>(&self, text: &'t str) -> Result<Opened<&'t str>, OpenError> {
        self.limits.read(text)?;
        let malformed = OpenError::Malformed { part: Part::Signature };
        let (signature, value) = text.split_at_checked(SIGNATURE).ok_or_else(|| malformed.clone())?;
        let tag = Base64::Padded.decode(signature).ok_or(malformed)?;
        let key = self.keys.verify(|key| Digest::Sha256.verify(&*key.signed, &[value.as_bytes()], &tag));
        Ok(Opened::new(value, key.ok_or(OpenError::NotAuthentic)?))
    }
}

impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed").field("keys", &self.keys).finish_non_exhaustive()
    }
}

/// The values of `PrivateJar`.
pub struct Private {
    keys: Ring<Key>,
    limits: Limits,
}

impl Private {
    /// Returns what encrypts as `PrivateJar` does. The crate has no ring; the older keys are for this side alone.
    #[must_use]
    pub const fn new(key: Key) -> Self {
        Self { keys: Ring::new(key), limits: Limits::new() }
    }

    ring_and_limits!();

    /// Encrypts the value of a cookie of this name.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    /// - an operating system that gives no random octets
    pub fn seal(&self, name: &str, value: &str) -> Result<String, SealError> {
        let sealed = Cipher::Aes256Gcm.seal(&self.keys.writer.private, name.as_bytes(), value.as_bytes())?;
        self.limits.written(Base64::Padded.encode(&[sealed.nonce.as_slice(), &sealed.octets].concat()))
    }

    /// Opens the text of a cookie of this name.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    /// - a text that is not canonical base64 of at least 28 octets
    /// - a text that no key of the ring encrypted for this name
    /// - an authentic text whose value is not UTF-8
    pub fn open(&self, name: &str, text: &str) -> Result<Opened<String>, OpenError> {
        self.limits.read(text)?;
        open_nonce_first(text, Base64::Padded, &self.keys, |key, nonce, octets| {
            Cipher::Aes256Gcm.open(&key.private, nonce, name.as_bytes(), octets)
        })
    }
}

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Private").field("keys", &self.keys).finish_non_exhaustive()
    }
}

/// Opens base64 of a nonce and what was encrypted under it.
pub(crate) fn open_nonce_first<K>(
    text: &str,
    alphabet: Base64,
    keys: &Ring<K>,
    open: impl Fn(&K, [u8; NONCE], &[u8]) -> Option<Vec<u8>>,
) -> Result<Opened<String>, OpenError> {
    let octets = alphabet.decode(text).filter(|octets| octets.len() >= NONCE + TAG);
    let malformed = OpenError::Malformed { part: Part::Ciphertext };
    let octets = octets.ok_or_else(|| malformed.clone())?;
    let (nonce, octets) = octets.split_first_chunk().ok_or(malformed)?;
    let (key, value) = keys.open(|key| open(key, *nonce, octets)).ok_or(OpenError::NotAuthentic)?;
    Ok(Opened::new(String::from_utf8(value).map_err(|_| PayloadError::NotUtf8)?, key))
}
