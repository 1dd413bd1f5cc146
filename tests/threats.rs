//! Every row of `docs/threats.md` is held by a test that is there.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

#[test]
fn every_row_is_held_by_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/threats.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.contains("| held by |"));
    let mut count = 0;
    for row in rows {
        let held_by = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let names: Vec<_> = held_by.split('`').skip(1).step_by(2).collect();
        let (mut tests, mut text) = (0, String::new());
        for name in names {
            if Path::new(name).extension().is_some_and(|extension| extension == "rs") {
                text = fs::read_to_string(root.join(name)).unwrap_or_else(|_| panic!("{name} is there: {row}"));
            } else {
                assert!(text.contains(&format!("fn {name}(")), "{name} is a test: {row}");
                tests += 1;
            }
        }
        assert!(tests > 0, "a test: {row}");
        count += 1;
    }
    assert!(count > 30, "the page has its rows: {count}");
}
