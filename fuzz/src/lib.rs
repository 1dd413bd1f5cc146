//! The laws of hardtack, each a function of an input, and what they share: tables of awkward inputs, texts put together
//! from them, and the models.
//!
//! What needs nothing but the crate is in [`laws`], whose files the tests of the crate include as well.

#![allow(clippy::missing_panics_doc, reason = "to panic is how a law says that it is broken")]

pub mod compat;
pub mod corpus;
pub mod laws;
pub mod made_up;
pub mod packed;
pub mod peers;
pub mod tables;

#[path = "../../tests/model/eviction.rs"]
mod eviction;
#[allow(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../../crates/hardtack-compat/tests/forms/mod.rs"]
mod forms;
#[path = "../../tests/model/mod.rs"]
mod model;
#[path = "../../tests/naive_jar/mod.rs"]
mod naive_jar;
#[path = "../../tests/setters/mod.rs"]
mod setters;
