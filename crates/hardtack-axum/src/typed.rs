//! Cookies whose value is of a type.

use core::fmt;

use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use axum_core::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};
use hardtack::CookieValue;
use http::request::Parts;

use crate::error::{CookieError, TypedRejection};
use crate::keys::{Keys, unsealed};
use crate::parts::WithCookie;
use crate::shared::SharedJar;

/// A cookie whose value is of a type: extracted, or on the response.
///
/// A cookie that is missing or cannot be read is rejected with status 400; for an `Option` one that is missing is `None`;
/// a `Result` has the [`TypedRejection`]. Of several cookies of the name the first that can be read counts, so that one
/// that a stranger set for the whole domain costs no one his own.
///
/// Under a [`CookieLayer`](crate::CookieLayer) a change in the shared jar is what is read. A sealed cookie is read so
/// alone, since the layer has the keys, and is set by [`SharedJar::set_typed`]: as part of a response it does not
/// compile.
///
/// A seal that has expired, or was made with a key that is not there any more, is a missing cookie.
///
/// ```
/// use hardtack_axum::TypedCookie;
/// # use hardtack::CookieTemplate;
/// # use hardtack_axum::{CookieValue, format};
/// # struct FontSize(u8);
/// # impl CookieValue for FontSize {
/// #     const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new("font-size").checked();
/// #     type Format = format::Text;
/// # }
/// # impl core::str::FromStr for FontSize {
/// #     type Err = core::num::ParseIntError;
/// #     fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
/// # }
/// # impl core::fmt::Display for FontSize {
/// #     fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result { self.0.fmt(f) }
/// # }
///
/// async fn page(size: Option<TypedCookie<FontSize>>) -> String {
///     let TypedCookie(FontSize(points)) = size.unwrap_or(TypedCookie(FontSize(12)));
///     format!("<html style='font-size: {points}pt'>")
/// }
///
/// async fn enlarge(TypedCookie(FontSize(points)): TypedCookie<FontSize>) -> TypedCookie<FontSize> {
///     TypedCookie(FontSize(points.saturating_add(1)))
/// }
/// # use axum_core::response::IntoResponse;
/// # let page = pollster::block_on(page(None));
/// # assert_eq!(page, "<html style='font-size: 12pt'>");
/// # let response = pollster::block_on(enlarge(TypedCookie(FontSize(12)))).into_response();
/// # assert_eq!(response.headers()["set-cookie"], "font-size=13; Path=/");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TypedCookie<V>(pub V);

/// Shows nothing of the value.
impl<V: CookieValue> fmt::Debug for TypedCookie<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TypedCookie").field("name", &V::TEMPLATE.name()).finish_non_exhaustive()
    }
}

impl<S: Send + Sync, V: CookieValue> FromRequestParts<S> for TypedCookie<V> {
    type Rejection = TypedRejection;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, TypedRejection> {
        let missing = TypedRejection::Missing { name: V::TEMPLATE.name() };
        of_request(parts)?.map(Self).ok_or(missing)
    }
}

impl<S: Send + Sync, V: CookieValue> OptionalFromRequestParts<S> for TypedCookie<V> {
    type Rejection = TypedRejection;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, TypedRejection> {
        Ok(of_request(parts)?.map(Self))
    }
}

fn of_request<V: CookieValue>(parts: &Parts) -> Result<Option<V>, TypedRejection> {
    match SharedJar::from_extensions(&parts.extensions) {
        Some(jar) => jar.get_typed(),
        None => Keys::default().read(&(&parts.headers).into()),
    }
}

impl<V: CookieValue> IntoResponseParts for TypedCookie<V> {
    type Error = CookieError;

    fn into_response_parts(self, response: ResponseParts) -> Result<ResponseParts, CookieError> {
        Ok(WithCookie(unsealed(&self.0)?).into_response_parts(response)?)
    }
}

impl<V: CookieValue> IntoResponse for TypedCookie<V> {
    fn into_response(self) -> Response {
        (self, ()).into_response()
    }
}
