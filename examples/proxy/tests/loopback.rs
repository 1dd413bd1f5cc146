//! The proxy between a client and an upstream on loopback, both of them raw where octets matter.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use hardtack_proxy::{Plan, Proxy, serve};
use http::header::COOKIE;
use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

type Log = Arc<Mutex<Vec<String>>>;

/// An upstream that reads a request's head, keeps it, and answers with these octets.
async fn upstream(answer: impl Into<Vec<u8>>) -> (String, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (answer, heads) = (answer.into(), Log::default());
    let seen = heads.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (answer, seen) = (answer.clone(), seen.clone());
            tokio::spawn(async move {
                let mut stream = BufReader::new(stream);
                let mut head = String::new();
                while !head.ends_with("\r\n\r\n") && stream.read_line(&mut head).await.unwrap_or(0) > 0 {}
                seen.lock().unwrap().push(head);
                let _written = stream.write_all(&answer).await;
                // What an upgraded connection says comes back in upper case.
                let mut rest = [0; 64];
                while let Ok(len @ 1..) = stream.read(&mut rest).await {
                    let _written = stream.write_all(&rest[..len].to_ascii_uppercase()).await;
                }
            });
        }
    });
    (address, heads)
}

async fn proxy(upstreams: &[&str], plan: Plan) -> (String, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let log = Log::default();
    let lines = log.clone();
    let upstreams = upstreams.iter().map(ToString::to_string).collect();
    let proxy = Proxy::new(upstreams, plan, move |line| lines.lock().unwrap().push(line.to_string()));
    tokio::spawn(serve(listener, Arc::new(proxy)));
    (address, log)
}

/// What comes back to a request of these octets, up to the end of the head.
async fn ask(proxy: &str, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(proxy).await.unwrap();
    stream.write_all(request).await.unwrap();
    head(&mut BufReader::new(stream)).await
}

async fn head(stream: &mut BufReader<TcpStream>) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && stream.read_until(b'\n', &mut head).await.unwrap() > 0 {}
    String::from_utf8_lossy(&head).into_owned()
}

fn field<'h>(head: &'h str, name: &str) -> Vec<&'h str> {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .filter(|(field, _)| field.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
        .collect()
}

const OK: &[u8] = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

#[tokio::test]
async fn the_cookie_fields_of_http_2_are_one_for_the_upstream() {
    let (upstream, heads) = upstream(OK).await;
    let (proxy, _) = proxy(&[&upstream], Plan::new()).await;
    let stream = TokioIo::new(TcpStream::connect(&proxy).await.unwrap());
    let (mut client, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), stream).await.unwrap();
    tokio::spawn(connection);
    let request = http::Request::get("http://shop.example/cart")
        .header(COOKIE, "sid=31d4")
        .header(COOKIE, "theme=dark")
        .header(COOKIE, "odd=\"a, b\"")
        .body(Empty::<Bytes>::new())
        .unwrap();
    let response = client.send_request(request).await.unwrap();
    assert_eq!(response.status(), 200);
    response.into_body().collect().await.unwrap();
    let heads = heads.lock().unwrap();
    assert_eq!(field(&heads[0], "cookie"), ["sid=31d4; theme=dark; odd=\"a, b\""]);
    assert_eq!(field(&heads[0], "host"), ["shop.example"]);
}

#[tokio::test]
async fn a_cookie_is_taken_out_and_every_other_octet_stays() {
    let rows = [
        ("a=1; tracking=9; b=2", Some("a=1; b=2"), "between others"),
        ("tracking=9;a=1 ;b==2;", Some("a=1 ;b==2;"), "the first, and no space is lost"),
        ("a=1;;  ; =x=y; odd", Some("a=1;;  ; =x=y; odd"), "odd ones stay as they are"),
        ("a=1; tracking=9; b=2; tracking=8", Some("a=1; b=2"), "all of the name"),
        ("Tracking=9", Some("Tracking=9"), "another name"),
        ("tracking=9", None, "no field is left where nothing is"),
    ];
    let (upstream, heads) = upstream(OK).await;
    let (proxy, _) = proxy(&[&upstream], Plan::new().take_out("tracking".to_owned())).await;
    for (index, (sent, seen, reason)) in rows.into_iter().enumerate() {
        ask(&proxy, format!("GET / HTTP/1.1\r\nHost: a\r\nCookie: {sent}\r\n\r\n").as_bytes()).await;
        let heads = heads.lock().unwrap();
        assert_eq!(field(&heads[index], "cookie"), Vec::from_iter(seen), "{reason}");
    }
}

#[tokio::test]
async fn domain_path_and_secure_are_rewritten_and_the_rest_stays() {
    let rows = [
        (
            "sid=1; Domain=app.internal; Path=/app; HttpOnly",
            "sid=1; Domain=shop.example; Path=/; Secure; HttpOnly",
            "all three",
        ),
        ("sid=1; Path=/app/cart", "sid=1; Path=/cart; Secure", "below the path"),
        ("sid=1; Path=/application", "sid=1; Path=/application; Secure", "another path"),
        ("sid=1", "sid=1; Secure", "neither Domain nor Path is put where none was"),
        ("a=b, c; sEcUrE;pATH=/x;  Foo", "a=b, c; sEcUrE;pATH=/x;  Foo", "nothing to change: octet for octet"),
        ("a=1; priority=High; Note=x", "a=1; Secure; Priority=High; Note=x", "what the model does not know stays"),
    ];
    for (sent, seen, reason) in rows {
        let answer =
            format!("HTTP/1.1 200 OK\r\nSet-Cookie: {sent}\r\nSet-Cookie: b=2; Secure\r\nContent-Length: 0\r\n\r\n");
        let (upstream, _) = upstream(answer).await;
        let plan = Plan::new().domain("shop.example".to_owned()).unwrap().path("/app", "/").unwrap().secure(true);
        let (proxy, _) = proxy(&[&upstream], plan).await;
        let head = ask(&proxy, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        // Attributes the model knows are written in its letter case, others in that of the line.
        let fields: Vec<_> = field(&head, "set-cookie");
        assert!(fields[0].eq_ignore_ascii_case(seen), "{reason}: {:?}", fields[0]);
        assert_eq!(fields[1..], ["b=2; Secure"], "{reason}");
    }
}

#[tokio::test]
async fn a_user_stays_with_an_upstream() {
    let (first, first_heads) = upstream(OK).await;
    let (second, second_heads) = upstream(OK).await;
    let (proxy, _) = proxy(&[&first, &second], Plan::new()).await;
    let head = ask(&proxy, b"GET / HTTP/1.1\r\nHost: a\r\nCookie: sid=1\r\n\r\n").await;
    let set = field(&head, "set-cookie");
    assert_eq!(set, ["upstream=0; Path=/; HttpOnly"]);
    for _ in 0..5 {
        let head = ask(&proxy, b"GET / HTTP/1.1\r\nHost: a\r\nCookie: sid=1; upstream=0\r\n\r\n").await;
        assert!(field(&head, "set-cookie").is_empty(), "who stays is not told again");
    }
    assert_eq!(first_heads.lock().unwrap().len(), 6);
    assert_eq!(second_heads.lock().unwrap().len(), 0);
    for odd in ["2", "99999999999999999999999", "-1", "x", ""] {
        let request = format!("GET / HTTP/1.1\r\nHost: a\r\nCookie: upstream={odd}\r\n\r\n");
        let head = ask(&proxy, request.as_bytes()).await;
        assert_eq!(field(&head, "set-cookie").len(), 1, "{odd:?} is no upstream: another is given");
    }
    assert!(first_heads.lock().unwrap().iter().all(|head| !head.contains("upstream=")), "it is the proxy's own");
}

#[tokio::test]
async fn the_log_holds_no_value() {
    let answer = "HTTP/1.1 200 OK\r\nSet-Cookie: sid=topsecret; Path=/\r\nSet-Cookie: =\r\nContent-Length: 0\r\n\r\n";
    let (upstream, _) = upstream(answer).await;
    let (proxy, log) = proxy(&[&upstream], Plan::new()).await;
    ask(&proxy, b"GET /cart?x=1 HTTP/1.1\r\nHost: a\r\nCookie: sid=topsecret; theme=dark\r\n\r\n").await;
    let log = log.lock().unwrap();
    assert_eq!(log.len(), 1);
    assert!(log[0].starts_with("GET /cart 200 cookie=[sid; theme] set-cookie=[sid; <1 octets: "), "{}", log[0]);
    assert!(!log[0].contains("topsecret") && !log[0].contains("dark"), "{}", log[0]);
}

#[test]
fn a_name_begins_no_line_of_the_log_and_every_cookie_is_in_it() {
    use http::header::{HeaderMap, HeaderName, HeaderValue, SET_COOKIE};

    // Fields; what is told of them, as a request's and as a response's.
    let rows: [(&[&[u8]], &str, &str); 5] = [
        (&[], "", ""),
        (&[b"a=secret; b=secret"], "a; b", "a"),
        (&[b"a=1", b"=secret; \xFF=2"], "a; ; \\xff", "a; "),
        (&[b"a\tb=secret", b"\xC3\xA9=1; \xE2\x80\xA8=1"], "a\\tb; \\xc3\\xa9; \\xe2\\x80\\xa8", "a\\tb; \\xc3\\xa9"),
        (&[b"upstream=7; tracking=1"], "upstream; tracking", "upstream"),
    ];
    let plan = Plan::new().take_out("tracking".to_owned()).secure(true);
    for (fields, asked, answered) in rows {
        let headers = |name: HeaderName| -> HeaderMap {
            fields.iter().map(|field| (name.clone(), HeaderValue::from_bytes(field).unwrap())).collect()
        };
        let (mut of_request, mut of_response) = (String::new(), String::new());
        let mut request = headers(COOKIE);
        let upstream = plan.request(&mut request, &mut of_request);
        assert_eq!(upstream, asked.starts_with("upstream").then_some(7));
        assert!(request.get_all(COOKIE).iter().count() <= 1, "joined, or nothing is left");
        let mut response = headers(SET_COOKIE);
        plan.response(&mut response, &mut of_response);
        assert_eq!(response.len(), fields.len());
        assert_eq!((of_request.as_str(), of_response.as_str()), (asked, answered), "{fields:?}");
        plan.stay_with(3, &mut response, &mut of_response);
        assert_eq!(
            of_response,
            if answered.is_empty() { "upstream".to_owned() } else { format!("{answered}; upstream") }
        );
    }
}

#[test]
fn ten_thousand_set_cookie_fields_are_each_rewritten() {
    use http::header::{HeaderMap, HeaderValue, SET_COOKIE};

    let plan = Plan::new().secure(true).path("/app", "/").unwrap();
    let field = |number: usize| HeaderValue::try_from(format!("c{number}=secret; Path=/app")).unwrap();
    let mut response: HeaderMap = (0..10_000).map(|number| (SET_COOKIE, field(number))).collect();
    let mut set = String::new();
    plan.response(&mut response, &mut set);
    assert_eq!(response.len(), 10_000);
    for (number, field) in response.get_all(SET_COOKIE).iter().enumerate() {
        assert_eq!(field, &format!("c{number}=secret; Path=/; Secure"));
        assert!(field.is_sensitive());
    }
    assert!(set.starts_with("c0; c1; c2; ") && set.ends_with("; c9999") && !set.contains("secret"));
}

#[tokio::test]
async fn an_upgrade_goes_through_with_its_cookies() {
    let answer = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSet-Cookie: sid=1; Path=/app\r\n\r\n";
    let (upstream, heads) = upstream(answer).await;
    let (proxy, _) = proxy(&[&upstream], Plan::new().path("/app", "/").unwrap()).await;
    let mut stream = BufReader::new(TcpStream::connect(&proxy).await.unwrap());
    stream
        .write_all(
            b"GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nCookie: sid=1\r\n\r\n",
        )
        .await
        .unwrap();
    let head = head(&mut stream).await;
    assert!(head.starts_with("HTTP/1.1 101"), "{head}");
    assert_eq!(field(&head, "set-cookie"), ["sid=1; Path=/"]);
    assert_eq!(field(&heads.lock().unwrap()[0], "cookie"), ["sid=1"]);
    stream.write_all(b"raw octets").await.unwrap();
    let mut echo = [0; 10];
    stream.read_exact(&mut echo).await.unwrap();
    assert_eq!(&echo, b"RAW OCTETS");
}

#[tokio::test]
async fn an_upstream_that_is_gone_or_says_too_much_is_a_bad_gateway() {
    let many = "Set-Cookie: a=1\r\n".repeat(10_000);
    let (chatty, _) = upstream(format!("HTTP/1.1 200 OK\r\n{many}Content-Length: 0\r\n\r\n")).await;
    let gone = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().to_string()
    };
    for upstream in [chatty, gone] {
        let (proxy, log) = proxy(&[&upstream], Plan::new().secure(true)).await;
        let head = ask(&proxy, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        assert!(head.starts_with("HTTP/1.1 502"), "{head}");
        assert_eq!(log.lock().unwrap().len(), 2, "why, and the request");
    }
}

#[tokio::test]
async fn a_user_who_goes_away_takes_nobody_along() {
    let (upstream, _) =
        upstream(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nonly the beginning".as_slice()).await;
    let (proxy, _) = proxy(&[&upstream], Plan::new()).await;
    for _ in 0..20 {
        let mut stream = TcpStream::connect(&proxy).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
        drop(stream);
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    let head = ask(&proxy, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
}
