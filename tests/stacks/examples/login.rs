//! A login with axum: a counter on refused attempts, a session that is encrypted, a theme that is typed.
//!
//! `cargo run -p hardtack-stacks --example login`, and open the address it prints.

use core::fmt;
use core::str::FromStr;
use core::time::Duration;
use std::error::Error;

use axum::Router;
use axum::extract::{Form, Path};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use hardtack::seal::{Key, Sealer};
use hardtack::{CookieTemplate, SameSite};
use hardtack_axum::{CookieError, CookieLayer, CookieValue, Protection, SharedJar, TypedCookie, format};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

/// Who is logged in; the cookie is all there is of the session.
#[derive(Deserialize, Serialize)]
struct Session {
    user: String,
}

impl CookieValue for Session {
    // A browser takes Secure from http://localhost, and this is not for another host.
    const TEMPLATE: CookieTemplate<'static> = CookieTemplate::prefixed("__Host-session")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::from_secs(3600))
        .checked();
    type Format = format::Json;
    const PROTECTION: Protection = Protection::Encrypted;
}

#[derive(Clone, Copy)]
enum Theme {
    Dark,
    Light,
}

impl CookieValue for Theme {
    const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new("theme").same_site(SameSite::Lax).checked();
    type Format = format::Text;
}

impl FromStr for Theme {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "dark" => Ok(Self::Dark),
            "light" => Ok(Self::Light),
            _ => Err("a theme is dark or light"),
        }
    }
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dark => "dark",
            Self::Light => "light",
        })
    }
}

const ATTEMPTS: CookieTemplate<'_> = CookieTemplate::new("attempts").http_only(true).same_site(SameSite::Lax).checked();

async fn index(
    session: Option<TypedCookie<Session>>,
    theme: Option<TypedCookie<Theme>>,
    jar: SharedJar,
) -> Html<String> {
    let colours = match theme {
        Some(TypedCookie(Theme::Dark)) => "background: #222; color: #eee",
        Some(TypedCookie(Theme::Light)) | None => "background: #fff; color: #222",
    };
    let greeting = match session {
        // Only letters and digits are let in by `login`.
        Some(TypedCookie(Session { user })) => {
            format!("<p>Hello, {user}.</p><form method=post action=/logout><button>Log out")
        }
        None => format!(
            "<p>{} attempts so far; the password is hardtack.</p><form method=post action=/login>\
             <input name=user placeholder=user><input name=password type=password><button>Log in",
            jar.get("attempts").and_then(|text| text.parse::<u32>().ok()).unwrap_or(0)
        ),
    };
    Html(format!(
        "<!doctype html><body style='{colours}'>{greeting}</button></form>\
         <p><a href=/theme/dark>dark</a> <a href=/theme/light>light</a>"
    ))
}

#[derive(Deserialize)]
struct Login {
    user: String,
    password: String,
}

async fn login(jar: SharedJar, Form(login): Form<Login>) -> Result<Response, CookieError> {
    let is_name = !login.user.is_empty() && login.user.chars().all(char::is_alphanumeric);
    if !is_name || login.password != "hardtack" {
        // The count is on the response, though that is an error.
        let attempts = jar.get("attempts").and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
        jar.set(ATTEMPTS.cookie(attempts.saturating_add(1).to_string()).build()?)?;
        return Ok((StatusCode::UNAUTHORIZED, Html("<p>No. <a href=/>Once more</a>")).into_response());
    }
    jar.delete(ATTEMPTS.tombstone().build()?)?;
    jar.set_typed(&Session { user: login.user })?;
    Ok(Redirect::to("/").into_response())
}

async fn logout(jar: SharedJar) -> Result<Redirect, CookieError> {
    jar.delete(Session::TEMPLATE.tombstone().build()?)?;
    Ok(Redirect::to("/"))
}

async fn theme(Path(name): Path<String>) -> Result<impl IntoResponse, StatusCode> {
    let theme: Theme = name.parse().map_err(|_| StatusCode::NOT_FOUND)?;
    Ok((TypedCookie(theme), Redirect::to("/")))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // A key made anew ends every session with the program; a server keeps one.
    let sealer = Sealer::new(Key::generate()?).lifetime(Duration::from_secs(3600));
    let app = Router::new()
        .route("/", get(index))
        .route("/login", post(login))
        .route("/logout", post(logout))
        .route("/theme/{name}", get(theme))
        .layer(CookieLayer::new().sealer(sealer));
    let listener = TcpListener::bind(("localhost", 0)).await?;
    println!("http://localhost:{}", listener.local_addr()?.port());
    axum::serve(listener, app).await?;
    Ok(())
}
