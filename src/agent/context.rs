//! Where a cookie comes from, and where a request goes.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::agent::error::HostError;
use crate::agent::matching::{canonical_host, is_loopback, site};
use crate::agent::profile::{Profile, Rule};
use crate::agent::suffix::PublicSuffixes;
use crate::date::CookieDate;

/// A request, and with it the response that answers it: all that decides about a cookie besides its line and the clock.
///
/// It begins as a request of a page to its own site, over HTTP; what is otherwise is said. With the feature `http` it
/// is made from an `http::Uri`, with `url` from a `url::Url`.
///
/// ```
/// use hardtack::agent::Context;
///
/// let login = Context::https("Shop.example", "/account/login?next=%2F")?;
/// assert_eq!((login.host(), login.path()), ("shop.example", b"/account/login".as_slice()));
///
/// let embedded = login.clone().cross_site().top_level_site("https://news.example");
/// let script = login.clone().script();
/// # Ok::<(), hardtack::agent::HostError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Context {
    https: bool,
    trustworthy: Option<bool>,
    host: String,
    path: Vec<u8>,
    script: bool,
    initiator: Initiator,
    unsafe_method: bool,
    top_level_site: Option<String>,
    server_clock: Option<CookieDate>,
}

/// Who caused a request (RFC 6265bis section 5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Initiator {
    SameSite,
    CrossSite,
    CrossSiteNavigation,
}

impl Context {
    /// A request over https, or wss.
    ///
    /// Of the path, a query and a fragment are left out, and the empty one is `/`.
    ///
    /// # Errors
    ///
    /// Those of [`canonical_host`].
    pub fn https<P: ?Sized + AsRef<[u8]>>(host: &str, path: &P) -> Result<Self, HostError> {
        Self::new(true, host, path.as_ref())
    }

    /// A request over http, or ws.
    ///
    /// # Errors
    ///
    /// Those of [`canonical_host`].
    pub fn http<P: ?Sized + AsRef<[u8]>>(host: &str, path: &P) -> Result<Self, HostError> {
        Self::new(false, host, path.as_ref())
    }

    fn new(https: bool, host: &str, path: &[u8]) -> Result<Self, HostError> {
        let path = path.split(|byte| matches!(byte, b'?' | b'#')).next().unwrap_or_default();
        Ok(Self {
            https,
            trustworthy: None,
            host: canonical_host(host)?,
            path: if path.is_empty() { b"/".to_vec() } else { path.to_vec() },
            script: false,
            initiator: Initiator::SameSite,
            unsafe_method: false,
            top_level_site: None,
            server_clock: None,
        })
    }

    /// The same request, whose connection the caller knows to be secure or not, whatever scheme and host say: behind a
    /// proxy, for instance.
    #[must_use]
    pub fn trustworthy(self, trustworthy: bool) -> Self {
        Self { trustworthy: Some(trustworthy), ..self }
    }

    /// A script of the page that sets or reads cookies, a "non-HTTP" API: what is `HttpOnly` is hidden from it.
    #[must_use]
    pub fn script(self) -> Self {
        Self { script: true, ..self }
    }

    /// A request that another site caused, to embed or fetch what it gets.
    #[must_use]
    pub fn cross_site(self) -> Self {
        Self { initiator: Initiator::CrossSite, ..self }
    }

    /// A request that another site caused by navigating the whole tab: a link, a form.
    #[must_use]
    pub fn cross_site_navigation(self) -> Self {
        Self { initiator: Initiator::CrossSiteNavigation, ..self }
    }

    /// A request by a method that may change something, such as POST (RFC 9110 section 9.2.1).
    #[must_use]
    pub fn unsafe_method(self) -> Self {
        Self { unsafe_method: true, ..self }
    }

    /// The site of the tab, scheme and registrable domain (`https://news.example`), by which partitioned cookies are
    /// kept apart (CHIPS). Unless it is given, it is the request's own.
    #[must_use]
    pub fn top_level_site<S: Into<String>>(self, site: S) -> Self {
        Self { top_level_site: Some(site.into()), ..self }
    }

    /// What the response's Date says, by which browsers correct Expires for a server whose clock is off.
    #[must_use]
    pub fn server_clock<D: Into<CookieDate>>(self, date: D) -> Self {
        Self { server_clock: Some(date.into()), ..self }
    }

    /// The canonical host; see [`canonical_host`].
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The path, without query and fragment.
    #[must_use]
    pub fn path(&self) -> &[u8] {
        &self.path
    }

    /// Whether a user agent deems the connection secure: https, and with browsers this very machine.
    ///
    /// ```
    /// use hardtack::agent::{Context, Profile};
    ///
    /// let local = Context::http("localhost", "/")?;
    /// assert!(local.is_secure(Profile::Chromium));
    /// assert!(!local.is_secure(Profile::Rfc6265bis));
    /// # Ok::<(), hardtack::agent::HostError>(())
    /// ```
    #[must_use]
    pub fn is_secure(&self, profile: Profile) -> bool {
        self.trustworthy
            .unwrap_or_else(|| self.https || profile.follows(Rule::LocalhostIsSecure) && is_loopback(&self.host))
    }

    /// Whether a script sets or reads the cookies.
    #[must_use]
    pub const fn is_script(&self) -> bool {
        self.script
    }

    /// The site that partitioned cookies belong to here.
    #[must_use]
    pub fn partition<S: ?Sized + PublicSuffixes>(&self, suffixes: &S) -> String {
        match &self.top_level_site {
            Some(site) => site.clone(),
            None => site(self.https, suffixes.registrable_domain(&self.host)),
        }
    }

    pub(crate) const fn date(&self) -> Option<CookieDate> {
        self.server_clock
    }

    pub(crate) fn is_same_site(&self) -> bool {
        self.initiator == Initiator::SameSite
    }

    /// Whether another site navigates the tab, so that a Lax cookie is set and, by a safe method, sent.
    pub(crate) fn is_navigation(&self) -> bool {
        self.initiator == Initiator::CrossSiteNavigation && !self.script
    }

    pub(crate) const fn has_unsafe_method(&self) -> bool {
        self.unsafe_method
    }
}

/// The URL, path in lossy UTF-8.
impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.https { "https" } else { "http" };
        let path = String::from_utf8_lossy(&self.path);
        if self.host.contains(':') {
            write!(f, "{scheme}://[{}]{path}", self.host)
        } else {
            write!(f, "{scheme}://{}{path}", self.host)
        }
    }
}
