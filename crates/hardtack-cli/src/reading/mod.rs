//! What a field says: each cookie, each attribute with what it means, and what stands out.

mod attribute;
mod cookie;
mod form;
mod set_cookie;

pub use crate::reading::attribute::{AttributeReading, Meaning};
pub use crate::reading::cookie::{CookieReading, Decoded, PairReading};
pub use crate::reading::form::Form;
pub use crate::reading::set_cookie::SetCookieReading;

/// The octets that user agents keep of a name and a value together at most, and that every user agent and most servers
/// take of a Cookie field at least (RFC 6265bis sections 5.6 and 6.1).
pub const MAX_OCTETS: usize = hardtack::MAX_PAIR_LEN;

/// Returns the code of an error or a verdict: the name of its variant, which is documented with the crate's types.
///
/// ```
/// use hardtack::SetCookie;
/// use hardtack_cli::reading::code;
///
/// assert_eq!(code(&SetCookie::parse("=").unwrap_err()), "EmptyCookie");
/// ```
#[must_use]
pub fn code(variant: &impl core::fmt::Debug) -> String {
    let mut shown = format!("{variant:?}");
    let name = shown.find(|char: char| !char.is_ascii_alphanumeric()).unwrap_or(shown.len());
    shown.truncate(name);
    shown
}
