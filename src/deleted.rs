//! DELETED: which cookies count as deleted.

use crate::tokenizer::strip_quotes;

/// The value of a deleted cookie.
pub const DELETED: &str = "DELETED";

/// A rule for which cookies of a request count as deleted, and so as absent.
///
/// A user agent drops a tombstone at once, since it has expired; this is for the one that does not: a clock far off, a
/// proxy, a cache, a test client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Tombstones {
    /// Those whose value is `DELETED`, double quotes around it aside.
    #[default]
    Exact,
    /// Those whose value contains `DELETED`, which is the rule of the Pycnic framework; that framework passes over a
    /// cookie whose name contains it, too, which this does not.
    Containing,
    /// None.
    Keep,
}

impl Tombstones {
    #[inline]
    pub(crate) fn covers(self, value: &[u8]) -> bool {
        match self {
            Self::Exact => is_deleted(value),
            Self::Containing => memchr::memmem::find(value, DELETED.as_bytes()).is_some(),
            Self::Keep => false,
        }
    }
}

#[inline]
pub(crate) fn is_deleted(value: &[u8]) -> bool {
    // Nearly every value is told apart by its length.
    matches!(value.len(), 7 | 9) && strip_quotes(value).unwrap_or(value) == DELETED.as_bytes()
}
