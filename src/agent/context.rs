//! Where a cookie comes from, and where a request goes.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::agent::domain_key::reversed;
use crate::agent::error::{ContextError, HostError};
use crate::agent::matching::{canonical_host, is_loopback};
use crate::agent::origin::Origin;
use crate::agent::profile::{Profile, Rule};
use crate::agent::suffix::PublicSuffixes;
use crate::agent::third_party::PartitionKey;
use crate::date::CookieDate;

/// A request, and with it the response that answers it: all that decides about a cookie besides its line and the clock.
///
/// [`request`](Self::request) works it out from the URLs of a request, its page and its tab. [`https`](Self::https) and
/// [`http`](Self::http) begin with a request of a page to its own site; what is otherwise is said. With the feature
/// `http` a context is made from an `http::Uri`, with `url` from a `url::Url`.
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
    origin: Origin,
    // The host as a store looks it up.
    key: String,
    trustworthy: Option<bool>,
    path: Vec<u8>,
    script: bool,
    initiator: Initiator,
    unsafe_method: bool,
    top_level: Option<TopLevel>,
    server_clock: Option<CookieDate>,
}

/// Who caused a request (RFC 6265bis section 5.2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Initiator {
    SameSite,
    CrossSite,
    CrossSiteNavigation,
    /// To be worked out: the page that caused it, if one did, the frames between the tab and the request, and whether the
    /// tab goes there.
    Page {
        page: Option<Origin>,
        ancestors: Vec<Origin>,
        navigation: bool,
    },
}

/// What the tab shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum TopLevel {
    Site(String),
    Page(Origin),
}

impl Context {
    /// Begins a request for an absolute URL, worked out from what is known of it; see [`Request`].
    ///
    /// ```
    /// use hardtack::agent::{Context, Profile, TopLevelOnly};
    ///
    /// let embedded = Context::request("https://widget.example/frame?id=1")
    ///     .initiator("https://shop.example/")
    ///     .top_level("https://shop.example/")
    ///     .build()?;
    /// assert_eq!(embedded.path(), b"/frame");
    /// assert!(embedded.is_third_party(Profile::Chromium, &TopLevelOnly));
    /// # Ok::<(), hardtack::agent::ContextError>(())
    /// ```
    pub fn request(url: &str) -> Request<'_> {
        Request::new(url)
    }

    /// Creates a request over https, or wss.
    ///
    /// Of the path, a query and a fragment are left out, and the empty one is `/`.
    ///
    /// # Errors
    ///
    /// Those of [`canonical_host`].
    pub fn https<P: ?Sized + AsRef<[u8]>>(host: &str, path: &P) -> Result<Self, HostError> {
        Self::new(true, host, path.as_ref())
    }

    /// Creates a request over http, or ws.
    ///
    /// # Errors
    ///
    /// Those of [`canonical_host`].
    pub fn http<P: ?Sized + AsRef<[u8]>>(host: &str, path: &P) -> Result<Self, HostError> {
        Self::new(false, host, path.as_ref())
    }

    fn new(https: bool, host: &str, path: &[u8]) -> Result<Self, HostError> {
        Ok(Self::of(Origin { https, host: canonical_host(host)? }, path))
    }

    fn of(origin: Origin, path: &[u8]) -> Self {
        let path = path.split(|byte| matches!(byte, b'?' | b'#')).next().unwrap_or_default();
        Self {
            key: reversed(&origin.host),
            origin,
            trustworthy: None,
            path: if path.is_empty() { b"/".to_vec() } else { path.to_vec() },
            script: false,
            initiator: Initiator::SameSite,
            unsafe_method: false,
            top_level: None,
            server_clock: None,
        }
    }

    /// Says that the connection is secure or is not, whatever scheme and host say: behind a
    /// proxy, for instance.
    #[must_use]
    pub fn trustworthy(self, trustworthy: bool) -> Self {
        Self { trustworthy: Some(trustworthy), ..self }
    }

    /// Says that a script of the page sets or reads the cookies, a "non-HTTP" API: what is `HttpOnly` is hidden from it.
    #[must_use]
    pub fn script(self) -> Self {
        Self { script: true, ..self }
    }

    /// Says that another site caused the request, to embed or fetch what it gets.
    #[must_use]
    pub fn cross_site(self) -> Self {
        Self { initiator: Initiator::CrossSite, ..self }
    }

    /// Says that another site caused the request by navigating the whole tab: a link, a form.
    #[must_use]
    pub fn cross_site_navigation(self) -> Self {
        Self { initiator: Initiator::CrossSiteNavigation, ..self }
    }

    /// Says that the method may change something, as POST does (RFC 9110 section 9.2.1).
    #[must_use]
    pub fn unsafe_method(self) -> Self {
        Self { unsafe_method: true, ..self }
    }

    /// Sets the site of the tab, scheme and registrable domain (`https://news.example`), by which partitioned cookies are
    /// kept apart (CHIPS) and third parties are told. Unless it is given, it is the request's own.
    #[must_use]
    pub fn top_level_site<S: Into<String>>(self, site: S) -> Self {
        Self { top_level: Some(TopLevel::Site(site.into())), ..self }
    }

    /// Sets what the response's Date says, by which browsers correct Expires for a server whose clock is off.
    #[must_use]
    pub fn server_clock<D: Into<CookieDate>>(self, date: D) -> Self {
        Self { server_clock: Some(date.into()), ..self }
    }

    /// Returns the canonical host; see [`canonical_host`].
    #[must_use]
    pub fn host(&self) -> &str {
        &self.origin.host
    }

    /// Returns the path, without query and fragment.
    #[must_use]
    pub fn path(&self) -> &[u8] {
        &self.path
    }

    /// Returns whether a user agent deems the connection secure: https, and with browsers this very machine.
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
        self.trustworthy.unwrap_or_else(|| {
            self.origin.https || profile.follows(Rule::LocalhostIsSecure) && is_loopback(&self.origin.host)
        })
    }

    /// Returns whether a script sets or reads the cookies.
    #[must_use]
    pub const fn is_script(&self) -> bool {
        self.script
    }

    /// Returns whether the request is same-site: caused by a page of its own registrable domain and, where the user agent
    /// heeds it, of its own scheme, under a tab and frames that are (RFC 6265bis section 5.2).
    ///
    /// ```
    /// use hardtack::agent::{Context, Profile, TopLevelOnly};
    ///
    /// let request = Context::request("https://shop.example/cart")
    ///     .initiator("http://www.shop.example/")
    ///     .build()?;
    /// assert!(request.is_same_site(Profile::Firefox, &TopLevelOnly));
    /// assert!(!request.is_same_site(Profile::Chromium, &TopLevelOnly), "the scheme is another");
    /// # Ok::<(), hardtack::agent::ContextError>(())
    /// ```
    #[must_use]
    pub fn is_same_site<S: ?Sized + PublicSuffixes>(&self, profile: Profile, suffixes: &S) -> bool {
        let schemeful = profile.follows(Rule::SchemefulSameSite);
        let is_same = |other: &Origin| self.origin.is_same_site(other, schemeful, suffixes);
        match &self.initiator {
            Initiator::SameSite => true,
            Initiator::CrossSite | Initiator::CrossSiteNavigation => false,
            Initiator::Page { page, ancestors, navigation } => {
                let tab = match &self.top_level {
                    Some(TopLevel::Page(tab)) => Some(tab),
                    _ => None,
                };
                page.as_ref().is_none_or(is_same)
                    && (*navigation || tab.is_none_or(is_same) && ancestors.iter().all(is_same))
            }
        }
    }

    /// Returns whether the request is that of a third party: of another site than the tab or, where the user agent heeds
    /// it, below a frame of another site.
    #[must_use]
    pub fn is_third_party<S: ?Sized + PublicSuffixes>(&self, profile: Profile, suffixes: &S) -> bool {
        let schemeful = profile.follows(Rule::SchemefulSameSite);
        let is_other = |other: &Origin| !self.origin.is_same_site(other, schemeful, suffixes);
        match (&self.top_level, &self.initiator) {
            (_, Initiator::Page { navigation: true, .. }) | (None, _) => false,
            (Some(TopLevel::Site(site)), _) => {
                let name = |site| str::split_once(site, "://").map_or(site, |(_, name)| name);
                if schemeful {
                    *site != self.origin.site(suffixes)
                } else {
                    name(site) != name(&self.origin.site(suffixes))
                }
            }
            (Some(TopLevel::Page(tab)), Initiator::Page { ancestors, .. }) => {
                is_other(tab) || profile.follows(Rule::AncestorInPartition) && ancestors.iter().any(is_other)
            }
            (Some(TopLevel::Page(tab)), _) => is_other(tab),
        }
    }

    /// Returns the jar that partitioned cookies are in here: that of the tab's site.
    #[must_use]
    pub fn partition<S: ?Sized + PublicSuffixes>(&self, profile: Profile, suffixes: &S) -> PartitionKey {
        PartitionKey {
            site: match (&self.top_level, &self.initiator) {
                (_, Initiator::Page { navigation: true, .. }) | (None, _) => self.origin.site(suffixes),
                (Some(TopLevel::Site(site)), _) => site.clone(),
                (Some(TopLevel::Page(tab)), _) => tab.site(suffixes),
            },
            cross_site_ancestor: profile.follows(Rule::AncestorInPartition) && self.is_third_party(profile, suffixes),
        }
    }

    /// The host, labels reversed.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    pub(crate) const fn date(&self) -> Option<CookieDate> {
        self.server_clock
    }

    /// Whether the tab goes to the URL, so that a Lax cookie is set and, by a safe method, sent, whoever caused it.
    pub(crate) fn is_navigation(&self) -> bool {
        matches!(self.initiator, Initiator::CrossSiteNavigation | Initiator::Page { navigation: true, .. })
            && !self.script
    }

    pub(crate) const fn has_unsafe_method(&self) -> bool {
        self.unsafe_method
    }
}

/// A request as it is known: its URL, the page that caused it, what the tab shows.
///
/// What is not said is as if the user had typed the URL: nobody caused it, and the tab shows what is requested.
///
/// ```
/// use hardtack::agent::{Context, Profile, TopLevelOnly};
///
/// let form = Context::request("https://shop.example/order")
///     .initiator("https://news.example/article")
///     .navigation(true)
///     .method("POST")
///     .build()?;
/// assert!(!form.is_same_site(Profile::Rfc6265bis, &TopLevelOnly));
/// # Ok::<(), hardtack::agent::ContextError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a request becomes a context by `build`"]
pub struct Request<'u> {
    url: &'u str,
    initiator: Option<&'u str>,
    top_level: Option<&'u str>,
    ancestors: Vec<&'u str>,
    navigation: bool,
    unsafe_method: bool,
}

impl<'u> Request<'u> {
    const fn new(url: &'u str) -> Self {
        Self { url, initiator: None, top_level: None, ancestors: Vec::new(), navigation: false, unsafe_method: false }
    }

    /// Sets the URL of the page that caused the request: whose link was followed, whose image or frame it is, whose
    /// script fetches it.
    pub const fn initiator(mut self, url: &'u str) -> Self {
        self.initiator = Some(url);
        self
    }

    /// Sets the URL that the tab shows while the request is made.
    pub const fn top_level(mut self, url: &'u str) -> Self {
        self.top_level = Some(url);
        self
    }

    /// Adds the URL of a frame between the tab and the request; may be called for each.
    pub fn ancestor(mut self, url: &'u str) -> Self {
        self.ancestors.push(url);
        self
    }

    /// Sets whether the tab itself goes to the URL: by a link, a form, the address bar.
    pub const fn navigation(mut self, navigation: bool) -> Self {
        self.navigation = navigation;
        self
    }

    /// Sets the method: GET, HEAD, OPTIONS and TRACE change nothing (RFC 9110 section 9.2.1).
    pub fn method(mut self, method: &str) -> Self {
        self.unsafe_method = !["GET", "HEAD", "OPTIONS", "TRACE"].contains(&method);
        self
    }

    /// Returns the context, worked out.
    ///
    /// # Errors
    ///
    /// - `/login`, `data:,x`: a URL without a host
    /// - `ftp://shop.example/`: a scheme by which no cookies travel
    /// - `https://a..b/`: a host that is none
    pub fn build(self) -> Result<Context, ContextError> {
        let origin = |url| Origin::read(url).map(|(origin, _)| origin);
        let (of_url, path) = Origin::read(self.url)?;
        let initiator = Initiator::Page {
            page: self.initiator.map(origin).transpose()?,
            ancestors: self.ancestors.into_iter().map(origin).collect::<Result<_, _>>()?,
            navigation: self.navigation,
        };
        let top_level = self.top_level.map(origin).transpose()?.map(TopLevel::Page);
        Ok(Context { initiator, unsafe_method: self.unsafe_method, top_level, ..Context::of(of_url, path.as_bytes()) })
    }
}

/// The URL, path in lossy UTF-8.
impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.origin.https { "https" } else { "http" };
        let path = String::from_utf8_lossy(&self.path);
        if self.origin.host.contains(':') {
            write!(f, "{scheme}://[{}]{path}", self.origin.host)
        } else {
            write!(f, "{scheme}://{}{path}", self.origin.host)
        }
    }
}
