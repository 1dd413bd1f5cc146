//! Set-Cookie text read as a user agent reads it (RFC 6265bis section 5.6).

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;
use core::iter::FusedIterator;
use core::str::FromStr;

use crate::attribute::{Attribute, Attributes, MAX_ATTRIBUTE_LEN, MAX_EXTENSIONS, MaxAge, Priority, SameSite, domain};
use crate::bytes::CONTROL;
use crate::date::CookieDate;
use crate::error::ParseError;
use crate::input::{AsText, Text};
use crate::names::AttributeName;
use crate::search::has_control;
use crate::set_cookie::{MAX_PAIR_LEN, SetCookie};
use crate::text::Redacted;
use crate::tokenizer::{cut, cut_pair, split};

impl<'a, T: ?Sized + Text> SetCookie<'a, T> {
    /// Reads the text of a Set-Cookie field as a user agent does: nothing a browser keeps is refused.
    ///
    /// Of an attribute given twice the last that is valid counts; one longer than 1024 octets is ignored; unknown ones
    /// are kept as extensions, the first [`MAX_EXTENSIONS`] of them, and octets from `80` up are kept everywhere. What depends
    /// on the response's origin (does Domain match, may a prefixed name be set) is not judged here. Allocates for unknown attributes, 48 octets each,
    /// and for a Domain with upper-case letters; otherwise nothing.
    ///
    /// The text is what stands behind the field's name: `sid=31d4; Path=/`, without `Set-Cookie:`.
    ///
    /// # Errors
    ///
    /// - `a=b\r\n`, `a=b; x\x01=y`: a control byte other than HTAB, anywhere
    /// - the empty text, `=`, `; Path=/`: neither name nor value
    /// - a name and value of more than 4096 octets together
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let line = "sid=31d4; Domain=.Example.com; Max-Age=-1; SameSite=odd; Note=High";
    /// let cookie = SetCookie::parse(line)?;
    /// assert_eq!(cookie.domain(), Some("example.com"));
    /// assert_eq!(cookie.max_age(), Some(core::time::Duration::ZERO));
    /// assert_eq!(cookie.same_site(), None);
    /// assert_eq!(cookie.extensions()[0].value(), Some("High"));
    /// assert_eq!(SetCookie::parse("just a value")?.name(), "");
    ///
    /// let octets = SetCookie::parse(b"name=\xFF; Path=/\xE9")?;
    /// assert_eq!(octets.value(), b"\xFF");
    /// # Ok::<(), hardtack::ParseError>(())
    /// ```
    #[inline]
    pub fn parse<H: ?Sized + AsText<Text = T>>(text: &'a H) -> Result<Self, ParseError> {
        parse(text.as_text())
    }
}

impl FromStr for SetCookie<'static> {
    type Err = ParseError;

    /// Reads the text of a Set-Cookie field; see [`SetCookie::parse`].
    fn from_str(text: &str) -> Result<Self, ParseError> {
        SetCookie::parse(text).map(SetCookie::into_owned)
    }
}

#[inline(always)]
fn parse<T: ?Sized + Text>(text: &T) -> Result<SetCookie<'_, T>, ParseError> {
    if has_control(text.bytes())
        && let Some((byte, offset)) = CONTROL.first_inside(text.bytes())
    {
        return Err(ParseError::ControlByte { byte, offset });
    }
    let (pair, attributes) = split(text);
    let (name, value) = cut_pair(pair);
    let len = name.bytes().len() + value.bytes().len();
    if len == 0 {
        return Err(ParseError::EmptyCookie);
    }
    if len > MAX_PAIR_LEN {
        let beyond = match MAX_PAIR_LEN.checked_sub(name.bytes().len()) {
            Some(room) => (value, room),
            None => (name, MAX_PAIR_LEN),
        };
        return Err(ParseError::PairTooLong { len, max: MAX_PAIR_LEN, offset: offset_in(text, beyond.0) + beyond.1 });
    }
    let attributes = attributes.map_or_else(Attributes::default, Attributes::read);
    Ok(SetCookie { name: Cow::Borrowed(name), value: Cow::Borrowed(value), attributes })
}

/// How far into `text` a part of it begins, in octets.
fn offset_in<T: ?Sized + Text>(text: &T, part: &T) -> usize {
    part.bytes().as_ptr().addr().saturating_sub(text.bytes().as_ptr().addr())
}

impl<'a, T: ?Sized + Text> Attributes<'a, T> {
    /// Cuts the attributes of a Set-Cookie field, the text behind the first `;`, as they stand there: in order,
    /// duplicates and unknown ones included.
    ///
    /// SP and HTAB are trimmed around names and values, and empty segments are skipped. Lazy, linear, and without an
    /// allocation.
    ///
    /// ```
    /// use hardtack::Attributes;
    ///
    /// let attributes: Vec<_> = Attributes::tokenize(" Path = /x ;; Secure; path=").collect();
    /// let seen: Vec<_> = attributes.iter().map(|one| (one.name(), one.value())).collect();
    /// assert_eq!(seen, [("Path", Some("/x")), ("Secure", None), ("path", Some(""))]);
    /// ```
    pub fn tokenize(text: &'a T) -> Tokenize<'a, T> {
        Tokenize(Segments(text))
    }

    #[inline(always)]
    fn read(text: &'a T) -> Self {
        let (mut attributes, mut extensions) = (Self::default(), Vec::new());
        read_attributes(text, &mut ByTheLetter { attributes: &mut attributes, extensions: &mut extensions });
        if !extensions.is_empty() {
            attributes.extensions = extensions.into();
        }
        attributes
    }
}

/// Who reads attributes, one after the other: the specification, or a user agent that has ways of its own.
pub(crate) trait ReadAttribute<'a, T: ?Sized> {
    /// Takes an attribute of the model.
    fn known(&mut self, name: AttributeName, value: &'a T);

    /// Takes an attribute that the model does not know.
    fn unknown(&mut self, name: &'a T, value: Option<&'a T>);

    /// Is told of an attribute that is too long, and passes it over (RFC 6265bis section 5.6, step 6).
    fn too_long(&mut self, name: AttributeName, value: &'a T);

    /// Sees each attribute before it is read, as it stands.
    fn any(&mut self, name: &'a T, value: Option<&'a T>);
}

/// The one loop over the attributes of a Set-Cookie field, the text behind the first `;` (RFC 6265bis section 5.6).
#[inline(always)]
pub(crate) fn read_attributes<'a, T: ?Sized + Text>(text: &'a T, reader: &mut impl ReadAttribute<'a, T>) {
    for (name, value) in Segments(text) {
        reader.any(name, value);
        let given = value.unwrap_or(T::empty());
        match AttributeName::from_ascii(name.bytes()) {
            Some(known) if given.bytes().len() > MAX_ATTRIBUTE_LEN => reader.too_long(known, given),
            Some(known) => reader.known(known, given),
            None if given.bytes().len() > MAX_ATTRIBUTE_LEN => {}
            None => reader.unknown(name, value),
        }
    }
}

/// RFC 6265bis sections 5.6.1 to 5.6.7: an invalid Expires or Max-Age leaves the one before it; an invalid Domain, Path,
/// SameSite or Priority takes its place.
// Two references: what is kept here is moved when it is done, and the vector, which grows behind a call, would keep the
// attributes in memory with it.
struct ByTheLetter<'a, 'v, T: ?Sized + Text> {
    attributes: &'v mut Attributes<'a, T>,
    extensions: &'v mut Vec<Attribute<'a, T>>,
}

impl<'a, T: ?Sized + Text> ReadAttribute<'a, T> for ByTheLetter<'a, '_, T> {
    #[inline(always)]
    fn known(&mut self, name: AttributeName, value: &'a T) {
        let attributes = &mut *self.attributes;
        match name {
            AttributeName::Expires => {
                attributes.expires = CookieDate::parse(value.bytes()).ok().or(attributes.expires);
            }
            AttributeName::MaxAge => attributes.max_age = MaxAge::from_ascii(value.bytes()).or(attributes.max_age),
            AttributeName::Domain => attributes.domain = domain(value),
            AttributeName::Path => attributes.path = value.bytes().starts_with(b"/").then_some(Cow::Borrowed(value)),
            AttributeName::Secure => attributes.secure = true,
            AttributeName::HttpOnly => attributes.http_only = true,
            AttributeName::SameSite => attributes.same_site = SameSite::from_ascii(value.bytes()),
            AttributeName::Partitioned => attributes.partitioned = true,
            AttributeName::Priority => attributes.priority = Priority::from_ascii(value.bytes()),
        }
    }

    #[inline(always)]
    fn unknown(&mut self, name: &'a T, value: Option<&'a T>) {
        if self.extensions.len() < MAX_EXTENSIONS {
            keep(self.extensions, name, value);
        }
    }

    #[inline(always)]
    fn too_long(&mut self, _: AttributeName, _: &'a T) {}

    #[inline(always)]
    fn any(&mut self, _: &'a T, _: Option<&'a T>) {}
}

/// Cold, since most lines have no unknown attribute: the vector's growth stays out of the loop over the known ones.
#[cold]
fn keep<'a, T: ?Sized + Text>(extensions: &mut Vec<Attribute<'a, T>>, name: &'a T, value: Option<&'a T>) {
    extensions.push(Attribute { name: Cow::Borrowed(name), value: value.map(Cow::Borrowed) });
}

/// The attributes of a Set-Cookie field as they stand there, by [`Attributes::tokenize`].
#[must_use]
pub struct Tokenize<'a, T: ?Sized = str>(Segments<'a, T>);

impl<'a, T: ?Sized + Text> Iterator for Tokenize<'a, T> {
    type Item = Attribute<'a, T>;

    fn next(&mut self) -> Option<Self::Item> {
        let (name, value) = self.0.next()?;
        Some(Attribute { name: Cow::Borrowed(name), value: value.map(Cow::Borrowed) })
    }
}

impl<T: ?Sized + Text> FusedIterator for Tokenize<'_, T> {}

impl<T: ?Sized> Clone for Tokenize<'_, T> {
    fn clone(&self) -> Self {
        Self(Segments(self.0.0))
    }
}

impl<T: ?Sized + Text> fmt::Debug for Tokenize<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tokenize").field(&Redacted(self.0.0.bytes().len())).finish()
    }
}

/// What stands between the `;`, cut and trimmed, blank segments left out.
struct Segments<'a, T: ?Sized>(&'a T);

impl<'a, T: ?Sized + Text> Iterator for Segments<'a, T> {
    type Item = (&'a T, Option<&'a T>);

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        while !self.0.bytes().is_empty() {
            let (segment, rest) = split(self.0);
            self.0 = rest.unwrap_or(T::empty());
            let (name, value) = cut(segment);
            if value.is_some() || !name.bytes().is_empty() {
                return Some((name, value));
            }
        }
        None
    }
}
