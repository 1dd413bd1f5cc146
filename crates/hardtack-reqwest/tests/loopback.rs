//! A client of reqwest with the jar, against a server on loopback.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod server;

use std::sync::{Arc, Mutex};

use hardtack::CookieDate;
use hardtack_reqwest::{Jar, Profile};
use reqwest::header::COOKIE;
use reqwest::{Client, StatusCode};

use crate::server::Server;

fn ok(fields: &[&str]) -> Vec<String> {
    ["200 OK"].iter().chain(fields).map(ToString::to_string).collect()
}

/// A client for which these hosts are the server's.
fn client(jar: &Arc<Jar>, server: &Server, hosts: &[&str]) -> Client {
    let builder = Client::builder().cookie_provider(jar.clone()).no_proxy();
    hosts.iter().fold(builder, |builder, host| builder.resolve(host, server.address)).build().unwrap()
}

fn cookies(server: &Server) -> Vec<Option<String>> {
    server.asked().into_iter().map(|asked| asked.cookie).collect()
}

#[tokio::test]
async fn a_cookie_is_kept_and_sent_again() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/login" => ok(&["Set-Cookie: sid=31d4; Path=/", "Set-Cookie: step=2; Path=/login"]),
        "/logout" => ok(&["Set-Cookie: sid=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/"]),
        _ => ok(&[]),
    });
    let jar = Arc::new(Jar::new(Profile::Chromium));
    let client = client(&jar, &server, &["shop.example"]);
    for path in ["/login", "/", "/login", "/logout", "/"] {
        let response = client.get(server.url("shop.example", path)).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
    }
    let expected = [None, Some("sid=31d4"), Some("step=2; sid=31d4"), Some("sid=31d4"), None];
    assert_eq!(cookies(&server), expected.map(|cookie| cookie.map(str::to_owned)));
}

#[tokio::test]
async fn a_redirect_sets_cookies_and_carries_them() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/login" => vec!["303 See Other".into(), "Location: /home".into(), "Set-Cookie: sid=31d4; Path=/".into()],
        _ => ok(&[]),
    });
    let jar = Arc::new(Jar::new(Profile::Firefox));
    let client = client(&jar, &server, &["shop.example"]);
    client.get(server.url("shop.example", "/login")).send().await.unwrap();
    assert_eq!(cookies(&server), [None, Some("sid=31d4".to_owned())]);
}

#[tokio::test]
async fn a_cookie_for_a_public_suffix_goes_to_no_other_host() {
    let server = Server::new(|_| ok(&["Set-Cookie: evil=1; Domain=com", "Set-Cookie: evil=2; Domain=.co.uk"]));
    let jar = Arc::new(Jar::new(Profile::Chromium));
    let hosts = ["evil.com", "shop.com", "evil.co.uk", "shop.co.uk"];
    let client = client(&jar, &server, &hosts);
    for host in hosts {
        client.get(server.url(host, "/")).send().await.unwrap();
    }
    assert_eq!(cookies(&server), vec![None; hosts.len()]);
    assert!(jar.store().is_empty());
}

#[tokio::test]
async fn what_is_refused_is_told_with_the_reason() {
    let server = Server::new(|_| {
        ok(&["Set-Cookie: __Host-sid=31d4", "Set-Cookie: kept=1", "Set-Cookie: a=b; Domain=other.example"])
    });
    let told: Arc<Mutex<Vec<(String, String)>>> = Arc::default();
    let tell = told.clone();
    let jar = Arc::new(Jar::new(Profile::Chromium).on_refused(move |url, verdict| {
        let reason = verdict.refusal().unwrap().to_string();
        tell.lock().unwrap().push((url.path().to_owned(), reason));
    }));
    let client = client(&jar, &server, &["shop.example"]);
    client.get(server.url("shop.example", "/cart")).send().await.unwrap();
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|(path, _)| path == "/cart"));
    assert!(told[0].1.contains("__Host-") && told[1].1.contains("other.example"), "{told:?}");
    assert!(told.iter().all(|(_, reason)| !reason.contains("31d4")), "a value is told to nobody");
}

#[tokio::test]
async fn a_cookie_header_set_by_hand_is_sent_as_it_is() {
    let server = Server::new(|_| ok(&["Set-Cookie: sid=31d4"]));
    let jar = Arc::new(Jar::new(Profile::Chromium));
    let client = client(&jar, &server, &["shop.example"]);
    client.get(server.url("shop.example", "/")).header(COOKIE, "mine=1").send().await.unwrap();
    client.get(server.url("shop.example", "/")).header(COOKIE, "mine=2").send().await.unwrap();
    client.get(server.url("shop.example", "/")).send().await.unwrap();
    let expected = ["mine=1", "mine=2", "sid=31d4"];
    assert_eq!(cookies(&server), expected.map(|cookie| Some(cookie.to_owned())));
}

#[tokio::test]
async fn the_clock_is_the_callers_and_may_run_backwards() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/set" => ok(&["Set-Cookie: sid=31d4; Max-Age=60; Path=/"]),
        _ => ok(&[]),
    });
    let now = Arc::new(Mutex::new(1_800_000_000));
    let clock = now.clone();
    let jar =
        Arc::new(Jar::new(Profile::Rfc6265bis).clock(move || CookieDate::from_unix_timestamp(*clock.lock().unwrap())));
    let client = client(&jar, &server, &["shop.example"]);
    for (second, path) in [(0, "/set"), (59, "/"), (60, "/"), (-100, "/set"), (-90, "/"), (0, "/")] {
        *now.lock().unwrap() = 1_800_000_000 + second;
        client.get(server.url("shop.example", path)).send().await.unwrap();
    }
    let sent: Vec<_> = cookies(&server).iter().map(Option::is_some).collect();
    assert_eq!(
        sent,
        [false, true, false, true, true, false],
        "what had expired has not yet, where the clock went back"
    );
}

#[tokio::test]
async fn a_panic_under_the_lock_poisons_nothing() {
    let jar = Arc::new(Jar::new(Profile::Chromium));
    let held = jar.clone();
    let panicked = std::thread::spawn(move || {
        let _store = held.store();
        panic!("of the test");
    });
    assert!(panicked.join().is_err());
    assert_eq!(jar.store().len(), 0);
}

/// Sixty-four clients of one jar each, and one jar they share: what one of them was given none of the others sends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_requests_lose_and_leak_nothing() {
    let server = Arc::new(Server::new(|asked| {
        let user = asked.host.split('.').next().unwrap().to_owned();
        match &asked.cookie {
            // Whoever comes with a cookie must come with their own.
            Some(cookie) if *cookie == format!("user={user}") => ok(&[]),
            Some(_) => vec!["409 Conflict".to_owned()],
            None => ok(&[&format!("Set-Cookie: user={user}; Path=/")]),
        }
    }));
    let shared = Arc::new(Jar::new(Profile::Chromium));
    let hosts: Vec<_> = (0..64).map(|user| format!("u{user}.example")).collect();
    let names: Vec<_> = hosts.iter().map(String::as_str).collect();
    let client = client(&shared, &server, &names);
    let tasks: Vec<_> = hosts
        .iter()
        .cloned()
        .map(|host| {
            let (client, server) = (client.clone(), server.clone());
            tokio::spawn(async move {
                for _ in 0..157 {
                    let response = client.get(server.url(&host, "/")).send().await.unwrap();
                    assert_eq!(response.status(), StatusCode::OK, "{host} sent another's cookie");
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let asked = server.asked();
    assert_eq!(asked.len(), 64 * 157);
    assert_eq!(asked.iter().filter(|asked| asked.cookie.is_none()).count(), 64, "each was without a cookie once");
    assert_eq!(shared.store().len(), 64);
}

#[test]
fn debug_shows_how_many_cookies_there_are() {
    assert_eq!(format!("{:?}", Jar::new(Profile::Chromium)), "Jar { cookies: 0, .. }");
}
