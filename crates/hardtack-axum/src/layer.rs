//! The layer that writes what the shared jar changed.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::sync::Arc;

use hardtack::{SetCookies, TooLate};
use http::header::{HeaderMap, HeaderValue, MaxSizeReached, SET_COOKIE};
use http::{Request, Response, StatusCode};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::error::NoRoom;
use crate::keys::Keys;
use crate::shared::SharedJar;

/// Puts a [`SharedJar`] into each request, and writes its changes on the response, whatever that is: a success, an error,
/// a redirect, a rejection by an extractor, 101.
///
/// It knows nothing of axum: any tower service of `http` requests and responses can be under it, hyper's and tonic's too.
///
/// # Which wins
///
/// A Set-Cookie field that is on the response already stays as it is and where it is. The jar's changes follow in the
/// order in which they were first made, but for a cookie of the same name, Domain, Path and partition as one that is
/// there: it is left out, since what was returned was said last. So no cookie is written twice.
///
/// # Two layers
///
/// Under another layer of its kind, this one hands on the jar that is there, and the outer one writes. A layer that
/// catches panics must be inside of the one that writes: a panic that passes it takes the response along, and the changes.
///
/// # Room
///
/// A response that has no room for a cookie gets status 500, and [`NoRoom`] among its extensions.
///
/// ```
/// use hardtack::SetCookie;
/// use hardtack_axum::{CookieLayer, SharedJar};
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
/// #         jar.set(SetCookie::builder("theme", "dark").build().unwrap()).unwrap();
/// #         core::future::ready(Ok(Response::new(())))
/// #     }
/// # }
/// // `App` sets the cookie in the jar that it finds in the request.
/// let mut app = CookieLayer::new().layer(App);
/// let response = pollster::block_on(app.call(Request::new(())))?;
/// assert_eq!(response.headers()["set-cookie"], "theme=dark; Path=/");
/// # Ok::<(), core::convert::Infallible>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a layer does nothing until it is around a service"]
pub struct CookieLayer {
    pub(crate) keys: Arc<Keys>,
}

impl CookieLayer {
    /// Returns a layer that seals nothing.
    pub fn new() -> Self {
        Self::default()
    }
}

impl<S> Layer<S> for CookieLayer {
    type Service = CookieService<S>;

    fn layer(&self, inner: S) -> CookieService<S> {
        CookieService { inner, keys: Arc::clone(&self.keys) }
    }
}

/// A service with a [`CookieLayer`] around it.
#[derive(Clone, Debug)]
pub struct CookieService<S> {
    inner: S,
    keys: Arc<Keys>,
}

impl<S, Q, B> Service<Request<Q>> for CookieService<S>
where
    S: Service<Request<Q>, Response = Response<B>>,
{
    type Response = Response<B>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<Q>) -> Self::Future {
        let outer = SharedJar::from_extensions(request.extensions()).filter(|jar| jar.is_open());
        let (jar, writer) = match outer {
            // The layer that made it writes it.
            Some(jar) if self.keys.is_empty() => (jar, None),
            Some(jar) => (jar.with_keys(Arc::clone(&self.keys)), None),
            None => {
                let jar = SharedJar::new(request.headers(), Arc::clone(&self.keys));
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

impl<F, B, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = Result<Response<B>, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut result = ready!(this.inner.poll(cx));
        let writer = this.writer.take();
        if let (Ok(response), Some(writer)) = (&mut result, writer) {
            writer.write(response);
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
    fn write<B>(mut self, response: &mut Response<B>) {
        self.done = true;
        let written = self.jar.end(TooLate::Written, |changes| append_missing(changes, response.headers_mut()));
        if let Err(full) = written {
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response.extensions_mut().insert(NoRoom::from(full));
        }
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
fn append_missing(cookies: &SetCookies<'_>, headers: &mut HeaderMap) -> Result<(), MaxSizeReached> {
    let missing: Vec<_> = cookies.missing_from(headers.get_all(SET_COOKIE)).map(HeaderValue::from).collect();
    for field in missing {
        headers.try_append(SET_COOKIE, field)?;
    }
    Ok(())
}
