//! Cookies whose value is of a type.

use core::fmt;
use core::future::{Ready, ready};

use actix_web::body::BoxBody;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, Responder};
use hardtack::CookieValue;

use crate::error::TypedRejection;
use crate::fields::jar;
use crate::keys::Keys;
use crate::response::WithCookies as _;
use crate::shared::SharedJar;

/// A cookie whose value is of a type: extracted, or the response.
///
/// A cookie that is missing or cannot be read is rejected with status 400. An `Option` is `None` for either, as it is for
/// every extractor of actix; a `Result` has the [`TypedRejection`]. Of several cookies of the name the first that can be
/// read counts, so that one that a stranger set for the whole domain hides none. Under a
/// [`CookieMiddleware`](crate::CookieMiddleware) a change in the shared jar is what is read. A sealed cookie is read so
/// alone, since the middleware has the keys, and is set by [`SharedJar::set_typed`]: as a response it does not compile. A
/// seal that has expired, or was made with a key that is not there any more, is a missing cookie.
///
/// As a response it is one of status 200 without a body; [`with_typed`](crate::WithCookies::with_typed) sets it on any
/// other.
///
/// ```
/// use hardtack_actix::{TypedCookie, TypedRejection};
/// # use hardtack::{CookieTemplate, CookieValue, format};
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
/// async fn enlarge(size: TypedCookie<FontSize>) -> TypedCookie<FontSize> {
///     let TypedCookie(FontSize(points)) = size;
///     TypedCookie(FontSize(points.saturating_add(1)))
/// }
///
/// async fn strict(size: Result<TypedCookie<FontSize>, TypedRejection>) -> String {
///     size.map_or_else(|rejection| rejection.to_string(), |size| size.0.to_string())
/// }
/// # fn handlers<F: actix_web::Handler<A>, A: actix_web::FromRequest>(_: F) {}
/// # handlers(page);
/// # handlers(enlarge);
/// # handlers(strict);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TypedCookie<V>(pub V);

/// Shows nothing of the value.
impl<V: CookieValue> fmt::Debug for TypedCookie<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TypedCookie").field("name", &V::TEMPLATE.name()).finish_non_exhaustive()
    }
}

impl<V: CookieValue> FromRequest for TypedCookie<V> {
    type Error = TypedRejection;
    type Future = Ready<Result<Self, TypedRejection>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let value = match SharedJar::from_extensions(&request.extensions()) {
            Some(jar) => jar.get_typed(),
            None => Keys::default().read(&jar(request.headers())),
        };
        let missing = TypedRejection::Missing { name: V::TEMPLATE.name() };
        ready(value.and_then(|value| value.map(Self).ok_or(missing)))
    }
}

impl<V: CookieValue> Responder for TypedCookie<V> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok().finish().with_typed(&self.0).unwrap_or_else(HttpResponse::from_error)
    }
}
