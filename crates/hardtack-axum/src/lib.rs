//! Cookies for axum and tower.
//!
//! The cookies of a request are extracted, those of a response returned; and with a layer they are in a jar whose changes
//! are on every response, whatever became of the handler. What cookies are is [`hardtack`]'s business.
#![cfg_attr(not(doctest), doc = "")]
#![cfg_attr(not(doctest), doc = include_str!("router.md"))]
//!
//! # Which to take
//!
//! | a handler wants to | takes or returns |
//! |---|---|
//! | read | [`RequestCookies`]; [`StrictCookies`] for the grammar; [`TypedCookie`] for a value of a type |
//! | set or delete on its own response | [`WithCookie`], [`WithCookies`], [`CookieJar`], [`TypedCookie`] |
//! | set or delete on whatever the response is | [`SharedJar`], with [`CookieLayer`] around the router |
//!
//! Both ways can be in one application. A field that a handler returns stays as it is, and the layer writes what no field
//! is of: see [`CookieLayer`]. Once the response has passed the layer, a change of the shared jar is the error
//! [`TooLate`].
//!
//! # Not axum alone
//!
//! The package stands on `axum-core`, `tower` and `http`. [`CookieLayer`] is around any tower service of `http` requests,
//! under hyper and tonic as well, and [`SharedJar::from_extensions`] finds the jar in the request.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `json` | no | `format::Json`: values that are JSON in a cookie |
//! | `seal` | no | signed and encrypted cookies: `CookieLayer::signer`, `SharedJar::signed`, `CookieValue::PROTECTION` |
//! | `test` | no | the module `test`: a client that keeps cookies, and assertions that say what differs |

#![forbid(unsafe_code)]

mod error;
pub mod guide;
mod jar;
mod keys;
mod layer;
mod parts;
mod request;
#[cfg(feature = "seal")]
mod sealed;
mod shared;
#[cfg(feature = "test")]
pub mod test;
mod typed;

pub use crate::error::{CookieError, MissingLayer, NoRoom, TypedRejection};
pub use crate::jar::CookieJar;
pub use crate::layer::{CookieLayer, CookieService, ResponseFuture};
pub use crate::parts::{WithCookie, WithCookies};
pub use crate::request::{RequestCookies, StrictCookies, StrictRejection};
pub use crate::shared::SharedJar;
pub use crate::typed::TypedCookie;
#[cfg(feature = "seal")]
pub use hardtack::seal::{MissingSeal, Protection, SealedJar};
pub use hardtack::{CookieValue, TooLate, format};
