//! The client that keeps cookies.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use core::time::Duration;

use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, HttpResponse, web};
use hardtack::agent::Profile;
use hardtack::{CookieDate, CookieTemplate, SetCookie};
use hardtack_actix::test::{Agent, assert_deletes, assert_sets, assert_sets_by, assert_unset, jar};
use hardtack_actix::{CookieError, CookieMiddleware, RequestCookies, SharedJar, WithCookies as _};
use support::{cookie, gone};

const SHOP: CookieTemplate<'_> = CookieTemplate::new("shop").path("/shop").max_age(Duration::from_secs(60)).checked();

async fn shop(cookies: RequestCookies, shared: SharedJar) -> Result<HttpResponse, CookieError> {
    shared.set(SHOP.cookie(if cookies.get("shop").is_some() { "again" } else { "first" }).build()?)?;
    Ok(HttpResponse::Unauthorized().finish())
}

#[actix_web::test]
async fn it_sends_what_a_browser_would() {
    let app = App::new().default_service(web::get().to(shop)).wrap(CookieMiddleware::new());
    let app = init_service(app).await;
    let mut agent = Agent::new("https://shop.example/").unwrap().at(CookieDate::UNIX_EPOCH);
    // Path, seconds before it, what is set.
    for (path, seconds, value) in
        [("/shop", 0, "first"), ("/shop/cart?a=1", 59, "again"), ("/other", 59, "first"), ("/shop", 61, "first")]
    {
        agent.wait(Duration::from_secs(seconds));
        let request = agent.prepare(path, TestRequest::get()).unwrap().to_request();
        let response = call_service(&app, request).await;
        assert_eq!(response.status(), 401);
        assert_eq!(jar(response.headers()).unwrap().get("shop"), Some(value), "{path}");
        assert_eq!(agent.receive(path, response.headers()).unwrap().len(), 1);
    }
    assert_eq!(agent.refused(), []);
    agent.wait(Duration::from_secs(61));
    assert_eq!(agent.cookie("shop"), None);
}

#[test]
fn it_is_of_a_profile_and_at_a_time() {
    let now = CookieDate::from_unix_timestamp(1_000_000_000);
    let mut agent = Agent::new("https://shop.example").unwrap().profile(Profile::Firefox).at(now);
    assert_eq!(agent.store().profile(), Profile::Firefox);
    let response = HttpResponse::Ok().with_cookie(cookie("a", "1")).finish();
    agent.receive("/", response.headers()).unwrap();
    assert_eq!(agent.store().iter().map(|cookie| cookie.created).collect::<Vec<_>>(), [now]);
}

#[test]
fn what_is_refused_is_told() {
    let mut agent = Agent::new("https://shop.example").unwrap();
    let other = SetCookie::builder("a", "1").domain("other.example").build().unwrap();
    let response = HttpResponse::Ok().with_cookie(other).with_cookie(cookie("b", "1")).finish();
    assert!(agent.receive("/", response.headers()).unwrap()[0].refusal().is_some());
    assert_eq!((agent.refused().len(), agent.cookie("b")), (1, Some("1")));
    let response = HttpResponse::Ok().with_cookie(gone("b")).finish();
    agent.receive("/", response.headers()).unwrap();
    assert_eq!((agent.cookie("b"), agent.store().len()), (None, 0));
    for origin in ["ftp://shop.example", "shop.example", "https://"] {
        assert!(Agent::new(origin).is_err(), "{origin}");
    }
}

#[test]
fn the_jar_of_a_response_has_what_it_sets() {
    let set = [cookie("a", "1"), SHOP.cookie("2").build().unwrap(), gone("sid")];
    let response = HttpResponse::Ok().with_cookies(set.clone()).finish();
    let jar = jar(response.headers()).unwrap();
    assert_eq!(jar.changes().iter().collect::<Vec<_>>(), set.iter().collect::<Vec<_>>());
    assert_eq!((jar.get("a"), jar.get("sid")), (Some("1"), None));

    let odd = HttpResponse::Ok().append_header(("set-cookie", "=")).finish();
    assert!(hardtack_actix::test::jar(odd.headers()).is_err());
}

type Assertion = fn(&actix_web::http::header::HeaderMap);

#[test]
fn assertions_say_what_differs() {
    let set = [cookie("a", "1"), SHOP.cookie("2").build().unwrap(), gone("sid")];
    let response = HttpResponse::Ok().with_cookies(set.clone()).finish();
    let headers = response.headers().clone();
    assert_sets(&headers, &set[0]);
    assert_eq!(assert_sets_by(&headers, &SHOP), "2");
    assert_deletes(&headers, &CookieTemplate::new("sid"));
    assert_unset(&headers, "theme");

    let rows: [(Assertion, &str); 5] = [
        (|headers| assert_sets(headers, &cookie("a", "2")), "otherwise:\n  value: expected \"2\", found \"1\""),
        (|headers| assert_sets(headers, &cookie("b", "1")), "it sets \"a\", \"shop\", \"sid\""),
        (|headers| drop(assert_sets_by(headers, &SHOP.secure(true))), "Secure: expected it, found none"),
        (|headers| assert_deletes(headers, &SHOP), "value: expected \"DELETED\", found \"2\""),
        (|headers| assert_unset(headers, "sid"), "should not speak of the cookie \"sid\""),
    ];
    for (assertion, message) in rows {
        let panicked = std::panic::catch_unwind(|| assertion(&headers)).unwrap_err();
        let told = panicked.downcast_ref::<String>().unwrap();
        assert!(told.contains(message), "{told}");
    }
}
