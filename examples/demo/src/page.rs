//! The frame of every page, its style and its icon.

use axum::response::{Html, IntoResponse, Response};
use hardtack_axum::SharedJar;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use maud::{DOCTYPE, Markup, html};

use crate::wire::{Asked, wire};

/// Path, name, and what it shows.
pub(crate) const APPLICATIONS: [(&str, &str, &str); 5] = [
    ("/likes", "Likes", "Remembers what you like, in one cookie, until it is full."),
    ("/visits", "Visits", "Counts how often you came. Change the count by hand, and it starts over."),
    ("/license", "License", "Shows its content to who agreed. Forge the agreement, and see what becomes of it."),
    ("/login", "Login", "Logs in and out, with a session that a running Flask reads, too."),
    ("/why", "Why?", "Paste what your server sent: why a browser does not keep a cookie, and what to change."),
];

pub(crate) struct Page<'p> {
    title: &'p str,
    status: StatusCode,
    body: Markup,
}

impl<'p> Page<'p> {
    pub(crate) const fn new(title: &'p str, body: Markup) -> Self {
        Self { title, status: StatusCode::OK, body }
    }

    pub(crate) fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The page, with what went over the wire under it.
    pub(crate) fn respond(self, asked: &Asked, jar: &SharedJar) -> Response {
        let Self { title, status, body } = self;
        let body = html! {
            (body)
            (wire(asked, status, &jar.changes()))
        };
        (status, framed(title, asked.path(), &body)).into_response()
    }

    /// The page alone.
    pub(crate) fn alone(self, asked: &Asked) -> Response {
        (self.status, framed(self.title, asked.path(), &self.body)).into_response()
    }
}

fn framed(title: &str, path: &str, body: &Markup) -> Html<String> {
    let is_current = |application: &str| {
        path.strip_prefix(application).is_some_and(|rest| !rest.starts_with(|char: char| char != '/'))
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " - hardtack" }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="/icon.svg" type="image/svg+xml";
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header {
                    a.home href="/" aria-current=[(path == "/").then_some("page")] { "hardtack" }
                    nav aria-label="Applications" {
                        @for (application, name, _) in APPLICATIONS {
                            a href=(application) aria-current=[is_current(application).then_some("page")] { (name) }
                        }
                    }
                }
                main #main {
                    h1 { (title) }
                    (body)
                }
                footer { p { "Served by this machine to itself. No page has a script, and nothing leaves the machine." } }
            }
        }
    };
    Html(page.into_string())
}

/// A sentence about what was just done; read out by screen readers.
pub(crate) enum Said {
    /// It went well.
    Done(String),
    /// It did not.
    Refused(String),
}

impl Said {
    pub(crate) fn done(text: impl Into<String>) -> Self {
        Self::Done(text.into())
    }

    pub(crate) fn refused(text: impl Into<String>) -> Self {
        Self::Refused(text.into())
    }

    pub(crate) const fn status(&self) -> StatusCode {
        match self {
            Self::Done(_) => StatusCode::OK,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

impl maud::Render for Said {
    fn render(&self) -> Markup {
        match self {
            Self::Done(text) => html! { p.said role="status" { (text) } },
            Self::Refused(text) => html! { p.said.refused role="alert" { (text) } },
        }
    }
}

pub(crate) async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("style.css"))
}

pub(crate) async fn icon() -> impl IntoResponse {
    ([(CONTENT_TYPE, "image/svg+xml")], include_str!("icon.svg"))
}
