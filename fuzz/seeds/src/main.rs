//! What campaigns begin with: the seeds of every target and the dictionary, from the tables, and the inputs that are kept
//! in `corpora/`; and what of a campaign is kept.
//!
//! `cargo run -p seeds [DIRECTORY]` writes `corpus/<target>/` and `cookie.dict` below the directory, which is that of the
//! fuzz targets unless another is named.
//!
//! `cargo run -p seeds -- --keep DIRECTORY TARGET...` packs the inputs in `DIRECTORY/<target>/` into
//! `corpora/<target>.bin`.

mod keep;
#[path = "../../src/packed.rs"]
mod packed;
#[allow(dead_code, reason = "shared with the laws")]
#[path = "../../src/tables.rs"]
mod tables;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use crate::tables::{COOKIES, DATES, FOREIGN_TEXTS, PAYLOADS, SET_COOKIES, VALUES, WORDS};

/// The package of the fuzz targets.
const HOME: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The targets that read octets as they are, and the tables they begin with.
const PLAIN: &[(&str, &[&[&[u8]]])] = &[
    ("cookie_header", &[COOKIES, SET_COOKIES]),
    ("set_cookie", &[SET_COOKIES, COOKIES]),
    ("cookie_date", &[DATES]),
    ("value_codec", &[VALUES]),
    ("peers", &[COOKIES, SET_COOKIES]),
];

/// The targets whose input `arbitrary` makes up from octets: any octets do.
const MADE_UP: &[&str] =
    &["cookie_lookup", "serialize", "builder", "tombstone", "edit", "jar", "template", "agent", "seal"];

fn main() -> io::Result<()> {
    let mut arguments = env::args_os().skip(1).peekable();
    if arguments.next_if(|argument| argument == "--keep").is_some() {
        let home = arguments.next().map_or_else(PathBuf::new, PathBuf::from);
        return keep::keep(&home, arguments);
    }
    let home = arguments.next().map_or_else(|| PathBuf::from(HOME), PathBuf::from);
    for (target, tables) in PLAIN {
        let seeds = tables.iter().flat_map(|table| table.iter().map(|row| row.to_vec()));
        plant(&home, target, seeds.chain(limits(target)))?;
    }
    plant(&home, "compat", compat())?;
    for target in MADE_UP {
        let mut state = 1;
        let lengths = [16, 64, 256, 1024].into_iter().cycle().take(64);
        plant(&home, target, lengths.map(|len| (0..len).map(|_| next_octet(&mut state)).collect()))?;
    }
    fs::write(home.join("cookie.dict"), dictionary())
}

/// A call and a form, and behind them texts that other frameworks wrote, and payloads that a key may have signed.
fn compat() -> impl Iterator<Item = Vec<u8>> {
    let texts = FOREIGN_TEXTS.iter().flat_map(|text| (0..3).map(move |call| (call, *text)));
    let payloads = PAYLOADS.iter().flat_map(|payload| (3..10).map(move |call| (call, *payload)));
    let calls = texts.chain(payloads).enumerate();
    calls.map(|(form, (call, rest))| [&[call, u8::try_from(form % 19).unwrap_or_default()], rest].concat())
}

/// Fields about as long as is kept.
fn limits(target: &str) -> Vec<Vec<u8>> {
    match target {
        "cookie_header" | "set_cookie" => vec![
            [b"a=".as_slice(), &[b'b'; 4095]].concat(),
            [b"a=".as_slice(), &[b'b'; 4096]].concat(),
            [b"a=1; Path=/a; Path=/".as_slice(), &[b'b'; 1023], b"; x=", &[b'y'; 1025]].concat(),
        ],
        _ => Vec::new(),
    }
}

fn plant(home: &Path, target: &str, seeds: impl Iterator<Item = Vec<u8>>) -> io::Result<()> {
    let directory = home.join("corpus").join(target);
    fs::create_dir_all(&directory)?;
    for (row, seed) in seeds.enumerate() {
        fs::write(directory.join(format!("seed-{row:03}")), seed)?;
    }
    let kept = Path::new(HOME).join("corpora").join(target).with_extension("bin");
    if !kept.exists() {
        return Ok(());
    }
    for (row, input) in packed::inputs(&fs::read(kept)?).into_iter().enumerate() {
        fs::write(directory.join(format!("kept-{row:04}")), input)?;
    }
    Ok(())
}

/// The same octets on every machine (Knuth's linear congruential generator, its upper octet).
fn next_octet(state: &mut u64) -> u8 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    state.to_be_bytes()[0]
}

/// The words in libFuzzer's notation: one in double quotes a line, `\xAB` for what is not printable.
fn dictionary() -> String {
    let mut dictionary = String::new();
    for word in WORDS {
        dictionary.push('"');
        for octet in word.bytes() {
            match octet {
                b'"' | b'\\' => dictionary.extend(['\\', char::from(octet)]),
                b' '..=b'~' => dictionary.push(char::from(octet)),
                // Writing to a String cannot fail.
                _ => write!(dictionary, "\\x{octet:02X}").unwrap_or_default(),
            }
        }
        dictionary.push_str("\"\n");
    }
    dictionary
}
