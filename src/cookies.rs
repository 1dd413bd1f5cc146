//! A view of the cookies a request carries.

use core::fmt;
use core::iter::FusedIterator;
use core::slice;

use crate::text::Text;
use crate::tokenizer::{Pair, Pairs, parse};
use crate::tombstone::Tombstones;

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
pub struct Cookies<'h, T: ?Sized = str> {
    fields: Fields<'h, T>,
    tombstones: Tombstones,
}

enum Fields<'h, T: ?Sized> {
    One(&'h T),
    Several(&'h [&'h T]),
}

impl<'h, T: ?Sized + Text> Cookies<'h, T> {
    /// The cookies of one Cookie field.
    #[must_use]
    pub const fn new(header: &'h T) -> Self {
        Self { fields: Fields::One(header), tombstones: Tombstones::Exact }
    }

    /// The cookies of several Cookie fields of one request, read as one: HTTP/2 and HTTP/3 may split the field (RFC
    /// 9113 section 8.2.3).
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// let fields = ["a=1", "b=2; a=3"];
    /// assert_eq!(Cookies::from_fields(&fields).get_all("a").collect::<Vec<_>>(), ["1", "3"]);
    /// ```
    #[must_use]
    pub const fn from_fields(fields: &'h [&'h T]) -> Self {
        Self { fields: Fields::Several(fields), tombstones: Tombstones::Exact }
    }

    /// The same cookies, with another rule for which of them count as deleted; [`Tombstones::Exact`] unless said
    /// otherwise.
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

    /// The value of the first cookie of this name: the one with the longest path, since user agents send it first (RFC
    /// 6265bis section 5.8.3).
    ///
    /// Names are compared octet for octet, and a nameless cookie is found by none: `get("")` is `None`.
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// assert_eq!(Cookies::new("a=1; a=2").get("a"), Some("1"));
    /// assert_eq!(Cookies::new("=1; 2").get(""), None);
    /// ```
    #[must_use]
    pub fn get<N: ?Sized + AsRef<T>>(&self, name: &N) -> Option<&'h T> {
        self.get_all(name).next()
    }

    /// The value of every cookie of this name, in order.
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// assert_eq!(Cookies::new("a=1; b=2; a=3").get_all("a").collect::<Vec<_>>(), ["1", "3"]);
    /// ```
    pub fn get_all<'n, N: ?Sized + AsRef<T>>(&self, name: &'n N) -> GetAll<'h, 'n, T> {
        let (header, fields) = self.fields.open();
        GetAll { pairs: Pairs::unchecked(header), fields, tombstones: self.tombstones, name: name.as_ref() }
    }

    /// Every cookie, in order.
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// let names: Vec<_> = Cookies::new("a=1; b=DELETED; c=3").iter().map(|pair| pair.name()).collect();
    /// assert_eq!(names, ["a", "c"]);
    /// ```
    pub fn iter(&self) -> Iter<'h, T> {
        let (header, fields) = self.fields.open();
        Iter { pairs: parse(header), fields, tombstones: self.tombstones }
    }
}

impl<'h, T: ?Sized + Text> Fields<'h, T> {
    /// The first field, and the others.
    fn open(self) -> (&'h T, slice::Iter<'h, &'h T>) {
        match self {
            Self::One(header) => (header, [].iter()),
            Self::Several(fields) => (T::empty(), fields.iter()),
        }
    }
}

impl<T: ?Sized> Clone for Cookies<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Cookies<'_, T> {}

impl<T: ?Sized> Clone for Fields<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Fields<'_, T> {}

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
    fields: slice::Iter<'h, &'h T>,
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
                self.pairs = parse(*self.fields.next()?);
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
    // Not asked for control bytes but where the name matches: most of the header is passed over.
    pairs: Pairs<'h, T>,
    fields: slice::Iter<'h, &'h T>,
    tombstones: Tombstones,
    name: &'n T,
}

impl<'h, T: ?Sized + Text> Iterator for GetAll<'h, '_, T> {
    type Item = &'h T;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.name.bytes().is_empty() {
            return None;
        }
        loop {
            for pair in &mut self.pairs {
                if pair.name() == self.name && !pair.has_control() && !self.tombstones.covers(pair.value().bytes()) {
                    return Some(pair.value());
                }
            }
            self.pairs = Pairs::unchecked(*self.fields.next()?);
        }
    }
}

impl<T: ?Sized + Text> FusedIterator for GetAll<'_, '_, T> {}

impl<T: ?Sized> Clone for GetAll<'_, '_, T> {
    fn clone(&self) -> Self {
        Self { pairs: self.pairs.clone(), fields: self.fields.clone(), ..*self }
    }
}

impl<T: ?Sized + Text> fmt::Debug for GetAll<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetAll").field("name", &crate::text::Shown(self.name)).finish_non_exhaustive()
    }
}
