//! JSON in base64, compressed where that is shorter, and signed.

use alloc::string::String;
use core::time::Duration;

use crate::error::{OpenError, SealError};
use crate::itsdangerous::{Key, Signer, TimestampSigner, signer_settings};
use crate::json::Value;
use crate::json::write::{Style, write};
use crate::limits::Limits;
use crate::opened::Opened;
use crate::payload::{pack, unpack};

/// Signs JSON: `payload.signature`.
///
/// **The name is not bound, and there is no time.**
///
/// ```
/// use hardtack_compat::itsdangerous::{Key, UrlSafeSerializer};
///
/// let serializer = UrlSafeSerializer::new(Key::new("secret-key")?);
/// let text = serializer.sign(&"[1,2,3,4]".parse()?)?;
/// assert_eq!(text, "WzEsMiwzLDRd.wSPHqC0gR7VUqivlSukJ0IeTDgo");
/// assert_eq!(serializer.open(&text)?.value().to_string(), "[1,2,3,4]");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct UrlSafeSerializer {
    signer: Signer,
}

impl UrlSafeSerializer {
    /// Returns a serializer with itsdangerous's defaults: the salt `itsdangerous`,
    /// [`Derivation::DjangoConcat`](crate::itsdangerous::Derivation::DjangoConcat) and SHA-1.
    #[must_use]
    pub fn new(key: Key) -> Self {
        Self { signer: Signer::new(key).salt("itsdangerous") }
    }

    signer_settings!(signer);

    /// Signs a value.
    ///
    /// # Errors
    ///
    /// - a value nested deeper, or larger, or a text longer than the [limits](Limits) allow
    pub fn sign(&self, value: &Value) -> Result<String, SealError> {
        let limits = &self.signer.limits;
        self.signer.sign(&pack(&write(value, Style::Compact, limits)?, true, limits)?)
    }

    /// Opens a text.
    ///
    /// # Errors
    ///
    /// - those of [`Signer::open`]
    /// - an authentic text whose payload is not base64, zlib and JSON within the [limits](Limits)
    pub fn open(&self, text: &str) -> Result<Opened<Value>, OpenError> {
        self.signer.open(text)?.try_map(|payload| Ok(unpack(payload, &self.signer.limits)?))
    }
}

/// Signs JSON together with the time: `payload.time.signature`.
///
/// **The name is not bound.** The time is checked only where [`max_age`](Self::max_age) was called.
///
/// ```
/// use core::time::Duration;
/// use hardtack_compat::itsdangerous::{Key, UrlSafeTimedSerializer};
///
/// let serializer = UrlSafeTimedSerializer::new(Key::new("secret-key")?)
///     .salt("confirm")
///     .max_age(Duration::from_secs(600));
/// let text = serializer.sign(&"a@example.com".into(), 1_700_000_000)?;
/// let opened = serializer.open(&text, 1_700_000_600)?;
/// assert_eq!(opened.value().as_str(), Some("a@example.com"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct UrlSafeTimedSerializer {
    timed: TimestampSigner,
}

impl UrlSafeTimedSerializer {
    /// Returns a serializer with itsdangerous's defaults: the salt `itsdangerous`,
    /// [`Derivation::DjangoConcat`](crate::itsdangerous::Derivation::DjangoConcat) and SHA-1, and no maximum age.
    #[must_use]
    pub fn new(key: Key) -> Self {
        Self { timed: TimestampSigner::new(key).salt("itsdangerous") }
    }

    signer_settings!(timed.signer);

    /// Sets the greatest age that opens, in whole seconds.
    #[must_use]
    pub fn max_age(mut self, age: Duration) -> Self {
        self.timed = self.timed.max_age(age);
        self
    }

    pub(crate) const fn signer_limits(&self) -> &Limits {
        &self.timed.signer.limits
    }

    /// Signs a value, written at `now` in Unix seconds.
    ///
    /// # Errors
    ///
    /// Those of [`UrlSafeSerializer::sign`].
    pub fn sign(&self, value: &Value, now: u64) -> Result<String, SealError> {
        self.sign_styled(value, Style::Compact, now)
    }

    pub(crate) fn sign_styled(&self, value: &Value, style: Style, now: u64) -> Result<String, SealError> {
        let limits = self.signer_limits();
        self.timed.sign(&pack(&write(value, style, limits)?, true, limits)?, now)
    }

    /// Opens a text at `now`, in Unix seconds.
    ///
    /// # Errors
    ///
    /// - those of [`TimestampSigner::open`]
    /// - an authentic text whose payload is not base64, zlib and JSON within the [limits](Limits)
    pub fn open(&self, text: &str, now: u64) -> Result<Opened<Value>, OpenError> {
        self.timed.open(text, now)?.try_map(|payload| Ok(unpack(payload, self.signer_limits())?))
    }
}
