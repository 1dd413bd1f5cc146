//! What is sealed opens as it was; with any bit of the text, the name or the key changed, nothing opens; and whatever is
//! opened, what opens is the one text for what it says.

#![no_main]

use std::cell::Cell;
use std::time::Duration;

use arbitrary::Arbitrary;
use hardtack::CookieDate;
use hardtack::seal::{Key, OpenError, SealError, Sealer, Signer};
use hardtack_fuzz::{Octets, Text};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Given {
    master: [u8; 32],
    name: Text,
    value: Octets,
    form: Form,
    lifetime: Option<u32>,
    now: u32,
    nonce: [u8; 12],
    change: Change,
    splice: Splice,
    anything: Octets,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Form {
    Signed { encoded: bool },
    Encrypted { bucket: u8 },
}

/// A bit that is changed, counted from the start and around its end.
#[derive(Arbitrary, Debug)]
enum Change {
    Text(u16),
    Name(u16),
    Master(u8),
}

/// Octets that take the place of others.
#[derive(Arbitrary, Debug)]
struct Splice {
    at: u16,
    remove: u8,
    insert: Octets,
}

thread_local! {
    static NONCE: Cell<[u8; 12]> = const { Cell::new([0; 12]) };
}

/// A signer or a sealer with one key.
enum Seal {
    Signer(Signer),
    Sealer(Sealer),
}

impl Seal {
    fn new(form: Form, master: &[u8]) -> Self {
        let key = Key::from_master(master).expect("32 octets");
        match form {
            Form::Signed { encoded } => Self::Signer(Signer::new(key).percent_encoded(encoded)),
            Form::Encrypted { bucket } => {
                Self::Sealer(Sealer::new(key).padded_to(bucket.into()).nonces(|| Some(NONCE.get())))
            }
        }
    }

    fn lifetime(self, lifetime: Duration) -> Self {
        match self {
            Self::Signer(signer) => Self::Signer(signer.lifetime(lifetime)),
            Self::Sealer(sealer) => Self::Sealer(sealer.lifetime(lifetime)),
        }
    }

    fn seal(&self, name: &str, value: &[u8], now: CookieDate) -> Option<Result<String, SealError>> {
        Some(match self {
            Self::Signer(signer) => signer.seal(name, str::from_utf8(value).ok()?, now),
            Self::Sealer(sealer) => sealer.seal(name, value, now),
        })
    }

    fn open(&self, name: &str, text: &[u8], now: CookieDate) -> Result<(Vec<u8>, Option<CookieDate>), OpenError> {
        let opened = match self {
            Self::Signer(signer) => signer.open(name, text, now),
            Self::Sealer(sealer) => sealer.open(name, text, now),
        };
        opened.map(|opened| (opened.value.into_owned(), opened.expires))
    }
}

fuzz_target!(|given: Given| {
    NONCE.set(given.nonce);
    let (name, value) = (given.name.0.as_str(), given.value.0.as_slice());
    let now = CookieDate::from_unix_timestamp(given.now.into());
    let seal = Seal::new(given.form, &given.master);
    let seal = match given.lifetime {
        Some(seconds) => seal.lifetime(Duration::from_secs(seconds.into())),
        None => seal,
    };
    let expires = given.lifetime.map(|seconds| now + Duration::from_secs(seconds.into()));

    // Nobody wrote it, and it is too short to be a tag by chance.
    assert!(seal.open(name, &given.anything.0, now).is_err());

    let text = match seal.seal(name, value, now) {
        None => return,
        Some(Err(error)) => return assert_reason(&error, name, value),
        Some(Ok(text)) => text,
    };
    assert!(name.len() + text.len() <= 4096);
    assert!(text.bytes().all(|octet| matches!(octet, 0x21 | 0x23..=0x2B | 0x2D..=0x3A | 0x3C..=0x5B | 0x5D..=0x7E)));
    let opened = seal.open(name, text.as_bytes(), now);
    match expires {
        Some(expires) if expires <= now => assert_eq!(opened, Err(OpenError::Expired)),
        _ => assert_eq!(opened, Ok((value.to_vec(), expires))),
    }
    if let Some(expires) = expires {
        assert_eq!(seal.open(name, text.as_bytes(), expires), Err(OpenError::Expired));
    }

    let before = CookieDate::MIN;
    match given.change {
        Change::Text(bit) => {
            let changed = flipped(text.as_bytes(), bit);
            assert!(seal.open(name, &changed, before).is_err(), "{}", changed.escape_ascii());
        }
        Change::Name(bit) => {
            if let Ok(changed) = String::from_utf8(flipped(name.as_bytes(), bit)) {
                assert_eq!(seal.open(&changed, text.as_bytes(), before), Err(OpenError::NotAuthentic), "{changed}");
            }
        }
        Change::Master(bit) => {
            let other = Seal::new(given.form, &flipped(&given.master, bit.into()));
            assert_eq!(other.open(name, text.as_bytes(), before), Err(OpenError::UnknownKey));
        }
    }

    let at = usize::from(given.splice.at) % (text.len() + 1);
    let end = (at + usize::from(given.splice.remove)).min(text.len());
    let mut spliced = text.clone().into_bytes();
    spliced.splice(at..end, given.splice.insert.0);
    let opened = seal.open(name, &spliced, before);
    assert_eq!(opened.is_ok(), spliced == text.as_bytes(), "{}", spliced.escape_ascii());

    let other = match given.form {
        Form::Signed { .. } => Form::Encrypted { bucket: 0 },
        Form::Encrypted { .. } => Form::Signed { encoded: false },
    };
    assert_eq!(Seal::new(other, &given.master).open(name, text.as_bytes(), before), Err(OpenError::Malformed));
});

fn flipped(octets: &[u8], bit: u16) -> Vec<u8> {
    let mut octets = octets.to_vec();
    let bit = usize::from(bit) % (8 * octets.len());
    octets[bit / 8] ^= 1 << (bit % 8);
    octets
}

/// Whether the error tells the truth.
fn assert_reason(error: &SealError, name: &str, value: &[u8]) {
    match *error {
        SealError::EmptyName => assert!(name.is_empty()),
        SealError::InvalidName { byte, offset } => {
            assert_eq!(name.as_bytes()[offset], byte);
            assert!(!byte.is_ascii_graphic() || br#"()<>@,;:\"/[]?={}"#.contains(&byte));
        }
        SealError::InvalidValue { byte, offset } => {
            assert_eq!(value[offset], byte);
            assert!(!byte.is_ascii_graphic() || br#"",;\"#.contains(&byte));
        }
        SealError::TooLong { len, max } => {
            assert!(len > max && name.len() + 3 * value.len() + 512 > max);
        }
        SealError::ExpiresTooEarly => {}
        _ => panic!("{error}"),
    }
}
