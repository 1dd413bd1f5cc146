//! Where the crate promises that nothing is allocated, nothing is.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use core::fmt::Write;
use core::hint::black_box;

use allocation_counter::measure;
use hardtack::{Attributes, CookieDate, Cookies, Pair, SetCookie, Tombstones, parse, parse_strict, serialize_into};

const HEADER: &str = "sid=31d4d96e407aad42; theme=dark; a=\"b c\"; bare; odd\u{1}=1; =x; ; sid=2; lang=DELETED; é=☃";
const FIELD: &str = "sid=31d4; Expires=Sat Jul 24 2027 22:30:27 GMT+0000; Max-Age=3600; Domain=.example.com; Path=/app; Secure; HttpOnly; SameSite=Lax; Partitioned";

#[track_caller]
fn allocates_nothing(what: &str, run: impl FnOnce()) {
    let allocations = measure(run).count_total;
    assert_eq!(allocations, 0, "{what}");
}

#[test]
fn the_counter_counts() {
    assert_eq!(measure(|| drop(black_box(Box::new(1)))).count_total, 1);
}

#[test]
fn reading_requests() {
    allocates_nothing("parse", || assert_eq!(parse(black_box(HEADER)).count(), 8));
    allocates_nothing("parse of octets", || assert_eq!(parse(black_box(HEADER.as_bytes())).count(), 8));
    allocates_nothing("parse_strict", || assert_eq!(parse_strict(black_box(HEADER)).filter(Result::is_err).count(), 6));
    let fields = [HEADER, "last=1"];
    for policy in [Tombstones::Exact, Tombstones::Containing, Tombstones::Keep] {
        allocates_nothing("Cookies::get", || {
            let cookies = Cookies::from_fields(black_box(&fields)).tombstones(policy);
            assert_eq!(cookies.get("last"), Some("1"));
            assert_eq!(cookies.get("none"), None);
            assert_eq!(cookies.get_all("sid").count(), 2);
            assert!(cookies.iter().count() >= 8);
        });
    }
    allocates_nothing("Pair::is_tombstone", || assert!(parse("a=DELETED").all(Pair::is_tombstone)));
    allocates_nothing("Pair::unquoted without escapes", || {
        assert!(parse("a=\"b c\"").all(|pair| pair.unquoted() == "b c"));
    });
    #[cfg(feature = "percent-encode")]
    allocates_nothing("Pair::decode without sequences", || {
        assert!(parse("a=b").all(|pair| pair.decode().as_deref() == Ok("b")));
    });
}

#[test]
fn reading_set_cookie() {
    allocates_nothing("SetCookie::parse", || assert!(SetCookie::parse(black_box(FIELD)).is_ok()));
    allocates_nothing("SetCookie::parse of octets", || {
        assert!(SetCookie::parse(black_box(FIELD.as_bytes())).is_ok());
    });
    allocates_nothing("a refusal", || assert!(SetCookie::parse(black_box("a=1\0")).is_err()));
    allocates_nothing("Attributes::tokenize", || {
        assert_eq!(Attributes::tokenize(black_box("Path=/; x=y;; z")).count(), 3);
    });
    let cookie = SetCookie::parse(FIELD).unwrap();
    allocates_nothing("a clone of what borrows, and its tombstone", || {
        assert!(black_box(cookie.clone()).to_tombstone().is_tombstone());
    });
}

#[test]
fn building() {
    allocates_nothing("SetCookie::builder", || {
        let cookie = SetCookie::builder(black_box("sid"), "31d4")
            .expires(CookieDate::UNIX_EPOCH)
            .domain("example.com")
            .path("/app")
            .flags(["Secure", "HttpOnly", "Max-Age=5"])
            .build();
        assert!(cookie.is_ok());
    });
    allocates_nothing("a refusal", || assert!(SetCookie::builder(black_box("sid"), "a;b").build().is_err()));
    allocates_nothing("tombstone", || assert!(hardtack::tombstone(black_box("sid")).build().is_ok()));
}

#[test]
fn writing() {
    let cookie = SetCookie::parse(FIELD).unwrap();
    let extended = SetCookie::parse("a=1; Max-Age=2147483647; x=y; z").unwrap();
    let mut buffer = Vec::with_capacity(4096);
    let mut text = String::with_capacity(4096);
    for cookie in [&cookie, &extended] {
        allocates_nothing("append_to a buffer with room", || cookie.append_to(&mut buffer));
        allocates_nothing("write! into a buffer with room", || assert!(write!(text, "{cookie}").is_ok()));
        allocates_nothing("encoded_len", || assert!(black_box(cookie).encoded_len() > 0));
    }
    let mut exact = Vec::new();
    assert_eq!(measure(|| cookie.append_to(&mut exact)).count_total, 1, "room is made once");
    let (label, path) = (format!("x.{}", "a".repeat(900)), format!("/{}", "b".repeat(900)));
    for line in [
        format!("a={}", "v".repeat(3000)),
        format!("a=1; Domain={label}; Path={path}"),
        format!("{}=1; Path={path}", "n".repeat(900)),
        format!("a=1; Domain={label}; x={label}"),
        format!("a=1; Path={path}; x=y; {label}"),
    ] {
        let cookie = SetCookie::parse(&line).unwrap();
        let mut written = Vec::new();
        cookie.append_to(&mut written);
        // Every name, date, number and word there is takes less than 200 octets.
        let room = written.capacity() - written.len();
        assert!(room < 200, "{room} octets of room too many for {} octets", written.len());
    }
    allocates_nothing("serialize_into a buffer with room", || {
        assert!(serialize_into([("sid", "31d4"), ("", "bare")], &mut buffer).is_ok());
    });
    assert_eq!(buffer.capacity(), 4096);
}

#[test]
fn dates() {
    let mut text = String::with_capacity(64);
    allocates_nothing("CookieDate", || {
        let date = CookieDate::parse(black_box("Sat Jul 24 2027 22:30:27 GMT+0000")).unwrap_or(CookieDate::MIN);
        assert_eq!(&date.to_imf_fixdate(), b"Sat, 24 Jul 2027 22:30:27 GMT");
        assert!(write!(text, "{date}").is_ok());
        assert_eq!(CookieDate::from(time::OffsetDateTime::from(date)), date);
    });
    assert_eq!(text, "Sat, 24 Jul 2027 22:30:27 GMT");
}

#[cfg(feature = "seal")]
#[test]
fn sealed_values() {
    use hardtack::seal::{Key, Sealer, Signer};

    #[track_caller]
    fn allocates(times: u64, what: &str, run: impl FnOnce()) {
        assert_eq!(measure(run).count_total, times, "{what}");
    }

    let now = CookieDate::from_unix_timestamp(1_800_000_000);
    let key = || Key::from_master(&[7; 32]).unwrap();
    let (signer, sealer) = (Signer::new(key()), Sealer::new(key()).padded_to(64));
    let uuid = "550e8400-e29b-41d4-a716-446655440000";
    let mut buffer = String::with_capacity(4096);
    allocates(0, "Signer::seal_into a buffer with room", || {
        assert!(signer.seal_into(black_box("sid"), uuid, now, &mut buffer).is_ok());
    });
    allocates(0, "Signer::open", || assert!(signer.open("sid", black_box(&buffer), now).is_ok()));
    allocates(1, "Signer::seal", || assert!(signer.seal("sid", black_box(uuid), now).is_ok()));
    let text = signer.seal("sid", uuid, now).unwrap();
    assert!(text.capacity() < 2 * text.len(), "room for what is written");
    allocates(0, "a refusal", || assert!(signer.open("SID", black_box(&buffer), now).is_err()));
    buffer.clear();
    allocates(1, "Sealer::seal_into a buffer with room", || {
        assert!(sealer.seal_into(black_box("sid"), uuid, now, &mut buffer).is_ok());
    });
    allocates(1, "Sealer::open", || assert!(sealer.open("sid", black_box(&buffer), now).is_ok()));
    allocates(2, "Sealer::seal", || assert!(sealer.seal("sid", black_box(uuid), now).is_ok()));
    let name = "n".repeat(300);
    buffer.clear();
    allocates(1, "Sealer::seal_into for a long name", || {
        assert!(sealer.seal_into(black_box(&name), uuid, now, &mut buffer).is_ok());
    });
}
