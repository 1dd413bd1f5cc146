//! What a response sets, and what it should.

use core::fmt::Write as _;

use hardtack::{Attribute, CookieTemplate, SetCookie};
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
    pass(sets(headers, expected));
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
    pass(sets_by(headers, template))
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
    pass(deletes(headers, template));
}

/// Asserts that a response says nothing of a cookie of this name.
///
/// # Panics
///
/// If it sets or deletes one; the message shows the field.
#[track_caller]
pub fn assert_unset(headers: &HeaderMap, name: &str) {
    pass(unset(headers, name));
}

#[track_caller]
#[allow(clippy::panic, reason = "an assertion panics")]
fn pass<R>(outcome: Result<R, String>) -> R {
    match outcome {
        Ok(passed) => passed,
        Err(message) => panic!("{message}"),
    }
}

fn sets(headers: &HeaderMap, expected: &SetCookie<'_>) -> Result<(), String> {
    let set = Set::of(headers);
    let found = set.like(expected)?;
    let differences = differences(expected, found);
    if differences.is_empty() { Ok(()) } else { Err(otherwise(expected.name(), &differences)) }
}

fn sets_by(headers: &HeaderMap, template: &CookieTemplate<'_>) -> Result<String, String> {
    let set = Set::of(headers);
    // The value is not what it is about.
    let mut expected = built(template.name(), template.cookie("").build())?;
    let value = set.like(&expected)?.value().to_owned();
    if value == hardtack::DELETED {
        return Err(format!("the response deletes the cookie {:?}", template.name()));
    }
    expected.set_value(value.clone()).map_err(|error| error.to_string())?;
    sets(headers, &expected).map(|()| value)
}

fn deletes(headers: &HeaderMap, template: &CookieTemplate<'_>) -> Result<(), String> {
    sets(headers, &built(template.name(), template.tombstone().build())?)
}

fn unset(headers: &HeaderMap, name: &str) -> Result<(), String> {
    match Set::of(headers).cookies.iter().find(|cookie| cookie.name() == name) {
        Some(cookie) => Err(format!("the response should not speak of the cookie {name:?}, and says: {cookie}")),
        None => Ok(()),
    }
}

fn built<C>(name: &str, built: Result<C, hardtack::BuildError>) -> Result<C, String> {
    built.map_err(|error| format!("the template of {name:?} builds no cookie: {error}"))
}

/// What the Set-Cookie fields of a response say.
struct Set {
    cookies: Vec<SetCookie<'static>>,
    /// The fields of which no cookie was read, and why.
    unread: Vec<String>,
}

impl Set {
    fn of(headers: &HeaderMap) -> Self {
        let mut set = Self { cookies: Vec::new(), unread: Vec::new() };
        for field in headers.get_all(SET_COOKIE) {
            let text = String::from_utf8_lossy(field.as_bytes());
            match SetCookie::parse(&*text) {
                Ok(cookie) => set.cookies.push(cookie.into_owned()),
                Err(error) => set.unread.push(format!("{text:?}: {error}")),
            }
        }
        set
    }

    /// The cookie that was expected, or one of its name that is most like it.
    fn like(&self, expected: &SetCookie<'_>) -> Result<&SetCookie<'static>, String> {
        let name = expected.name();
        let same: Vec<_> = self.cookies.iter().filter(|cookie| cookie.id() == expected.id()).collect();
        if let [_, _, ..] = *same {
            return Err(format!("the response sets the cookie {name:?} {} times", same.len()));
        }
        let named = self.cookies.iter().filter(|cookie| cookie.name() == name);
        let nearest = named.min_by_key(|cookie| differences(expected, cookie).len());
        same.first().copied().or(nearest).ok_or_else(|| self.without(name))
    }

    fn without(&self, name: &str) -> String {
        let mut message = format!("the response does not set the cookie {name:?}");
        if self.cookies.is_empty() {
            message += ", nor any other";
        } else {
            let names: Vec<_> = self.cookies.iter().map(|cookie| format!("{:?}", cookie.name())).collect();
            let _ = write!(message, "; it sets {}", names.join(", "));
        }
        for unread in &self.unread {
            let _ = write!(message, "\n  no user agent reads {unread}");
        }
        message
    }
}

fn otherwise(name: &str, differences: &[String]) -> String {
    let mut message = format!("the response sets the cookie {name:?} otherwise:");
    for difference in differences {
        let _ = write!(message, "\n  {difference}");
    }
    message
}

/// What differs, a line each.
fn differences(expected: &SetCookie<'_>, found: &SetCookie<'_>) -> Vec<String> {
    let quoted = |text: &str| format!("{text:?}");
    let flag = |flag: bool| flag.then(|| "it".to_owned());
    let rows = [
        ("value", Some(quoted(expected.value())), Some(quoted(found.value()))),
        ("Expires", expected.expires().map(|date| date.to_string()), found.expires().map(|date| date.to_string())),
        ("Max-Age", expected.max_age().map(seconds), found.max_age().map(seconds)),
        ("Domain", expected.domain().map(ToOwned::to_owned), found.domain().map(ToOwned::to_owned)),
        ("Path", expected.path().map(ToOwned::to_owned), found.path().map(ToOwned::to_owned)),
        ("Secure", flag(expected.secure()), flag(found.secure())),
        ("HttpOnly", flag(expected.http_only()), flag(found.http_only())),
        ("SameSite", expected.same_site().map(|to| to.to_string()), found.same_site().map(|to| to.to_string())),
        ("Partitioned", flag(expected.partitioned()), flag(found.partitioned())),
        ("Priority", expected.priority().map(|it| it.to_string()), found.priority().map(|it| it.to_string())),
        ("other attributes", extensions(expected), extensions(found)),
    ];
    let differing = rows.into_iter().filter(|(_, expected, found)| expected != found);
    let said = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
    let mut differing: Vec<_> = differing
        .map(|(part, expected, found)| format!("{part}: expected {}, found {}", said(expected), said(found)))
        .collect();
    // No attribute that the model learns passes for lack of a row.
    if differing.is_empty() && expected != found {
        differing.push(format!("expected {expected}, found {found}"));
    }
    differing
}

fn seconds(age: core::time::Duration) -> String {
    format!("{} s", age.as_secs())
}

fn extensions(cookie: &SetCookie<'_>) -> Option<String> {
    let text = |attribute: &Attribute<'_>| match attribute.value() {
        Some(value) => format!("{}={value}", attribute.name()),
        None => attribute.name().to_owned(),
    };
    let all: Vec<_> = cookie.extensions().iter().map(text).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

#[cfg(test)]
mod tests {
    use hardtack::{CookieTemplate, SameSite, SetCookie};
    use http::{HeaderMap, HeaderValue, header::SET_COOKIE};

    use super::{deletes, sets, sets_by, unset};

    fn headers(fields: &[&'static str]) -> HeaderMap {
        fields.iter().map(|field| (SET_COOKIE, HeaderValue::from_static(field))).collect()
    }

    #[test]
    fn the_message_says_what_differs() {
        let expected = SetCookie::builder("sid", "31d4")
            .secure(true)
            .same_site(SameSite::Lax)
            .max_age(core::time::Duration::from_secs(60))
            .flag("Note=x")
            .build()
            .unwrap_or_else(|error| unreachable!("{error}"));
        let rows: &[(&[&'static str], Result<(), &str>)] = &[
            (&["sid=31d4; Path=/; Secure; SameSite=Lax; Max-Age=60; Note=x"], Ok(())),
            (
                &["a=1", "sid=31d4; note=x; max-age=60; samesite=lax; secure; path=/"],
                Err("the response sets the cookie \"sid\" otherwise:\n  \
                 other attributes: expected Note=x, found note=x"),
            ),
            (&[], Err("the response does not set the cookie \"sid\", nor any other")),
            (
                &["a=1", "Sid=31d4", "sid=\x09\t"],
                Err("the response sets the cookie \"sid\" otherwise:\n  \
                 value: expected \"31d4\", found \"\"\n  Max-Age: expected 60 s, found none\n  \
                 Path: expected /, found none\n  Secure: expected it, found none\n  \
                 SameSite: expected Lax, found none\n  other attributes: expected Note=x, found none"),
            ),
            (
                &["a=1", "="],
                Err("the response does not set the cookie \"sid\"; it sets \"a\"\n  no user agent reads \"=\": \
                 the cookie has neither a name nor a value, for which user agents drop it; write name=value"),
            ),
            (
                &["sid=31d4; Path=/app; Secure; SameSite=Lax; Max-Age=60; Note=x"],
                Err("the response sets the cookie \"sid\" otherwise:\n  Path: expected /, found /app"),
            ),
            (
                &["sid=31d4; Path=/; Secure; SameSite=Lax; Max-Age=60; Priority=Low; Note=x"],
                Err("the response sets the cookie \"sid\" otherwise:\n  Priority: expected none, found Low"),
            ),
            (&["sid=1; Path=/", "sid=2; Path=/"], Err("the response sets the cookie \"sid\" 2 times")),
            (
                &[
                    "sid=31d4; Path=/; Secure; SameSite=Lax; Max-Age=60; Note=x; Partitioned",
                    "sid=1; Path=/x; HttpOnly",
                ],
                Err("the response sets the cookie \"sid\" otherwise:\n  Partitioned: expected none, found it"),
            ),
        ];
        for (fields, outcome) in rows {
            assert_eq!(sets(&headers(fields), &expected), outcome.map_err(ToOwned::to_owned), "{fields:?}");
        }
    }

    #[test]
    fn a_template_says_the_attributes() {
        const SID: CookieTemplate<'_> = CookieTemplate::new("sid").path("/app").http_only(true).checked();
        const GONE: &str = "sid=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/app; HttpOnly";
        let set = headers(&["sid=a b; Path=/app; HttpOnly"]);
        let gone = headers(&[GONE]);
        let refused = |message: &str| Err(message.to_owned());
        assert_eq!(sets_by(&set, &SID), Ok("a b".to_owned()));
        assert_eq!(
            deletes(&set, &SID),
            refused(
                "the response sets the cookie \"sid\" otherwise:\n  value: expected \"DELETED\", found \"a b\"\n  \
                 Expires: expected Thu, 01 Jan 1970 00:00:00 GMT, found none\n  Max-Age: expected 0 s, found none"
            )
        );
        assert_eq!(
            sets_by(&headers(&["sid=1; Path=/app"]), &SID).map(drop),
            refused("the response sets the cookie \"sid\" otherwise:\n  HttpOnly: expected it, found none")
        );
        assert_eq!(deletes(&gone, &SID), Ok(()));
        assert_eq!(sets_by(&gone, &SID).map(drop), refused("the response deletes the cookie \"sid\""));
        assert_eq!(
            unset(&gone, "sid"),
            Err(format!("the response should not speak of the cookie \"sid\", and says: {GONE}"))
        );
        assert_eq!(unset(&gone, "theme"), Ok(()));
    }
}
