//! Requests taken, passed on, and answered with what comes back.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::header::{CONNECTION, HOST, HeaderMap, UPGRADE};
use http::{Request, Response, StatusCode, Uri, Version};
use http_body_util::{BodyExt, Empty, combinators::BoxBody};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::net::TcpListener;

use crate::plan::Plan;

type Body = BoxBody<Bytes, hyper::Error>;

/// Fields that speak of one connection and end with it (RFC 9110 section 7.6.1).
const OF_ONE_CONNECTION: [&str; 5] = ["keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding"];

/// A reverse proxy: whom it asks, and what it does to the cookies that pass.
pub struct Proxy {
    upstreams: Vec<String>,
    plan: Option<Plan>,
    client: Client<HttpConnector, Incoming>,
    next: AtomicUsize,
    log: Box<dyn Fn(fmt::Arguments<'_>) + Send + Sync>,
}

impl Proxy {
    /// Returns a proxy that logs each request in a line without a cookie's value. Without a plan it does not look at
    /// cookies.
    pub fn new(
        upstreams: Vec<String>,
        plan: impl Into<Option<Plan>>,
        log: impl Fn(fmt::Arguments<'_>) + Send + Sync + 'static,
    ) -> Self {
        let client = Client::builder(TokioExecutor::new()).build_http();
        Self { upstreams, plan: plan.into(), client, next: AtomicUsize::new(0), log: Box::new(log) }
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        let line = format!("{} {}", request.method(), request.uri().path());
        // What the log says of cookies is written while they are at hand: none is parsed for it.
        let (mut of_request, mut of_response) = (String::new(), String::new());
        let response = self.pass_on(request, &mut of_request, &mut of_response).await.unwrap_or_else(|why| {
            (self.log)(format_args!("{why}"));
            let mut response = Response::new(nothing());
            *response.status_mut() = StatusCode::BAD_GATEWAY;
            response
        });
        let status = response.status().as_u16();
        if self.plan.is_some() {
            (self.log)(format_args!("{line} {status} cookie=[{of_request}] set-cookie=[{of_response}]"));
        } else {
            (self.log)(format_args!("{line} {status}"));
        }
        response
    }

    async fn pass_on(
        &self,
        mut request: Request<Incoming>,
        of_request: &mut String,
        of_response: &mut String,
    ) -> Result<Response<Body>, hyper_util::client::legacy::Error> {
        let stays_with = self.plan.as_ref().and_then(|plan| plan.request(request.headers_mut(), of_request));
        let stays_with = stays_with.filter(|&number| number < self.upstreams.len());
        let number =
            stays_with.unwrap_or_else(|| self.next.fetch_add(1, Ordering::Relaxed) % self.upstreams.len().max(1));
        let upgrade = end_of_connection(request.headers_mut());
        let host = request.uri().host().map(str::to_owned);
        let authority = self.upstreams.get(number).map_or("", String::as_str);
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let uri = format!("http://{authority}{path}").parse().unwrap_or(Uri::from_static("http://invalid/"));
        *request.uri_mut() = uri;
        *request.version_mut() = Version::HTTP_11;
        // HTTP/2 says the host in the URI; HTTP/1.1 has a field for it.
        if let Some(host) = host.and_then(|host| host.parse().ok()) {
            request.headers_mut().entry(HOST).or_insert(host);
        }
        if let Some(protocol) = upgrade {
            request.headers_mut().insert(CONNECTION, http::HeaderValue::from_static("upgrade"));
            request.headers_mut().insert(UPGRADE, protocol);
        }
        let from_user = hyper::upgrade::on(&mut request);
        let mut response = self.client.request(request).await?;
        let switches = response.status() == StatusCode::SWITCHING_PROTOCOLS;
        let protocol = end_of_connection(response.headers_mut());
        if let Some(plan) = &self.plan {
            plan.response(response.headers_mut(), of_response);
            if stays_with.is_none() && self.upstreams.len() > 1 {
                plan.stay_with(number, response.headers_mut(), of_response);
            }
        }
        if !switches {
            return Ok(response.map(BodyExt::boxed));
        }
        if let Some(protocol) = protocol {
            response.headers_mut().insert(CONNECTION, http::HeaderValue::from_static("upgrade"));
            response.headers_mut().insert(UPGRADE, protocol);
        }
        let from_upstream = hyper::upgrade::on(&mut response);
        tokio::spawn(async move {
            // Either side may leave, and then the other is let go.
            if let (Ok(user), Ok(upstream)) = (from_user.await, from_upstream.await) {
                let _copied = tokio::io::copy_bidirectional(&mut TokioIo::new(user), &mut TokioIo::new(upstream)).await;
            }
        });
        Ok(response.map(|_| nothing()))
    }
}

fn nothing() -> Body {
    Empty::new().map_err(|never: Infallible| match never {}).boxed()
}

/// Takes out what speaks of one connection; returns the protocol it asks to go over to.
fn end_of_connection(headers: &mut HeaderMap) -> Option<http::HeaderValue> {
    let protocol = headers.remove(UPGRADE);
    if let Some(named) = headers.remove(CONNECTION) {
        for name in named.to_str().unwrap_or_default().split(',') {
            headers.remove(name.trim());
        }
    }
    for name in OF_ONE_CONNECTION {
        headers.remove(name);
    }
    protocol
}

/// Serves HTTP/1.1 and HTTP/2 without end.
///
/// # Errors
///
/// None: a connection that cannot be accepted is one that another may take the place of.
pub async fn serve(listener: TcpListener, proxy: Arc<Proxy>) -> io::Result<()> {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors, most likely: others are about to be given back.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let proxy = proxy.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let proxy = proxy.clone();
                async move { Ok::<_, Infallible>(proxy.answer(request).await) }
            });
            // A user who goes away is no error of the proxy's.
            let _served = auto::Builder::new(TokioExecutor::new())
                .serve_connection_with_upgrades(TokioIo::new(stream), service)
                .await;
        });
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy").field("upstreams", &self.upstreams).field("plan", &self.plan).finish_non_exhaustive()
    }
}
