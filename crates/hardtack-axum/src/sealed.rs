//! Sealed cookies: the layer keeps the keys, and the shared jar opens and seals (feature `seal`).

use std::sync::Arc;

use hardtack::CookieDate;
use hardtack::seal::{MissingSeal, SealedJar, Sealer, Signer};

use crate::layer::CookieLayer;
use crate::shared::SharedJar;

impl CookieLayer {
    /// The same layer, keeping a signer for [`SharedJar::signed`] and for typed cookies that are
    /// [`Signed`](hardtack::seal::Protection::Signed).
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
        let keys = Arc::make_mut(&mut self.keys);
        keys.seals = core::mem::take(&mut keys.seals).with_signer(signer);
        self
    }

    /// The same layer, keeping a sealer for [`SharedJar::encrypted`] and for typed cookies that are
    /// [`Encrypted`](hardtack::seal::Protection::Encrypted).
    pub fn sealer(mut self, sealer: Sealer) -> Self {
        let keys = Arc::make_mut(&mut self.keys);
        keys.seals = core::mem::take(&mut keys.seals).with_sealer(sealer);
        self
    }

    /// The same layer with another clock than [`SystemTime::now`](std::time::SystemTime::now), by which seals expire.
    pub fn clock(mut self, clock: impl Fn() -> CookieDate + Send + Sync + 'static) -> Self {
        Arc::make_mut(&mut self.keys).clock = Some(Arc::new(clock));
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
        Ok(self.sealed_by(self.keys().seals.signer()?, self.keys().now()))
    }

    /// Returns the jar, to open and encrypt by the layer's sealer.
    ///
    /// # Errors
    ///
    /// [`MissingSeal`] for a layer without one.
    pub fn encrypted(&self) -> Result<SealedJar<'_, Sealer>, MissingSeal> {
        Ok(self.sealed_by(self.keys().seals.sealer()?, self.keys().now()))
    }
}
