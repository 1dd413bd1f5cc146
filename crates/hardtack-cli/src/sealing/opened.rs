//! What was opened.

use hardtack::CookieDate;

/// What was sealed.
pub(crate) struct Opened {
    pub(crate) value: Vec<u8>,
    pub(crate) expires: Option<CookieDate>,
    /// Unix seconds.
    pub(crate) written: Option<u64>,
    pub(crate) needs_renewal: bool,
}
