//! How often you came.

use axum::Form;
use axum::response::Response;
use hardtack::{BuildError, CookieTemplate, SameSite};
use hardtack_axum::SharedJar;
use maud::html;
use serde::Deserialize;

use crate::error::Failure;
use crate::likes::LONGEST;
use crate::page::{Page, Said};
use crate::wire::Asked;

const VISITS: CookieTemplate<'_> = CookieTemplate::new("visits").same_site(SameSite::Lax).max_age(LONGEST).checked();

#[derive(Deserialize)]
pub(crate) struct Edit {
    value: String,
}

/// The count a value says; none unless this page could have written it: `+7`, `007` and numbers without end start over.
fn count_of(value: &[u8]) -> Option<u32> {
    let text = str::from_utf8(value).ok()?;
    text.parse().ok().filter(|count: &u32| count.to_string() == text)
}

pub(crate) async fn count(asked: Asked, jar: SharedJar) -> Result<Response, Failure> {
    let value = jar.get_bytes(VISITS.name());
    let before = value.as_deref().and_then(count_of).and_then(|count| count.checked_add(1));
    let visits = before.unwrap_or(1);
    jar.set(VISITS.cookie(visits.to_string()).build()?)?;
    let said = (value.is_some() && before.is_none())
        .then(|| Said::done("The cookie did not hold a count that this page wrote, so the count starts over."));
    Ok(page(&asked, &jar, said, Some(visits)))
}

pub(crate) async fn edit(asked: Asked, jar: SharedJar, Form(Edit { value }): Form<Edit>) -> Result<Response, Failure> {
    let said = match VISITS.cookie(value).build() {
        Ok(cookie) => {
            jar.set(cookie)?;
            Said::done("The cookie holds what you typed. Come again, and see what becomes of it.")
        }
        Err(error @ (BuildError::InvalidByte { .. } | BuildError::PairTooLong { .. } | BuildError::ReservedValue)) => {
            Said::refused(format!("Not set: {error}."))
        }
        Err(error) => return Err(error.into()),
    };
    Ok(page(&asked, &jar, Some(said), None))
}

pub(crate) async fn forget(asked: Asked, jar: SharedJar) -> Result<Response, Failure> {
    jar.delete(VISITS.tombstone().build()?)?;
    Ok(page(&asked, &jar, Some(Said::done("Forgotten. The next visit is your first.")), None))
}

fn page(asked: &Asked, jar: &SharedJar, said: Option<Said>, visits: Option<u32>) -> Response {
    let status = said.as_ref().map_or(http::StatusCode::OK, Said::status);
    let body = html! {
        p { "Your browser keeps the count, and sends it with each visit. Nobody signs it: whoever has the cookie may write
            what they like." }
        @if let Some(visits) = visits {
            p.big #visits { @if visits == 1 { "Your first visit" } @else { "Visit " (visits) } }
        }
        @if let Some(said) = said { (said) }
        p { a href="/visits" { "Come again" } }
        h2 { "Change the cookie by hand" }
        form method="post" action="/visits/edit" {
            div.row {
                div.field {
                    label for="value" { "Value of the cookie" }
                    input #value type="text" name="value" value="many" autocomplete="off";
                }
                button { "Change" }
            }
        }
        form method="post" action="/visits/forget" { button.plain { "Forget me" } }
    };
    Page::new("Visits", body).status(status).respond(asked, jar)
}

#[cfg(test)]
mod tests {
    use super::count_of;

    #[test]
    fn only_what_this_page_writes_is_a_count() {
        let rows: [(&[u8], Option<u32>); 10] = [
            (b"0", Some(0)),
            (b"41", Some(41)),
            (b"4294967295", Some(u32::MAX)),
            (b"4294967296", None),
            (b"007", None),
            (b"+7", None),
            (b"-1", None),
            (b"1e3", None),
            (b"many", None),
            (b"\xFF", None),
        ];
        for (value, count) in rows {
            assert_eq!(count_of(value), count, "{}", value.escape_ascii());
        }
    }
}
