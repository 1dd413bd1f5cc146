//! Texts that other frameworks wrote, or that were made to be refused: read, and written again.
//!
//! Where the rows come from and what they mean is in `examples/vectors`, which any file of them can be given to.

extern crate alloc;

#[path = "../examples/vectors/formats.rs"]
mod formats;
#[path = "../examples/vectors/rows.rs"]
mod rows;

use alloc::collections::BTreeMap;

use hardtack_compat::json::{Map, Value};

use formats::{FORMATS, Keys};
use rows::{Outcome, check};

const ROWS: &str = include_str!("data/seal_vectors.jsonl");

#[test]
#[allow(clippy::expect_used, reason = "a test fails by panicking")]
fn every_row_is_answered_as_the_framework_answers_it() {
    let mut keys = Keys::default();
    let mut written_of: BTreeMap<_, _> = FORMATS.iter().map(|format| (*format, (0, 0))).collect();
    let mut wrong = Vec::new();
    for row in ROWS.lines() {
        let row = row.parse().expect("a row is JSON");
        let (format, outcome) = check(&row, &mut keys);
        let (rows, texts) = written_of.get_mut(&*format).expect("a format that is known");
        *rows += 1;
        match outcome {
            Outcome::Unknown => wrong.push(format),
            Outcome::Right { written } => *texts += usize::from(written),
            Outcome::Wrong(what) => wrong.push(what),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (format, (rows, texts)) in written_of {
        assert!(rows >= 25 && texts >= 5, "{format}: {rows} rows, of which {texts} were written");
    }
}

/// That what is above can fail: a row that says the opposite, or another value, is found.
#[test]
#[allow(clippy::expect_used, reason = "a test fails by panicking")]
fn a_row_that_says_otherwise_is_found() {
    let mut keys = Keys::default();
    for line in ROWS.lines() {
        let Value::Map(mut row) = line.parse().expect("a row is JSON") else { continue };
        let text = |row: &Map, member: &str| row.get(member).and_then(Value::as_str).map(str::to_owned);
        let opens = text(&row, "strict").or(text(&row, "expect")).as_deref() == Some("opens");
        let id = text(&row, "id").unwrap_or_default();
        row.remove("strict");
        row.insert("expect", if opens { "refused" } else { "opens" });
        // Octets may be handed out whatever they are.
        let octets = text(&row, "format").as_deref() == Some("bottle") && row.remove("why").is_some();
        let (_, outcome) = check(&Value::Map(row.clone()), &mut keys);
        assert!(octets || matches!(outcome, Outcome::Wrong(_)), "{id}");
        if opens {
            row.insert("expect", "opens");
            for member in ["value", "plain_hex", "payload"] {
                if row.contains_key(member) {
                    row.insert(member, if member == "plain_hex" { "00" } else { "another" });
                }
            }
            let (_, outcome) = check(&Value::Map(row), &mut keys);
            assert!(matches!(outcome, Outcome::Wrong(_)), "{id}");
        }
    }
}
