//! What may go wrong in a handler that is not the visitor's doing.

use axum::response::{IntoResponse, Response};
use hardtack::seal::SealError;
use hardtack::{BuildError, ChangeError};
use hardtack_axum::{CookieError, MissingSeal, TooLate};
use http::StatusCode;
use thiserror::Error;

/// A response of status 500; the text holds no value.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Cookie(#[from] CookieError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Key(#[from] hardtack::seal::KeyError),
    #[error(transparent)]
    Session(#[from] hardtack_compat::SealError),
    #[error("the operating system gives no randomness: {0}")]
    NoRandomness(getrandom::Error),
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        CookieError::from(error).into()
    }
}

impl From<TooLate> for Failure {
    fn from(error: TooLate) -> Self {
        CookieError::from(error).into()
    }
}

impl From<ChangeError> for Failure {
    fn from(error: ChangeError) -> Self {
        CookieError::from(error).into()
    }
}

impl From<MissingSeal> for Failure {
    fn from(error: MissingSeal) -> Self {
        CookieError::from(error).into()
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, self.to_string()).into_response()
    }
}
