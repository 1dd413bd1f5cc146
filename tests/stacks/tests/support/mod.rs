//! Servers and clients on loopback.

#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(unreachable_pub, reason = "a module of several tests")]

use core::net::SocketAddr;

use axum::Router;
use bytes::Bytes;
use http::header::{COOKIE, HeaderValue, SET_COOKIE};
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt as _, Empty};
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::{TcpListener, TcpStream};

/// Serves a router; the task ends with the test.
pub async fn serve(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    address
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Protocol {
    Http1,
    Http2,
}

impl Protocol {
    pub const ALL: [Self; 2] = [Self::Http1, Self::Http2];
}

/// A connection of one client.
pub enum Connection {
    Http1(http1::SendRequest<Empty<Bytes>>),
    Http2(http2::SendRequest<Empty<Bytes>>),
}

impl Connection {
    pub async fn open(protocol: Protocol, address: SocketAddr) -> Self {
        let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
        match protocol {
            Protocol::Http1 => {
                let (send, connection) = http1::handshake(stream).await.unwrap();
                tokio::spawn(connection);
                Self::Http1(send)
            }
            Protocol::Http2 => {
                let (send, connection) = http2::handshake(TokioExecutor::new(), stream).await.unwrap();
                tokio::spawn(connection);
                Self::Http2(send)
            }
        }
    }

    pub async fn send(&mut self, mut request: Request<Empty<Bytes>>) -> hyper::Result<Response<Incoming>> {
        match self {
            Self::Http1(send) => {
                send.ready().await?;
                request.headers_mut().insert("host", HeaderValue::from_static("shop.example"));
                send.send_request(request).await
            }
            Self::Http2(send) => {
                send.ready().await?;
                let path = request.uri().path_and_query().unwrap().clone();
                *request.uri_mut() = format!("http://shop.example{path}").parse().unwrap();
                send.send_request(request).await
            }
        }
    }

    /// Gets a path, with these Cookie fields.
    pub async fn get(&mut self, path: &str, fields: &[&str]) -> Response<Incoming> {
        self.send(get(path, fields)).await.unwrap()
    }
}

pub fn get(path: &str, fields: &[&str]) -> Request<Empty<Bytes>> {
    let mut request = Request::get(path).body(Empty::new()).unwrap();
    for field in fields {
        request.headers_mut().append(COOKIE, field.parse().unwrap());
    }
    request
}

/// The Set-Cookie fields, in order.
pub fn set(headers: &HeaderMap) -> Vec<&str> {
    headers.get_all(SET_COOKIE).iter().map(|field| field.to_str().unwrap()).collect()
}

pub async fn text(response: Response<Incoming>) -> String {
    let body = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(body.to_vec()).unwrap()
}
