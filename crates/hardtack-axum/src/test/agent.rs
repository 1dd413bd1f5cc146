//! A client that keeps cookies.

use core::fmt;
use core::future::poll_fn;
use core::time::Duration;
use std::time::SystemTime;

use hardtack::CookieDate;
use hardtack::agent::{Context, ContextError, Profile, Refusal, Store, Verdict};
use http::header::{COOKIE, HeaderValue, SET_COOKIE};
use http::uri::Uri;
use http::{HeaderMap, Request, Response};
use tower_service::Service;

/// A client that keeps what responses set, and sends it with the next request, as a user agent does.
///
/// It takes the place of the browser in a test: of a router that is called without a connection, or of one that is
/// listening. Time stands still between two calls of [`wait`](Self::wait).
///
/// ```
/// use hardtack::SetCookie;
/// use hardtack_axum::test::Agent;
/// use hardtack_axum::{CookieLayer, RequestCookies, SharedJar};
/// use http::{Request, Response};
/// use tower_layer::Layer;
/// use tower_service::Service;
///
/// # #[derive(Clone)] struct App;
/// # impl Service<Request<()>> for App {
/// #     type Response = Response<()>;
/// #     type Error = core::convert::Infallible;
/// #     type Future = core::future::Ready<Result<Response<()>, Self::Error>>;
/// #     fn poll_ready(
/// #         &mut self, _: &mut core::task::Context<'_>,
/// #     ) -> core::task::Poll<Result<(), Self::Error>> { core::task::Poll::Ready(Ok(())) }
/// #     fn call(&mut self, request: Request<()>) -> Self::Future {
/// #         let jar = SharedJar::from_extensions(request.extensions()).unwrap();
/// #         let visits: u32 = jar.get("visits").map_or(0, |text| text.parse().unwrap());
/// #         jar.set(SetCookie::builder("visits", (visits + 1).to_string()).build().unwrap()).unwrap();
/// #         core::future::ready(Ok(Response::new(())))
/// #     }
/// # }
/// // `App` counts the visits of a client in a cookie.
/// let mut app = CookieLayer::new().layer(App);
/// let mut agent = Agent::new("https://shop.example")?;
/// for _ in 0..3 {
///     pollster::block_on(agent.send(&mut app, Request::new(())))?;
/// }
/// assert_eq!(agent.cookie("visits"), Some("3"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Agent {
    origin: Uri,
    store: Store,
    now: CookieDate,
    refused: Vec<Refusal>,
}

impl Agent {
    /// Returns a client without cookies, for requests to this origin: `https://shop.example`.
    ///
    /// # Errors
    ///
    /// A [`ContextError`] for what is no URI, one without a host, and one whose scheme is neither http nor https.
    pub fn new(origin: &str) -> Result<Self, ContextError> {
        let origin: Uri = origin.parse().map_err(|_| ContextError::MissingHost)?;
        Context::try_from(&origin)?;
        Ok(Self { origin, store: Store::new(Profile::default()), now: SystemTime::now().into(), refused: Vec::new() })
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
        let is_it =
            |cookie: &&hardtack::agent::StoredCookie| cookie.name == name.as_bytes() && !cookie.is_expired(self.now);
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

    /// Gives a request the cookies that a user agent would send with it, in place of those it has.
    ///
    /// A relative URI is one of the origin. Nothing is sent to a URI that is neither.
    pub fn prepare<B>(&mut self, request: &mut Request<B>) {
        request.headers_mut().remove(COOKIE);
        let field = self.context(request.uri()).and_then(|context| self.store.cookie_field(&context, self.now));
        if let Some(mut field) = field.and_then(|field| HeaderValue::try_from(field).ok()) {
            field.set_sensitive(true);
            request.headers_mut().insert(COOKIE, field);
        }
    }

    /// Keeps what the response to a request for this URI sets; returns what became of each Set-Cookie field.
    pub fn receive(&mut self, uri: &Uri, headers: &HeaderMap) -> Vec<Verdict> {
        let Some(context) = self.context(uri) else {
            return Vec::new();
        };
        let fields = headers.get_all(SET_COOKIE).iter();
        let verdicts: Vec<_> = fields.map(|field| self.store.set(field, &context, self.now)).collect();
        self.refused.extend(verdicts.iter().filter_map(Verdict::refusal).cloned());
        verdicts
    }

    /// Sends a request to a service, with the client's cookies, and keeps those of the response.
    ///
    /// A redirect is not followed.
    ///
    /// # Errors
    ///
    /// Those of the service.
    pub async fn send<S, Q, B>(&mut self, service: &mut S, mut request: Request<Q>) -> Result<Response<B>, S::Error>
    where
        S: Service<Request<Q>, Response = Response<B>>,
    {
        self.prepare(&mut request);
        let uri = request.uri().clone();
        poll_fn(|cx| service.poll_ready(cx)).await?;
        let response = service.call(request).await?;
        self.receive(&uri, response.headers());
        Ok(response)
    }

    fn context(&self, uri: &Uri) -> Option<Context> {
        let mut parts = uri.clone().into_parts();
        if parts.authority.is_none() {
            parts.scheme = self.origin.scheme().cloned();
            parts.authority = self.origin.authority().cloned();
        }
        Context::try_from(&Uri::from_parts(parts).ok()?).ok()
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
