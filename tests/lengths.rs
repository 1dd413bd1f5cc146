//! Headers of every length, with what matters in every place: a reader that goes by blocks must not miss it in any.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod model;

use hardtack::{Attributes, Cookies, MAX_EXTENSIONS, ParseError, SetCookie, parse, parse_strict};

/// What fills a header: a letter, octets beside those that matter, and octets beyond ASCII.
const FILLINGS: [u8; 5] = [b'x', b':', b'<', 0x80, 0xFF];

/// What matters: separators, white space, and the controls at the ends of their ranges.
const OCTETS: [u8; 8] = [b';', b'=', b' ', b'\t', 0x00, 0x1F, 0x7F, b'\n'];

#[track_caller]
fn check(text: &[u8]) {
    let lenient = model::lenient(text);
    assert!(parse(text).map(|pair| (pair.name(), pair.value())).eq(lenient.iter().copied()), "{}", text.escape_ascii());
    let strict = parse_strict(text).map(|pair| pair.ok().map(|pair| (pair.name(), pair.value())));
    assert!(strict.eq(model::strict(text)), "{}", text.escape_ascii());
    let named = lenient.iter().find(|pair| !pair.0.is_empty());
    if let Some((name, value)) = named {
        assert_eq!(Cookies::new(text).get(*name), Some(*value), "{}", text.escape_ascii());
    }
    let cookie = SetCookie::parse(text).ok();
    let expected = model::set_cookie(text);
    assert_eq!(
        cookie.as_ref().map(|cookie| (cookie.name(), cookie.value(), cookie.extensions().len())),
        expected.as_ref().map(|cookie| (cookie.name, cookie.value, cookie.extensions.len())),
        "{}",
        text.escape_ascii()
    );
}

#[test]
fn one_octet_in_every_place() {
    for filling in FILLINGS {
        for len in 0..=72 {
            let mut text = vec![filling; len];
            check(&text);
            for place in 0..len {
                for octet in OCTETS {
                    text[place] = octet;
                    check(&text);
                }
                text[place] = filling;
            }
        }
    }
}

#[test]
fn two_octets_in_every_two_places() {
    for len in [7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 40] {
        let mut text = vec![b'x'; len];
        for first in 0..len {
            for second in first + 1..len {
                for (one, other) in [(b'=', b';'), (b';', b'='), (b'=', b'='), (b';', b';'), (b' ', b'='), (b';', 0x7F)]
                {
                    text[first] = one;
                    text[second] = other;
                    check(&text);
                }
                text[second] = b'x';
            }
            text[first] = b'x';
        }
    }
}

/// The lengths around the largest blocks, for the one octet that must not be missed.
#[test]
fn a_control_in_every_place() {
    for len in [60, 63, 64, 65, 71, 72, 79, 80, 95, 96, 97, 104, 112, 127, 128, 129, 136, 160, 191, 192, 193] {
        let mut text = vec![b'x'; len];
        text[1] = b'=';
        for place in 2..len {
            for octet in [0x00, 0x1F, 0x7F] {
                text[place] = octet;
                assert_eq!(parse(text.as_slice()).count(), 0, "octet {octet:#04X} at {place} of {len}");
                assert_eq!(
                    SetCookie::parse(&text),
                    Err(ParseError::ControlByte { byte: octet, offset: place }),
                    "octet {octet:#04X} at {place} of {len}"
                );
            }
            for octet in [b' ', b'~', b'\t', 0x80, 0xFF] {
                text[place] = octet;
                assert_eq!(parse(text.as_slice()).count(), 1, "octet {octet:#04X} at {place} of {len}");
                assert!(SetCookie::parse(&text).is_ok(), "octet {octet:#04X} at {place} of {len}");
            }
            text[place] = b'x';
        }
    }
}

/// What no user agent keeps is bounded, and all that one keeps is read behind it.
#[test]
fn unknown_attributes_are_kept_up_to_a_bound() {
    for count in [0, 1, 1023, 1024, 1025, 5000] {
        let line = format!("a=1{}; Secure; Path=/x", "; x=y".repeat(count));
        check(line.as_bytes());
        let cookie = SetCookie::parse(&line).unwrap();
        assert_eq!(cookie.extensions().len(), count.min(MAX_EXTENSIONS), "{count} unknown attributes");
        assert_eq!((cookie.secure(), cookie.path()), (true, Some("/x")), "behind {count} unknown attributes");
        assert_eq!(SetCookie::parse(&cookie.to_string()), Ok(cookie.clone()), "{count} unknown attributes");
        assert_eq!(Attributes::tokenize(&*line).count(), count + 3, "{count} unknown attributes");
    }
}

/// A name of every length is found, and not where one octet of it differs.
#[test]
fn a_name_of_every_length() {
    for len in 1..=80 {
        let name = "n".repeat(len);
        let other = format!("{}m", "n".repeat(len - 1));
        let header = format!("{other}=no; {name}n=longer; {name}=yes; {name}=again");
        assert_eq!(Cookies::new(&*header).get(&name), Some("yes"), "a name of {len} octets");
        assert_eq!(Cookies::new(&*header).get_all(&name).count(), 2, "a name of {len} octets");
        assert_eq!(Cookies::new(&*header).get(&other), Some("no"), "a name of {len} octets");
    }
}
