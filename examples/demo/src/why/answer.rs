//! The answer: of lines, or of a recording.

use hardtack::CookieDate;
use hardtack_cli::agent::RequestError;
use hardtack_cli::input::CurlError;
use hardtack_cli::input::har::HarError;
use maud::Markup;
use std::time::SystemTime;
use thiserror::Error;

use crate::why::question::Question;
use crate::why::{fields, recording};

/// Why there is no answer; each text says what to change.
#[derive(Debug, Error)]
pub(crate) enum AnswerError {
    #[error("no Cookie or Set-Cookie field found; write one as \"Set-Cookie: name=value; Secure\"")]
    Nothing,
    #[error(transparent)]
    Curl(#[from] CurlError),
    #[error(transparent)]
    Har(#[from] HarError),
    #[error("the URL: {0}")]
    Url(RequestError),
    #[error("the URL of the next request: {0}")]
    Then(RequestError),
}

pub(crate) fn answer(question: &Question) -> Result<Markup, AnswerError> {
    let now = CookieDate::from(SystemTime::now());
    if question.text.trim_start().starts_with('{') {
        return recording::answer(question, now);
    }
    fields::answer(question, now)
}
