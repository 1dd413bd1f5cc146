//! Each application, as a visitor uses it.

#![allow(clippy::unwrap_used, reason = "a value that is not there is a failing test")]

#[allow(unreachable_pub, reason = "shared by the files of tests")]
mod support;

use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::Body;
use hardtack::MAX_PAIR_LEN;
use hardtack_compat::flask;
use http::{Request, StatusCode};
use support::{FLASK_SECRET, Visitor};

#[tokio::test]
async fn every_page_has_the_headers_and_no_script() {
    let mut visitor = Visitor::new();
    for path in ["/", "/likes", "/visits", "/license", "/login", "/why", "/why/puzzles", "/why/puzzles/1", "/nowhere"] {
        let page = visitor.get(path).await;
        assert_eq!(page.status == StatusCode::NOT_FOUND, path == "/nowhere", "{path}");
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe") && !policy.contains("script"));
        assert_eq!(page.headers["x-content-type-options"], "nosniff");
        assert_eq!(page.headers["cache-control"], "no-store");
        assert_eq!(page.headers["vary"], "Cookie");
        assert!(!page.body.contains("<script") && !page.body.contains(" style=") && !page.body.contains(" onclick"));
        // Nothing is fetched from elsewhere: no attribute but a placeholder or a form's text names a host.
        assert!(!page.body.contains("src=\"http") && !page.body.contains("href=\"http"), "{path}");
    }
    assert_eq!(visitor.get("/style.css").await.headers["content-type"], "text/css; charset=utf-8");
    assert_eq!(visitor.get("/icon.svg").await.headers["content-type"], "image/svg+xml");
}

#[tokio::test]
async fn another_site_posts_nothing() {
    let mut visitor = Visitor::new();
    for (site, heard) in [("cross-site", false), ("same-site", false), ("same-origin", true), ("none", true)] {
        let request = Request::post("/likes/add")
            .header("sec-fetch-site", site)
            .header("content-type", "application/x-www-form-urlencoded");
        let answer = visitor.send(request.body(Body::from(format!("like={site}"))).unwrap()).await;
        assert_eq!(answer.status == StatusCode::OK, heard, "{site}");
        assert_eq!(!answer.set_cookies().is_empty(), heard, "{site}");
    }
}

#[tokio::test]
async fn likes_are_added_and_removed_one_by_one() {
    let mut visitor = Visitor::new();
    let typed = ["tea", "a;b", "\"quoted\"", "this|that", "Käse", "🍪", "50% off", "x=y, z\\"];
    for (count, like) in (1..).zip(typed) {
        let page = visitor.post("/likes/add", &[("like", like)]).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.shows(&format!("Added: {like}")), "{like}");
        assert_eq!(visitor.agent.cookie("likes").unwrap().split('|').count(), count, "{like}");
    }
    let page = visitor.get("/likes").await;
    for like in typed {
        assert!(page.shows(like), "{like}");
    }
    assert_eq!(page.body.matches("action=\"/likes/remove\"").count(), typed.len());
    assert!(page.set_cookies().is_empty(), "to look changes nothing");
    assert!(visitor.post("/likes/add", &[("like", " tea ")]).await.shows("You like that already."));

    for (left, like) in (0..typed.len()).rev().zip(typed) {
        let page = visitor.post("/likes/remove", &[("like", like)]).await;
        assert_eq!(page.body.matches("action=\"/likes/remove\"").count(), left, "{like}");
    }
    assert_eq!(visitor.agent.cookie("likes"), None, "the last one removed deletes the cookie");
    assert!(visitor.get("/likes").await.shows("None so far."));
}

#[tokio::test]
async fn likes_are_full_at_4096_and_say_so() {
    let mut visitor = Visitor::new();
    // "likes" and "a..a|" leave exactly one octet.
    let first = "a".repeat(MAX_PAIR_LEN - "likes".len() - "|b".len());
    assert_eq!(visitor.post("/likes/add", &[("like", &first)]).await.status, StatusCode::OK);

    let full = visitor.post("/likes/add", &[("like", "bc")]).await;
    assert_eq!(full.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(full.shows("The cookie is full: with this like it would be 4097 octets"));
    assert!(full.body.contains("value=\"bc\""), "what was typed is still there");
    assert!(full.set_cookies().is_empty());

    let fits = visitor.post("/likes/add", &[("like", "b")]).await;
    assert_eq!(fits.status, StatusCode::OK);
    let cookie = fits.set_cookie();
    assert_eq!(cookie.name().len() + cookie.value().len(), MAX_PAIR_LEN);
    assert!(visitor.agent.refused().is_empty());
    assert!(fits.shows("Room: 4096 of 4096 octets"));
}

#[tokio::test]
async fn likes_that_nobody_added_cost_only_themselves() {
    let mut visitor = Visitor::new();
    visitor.write("likes=tea|%zz|cake");
    let page = visitor.get("/likes").await;
    assert_eq!(page.body.matches("action=\"/likes/remove\"").count(), 2);
    assert!(page.shows("1 of the cookie cannot be read"));
}

#[tokio::test]
async fn what_is_typed_is_text_and_no_markup() {
    let mut visitor = Visitor::new();
    let page = visitor.post("/likes/add", &[("like", "<b onload=\"x\">&amp;")]).await;
    assert!(page.shows("Added: <b onload=\"x\">&amp;"));
    assert!(!page.body.contains("<b "));
}

#[tokio::test]
async fn visits_are_counted_and_start_over() {
    let mut visitor = Visitor::new();
    assert!(visitor.get("/visits").await.shows("Your first visit"));
    assert!(visitor.get("/visits").await.shows("Visit 2"));
    assert_eq!(visitor.agent.cookie("visits"), Some("2"));

    for edited in ["many", "-1", "007", "4294967295", "99999999999"] {
        let page = visitor.post("/visits/edit", &[("value", edited)]).await;
        assert_eq!(page.set_cookie().value(), edited);
        let page = visitor.get("/visits").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.shows("the count starts over"), "{edited}");
        assert_eq!(visitor.agent.cookie("visits"), Some("1"), "{edited}");
    }
    visitor.write("visits=k%C3");
    assert!(visitor.get("/visits").await.shows("the count starts over"));

    let refused = visitor.post("/visits/edit", &[("value", "7; Domain=evil.example")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.shows("byte 0x3B at offset 1 is not allowed in a cookie value"));

    let page = visitor.post("/visits/forget", &[]).await;
    assert!(page.set_cookie().is_tombstone());
    assert_eq!(visitor.agent.cookie("visits"), None);
    assert!(visitor.get("/visits").await.shows("Your first visit"));
}

#[tokio::test]
async fn the_license_counts_once_it_is_agreed_to() {
    let mut visitor = Visitor::new();
    let content = "baked until nothing can happen to it";
    assert!(!visitor.get("/license").await.shows(content));
    let page = visitor.post("/license/agree", &[]).await;
    assert!(page.shows(content));
    assert!(page.set_cookie().http_only());
    assert!(visitor.get("/license").await.shows(content), "the next request has it");
    assert!(visitor.post("/license/withdraw", &[]).await.set_cookie().is_tombstone());
    assert!(!visitor.get("/license").await.shows(content));
}

#[tokio::test]
async fn each_forgery_is_told_apart() {
    let server = Visitor::server();
    let rows = [
        ("own-key", "sealed with a key that is not this server's"),
        ("other-text", "It was changed after it was sealed"),
        ("no-seal", "it has no seal"),
    ];
    for (how, told) in rows {
        let mut visitor = Visitor::of(&server);
        let page = visitor.post("/license/forge", &[("how", how)]).await;
        assert_eq!(page.set_cookies().len(), 1, "{how}");
        for page in [page, visitor.get("/license").await] {
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{how}");
            assert!(page.shows(told), "{how}");
            assert!(!page.shows("baked until"), "{how}");
        }
    }
    // What one visitor agreed to under this name is not an agreement under another server's key.
    let (mut here, mut there) = (Visitor::of(&server), Visitor::new());
    here.post("/license/agree", &[]).await;
    there.write(&format!("license={}; Path=/", here.agent.cookie("license").unwrap()));
    assert!(there.get("/license").await.shows("sealed with a key that is not this server's"));
}

#[tokio::test]
async fn logging_out_deletes_and_ends() {
    let server = Visitor::server();
    let mut visitor = Visitor::of(&server);
    assert!(!visitor.get("/login").await.shows("Hello"));
    let page = visitor.post("/login", &[("user", " Zoë ")]).await;
    assert!(page.shows("Hello, Zoë"));
    assert_eq!(page.set_cookies().len(), 2);
    assert!(visitor.get("/login").await.shows("Hello, Zoë"));
    let id = visitor.agent.cookie("session_id").unwrap().to_owned();
    assert_eq!(id.len(), 32);

    // A new login is a new session, and ends the one before.
    visitor.post("/login", &[("user", "Zoë")]).await;
    assert_ne!(visitor.agent.cookie("session_id"), Some(&*id));
    let mut thief = Visitor::of(&server);
    thief.write(&format!("session_id={id}; Path=/"));
    assert!(!thief.get("/login").await.shows("Hello"));

    let id = visitor.agent.cookie("session_id").unwrap().to_owned();
    let page = visitor.post("/logout", &[]).await;
    let lines = page.set_cookies();
    assert_eq!(
        lines,
        [
            "session_id=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; HttpOnly; SameSite=Lax",
            "session=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; HttpOnly; SameSite=Lax",
        ]
    );
    assert!(visitor.agent.store().is_empty(), "the next request has none");
    assert!(visitor.get("/login").await.shows("No Cookie field"));
    thief.write(&format!("session_id={id}; Path=/"));
    assert!(!thief.get("/login").await.shows("Hello"), "the server has forgotten the session, too");

    for bad in ["", "   ", &"x".repeat(65)] {
        assert_eq!(visitor.post("/login", &[("user", bad)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn the_session_is_as_flask_has_it() {
    let mut visitor = Visitor::new();
    visitor.post("/login", &[("user", "Zoë 🍪")]).await;
    let sessions = flask::Sessions::new(flask::Key::new(FLASK_SECRET).unwrap());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let opened = sessions.open(visitor.agent.cookie("session").unwrap(), now).unwrap();
    assert_eq!(opened.value().get("user").unwrap().as_str(), Some("Zoë 🍪"));

    // And what Flask writes is read here.
    let mut session = flask::Session::new();
    session.insert("user", "from Flask".to_owned());
    visitor.write(&format!("session={}; Path=/", sessions.sign(&session, now).unwrap()));
    assert!(visitor.get("/login").await.shows("from Flask"));
    visitor.write("session=forged.forged.forged; Path=/");
    assert!(visitor.get("/login").await.shows("The cookie there is does not open"));
}

#[tokio::test]
async fn the_wire_is_beside_each_application() {
    let mut visitor = Visitor::new();
    let first = visitor.get("/visits").await;
    assert!(first.shows("No Cookie field"));
    assert!(first.shows("Set-Cookie: visits=1; Max-Age=34560000; Path=/; SameSite=Lax"));
    assert!(first.shows("400 days"), "what Max-Age means");
    let second = visitor.get("/visits").await;
    assert!(second.shows("Cookie: visits=1"));
    assert!(second.shows("Set-Cookie: visits=2;"));
}
