//! Sealed values in cookies, templates and jars.

#![cfg(feature = "seal")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use core::time::Duration;

use hardtack::error::Part;
use hardtack::seal::{Key, OpenError, Seal, SealError, Sealer, Signer};
use hardtack::{BuildError, CookieDate, CookieJar, CookieTemplate, Cookies, DELETED, SetCookie, Tombstones, tombstone};

fn now() -> CookieDate {
    CookieDate::from_unix_timestamp(1_800_000_000)
}

fn signer() -> Signer {
    Signer::new(Key::from_master(&[1; 32]).unwrap())
}

fn sealer() -> Sealer {
    Sealer::new(Key::from_master(&[1; 32]).unwrap())
}

#[test]
fn a_cookie_is_sealed_for_its_own_name() {
    fn round<S: Seal>(seal: &S) {
        let cookie = SetCookie::builder("__Host-sid", "31d4").secure(true).sealed(seal, now()).build().unwrap();
        assert_eq!(SetCookie::parse(&cookie.to_string()), Ok(cookie.clone()));
        let request = format!("__Host-sid={0}; sid={0}", cookie.value());
        let cookies = Cookies::new(&request);
        assert_eq!(cookies.open("__Host-sid", seal, now()).unwrap().unwrap().value, "31d4");
        assert_eq!(cookies.open("sid", seal, now()), Some(Err(OpenError::NotAuthentic)));
        let octets = Cookies::new(request.as_bytes());
        assert_eq!(*octets.open("__Host-sid", seal, now()).unwrap().unwrap().value, *b"31d4");
    }
    round(&signer());
    round(&sealer());
}

#[test]
fn of_several_the_first_that_opens_counts() {
    let (one, two) = (signer().seal("sid", "1", now()).unwrap(), signer().seal("sid", "2", now()).unwrap());
    let foreign = Signer::new(Key::from_master(&[2; 32]).unwrap()).seal("sid", "3", now()).unwrap();
    for (header, expected) in [
        (format!("sid={one}; sid={two}"), Some(Ok("1"))),
        (format!("sid=x; sid={foreign}; sid={two}; sid={one}"), Some(Ok("2"))),
        (format!("sid=DELETED; sid={one}"), Some(Ok("1"))),
        (format!("sid={foreign}; sid=x"), Some(Err(OpenError::UnknownKey))),
        (format!("sid=x; sid={foreign}"), Some(Err(OpenError::Malformed))),
        ("sid=DELETED".to_owned(), None),
        (format!("SID={one}"), None),
        (String::new(), None),
    ] {
        let opened = Cookies::new(&header).open("sid", &signer(), now());
        let opened = opened.as_ref().map(|opened| opened.as_ref().map(|opened| &*opened.value).map_err(Clone::clone));
        assert_eq!(opened, expected, "{header}");
        let jar = CookieJar::new(&header);
        let opened = jar.open("sid", &signer(), now());
        let opened = opened.as_ref().map(|opened| opened.as_ref().map(|opened| &*opened.value).map_err(Clone::clone));
        assert_eq!(opened, expected, "a jar of {header}");
    }
}

#[test]
fn a_tombstone_is_never_sealed_and_an_empty_value_is() {
    let gone = tombstone("sid").sealed(&sealer(), now()).build().unwrap();
    assert_eq!(gone, tombstone("sid").build().unwrap());
    let empty = SetCookie::builder("sid", "").sealed(&signer(), now()).build().unwrap();
    assert_eq!(empty.value().len(), 57);
    let header = format!("sid={}", empty.value());
    assert_eq!(Cookies::new(&header).open("sid", &signer(), now()).unwrap().unwrap().value, "");
    // Sealed, the reserved value is one like any other.
    for value in [DELETED, "\"DELETED\""] {
        let cookie = SetCookie::builder("sid", value).sealed(&sealer(), now()).build().unwrap();
        let header = format!("sid={}", cookie.value());
        let cookies = Cookies::new(&header).tombstones(Tombstones::Keep);
        assert_eq!(cookies.open("sid", &sealer(), now()).unwrap().unwrap().value, value);
    }
    assert!(!SetCookie::builder("sid", DELETED).sealed(&signer(), now()).build().unwrap().is_tombstone());
}

#[test]
fn what_cannot_be_sealed_is_not_built() {
    let early = signer().lifetime(Duration::ZERO);
    let dry = sealer().nonces(|| None);
    let long = "v".repeat(4096 - 3 - 57 + 1);
    for (name, value, error, offset, part) in [
        ("sid", "a;b", SealError::InvalidValue { byte: b';', offset: 1 }, Some(1), Some(Part::Value)),
        ("sid", &long, SealError::TooLong { len: 4097, max: 4096 }, None, None),
    ] {
        let refused = SetCookie::builder(name, value).sealed(&signer(), now()).build().unwrap_err();
        assert_eq!(refused, BuildError::Seal(error.clone()));
        assert_eq!((refused.offset(), refused.part()), (offset, part));
        assert_eq!(refused.to_string(), error.to_string());
    }
    let refused = SetCookie::builder("sid", "1").sealed(&early, CookieDate::UNIX_EPOCH).build();
    assert_eq!(refused, Err(BuildError::Seal(SealError::ExpiresTooEarly)));
    let refused = SetCookie::builder("sid", "a;b").sealed(&dry, now()).build();
    assert_eq!(refused, Err(BuildError::Seal(SealError::NoRandomness)), "and nothing of the value goes out");
    // What is wrong with the name is said as it is said of any cookie.
    assert_eq!(SetCookie::builder("", "1").sealed(&signer(), now()).build(), Err(BuildError::EmptyName));
    let refused = SetCookie::builder("a b", "1").sealed(&signer(), now()).build();
    assert_eq!(refused, Err(BuildError::InvalidByte { part: Part::Name, byte: b' ', offset: 1 }));
}

#[test]
fn a_form_is_chosen_before_the_seal() {
    let cookie = SetCookie::builder("note", "a;b").quoted().sealed(&sealer(), now()).quoted().build().unwrap();
    let header = format!("note={}", cookie.value());
    assert_eq!(Cookies::new(&header).open("note", &sealer(), now()).unwrap().unwrap().value, r#""a\073b""#);
}

#[cfg(feature = "percent-encode")]
#[test]
fn a_value_is_percent_encoded_before_the_seal() {
    let cookie = SetCookie::builder("note", "50 %").percent_encoded().sealed(&signer(), now()).percent_encoded();
    let cookie = cookie.build().unwrap();
    assert!(cookie.value().starts_with("50%20%25."));
    let header = format!("note={}", cookie.value());
    assert_eq!(Cookies::new(&header).open("note", &signer(), now()).unwrap().unwrap().value, "50%20%25");
}

#[test]
fn a_template_seals_and_opens() {
    const SID: CookieTemplate = CookieTemplate::prefixed("__Host-sid").http_only(true).checked();
    let cookie = SID.cookie("31d4").sealed(&sealer(), now()).build().unwrap();
    let header = format!("__Host-sid={}", cookie.value());
    assert_eq!(SID.open(&Cookies::new(&header), &sealer(), now()).unwrap().unwrap().value, "31d4");
    assert_eq!(SID.open(&Cookies::new("__Host-sid=31d4"), &sealer(), now()), Some(Err(OpenError::Malformed)));
    assert_eq!(SID.tombstone().sealed(&sealer(), now()).build().unwrap(), SID.tombstone().build().unwrap());
}

#[test]
fn a_jar_opens_the_change_before_the_request() {
    let header = format!("sid={}; odd=\u{E9}", signer().seal("sid", "1", now()).unwrap());
    let mut jar = CookieJar::new(&header);
    assert_eq!(jar.open("sid", &signer(), now()).unwrap().unwrap().value, "1");
    assert_eq!(jar.seal(SetCookie::builder("sid", "2"), &signer(), now()), Ok(None));
    assert_eq!(jar.open("sid", &signer(), now()).unwrap().unwrap().value, "2");
    let refused = jar.seal(SetCookie::builder("sid", "a;b"), &signer(), now());
    assert_eq!(refused, Err(BuildError::Seal(SealError::InvalidValue { byte: b';', offset: 1 })));
    assert_eq!(jar.open("sid", &signer(), now()).unwrap().unwrap().value, "2", "as before");
    let replaced = jar.seal(SetCookie::builder("sid", "3"), &signer(), now()).unwrap().unwrap();
    assert!(replaced.value().starts_with("2."));
    jar.set(SetCookie::builder("sid", "plain").build().unwrap());
    assert_eq!(jar.open("sid", &signer(), now()), Some(Err(OpenError::Malformed)));
    jar.delete(tombstone("sid").build().unwrap());
    assert_eq!(jar.open("sid", &signer(), now()), None);
    assert_eq!(jar.open("odd", &signer(), now()), Some(Err(OpenError::Malformed)));
    let mut octets = b"sid=\xFF; sid=".to_vec();
    octets.extend_from_slice(signer().seal("sid", "4", now()).unwrap().as_bytes());
    assert_eq!(CookieJar::new(&octets).open("sid", &signer(), now()).unwrap().unwrap().value, "4");
}
