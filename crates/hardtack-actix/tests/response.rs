//! Cookies that a handler sets on its own response.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use actix_web::body::BoxBody;
use actix_web::http::header::SET_COOKIE;
use actix_web::test::TestRequest;
use actix_web::{FromRequest as _, HttpResponse, Responder, ResponseError as _};
use futures_util::FutureExt as _;
use hardtack::{SetCookie, SetCookies};
use hardtack_actix::{CookieError, CookieJar, WithCookies as _};
use support::{GONE, cookie, fields, gone, request};

fn respond(responder: impl Responder) -> HttpResponse {
    responder.respond_to(&TestRequest::get().to_http_request()).map_into_boxed_body()
}

#[test]
fn cookies_are_appended_and_take_nobodys_place() {
    let set: SetCookies = [cookie("a", "1"), cookie("b", "2"), cookie("a", "3")].into_iter().collect();
    let mut jar = CookieJar::default();
    jar.set(cookie("j", "1"));
    let there = ("set-cookie", "there=1");
    let gone_field = format!("a={GONE}");
    let deletes = ["there=1", "j=1; Path=/", &gone_field];
    let rows: Vec<(HttpResponse<BoxBody>, &[&str])> = vec![
        (HttpResponse::Ok().with_cookie(cookie("a", "1")).finish(), &["a=1; Path=/"]),
        (
            HttpResponse::Ok()
                .append_header(there)
                .with_cookie(cookie("a", "1"))
                .with_cookie(cookie("b", "1"))
                .body("x"),
            &["there=1", "a=1; Path=/", "b=1; Path=/"],
        ),
        (HttpResponse::Ok().with_cookie(cookie("a", "1")).append_header(there).finish(), &["a=1; Path=/", "there=1"]),
        (HttpResponse::Ok().with_cookies(set.clone()).finish(), &["a=3; Path=/", "b=2; Path=/"]),
        // One of each identity: the later of two, in the earlier's place.
        (
            HttpResponse::Ok().with_cookies([cookie("a", "1"), cookie("b", "1"), cookie("a", "2")]).finish(),
            &["a=2; Path=/", "b=1; Path=/"],
        ),
        (HttpResponse::Ok().with_cookies(None::<SetCookie<'_>>).finish(), &[]),
        (HttpResponse::Ok().with_cookies(jar.clone()).finish(), &["j=1; Path=/"]),
        // A response that is built, and one of another status.
        (
            HttpResponse::NotFound().append_header(there).finish().with_cookies(jar.clone()).with_cookies(set.clone()),
            &["there=1", "j=1; Path=/", "a=3; Path=/", "b=2; Path=/"],
        ),
        // Any responder.
        (respond("text".customize().with_cookie(cookie("a", "1"))), &["a=1; Path=/"]),
        (
            respond(
                HttpResponse::Ok().append_header(there).finish().customize().with_cookies(jar).with_cookie(gone("a")),
            ),
            &deletes,
        ),
    ];
    for (row, (response, written)) in rows.into_iter().enumerate() {
        assert_eq!(fields(response.headers()), written, "row {row}");
        let mut fields = response.headers().get_all(SET_COOKIE);
        assert!(fields.all(|field| field.is_sensitive() || field == "there=1"), "row {row}");
    }
}

#[test]
fn a_cookie_that_browsers_would_drop_is_a_typed_500() {
    let long = "x".repeat(4094);
    let rows = [
        (SetCookie::builder("a", "1").partitioned(true), "Partitioned needs Secure"),
        (SetCookie::builder("__Host-a", "1"), "needs Secure"),
        (SetCookie::builder("sid", &*long), "name and value are 4097 octets together"),
    ];
    for (cookie, says) in rows {
        let error = CookieError::from(cookie.build().unwrap_err());
        assert_eq!(error.error_response().status(), 500);
        assert!(error.to_string().contains(says), "{error}");
        let error = actix_web::Error::from(error);
        assert!(error.as_error::<CookieError>().is_some(), "it is there for who logs");
    }
}

#[test]
fn get_sees_what_was_changed_and_the_original_stays() {
    let request = request(&[b"sid=1; theme=dark; odd=\xFF", b"late=2"]).to_http_request();
    let mut jar = CookieJar::extract(&request).now_or_never().unwrap().unwrap();
    assert_eq!((jar.get("sid"), jar.get("late"), jar.get("odd")), (Some("1"), Some("2"), None));
    assert_eq!(jar.get_bytes("odd"), Some(b"\xFF".as_slice()));
    assert_eq!(jar.set(cookie("theme", "light")), None);
    assert_eq!(jar.set(cookie("theme", "blue")).unwrap().value(), "light");
    jar.delete(gone("sid"));
    assert_eq!((jar.get("theme"), jar.original("theme")), (Some("blue"), Some("dark")));
    assert_eq!((jar.get("sid"), jar.original("sid")), (None, Some("1")));
    assert_eq!(jar.request().count(), 4);
    jar.forget(gone("sid").id()).unwrap();
    assert_eq!(jar.get("sid"), Some("1"));
    assert_eq!((jar.changes().len(), jar.is_changed()), (1, true));
    let shown = format!("{jar:?}");
    assert!(shown.starts_with("CookieJar(ReturnedJar { own: ") && shown.ends_with(", pending: None })"), "{shown}");
    assert!(!shown.contains("blue"));
    let jar = CookieJar::from(request.headers());
    assert_eq!((jar.get("sid"), jar.get("late"), jar.is_changed()), (Some("1"), Some("2"), false));
}
