//! Cookies as actix's header fields.

use actix_web::http::header::{COOKIE, HeaderMap, HeaderValue};
use hardtack::{CookieJar, SetCookie};

/// The text of a Set-Cookie field, marked as sensitive, so that its Debug shows nothing.
pub(crate) fn set_cookie(cookie: &SetCookie<'_>) -> HeaderValue {
    // A cookie holds no control byte but HTAB, which is all that a header value asks: the other arm is not reached.
    let mut value = HeaderValue::try_from(cookie.to_bytes()).unwrap_or(HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}

/// The Cookie fields of a request.
pub(crate) fn cookie(headers: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    headers.get_all(COOKIE).map(HeaderValue::as_bytes)
}

/// A jar of the cookies of every Cookie field.
pub(crate) fn jar(headers: &HeaderMap) -> CookieJar {
    CookieJar::from_fields(cookie(headers))
}
