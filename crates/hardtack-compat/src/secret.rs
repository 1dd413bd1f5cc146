//! Keys, and rings of them.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

use crate::error::KeyError;

/// The octets of a key, which are overwritten when it is dropped.
pub(crate) struct Secret(Zeroizing<Box<[u8]>>);

impl Secret {
    pub(crate) fn new(octets: &[u8], min: usize) -> Result<Self, KeyError> {
        if octets.len() < min {
            return Err(KeyError::TooShort { len: octets.len(), min });
        }
        Ok(Self::from(octets))
    }

    pub(crate) fn octets(&self) -> &[u8] {
        &self.0
    }
}

impl From<&[u8]> for Secret {
    fn from(octets: &[u8]) -> Self {
        Self(Zeroizing::new(octets.into()))
    }
}

/// The one key that writes, and older ones that read as well.
pub(crate) struct Ring<K> {
    pub(crate) writer: K,
    older: Vec<K>,
}

impl<K> Ring<K> {
    pub(crate) const fn new(writer: K) -> Self {
        Self { writer, older: Vec::new() }
    }

    pub(crate) fn push(&mut self, older: K) {
        self.older.push(older);
    }

    /// What the first key that opens gives, and the key's place.
    pub(crate) fn open<T>(&self, mut open: impl FnMut(&K) -> Option<T>) -> Option<(usize, T)> {
        let keys = core::iter::once(&self.writer).chain(&self.older);
        keys.enumerate().find_map(|(at, key)| Some((at, open(key)?)))
    }

    /// The place of the first key that verifies.
    pub(crate) fn verify(&self, mut verify: impl FnMut(&K) -> bool) -> Option<usize> {
        self.open(|key| verify(key).then_some(())).map(|(at, ())| at)
    }
}

impl<K> fmt::Debug for Ring<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", 1 + self.older.len())
    }
}

/// A module's own type of key: one framework's secret is not another's by accident.
macro_rules! key {
    ($(#[$doc:meta])*) => {
        $(#[$doc])*
        ///
        /// It cannot be cloned, Debug does not show it, and its octets are overwritten when it is dropped.
        pub struct Key(crate::secret::Secret);

        impl Key {
            /// Takes the secret as the framework's configuration has it.
            ///
            /// # Errors
            ///
            /// - an empty secret
            pub fn new(secret: impl AsRef<[u8]>) -> Result<Self, crate::KeyError> {
                crate::secret::Secret::new(secret.as_ref(), 1).map(Self)
            }

            /// The key of a form that this one is built on, or that is built on this one.
            #[allow(dead_code, reason = "few forms are built on another")]
            pub(crate) const fn of(secret: crate::secret::Secret) -> Self {
                Self(secret)
            }
        }

        impl core::fmt::Debug for Key {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("Key(..)")
            }
        }
    };
}
pub(crate) use key;

/// What every signer has: a ring with the writer first, and limits.
macro_rules! ring_and_limits {
    () => {
        /// Adds an older key, which reads but does not write.
        #[must_use]
        pub fn and(mut self, older: Key) -> Self {
            self.keys.push(older);
            self
        }

        /// Sets how much is read and written.
        #[must_use]
        pub const fn limits(mut self, limits: crate::Limits) -> Self {
            self.limits = limits;
            self
        }
    };
}
pub(crate) use ring_and_limits;
