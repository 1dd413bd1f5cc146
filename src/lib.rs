//! HTTP cookies that do not crumble.
//!
//! hardtack cuts `Cookie` headers into pairs without an allocation, builds `Set-Cookie` headers that cannot be made to
//! inject, and reads them as browsers do.
//!
//! ```
//! use hardtack::{Cookies, SameSite, SetCookie, tombstone};
//!
//! // A request.
//! let cookies = Cookies::new("sid=31d4; theme=dark; lang=DELETED");
//! assert_eq!(cookies.get("sid"), Some("31d4"));
//! assert_eq!(cookies.get("lang"), None);
//!
//! // A response.
//! let set = SetCookie::builder("sid", "8c2e")
//!     .secure(true)
//!     .http_only(true)
//!     .same_site(SameSite::Lax)
//!     .build()?;
//! assert_eq!(set.to_string(), "sid=8c2e; Path=/; Secure; HttpOnly; SameSite=Lax");
//! let gone = tombstone("sid").build()?;
//! assert_eq!(
//!     gone.to_string(),
//!     "sid=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/"
//! );
//!
//! // A client.
//! let seen = SetCookie::parse("sid=8c2e; Path=/; Expires=Sat Jul 24 2027 22:30:27 GMT")?;
//! assert_eq!(seen.expires().unwrap().to_string(), "Sat, 24 Jul 2027 22:30:27 GMT");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The [`guide`] has a page for each thing to do with cookies, what bites included, and pages for who comes from
//! another crate.
//!
//! | to | use |
//! |---|---|
//! | read a request | [`Cookies`] |
//! | hold a request's cookies and what the response changes | [`CookieJar`], [`SetCookies`] |
//! | set a cookie | [`SetCookie::builder`], and [`CookieTemplate`] for one that is described once |
//! | delete a cookie | [`tombstone`] |
//! | change what passes through a proxy | [`Cookies::retain`], the setters of [`SetCookie`], [`join_fields`], [`split_joined`] |
//! | read a response | [`SetCookie::parse`] |
//! | write a request | [`serialize`], or the store of the module `agent` |
//!
//! # Text or bytes
//!
//! What goes in comes out. [`parse`], [`Cookies`] and [`SetCookie::parse`] take text and give text, take octets and
//! give octets, whatever [holds](AsText) them: a `&str`, a `String`, a `&[u8]`, an `http::HeaderValue`. An octet from
//! `80` up never costs a cookie.
//!
//! # What happens by itself, and what does not
//!
//! Nothing is decoded, unquoted or split again unless it is asked for: a value is what stands on the wire.
//! `Pair::decode` and [`Pair::unquoted`] are for the caller who knows how a value was written. No function reads a
//! clock, and no error and no `Debug` holds a cookie's value.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `std` | yes | `SharedJar`; conversions from and to `SystemTime`; vector width chosen at run time. Without it: `core` and `alloc` |
//! | `percent-encode` | yes | `value::percent`, `Pair::decode`, `SetCookieBuilder::percent_encoded`, `CookieValue` |
//! | `http` | no | `http::HeaderMap` read and appended to, `http::HeaderValue` from a cookie; `agent::Context` from `http::Uri` |
//! | `serde` | no | `format::Json`; cookies, dates and SameSite as data, `CookieSettings` for configuration files, stored cookies of `agent` |
//! | `chrono`, `jiff` | no | [`CookieDate`] from and to the moments of these crates |
//! | `agent` | no | the module `agent`: what a user agent does with a Set-Cookie line, and the cookies it keeps |
//! | `seal` | no | the module `seal`: values signed and encrypted; `SetCookieBuilder::sealed`, `Cookies::open`, `CookieValue::PROTECTION` |
//! | `test` | no | the module `test`: a client that keeps cookies, and what a response sets compared with what it should; for tests |
//! | `psl` | no | `agent::BundledList`, the Public Suffix List |
//! | `idna` | no | hosts and Domains beyond ASCII in `agent` |
//! | `url` | no | `agent::Context` from `url::Url` |
//!
//! # Specification
//!
//! RFC 6265bis is draft-ietf-httpbis-rfc6265bis-22; section numbers in this documentation are its own unless another
//! document is named.

#![no_std]
#![forbid(unsafe_code)]
#![warn(clippy::alloc_instead_of_core, clippy::std_instead_of_alloc, clippy::std_instead_of_core)]

extern crate alloc;

mod accept;
#[cfg(feature = "agent")]
pub mod agent;
mod attribute;
mod builder;
mod bytes;
#[cfg(feature = "chrono")]
mod chrono;
mod cookies;
mod date;
mod deleted;
mod edit;
pub mod error;
mod fields;
#[cfg(feature = "percent-encode")]
pub mod format;
pub mod grammar;
#[cfg(doc)]
pub mod guide;
mod host;
#[cfg(feature = "http")]
mod http;
mod input;
pub mod iter;
mod jar;
#[cfg(feature = "jiff")]
mod jiff;
mod names;
mod parse;
mod returned_jar;
#[cfg(feature = "seal")]
pub mod seal;
mod search;
#[cfg(feature = "serde")]
mod serde;
mod serialize;
mod set_cookie;
mod set_cookies;
#[cfg(feature = "serde")]
mod settings;
#[cfg(feature = "std")]
mod shared_jar;
pub mod shown;
mod template;
#[cfg(feature = "test")]
pub mod test;
mod text;
mod tokenizer;
mod tombstone;
#[cfg(feature = "percent-encode")]
mod typed;
mod validate;
pub mod value;
mod word;
mod write;

pub use crate::attribute::{Attribute, Attributes, MAX_ATTRIBUTE_LEN, MAX_EXTENSIONS, Priority, SameSite};
pub use crate::builder::SetCookieBuilder;
pub use crate::cookies::Cookies;
pub use crate::date::CookieDate;
pub use crate::deleted::{DELETED, Tombstones};
pub use crate::edit::{join_fields, split_joined};
#[doc(no_inline)]
pub use crate::error::{BuildError, DateError, DecodeError, ParseError, SerializeError};
pub use crate::input::{AsText, Text};
pub use crate::jar::CookieJar;
pub use crate::names::{AttributeName, Prefix};
pub use crate::returned_jar::ReturnedJar;
pub use crate::serialize::{AsPair, serialize, serialize_into};
pub use crate::set_cookie::{CookieId, MAX_PAIR_LEN, SetCookie};
pub use crate::set_cookies::SetCookies;
#[cfg(feature = "serde")]
pub use crate::settings::CookieSettings;
#[cfg(feature = "std")]
pub use crate::shared_jar::{ChangeError, SharedJar, TooLate};
pub use crate::template::CookieTemplate;
pub use crate::tokenizer::{Pair, parse, parse_strict};
pub use crate::tombstone::tombstone;
#[cfg(feature = "percent-encode")]
pub use crate::typed::CookieValue;

/// The examples of the README are tests.
#[cfg(all(doctest, feature = "percent-encode"))]
#[doc = include_str!("../README.md")]
struct Readme;
