//! What a header may be held in.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::text::Sealed;

/// A header's text: `str` or `[u8]`, and nothing else.
///
/// What goes in comes out: [`parse`](crate::parse) of text gives names and values as `&str`, of octets as `&[u8]`. The
/// trait is sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the text of a header",
    note = "a header's text is `str` or `[u8]`"
)]
pub trait Text: Sealed + AsText<Text = Self> {}

impl Text for str {}
impl Text for [u8] {}

/// What holds a header's text: `str`, `String`, `[u8]`, `[u8; N]`, `Vec<u8>`, a `Cow`, `Box`, `Rc` or `Arc` of them, a
/// reference to any of them, and `http::HeaderValue` with the feature `http`.
///
/// What is text gives text, what is octets gives octets. The trait is sealed.
///
/// ```
/// use hardtack::parse;
///
/// let string = String::from("a=1");
/// assert_eq!(parse(&string).next().unwrap().value(), "1");
/// assert_eq!(parse(b"a=1").next().unwrap().value(), b"1");
/// assert_eq!(parse("a=1").next().unwrap().value(), "1");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not hold the text of a header",
    label = "neither text nor octets",
    note = "pass a `str`, a `String`, a `[u8]`, a `Vec<u8>` or a reference to one",
    note = "an `http::HeaderValue` needs the feature `http`; for an `Option`, take what is in it first"
)]
pub trait AsText: sealed::Holder {
    /// `str` or `[u8]`.
    type Text: ?Sized + Text;

    /// Returns the text, as it is.
    fn as_text(&self) -> &Self::Text;
}

mod sealed {
    #[allow(unnameable_types, reason = "what seals `AsText` cannot be named")]
    pub trait Holder {}
}

macro_rules! holders {
    ($([$($generics:tt)*] $holder:ty => $text:ty;)+) => {
        $(
            impl<$($generics)*> sealed::Holder for $holder {}

            impl<$($generics)*> AsText for $holder {
                type Text = $text;

                #[inline(always)]
                fn as_text(&self) -> &$text {
                    self
                }
            }
        )+
    };
}

holders! {
    [] str => str;
    [] String => str;
    [] [u8] => [u8];
    [const N: usize] [u8; N] => [u8];
    [] Vec<u8> => [u8];
    [T: ?Sized + Text] Cow<'_, T> => T;
}

macro_rules! pointers {
    ($($pointer:ty)+) => {
        $(
            impl<H: ?Sized + AsText> sealed::Holder for $pointer {}

            impl<H: ?Sized + AsText> AsText for $pointer {
                type Text = H::Text;

                #[inline(always)]
                fn as_text(&self) -> &H::Text {
                    (**self).as_text()
                }
            }
        )+
    };
}

pointers! { &H &mut H Box<H> Rc<H> Arc<H> }

#[cfg(feature = "http")]
mod http {
    use ::http::HeaderValue;

    use crate::input::{AsText, sealed};

    impl sealed::Holder for HeaderValue {}

    impl AsText for HeaderValue {
        type Text = [u8];

        #[inline(always)]
        fn as_text(&self) -> &[u8] {
            self.as_bytes()
        }
    }
}
