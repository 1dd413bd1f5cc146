//! The parts of the proxy, for its tests and its benchmark.

#![forbid(unsafe_code)]

mod plan;
mod proxy;

pub use crate::plan::Plan;
pub use crate::proxy::{Proxy, serve};
