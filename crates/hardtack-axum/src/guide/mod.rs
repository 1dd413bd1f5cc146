//! From other crates to this one. Their examples are compiled with axum, in a package of their own.

#[cfg_attr(not(doctest), doc = include_str!("from_axum_extra.md"))]
pub mod from_axum_extra {}

#[cfg_attr(not(doctest), doc = include_str!("from_tower_cookies.md"))]
pub mod from_tower_cookies {}
