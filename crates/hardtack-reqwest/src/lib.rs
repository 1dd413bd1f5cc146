//! [`Jar`]: a browser's cookie store for reqwest.
//!
//! It keeps what the browser it is told to be would keep: no cookie for all of `com`, no `__Host-` cookie from another
//! path, no more of one site than the browser has room for. What it refuses it can tell, with the reason.
//!
//! ```
//! use std::sync::Arc;
//!
//! use hardtack_reqwest::{Jar, Profile};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let jar = Arc::new(
//!     Jar::new(Profile::Chromium)
//!         .on_refused(|url, verdict| eprintln!("{url}: {}", verdict.refusal().unwrap())),
//! );
//! let client = reqwest::Client::builder().cookie_provider(jar.clone()).build()?;
//! # drop(client);
//! # Ok(())
//! # }
//! ```
//!
//! # What reqwest does not tell
//!
//! reqwest gives a cookie store the URL and the Set-Cookie fields, and nothing else. So each request counts as one that
//! its own site causes, never as a navigation from elsewhere, and the `Date` of a response shifts no Expires.
//!
//! A request with a `Cookie` header of its own is sent as it is: the jar adds nothing to it, and still keeps what the
//! response sets.

#![forbid(unsafe_code)]

mod jar;

pub use crate::jar::Jar;
pub use hardtack::agent::{BundledList, Profile, Store, Verdict};
