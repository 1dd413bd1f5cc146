//! What every response says about itself, and which requests are heard.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderName, HeaderValue, Method, StatusCode};

/// No script, nothing from elsewhere, in no frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 7] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // A page shows the cookies of whoever asked for it.
    (CACHE_CONTROL, "no-store"),
    (VARY, "Cookie"),
];

pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Refuses what another site posts. SameSite=Lax keeps its requests from carrying cookies, not from setting some.
pub(crate) async fn same_origin(request: Request, next: Next) -> Response {
    let site = request.headers().get("sec-fetch-site");
    let foreign = site.is_some_and(|site| site == "cross-site" || site == "same-site");
    if foreign && request.method() != Method::GET && request.method() != Method::HEAD {
        return (StatusCode::FORBIDDEN, "another site sent this form; send it from the page itself").into_response();
    }
    next.run(request).await
}
