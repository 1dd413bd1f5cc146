//! Keys, rings, what is sealed and what is refused.

#![cfg(feature = "seal")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::similar_names, reason = "a signer signs, a sealer seals")]

use core::time::Duration;
use std::sync::Arc;

use hardtack::seal::{DuplicateKey, Key, KeyError, KeyRing, OpenError, SealError, Sealer, Signer};
use hardtack::{CookieDate, MAX_PAIR_LEN};

const HEX: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

fn at(second: i64) -> CookieDate {
    CookieDate::from_unix_timestamp(second)
}

fn key(octet: u8) -> Key {
    Key::from_master(&[octet; 32]).unwrap()
}

#[test]
fn a_master_secret_in_any_form_is_the_same_key() {
    let octets: Vec<u8> = (0..32).collect();
    let id = Key::from_master(&octets).unwrap().id();
    for (text, why) in [
        (HEX.to_owned(), "lower case"),
        (HEX.to_uppercase(), "upper case"),
        (HEX.replace('a', "A"), "mixed"),
        (format!("{HEX}\n"), "the end of a line"),
        (format!(" \t{HEX}\r\n"), "white space on both sides"),
    ] {
        assert_eq!(Key::from_hex(&text).unwrap().id(), id, "{why}");
    }
    for (text, why) in [
        ("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "padded"),
        ("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "not padded"),
        ("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", "the end of a line"),
    ] {
        assert_eq!(Key::from_base64(text).unwrap().id(), id, "{why}");
    }
    let id = Key::from_master(&[0xFB; 33]).unwrap().id();
    for alphabet in ["+/v7".repeat(11), "-_v7".repeat(11)] {
        assert_eq!(Key::from_base64(&alphabet).unwrap().id(), Key::from_base64(&"+/v7".repeat(11)).unwrap().id());
    }
    assert_eq!(Key::from_hex(&"fb".repeat(33)).unwrap().id(), id);
}

#[test]
fn what_is_no_master_secret_is_refused() {
    let short = |len| KeyError::TooShort { len, min: 32 };
    for (octets, error) in [(0, short(0)), (16, short(16)), (31, short(31))] {
        assert_eq!(Key::from_master(&vec![7; octets]).unwrap_err(), error);
    }
    for (text, error) in [
        ("", short(0)),
        (&HEX[..62], short(31)),
        (&HEX[..63], KeyError::NotHex),
        ("0x", KeyError::NotHex),
        ("00:01", KeyError::NotHex),
        ("é0", KeyError::NotHex),
        (&format!("{HEX}{}", "0 "), KeyError::NotHex),
        (&HEX.replace('f', "g"), KeyError::NotHex),
    ] {
        assert_eq!(Key::from_hex(text).unwrap_err(), error, "{text}");
    }
    for (text, error) in [
        ("", short(0)),
        ("AAECAwQFBgcICQoLDA0ODw==", short(16)),
        ("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=", KeyError::NotBase64),
        ("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8==", KeyError::NotBase64),
        ("+_", KeyError::NotBase64),
        ("not base64, but a password that is long enough", KeyError::NotBase64),
        ("A", KeyError::NotBase64),
    ] {
        assert_eq!(Key::from_base64(text).unwrap_err(), error, "{text}");
    }
}

#[test]
fn keys_that_are_generated_are_others_each_time() {
    let (one, other) = (Key::generate().unwrap(), Key::generate().unwrap());
    assert_ne!(one.id(), other.id());
    let text = Signer::new(one).seal("sid", "31d4", at(0)).unwrap();
    assert_eq!(Signer::new(other).open("sid", &text, at(0)), Err(OpenError::UnknownKey));
}

#[test]
fn the_first_key_of_a_ring_writes_and_all_read() {
    let ring = KeyRing::new(key(3)).and(key(2)).unwrap().and(key(1)).unwrap();
    let ring = Arc::new(ring);
    let (signer, sealer) = (Signer::new(Arc::clone(&ring)), Sealer::new(ring));
    for octet in 1..=4 {
        let opened = |renewal| if octet == 4 { Err(OpenError::UnknownKey) } else { Ok(renewal) };
        let text = Signer::new(key(octet)).seal("sid", "31d4", at(0)).unwrap();
        let renewal = signer.open("sid", &text, at(0)).map(|opened| opened.needs_renewal);
        assert_eq!(renewal, opened(octet != 3), "signed by {octet}");
        let text = Sealer::new(key(octet)).seal("sid", "31d4", at(0)).unwrap();
        let renewal = sealer.open("sid", &text, at(0)).map(|opened| opened.needs_renewal);
        assert_eq!(renewal, opened(octet != 3), "encrypted by {octet}");
    }
    let text = signer.seal("sid", "31d4", at(0)).unwrap();
    assert!(Signer::new(key(3)).open("sid", &text, at(0)).is_ok());
    let text = sealer.seal("sid", "31d4", at(0)).unwrap();
    assert!(Sealer::new(key(3)).open("sid", &text, at(0)).is_ok());
}

#[test]
fn a_ring_has_a_key_once() {
    let ring = KeyRing::new(key(1)).and(key(2)).unwrap();
    assert_eq!(ring.and(key(2)).unwrap_err(), DuplicateKey);
    assert_eq!(KeyRing::from(key(1)).and(key(1)).unwrap_err(), DuplicateKey);
}

#[test]
fn a_seal_expires_at_its_second() {
    let last = CookieDate::MAX.unix_timestamp();
    for (sealed, lifetime, expires, why) in [
        (1_800_000_000, Some(Duration::from_secs(60)), Some(1_800_000_060), "a minute"),
        (1_800_000_000, Some(Duration::from_millis(1_999)), Some(1_800_000_001), "fractions are dropped"),
        (1_800_000_000, Some(Duration::ZERO), Some(1_800_000_000), "no time at all"),
        (1_800_000_000, None, None, "never"),
        (0, Some(Duration::from_secs(1)), Some(1), "the first second there is"),
        (-5, Some(Duration::from_secs(6)), Some(1), "before 1970"),
        (1_800_000_000, Some(Duration::MAX), Some(last), "longer than there are dates"),
        (last, Some(Duration::from_secs(1)), Some(last), "past the last date"),
        (last - 1, Some(Duration::from_secs(1)), Some(last), "the last date"),
    ] {
        let (mut signer, mut sealer) = (Signer::new(key(1)), Sealer::new(key(1)));
        if let Some(lifetime) = lifetime {
            (signer, sealer) = (signer.lifetime(lifetime), sealer.lifetime(lifetime));
        }
        let signed = signer.seal("sid", "31d4", at(sealed)).unwrap();
        let encrypted = sealer.seal("sid", "31d4", at(sealed)).unwrap();
        let open = |now| {
            let signed = signer.open("sid", &signed, at(now)).map(|opened| opened.expires);
            let encrypted = sealer.open("sid", &encrypted, at(now)).map(|opened| opened.expires);
            assert_eq!(signed, encrypted, "{why}");
            signed
        };
        match expires {
            None => assert_eq!((open(sealed), open(last)), (Ok(None), Ok(None)), "{why}"),
            Some(second) => {
                assert_eq!(open(second - 1), Ok(Some(at(second))), "{why}");
                assert_eq!(open(second), Err(OpenError::Expired), "{why}");
                assert_eq!(open(last), Err(OpenError::Expired), "{why}");
            }
        }
    }
    for sealed in [0, -1, CookieDate::MIN.unix_timestamp()] {
        let refused = Err(SealError::ExpiresTooEarly);
        assert_eq!(Signer::new(key(1)).lifetime(Duration::ZERO).seal("sid", "", at(sealed)), refused);
        assert_eq!(Sealer::new(key(1)).lifetime(Duration::ZERO).seal("sid", "", at(sealed)), refused);
    }
}

#[test]
fn the_age_is_not_looked_at_before_the_tag() {
    let signer = Signer::new(key(1)).lifetime(Duration::from_secs(1));
    let text = signer.seal("sid", "31d4", at(5)).unwrap();
    assert_eq!(signer.open("sid", &text, at(6)), Err(OpenError::Expired));
    assert_eq!(signer.open("sid", &text.replace("31d4", "31d5"), at(6)), Err(OpenError::NotAuthentic));
    let sealer = Sealer::new(key(1)).lifetime(Duration::from_secs(1));
    let text = sealer.seal("sid", "31d4", at(5)).unwrap();
    assert_eq!(sealer.open("sid", &text, at(6)), Err(OpenError::Expired));
    assert_eq!(sealer.open("SID", &text, at(6)), Err(OpenError::NotAuthentic));
}

#[test]
fn what_no_cookie_can_hold_is_not_sealed() {
    let (signer, sealer) = (Signer::new(key(1)), Sealer::new(key(1)));
    for (name, error) in [
        ("", SealError::EmptyName),
        ("a b", SealError::InvalidName { byte: b' ', offset: 1 }),
        ("sid=", SealError::InvalidName { byte: b'=', offset: 3 }),
        ("é", SealError::InvalidName { byte: 0xC3, offset: 0 }),
        ("a\0", SealError::InvalidName { byte: 0, offset: 1 }),
    ] {
        assert_eq!(signer.seal(name, "31d4", at(0)), Err(error.clone()), "{name:?}");
        assert_eq!(sealer.seal(name, "31d4", at(0)), Err(error), "{name:?}");
    }
    for value in 0..=0x7F_u8 {
        let text = format!("a{}", char::from(value));
        let is_cookie_octet = value.is_ascii_graphic() && !br#"",;\"#.contains(&value);
        let expected = if is_cookie_octet { None } else { Some(SealError::InvalidValue { byte: value, offset: 1 }) };
        assert_eq!(signer.seal("sid", &text, at(0)).err(), expected, "{value:#04X}");
        let sealed = sealer.seal("sid", &text, at(0)).unwrap();
        assert_eq!(sealer.open("sid", &sealed, at(0)).unwrap().value, text);
    }
    assert_eq!(signer.seal("sid", "aé", at(0)), Err(SealError::InvalidValue { byte: 0xC3, offset: 1 }));
}

#[test]
fn the_seal_counts_among_the_octets() {
    let max = MAX_PAIR_LEN;
    // Name, dot, 56 characters, value.
    let signer = Signer::new(key(1));
    let most = "v".repeat(max - 3 - 57);
    let text = signer.seal("sid", &most, at(0)).unwrap();
    assert_eq!(text.len() + 3, max);
    assert_eq!(signer.open("sid", &text, at(0)).unwrap().value, most);
    let too_long = Err(SealError::TooLong { len: max + 1, max });
    assert_eq!(signer.seal("sid", &format!("{most}v"), at(0)), too_long);
    assert_eq!(signer.seal("sids", &most, at(0)), too_long);

    // Of 3031 octets and 38 more come 4092 characters, and the name has four.
    let sealer = Sealer::new(key(1));
    let most = vec![0; 3031];
    let text = sealer.seal("sids", &most, at(0)).unwrap();
    assert_eq!(text.len() + 4, max);
    assert_eq!(*sealer.open("sids", text.as_bytes(), at(0)).unwrap().value, most);
    assert_eq!(sealer.seal("sids_", &most, at(0)), Err(SealError::TooLong { len: max + 1, max }));
    let too_long = Err(SealError::TooLong { len: max + 2, max });
    assert_eq!(sealer.seal("sids", &vec![0; 3032], at(0)), too_long);
    let padded = sealer.clone().padded_to(3032);
    assert_eq!(padded.seal("sids", &most, at(0)), Err(SealError::TooLong { len: max + 2, max }));
    let endless = sealer.padded_to(usize::MAX);
    assert!(matches!(endless.seal("sids", "", at(0)), Err(SealError::TooLong { .. })));

    // What no one can have written is not looked at.
    for text in ["A".repeat(max - 2), "A".repeat(1 << 20)] {
        assert_eq!(signer.open("sid", &text, at(0)), Err(OpenError::Malformed));
        assert_eq!(Sealer::new(key(1)).open("sid", &text, at(0)), Err(OpenError::Malformed));
    }
    let name = "n".repeat(0x1_0003);
    let text = Sealer::new(key(1)).seal("nnn", "", at(0)).unwrap();
    assert_eq!(Sealer::new(key(1)).open(&name, &text, at(0)), Err(OpenError::Malformed));
}

#[test]
fn a_name_that_fills_the_cookie_can_be_bound() {
    for len in [254, 255, 256, 257, 4096 - 57] {
        let name = "n".repeat(len);
        let signer = Signer::new(key(1));
        let text = signer.seal(&name, "", at(0)).unwrap();
        assert!(signer.open(&name, &text, at(0)).is_ok());
        // The name's last octet is not the value's first.
        let (name, last) = name.split_at(len - 1);
        let moved = format!("{last}{text}");
        assert_eq!(signer.open(name, &moved, at(0)), Err(OpenError::NotAuthentic));
    }
}

#[test]
fn padding_hides_lengths_within_a_bucket() {
    for (bucket, value, plain) in [
        (1, 0, 1),
        (1, 5, 6),
        (16, 0, 16),
        (16, 14, 16),
        (16, 15, 16),
        (16, 16, 32),
        (64, 63, 64),
        (64, 64, 128),
        (0, 0, 0),
        (0, 36, 36),
    ] {
        let sealer = Sealer::new(key(1)).padded_to(bucket);
        for octet in [0, 0x80, b'a'] {
            let text = sealer.seal("sid", &vec![octet; value], at(0)).unwrap();
            assert_eq!(text.len(), (4 * (plain + 38_usize)).div_ceil(3), "{value} octets in buckets of {bucket}");
            // Whoever pads otherwise, or not at all, opens it too.
            let opened = Sealer::new(key(1)).open("sid", text.as_bytes(), at(0)).unwrap();
            assert_eq!(*opened.value, vec![octet; value]);
        }
    }
}

#[test]
fn nonces_are_drawn_anew_or_come_from_the_source() {
    let sealer = Sealer::new(key(1));
    assert_ne!(sealer.seal("sid", "31d4", at(0)), sealer.seal("sid", "31d4", at(0)));
    let fixed = sealer.clone().nonces(|| Some([9; 12]));
    assert_eq!(fixed.seal("sid", "31d4", at(0)), fixed.seal("sid", "31d4", at(0)));
    let none = sealer.nonces(|| None);
    let mut buffer = "before".to_owned();
    assert_eq!(none.seal_into("sid", "31d4", at(0), &mut buffer), Err(SealError::NoRandomness));
    assert_eq!(buffer, "before");
}

#[test]
fn a_buffer_is_added_to_or_left_alone() {
    let signer = Signer::new(key(1));
    let mut buffer = "sid=".to_owned();
    signer.seal_into("sid", "31d4", at(0), &mut buffer).unwrap();
    assert_eq!(buffer, format!("sid={}", signer.seal("sid", "31d4", at(0)).unwrap()));
    let before = buffer.clone();
    assert!(signer.seal_into("sid", "a;b", at(0), &mut buffer).is_err());
    assert!(signer.seal_into("", "a", at(0), &mut buffer).is_err());
    assert_eq!(buffer, before);
}

#[test]
fn text_gives_text_and_octets_give_octets() {
    let sealer = Sealer::new(key(1));
    let text = sealer.seal("sid", b"\xFF", at(0)).unwrap();
    assert_eq!(*sealer.open("sid", text.as_bytes(), at(0)).unwrap().value, [0xFF]);
    assert_eq!(sealer.open("sid", &text, at(0)), Err(OpenError::Malformed));
    let signer = Signer::new(key(1));
    let text = signer.seal("sid", "31d4", at(0)).unwrap();
    assert_eq!(*signer.open("sid", text.as_bytes(), at(0)).unwrap().value, *b"31d4");
    assert_eq!(signer.open("sid", &format!("é{text}"), at(0)), Err(OpenError::Malformed));
    assert_eq!(signer.open("sid", &format!("é{}", &text[text.len() - 56..]), at(0)), Err(OpenError::Malformed));
}

#[cfg(feature = "percent-encode")]
#[test]
fn a_signer_encodes_on_request() {
    let (plain, encoding) = (Signer::new(key(1)), Signer::new(key(1)).percent_encoded(true));
    for value in ["", "plain", "a;b", "100 %", "é", "a+b", "\0\r\n", "%41"] {
        let text = encoding.seal("sid", value, at(0)).unwrap();
        assert_eq!(encoding.open("sid", &text, at(0)).unwrap().value, value);
        let octets = encoding.open("sid", text.as_bytes(), at(0)).unwrap();
        assert_eq!(*octets.value, *value.as_bytes());
        let encoded = hardtack::value::percent::encode(value);
        assert_eq!(plain.open("sid", &text, at(0)).unwrap().value, encoded);
    }
    // Authentic, and another text for what it would stand for, or for nothing.
    for value in ["%41", "%c3%a9", "100%", "a+b"] {
        let text = plain.seal("sid", value, at(0)).unwrap();
        assert_eq!(encoding.open("sid", &text, at(0)), Err(OpenError::Malformed), "{value}");
    }
    let text = plain.seal("sid", "%FF", at(0)).unwrap();
    assert_eq!(encoding.open("sid", &text, at(0)), Err(OpenError::Malformed));
    assert_eq!(*encoding.open("sid", text.as_bytes(), at(0)).unwrap().value, [0xFF]);
    let off = encoding.percent_encoded(false);
    assert_eq!(off.seal("sid", "a;b", at(0)), Err(SealError::InvalidValue { byte: b';', offset: 1 }));
}

#[test]
fn nothing_shows_a_key_or_a_value() {
    let id = format!("{:08x}", u32::from_be_bytes(key(1).id()));
    let ring = KeyRing::new(key(1)).and(key(2)).unwrap();
    assert_eq!(format!("{ring:?}"), "KeyRing(<2 keys>)");
    let (signer, sealer) = (Signer::new(ring).lifetime(Duration::from_secs(60)), Sealer::new(key(1)).padded_to(64));
    let text = sealer.seal("sid", "secret", at(0)).unwrap();
    let opened = sealer.open("sid", &text, at(0)).unwrap();
    for (shown, expected) in [
        (format!("{:?}", key(1)), "Key(..)"),
        (format!("{signer:?}"), "Signer { lifetime: Some(60s), .. }"),
        (format!("{sealer:?}"), "Sealer { lifetime: None, padded_to: 64, .. }"),
        (format!("{opened:?}"), "Opened { expires: None, needs_renewal: false, .. }"),
        (format!("{:?}", signer.seal("sid", "secret;", at(0))), "Err(InvalidValue { byte: 59, offset: 6 })"),
        (format!("{:?}", Key::from_hex("secret")), "Err(NotHex)"),
        (format!("{:?}", Key::from_base64("secret*")), "Err(NotBase64)"),
    ] {
        assert_eq!(shown, expected);
        assert!(!shown.contains(&id) && !shown.contains("secret"));
    }
}

#[test]
fn errors_say_what_to_do() {
    let texts = [
        SealError::TooLong { len: 4312, max: 4096 }.to_string(),
        SealError::InvalidValue { byte: b';', offset: 3 }.to_string(),
        OpenError::NotAuthentic.to_string(),
        KeyError::TooShort { len: 8, min: 32 }.to_string(),
        DuplicateKey.to_string(),
    ];
    assert_eq!(
        texts,
        [
            "name and sealed value are 4312 of 4096 octets that user agents keep; shorten the value, or keep it on the \
         server and seal what finds it there",
            "byte 0x3B at offset 3 is not allowed in a signed value, which stays readable; have the signer percent-encode \
         it, or encrypt it",
            "the value was changed, or sealed for another cookie",
            "the master secret is 8 octets, but a key needs at least 32; make one with: openssl rand -hex 32",
            "the ring has a key with the id of this one already; leave one of them out",
        ]
    );
}

#[cfg(feature = "std")]
#[test]
fn any_clock_will_do() {
    use std::time::SystemTime;

    let signer = Signer::new(key(1)).lifetime(Duration::from_secs(3600));
    let text = signer.seal("sid", "31d4", SystemTime::now()).unwrap();
    assert!(signer.open("sid", &text, SystemTime::now()).is_ok());
}

#[cfg(feature = "serde")]
mod json {
    use std::collections::BTreeMap;

    use hardtack::seal::{OpenError, OpenJsonError, SealError, Sealer, Signer};

    use super::{at, key};

    #[test]
    fn json_goes_in_and_comes_out() {
        let sealer = Sealer::new(key(1));
        let value = BTreeMap::from([("id".to_owned(), vec![1, 2]), ("é".to_owned(), vec![])]);
        let text = sealer.seal_json("sid", &value, at(0)).unwrap();
        assert_eq!(sealer.open("sid", &text, at(0)).unwrap().value, r#"{"id":[1,2],"é":[]}"#, "compact");
        let opened = sealer.open_json::<BTreeMap<String, Vec<u32>>>("sid", &text, at(0)).unwrap();
        assert_eq!((opened.value, opened.needs_renewal), (value, false));
    }

    #[test]
    fn json_that_is_none_is_told_from_a_seal_that_does_not_open() {
        let sealer = Sealer::new(key(1));
        for (value, error) in [
            ("[1,", OpenJsonError::NotJson { line: 1, column: 3 }),
            ("{\"id\":", OpenJsonError::OtherShape { line: 1, column: 0 }),
            ("", OpenJsonError::NotJson { line: 1, column: 0 }),
            ("[1] 2", OpenJsonError::NotJson { line: 1, column: 5 }),
            ("[\"secret\"]", OpenJsonError::OtherShape { line: 1, column: 9 }),
        ] {
            let text = sealer.seal("sid", value, at(0)).unwrap();
            let refused = sealer.open_json::<Vec<u32>>("sid", &text, at(0)).unwrap_err();
            assert_eq!(refused, error, "{value}");
            assert!(!format!("{refused} {refused:?}").contains("secret"));
        }
        let deep = sealer.seal("sid", &"[".repeat(1000), at(0)).unwrap();
        assert!(matches!(
            sealer.open_json::<serde_json::Value>("sid", &deep, at(0)),
            Err(OpenJsonError::NotJson { .. })
        ));
        let refused = sealer.open_json::<u32>("sid", "31d4", at(0)).unwrap_err();
        assert_eq!(refused, OpenJsonError::Open(OpenError::Malformed));
        assert_eq!(refused.to_string(), "the text is no sealed value of this kind");
    }

    #[test]
    fn json_that_cannot_be_written_is_not_sealed() {
        let map = BTreeMap::from([((1, 2), "secret")]);
        assert_eq!(Sealer::new(key(1)).seal_json("sid", &map, at(0)), Err(SealError::NotJson));
        let quote = SealError::InvalidValue { byte: b'"', offset: 0 };
        assert_eq!(Signer::new(key(1)).seal_json("sid", "a", at(0)), Err(quote));
        let text = Signer::new(key(1)).seal_json("sid", &31, at(0)).unwrap();
        assert!(text.starts_with("31."));
        assert_eq!(Signer::new(key(1)).open_json::<u8>("sid", &text, at(0)).unwrap().value, 31);
    }
}
