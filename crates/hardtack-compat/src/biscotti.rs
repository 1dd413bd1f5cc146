//! The crate `biscotti`: the values that its processor signs and encrypts, under the same key.
//!
//! | type | text |
//! |---|---|
//! | [`Signed`] | base64url of HMAC-SHA-256 and the value |
//! | [`Encrypted`] | base64url of a nonce and AES-256-GCM-SIV |
//!
//! Both bind the cookie's name. **There is no time in either.**
//!
//! ```
//! use hardtack_compat::biscotti::{Encrypted, Key, Signed};
//!
//! # let octets = [7; 64];
//! let signed = Signed::new(Key::new(&octets)?);
//! let text = signed.sign("name", "hello")?;
//! assert_eq!(signed.open("name", &text)?.value(), "hello");
//! assert!(signed.open("another", &text).is_err());
//!
//! let encrypted = Encrypted::new(Key::new(&octets)?);
//! let text = encrypted.seal("name", "hello")?;
//! assert_eq!(encrypted.open("name", &text)?.value(), "hello");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::string::String;
use core::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::aead::Cipher;
use crate::cookie::open_nonce_first;
use crate::encoding::Base64;
use crate::error::{KeyError, OpenError, Part, PayloadError, SealError};
use crate::limits::Limits;
use crate::mac::Digest;
use crate::opened::Opened;
use crate::secret::{Ring, ring_and_limits};

/// A key of the crate `biscotti`: a master key, from which one that signs and one that encrypts are expanded.
///
/// It cannot be cloned, Debug does not show it, and its octets are overwritten when it is dropped.
pub struct Key {
    signed: Zeroizing<[u8; 32]>,
    encrypted: Zeroizing<[u8; 32]>,
}

impl Key {
    /// Takes the octets of `biscotti::Key::master`.
    ///
    /// # Errors
    ///
    /// - fewer than 32 octets
    pub fn new(master: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        let master = master.as_ref();
        let too_short = KeyError::TooShort { len: master.len(), min: 32 };
        let mut key = Self { signed: Zeroizing::new([0; 32]), encrypted: Zeroizing::new([0; 32]) };
        // The master key takes the place of what HKDF would have extracted (RFC 5869 section 3.3).
        let hkdf = Hkdf::<Sha256>::from_prk(master).map_err(|_| too_short)?;
        hkdf.expand(b"COOKIE;HMAC-SHA256", &mut *key.signed).map_err(|_| too_short)?;
        hkdf.expand(b"COOKIE;AEAD-AES-256-GCM-SIV", &mut *key.encrypted).map_err(|_| too_short)?;
        Ok(key)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// Values that are signed.
pub struct Signed {
    keys: Ring<Key>,
    limits: Limits,
}

impl Signed {
    /// Returns what signs as `biscotti` does; keys added with [`and`](Self::and) are its fallbacks.
    #[must_use]
    pub const fn new(key: Key) -> Self {
        Self { keys: Ring::new(key), limits: Limits::new() }
    }

    ring_and_limits!();

    /// Signs the value of a cookie of this name.
    ///
    /// # Errors
    ///
    /// - an empty value, which `biscotti` does not open
    /// - a name with a NUL, which would end it
    /// - a text longer than the [limits](Limits) allow
    pub fn sign(&self, name: &str, value: &str) -> Result<String, SealError> {
        if value.is_empty() {
            return Err(SealError::EmptyValue);
        }
        if let Some(offset) = name.find('\0') {
            return Err(SealError::InvalidByte { byte: 0, offset });
        }
        let tag = Digest::Sha256.sign(&*self.keys.writer.signed, &[name.as_bytes(), b"\0", value.as_bytes()]);
        self.limits.written(Base64::Url.encode(&[&tag, value.as_bytes()].concat()))
    }

    /// Opens the text of a cookie of this name.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    /// - a text that is not canonical base64 of at least 33 octets
    /// - a text that no key of the ring signed for this name
    /// - an authentic text whose value is not UTF-8
    pub fn open(&self, name: &str, text: &str) -> Result<Opened<String>, OpenError> {
        self.limits.read(text)?;
        let malformed = OpenError::Malformed { part: Part::Signature };
        let octets = Base64::Url.decode(text).ok_or_else(|| malformed.clone())?;
        let (tag, value) = octets.split_first_chunk::<32>().filter(|(_, value)| !value.is_empty()).ok_or(malformed)?;
        let signed = [name.as_bytes(), b"\0", value];
        // A NUL in the name would let the rest of it be a part of the value.
        let verify = |key: &Key| !name.contains('\0') && Digest::Sha256.verify(&*key.signed, &signed, tag);
        let key = self.keys.verify(verify).ok_or(OpenError::NotAuthentic)?;
        Ok(Opened::new(String::from_utf8(value.into()).map_err(|_| PayloadError::NotUtf8)?, key))
    }
}

impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed").field("keys", &self.keys).finish_non_exhaustive()
    }
}

/// Values that are encrypted.
pub struct Encrypted {
    keys: Ring<Key>,
    limits: Limits,
}

impl Encrypted {
    /// Returns what encrypts as `biscotti` does; keys added with [`and`](Self::and) are its fallbacks.
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
        let sealed = Cipher::Aes256GcmSiv.seal(&self.keys.writer.encrypted, name.as_bytes(), value.as_bytes())?;
        self.limits.written(Base64::Url.encode(&[sealed.nonce.as_slice(), &sealed.octets].concat()))
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
        open_nonce_first(text, Base64::Url, &self.keys, |key, nonce, octets| {
            Cipher::Aes256GcmSiv.open(&key.encrypted, nonce, name.as_bytes(), octets)
        })
    }
}

impl fmt::Debug for Encrypted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encrypted").field("keys", &self.keys).finish_non_exhaustive()
    }
}
