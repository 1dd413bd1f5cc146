//! What a response sets, and what it should.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt::{self, Write as _};

use crate::attribute::Attribute;
use crate::deleted::DELETED;
use crate::error::{BuildError, ParseError};
use crate::input::AsText;
use crate::jar::CookieJar;
use crate::set_cookie::SetCookie;
use crate::template::CookieTemplate;
use crate::text::Sealed as _;

/// What the Set-Cookie fields of a response say, to be compared with what they should.
///
/// ```
/// use hardtack::test::Answer;
/// use hardtack::{CookieTemplate, SameSite, SetCookie};
///
/// const SID: CookieTemplate = CookieTemplate::new("sid").http_only(true).checked();
///
/// let fields = ["theme=dark; Path=/; SameSite=Lax", "sid=31d4; Path=/; HttpOnly"];
/// let answer = Answer::of(fields);
/// let dark = SetCookie::builder("theme", "dark").same_site(SameSite::Lax).build()?;
/// answer.sets(&dark)?;
/// assert_eq!(answer.sets_by(&SID)?, "31d4");
///
/// let light = SetCookie::builder("theme", "light").same_site(SameSite::Strict).build()?;
/// assert_eq!(
///     answer.sets(&light).unwrap_err().to_string(),
///     "the response sets the cookie \"theme\" otherwise:\n  \
///      value: expected \"light\", found \"dark\"\n  \
///      SameSite: expected Strict, found Lax"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Answer {
    cookies: Vec<SetCookie<'static>>,
    /// The fields of which no cookie was read, and why.
    unread: Vec<(String, ParseError)>,
}

impl Answer {
    /// Returns what these Set-Cookie fields say. Octets that are not UTF-8 are read as U+FFFD.
    pub fn of<'f, H: ?Sized + AsText + 'f>(fields: impl IntoIterator<Item = &'f H>) -> Self {
        let mut answer = Self { cookies: Vec::new(), unread: Vec::new() };
        for field in fields {
            let text = String::from_utf8_lossy(field.as_text().bytes());
            match SetCookie::parse(&*text) {
                Ok(cookie) => answer.cookies.push(cookie.into_owned()),
                Err(error) => answer.unread.push((text.into_owned(), error)),
            }
        }
        answer
    }

    /// Compares a cookie with what is set: it must be there once, with this value and exactly these attributes.
    ///
    /// # Errors
    ///
    /// The [`Difference`] to what is set.
    pub fn sets(&self, expected: &SetCookie<'_>) -> Result<(), Difference> {
        let differences = differences(expected, self.like(expected)?);
        if differences.is_empty() { Ok(()) } else { Err(otherwise(expected.name(), &differences)) }
    }

    /// Compares the cookie of a template with what is set: it must be there once, with any value and exactly these
    /// attributes; returns the value.
    ///
    /// # Errors
    ///
    /// The [`Difference`] to what is set.
    pub fn sets_by(&self, template: &CookieTemplate<'_>) -> Result<&str, Difference> {
        // The value is not what it is about.
        let mut expected = built(template.name(), template.cookie("").build())?;
        let value = self.like(&expected)?.value();
        if value == DELETED {
            return Err(Difference(format!("the response deletes the cookie {:?}", template.name())));
        }
        expected.set_value(value).map_err(|error| Difference(error.to_string()))?;
        self.sets(&expected).map(|()| value)
    }

    /// Compares the tombstone of a template with what is set: it must be there once, with the template's Domain, Path
    /// and flags.
    ///
    /// # Errors
    ///
    /// The [`Difference`] to what is set.
    pub fn deletes(&self, template: &CookieTemplate<'_>) -> Result<(), Difference> {
        self.sets(&built(template.name(), template.tombstone().build())?)
    }

    /// Asks that nothing is said of a cookie of this name.
    ///
    /// # Errors
    ///
    /// A [`Difference`] that shows the field, where it is set or deleted.
    pub fn is_silent_about(&self, name: &str) -> Result<(), Difference> {
        match self.cookies.iter().find(|cookie| cookie.name() == name) {
            Some(cookie) => {
                Err(Difference(format!("the response should not speak of the cookie {name:?}, and says: {cookie}")))
            }
            None => Ok(()),
        }
    }

    /// Returns a jar whose changes are what is set.
    ///
    /// # Errors
    ///
    /// The [`ParseError`] of the first field that no user agent reads.
    ///
    /// ```
    /// use hardtack::test::Answer;
    ///
    /// let jar = Answer::of(["theme=dark", "sid=DELETED; Max-Age=0"]).into_jar()?;
    /// assert_eq!((jar.get("theme"), jar.get("sid")), (Some("dark"), None));
    /// # Ok::<(), hardtack::ParseError>(())
    /// ```
    pub fn into_jar(self) -> Result<CookieJar, ParseError> {
        if let Some((_, error)) = self.unread.into_iter().next() {
            return Err(error);
        }
        let mut jar = CookieJar::default();
        for cookie in self.cookies {
            jar.set(cookie);
        }
        Ok(jar)
    }

    /// The cookie that was expected, or one of its name that is most like it.
    fn like(&self, expected: &SetCookie<'_>) -> Result<&SetCookie<'static>, Difference> {
        let name = expected.name();
        let same: Vec<_> = self.cookies.iter().filter(|cookie| cookie.id() == expected.id()).collect();
        if let [_, _, ..] = *same {
            return Err(Difference(format!("the response sets the cookie {name:?} {} times", same.len())));
        }
        let named = self.cookies.iter().filter(|cookie| cookie.name() == name);
        let nearest = named.min_by_key(|cookie| differences(expected, cookie).len());
        same.first().copied().or(nearest).ok_or_else(|| self.without(name))
    }

    fn without(&self, name: &str) -> Difference {
        let mut message = format!("the response does not set the cookie {name:?}");
        if self.cookies.is_empty() {
            message += ", nor any other";
        } else {
            let names: Vec<_> = self.cookies.iter().map(|cookie| format!("{:?}", cookie.name())).collect();
            let _ = write!(message, "; it sets {}", names.join(", "));
        }
        for (text, error) in &self.unread {
            let _ = write!(message, "\n  no user agent reads {text:?}: {error}");
        }
        Difference(message)
    }
}

/// What a response sets otherwise than it should: a message for a failing test, with values.
///
/// Its Debug is the message, so that `unwrap` shows it as it is.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Difference(String);

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for Difference {}

fn built<C>(name: &str, built: Result<C, BuildError>) -> Result<C, Difference> {
    built.map_err(|error| Difference(format!("the template of {name:?} builds no cookie: {error}")))
}

fn otherwise(name: &str, differences: &[String]) -> Difference {
    let mut message = format!("the response sets the cookie {name:?} otherwise:");
    for difference in differences {
        let _ = write!(message, "\n  {difference}");
    }
    Difference(message)
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
