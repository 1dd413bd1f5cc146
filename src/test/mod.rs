//! Cookies in the tests of an application: a client that keeps them as a browser does, and what a response sets compared
//! with what it should (feature `test`).
//!
//! Values are shown when a comparison fails. Nothing here opens a connection or knows a framework: a test passes on the
//! header fields that it sends and gets. The packages for frameworks do that by themselves.

mod agent;
mod answer;

pub use crate::test::agent::Agent;
pub use crate::test::answer::{Answer, Difference};
