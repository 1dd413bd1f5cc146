//! axum: 10 000 requests by 64 clients at a time, against one layer.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use hardtack::SetCookie;
use hardtack_axum::{CookieLayer, RequestCookies, SharedJar};
use http::StatusCode;
use http_body_util::BodyExt as _;
use support::{Connection, Protocol, serve, set};
use tower_http::catch_panic::CatchPanicLayer;

const REQUESTS: usize = 10_000;
const CLIENTS: usize = 64;

/// Five ways to end, each with two cookies that say whose request it was.
async fn handler(Path(ending): Path<u8>, cookies: RequestCookies, jar: SharedJar) -> Response {
    let client = cookies.get("client").unwrap().to_owned();
    jar.set(SetCookie::builder("seen", format!("{client}-{}", jar.get("turn").unwrap())).build().unwrap()).unwrap();
    tokio::task::yield_now().await;
    let task = {
        let (jar, client) = (jar.clone(), client.clone());
        tokio::spawn(async move { jar.set(SetCookie::builder("task", client).build().unwrap()).map(drop) })
    };
    task.await.unwrap().unwrap();
    assert_eq!(cookies.get("client"), jar.get("client").as_deref());
    match ending {
        0 => "ok".into_response(),
        1 => Redirect::to("/").into_response(),
        2 => StatusCode::UNAUTHORIZED.into_response(),
        3 => jar.update(|_| panic!("with the lock held")).unwrap(),
        _ => {
            Response::builder().header("set-cookie", format!("seen=returned-{client}; Path=/")).body("".into()).unwrap()
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_cookie_is_lost_and_none_is_anothers() {
    // What 2 000 caught panics say is not worth reading.
    std::panic::set_hook(Box::new(|_| ()));
    let app = Router::new().route("/{ending}", get(handler)).layer(CatchPanicLayer::new()).layer(CookieLayer::new());
    let address = serve(app).await;
    let (started, answered) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let (started, answered) = (Arc::clone(&started), Arc::clone(&answered));
            tokio::spawn(async move {
                let mut connection = Connection::open(Protocol::ALL[client % 2], address).await;
                loop {
                    let turn = started.fetch_add(1, Ordering::Relaxed);
                    if turn >= REQUESTS {
                        break;
                    }
                    let ending = turn % 5;
                    let field = format!("client={client}; turn={turn}");
                    let response = connection.get(&format!("/{ending}"), &[&field]).await;
                    let seen = match ending {
                        4 => format!("seen=returned-{client}; Path=/"),
                        _ => format!("seen={client}-{turn}; Path=/"),
                    };
                    assert_eq!(set(response.headers()), [seen, format!("task={client}; Path=/")]);
                    assert_eq!(response.status(), [200, 303, 401, 500, 200][ending]);
                    response.into_body().collect().await.unwrap();
                    answered.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for client in clients {
        client.await.unwrap();
    }
    assert_eq!(answered.load(Ordering::Relaxed), REQUESTS);
}
