//! The cookies of a request, leniently and strictly.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::type_complexity, reason = "rows of a table")]

mod support;

use actix_web::ResponseError as _;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest};
use futures_util::FutureExt as _;
use hardtack::CookieTemplate;
use hardtack::grammar::GrammarError;
use hardtack_actix::{RequestCookies, StrictCookies};
use support::request;

fn extract<E: FromRequest>(request: &HttpRequest) -> Result<E, E::Error> {
    E::extract(request).now_or_never().unwrap()
}

#[test]
fn odd_cookies_are_tolerated_but_reported() {
    const B: CookieTemplate<'_> = CookieTemplate::new("b").checked();
    let rows: &[(&[&[u8]], &[(&str, Option<&str>)], usize)] = &[
        (&[], &[("a", None)], 0),
        (&[b""], &[("a", None)], 0),
        (&[b"a=1; b=2"], &[("a", Some("1")), ("b", Some("2")), ("", None)], 0),
        // HTTP/2's several fields, one of them blank.
        (&[b"a=1", b" ", b"b=2; a=3"], &[("a", Some("1")), ("b", Some("2"))], 0),
        (&[b"a=\xFF; a=2"], &[("a", Some("2"))], 0),
        (&[b"=; a=1; =;", b"b=2; ="], &[("a", Some("1")), ("b", Some("2"))], 3),
        (&[b"a=DELETED; b=2"], &[("a", None), ("b", Some("2"))], 0),
    ];
    for (fields, values, refused) in rows {
        let cookies: RequestCookies = extract(&request(fields).to_http_request()).unwrap();
        for (name, value) in *values {
            assert_eq!(cookies.get(name), *value, "{name} of {fields:?}");
        }
        assert_eq!(cookies.cookies().refused().count(), *refused, "{fields:?}");
        assert_eq!(B.get(&cookies.cookies()).is_some(), cookies.get("b").is_some());
    }
}

#[test]
fn a_clone_outlives_the_request_and_is_of_the_same_octets() {
    let request = request(&[b"a=\xFE; sid=31d4"]).to_http_request();
    let cookies: RequestCookies = extract(&request).unwrap();
    drop(request);
    let copy = cookies.clone();
    assert_eq!(copy.get_bytes("a"), Some(b"\xFE".as_slice()));
    assert_eq!(copy.get_bytes("a").unwrap().as_ptr(), cookies.get_bytes("a").unwrap().as_ptr());
    assert_eq!(format!("{copy:?}"), format!("RequestCookies({:?})", copy.cookies()));
    assert!(!format!("{copy:?}").contains("31d4"));
}

#[test]
fn the_strict_rejection_lists_each_fault_and_no_value() {
    let rows: &[(&[&[u8]], &[(usize, usize)])] = &[
        (&[], &[]),
        (&[b""], &[]),
        (&[b"a=1; b=\"2\""], &[]),
        (&[b"a=secret;b=secret"], &[(0, 9)]),
        (&[b"a=secret, x; b"], &[(0, 8), (0, 13)]),
        (&[b"a=1", b"b=\xC3\xA9", b"c=1; =secret"], &[(1, 2), (2, 5)]),
        (&[b"a=1;"], &[(0, 4)]),
    ];
    for (fields, faults) in rows {
        match extract::<StrictCookies>(&request(fields).to_http_request()) {
            Ok(cookies) => {
                assert!(faults.is_empty(), "{fields:?}");
                let expected = (fields.len() == 1 && !fields[0].is_empty()).then_some(("1", "\"2\""));
                assert_eq!(cookies.get("a").zip(cookies.get("b")), expected, "{fields:?}");
            }
            Err(rejection) => {
                let found: Vec<_> =
                    rejection.faults().iter().map(|fault| (fault.field, fault.error.offset())).collect();
                assert_eq!(found, *faults, "{fields:?}: {rejection}");
                assert!(!rejection.to_string().contains("secret"), "{rejection}");
                assert_eq!(rejection.to_string().lines().count(), 1 + faults.len());
                assert_eq!(rejection.status_code(), StatusCode::BAD_REQUEST);
            }
        }
    }
}

#[test]
fn a_request_does_not_choose_how_long_the_rejection_is() {
    let field = "a; ".repeat(10_000);
    let rejection = extract::<StrictCookies>(&request(&[field.as_bytes()]).to_http_request()).unwrap_err();
    assert_eq!(rejection.faults().len(), GrammarError::MAX_FAULTS);
    assert_eq!(rejection.omitted(), 10_001 - GrammarError::MAX_FAULTS);
    assert!(rejection.to_string().ends_with("and 9969 more"));
}
