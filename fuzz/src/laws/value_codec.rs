//! What a codec encodes it decodes, and what it encodes may stand in a cookie; decoding anything does what a decoder
//! of one loop does.

use hardtack::value::{percent, quoted};
use hardtack::{DecodeError, Pair, SetCookie, parse, parse_strict};

pub fn law(value: &[u8]) {
    let encoded = percent::encode(value);
    assert_eq!(naive_percent(encoded.as_bytes()), (value.to_vec(), true), "{encoded}");
    let field = format!("a={encoded}");
    let pairs: Vec<_> = parse_strict(field.as_str()).map(|item| item.map(Pair::value)).collect();
    assert_eq!(pairs, [Ok(&*encoded)], "what is percent-encoded is a value of the grammar");

    let (octets, whole) = naive_percent(value);
    assert_eq!(percent::decode_lossy(value), String::from_utf8_lossy(&octets));
    match percent::decode(value) {
        Ok(text) => assert!(whole && text.as_bytes() == octets, "{text:?}"),
        Err(DecodeError::InvalidPercent { offset }) => assert!(!whole && value.get(offset) == Some(&b'%')),
        Err(DecodeError::NotUtf8 { offset }) => {
            assert!(whole);
            assert_eq!(str::from_utf8(&octets).map_err(|error| error.valid_up_to()), Err(offset));
        }
        Err(error) => panic!("{error}"),
    }
    assert_eq!(*quoted::decode_bytes(value), naive_quoted(value));

    let Ok(text) = str::from_utf8(value) else { return };
    assert_eq!(percent::decode(&*encoded).as_deref(), Ok(text));
    assert_eq!(percent::decode_lossy(&*encoded), text);
    match quoted::decode(text) {
        Ok(decoded) => assert_eq!(decoded.as_bytes(), naive_quoted(value)),
        Err(error) => assert!(str::from_utf8(&naive_quoted(value)).is_err(), "{error}"),
    }
    if let Ok(cookie) = SetCookie::builder("a", text).percent_encoded().build() {
        // What would be read as a deletion is encoded further; it decodes to the same.
        assert!(cookie.value() == encoded || text == "DELETED");
        assert_eq!(percent::decode(cookie.value()).as_deref(), Ok(text));
    } else {
        assert!(encoded.len() > 4095, "anything short enough may be a value");
    }

    let encoded = quoted::encode(text);
    assert_eq!(quoted::decode(&encoded).as_deref(), Ok(text), "{encoded}");
    assert!(encoded.bytes().all(|octet| matches!(octet, b' '..=b'~') && octet != b';'), "{encoded}");
    let field = format!("a={encoded}");
    let pairs: Vec<_> = parse(field.as_str()).map(|pair| (pair.value(), pair.unquoted())).collect();
    assert_eq!(pairs, [(&*encoded, text.into())], "what is quoted comes through a Cookie field");
}

/// The octets, and whether each `%` began a sequence.
pub(crate) fn naive_percent(value: &[u8]) -> (Vec<u8>, bool) {
    let digit = |at: usize| value.get(at).and_then(|&octet| char::from(octet).to_digit(16));
    let (mut octets, mut whole, mut at) = (Vec::new(), true, 0);
    while at < value.len() {
        let sequence = if value[at] == b'%' { digit(at + 1).zip(digit(at + 2)) } else { None };
        whole &= value[at] != b'%' || sequence.is_some();
        octets.push(sequence.map_or(value[at], |(high, low)| u8::try_from(high * 16 + low).unwrap_or_default()));
        at += if sequence.is_some() { 3 } else { 1 };
    }
    (octets, whole)
}

/// The octets between double quotes: `\` and three octal digits up to 377 are one, `\` and another is that one.
fn naive_quoted(value: &[u8]) -> Vec<u8> {
    if value.len() < 2 || value[0] != b'"' || value[value.len() - 1] != b'"' {
        return value.to_vec();
    }
    let value = &value[1..value.len() - 1];
    let (mut octets, mut at) = (Vec::new(), 0);
    while at < value.len() {
        let digits = value.get(at + 1..at + 4).and_then(|digits| str::from_utf8(digits).ok());
        let octal = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()));
        let octet = octal.and_then(|digits| u8::from_str_radix(digits, 8).ok());
        let (octet, width) = match (value[at], octet, value.get(at + 1)) {
            (b'\\', Some(octet), _) => (octet, 4),
            (b'\\', None, Some(&escaped)) => (escaped, 2),
            (plain, ..) => (plain, 1),
        };
        octets.push(octet);
        at += width;
    }
    octets
}
