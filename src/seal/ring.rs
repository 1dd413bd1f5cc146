//! Several keys, so that one can take the place of another.

use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::seal::error::DuplicateKey;
use crate::seal::head::KeyId;
use crate::seal::key::Key;

/// Keys of which the first seals and all open.
///
/// A sealed value says by an id which key it needs, so that a ring of many keys takes no longer than one of one.
///
/// ```
/// use hardtack::CookieDate;
/// use hardtack::seal::{Key, KeyRing, Signer};
///
/// let now = CookieDate::from_unix_timestamp(1_800_000_000);
/// let before = Signer::new(Key::from_master(&[0xA5; 32])?);
/// let text = before.seal("sid", "31d4", now)?;
///
/// let (current, older) = (Key::from_master(&[0x5A; 32])?, Key::from_master(&[0xA5; 32])?);
/// let ring = KeyRing::new(current).and(older)?;
/// let after = Signer::new(ring);
/// let opened = after.open("sid", &text, now)?;
/// assert!(opened.needs_renewal);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// Invariant: there is a first key, and no two have an id in common.
pub struct KeyRing {
    current: Key,
    older: Vec<Key>,
}

impl KeyRing {
    /// Returns a ring of one key, which seals and opens.
    #[must_use]
    pub const fn new(current: Key) -> Self {
        Self { current, older: vec![] }
    }

    /// Adds a key that opens what it sealed before.
    ///
    /// A key that is to seal later can be added, too: servers that are not yet told to seal with it can then open what
    /// others seal.
    ///
    /// # Errors
    ///
    /// [`DuplicateKey`] for a key that the ring has already, or one that has its id in common with another by chance,
    /// which is to be expected of one pair in four thousand million.
    pub fn and(mut self, older: Key) -> Result<Self, DuplicateKey> {
        if self.find(older.id()).is_some() {
            return Err(DuplicateKey);
        }
        self.older.push(older);
        Ok(self)
    }

    /// The key that seals.
    pub(crate) const fn current(&self) -> &Key {
        &self.current
    }

    /// The key of this id, and whether it is another than the one that seals.
    pub(crate) fn find(&self, id: KeyId) -> Option<(&Key, bool)> {
        if self.current.id() == id {
            return Some((&self.current, false));
        }
        self.older.iter().find(|key| key.id() == id).map(|key| (key, true))
    }
}

impl From<Key> for KeyRing {
    fn from(key: Key) -> Self {
        Self::new(key)
    }
}

impl From<Key> for Arc<KeyRing> {
    fn from(key: Key) -> Self {
        Self::new(KeyRing::new(key))
    }
}

/// Shows how many keys there are.
impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyRing(<{} keys>)", 1 + self.older.len())
    }
}
