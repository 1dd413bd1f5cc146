//! A context from an `http::Uri`.

use http::Uri;

use crate::agent::context::Context;
use crate::agent::error::ContextError;

/// The request for an absolute URI.
///
/// ```
/// use hardtack::agent::Context;
///
/// let uri = http::Uri::from_static("https://shop.example:8443/login?next=/");
/// assert_eq!(Context::try_from(&uri)?, Context::https("shop.example", "/login")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl TryFrom<&Uri> for Context {
    type Error = ContextError;

    fn try_from(uri: &Uri) -> Result<Self, Self::Error> {
        let host = uri.host().ok_or(ContextError::MissingHost)?;
        match uri.scheme_str() {
            Some("https" | "wss") => Ok(Self::https(host, uri.path())?),
            Some("http" | "ws") => Ok(Self::http(host, uri.path())?),
            _ => Err(ContextError::UnknownScheme),
        }
    }
}
