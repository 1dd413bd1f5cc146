//! The Cookie fields of one request: one, several, or those of a map of headers.

use core::slice;

use crate::input::Text;

/// The Cookie fields of one request, in order.
pub(crate) enum Fields<'h, T: ?Sized> {
    One(&'h T),
    Several(&'h [&'h T]),
    #[cfg(feature = "http")]
    Headers(&'h ::http::HeaderMap, fn(&'h ::http::HeaderValue) -> &'h T),
}

impl<T: ?Sized> Clone for Fields<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Fields<'_, T> {}

impl<'h, T: ?Sized + Text> Fields<'h, T> {
    /// The first field, and the others.
    #[inline(always)]
    pub(crate) fn open(self) -> (&'h T, Others<'h, T>) {
        match self {
            Self::One(header) => (header, Others::Slice([].iter())),
            Self::Several(fields) => (T::empty(), Others::Slice(fields.iter())),
            #[cfg(feature = "http")]
            Self::Headers(headers, text) => (T::empty(), Others::Headers(Headers::of(headers), text)),
        }
    }
}

/// The fields not yet read.
pub(crate) enum Others<'h, T: ?Sized> {
    Slice(slice::Iter<'h, &'h T>),
    #[cfg(feature = "http")]
    Headers(Headers<'h>, fn(&'h ::http::HeaderValue) -> &'h T),
}

impl<'h, T: ?Sized> Iterator for Others<'h, T> {
    type Item = &'h T;

    #[inline]
    fn next(&mut self) -> Option<&'h T> {
        match self {
            Self::Slice(fields) => fields.next().copied(),
            #[cfg(feature = "http")]
            Self::Headers(fields, text) => fields.next().map(text),
        }
    }
}

impl<T: ?Sized> Clone for Others<'_, T> {
    fn clone(&self) -> Self {
        match self {
            Self::Slice(fields) => Self::Slice(fields.clone()),
            #[cfg(feature = "http")]
            Self::Headers(fields, text) => Self::Headers(fields.clone(), *text),
        }
    }
}

/// The Cookie fields of a map not yet read; a copy of it goes through those before once more.
#[cfg(feature = "http")]
pub(crate) struct Headers<'h> {
    all: &'h ::http::HeaderMap,
    next: ::http::header::ValueIter<'h, ::http::HeaderValue>,
    read: usize,
}

#[cfg(feature = "http")]
impl<'h> Headers<'h> {
    fn of(all: &'h ::http::HeaderMap) -> Self {
        Self { all, next: all.get_all(::http::header::COOKIE).iter(), read: 0 }
    }
}

#[cfg(feature = "http")]
impl<'h> Iterator for Headers<'h> {
    type Item = &'h ::http::HeaderValue;

    fn next(&mut self) -> Option<Self::Item> {
        self.read += 1;
        self.next.next()
    }
}

#[cfg(feature = "http")]
impl Clone for Headers<'_> {
    fn clone(&self) -> Self {
        let mut copy = Self::of(self.all);
        copy.by_ref().take(self.read).for_each(drop);
        copy
    }
}
