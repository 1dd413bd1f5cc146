//! What holds for any input at all.

use std::process::Command;

use hardtack::CookieDate;
use hardtack_cli::input::{self, FieldName, har};
use hardtack_cli::reading::{CookieReading, Form, SetCookieReading};
use hardtack_cli::screen::visible;
use hardtack_cli::stored;
use proptest::prelude::*;

/// What tends to matter to the readers, and anything else.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"Cookie: a=1".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"curl 'https://a/".to_vec()),
        Just(b" -b ".to_vec()),
        Just(b"> GET / HTTP/1.1\n> Host: a\n".to_vec()),
        Just(b"HTTP/1.1 200 OK\r\n".to_vec()),
        Just(b"$'\\x4".to_vec()),
        Just(b"^\"".to_vec()),
        Just(b"{\"log\":{\"entries\":[".to_vec()),
        Just(b"eyJhbGciOiJIUzI1NiJ9.".to_vec()),
        prop::collection::vec(any::<u8>(), 0..8),
        "[ -~\t]{0,8}".prop_map(String::into_bytes),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// Nothing panics, and every field stands in the input in a line that the input has.
    #[test]
    fn any_input_is_read(text in text()) {
        let lines = text.split(|&byte| byte == b'\n').count();
        for field in input::fields(&text).unwrap_or_default() {
            prop_assert!((1..=lines).contains(&field.line));
            match field.name {
                FieldName::Cookie => drop(CookieReading::new(&field.text)),
                FieldName::SetCookie => drop(SetCookieReading::new(&field.text)),
            }
        }
        let _ = har::read(text.as_slice(), |_| Ok(()));
        let _ = stored::read(&text, CookieDate::UNIX_EPOCH);
        let _ = Form::of(b"a", &text);
        prop_assert!(!visible(&text).chars().any(char::is_control));
    }

    /// A reading and its parts show no value in Debug.
    #[test]
    fn debug_shows_no_value(value in "[0-9]{12}") {
        let text = format!("sid={value}; auth={value}.{value}.{value}");
        let reading = format!("{:?}", CookieReading::new(text.as_bytes()));
        prop_assert!(!reading.contains(&value), "{}", reading);
        let fields = format!("{:?}", input::fields(format!("Cookie: {text}").as_bytes()));
        prop_assert!(!fields.contains(&value), "{}", fields);
    }

    /// What is quoted for a shell comes back.
    #[test]
    fn quoting_is_undone(value in prop::collection::vec(1_u8.., 0..20)) {
        let quoted: Vec<u8> = value.iter().flat_map(|&byte| if byte == b'\'' { b"'\\''".to_vec() } else { vec![byte] }).collect();
        let hex = value.iter().fold(String::new(), |hex, byte| hex + &format!("\\x{byte:02x}"));
        for word in [[b"'".as_slice(), &quoted, b"'"].concat(), format!("$'{hex}'").into_bytes()] {
            let command = [b"curl https://a/ -H cookie:a=".as_slice(), &word, b"\n"].concat();
            let fields = input::fields(&command).unwrap_or_default();
            // A carriage return before the end of a line is of a clipboard, not of the value.
            let value = if word.starts_with(b"$") { value.clone() } else { without_crlf(&value) };
            let expected = [b"a=".as_slice(), &value].concat();
            prop_assert_eq!(fields.first().map(|field| field.text.as_slice()), Some(expected.as_slice()));
        }
    }
}

fn without_crlf(value: &[u8]) -> Vec<u8> {
    let mut kept = Vec::new();
    for (index, &byte) in value.iter().enumerate() {
        if !(byte == b'\r' && value.get(index + 1) == Some(&b'\n')) {
            kept.push(byte);
        }
    }
    kept
}

/// bash takes the same words apart in the same way.
#[test]
fn as_bash_does_it() {
    let words = [
        r"-H 'cookie: a=1'",
        r#"-H "cookie: a=\"\\\d\`""#,
        r"-H $'cookie: a=\'\t\x41\101\u00e9\\'",
        "-H cookie:\\ a=1\\\n2",
        r#"-H 'cookie: a='"'"'b'"#,
        "-H 'cookie: a=1\n2'",
    ];
    for word in words {
        let Ok(output) =
            Command::new("bash").args(["-c", &format!("LC_ALL=C.UTF-8; printf '%s' {}", &word[3..])]).output()
        else {
            println!("skipped: no bash");
            return;
        };
        let header = output.stdout;
        let colon = header.iter().position(|&byte| byte == b':').map_or(0, |at| at + 1);
        let fields = input::fields(format!("curl https://a/ {word}").as_bytes()).unwrap_or_default();
        let read = fields.first().map(|field| field.text.clone());
        assert_eq!(read, Some(header[colon..].trim_ascii_start().to_vec()), "{word}");
    }
}
