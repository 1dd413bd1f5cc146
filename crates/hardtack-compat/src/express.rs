//! Express's signed cookies: `cookie-parser` and `cookie-signature`.
//!
//! `s:value.signature`, by HMAC-SHA-256. On the wire the whole is percent-encoded (`s%3Avalue.signature`):
//! `hardtack::value::percent` undoes it, and writes what Express reads. `express-session` writes its session's id in the
//! same form.
//!
//! **The cookie's name is not bound, and there is no time:** a text can be moved to another cookie of the same secret,
//! and opens for as long as the key is in the ring. Give each cookie a secret of its own.
//!
//! A value that begins with `j:` is JSON: [`json`] reads it, [`Signer::sign_json`] writes it.
//!
//! ```
//! use hardtack_compat::express::{Key, Signer};
//!
//! let signer = Signer::new(Key::new("tobiiscool")?);
//! let text = signer.sign("hello")?;
//! assert_eq!(text, "s:hello.DGDUkGlIkCzPz+C0B064FNgHdEjox7ch8tOBGslZ5QI");
//! assert_eq!(*signer.open(&text)?.value(), "hello");
//! assert!(signer.open("hello").is_err(), "not marked as signed");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::string::String;
use core::fmt;

use crate::dotted;
use crate::encoding::Base64;
use crate::error::{OpenError, Part, PayloadError, SealError};
use crate::json::Value;
use crate::json::read::read;
use crate::json::write::{Style, write};
use crate::limits::Limits;
use crate::opened::Opened;
use crate::secret::{Ring, key, ring_and_limits};

key!(
    /// A secret of `cookie-parser`.
);

/// Signs and opens values.
pub struct Signer {
    keys: Ring<Key>,
    limits: Limits,
}

impl Signer {
    /// Returns a signer; `cookie-parser` takes a list of secrets of which the first signs.
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
        let text = ["s:", &dotted::sign(value, &self.keys.writer.0, Base64::Unpadded)].concat();
        self.limits.written(text)
    }

    /// Signs JSON, as `res.cookie` does with an object: `s:j:json.signature`.
    ///
    /// # Errors
    ///
    /// - a value nested deeper, or a text longer than the [limits](Limits) allow
    pub fn sign_json(&self, value: &Value) -> Result<String, SealError> {
        self.sign(&["j:", &write(value, Style::Compact, &self.limits)?].concat())
    }

    /// Opens a text.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    /// - `value`, `S:value.signature`: without `s:`, what Express leaves among the unsigned cookies
    /// - `s:value`, `s:value.`: a signature that is missing or not 43 characters in their canonical form
    /// - a text that no key of the ring signed
    pub fn open<'t>(&self, text: &'t str) -> Result<Opened<&'t str>, OpenError> {
        self.limits.read(text)?;
        let signed = text.strip_prefix("s:").ok_or(OpenError::Malformed { part: Part::Prefix })?;
        let (value, key) = dotted::open(signed, &self.keys, |Key(secret)| secret, Base64::Unpadded)?;
        Ok(Opened::new(value, key))
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("keys", &self.keys).finish_non_exhaustive()
    }
}

/// Reads a value that begins with `j:`, as `cookie-parser` does; `None` for any other.
///
/// # Errors
///
/// - `j:{`: what is no JSON, or nested more than 128 deep; Express leaves it a string
///
/// ```
/// use hardtack_compat::express::json;
///
/// assert_eq!(json(r#"j:{"cart":[1,2]}"#).unwrap()?.to_string(), r#"{"cart":[1,2]}"#);
/// assert!(json("plain").is_none());
/// # Ok::<(), hardtack_compat::PayloadError>(())
/// ```
#[must_use]
pub fn json(value: &str) -> Option<Result<Value, PayloadError>> {
    Some(read(value.strip_prefix("j:")?, Limits::new().depth))
}
