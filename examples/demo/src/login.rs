//! Log in, log out: a session of the server, and beside it one that is the cookie itself, as Flask has it.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use hardtack::{CookieTemplate, SameSite};
use hardtack_axum::SharedJar;
use hardtack_compat::flask;
use maud::{Markup, html};
use serde::Deserialize;

use crate::error::Failure;
use crate::page::{Page, Said};
use crate::sessions::Sessions;
use crate::wire::Asked;

const SESSION_ID: CookieTemplate<'_> =
    CookieTemplate::new("session_id").http_only(true).same_site(SameSite::Lax).checked();

/// Under the name that Flask gives it.
const FLASK_SESSION: CookieTemplate<'_> =
    CookieTemplate::new("session").http_only(true).same_site(SameSite::Lax).checked();

/// The longest name, in characters.
const MAX_NAME: usize = 64;

/// Who is logged in, and what reads the cookies that say so.
pub(crate) struct Logins {
    sessions: Sessions,
    flask: flask::Sessions,
}

impl Logins {
    pub(crate) fn new(key: flask::Key) -> Self {
        Self { sessions: Sessions::default(), flask: flask::Sessions::new(key) }
    }

    fn user(&self, jar: &SharedJar) -> Option<String> {
        self.sessions.user(&jar.get(SESSION_ID.name())?)
    }
}

#[derive(Deserialize)]
pub(crate) struct Login {
    user: String,
}

pub(crate) async fn show(State(logins): State<Arc<Logins>>, asked: Asked, jar: SharedJar) -> Response {
    page(&logins, &asked, &jar, None)
}

pub(crate) async fn login(
    State(logins): State<Arc<Logins>>,
    asked: Asked,
    jar: SharedJar,
    Form(Login { user }): Form<Login>,
) -> Result<Response, Failure> {
    let user = user.trim();
    if user.is_empty() || user.chars().count() > MAX_NAME {
        let said = Said::refused(format!("Type a name of 1 to {MAX_NAME} characters."));
        return Ok(page(&logins, &asked, &jar, Some(said)));
    }
    // A session that another may have begun is not taken over.
    if let Some(id) = jar.get(SESSION_ID.name()) {
        logins.sessions.end(&id);
    }
    let id = logins.sessions.begin(user).map_err(Failure::NoRandomness)?;
    jar.set(SESSION_ID.cookie(id).build()?)?;
    let mut session = flask::Session::new();
    session.insert("user", user.to_owned());
    jar.set(FLASK_SESSION.cookie(logins.flask.sign(&session, now())?).build()?)?;
    Ok(page(&logins, &asked, &jar, Some(Said::done("You are logged in."))))
}

pub(crate) async fn logout(
    State(logins): State<Arc<Logins>>,
    asked: Asked,
    jar: SharedJar,
) -> Result<Response, Failure> {
    if let Some(id) = jar.get(SESSION_ID.name()) {
        logins.sessions.end(&id);
    }
    jar.delete(SESSION_ID.tombstone().build()?)?;
    jar.delete(FLASK_SESSION.tombstone().build()?)?;
    Ok(page(&logins, &asked, &jar, Some(Said::done("You are logged out; your browser deletes both cookies."))))
}

fn page(logins: &Logins, asked: &Asked, jar: &SharedJar, said: Option<Said>) -> Response {
    let status = said.as_ref().map_or(http::StatusCode::OK, Said::status);
    let body = html! {
        p { "To log in sets " code { "session_id" } ", under which the server keeps who you are. To log out deletes it with a
            tombstone: a cookie of the same name and path that says so and has expired. The next request has none." }
        @if let Some(said) = said { (said) }
        @match logins.user(jar) {
            Some(user) => {
                p.big #user { "Hello, " (user) }
                form method="post" action="/logout" { button { "Log out" } }
            }
            None => {
                form method="post" action="/login" {
                    div.row {
                        div.field {
                            label for="name" { "Your name" }
                            input #name type="text" name="user" autocomplete="username" maxlength=(MAX_NAME) required;
                        }
                        button { "Log in" }
                    }
                }
            }
        }
        p { a href="/login" { "Ask for this page again" } }
        h2 { "The session that Flask reads" }
        (flask_session(logins, jar))
    };
    Page::new("Login", body).status(status).respond(asked, jar)
}

fn flask_session(logins: &Logins, jar: &SharedJar) -> Markup {
    let about = html! {
        p { "This one is in the cookie itself: JSON, signed. A Flask whose " code { "SECRET_KEY" } " is what "
            code { "DEMO_FLASK_SECRET_KEY" } " held when this server began finds the same " code { "session" } " in it." }
    };
    let Some(text) = jar.get(FLASK_SESSION.name()) else {
        return html! { (about) p.faint { "There is none." } };
    };
    match logins.flask.open(&text, now()) {
        Ok(opened) => html! {
            (about)
            table {
                caption { "session" }
                thead { tr { th scope="col" { "Key" } th scope="col" { "Value" } } }
                tbody {
                    @for (key, value) in opened.value().iter() {
                        tr { th scope="row" { (key) } td.text { (value.as_str().unwrap_or("no text")) } }
                    }
                }
            }
        },
        Err(error) => html! { (about) p.note { "The cookie there is does not open: " (error) "." } },
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
