//! What somebody writes in the first hour: each row compiles, and means what it looks like.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::std_instead_of_alloc, reason = "who is new here has std")]

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use hardtack::value::quoted;
use hardtack::{
    AsText, CookieDate, CookieJar, Cookies, SetCookie, SetCookies, join_fields, parse, parse_strict, serialize,
    tombstone,
};

/// Whatever holds a header's text is read as `str` where it is text and as `[u8]` where it is octets.
#[test]
fn a_header_in_whatever_holds_it() {
    fn text<H: ?Sized + AsText<Text = str>>(header: &H) {
        assert_eq!(parse(header).next().unwrap().value(), "1");
        assert_eq!(parse_strict(header).next().unwrap().unwrap().value(), "1");
        assert_eq!(Cookies::new(header).get("a"), Some("1"));
        assert_eq!(SetCookie::parse(header).unwrap().value(), "1");
        assert_eq!(CookieJar::new(header).get("a"), Some("1"));
        assert_eq!(join_fields([header]), "a=1");
    }
    fn octets<H: ?Sized + AsText<Text = [u8]>>(header: &H) {
        assert_eq!(parse(header).next().unwrap().value(), b"1");
        assert_eq!(parse_strict(header).next().unwrap().unwrap().value(), b"1");
        assert_eq!(Cookies::new(header).get("a"), Some(b"1".as_slice()));
        assert_eq!(SetCookie::parse(header).unwrap().value(), b"1");
        assert_eq!(CookieJar::new(header).get("a"), Some("1"));
        assert_eq!(*join_fields([header]), *b"a=1");
    }
    let string = String::from("a=1");
    text("a=1");
    text(&"a=1");
    text(&string);
    text(&&string);
    text(&Cow::Borrowed("a=1"));
    text(&Cow::<str>::Owned(string.clone()));
    text(&Box::<str>::from("a=1"));
    text(&Rc::<str>::from("a=1"));
    text(&Arc::<str>::from("a=1"));
    octets(b"a=1");
    octets(b"a=1".as_slice());
    octets(string.as_bytes());
    octets(&b"a=1".to_vec());
    octets(&Cow::Borrowed(b"a=1".as_slice()));
    octets(&Arc::<[u8]>::from(*b"a=1"));
    #[cfg(feature = "http")]
    octets(&http::HeaderValue::from_static("a=1"));
}

#[test]
fn a_name_in_whatever_holds_it() {
    let cookies = Cookies::new("a=1");
    assert_eq!(cookies.get("a"), Some("1"));
    assert_eq!(cookies.get(&String::from("a")), Some("1"));
    assert_eq!(cookies.get(&Cow::Borrowed("a")), Some("1"));
    assert_eq!(Cookies::new(b"a=1").get("a"), Some(b"1".as_slice()));
    assert_eq!(Cookies::new(b"a=1").get(b"a"), Some(b"1".as_slice()));
}

#[test]
fn parts_of_a_cookie_in_whatever_holds_them() {
    let (name, value) = (String::from("a"), String::from("1"));
    let lines = [
        SetCookie::builder("a", "1"),
        SetCookie::builder(&name, &value),
        SetCookie::builder(name.clone(), format!("{}", 1)),
        SetCookie::builder(Cow::Borrowed("a"), 1.to_string()),
        SetCookie::builder("a", "1").path(String::from("/")),
        SetCookie::builder("a", "1").path("/"),
    ];
    for line in lines {
        assert_eq!(line.build().unwrap().to_string(), "a=1; Path=/");
    }
    assert_eq!(tombstone(&name).build(), tombstone(name.clone()).build());
}

#[test]
fn codecs_of_what_a_codec_gave() {
    let quoted = quoted::encode("a;b");
    assert_eq!(quoted::decode(&quoted).unwrap(), "a;b");
    assert_eq!(quoted::decode(&*quoted).unwrap(), "a;b");
    #[cfg(feature = "percent-encode")]
    {
        use hardtack::value::percent;
        let percent = percent::encode("a;b");
        assert_eq!(percent::decode(&percent).unwrap(), "a;b");
        assert_eq!(percent::decode(&String::from("a%3Bb")).unwrap(), "a;b");
        assert_eq!(percent::decode(Cookies::new(b"a=%41").get("a").unwrap()).unwrap(), "A");
    }
}

#[test]
fn pairs_of_whatever_has_them() {
    let map = HashMap::from([(String::from("a"), String::from("1"))]);
    assert_eq!(serialize(&map).unwrap(), "a=1");
    assert_eq!(serialize(map).unwrap(), "a=1");
    assert_eq!(serialize(vec![("a", String::from("1"))]).unwrap(), "a=1");
    assert_eq!(serialize(Cookies::new("a=1")).unwrap(), "a=1");
    assert_eq!(serialize(parse(b"a=\xFF")).unwrap(), b"a=\xFF");
}

#[test]
fn cookies_in_loops_and_collections() {
    let cookies = Cookies::new("a=1; b=2");
    let mut names = Vec::new();
    for pair in &cookies {
        names.push(pair.name());
    }
    for pair in cookies {
        names.push(pair.name());
    }
    assert_eq!(names, ["a", "b", "a", "b"]);
    let set: SetCookies = ["a=1", "b=2"].into_iter().map(SetCookie::parse).collect::<Result<_, _>>().unwrap();
    assert_eq!(set.iter().map(SetCookie::name).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn dates_of_whatever_is_one() {
    let date: CookieDate = "Thu, 01 Jan 1970 00:00:00 GMT".parse().unwrap();
    assert_eq!(CookieDate::parse(&date.to_string()), Ok(date));
    assert_eq!(CookieDate::parse(&date.to_imf_fixdate()), Ok(date));
    #[cfg(feature = "std")]
    assert_eq!(CookieDate::from(std::time::UNIX_EPOCH), date);
}

#[cfg(feature = "http")]
#[test]
fn fields_of_a_message() {
    use http::header::{COOKIE, SET_COOKIE};
    use http::{HeaderMap, HeaderValue};

    let mut headers = HeaderMap::new();
    headers.append(COOKIE, HeaderValue::from_static("a=1"));
    assert_eq!(Cookies::new(&headers[COOKIE]).get("a"), Some(b"1".as_slice()));
    assert_eq!(Cookies::new(headers[COOKIE].to_str().unwrap()).get("a"), Some("1"));
    assert_eq!(*join_fields(headers.get_all(COOKIE)), *b"a=1");
    headers.append(SET_COOKIE, SetCookie::builder("b", "2").build().unwrap().into());
    headers.append(SET_COOKIE, (&SetCookie::builder("c", "3").build().unwrap()).into());
    assert_eq!(headers.get_all(SET_COOKIE).iter().count(), 2);
}
