//! Every fault of a request's cookies, by the grammar of RFC 6265bis section 4.2.1.

use alloc::vec::Vec;
use core::fmt;

use crate::error::ParseError;
use crate::input::AsText;
use crate::tokenizer::parse_strict;

/// Checks that every Cookie field of a request is of the grammar (RFC 6265bis section 4.2.1); none at all is.
///
/// Browsers send what this refuses, so it is for clients of one's own.
///
/// # Errors
///
/// A [`GrammarError`], which has every fault, for what [`parse_strict`] refuses of a field: `a=1;b=2`, `a`, `a=1,2`.
///
/// ```
/// use hardtack::grammar;
///
/// assert!(grammar::check(["a=1; b=2", "c=3"]).is_ok());
/// assert_eq!(
///     grammar::check(["a=1", "b=2;c=3; d"]).unwrap_err().to_string(),
///     "the request's cookies are not of the grammar\n\
///      Cookie field 1: the \";\" before offset 4 is not followed by a space; \
///      separate pairs by \"; \"\n\
///      Cookie field 1: the pair at offset 9 has no \"=\"; write name=value"
/// );
/// ```
pub fn check<'f, H: ?Sized + AsText + 'f>(fields: impl IntoIterator<Item = &'f H>) -> Result<(), GrammarError> {
    let mut found = GrammarError { faults: Vec::new(), omitted: 0 };
    for (field, text) in fields.into_iter().enumerate() {
        for error in parse_strict(text).filter_map(Result::err) {
            if found.faults.len() < GrammarError::MAX_FAULTS {
                found.faults.push(Fault { field, error });
            } else {
                found.omitted += 1;
            }
        }
    }
    if found.faults.is_empty() { Ok(()) } else { Err(found) }
}

/// Why a request's cookies are not of the grammar: each fault with its offset, a line each, and no value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GrammarError {
    faults: Vec<Fault>,
    omitted: usize,
}

impl GrammarError {
    /// The most faults that are kept: a request must not choose how long its response is.
    pub const MAX_FAULTS: usize = 32;

    /// Returns the faults, the first [`MAX_FAULTS`](Self::MAX_FAULTS) of them, in order.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Returns the number of faults beyond those that were kept.
    #[must_use]
    pub const fn omitted(&self) -> usize {
        self.omitted
    }
}

impl fmt::Display for GrammarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request's cookies are not of the grammar")?;
        for fault in &self.faults {
            write!(f, "\nCookie field {}: {}", fault.field, fault.error)?;
        }
        if self.omitted > 0 {
            write!(f, "\nand {} more", self.omitted)?;
        }
        Ok(())
    }
}

impl core::error::Error for GrammarError {}

/// One fault of a request's cookies.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Fault {
    /// Which Cookie field of the request, counted from 0.
    pub field: usize,
    /// What is wrong, and at which octet of that field.
    pub error: ParseError,
}
