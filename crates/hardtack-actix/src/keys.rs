//! What a middleware keeps to open and seal with; without the feature `seal`, nothing.

#[cfg(feature = "seal")]
use core::fmt;
#[cfg(feature = "seal")]
use std::sync::Arc;
#[cfg(feature = "seal")]
use std::time::SystemTime;

#[cfg(feature = "seal")]
use hardtack::CookieDate;
#[cfg(feature = "seal")]
use hardtack::seal::{Seals, WriteError};
use hardtack::{CookieJar, CookieValue, SetCookie};

use crate::error::{CookieError, TypedRejection};

/// Signer and sealer, and the clock by which seals expire.
#[derive(Clone, Default)]
#[cfg_attr(not(feature = "seal"), derive(Debug))]
pub(crate) struct Keys {
    #[cfg(feature = "seal")]
    pub(crate) seals: Seals,
    #[cfg(feature = "seal")]
    pub(crate) clock: Option<Arc<dyn Fn() -> CookieDate + Send + Sync>>,
}

#[cfg(feature = "seal")]
impl Keys {
    pub(crate) const fn is_empty(&self) -> bool {
        self.seals.is_empty()
    }

    pub(crate) fn now(&self) -> CookieDate {
        self.clock.as_ref().map_or_else(|| SystemTime::now().into(), |clock| clock())
    }

    pub(crate) fn read<V: CookieValue>(&self, jar: &CookieJar) -> Result<Option<V>, TypedRejection> {
        self.seals.read(jar, self.now()).map_err(|fault| TypedRejection::new(V::TEMPLATE.name(), fault))
    }

    pub(crate) fn write<V: CookieValue>(&self, value: &V) -> Result<SetCookie<'static>, CookieError> {
        let cookie = self.seals.write(value, self.now()).map_err(|error| match error {
            WriteError::MissingSeal(missing) => missing.into(),
            WriteError::Unwritten(_) => CookieError::Unwritten { name: V::TEMPLATE.name() },
        });
        Ok(cookie?.build()?)
    }
}

#[cfg(not(feature = "seal"))]
#[allow(clippy::unused_self, reason = "with the feature, they ask the keys")]
impl Keys {
    pub(crate) const fn is_empty(&self) -> bool {
        true
    }

    pub(crate) fn read<V: CookieValue>(&self, jar: &CookieJar) -> Result<Option<V>, TypedRejection> {
        jar.get_typed().map_err(|fault| TypedRejection::new(V::TEMPLATE.name(), fault))
    }

    pub(crate) fn write<V: CookieValue>(&self, value: &V) -> Result<SetCookie<'static>, CookieError> {
        unsealed(value)
    }
}

/// The Set-Cookie of a value that no key protects; that of one that is sealed does not compile.
pub(crate) fn unsealed<V: CookieValue>(value: &V) -> Result<SetCookie<'static>, CookieError> {
    let cookie = value.to_cookie().map_err(|_| CookieError::Unwritten { name: V::TEMPLATE.name() });
    Ok(cookie?.build()?)
}

#[cfg(feature = "seal")]
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.seals.fmt(f)
    }
}
