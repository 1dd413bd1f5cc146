//! Cookies whose value is of a type.

#![cfg(feature = "percent-encode")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use core::fmt;
use core::str::FromStr;

use hardtack::error::DecodeError;
use hardtack::format::{self, Format, Unread, Unwritten};
use hardtack::{BuildError, CookieJar, CookieTemplate, CookieValue, tombstone};
use proptest::prelude::{Strategy as _, any, proptest};

#[derive(Debug, PartialEq)]
struct Age(u8);

impl CookieValue for Age {
    const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new("age").path("/app").checked();
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

/// Text, with a `!` before it.
struct Loud;

macro_rules! texts {
    ($($text:ident $format:ty, $encoded:literal;)+) => {
        $(
            #[derive(Debug, PartialEq)]
            struct $text(String);

            impl CookieValue for $text {
                const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new("text").checked();
                type Format = $format;
                const PERCENT_ENCODED: bool = $encoded;
            }

            impl Format<$text> for Loud {
                fn read(text: &str) -> Result<$text, Unread> {
                    text.strip_prefix('!').map(|text| $text(text.to_owned())).ok_or(Unread::OtherType)
                }

                fn write(text: &$text) -> Result<String, Unwritten> {
                    if text.0 == "unspeakable" { Err(Unwritten) } else { Ok(format!("!{}", text.0)) }
                }
            }
        )+
    };
}

texts! {
    Encoded Loud, true;
    Plain Loud, false;
}

/// A Cookie field, and what is read of it.
type Row = (&'static [u8], Result<Option<Age>, Unread>);

#[test]
fn the_first_that_can_be_read_counts() {
    let encoding = |offset| Err(Unread::Encoding(DecodeError::NotUtf8 { offset }));
    let rows: [Row; 8] = [
        (b"age=31", Ok(Some(Age(31)))),
        (b"age=%331", Ok(Some(Age(31)))),
        (b"b=1", Ok(None)),
        (b"age=DELETED", Ok(None)),
        (b"age=; age=31; age=32", Ok(Some(Age(31)))),
        (b"age=300", Err(Unread::OtherType)),
        // Of several that cannot be read, why of the first.
        (b"age=3\xFF; age=300", encoding(1)),
        (b"age=300; age=3\xFF", Err(Unread::OtherType)),
    ];
    for (field, read) in rows {
        assert_eq!(CookieJar::new(field).get_typed(), read, "{field:?}");
    }
}

#[test]
fn a_change_is_what_is_read() {
    let mut jar = CookieJar::new("age=31");
    jar.set(Age(32).to_cookie().unwrap().build().unwrap());
    assert_eq!(jar.get_typed(), Ok(Some(Age(32))));
    jar.set(Age::TEMPLATE.cookie("odd").build().unwrap());
    assert_eq!(jar.get_typed::<Age>(), Err(Unread::OtherType), "what the response sets is what the client will send");
    jar.delete(tombstone("age").path("/app").build().unwrap());
    assert_eq!(jar.get_typed::<Age>(), Ok(None));
}

#[test]
fn what_cannot_be_written_is_refused_by_the_one_that_cannot() {
    assert_eq!(Encoded("unspeakable".into()).to_cookie().err(), Some(Unwritten));
    assert_eq!(Encoded("a;b".into()).to_cookie().unwrap().build().unwrap().value(), "!a%3Bb");
    assert_eq!(Plain("a".into()).to_cookie().unwrap().build().unwrap().value(), "!a");
    assert!(Plain("a;b".into()).to_cookie().unwrap().build().is_err());
    assert!(matches!(Encoded("x".repeat(4096)).to_cookie().unwrap().build(), Err(BuildError::PairTooLong { .. })));
    // A value that is not decoded is UTF-8, or is not read.
    assert_eq!(Plain::from_octets(b"!%41"), Ok(Plain("%41".into())));
    assert_eq!(Plain::from_octets(b"!a\xFF"), Err(Unread::Encoding(DecodeError::NotUtf8 { offset: 2 })));
}

proptest! {
    #[test]
    fn what_is_written_is_read(text in any::<String>().prop_filter("a cookie holds it", |text| text.len() < 300)) {
        let cookie = Encoded(text.clone()).to_cookie().unwrap().build().unwrap();
        assert_eq!(Encoded::from_octets(cookie.value().as_bytes()), Ok(Encoded(text)));
    }
}

#[cfg(feature = "serde")]
#[test]
fn json_is_written_as_it_is_read() {
    use hardtack::format::Json;

    assert_eq!(Json::write(&[1, 2]).as_deref(), Ok("[1,2]"));
    assert_eq!(<Json as Format<[i32; 2]>>::read("[1,2]"), Ok([1, 2]));
    // A map whose keys are no text is no JSON.
    assert_eq!(Json::write(&std::collections::BTreeMap::from([([1, 2], 3)])), Err(Unwritten));
}

#[cfg(feature = "serde")]
#[test]
fn json_says_where_it_is_odd_and_not_what_it_is() {
    use serde_json::Value;

    let rows = [
        ("{\"a\":1}", Ok(())),
        ("{\"a\":secret}", Err(Unread::NotJson { line: 1, column: 6 })),
        ("", Err(Unread::NotJson { line: 1, column: 0 })),
    ];
    for (text, outcome) in rows {
        let read = <format::Json as Format<Value>>::read(text);
        assert_eq!(read.map(drop), outcome, "{text}");
    }
    assert_eq!(
        <format::Json as Format<[u8; 2]>>::write(&[1, 2]),
        Ok("[1,2]".to_owned()),
        "nothing is in it that need not be"
    );
    assert_eq!(
        <format::Json as Format<u8>>::read("\"secret\"").unwrap_err().to_string(),
        "the value is JSON of another shape at line 1, column 8; set the cookie anew"
    );
}
