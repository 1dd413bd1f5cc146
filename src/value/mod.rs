//! Codecs for values, for the caller who asks: a cookie's value is opaque, and nothing here happens by itself (RFC
//! 6265bis section 4.1.1).

#[cfg(feature = "percent-encode")]
pub mod percent;
pub mod quoted;
