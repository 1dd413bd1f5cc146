//! Writing JSON as each framework does, octet for octet.

use alloc::string::String;
use core::fmt::{self, Write as _};

use crate::error::SealError;
use crate::json::Value;
use crate::limits::Limits;

/// How a framework's JSON looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// No spaces, characters as they are: itsdangerous, JavaScript.
    Compact,
    /// No spaces, everything outside printable ASCII escaped: Flask, Django.
    Ascii,
    /// A space after commas and colons, escaped as before: Python's own default, Starlette.
    SpacedAscii,
    /// No spaces, and escapes for what HTML would take for markup: Rails.
    Html,
}

/// Returns the text of a value that is nested no deeper than the limit.
pub(crate) fn write(value: &Value, style: Style, limits: &Limits) -> Result<String, SealError> {
    let mut text = String::new();
    put(&mut text, value, style, limits.depth).ok_or(SealError::TooDeep { max: limits.depth })?;
    Ok(text)
}

/// `None` where `left` levels do not do.
fn put(text: &mut String, value: &Value, style: Style, left: usize) -> Option<()> {
    let (comma, colon) = if style == Style::SpacedAscii { (", ", ": ") } else { (",", ":") };
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => text.push_str(number.as_str()),
        Value::String(string) => put_string(text, string, style),
        Value::List(values) => {
            let left = left.checked_sub(1)?;
            text.push('[');
            for (at, value) in values.iter().enumerate() {
                text.push_str(if at > 0 { comma } else { "" });
                put(text, value, style, left)?;
            }
            text.push(']');
        }
        Value::Map(map) => {
            let left = left.checked_sub(1)?;
            text.push('{');
            for (at, (key, value)) in map.iter().enumerate() {
                text.push_str(if at > 0 { comma } else { "" });
                put_string(text, key, style);
                text.push_str(colon);
                put(text, value, style, left)?;
            }
            text.push('}');
        }
    }
    Some(())
}

fn put_string(text: &mut String, string: &str, style: Style) {
    text.push('"');
    for character in string.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{C}' => text.push_str("\\f"),
            _ if is_escaped(character, style) => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    write!(text, "\\u{unit:04x}").unwrap_or_default();
                }
            }
            _ => text.push(character),
        }
    }
    text.push('"');
}

fn is_escaped(character: char, style: Style) -> bool {
    match style {
        _ if character < ' ' => true,
        Style::Compact => false,
        Style::Ascii | Style::SpacedAscii => character > '~',
        Style::Html => matches!(character, '<' | '>' | '&' | '\u{2028}' | '\u{2029}'),
    }
}

impl fmt::Display for Value {
    /// Writes compact JSON, nested as deep as it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        put(&mut text, self, Style::Compact, usize::MAX).ok_or(fmt::Error)?;
        f.write_str(&text)
    }
}
