//! A cookie is on the response, whatever that is: over connections, octet by octet.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use core::convert::Infallible;
use core::net::SocketAddr;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;

use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::{Error, ErrorForbidden, ErrorUnauthorized};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Bytes, Redirect, ServiceConfig};
use actix_web::{HttpResponse, Responder};
use futures_util::{StreamExt as _, stream};
use hardtack::{CookieTemplate, SameSite, SetCookie};
use hardtack_actix::{
    CookieError, CookieJar, CookieMiddleware, RequestCookies, SharedJar, StrictCookies, WithCookies as _,
};
use support::{cookie, get, head, serve};

const SID: CookieTemplate<'_> = CookieTemplate::new("sid").http_only(true).same_site(SameSite::Lax).checked();
const SET: &str = "sid=31d4; Path=/; HttpOnly; SameSite=Lax";

fn sid() -> SetCookie<'static> {
    SID.cookie("31d4").build().unwrap()
}

/// Sets the cookie before the handler is called, or in its stead.
async fn visit(
    jar: SharedJar,
    request: ServiceRequest,
    next: Next<impl actix_web::body::MessageBody>,
) -> Result<ServiceResponse<impl actix_web::body::MessageBody>, Error> {
    jar.set(sid()).map_err(CookieError::from)?;
    if request.query_string() == "refuse" {
        return Err(ErrorForbidden("by the middleware"));
    }
    next.call(request).await
}

fn responses(config: &mut ServiceConfig) {
    async fn ok(jar: SharedJar) -> Result<&'static str, CookieError> {
        jar.set(sid())?;
        Ok("ok")
    }
    async fn error(jar: SharedJar) -> Result<HttpResponse, Error> {
        jar.set(sid()).map_err(CookieError::from)?;
        Err(ErrorUnauthorized("no"))
    }
    async fn redirect(jar: SharedJar) -> Result<Redirect, CookieError> {
        jar.set(sid())?;
        Ok(Redirect::to("/home").see_other())
    }
    async fn streamed(jar: SharedJar) -> Result<HttpResponse, CookieError> {
        jar.set(sid())?;
        let late = stream::iter(0..3).map(move |_| {
            let outcome = jar.set(SetCookie::builder("late", "1").build().unwrap());
            Ok::<_, Infallible>(Bytes::from(format!("{outcome:?};")))
        });
        Ok(HttpResponse::Ok().streaming(late))
    }
    async fn number(_: web::Path<u32>) -> &'static str {
        "a number"
    }
    async fn strict(_: StrictCookies) -> &'static str {
        "fine"
    }
    let visited = web::scope("/visited")
        .wrap(from_fn(visit))
        .route("/number/{number}", web::get().to(number))
        .route("/strict", web::get().to(strict));
    config
        .route("/ok", web::get().to(ok))
        .route("/error", web::get().to(error))
        .route("/redirect", web::get().to(redirect))
        .route("/streamed", web::get().to(streamed))
        .service(visited);
}

#[test]
fn a_cookie_survives_whatever_the_response_is() {
    let address = serve(responses);
    let rows = [
        ("/ok", 200, "ok"),
        ("/error", 401, "no"),
        ("/redirect", 303, ""),
        // A late change is an error that the caller sees.
        ("/streamed", 200, "Err(Written);"),
        // The handler is not called.
        ("/visited/number/none", 404, ""),
        ("/visited/strict", 400, "the request's cookies are not of the grammar"),
        ("/visited/no/such/route", 404, ""),
        ("/visited/strict?refuse", 403, "by the middleware"),
    ];
    for (path, status, body) in rows {
        let answer = get(address, path, &["odd"]);
        assert_eq!((answer.status, answer.set()), (status, vec![SET]), "{path}");
        assert!(answer.body.contains(body), "{path}: {}", answer.body);
        assert!(!answer.body.contains("Ok(None)"), "{path}: {}", answer.body);
    }
    assert_eq!(get(address, "/redirect", &[]).fields("location"), ["/home"]);
    assert_eq!(get(address, "/no/such/route", &[]).set(), [""; 0], "and is nowhere else");
}

/// RFC 6455 sections 1.3 and 5.2, by hand: what is on the wire is what is asserted.
#[test]
fn a_cookie_survives_an_upgrade_to_a_websocket() {
    async fn upgrade(jar: SharedJar, mut payload: web::Payload) -> Result<HttpResponse, CookieError> {
        jar.set(sid())?;
        let frames = async_stream(async move {
            let mut frame = Vec::new();
            while frame.len() < 8 {
                frame.extend(payload.next().await.unwrap().unwrap());
            }
            assert_eq!(frame[..2], [0x81, 0x82], "a masked text of two octets");
            let said = [frame[6] ^ frame[2], frame[7] ^ frame[3]];
            let late = jar.set(sid()).unwrap_err();
            let text = format!("{} {late:?}", str::from_utf8(&said).unwrap());
            let mut answer = vec![0x81, u8::try_from(text.len()).unwrap()];
            answer.extend(text.as_bytes());
            answer
        });
        Ok(HttpResponse::SwitchingProtocols()
            .upgrade("websocket")
            .insert_header(("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
            .streaming(frames))
    }
    fn routes(config: &mut ServiceConfig) {
        config.route("/", web::get().to(upgrade));
    }
    let mut stream = TcpStream::connect(serve(routes)).unwrap();
    let request = "GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                   Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let answer = head(&mut stream);
    assert_eq!((answer.status, answer.set()), (101, vec![SET]), "{}", answer.head);

    stream.write_all(&[0x81, 0x82, 1, 2, 3, 4, b'h' ^ 1, b'i' ^ 2]).unwrap();
    let mut text = [0; "..hi Written".len()];
    stream.read_exact(&mut text).unwrap();
    assert_eq!(&text[2..], b"hi Written");
}

/// A body of one part, that is waited for.
fn async_stream(
    part: impl Future<Output = Vec<u8>> + 'static,
) -> impl futures_util::Stream<Item = Result<Bytes, Infallible>> + 'static {
    stream::once(async move { Ok(Bytes::from(part.await)) })
}

#[test]
fn both_ways_in_one_application_write_no_cookie_twice_and_lose_none() {
    async fn handler(shared: SharedJar, mut jar: CookieJar) -> Result<impl Responder, CookieError> {
        shared.set(cookie("shared", "1"))?;
        shared.set(cookie("both", "shared"))?;
        jar.set(cookie("own", "1"));
        jar.set(cookie("both", "own"));
        Ok(HttpResponse::Ok()
            .append_header(("set-cookie", "bare=1"))
            .with_cookies(jar)
            .with_cookie(cookie("one", "1"))
            .finish())
    }
    fn routes(config: &mut ServiceConfig) {
        let inner = web::scope("/inner").wrap(CookieMiddleware::new()).wrap(CookieMiddleware::new());
        config.route("/", web::get().to(handler)).service(inner.route("", web::get().to(handler)));
    }
    let address = serve(routes);
    for path in ["/", "/inner"] {
        let answer = get(address, path, &[]);
        let written = ["bare=1", "own=1; Path=/", "both=own; Path=/", "one=1; Path=/", "shared=1; Path=/"];
        assert_eq!(answer.set(), written, "{path}");
    }
}

#[test]
fn a_cookie_that_browsers_would_drop_is_an_error_and_not_silence() {
    async fn handler(kind: web::Path<String>, jar: SharedJar) -> Result<&'static str, CookieError> {
        let long = "x".repeat(4094);
        let cookie = match &**kind {
            "insecure" => SetCookie::builder("a", "1").same_site(SameSite::None),
            "prefix" => SetCookie::builder("__Host-a", "1"),
            _ => SetCookie::builder("sid", long),
        };
        jar.set(cookie.build()?)?;
        Ok("set")
    }
    fn routes(config: &mut ServiceConfig) {
        config.route("/{kind}", web::get().to(handler));
    }
    let address = serve(routes);
    for (path, says) in [
        ("/insecure", "SameSite=None needs Secure"),
        ("/prefix", "needs Secure"),
        ("/long", "name and value are 4097 octets together"),
    ] {
        let answer = get(address, path, &[]);
        assert_eq!((answer.status, answer.set()), (500, vec![]), "{path}");
        assert!(answer.body.contains(says), "{}", answer.body);
    }
}

/// A client's requests on one connection, each with its own cookie.
fn client(address: SocketAddr, client: usize, requests: usize) {
    let mut stream = TcpStream::connect(address).unwrap();
    for number in 0..requests {
        let who = format!("{client}-{number}");
        write!(stream, "GET / HTTP/1.1\r\nHost: shop.example\r\nCookie: who={who}\r\n\r\n").unwrap();
        let answer = head(&mut stream);
        let (one, two) = (format!("one={who}; Path=/"), format!("two={who}; Path=/"));
        assert_eq!((answer.status, answer.set()), (204, vec![&*one, &*two]), "{who}");
    }
}

#[test]
fn no_cookie_is_lost_and_none_gets_to_another_client() {
    const CLIENTS: usize = 64;
    const REQUESTS: usize = 10_000 / CLIENTS;
    async fn handler(cookies: RequestCookies, jar: SharedJar) -> Result<HttpResponse, CookieError> {
        let who = cookies.get("who").unwrap_or_default().to_owned();
        jar.set(cookie("one", &who))?;
        actix_web::rt::task::yield_now().await;
        jar.set(cookie("two", &who))?;
        Ok(HttpResponse::NoContent().finish())
    }
    fn routes(config: &mut ServiceConfig) {
        config.route("/", web::get().to(handler));
    }
    let address = serve(routes);
    thread::scope(|scope| {
        for number in 0..CLIENTS {
            scope.spawn(move || client(address, number, REQUESTS));
        }
    });
}
