//! Checks this package against rows of texts that other frameworks wrote, or that were made to be refused.
//!
//! `cargo run -p hardtack-compat --example vectors -- FILE` reads one JSON object a line and prints each row that is
//! answered otherwise than it says, and a count a format. It exits with 1 if there is such a row, or a
//! line that is no JSON, with 2 if the file cannot be read. Whoever ports a format writes rows for it and runs them.
//!
//! `vectors --write FILE` prints the rows again, each with the text that is written here for what it opens to, so that
//! the framework can be asked what it makes of it.
//!
//! | member | meaning |
//! |---|---|
//! | `format` | one of those that this program prints without arguments; rows of another are counted and left out |
//! | `key` | text, hexadecimal where `key_form` is `hex`, or a list: the writer first, but in `itsdangerous-*` last |
//! | `text` | the cookie's value; of `keygrip-pair`, the Cookie field |
//! | `name`, `salt`, `digest`, `derivation`, `kdf`, `derive`, `legacy_salt` | settings |
//! | `written_at`, `now`, `max_age` | Unix seconds, or null |
//! | `expect`, `strict` | `opens` or `refused`; `strict` counts where both stand |
//! | `why` | `expired`, `future` or `payload`, where the signature of a refused text is right |
//! | `value`, `payload`, `plain_hex` | what comes out: text, JSON or octets |
//! | `renewed` | whether an older key opened it |
//!
//! What opens is written as well, and must come out as `text`, octet for octet: of a form without randomness, under one
//! key, unless the row says that the text is not what the framework would write (`strict`, `legacy_salt`, a `reason` that
//! begins with `authentic`). Two deflaters write different octets of the same meaning, so that a compressed text is
//! compared by what it opens to, and so is a text with a random nonce.

extern crate alloc;

mod formats;
mod rows;

use alloc::collections::BTreeMap;
use std::process::ExitCode;
use std::{env, fs};

use hardtack_compat::PayloadError;
use hardtack_compat::json::Value;

use formats::{FORMATS, Keys, write};
use rows::{Outcome, Row, check};

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1).peekable();
    let is_written = arguments.next_if(|argument| argument == "--write").is_some();
    let Some(file) = arguments.next() else {
        eprintln!("usage: vectors [--write] FILE\n\nformats:");
        for format in FORMATS {
            eprintln!("  {format}");
        }
        return ExitCode::from(2);
    };
    let run = || -> Result<bool, String> {
        let text = fs::read_to_string(&file).map_err(|error| error.to_string())?;
        if is_written { write_rows(&text) } else { Ok(check_rows(&text)) }
    };
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            ExitCode::from(2)
        }
    }
}

/// The rows of a file, each with the number of its line.
fn rows(text: &str) -> impl Iterator<Item = (usize, Result<Value, PayloadError>)> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| (at + 1, line.parse()))
}

fn write_rows(text: &str) -> Result<bool, String> {
    let mut keys = Keys::default();
    for (line, row) in rows(text) {
        let row = row.map_err(|error| format!("line {line}: {error}"))?;
        if let Some(row) = rewrite(&row, &mut keys).map_err(|error| format!("line {line}: {error}"))? {
            println!("{row}");
        }
    }
    Ok(true)
}

/// The row with the text that is written here for what it opens to, where there is one; it then says nothing of an older
/// key, since the first of the ring writes.
fn rewrite(row: &Value, keys: &mut Keys) -> Result<Option<Value>, String> {
    let (Value::Map(map), row) = (row, Row(row)) else { return Err("the row is no object".into()) };
    let is_ours = row.text("expect") == Some("opens") || matches!(row.text("why"), Some("expired" | "future"));
    let Some(content) = row.content().filter(|_| is_ours) else { return Ok(None) };
    let Some(written) = write(row, &content, keys)? else { return Ok(None) };
    let mut map = map.clone();
    map.insert("text", written.text);
    map.remove("renewed");
    Ok(Some(Value::Map(map)))
}

/// Prints what is answered otherwise, and the counts; whether nothing was.
fn check_rows(text: &str) -> bool {
    let mut keys = Keys::default();
    let mut counts = BTreeMap::<String, Count>::new();
    for (line, row) in rows(text) {
        let (format, outcome) = match row {
            Ok(row) => check(&row, &mut keys),
            Err(error) => ("?".into(), Outcome::Wrong(error.to_string())),
        };
        let count = counts.entry(format).or_default();
        count.rows += 1;
        match outcome {
            Outcome::Unknown => count.unknown = true,
            Outcome::Right { written } => {
                count.right += 1;
                count.written += usize::from(written);
            }
            Outcome::Wrong(what) => println!("line {line}: {what}"),
        }
    }
    println!("{:<28} {:>6} {:>6} {:>8}", "format", "rows", "right", "written");
    for (format, count) in &counts {
        if count.unknown {
            println!("{format:<28} {:>6}  not known", count.rows);
        } else {
            println!("{format:<28} {:>6} {:>6} {:>8}", count.rows, count.right, count.written);
        }
    }
    counts.values().all(|count| count.unknown || count.right == count.rows)
}

/// Rows of a format, how many were answered as they say, and of how many the text was written again.
#[derive(Default)]
struct Count {
    rows: usize,
    right: usize,
    written: usize,
    unknown: bool,
}
