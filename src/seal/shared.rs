//! A shared jar whose cookies are opened and sealed (feature `std`).

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use crate::builder::SetCookieBuilder;
use crate::date::CookieDate;
use crate::seal::error::OpenError;
use crate::seal::forms::Seal;
use crate::seal::opened::Opened;
use crate::set_cookie::SetCookie;
use crate::shared_jar::{ChangeError, SharedJar};
use crate::template::CookieTemplate;

impl SharedJar {
    /// Returns the jar, to open and seal its cookies by this signer or sealer, at this time.
    ///
    /// ```
    /// use hardtack::seal::{Key, Sealer};
    /// use hardtack::{CookieDate, CookieTemplate, SharedJar};
    ///
    /// const SID: CookieTemplate = CookieTemplate::prefixed("__Host-sid").checked();
    ///
    /// let sealer = Sealer::new(Key::generate()?);
    /// let jar = SharedJar::default();
    /// let sealed = jar.sealed_by(&sealer, CookieDate::from_unix_timestamp(1_800_000_000));
    /// assert!(sealed.open(&SID).is_none());
    /// sealed.set(SID.cookie("31d4"))?;
    /// assert_eq!(sealed.open(&SID).unwrap()?.value, "31d4");
    /// assert_ne!(jar.get("__Host-sid").unwrap(), "31d4");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sealed_by<'j, S: Seal>(&'j self, seal: &'j S, now: impl Into<CookieDate>) -> SealedJar<'j, S> {
        SealedJar { jar: self, seal, now: now.into() }
    }
}

/// A [`SharedJar`] whose cookies are opened and sealed; by [`SharedJar::sealed_by`].
#[derive(Clone, Copy)]
#[must_use]
pub struct SealedJar<'j, S> {
    jar: &'j SharedJar,
    seal: &'j S,
    now: CookieDate,
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
        self.jar.read(|jar| {
            let opened = jar.open(template.name(), self.seal, self.now)?;
            Some(opened.map(|opened| opened.map(Cow::into_owned)))
        })
    }

    /// Seals the value of a cookie and sets it; returns the change of the same identity whose place it takes.
    ///
    /// # Errors
    ///
    /// A [`ChangeError`]:
    ///
    /// - a value that cannot be sealed, and a cookie that is not built
    /// - any change once the jar has ended
    pub fn set(&self, cookie: SetCookieBuilder<'_>) -> Result<Option<SetCookie<'static>>, ChangeError> {
        let sealed = cookie.sealed(self.seal, self.now).build()?;
        Ok(self.jar.set(sealed)?)
    }
}

/// Shows nothing of the keys.
impl<S> fmt::Debug for SealedJar<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealedJar").field("jar", self.jar).finish_non_exhaustive()
    }
}
