//! A request for a URL, and who causes it.

use hardtack::agent::{BundledList, Context, ContextError, Profile};
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
pub struct Circumstances {
    /// Another site causes it.
    pub cross_site: bool,
    /// Another site causes it by navigating the tab: a link, a form.
    pub navigation: bool,
    /// A script of the page sets or reads the cookies.
    pub script: bool,
    /// The method; GET if there is none.
    pub method: Option<String>,
    /// The URL or the site of the page in the tab.
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
        let mut context = context(url)?;
        if self.navigation {
            context = context.cross_site_navigation();
        } else if self.cross_site {
            context = context.cross_site();
        }
        if self.script {
            context = context.script();
        }
        if let Some(method) = &self.method {
            if method.is_empty() || !method.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-') {
                return Err(RequestError::Method);
            }
            // The methods that change nothing (RFC 9110 section 9.2.1).
            if !["GET", "HEAD", "OPTIONS", "TRACE"].iter().any(|safe| safe.eq_ignore_ascii_case(method)) {
                context = context.unsafe_method();
            }
        }
        if let Some(site) = &self.top_level_site {
            context = context.top_level_site(site_of(site)?);
        }
        Ok(context)
    }
}

fn context(url: &str) -> Result<Context, RequestError> {
    if !url.contains("://") {
        return Err(RequestError::NoScheme);
    }
    let url = Url::parse(url).map_err(|error| match error {
        ParseError::EmptyHost => RequestError::EmptyHost,
        ParseError::RelativeUrlWithoutBase => RequestError::NoScheme,
        error => RequestError::Url(error),
    })?;
    Context::try_from(&url).map_err(|error| match error {
        ContextError::UnknownScheme => RequestError::Scheme,
        error => RequestError::Context(error),
    })
}

/// The site of a URL: scheme and registrable domain.
pub(crate) fn site_of(url: &str) -> Result<String, RequestError> {
    Ok(context(url)?.partition(Profile::default(), &BundledList).site)
}
