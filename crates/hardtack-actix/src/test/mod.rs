//! Cookies in tests: a client that keeps them as a browser does, and assertions that say what differs (feature `test`).
//!
//! Values are shown when an assertion fails. Nothing here opens a connection: it goes with [`actix_web::test`].

mod agent;
mod difference;

pub use crate::test::agent::Agent;
pub use crate::test::difference::{assert_deletes, assert_sets, assert_sets_by, assert_unset, jar};
