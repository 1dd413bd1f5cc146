//! What browsers do with a Set-Cookie line, side by side, and what they send afterwards.

mod agents;
mod recording;
mod request;

pub use crate::agent::agents::{Agents, differences};
pub use crate::agent::recording::{EntryReading, Recording};
pub use crate::agent::request::{Circumstances, RequestError};
