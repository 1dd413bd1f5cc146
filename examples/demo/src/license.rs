//! A content for who agreed; the agreement is a signed cookie.

use axum::Form;
use axum::response::Response;
use hardtack::seal::{Key, OpenError, Signer};
use hardtack::{CookieDate, CookieTemplate, SameSite};
use hardtack_axum::SharedJar;
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;
use std::time::SystemTime;

use crate::error::Failure;
use crate::likes::LONGEST;
use crate::page::{Page, Said};
use crate::wire::Asked;

const LICENSE: CookieTemplate<'_> =
    CookieTemplate::new("license").http_only(true).same_site(SameSite::Lax).max_age(LONGEST).checked();

/// What an agreement says; another version of the license would have another word.
const AGREED: &str = "agreed-1";

/// What a visitor who declined would have.
const DECLINED: &str = "declined-1";

/// How to forge an agreement without the key.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Forgery {
    /// Signed with a key of the forger's own.
    OwnKey,
    /// The seal of another text, in front of which the agreement is put.
    OtherText,
    /// No seal at all.
    NoSeal,
}

#[derive(Deserialize)]
pub(crate) struct Forge {
    how: Forgery,
}

/// What the cookie says.
enum Agreement {
    None,
    Agreed,
    /// The seal is good, and what it holds is another text.
    Other,
    Bad(OpenError),
}

impl Agreement {
    fn of(jar: &SharedJar) -> Result<Self, Failure> {
        Ok(match jar.signed()?.open(&LICENSE) {
            None => Self::None,
            Some(Ok(opened)) if opened.value == AGREED => Self::Agreed,
            Some(Ok(_)) => Self::Other,
            Some(Err(error)) => Self::Bad(error),
        })
    }
}

pub(crate) async fn show(asked: Asked, jar: SharedJar) -> Result<Response, Failure> {
    page(&asked, &jar, None)
}

pub(crate) async fn agree(asked: Asked, jar: SharedJar) -> Result<Response, Failure> {
    jar.signed()?.set(LICENSE.cookie(AGREED))?;
    page(&asked, &jar, Some(Said::done("You agreed.")))
}

pub(crate) async fn withdraw(asked: Asked, jar: SharedJar) -> Result<Response, Failure> {
    jar.delete(LICENSE.tombstone().build()?)?;
    page(&asked, &jar, Some(Said::done("Your agreement is withdrawn.")))
}

pub(crate) async fn forge(asked: Asked, jar: SharedJar, Form(Forge { how }): Form<Forge>) -> Result<Response, Failure> {
    let now = CookieDate::from(SystemTime::now());
    let value = match how {
        Forgery::OwnKey => Signer::new(Key::generate()?).seal(LICENSE.name(), AGREED, now)?,
        Forgery::OtherText => {
            jar.signed()?.set(LICENSE.cookie(DECLINED))?;
            jar.get(LICENSE.name()).unwrap_or_default().replacen(DECLINED, AGREED, 1)
        }
        Forgery::NoSeal => AGREED.to_owned(),
    };
    jar.set(LICENSE.cookie(value).build()?)?;
    page(&asked, &jar, None)
}

fn page(asked: &Asked, jar: &SharedJar, said: Option<Said>) -> Result<Response, Failure> {
    let agreement = Agreement::of(jar)?;
    let (status, body) = match &agreement {
        Agreement::Agreed => (StatusCode::OK, agreed()),
        Agreement::None => (StatusCode::OK, html! {}),
        Agreement::Other => {
            (StatusCode::FORBIDDEN, forged("the seal is good, but what it seals is no agreement to this version"))
        }
        Agreement::Bad(error) => (StatusCode::FORBIDDEN, forged(told_apart(error))),
    };
    let body = html! {
        p { "The content is for who agrees to its license. That you did is in a cookie, which the server signed: you can
            read it, and nobody can write it without the key." }
        @if let Some(said) = said { (said) }
        (body)
        @if !matches!(agreement, Agreement::Agreed) {
            h2 { "The license" }
            p { "You may read what is behind this page, and tell others." }
            form method="post" action="/license/agree" { button { "I agree" } }
        }
        h2 { "Forge an agreement" }
        p { "Whoever has no key can try these. The server tells each from the real one." }
        form method="post" action="/license/forge" {
            fieldset {
                legend { "How" }
                div.choice { input #own type="radio" name="how" value="own-key" checked; label for="own" { "Sign it with a key of one's own" } }
                div.choice { input #other type="radio" name="how" value="other-text"; label for="other" { "Put it in front of the seal of another text" } }
                div.choice { input #none type="radio" name="how" value="no-seal"; label for="none" { "Leave the seal out" } }
            }
            button.plain { "Forge" }
        }
    };
    Ok(Page::new("License", body).status(status).respond(asked, jar))
}

fn agreed() -> Markup {
    html! {
        h2 { "The content" }
        p #content { "Hardtack is flour, water and salt, baked until nothing can happen to it any more." }
        form method="post" action="/license/withdraw" { button.plain { "Withdraw" } }
    }
}

fn forged(why: &str) -> Markup {
    html! { p.said.refused role="alert" #forged { "This agreement does not count: " (why) "." } }
}

fn told_apart(error: &OpenError) -> &'static str {
    match error {
        OpenError::Malformed => "it has no seal, or half of one. Somebody wrote it by hand",
        OpenError::UnknownKey => {
            "it was sealed with a key that is not this server's. It is forged, or older than this server's key"
        }
        OpenError::NotAuthentic => {
            "the seal is of this server, but for another text. It was changed after it was sealed"
        }
        OpenError::Expired => "it was good, and has expired",
        _ => "the seal is not good",
    }
}
