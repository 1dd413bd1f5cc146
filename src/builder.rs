//! A Set-Cookie built setter by setter, and validated once.

use alloc::borrow::Cow;
#[cfg(feature = "seal")]
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use crate::accept;
use crate::attribute::{Attribute, Attributes, MAX_EXTENSIONS, MaxAge, Priority, SameSite, domain, owned};
use crate::bytes::AV_OCTET;
use crate::date::CookieDate;
use crate::deleted::{DELETED, is_deleted};
use crate::error::{BuildError, Part};
use crate::names::AttributeName;
#[cfg(feature = "seal")]
use crate::seal::error::SealError;
use crate::set_cookie::SetCookie;
use crate::text::Redacted;
use crate::tokenizer::cut;
use crate::validate::{self, Claims};
use crate::value::quoted;

impl<'a> SetCookie<'a> {
    /// Begins a cookie with `Path=/` and no other attribute; see [`SetCookieBuilder`].
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let theme = SetCookie::builder("theme", "dark").build()?;
    /// assert_eq!(theme.to_string(), "theme=dark; Path=/");
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    #[doc(alias("set", "cookie", "make", "new", "build", "set_cookie", "add"))]
    #[inline]
    pub fn builder(name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> SetCookieBuilder<'a> {
        SetCookieBuilder::new(name.into(), value.into())
    }

    /// Begins a cookie with all that this one says, to be judged again by [`build`](SetCookieBuilder::build).
    ///
    /// What came in may be what a server should not send: `build` then says what is wrong with it. The setters of
    /// `SetCookie` change a cookie that is passed on without judging the rest of it.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let seen = SetCookie::parse("sid=31d4; Path=/app")?;
    /// let sent = seen.into_builder().secure(true).flag("Priority=High").build()?;
    /// assert_eq!(sent.to_string(), "sid=31d4; Path=/app; Secure; Priority=High");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn into_builder(self) -> SetCookieBuilder<'a> {
        let deletes = self.is_tombstone() && self.max_age() == Some(Duration::ZERO);
        let mut attributes = self.attributes;
        let extensions = core::mem::take(&mut attributes.extensions);
        let no_path = attributes.path.is_none();
        let builder = SetCookieBuilder { attributes, no_path, deletes, ..SetCookieBuilder::new(self.name, self.value) };
        extensions.into_iter().fold(builder, |builder, extension| builder.attribute(Ok(extension)))
    }
}

/// A cookie under construction: setters take anything, and [`build`](Self::build) refuses what a well-behaved server
/// would not send.
///
/// A setter called again takes the place of what it said before. An attribute given as text by [`flag`](Self::flag) is
/// given once, by `flag` or by its setter.
///
/// ```
/// use core::time::Duration;
/// use hardtack::{SameSite, SetCookie};
///
/// let cookie = SetCookie::builder("__Secure-sid", "31d4")
///     .max_age(Duration::from_secs(3600))
///     .domain("example.com")
///     .path("/app")
///     .secure(true)
///     .http_only(true)
///     .same_site(SameSite::Strict)
///     .build()?;
/// assert_eq!(
///     cookie.to_string(),
///     "__Secure-sid=31d4; Max-Age=3600; Domain=example.com; Path=/app; \
///      Secure; HttpOnly; SameSite=Strict"
/// );
/// # Ok::<(), hardtack::BuildError>(())
/// ```
#[doc(alias = "CookieBuilder")]
#[derive(Clone)]
#[must_use = "a cookie is built by `build`"]
pub struct SetCookieBuilder<'a> {
    name: Cow<'a, str>,
    value: Cow<'a, str>,
    form: Form,
    // Domain and Path stand here as they were given until `build` has judged them.
    attributes: Attributes<'a>,
    extensions: Vec<Attribute<'a>>,
    no_path: bool,
    deletes: bool,
    expires_from: Option<CookieDate>,
    flags: usize,
    // The attributes of the model that were given by flag, a bit each.
    flagged: u16,
    // The first thing that a setter found wrong.
    error: Option<BuildError>,
}

/// How the value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    #[cfg(feature = "percent-encode")]
    Percent,
    Quoted,
    #[cfg(feature = "seal")]
    Sealed,
}

impl<'a> SetCookieBuilder<'a> {
    #[inline]
    fn new(name: Cow<'a, str>, value: Cow<'a, str>) -> Self {
        Self {
            name,
            value,
            form: Form::Plain,
            attributes: Attributes::default(),
            extensions: Vec::new(),
            no_path: false,
            deletes: false,
            expires_from: None,
            flags: 0,
            flagged: 0,
            error: None,
        }
    }

    /// A cookie that deletes another: what user agents demand of the name and of the attributes is added by `build`.
    pub(crate) fn deletion(self) -> Self {
        Self { deletes: true, ..self }
    }

    /// Sets when the cookie expires: a [`CookieDate`], a `time::OffsetDateTime` or a `std::time::SystemTime`.
    ///
    /// Years outside 1601 to 9999 are clamped, fractions of a second dropped.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let cookie = SetCookie::builder("a", "1")
    ///     .expires(time::OffsetDateTime::UNIX_EPOCH)
    ///     .build()?;
    /// assert_eq!(cookie.to_string(), "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/");
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    #[inline]
    pub fn expires(self, date: impl Into<CookieDate>) -> Self {
        let date = date.into();
        self.set(AttributeName::Expires, |attributes| attributes.expires = Some(date))
    }

    /// Sets how long the cookie lives, in whole seconds, at most 2^31 - 1; fractions are dropped, so that anything
    /// under a second deletes the cookie.
    ///
    /// User agents cut it to 400 days (RFC 6265bis section 5.5) and prefer it to Expires.
    #[doc(alias("lifetime", "ttl", "permanent"))]
    #[inline]
    pub fn max_age(self, age: Duration) -> Self {
        self.set(AttributeName::MaxAge, |attributes| attributes.max_age = Some(MaxAge::from_duration(age)))
    }

    /// Sets Expires to what Max-Age says, counted from `now`, for clients that know Expires alone.
    ///
    /// Without Max-Age it does nothing.
    ///
    /// ```
    /// use core::time::Duration;
    /// use hardtack::{CookieDate, SetCookie};
    ///
    /// let cookie = SetCookie::builder("a", "1")
    ///     .max_age(Duration::from_secs(60))
    ///     .expires_from(CookieDate::UNIX_EPOCH)
    ///     .build()?;
    /// assert_eq!(
    ///     cookie.to_string(),
    ///     "a=1; Expires=Thu, 01 Jan 1970 00:01:00 GMT; Max-Age=60; Path=/"
    /// );
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    #[inline]
    pub fn expires_from(self, now: impl Into<CookieDate>) -> Self {
        Self { expires_from: Some(now.into()), ..self }
    }

    /// Sets the domain whose hosts get the cookie; without it, only the host that sets it does.
    ///
    /// One leading dot is dropped and letters are lowered. Pass the A-label (`xn--...`) of a name beyond ASCII.
    #[inline]
    pub fn domain(self, domain: impl Into<Cow<'a, str>>) -> Self {
        let domain = domain.into();
        self.set(AttributeName::Domain, |attributes| attributes.domain = Some(domain))
    }

    /// Sets the path below which the cookie is sent; `/` if this is not called.
    #[inline]
    pub fn path(self, path: impl Into<Cow<'a, str>>) -> Self {
        let path = path.into();
        self.set(AttributeName::Path, |attributes| attributes.path = Some(path))
    }

    /// Leaves Path out: the cookie is sent below the directory of the request that set it (RFC 6265bis section 5.1.4).
    #[inline]
    pub fn no_path(self) -> Self {
        let builder = self.set(AttributeName::Path, |attributes| attributes.path = None);
        Self { no_path: true, ..builder }
    }

    /// Sets whether the cookie is sent only over secure connections.
    #[inline]
    pub fn secure(self, secure: bool) -> Self {
        self.set(AttributeName::Secure, |attributes| attributes.secure = secure)
    }

    /// Sets whether the cookie is hidden from scripts.
    #[doc(alias = "httponly")]
    #[inline]
    pub fn http_only(self, http_only: bool) -> Self {
        self.set(AttributeName::HttpOnly, |attributes| attributes.http_only = http_only)
    }

    /// Sets who may cause the cookie to be sent.
    #[doc(alias = "samesite")]
    #[inline]
    pub fn same_site(self, same_site: SameSite) -> Self {
        self.set(AttributeName::SameSite, |attributes| attributes.same_site = Some(same_site))
    }

    /// Sets whether the cookie has a jar of its own for each top-level site (CHIPS); needs Secure.
    #[doc(alias = "CHIPS")]
    #[inline]
    pub fn partitioned(self, partitioned: bool) -> Self {
        self.set(AttributeName::Partitioned, |attributes| attributes.partitioned = partitioned)
    }

    /// Sets how long the cookie is kept when its site has too many (draft-west-cookie-priority).
    pub fn priority(self, priority: Priority) -> Self {
        self.set(AttributeName::Priority, |attributes| attributes.priority = Some(priority))
    }

    /// Adds an attribute as text, `Name` or `Name=value`.
    ///
    /// One that the model knows is read as a user agent reads it and written like any other, but refused where its
    /// value is not one it can hold, or where it repeats an attribute. Any other is written as it is, behind the known
    /// ones.
    ///
    /// ```
    /// use hardtack::{SameSite, SetCookie};
    ///
    /// let cookie = SetCookie::builder("a", "1").flag("Note=x").flag("samesite=lax").build()?;
    /// assert_eq!(cookie.same_site(), Some(SameSite::Lax));
    /// assert_eq!(cookie.to_string(), "a=1; Path=/; SameSite=Lax; Note=x");
    /// assert!(SetCookie::builder("a", "1").flag("Max-Age=soon").build().is_err());
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    #[doc(alias("extension", "attribute"))]
    pub fn flag(self, flag: impl Into<Cow<'a, str>>) -> Self {
        let flag = flag.into();
        let part = Part::Flag(self.flags);
        self.attribute(match (AV_OCTET.first_outside(flag.as_bytes()), flag) {
            (Some((byte, offset)), _) => Err(BuildError::InvalidByte { part, byte, offset }),
            (None, Cow::Borrowed(text)) => Ok(attribute(text)),
            (None, Cow::Owned(text)) => Ok(attribute(&text).into_owned()),
        })
    }

    /// Adds several attributes as text; see [`flag`](Self::flag).
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let cookie = SetCookie::builder("a", "1").flags(["Secure", "HttpOnly"]).build()?;
    /// assert_eq!(cookie.to_string(), "a=1; Path=/; Secure; HttpOnly");
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    pub fn flags<F: Into<Cow<'a, str>>>(self, flags: impl IntoIterator<Item = F>) -> Self {
        flags.into_iter().fold(self, Self::flag)
    }

    /// Percent-encodes the value, so that any text may be one; [`Pair::decode`](crate::Pair::decode) reads it back.
    ///
    /// Of this and [`quoted`](Self::quoted) the first that is called counts.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let cookie = SetCookie::builder("a", "100 %; ö").percent_encoded().build()?;
    /// assert_eq!(cookie.value(), "100%20%25%3B%20%C3%B6");
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    #[doc(alias("encoded", "escape", "urlencode"))]
    #[cfg(feature = "percent-encode")]
    pub fn percent_encoded(mut self) -> Self {
        if self.form == Form::Plain {
            self.form = Form::Percent;
            self.value = if self.value == DELETED {
                // It is a value, and no deletion.
                Cow::Borrowed("%44ELETED")
            } else {
                Cow::Owned(crate::value::percent::encode(self.value.as_bytes()).into_owned())
            };
        }
        self
    }

    /// Writes the value in double quotes where it holds an octet that no cookie value may have, with `\` and three
    /// octal digits for what quotes do not protect.
    ///
    /// It is the form that Python's frameworks write and read, and browsers keep;
    /// [`Pair::unquoted`](crate::Pair::unquoted) reads it back. Text beyond ASCII is UTF-8, as Werkzeug has it;
    /// `SimpleCookie`, Django and Bottle take each octet of it for a character. RFC 6265bis section 4.1.1 has no `\` in
    /// a value: of all that [`build`](Self::build) lets pass, this alone is not of that grammar.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let cookie = SetCookie::builder("note", "a;b").quoted().build()?;
    /// assert_eq!(cookie.to_string(), r#"note="a\073b"; Path=/"#);
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    #[doc(alias = "quote")]
    pub fn quoted(mut self) -> Self {
        if self.form == Form::Plain {
            self.form = Form::Quoted;
            self.value = if self.value == DELETED {
                // It is a value, and no deletion.
                Cow::Borrowed(r#""\104ELETED""#)
            } else {
                Cow::Owned(quoted::encode(&self.value).into_owned())
            };
        }
        self
    }

    /// The same cookie with a sealed value; a tombstone has none.
    #[cfg(feature = "seal")]
    pub(crate) fn with_sealed_value(mut self, seal: impl FnOnce(&str, &str) -> Result<String, SealError>) -> Self {
        if self.deletes {
            return self;
        }
        self.form = Form::Sealed;
        match seal(&self.name, &self.value) {
            Ok(sealed) => Self { value: Cow::Owned(sealed), ..self },
            // What was not sealed goes nowhere.
            Err(error) => Self { value: Cow::Borrowed(""), ..self }.failed(error.into()),
        }
    }

    /// Returns the cookie, judged by RFC 6265bis section 4.1 and by what user agents drop silently.
    ///
    /// # Errors
    ///
    /// A [`BuildError`] for:
    ///
    /// - an empty name, or one with a byte that is not of a token
    /// - a value with a byte that is no cookie-octet; a pair of double quotes around it is allowed
    /// - the value `DELETED`, unless [`tombstone`](crate::tombstone) began the cookie
    /// - a name and value of more than 4096 octets together, an attribute of more than 1024
    /// - a Path that does not begin with `/` or holds a control byte, `;`, a byte beyond ASCII or white space at an end
    /// - a Domain that is empty, no host name, an IP address or not ASCII
    /// - an attribute given by flag that was given before, or is given again
    /// - more than 1024 flags that the model does not know
    /// - a flag without a name, with a byte that is no av-octet, or with a value its attribute cannot hold
    /// - a name that begins with `__Secure-`, `__Host-`, `__Http-` or `__Host-Http-` in any letter case, without what
    ///   the prefix demands
    /// - `SameSite=None` or Partitioned without Secure
    #[doc(alias = "finish")]
    pub fn build(self) -> Result<SetCookie<'a>, BuildError> {
        accept::name(self.name.as_bytes())?;
        if self.form != Form::Quoted {
            accept::value(self.value.as_bytes())?;
        }
        if !self.deletes && is_deleted(self.value.as_bytes()) {
            return Err(BuildError::ReservedValue);
        }
        validate::pair_len(self.name.as_bytes(), self.value.as_bytes())?;
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut attributes = Attributes { extensions: self.extensions.into(), ..self.attributes };
        if let Some(given) = attributes.domain.take() {
            accept::domain(given.as_bytes())?;
            attributes.domain = match given {
                Cow::Borrowed(given) => domain(given),
                Cow::Owned(given) => domain(given.as_str()).map(owned),
            };
        }
        match &attributes.path {
            Some(path) => accept::path(path.as_bytes())?,
            None if self.no_path => {}
            None => attributes.path = Some(Cow::Borrowed("/")),
        }
        if self.deletes {
            attributes.expires = Some(CookieDate::UNIX_EPOCH);
            attributes.max_age = Some(MaxAge::from_seconds(0));
            attributes.add_demanded(self.name.as_bytes());
        } else if let (Some(now), Some(age)) = (self.expires_from, attributes.max_age) {
            attributes.expires = Some(now + Duration::from_secs(age.seconds().into()));
        }
        validate::claims(self.name.as_bytes(), claims(&attributes))?;
        Ok(SetCookie { name: self.name, value: self.value, attributes })
    }

    /// What a setter says takes the place of what it said before, but not of what a flag said.
    #[inline]
    fn set(mut self, attribute: AttributeName, say: impl FnOnce(&mut Attributes<'a>)) -> Self {
        if self.flagged & bit(attribute) != 0 {
            return self.failed(BuildError::Duplicate { part: Part::Attribute(attribute) });
        }
        say(&mut self.attributes);
        self
    }

    /// What one call of `flag` says.
    fn attribute(mut self, given: Result<Attribute<'a>, BuildError>) -> Self {
        let index = self.flags;
        self.flags += 1;
        match given.and_then(|attribute| self.read_flag(attribute, index)) {
            Ok(()) => self,
            Err(error) => self.failed(error),
        }
    }

    fn read_flag(&mut self, attribute: Attribute<'a>, index: usize) -> Result<(), BuildError> {
        let part = Part::Flag(index);
        for text in [attribute.name(), attribute.value().unwrap_or_default()] {
            accept::av_octets(part, text.as_bytes())?;
        }
        if attribute.name().is_empty() {
            return Err(BuildError::EmptyFlag { part });
        }
        validate::attribute_len(part, attribute.value().unwrap_or_default().as_bytes())?;
        if let Some(known) = attribute.known() {
            self.flagged |= bit(known);
            return self.set_known(known, attribute.value, index);
        }
        validate::attribute_len(part, attribute.name().as_bytes())?;
        if self.extensions.iter().any(|earlier| earlier.name().eq_ignore_ascii_case(attribute.name())) {
            return Err(BuildError::Duplicate { part });
        }
        if self.extensions.len() == MAX_EXTENSIONS {
            return Err(BuildError::TooManyExtensions { max: MAX_EXTENSIONS });
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
        let malformed = || BuildError::InvalidFlag { attribute, index };
        let attributes = &mut self.attributes;
        let part = Part::Attribute(attribute);
        let again = match (attribute, value) {
            (AttributeName::Expires, Some(date)) => {
                let date = CookieDate::parse(&date).map_err(|_| malformed())?;
                attributes.expires.replace(date).is_some()
            }
            (AttributeName::MaxAge, Some(age)) => {
                let age = MaxAge::from_ascii(age.as_bytes()).ok_or_else(malformed)?;
                attributes.max_age.replace(age).is_some()
            }
            (AttributeName::Domain, Some(domain)) => {
                accept::domain(domain.as_bytes()).map_err(|_| malformed())?;
                attributes.domain.replace(domain).is_some()
            }
            (AttributeName::Path, Some(path)) => {
                accept::path(path.as_bytes()).map_err(|_| malformed())?;
                attributes.path.replace(path).is_some() || self.no_path
            }
            (AttributeName::SameSite, Some(word)) => {
                let same_site = SameSite::from_ascii(word.as_bytes()).ok_or_else(malformed)?;
                attributes.same_site.replace(same_site).is_some()
            }
            (AttributeName::Priority, Some(word)) => {
                let priority = Priority::from_ascii(word.as_bytes()).ok_or_else(malformed)?;
                attributes.priority.replace(priority).is_some()
            }
            (AttributeName::Secure, None) => core::mem::replace(&mut attributes.secure, true),
            (AttributeName::HttpOnly, None) => core::mem::replace(&mut attributes.http_only, true),
            (AttributeName::Partitioned, None) => core::mem::replace(&mut attributes.partitioned, true),
            _ => return Err(malformed()),
        };
        if again { Err(BuildError::Duplicate { part }) } else { Ok(()) }
    }

    fn failed(self, error: BuildError) -> Self {
        Self { error: self.error.or(Some(error)), ..self }
    }
}

const fn bit(attribute: AttributeName) -> u16 {
    1 << attribute as u8
}

fn attribute(flag: &str) -> Attribute<'_> {
    let (name, value) = cut(flag);
    Attribute { name: Cow::Borrowed(name), value: value.map(Cow::Borrowed) }
}

fn claims(attributes: &Attributes<'_>) -> Claims {
    Claims {
        secure: attributes.secure,
        http_only: attributes.http_only,
        has_domain: attributes.domain.is_some(),
        is_root_path: attributes.path() == Some("/"),
        same_site: attributes.same_site,
        partitioned: attributes.partitioned,
    }
}

/// Shows how long the value is, not what it is; and the Path that will be written.
impl fmt::Debug for SetCookieBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut attributes = self.attributes.clone();
        if attributes.path.is_none() && !self.no_path {
            attributes.path = Some(Cow::Borrowed("/"));
        }
        attributes.extensions.clone_from(&self.extensions.clone().into());
        f.debug_struct("SetCookieBuilder")
            .field("name", &self.name)
            .field("value", &Redacted(self.value.len()))
            .field("attributes", &attributes)
            .finish_non_exhaustive()
    }
}
