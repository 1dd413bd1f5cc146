//! axum: a cookie is on the response, whatever that is. Over HTTP/1.1 and HTTP/2.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use core::convert::Infallible;
use core::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use bytes::Bytes;
use futures_util::stream;
use hardtack::{CookieTemplate, SameSite, SetCookie};
use hardtack_axum::{
    CookieError, CookieJar, CookieLayer, RequestCookies, SharedJar, StrictCookies, TooLate, TypedRejection, WithCookie,
    WithCookies,
};
use http::StatusCode;
use http_body_util::BodyExt as _;
use hyper_util::rt::TokioIo;
use support::{Connection, Protocol, serve, set, text};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tower_http::catch_panic::CatchPanicLayer;

const SID: CookieTemplate<'_> = CookieTemplate::new("sid").http_only(true).same_site(SameSite::Lax).checked();
const SET: &str = "sid=31d4; Path=/; HttpOnly; SameSite=Lax";

fn sid() -> SetCookie<'static> {
    SID.cookie("31d4").build().unwrap()
}

/// What a GET of `/` with these Cookie fields gets, over either protocol.
async fn over_both(app: Router, fields: &[&str], check: impl AsyncFn(http::Response<hyper::body::Incoming>, Protocol)) {
    let address = serve(app).await;
    for protocol in Protocol::ALL {
        let response = Connection::open(protocol, address).await.get("/", fields).await;
        check(response, protocol).await;
    }
}

fn at_root<H, T>(handler: H) -> Router
where
    H: axum::handler::Handler<T, ()>,
    T: 'static,
{
    Router::new().route("/", get(handler)).layer(CookieLayer::new())
}

#[tokio::test]
async fn a_cookie_survives_an_error_response() {
    async fn refuse(jar: SharedJar) -> Result<(), StatusCode> {
        jar.set(sid()).unwrap();
        Err(StatusCode::UNAUTHORIZED)
    }
    over_both(at_root(refuse), &[], async |response, _| {
        assert_eq!((response.status().as_u16(), set(response.headers())), (401, vec![SET]));
    })
    .await;
}

#[tokio::test]
async fn a_cookie_survives_a_redirect() {
    async fn login(jar: SharedJar) -> Redirect {
        jar.set(sid()).unwrap();
        Redirect::to("/home")
    }
    over_both(at_root(login), &[], async |response, _| {
        assert_eq!((response.status().as_u16(), set(response.headers())), (303, vec![SET]));
        assert_eq!(response.headers()["location"], "/home");
    })
    .await;
}

#[tokio::test]
async fn a_cookie_survives_a_rejection_by_an_extractor() {
    // The second extractor rejects; the handler is not called.
    async fn handler(_: Path<u32>) {
        panic!("never called");
    }
    async fn visit(jar: SharedJar, request: Request, next: Next) -> Response {
        jar.set(sid()).unwrap();
        next.run(request).await
    }
    let app = Router::new()
        .route("/{number}", get(handler))
        .route("/strict", get(async |_: StrictCookies| ()))
        .layer(from_fn(visit))
        .layer(CookieLayer::new());
    let address = serve(app).await;
    for protocol in Protocol::ALL {
        let mut connection = Connection::open(protocol, address).await;
        for path in ["/no-number", "/strict"] {
            let response = connection.get(path, &["odd"]).await;
            assert_eq!((response.status().as_u16(), set(response.headers())), (400, vec![SET]), "{path}");
        }
        // Nor is a route needed.
        let response = connection.get("/no/such/route", &[]).await;
        assert_eq!((response.status().as_u16(), set(response.headers())), (404, vec![SET]));
    }
}

#[tokio::test]
async fn a_cookie_survives_a_body_that_streams_and_a_late_one_is_an_error() {
    async fn stream_it(jar: SharedJar) -> Body {
        jar.set(sid()).unwrap();
        Body::from_stream(stream::unfold(0, move |turn| {
            let jar = jar.clone();
            async move {
                tokio::task::yield_now().await;
                let outcome = jar.set(SetCookie::builder("late", "1").build().unwrap());
                (turn < 3).then(|| (Ok::<_, Infallible>(Bytes::from(format!("{outcome:?};"))), turn + 1))
            }
        }))
    }
    over_both(at_root(stream_it), &[], async |response, _| {
        assert_eq!(set(response.headers()), [SET]);
        assert_eq!(text(response).await, "Err(Written);".repeat(3));
    })
    .await;
}

/// RFC 6455 sections 1.3 and 5.2, by hand: what is on the wire is what is asserted.
#[tokio::test]
async fn a_cookie_survives_an_upgrade_to_a_websocket() {
    async fn upgrade(jar: SharedJar, mut request: Request) -> Response {
        jar.set(sid()).unwrap();
        let upgraded = hyper::upgrade::on(&mut request);
        tokio::spawn(async move {
            let mut stream = TokioIo::new(upgraded.await.unwrap());
            let mut frame = [0; 8];
            stream.read_exact(&mut frame).await.unwrap();
            assert_eq!(frame[..2], [0x81, 0x82], "a masked text of two octets");
            let said = [frame[6] ^ frame[2], frame[7] ^ frame[3]];
            let late = jar.set(sid()).unwrap_err();
            let answer = format!("{} {late:?}", str::from_utf8(&said).unwrap());
            stream.write_all(&[0x81, u8::try_from(answer.len()).unwrap()]).await.unwrap();
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.flush().await.unwrap();
        });
        Response::builder()
            .status(StatusCode::SWITCHING_PROTOCOLS)
            .header("connection", "upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            .body(Body::empty())
            .unwrap()
    }
    let address = serve(at_root(upgrade)).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = "GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                   Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(timeout(Duration::from_secs(30), stream.read_u8()).await.unwrap().unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    assert!(head.starts_with("HTTP/1.1 101 Switching Protocols\r\n"), "{head}");
    let cookies: Vec<_> = head.lines().filter(|line| line.to_ascii_lowercase().starts_with("set-cookie:")).collect();
    assert_eq!(cookies, [format!("set-cookie: {SET}")]);

    stream.write_all(&[0x81, 0x82, 1, 2, 3, 4, b'h' ^ 1, b'i' ^ 2]).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert_eq!(&answer[2..], b"hi Written");
}

#[tokio::test]
async fn the_second_set_cookie_does_not_replace_the_first() {
    async fn handler(jar: SharedJar) -> impl IntoResponse {
        let cookie = |name: &'static str| SetCookie::builder(name, "1").build().unwrap();
        jar.set(cookie("shared-1")).unwrap();
        jar.set(cookie("shared-2")).unwrap();
        let mut own = CookieJar::default();
        own.set(cookie("jar-1"));
        own.set(cookie("jar-2"));
        (
            [("set-cookie", "bare=1")],
            WithCookie(cookie("one")),
            WithCookies([cookie("list-1"), cookie("list-2")]),
            own,
            "ok",
        )
    }
    over_both(at_root(handler), &[], async |response, _| {
        let names: Vec<_> = set(response.headers()).iter().map(|line| line.split_once('=').unwrap().0).collect();
        assert_eq!(names, ["bare", "one", "list-1", "list-2", "jar-1", "jar-2", "shared-1", "shared-2"]);
    })
    .await;
}

#[tokio::test]
async fn cookie_fields_that_http2_has_split_are_one() {
    async fn handler(cookies: RequestCookies, jar: CookieJar, shared: SharedJar) -> String {
        let all: Vec<_> = ["a", "b", "c"].map(|name| cookies.get(name).unwrap_or("none")).into();
        assert_eq!((jar.get("c"), shared.get("c").as_deref()), (cookies.get("c"), cookies.get("c")));
        all.join(",")
    }
    over_both(at_root(handler), &["a=1", "b=2; a=9", "c=3"], async |response, _| {
        assert_eq!(text(response).await, "1,2,3");
    })
    .await;
}

#[tokio::test]
async fn get_sees_pending_changes_and_the_original_stays_readable() {
    async fn rotate(jar: SharedJar, request: Request, next: Next) -> Response {
        jar.set(SID.cookie("new").build().unwrap()).unwrap();
        let response = next.run(request).await;
        assert_eq!(jar.get("note").as_deref(), Some("from the handler"), "on the way out, too");
        response
    }
    async fn handler(jar: SharedJar) -> String {
        jar.set(SetCookie::builder("note", "from the handler").percent_encoded().build().unwrap()).unwrap();
        jar.update(|jar| jar.set(SetCookie::parse("note=from the handler").unwrap())).unwrap();
        format!("{:?} {:?}", jar.get("sid"), jar.original("sid"))
    }
    let app = Router::new().route("/", get(handler)).layer(from_fn(rotate)).layer(CookieLayer::new());
    over_both(app, &["sid=old"], async |response, _| {
        assert_eq!(text(response).await, r#"Some("new") Some("old")"#);
    })
    .await;
}

#[tokio::test]
async fn two_layers_write_no_cookie_twice() {
    async fn handler(jar: SharedJar) {
        jar.set(sid()).unwrap();
    }
    let inner = Router::new().route("/", get(handler)).layer(CookieLayer::new());
    let app = Router::new().merge(inner).layer(CookieLayer::new()).layer(CookieLayer::new());
    over_both(app, &[], async |response, _| assert_eq!(set(response.headers()), [SET])).await;
}

#[tokio::test]
async fn a_panic_takes_the_cookies_along_unless_it_is_caught_inside() {
    let (to, mut from) = mpsc::unbounded_channel();
    let panics = async move |jar: SharedJar| {
        jar.set(sid()).unwrap();
        to.send(jar.clone()).unwrap();
        jar.update(|_| panic!("with the lock held")).unwrap();
    };
    let panicking =
        Router::new().route("/", get(panics)).route("/fine", get(async |jar: SharedJar| drop(jar.set(sid()))));
    let outside = panicking.clone().layer(CookieLayer::new()).layer(CatchPanicLayer::new());
    let inside = panicking.layer(CatchPanicLayer::new()).layer(CookieLayer::new());
    for (app, cookies, state) in [(outside, vec![], TooLate::Abandoned), (inside, vec![SET], TooLate::Written)] {
        let address = serve(app).await;
        for protocol in Protocol::ALL {
            let mut connection = Connection::open(protocol, address).await;
            let response = connection.get("/", &[]).await;
            assert_eq!((response.status().as_u16(), set(response.headers())), (500, cookies.clone()));
            assert_eq!(from.recv().await.unwrap().set(sid()), Err(state), "and its lock is not poisoned");
            let response = connection.get("/fine", &[]).await;
            assert_eq!((response.status().as_u16(), set(response.headers())), (200, vec![SET]));
        }
    }
}

/// Tells when it is dropped.
struct Gone(mpsc::UnboundedSender<()>);

impl Drop for Gone {
    fn drop(&mut self) {
        self.0.send(()).unwrap();
    }
}

#[tokio::test]
async fn a_client_that_goes_away_leaves_a_jar_that_says_so() {
    let (jars, mut jar) = mpsc::unbounded_channel();
    let (gone, mut is_gone) = mpsc::unbounded_channel();
    let before = {
        let (jars, gone) = (jars.clone(), gone.clone());
        async move |jar: SharedJar| {
            let _gone = Gone(gone);
            jars.send(jar).unwrap();
            core::future::pending::<()>().await;
        }
    };
    let during = async move |jar: SharedJar| {
        jars.send(jar).unwrap();
        let gone = Gone(gone);
        Body::from_stream(stream::unfold(gone, async |gone| {
            Some((Ok::<_, Infallible>(Bytes::from_static(b"more ")), gone))
        }))
    };
    let app = Router::new().route("/before", get(before)).route("/during", get(during)).layer(CookieLayer::new());
    let address = serve(app).await;
    for protocol in Protocol::ALL {
        let mut connection = Connection::open(protocol, address).await;
        let waiting = tokio::spawn(async move { connection.send(support::get("/before", &[])).await });
        let held = jar.recv().await.unwrap();
        assert_eq!(held.set(sid()), Ok(None), "the request is being served");
        waiting.abort();
        timeout(Duration::from_secs(30), is_gone.recv()).await.unwrap().unwrap();
        assert_eq!(held.set(sid()), Err(TooLate::Abandoned), "{protocol:?}");

        let mut connection = Connection::open(protocol, address).await;
        let mut response = connection.get("/during", &[]).await;
        let held = jar.recv().await.unwrap();
        assert!(response.body_mut().frame().await.unwrap().unwrap().into_data().unwrap().starts_with(b"more "));
        drop((response, connection));
        timeout(Duration::from_secs(30), is_gone.recv()).await.unwrap().unwrap();
        assert_eq!(held.set(sid()), Err(TooLate::Written), "{protocol:?}");
    }
}

#[tokio::test]
async fn both_ways_in_one_application_write_no_cookie_twice_and_lose_none() {
    async fn handler(shared: SharedJar, mut jar: CookieJar) -> Result<(CookieJar, &'static str), CookieError> {
        shared.set(SetCookie::builder("shared", "1").build()?)?;
        shared.set(SetCookie::builder("both", "shared").build()?)?;
        jar.set(SetCookie::builder("returned", "1").build()?);
        jar.set(SetCookie::builder("both", "returned").build()?);
        Ok((jar, "ok"))
    }
    over_both(at_root(handler), &[], async |response, _| {
        assert_eq!(set(response.headers()), ["returned=1; Path=/", "both=returned; Path=/", "shared=1; Path=/"]);
    })
    .await;
}

#[tokio::test]
async fn a_cookie_that_browsers_would_drop_is_an_error_and_not_silence() {
    async fn handler(Path(kind): Path<String>, jar: SharedJar) -> Result<(), CookieError> {
        let long = "x".repeat(4094);
        let cookie = match &*kind {
            "insecure" => SetCookie::builder("a", "1").same_site(SameSite::None),
            "partitioned" => SetCookie::builder("a", "1").partitioned(true),
            "prefix" => SetCookie::builder("__Host-a", "1"),
            _ => SetCookie::builder("sid", long),
        };
        jar.set(cookie.build()?)?;
        Ok(())
    }
    let app = Router::new().route("/{kind}", get(handler)).layer(CookieLayer::new());
    let address = serve(app).await;
    for protocol in Protocol::ALL {
        let mut connection = Connection::open(protocol, address).await;
        for (path, says) in [
            ("/insecure", "SameSite=None needs Secure"),
            ("/partitioned", "Partitioned needs Secure"),
            ("/prefix", "needs Secure"),
            ("/long", "name and value are 4097 octets together"),
        ] {
            let response = connection.get(path, &[]).await;
            assert_eq!((response.status().as_u16(), set(response.headers())), (500, vec![]));
            let text = text(response).await;
            assert!(text.contains(says), "{text}");
        }
    }
}

#[tokio::test]
async fn odd_request_cookies_are_tolerated_but_reported() {
    async fn lenient(cookies: RequestCookies) -> String {
        format!("{:?} {}", cookies.get("sid"), cookies.cookies().refused().count())
    }
    let app = Router::new().route("/", get(lenient)).route("/strict", get(async |_: StrictCookies| "fine"));
    let address = serve(app).await;
    for protocol in Protocol::ALL {
        let mut connection = Connection::open(protocol, address).await;
        let odd = &["=; bare; sid=31d4"];
        assert_eq!(text(connection.get("/", odd).await).await, "Some(\"31d4\") 1");
        let response = connection.get("/strict", odd).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        let listed = text(response).await;
        assert!(listed.contains("offset 0") && listed.contains("offset 3") && !listed.contains("31d4"), "{listed}");
        assert_eq!(text(connection.get("/strict", &["sid=31d4"]).await).await, "fine");
    }
}

#[tokio::test]
async fn a_rejection_is_there_for_a_layer_that_logs() {
    use hardtack_axum::{CookieValue, TypedCookie, format};

    struct Age(u8);

    impl CookieValue for Age {
        const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new("age").checked();
        type Format = format::Text;
    }

    impl core::str::FromStr for Age {
        type Err = core::num::ParseIntError;

        fn from_str(text: &str) -> Result<Self, Self::Err> {
            text.parse().map(Self)
        }
    }

    impl core::fmt::Display for Age {
        fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            self.0.fmt(f)
        }
    }

    async fn log(request: Request, next: Next) -> Response {
        let mut response = next.run(request).await;
        if let Some(rejection) = response.extensions().get::<TypedRejection>() {
            let line = rejection.to_string().parse().unwrap();
            response.headers_mut().insert("x-logged", line);
        }
        response
    }
    let app = Router::new()
        .route("/", get(async |TypedCookie(Age(age)): TypedCookie<Age>| age.to_string()))
        .layer(from_fn(log));
    let address = serve(app).await;
    for protocol in Protocol::ALL {
        let mut connection = Connection::open(protocol, address).await;
        for (cookie, status, logged) in [
            ("age=31", 200, None),
            ("age=secret", 400, Some(r#"cookie "age": the value is not of its type; set the cookie anew"#)),
            ("other=1", 400, Some(r#"the request has no cookie "age""#)),
        ] {
            let response = connection.get("/", &[cookie]).await;
            assert_eq!(response.status(), status, "{cookie}");
            assert_eq!(response.headers().get("x-logged").map(|line| line.to_str().unwrap()), logged);
        }
    }
}
