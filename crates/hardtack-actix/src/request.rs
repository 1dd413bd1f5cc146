//! The cookies of a request, as an extractor: read leniently, or by the grammar.

use core::convert::Infallible;
use core::fmt;
use core::future::{Ready, ready};
use core::ops::Deref;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{COOKIE, HeaderMap, HeaderValue};
use actix_web::{FromRequest, HttpRequest, ResponseError};
use hardtack::grammar::{self, GrammarError};
use hardtack::{Cookies, join_fields};
use thiserror::Error;

use crate::fields;

/// The cookies of a request.
///
/// The extractor never fails. A clone costs a reference count: the text stays where the request has it, unless it came
/// in several fields, which are joined once (RFC 9113 section 8.2.3).
///
/// What the response changes is not in it; for that there are [`CookieJar`](crate::CookieJar) and
/// [`SharedJar`](crate::SharedJar).
///
/// ```
/// use actix_web::{App, web};
/// use hardtack_actix::RequestCookies;
///
/// async fn index(cookies: RequestCookies) -> String {
///     format!("the theme is {}", cookies.get("theme").unwrap_or("light"))
/// }
///
/// let app = App::new().route("/", web::get().to(index));
/// # let _ = app;
/// ```
#[derive(Clone)]
pub struct RequestCookies(HeaderValue);

impl RequestCookies {
    /// Returns the value of the first cookie of this name that is UTF-8.
    ///
    /// A value that is not UTF-8 costs only itself; [`get_bytes`](Self::get_bytes) has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.cookies().get_all(name).find_map(|value| str::from_utf8(value).ok())
    }

    /// Returns the octets of the first cookie of this name.
    #[must_use]
    pub fn get_bytes(&self, name: &str) -> Option<&[u8]> {
        self.cookies().get(name)
    }

    /// Returns the cookies, to go through them, to ask what was refused, or for a
    /// [`CookieTemplate`](hardtack::CookieTemplate) to read.
    ///
    /// ```
    /// use actix_web::http::header::{COOKIE, HeaderMap, HeaderValue};
    /// use hardtack_actix::RequestCookies;
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.append(COOKIE, HeaderValue::from_static("a=1; =; b=2"));
    /// headers.append(COOKIE, HeaderValue::from_static("c=3"));
    ///
    /// let cookies = RequestCookies::from(&headers);
    /// assert_eq!(cookies.cookies().count(), 3);
    /// assert_eq!(cookies.cookies().refused().count(), 1);
    /// ```
    #[must_use]
    pub fn cookies(&self) -> Cookies<'_, [u8]> {
        Cookies::new(self.0.as_bytes())
    }
}

/// No cookies.
impl Default for RequestCookies {
    fn default() -> Self {
        Self(HeaderValue::from_static(""))
    }
}

/// The cookies of every Cookie field.
impl From<&HeaderMap> for RequestCookies {
    fn from(headers: &HeaderMap) -> Self {
        let mut fields = headers.get_all(COOKIE);
        match (fields.next(), fields.next()) {
            (Some(field), None) => Self(field.clone()),
            // What header values hold makes a header value with `; ` in between: the default is for no field at all.
            _ => HeaderValue::try_from(join_fields(fields::cookie(headers)).into_owned()).map(Self).unwrap_or_default(),
        }
    }
}

/// Values are shown by their length alone.
impl fmt::Debug for RequestCookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RequestCookies").field(&self.cookies()).finish()
    }
}

impl FromRequest for RequestCookies {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(request.headers().into()))
    }
}

/// The cookies of a request that are all of the grammar of RFC 6265bis section 4.2.1.
///
/// A request without a Cookie field has none, and is of it. Any other is rejected with status 400: see
/// [`StrictRejection`]. Browsers send what this refuses, so it is for clients of one's own.
///
/// ```
/// use hardtack_actix::StrictCookies;
///
/// async fn api(cookies: StrictCookies) -> String {
///     format!("{} cookies", cookies.cookies().count())
/// }
/// # let _ = api;
/// ```
#[derive(Clone, Debug)]
pub struct StrictCookies(RequestCookies);

impl Deref for StrictCookies {
    type Target = RequestCookies;

    fn deref(&self) -> &RequestCookies {
        &self.0
    }
}

/// # Errors
///
/// A [`StrictRejection`] for what [`hardtack::parse_strict`] refuses of a field, `a=1;b=2` or `a` or `a=1,2`.
impl TryFrom<&HeaderMap> for StrictCookies {
    type Error = StrictRejection;

    fn try_from(headers: &HeaderMap) -> Result<Self, StrictRejection> {
        grammar::check(fields::cookie(headers))?;
        Ok(Self(headers.into()))
    }
}

impl FromRequest for StrictCookies {
    type Error = StrictRejection;
    type Future = Ready<Result<Self, StrictRejection>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.headers().try_into())
    }
}

/// Why [`StrictCookies`] were not extracted; a response of status 400 that lists each fault with its offset, a line each,
/// and holds no value.
///
/// ```
/// use actix_web::http::header::{COOKIE, HeaderMap, HeaderValue};
/// use hardtack_actix::StrictCookies;
///
/// let mut headers = HeaderMap::new();
/// headers.append(COOKIE, HeaderValue::from_static("a=1;b=2; c"));
/// assert_eq!(
///     StrictCookies::try_from(&headers).unwrap_err().to_string(),
///     "the request's cookies are not of the grammar\n\
///      Cookie field 0: the \";\" before offset 4 is not followed by a space; \
///      separate pairs by \"; \"\n\
///      Cookie field 0: the pair at offset 9 has no \"=\"; write name=value"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(transparent)]
pub struct StrictRejection(#[from] GrammarError);

impl Deref for StrictRejection {
    type Target = GrammarError;

    fn deref(&self) -> &GrammarError {
        &self.0
    }
}

impl ResponseError for StrictRejection {
    fn status_code(&self) -> StatusCode {
        StatusCode::BAD_REQUEST
    }
}
