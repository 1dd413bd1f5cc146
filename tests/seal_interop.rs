//! Sealed values read from, and written for, another implementation: `tests/interop/seal.py`, by way of files.
//!
//! `.ci/run seal_interop` runs both sides; without the directory of the files there is nothing to do here.

#![cfg(feature = "seal")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use core::cell::Cell;
use core::time::Duration;
use std::path::PathBuf;
use std::{env, fs};

use hardtack::CookieDate;
use hardtack::seal::{Key, OpenError, Sealer, Signer};
use serde_json::Value;

thread_local! {
    static NONCE: Cell<[u8; 12]> = const { Cell::new([0; 12]) };
}

#[test]
fn what_they_write_we_read_and_they_read_what_we_write() {
    let Some(directory) = env::var_os("SEAL_INTEROP").map(PathBuf::from) else {
        println!("skipped: no files; run .ci/run seal_interop");
        return;
    };
    let theirs = fs::read_to_string(directory.join("theirs.jsonl")).unwrap();
    let mut ours = String::new();
    let mut count = 0;
    for line in theirs.lines() {
        let mut row: Value = serde_json::from_str(line).unwrap();
        let key = || Key::from_hex(row["master"].as_str().unwrap()).unwrap();
        let (name, text) = (row["name"].as_str().unwrap(), row["text"].as_str().unwrap());
        let value = match &row["value"] {
            Value::String(value) => value.as_bytes().to_vec(),
            _ => octets(row["value_hex"].as_str().unwrap()),
        };
        let expiry = row["expiry"].as_i64().unwrap();
        let now = CookieDate::from_unix_timestamp(if expiry == 0 { 0 } else { expiry - 1 });
        let late = CookieDate::from_unix_timestamp(expiry);
        let lifetime = (expiry != 0).then_some(Duration::from_secs(1));
        let written = if row["kind"] == "signed" {
            let signer = Signer::new(key());
            let opened = signer.open(name, text.as_bytes(), now).unwrap();
            assert_eq!(*opened.value, value, "{line}");
            assert!(expiry == 0 || signer.open(name, text, late) == Err(OpenError::Expired), "{line}");
            let signer = lifetime.into_iter().fold(signer, Signer::lifetime);
            signer.seal(name, str::from_utf8(&value).unwrap(), now).unwrap()
        } else {
            NONCE.set(octets(row["nonce"].as_str().unwrap()).try_into().unwrap());
            let sealer = Sealer::new(key()).nonces(|| Some(NONCE.get()));
            let opened = sealer.open(name, text.as_bytes(), now).unwrap();
            assert_eq!(*opened.value, value, "{line}");
            assert!(expiry == 0 || sealer.open(name, text.as_bytes(), late) == Err(OpenError::Expired), "{line}");
            let bucket = usize::try_from(row["bucket"].as_u64().unwrap_or(0)).unwrap();
            let sealer = lifetime.into_iter().fold(sealer.padded_to(bucket), Sealer::lifetime);
            assert_eq!(sealer.seal(name, &value, now).unwrap(), text, "{line}");
            // And with a nonce of our own, which they have not seen.
            let fresh = Sealer::new(key()).padded_to(bucket);
            lifetime.into_iter().fold(fresh, Sealer::lifetime).seal(name, &value, now).unwrap()
        };
        assert!(row["kind"] != "signed" || written == text, "{line}");
        row["text"] = written.into();
        ours.push_str(&row.to_string());
        ours.push('\n');
        count += 1;
    }
    assert!(count >= 600, "{count} texts");
    fs::write(directory.join("ours.jsonl"), ours).unwrap();
}

fn octets(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}
