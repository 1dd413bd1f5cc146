//! Cookies whose value is of a type.

use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use axum_core::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};
use core::marker::PhantomData;
use hardtack::{CookieTemplate, DecodeError, SetCookie, value::percent};
use http::StatusCode;
use http::request::Parts;
use thiserror::Error;

use crate::error::{CookieError, respond};
use crate::parts::WithCookie;
use crate::seals::{self, Seals};
use crate::shared::SharedJar;
use hardtack::format::{Format, Unread};

/// A type that is the value of one cookie: how the cookie is described, and how the value is written.
///
/// ```
/// use hardtack::{CookieTemplate, SameSite};
/// use hardtack_axum::{CookieValue, format};
///
/// struct FontSize(u8);
///
/// impl CookieValue for FontSize {
///     const TEMPLATE: CookieTemplate<'static> =
///         CookieTemplate::new("font-size").same_site(SameSite::Lax).checked();
///     type Format = format::Text;
/// }
///
/// // What `format::Text` reads and writes by.
/// impl core::str::FromStr for FontSize {
///     type Err = core::num::ParseIntError;
///
///     fn from_str(text: &str) -> Result<Self, Self::Err> {
///         text.parse().map(Self)
///     }
/// }
///
/// impl core::fmt::Display for FontSize {
///     fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
///         self.0.fmt(f)
///     }
/// }
/// ```
pub trait CookieValue: Sized {
    /// The cookie's name and attributes.
    const TEMPLATE: CookieTemplate<'static>;

    /// How the value is text.
    type Format: Format<Self>;

    /// Whether the text is percent-encoded in the cookie, so that any text may be one. An encrypted one never is.
    const PERCENT_ENCODED: bool = true;

    /// Whether the text is signed or encrypted; by the signer or the sealer of the [`CookieLayer`](crate::CookieLayer).
    #[cfg(feature = "seal")]
    const PROTECTION: seals::Protection = seals::Protection::None;
}

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
impl<V: CookieValue> core::fmt::Debug for TypedCookie<V> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
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
        None => read(&(&parts.headers).into(), None),
    }
}

impl<V: CookieValue> IntoResponseParts for TypedCookie<V> {
    type Error = CookieError;

    fn into_response_parts(self, response: ResponseParts) -> Result<ResponseParts, CookieError> {
        let () = Unsealed::<V>::CHECK;
        Ok(WithCookie(write(&self.0, None)?).into_response_parts(response)?)
    }
}

impl<V: CookieValue> IntoResponse for TypedCookie<V> {
    fn into_response(self) -> Response {
        (self, ()).into_response()
    }
}

/// That a type can be written without a layer's keys.
pub(crate) struct Unsealed<V>(PhantomData<V>);

impl<V: CookieValue> Unsealed<V> {
    pub(crate) const CHECK: () = assert!(
        !seals::is_sealed::<V>(),
        "a sealed cookie is read and set through hardtack_axum::SharedJar, for the layer has the keys"
    );
}

/// Why a [`TypedCookie`] was not extracted; a response of status 400 that holds nothing of the value.
///
/// What is the server's own fault, a layer without keys, has status 500.
///
/// ```
/// use axum_core::response::IntoResponse;
/// use hardtack_axum::TypedRejection;
///
/// let missing = TypedRejection::Missing { name: "sid" };
/// assert_eq!(missing.to_string(), r#"the request has no cookie "sid""#);
/// assert_eq!(missing.into_response().status(), 400);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum TypedRejection {
    /// The request has no cookie of the name.
    #[error("the request has no cookie {name:?}")]
    Missing {
        /// The cookie's name.
        name: &'static str,
    },
    /// No cookie of the name can be read; this is why of the first.
    #[error("cookie {name:?}: {fault}")]
    Unread {
        /// The cookie's name.
        name: &'static str,
        /// What is wrong with its value.
        fault: Unread,
    },
    /// The layer keeps nothing to open it with.
    #[cfg(feature = "seal")]
    #[error("{0}")]
    MissingSeal(#[from] seals::MissingSeal),
}

impl IntoResponse for TypedRejection {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Missing { .. } | Self::Unread { .. } => StatusCode::BAD_REQUEST,
            #[cfg(feature = "seal")]
            Self::MissingSeal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        respond(status, self)
    }
}

/// The first cookie of the type's name that can be read; else why the first cannot.
pub(crate) fn read<V: CookieValue>(
    jar: &hardtack::CookieJar,
    seals: Option<&Seals>,
) -> Result<Option<V>, TypedRejection> {
    let name = V::TEMPLATE.name();
    let is_changed = jar.changes().get(name).is_some();
    let changed = is_changed.then(|| jar.get_bytes(name)).flatten();
    let requested = (!is_changed).then(|| jar.request().get_all(name)).into_iter().flatten();
    let mut first = None;
    for text in changed.into_iter().chain(requested) {
        // A fault of the server's is none of the cookie's.
        match read_text::<V>(text, seals)? {
            Ok(value) => return Ok(Some(value)),
            Err(fault) => first = first.or(Some(fault)),
        }
    }
    match first {
        Some(fault) if !seals::is_over(&fault) => Err(TypedRejection::Unread { name, fault }),
        _ => Ok(None),
    }
}

fn read_text<V: CookieValue>(text: &[u8], seals: Option<&Seals>) -> Result<Result<V, Unread>, TypedRejection> {
    Ok(seals::open::<V>(text, seals)?.and_then(|octets| {
        if is_percent_encoded::<V>() {
            return V::Format::read(&percent::decode(&*octets)?);
        }
        let text = str::from_utf8(&octets).map_err(|error| DecodeError::NotUtf8 { offset: error.valid_up_to() })?;
        V::Format::read(text)
    }))
}

/// The Set-Cookie of a value.
pub(crate) fn write<V: CookieValue>(value: &V, seals: Option<&Seals>) -> Result<SetCookie<'static>, CookieError> {
    let name = V::TEMPLATE.name();
    let text = V::Format::write(value).map_err(|_| CookieError::Unwritten { name })?;
    let mut cookie = V::TEMPLATE.cookie(text);
    if is_percent_encoded::<V>() {
        cookie = cookie.percent_encoded();
    }
    Ok(seals::seal::<V>(cookie, seals)?.build()?)
}

fn is_percent_encoded<V: CookieValue>() -> bool {
    V::PERCENT_ENCODED && !seals::is_encrypted::<V>()
}
