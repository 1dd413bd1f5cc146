//! The format of `src/guide/seal-format.md`: its vectors, what it refuses, and every single bit.

#![cfg(feature = "seal")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

extern crate alloc;

use alloc::collections::BTreeSet;
use core::cell::Cell;
use core::time::Duration;

use hardtack::CookieDate;
use hardtack::seal::{Key, OpenError, Sealer, Signer};
use serde_json::Value;

const PAGE: &str = include_str!("../src/guide/seal-format.md");
const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

thread_local! {
    static NONCE: Cell<[u8; 12]> = const { Cell::new([0; 12]) };
}

/// A vector of the page.
struct Vector {
    kind: String,
    master: String,
    name: String,
    value: Vec<u8>,
    expiry: i64,
    text: String,
}

impl Vector {
    fn all() -> Vec<Self> {
        let rows = PAGE.lines().filter(|line| line.starts_with("{\"kind\""));
        rows.map(|line| serde_json::from_str(line).unwrap()).map(|row: Value| Self::of(&row)).collect()
    }

    fn of(row: &Value) -> Self {
        let text = |field: &str| row[field].as_str().unwrap().to_owned();
        let value = match &row["value"] {
            Value::String(value) => value.clone().into_bytes(),
            _ => octets(&text("value_hex")),
        };
        Self {
            kind: text("kind"),
            master: text("master"),
            name: text("name"),
            value,
            expiry: row["expiry"].as_i64().unwrap(),
            text: text("text"),
        }
    }

    fn is_signed(&self) -> bool {
        self.kind == "signed"
    }

    fn key(&self) -> Key {
        Key::from_hex(&self.master).unwrap()
    }

    fn open(&self, name: &str, text: &[u8], now: CookieDate) -> Result<Vec<u8>, OpenError> {
        open(self.is_signed(), self.key(), name, text, now)
    }

    /// A second before it expires.
    fn now(&self) -> CookieDate {
        CookieDate::from_unix_timestamp(if self.expiry == 0 { 1_800_000_000 } else { self.expiry - 1 })
    }
}

fn open(signed: bool, key: Key, name: &str, text: &[u8], now: CookieDate) -> Result<Vec<u8>, OpenError> {
    let opened = if signed { Signer::new(key).open(name, text, now) } else { Sealer::new(key).open(name, text, now) };
    opened.map(|opened| opened.value.into_owned())
}

fn octets(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn the_vectors_of_the_page_open() {
    let vectors = Vector::all();
    assert_eq!(vectors.len(), 20);
    let kinds: BTreeSet<&str> = vectors.iter().map(|vector| vector.kind.as_str()).collect();
    assert_eq!(kinds, BTreeSet::from(["encrypted", "padded", "signed"]));
    for vector in vectors {
        let text = vector.text.as_bytes();
        assert_eq!(vector.open(&vector.name, text, vector.now()), Ok(vector.value.clone()), "{}", vector.text);
        if vector.expiry != 0 {
            let late = CookieDate::from_unix_timestamp(vector.expiry);
            let refused = vector.open(&vector.name, text, late);
            assert_eq!(refused, Err(OpenError::Expired), "{}", vector.text);
        }
        let expires = (vector.expiry != 0).then(|| CookieDate::from_unix_timestamp(vector.expiry));
        let opened = if vector.is_signed() {
            Signer::new(vector.key()).open(&vector.name, text, vector.now())
        } else {
            Sealer::new(vector.key()).open(&vector.name, text, vector.now())
        };
        assert_eq!(opened.unwrap().expires, expires, "{}", vector.text);
    }
}

#[test]
fn the_vectors_of_the_page_are_what_is_written() {
    let rows = PAGE.lines().filter(|line| line.starts_with("{\"kind\""));
    for line in rows {
        let row: Value = serde_json::from_str(line).unwrap();
        let vector = Vector::of(&row);
        let lifetime = (vector.expiry != 0).then_some(Duration::from_secs(1));
        let written = if vector.is_signed() {
            let signer = lifetime.into_iter().fold(Signer::new(vector.key()), Signer::lifetime);
            signer.seal(&vector.name, str::from_utf8(&vector.value).unwrap(), vector.now())
        } else {
            NONCE.set(octets(row["nonce"].as_str().unwrap()).try_into().unwrap());
            let bucket = usize::try_from(row["bucket"].as_u64().unwrap_or(0)).unwrap();
            let sealer = Sealer::new(vector.key()).padded_to(bucket).nonces(|| Some(NONCE.get()));
            let sealer = lifetime.into_iter().fold(sealer, Sealer::lifetime);
            sealer.seal(&vector.name, &vector.value, vector.now())
        };
        assert_eq!(written.as_ref(), Ok(&vector.text), "{line}");
    }
}

#[test]
fn the_refused_texts_of_the_page_are_refused() {
    let master = Vector::all()[0].master.clone();
    let mut reasons = BTreeSet::new();
    for line in PAGE.lines().filter(|line| line.starts_with("| signed") || line.starts_with("| encrypted |")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, form, text, why, _] = cells[..] else {
            continue;
        };
        let (reason, _) = why.split_once(':').unwrap_or((why, ""));
        let error = match reason {
            "malformed" => OpenError::Malformed,
            "unknown key" => OpenError::UnknownKey,
            "not authentic" => OpenError::NotAuthentic,
            "expired" => OpenError::Expired,
            _ => panic!("{line}"),
        };
        reasons.insert(reason);
        let at = form.rsplit(' ').next().and_then(|second| second.parse().ok()).unwrap_or(0);
        let (now, key) = (CookieDate::from_unix_timestamp(at), Key::from_hex(&master).unwrap());
        let opened = open(form.starts_with("signed"), key, "sid", text.trim_matches('`').as_bytes(), now);
        assert_eq!(opened, Err(error), "{line}");
    }
    assert_eq!(reasons.len(), 4);
}

/// A signer and a sealer with the key of the fifty texts.
struct Both(Signer, Sealer);

impl Both {
    fn new() -> Self {
        let key = || Key::from_master(&[7; 32]).unwrap();
        Self(Signer::new(key()), Sealer::new(key()))
    }

    fn open(&self, signed: bool, name: &str, text: &[u8]) -> Result<(), OpenError> {
        let now = CookieDate::from_unix_timestamp(1_800_000_000);
        if signed { self.0.open(name, text, now).map(drop) } else { self.1.open(name, text, now).map(drop) }
    }
}

/// Fifty texts, of each kind, of lengths that leave zero, two and four bits over in base64.
fn fifty() -> Vec<(bool, &'static str, String)> {
    let mut texts = Vec::new();
    let now = CookieDate::from_unix_timestamp(1_800_000_000);
    let signer = Signer::new(Key::from_master(&[7; 32]).unwrap());
    let sealer = Sealer::new(Key::from_master(&[7; 32]).unwrap()).nonces(|| Some(*b"twelveoctets"));
    for length in 0..17 {
        let value = "0123456789abcdef".get(..length).unwrap();
        let name = ["sid", "__Host-sid", "a"][length % 3];
        let signer = signer.clone().lifetime(Duration::from_secs(60));
        texts.push((true, name, signer.seal(name, value, now).unwrap()));
        let sealer = sealer.clone().lifetime(Duration::from_secs(60));
        texts.push((false, name, sealer.seal(name, value, now).unwrap()));
        if length < 16 {
            texts.push((false, name, sealer.padded_to(1 + length).seal(name, value, now).unwrap()));
        }
    }
    assert_eq!(texts.len(), 50);
    texts
}

#[test]
fn every_single_bit_counts() {
    let both = Both::new();
    let open = |signed, name: &str, text: &[u8]| both.open(signed, name, text);
    for (signed, name, text) in fifty() {
        assert_eq!(open(signed, name, text.as_bytes()), Ok(()), "{text}");
        assert_eq!(open(!signed, name, text.as_bytes()), Err(OpenError::Malformed), "{text}");
        let mut octets = text.clone().into_bytes();
        for at in 0..octets.len() {
            for bit in 0..8 {
                octets[at] ^= 1 << bit;
                assert!(open(signed, name, &octets).is_err(), "bit {bit} of octet {at} of {text}");
                octets[at] ^= 1 << bit;
            }
        }
        let mut other = name.to_owned().into_bytes();
        for at in 0..other.len() {
            for bit in 0..7 {
                other[at] ^= 1 << bit;
                let name = str::from_utf8(&other).unwrap();
                assert_eq!(open(signed, name, text.as_bytes()), Err(OpenError::NotAuthentic), "{name}");
                other[at] ^= 1 << bit;
            }
        }
    }
}

#[test]
fn every_bit_of_what_is_encoded_counts() {
    // Flipped below base64, so that the text is well-formed: what refuses it is the kind, the key's id or the tag.
    let both = Both::new();
    for (signed, name, text) in fifty() {
        let start = if signed { text.len() - 56 } else { 0 };
        let bits = (text.len() - start) * 6 / 8 * 8;
        for bit in 0..bits {
            let mut octets = text.clone().into_bytes();
            let at = start + bit / 6;
            let place = ALPHABET.iter().position(|&letter| letter == octets[at]).unwrap();
            octets[at] = ALPHABET[place ^ (0x20 >> (bit % 6))];
            let expected = match bit {
                // One kind of encrypted value is a bit away from the other.
                7 if !signed => OpenError::NotAuthentic,
                0..8 => OpenError::Malformed,
                8..40 => OpenError::UnknownKey,
                _ => OpenError::NotAuthentic,
            };
            assert_eq!(both.open(signed, name, &octets), Err(expected), "bit {bit} of {text}");
        }
    }
}

#[test]
fn a_text_of_another_length_or_alphabet_is_refused() {
    let both = Both::new();
    for (signed, name, text) in fifty() {
        for len in 0..text.len() {
            assert!(both.open(signed, name, &text.as_bytes()[..len]).is_err(), "the first {len} of {text}");
            assert!(both.open(signed, name, &text.as_bytes()[len + 1..]).is_err(), "behind {len} of {text}");
        }
        // Head, nonce and tag have 38 octets: 51 characters.
        let too_short = if signed { 57 } else { 51 };
        for len in 0..too_short.min(text.len()) {
            assert_eq!(both.open(signed, name, &text.as_bytes()[..len]), Err(OpenError::Malformed), "{len} of {text}");
        }
        for more in ["=", "==", "A", "AA", "AAA", "AAAA", " ", "\n", "\0", ".", "\"", "%3D"] {
            for text in [format!("{text}{more}"), format!("{more}{text}")] {
                assert!(both.open(signed, name, text.as_bytes()).is_err(), "{text:?}");
            }
        }
        let standard = text.replace('-', "+").replace('_', "/");
        if standard != text {
            let refused = both.open(signed, name, standard.as_bytes());
            assert!(matches!(refused, Err(OpenError::Malformed | OpenError::NotAuthentic)), "{standard}");
        }
        assert!(both.open(signed, name, format!("\"{text}\"").as_bytes()).is_err(), "quoted {text}");
    }
}

#[test]
fn bits_left_over_are_zero() {
    let now = CookieDate::from_unix_timestamp(1_800_000_000);
    for (length, left_over) in [(0, 2), (1, 0), (2, 4), (3, 2)] {
        let sealer = Sealer::new(Key::from_master(&[7; 32]).unwrap());
        let text = sealer.seal("sid", &vec![b'a'; length], now).unwrap();
        let (last, before) = text.as_bytes().split_last().unwrap();
        let place = ALPHABET.iter().position(|letter| letter == last).unwrap();
        let opened = (1..1 << left_over).filter(|bits| {
            let text = [before, &[ALPHABET[place | bits]]].concat();
            sealer.open("sid", &text, now).is_ok()
        });
        assert_eq!(opened.count(), 0, "{length} octets");
        assert_eq!(place % (1 << left_over), 0, "{length} octets");
    }
}
