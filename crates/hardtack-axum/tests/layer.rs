//! What the layer writes, when, and what it leaves alone.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use core::future::{Future, Pending, Ready, pending, ready};
use core::task::{Context, Poll};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;

use axum_core::response::IntoResponse as _;
use hardtack_axum::{CookieError, CookieLayer, MissingLayer, NoRoom, SharedJar, TooLate};
use http::header::{HeaderName, HeaderValue, SET_COOKIE};
use http::{Request, Response, StatusCode};
use support::{App, cookie, extract, extract_optional, fields, gone, jar_of, request, through};
use tower_layer::Layer;
use tower_service::Service;

const GONE: &str = "DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/";

#[test]
fn the_changes_are_on_a_response_of_every_status() {
    for status in [101, 200, 204, 302, 304, 400, 404, 500, 503] {
        let response = through(&CookieLayer::new(), request(&[b"sid=1"]), |request| {
            let jar = jar_of(&request);
            jar.set(cookie("theme", "dark")).unwrap();
            jar.delete(gone("sid")).unwrap();
            Response::builder().status(status).body(()).unwrap()
        });
        assert_eq!(response.status(), status);
        assert_eq!(fields(response.headers()), ["theme=dark; Path=/", &format!("sid={GONE}")], "{status}");
    }
}

#[test]
fn without_a_change_the_response_is_as_it_was() {
    let response = through(&CookieLayer::new(), request(&[b"sid=1"]), |request| {
        assert_eq!(jar_of(&request).get("sid").as_deref(), Some("1"));
        Response::builder().header(SET_COOKIE, "a=1").header(SET_COOKIE, "a=1").body(()).unwrap()
    });
    assert_eq!(fields(response.headers()), ["a=1", "a=1"]);
    assert_eq!(response.headers().len(), 2);
}

/// What the response has, what the jar changes, what goes out: the field that is there stays, and the jar's of the same
/// identity is left out.
#[test]
fn of_two_that_set_the_same_cookie_the_field_of_the_response_wins() {
    let rows: &[(&[&'static str], &[&'static str], &[&str])] = &[
        (&["a=1; Path=/"], &["a=2; Path=/"], &["a=1; Path=/"]),
        (&["a=1; Path=/"], &["b=2; Path=/"], &["a=1; Path=/", "b=2; Path=/"]),
        // One name at two paths, for two domains, in two partitions is two cookies.
        (&["a=1; Path=/"], &["a=2; Path=/app"], &["a=1; Path=/", "a=2; Path=/app"]),
        (&["a=1"], &["a=2; Path=/"], &["a=1", "a=2; Path=/"]),
        (&["a=1; Path=/"], &["a=2; Domain=b.example; Path=/"], &["a=1; Path=/", "a=2; Domain=b.example; Path=/"]),
        (&["a=1; Path=/"], &["a=2; Path=/; Secure; Partitioned"], &["a=1; Path=/", "a=2; Path=/; Secure; Partitioned"]),
        // The same cookie, written otherwise.
        (
            &["a=1; domain=.B.Example; path=/; HttpOnly"],
            &["a=2; Domain=b.example; Path=/"],
            &["a=1; domain=.B.Example; path=/; HttpOnly"],
        ),
        (&["a=1; Path=/; Path="], &["a=2; Path=/"], &["a=1; Path=/; Path=", "a=2; Path=/"]),
        // A deletion is no less than a value.
        (&["a=DELETED; Max-Age=0; Path=/"], &["a=2; Path=/"], &["a=DELETED; Max-Age=0; Path=/"]),
        // What no user agent reads, sets nothing.
        (&["="], &["a=2; Path=/"], &["=", "a=2; Path=/"]),
        // Fields that others have written twice are theirs; the order is that of the changes.
        (&["a=1", "a=1"], &["c=3; Path=/", "b=2; Path=/"], &["a=1", "a=1", "c=3; Path=/", "b=2; Path=/"]),
    ];
    for (there, changes, written) in rows {
        let response = through(&CookieLayer::new(), request(&[]), |request| {
            for change in *changes {
                jar_of(&request).set(change.parse().unwrap()).unwrap();
            }
            let mut response = Response::new(());
            for field in *there {
                response.headers_mut().append(SET_COOKIE, HeaderValue::from_static(field));
            }
            response
        });
        assert_eq!(fields(response.headers()), *written, "{there:?} and {changes:?}");
    }
}

#[test]
fn a_field_with_octets_beyond_ascii_is_compared_and_kept() {
    let response = through(&CookieLayer::new(), request(&[]), |request| {
        jar_of(&request).set(cookie("a", "2")).unwrap();
        jar_of(&request).set(cookie("b", "2")).unwrap();
        let mut response = Response::new(());
        response.headers_mut().append(SET_COOKIE, HeaderValue::from_bytes(b"a=\xFF; Path=/").unwrap());
        response
    });
    let all: Vec<_> = response.headers().get_all(SET_COOKIE).iter().map(HeaderValue::as_bytes).collect();
    assert_eq!(all, [b"a=\xFF; Path=/".as_slice(), b"b=2; Path=/"]);
}

#[test]
fn two_layers_are_one_jar_and_write_once() {
    let layer = CookieLayer::new();
    let inner = layer.layer(App(|request: Request<()>| {
        let jar = jar_of(&request);
        assert_eq!(jar.get("outer").as_deref(), Some("1"), "what is between the layers is seen");
        jar.set(cookie("inner", "2")).unwrap();
        Response::new(())
    }));
    let between = Between(inner);
    let Ok(response) = pollster::block_on(layer.layer(between).call(request(&[])));
    assert_eq!(fields(response.headers()), ["outer=1; Path=/", "inner=2; Path=/", "later=3; Path=/"]);
}

/// A middleware between two layers: changes the jar on the way in, and on the way out.
#[derive(Clone)]
struct Between<S>(S);

impl<S> Service<Request<()>> for Between<S>
where
    S: Service<Request<()>, Response = Response<()>>,
    S::Future: 'static,
{
    type Response = Response<()>;
    type Error = S::Error;
    type Future = core::pin::Pin<Box<dyn Future<Output = Result<Response<()>, S::Error>>>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, request: Request<()>) -> Self::Future {
        let jar = jar_of(&request);
        jar.set(cookie("outer", "1")).unwrap();
        let response = self.0.call(request);
        Box::pin(async move {
            let response = response.await?;
            assert!(fields(response.headers()).is_empty(), "the outer layer writes");
            assert_eq!(jar.get("inner").as_deref(), Some("2"));
            jar.set(cookie("later", "3")).unwrap();
            Ok(response)
        })
    }
}

#[test]
fn a_jar_whose_response_is_gone_is_not_taken_up() {
    let mut again = request(&[b"a=1"]);
    through(&CookieLayer::new(), request(&[b"a=0"]), |request| {
        again.extensions_mut().insert(jar_of(&request));
        Response::new(())
    });
    let response = through(&CookieLayer::new(), again, |request| {
        let jar = jar_of(&request);
        assert_eq!(jar.get("a").as_deref(), Some("1"));
        jar.set(cookie("b", "2")).unwrap();
        Response::new(())
    });
    assert_eq!(fields(response.headers()), ["b=2; Path=/"]);
}

#[test]
fn a_change_after_the_head_is_an_error() {
    let mut kept = None;
    let response = through(&CookieLayer::new(), request(&[b"sid=1"]), |request| {
        kept = Some(jar_of(&request));
        jar_of(&request).set(cookie("a", "1")).unwrap();
        Response::new(())
    });
    let jar = kept.unwrap();
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
    assert_eq!(
        CookieError::from(TooLate::Written).to_string(),
        "the cookie was changed after the head of the response was written; change it before the response is returned"
    );
}

/// A service whose response fails, or never comes.
struct Unfinished<F, R>(F, R);

impl<F: Fn(SharedJar), R: Future<Output = Result<Response<()>, ()>> + Clone> Service<Request<()>> for Unfinished<F, R> {
    type Response = Response<()>;
    type Error = ();
    type Future = R;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<()>) -> R {
        (self.0)(jar_of(&request));
        self.1.clone()
    }
}

#[test]
fn a_change_after_the_request_was_given_up_is_an_error() {
    let (to, from) = channel();
    let take = |jar: SharedJar| to.send(jar).unwrap();

    let failed: Ready<Result<Response<()>, ()>> = ready(Err(()));
    pollster::block_on(CookieLayer::new().layer(Unfinished(take, failed)).call(request(&[]))).unwrap_err();
    assert_eq!(from.recv().unwrap().set(cookie("a", "1")), Err(TooLate::Abandoned));

    let never: Pending<Result<Response<()>, ()>> = pending();
    let waiting = CookieLayer::new().layer(Unfinished(take, never)).call(request(&[]));
    let jar = from.recv().unwrap();
    assert_eq!(jar.set(cookie("a", "1")), Ok(None));
    drop(waiting);
    assert_eq!(jar.set(cookie("a", "2")), Err(TooLate::Abandoned));
}

#[test]
fn a_panic_inside_a_change_poisons_nothing() {
    let response = through(&CookieLayer::new(), request(&[b"sid=1"]), |request| {
        let jar = jar_of(&request);
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
        assert!(format!("{jar:?}").contains("after"));
        Response::new(())
    });
    assert_eq!(fields(response.headers()), ["before=1; Path=/", "after=2; Path=/"]);
}

#[test]
fn a_response_without_room_is_a_typed_500() {
    let response = through(&CookieLayer::new(), request(&[]), |request| {
        jar_of(&request).set(cookie("a", "1")).unwrap();
        let mut response = Response::new(());
        for index in 0.. {
            let name = HeaderName::try_from(format!("x-{index}")).unwrap();
            if response.headers_mut().try_append(name, HeaderValue::from_static("")).is_err() {
                break;
            }
        }
        response
    });
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(response.extensions().get::<NoRoom>().is_some());
}

#[test]
fn without_the_layer_the_shared_jar_is_refused() {
    let refused: MissingLayer = extract::<SharedJar>(request(&[])).unwrap_err();
    assert_eq!(refused.into_response().status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(extract_optional::<SharedJar>(request(&[])).unwrap().is_none());
    let response = through(&CookieLayer::new(), request(&[b"a=1"]), |request| {
        assert_eq!(extract::<SharedJar>(request.clone()).unwrap().get("a").as_deref(), Some("1"));
        assert!(extract_optional::<SharedJar>(request).unwrap().is_some());
        Response::new(())
    });
    assert!(fields(response.headers()).is_empty());
}

#[test]
fn debug_shows_no_value() {
    through(&CookieLayer::new(), request(&[b"sid=secret1"]), |request| {
        let jar = jar_of(&request);
        jar.set(cookie("a", "secret2")).unwrap();
        let shown = format!("{jar:?} {:?}", jar.clone().read(|_| format!("{jar:?}")));
        assert!(shown.contains("sid") && !shown.contains("secret"), "{shown}");
        Response::new(())
    });
}

/// A service that is not ready, or never will be.
struct NotReady(Poll<Result<(), &'static str>>);

impl Service<Request<()>> for NotReady {
    type Response = Response<()>;
    type Error = &'static str;
    type Future = Ready<Result<Response<()>, &'static str>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        self.0
    }

    fn call(&mut self, _: Request<()>) -> Self::Future {
        ready(Ok(Response::new(())))
    }
}

#[test]
fn the_layer_is_ready_when_the_service_is() {
    for state in [Poll::Pending, Poll::Ready(Err("it is shut down")), Poll::Ready(Ok(()))] {
        let mut service = CookieLayer::new().layer(NotReady(state));
        let mut context = Context::from_waker(core::task::Waker::noop());
        assert_eq!(service.poll_ready(&mut context), state);
        assert_eq!(format!("{:?}", service.call(request(&[]))), "ResponseFuture { .. }");
    }
}

#[test]
fn what_is_shared_can_be_sent() {
    fn shared<T: Send + Sync + Unpin + Clone + core::fmt::Debug + 'static>() {}
    shared::<SharedJar>();
    shared::<CookieLayer>();
    shared::<hardtack_axum::CookieService<()>>();
    shared::<hardtack_axum::CookieJar>();
    shared::<hardtack_axum::RequestCookies>();
}
