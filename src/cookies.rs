//! A view of the cookies a request carries.

use alloc::collections::BTreeMap;
use core::fmt;
use core::iter::FusedIterator;

use crate::bytes::CONTROL;
use crate::deleted::Tombstones;
use crate::error::ParseError;
use crate::fields::{Fields, Others};
use crate::input::{AsText, Text};
use crate::search::has_control;
use crate::tokenizer::{Pair, Pairs, Segments, split};

/// The cookies of one request: look them up by name, or go through them.
///
/// Nothing is parsed before it is asked for, and nothing is kept: each call reads the header as far as it must.
/// A response that depends on a cookie needs `Vary: Cookie`.
///
/// ```
/// use hardtack::Cookies;
///
/// let cookies = Cookies::new("sid=31d4; theme=dark; lang=DELETED");
/// assert_eq!(cookies.get("theme"), Some("dark"));
/// assert_eq!(cookies.get("lang"), None);
/// assert_eq!(cookies.get("Theme"), None);
/// ```
#[doc(alias("RequestCookies", "CookieMap"))]
pub struct Cookies<'h, T: ?Sized = str> {
    fields: Fields<'h, T>,
    tombstones: Tombstones,
}

impl<'h, T: ?Sized + Text> Cookies<'h, T> {
    /// Returns the cookies of one Cookie field, given as its text without the field's name.
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// let header = String::from("a=1");
    /// assert_eq!(Cookies::new(&header).get("a"), Some("1"));
    /// assert_eq!(Cookies::new(b"a=1").get("a"), Some(b"1".as_slice()));
    /// ```
    #[must_use]
    pub fn new<H: ?Sized + AsText<Text = T>>(header: &'h H) -> Self {
        Self { fields: Fields::One(header.as_text()), tombstones: Tombstones::Exact }
    }

    /// Returns the cookies of several Cookie fields of one request, read as one: HTTP/2 and HTTP/3 may split the field
    /// (RFC 9113 section 8.2.3).
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// let fields = ["a=1", "b=2; a=3"];
    /// let all: Vec<_> = Cookies::from_fields(&fields).get_all("a").collect();
    /// assert_eq!(all, ["1", "3"]);
    /// ```
    #[must_use]
    pub const fn from_fields(fields: &'h [&'h T]) -> Self {
        Self { fields: Fields::Several(fields), tombstones: Tombstones::Exact }
    }

    /// Returns the same cookies, with another rule for which of them count as deleted; [`Tombstones::Exact`] unless
    /// said otherwise.
    ///
    /// ```
    /// use hardtack::{Cookies, Tombstones};
    ///
    /// let cookies = Cookies::new("sid=DELETED");
    /// assert_eq!(cookies.get("sid"), None);
    /// assert_eq!(cookies.tombstones(Tombstones::Keep).get("sid"), Some("DELETED"));
    /// ```
    #[must_use]
    pub const fn tombstones(self, tombstones: Tombstones) -> Self {
        Self { tombstones, ..self }
    }

    /// Returns the value of the first cookie of this name: the one with the longest path, since user agents send it
    /// first (RFC 6265bis section 5.8.3).
    ///
    /// Names are compared octet for octet, and a nameless cookie is found by none: `get("")` is `None`.
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// assert_eq!(Cookies::new("a=1; a=2").get("a"), Some("1"));
    /// assert_eq!(Cookies::new("=1; 2").get(""), None);
    /// ```
    #[doc(alias("cookie", "get_cookie"))]
    #[must_use]
    pub fn get<N: ?Sized + AsRef<T>>(&self, name: &N) -> Option<&'h T> {
        self.get_all(name).next()
    }

    /// Returns the first cookie of this name, to decode or unquote its value.
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// let note = Cookies::new(r#"note="a\073b""#).pair("note").unwrap();
    /// assert_eq!(note.unquoted(), "a;b");
    /// ```
    #[must_use]
    pub fn pair<N: ?Sized + AsRef<T>>(&self, name: &N) -> Option<Pair<'h, T>> {
        self.get_all(name).next_pair()
    }

    /// Returns an iterator over the value of every cookie of this name, in order.
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// let all: Vec<_> = Cookies::new("a=1; b=2; a=3").get_all("a").collect();
    /// assert_eq!(all, ["1", "3"]);
    /// ```
    #[doc(alias("getlist", "cookies_named"))]
    pub fn get_all<'n, N: ?Sized + AsRef<T>>(&self, name: &'n N) -> GetAll<'h, 'n, T> {
        let (header, fields) = self.fields.open();
        GetAll { segments: Segments::of(header), fields, tombstones: self.tombstones, name: name.as_ref() }
    }

    /// Returns whether there is a cookie of this name.
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// assert!(Cookies::new("a=").contains("a"));
    /// assert!(!Cookies::new("a=DELETED").contains("a"));
    /// ```
    #[doc(alias = "has")]
    #[must_use]
    pub fn contains<N: ?Sized + AsRef<T>>(&self, name: &N) -> bool {
        self.get(name).is_some()
    }

    /// Returns the number of cookies, duplicates and nameless ones included.
    ///
    /// ```
    /// assert_eq!(hardtack::Cookies::new("a=1; a=2; b").count(), 3);
    /// ```
    #[doc(alias = "len")]
    #[must_use]
    pub fn count(&self) -> usize {
        self.iter().count()
    }

    /// Returns whether there is no cookie.
    ///
    /// ```
    /// assert!(hardtack::Cookies::new(" ; a=DELETED").is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Returns the cookies by name; of several of one name the first, as [`get`](Self::get) has it.
    ///
    /// To `collect` the pairs into a map keeps the last of a name instead. A nameless cookie is left out.
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// let map = Cookies::new("a=1; b=2; a=3").to_map();
    /// assert_eq!(map.into_iter().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
    /// ```
    #[doc(alias("dict", "HashMap"))]
    #[must_use]
    pub fn to_map(&self) -> BTreeMap<&'h T, &'h T> {
        let mut map = BTreeMap::new();
        for pair in self.iter().filter(|pair| !pair.name().bytes().is_empty()) {
            map.entry(pair.name()).or_insert(pair.value());
        }
        map
    }

    /// Returns an iterator over every cookie, in order.
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// let cookies = Cookies::new("a=1; b=DELETED; c=3");
    /// let names: Vec<_> = cookies.iter().map(|pair| pair.name()).collect();
    /// assert_eq!(names, ["a", "c"]);
    /// ```
    pub fn iter(&self) -> Iter<'h, T> {
        let (header, fields) = self.fields.open();
        Iter { pairs: Pairs::of(header), fields, tombstones: self.tombstones }
    }

    /// Returns an iterator over what was skipped, and why: a pair with a control byte, or with neither a name nor a
    /// value. Empty segments between `;` are nothing, and tombstones are no error.
    ///
    /// Offsets count octets of the field that the pair stands in.
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// let cookies = Cookies::new("a=1; odd\x01=2; b=3");
    /// let refused: Vec<_> = cookies.refused().map(|error| error.to_string()).collect();
    /// assert_eq!(refused, [
    ///     "byte 0x01 at offset 8 is a control byte, \
    ///      for which user agents drop the whole cookie; remove it"
    /// ]);
    /// ```
    pub fn refused(&self) -> Refused<'h, T> {
        let (header, fields) = self.fields.open();
        Refused { header, next: Some(0), fields }
    }

    /// Returns every field, in order.
    pub(crate) fn fields(self) -> impl Iterator<Item = &'h T> {
        let (header, fields) = self.fields.open();
        core::iter::once(header).chain(fields)
    }
}

#[cfg(feature = "http")]
impl<'h> Cookies<'h, [u8]> {
    /// Returns the cookies of every Cookie field of a request.
    ///
    /// ```
    /// use hardtack::Cookies;
    /// use http::{HeaderMap, HeaderValue, header::COOKIE};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.append(COOKIE, HeaderValue::from_static("a=1"));
    /// headers.append(COOKIE, HeaderValue::from_static("b=2"));
    /// assert_eq!(Cookies::from_headers(&headers).get("b"), Some(b"2".as_slice()));
    /// ```
    #[doc(alias = "from_header_map")]
    #[must_use]
    pub fn from_headers(headers: &'h ::http::HeaderMap) -> Self {
        Self { fields: Fields::Headers(headers, ::http::HeaderValue::as_bytes), tombstones: Tombstones::Exact }
    }
}

impl<T: ?Sized> Clone for Cookies<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Cookies<'_, T> {}

impl<T: ?Sized + Text> fmt::Debug for Cookies<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'h, T: ?Sized + Text> IntoIterator for Cookies<'h, T> {
    type Item = Pair<'h, T>;
    type IntoIter = Iter<'h, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'h, T: ?Sized + Text> IntoIterator for &Cookies<'h, T> {
    type Item = Pair<'h, T>;
    type IntoIter = Iter<'h, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The cookies of a request, by [`Cookies::iter`].
#[must_use]
pub struct Iter<'h, T: ?Sized = str> {
    pairs: Pairs<'h, T>,
    fields: Others<'h, T>,
    tombstones: Tombstones,
}

impl<'h, T: ?Sized + Text> Iterator for Iter<'h, T> {
    type Item = Pair<'h, T>;

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(pair) = self.pairs.next() {
                if !self.tombstones.covers(pair.value().bytes()) {
                    return Some(pair);
                }
            } else {
                self.pairs = Pairs::of(self.fields.next()?);
            }
        }
    }
}

impl<T: ?Sized + Text> FusedIterator for Iter<'_, T> {}

impl<T: ?Sized> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Self { pairs: self.pairs.clone(), fields: self.fields.clone(), tombstones: self.tombstones }
    }
}

impl<T: ?Sized + Text> fmt::Debug for Iter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// The values of the cookies of one name, by [`Cookies::get_all`].
#[must_use]
pub struct GetAll<'h, 'n, T: ?Sized = str> {
    // Cut into pairs, and asked for control bytes, only where the name matches: most of the header is passed over.
    segments: Segments<'h, T>,
    fields: Others<'h, T>,
    tombstones: Tombstones,
    name: &'n T,
}

impl<'h, T: ?Sized + Text> Iterator for GetAll<'h, '_, T> {
    type Item = &'h T;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.next_pair().map(Pair::value)
    }
}

impl<'h, T: ?Sized + Text> GetAll<'h, '_, T> {
    #[inline]
    fn next_pair(&mut self) -> Option<Pair<'h, T>> {
        // No name is that of a nameless cookie.
        let first = *self.name.bytes().first()?;
        loop {
            for segment in self.segments.by_ref() {
                // Most are told apart by how they begin, before anything is cut; what begins with the name and has a name
                // as long is of that name.
                if segment.bytes().first() == Some(&first)
                    && segment.bytes().starts_with(self.name.bytes())
                    && let Some(pair) = Pair::new(segment)
                    && pair.name().bytes().len() == self.name.bytes().len()
                    && !has_control(segment.bytes())
                    && !self.tombstones.covers(pair.value().bytes())
                {
                    return Some(pair);
                }
            }
            self.segments = Segments::of(self.fields.next()?);
        }
    }
}

impl<T: ?Sized + Text> FusedIterator for GetAll<'_, '_, T> {}

impl<T: ?Sized> Clone for GetAll<'_, '_, T> {
    fn clone(&self) -> Self {
        Self {
            segments: self.segments.clone(),
            fields: self.fields.clone(),
            tombstones: self.tombstones,
            name: self.name,
        }
    }
}

impl<T: ?Sized + Text> fmt::Debug for GetAll<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetAll").field("name", &crate::text::Shown(self.name)).finish_non_exhaustive()
    }
}

/// What was skipped of a request's cookies, and why, by [`Cookies::refused`].
#[must_use]
pub struct Refused<'h, T: ?Sized = str> {
    header: &'h T,
    // Where the next segment begins; `None` once the last was read.
    next: Option<usize>,
    fields: Others<'h, T>,
}

impl<T: ?Sized + Text> Iterator for Refused<'_, T> {
    type Item = ParseError;

    fn next(&mut self) -> Option<ParseError> {
        loop {
            let Some(offset) = self.next else {
                self.header = self.fields.next()?;
                self.next = Some(0);
                continue;
            };
            let (segment, rest) = split(self.header.from(offset..));
            let octets = segment.bytes();
            self.next = rest.map(|_| offset + octets.len() + 1);
            if let Some((byte, at)) = CONTROL.first_inside(octets) {
                return Some(ParseError::ControlByte { byte, offset: offset + at });
            }
            if Pair::new(segment).is_none() && octets.contains(&b'=') {
                return Some(ParseError::EmptyName { offset });
            }
        }
    }
}

impl<T: ?Sized + Text> FusedIterator for Refused<'_, T> {}

impl<T: ?Sized> Clone for Refused<'_, T> {
    fn clone(&self) -> Self {
        Self { header: self.header, next: self.next, fields: self.fields.clone() }
    }
}

impl<T: ?Sized + Text> fmt::Debug for Refused<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
