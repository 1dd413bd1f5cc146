//! Values in output: shown where they are asked for, left out of what goes into a log.

use alloc::string::String;
use core::fmt::{self, Write};

use crate::cookies::Cookies;
use crate::input::Text;
use crate::set_cookie::SetCookie;
use crate::text::Shown;
use crate::tokenizer::Pair;
use crate::write::Sink;

/// Shows a value in Debug output, for a failing test that must say what differs; by `exposed`.
///
/// ```
/// use hardtack::SetCookie;
///
/// let (seen, expected) = (SetCookie::parse("sid=31d4")?, SetCookie::parse("sid=31d4")?);
/// assert_eq!(seen.exposed(), expected.exposed());
/// # Ok::<(), hardtack::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exposed<C>(C);

/// Writes a field without its values, for an access log; by `redacted`.
#[derive(Clone, Copy)]
pub struct Redacted<C>(C);

impl<T: ?Sized + Text> Pair<'_, T> {
    /// Returns the pair with a Debug that shows its value.
    ///
    /// ```
    /// let pair = hardtack::parse("sid=31d4").next().unwrap();
    /// assert_eq!(format!("{:?}", pair), r#"Pair { name: "sid", value: <4 octets> }"#);
    /// assert_eq!(format!("{:?}", pair.exposed()), r#"Pair { name: "sid", value: "31d4" }"#);
    /// ```
    #[doc(alias("reveal", "expose_secret"))]
    #[must_use]
    pub const fn exposed(self) -> Exposed<Self> {
        Exposed(self)
    }
}

impl<T: ?Sized + Text> Pair<'_, T> {
    /// Returns the pair without its value, for an access log: its name and the length of its value, in octets.
    ///
    /// What stands outside printable ASCII in the name is escaped.
    ///
    /// ```
    /// let pair = hardtack::parse("sid=31d4").next().unwrap();
    /// assert_eq!(pair.redacted().to_string(), "sid=<4>");
    /// ```
    #[doc(alias("log", "mask"))]
    #[must_use]
    pub const fn redacted(self) -> Redacted<Self> {
        Redacted(self)
    }
}

impl<T: ?Sized + Text> Redacted<Pair<'_, T>> {
    /// Appends it to the line of a log; what Display writes, in less time.
    pub fn append_to(self, line: &mut String) {
        // A string takes whatever is written.
        let _written = self.write(line);
    }

    fn write<W: Write>(self, log: &mut W) -> fmt::Result {
        pair_without_value(log, self.0.name().bytes(), self.0.value().bytes())
    }
}

impl<T: ?Sized + Text> fmt::Debug for Exposed<Pair<'_, T>> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pair").field("name", &Shown(self.0.name())).field("value", &Shown(self.0.value())).finish()
    }
}

impl<T: ?Sized + Text> Cookies<'_, T> {
    /// Returns the cookies with a Debug that shows their values.
    #[doc(alias("reveal", "expose_secret"))]
    #[must_use]
    pub const fn exposed(self) -> Exposed<Self> {
        Exposed(self)
    }

    /// Returns the Cookie field without its values, for an access log: of each cookie its name and the length of its
    /// value, in octets.
    ///
    /// What stands outside printable ASCII in a name is escaped.
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// let cookies = Cookies::new("sid=31d4; theme=dark; bare");
    /// assert_eq!(cookies.redacted().to_string(), "sid=<4>; theme=<4>; <4>");
    /// ```
    #[doc(alias("log", "mask"))]
    #[must_use]
    pub const fn redacted(self) -> Redacted<Self> {
        Redacted(self)
    }
}

impl<T: ?Sized + Text> fmt::Debug for Exposed<Cookies<'_, T>> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(Exposed)).finish()
    }
}

impl<T: ?Sized + Text> Redacted<Cookies<'_, T>> {
    /// Appends it to the line of a log; what Display writes, in less time.
    ///
    /// ```
    /// use hardtack::Cookies;
    ///
    /// let mut line = String::from("GET / cookie=");
    /// Cookies::new("sid=31d4; theme=dark").redacted().append_to(&mut line);
    /// assert_eq!(line, "GET / cookie=sid=<4>; theme=<4>");
    /// ```
    pub fn append_to(self, line: &mut String) {
        let _written = self.write(line);
    }

    fn write<W: Write>(self, log: &mut W) -> fmt::Result {
        for (index, pair) in self.0.iter().enumerate() {
            if index > 0 {
                log.write_str("; ")?;
            }
            pair.redacted().write(log)?;
        }
        Ok(())
    }
}

impl<T: ?Sized + Text> SetCookie<'_, T> {
    /// Returns the cookie with a Debug that shows its value.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let cookie = SetCookie::parse("sid=31d4")?;
    /// assert!(format!("{:?}", cookie.exposed()).contains("31d4"));
    /// # Ok::<(), hardtack::ParseError>(())
    /// ```
    #[doc(alias("reveal", "expose_secret"))]
    #[must_use]
    pub const fn exposed(&self) -> Exposed<&Self> {
        Exposed(self)
    }

    /// Returns the Set-Cookie field without its value, for an access log: the name, the length of the value in octets,
    /// and the attributes.
    ///
    /// What stands outside printable ASCII is escaped.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let cookie = SetCookie::parse("sid=31d4; Secure; Path=/")?;
    /// assert_eq!(cookie.redacted().to_string(), "sid=<4>; Path=/; Secure");
    /// # Ok::<(), hardtack::ParseError>(())
    /// ```
    #[doc(alias("log", "mask"))]
    #[must_use]
    pub const fn redacted(&self) -> Redacted<&Self> {
        Redacted(self)
    }
}

impl<T: ?Sized + Text> fmt::Debug for Exposed<&SetCookie<'_, T>> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetCookie")
            .field("name", &Shown(self.0.name()))
            .field("value", &Shown(self.0.value()))
            .field("attributes", self.0.attributes())
            .finish()
    }
}

impl<T: ?Sized + Text> Redacted<&SetCookie<'_, T>> {
    /// Appends it to the line of a log; what Display writes, in less time.
    pub fn append_to(self, line: &mut String) {
        let _written = self.write(line);
    }

    fn write<W: Write>(self, log: &mut W) -> fmt::Result {
        pair_without_value(log, self.0.name().bytes(), self.0.value().bytes())?;
        self.0.write_attributes(&mut Escaping(log))
    }
}

macro_rules! shown {
    ($($redacted:ty)+) => {
        $(
            impl<T: ?Sized + Text> fmt::Display for Redacted<$redacted> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.write(f)
                }
            }

            impl<T: ?Sized + Text> fmt::Debug for Redacted<$redacted> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.write(f)
                }
            }
        )+
    };
}

shown! { Pair<'_, T> Cookies<'_, T> &SetCookie<'_, T> }

fn pair_without_value<W: Write>(log: &mut W, name: &[u8], value: &[u8]) -> fmt::Result {
    escaped(log, name)?;
    log.write_str(if name.is_empty() { "<" } else { "=<" })?;
    match u32::try_from(value.len()) {
        Ok(len) => Sink::<str>::number(&mut Escaping(log), len)?,
        Err(_) => write!(log, "{}", value.len())?,
    }
    log.write_str(">")
}

/// The line of a log, where what stands outside printable ASCII is escaped.
struct Escaping<'w, W>(&'w mut W);

impl<T: ?Sized + Text, W: Write> Sink<T> for Escaping<'_, W> {
    type Error = fmt::Error;

    fn ascii(&mut self, text: &str) -> fmt::Result {
        self.0.write_str(text)
    }

    fn text(&mut self, text: &T) -> fmt::Result {
        escaped(self.0, text.bytes())
    }

    fn octets(&mut self, ascii: &[u8]) -> fmt::Result {
        escaped(self.0, ascii)
    }
}

/// What `escape_ascii` writes; nearly every text needs no escape, and is then written in one piece.
fn escaped<W: Write>(log: &mut W, text: &[u8]) -> fmt::Result {
    let stands = |&byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\'' | b'\\');
    match str::from_utf8(text) {
        Ok(plain) if text.iter().all(stands) => log.write_str(plain),
        _ => write!(log, "{}", text.escape_ascii()),
    }
}
