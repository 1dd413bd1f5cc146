//! Cookies in tests: those of a response, and a client that keeps them as a browser does (feature `test`).
//!
//! Nothing here opens a connection: it goes with [`actix_web::test`].

use core::time::Duration;
use std::time::SystemTime;

use actix_web::http::header::{COOKIE, HeaderMap, SET_COOKIE};
use actix_web::test::TestRequest;
use hardtack::agent::{Context, ContextError, Profile, Refusal, Store, StoredCookie, Verdict};
use hardtack::{CookieDate, CookieJar, ParseError, SetCookie};

/// Returns a jar whose changes are what a response sets.
///
/// # Errors
///
/// The [`ParseError`] of the first Set-Cookie field that no user agent reads, or that is not UTF-8.
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
    let mut jar = CookieJar::default();
    for field in headers.get_all(SET_COOKIE) {
        jar.set(SetCookie::parse(&*String::from_utf8_lossy(field.as_bytes()))?);
    }
    Ok(jar)
}

/// A client that keeps what responses set, and sends it with the next request, as a user agent does.
///
/// It takes the place of the browser in a test. Time stands still between two calls of [`wait`](Self::wait).
///
/// ```
/// use actix_web::test::{TestRequest, call_service, init_service};
/// use actix_web::{App, HttpResponse, web};
/// use hardtack::SetCookie;
/// use hardtack_actix::test::Agent;
/// use hardtack_actix::{CookieError, CookieMiddleware, SharedJar};
///
/// async fn count(jar: SharedJar) -> Result<HttpResponse, CookieError> {
///     let visits: u32 = jar.get("visits").and_then(|text| text.parse().ok()).unwrap_or(0);
///     jar.set(SetCookie::builder("visits", (visits + 1).to_string()).build()?)?;
///     Ok(HttpResponse::Ok().finish())
/// }
///
/// # #[actix_web::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let app = App::new().route("/", web::get().to(count)).wrap(CookieMiddleware::new());
/// let app = init_service(app).await;
/// let mut agent = Agent::new("https://shop.example")?;
/// for _ in 0..3 {
///     let request = agent.prepare("/", TestRequest::get())?.to_request();
///     let response = call_service(&app, request).await;
///     agent.receive("/", response.headers())?;
/// }
/// assert_eq!(agent.cookie("visits"), Some("3"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Agent {
    origin: String,
    store: Store,
    now: CookieDate,
    refused: Vec<Refusal>,
}

impl Agent {
    /// Returns a client without cookies, for requests to this origin: `https://shop.example`.
    ///
    /// # Errors
    ///
    /// A [`ContextError`] for what is no URL, one without a host, and one whose scheme is neither http nor https.
    pub fn new(origin: &str) -> Result<Self, ContextError> {
        let origin = origin.trim_end_matches('/').to_owned();
        Context::request(&origin).build()?;
        let now = SystemTime::now().into();
        Ok(Self { origin, store: Store::new(Profile::default()), now, refused: Vec::new() })
    }

    /// The same client, by the rules of another profile than that of RFC 6265bis, and without cookies.
    #[must_use]
    pub fn profile(self, profile: Profile) -> Self {
        Self { store: Store::new(profile), ..self }
    }

    /// The same client, at another time than that at which it was made.
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

    /// Gives a request for this path the cookies that a user agent would send with it.
    ///
    /// # Errors
    ///
    /// A [`ContextError`] for a path that makes no URL with the origin.
    pub fn prepare(&mut self, path: &str, request: TestRequest) -> Result<TestRequest, ContextError> {
        let field = self.store.cookie_field(&self.context(path)?, self.now);
        let request = request.uri(path);
        Ok(match field {
            Some(field) => request.insert_header((COOKIE, field)),
            None => request,
        })
    }

    /// Keeps what the response to a request for this path sets; returns what became of each Set-Cookie field.
    ///
    /// # Errors
    ///
    /// A [`ContextError`] for a path that makes no URL with the origin.
    pub fn receive(&mut self, path: &str, headers: &HeaderMap) -> Result<Vec<Verdict>, ContextError> {
        let context = self.context(path)?;
        let fields = headers.get_all(SET_COOKIE);
        let verdicts: Vec<_> = fields.map(|field| self.store.set(field.as_bytes(), &context, self.now)).collect();
        self.refused.extend(verdicts.iter().filter_map(Verdict::refusal).cloned());
        Ok(verdicts)
    }

    fn context(&self, path: &str) -> Result<Context, ContextError> {
        Context::request(&format!("{}{path}", self.origin)).build()
    }
}
