//! Why a cookie was not set or not extracted; every error is a response.

use actix_web::ResponseError;
use actix_web::http::StatusCode;
use hardtack::format::Unread;
#[cfg(feature = "seal")]
use hardtack::seal::MissingSeal;
use hardtack::{BuildError, ChangeError, TooLate};
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
    #[error("the value of the cookie {name:?} cannot be written in its format; let its Serialize or Display succeed")]
    Unwritten {
        /// The cookie's name.
        name: &'static str,
    },
    /// The middleware keeps nothing to seal it with.
    #[cfg(feature = "seal")]
    #[error("{0}")]
    MissingSeal(#[from] MissingSeal),
}

impl From<ChangeError> for CookieError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Build(error) => Self::Build(error),
            ChangeError::TooLate(late) => Self::TooLate(late),
        }
    }
}

impl ResponseError for CookieError {}

/// Why a [`SharedJar`](crate::SharedJar) was not extracted; a response of status 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
#[error("the request has no cookie jar; wrap the application in hardtack_actix::CookieMiddleware")]
pub struct MissingMiddleware;

impl ResponseError for MissingMiddleware {}

/// Why a [`TypedCookie`](crate::TypedCookie) was not extracted; a response of status 400 that holds nothing of the value.
///
/// What is the server's own fault, a middleware without keys, has status 500.
///
/// ```
/// use actix_web::ResponseError;
/// use hardtack_actix::TypedRejection;
///
/// let missing = TypedRejection::Missing { name: "sid" };
/// assert_eq!(missing.to_string(), r#"the request has no cookie "sid""#);
/// assert_eq!(missing.status_code(), 400);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum TypedRejection {
    /// The request has no cookie of the name.
    #[error("the request has no cookie {name:?}")]
    Missing {
        /// The cookie's name.
        name: &'static str,
    },
    /// No cookie of the name can be read; this is why of the first.
    #[error("cookie {name:?}: {fault}")]
    Unread {
        /// The cookie's name.
        name: &'static str,
        /// What is wrong with its value.
        fault: Unread,
    },
    /// The middleware keeps nothing to open it with.
    #[cfg(feature = "seal")]
    #[error("{0}")]
    MissingSeal(#[from] MissingSeal),
}

impl TypedRejection {
    pub(crate) fn new(name: &'static str, fault: Unread) -> Self {
        match fault {
            #[cfg(feature = "seal")]
            Unread::MissingSeal(missing) => Self::MissingSeal(missing),
            fault => Self::Unread { name, fault },
        }
    }
}

impl ResponseError for TypedRejection {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Missing { .. } | Self::Unread { .. } => StatusCode::BAD_REQUEST,
            #[cfg(feature = "seal")]
            Self::MissingSeal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}
