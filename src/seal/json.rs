//! Values sealed as compact JSON (feature `serde`).

use alloc::borrow::Cow;
use alloc::string::String;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::date::CookieDate;
use crate::input::AsText;
use crate::seal::encrypted::Sealer;
use crate::seal::error::{OpenJsonError, SealError};
use crate::seal::opened::Opened;
use crate::seal::signed::Signer;
use crate::text::Sealed as _;

impl Sealer {
    /// Encrypts a value as compact JSON, for the cookie of this name; see [`seal`](Self::seal).
    ///
    /// # Errors
    ///
    /// Those of [`seal`](Self::seal), of which [`TooLong`](SealError::TooLong) says how many octets the cookie has and
    /// may have, and [`SealError::NotJson`] for a value that JSON cannot say.
    ///
    /// ```
    /// use hardtack::CookieDate;
    /// use hardtack::seal::{Key, Sealer};
    ///
    /// let now = CookieDate::UNIX_EPOCH;
    /// let sealer = Sealer::new(Key::generate()?);
    /// let text = sealer.seal_json("cart", &["apple", "pear"], now)?;
    /// let cart = sealer.open_json::<Vec<String>>("cart", &text, now)?;
    /// assert_eq!(cart.value, ["apple", "pear"]);
    ///
    /// let error = sealer.seal_json("cart", &vec!["apple"; 399], now).unwrap_err();
    /// assert!(error.to_string().starts_with("name and sealed value are 4312 of 4096 octets"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn seal_json<V: ?Sized + Serialize>(
        &self,
        name: &str,
        value: &V,
        now: impl Into<CookieDate>,
    ) -> Result<String, SealError> {
        self.seal(name, &to_json(value)?, now)
    }

    /// Opens the text of the cookie of this name, and reads the value as JSON.
    ///
    /// # Errors
    ///
    /// Those of [`open`](Self::open), and an [`OpenJsonError`] for a value that is no JSON, and for one that is JSON of
    /// something else.
    pub fn open_json<V: DeserializeOwned>(
        &self,
        name: &str,
        text: &(impl ?Sized + AsText),
        now: impl Into<CookieDate>,
    ) -> Result<Opened<V>, OpenJsonError> {
        from_json(self.open(name, text.as_text().bytes(), now)?)
    }
}

impl Signer {
    /// Signs a value as compact JSON, for the cookie of this name; see [`seal`](Self::seal).
    ///
    /// JSON has quotes, and so needs a signer that percent-encodes.
    ///
    /// # Errors
    ///
    /// Those of [`seal`](Self::seal), and [`SealError::NotJson`] for a value that JSON cannot say.
    ///
    /// ```
    /// # #[cfg(feature = "percent-encode")] {
    /// use hardtack::CookieDate;
    /// use hardtack::seal::{Key, Signer};
    ///
    /// let now = CookieDate::UNIX_EPOCH;
    /// let signer = Signer::new(Key::generate()?).percent_encoded(true);
    /// let text = signer.seal_json("user", &(31, "Ann"), now)?;
    /// assert!(text.starts_with("[31%2C%22Ann%22]."));
    /// let user = signer.open_json::<(u32, String)>("user", &text, now)?;
    /// assert_eq!(user.value, (31, "Ann".to_owned()));
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn seal_json<V: ?Sized + Serialize>(
        &self,
        name: &str,
        value: &V,
        now: impl Into<CookieDate>,
    ) -> Result<String, SealError> {
        self.seal(name, &to_json(value)?, now)
    }

    /// Opens the text of the cookie of this name, and reads the value as JSON.
    ///
    /// # Errors
    ///
    /// Those of [`open`](Self::open), and an [`OpenJsonError`] for a value that is no JSON, and for one that is JSON of
    /// something else.
    pub fn open_json<V: DeserializeOwned>(
        &self,
        name: &str,
        text: &(impl ?Sized + AsText),
        now: impl Into<CookieDate>,
    ) -> Result<Opened<V>, OpenJsonError> {
        from_json(self.open(name, text.as_text().bytes(), now)?)
    }
}

fn to_json<V: ?Sized + Serialize>(value: &V) -> Result<String, SealError> {
    // The error's text may hold the value.
    serde_json::to_string(value).map_err(|_| SealError::NotJson)
}

fn from_json<V: DeserializeOwned>(opened: Opened<Cow<'_, [u8]>>) -> Result<Opened<V>, OpenJsonError> {
    match serde_json::from_slice(&opened.value) {
        Ok(value) => Ok(opened.map(|_| value)),
        Err(error) if error.classify() == Category::Data => {
            Err(OpenJsonError::OtherShape { line: error.line(), column: error.column() })
        }
        Err(error) => Err(OpenJsonError::NotJson { line: error.line(), column: error.column() }),
    }
}
