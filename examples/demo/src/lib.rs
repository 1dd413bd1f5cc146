//! The applications that a cookie library is asked for first, to be used in a browser, each beside the header fields that
//! went over the wire and what the crate reads in them.
//!
//! No page has a script, nothing is fetched from elsewhere, and nothing that is typed or pasted leaves the machine.

#![forbid(unsafe_code)]

mod error;
mod guard;
mod keys;
mod license;
mod likes;
mod login;
mod page;
mod reading;
mod sessions;
mod visits;
mod why;
mod wire;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::response::Response;
use axum::routing::{get, post};
use hardtack::seal::Signer;
use hardtack_axum::{CookieLayer, SharedJar};
use maud::html;

pub use crate::keys::{KEYS_HELP, Keys, KeysError};
use crate::login::Logins;
use crate::page::Page;
use crate::wire::Asked;

/// The most of a recording that is taken, in octets of the form.
const MAX_PASTED: usize = 64 << 20;

/// Returns the applications.
pub fn router(keys: Keys) -> Router {
    let Keys { signing, flask } = keys;
    let logins = Arc::new(Logins::new(flask));
    let why = Router::new()
        .route("/why", get(why::form).post(why::answer))
        .route("/why/puzzles", get(why::puzzles))
        .route("/why/puzzles/{number}", get(why::puzzle))
        .layer(DefaultBodyLimit::max(MAX_PASTED));
    Router::new()
        .route("/", get(index))
        .route("/likes", get(likes::show))
        .route("/likes/add", post(likes::add))
        .route("/likes/remove", post(likes::remove))
        .route("/visits", get(visits::count))
        .route("/visits/edit", post(visits::edit))
        .route("/visits/forget", post(visits::forget))
        .route("/license", get(license::show))
        .route("/license/agree", post(license::agree))
        .route("/license/withdraw", post(license::withdraw))
        .route("/license/forge", post(license::forge))
        .route("/login", get(login::show).post(login::login))
        .route("/logout", post(login::logout))
        .with_state(logins)
        .merge(why)
        .fallback(missing)
        .layer(CookieLayer::new().signer(Signer::new(signing)))
        .route("/style.css", get(page::style))
        .route("/icon.svg", get(page::icon))
        .layer(from_fn(guard::same_origin))
        .layer(from_fn(guard::headers))
}

async fn index(asked: Asked, jar: SharedJar) -> Response {
    let body = html! {
        p {
            "A cookie is a text of at most 4096 octets that a server asks a browser to keep and to send back. These
            applications do what cookies are for. Under each stands what went over the wire, and what it says."
        }
        ul.applications {
            @for (path, name, what) in page::APPLICATIONS {
                li { a href=(path) { (name) } p { (what) } }
            }
        }
    };
    Page::new("Cookies, seen", body).respond(&asked, &jar)
}

async fn missing(asked: Asked, jar: SharedJar) -> Response {
    let body = html! { p { "There is no such page. " a href="/" { "All applications" } } };
    Page::new("Not found", body).status(http::StatusCode::NOT_FOUND).respond(&asked, &jar)
}
