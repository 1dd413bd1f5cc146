//! Cookies for actix-web.
//!
//! The cookies of a request are extracted, those of a response set on it; and with a middleware they are in a jar whose
//! changes are on every response, whatever became of the handler. What cookies are is [`hardtack`]'s business.
//!
//! ```
//! use actix_web::error::{Error, ErrorUnauthorized};
//! use actix_web::{App, web};
//! use hardtack::{CookieTemplate, SameSite};
//! use hardtack_actix::{CookieError, CookieMiddleware, RequestCookies, SharedJar};
//!
//! const SID: CookieTemplate = CookieTemplate::prefixed("__Host-sid")
//!     .http_only(true)
//!     .same_site(SameSite::Lax)
//!     .checked();
//!
//! async fn login(cookies: RequestCookies, jar: SharedJar) -> Result<&'static str, Error> {
//!     if cookies.get("__Host-sid").is_none() {
//!         let sid = SID.cookie("31d4").build().map_err(CookieError::from)?;
//!         // On the response, though that is an error.
//!         jar.set(sid).map_err(CookieError::from)?;
//!     }
//!     Err(ErrorUnauthorized("who are you?"))
//! }
//!
//! let app = App::new().route("/login", web::post().to(login)).wrap(CookieMiddleware::new());
//! # let _ = app;
//! ```
//!
//! # Which to take
//!
//! | a handler wants to | takes or calls |
//! |---|---|
//! | read | [`RequestCookies`]; [`StrictCookies`] for the grammar; [`TypedCookie`] for a value of a type |
//! | set or delete on its own response | [`WithCookies`] of the response, [`CookieJar`], [`TypedCookie`] |
//! | set or delete on whatever the response is | [`SharedJar`], with [`CookieMiddleware`] around the application |
//!
//! Both ways can be in one application. A field that a handler sets stays as it is, and the middleware writes what no
//! field is of: see [`CookieMiddleware`]. Once the response has passed the middleware, a change of the shared jar is the
//! error [`TooLate`].
//!
//! # Sealed cookies
//!
//! With the feature `seal` the middleware keeps a signer, a sealer, or both, and the shared jar opens and seals: by
//! template, or as the type of a cookie says.
//!
#![cfg_attr(feature = "seal", doc = "```")]
#![cfg_attr(not(feature = "seal"), doc = "```ignore")]
//! use actix_web::{App, web};
//! use hardtack::CookieTemplate;
//! use hardtack::seal::{Key, Sealer};
//! use hardtack_actix::{CookieError, CookieMiddleware, SharedJar};
//!
//! const USER: CookieTemplate = CookieTemplate::prefixed("__Host-user").checked();
//!
//! async fn whoami(jar: SharedJar) -> Result<String, CookieError> {
//!     match jar.encrypted()?.open(&USER) {
//!         Some(Ok(user)) => Ok(user.value),
//!         Some(Err(_)) | None => {
//!             jar.encrypted()?.set(USER.cookie("nobody"))?;
//!             Ok("a new face".to_owned())
//!         }
//!     }
//! }
//!
//! let middleware = CookieMiddleware::new().sealer(Sealer::new(Key::generate()?));
//! let app = App::new().route("/whoami", web::get().to(whoami)).wrap(middleware);
//! # let _ = app;
//! # Ok::<(), hardtack::seal::KeyError>(())
//! ```
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `json` | no | `format::Json`: values that are JSON in a cookie |
//! | `seal` | no | signed and encrypted cookies: `CookieMiddleware::signer`, `SharedJar::signed`, `CookieValue::PROTECTION` |
//! | `test` | no | the module `test`: a client that keeps cookies, and assertions that say what differs |

#![forbid(unsafe_code)]

mod error;
mod fields;
pub mod guide;
mod jar;
mod keys;
mod middleware;
mod request;
mod response;
#[cfg(feature = "seal")]
mod sealed;
mod shared;
#[cfg(feature = "test")]
pub mod test;
mod typed;

pub use crate::error::{CookieError, MissingMiddleware, TypedRejection};
pub use crate::jar::CookieJar;
pub use crate::middleware::{CookieMiddleware, CookieService, ResponseFuture};
pub use crate::request::{RequestCookies, StrictCookies, StrictRejection};
pub use crate::response::WithCookies;
pub use crate::shared::SharedJar;
pub use crate::typed::TypedCookie;
#[cfg(feature = "seal")]
pub use hardtack::seal::{MissingSeal, Protection, SealedJar};
pub use hardtack::{CookieValue, TooLate, format};

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
