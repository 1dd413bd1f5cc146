//! What a response sets, and what it should.

use actix_web::http::header::{HeaderMap, HeaderValue, SET_COOKIE};
use hardtack::test::{Answer, Difference};
use hardtack::{CookieJar, CookieTemplate, ParseError, SetCookie};

/// Asserts that a response sets a cookie, with this value and exactly these attributes.
///
/// # Panics
///
/// If it does not; the message says what differs.
///
/// ```
/// use hardtack::{SameSite, SetCookie};
/// use hardtack_actix::test::assert_sets;
/// use actix_web::HttpResponse;
///
/// let response = HttpResponse::Ok()
///     .append_header(("set-cookie", "theme=dark; Path=/; SameSite=Lax"))
///     .finish();
///
/// let dark = SetCookie::builder("theme", "dark").same_site(SameSite::Lax).build()?;
/// assert_sets(response.headers(), &dark);
/// # Ok::<(), hardtack::BuildError>(())
/// ```
///
/// ```should_panic
/// # use hardtack::{SameSite, SetCookie};
/// # use hardtack_actix::test::assert_sets;
/// # use actix_web::HttpResponse;
/// # let response = HttpResponse::Ok()
/// #     .append_header(("set-cookie", "theme=dark; Path=/; SameSite=Lax"))
/// #     .finish();
/// // the response sets the cookie "theme" otherwise:
/// //   value: expected "light", found "dark"
/// //   SameSite: expected Strict, found Lax
/// let light = SetCookie::builder("theme", "light").same_site(SameSite::Strict).build()?;
/// assert_sets(response.headers(), &light);
/// # Ok::<(), hardtack::BuildError>(())
/// ```
#[track_caller]
pub fn assert_sets(headers: &HeaderMap, expected: &SetCookie<'_>) {
    pass(answer(headers).sets(expected));
}

/// Asserts that a response sets the cookie of a template, with any value and exactly these attributes; returns the value.
///
/// # Panics
///
/// If it does not; the message says what differs.
///
/// ```
/// use hardtack::CookieTemplate;
/// use hardtack_actix::test::assert_sets_by;
/// use actix_web::HttpResponse;
///
/// const SID: CookieTemplate = CookieTemplate::new("sid").http_only(true).checked();
///
/// let set = ("set-cookie", "sid=31d4; Path=/; HttpOnly");
/// let response = HttpResponse::Ok().append_header(set).finish();
/// assert_eq!(assert_sets_by(response.headers(), &SID), "31d4");
/// ```
#[track_caller]
#[allow(clippy::must_use_candidate, reason = "the assertion is what it is called for")]
pub fn assert_sets_by(headers: &HeaderMap, template: &CookieTemplate<'_>) -> String {
    pass(answer(headers).sets_by(template).map(ToOwned::to_owned))
}

/// Asserts that a response deletes the cookie of a template: sets its tombstone, with its Domain, Path and flags.
///
/// # Panics
///
/// If it does not; the message says what differs.
///
/// ```
/// use hardtack::CookieTemplate;
/// use hardtack_actix::test::assert_deletes;
/// use actix_web::HttpResponse;
/// use hardtack_actix::WithCookies;
///
/// const SID: CookieTemplate = CookieTemplate::new("sid").path("/app").checked();
///
/// let response = HttpResponse::Ok().with_cookie(SID.tombstone().build()?).finish();
/// assert_deletes(response.headers(), &SID);
/// # Ok::<(), hardtack::BuildError>(())
/// ```
#[track_caller]
pub fn assert_deletes(headers: &HeaderMap, template: &CookieTemplate<'_>) {
    pass(answer(headers).deletes(template));
}

/// Asserts that a response says nothing of a cookie of this name.
///
/// # Panics
///
/// If it sets or deletes one; the message shows the field.
#[track_caller]
pub fn assert_unset(headers: &HeaderMap, name: &str) {
    pass(answer(headers).is_silent_about(name));
}

/// Returns a jar whose changes are what a response sets.
///
/// # Errors
///
/// The [`ParseError`] of the first Set-Cookie field that no user agent reads.
///
/// ```
/// use actix_web::HttpResponse;
/// use hardtack::SetCookie;
/// use hardtack_actix::{WithCookies, test::jar};
///
/// let theme = SetCookie::builder("theme", "dark").build()?;
/// let response = HttpResponse::Ok().with_cookie(theme.clone()).finish();
///
/// let jar = jar(response.headers())?;
/// assert_eq!(jar.get("theme"), Some("dark"));
/// assert_eq!(jar.changes().get("theme"), Some(&theme));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn jar(headers: &HeaderMap) -> Result<CookieJar, ParseError> {
    answer(headers).into_jar()
}

fn answer(headers: &HeaderMap) -> Answer {
    Answer::of(headers.get_all(SET_COOKIE).map(HeaderValue::as_bytes))
}

#[track_caller]
#[allow(clippy::panic, reason = "an assertion panics")]
fn pass<R>(outcome: Result<R, Difference>) -> R {
    match outcome {
        Ok(passed) => passed,
        Err(difference) => panic!("{difference}"),
    }
}
