//! The words of a header that are one of a few.

use thiserror::Error;

/// A word that names none of the values a type has.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[error("the word is not known; write {expected}")]
pub struct UnknownWord {
    pub(crate) expected: &'static str,
}
