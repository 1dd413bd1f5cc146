//! A client that keeps cookies.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use crate::agent::{Context, ContextError, Profile, Refusal, Store, StoredCookie, Verdict};
use crate::date::CookieDate;
use crate::input::AsText;
use crate::text::Sealed as _;

/// A client that keeps what responses set, and sends it with the next request, as a user agent does.
///
/// It takes the place of the browser in a test. Time stands still between two calls of [`wait`](Self::wait).
///
/// ```
/// use core::time::Duration;
/// use hardtack::CookieDate;
/// use hardtack::test::Agent;
///
/// let now = CookieDate::from_unix_timestamp(1_800_000_000);
/// let mut agent = Agent::new("https://shop.example", now)?;
/// agent.receive("/login", ["sid=31d4; Path=/; Max-Age=60; Secure"])?;
/// assert_eq!(agent.cookie_field("/cart")?.as_deref(), Some("sid=31d4".as_bytes()));
///
/// agent.wait(Duration::from_secs(60));
/// assert_eq!(agent.cookie_field("/cart")?, None);
/// # Ok::<(), hardtack::agent::ContextError>(())
/// ```
#[derive(Clone)]
pub struct Agent {
    origin: String,
    store: Store,
    now: CookieDate,
    refused: Vec<Refusal>,
}

impl Agent {
    /// Returns a client without cookies, for requests to this origin, `https://shop.example`, at this time.
    ///
    /// # Errors
    ///
    /// A [`ContextError`] for what is no URL, one without a host, and one whose scheme is neither http nor https.
    pub fn new(origin: &str, now: impl Into<CookieDate>) -> Result<Self, ContextError> {
        let origin = origin.trim_end_matches('/').to_string();
        Context::request(&origin).build()?;
        Ok(Self { origin, store: Store::new(Profile::default()), now: now.into(), refused: Vec::new() })
    }

    /// The same client, by the rules of another profile than that of RFC 6265bis, and without cookies.
    #[must_use]
    pub fn profile(self, profile: Profile) -> Self {
        Self { store: Store::new(profile), ..self }
    }

    /// The same client, at another time.
    #[must_use]
    pub fn at(self, now: impl Into<CookieDate>) -> Self {
        Self { now: now.into(), ..self }
    }

    /// Lets time pass.
    pub fn wait(&mut self, time: Duration) {
        self.now = self.now + time;
    }

    /// Returns the value of the cookie of this name that is kept and has not expired, if it is UTF-8; of several the
    /// first that was set.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let is_it = |cookie: &&StoredCookie| cookie.name == name.as_bytes() && !cookie.is_expired(self.now);
        self.store.iter().find(is_it).and_then(|cookie| str::from_utf8(&cookie.value).ok())
    }

    /// Returns the cookies that are kept.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Returns the cookies that are kept, to change them.
    pub const fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Returns why cookies were refused that responses set, in order.
    ///
    /// A test that all are kept asserts that there is none.
    #[must_use]
    pub fn refused(&self) -> &[Refusal] {
        &self.refused
    }

    /// Returns the Cookie field that a user agent would send with a request for this target: a path of the origin,
    /// `/cart?a=1`, or a URL.
    ///
    /// # Errors
    ///
    /// A [`ContextError`] for a target that makes no URL.
    pub fn cookie_field(&mut self, target: &str) -> Result<Option<Vec<u8>>, ContextError> {
        Ok(self.store.cookie_field(&self.context(target)?, self.now))
    }

    /// Keeps what the response to a request for this target sets; returns what became of each Set-Cookie field.
    ///
    /// # Errors
    ///
    /// A [`ContextError`] for a target that makes no URL.
    pub fn receive<'f, H: ?Sized + AsText + 'f>(
        &mut self,
        target: &str,
        fields: impl IntoIterator<Item = &'f H>,
    ) -> Result<Vec<Verdict>, ContextError> {
        let context = self.context(target)?;
        let fields = fields.into_iter();
        let verdicts: Vec<_> =
            fields.map(|field| self.store.set(field.as_text().bytes(), &context, self.now)).collect();
        self.refused.extend(verdicts.iter().filter_map(Verdict::refusal).cloned());
        Ok(verdicts)
    }

    fn context(&self, target: &str) -> Result<Context, ContextError> {
        if target.starts_with('/') {
            return Context::request(&format!("{}{target}", self.origin)).build();
        }
        Context::request(target).build()
    }
}

/// Values are shown by their length alone.
impl fmt::Debug for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Agent")
            .field("cookies", &self.store.iter().collect::<Vec<_>>())
            .field("now", &self.now)
            .field("refused", &self.refused)
            .finish_non_exhaustive()
    }
}
