//! The text of a Cookie field, as a client writes it (RFC 6265bis section 5.8.3).

use alloc::borrow::ToOwned;
use alloc::vec::Vec;

use crate::accept;
use crate::error::{BuildError, Part, SerializeError};
use crate::input::{AsText, Text};
use crate::search::find;
use crate::text::Sealed as _;
use crate::tokenizer::Pair;

/// What has a name and a value: a tuple of two texts, or a [`Pair`].
///
/// The trait is sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a name and a value",
    note = "pass tuples such as `(\"sid\", \"31d4\")`, both texts or both octets, or `Pair`s"
)]
pub trait AsPair: sealed::Sealed {
    /// `str` or `[u8]`.
    type Text: ?Sized + Text;

    /// Returns the name and the value.
    fn as_pair(&self) -> (&Self::Text, &Self::Text);
}

mod sealed {
    #[allow(unnameable_types, reason = "what seals `AsPair` cannot be named")]
    pub trait Sealed {}
}

impl<N: AsText, V: AsText<Text = N::Text>> sealed::Sealed for (N, V) {}

impl<N: AsText, V: AsText<Text = N::Text>> AsPair for (N, V) {
    type Text = N::Text;

    fn as_pair(&self) -> (&N::Text, &N::Text) {
        (self.0.as_text(), self.1.as_text())
    }
}

impl<T: ?Sized + Text> sealed::Sealed for Pair<'_, T> {}

impl<T: ?Sized + Text> AsPair for Pair<'_, T> {
    type Text = T;

    fn as_pair(&self) -> (&T, &T) {
        (self.name(), self.value())
    }
}

impl<P: AsPair> sealed::Sealed for &P {}

impl<P: AsPair> AsPair for &P {
    type Text = P::Text;

    fn as_pair(&self) -> (&P::Text, &P::Text) {
        (**self).as_pair()
    }
}

/// Writes the text of a Cookie field from names and values, as a user agent does (RFC 6265bis section 5.8.3).
///
/// A nameless cookie is written as its bare value. What is written reads back: `parse(&serialize(pairs)?)` yields the
/// same pairs. Text gives a `String`, octets give a `Vec<u8>`.
///
/// # Errors
///
/// A [`SerializeError`], which says which pair, for:
///
/// - `("a;b", "1")`, `("a", "1\n")`: a `;` or a control byte other than HTAB in a name or value
/// - `("a=b", "1")`: an `=` in a name
/// - `(" a", "1")`, `("a", "1 ")`: SP or HTAB at an end, which a reader would trim
/// - `("", "")`: neither name nor value
/// - `("", "a=b")`: a nameless value that would be read as a name and a value
///
/// ```
/// let field = hardtack::serialize([("sid", "31d4"), ("theme", "dark"), ("", "bare")])?;
/// assert_eq!(field, "sid=31d4; theme=dark; bare");
///
/// let again = hardtack::serialize(hardtack::parse(&field))?;
/// assert_eq!(again, field);
/// # Ok::<(), hardtack::SerializeError>(())
/// ```
#[doc(alias("stringify", "cookie_header"))]
pub fn serialize<P: AsPair>(pairs: impl IntoIterator<Item = P>) -> Result<<P::Text as ToOwned>::Owned, SerializeError> {
    let mut field = <P::Text as ToOwned>::Owned::default();
    for (index, pair) in pairs.into_iter().enumerate() {
        for piece in pieces(index, &pair)? {
            piece.append_to(&mut field);
        }
    }
    Ok(field)
}

/// Appends the octets of a Cookie field to `buffer`; see [`serialize`].
///
/// # Errors
///
/// Those of [`serialize`]; `buffer` is then as it was.
///
/// ```
/// let mut request = b"Cookie: ".to_vec();
/// hardtack::serialize_into([("sid", "31d4")], &mut request)?;
/// assert_eq!(request, b"Cookie: sid=31d4");
/// # Ok::<(), hardtack::SerializeError>(())
/// ```
pub fn serialize_into<P: AsPair>(
    pairs: impl IntoIterator<Item = P>,
    buffer: &mut Vec<u8>,
) -> Result<(), SerializeError> {
    let start = buffer.len();
    for (index, pair) in pairs.into_iter().enumerate() {
        match pieces(index, &pair) {
            Ok(pieces) => pieces.into_iter().for_each(|piece| buffer.extend_from_slice(piece.bytes())),
            Err(error) => {
                buffer.truncate(start);
                return Err(error);
            }
        }
    }
    Ok(())
}

/// What a pair adds to a Cookie field.
fn pieces<P: AsPair>(index: usize, pair: &P) -> Result<[&P::Text; 4], SerializeError> {
    let (name, value) = pair.as_pair();
    judge(name.bytes(), value.bytes()).map_err(|reason| SerializeError { index, reason })?;
    let separator = P::Text::ascii(if index == 0 { "" } else { "; " });
    let equals = P::Text::ascii(if name.bytes().is_empty() { "" } else { "=" });
    Ok([separator, name, equals, value])
}

/// What keeps a pair from being read back as it is.
#[inline]
fn judge(name: &[u8], value: &[u8]) -> Result<(), BuildError> {
    if name.is_empty() {
        if value.is_empty() {
            return Err(BuildError::EmptyName);
        }
        if let Some(offset) = find(b'=', value) {
            return Err(BuildError::AmbiguousNameless { offset });
        }
    }
    accept::safe(Part::Name, name, b'=')?;
    accept::safe(Part::Value, value, b';')
}
