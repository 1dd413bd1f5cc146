//! What is sealed opens as it was; with any bit of the text, the name or the key changed, nothing opens; and whatever is
//! opened, what opens is the one text for what it says.

use std::cell::Cell;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use arbitrary::Arbitrary;
use hardtack::CookieDate;
use hardtack::seal::{Key, KeyRing, OpenError, SealError, Sealer, Signer};

use crate::made_up::{LongOctets, Octets, Text};

const MASTER: [u8; 32] = *b"the master secret of every input";

/// The keys are derived once: most of the time of an input would be theirs.
static RING: LazyLock<Arc<KeyRing>> = LazyLock::new(|| ring(&MASTER));

fn ring(master: &[u8]) -> Arc<KeyRing> {
    Arc::new(Key::from_master(master).expect("32 octets").into())
}

#[derive(Arbitrary, Debug)]
pub enum Given {
    Sealed {
        form: Form,
        name: Text,
        value: LongOctets,
        lifetime: Option<u32>,
        now: u32,
        nonce: [u8; 12],
        twist: Twist,
    },
    /// What nobody wrote.
    Anything {
        form: Form,
        name: Text,
        text: Octets,
    },
}

#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Form {
    Signed { encoded: bool },
    Encrypted { bucket: u8 },
}

/// What is done to a text, its name or its key. A bit is counted from the start, and around the end.
#[derive(Arbitrary, Debug)]
pub enum Twist {
    Text(u16),
    Name(u16),
    Master(u8),
    /// Octets take the place of others.
    Splice {
        at: u16,
        remove: u8,
        insert: Octets,
    },
    /// It is opened as if it were of the other form.
    Form,
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
    fn new(form: Form, ring: Arc<KeyRing>) -> Self {
        match form {
            Form::Signed { encoded } => Self::Signer(Signer::new(ring).percent_encoded(encoded)),
            Form::Encrypted { bucket } => {
                Self::Sealer(Sealer::new(ring).padded_to(bucket.into()).nonces(|| Some(NONCE.get())))
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

pub fn law(given: &Given) {
    match given {
        Given::Sealed { form, name, value, lifetime, now, nonce, twist } => {
            NONCE.set(*nonce);
            sealed(*form, &name.0, &value.0, *lifetime, CookieDate::from_unix_timestamp((*now).into()), twist);
        }
        // It is too short to be a tag by chance.
        Given::Anything { form, name, text } => {
            let seal = Seal::new(*form, Arc::clone(&RING));
            assert!(seal.open(&name.0, &text.0, CookieDate::UNIX_EPOCH).is_err());
        }
    }
}

fn sealed(form: Form, name: &str, value: &[u8], lifetime: Option<u32>, now: CookieDate, twist: &Twist) {
    let seal = Seal::new(form, Arc::clone(&RING));
    let lifetime = lifetime.map(|seconds| Duration::from_secs(seconds.into()));
    let seal = match lifetime {
        Some(lifetime) => seal.lifetime(lifetime),
        None => seal,
    };
    let expires = lifetime.map(|lifetime| now + lifetime);
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
    match twist {
        Twist::Text(bit) => {
            let changed = flipped(text.as_bytes(), *bit);
            assert!(seal.open(name, &changed, before).is_err(), "{}", changed.escape_ascii());
        }
        Twist::Name(bit) => {
            if let Ok(changed) = String::from_utf8(flipped(name.as_bytes(), *bit)) {
                assert_eq!(seal.open(&changed, text.as_bytes(), before), Err(OpenError::NotAuthentic), "{changed}");
            }
        }
        Twist::Master(bit) => {
            let other = Seal::new(form, ring(&flipped(&MASTER, (*bit).into())));
            assert_eq!(other.open(name, text.as_bytes(), before), Err(OpenError::UnknownKey));
        }
        Twist::Splice { at, remove, insert } => {
            let at = usize::from(*at) % (text.len() + 1);
            let end = (at + usize::from(*remove)).min(text.len());
            let spliced = [&text.as_bytes()[..at], &insert.0, &text.as_bytes()[end..]].concat();
            let opened = seal.open(name, &spliced, before);
            assert_eq!(opened.is_ok(), spliced == text.as_bytes(), "{}", spliced.escape_ascii());
        }
        Twist::Form => {
            let other = match form {
                Form::Signed { .. } => Form::Encrypted { bucket: 0 },
                Form::Encrypted { .. } => Form::Signed { encoded: false },
            };
            let opened = Seal::new(other, Arc::clone(&RING)).open(name, text.as_bytes(), before);
            assert_eq!(opened, Err(OpenError::Malformed));
        }
    }
}

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
