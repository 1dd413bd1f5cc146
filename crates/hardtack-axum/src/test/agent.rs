//! A client that keeps cookies.

use core::future::poll_fn;
use core::ops::{Deref, DerefMut};
use std::time::SystemTime;

use hardtack::CookieDate;
use hardtack::agent::{ContextError, Profile, Verdict};
use http::header::{COOKIE, HeaderValue, SET_COOKIE};
use http::uri::Uri;
use http::{HeaderMap, Request, Response};
use tower_service::Service;

/// A client that keeps what responses set, and sends it with the next request, as a user agent does.
///
/// It takes the place of the browser in a test: of a router that is called without a connection, or of one that is
/// listening. It is [`hardtack::test::Agent`] in what it keeps and
/// refuses; time stands still between two calls of its `wait`.
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
#[derive(Clone, Debug)]
pub struct Agent(hardtack::test::Agent);

impl Agent {
    /// Returns a client without cookies, for requests to this origin: `https://shop.example`.
    ///
    /// # Errors
    ///
    /// A [`ContextError`] for what is no URI, one without a host, and one whose scheme is neither http nor https.
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

    /// Gives a request the cookies that a user agent would send with it, in place of those it has.
    ///
    /// A relative URI is one of the origin. Nothing is sent to a URI that is neither.
    pub fn prepare<B>(&mut self, request: &mut Request<B>) {
        request.headers_mut().remove(COOKIE);
        let field = self.cookie_field(&request.uri().to_string()).ok().flatten();
        if let Some(mut field) = field.and_then(|field| HeaderValue::try_from(field).ok()) {
            field.set_sensitive(true);
            request.headers_mut().insert(COOKIE, field);
        }
    }

    /// Keeps what the response to a request for this URI sets; returns what became of each Set-Cookie field.
    pub fn receive(&mut self, uri: &Uri, headers: &HeaderMap) -> Vec<Verdict> {
        self.0.receive(&uri.to_string(), headers.get_all(SET_COOKIE)).unwrap_or_default()
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
