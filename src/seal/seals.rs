//! A signer and a sealer kept together, for cookies that say which of them protects their value.

use core::fmt;

use thiserror::Error;

use crate::seal::encrypted::Sealer;
use crate::seal::signed::Signer;

/// How the value of a typed cookie is protected; by a [`Seals`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Protection {
    /// Not at all: the client reads it and changes it.
    #[default]
    None,
    /// Signed: the client reads it, and cannot change it.
    Signed,
    /// Encrypted: the client neither reads nor changes it.
    Encrypted,
}

/// What an application opens and seals with, kept once: a [`Signer`], a [`Sealer`], or both.
///
/// ```
/// use hardtack::seal::{Key, MissingSeal, Seals, Sealer};
///
/// let seals = Seals::new().with_sealer(Sealer::new(Key::generate()?));
/// assert!(seals.sealer().is_ok());
/// assert_eq!(seals.signer().unwrap_err(), MissingSeal::Signer);
/// # Ok::<(), hardtack::seal::KeyError>(())
/// ```
#[derive(Clone, Default)]
#[must_use = "seals do nothing until something is opened or sealed by them"]
pub struct Seals {
    signer: Option<Signer>,
    sealer: Option<Sealer>,
}

impl Seals {
    /// Returns seals by which nothing is opened or sealed.
    pub const fn new() -> Self {
        Self { signer: None, sealer: None }
    }

    /// The same seals, with this signer.
    pub fn with_signer(self, signer: Signer) -> Self {
        Self { signer: Some(signer), ..self }
    }

    /// The same seals, with this sealer.
    pub fn with_sealer(self, sealer: Sealer) -> Self {
        Self { sealer: Some(sealer), ..self }
    }

    /// Returns the signer.
    ///
    /// # Errors
    ///
    /// [`MissingSeal::Signer`] where none is kept.
    pub fn signer(&self) -> Result<&Signer, MissingSeal> {
        self.signer.as_ref().ok_or(MissingSeal::Signer)
    }

    /// Returns the sealer.
    ///
    /// # Errors
    ///
    /// [`MissingSeal::Sealer`] where none is kept.
    pub fn sealer(&self) -> Result<&Sealer, MissingSeal> {
        self.sealer.as_ref().ok_or(MissingSeal::Sealer)
    }

    /// Returns whether neither is kept.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.signer.is_none() && self.sealer.is_none()
    }
}

/// Shows which are kept, and nothing of their keys.
impl fmt::Debug for Seals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seals").field("signer", &self.signer.is_some()).field("sealer", &self.sealer.is_some()).finish()
    }
}

/// Why a cookie was neither opened nor sealed: the program's own fault, and none of the cookie's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum MissingSeal {
    /// The cookie is signed, and there is no signer.
    #[error("there is no signer for a signed cookie; keep one where the application's seals are kept")]
    Signer,
    /// The cookie is encrypted, and there is no sealer.
    #[error("there is no sealer for an encrypted cookie; keep one where the application's seals are kept")]
    Sealer,
}
