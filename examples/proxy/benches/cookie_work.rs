//! What the cookie work costs: requests a second through the proxy with it and without it, turn by turn in one run, and
//! the processor's time for each; a bare request with an empty answer, and a browser's with a page.
//!
//! `cargo bench -p hardtack-proxy`

use std::convert::Infallible;
use std::error::Error;
use std::fmt::{Arguments, Write as _};
use std::hint::black_box;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use hardtack_proxy::{Plan, Proxy, serve};
use http::header::{COOKIE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use http::{Request, Response};
use http_body_util::{BodyExt, Empty, Full};
use hyper::body::Bytes;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

const TURNS: usize = 40;
const TURN: Duration = Duration::from_millis(250);
const CLIENTS: usize = 4;
const LOG: usize = 1 << 16;
const SENT: &str = "_ga=GA1.2.1234567890.1700000000; _gid=GA1.2.987654321.1700000000; sid=31d4d96e407aad42; theme=dark; \
                    lang=en-GB; csrf=8c2e41f07aa94d3f; consent=yes; seen=17; tracking=1a2b3c4d5e6f; cart=3";
const SET: [&str; 2] = ["sid=31d4d96e407aad42; Path=/app; HttpOnly; SameSite=Lax", "seen=18; Path=/app; Max-Age=86400"];

/// What a browser says besides, and what a server does.
const OF_A_BROWSER: [(&str, &str); 9] = [
    ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("accept-encoding", "gzip, deflate, br, zstd"),
    ("accept-language", "en-GB,en;q=0.9"),
    ("cache-control", "max-age=0"),
    ("sec-fetch-dest", "document"),
    ("sec-fetch-mode", "navigate"),
    ("sec-fetch-site", "same-origin"),
    ("upgrade-insecure-requests", "1"),
    ("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"),
];
const OF_A_SERVER: [(&str, &str); 5] = [
    ("cache-control", "private, no-cache"),
    ("content-type", "text/html; charset=utf-8"),
    ("etag", "\"6a2f-18c\""),
    ("vary", "accept-encoding, cookie"),
    ("x-content-type-options", "nosniff"),
];
const PAGE: usize = 16 * 1024;

/// What is asked for, and what is answered.
#[derive(Clone)]
struct Exchange {
    name: &'static str,
    asked: HeaderMap,
    answered: HeaderMap,
    page: Bytes,
}

fn headers(fields: &[(&'static str, &'static str)]) -> HeaderMap {
    let field = |&(name, value): &(&'static str, &'static str)| {
        (HeaderName::from_static(name), HeaderValue::from_static(value))
    };
    fields.iter().map(field).collect()
}

fn exchanges() -> [Exchange; 2] {
    let host = ("host", "shop.example");
    let bare = Exchange {
        name: "a bare request, an empty answer",
        asked: headers(&[host]),
        answered: HeaderMap::new(),
        page: Bytes::new(),
    };
    let page = Exchange {
        name: "a browser's request, a page of 16 KiB",
        asked: headers(&[&[host], &OF_A_BROWSER[..]].concat()),
        answered: headers(&OF_A_SERVER),
        page: vec![b' '; PAGE].into(),
    };
    [bare, page].map(|mut exchange| {
        exchange.asked.insert(COOKIE, HeaderValue::from_static(SENT));
        for field in SET {
            exchange.answered.append(SET_COOKIE, HeaderValue::from_static(field));
        }
        exchange
    })
}

fn plan() -> Result<Plan, Box<dyn Error>> {
    let plan = Plan::new().take_out("tracking".to_owned()).domain("shop.example".to_owned())?;
    Ok(plan.path("/app", "/")?.secure(true))
}

async fn upstream(exchange: Exchange) -> Result<String, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let exchange = exchange.clone();
            let service = service_fn(move |_| {
                let mut response = Response::new(Full::new(exchange.page.clone()));
                *response.headers_mut() = exchange.answered.clone();
                async { Ok::<_, Infallible>(response) }
            });
            tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    Ok(address)
}

async fn proxy(upstream: &str, plan: Option<Plan>) -> Result<String, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    // A line goes into a buffer, as in front of a file, and no further.
    let buffer = Mutex::new(String::with_capacity(LOG));
    let log = move |line: Arguments<'_>| {
        let mut buffer = buffer.lock().unwrap_or_else(PoisonError::into_inner);
        if buffer.len() > LOG / 2 {
            buffer.clear();
        }
        let _written = writeln!(buffer, "{line}");
    };
    tokio::spawn(serve(listener, Arc::new(Proxy::new(vec![upstream.to_owned()], plan, log))));
    Ok(address)
}

/// Requests answered in one turn, by so many connections at once.
async fn turn(proxy: &str, asked: &HeaderMap) -> Result<u32, Box<dyn Error + Send + Sync>> {
    let end = Instant::now() + TURN;
    let mut clients = Vec::new();
    for _ in 0..CLIENTS {
        let stream = TokioIo::new(TcpStream::connect(proxy).await?);
        let (mut client, connection) = hyper::client::conn::http1::handshake(stream).await?;
        tokio::spawn(connection);
        let asked = asked.clone();
        clients.push(tokio::spawn(async move {
            let mut answered = 0;
            while Instant::now() < end {
                client.ready().await?;
                let mut request = Request::get("/cart").body(Empty::<Bytes>::new())?;
                *request.headers_mut() = asked.clone();
                client.send_request(request).await?.into_body().collect().await?;
                answered += 1;
            }
            Ok::<u32, Box<dyn Error + Send + Sync>>(answered)
        }));
    }
    let mut answered = 0;
    for client in clients {
        answered += client.await??;
    }
    Ok(answered)
}

/// The time for which this process had a processor, in microseconds; `None` where the system does not tell.
fn processor_time() -> Option<f64> {
    let mut nanoseconds = 0.0;
    for task in std::fs::read_dir("/proc/self/task").ok()? {
        // "time on a processor, time waited for one, turns"
        let told = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        nanoseconds += told.split(' ').next()?.parse::<f64>().ok()?;
    }
    Some(nanoseconds / 1000.0)
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

/// The least time of a call, in microseconds, with everything in the caches.
fn alone(calls: u32, mut call: impl FnMut()) -> f64 {
    let mut least = f64::MAX;
    for _ in 0..20 {
        let begin = Instant::now();
        (0..calls).for_each(|_| call());
        least = least.min(begin.elapsed().as_secs_f64() * 1e6 / f64::from(calls));
    }
    least
}

async fn through_the_proxy(exchange: Exchange, turns: usize) -> Result<(), Box<dyn Error>> {
    let upstream = upstream(exchange.clone()).await?;
    let proxies = [proxy(&upstream, Some(plan()?)).await?, proxy(&upstream, None).await?];
    let (mut rates, mut costs) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    for index in 0..turns {
        // Whoever goes first in a pair of turns goes second in the next.
        for place in if index % 2 == 0 { [0, 1] } else { [1, 0] } {
            let before = processor_time();
            let answered = turn(&proxies[place], &exchange.asked).await.map_err(|error| error.to_string())?;
            let spent = processor_time().zip(before).map(|(after, before)| (after - before) / f64::from(answered));
            rates[place].push(f64::from(answered) / TURN.as_secs_f64());
            costs[place].push(spent.unwrap_or_default());
        }
    }
    let ratio = |[with, without]: &[Vec<f64>; 2]| median(with.iter().zip(without).map(|(a, b)| a / b).collect());
    let (faster, dearer) = (ratio(&rates), ratio(&costs));
    let ([rate, rate_without], [cost, cost_without]) = (rates.map(median), costs.map(median));
    println!("{}, medians of {turns} turns and of their pairs:", exchange.name);
    println!("  requests a second: {rate:.0} with the cookie work, {rate_without:.0} without, {faster:.3}");
    println!("  processor time a request: {cost:.1} us with it, {cost_without:.1} us without, {dearer:.3}");
    Ok(())
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error>> {
    let is_test = std::env::args().any(|argument| argument == "--test");
    let (turns, calls) = if is_test { (2, 20) } else { (TURNS, 2000) };
    let (exchanges, plan) = (exchanges(), plan()?);
    let [Exchange { asked, answered, .. }, _] = &exchanges;
    let copies = alone(calls, || drop(black_box((asked.clone(), answered.clone()))));
    let work = alone(calls, || {
        let (mut asked, mut answered, mut of_request, mut of_response) =
            (asked.clone(), answered.clone(), String::new(), String::new());
        black_box(plan.request(&mut asked, &mut of_request));
        plan.response(&mut answered, &mut of_response);
        black_box((asked, answered, of_request, of_response));
    });
    println!("the plan alone, ten cookies and two Set-Cookie fields: {:.2} us", work - copies);
    for exchange in exchanges {
        through_the_proxy(exchange, turns).await?;
    }
    Ok(())
}
