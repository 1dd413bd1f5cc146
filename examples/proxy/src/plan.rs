//! What is done to the cookies that pass.

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
    /// with, by its number.
    pub fn request(&self, headers: &mut HeaderMap) -> Option<usize> {
        let fields = headers.get_all(COOKIE);
        fields.iter().next()?;
        let joined = join_fields(fields);
        let cookies = Cookies::new(&joined);
        let upstream = UPSTREAM.get(&cookies).and_then(|number| str::from_utf8(number).ok()?.parse().ok());
        let taken =
            |name: &[u8]| name == UPSTREAM.name().as_bytes() || self.take_out.iter().any(|out| out.as_bytes() == name);
        let kept = cookies.retain(|pair| !taken(pair.name()));
        if headers.get_all(COOKIE).iter().nth(1).is_some() || kept.len() < joined.len() {
            // Made of header values and `; `: it is one.
            let field = HeaderValue::from_bytes(&kept).ok().filter(|field| !field.is_empty());
            headers.remove(COOKIE);
            if let Some(mut field) = field {
                field.set_sensitive(true);
                headers.insert(COOKIE, field);
            }
        }
        upstream
    }

    /// The Set-Cookie fields of a response become what the user agent is to see. One that no user agent keeps passes as
    /// it is.
    pub fn response(&self, headers: &mut HeaderMap) {
        if self.domain.is_none() && self.path.is_none() && !self.secure {
            return;
        }
        for field in headers.iter_mut().filter_map(|(name, field)| (*name == SET_COOKIE).then_some(field)) {
            let changed = SetCookie::parse(&*field).ok().and_then(|cookie| self.changed(cookie));
            if let Some(changed) = changed {
                *field = changed;
            }
        }
    }

    /// The cookie as it goes on, if that is not as it came.
    fn changed(&self, mut cookie: SetCookie<'_, [u8]>) -> Option<HeaderValue> {
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
        changes.then(|| cookie.into())
    }

    /// The Path with its beginning in the place it has for the user agent.
    fn moved(&self, path: Option<&[u8]>) -> Option<Vec<u8>> {
        let (from, to) = self.path.as_ref()?;
        let (from, to) = (from.trim_end_matches('/'), to.trim_end_matches('/'));
        let below = path?.strip_prefix(from.as_bytes())?;
        if !below.is_empty() && !below.starts_with(b"/") {
            return None;
        }
        let moved = [to.as_bytes(), below].concat();
        Some(if moved.is_empty() { b"/".to_vec() } else { moved })
    }

    /// The field that keeps a user with an upstream.
    #[must_use]
    pub fn stay_with(&self, upstream: usize) -> Option<HeaderValue> {
        let cookie = UPSTREAM.cookie(upstream.to_string()).secure(self.secure).build().ok()?;
        Some(cookie.into())
    }
}
