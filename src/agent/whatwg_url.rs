//! A context from a `url::Url`.

use url::Url;

use crate::agent::context::Context;
use crate::agent::error::ContextError;

/// The request for a URL.
///
/// ```
/// use hardtack::agent::Context;
///
/// let url = url::Url::parse("https://Café.example/login?next=/")?;
/// assert_eq!(Context::try_from(&url)?, Context::https("xn--caf-dma.example", "/login")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl TryFrom<&Url> for Context {
    type Error = ContextError;

    fn try_from(url: &Url) -> Result<Self, Self::Error> {
        let host = url.host_str().ok_or(ContextError::MissingHost)?;
        match url.scheme() {
            "https" | "wss" => Ok(Self::https(host, url.path())?),
            "http" | "ws" => Ok(Self::http(host, url.path())?),
            _ => Err(ContextError::UnknownScheme),
        }
    }
}
