//! Cookies on a response.

use actix_web::dev::ServiceResponse;
use actix_web::http::header::SET_COOKIE;
use actix_web::{CustomizeResponder, HttpResponse, HttpResponseBuilder, Responder};
use hardtack::{CookieValue, SetCookie, SetCookies};

use crate::error::CookieError;
use crate::fields::set_cookie;
use crate::keys::unsealed;

/// Responses that cookies are set on: [`HttpResponseBuilder`], [`HttpResponse`], [`ServiceResponse`], and any other
/// responder, [`customized`](Responder::customize).
///
/// A cookie is appended: fields that are there stay. A cookie that was built is always one that a field holds, so what can
/// go wrong is said by `build`, and with `?` is a [`CookieError`], a response of status 500.
///
/// ```
/// use actix_web::{HttpResponse, Responder};
/// use hardtack::{CookieTemplate, SameSite};
/// use hardtack_actix::{CookieError, WithCookies};
///
/// const THEME: CookieTemplate =
///     CookieTemplate::new("theme").same_site(SameSite::Lax).checked();
///
/// async fn dark() -> Result<HttpResponse, CookieError> {
///     let theme = THEME.cookie("dark").build()?;
///     Ok(HttpResponse::Ok().with_cookie(theme).body("as you like it"))
/// }
///
/// async fn light() -> Result<impl Responder, CookieError> {
///     Ok("as you like it".customize().with_cookie(THEME.cookie("light").build()?))
/// }
/// # let _ = light;
/// # let response = futures_util::FutureExt::now_or_never(dark()).unwrap()?;
/// # assert_eq!(response.headers().get("set-cookie").unwrap(), "theme=dark; Path=/; SameSite=Lax");
/// # Ok::<(), CookieError>(())
/// ```
pub trait WithCookies: Sized {
    /// The response with a cookie.
    #[must_use]
    fn with_cookie(self, cookie: SetCookie<'_>) -> Self;

    /// The response with several cookies: a [`CookieJar`](crate::CookieJar) gives its changes, [`SetCookies`] and lists
    /// what they hold. One of each identity: of two of the same name, Domain, Path and partition the later.
    ///
    /// ```
    /// use actix_web::HttpResponse;
    /// use hardtack::SetCookie;
    /// use hardtack_actix::WithCookies;
    ///
    /// let theme = SetCookie::builder("theme", "dark").build()?;
    /// let lang = SetCookie::builder("lang", "en").build()?;
    /// let response = HttpResponse::Ok().with_cookies([theme, lang]).finish();
    /// assert_eq!(response.headers().get_all("set-cookie").count(), 2);
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    #[must_use]
    fn with_cookies<'a>(self, cookies: impl IntoIterator<Item = SetCookie<'a>>) -> Self {
        cookies.into_iter().collect::<SetCookies<'a>>().into_iter().fold(self, Self::with_cookie)
    }

    /// The response with the cookie of a type. One that is sealed does not compile: it is set by
    /// [`SharedJar::set_typed`](crate::SharedJar::set_typed).
    ///
    /// # Errors
    ///
    /// A [`CookieError`] for a value that its format or the builder refuses.
    fn with_typed<V: CookieValue>(self, value: &V) -> Result<Self, CookieError> {
        Ok(self.with_cookie(unsealed(value)?))
    }
}

impl WithCookies for &mut HttpResponseBuilder {
    fn with_cookie(self, cookie: SetCookie<'_>) -> Self {
        self.append_header((SET_COOKIE, set_cookie(&cookie)))
    }
}

impl<B> WithCookies for HttpResponse<B> {
    fn with_cookie(mut self, cookie: SetCookie<'_>) -> Self {
        self.headers_mut().append(SET_COOKIE, set_cookie(&cookie));
        self
    }
}

impl<B> WithCookies for ServiceResponse<B> {
    fn with_cookie(mut self, cookie: SetCookie<'_>) -> Self {
        self.headers_mut().append(SET_COOKIE, set_cookie(&cookie));
        self
    }
}

impl<R: Responder> WithCookies for CustomizeResponder<R> {
    fn with_cookie(self, cookie: SetCookie<'_>) -> Self {
        self.append_header((SET_COOKIE, set_cookie(&cookie)))
    }
}
