//! `str` and `[u8]`, the two forms a header comes in.

use core::fmt;

/// The methods of `Text`, which nobody else may implement.
pub(crate) use sealed::Sealed;

/// A text in Debug output that may be read: a name, an attribute.
pub(crate) struct Shown<'t, T: ?Sized>(pub(crate) &'t T);

impl<T: ?Sized + Sealed> fmt::Debug for Shown<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt_shown(f)
    }
}

/// A text in Debug output that may not be read: how many octets it has.
pub(crate) struct Redacted(pub(crate) usize);

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} octet{}>", self.0, if self.0 == 1 { "" } else { "s" })
    }
}

#[allow(unnameable_types, reason = "what seals `Text` cannot be named")]
mod sealed {
    use alloc::borrow::ToOwned;
    use alloc::string::String;
    use alloc::vec::Vec;
    use core::fmt;
    use core::hash::Hash;
    use core::ops::{Range, RangeFrom, RangeTo};
    use core::str::Utf8Error;

    /// What the crate does with a header's text. Every cut is beside an ASCII octet, so that a `str` is never cut
    /// inside a character; a cut anywhere else gives the empty text.
    pub trait Sealed: Eq + Ord + Hash + ToOwned<Owned: Clone + Default> + 'static {
        fn empty<'t>() -> &'t Self;
        fn ascii(literal: &'static str) -> &'static Self;
        fn bytes(&self) -> &[u8];
        fn utf8(&self) -> Result<&str, Utf8Error>;
        fn to(&self, range: RangeTo<usize>) -> &Self;
        fn from(&self, range: RangeFrom<usize>) -> &Self;
        fn within(&self, range: Range<usize>) -> &Self;
        /// The texts before and behind the octet at `at`, which is `octet`, of ASCII.
        fn around(&self, at: usize, octet: u8) -> (&Self, &Self);
        /// The text behind its first octet if that is `octet`, of ASCII; all of it otherwise.
        fn behind(&self, octet: u8) -> &Self;
        fn to_lower_case(&self) -> Self::Owned;
        fn append_to(&self, owned: &mut Self::Owned);
        fn as_text_of(owned: &Self::Owned) -> &Self;
        fn from_octets(octets: Vec<u8>) -> Option<Self::Owned>;
        fn fmt_shown(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
    }

    /// What both do by methods of the same names.
    macro_rules! alike {
        () => {
            #[inline(always)]
            fn to(&self, range: RangeTo<usize>) -> &Self {
                self.get(range).unwrap_or_default()
            }

            #[inline(always)]
            fn from(&self, range: RangeFrom<usize>) -> &Self {
                self.get(range).unwrap_or_default()
            }

            #[inline(always)]
            fn within(&self, range: Range<usize>) -> &Self {
                self.get(range).unwrap_or_default()
            }

            fn to_lower_case(&self) -> Self::Owned {
                self.to_ascii_lowercase()
            }
        };
    }

    impl Sealed for str {
        fn empty<'t>() -> &'t Self {
            ""
        }

        fn ascii(literal: &'static str) -> &'static Self {
            literal
        }

        #[inline(always)]
        fn bytes(&self) -> &[u8] {
            self.as_bytes()
        }

        #[inline(always)]
        fn utf8(&self) -> Result<&str, Utf8Error> {
            Ok(self)
        }

        #[inline(always)]
        fn around(&self, at: usize, octet: u8) -> (&Self, &Self) {
            if self.as_bytes().get(at) == Some(&octet)
                && octet.is_ascii()
                && let Some((before, behind)) = self.split_at_checked(at)
                && let Some(behind) = behind.strip_prefix(char::from(octet))
            {
                (before, behind)
            } else {
                (self, "")
            }
        }

        #[inline(always)]
        fn behind(&self, octet: u8) -> &Self {
            self.strip_prefix(char::from(octet)).unwrap_or(self)
        }

        alike!();

        fn append_to(&self, owned: &mut String) {
            owned.push_str(self);
        }

        fn as_text_of(owned: &String) -> &Self {
            owned
        }

        fn from_octets(octets: Vec<u8>) -> Option<Self::Owned> {
            String::from_utf8(octets).ok()
        }

        fn fmt_shown(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            fmt::Debug::fmt(self, f)
        }
    }

    impl Sealed for [u8] {
        fn empty<'t>() -> &'t Self {
            &[]
        }

        fn ascii(literal: &'static str) -> &'static Self {
            literal.as_bytes()
        }

        #[inline(always)]
        fn bytes(&self) -> &[u8] {
            self
        }

        fn utf8(&self) -> Result<&str, Utf8Error> {
            str::from_utf8(self)
        }

        #[inline(always)]
        fn around(&self, at: usize, octet: u8) -> (&Self, &Self) {
            match self.split_at_checked(at) {
                Some((before, [found, behind @ ..])) if *found == octet => (before, behind),
                _ => (self, &[]),
            }
        }

        #[inline(always)]
        fn behind(&self, octet: u8) -> &Self {
            self.strip_prefix(&[octet]).unwrap_or(self)
        }

        alike!();

        fn append_to(&self, owned: &mut Vec<u8>) {
            owned.extend_from_slice(self);
        }

        fn as_text_of(owned: &Vec<u8>) -> &Self {
            owned
        }

        fn from_octets(octets: Vec<u8>) -> Option<Self::Owned> {
            Some(octets)
        }

        fn fmt_shown(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "b\"{}\"", self.escape_ascii())
        }
    }
}
