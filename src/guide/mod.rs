//! A guide: what to write, and what bites.
//!
//! It has no code of its own; every example on its pages is compiled and run.
//!
//! | page | what it is about |
//! |---|---|
//! | [`requests`] | reading the cookies a request carries |
//! | [`responses`] | setting cookies, once or by a template |
//! | [`deleting`] | tombstones, and why a cookie stays |
//! | [`prefixes`] | `__Host-` and its kin; another name for plain http |
//! | [`same_site`] | SameSite, third parties, partitions |
//! | [`large_values`] | limits, what encodings cost, JSON |
//! | [`proxies`] | changing what passes, and nothing else |
//! | [`clients`] | keeping cookies from request to request; ureq, and any client without a plug |
//! | [`frameworks`] | hyper and every stack on the `http` crate, without glue; `no_std` |
//! | [`sealed_values`] | plain, signed, encrypted or a key into a store; rotation; what a seal does not do |
//! | [`seal_format`] | the format of sealed values, with vectors |
//! | [`testing`] | testing code that sets cookies |
//! | [`coming_from_cookie`] | ten tasks, from the crate `cookie` |
//! | [`coming_from_axum_extra`] | the same ten, from `axum-extra` |
//! | [`coming_from_actix`] | the same ten, from `actix-web` |
//! | [`coming_from_flask_and_django`] | the same ten, from Python |
//! | [`coming_from_cookie_store`] | ten tasks of a client, from `cookie_store` |

// An example is a test where the features it needs are there; the page is there in any case.

/// Read the cookies of a request.
///
#[cfg_attr(any(not(doctest), feature = "percent-encode"), doc = include_str!("requests.md"))]
pub mod requests {}

/// Set cookies.
///
#[cfg_attr(any(not(doctest), all(feature = "percent-encode", feature = "std")), doc = include_str!("responses.md"))]
pub mod responses {}

/// Delete a cookie.
///
#[doc = include_str!("deleting.md")]
pub mod deleting {}

/// Names by which user agents vouch for attributes.
///
#[doc = include_str!("prefixes.md")]
pub mod prefixes {}

/// Cookies and other sites.
///
#[doc = include_str!("same-site.md")]
pub mod same_site {}

/// How much a cookie holds.
///
#[cfg_attr(any(not(doctest), feature = "percent-encode"), doc = include_str!("large-values.md"))]
pub mod large_values {}

/// Change cookies that pass.
///
#[doc = include_str!("proxies.md")]
pub mod proxies {}

/// Keep cookies from request to request.
///
#[cfg_attr(any(not(doctest), all(feature = "agent", feature = "http")), doc = include_str!("clients.md"))]
pub mod clients {}

/// Cookies in a framework that has no glue for this crate.
///
#[cfg_attr(any(not(doctest), feature = "http"), doc = include_str!("frameworks.md"))]
pub mod frameworks {}

/// Sign values, encrypt them, and rotate the keys.
///
#[cfg_attr(any(not(doctest), feature = "seal"), doc = include_str!("sealed-values.md"))]
pub mod sealed_values {}

/// What a sealed value is on the wire.
///
#[doc = include_str!("seal-format.md")]
pub mod seal_format {}

/// Test code that sets cookies.
///
#[cfg_attr(any(not(doctest), all(feature = "http", feature = "test")), doc = include_str!("testing.md"))]
pub mod testing {}

/// Ten tasks, with the crate `cookie` and with this one.
///
#[cfg_attr(any(not(doctest), feature = "percent-encode"), doc = include_str!("coming-from-cookie.md"))]
pub mod coming_from_cookie {}

/// Ten tasks, with `axum-extra` and with this crate.
///
#[cfg_attr(
    any(not(doctest), all(feature = "http", feature = "percent-encode")),
    doc = include_str!("coming-from-axum-extra.md")
)]
pub mod coming_from_axum_extra {}

/// Ten tasks, with `actix-web` and with this crate.
///
#[cfg_attr(any(not(doctest), feature = "percent-encode"), doc = include_str!("coming-from-actix.md"))]
pub mod coming_from_actix {}

/// Ten tasks, with Flask or Django and with this crate.
///
#[cfg_attr(any(not(doctest), feature = "percent-encode"), doc = include_str!("coming-from-flask-and-django.md"))]
pub mod coming_from_flask_and_django {}

/// Ten tasks of a client, with `cookie_store` and with this crate.
///
#[cfg_attr(
    any(not(doctest), all(feature = "agent", feature = "psl", feature = "serde")),
    doc = include_str!("coming-from-cookie-store.md")
)]
pub mod coming_from_cookie_store {}
