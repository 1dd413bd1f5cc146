//! The middleware that writes what the shared jar changed.

use core::fmt;
use core::future::{Future, Ready, ready};
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::sync::Arc;

use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::http::header::{HeaderMap, HeaderValue, SET_COOKIE};
use actix_web::{Error, HttpMessage};
use hardtack::{SetCookies, TooLate};
use pin_project_lite::pin_project;

use crate::fields::{jar, set_cookie};
use crate::keys::Keys;
use crate::shared::SharedJar;

/// Puts a [`SharedJar`] into each request, and writes its changes on the response, whatever that is: a success, an error,
/// a redirect, a rejection by an extractor, 101. An `Err` of a middleware inside gets them when it becomes a response.
///
/// # Which wins
///
/// A Set-Cookie field that is on the response already stays as it is and where it is. The jar's changes follow in the
/// order in which they were first made, but for a cookie of the same name, Domain, Path and partition as one that is
/// there: it is left out, since what was returned was said last. So no cookie is written twice.
///
/// # Two of them
///
/// Inside of another of its kind, around a scope or a resource, this one hands on the jar that is there, and the outer one
/// writes. One that keeps keys brings them to whatever is inside of it. What is wrapped later is outside: wrap the application in it last, so that every other middleware finds the
/// jar.
///
/// ```
/// use actix_web::{App, HttpResponse, web};
/// use hardtack::SetCookie;
/// use hardtack_actix::{CookieError, CookieMiddleware, SharedJar};
///
/// async fn dark(jar: SharedJar) -> Result<HttpResponse, CookieError> {
///     jar.set(SetCookie::builder("theme", "dark").build()?)?;
///     Ok(HttpResponse::NotModified().finish())
/// }
///
/// # #[actix_web::main] async fn main() {
/// let app = App::new().route("/", web::get().to(dark)).wrap(CookieMiddleware::new());
/// # use actix_web::test::{TestRequest, call_service, init_service};
/// # let response = call_service(&init_service(app).await, TestRequest::get().to_request()).await;
/// # assert_eq!(response.headers().get("set-cookie").unwrap(), "theme=dark; Path=/");
/// # }
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a middleware does nothing until an application is wrapped in it"]
pub struct CookieMiddleware {
    pub(crate) keys: Arc<Keys>,
}

impl CookieMiddleware {
    /// Returns a middleware that seals nothing.
    pub fn new() -> Self {
        Self::default()
    }
}

impl<S, B> Transform<S, ServiceRequest> for CookieMiddleware
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type Transform = CookieService<S>;
    type InitError = ();
    type Future = Ready<Result<CookieService<S>, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(CookieService { inner, keys: Arc::clone(&self.keys) }))
    }
}

/// A service wrapped in [`CookieMiddleware`].
#[derive(Clone, Debug)]
pub struct CookieService<S> {
    inner: S,
    keys: Arc<Keys>,
}

impl<S, B> Service<ServiceRequest> for CookieService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let outer = SharedJar::from_extensions(&request.extensions()).filter(|jar| jar.is_open());
        let (jar, writer) = match outer {
            // The one that made it writes it.
            Some(jar) if self.keys.is_empty() => (jar, None),
            Some(jar) => (jar.with_keys(Arc::clone(&self.keys)), None),
            None => {
                let jar = SharedJar::new(jar(request.headers()), Arc::clone(&self.keys));
                (jar.clone(), Some(Writer { jar, done: false }))
            }
        };
        request.extensions_mut().insert(jar);
        ResponseFuture { inner: self.inner.call(request), writer }
    }
}

pin_project! {
    /// The response of a [`CookieService`].
    pub struct ResponseFuture<F> {
        #[pin]
        inner: F,
        writer: Option<Writer>,
    }
}

impl<F, B> Future for ResponseFuture<F>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
{
    type Output = Result<ServiceResponse<B>, Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut result = ready!(this.inner.poll(cx));
        if let Some(writer) = this.writer.take() {
            writer.write(&mut result);
        }
        Poll::Ready(result)
    }
}

impl<F> fmt::Debug for ResponseFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}

/// Ends the jar: with the response, or without one when it is dropped.
struct Writer {
    jar: SharedJar,
    done: bool,
}

impl Writer {
    fn write<B>(mut self, result: &mut Result<ServiceResponse<B>, Error>) {
        self.done = true;
        self.jar.end(TooLate::Written, |changes| match result {
            _ if changes.is_empty() => (),
            Ok(response) => append_missing(changes, response.headers_mut()),
            // Outside of every middleware it becomes a response, and may do so more than once.
            Err(error) => {
                let changes = changes.clone();
                error.add_response_mapper(move |mut response| {
                    append_missing(&changes, response.headers_mut());
                    response
                });
            }
        });
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.done {
            self.jar.end(TooLate::Abandoned, |_| ());
        }
    }
}

/// Appends a field for each cookie that no field there is of.
fn append_missing(cookies: &SetCookies<'_>, headers: &mut HeaderMap) {
    let there = headers.get_all(SET_COOKIE).map(HeaderValue::as_bytes);
    let missing: Vec<_> = cookies.missing_from(there).map(set_cookie).collect();
    for field in missing {
        headers.append(SET_COOKIE, field);
    }
}
