//! What went over the wire, beside each application.

use core::convert::Infallible;

use axum::extract::FromRequestParts;
use hardtack::SetCookies;
use hardtack_cli::screen::visible;
use http::header::{COOKIE, HOST};
use http::request::Parts;
use http::{HeaderMap, Method, StatusCode, Version};
use maud::{Markup, html};

use crate::reading::{self, Values};

/// The request as it came.
#[derive(Clone)]
pub(crate) struct Asked {
    method: Method,
    path: String,
    version: Version,
    headers: HeaderMap,
}

impl Asked {
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The host by which the browser reached this machine, as its URL has it.
    pub(crate) fn host(&self) -> Option<&str> {
        self.headers.get(HOST)?.to_str().ok()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self {
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
            version: parts.version,
            headers: parts.headers.clone(),
        })
    }
}

/// The fields of the request and of the response, each with its reading.
pub(crate) fn wire(asked: &Asked, status: StatusCode, changes: &SetCookies<'_>) -> Markup {
    let cookies: Vec<&[u8]> = asked.headers.get_all(COOKIE).iter().map(http::HeaderValue::as_bytes).collect();
    let set: Vec<String> = changes.iter().map(ToString::to_string).collect();
    html! {
        section.wire aria-labelledby="wire" {
            h2 #wire { "On the wire" }
            h3 { "What your browser sent" }
            pre {
                (asked.method) " " (asked.path) " " (format!("{:?}", asked.version))
                @if let Some(host) = asked.host() { "\nHost: " (host) }
                @for cookie in &cookies { "\nCookie: " (visible(cookie)) }
            }
            @for cookie in &cookies { (reading::cookie(cookie, Values::Shown)) }
            @if cookies.is_empty() { p { "No Cookie field: your browser has no cookie for this page." } }
            h3 { "What this page answered" }
            pre {
                (format!("{:?}", asked.version)) " " (status)
                @for line in &set { "\nSet-Cookie: " (visible(line.as_bytes())) }
            }
            @for line in &set { (reading::set_cookie(line.as_bytes(), Values::Shown)) }
            @if set.is_empty() { p { "No Set-Cookie field: your browser keeps what it has." } }
        }
    }
}
