//! Randomness: that of the operating system, where there is one.

/// Fills `octets` with randomness, or says that there is none.
#[cfg(not(any(target_os = "none", target_os = "unknown")))]
pub(crate) fn fill(octets: &mut [u8]) -> Option<()> {
    getrandom::fill(octets).ok()
}

/// Says that there is no randomness without an operating system.
#[cfg(any(target_os = "none", target_os = "unknown"))]
pub(crate) fn fill(_: &mut [u8]) -> Option<()> {
    None
}
