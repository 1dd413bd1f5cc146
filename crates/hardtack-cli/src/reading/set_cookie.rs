//! A Set-Cookie field, attribute by attribute.

use hardtack::{Attributes, ParseError, SetCookie};

use crate::reading::attribute::AttributeReading;
use crate::reading::cookie::PairReading;

/// What a Set-Cookie field says.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SetCookieReading<'t> {
    /// Octets of the field's text.
    pub octets: usize,
    /// The cookie as the crate reads it.
    pub cookie: SetCookie<'t, [u8]>,
    /// Its name and value.
    pub pair: PairReading,
    /// Its attributes in the order and the letter case of the field, with what each means.
    pub attributes: Vec<AttributeReading>,
}

impl<'t> SetCookieReading<'t> {
    /// Reads a field's text.
    ///
    /// # Errors
    ///
    /// Those of [`SetCookie::parse`].
    ///
    /// ```
    /// use hardtack_cli::reading::SetCookieReading;
    ///
    /// let reading = SetCookieReading::new(b"sid=1; Max-Age=3600")?;
    /// assert_eq!(reading.attributes[0].meaning.to_string(), "1 h");
    /// # Ok::<(), hardtack::ParseError>(())
    /// ```
    pub fn new(text: &'t [u8]) -> Result<Self, ParseError> {
        let cookie = SetCookie::parse(text)?;
        let attributes = text.iter().position(|&byte| byte == b';').and_then(|at| text.get(at + 1..));
        Ok(Self {
            octets: text.len(),
            pair: PairReading::new(cookie.name(), cookie.value(), cookie.is_tombstone(), false),
            attributes: AttributeReading::all(
                Attributes::tokenize(attributes.unwrap_or_default()),
                cookie.max_age().is_some(),
            ),
            cookie,
        })
    }
}
