//! Starlette's `SessionMiddleware`, and so `FastAPI`'s.
//!
//! JSON in base64, written at a time and signed: `payload.time.signature`, by
//! [`TimestampSigner`] with its defaults.
//!
//! **The cookie's name is not bound.** Everything in the session can be read by whoever has the cookie.
//! When a session was cleared, Starlette writes the cookie `null`, which is not signed and opens as nothing does.
//!
//! ```
//! use hardtack_compat::json::Map;
//! use hardtack_compat::starlette::{Key, Sessions};
//!
//! let sessions = Sessions::new(Key::new("dev-secret-key")?);
//! let text = "eyJ2IjogImhlbGxvIn0=.ZVPxAA.S2XxzZwQFD8X-ZVQVI7lLLfBtsg";
//! let session = sessions.open(text, 1_700_000_060)?;
//! assert_eq!(session.value().get("v").and_then(|v| v.as_str()), Some("hello"));
//!
//! let session = Map::from_iter([("v", "hello".into())]);
//! assert_eq!(sessions.sign(&session, 1_700_000_000)?, text);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::string::String;
use core::time::Duration;

use crate::encoding::Base64;
use crate::error::{OpenError, PayloadError, SealError};
use crate::itsdangerous::{self, TimestampSigner};
use crate::json::read::read_octets;
use crate::json::write::{Style, write};
use crate::json::{Map, Value};
use crate::limits::Limits;
use crate::opened::Opened;
use crate::secret::key;

key!(
    /// The `secret_key` of `SessionMiddleware`.
);

/// Starlette's `max_age` unless it is set: 14 days.
pub const MAX_AGE: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// Reads and writes session cookies.
#[derive(Debug)]
pub struct Sessions {
    signer: TimestampSigner,
}

impl Sessions {
    /// Returns what Starlette uses unless it is told otherwise; `key` is `secret_key`.
    #[must_use]
    pub fn new(Key(key): Key) -> Self {
        Self { signer: TimestampSigner::new(itsdangerous::Key::of(key)).max_age(MAX_AGE) }
    }

    /// Adds an older key, which reads but does not write.
    #[must_use]
    pub fn and(mut self, Key(older): Key) -> Self {
        self.signer = self.signer.and(itsdangerous::Key::of(older));
        self
    }

    /// Sets how much is read and written.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.signer = self.signer.limits(limits);
        self
    }

    /// Sets `max_age`, in whole seconds; `None` opens a session of any age, and from the future.
    #[must_use]
    pub fn max_age(mut self, age: Option<Duration>) -> Self {
        self.signer = match age {
            Some(age) => self.signer.max_age(age),
            None => self.signer.any_age(),
        };
        self
    }

    /// Signs a session, written at `now` in Unix seconds.
    ///
    /// # Errors
    ///
    /// - a session nested deeper, or a text longer than the [limits](Limits) allow
    pub fn sign(&self, session: &Map, now: u64) -> Result<String, SealError> {
        let json = write(&Value::Map(session.clone()), Style::SpacedAscii, &self.signer.signer.limits)?;
        self.signer.sign(&Base64::Padded.encode(json.as_bytes()), now)
    }

    /// Opens a session at `now`, in Unix seconds.
    ///
    /// # Errors
    ///
    /// - those of [`TimestampSigner::open`], with a maximum age of 14 days unless it was set
    /// - an authentic text whose payload is not base64 of a JSON object within the [limits](Limits)
    pub fn open(&self, text: &str, now: u64) -> Result<Opened<Map>, OpenError> {
        self.signer.open(text, now)?.try_map(|payload| {
            let json = Base64::Padded.decode(payload).ok_or(PayloadError::Base64)?;
            match read_octets(&json, self.signer.signer.limits.depth)? {
                Value::Map(session) => Ok(session),
                _ => Err(PayloadError::Kind.into()),
            }
        })
    }
}
