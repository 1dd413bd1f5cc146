//! The text of a Set-Cookie field.

use alloc::vec::Vec;
use core::convert::Infallible;
use core::fmt;

use crate::attribute::{Attribute, SameSite};
use crate::bytes::is_wsp;
use crate::date::{CookieDate, two_digits};
use crate::input::Text;
use crate::names::AttributeName;
use crate::set_cookie::SetCookie;

impl<T: ?Sized + Text> SetCookie<'_, T> {
    /// Appends the text of the Set-Cookie field, without the field's name; allocates only to make room in `buffer`.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let mut response = b"Set-Cookie: ".to_vec();
    /// SetCookie::builder("a", "1").build()?.append_to(&mut response);
    /// assert_eq!(response, b"Set-Cookie: a=1; Path=/");
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    #[doc(alias("write", "encode"))]
    pub fn append_to(&self, buffer: &mut Vec<u8>) {
        buffer.reserve(self.most_octets());
        let Ok(()) = self.write(buffer);
    }

    /// Returns the text of the Set-Cookie field, without the field's name, as octets.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// assert_eq!(SetCookie::parse(b"a=\xFF")?.to_bytes(), b"a=\xFF");
    /// # Ok::<(), hardtack::ParseError>(())
    /// ```
    #[doc(alias("encode", "as_bytes"))]
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut octets = Vec::new();
        self.append_to(&mut octets);
        octets
    }

    /// Returns how many octets the cookie has when written.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// assert_eq!(SetCookie::parse("a=1; SECURE")?.encoded_len(), "a=1; Secure".len());
    /// # Ok::<(), hardtack::ParseError>(())
    /// ```
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        let mut len = Length(0);
        let Ok(()) = self.write(&mut len);
        len.0
    }

    /// As many octets as the cookie has when written, or some more: a sum in place of a look at every part.
    fn most_octets(&self) -> usize {
        const FIXED: usize = fixed_octets();
        let attributes = &self.attributes;
        let extension = |extension: &Attribute<'_, T>| {
            "; =".len() + extension.name().bytes().len() + extension.value().map_or(0, |value| value.bytes().len())
        };
        FIXED
            + self.name.bytes().len()
            + self.value.bytes().len()
            + attributes.domain().map_or(0, |domain| domain.bytes().len())
            + attributes.path().map_or(0, |path| path.bytes().len())
            + attributes.extensions().iter().map(extension).sum::<usize>()
    }

    /// The one order: Expires, Max-Age, Domain, Path, Secure, HttpOnly, SameSite, Partitioned, Priority, extensions as
    /// given.
    fn write<S: Sink<T>>(&self, sink: &mut S) -> Result<(), S::Error> {
        let nameless = self.name.bytes().is_empty();
        sink.text(&self.name)?;
        // A nameless value stands alone unless an `=` in it would make a name of what is before (RFC 6265bis section
        // 5.6, step 3).
        if !nameless || self.value.bytes().contains(&b'=') {
            sink.ascii("=")?;
        }
        sink.text(&self.value)?;
        self.write_attributes(sink)
    }

    /// What stands behind the pair, the `;` in front of it included.
    #[inline(always)]
    pub(crate) fn write_attributes<S: Sink<T>>(&self, sink: &mut S) -> Result<(), S::Error> {
        let attributes = &self.attributes;
        if let Some(date) = attributes.expires {
            sink.ascii(AttributeName::Expires.separated())?;
            sink.date(date)?;
        }
        if let Some(age) = attributes.max_age {
            sink.ascii(AttributeName::MaxAge.separated())?;
            sink.number(age.seconds())?;
        }
        if let Some(domain) = attributes.domain() {
            sink.ascii(AttributeName::Domain.separated())?;
            // A reader takes one leading dot off, and white space: one more dot keeps what stands behind it.
            if domain.bytes().first().is_some_and(|&first| first == b'.' || is_wsp(first)) {
                sink.ascii(".")?;
            }
            sink.text(domain)?;
        }
        if let Some(path) = attributes.path() {
            sink.ascii(AttributeName::Path.separated())?;
            sink.text(path)?;
        }
        if attributes.secure {
            sink.ascii(AttributeName::Secure.separated())?;
        }
        if attributes.http_only {
            sink.ascii(AttributeName::HttpOnly.separated())?;
        }
        if let Some(same_site) = attributes.same_site {
            sink.ascii(AttributeName::SameSite.separated())?;
            // A branch for each word makes it a constant, to be copied without a call.
            match same_site {
                SameSite::Strict => sink.ascii(SameSite::Strict.as_str())?,
                SameSite::Lax => sink.ascii(SameSite::Lax.as_str())?,
                SameSite::None => sink.ascii(SameSite::None.as_str())?,
            }
        }
        if attributes.partitioned {
            sink.ascii(AttributeName::Partitioned.separated())?;
        }
        if let Some(priority) = attributes.priority {
            sink.ascii(AttributeName::Priority.separated())?;
            sink.ascii(priority.as_str())?;
        }
        for extension in attributes.extensions() {
            sink.extension(extension)?;
        }
        Ok(())
    }
}

/// The most octets of what a cookie writes besides its texts: every name, date, number and word there is.
const fn fixed_octets() -> usize {
    let mut octets = "=".len() + CookieDate::LEN + "2147483647".len() + ".".len() + "Strict".len() + "Medium".len();
    let mut index = 0;
    while index < AttributeName::ALL.len() {
        octets += AttributeName::ALL[index].separated().len();
        index += 1;
    }
    octets
}

impl fmt::Display for SetCookie<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

/// Where a cookie's text goes, piece by piece.
pub(crate) trait Sink<T: ?Sized + Text> {
    type Error;

    fn ascii(&mut self, text: &str) -> Result<(), Self::Error>;
    fn text(&mut self, text: &T) -> Result<(), Self::Error>;

    /// Text that was made here, of ASCII.
    fn octets(&mut self, ascii: &[u8]) -> Result<(), Self::Error>;

    #[inline(always)]
    fn date(&mut self, date: CookieDate) -> Result<(), Self::Error> {
        self.octets(&date.to_imf_fixdate())
    }

    fn extension(&mut self, extension: &Attribute<'_, T>) -> Result<(), Self::Error> {
        self.ascii("; ")?;
        self.text(extension.name())?;
        match extension.value() {
            Some(value) => {
                self.ascii("=")?;
                self.text(value)
            }
            None => Ok(()),
        }
    }

    #[inline(always)]
    fn number(&mut self, mut number: u32) -> Result<(), Self::Error> {
        let mut digits = [b'0'; 10];
        let mut start = digits.len();
        for pair in digits.as_chunks_mut::<2>().0.iter_mut().rev() {
            *pair = two_digits(u8::try_from(number % 100).unwrap_or_default());
            number /= 100;
            start -= 2;
            if number == 0 {
                break;
            }
        }
        let digits = digits.get(start..).unwrap_or_default();
        // There are two at least.
        self.octets(digits.strip_prefix(b"0").unwrap_or(digits))
    }
}

impl<T: ?Sized + Text> Sink<T> for Vec<u8> {
    type Error = Infallible;

    #[inline(always)]
    fn ascii(&mut self, text: &str) -> Result<(), Infallible> {
        self.extend_from_slice(text.as_bytes());
        Ok(())
    }

    #[inline(always)]
    fn text(&mut self, text: &T) -> Result<(), Infallible> {
        self.extend_from_slice(text.bytes());
        Ok(())
    }

    #[inline(always)]
    fn octets(&mut self, ascii: &[u8]) -> Result<(), Infallible> {
        self.extend_from_slice(ascii);
        Ok(())
    }
}

impl Sink<str> for fmt::Formatter<'_> {
    type Error = fmt::Error;

    #[inline(always)]
    fn ascii(&mut self, text: &str) -> fmt::Result {
        self.write_str(text)
    }

    #[inline(always)]
    fn text(&mut self, text: &str) -> fmt::Result {
        self.write_str(text)
    }

    fn octets(&mut self, ascii: &[u8]) -> fmt::Result {
        self.write_str(str::from_utf8(ascii).unwrap_or_default())
    }
}

struct Length(usize);

impl<T: ?Sized + Text> Sink<T> for Length {
    type Error = Infallible;

    #[inline(always)]
    fn ascii(&mut self, text: &str) -> Result<(), Infallible> {
        self.0 += text.len();
        Ok(())
    }

    #[inline(always)]
    fn text(&mut self, text: &T) -> Result<(), Infallible> {
        self.0 += text.bytes().len();
        Ok(())
    }

    #[inline(always)]
    fn octets(&mut self, ascii: &[u8]) -> Result<(), Infallible> {
        self.0 += ascii.len();
        Ok(())
    }

    #[inline(always)]
    fn date(&mut self, _: CookieDate) -> Result<(), Infallible> {
        self.0 += CookieDate::LEN;
        Ok(())
    }
}
