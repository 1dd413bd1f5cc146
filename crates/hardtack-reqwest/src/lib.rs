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
//! # Kept from run to run
//!
//! [`Jar::store`] gives the store, and a store is one JSON document, or Netscape's `cookies.txt`:
//!
//! ```
//! use hardtack::agent::cookies_txt;
//! use hardtack_reqwest::{BundledList, Jar, Profile, Store};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let jar = Jar::new(Profile::Chromium);
//! let saved = serde_json::to_string(&*jar.store())?;
//! let for_curl = cookies_txt::write(&*jar.store()).text;
//!
//! let loaded: Store<BundledList> = serde_json::from_str(&saved)?;
//! let jar = Jar::from_store(loaded);
//! # assert_eq!(jar.store().profile(), Profile::Chromium);
//! # assert!(for_curl.starts_with(b"# Netscape"));
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

#[cfg(doc)]
#[doc = include_str!("coming-from-the-jar-of-reqwest.md")]
pub mod coming_from_the_jar_of_reqwest {}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use crate::jar::Jar;
pub use hardtack::agent::{BundledList, Profile, Store, Verdict};
