//! What a row says, and whether it is answered so.

use hardtack_compat::OpenError;
use hardtack_compat::json::Value;

use crate::formats::{Content, FORMATS, Keys, open, write};

/// How a row was answered.
pub(crate) enum Outcome {
    /// The format is not one of this package.
    Unknown,
    /// As the row says; `written` if its text came out of the writer, too.
    Right {
        /// Whether a writer was checked.
        written: bool,
    },
    /// Otherwise, and how.
    Wrong(String),
}

/// A row's members.
#[derive(Clone, Copy)]
pub(crate) struct Row<'r>(pub(crate) &'r Value);

impl<'r> Row<'r> {
    pub(crate) fn text(self, member: &str) -> Option<&'r str> {
        self.0.get(member).and_then(Value::as_str)
    }

    pub(crate) fn number(self, member: &str) -> Option<u64> {
        self.0.get(member)?.as_number()?.as_u64()
    }

    pub(crate) fn is(self, member: &str) -> bool {
        self.0.get(member).and_then(Value::as_bool) == Some(true)
    }

    pub(crate) fn reason(self) -> &'r str {
        self.text("reason").unwrap_or_default()
    }

    /// The reader's clock; where none is given, time plays no part.
    pub(crate) fn now(self) -> u64 {
        self.number("now").or(self.number("written_at")).unwrap_or_default()
    }

    /// What the text opens to.
    pub(crate) fn content(self) -> Option<Content> {
        let octets = self.text("plain_hex").and_then(unhex).map(Content::Octets);
        let value =
            || self.text("value").map(String::from).or_else(|| String::from_utf8(unhex(self.text("value_hex")?)?).ok());
        let payload = || self.0.get("payload").cloned().or_else(|| self.text("plain")?.parse().ok());
        octets.or_else(|| value().map(Content::Text)).or_else(|| payload().map(Content::Json))
    }

    /// Whether a writer of one key, the framework's own way, wrote the text.
    fn is_what_a_writer_writes(self) -> bool {
        let reason = self.reason();
        self.0.get("key").is_some_and(|key| key.as_list().is_none())
            && self.text("strict").is_none()
            && !self.is("legacy_salt")
            && !self.is("compressed")
            && !reason.starts_with("authentic")
            && !(self.text("format") == Some("keygrip-pair")
                && (reason.contains("order") || reason.contains("two values")))
    }
}

/// Answers a row; the first is its format.
pub(crate) fn check(row: &Value, keys: &mut Keys) -> (String, Outcome) {
    let row = Row(row);
    let format = row.text("format").unwrap_or("?").to_owned();
    if !FORMATS.contains(&format.as_str()) {
        return (format, Outcome::Unknown);
    }
    let outcome = match differs(row, keys) {
        Ok(written) => Outcome::Right { written },
        Err(what) => Outcome::Wrong(format!("{} ({}): {what}", row.text("id").unwrap_or(&format), row.reason())),
    };
    (format, outcome)
}

/// Whether the row's text was written again, or what is otherwise.
fn differs(row: Row<'_>, keys: &mut Keys) -> Result<bool, String> {
    let text = row.text("text").ok_or("the row has no text")?;
    let opens = match row.text("strict").or(row.text("expect")) {
        Some("opens") => true,
        Some("refused") => false,
        _ => return Err("the row expects neither opens nor refused".into()),
    };
    let expected = row.content();
    match open(row, text, keys)? {
        Err(error) if opens => Err(format!("refused, but opens: {error}")),
        Err(error) => match (row.text("why"), &error) {
            (None, _)
            | (Some("expired"), OpenError::Expired)
            | (Some("future"), OpenError::FromFuture)
            | (Some("payload"), OpenError::Payload(_) | OpenError::OtherName) => Ok(false),
            (Some(why), _) => Err(format!("refused for another reason than {why}: {error}")),
        },
        // Whoever hands out octets opens an authentic text whatever they are.
        Ok((Content::Octets(_), _)) if !opens && row.text("why") == Some("payload") => Ok(false),
        Ok(_) if !opens => Err("opens, but is refused".into()),
        Ok((content, _)) if expected.as_ref().is_some_and(|expected| !is_same(&content, expected)) => {
            Err("opens to something else".into())
        }
        Ok((_, renewed)) if row.is("renewed") && !renewed => Err("opened by an older key, unnoticed".into()),
        Ok((content, _)) => {
            // Octets are written as they were opened, where the row has a text that stands in them.
            let expected =
                expected.map(|expected| if matches!(content, Content::Octets(_)) { content } else { expected });
            let Some(expected) = expected.filter(|_| row.is_what_a_writer_writes()) else { return Ok(false) };
            let Some(written) = write(row, &expected, keys)? else { return Ok(false) };
            if written.text == text {
                return Ok(true);
            }
            // Where one deflater makes a text shorter by a few octets, another may not.
            let compressed = text.starts_with('.') || written.text.starts_with('.');
            if !written.varies && !compressed {
                return Err("written otherwise".into());
            }
            match open(row, &written.text, keys)? {
                Ok((content, _)) if is_same(&content, &expected) => Ok(true),
                Ok(_) => Err("what was written opens to something else".into()),
                Err(error) => Err(format!("what was written is refused: {error}")),
            }
        }
    }
}

fn is_same(one: &Content, other: &Content) -> bool {
    match (one, other) {
        (Content::Json(one), Content::Json(other)) => is_same_json(one, other),
        // A row that gives a text for a payload of octets: it stands in them somewhere.
        (Content::Octets(one), Content::Text(other)) => {
            one.windows(other.len().max(1)).any(|at| at == other.as_bytes())
        }
        (one, other) => one == other,
    }
}

/// Fractions may be written in more than one way; integers not.
fn is_same_json(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let is_float = |text: &str| text.contains(['.', 'e', 'E']);
            one == other
                || (is_float(one.as_str())
                    && is_float(other.as_str())
                    && one.as_f64().to_bits() == other.as_f64().to_bits())
        }
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same_json(one, other))
        }
        (Value::Map(one), Value::Map(other)) => {
            let same = |(key, one)| other.get(key).is_some_and(|other| is_same_json(one, other));
            one.len() == other.len() && one.iter().all(same)
        }
        (one, other) => one == other,
    }
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    pairs.iter().map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()).collect()
}
