//! Cookies whose value is of a type that says how it is protected.

#![cfg(all(feature = "seal", feature = "percent-encode"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use core::time::Duration;

use hardtack::format::{Format, Unread, Unwritten};
use hardtack::seal::{Key, KeyRing, MissingSeal, OpenError, Protection, SealError, Sealer, Seals, Signer, WriteError};
use hardtack::{BuildError, CookieDate, CookieJar, CookieTemplate, CookieValue, DecodeError, tombstone};

const NOW: i64 = 1_800_000_000;

fn at(seconds: i64) -> CookieDate {
    CookieDate::from_unix_timestamp(seconds)
}

fn key(octet: u8) -> Key {
    Key::from_master(&[octet; 32]).unwrap()
}

fn seals(octet: u8) -> Seals {
    let hour = Duration::from_secs(3600);
    Seals::new().with_signer(Signer::new(key(octet)).lifetime(hour)).with_sealer(Sealer::new(key(octet)).lifetime(hour))
}

struct Bare;

macro_rules! texts {
    ($($text:ident $name:literal $protection:ident $encoded:literal;)+) => {
        $(
            #[derive(Clone, Debug, PartialEq)]
            struct $text(String);

            impl CookieValue for $text {
                const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new($name).checked();
                type Format = Bare;
                const PERCENT_ENCODED: bool = $encoded;
                const PROTECTION: Protection = Protection::$protection;
            }

            impl Format<$text> for Bare {
                fn read(text: &str) -> Result<$text, Unread> {
                    if text == "odd" { Err(Unread::OtherType) } else { Ok($text(text.to_owned())) }
                }

                fn write(text: &$text) -> Result<String, Unwritten> {
                    if text.0 == "unsayable" { Err(Unwritten) } else { Ok(text.0.clone()) }
                }
            }
        )+
    };
}

texts! {
    Open "open" None true;
    Signed "signed" Signed true;
    SignedBare "signed" Signed false;
    Encrypted "encrypted" Encrypted true;
    EncryptedBare "encrypted" Encrypted false;
}

fn round<V: CookieValue + Clone + PartialEq + core::fmt::Debug>(value: &V) -> String {
    let cookie = seals(1).write(value, at(NOW)).unwrap().build().unwrap();
    let request = CookieJar::new(&format!("{}={}", cookie.name(), cookie.value()));
    let mut changed = CookieJar::default();
    changed.set(cookie.clone());
    for jar in [request, changed] {
        assert_eq!(seals(1).read::<V>(&jar, at(NOW + 3599)).unwrap().as_ref(), Some(value));
    }
    cookie.value().to_owned()
}

#[test]
fn any_text_comes_back_and_what_is_encrypted_says_nothing() {
    for text in ["plain", "", "a b; c=\"d\", e%41", "\u{e9}\u{1F36A}", "DELETED"] {
        let text = || text.to_owned();
        round(&Open(text()));
        round(&Signed(text()));
        round(&Encrypted(text()));
        round(&EncryptedBare(text()));
    }
    round(&SignedBare("100%41".to_owned()));
    assert!(round(&Signed("ann".to_owned())).starts_with("ann."));
    assert!(!round(&Encrypted("ann".to_owned())).contains("ann"));
}

#[test]
fn what_is_encrypted_is_the_text_itself_and_what_is_signed_may_be_encoded() {
    let mut jar = CookieJar::default();
    jar.set(seals(1).write(&Encrypted("50%; off".to_owned()), at(NOW)).unwrap().build().unwrap());
    assert_eq!(jar.open("encrypted", seals(1).sealer().unwrap(), at(NOW)).unwrap().unwrap().value, "50%; off");
    jar.set(seals(1).write(&Signed("50%; off".to_owned()), at(NOW)).unwrap().build().unwrap());
    assert_eq!(jar.open("signed", seals(1).signer().unwrap(), at(NOW)).unwrap().unwrap().value, "50%25%3B%20off");
}

#[test]
fn the_first_that_can_be_read_counts_and_one_that_is_over_is_missing() {
    fn seal(text: &str, octet: u8, now: i64) -> String {
        seals(octet).write(&SignedBare(text.to_owned()), at(now)).unwrap().build().unwrap().value().to_owned()
    }
    let unread = |fault: OpenError| Err(Unread::from(fault));
    let ann = || Ok(Some(SignedBare("ann".to_owned())));
    let rows = [
        (String::new(), Ok(None)),
        (format!("signed={}", seal("ann", 1, NOW)), ann()),
        (format!("signed=eve; signed={}", seal("ann", 1, NOW)), ann()),
        (format!("signed={}; signed={}", seal("eve", 1, NOW - 3600), seal("ann", 1, NOW)), ann()),
        (format!("signed={}; signed={}", seal("ann", 1, NOW), seal("eve", 1, NOW)), ann()),
        // Past its time, or of a key that is gone: missing.
        (format!("signed={}", seal("ann", 1, NOW - 3600)), Ok(None)),
        (format!("signed={}", seal("ann", 2, NOW)), Ok(None)),
        // Never good: odd.
        ("signed=eve".to_owned(), unread(OpenError::Malformed)),
        (format!("signed={}", seal("ann", 1, NOW).replace("ann.", "eve.")), unread(OpenError::NotAuthentic)),
        (format!("signed={}", seal("odd", 1, NOW)), Err(Unread::OtherType)),
        ("signed=DELETED".to_owned(), Ok(None)),
    ];
    for (field, expected) in rows {
        assert_eq!(seals(1).read(&CookieJar::new(&field), at(NOW)), expected, "{field}");
    }
    let mut jar = CookieJar::new(&format!("signed={}", seal("ann", 1, NOW)));
    jar.delete(tombstone("signed").build().unwrap());
    assert_eq!(seals(1).read::<SignedBare>(&jar, at(NOW)), Ok(None), "a deletion is a change, too");
}

#[test]
fn a_clock_that_runs_backwards_keeps_a_seal_and_an_older_key_opens() {
    let old = seals(1).write(&Encrypted("ann".to_owned()), at(NOW)).unwrap().build().unwrap();
    let jar = CookieJar::new(&format!("encrypted={}", old.value()));
    let rotated = Seals::new().with_sealer(Sealer::new(KeyRing::new(key(2)).and(key(1)).unwrap()));
    for seals in [seals(1), rotated] {
        for now in [NOW, NOW - 1, 0, -1, i64::MIN] {
            assert_eq!(seals.read(&jar, at(now)), Ok(Some(Encrypted("ann".to_owned()))), "{now}");
        }
    }
}

#[test]
fn every_error_of_reading_and_writing() {
    let (now, text) = (at(NOW), |text: &str| text.to_owned());
    let none = Seals::default();
    assert!(none.is_empty() && !seals(1).is_empty());
    assert!(!Seals::new().with_signer(Signer::new(key(1))).is_empty());
    // A seal that is missing is told, whether there is a cookie or not.
    for field in ["", "signed=x; encrypted=x"] {
        let jar = CookieJar::new(field);
        assert_eq!(none.read::<Signed>(&jar, now), Err(Unread::MissingSeal(MissingSeal::Signer)));
        assert_eq!(none.read::<Encrypted>(&jar, now), Err(Unread::MissingSeal(MissingSeal::Sealer)));
        assert_eq!(none.read::<Open>(&jar, now), Ok(None));
    }
    let refused = |error: WriteError| error.to_string();
    assert_eq!(none.write(&Signed(text("a")), now).map_err(refused).err(), Some(MissingSeal::Signer.to_string()));
    assert_eq!(none.write(&Encrypted(text("a")), now).err(), Some(WriteError::MissingSeal(MissingSeal::Sealer)));
    assert_eq!(none.write(&Open(text("unsayable")), now).err(), Some(WriteError::Unwritten(Unwritten)));
    assert_eq!(seals(1).write(&Signed(text("unsayable")), now).map_err(refused).err(), Some(Unwritten.to_string()));
    let long = seals(1).write(&Encrypted("x".repeat(4096)), now).unwrap().build();
    assert!(matches!(long, Err(BuildError::Seal(SealError::TooLong { max: 4096, .. }))));
    // Octets that are no UTF-8, below a seal and without one.
    let not_utf8 = |offset| Some(Unread::Encoding(DecodeError::NotUtf8 { offset }));
    assert_eq!(none.read::<Open>(&CookieJar::new(b"open=a%FF"), now).err(), not_utf8(1));
    let signature = seals(1).write(&SignedBare(text("%FF")), now).unwrap().build().unwrap();
    let jar = CookieJar::new(&format!("signed={}", signature.value()));
    assert_eq!(seals(1).read::<Signed>(&jar, now).err(), not_utf8(0));
    let jar = CookieJar::new(b"signed=\xFF");
    assert_eq!(seals(1).read::<SignedBare>(&jar, now).err(), Some(OpenError::Malformed.into()));
    assert_eq!(format!("{:?}", seals(7)), "Seals { signer: true, sealer: true }");
}

#[cfg(feature = "std")]
#[test]
fn a_shared_jar_is_opened_and_sealed() {
    use hardtack::{ChangeError, SharedJar, TooLate};

    const SID: CookieTemplate<'_> = CookieTemplate::new("sid").checked();
    let seals = seals(1);
    let jar = SharedJar::default();
    let sealed = jar.sealed_by(seals.sealer().unwrap(), at(NOW));
    assert_eq!(sealed.open(&SID), None);
    assert_eq!(sealed.set(SID.cookie("secret")), Ok(None));
    assert_eq!(sealed.open(&SID).unwrap().unwrap().value, "secret");
    assert_eq!(jar.sealed_by(seals.signer().unwrap(), at(NOW)).open(&SID), Some(Err(OpenError::Malformed)));
    assert_eq!(jar.sealed_by(seals.sealer().unwrap(), at(NOW + 3600)).open(&SID), Some(Err(OpenError::Expired)));
    assert!(matches!(sealed.set(SID.cookie("x".repeat(4096))), Err(ChangeError::Build(BuildError::Seal(_)))));
    assert_eq!(format!("{sealed:?}"), format!("SealedJar {{ jar: {jar:?}, .. }}"));
    assert!(!format!("{sealed:?}").contains("secret"));
    jar.end(TooLate::Written, |_| ());
    assert_eq!(sealed.set(SID.cookie("late")), Err(ChangeError::TooLate(TooLate::Written)));
    assert_eq!(sealed.open(&SID).unwrap().unwrap().value, "secret");
}
