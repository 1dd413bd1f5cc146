//! A key: a master secret, turned into the state of a MAC and of a cipher at once.

use alloc::boxed::Box;
use alloc::vec;
use core::fmt;

use aes_gcm_siv::{Aes256GcmSiv, KeyInit};
use base64ct::{Base64, Base64Unpadded, Base64Url, Base64UrlUnpadded, Encoding};
use hkdf::Hkdf;
use hmac::Hmac;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::seal::error::KeyError;
use crate::seal::head::KeyId;
use crate::seal::random;

/// The fewest octets of a master secret.
const MIN_MASTER_LEN: usize = 32;

/// A key that signs and encrypts.
///
/// It is made from a master secret of at least 32 random octets, by HKDF-SHA-256: a key to sign with, another to
/// encrypt with, and an id that sealed values carry. Servers that share the secret share the key. Make the secret once,
/// with `openssl rand -hex 32`, and keep it where secrets are kept.
///
/// A key cannot be copied or shown. When it is dropped, its memory is overwritten.
///
/// ```
/// use hardtack::seal::{Key, KeyError};
///
/// let secret = "8f2b6d1c0a9e4f73b5d8e2a1c6f0947d3b8e5a2c1f7d6094e8b3a5c2d1f07e96";
/// let key = Key::from_hex(secret)?;
/// assert_eq!(format!("{key:?}"), "Key(..)");
///
/// let refused = Key::from_hex("8f2b6d1c").unwrap_err();
/// assert_eq!(refused, KeyError::TooShort { len: 4, min: 32 });
/// # Ok::<(), KeyError>(())
/// ```
///
/// ```compile_fail,E0599
/// # use hardtack::seal::Key;
/// let copy = Key::generate().unwrap().clone();
/// ```
// In a box, so that moving a key leaves no copy of it behind.
pub struct Key(Box<Keyed>);

/// Each state overwrites itself when it is dropped, by the feature `zeroize` of its crate.
struct Keyed {
    id: KeyId,
    signing: Hmac<Sha256>,
    sealing: Aes256GcmSiv,
}

impl Key {
    /// Makes a key that no one else has, from the randomness of the operating system.
    ///
    /// It cannot be written down: what it sealed opens until the process ends. For tests, and for values that need live
    /// no longer.
    ///
    /// # Errors
    ///
    /// [`KeyError::NoRandomness`] where the operating system gives none, or there is none.
    ///
    /// ```
    /// use hardtack::seal::Key;
    ///
    /// assert_ne!(Key::generate()?.id(), Key::generate()?.id());
    /// # Ok::<(), hardtack::seal::KeyError>(())
    /// ```
    pub fn generate() -> Result<Self, KeyError> {
        let mut master = Zeroizing::new([0; MIN_MASTER_LEN]);
        random::fill(master.as_mut()).ok_or(KeyError::NoRandomness)?;
        Self::from_master(master.as_ref())
    }

    /// Makes the key of a master secret.
    ///
    /// The secret is to be random: a password is none.
    ///
    /// # Errors
    ///
    /// [`KeyError::TooShort`] for fewer than 32 octets.
    ///
    /// ```
    /// use hardtack::seal::Key;
    ///
    /// let secret = [0x5A; 32]; // read from where secrets are kept
    /// assert_eq!(Key::from_master(&secret)?.id(), Key::from_master(&secret)?.id());
    /// # Ok::<(), hardtack::seal::KeyError>(())
    /// ```
    pub fn from_master(master: &[u8]) -> Result<Self, KeyError> {
        if master.len() < MIN_MASTER_LEN {
            return Err(KeyError::TooShort { len: master.len(), min: MIN_MASTER_LEN });
        }
        let secrets = Hkdf::<Sha256>::new(None, master);
        let signing = expand::<32>(&secrets, b"hardtack v1 signed");
        let sealing = expand::<32>(&secrets, b"hardtack v1 encrypted");
        Ok(Self(Box::new(Keyed {
            id: *expand(&secrets, b"hardtack v1 key id"),
            signing: hmac(&signing),
            sealing: Aes256GcmSiv::new((&*sealing).into()),
        })))
    }

    /// Makes the key of a master secret in hexadecimal, in either letter case; white space around it does not matter.
    ///
    /// The time it takes tells nothing of the secret but its length.
    ///
    /// # Errors
    ///
    /// - [`KeyError::NotHex`] for an odd number of digits, and for anything else than digits
    /// - [`KeyError::TooShort`] for fewer than 32 octets
    pub fn from_hex(master: &str) -> Result<Self, KeyError> {
        let master = master.trim_ascii();
        let mut octets = Zeroizing::new(vec![0; master.len() / 2]);
        let octets = base16ct::mixed::decode(master, &mut octets).map_err(|_| KeyError::NotHex)?;
        Self::from_master(octets)
    }

    /// Makes the key of a master secret in base64, in the standard or in the URL-safe alphabet, padded or not; white
    /// space around it does not matter.
    ///
    /// The time it takes tells nothing of the secret but its length and its alphabet.
    ///
    /// # Errors
    ///
    /// - [`KeyError::NotBase64`] for a character of neither alphabet, and for text that is cut off
    /// - [`KeyError::TooShort`] for fewer than 32 octets
    ///
    /// ```
    /// use hardtack::seal::Key;
    ///
    /// let standard = Key::from_base64("+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/8=\n")?;
    /// let url_safe = Key::from_base64("-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_8")?;
    /// assert_eq!(standard.id(), url_safe.id());
    /// # Ok::<(), hardtack::seal::KeyError>(())
    /// ```
    pub fn from_base64(master: &str) -> Result<Self, KeyError> {
        let master = master.trim_ascii();
        for decode in [Base64::decode, Base64Unpadded::decode, Base64Url::decode, Base64UrlUnpadded::decode] {
            let mut octets = Zeroizing::new(vec![0; master.len()]);
            if let Ok(octets) = decode(master, &mut octets) {
                return Self::from_master(octets);
            }
        }
        Err(KeyError::NotBase64)
    }

    /// Returns the id that sealed values carry, by which a ring finds the key; it tells nothing of the secret.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.0.id
    }

    /// The MAC, keyed.
    pub(crate) fn signing(&self) -> Hmac<Sha256> {
        self.0.signing.clone()
    }

    /// The cipher, keyed.
    pub(crate) fn sealing(&self) -> &Aes256GcmSiv {
        &self.0.sealing
    }
}

#[expect(clippy::expect_used, reason = "HKDF-SHA-256 gives up to 8160 octets (RFC 5869 section 2.3)")]
fn expand<const N: usize>(secrets: &Hkdf<Sha256>, label: &[u8]) -> Zeroizing<[u8; N]> {
    const { assert!(N <= 255 * 32) };
    let mut octets = Zeroizing::new([0; N]);
    secrets.expand(label, octets.as_mut()).expect("so few octets");
    octets
}

#[expect(clippy::expect_used, reason = "a key of HMAC has any length (RFC 2104 section 2)")]
fn hmac(key: &[u8; 32]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("a key of any length")
}

/// Shows nothing.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}
