//! itsdangerous: `Signer`, `TimestampSigner`, `URLSafeSerializer` and `URLSafeTimedSerializer`.
//!
//! | type | text | time |
//! |---|---|---|
//! | [`Signer`] | `value.signature` | none |
//! | [`TimestampSigner`] | `value.time.signature` | written, and checked where a [maximum age](TimestampSigner::max_age) is set |
//! | [`UrlSafeSerializer`] | `payload.signature`, the payload JSON in base64, behind a `.` if it is compressed | none |
//! | [`UrlSafeTimedSerializer`] | `payload.time.signature` | as above |
//!
//! **The cookie's name is not bound:** a text can be moved to another cookie. Give each cookie a salt of its own.
//!
//! Python's list of keys begins with the oldest, and its last one signs. Here the key that writes comes first, and the
//! order of the others says nothing.
//!
//! ```
//! use core::time::Duration;
//! use hardtack_compat::OpenError;
//! use hardtack_compat::itsdangerous::{Key, TimestampSigner};
//!
//! let signer = TimestampSigner::new(Key::new("this year's")?)
//!     .and(Key::new("last year's")?)
//!     .salt("remember-me")
//!     .max_age(Duration::from_secs(3600));
//!
//! let text = signer.sign("31d4", 1_700_000_000)?;
//! let opened = signer.open(&text, 1_700_003_600)?;
//! assert_eq!(*opened.value(), "31d4");
//! assert!(!opened.needs_renewal());
//! assert_eq!(signer.open(&text, 1_700_003_601).unwrap_err(), OpenError::Expired);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The signature is compared after it was decoded as the one base64 text of its octets. Python's own readers are more
//! forgiving; they read everything that is written here.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use zeroize::Zeroizing;

pub use crate::itsdangerous::serializer::{UrlSafeSerializer, UrlSafeTimedSerializer};

use crate::encoding::{Base64, read_seconds, seconds};
use crate::error::{OpenError, Part, SealError};
use crate::limits::Limits;
use crate::mac::Digest;
use crate::opened::Opened;
use crate::secret::{Ring, key, ring_and_limits};

mod serializer;

key!(
    /// A secret key of itsdangerous.
);

/// How the key of the signature comes from the secret key and the salt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Derivation {
    /// `digest(salt ‖ "signer" ‖ key)`, itsdangerous's default.
    #[default]
    DjangoConcat,
    /// `digest(salt ‖ key)`.
    Concat,
    /// `HMAC(key, salt)`, as in Flask.
    Hmac,
    /// The secret key as it is, whatever the salt.
    None,
}

/// Signs text: `value.signature`.
///
/// **The name is not bound, and there is no time:** what was signed once opens for as long as the key is in the ring.
///
/// ```
/// use hardtack_compat::itsdangerous::{Key, Signer};
///
/// let signer = Signer::new(Key::new("secret-key")?);
/// assert_eq!(signer.sign("my string")?, "my string.wh6tMHxLgJqB6oY1uT73iMlyrOA");
/// assert_eq!(*signer.open("my string.wh6tMHxLgJqB6oY1uT73iMlyrOA")?.value(), "my string");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Signer {
    keys: Ring<Key>,
    pub(crate) limits: Limits,
    salt: Vec<u8>,
    derivation: Derivation,
    digest: Digest,
}

impl Signer {
    /// Returns a signer with itsdangerous's defaults: the salt `itsdangerous.Signer`, [`Derivation::DjangoConcat`] and
    /// SHA-1.
    #[must_use]
    pub fn new(key: Key) -> Self {
        Self {
            keys: Ring::new(key),
            limits: Limits::new(),
            salt: b"itsdangerous.Signer".into(),
            derivation: Derivation::DjangoConcat,
            digest: Digest::Sha1,
        }
    }

    ring_and_limits!();

    /// Sets the salt, which tells one use of a key from another.
    #[must_use]
    pub fn salt(mut self, salt: impl AsRef<[u8]>) -> Self {
        self.salt = salt.as_ref().into();
        self
    }

    /// Sets how the key of the signature is derived.
    #[must_use]
    pub const fn derivation(mut self, derivation: Derivation) -> Self {
        self.derivation = derivation;
        self
    }

    /// Sets the digest of signature and derivation.
    #[must_use]
    pub const fn digest(mut self, digest: Digest) -> Self {
        self.digest = digest;
        self
    }

    fn derive(&self, Key(secret): &Key) -> Zeroizing<Vec<u8>> {
        let key = secret.octets();
        match self.derivation {
            Derivation::DjangoConcat => self.digest.hash(&[&self.salt, b"signer", key]),
            Derivation::Concat => self.digest.hash(&[&self.salt, key]),
            Derivation::Hmac => Zeroizing::new(self.digest.sign(key, &[&self.salt])),
            Derivation::None => Zeroizing::new(key.into()),
        }
    }

    /// Signs a value.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    pub fn sign(&self, value: &str) -> Result<String, SealError> {
        let tag = self.digest.sign(&self.derive(&self.keys.writer), &[value.as_bytes()]);
        self.limits.written([value, ".", &Base64::Url.encode(&tag)].concat())
    }

    /// Opens a text.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    /// - `value`, `value.`, `value.c2ln`, `value.signature=`: no signature of the digest's length, or not its one text
    /// - a text that no key of the ring signed
    pub fn open<'t>(&self, text: &'t str) -> Result<Opened<&'t str>, OpenError> {
        self.limits.read(text)?;
        let malformed = OpenError::Malformed { part: Part::Signature };
        let (value, signature) = text.rsplit_once('.').ok_or_else(|| malformed.clone())?;
        let tag = Base64::Url.decode(signature).filter(|tag| tag.len() == self.digest.len()).ok_or(malformed)?;
        let verify = |key: &Key| self.digest.verify(&self.derive(key), &[value.as_bytes()], &tag);
        let key = self.keys.verify(verify).ok_or(OpenError::NotAuthentic)?;
        Ok(Opened::new(value, key))
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("keys", &self.keys)
            .field("derivation", &self.derivation)
            .field("digest", &self.digest)
            .finish_non_exhaustive()
    }
}

/// The settings of a signer, on what is built on one.
macro_rules! signer_settings {
    ($($inner:ident).+) => {
        /// Adds an older key, which reads but does not write.
        #[must_use]
        pub fn and(mut self, older: crate::itsdangerous::Key) -> Self {
            self.$($inner).+ = self.$($inner).+.and(older);
            self
        }

        /// Sets how much is read and written.
        #[must_use]
        pub fn limits(mut self, limits: crate::limits::Limits) -> Self {
            self.$($inner).+ = self.$($inner).+.limits(limits);
            self
        }

        /// Sets the salt, which tells one use of a key from another.
        #[must_use]
        pub fn salt(mut self, salt: impl AsRef<[u8]>) -> Self {
            self.$($inner).+ = self.$($inner).+.salt(salt);
            self
        }

        /// Sets how the key of the signature is derived.
        #[must_use]
        pub fn derivation(mut self, derivation: crate::itsdangerous::Derivation) -> Self {
            self.$($inner).+ = self.$($inner).+.derivation(derivation);
            self
        }

        /// Sets the digest of signature and derivation.
        #[must_use]
        pub fn digest(mut self, digest: crate::mac::Digest) -> Self {
            self.$($inner).+ = self.$($inner).+.digest(digest);
            self
        }
    };
}
pub(crate) use signer_settings;

/// Signs text together with the time: `value.time.signature`.
///
/// **The name is not bound.** The time is checked only where [`max_age`](Self::max_age) was called; then an age above it
/// and a time in the future are refused, as in Python.
///
/// ```
/// use hardtack_compat::itsdangerous::{Key, TimestampSigner};
///
/// let signer = TimestampSigner::new(Key::new("secret-key")?);
/// let text = signer.sign("foo", 1_700_000_000)?;
/// assert_eq!(text, "foo.ZVPxAA.IsOrIGtLkuP2keI23m0UgRvxgdY");
/// assert_eq!(signer.open(&text, 0)?.written_at(), Some(1_700_000_000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct TimestampSigner {
    pub(crate) signer: Signer,
    max_age: Option<Duration>,
}

impl TimestampSigner {
    /// Returns a signer with itsdangerous's defaults, and no maximum age.
    #[must_use]
    pub fn new(key: Key) -> Self {
        Self { signer: Signer::new(key), max_age: None }
    }

    signer_settings!(signer);

    /// Sets the greatest age that opens, in whole seconds.
    #[must_use]
    pub const fn max_age(mut self, age: Duration) -> Self {
        self.max_age = Some(age);
        self
    }

    /// Opens texts of any age, and from the future.
    #[must_use]
    pub(crate) const fn any_age(mut self) -> Self {
        self.max_age = None;
        self
    }

    /// Signs a value, written at `now` in Unix seconds.
    ///
    /// # Errors
    ///
    /// Those of [`Signer::sign`].
    pub fn sign(&self, value: &str, now: u64) -> Result<String, SealError> {
        self.signer.sign(&[value, ".", &seconds(now)].concat())
    }

    /// Opens a text at `now`, in Unix seconds.
    ///
    /// # Errors
    ///
    /// - those of [`Signer::open`]
    /// - an authentic text without a time, or whose time is not the shortest text of at most 8 octets
    /// - a text that is older than [`max_age`](Self::max_age), or from the future
    pub fn open<'t>(&self, text: &'t str, now: u64) -> Result<Opened<&'t str>, OpenError> {
        let mut at = 0;
        let opened = self.signer.open(text)?.try_map(|signed| {
            let malformed = OpenError::Malformed { part: Part::Time };
            let (value, time) = signed.rsplit_once('.').ok_or_else(|| malformed.clone())?;
            at = read_seconds(time).ok_or(malformed)?;
            match (self.max_age, now.checked_sub(at)) {
                (Some(_), None) => Err(OpenError::FromFuture),
                (Some(max), Some(age)) if age > max.as_secs() => Err(OpenError::Expired),
                _ => Ok(value),
            }
        })?;
        Ok(opened.written(at))
    }
}
