//! What a response sets, and what it should.

use hardtack::test::{Answer, Difference};
use hardtack::{CookieTemplate, SetCookie};
use http::HeaderMap;
use http::header::SET_COOKIE;

/// Asserts that a response sets a cookie, with this value and exactly these attributes.
///
/// # Panics
///
/// If it does not; the message says what differs.
///
/// ```
/// use hardtack::{SameSite, SetCookie};
/// use hardtack_axum::test::assert_sets;
/// use http::{HeaderMap, HeaderValue, header::SET_COOKIE};
///
/// let mut headers = HeaderMap::new();
/// headers.append(SET_COOKIE, HeaderValue::from_static("theme=dark; Path=/; SameSite=Lax"));
///
/// let dark = SetCookie::builder("theme", "dark").same_site(SameSite::Lax).build()?;
/// assert_sets(&headers, &dark);
/// # Ok::<(), hardtack::BuildError>(())
/// ```
///
/// ```should_panic
/// # use hardtack::{SameSite, SetCookie};
/// # use hardtack_axum::test::assert_sets;
/// # use http::{HeaderMap, HeaderValue, header::SET_COOKIE};
/// # let mut headers = HeaderMap::new();
/// # headers.append(SET_COOKIE, HeaderValue::from_static("theme=dark; Path=/; SameSite=Lax"));
/// // the response sets the cookie "theme" otherwise:
/// //   value: expected "light", found "dark"
/// //   SameSite: expected Strict, found Lax
/// let light = SetCookie::builder("theme", "light").same_site(SameSite::Strict).build()?;
/// assert_sets(&headers, &light);
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
/// use hardtack_axum::test::assert_sets_by;
/// use http::{HeaderMap, HeaderValue, header::SET_COOKIE};
///
/// const SID: CookieTemplate = CookieTemplate::new("sid").http_only(true).checked();
///
/// let mut headers = HeaderMap::new();
/// headers.append(SET_COOKIE, HeaderValue::from_static("sid=31d4; Path=/; HttpOnly"));
/// assert_eq!(assert_sets_by(&headers, &SID), "31d4");
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
/// use hardtack_axum::test::assert_deletes;
/// use http::{HeaderMap, header::SET_COOKIE};
///
/// const SID: CookieTemplate = CookieTemplate::new("sid").path("/app").checked();
///
/// let mut headers = HeaderMap::new();
/// headers.append(SET_COOKIE, SID.tombstone().build()?.into());
/// assert_deletes(&headers, &SID);
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

fn answer(headers: &HeaderMap) -> Answer {
    Answer::of(headers.get_all(SET_COOKIE))
}

#[track_caller]
#[allow(clippy::panic, reason = "an assertion panics")]
fn pass<R>(outcome: Result<R, Difference>) -> R {
    match outcome {
        Ok(passed) => passed,
        Err(difference) => panic!("{difference}"),
    }
}
