//! A Set-Cookie built setter by setter, and validated once.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use crate::attribute::{Attribute, Attributes, MaxAge, SameSite, domain, owned};
use crate::bytes::AV_OCTET;
use crate::date::CookieDate;
use crate::error::{BuildError, Part};
use crate::names::AttributeName;
use crate::set_cookie::SetCookie;
use crate::text::Redacted;
use crate::tokenizer::cut;
use crate::validate;

impl<'a> SetCookie<'a> {
    /// Begins a cookie with `Path=/` and no other attribute; see [`SetCookieBuilder`].
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// assert_eq!(SetCookie::build("theme", "dark").finish()?.to_string(), "theme=dark; Path=/");
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    pub fn build(name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> SetCookieBuilder<'a> {
        SetCookieBuilder::new(name.into(), value.into())
    }
}

/// A cookie under construction: setters take anything, [`finish`](Self::finish) refuses what a well-behaved server
/// would not send.
///
/// ```
/// use core::time::Duration;
/// use hardtack::{SameSite, SetCookie};
///
/// let cookie = SetCookie::build("__Secure-sid", "31d4")
///     .max_age(Duration::from_secs(3600))
///     .domain("example.com")
///     .path("/app")
///     .secure()
///     .http_only()
///     .same_site(SameSite::Strict)
///     .flag("Priority=High")
///     .finish()?;
/// assert_eq!(
///     cookie.to_string(),
///     "__Secure-sid=31d4; Max-Age=3600; Domain=example.com; Path=/app; Secure; HttpOnly; SameSite=Strict; Priority=High"
/// );
/// # Ok::<(), hardtack::BuildError>(())
/// ```
#[derive(Clone)]
#[must_use = "a cookie is built by `finish`"]
pub struct SetCookieBuilder<'a> {
    name: Cow<'a, str>,
    value: Cow<'a, str>,
    // Domain and Path stand here as they were given until `finish` has judged them.
    attributes: Attributes<'a>,
    extensions: Vec<Attribute<'a>>,
    no_path: bool,
    implied_by_deletion: bool,
    #[cfg(feature = "percent-encode")]
    percent_encoded: bool,
    flags: usize,
    // The first thing that a setter found wrong.
    error: Option<BuildError>,
}

impl<'a> SetCookieBuilder<'a> {
    fn new(name: Cow<'a, str>, value: Cow<'a, str>) -> Self {
        Self {
            name,
            value,
            attributes: Attributes::default(),
            extensions: Vec::new(),
            no_path: false,
            implied_by_deletion: false,
            #[cfg(feature = "percent-encode")]
            percent_encoded: false,
            flags: 0,
            error: None,
        }
    }

    /// A cookie that deletes another: what user agents demand of the name and of the attributes is added by `finish`.
    pub(crate) fn deletion(self) -> Self {
        Self { implied_by_deletion: true, ..self }
    }

    /// When the cookie expires: a [`CookieDate`], a `time::OffsetDateTime` or a `std::time::SystemTime`.
    ///
    /// Years outside 1601 to 9999 are clamped, fractions of a second dropped.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let cookie = SetCookie::build("a", "1").expires(time::OffsetDateTime::UNIX_EPOCH).finish()?;
    /// assert_eq!(cookie.to_string(), "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/");
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    pub fn expires(mut self, date: impl Into<CookieDate>) -> Self {
        self.once(Part::Attribute(AttributeName::Expires), self.attributes.expires.is_some());
        self.attributes.expires = Some(date.into());
        self
    }

    /// How long the cookie lives, in whole seconds; fractions are dropped, so that anything under a second deletes the
    /// cookie.
    ///
    /// User agents cut it to 400 days (RFC 6265bis section 5.5) and prefer it to Expires.
    pub fn max_age(mut self, age: Duration) -> Self {
        self.once(Part::Attribute(AttributeName::MaxAge), self.attributes.max_age.is_some());
        self.attributes.max_age = Some(MaxAge::from_seconds(age.as_secs()));
        self
    }

    /// The domain whose hosts get the cookie; without it, the host that sets it alone.
    ///
    /// One leading dot is dropped and letters are lowered. Pass the A-label (`xn--...`) of a name beyond ASCII.
    pub fn domain(mut self, domain: impl Into<Cow<'a, str>>) -> Self {
        self.once(Part::Attribute(AttributeName::Domain), self.attributes.domain.is_some());
        self.attributes.domain = Some(domain.into());
        self
    }

    /// The path below which the cookie is sent; `/` if this is not called.
    pub fn path(mut self, path: impl Into<Cow<'a, str>>) -> Self {
        self.once(Part::Attribute(AttributeName::Path), self.attributes.path.is_some() || self.no_path);
        self.attributes.path = Some(path.into());
        self
    }

    /// No Path at all: the cookie is sent below the directory of the request that set it (RFC 6265bis section 5.1.4).
    pub fn no_path(mut self) -> Self {
        self.once(Part::Attribute(AttributeName::Path), self.attributes.path.is_some() || self.no_path);
        self.no_path = true;
        self
    }

    /// For secure channels alone.
    pub fn secure(mut self) -> Self {
        self.once(Part::Attribute(AttributeName::Secure), self.attributes.secure);
        self.attributes.secure = true;
        self
    }

    /// Hidden from scripts.
    pub fn http_only(mut self) -> Self {
        self.once(Part::Attribute(AttributeName::HttpOnly), self.attributes.http_only);
        self.attributes.http_only = true;
        self
    }

    /// Who may cause the cookie to be sent.
    pub fn same_site(mut self, same_site: SameSite) -> Self {
        self.once(Part::Attribute(AttributeName::SameSite), self.attributes.same_site.is_some());
        self.attributes.same_site = Some(same_site);
        self
    }

    /// A jar of its own for each top-level site (CHIPS); needs Secure.
    pub fn partitioned(mut self) -> Self {
        self.once(Part::Attribute(AttributeName::Partitioned), self.attributes.partitioned);
        self.attributes.partitioned = true;
        self
    }

    /// An attribute as text, `Name` or `Name=value`.
    ///
    /// One that the model knows is read as a user agent reads it and written like any other, but refused where its
    /// value is not one it can hold. Any other is written as it is, behind the known ones.
    ///
    /// ```
    /// use hardtack::{SameSite, SetCookie};
    ///
    /// let cookie = SetCookie::build("a", "1").flag("Priority=High").flag("samesite=lax").finish()?;
    /// assert_eq!(cookie.same_site(), Some(SameSite::Lax));
    /// assert_eq!(cookie.to_string(), "a=1; Path=/; SameSite=Lax; Priority=High");
    /// assert!(SetCookie::build("a", "1").flag("Max-Age=soon").finish().is_err());
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    pub fn flag(mut self, flag: impl Into<Cow<'a, str>>) -> Self {
        let index = self.flags;
        self.flags += 1;
        match self.read_flag(flag.into(), index) {
            Ok(()) => self,
            Err(error) => self.failed(error),
        }
    }

    /// Several attributes as text; see [`flag`](Self::flag).
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let cookie = SetCookie::build("a", "1").flags(["Secure", "HttpOnly"]).finish()?;
    /// assert_eq!(cookie.to_string(), "a=1; Path=/; Secure; HttpOnly");
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    pub fn flags<F: Into<Cow<'a, str>>>(self, flags: impl IntoIterator<Item = F>) -> Self {
        flags.into_iter().fold(self, Self::flag)
    }

    /// Percent-encodes the value, so that any text may be one; [`Pair::decode`](crate::Pair::decode) reads it back.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let cookie = SetCookie::build("a", "100 %; ö").percent_encoded().finish()?;
    /// assert_eq!(cookie.value(), "100%20%25%3B%20%C3%B6");
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    #[cfg(feature = "percent-encode")]
    pub fn percent_encoded(mut self) -> Self {
        if !self.percent_encoded {
            self.percent_encoded = true;
            self.value = Cow::Owned(crate::value::percent::encode(self.value.as_bytes()).into_owned());
        }
        self
    }

    /// Judges the cookie by RFC 6265bis section 4.1, and by what user agents drop silently.
    ///
    /// # Errors
    ///
    /// A [`BuildError`] for:
    ///
    /// - an empty name, or one with a byte that is not of a token
    /// - a value with a byte that is no cookie-octet; a pair of double quotes around it is allowed
    /// - a name and value of more than 4096 octets together, an attribute of more than 1024
    /// - a Path that does not begin with `/` or holds a control byte, `;`, a byte beyond ASCII or white space at an end
    /// - a Domain that is empty, no host name, an IP address or not ASCII
    /// - an attribute given twice, by setter or by flag
    /// - a flag without a name, with a byte that is no av-octet, or with a value its attribute cannot hold
    /// - a name that begins with `__Secure-`, `__Host-`, `__Http-` or `__Host-Http-` in any letter case, without what
    ///   the prefix demands
    /// - `SameSite=None` or Partitioned without Secure
    pub fn finish(self) -> Result<SetCookie<'a>, BuildError> {
        validate::name(&self.name)?;
        validate::value(&self.value)?;
        validate::pair_len(&self.name, &self.value)?;
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut attributes = Attributes { extensions: self.extensions.into(), ..self.attributes };
        if let Some(given) = attributes.domain.take() {
            validate::domain(&given)?;
            attributes.domain = match given {
                Cow::Borrowed(given) => domain(given),
                Cow::Owned(given) => domain(given.as_str()).map(owned),
            };
        }
        match &attributes.path {
            Some(path) => validate::path(path)?,
            None if self.no_path => {}
            None => attributes.path = Some(Cow::Borrowed("/")),
        }
        if self.implied_by_deletion {
            attributes.add_demanded(self.name.as_bytes());
        }
        validate::prefix(&self.name, &attributes)?;
        validate::secure(&attributes)?;
        Ok(SetCookie { name: self.name, value: self.value, attributes })
    }

    fn read_flag(&mut self, flag: Cow<'a, str>, index: usize) -> Result<(), BuildError> {
        let part = Part::Flag(index);
        if let Some((byte, offset)) = AV_OCTET.first_outside(flag.as_bytes()) {
            return Err(BuildError::InvalidByte { part, byte, offset });
        }
        let attribute = match flag {
            Cow::Borrowed(text) => attribute(text),
            Cow::Owned(text) => attribute(&text).into_owned(),
        };
        if attribute.name().is_empty() {
            return Err(BuildError::EmptyFlag { part });
        }
        validate::attribute_len(part, attribute.value().unwrap_or_default())?;
        if let Some(known) = attribute.known() {
            return self.set_known(known, attribute.value, index);
        }
        validate::attribute_len(part, attribute.name())?;
        if self.extensions.iter().any(|earlier| earlier.name().eq_ignore_ascii_case(attribute.name())) {
            return Err(BuildError::Duplicate { part });
        }
        self.extensions.push(attribute);
        Ok(())
    }

    fn set_known(
        &mut self,
        attribute: AttributeName,
        value: Option<Cow<'a, str>>,
        index: usize,
    ) -> Result<(), BuildError> {
        let malformed = BuildError::InvalidFlag { attribute, index };
        let attributes = &mut self.attributes;
        let part = Part::Attribute(attribute);
        let again = match (attribute, value) {
            (AttributeName::Expires, Some(date)) => {
                let date = CookieDate::parse(date.as_bytes()).map_err(|_| malformed)?;
                attributes.expires.replace(date).is_some()
            }
            (AttributeName::MaxAge, Some(age)) => {
                let age = MaxAge::from_ascii(age.as_bytes()).ok_or(malformed)?;
                attributes.max_age.replace(age).is_some()
            }
            (AttributeName::Domain, Some(domain)) => {
                validate::domain(&domain).map_err(|_| malformed)?;
                attributes.domain.replace(domain).is_some()
            }
            (AttributeName::Path, Some(path)) => {
                validate::path(&path).map_err(|_| malformed)?;
                attributes.path.replace(path).is_some() || self.no_path
            }
            (AttributeName::SameSite, Some(word)) => {
                let same_site = SameSite::from_ascii(word.as_bytes()).ok_or(malformed)?;
                attributes.same_site.replace(same_site).is_some()
            }
            (AttributeName::Secure, None) => core::mem::replace(&mut attributes.secure, true),
            (AttributeName::HttpOnly, None) => core::mem::replace(&mut attributes.http_only, true),
            (AttributeName::Partitioned, None) => core::mem::replace(&mut attributes.partitioned, true),
            _ => return Err(malformed),
        };
        if again { Err(BuildError::Duplicate { part }) } else { Ok(()) }
    }

    fn once(&mut self, part: Part, again: bool) {
        if again && self.error.is_none() {
            self.error = Some(BuildError::Duplicate { part });
        }
    }

    fn failed(self, error: BuildError) -> Self {
        Self { error: self.error.or(Some(error)), ..self }
    }
}

fn attribute(flag: &str) -> Attribute<'_> {
    let (name, value) = cut(flag);
    Attribute { name: Cow::Borrowed(name), value: value.map(Cow::Borrowed) }
}

/// Shows how long the value is, not what it is.
impl fmt::Debug for SetCookieBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetCookieBuilder")
            .field("name", &self.name)
            .field("value", &Redacted(self.value.len()))
            .field("attributes", &self.attributes)
            .field("extensions", &self.extensions)
            .finish_non_exhaustive()
    }
}
