//! What is looked at before any work is done.

use alloc::string::String;

use crate::error::{OpenError, SealError};

/// How much a reader takes on, and a writer makes.
///
/// ```
/// use hardtack_compat::Limits;
///
/// let limits = Limits::new().text(4096).inflated(8192).depth(16);
/// assert_ne!(limits, Limits::default());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub(crate) text: usize,
    pub(crate) inflated: usize,
    pub(crate) depth: usize,
}

impl Limits {
    /// Returns limits of 16 384 octets of text, 65 536 octets inflated, and a depth of 128.
    ///
    /// User agents keep a name and value of 4096 octets together (RFC 6265bis section 5.6); clients that are none may
    /// send more.
    #[must_use]
    pub const fn new() -> Self {
        Self { text: 16_384, inflated: 65_536, depth: 128 }
    }

    /// Sets the longest text that is read and written, in octets.
    #[must_use]
    pub const fn text(mut self, octets: usize) -> Self {
        self.text = octets;
        self
    }

    /// Sets the largest payload that a compressed text may inflate to, in octets.
    #[must_use]
    pub const fn inflated(mut self, octets: usize) -> Self {
        self.inflated = octets;
        self
    }

    /// Sets how deep lists and maps may be nested in a payload of JSON; a list in a map is 2 deep. At most 128.
    #[must_use]
    pub const fn depth(mut self, depth: usize) -> Self {
        self.depth = if depth < 128 { depth } else { 128 };
        self
    }

    pub(crate) fn read(&self, text: &str) -> Result<(), OpenError> {
        let len = text.len();
        if len > self.text { Err(OpenError::TooLong { len, max: self.text }) } else { Ok(()) }
    }

    pub(crate) fn written(&self, text: String) -> Result<String, SealError> {
        let len = text.len();
        if len > self.text { Err(SealError::TooLong { len, max: self.text }) } else { Ok(text) }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_the_most_that_is_taken() {
        let limits = Limits::new().text(4);
        assert_eq!(limits.read("1234"), Ok(()));
        assert_eq!(limits.read("12345"), Err(OpenError::TooLong { len: 5, max: 4 }));
        assert_eq!(limits.written("1234".into()).as_deref(), Ok("1234"));
        assert_eq!(limits.written("12345".into()), Err(SealError::TooLong { len: 5, max: 4 }));
        assert_eq!([127, 128, 129].map(|depth| Limits::new().depth(depth).depth), [127, 128, 128]);
    }
}
