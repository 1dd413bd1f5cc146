//! A cookie described once, as a constant: read, set, renewed and deleted by the same description.

#[cfg(doctest)]
mod refused;

use alloc::borrow::Cow;
use core::fmt;
use core::time::Duration;

use crate::attribute::{Priority, SameSite};
use crate::builder::SetCookieBuilder;
use crate::cookies::Cookies;
use crate::error::BuildError;
use crate::input::Text;
use crate::names::Prefix;
use crate::set_cookie::SetCookie;
use crate::tombstone::tombstone;
use crate::validate::{self, Claims, check};

/// What all values of one cookie have in common: its name and its attributes.
///
/// A template is a constant. What [`SetCookieBuilder::build`] would refuse of it when the program runs,
/// [`checked`](Self::checked) refuses when it is compiled. Path is `/` unless it is said otherwise.
///
/// ```
/// use core::time::Duration;
/// use hardtack::{CookieTemplate, Cookies, SameSite};
///
/// const SID: CookieTemplate = CookieTemplate::new("__Host-sid")
///     .secure(true)
///     .http_only(true)
///     .same_site(SameSite::Lax)
///     .max_age(Duration::from_secs(3600))
///     .checked();
///
/// // A request.
/// let cookies = Cookies::new("__Host-sid=31d4");
/// assert_eq!(SID.get(&cookies), Some("31d4"));
///
/// // Responses.
/// assert_eq!(
///     SID.cookie("8c2e").build()?.to_string(),
///     "__Host-sid=8c2e; Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Lax"
/// );
/// assert_eq!(
///     SID.tombstone().build()?.to_string(),
///     "__Host-sid=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; \
///      Path=/; Secure; HttpOnly; SameSite=Lax"
/// );
/// # Ok::<(), hardtack::BuildError>(())
/// ```
///
/// One for production and one for plain http on the way there, with the same attributes otherwise:
///
/// ```
/// use hardtack::{CookieTemplate, SameSite};
///
/// const SID: CookieTemplate = CookieTemplate::prefixed("__Host-sid")
///     .http_only(true)
///     .same_site(SameSite::Lax)
///     .checked();
/// const SID_OVER_HTTP: CookieTemplate = SID.renamed("sid").secure(false).checked();
///
/// let sid = if cfg!(debug_assertions) { SID_OVER_HTTP } else { SID };
/// # assert_eq!(sid.same_site_attribute(), Some(SameSite::Lax));
/// ```
///
/// What would not be built does not compile:
///
/// ```compile_fail,E0080
/// # use hardtack::CookieTemplate;
/// const SID: CookieTemplate = CookieTemplate::new("__Host-sid").checked();
/// # let _ = SID;
/// ```
///
/// ```compile_fail,E0080
/// # use hardtack::CookieTemplate;
/// const SID: CookieTemplate = CookieTemplate::new("session id").checked();
/// # let _ = SID;
/// ```
#[doc(alias("constant", "CookieConfig"))]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[must_use = "a template does nothing until a cookie is made of it"]
pub struct CookieTemplate<'t> {
    name: &'t str,
    domain: Option<&'t str>,
    path: Option<&'t str>,
    max_age: Option<Duration>,
    same_site: Option<SameSite>,
    priority: Option<Priority>,
    secure: bool,
    http_only: bool,
    partitioned: bool,
}

impl<'t> CookieTemplate<'t> {
    /// Begins a template with `Path=/` and no other attribute.
    #[doc(alias = "builder")]
    pub const fn new(name: &'t str) -> Self {
        Self {
            name,
            domain: None,
            path: Some("/"),
            max_age: None,
            same_site: None,
            priority: None,
            secure: false,
            http_only: false,
            partitioned: false,
        }
    }

    /// Begins a template with what the prefix of the name demands: Secure for `__Secure-` and `__Host-`, HttpOnly
    /// besides for `__Http-` and `__Host-Http-`.
    ///
    /// ```
    /// use hardtack::CookieTemplate;
    ///
    /// const SID: CookieTemplate = CookieTemplate::prefixed("__Host-sid").checked();
    ///
    /// assert_eq!(SID.cookie("31d4").build()?.to_string(), "__Host-sid=31d4; Path=/; Secure");
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    #[doc(alias("host", "__Host-", "__Secure-"))]
    pub const fn prefixed(name: &'t str) -> Self {
        let template = Self::new(name);
        match Prefix::of(name.as_bytes()) {
            Some(prefix) => template.secure(true).http_only(prefix.needs_http_only()),
            None => template,
        }
    }

    /// Returns the same template, for a cookie of another name.
    pub const fn renamed(mut self, name: &'t str) -> Self {
        self.name = name;
        self
    }

    /// Sets how long the cookie lives, in whole seconds, at most 2^31 - 1.
    pub const fn max_age(mut self, age: Duration) -> Self {
        self.max_age = Some(age);
        self
    }

    /// Sets the domain whose hosts get the cookie; without it, only the host that sets it does.
    pub const fn domain(mut self, domain: &'t str) -> Self {
        self.domain = Some(domain);
        self
    }

    /// Sets the path below which the cookie is sent; `/` if this is not called.
    pub const fn path(mut self, path: &'t str) -> Self {
        self.path = Some(path);
        self
    }

    /// Leaves Path out: the cookie is sent below the directory of the request that set it (RFC 6265bis section 5.1.4).
    pub const fn no_path(mut self) -> Self {
        self.path = None;
        self
    }

    /// Sets whether the cookie is sent only over secure connections.
    pub const fn secure(mut self, secure: bool) -> Self {
        self.secure = secure;
        self
    }

    /// Sets whether the cookie is hidden from scripts.
    pub const fn http_only(mut self, http_only: bool) -> Self {
        self.http_only = http_only;
        self
    }

    /// Sets who may cause the cookie to be sent.
    pub const fn same_site(mut self, same_site: SameSite) -> Self {
        self.same_site = Some(same_site);
        self
    }

    /// Sets whether the cookie has a jar of its own for each top-level site (CHIPS); needs Secure.
    pub const fn partitioned(mut self, partitioned: bool) -> Self {
        self.partitioned = partitioned;
        self
    }

    /// Sets how long the cookie is kept when its site has too many (draft-west-cookie-priority).
    pub const fn priority(mut self, priority: Priority) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Judges name and attributes as [`SetCookieBuilder::build`] judges them.
    ///
    /// # Errors
    ///
    /// Those of [`SetCookieBuilder::build`] but for the value's.
    ///
    /// ```
    /// use hardtack::CookieTemplate;
    ///
    /// let refused = CookieTemplate::new("__Secure-sid").check().unwrap_err();
    /// assert_eq!(
    ///     refused.to_string(),
    ///     "a name that begins with \"__Secure-\" in any letter case needs Secure, \
    ///      or user agents drop the cookie; add .secure(true)"
    /// );
    /// ```
    pub const fn check(&self) -> Result<(), BuildError> {
        let name = self.name.as_bytes();
        check!(validate::name(name));
        check!(validate::pair_len(name, b""));
        if let Some(domain) = self.domain {
            check!(validate::domain(domain.as_bytes()));
        }
        if let Some(path) = self.path {
            check!(validate::path(path.as_bytes()));
        }
        validate::claims(
            name,
            Claims {
                secure: self.secure,
                http_only: self.http_only,
                has_domain: self.domain.is_some(),
                is_root_path: matches!(self.path, Some(path) if matches!(path.as_bytes(), b"/")),
                same_site: self.same_site,
                partitioned: self.partitioned,
            },
        )
    }

    /// Returns the template if cookies can be built of it; in a constant, one of which none can be does not compile.
    ///
    /// # Panics
    ///
    /// If [`check`](Self::check) is an error. Call it in a constant alone; for a template that is read at run time
    /// there is `check`.
    #[track_caller]
    #[allow(clippy::panic, reason = "in a constant, this is an error of compilation")]
    pub const fn checked(self) -> Self {
        match self.check() {
            Ok(()) => self,
            Err(error) => panic!("{}", error.in_brief()),
        }
    }

    /// Returns the cookie's name.
    #[must_use]
    pub const fn name(&self) -> &'t str {
        self.name
    }

    /// Returns the value of the first cookie of this name among those of a request.
    ///
    /// ```
    /// use hardtack::{CookieTemplate, Cookies};
    ///
    /// const THEME: CookieTemplate = CookieTemplate::new("theme").checked();
    ///
    /// assert_eq!(THEME.get(&Cookies::new("theme=dark")), Some("dark"));
    /// ```
    #[must_use]
    pub fn get<'h, T: ?Sized + Text>(&self, cookies: &Cookies<'h, T>) -> Option<&'h T>
    where
        str: AsRef<T>,
    {
        cookies.get(self.name)
    }

    /// Begins a cookie of this value.
    #[doc(alias("set", "make"))]
    pub fn cookie<'a>(&self, value: impl Into<Cow<'a, str>>) -> SetCookieBuilder<'a>
    where
        't: 'a,
    {
        self.describe(SetCookie::builder(self.name, value))
    }

    /// Begins the cookie a request holds once more, so that it lives as long from now on as it did at first; `None`
    /// where the request has none.
    ///
    /// ```
    /// use core::time::Duration;
    /// use hardtack::{CookieTemplate, Cookies};
    ///
    /// const SID: CookieTemplate =
    ///     CookieTemplate::new("sid").max_age(Duration::from_secs(3600)).checked();
    ///
    /// let renewed = SID.renew(&Cookies::new("sid=31d4")).unwrap().build()?;
    /// assert_eq!(renewed.to_string(), "sid=31d4; Max-Age=3600; Path=/");
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    #[doc(alias("refresh", "extend", "touch"))]
    #[must_use]
    pub fn renew<'a>(&self, cookies: &Cookies<'a>) -> Option<SetCookieBuilder<'a>>
    where
        't: 'a,
    {
        Some(self.cookie(self.get(cookies)?))
    }

    /// Begins the cookie that deletes this one: the same name, Domain, Path and flags.
    #[doc(alias("delete", "remove", "removal", "expire", "clear"))]
    pub fn tombstone(&self) -> SetCookieBuilder<'t> {
        self.describe(tombstone(self.name))
    }

    /// Returns who may cause the cookie to be sent, where the template says so.
    #[must_use]
    pub const fn same_site_attribute(&self) -> Option<SameSite> {
        self.same_site
    }

    fn describe<'a>(&self, mut builder: SetCookieBuilder<'a>) -> SetCookieBuilder<'a>
    where
        't: 'a,
    {
        builder = match self.path {
            Some(path) => builder.path(path),
            None => builder.no_path(),
        };
        if let Some(domain) = self.domain {
            builder = builder.domain(domain);
        }
        if let Some(age) = self.max_age {
            builder = builder.max_age(age);
        }
        if let Some(same_site) = self.same_site {
            builder = builder.same_site(same_site);
        }
        if let Some(priority) = self.priority {
            builder = builder.priority(priority);
        }
        builder.secure(self.secure).http_only(self.http_only).partitioned(self.partitioned)
    }
}

impl fmt::Debug for CookieTemplate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CookieTemplate")
            .field("name", &self.name)
            .field("max_age", &self.max_age)
            .field("domain", &self.domain)
            .field("path", &self.path)
            .field("secure", &self.secure)
            .field("http_only", &self.http_only)
            .field("same_site", &self.same_site)
            .field("partitioned", &self.partitioned)
            .field("priority", &self.priority)
            .finish()
    }
}
