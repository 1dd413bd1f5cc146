//! What the cookie work costs: requests a second through the proxy with it and without it, turn by turn in one run.
//!
//! `cargo bench -p hardtack-proxy`

use std::convert::Infallible;
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hardtack_proxy::{Plan, Proxy, serve};
use http::header::{COOKIE, HeaderValue, SET_COOKIE};
use http::{Request, Response};
use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

const TURNS: usize = 40;
const TURN: Duration = Duration::from_millis(250);
const CLIENTS: usize = 4;
const SENT: &str = "_ga=GA1.2.1234567890.1700000000; _gid=GA1.2.987654321.1700000000; sid=31d4d96e407aad42; theme=dark; \
                    lang=en-GB; csrf=8c2e41f07aa94d3f; consent=yes; seen=17; tracking=1a2b3c4d5e6f; cart=3";

async fn upstream() -> Result<String, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = service_fn(|_| async {
                let mut response = Response::new(Empty::<Bytes>::new());
                let fields =
                    ["sid=31d4d96e407aad42; Path=/app; HttpOnly; SameSite=Lax", "seen=18; Path=/app; Max-Age=86400"];
                for field in fields {
                    response.headers_mut().append(SET_COOKIE, HeaderValue::from_static(field));
                }
                Ok::<_, Infallible>(response)
            });
            tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    Ok(address)
}

async fn proxy(upstream: &str, plan: Option<Plan>) -> Result<String, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    // A line is made, as for a log, and goes nowhere.
    let log = |line: std::fmt::Arguments<'_>| drop(std::hint::black_box(line.to_string()));
    tokio::spawn(serve(listener, Arc::new(Proxy::new(vec![upstream.to_owned()], plan, log))));
    Ok(address)
}

/// Requests answered in one turn, by so many connections at once.
async fn turn(proxy: &str) -> Result<usize, Box<dyn Error + Send + Sync>> {
    let end = Instant::now() + TURN;
    let mut clients = Vec::new();
    for _ in 0..CLIENTS {
        let stream = TokioIo::new(TcpStream::connect(proxy).await?);
        let (mut client, connection) = hyper::client::conn::http1::handshake(stream).await?;
        tokio::spawn(connection);
        clients.push(tokio::spawn(async move {
            let mut answered = 0;
            while Instant::now() < end {
                client.ready().await?;
                let request = Request::get("/cart").header("Host", "shop.example").header(COOKIE, SENT);
                let response = client.send_request(request.body(Empty::<Bytes>::new())?).await?;
                response.into_body().collect().await?;
                answered += 1;
            }
            Ok::<usize, Box<dyn Error + Send + Sync>>(answered)
        }));
    }
    let mut answered = 0;
    for client in clients {
        answered += client.await??;
    }
    Ok(answered)
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error>> {
    let turns = if std::env::args().any(|argument| argument == "--test") { 2 } else { TURNS };
    let upstream = upstream().await?;
    let plan =
        Plan::new().take_out("tracking".to_owned()).domain("shop.example".to_owned())?.path("/app", "/")?.secure(true);
    let with = proxy(&upstream, Some(plan)).await?;
    let without = proxy(&upstream, None).await?;
    let (mut rates, mut ratios) = ([Vec::new(), Vec::new()], Vec::new());
    for index in 0..turns {
        // Whoever goes first in a pair of turns goes second in the next.
        let first = [&with, &without];
        let mut answered = [0.0; 2];
        for place in if index % 2 == 0 { [0, 1] } else { [1, 0] } {
            let count = turn(first[place]).await.map_err(|error| error.to_string())?;
            answered[place] = f64::from(u32::try_from(count)?) / TURN.as_secs_f64();
            rates[place].push(answered[place]);
        }
        ratios.push(answered[0] / answered[1]);
    }
    let [with, without] = rates.map(median);
    println!("requests a second, median of {turns} turns: {with:.0} with the cookie work, {without:.0} without");
    println!("with : without, median of the pairs: {:.3}", median(ratios));
    Ok(())
}
