//! Cookies whose value is of a type.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use core::fmt;
use core::str::FromStr;

use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, HttpResponse, web};
use hardtack::format::{self, Unread};
use hardtack::{BuildError, CookieTemplate, CookieValue};
use hardtack_actix::{
    CookieError, CookieJar, CookieMiddleware, SharedJar, TypedCookie, TypedRejection, WithCookies as _,
};
use serde::{Deserialize, Serialize};
use support::{cookie, fields, request};

#[derive(Clone, Copy, Debug, PartialEq)]
struct Age(u8);

impl CookieValue for Age {
    const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new("age").checked();
    type Format = format::Text;
}

impl FromStr for Age {
    type Err = core::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct View {
    hidden: Vec<String>,
}

impl CookieValue for View {
    const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new("view").path("/shop").checked();
    type Format = format::Json;
}

async fn needed(TypedCookie(Age(age)): TypedCookie<Age>) -> String {
    age.to_string()
}

async fn wanted(age: Option<TypedCookie<Age>>) -> String {
    age.map_or_else(|| "none".to_owned(), |TypedCookie(Age(age))| age.to_string())
}

async fn told(age: Result<TypedCookie<Age>, TypedRejection>) -> String {
    match age {
        Ok(TypedCookie(Age(age))) => age.to_string(),
        Err(TypedRejection::Missing { name }) => format!("{name} is missing"),
        Err(rejection) => rejection.to_string(),
    }
}

async fn older(TypedCookie(Age(age)): TypedCookie<Age>) -> TypedCookie<Age> {
    TypedCookie(Age(age.saturating_add(1)))
}

#[actix_web::test]
async fn one_that_is_missing_or_odd_is_a_400_and_an_option_and_a_result_work() {
    const ODD: &str = r#"cookie "age": the value is not of its type; set the cookie anew"#;
    const ENCODING: &str = r#"cookie "age": "#;
    // Cookie field; needed: status and body; wanted; told.
    let rows: &[(&[u8], u16, &str, &str, &str)] = &[
        (b"age=31", 200, "31", "31", "31"),
        (b"age=%331", 200, "31", "31", "31"),
        (b"b=1", 400, r#"the request has no cookie "age""#, "none", "age is missing"),
        (b"age=DELETED", 400, r#"the request has no cookie "age""#, "none", "age is missing"),
        (b"age=secret", 400, ODD, "none", ODD),
        (b"age=\xFF", 400, ENCODING, "none", ENCODING),
        (b"age=%3", 400, ENCODING, "none", ENCODING),
        // The first that can be read counts, whatever a stranger has set.
        (b"age=secret; age=31; age=32", 200, "31", "31", "31"),
    ];
    let app = App::new()
        .route("/needed", web::get().to(needed))
        .route("/wanted", web::get().to(wanted))
        .route("/told", web::get().to(told));
    let app = init_service(app).await;
    for (field, status, needed, wanted, told) in rows {
        for (path, status, body) in [("/needed", *status, needed), ("/wanted", 200, wanted), ("/told", 200, told)] {
            let response = call_service(&app, request(&[field]).uri(path).to_request()).await;
            assert_eq!(response.status(), status, "{path} {field:?}");
            let text = String::from_utf8(read_body(response).await.to_vec()).unwrap();
            assert!(text.starts_with(body) && !text.contains("secret"), "{path} {field:?}: {text}");
        }
    }
}

#[actix_web::test]
async fn it_is_a_response_and_set_on_any() {
    let app = App::new().route("/older", web::get().to(older)).route(
        "/view",
        web::get().to(async || -> Result<HttpResponse, CookieError> {
            let view = View { hidden: vec!["price; tax".into()] };
            Ok(HttpResponse::Created().with_typed(&view)?.body("made"))
        }),
    );
    let app = init_service(app).await;
    let response = call_service(&app, request(&[b"age=31"]).uri("/older").to_request()).await;
    assert_eq!((response.status().as_u16(), fields(response.headers())), (200, vec!["age=32; Path=/".into()]));
    let response = call_service(&app, TestRequest::with_uri("/view").to_request()).await;
    assert_eq!(response.status(), 201);
    let set = fields(response.headers());
    assert_eq!(set, ["view={%22hidden%22:[%22price%3B%20tax%22]}; Path=/shop"]);

    // What was written is read.
    let value = set[0].split(';').next().unwrap();
    let jar = CookieJar::from(hardtack::CookieJar::new(value));
    assert_eq!(jar.get_typed(), Ok(Some(View { hidden: vec!["price; tax".into()] })));
}

#[actix_web::test]
async fn under_the_middleware_a_change_is_what_is_read() {
    async fn handler(jar: SharedJar) -> Result<HttpResponse, CookieError> {
        assert_eq!(jar.get_typed(), Ok(Some(Age(31))));
        jar.set_typed(&Age(32))?;
        assert_eq!(jar.get_typed(), Ok(Some(Age(32))));
        jar.set(cookie("age", "odd"))?;
        let fault = Unread::OtherType;
        assert_eq!(jar.get_typed::<Age>(), Err(TypedRejection::Unread { name: "age", fault }));
        jar.delete(support::gone("age"))?;
        assert_eq!(jar.get_typed::<Age>(), Ok(None));
        jar.set_typed(&Age(33))?;
        Ok(HttpResponse::Ok().finish())
    }
    let app = App::new().route("/", web::get().to(handler)).wrap(CookieMiddleware::new());
    let response = call_service(&init_service(app).await, request(&[b"age=31"]).to_request()).await;
    assert_eq!(fields(response.headers()), ["age=33; Path=/"]);
}

#[test]
fn one_that_is_too_long_says_how_long() {
    let mut jar = CookieJar::default();
    let error = jar.set_typed(&View { hidden: vec!["x".repeat(5000)] }).unwrap_err();
    assert!(matches!(error, CookieError::Build(BuildError::PairTooLong { .. })), "{error:?}");
    assert!(error.to_string().contains("4096") && !error.to_string().contains("xx"), "{error}");
    assert!(!jar.is_changed());
    assert_eq!(
        format!("{:?}", TypedCookie(Age(31))),
        format!("TypedCookie {{ name: {:?}, .. }}", Age::TEMPLATE.name())
    );
}
