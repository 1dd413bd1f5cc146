//! Requests without a connection, and services of a closure.

#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(unreachable_pub, reason = "a module of several tests")]

use core::convert::Infallible;
use core::future::{Ready, ready};
use core::task::{Context, Poll};

use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use hardtack::{SetCookie, tombstone};
use hardtack_axum::{CookieLayer, SharedJar};
use http::header::{COOKIE, HeaderValue, SET_COOKIE};
use http::{HeaderMap, Request, Response};
use tower_layer::Layer as _;
use tower_service::Service;

/// A service of a closure.
#[derive(Clone)]
pub struct App<F>(pub F);

impl<F: FnMut(Request<()>) -> Response<()>> Service<Request<()>> for App<F> {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<()>) -> Self::Future {
        ready(Ok((self.0)(request)))
    }
}

/// A request with these Cookie fields.
pub fn request(fields: &[&[u8]]) -> Request<()> {
    let mut request = Request::new(());
    for field in fields {
        request.headers_mut().append(COOKIE, HeaderValue::from_bytes(field).unwrap());
    }
    request
}

pub fn extract<E: FromRequestParts<()>>(request: Request<()>) -> Result<E, E::Rejection> {
    pollster::block_on(E::from_request_parts(&mut request.into_parts().0, &()))
}

pub fn extract_optional<E: OptionalFromRequestParts<()>>(request: Request<()>) -> Result<Option<E>, E::Rejection> {
    pollster::block_on(E::from_request_parts(&mut request.into_parts().0, &()))
}

/// What a layer makes of a request to a handler.
pub fn through(
    layer: &CookieLayer,
    request: Request<()>,
    handler: impl FnMut(Request<()>) -> Response<()>,
) -> Response<()> {
    let Ok(response) = pollster::block_on(layer.layer(App(handler)).call(request));
    response
}

pub fn jar_of<B>(request: &Request<B>) -> SharedJar {
    SharedJar::from_extensions(request.extensions()).unwrap()
}

pub fn cookie(name: &'static str, value: &str) -> SetCookie<'static> {
    SetCookie::builder(name, value.to_owned()).build().unwrap()
}

pub fn gone(name: &'static str) -> SetCookie<'static> {
    tombstone(name).build().unwrap()
}

/// The Set-Cookie fields, in order.
pub fn fields(headers: &HeaderMap) -> Vec<String> {
    let fields = headers.get_all(SET_COOKIE).iter();
    fields.map(|field| String::from_utf8(field.as_bytes().to_vec()).unwrap()).collect()
}
