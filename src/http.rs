//! `http::HeaderMap` and `http::HeaderValue` (feature `http`).

use ::http::header::{COOKIE, HeaderMap, HeaderValue, MaxSizeReached, SET_COOKIE};

use crate::input::Text;
use crate::jar::CookieJar;
use crate::set_cookie::SetCookie;
use crate::set_cookies::SetCookies;

/// The text of the field, marked as sensitive, so that its Debug shows nothing.
///
/// ```
/// use hardtack::SetCookie;
/// use http::HeaderValue;
///
/// let value = HeaderValue::from(&SetCookie::builder("sid", "31d4").build()?);
/// assert_eq!(value, "sid=31d4; Path=/");
/// assert!(value.is_sensitive());
/// # Ok::<(), hardtack::BuildError>(())
/// ```
impl<T: ?Sized + Text> From<&SetCookie<'_, T>> for HeaderValue {
    fn from(cookie: &SetCookie<'_, T>) -> Self {
        // A cookie holds no control byte but HTAB, which is all that a header value asks: the other arm is not reached.
        let mut value = Self::try_from(cookie.to_bytes()).unwrap_or(Self::from_static(""));
        value.set_sensitive(true);
        value
    }
}

impl<T: ?Sized + Text> From<SetCookie<'_, T>> for HeaderValue {
    fn from(cookie: SetCookie<'_, T>) -> Self {
        Self::from(&cookie)
    }
}

impl SetCookies<'_> {
    /// Appends a Set-Cookie field for each cookie; those that are there stay.
    ///
    /// # Errors
    ///
    /// [`MaxSizeReached`] if the map has no room for them; those in front of the one without room are then there.
    ///
    /// ```
    /// use hardtack::{SetCookie, SetCookies};
    /// use http::{HeaderMap, header::SET_COOKIE};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert(SET_COOKIE, "theme=dark".parse()?);
    /// let cookies = SetCookies::from_iter([SetCookie::builder("sid", "31d4").build()?]);
    /// cookies.append_to_headers(&mut headers)?;
    ///
    /// let fields: Vec<_> = headers.get_all(SET_COOKIE).iter().collect();
    /// assert_eq!(fields, ["theme=dark", "sid=31d4; Path=/"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias("add_to_headers", "write_to_headers"))]
    pub fn append_to_headers(&self, headers: &mut HeaderMap) -> Result<(), MaxSizeReached> {
        for cookie in self {
            headers.try_append(SET_COOKIE, cookie.into())?;
        }
        Ok(())
    }
}

/// The cookies of every Cookie field of a request.
///
/// ```
/// use hardtack::CookieJar;
/// use http::{HeaderMap, HeaderValue, header::COOKIE};
///
/// let mut headers = HeaderMap::new();
/// headers.append(COOKIE, HeaderValue::from_static("a=1"));
/// headers.append(COOKIE, HeaderValue::from_static("b=2"));
/// assert_eq!(CookieJar::from(&headers).get("b"), Some("2"));
/// ```
impl From<&HeaderMap> for CookieJar {
    fn from(headers: &HeaderMap) -> Self {
        Self::from_fields(headers.get_all(COOKIE))
    }
}
