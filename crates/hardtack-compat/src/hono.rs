//! Hono's signed cookies: `setSignedCookie` and `getSignedCookie`.
//!
//! `value.signature`, by HMAC-SHA-256 in base64 with its padding. On the wire the whole is percent-encoded. Hono has no
//! ring; the older keys are for this side alone.
//!
//! **The cookie's name is not bound, and there is no time:** a text can be moved to another cookie of the same secret,
//! and opens for as long as the key is in the ring. Give each cookie a secret of its own.
//!
//! ```
//! use hardtack_compat::hono::{Key, Signer};
//!
//! let signer = Signer::new(Key::new("this year's")?).and(Key::new("tobiiscool")?);
//! let opened = signer.open("hello.DGDUkGlIkCzPz+C0B064FNgHdEjox7ch8tOBGslZ5QI=")?;
//! assert_eq!(*opened.value(), "hello");
//! assert!(opened.needs_renewal());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::string::String;
use core::fmt;

use crate::dotted;
use crate::encoding::Base64;
use crate::error::{OpenError, SealError};
use crate::limits::Limits;
use crate::opened::Opened;
use crate::secret::{Ring, key, ring_and_limits};

key!(
    /// A secret of Hono's signed cookies.
);

/// Signs and opens values.
pub struct Signer {
    keys: Ring<Key>,
    limits: Limits,
}

impl Signer {
    /// Returns a signer; Hono takes one secret.
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
        self.limits.written(dotted::sign(value, &self.keys.writer.0, Base64::Padded))
    }

    /// Opens a text.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    /// - `value`, `value.`: a signature that is missing or not 44 characters in their canonical form
    /// - a text that no key of the ring signed
    pub fn open<'t>(&self, text: &'t str) -> Result<Opened<&'t str>, OpenError> {
        self.limits.read(text)?;
        let (value, key) = dotted::open(text, &self.keys, |Key(secret)| secret, Base64::Padded)?;
        Ok(Opened::new(value, key))
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("keys", &self.keys).finish_non_exhaustive()
    }
}
