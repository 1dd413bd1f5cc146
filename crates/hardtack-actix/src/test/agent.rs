//! A client that keeps cookies.

use core::ops::{Deref, DerefMut};
use std::time::SystemTime;

use actix_web::http::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use actix_web::test::TestRequest;
use hardtack::CookieDate;
use hardtack::agent::{ContextError, Profile, Verdict};

/// A client that keeps what responses set, and sends it with the next request, as a user agent does.
///
/// It takes the place of the browser in a test. It is [`hardtack::test::Agent`] in what it keeps and refuses; time stands
/// still between two calls of its `wait`.
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
pub struct Agent(hardtack::test::Agent);

impl Agent {
    /// Returns a client without cookies, for requests to this origin: `https://shop.example`.
    ///
    /// # Errors
    ///
    /// A [`ContextError`] for what is no URL, one without a host, and one whose scheme is neither http nor https.
    pub fn new(origin: &str) -> Result<Self, ContextError> {
        hardtack::test::Agent::new(origin, SystemTime::now()).map(Self)
    }

    /// The same client, by the rules of another profile than that of RFC 6265bis, and without cookies.
    #[must_use]
    pub fn profile(self, profile: Profile) -> Self {
        Self(self.0.profile(profile))
    }

    /// The same client, at another time than that at which it was made.
    #[must_use]
    pub fn at(self, now: impl Into<CookieDate>) -> Self {
        Self(self.0.at(now))
    }

    /// Gives a request for this path the cookies that a user agent would send with it.
    ///
    /// # Errors
    ///
    /// A [`ContextError`] for a path that makes no URL with the origin.
    pub fn prepare(&mut self, path: &str, request: TestRequest) -> Result<TestRequest, ContextError> {
        let request = request.uri(path);
        Ok(match self.cookie_field(path)? {
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
        self.0.receive(path, headers.get_all(SET_COOKIE).map(HeaderValue::as_bytes))
    }
}

impl Deref for Agent {
    type Target = hardtack::test::Agent;

    fn deref(&self) -> &hardtack::test::Agent {
        &self.0
    }
}

impl DerefMut for Agent {
    fn deref_mut(&mut self) -> &mut hardtack::test::Agent {
        &mut self.0
    }
}
