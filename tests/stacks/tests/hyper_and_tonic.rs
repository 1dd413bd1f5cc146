//! The layer without axum: around a service of hyper's, and around one of tonic's.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use core::convert::Infallible;
use core::net::SocketAddr;
use core::task::{Context, Poll};

use bytes::{Buf as _, BufMut as _, Bytes};
use futures_util::future::BoxFuture;
use hardtack::{SetCookie, tombstone};
use hardtack_axum::{CookieLayer, RequestCookies, SharedJar};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use support::{Connection, Protocol, set};
use tokio::net::{TcpListener, TcpStream};
use tokio_stream::wrappers::TcpListenerStream;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::server::NamedService;
use tonic::{Code, Status};
use tower::{Layer as _, service_fn};

const GONE: &str = "sid=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/";

fn change(jar: &SharedJar) {
    jar.set(SetCookie::builder("theme", "dark").build().unwrap()).unwrap();
    jar.delete(tombstone("sid").build().unwrap()).unwrap();
}

#[tokio::test]
async fn a_service_of_hypers_has_the_jar_in_the_request() {
    async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
        let jar = SharedJar::from_extensions(request.extensions()).unwrap();
        change(&jar);
        let sid = RequestCookies::from(request.headers()).get("sid").unwrap_or("none").to_owned();
        let mut response = Response::new(Full::new(Bytes::from(sid)));
        *response.status_mut() = match request.uri().path() {
            "/" => StatusCode::OK,
            _ => StatusCode::NOT_FOUND,
        };
        Ok(response)
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let service = CookieLayer::new().layer(service_fn(answer));
        loop {
            let stream = TokioIo::new(listener.accept().await.unwrap().0);
            let service = TowerToHyperService::new(service.clone());
            tokio::spawn(
                async move { auto::Builder::new(TokioExecutor::new()).serve_connection(stream, service).await },
            );
        }
    });
    for protocol in Protocol::ALL {
        let mut connection = Connection::open(protocol, address).await;
        for (path, status) in [("/", 200), ("/none", 404)] {
            let response = connection.get(path, &["sid=31d4"]).await;
            assert_eq!(
                (response.status().as_u16(), set(response.headers())),
                (status, vec!["theme=dark; Path=/", GONE])
            );
            assert_eq!(support::text(response).await, "31d4");
        }
    }
}

/// A service whose messages are octets: `/hardtack.Echo/Say` sends back what it gets, or refuses an empty message.
#[derive(Clone)]
struct Echo;

impl NamedService for Echo {
    const NAME: &'static str = "hardtack.Echo";
}

impl<B> tower::Service<Request<B>> for Echo
where
    B: http_body::Body + Send + 'static,
    B::Error: Into<Box<dyn core::error::Error + Send + Sync>> + Send,
    B::Data: Send,
{
    type Response = Response<tonic::body::Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        Box::pin(async move {
            let say = service_fn(async |request: tonic::Request<Bytes>| {
                change(&SharedJar::from_extensions(request.extensions()).unwrap());
                match request.into_inner() {
                    empty if empty.is_empty() => Err(Status::invalid_argument("nothing was said")),
                    said => Ok(tonic::Response::new(said)),
                }
            });
            Ok(tonic::server::Grpc::new(Octets).unary(say, request).await)
        })
    }
}

#[derive(Clone, Copy, Default)]
struct Octets;

impl Codec for Octets {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Octets {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, to: &mut EncodeBuf<'_>) -> Result<(), Status> {
        to.put(item);
        Ok(())
    }
}

impl Decoder for Octets {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(from.copy_to_bytes(from.remaining())))
    }
}

/// Calls `/hardtack.Echo/Say`; gives the cookies, the status and what was said.
async fn say(address: SocketAddr, path: &str, message: &[u8]) -> (Vec<String>, Code, Vec<u8>) {
    let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
    let (mut send, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), stream).await.unwrap();
    tokio::spawn(connection);
    // A frame is a flag for compression, and the length in four octets.
    let length = u32::try_from(message.len()).unwrap().to_be_bytes();
    let frame = [&[0], length.as_slice(), message].concat();
    let request = Request::post(format!("http://{address}{path}"))
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .header("cookie", "sid=31d4")
        .body(Full::new(Bytes::from(frame)))
        .unwrap();
    let response = send.send_request(request).await.unwrap();
    let headers = response.headers().clone();
    let body = response.into_body().collect().await.unwrap();
    let trailers = body.trailers().cloned().unwrap_or_default();
    let status = trailers.get("grpc-status").or_else(|| headers.get("grpc-status")).unwrap();
    let said = body.to_bytes();
    (
        set(&headers).into_iter().map(ToOwned::to_owned).collect(),
        Code::from_bytes(status.as_bytes()),
        said.get(5..).unwrap_or_default().to_vec(),
    )
}

#[tokio::test]
async fn a_service_of_tonics_has_the_jar_in_the_request() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(
        tonic::transport::Server::builder()
            .layer(CookieLayer::new())
            .add_service(Echo)
            .serve_with_incoming(TcpListenerStream::new(listener)),
    );
    let cookies = vec!["theme=dark; Path=/".to_owned(), GONE.to_owned()];
    assert_eq!(say(address, "/hardtack.Echo/Say", b"hello").await, (cookies.clone(), Code::Ok, b"hello".to_vec()));
    // A status without a message is a response of header fields alone.
    assert_eq!(say(address, "/hardtack.Echo/Say", b"").await, (cookies, Code::InvalidArgument, Vec::new()));
    assert_eq!(say(address, "/no.Such/Service", b"").await, (Vec::new(), Code::Unimplemented, Vec::new()));
}
