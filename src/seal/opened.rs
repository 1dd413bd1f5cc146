//! What opening gives.

use alloc::borrow::Cow;
use core::fmt;

use crate::date::CookieDate;
use crate::text::{Redacted, Text};

/// A value that was sealed by a key of the ring, for this cookie, and has not expired.
///
/// ```
/// use hardtack::CookieDate;
/// use hardtack::seal::{Key, Sealer};
///
/// let now = CookieDate::UNIX_EPOCH;
/// let sealer = Sealer::new(Key::generate()?);
/// let text = sealer.seal("cart", "3 apples", now)?;
/// let opened = sealer.open("cart", text.as_str(), now)?;
/// assert_eq!(opened.value, "3 apples");
/// assert_eq!(format!("{opened:?}"), "Opened { value: <8 octets>, expires: None, needs_renewal: false }");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(PartialEq, Eq)]
#[non_exhaustive]
pub struct Opened<'t, T: ?Sized + Text = str> {
    /// The value. One that was signed is borrowed from the text.
    pub value: Cow<'t, T>,
    /// When the seal expires: from that second on it does not open. `None` is never.
    pub expires: Option<CookieDate>,
    /// Whether a key sealed it that is no longer the first of the ring: seal the value anew while the key is there.
    pub needs_renewal: bool,
}

impl<T: ?Sized + Text> Opened<'_, T> {
    /// The same, borrowing from nothing.
    #[must_use]
    pub fn into_owned(self) -> Opened<'static, T> {
        Opened { value: Cow::Owned(self.value.into_owned()), expires: self.expires, needs_renewal: self.needs_renewal }
    }
}

impl<T: ?Sized + Text> Clone for Opened<'_, T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), ..*self }
    }
}

/// Shows how long the value is, not what it is.
impl<T: ?Sized + Text> fmt::Debug for Opened<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened")
            .field("value", &Redacted(self.value.bytes().len()))
            .field("expires", &self.expires)
            .field("needs_renewal", &self.needs_renewal)
            .finish()
    }
}
