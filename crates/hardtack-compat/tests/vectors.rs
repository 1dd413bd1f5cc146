//! Texts that other frameworks wrote, or that were made to be refused: read, and written again.
//!
//! Where the rows come from and what they mean is in `examples/vectors`, which any file of them can be given to.

extern crate alloc;

#[path = "../examples/vectors/formats.rs"]
mod formats;
#[path = "../examples/vectors/rows.rs"]
mod rows;

use alloc::collections::BTreeMap;

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
