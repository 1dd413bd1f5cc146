//! What is done to the cookies that pass.

use std::borrow::Cow;
use std::fmt::Write as _;

use hardtack::{BuildError, CookieTemplate, Cookies, SetCookie, join_fields};
use http::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};

/// The cookie by which a user stays with an upstream. Its value is the upstream's number: who changes it changes whom
/// they ask, and no more.
const UPSTREAM: CookieTemplate = CookieTemplate::new("upstream").http_only(true).checked();

/// What is done to the cookies that pass. What it does not speak of passes octet for octet.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    take_out: Vec<String>,
    // Empty to leave Domain out.
    domain: Option<String>,
    path: Option<(String, String)>,
    secure: bool,
}

impl Plan {
    /// Returns the plan that changes nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No upstream sees the cookies of this name.
    #[must_use]
    pub fn take_out(mut self, name: String) -> Self {
        self.take_out.push(name);
        self
    }

    /// Where a cookie has a Domain, it gets this one; none where this is empty.
    ///
    /// # Errors
    ///
    /// A Domain that a server should not send.
    pub fn domain(mut self, domain: String) -> Result<Self, BuildError> {
        if !domain.is_empty() {
            SetCookie::builder("a", "").domain(&domain).build()?;
        }
        self.domain = Some(domain);
        Ok(self)
    }

    /// Where a cookie's Path is `from` or below it, that part of it becomes `to`.
    ///
    /// # Errors
    ///
    /// A Path that a server should not send.
    pub fn path(mut self, from: &str, to: &str) -> Result<Self, BuildError> {
        for path in [from, to] {
            SetCookie::builder("a", "").path(path).build()?;
        }
        self.path = Some((from.to_owned(), to.to_owned()));
        Ok(self)
    }

    /// Whether Secure is added to every cookie.
    #[must_use]
    pub fn secure(mut self, secure: bool) -> Self {
        self.secure = secure;
        self
    }

    /// The Cookie fields of a request become the one that the upstream is to see; returns which upstream the user stays
    /// with, by its number. The names of what was sent are told to the log.
    pub fn request(&self, headers: &mut HeaderMap, log: &mut String) -> Option<usize> {
        let mut fields = headers.get_all(COOKIE).iter();
        let (first, further) = (fields.next()?, fields.next());
        let joined = match further {
            Some(_) => join_fields(headers.get_all(COOKIE)),
            None => Cow::Borrowed(first.as_bytes()),
        };
        let cookies = Cookies::new(&joined);
        log.reserve(joined.len() / 2);
        let mut upstream = None;
        let kept = cookies.retain(|pair| {
            let name = pair.name();
            tell(log, name);
            if name == UPSTREAM.name().as_bytes() {
                // Of several the first counts.
                upstream = upstream.or(Some(pair.value()));
                return false;
            }
            self.take_out.iter().all(|out| out.as_bytes() != name)
        });
        let upstream = upstream.and_then(|number| str::from_utf8(number).ok()?.parse().ok());
        if further.is_some() || kept.len() < joined.len() {
            // Made of header values and `; `: it is one.
            let field = HeaderValue::try_from(kept.into_owned()).ok().filter(|field| !field.is_empty());
            match field {
                Some(mut field) => {
                    field.set_sensitive(true);
                    headers.insert(COOKIE, field);
                }
                None => drop(headers.remove(COOKIE)),
            }
        }
        upstream
    }

    /// The Set-Cookie fields of a response become what the user agent is to see; their names are told to the log. One that
    /// no user agent keeps passes as it is, and the log has the reason.
    pub fn response(&self, headers: &mut HeaderMap, log: &mut String) {
        if !headers.contains_key(SET_COOKIE) {
            return;
        }
        log.reserve(64);
        for field in headers.iter_mut().filter_map(|(name, field)| (*name == SET_COOKIE).then_some(field)) {
            let changed = match SetCookie::parse(&*field) {
                Ok(mut cookie) => {
                    tell(log, cookie.name());
                    self.change(&mut cookie).then(|| HeaderValue::from(cookie))
                }
                Err(error) => {
                    separate(log);
                    // Text takes whatever is written.
                    let _written = write!(log, "<{} octets: {error}>", field.len());
                    None
                }
            };
            if let Some(changed) = changed {
                *field = changed;
            }
        }
    }

    /// The cookie as it goes on; returns whether that is not as it came.
    fn change(&self, cookie: &mut SetCookie<'_, [u8]>) -> bool {
        let mut changes = false;
        if let Some(domain) = &self.domain
            && cookie.domain().is_some_and(|given| given != domain.as_bytes())
        {
            changes |= cookie.set_domain(Some(domain.as_bytes()).filter(|domain| !domain.is_empty())).is_ok();
        }
        if let Some(path) = self.moved(cookie.path()) {
            changes |= cookie.set_path(Some(&path)).is_ok();
        }
        if self.secure && !cookie.secure() {
            cookie.set_secure(true);
            changes = true;
        }
        changes
    }

    /// The Path with its beginning in the place it has for the user agent.
    fn moved(&self, path: Option<&[u8]>) -> Option<Cow<'_, [u8]>> {
        let (from, to) = self.path.as_ref()?;
        let (from, to) = (from.trim_end_matches('/'), to.trim_end_matches('/'));
        let below = path?.strip_prefix(from.as_bytes())?;
        match below {
            [] if to.is_empty() => Some(Cow::Borrowed(b"/")),
            [] => Some(Cow::Borrowed(to.as_bytes())),
            [b'/', ..] => Some(Cow::Owned([to.as_bytes(), below].concat())),
            _ => None,
        }
    }

    /// Appends the field that keeps a user with an upstream. A response with so many fields that no more fit is passed on
    /// as it is.
    pub fn stay_with(&self, upstream: usize, headers: &mut HeaderMap, log: &mut String) {
        let Ok(cookie) = UPSTREAM.cookie(upstream.to_string()).secure(self.secure).build() else {
            return;
        };
        if headers.try_append(SET_COOKIE, HeaderValue::from(cookie)).is_ok() {
            tell(log, UPSTREAM.name().as_bytes());
        }
    }
}

/// Tells the log the name of a cookie. What is no printable ASCII is escaped, so that a line of the log is one.
fn tell(log: &mut String, name: &[u8]) {
    separate(log);
    match str::from_utf8(name) {
        Ok(plain) if name.iter().all(|byte| matches!(byte, b' '..=b'~')) => log.push_str(plain),
        _ => {
            let _written = write!(log, "{}", name.escape_ascii());
        }
    }
}

fn separate(log: &mut String) {
    if !log.is_empty() {
        log.push_str("; ");
    }
}
