//! What the middleware writes, when, and what it leaves alone.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use core::cell::Cell;
use core::future::{Ready, pending, ready};
use core::task::{Context, Poll};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;

use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform as _, fn_service};
use actix_web::error::{ErrorForbidden, ErrorImATeapot};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, SET_COOKIE};
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, call_service, init_service, try_call_service};
use actix_web::{App, Error, FromRequest as _, HttpMessage as _, HttpResponse, ResponseError as _, web};
use hardtack::TooLate;
use hardtack_actix::{CookieError, CookieJar, CookieMiddleware, MissingMiddleware, SharedJar, WithCookies as _};
use support::{GONE, cookie, fields, gone, request};

/// What the middleware makes of what a handler does with the jar.
async fn through(
    request: TestRequest,
    handler: impl Fn(SharedJar, &ServiceRequest) -> Result<HttpResponse, Error> + Clone + 'static,
) -> Result<ServiceResponse, Error> {
    let inner = fn_service(move |request: ServiceRequest| {
        let jar = SharedJar::from_extensions(&request.extensions()).unwrap();
        ready(handler(jar, &request).map(|response| request.into_response(response)))
    });
    let service = CookieMiddleware::new().new_transform(inner).await.unwrap();
    service.call(request.to_srv_request()).await
}

#[actix_web::test]
async fn the_changes_are_on_a_response_of_every_status() {
    for status in [101, 200, 204, 302, 304, 400, 404, 500, 503] {
        let response = through(request(&[b"sid=1"]), move |jar, _| {
            jar.set(cookie("theme", "dark")).unwrap();
            jar.delete(gone("sid")).unwrap();
            Ok(HttpResponse::new(StatusCode::from_u16(status).unwrap()))
        });
        let response = response.await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(fields(response.headers()), ["theme=dark; Path=/", &format!("sid={GONE}")], "{status}");
    }
}

#[actix_web::test]
async fn an_error_gets_the_changes_when_it_becomes_a_response() {
    let refused = through(request(&[]), |jar, _| {
        jar.set(cookie("attempts", "1")).unwrap();
        Err(ErrorForbidden("no"))
    });
    let error = refused.await.unwrap_err();
    // However often.
    for _ in 0..2 {
        let response = error.error_response();
        assert_eq!((response.status().as_u16(), fields(response.headers())), (403, vec!["attempts=1; Path=/".into()]));
    }
    let untouched = through(request(&[]), |_, _| Err(ErrorForbidden("no"))).await.unwrap_err();
    assert_eq!(fields(untouched.error_response().headers()), [""; 0]);
}

#[actix_web::test]
async fn without_a_change_the_response_is_as_it_was() {
    let response = through(request(&[b"sid=1"]), |jar, _| {
        assert_eq!(jar.get("sid").as_deref(), Some("1"));
        Ok(HttpResponse::Ok().append_header((SET_COOKIE, "a=1")).append_header((SET_COOKIE, "a=1")).finish())
    });
    assert_eq!(fields(response.await.unwrap().headers()), ["a=1", "a=1"]);
}

/// What the response has, what the jar changes, what goes out: the field that is there stays, and the jar's of the same
/// identity is left out.
#[actix_web::test]
async fn of_two_that_set_the_same_cookie_the_field_of_the_response_wins() {
    let rows: &'static [(&[&str], &[&str], &[&str])] = &[
        (&["a=1; Path=/"], &["a=2; Path=/"], &["a=1; Path=/"]),
        (&["a=1; Path=/"], &["b=2; Path=/"], &["a=1; Path=/", "b=2; Path=/"]),
        // One name at two paths, in two partitions is two cookies.
        (&["a=1; Path=/"], &["a=2; Path=/app"], &["a=1; Path=/", "a=2; Path=/app"]),
        (&["a=1; Path=/"], &["a=2; Path=/; Secure; Partitioned"], &["a=1; Path=/", "a=2; Path=/; Secure; Partitioned"]),
        // The same cookie, written otherwise.
        (
            &["a=1; domain=.B.Example; path=/; HttpOnly"],
            &["a=2; Domain=b.example; Path=/"],
            &["a=1; domain=.B.Example; path=/; HttpOnly"],
        ),
        // A deletion is no less than a value; what no user agent reads, sets nothing.
        (&["a=DELETED; Max-Age=0; Path=/"], &["a=2; Path=/"], &["a=DELETED; Max-Age=0; Path=/"]),
        (&["="], &["a=2; Path=/"], &["=", "a=2; Path=/"]),
        // Fields that others have written twice are theirs; the order is that of the changes.
        (&["a=1", "a=1"], &["c=3; Path=/", "b=2; Path=/"], &["a=1", "a=1", "c=3; Path=/", "b=2; Path=/"]),
    ];
    for (there, changes, written) in rows {
        let response = through(request(&[]), move |jar, _| {
            for change in *changes {
                jar.set(change.parse().unwrap()).unwrap();
            }
            let mut response = HttpResponse::Ok();
            for field in *there {
                response.append_header((SET_COOKIE, *field));
            }
            Ok(response.finish())
        });
        assert_eq!(fields(response.await.unwrap().headers()), *written, "{there:?} and {changes:?}");
    }
}

#[actix_web::test]
async fn a_field_with_octets_beyond_ascii_is_compared_and_kept() {
    let response = through(request(&[]), |jar, _| {
        jar.set(cookie("a", "2")).unwrap();
        jar.set(cookie("b", "2")).unwrap();
        let odd = HeaderValue::from_bytes(b"a=\xFF; Path=/").unwrap();
        Ok(HttpResponse::Ok().append_header((SET_COOKIE, odd)).finish())
    });
    let response = response.await.unwrap();
    let all: Vec<_> = response.headers().get_all(SET_COOKIE).map(HeaderValue::as_bytes).collect();
    assert_eq!(all, [b"a=\xFF; Path=/".as_slice(), b"b=2; Path=/"]);
}

#[actix_web::test]
async fn two_of_them_are_one_jar_and_write_once() {
    async fn handler(jar: SharedJar) -> HttpResponse {
        assert_eq!(jar.get("outer").as_deref(), Some("1"), "what is between them is seen");
        jar.set(cookie("inner", "2")).unwrap();
        HttpResponse::Ok().finish()
    }
    let scope = web::scope("/in").wrap(CookieMiddleware::new()).route("", web::get().to(handler));
    let app = App::new().service(scope).wrap(from_fn(async |jar: SharedJar, request: ServiceRequest, next| {
        jar.set(cookie("outer", "1")).unwrap();
        let response: ServiceResponse = next_call(next, request).await?;
        assert_eq!(fields(response.headers()), [""; 0], "the outer one writes");
        assert_eq!(jar.get("inner").as_deref(), Some("2"));
        jar.set(cookie("later", "3")).unwrap();
        Ok::<_, Error>(response)
    }));
    let app = init_service(app.wrap(CookieMiddleware::new())).await;
    let response = call_service(&app, TestRequest::with_uri("/in").to_request()).await;
    assert_eq!(fields(response.headers()), ["outer=1; Path=/", "inner=2; Path=/", "later=3; Path=/"]);
}

async fn next_call(
    next: actix_web::middleware::Next<actix_web::body::BoxBody>,
    request: ServiceRequest,
) -> Result<ServiceResponse, Error> {
    next.call(request).await
}

#[actix_web::test]
async fn under_it_the_jar_of_the_handler_sees_pending_changes_and_writes_its_own() {
    let response = through(request(&[b"sid=1"]), |shared, request| {
        shared.set(cookie("early", "1")).unwrap();
        shared.set(cookie("both", "shared")).unwrap();
        shared.set(cookie("note", "1")).unwrap();
        shared.delete(gone("sid")).unwrap();

        let jar = CookieJar::extract(request.request()).into_inner();
        let mut jar = jar.unwrap();
        assert_eq!((jar.get("early"), jar.get("both"), jar.get("sid")), (Some("1"), Some("shared"), None));
        assert_eq!((jar.original("sid"), jar.original("early")), (Some("1"), None));
        assert!(!jar.is_changed());
        jar.set(cookie("both", "own"));
        jar.set(cookie("own", "1"));
        // What the middleware is about to write is deleted, and not only taken back.
        jar.set(cookie("note", "2"));
        // By the cookie itself, and by its tombstone.
        jar.delete(cookie("note", "2"));
        assert_eq!((jar.get("both"), jar.get("note")), (Some("own"), None));

        shared.set(cookie("late", "1")).unwrap();
        Ok(HttpResponse::Ok().with_cookies(jar).finish())
    });
    assert_eq!(
        fields(response.await.unwrap().headers()),
        [
            "both=own; Path=/",
            "own=1; Path=/",
            &format!("note={GONE}"),
            // What the middleware adds: "both" and "note" are not written twice.
            "early=1; Path=/",
            &format!("sid={GONE}"),
            "late=1; Path=/",
        ]
    );
}

#[actix_web::test]
async fn a_change_after_the_head_is_an_error() {
    let (to, from) = channel();
    let response = through(request(&[b"sid=1"]), move |jar, _| {
        jar.set(cookie("a", "1")).unwrap();
        to.send(jar).unwrap();
        Ok(HttpResponse::Ok().finish())
    });
    let response = response.await.unwrap();
    let jar = from.recv().unwrap();
    assert_eq!(jar.set(cookie("b", "2")), Err(TooLate::Written));
    assert_eq!(jar.delete(gone("sid")), Err(TooLate::Written));
    assert_eq!(jar.forget(cookie("a", "1").id()), Err(TooLate::Written));
    assert_eq!(jar.update(|_| unreachable!("it is too late")), Err::<(), _>(TooLate::Written));
    assert_eq!(fields(response.headers()), ["a=1; Path=/"]);
    assert_eq!(
        (jar.get("a").as_deref(), jar.get("sid").as_deref()),
        (Some("1"), Some("1")),
        "reading is never too late"
    );
    let late = CookieError::from(TooLate::Written);
    assert_eq!(
        (late.status_code().as_u16(), late.to_string().as_str()),
        (
            500,
            "the cookie was changed after the head of the response was written; \
             change it before the response is returned"
        )
    );
}

#[actix_web::test]
async fn a_change_after_the_request_was_given_up_is_an_error() {
    let (to, from) = channel();
    let inner = fn_service(move |request: ServiceRequest| {
        to.send(SharedJar::from_extensions(&request.extensions()).unwrap()).unwrap();
        pending::<Result<ServiceResponse, Error>>()
    });
    let service = CookieMiddleware::new().new_transform(inner).await.unwrap();
    let waiting = service.call(TestRequest::get().to_srv_request());
    let jar = from.recv().unwrap();
    assert_eq!(jar.set(cookie("a", "1")), Ok(None));
    drop(waiting);
    assert_eq!(jar.set(cookie("a", "2")), Err(TooLate::Abandoned));
}

#[actix_web::test]
async fn a_panic_inside_a_change_poisons_nothing() {
    let response = through(request(&[b"sid=1"]), |jar, _| {
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            jar.update(|jar| {
                jar.set(cookie("before", "1"));
                panic!("with the lock held");
            })
        }));
        assert!(panicked.is_err());
        assert!(format!("{jar:?}").contains("before"));
        assert_eq!(jar.get("sid").as_deref(), Some("1"));
        jar.set(cookie("after", "2")).unwrap();
        Ok(HttpResponse::Ok().finish())
    });
    assert_eq!(fields(response.await.unwrap().headers()), ["before=1; Path=/", "after=2; Path=/"]);
}

#[actix_web::test]
async fn without_the_middleware_the_shared_jar_is_refused() {
    async fn needed(_: SharedJar) -> &'static str {
        "there"
    }
    async fn wanted(jar: Option<SharedJar>) -> &'static str {
        if jar.is_some() { "there" } else { "not there" }
    }
    let app = App::new().route("/needed", web::get().to(needed)).route("/wanted", web::get().to(wanted));
    let app = init_service(app).await;
    let response = call_service(&app, TestRequest::with_uri("/needed").to_request()).await;
    assert_eq!(response.status(), 500);
    assert!(response.response().error().unwrap().as_error::<MissingMiddleware>().is_some());
    let response = call_service(&app, TestRequest::with_uri("/wanted").to_request()).await;
    assert_eq!(actix_web::test::read_body(response).await, "not there");
}

#[actix_web::test]
async fn an_error_of_a_middleware_inside_has_the_changes_outside() {
    let app = App::new()
        .route("/", web::get().to(HttpResponse::Ok))
        .wrap(from_fn(async |jar: SharedJar, _: ServiceRequest, _: actix_web::middleware::Next<_>| {
            jar.set(cookie("attempts", "1")).unwrap();
            Err::<ServiceResponse<actix_web::body::BoxBody>, _>(ErrorImATeapot("short and stout"))
        }))
        .wrap(CookieMiddleware::new());
    let app = init_service(app).await;
    let Err(error) = try_call_service(&app, TestRequest::get().to_request()).await else {
        panic!("the error is no response yet");
    };
    let response = error.error_response();
    assert_eq!((response.status().as_u16(), fields(response.headers())), (418, vec!["attempts=1; Path=/".into()]));
}

/// A service that is not ready, or never will be.
struct NotReady(Cell<Option<Poll<Result<(), Error>>>>);

impl Service<ServiceRequest> for NotReady {
    type Response = ServiceResponse;
    type Error = Error;
    type Future = Ready<Result<ServiceResponse, Error>>;

    fn poll_ready(&self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.0.take().unwrap()
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        ready(Ok(request.into_response(HttpResponse::Ok())))
    }
}

#[actix_web::test]
async fn the_middleware_is_ready_when_the_service_is() {
    for (state, shown) in [
        (Poll::Pending, "Pending"),
        (Poll::Ready(Err(ErrorImATeapot("short"))), "Ready(Err(\"short\"))"),
        (Poll::Ready(Ok(())), "Ready(Ok(()))"),
    ] {
        let service = CookieMiddleware::new().new_transform(NotReady(Cell::new(Some(state)))).await.unwrap();
        let mut context = Context::from_waker(core::task::Waker::noop());
        assert_eq!(format!("{:?}", service.poll_ready(&mut context)), shown);
        assert_eq!(format!("{:?}", service.call(request(&[]).to_srv_request())), "ResponseFuture { .. }");
    }
}

#[test]
fn what_is_shared_can_be_sent() {
    fn shared<T: Send + Sync + Unpin + Clone + core::fmt::Debug + 'static>() {}
    shared::<SharedJar>();
    shared::<CookieMiddleware>();
    shared::<CookieJar>();
    shared::<hardtack_actix::RequestCookies>();
    shared::<hardtack_actix::StrictCookies>();
}
