//! Cookies written: a Set-Cookie field for a response, a Cookie field for a request.

use alloc::string::String;
use alloc::vec::Vec;
use core::convert::Infallible;
use core::fmt;

use crate::attribute::Attribute;
use crate::bytes::{CONTROL, is_wsp};
use crate::date::CookieDate;
use crate::error::{BuildError, Part};
use crate::names::AttributeName;
use crate::set_cookie::SetCookie;
use crate::text::Text;
use crate::tokenizer::trim;

impl<T: ?Sized + Text> SetCookie<'_, T> {
    /// Appends the text of the Set-Cookie field, without the field's name; allocates only to make room in `buffer`.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let mut response = b"Set-Cookie: ".to_vec();
    /// SetCookie::build("a", "1").finish()?.append_to(&mut response);
    /// assert_eq!(response, b"Set-Cookie: a=1; Path=/");
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    pub fn append_to(&self, buffer: &mut Vec<u8>) {
        buffer.reserve(self.encoded_len());
        let Ok(()) = self.write(buffer);
    }

    /// How many octets the cookie has when written.
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

    /// The one order: Expires, Max-Age, Domain, Path, Secure, HttpOnly, SameSite, Partitioned, extensions as given.
    fn write<S: Sink<T>>(&self, sink: &mut S) -> Result<(), S::Error> {
        let nameless = self.name.bytes().is_empty();
        sink.text(&self.name)?;
        // A nameless value stands alone unless an `=` in it would make a name of what is before (RFC 6265bis section
        // 5.6, step 3).
        if !nameless || self.value.bytes().contains(&b'=') {
            sink.ascii("=")?;
        }
        sink.text(&self.value)?;
        let attributes = &self.attributes;
        if let Some(date) = attributes.expires {
            sink.name(AttributeName::Expires)?;
            sink.ascii("=")?;
            sink.date(date)?;
        }
        if let Some(age) = attributes.max_age {
            sink.name(AttributeName::MaxAge)?;
            sink.ascii("=")?;
            sink.number(age.seconds())?;
        }
        if let Some(domain) = attributes.domain() {
            sink.name(AttributeName::Domain)?;
            sink.ascii("=")?;
            // A reader takes one leading dot off, and white space: one more dot keeps what stands behind it.
            if domain.bytes().first().is_some_and(|&first| first == b'.' || is_wsp(first)) {
                sink.ascii(".")?;
            }
            sink.text(domain)?;
        }
        if let Some(path) = attributes.path() {
            sink.name(AttributeName::Path)?;
            sink.ascii("=")?;
            sink.text(path)?;
        }
        if attributes.secure {
            sink.name(AttributeName::Secure)?;
        }
        if attributes.http_only {
            sink.name(AttributeName::HttpOnly)?;
        }
        if let Some(same_site) = attributes.same_site {
            sink.name(AttributeName::SameSite)?;
            sink.ascii("=")?;
            sink.ascii(same_site.as_str())?;
        }
        if attributes.partitioned {
            sink.name(AttributeName::Partitioned)?;
        }
        for extension in attributes.extensions() {
            sink.extension(extension)?;
        }
        Ok(())
    }
}

impl fmt::Display for SetCookie<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

/// Where a cookie's text goes, piece by piece.
trait Sink<T: ?Sized + Text> {
    type Error;

    fn ascii(&mut self, text: &str) -> Result<(), Self::Error>;
    fn text(&mut self, text: &T) -> Result<(), Self::Error>;

    #[inline(always)]
    fn name(&mut self, name: AttributeName) -> Result<(), Self::Error> {
        self.ascii("; ")?;
        self.ascii(name.as_str())
    }

    fn date(&mut self, date: CookieDate) -> Result<(), Self::Error> {
        self.ascii(str::from_utf8(&date.to_imf_fixdate()).unwrap_or_default())
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

    fn number(&mut self, mut number: u64) -> Result<(), Self::Error> {
        let mut digits = [b'0'; 20];
        let mut start = digits.len();
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + u8::try_from(number % 10).unwrap_or_default();
            number /= 10;
            start -= 1;
            if number == 0 {
                break;
            }
        }
        let digits = digits.get(start..).unwrap_or_default();
        self.ascii(str::from_utf8(digits).unwrap_or_default())
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
    fn date(&mut self, date: CookieDate) -> Result<(), Infallible> {
        self.extend_from_slice(&date.to_imf_fixdate());
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
    fn date(&mut self, _: CookieDate) -> Result<(), Infallible> {
        self.0 += CookieDate::LEN;
        Ok(())
    }
}

/// Writes the text of a Cookie field from names and values, as a user agent does (RFC 6265bis section 5.8.3).
///
/// A nameless cookie is written as its bare value. What is written reads back: `parse(&serialize(pairs)?)` yields the
/// same pairs.
///
/// # Errors
///
/// A [`BuildError`] for:
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
/// # Ok::<(), hardtack::BuildError>(())
/// ```
pub fn serialize<N: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (N, V)>) -> Result<String, BuildError> {
    let mut field = String::new();
    for (name, value) in pairs {
        let (name, value) = (name.as_ref(), value.as_ref());
        check(name.as_bytes(), value.as_bytes())?;
        for piece in pieces(field.is_empty(), name, value) {
            field.push_str(piece);
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
/// hardtack::serialize_into([("sid", b"\xFF".as_slice())], &mut request)?;
/// assert_eq!(request, b"Cookie: sid=\xFF");
/// # Ok::<(), hardtack::BuildError>(())
/// ```
pub fn serialize_into<N: AsRef<[u8]>, V: AsRef<[u8]>>(
    pairs: impl IntoIterator<Item = (N, V)>,
    buffer: &mut Vec<u8>,
) -> Result<(), BuildError> {
    let start = buffer.len();
    for (name, value) in pairs {
        let (name, value) = (name.as_ref(), value.as_ref());
        if let Err(error) = check(name, value) {
            buffer.truncate(start);
            return Err(error);
        }
        for piece in pieces(buffer.len() == start, name, value) {
            buffer.extend_from_slice(piece);
        }
    }
    Ok(())
}

/// What a pair adds to a Cookie field.
fn pieces<'p, T: ?Sized + Text>(first: bool, name: &'p T, value: &'p T) -> [&'p T; 4] {
    let separator = T::ascii(if first { "" } else { "; " });
    let equals = T::ascii(if name.bytes().is_empty() { "" } else { "=" });
    [separator, name, equals, value]
}

/// What keeps a pair from being read back as it is.
fn check(name: &[u8], value: &[u8]) -> Result<(), BuildError> {
    if name.is_empty() && value.is_empty() {
        return Err(BuildError::EmptyName);
    }
    if name.is_empty()
        && let Some(offset) = memchr::memchr(b'=', value)
    {
        return Err(BuildError::AmbiguousNameless { offset });
    }
    check_part(Part::Name, name, |byte| matches!(byte, b';' | b'=') || CONTROL.contains(byte))?;
    check_part(Part::Value, value, |byte| byte == b';' || CONTROL.contains(byte))
}

fn check_part(part: Part, text: &[u8], forbidden: impl Fn(u8) -> bool) -> Result<(), BuildError> {
    let trimmed = trim(text);
    let inner = text.iter().position(|&byte| forbidden(byte));
    let edge = if trimmed.len() == text.len() {
        None
    } else if text.first().is_some_and(|&first| is_wsp(first)) {
        Some(0)
    } else {
        Some(text.len() - 1)
    };
    match inner.or(edge).and_then(|offset| Some((*text.get(offset)?, offset))) {
        Some((byte, offset)) => Err(BuildError::InvalidByte { part, byte, offset }),
        None => Ok(()),
    }
}
