//! Sealed cookies: the middleware keeps the keys, and the shared jar opens and seals (feature `seal`).

use std::sync::Arc;

use hardtack::CookieDate;
use hardtack::seal::{MissingSeal, SealedJar, Sealer, Signer};

use crate::middleware::CookieMiddleware;
use crate::shared::SharedJar;

impl CookieMiddleware {
    /// The same middleware, keeping a signer for [`SharedJar::signed`] and for typed cookies that are
    /// [`Signed`](hardtack::seal::Protection::Signed).
    ///
    /// ```
    /// use hardtack::seal::{Key, Sealer, Signer};
    /// use hardtack_actix::CookieMiddleware;
    ///
    /// let middleware = CookieMiddleware::new()
    ///     .signer(Signer::new(Key::generate()?))
    ///     .sealer(Sealer::new(Key::generate()?));
    /// # let _ = middleware;
    /// # Ok::<(), hardtack::seal::KeyError>(())
    /// ```
    pub fn signer(mut self, signer: Signer) -> Self {
        let keys = Arc::make_mut(&mut self.keys);
        keys.seals = core::mem::take(&mut keys.seals).with_signer(signer);
        self
    }

    /// The same middleware, keeping a sealer for [`SharedJar::encrypted`] and for typed cookies that are
    /// [`Encrypted`](hardtack::seal::Protection::Encrypted).
    pub fn sealer(mut self, sealer: Sealer) -> Self {
        let keys = Arc::make_mut(&mut self.keys);
        keys.seals = core::mem::take(&mut keys.seals).with_sealer(sealer);
        self
    }

    /// The same middleware with another clock than [`SystemTime::now`](std::time::SystemTime::now), by which seals expire.
    pub fn clock(mut self, clock: impl Fn() -> CookieDate + Send + Sync + 'static) -> Self {
        Arc::make_mut(&mut self.keys).clock = Some(Arc::new(clock));
        self
    }
}

impl SharedJar {
    /// Returns the jar, to open and sign by the middleware's signer.
    ///
    /// # Errors
    ///
    /// [`MissingSeal`] for a middleware without one.
    ///
    /// ```
    /// use hardtack::CookieTemplate;
    /// use hardtack_actix::{CookieError, SharedJar};
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

    /// Returns the jar, to open and encrypt by the middleware's sealer.
    ///
    /// # Errors
    ///
    /// [`MissingSeal`] for a middleware without one.
    pub fn encrypted(&self) -> Result<SealedJar<'_, Sealer>, MissingSeal> {
        Ok(self.sealed_by(self.keys().seals.sealer()?, self.keys().now()))
    }
}
