//! Cookies whose value is of a type (feature `percent-encode`).

use crate::builder::SetCookieBuilder;
use crate::error::DecodeError;
use crate::format::{Format, Unread, Unwritten};
use crate::jar::{CookieJar, State};
use crate::returned_jar::ReturnedJar;
#[cfg(feature = "seal")]
use crate::seal::Protection;
use crate::template::CookieTemplate;
use crate::value::percent;

/// A type that is the value of one cookie: how the cookie is described, and how the value is written.
///
/// ```
/// use hardtack::{CookieJar, CookieTemplate, CookieValue, SameSite, format};
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
///
/// let mut jar = CookieJar::new("font-size=12");
/// let FontSize(points) = jar.get_typed()?.unwrap_or(FontSize(10));
/// jar.set(FontSize(points + 1).to_cookie()?.build()?);
/// assert_eq!(jar.get("font-size"), Some("13"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait CookieValue: Sized {
    /// The cookie's name and attributes.
    const TEMPLATE: CookieTemplate<'static>;

    /// How the value is text.
    type Format: Format<Self>;

    /// Whether the text is percent-encoded in the cookie, so that any text may be one. An encrypted one never is.
    const PERCENT_ENCODED: bool = true;

    /// Whether the text is signed or encrypted (feature `seal`). One that is, is read and written by
    /// [`Seals`](crate::seal::Seals::read) alone: what would read or write it without them does not compile.
    #[cfg(feature = "seal")]
    const PROTECTION: Protection = Protection::None;

    /// Reads the value of a cookie, as it stands in the field.
    ///
    /// # Errors
    ///
    /// An [`Unread`] for octets that are not UTF-8, or not once they are decoded, and for what the format refuses.
    fn from_octets(octets: &[u8]) -> Result<Self, Unread> {
        const { unsealed::<Self>() };
        of_text(octets, Self::PERCENT_ENCODED)
    }

    /// Begins the cookie of this value.
    ///
    /// # Errors
    ///
    /// [`Unwritten`] for a value that its format cannot say. One that no cookie can hold is refused when the cookie is
    /// built.
    fn to_cookie(&self) -> Result<SetCookieBuilder<'static>, Unwritten> {
        const { unsealed::<Self>() };
        begin(self, Self::PERCENT_ENCODED)
    }
}

/// That a type can be read and written without keys.
const fn unsealed<V: CookieValue>() {
    #[cfg(feature = "seal")]
    assert!(
        matches!(V::PROTECTION, Protection::None),
        "a sealed cookie is read and written by hardtack::seal::Seals, which has the keys"
    );
}

pub(crate) fn of_text<V: CookieValue>(octets: &[u8], is_percent_encoded: bool) -> Result<V, Unread> {
    if is_percent_encoded {
        return V::Format::read(&percent::decode(octets)?);
    }
    let text = str::from_utf8(octets).map_err(|error| DecodeError::NotUtf8 { offset: error.valid_up_to() })?;
    V::Format::read(text)
}

pub(crate) fn begin<V: CookieValue>(
    value: &V,
    is_percent_encoded: bool,
) -> Result<SetCookieBuilder<'static>, Unwritten> {
    let cookie = V::TEMPLATE.cookie(V::Format::write(value)?);
    Ok(if is_percent_encoded { cookie.percent_encoded() } else { cookie })
}

/// The first of the cookies of this name that can be read; else why the first cannot.
pub(crate) fn first_readable<V>(
    jar: &CookieJar,
    name: &str,
    read: impl Fn(&[u8]) -> Result<V, Unread>,
) -> Result<Option<V>, Unread> {
    match jar.state(name) {
        State::Set(change) => read(change.value().as_bytes()).map(Some),
        State::Deleted => Ok(None),
        State::Unchanged => {
            let mut first = None;
            for octets in jar.originals(name) {
                match read(octets) {
                    Ok(value) => return Ok(Some(value)),
                    Err(fault) => first = first.or(Some(fault)),
                }
            }
            first.map_or(Ok(None), Err)
        }
    }
}

impl CookieJar {
    /// Returns the cookie of this type, with what was changed; `None` where there is none.
    ///
    /// Of several in the request the first that can be read counts, so that one that a stranger set for the whole domain
    /// hides none.
    ///
    /// # Errors
    ///
    /// Where there is one and none can be read, why the first cannot: see [`CookieValue::from_octets`].
    pub fn get_typed<V: CookieValue>(&self) -> Result<Option<V>, Unread> {
        first_readable(self, V::TEMPLATE.name(), V::from_octets)
    }
}

impl ReturnedJar {
    /// Returns the cookie of this type, with what was changed; `None` where there is none. See [`CookieJar::get_typed`].
    ///
    /// # Errors
    ///
    /// Those of [`CookieJar::get_typed`].
    pub fn get_typed<V: CookieValue>(&self) -> Result<Option<V>, Unread> {
        self.of(V::TEMPLATE.name()).get_typed()
    }
}
