//! Why a cookie was not set or not extracted; every error is a response.

use axum_core::response::{IntoResponse, Response};
use hardtack::format::Unread;
#[cfg(feature = "seal")]
use hardtack::seal::MissingSeal;
use hardtack::{BuildError, ChangeError, TooLate};
use http::StatusCode;
use http::header::MaxSizeReached;
use thiserror::Error;

/// Why a cookie was not set: what `?` gives a handler that sets one. A response of status 500.
///
/// ```
/// use hardtack::CookieTemplate;
/// use hardtack_axum::{CookieError, SharedJar};
///
/// const SID: CookieTemplate = CookieTemplate::prefixed("__Host-sid").http_only(true).checked();
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
    /// The response has no room for the cookie.
    #[error("{0}")]
    NoRoom(#[from] NoRoom),
    /// The format of a typed cookie cannot say the value.
    #[error("the value of the cookie {name:?} cannot be written in its format; let its Serialize or Display succeed")]
    Unwritten {
        /// The cookie's name.
        name: &'static str,
    },
    /// The layer keeps nothing to seal it with.
    #[cfg(feature = "seal")]
    #[error("{}: a hardtack_axum::CookieLayer with {}", .0, keeper(*.0))]
    MissingSeal(#[from] MissingSeal),
}

/// The call that keeps what is missing.
#[cfg(feature = "seal")]
const fn keeper(missing: MissingSeal) -> &'static str {
    match missing {
        MissingSeal::Signer => ".signer(..)",
        MissingSeal::Sealer => ".sealer(..)",
        _ => ".signer(..) or .sealer(..)",
    }
}

impl From<ChangeError> for CookieError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Build(error) => Self::Build(error),
            ChangeError::TooLate(late) => Self::TooLate(late),
        }
    }
}

/// Why a cookie was not appended: the response has as many header fields as a header map holds.
///
/// Of those appended before, each is on the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
#[error("the response has no room for a further Set-Cookie field; set fewer header fields")]
pub struct NoRoom;

impl From<MaxSizeReached> for NoRoom {
    fn from(_: MaxSizeReached) -> Self {
        Self
    }
}

/// Why a [`SharedJar`](crate::SharedJar) was not extracted; a response of status 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
#[error("the request has no cookie jar; add hardtack_axum::CookieLayer outside of the handler")]
pub struct MissingLayer;

/// Why a [`TypedCookie`](crate::TypedCookie) was not extracted; a response of status 400 that holds nothing of the value.
///
/// What is the server's own fault, a layer without keys, has status 500.
///
/// ```
/// use axum_core::response::IntoResponse;
/// use hardtack_axum::TypedRejection;
///
/// let missing = TypedRejection::Missing { name: "sid" };
/// assert_eq!(missing.to_string(), r#"the request has no cookie "sid""#);
/// assert_eq!(missing.into_response().status(), 400);
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
    /// The layer keeps nothing to open it with.
    #[cfg(feature = "seal")]
    #[error("{}: a hardtack_axum::CookieLayer with {}", .0, keeper(*.0))]
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

impl IntoResponse for TypedRejection {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Missing { .. } | Self::Unread { .. } => StatusCode::BAD_REQUEST,
            #[cfg(feature = "seal")]
            Self::MissingSeal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        respond(status, self)
    }
}

macro_rules! internal {
    ($($error:ty)+) => {
        $(
            impl IntoResponse for $error {
                fn into_response(self) -> Response {
                    respond(StatusCode::INTERNAL_SERVER_ERROR, self)
                }
            }
        )+
    };
}

internal! { CookieError NoRoom MissingLayer }

/// A response that says the error, and has it in its extensions for a layer that logs.
pub(crate) fn respond<E: ToString + Clone + Send + Sync + 'static>(status: StatusCode, error: E) -> Response {
    let mut response = (status, error.to_string()).into_response();
    response.extensions_mut().insert(error);
    response
}
