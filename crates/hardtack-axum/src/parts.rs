//! Cookies that a handler returns.

use core::fmt;

use axum_core::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};
use hardtack::{SetCookie, SetCookies};
use http::header::SET_COOKIE;

use crate::error::NoRoom;

/// A cookie on the response.
///
/// It is appended: fields that are there stay. In a tuple it stands before the body, and behind an array of header fields,
/// which takes the place of fields of the same name.
///
/// ```
/// use axum_core::response::IntoResponse;
/// use hardtack::{CookieTemplate, SameSite};
/// use hardtack_axum::{CookieError, WithCookie};
///
/// const THEME: CookieTemplate = CookieTemplate::new("theme").same_site(SameSite::Lax).checked();
///
/// async fn dark() -> Result<impl IntoResponse, CookieError> {
///     Ok((WithCookie(THEME.cookie("dark").build()?), "as you like it"))
/// }
/// # let response = pollster::block_on(dark())?.into_response();
/// # assert_eq!(response.headers()["set-cookie"], "theme=dark; Path=/; SameSite=Lax");
/// # Ok::<(), CookieError>(())
/// ```
#[derive(Clone)]
#[must_use = "a cookie is on the response that the handler returns it with"]
pub struct WithCookie<'a>(pub SetCookie<'a>);

/// Several cookies on the response: [`SetCookies`], a list, or whatever gives them.
///
/// They are appended, one of each identity: of two of the same name, Domain, Path and partition the later. Fields that
/// are there stay.
///
/// ```
/// use axum_core::response::IntoResponse;
/// use hardtack::SetCookie;
/// use hardtack_axum::{CookieError, WithCookies};
///
/// async fn prefer() -> Result<impl IntoResponse, CookieError> {
///     let theme = SetCookie::builder("theme", "dark").build()?;
///     let lang = SetCookie::builder("lang", "en").build()?;
///     Ok((WithCookies([theme, lang]), "as you like it"))
/// }
/// # let response = pollster::block_on(prefer())?.into_response();
/// # assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
/// # Ok::<(), CookieError>(())
/// ```
#[derive(Clone)]
#[must_use = "cookies are on the response that the handler returns them with"]
pub struct WithCookies<C>(pub C);

impl IntoResponseParts for WithCookie<'_> {
    type Error = NoRoom;

    fn into_response_parts(self, mut response: ResponseParts) -> Result<ResponseParts, NoRoom> {
        response.headers_mut().try_append(SET_COOKIE, self.0.into())?;
        Ok(response)
    }
}

impl<'a, C: IntoIterator<Item = SetCookie<'a>>> IntoResponseParts for WithCookies<C> {
    type Error = NoRoom;

    fn into_response_parts(self, response: ResponseParts) -> Result<ResponseParts, NoRoom> {
        append(&self.0.into_iter().collect(), response)
    }
}

impl IntoResponse for WithCookie<'_> {
    fn into_response(self) -> Response {
        (self, ()).into_response()
    }
}

impl<'a, C: IntoIterator<Item = SetCookie<'a>>> IntoResponse for WithCookies<C> {
    fn into_response(self) -> Response {
        (self, ()).into_response()
    }
}

pub(crate) fn append(cookies: &SetCookies<'_>, mut response: ResponseParts) -> Result<ResponseParts, NoRoom> {
    cookies.append_to_headers(response.headers_mut())?;
    Ok(response)
}

impl fmt::Debug for WithCookie<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WithCookie").field(&self.0).finish()
    }
}

impl<C: fmt::Debug> fmt::Debug for WithCookies<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WithCookies").field(&self.0).finish()
    }
}
