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
//! error [`TooLate`](hardtack::TooLate).
//!
//! # Sealed cookies
//!
//! With the feature `seal` of hardtack, what signs or encrypts is data of the application, and the jar opens and seals:
//!
//! ```
//! use actix_web::{App, web};
//! use hardtack::seal::{Key, Sealer};
//! use hardtack::CookieTemplate;
//! use hardtack_actix::{CookieError, CookieMiddleware, SharedJar};
//! use std::time::SystemTime;
//!
//! const USER: CookieTemplate = CookieTemplate::prefixed("__Host-user").checked();
//!
//! type Seal = web::Data<Sealer>;
//!
//! async fn whoami(jar: SharedJar, sealer: Seal) -> Result<String, CookieError> {
//!     let now = SystemTime::now();
//!     let user = jar.read(|jar| {
//!         let opened = jar.open(USER.name(), &**sealer, now)?.ok()?;
//!         Some(opened.value.into_owned())
//!     });
//!     if user.is_none() {
//!         jar.update(|jar| jar.seal(USER.cookie("nobody"), &**sealer, now))??;
//!     }
//!     Ok(user.unwrap_or_else(|| "a new face".to_owned()))
//! }
//!
//! let sealer = web::Data::new(Sealer::new(Key::generate()?));
//! let app = App::new()
//!     .app_data(sealer.clone())
//!     .route("/whoami", web::get().to(whoami))
//!     .wrap(CookieMiddleware::new());
//! # let _ = app;
//! # Ok::<(), hardtack::seal::KeyError>(())
//! ```
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `test` | no | the module `test`: the cookies of a response, and a client that keeps them |
//!
//! Values that are JSON in a cookie are `hardtack::format::Json`, with the feature `serde` of hardtack.

#![forbid(unsafe_code)]

mod error;
mod fields;
pub mod guide;
mod jar;
mod middleware;
mod request;
mod response;
mod shared;
#[cfg(feature = "test")]
pub mod test;
mod typed;

pub use crate::error::{CookieError, MissingMiddleware};
pub use crate::jar::CookieJar;
pub use crate::middleware::{CookieMiddleware, CookieService, ResponseFuture};
pub use crate::request::{Fault, RequestCookies, StrictCookies, StrictRejection};
pub use crate::response::WithCookies;
pub use crate::shared::SharedJar;
pub use crate::typed::{TypedCookie, TypedRejection};

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
