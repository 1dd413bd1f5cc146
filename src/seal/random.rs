//! Randomness: that of the operating system, where there is one.

/// Fills `octets` with randomness, or says that there is none.
pub(crate) fn fill(octets: &mut [u8]) -> Option<()> {
    #[cfg(any(target_os = "none", target_os = "unknown"))]
    {
        let _ = octets;
        None
    }
    #[cfg(not(any(target_os = "none", target_os = "unknown")))]
    {
        getrandom::fill(octets).ok()
    }
}
