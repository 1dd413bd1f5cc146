//! What opening gives.

use core::fmt;

use crate::date::CookieDate;

/// A value that was sealed by a key of the ring, for this cookie, and has not expired.
///
/// ```
/// use hardtack::CookieDate;
/// use hardtack::seal::{Key, Sealer};
///
/// let now = CookieDate::UNIX_EPOCH;
/// let sealer = Sealer::new(Key::generate()?);
/// let text = sealer.seal("cart", "3 apples", now)?;
/// let opened = sealer.open("cart", &text, now)?;
/// assert_eq!(opened.value, "3 apples");
/// assert_eq!(format!("{opened:?}"), "Opened { expires: None, needs_renewal: false, .. }");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Opened<V> {
    /// The value: text, octets, or what its JSON stands for.
    pub value: V,
    /// When the seal expires: from that second on it does not open. `None` is never.
    pub expires: Option<CookieDate>,
    /// Whether a key sealed it that is no longer the first of the ring: seal the value anew while the key is there.
    pub needs_renewal: bool,
}

impl<V> Opened<V> {
    /// Returns the same seal around what `read` makes of the value.
    ///
    /// ```
    /// use hardtack::CookieDate;
    /// use hardtack::seal::{Key, Signer};
    ///
    /// let now = CookieDate::UNIX_EPOCH;
    /// let signer = Signer::new(Key::generate()?);
    /// let text = signer.seal("user", "31", now)?;
    /// let opened = signer.open("user", &text, now)?.map(|id| id.parse::<u32>());
    /// assert_eq!(opened.value, Ok(31));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn map<W>(self, read: impl FnOnce(V) -> W) -> Opened<W> {
        Opened { value: read(self.value), expires: self.expires, needs_renewal: self.needs_renewal }
    }
}

/// Shows nothing of the value.
impl<V> fmt::Debug for Opened<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened")
            .field("expires", &self.expires)
            .field("needs_renewal", &self.needs_renewal)
            .finish_non_exhaustive()
    }
}
