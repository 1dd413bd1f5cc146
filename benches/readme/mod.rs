//! The tables of `benches/README.md`, each between two markers.

#![allow(clippy::expect_used, reason = "a bench that cannot go on is to stop")]

use std::fs;

use crate::inputs::root;

/// Puts the text between the markers of its part.
pub(crate) fn write(part: &str, text: &str) {
    let path = root().join("benches/README.md");
    let (begin, end) = (format!("<!-- {part}: begin -->"), format!("<!-- {part}: end -->"));
    let old = fs::read_to_string(&path).expect("benches/README.md");
    let (before, rest) = old.split_once(&begin).expect("the first marker of the part");
    let (_, after) = rest.split_once(&end).expect("the last marker of the part");
    fs::write(&path, format!("{before}{begin}\n\n{}\n\n{end}{after}", text.trim())).expect("benches/README.md");
}
