//! What you like, in one cookie.
//!
//! Likes are percent-encoded and joined by `|`. A `|` in a like is encoded as well, so that those that separate are told
//! from those that were typed.

use core::time::Duration;

use axum::Form;
use axum::response::Response;
use hardtack::value::percent;
use hardtack::{BuildError, CookieTemplate, MAX_PAIR_LEN, SameSite};
use hardtack_axum::SharedJar;
use maud::html;
use serde::Deserialize;

use crate::error::Failure;
use crate::page::{Page, Said};
use crate::wire::Asked;

/// As long as user agents keep a cookie at most (RFC 6265bis section 5.5).
pub(crate) const LONGEST: Duration = Duration::from_secs(400 * 24 * 60 * 60);

const LIKES: CookieTemplate<'_> = CookieTemplate::new("likes").same_site(SameSite::Lax).max_age(LONGEST).checked();

const SEPARATOR: char = '|';

#[derive(Deserialize)]
pub(crate) struct Like {
    like: String,
}

/// What is liked, in the order in which it was added.
#[derive(Debug, Default, PartialEq, Eq)]
struct Likes {
    texts: Vec<String>,
    /// How many stand in the cookie that nobody here wrote: they cost only themselves.
    unreadable: usize,
}

impl Likes {
    fn of(jar: &SharedJar) -> Self {
        jar.get_bytes(LIKES.name()).map_or_else(Self::default, |value| Self::read(&value))
    }

    fn read(value: &[u8]) -> Self {
        let mut likes = Self::default();
        for part in value.split(|&byte| char::from(byte) == SEPARATOR).filter(|part| !part.is_empty()) {
            match percent::decode(part) {
                Ok(text) => likes.texts.push(text.into_owned()),
                Err(_) => likes.unreadable += 1,
            }
        }
        likes
    }

    fn write(&self) -> String {
        let encoded = |text: &String| percent::encode(text).replace(SEPARATOR, "%7C");
        self.texts.iter().map(encoded).collect::<Vec<_>>().join("|")
    }

    fn contains(&self, like: &str) -> bool {
        self.texts.iter().any(|text| text == like)
    }
}

pub(crate) async fn show(asked: Asked, jar: SharedJar) -> Response {
    page(&asked, &jar, None, "")
}

pub(crate) async fn add(asked: Asked, jar: SharedJar, Form(Like { like }): Form<Like>) -> Result<Response, Failure> {
    let mut likes = Likes::of(&jar);
    let typed = like.trim();
    if typed.is_empty() {
        return Ok(page(&asked, &jar, Some(Said::refused("Type what you like, then add it.")), ""));
    }
    if likes.contains(typed) {
        return Ok(page(&asked, &jar, Some(Said::done("You like that already.")), ""));
    }
    likes.texts.push(typed.to_owned());
    match LIKES.cookie(likes.write()).build() {
        Ok(cookie) => {
            jar.set(cookie)?;
            Ok(page(&asked, &jar, Some(Said::done(format!("Added: {typed}"))), ""))
        }
        Err(BuildError::PairTooLong { len, max, .. }) => {
            let full = format!(
                "The cookie is full: with this like it would be {len} octets, and browsers drop a cookie over {max}. \
                 Remove a like first, or shorten this one."
            );
            Ok(page(&asked, &jar, Some(Said::refused(full)), typed))
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn remove(asked: Asked, jar: SharedJar, Form(Like { like }): Form<Like>) -> Result<Response, Failure> {
    let mut likes = Likes::of(&jar);
    if !likes.contains(&like) {
        return Ok(page(&asked, &jar, Some(Said::done("That was not among your likes.")), ""));
    }
    likes.texts.retain(|text| *text != like);
    if likes.texts.is_empty() {
        jar.delete(LIKES.tombstone().build()?)?;
    } else {
        jar.set(LIKES.cookie(likes.write()).build()?)?;
    }
    Ok(page(&asked, &jar, Some(Said::done(format!("Removed: {like}"))), ""))
}

fn page(asked: &Asked, jar: &SharedJar, said: Option<Said>, typed: &str) -> Response {
    let likes = Likes::of(jar);
    let used = if likes.texts.is_empty() { 0 } else { LIKES.name().len() + likes.write().len() };
    let status = said.as_ref().map_or(http::StatusCode::OK, Said::status);
    let body = html! {
        p { "What you like is in one cookie, one like behind another with a | between. Whatever you type comes back as you
            typed it." }
        @if let Some(said) = said { (said) }
        form method="post" action="/likes/add" {
            div.row {
                div.field {
                    label for="like" { "I like" }
                    input #like type="text" name="like" value=(typed) autocomplete="off" required;
                }
                button { "Add" }
            }
        }
        h2 { "Your likes" }
        @if likes.texts.is_empty() { p.faint { "None so far." } }
        ul.items {
            @for like in &likes.texts {
                li {
                    span { (like) }
                    form method="post" action="/likes/remove" {
                        input type="hidden" name="like" value=(like);
                        button.plain aria-label={ "Remove " (like) } { "Remove" }
                    }
                }
            }
        }
        @if likes.unreadable > 0 {
            p.note { (likes.unreadable) " of the cookie cannot be read and will be dropped when you add or remove one." }
        }
        label for="room" { "Room: " (used) " of " (MAX_PAIR_LEN) " octets" }
        meter #room min="0" max=(MAX_PAIR_LEN) value=(used) { (used) " of " (MAX_PAIR_LEN) }
    };
    Page::new("Likes", body).status(status).respond(asked, jar)
}

#[cfg(test)]
mod tests {
    use super::Likes;

    #[test]
    fn what_is_typed_comes_back() {
        let texts = ["a;b", "\"quoted\"", "a|b", "|", "50% off", "%7C", "Käse", "🍪 and 🫖", "a, b\\c", "x=y", "\n"];
        let likes = Likes { texts: texts.map(str::to_owned).to_vec(), unreadable: 0 };
        assert_eq!(Likes::read(likes.write().as_bytes()), likes);
        assert_eq!(likes.write().matches('|').count(), texts.len() - 1, "a | that was typed separates nothing");
    }

    #[test]
    fn what_nobody_wrote_costs_only_itself() {
        let likes = Likes::read(b"tea|%zz|%FF||cake");
        assert_eq!((likes.texts, likes.unreadable), (vec!["tea".to_owned(), "cake".to_owned()], 2));
    }
}
