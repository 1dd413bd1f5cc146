//! Checks this package against rows of texts that other frameworks wrote, or that were made to be refused.
//!
//! `cargo run -p hardtack-compat --example vectors -- FILE` reads one JSON object a line and prints each row that is
//! answered otherwise than it says, and a count a format. It exits with 1 if there is such a row, with 2 if the file
//! cannot be read. Whoever ports a format writes rows for it and runs them.
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

use formats::{FORMATS, Keys};
use rows::{Outcome, check};

fn main() -> ExitCode {
    let Some(file) = env::args_os().nth(1) else {
        eprintln!("usage: vectors FILE\n\nformats:");
        for format in FORMATS {
            eprintln!("  {format}");
        }
        return ExitCode::from(2);
    };
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            return ExitCode::from(2);
        }
    };
    let mut keys = Keys::default();
    let mut counts = BTreeMap::<String, Count>::new();
    for (line, row) in text.lines().enumerate().filter(|(_, row)| !row.trim().is_empty()) {
        let line = line + 1;
        let row = match row.parse() {
            Ok(row) => row,
            Err(error) => {
                eprintln!("{}:{line}: {error}", file.display());
                return ExitCode::from(2);
            }
        };
        let (format, outcome) = check(&row, &mut keys);
        let count = counts.entry(format).or_default();
        count.rows += 1;
        match outcome {
            Outcome::Unknown => count.unknown = true,
            Outcome::Right { written } => {
                count.read += 1;
                count.written += usize::from(written);
            }
            Outcome::Wrong(what) => println!("{}:{line}: {what}", file.display()),
        }
    }
    println!("{:<28} {:>6} {:>6} {:>8}", "format", "rows", "right", "written");
    for (format, count) in &counts {
        if count.unknown {
            println!("{format:<28} {:>6}  not known", count.rows);
        } else {
            println!("{format:<28} {:>6} {:>6} {:>8}", count.rows, count.read, count.written);
        }
    }
    if counts.values().all(|count| count.unknown || count.read == count.rows) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Rows of a format, how many were answered as they say, and of how many the text was written again.
#[derive(Default)]
struct Count {
    rows: usize,
    read: usize,
    written: usize,
    unknown: bool,
}
