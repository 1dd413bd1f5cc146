//! From other crates to this one.

#[doc = include_str!("from_actix.md")]
pub mod from_actix {}
