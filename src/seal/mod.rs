//! Values that a client carries and cannot change: signed, or encrypted.
//!
//! A [`Signer`] signs: the value stays readable, and 57 octets stand behind it. A [`Sealer`] encrypts. Both bind the
//! value to the cookie's name and to the time at which the seal expires, and both are opened by any [`Key`] of their
//! [`KeyRing`], so that keys can be changed while values are out.
//!
//! ```
//! use core::time::Duration;
//! use hardtack::seal::{Key, KeyRing, Sealer};
//! use hardtack::CookieDate;
//!
//! let secret = "8f2b6d1c0a9e4f73b5d8e2a1c6f0947d3b8e5a2c1f7d6094e8b3a5c2d1f07e96";
//! let current = Key::from_hex(secret)?;
//! let older = Key::from_base64("JuQ1hTLtVCrvVTSlo9rzCVOEOMzYCfHBxZkGZXKtPuk=")?;
//! let ring = KeyRing::new(current).and(older)?;
//! let sealer = Sealer::new(ring).lifetime(Duration::from_secs(3600));
//!
//! let now = CookieDate::from_unix_timestamp(1_800_000_000);
//! let text = sealer.seal("__Host-sid", "user 31", now)?;
//! let opened = sealer.open("__Host-sid", &text, now)?;
//! assert_eq!(opened.value, "user 31");
//! assert_eq!(opened.expires, Some(CookieDate::from_unix_timestamp(1_800_003_600)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a seal does not do
//!
//! Whoever holds the text holds the value: a seal does not tell a thief from the user, and an old text opens until it
//! expires, also when a newer one has taken its place. What must be revoked belongs on the server; seal the key that
//! finds it there. The [guide](crate::guide::sealed_values) says which seal to take, and how keys are rotated.
//!
//! No audit of this module is claimed. The cryptography is that of the crates `hmac`, `sha2`, `hkdf` and `aes-gcm-siv`;
//! the framing is this crate's own, and is [published](crate::guide::seal_format) with vectors.

mod cookies;
mod encrypted;
pub(crate) mod error;
mod forms;
mod head;
#[cfg(feature = "serde")]
mod json;
mod key;
mod opened;
mod padding;
mod random;
mod ring;
mod seals;
#[cfg(feature = "std")]
mod shared;
mod signed;
#[cfg(feature = "percent-encode")]
mod typed;

pub use crate::seal::encrypted::Sealer;
#[cfg(feature = "serde")]
pub use crate::seal::error::OpenJsonError;
pub use crate::seal::error::{DuplicateKey, KeyError, OpenError, SealError};
pub use crate::seal::forms::Seal;
pub use crate::seal::key::Key;
pub use crate::seal::opened::Opened;
pub use crate::seal::ring::KeyRing;
pub use crate::seal::seals::{MissingSeal, Protection, Seals};
#[cfg(feature = "std")]
pub use crate::seal::shared::SealedJar;
pub use crate::seal::signed::Signer;
#[cfg(feature = "percent-encode")]
pub use crate::seal::typed::WriteError;
