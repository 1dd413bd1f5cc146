//! Flask's and Quart's session cookie.
//!
//! JSON with tags for what JSON has not ([`Value`]), compressed where that is shorter, written at a time and signed:
//! `payload.time.signature`. The key is derived by [`Derivation::Hmac`], with the salt `cookie-session` and SHA-1.
//!
//! **The cookie's name is not bound.** Another cookie that is signed under the same `SECRET_KEY` must have another salt.
//! Everything in the session can be read by whoever has the cookie. There is no sign in the text that a session was
//! ended: what a user agent kept of it opens until it is too old.
//!
//! Whoever answers from a session says so to caches, with `Vary: Cookie`; Flask deletes the cookie of a session that has
//! become empty.
//!
//! ```
//! use hardtack_compat::flask::{Key, Session, Sessions};
//!
//! let sessions = Sessions::new(Key::new("dev-secret-key")?);
//! let session = sessions.open("eyJ1c2VyX2lkIjoxfQ.ZVPxAA.gSIgPKL76_ef2JcSPT9KbSD72CI", 1_700_000_060)?;
//! assert_eq!(session.value().get("user_id").and_then(|id| id.as_i64()), Some(1));
//!
//! let mut session = Session::new();
//! session.insert("user_id", 1);
//! assert_eq!(sessions.sign(&session, 1_700_000_000)?, "eyJ1c2VyX2lkIjoxfQ.ZVPxAA.gSIgPKL76_ef2JcSPT9KbSD72CI");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::string::String;
use core::time::Duration;

pub use crate::flask::value::{Session, Value};

pub use crate::flask::tags::{tag, untag};

use crate::error::{OpenError, SealError};
use crate::itsdangerous::{self, Derivation, UrlSafeTimedSerializer};
use crate::json::write::Style;
use crate::limits::Limits;
use crate::opened::Opened;
use crate::secret::key;

mod date;
mod tags;
mod value;

key!(
    /// Flask's `SECRET_KEY`.
);

/// Flask's `PERMANENT_SESSION_LIFETIME` unless it is set: 31 days.
pub const LIFETIME: Duration = Duration::from_secs(31 * 24 * 60 * 60);

/// Reads and writes session cookies.
#[derive(Debug)]
pub struct Sessions {
    serializer: UrlSafeTimedSerializer,
}

impl Sessions {
    /// Returns what Flask uses unless it is told otherwise; `key` is `SECRET_KEY`.
    #[must_use]
    pub fn new(Key(key): Key) -> Self {
        let serializer = UrlSafeTimedSerializer::new(itsdangerous::Key::of(key))
            .salt("cookie-session")
            .derivation(Derivation::Hmac)
            .max_age(LIFETIME);
        Self { serializer }
    }

    /// Adds an older key, which reads but does not write: one of `SECRET_KEY_FALLBACKS`.
    #[must_use]
    pub fn and(mut self, Key(older): Key) -> Self {
        self.serializer = self.serializer.and(itsdangerous::Key::of(older));
        self
    }

    /// Sets how much is read and written.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.serializer = self.serializer.limits(limits);
        self
    }

    /// Sets the salt, for an interface that has one of its own instead of `cookie-session`.
    #[must_use]
    pub fn salt(mut self, salt: impl AsRef<[u8]>) -> Self {
        self.serializer = self.serializer.salt(salt);
        self
    }

    /// Sets `PERMANENT_SESSION_LIFETIME`, in whole seconds; it holds for every session, permanent or not.
    #[must_use]
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.serializer = self.serializer.max_age(lifetime);
        self
    }

    /// Signs a session, written at `now` in Unix seconds. Keys are written in the order they have.
    ///
    /// # Errors
    ///
    /// - a session nested deeper, or larger, or a text longer than the [limits](Limits) allow
    /// - a [`Value::DateTime`] outside the years 1 to 9999
    pub fn sign(&self, session: &Session, now: u64) -> Result<String, SealError> {
        let tagged = tags::tag_to_depth(session, self.serializer.signer_limits().depth)?;
        self.serializer.sign_styled(&tagged, Style::Ascii, now)
    }

    /// Opens a session at `now`, in Unix seconds.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    /// - a signature that is missing, or that no key of the ring made
    /// - a text older than the lifetime, by a second or more, or from the future
    /// - an authentic text whose payload is not base64, zlib and JSON within the [limits](Limits)
    /// - a tag whose content is not what the tag says: `{" u":"zz"}`
    pub fn open(&self, text: &str, now: u64) -> Result<Opened<Session>, OpenError> {
        self.serializer.open(text, now)?.try_map(|tagged| Ok(untag(tagged)?))
    }
}
