//! The store, behind a lock, with a clock.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use hardtack::CookieDate;
use hardtack::agent::{BundledList, Context, Profile, Store, Verdict};
use reqwest::Url;
use reqwest::cookie::CookieStore;
use reqwest::header::HeaderValue;

type Clock = Box<dyn Fn() -> CookieDate + Send + Sync>;
type Listener = Box<dyn Fn(&Url, &Verdict) + Send + Sync>;

/// Cookies for one client, or for several that share them: give an `Arc` of it to
/// [`cookie_provider`](reqwest::ClientBuilder::cookie_provider).
///
/// A panic elsewhere while the lock was held poisons nothing: the store is whole between two calls.
pub struct Jar {
    store: Mutex<Store<BundledList>>,
    clock: Clock,
    on_refused: Option<Listener>,
}

impl Jar {
    /// Returns an empty jar that keeps cookies as this user agent does, by the system's clock.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        Self::from_store(Store::with_suffixes(profile, BundledList))
    }

    /// Returns a jar of the cookies of a store, with its profile, limits and policies.
    #[must_use]
    pub fn from_store(store: Store<BundledList>) -> Self {
        Self { store: Mutex::new(store), clock: Box::new(|| SystemTime::now().into()), on_refused: None }
    }

    /// The same jar with another clock, which is asked once for each request and once for each response.
    ///
    /// ```
    /// use hardtack::CookieDate;
    /// use hardtack_reqwest::{Jar, Profile};
    ///
    /// let jar = Jar::new(Profile::Firefox)
    ///     .clock(|| CookieDate::from_unix_timestamp(1_800_000_000));
    /// # drop(jar);
    /// ```
    #[must_use]
    pub fn clock(self, clock: impl Fn() -> CookieDate + Send + Sync + 'static) -> Self {
        Self { clock: Box::new(clock), ..self }
    }

    /// The same jar, which tells of each cookie it does not keep.
    ///
    /// The lock is not held meanwhile: what is called may use the jar.
    #[must_use]
    pub fn on_refused(self, tell: impl Fn(&Url, &Verdict) + Send + Sync + 'static) -> Self {
        Self { on_refused: Some(Box::new(tell)), ..self }
    }

    /// Returns the store, locked until the guard is dropped: to look at its cookies, change them, save them.
    ///
    /// ```
    /// use hardtack_reqwest::{Jar, Profile};
    ///
    /// let jar = Jar::new(Profile::Chromium);
    /// assert_eq!(jar.store().len(), 0);
    /// jar.store().end_session();
    /// ```
    pub fn store(&self) -> MutexGuard<'_, Store<BundledList>> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CookieStore for Jar {
    fn set_cookies(&self, fields: &mut dyn Iterator<Item = &HeaderValue>, url: &Url) {
        // A URL without a host sets no cookies.
        let Ok(context) = Context::try_from(url) else {
            return;
        };
        let now = (self.clock)();
        let mut refused = Vec::new();
        {
            let mut store = self.store();
            for field in fields {
                let verdict = store.set(field.as_bytes(), &context, now);
                if verdict.refusal().is_some() && self.on_refused.is_some() {
                    refused.push(verdict);
                }
            }
        }
        if let Some(tell) = &self.on_refused {
            for verdict in &refused {
                tell(url, verdict);
            }
        }
    }

    fn cookies(&self, url: &Url) -> Option<HeaderValue> {
        let context = Context::try_from(url).ok()?;
        let field = self.store().cookie_field(&context, (self.clock)())?;
        // No control byte but HTAB is ever kept, which is all that a header value asks.
        let mut value = HeaderValue::try_from(field).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl fmt::Debug for Jar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jar").field("cookies", &self.store().len()).finish_non_exhaustive()
    }
}
