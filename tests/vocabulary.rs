//! Every short sequence of awkward tokens, against the model.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod model;

use core::fmt::Debug;

use hardtack::{Attributes, Cookies, SetCookie, Tombstones, parse, parse_strict};

/// What a tokenizer may trip over, alone and beside each other.
const VOCABULARY: [&[u8]; 10] = [b"a", b"=", b";", b" ", b"\t", b"\"", b"%41", "é".as_bytes(), b"\0", b"__Host-"];

/// The same, with octets that are no UTF-8 and the other end of the controls.
const OCTETS: [&[u8]; 10] = [b"a", b"=", b";", b" ", b"\t", b"\"", b"\\073", b"\xFF", b"\x7F", b"DELETED"];

/// Calls `visit` with each sequence of 0 to `most` tokens.
fn each_sequence(vocabulary: &[&[u8]], most: usize, visit: &mut impl FnMut(&[u8])) {
    fn extend(vocabulary: &[&[u8]], most: usize, text: &mut Vec<u8>, visit: &mut impl FnMut(&[u8])) {
        visit(text);
        if most == 0 {
            return;
        }
        let len = text.len();
        for token in vocabulary {
            text.extend_from_slice(token);
            extend(vocabulary, most - 1, text, visit);
            text.truncate(len);
        }
    }
    extend(vocabulary, most, &mut Vec::new(), visit);
}

#[track_caller]
fn same<T: Debug + PartialEq>(text: &[u8], rule: &str, found: &[T], expected: &[T]) {
    assert!(found == expected, "{rule} of {:?}: {found:?}, not {expected:?}", text.escape_ascii().to_string());
}

#[track_caller]
fn check_bytes(text: &[u8]) {
    let lenient = model::lenient(text);
    let pairs: Vec<_> = parse(text).map(|pair| (pair.name(), pair.value())).collect();
    same(text, "parse", &pairs, &lenient);

    let strict: Vec<_> = parse_strict(text).map(|pair| pair.ok().map(|pair| (pair.name(), pair.value()))).collect();
    same(text, "parse_strict", &strict, &model::strict(text));

    let attributes: Vec<_> = Attributes::tokenize(text).collect();
    let attributes: Vec<_> = attributes.iter().map(|attribute| (attribute.name(), attribute.value())).collect();
    same(text, "Attributes::tokenize", &attributes, &model::attributes(text));

    for (policy, anywhere) in
        [(Tombstones::Exact, Some(false)), (Tombstones::Containing, Some(true)), (Tombstones::Keep, None)]
    {
        let cookies = Cookies::new(text).tombstones(policy);
        let alive: Vec<_> = lenient
            .iter()
            .copied()
            .filter(|(_, value)| anywhere.is_none_or(|anywhere| !model::is_deleted(value, anywhere)))
            .collect();
        let pairs: Vec<_> = cookies.iter().map(|pair| (pair.name(), pair.value())).collect();
        same(text, "Cookies::iter", &pairs, &alive);
        for name in [b"".as_slice(), b"a", b"__Host-", b"\""] {
            let values: Vec<_> =
                alive.iter().filter(|pair| pair.0 == name && !name.is_empty()).map(|pair| pair.1).collect();
            same(text, "Cookies::get_all", &cookies.get_all(name).collect::<Vec<_>>(), &values);
            assert_eq!(cookies.get(name), values.first().copied(), "get({name:?}) of {text:?}");
        }
    }
}

#[track_caller]
fn check_set_cookie(text: &[u8]) {
    let read = SetCookie::parse(text).ok();
    let expected = model::set_cookie(text);
    assert_eq!(read.is_some(), expected.is_some(), "{text:?}");
    let (Some(read), Some(expected)) = (read, expected) else {
        return;
    };
    assert_eq!((read.name(), read.value(), read.path()), (expected.name, expected.value, expected.path), "{text:?}");
    let extensions: Vec<_> = read.extensions().iter().map(|extension| (extension.name(), extension.value())).collect();
    same(text, "SetCookie::extensions", &extensions, &expected.extensions);
    let mut written = Vec::new();
    read.append_to(&mut written);
    assert_eq!(SetCookie::parse(&written), Ok(read), "{text:?} was written as {written:?}");
}

/// What a `str` gives must be what its octets give.
#[track_caller]
fn check_str(text: &str) {
    let octets: Vec<_> = parse(text.as_bytes()).map(|pair| (pair.name(), pair.value())).collect();
    let pairs: Vec<_> = parse(text).map(|pair| (pair.name().as_bytes(), pair.value().as_bytes())).collect();
    same(text.as_bytes(), "parse of str", &pairs, &octets);
    let octets: Vec<_> =
        parse_strict(text.as_bytes()).map(|pair| pair.map(|pair| (pair.name(), pair.value()))).collect();
    let pairs: Vec<_> =
        parse_strict(text).map(|pair| pair.map(|pair| (pair.name().as_bytes(), pair.value().as_bytes()))).collect();
    same(text.as_bytes(), "parse_strict of str", &pairs, &octets);
}

#[test]
fn text_of_up_to_five_tokens() {
    each_sequence(&VOCABULARY, 5, &mut |text| {
        check_bytes(text);
        check_str(str::from_utf8(text).unwrap());
    });
}

#[test]
fn octets_of_up_to_four_tokens() {
    each_sequence(&OCTETS, 4, &mut check_bytes);
}

#[test]
fn set_cookie_of_up_to_four_tokens() {
    each_sequence(&VOCABULARY, 4, &mut check_set_cookie);
}
