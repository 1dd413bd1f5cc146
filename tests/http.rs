//! The maps and values of the crate `http`, in and out.

#![cfg(feature = "http")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use hardtack::{CookieJar, Cookies, Pair, SetCookie, SetCookies, parse, tombstone};
use http::header::{COOKIE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};

fn map(fields: &[&'static [u8]]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("x-before", HeaderValue::from_static("sid=none"));
    for field in fields {
        headers.append(COOKIE, HeaderValue::from_bytes(field).unwrap());
    }
    headers.insert("x-cookie", HeaderValue::from_static("sid=none"));
    headers
}

/// The Cookie fields of a request, and its cookies.
#[test]
fn every_cookie_field_is_read() {
    type Row = (&'static [&'static [u8]], &'static [(&'static [u8], &'static [u8])], &'static str);
    let rows: &[Row] = &[
        (&[], &[], "no field"),
        (&[b""], &[], "an empty one"),
        (&[b"a=1"], &[(b"a", b"1")], "one"),
        (&[b"a=1; b=2", b"a=3"], &[(b"a", b"1"), (b"b", b"2"), (b"a", b"3")], "several, in order"),
        (&[b"a=\xFF\xE9", b"b=2"], &[(b"a", b"\xFF\xE9"), (b"b", b"2")], "octets that are no UTF-8"),
        (&[b"a=DELETED", b" ;", b"a=\t1"], &[(b"a", b"1")], "read as any other"),
    ];
    for &(fields, expected, reason) in rows {
        let headers = map(fields);
        let cookies = Cookies::from_headers(&headers);
        let found: Vec<_> = cookies.iter().map(|pair| (pair.name(), pair.value())).collect();
        assert_eq!(found, expected, "{reason}");
        assert_eq!(cookies.count(), expected.len(), "read again: {reason}");
        let first = |name: &str| expected.iter().find(|(found, _)| *found == name.as_bytes()).map(|(_, value)| *value);
        assert_eq!((cookies.get("a"), cookies.get("sid")), (first("a"), None), "{reason}");
        assert!(cookies.iter().eq(Cookies::from_fields(fields).iter()), "as fields: {reason}");
        let jar = CookieJar::from(&headers);
        assert!(jar.request().iter().eq(cookies.iter()), "in a jar: {reason}");
        assert!(!jar.is_changed());
    }
}

#[test]
fn an_iterator_of_a_map_is_copied_where_it_is() {
    let headers = map(&[b"a=1", b"b=2; c=3", b"d=4", b""]);
    let mut iter = Cookies::from_headers(&headers).iter();
    for left in (0..=4).rev() {
        let names: Vec<_> = iter.clone().map(Pair::name).collect();
        let expected: [&[u8]; 4] = [b"a", b"b", b"c", b"d"];
        assert_eq!(names, expected[4 - left..]);
        assert_eq!(iter.next().is_some(), left > 0);
    }
    assert_eq!((iter.next(), iter.clone().next()), (None, None), "stays ended");
}

#[test]
fn a_value_is_a_header_like_any_other() {
    let value = HeaderValue::from_bytes(b"sid=31d4; theme=\xFF").unwrap();
    assert_eq!(parse(&value).next().unwrap().value(), b"31d4");
    assert_eq!(Cookies::new(&value).get("theme"), Some(b"\xFF".as_slice()));
    let set = HeaderValue::from_static("sid=31d4; Secure");
    let cookie = SetCookie::parse(&set).unwrap();
    assert_eq!((cookie.value(), cookie.secure()), (b"31d4".as_slice(), true));
}

/// Cookies that are safe to write, and no more than that.
#[test]
fn a_cookie_is_a_header_value() {
    let rows: [&[u8]; 6] = [
        b"sid=31d4; Path=/; Secure",
        b"a=\xFF; Path=/\xE9; Note=\xFE",
        b"a=x\ty",
        b"=a=b",
        b"bare",
        "ü=é; Domain=bücher.de".as_bytes(),
    ];
    for line in rows {
        let cookie = SetCookie::parse(line).unwrap();
        for value in [HeaderValue::from(&cookie), HeaderValue::from(cookie.clone())] {
            assert_eq!(value.as_bytes(), cookie.to_bytes(), "{}", line.escape_ascii());
            assert!(value.is_sensitive(), "{}", line.escape_ascii());
            assert_eq!(format!("{value:?}"), "Sensitive");
            assert_eq!(SetCookie::parse(&value), Ok(cookie.clone()), "reads back");
        }
    }
    let text = SetCookie::builder("sid", "31d4").build().unwrap();
    let response =
        http::Response::builder().header(SET_COOKIE, &text).header(SET_COOKIE, text.clone()).body(()).unwrap();
    assert_eq!(response.headers().get_all(SET_COOKIE).iter().filter(|value| value.is_sensitive()).count(), 2);
}

fn set_cookies(headers: &HeaderMap) -> Vec<&str> {
    headers.get_all(SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
}

#[test]
fn what_is_appended_replaces_nothing() {
    let mut headers = HeaderMap::new();
    SetCookies::new().append_to_headers(&mut headers).unwrap();
    assert!(headers.is_empty(), "no cookie is no field");
    headers.insert(SET_COOKIE, HeaderValue::from_static("sid=others; Path=/"));
    let mut jar = CookieJar::new("theme=dark");
    jar.set(SetCookie::builder("sid", "31d4").build().unwrap());
    jar.delete(tombstone("theme").build().unwrap());
    jar.changes().append_to_headers(&mut headers).unwrap();
    let gone = "theme=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/";
    assert_eq!(set_cookies(&headers), ["sid=others; Path=/", "sid=31d4; Path=/", gone]);
    jar.changes().append_to_headers(&mut headers).unwrap();
    assert_eq!(headers.get_all(SET_COOKIE).iter().count(), 5, "not even itself");
    let sensitive: Vec<_> = headers.get_all(SET_COOKIE).iter().map(HeaderValue::is_sensitive).collect();
    assert_eq!(sensitive, [false, true, true, true, true]);
}

#[test]
fn a_full_map_is_an_error() {
    let mut headers = HeaderMap::new();
    for index in 0.. {
        let name = HeaderName::try_from(format!("x-{index}")).unwrap();
        if headers.try_append(name, HeaderValue::from_static("")).is_err() {
            break;
        }
    }
    let full = headers.len();
    let cookies: SetCookies<'_> = [SetCookie::builder("a", "1").build().unwrap()].into_iter().collect();
    assert!(cookies.append_to_headers(&mut headers).is_err());
    assert_eq!((headers.len(), headers.contains_key(SET_COOKIE)), (full, false), "nothing is lost, nothing is there");
    assert!(SetCookies::new().append_to_headers(&mut headers).is_ok(), "nothing needs no room");
    headers.remove("x-0");
    assert!(cookies.append_to_headers(&mut headers).is_ok(), "there is room again");
}
