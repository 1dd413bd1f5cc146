//! Cookies whose value is of a type and sealed (feature `percent-encode`).

use alloc::borrow::Cow;

use thiserror::Error;

use crate::builder::SetCookieBuilder;
use crate::date::CookieDate;
use crate::format::{Unread, Unwritten};
use crate::jar::CookieJar;
use crate::seal::encrypted::Sealer;
use crate::seal::error::OpenError;
use crate::seal::seals::{MissingSeal, Protection, Seals};
use crate::seal::signed::Signer;
use crate::typed::{CookieValue, begin, first_readable, of_text};

/// What a typed cookie is opened and sealed by.
enum By<'s> {
    Nothing,
    Signer(&'s Signer),
    Sealer(&'s Sealer),
}

impl Seals {
    /// Returns the cookie of this type, opened as it [asks for](CookieValue::PROTECTION), with what was changed; `None`
    /// where there is none.
    ///
    /// Of several in the request the first that can be read counts, as in [`CookieJar::get_typed`]. A seal that has
    /// expired, or was made with a key that is not there any more, is a missing cookie.
    ///
    /// # Errors
    ///
    /// An [`Unread`]:
    ///
    /// - [`Unread::MissingSeal`] where the signer or the sealer that it asks for is not kept
    /// - why the first of the cookies cannot be read, where there is one and none can
    ///
    /// ```
    /// use hardtack::seal::{Key, Protection, Seals, Sealer};
    /// use hardtack::{CookieDate, CookieJar, CookieTemplate, CookieValue, format};
    ///
    /// struct User(String);
    ///
    /// impl CookieValue for User {
    ///     const TEMPLATE: CookieTemplate<'static> =
    ///         CookieTemplate::prefixed("__Host-user").http_only(true).checked();
    ///     type Format = format::Text;
    ///     const PROTECTION: Protection = Protection::Encrypted;
    /// }
    /// # impl core::str::FromStr for User {
    /// #     type Err = core::convert::Infallible;
    /// #     fn from_str(text: &str) -> Result<Self, Self::Err> { Ok(Self(text.into())) }
    /// # }
    /// # impl core::fmt::Display for User {
    /// #     fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
    /// #         f.write_str(&self.0)
    /// #     }
    /// # }
    ///
    /// let now = CookieDate::from_unix_timestamp(1_800_000_000);
    /// let seals = Seals::new().with_sealer(Sealer::new(Key::generate()?));
    /// let mut jar = CookieJar::default();
    /// jar.set(seals.write(&User("ann".into()), now)?.build()?);
    /// assert!(!jar.get("__Host-user").unwrap().contains("ann"));
    ///
    /// let User(name) = seals.read(&jar, now)?.unwrap();
    /// assert_eq!(name, "ann");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Without the seals it does not compile, so that no value goes out that should have been sealed:
    ///
    /// ```compile_fail,E0080
    /// # use hardtack::{CookieJar, CookieTemplate, CookieValue, format, seal::Protection};
    /// # struct User(String);
    /// # impl CookieValue for User {
    /// #     const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new("user").checked();
    /// #     type Format = format::Text;
    /// #     const PROTECTION: Protection = Protection::Encrypted;
    /// # }
    /// # impl core::str::FromStr for User {
    /// #     type Err = core::convert::Infallible;
    /// #     fn from_str(text: &str) -> Result<Self, Self::Err> { Ok(Self(text.into())) }
    /// # }
    /// # impl core::fmt::Display for User {
    /// #     fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
    /// #         f.write_str(&self.0)
    /// #     }
    /// # }
    /// let cookie = User("ann".into()).to_cookie();
    /// # let _ = cookie;
    /// ```
    pub fn read<V: CookieValue>(&self, jar: &CookieJar, now: impl Into<CookieDate>) -> Result<Option<V>, Unread> {
        let (by, now) = (self.by(V::PROTECTION)?, now.into());
        let read = first_readable(jar, V::TEMPLATE.name(), |octets| {
            let name = V::TEMPLATE.name();
            let opened = match by {
                By::Nothing => Cow::Borrowed(octets),
                By::Signer(signer) => signer.open(name, octets, now)?.value,
                By::Sealer(sealer) => sealer.open(name, octets, now)?.value,
            };
            of_text(&opened, is_percent_encoded::<V>())
        });
        match read {
            Err(Unread::Sealed(OpenError::Expired | OpenError::UnknownKey)) => Ok(None),
            read => read,
        }
    }

    /// Begins the cookie of this value, sealed as it [asks for](CookieValue::PROTECTION).
    ///
    /// # Errors
    ///
    /// A [`WriteError`]:
    ///
    /// - the signer or the sealer that it asks for is not kept
    /// - its format cannot say the value
    ///
    /// What cannot be sealed, or no cookie can hold, is refused when the cookie is built.
    pub fn write<V: CookieValue>(
        &self,
        value: &V,
        now: impl Into<CookieDate>,
    ) -> Result<SetCookieBuilder<'static>, WriteError> {
        let by = self.by(V::PROTECTION)?;
        let cookie = begin(value, is_percent_encoded::<V>())?;
        Ok(match by {
            By::Nothing => cookie,
            By::Signer(signer) => cookie.sealed(signer, now),
            By::Sealer(sealer) => cookie.sealed(sealer, now),
        })
    }

    fn by(&self, protection: Protection) -> Result<By<'_>, MissingSeal> {
        Ok(match protection {
            Protection::None => By::Nothing,
            Protection::Signed => By::Signer(self.signer()?),
            Protection::Encrypted => By::Sealer(self.sealer()?),
        })
    }
}

/// What is encrypted is base64 on the wire, whatever the text.
fn is_percent_encoded<V: CookieValue>() -> bool {
    V::PERCENT_ENCODED && V::PROTECTION != Protection::Encrypted
}

/// Why the cookie of a value was not begun; by [`Seals::write`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[allow(clippy::exhaustive_enums, reason = "a package for a framework makes each an error of its own")]
pub enum WriteError {
    /// The format of the type cannot say the value.
    #[error("{0}")]
    Unwritten(#[from] Unwritten),
    /// There is nothing to seal it with.
    #[error("{0}")]
    MissingSeal(#[from] MissingSeal),
}
