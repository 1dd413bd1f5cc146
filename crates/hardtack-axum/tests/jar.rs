//! What a handler returns: a cookie, several, a jar; alone, and under the layer.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use axum_core::response::{IntoResponse, Response};
use hardtack::{SetCookie, SetCookies};
use hardtack_axum::{CookieJar, CookieLayer, NoRoom, WithCookie, WithCookies};
use http::header::{HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use http::{Request, StatusCode};
use support::{cookie, extract, fields, gone, jar_of, request, through};

const GONE: &str = "DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/";

#[test]
fn parts_are_appended_and_take_nobodys_place() {
    let set: SetCookies = [cookie("a", "1"), cookie("b", "2"), cookie("a", "3")].into_iter().collect();
    let mut jar = CookieJar::from(&HeaderMap::new());
    jar.set(cookie("j", "1"));
    let there = || [(SET_COOKIE, "there=1")];
    let rows: Vec<(Response, &[&str])> = vec![
        (WithCookie(cookie("a", "1")).into_response(), &["a=1; Path=/"]),
        ((there(), WithCookie(cookie("a", "1")), ()).into_response(), &["there=1", "a=1; Path=/"]),
        (
            (WithCookie(cookie("a", "1")), WithCookie(cookie("a", "2")), ()).into_response(),
            &["a=1; Path=/", "a=2; Path=/"],
        ),
        (WithCookies(set.clone()).into_response(), &["a=3; Path=/", "b=2; Path=/"]),
        ((there(), WithCookies(set), ()).into_response(), &["there=1", "a=3; Path=/", "b=2; Path=/"]),
        // One of each identity: the later of two, in the earlier's place.
        (
            WithCookies(vec![cookie("a", "1"), cookie("b", "1"), cookie("a", "2")]).into_response(),
            &["a=2; Path=/", "b=1; Path=/"],
        ),
        (WithCookies(None::<SetCookie<'_>>).into_response(), &[]),
        (WithCookies(Some(cookie("a", "1"))).into_response(), &["a=1; Path=/"]),
        (jar.clone().into_response(), &["j=1; Path=/"]),
        (
            (there(), jar.clone(), WithCookie(cookie("a", "1")), ()).into_response(),
            &["there=1", "j=1; Path=/", "a=1; Path=/"],
        ),
        ((StatusCode::SEE_OTHER, jar).into_response(), &["j=1; Path=/"]),
    ];
    for (row, (response, written)) in rows.into_iter().enumerate() {
        assert_eq!(fields(response.headers()), written, "row {row}");
        assert!(response.headers().get_all(SET_COOKIE).iter().all(|field| field.is_sensitive() || field == "there=1"));
    }
}

#[test]
fn a_field_that_the_header_map_refuses_is_a_typed_500() {
    let mut full = HeaderMap::new();
    for index in 0.. {
        let name = HeaderName::try_from(format!("x-{index}")).unwrap();
        if full.try_append(name, HeaderValue::from_static("")).is_err() {
            break;
        }
    }
    let mut jar = CookieJar::default();
    jar.set(cookie("a", "1"));
    let responses = [
        (WithCookie(cookie("a", "1")), full.clone()).into_response(),
        (WithCookies([cookie("a", "1")]), full.clone()).into_response(),
        (jar, full).into_response(),
    ];
    for response in responses {
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(response.extensions().get::<NoRoom>().is_some());
        assert!(response.headers().len() < 10, "it is a response of its own");
    }
}

#[test]
fn get_sees_what_was_changed_and_the_original_stays() {
    let mut jar: CookieJar = extract(request(&[b"sid=1; theme=dark; odd=\xFF", b"late=2"])).unwrap();
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
}

#[test]
fn a_jar_is_that_of_the_core_and_of_a_header_map() {
    let mut own = hardtack::CookieJar::new("sid=1");
    own.set(cookie("theme", "dark"));
    let jar = CookieJar::from(own);
    assert_eq!((jar.get("sid"), jar.get("theme"), jar.is_changed()), (Some("1"), Some("dark"), true));
    let jar = CookieJar::from(request(&[b"sid=1", b"late=2"]).headers());
    assert_eq!((jar.get("sid"), jar.get("late"), jar.is_changed()), (Some("1"), Some("2"), false));
}

#[test]
fn parts_show_no_value() {
    let cookie = || cookie("sid", "31d4");
    assert_eq!(format!("{:?}", WithCookie(cookie())), format!("WithCookie({:?})", cookie()));
    assert_eq!(format!("{:?}", WithCookies([cookie()])), format!("WithCookies([{:?}])", cookie()));
    assert!(!format!("{:?}", cookie()).contains("31d4"));
}

#[test]
fn under_the_layer_the_returned_jar_sees_pending_changes_and_writes_its_own() {
    let response = through(&CookieLayer::new(), request(&[b"sid=1"]), |request| {
        let shared = jar_of(&request);
        shared.set(cookie("early", "1")).unwrap();
        shared.set(cookie("both", "shared")).unwrap();
        shared.delete(gone("sid")).unwrap();

        let mut jar: CookieJar = extract(request).unwrap();
        assert_eq!((jar.get("early"), jar.get("both"), jar.get("sid")), (Some("1"), Some("shared"), None));
        assert_eq!((jar.original("sid"), jar.original("early")), (Some("1"), None));
        assert!(!jar.is_changed());
        jar.set(cookie("both", "returned"));
        jar.set(cookie("own", "1"));
        assert_eq!(jar.get("both"), Some("returned"));

        shared.set(cookie("late", "1")).unwrap();
        jar.into_response().map(|_| ())
    });
    assert_eq!(
        fields(response.headers()),
        [
            // What was returned, and stands where it does.
            "both=returned; Path=/",
            "own=1; Path=/",
            // What the layer adds: "both" is not written twice.
            "early=1; Path=/",
            &format!("sid={GONE}"),
            "late=1; Path=/",
        ]
    );
}

#[test]
fn what_the_layer_is_about_to_set_the_returned_jar_can_delete() {
    let response = through(&CookieLayer::new(), request(&[]), |request: Request<()>| {
        jar_of(&request).set(cookie("note", "1")).unwrap();
        let mut jar: CookieJar = extract(request).unwrap();
        jar.set(cookie("note", "2"));
        assert_eq!(jar.delete(gone("note")), Some(cookie("note", "2")));
        assert_eq!(jar.get("note"), None);
        // The cookie itself says which to delete, too.
        assert_eq!(jar.delete(cookie("note", "3")), Some(gone("note")));
        assert_eq!(jar.get("note"), None);
        jar.into_response().map(|_| ())
    });
    assert_eq!(fields(response.headers()), [format!("note={GONE}")]);
}
