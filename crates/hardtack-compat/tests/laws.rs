//! The laws that all forms hold to, over values made up.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod forms;

use forms::{By, Form, forms};
use hardtack_compat::{OpenError, SealError};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

const NOW: u64 = 1_700_000_000;

/// Values with what the forms separate by, with quotes, and with characters of every length.
fn values() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,40}",
        "[.:;?!=\\-\" ]{0,12}",
        "\\PC{0,20}",
        any::<String>(),
        ("[a-z]{1,8}", 0_usize..300).prop_map(|(word, times)| word.repeat(times)),
    ]
}

/// The text of a value, or `None` where a form says that it cannot carry it.
fn write(form: &dyn Form, by: By, value: &str) -> Option<String> {
    match form.write(by, value, NOW) {
        Ok(text) => Some(text),
        Err(SealError::InvalidByte { byte, .. }) => {
            assert_eq!(form.name(), "keygrip");
            assert!(value.as_bytes().contains(&byte));
            None
        }
        Err(SealError::EmptyValue) => {
            assert_eq!((form.name(), value), ("biscotti signed", ""));
            None
        }
        Err(error) => panic!("{}: {error}", form.name()),
    }
}

fn for_all_values(law: impl Fn(&dyn Form, &str)) {
    let forms = forms();
    let config = Config { cases: 64, failure_persistence: None, ..Config::default() };
    let run = TestRunner::new(config).run(&values(), |value| {
        for form in &forms {
            law(&**form, &value);
        }
        Ok(())
    });
    run.expect("the law holds");
}

#[test]
fn what_is_written_opens_to_what_it_was() {
    for_all_values(|form, value| {
        let Some(text) = write(form, By::Writer, value) else { return };
        assert_eq!(form.open(&text, NOW), Ok((value.to_owned(), false)), "{}", form.name());
    });
}

#[test]
fn what_an_older_key_wrote_opens_and_says_so() {
    for_all_values(|form, value| {
        let Some(text) = write(form, By::Older, value) else { return };
        assert_eq!(form.open(&text, NOW), Ok((value.to_owned(), true)), "{}", form.name());
    });
}

#[test]
fn what_a_key_of_another_wrote_is_not_authentic() {
    for_all_values(|form, value| {
        let Some(text) = write(form, By::Stranger, value) else { return };
        assert_eq!(form.open(&text, NOW), Err(OpenError::NotAuthentic), "{}", form.name());
    });
}

#[test]
fn a_text_that_was_cut_or_went_on_is_refused() {
    for_all_values(|form, value| {
        let Some(text) = write(form, By::Writer, value) else { return };
        // A Cookie field may go on with another cookie, and begin with spaces.
        let field = form.name() == "keygrip";
        for octet in ["\0", " ", "\n", "=", ".", "-", "A", "\"", "é"] {
            assert!(form.open(&format!("{text}{octet}"), NOW).is_err(), "{} and {octet:?}", form.name());
            let opens = form.open(&format!("{octet}{text}"), NOW).is_ok();
            assert!(!opens || (field && octet == " "), "{octet:?} and {}", form.name());
        }
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for at in ends.iter().take(6).chain(ends.iter().rev().take(12)) {
            assert!(form.open(&text[..*at], NOW).is_err(), "{} up to {at}", form.name());
            assert!(*at == 0 || form.open(&text[*at..], NOW).is_err(), "{} from {at}", form.name());
        }
        assert!(form.open(&text.repeat(2), NOW).is_err(), "{} twice", form.name());
    });
}

#[test]
fn a_text_ages_by_the_second() {
    for form in forms() {
        let text = form.write(By::Writer, "v", NOW).expect("a text");
        let opens = |now: u64| form.open(&text, now).map(|_| ());
        match form.last() {
            None => {
                assert_eq!(opens(0), Ok(()), "{}", form.name());
                assert_eq!(opens(u64::MAX), Ok(()), "{}", form.name());
            }
            Some(last) => {
                assert_eq!(opens(NOW + last), Ok(()), "{}", form.name());
                assert_eq!(opens(NOW + last + 1), Err(OpenError::Expired), "{}", form.name());
                assert_eq!(opens(u64::MAX), Err(OpenError::Expired), "{}", form.name());
                // Django and Rails open what was written in the future.
                let future = if form.name().starts_with(['d', 'r']) { Ok(()) } else { Err(OpenError::FromFuture) };
                assert_eq!(opens(NOW - 1), future, "{}", form.name());
            }
        }
    }
}

#[test]
fn nothing_is_looked_at_beyond_the_limit() {
    for form in forms() {
        let long = "x".repeat(20_000);
        // The limit is that of the value: a field may hold many.
        let text = if form.name() == "keygrip" { format!("session={long}; session.sig=") } else { long };
        assert_eq!(form.open(&text, NOW), Err(OpenError::TooLong { len: 20_000, max: 16_384 }), "{}", form.name());
        let noise = noise(30_000);
        let refused = form.write(By::Writer, &noise, NOW);
        assert!(matches!(refused, Err(SealError::TooLong { max: 16_384, .. })), "{}: {refused:?}", form.name());
    }
}

#[test]
fn debug_shows_neither_key_nor_value() {
    for form in forms() {
        let text = form.write(By::Writer, "confidential", NOW).expect("a text");
        let shown = form.shown(&text, NOW);
        assert!(shown.contains("keys: <2>"), "{shown}");
        for secret in ["confidential", "secret", "74, 104, 101", "säl", &text] {
            assert!(!shown.contains(secret), "{}: {shown}", form.name());
        }
    }
}

/// Letters and digits that no compression makes much shorter: Knuth's linear congruential generator, its upper bits.
fn noise(len: usize) -> String {
    let letters: Vec<char> = ('0'..='9').chain('A'..='Z').chain('a'..='z').chain(['-', '_']).collect();
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        letters[usize::from(state.to_be_bytes()[0] & 63)]
    };
    (0..len).map(|_| next()).collect()
}

/// An id; what the forms separate by, beyond ASCII; and what is compressed where a form compresses.
const VALUES: &[&str] = &[
    "0f8fad5b-d9cb-469f-a165-70867728950e",
    "a.b:c--d?e!f=g, ☃",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

#[test]
fn change_any_one_bit_of_a_text_and_it_does_not_open() {
    for form in forms() {
        for value in VALUES {
            let text = form.write(By::Writer, value, NOW).expect("a text");
            let mut flipped = 0;
            for bit in 0..text.len() * 8 {
                let mut octets = text.clone().into_bytes();
                octets[bit / 8] ^= 1 << (bit % 8);
                // What is no text is nothing that could be handed over.
                let Ok(changed) = String::from_utf8(octets) else { continue };
                assert!(form.open(&changed, NOW).is_err(), "{}: bit {bit} of {value:?}", form.name());
                flipped += 1;
            }
            assert!(flipped >= text.len() * 6, "{}: {flipped} bits", form.name());
            assert!(form.open(&text, NOW).is_ok(), "{}: and as it was, it opens", form.name());
        }
    }
}
