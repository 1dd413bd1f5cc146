//! The hot path: a header cut into pairs, in place.
//!
//! Both directions use it: a Cookie field is pairs between `;`, and so is all of a Set-Cookie field.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::iter::FusedIterator;

use crate::bytes::{COOKIE_OCTET, TOKEN, is_wsp};
use crate::error::{ParseError, Part};
use crate::input::{AsText, Text};
use crate::search::{find, has_control};
use crate::text::{Redacted, Sealed as _, Shown};

/// Reads the text of a Cookie field, leniently: every pair in order, and nothing lost to a bad neighbour.
///
/// No specification says how a server reads this field; these rules are the inverse of how user agents write it (RFC
/// 6265bis section 5.8.3):
///
/// - only `;` separates, quotes or not; empty segments are skipped;
/// - SP and HTAB are trimmed around a name and a value, and no other white space;
/// - the first `=` separates name from value; a segment without one is the value of a nameless cookie, and so is what
///   follows a leading `=`;
/// - a segment with a control byte (`00`-`08`, `0A`-`1F`, `7F`) is skipped, and only it;
/// - quotes, percent signs, commas, `$Version` and octets from `80` up are data.
///
/// Infallible, lazy, linear in the header's length, and without an allocation.
///
/// ```
/// let mut pairs = hardtack::parse("sid=31d4; theme=dark; odd\x01=1; sid=older");
///
/// let sid = pairs.next().unwrap();
/// assert_eq!((sid.name(), sid.value()), ("sid", "31d4"));
/// assert_eq!(pairs.map(|pair| pair.value()).collect::<Vec<_>>(), ["dark", "older"]);
///
/// let bytes = hardtack::parse(b"a=\xFF").next().unwrap();
/// assert_eq!(bytes.value(), b"\xFF");
/// ```
#[doc(alias("split_parse", "parse_cookie"))]
#[inline(always)]
pub fn parse<H: ?Sized + AsText>(header: &H) -> Pairs<'_, H::Text> {
    Pairs::of(header.as_text())
}

/// Reads the text of a Cookie field by the grammar of RFC 6265bis section 4.2.1, an error for each pair that is not of
/// it.
///
/// The grammar: pairs separated by `"; "`, a token as name, `=`, a value of cookie-octets or such a value in double
/// quotes; spaces and tabs beside the `=` are tolerated as the grammar has it. What follows a bad pair is still read.
/// Offsets count octets of the header.
///
/// # Errors
///
/// An item is a [`ParseError`] for:
///
/// - `a=1;b=2`: no space after the `;`
/// - `a=1;`, `a=1; ; b=2`: no pair where one should be
/// - `a`: no `=`
/// - `=1`: no name
/// - `a b=1`, ` a=1`: a byte in the name that is not of a token
/// - `a=1,2`, `a="1`, `a=1 ; b=2`: a byte in the value that is no cookie-octet
///
/// ```
/// use hardtack::error::Part;
/// use hardtack::{ParseError, parse_strict};
///
/// let mut pairs = parse_strict("a=1; b=x,y; c=3");
/// assert_eq!(pairs.next().unwrap()?.value(), "1");
/// assert_eq!(
///     pairs.next().unwrap().unwrap_err(),
///     ParseError::InvalidByte { part: Part::Value, byte: b',', offset: 8 }
/// );
/// assert_eq!(pairs.next().unwrap()?.name(), "c");
/// # Ok::<(), ParseError>(())
/// ```
pub fn parse_strict<H: ?Sized + AsText>(header: &H) -> StrictPairs<'_, H::Text> {
    let header = header.as_text();
    StrictPairs { header, next: if header.bytes().is_empty() { None } else { Some(0) } }
}

/// A name and a value, borrowed from the header they stand in.
///
/// A nameless cookie has an empty name. Debug shows how long the value is, not what it is.
#[doc(alias = "RequestCookie")]
pub struct Pair<'h, T: ?Sized = str> {
    name: &'h T,
    value: &'h T,
}

impl<'h, T: ?Sized + Text> Pair<'h, T> {
    /// Returns the name, trimmed; empty for a nameless cookie.
    #[inline(always)]
    #[must_use]
    pub const fn name(self) -> &'h T {
        self.name
    }

    /// Returns the value as it stands on the wire, trimmed; quotes and percent signs belong to it.
    #[inline(always)]
    #[must_use]
    pub const fn value(self) -> &'h T {
        self.value
    }

    /// Returns whether this is the pair's name, octet for octet; no name is that of a nameless cookie.
    ///
    /// ```
    /// let pair = hardtack::parse(b"sid=\xFF").next().unwrap();
    /// assert!(pair.is_named("sid"));
    /// assert!(!pair.is_named("SID"));
    /// ```
    #[must_use]
    pub fn is_named<N: ?Sized + AsRef<[u8]>>(self, name: &N) -> bool {
        !self.name.bytes().is_empty() && self.name.bytes() == name.as_ref()
    }

    #[inline(always)]
    pub(crate) fn new(segment: &'h T) -> Option<Self> {
        let (name, value) = cut_pair(segment);
        let pair = Self { name, value };
        (!pair.name.bytes().is_empty() || !pair.value.bytes().is_empty()).then_some(pair)
    }

    /// Whether the segment the pair was cut from has a control byte; what was trimmed off is none.
    pub(crate) fn has_control(self) -> bool {
        has_control(self.name.bytes()) || has_control(self.value.bytes())
    }
}

impl<T: ?Sized> Clone for Pair<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Pair<'_, T> {}

impl<T: ?Sized + PartialEq> PartialEq for Pair<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.value == other.value
    }
}

impl<T: ?Sized + Eq> Eq for Pair<'_, T> {}

impl<T: ?Sized + Hash> Hash for Pair<'_, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
        self.value.hash(state);
    }
}

impl<T: ?Sized + Text> fmt::Debug for Pair<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pair")
            .field("name", &Shown(self.name))
            .field("value", &Redacted(self.value.bytes().len()))
            .finish()
    }
}

/// The pairs of a Cookie field, by [`parse`].
#[must_use]
pub struct Pairs<'h, T: ?Sized = str> {
    rest: &'h T,
    // Whether no segment need be asked for control bytes.
    clean: bool,
}

impl<'h, T: ?Sized + Text> Pairs<'h, T> {
    #[inline(always)]
    pub(crate) fn of(header: &'h T) -> Self {
        Self { rest: header, clean: !has_control(header.bytes()) }
    }
}

impl<'h, T: ?Sized + Text> Iterator for Pairs<'h, T> {
    type Item = Pair<'h, T>;

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.bytes().is_empty() {
            let (segment, rest) = split(self.rest);
            self.rest = rest.unwrap_or(T::empty());
            if (self.clean || !has_control(segment.bytes()))
                && let Some(pair) = Pair::new(segment)
            {
                return Some(pair);
            }
        }
        None
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        // The shortest pair is one octet and its `;`.
        (0, Some(self.rest.bytes().len().div_ceil(2)))
    }
}

impl<T: ?Sized + Text> FusedIterator for Pairs<'_, T> {}

impl<T: ?Sized> Clone for Pairs<'_, T> {
    fn clone(&self) -> Self {
        Self { rest: self.rest, clean: self.clean }
    }
}

impl<T: ?Sized + Text> fmt::Debug for Pairs<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pairs").field("rest", &Redacted(self.rest.bytes().len())).finish()
    }
}

/// What stands between the `;`, white space at its start taken off, for who looks at few of them; see [`Pair::new`].
pub(crate) struct Segments<'h, T: ?Sized>(&'h T);

impl<'h, T: ?Sized + Text> Segments<'h, T> {
    #[inline(always)]
    pub(crate) const fn of(header: &'h T) -> Self {
        Self(header)
    }
}

impl<'h, T: ?Sized + Text> Iterator for Segments<'h, T> {
    type Item = &'h T;

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        if self.0.bytes().is_empty() {
            return None;
        }
        let (segment, rest) = split(self.0);
        self.0 = rest.unwrap_or(T::empty());
        Some(trim_start(segment))
    }
}

impl<T: ?Sized> Clone for Segments<'_, T> {
    fn clone(&self) -> Self {
        Self(self.0)
    }
}

/// The pairs of a Cookie field, and what is wrong with the others, by [`parse_strict`].
#[must_use]
pub struct StrictPairs<'h, T: ?Sized = str> {
    header: &'h T,
    // Where the next segment begins; `None` once the last was read.
    next: Option<usize>,
}

impl<'h, T: ?Sized + Text> Iterator for StrictPairs<'h, T> {
    type Item = Result<Pair<'h, T>, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.next?;
        let (segment, rest) = split(self.header.from(start..));
        self.next = rest.map(|_| start + segment.bytes().len() + 1);
        Some(if start == 0 {
            strict_pair(segment, start)
        } else if segment.bytes().first() == Some(&b' ') {
            strict_pair(segment.from(1..), start + 1)
        } else if segment.bytes().is_empty() {
            Err(ParseError::EmptyPair { offset: start })
        } else {
            Err(ParseError::MissingSpace { offset: start })
        })
    }
}

impl<T: ?Sized + Text> FusedIterator for StrictPairs<'_, T> {}

impl<T: ?Sized> Clone for StrictPairs<'_, T> {
    fn clone(&self) -> Self {
        Self { header: self.header, next: self.next }
    }
}

impl<T: ?Sized + Text> fmt::Debug for StrictPairs<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StrictPairs")
            .field("header", &Redacted(self.header.bytes().len()))
            .field("next", &self.next)
            .finish()
    }
}

/// `cookie-name BWS "=" BWS cookie-value` (RFC 6265bis section 4.1.1), at `offset` of its header.
fn strict_pair<T: ?Sized + Text>(pair: &T, offset: usize) -> Result<Pair<'_, T>, ParseError> {
    let bytes = pair.bytes();
    if bytes.is_empty() {
        return Err(ParseError::EmptyPair { offset });
    }
    let Some(equals) = find(b'=', bytes) else {
        return Err(ParseError::MissingEquals { offset });
    };
    let (name, value) = pair.around(equals, b'=');
    let name = trim_end(name);
    if name.bytes().is_empty() {
        return Err(ParseError::EmptyName { offset });
    }
    if let Some((byte, at)) = TOKEN.first_outside(name.bytes()) {
        return Err(ParseError::InvalidByte { part: Part::Name, byte, offset: offset + at });
    }
    let value = trim_start(value);
    if let Some((byte, at)) = outside_cookie_value(value.bytes()) {
        let value_offset = offset + bytes.len() - value.bytes().len();
        return Err(ParseError::InvalidByte { part: Part::Value, byte, offset: value_offset + at });
    }
    Ok(Pair { name, value })
}

/// The first octet that `cookie-value = *cookie-octet / ( DQUOTE *cookie-octet DQUOTE )` does not allow (RFC 6265bis
/// section 4.1.1).
pub(crate) fn outside_cookie_value(value: &[u8]) -> Option<(u8, usize)> {
    match strip_quotes(value) {
        Some(quoted) => COOKIE_OCTET.first_outside(quoted).map(|(byte, at)| (byte, at + 1)),
        None => COOKIE_OCTET.first_outside(value),
    }
}

/// What stands between the double quotes a value begins and ends with.
pub(crate) fn strip_quotes(value: &[u8]) -> Option<&[u8]> {
    value.strip_prefix(b"\"")?.strip_suffix(b"\"")
}

/// The text before the first `;`, and what follows it.
#[inline(always)]
pub(crate) fn split<T: ?Sized + Text>(text: &T) -> (&T, Option<&T>) {
    match find(b';', text.bytes()) {
        Some(end) => {
            let (segment, rest) = text.around(end, b';');
            (segment, Some(rest))
        }
        None => (text, None),
    }
}

/// A name and a value; without an `=`, all of it is the value of a nameless cookie (RFC 6265bis section 5.6, step 3).
#[inline(always)]
pub(crate) fn cut_pair<T: ?Sized + Text>(segment: &T) -> (&T, &T) {
    match cut(segment) {
        (name, Some(value)) => (name, value),
        (value, None) => (T::empty(), value),
    }
}

/// The trimmed texts before and after the first `=`; all of it and `None` where there is none.
#[inline(always)]
pub(crate) fn cut<T: ?Sized + Text>(segment: &T) -> (&T, Option<&T>) {
    // The white space behind a `;` goes first: what is left is often a name short enough for one step of the search.
    let segment = trim_start(segment);
    match find(b'=', segment.bytes()) {
        Some(equals) => {
            let (name, value) = segment.around(equals, b'=');
            (trim_end(name), Some(trim(value)))
        }
        None => (trim_end(segment), None),
    }
}

/// The text without SP and HTAB at either end.
#[inline(always)]
pub(crate) fn trim<T: ?Sized + Text>(text: &T) -> &T {
    trim_end(trim_start(text))
}

#[inline(always)]
pub(crate) fn trim_start<T: ?Sized + Text>(text: &T) -> &T {
    match text.bytes() {
        // Nothing above SP is white space, and nearly every text begins with something above SP.
        [] => text,
        [first, ..] if *first > b' ' => text,
        // As it stands behind a `;`, and as some servers write it there.
        [b' ', second, ..] if *second > b' ' => text.behind(b' '),
        [b' ', b' ', third, ..] if *third > b' ' => text.behind(b' ').behind(b' '),
        bytes => text.from(bytes.iter().position(|&byte| !is_wsp(byte)).unwrap_or(bytes.len())..),
    }
}

#[inline(always)]
fn trim_end<T: ?Sized + Text>(text: &T) -> &T {
    match text.bytes() {
        [] => text,
        [.., last] if *last > b' ' => text,
        bytes => text.to(..bytes.iter().rposition(|&byte| !is_wsp(byte)).map_or(0, |last| last + 1)),
    }
}
