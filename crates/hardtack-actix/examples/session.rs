//! A login: a counter on refused attempts, a session that is encrypted, a theme that is typed.
//!
//! `cargo run -p hardtack-actix --example session`, and open the address it prints.

use core::fmt;
use core::str::FromStr;
use core::time::Duration;
use std::error::Error;
use std::time::SystemTime;

use actix_web::http::header::ContentType;
use actix_web::web::{self, Data, Form, Html, Path};
use actix_web::{App, HttpResponse, HttpServer};
use hardtack::seal::{Key, Sealer};
use hardtack::{CookieTemplate, CookieValue, SameSite, format};
use hardtack_actix::{CookieError, CookieMiddleware, SharedJar, TypedCookie, WithCookies as _};
use serde::Deserialize;

const HOUR: Duration = Duration::from_secs(3600);

// Who is logged in; the cookie is all there is of the session. A browser takes Secure from http://localhost, and this is
// not for another host.
const SESSION: CookieTemplate<'_> =
    CookieTemplate::prefixed("__Host-session").http_only(true).same_site(SameSite::Lax).max_age(HOUR).checked();
const ATTEMPTS: CookieTemplate<'_> = CookieTemplate::new("attempts").http_only(true).same_site(SameSite::Lax).checked();

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

async fn index(theme: Option<TypedCookie<Theme>>, jar: SharedJar, sealer: Data<Sealer>) -> Html {
    let colours = match theme {
        Some(TypedCookie(Theme::Dark)) => "background: #222; color: #eee",
        Some(TypedCookie(Theme::Light)) | None => "background: #fff; color: #222",
    };
    let user = jar.read(|jar| Some(jar.open(SESSION.name(), &**sealer, SystemTime::now())?.ok()?.value.into_owned()));
    let greeting = match user {
        // Only letters and digits are let in by `login`.
        Some(user) => format!("<p>Hello, {user}.</p><form method=post action=/logout><button>Log out"),
        None => format!(
            "<p>{} attempts so far; the password is hardtack.</p><form method=post action=/login>\
             <input name=user placeholder=user><input name=password type=password><button>Log in",
            jar.get("attempts").and_then(|text| text.parse::<u32>().ok()).unwrap_or(0)
        ),
    };
    Html::new(format!(
        "<!doctype html><body style='{colours}'>{greeting}</button></form>\
         <p><a href=/theme/dark>dark</a> <a href=/theme/light>light</a>"
    ))
}

#[derive(Deserialize)]
struct Login {
    user: String,
    password: String,
}

async fn login(jar: SharedJar, sealer: Data<Sealer>, Form(login): Form<Login>) -> Result<HttpResponse, CookieError> {
    let is_name = !login.user.is_empty() && login.user.chars().all(char::is_alphanumeric);
    if !is_name || login.password != "hardtack" {
        // The count is on the response, though that is an error.
        let attempts = jar.get("attempts").and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
        jar.set(ATTEMPTS.cookie(attempts.saturating_add(1).to_string()).build()?)?;
        return Ok(HttpResponse::Unauthorized()
            .content_type(ContentType::html())
            .body("<p>No. <a href=/>Once more</a>"));
    }
    jar.delete(ATTEMPTS.tombstone().build()?)?;
    jar.update(|jar| jar.seal(SESSION.cookie(login.user), &**sealer, SystemTime::now()))??;
    Ok(home())
}

async fn logout(jar: SharedJar) -> Result<HttpResponse, CookieError> {
    jar.delete(SESSION.tombstone().build()?)?;
    Ok(home())
}

async fn theme(name: Path<String>) -> Result<HttpResponse, CookieError> {
    match name.parse::<Theme>() {
        Ok(theme) => home().with_typed(&theme),
        Err(known) => Ok(HttpResponse::NotFound().body(known)),
    }
}

fn home() -> HttpResponse {
    HttpResponse::SeeOther().insert_header(("location", "/")).finish()
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // A key made anew ends every session with the program; a server keeps one.
    let sealer = Data::new(Sealer::new(Key::generate()?).lifetime(HOUR));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(sealer.clone())
            .route("/", web::get().to(index))
            .route("/login", web::post().to(login))
            .route("/logout", web::post().to(logout))
            .route("/theme/{name}", web::get().to(theme))
            .wrap(CookieMiddleware::new())
    });
    let server = server.workers(1).bind(("localhost", 0))?;
    for address in server.addrs() {
        println!("http://localhost:{}", address.port());
    }
    server.run().await?;
    Ok(())
}
