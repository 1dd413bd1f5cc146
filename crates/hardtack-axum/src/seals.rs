//! Sealed cookies: the layer keeps the keys, and the shared jar opens and seals (feature `seal`).

use core::fmt;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::SystemTime;

use hardtack::seal::{OpenError, Opened, Seal, Sealer, Signer};
use hardtack::{CookieDate, CookieTemplate, SetCookie, SetCookieBuilder};
use thiserror::Error;

use crate::error::CookieError;
use crate::layer::CookieLayer;
use crate::shared::SharedJar;
use crate::typed::{CookieValue, TypedRejection};
use hardtack::format::Unread;

/// What a layer keeps to open and seal with.
#[derive(Clone, Default)]
pub(crate) struct Seals {
    signer: Option<Signer>,
    sealer: Option<Sealer>,
    clock: Option<Arc<dyn Fn() -> CookieDate + Send + Sync>>,
}

impl Seals {
    pub(crate) const fn is_empty(&self) -> bool {
        self.signer.is_none() && self.sealer.is_none()
    }

    fn now(&self) -> CookieDate {
        self.clock.as_ref().map_or_else(|| SystemTime::now().into(), |clock| clock())
    }
}

impl fmt::Debug for Seals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seals")
            .field("signer", &self.signer.is_some())
            .field("sealer", &self.sealer.is_some())
            .finish_non_exhaustive()
    }
}

impl CookieLayer {
    /// The same layer, keeping a signer for [`SharedJar::signed`] and for typed cookies that are
    /// [`Signed`](Protection::Signed).
    ///
    /// ```
    /// use hardtack::seal::{Key, Sealer, Signer};
    /// use hardtack_axum::CookieLayer;
    ///
    /// let layer = CookieLayer::new()
    ///     .signer(Signer::new(Key::generate()?))
    ///     .sealer(Sealer::new(Key::generate()?));
    /// # let _ = layer;
    /// # Ok::<(), hardtack::seal::KeyError>(())
    /// ```
    pub fn signer(mut self, signer: Signer) -> Self {
        Arc::make_mut(&mut self.seals).signer = Some(signer);
        self
    }

    /// The same layer, keeping a sealer for [`SharedJar::encrypted`] and for typed cookies that are
    /// [`Encrypted`](Protection::Encrypted).
    pub fn sealer(mut self, sealer: Sealer) -> Self {
        Arc::make_mut(&mut self.seals).sealer = Some(sealer);
        self
    }

    /// The same layer with another clock than [`SystemTime::now`], by which seals expire.
    pub fn clock(mut self, clock: impl Fn() -> CookieDate + Send + Sync + 'static) -> Self {
        Arc::make_mut(&mut self.seals).clock = Some(Arc::new(clock));
        self
    }
}

impl SharedJar {
    /// Returns the jar, to open and sign by the layer's signer.
    ///
    /// # Errors
    ///
    /// [`MissingSeal`] for a layer without one.
    ///
    /// ```
    /// use hardtack::CookieTemplate;
    /// use hardtack_axum::{CookieError, SharedJar};
    ///
    /// const SID: CookieTemplate = CookieTemplate::prefixed("__Host-sid").http_only(true).checked();
    ///
    /// async fn whoami(jar: SharedJar) -> Result<String, CookieError> {
    ///     match jar.signed()?.open(&SID) {
    ///         Some(Ok(sid)) => Ok(format!("session {}", sid.value)),
    ///         Some(Err(_)) | None => {
    ///             jar.signed()?.set(SID.cookie("31d4"))?;
    ///             Ok("a new session".to_owned())
    ///         }
    ///     }
    /// }
    /// # let _ = whoami;
    /// ```
    pub fn signed(&self) -> Result<SealedJar<'_, Signer>, MissingSeal> {
        let seal = self.seals().signer.as_ref().ok_or(MissingSeal::Signer)?;
        Ok(SealedJar { jar: self, seal })
    }

    /// Returns the jar, to open and encrypt by the layer's sealer.
    ///
    /// # Errors
    ///
    /// [`MissingSeal`] for a layer without one.
    pub fn encrypted(&self) -> Result<SealedJar<'_, Sealer>, MissingSeal> {
        let seal = self.seals().sealer.as_ref().ok_or(MissingSeal::Sealer)?;
        Ok(SealedJar { jar: self, seal })
    }
}

/// A [`SharedJar`] whose cookies are opened and sealed; by [`SharedJar::signed`] or [`SharedJar::encrypted`].
#[derive(Clone, Copy)]
#[must_use]
pub struct SealedJar<'j, S> {
    jar: &'j SharedJar,
    seal: &'j S,
}

impl<S: Seal> SealedJar<'_, S> {
    /// Opens the value of the cookie of this template's name: that of the change, where there is one, and otherwise that
    /// of the first in the request that opens.
    ///
    /// Where the seal [`needs_renewal`](Opened::needs_renewal), [`set`](Self::set) the value anew.
    ///
    /// # Errors
    ///
    /// The [`OpenError`] of the change, or of the first cookie of the name, where none opens.
    #[must_use]
    pub fn open(&self, template: &CookieTemplate<'_>) -> Option<Result<Opened<String>, OpenError>> {
        let now = self.jar.seals().now();
        self.jar.read(|jar| {
            let opened = jar.open(template.name(), self.seal, now)?;
            Some(opened.map(|opened| opened.map(Cow::into_owned)))
        })
    }

    /// Seals the value of a cookie and sets it; returns the change of the same identity whose place it takes.
    ///
    /// # Errors
    ///
    /// A [`CookieError`] for a value that cannot be sealed, a cookie that is not built, and once the response has passed
    /// the layer.
    pub fn set(&self, cookie: SetCookieBuilder<'_>) -> Result<Option<SetCookie<'static>>, CookieError> {
        let sealed = cookie.sealed(self.seal, self.jar.seals().now()).build()?;
        Ok(self.jar.set(sealed)?)
    }
}

impl<S> fmt::Debug for SealedJar<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealedJar").field("jar", self.jar).finish_non_exhaustive()
    }
}

/// How the value of a typed cookie is protected.
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

/// Why a cookie was neither opened nor sealed; a response of status 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum MissingSeal {
    /// The cookie is signed, and there is no signer.
    #[error("no signer is there for a signed cookie; add a hardtack_axum::CookieLayer with .signer(..)")]
    Signer,
    /// The cookie is encrypted, and there is no sealer.
    #[error("no sealer is there for an encrypted cookie; add a hardtack_axum::CookieLayer with .sealer(..)")]
    Sealer,
}

pub(crate) const fn is_sealed<V: CookieValue>() -> bool {
    !matches!(V::PROTECTION, Protection::None)
}

pub(crate) const fn is_encrypted<V: CookieValue>() -> bool {
    matches!(V::PROTECTION, Protection::Encrypted)
}

/// Whether the seal was good once: a cookie past its time is a missing one.
pub(crate) const fn is_over(fault: &Unread) -> bool {
    matches!(fault, Unread::Sealed(OpenError::Expired | OpenError::UnknownKey))
}

pub(crate) fn open<'t, V: CookieValue>(
    text: &'t [u8],
    seals: Option<&Seals>,
) -> Result<Result<Cow<'t, [u8]>, Unread>, TypedRejection> {
    let name = V::TEMPLATE.name();
    let opened = match V::PROTECTION {
        Protection::None => return Ok(Ok(Cow::Borrowed(text))),
        Protection::Signed => {
            let (seals, signer) = signer(seals)?;
            signer.open(name, text, seals.now())
        }
        Protection::Encrypted => {
            let (seals, sealer) = sealer(seals)?;
            sealer.open(name, text, seals.now())
        }
    };
    Ok(opened.map(|opened| opened.value).map_err(Unread::Sealed))
}

pub(crate) fn seal<'a, V: CookieValue>(
    cookie: SetCookieBuilder<'a>,
    seals: Option<&Seals>,
) -> Result<SetCookieBuilder<'a>, CookieError> {
    Ok(match V::PROTECTION {
        Protection::None => cookie,
        Protection::Signed => {
            let (seals, signer) = signer(seals)?;
            cookie.sealed(signer, seals.now())
        }
        Protection::Encrypted => {
            let (seals, sealer) = sealer(seals)?;
            cookie.sealed(sealer, seals.now())
        }
    })
}

fn signer(seals: Option<&Seals>) -> Result<(&Seals, &Signer), MissingSeal> {
    seals.and_then(|seals| Some((seals, seals.signer.as_ref()?))).ok_or(MissingSeal::Signer)
}

fn sealer(seals: Option<&Seals>) -> Result<(&Seals, &Sealer), MissingSeal> {
    seals.and_then(|seals| Some((seals, seals.sealer.as_ref()?))).ok_or(MissingSeal::Sealer)
}
