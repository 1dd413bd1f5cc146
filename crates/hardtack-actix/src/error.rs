//! Why a cookie was not set; every error is a response.

use actix_web::ResponseError;
use hardtack::format::Unwritten;
use hardtack::{BuildError, TooLate};
use thiserror::Error;

/// Why a cookie was not set: what `?` gives a handler that sets one. A response of status 500.
///
/// ```
/// use hardtack::CookieTemplate;
/// use hardtack_actix::{CookieError, SharedJar};
///
/// const SID: CookieTemplate = CookieTemplate::prefixed("__Host-sid").checked();
///
/// async fn login(jar: SharedJar) -> Result<&'static str, CookieError> {
///     jar.set(SID.cookie("31d4").build()?)?;
///     Ok("welcome")
/// }
/// # let _ = login;
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CookieError {
    /// The cookie is none that is written.
    #[error("{0}")]
    Build(#[from] BuildError),
    /// The response is no longer there to be changed.
    #[error("{0}")]
    TooLate(#[from] TooLate),
    /// The format of a typed cookie cannot say the value.
    #[error("{0}")]
    Unwritten(#[from] Unwritten),
}

impl ResponseError for CookieError {}

/// Why a [`SharedJar`](crate::SharedJar) was not extracted; a response of status 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
#[error("the request has no cookie jar; wrap the application in hardtack_actix::CookieMiddleware")]
pub struct MissingMiddleware;

impl ResponseError for MissingMiddleware {}
