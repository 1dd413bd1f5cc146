//! A request for a URL, and who causes it.

use hardtack::agent::{Context, ContextError};
use thiserror::Error;
use url::{ParseError, Url};

/// Why a URL gives no request.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RequestError {
    /// A URL without `scheme://`.
    #[error("no scheme: write https://host/path")]
    NoScheme,
    /// A scheme by which no cookies travel.
    #[error("cookies travel by http and https alone")]
    Scheme,
    /// A URL without a host.
    #[error("the host is empty; name it")]
    EmptyHost,
    /// What is no URL otherwise.
    #[error("{0}; write https://host/path")]
    Url(ParseError),
    /// A host that is none.
    #[error(transparent)]
    Context(ContextError),
    /// A method that is no token.
    #[error("the method is no word of letters; write GET or POST")]
    Method,
}

/// Who causes a request, by which method, in which tab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is asked for on its own")]
pub struct Circumstances {
    /// Another site causes it.
    pub cross_site: bool,
    /// Another site causes it by navigating the tab: a link, a form.
    pub navigation: bool,
    /// The URL of the page that causes it, by which is told whether another site does.
    pub initiator: Option<String>,
    /// Whether the tab itself goes to the URL.
    pub page: bool,
    /// A script of the page sets or reads the cookies.
    pub script: bool,
    /// The method; GET if there is none.
    pub method: Option<String>,
    /// The URL of the page in the tab.
    pub top_level_site: Option<String>,
}

impl Circumstances {
    /// Returns the request for a URL.
    ///
    /// # Errors
    ///
    /// - a URL without scheme or host, or with a scheme by which no cookies travel
    /// - a top-level site that is none either
    /// - a method that is no word
    ///
    /// ```
    /// use hardtack_cli::agent::{Circumstances, RequestError};
    ///
    /// let plain = Circumstances::default();
    /// assert_eq!(plain.request("https://Shop.example/a?b")?.to_string(), "https://shop.example/a");
    /// assert_eq!(plain.request("shop.example"), Err(RequestError::NoScheme));
    /// # Ok::<(), RequestError>(())
    /// ```
    pub fn request(&self, url: &str) -> Result<Context, RequestError> {
        let (url, initiator, tab) = (
            read_url(url)?,
            self.initiator.as_deref().map(read_url).transpose()?,
            self.top_level_site.as_deref().map(read_url).transpose()?,
        );
        let mut request = Context::request(url.as_str()).navigation(self.page);
        if let Some(page) = &initiator {
            request = request.initiator(page.as_str());
        }
        if let Some(tab) = &tab {
            request = request.top_level(tab.as_str());
        }
        if let Some(method) = &self.method {
            if method.is_empty() || !method.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-') {
                return Err(RequestError::Method);
            }
            request = request.method(&method.to_ascii_uppercase());
        }
        let mut context = request.build().map_err(RequestError::Context)?;
        if self.navigation {
            context = context.cross_site_navigation();
        } else if self.cross_site {
            context = context.cross_site();
        }
        Ok(if self.script { context.script() } else { context })
    }
}

fn read_url(url: &str) -> Result<Url, RequestError> {
    if !url.contains("://") {
        return Err(RequestError::NoScheme);
    }
    let url = Url::parse(url).map_err(|error| match error {
        ParseError::EmptyHost => RequestError::EmptyHost,
        ParseError::RelativeUrlWithoutBase => RequestError::NoScheme,
        error => RequestError::Url(error),
    })?;
    match url.scheme() {
        "https" | "http" | "wss" | "ws" => Ok(url),
        _ => Err(RequestError::Scheme),
    }
}

/// Whether cookies travel by a URL.
pub(crate) fn carries_cookies(url: &str) -> bool {
    read_url(url).is_ok()
}
