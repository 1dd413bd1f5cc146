//! Why is my cookie not set? What was pasted, and what each browser does with it.

mod answer;
mod fields;
mod puzzles;
mod question;
mod recording;

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use maud::{Markup, html};

use crate::page::Page;
use crate::why::puzzles::PUZZLES;
use crate::why::question::Question;
use crate::wire::Asked;

pub(crate) async fn form(asked: Asked) -> Response {
    let body = html! {
        (introduction())
        (Question::default().form(false))
    };
    Page::new("Why is my cookie not set?", body).alone(&asked)
}

pub(crate) async fn answer(asked: Asked, Form(question): Form<Question>) -> Response {
    let (status, answer) = match answer::answer(&question) {
        Ok(answer) => (StatusCode::OK, answer),
        Err(error) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            html! { p.said.refused role="alert" { (hardtack_cli::screen::visible(error.to_string().as_bytes())) } },
        ),
    };
    let body = html! {
        (introduction())
        (question.form(status == StatusCode::OK))
        (answer)
    };
    Page::new("Why is my cookie not set?", body).status(status).alone(&asked)
}

pub(crate) async fn puzzles(asked: Asked) -> Response {
    let body = html! {
        p { "The reasons that are asked for most. Look at each before you open it: what becomes of the cookie?" }
        ol.puzzles {
            @for (number, puzzle) in (1..).zip(&PUZZLES) {
                li { a href={ "/why/puzzles/" (number) } { (puzzle.title) } }
            }
        }
    };
    Page::new("Ten puzzles", body).alone(&asked)
}

pub(crate) async fn puzzle(asked: Asked, Path(number): Path<usize>) -> Response {
    let Some(puzzle) = number.checked_sub(1).and_then(|index| PUZZLES.get(index)) else {
        let body = html! { p { "There is no such puzzle. " a href="/why/puzzles" { "All puzzles" } } };
        return Page::new("Not found", body).status(StatusCode::NOT_FOUND).alone(&asked);
    };
    let question = puzzle.question();
    let body = html! {
        p { (puzzle.story) }
        p.said { (puzzle.worked) }
        p { a href="/why/puzzles" { "All puzzles" } " "
            @if number < PUZZLES.len() { a href={ "/why/puzzles/" (number + 1) } { "The next one" } } }
        (question.form(false))
        @match answer::answer(&question) {
            Ok(answer) => (answer),
            Err(error) => p.bad { (error) },
        }
    };
    Page::new(puzzle.title, body).alone(&asked)
}

fn introduction() -> Markup {
    html! {
        p { "Paste what your server sent: Set-Cookie lines, a whole response, what " code { "curl -v" } " shows, a browser's
            copy as cURL, or a HAR. It stays on this machine, and values are hidden until you ask for them. "
            a href="/why/puzzles" { "Ten puzzles to try" } }
    }
}
