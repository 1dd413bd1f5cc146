//! Reading JSON to a stated depth.

use alloc::string::String;
use alloc::vec::Vec;
use core::str::FromStr;

use serde_json::from_str;
use serde_json::value::RawValue;

use crate::error::PayloadError;
use crate::json::{Map, Number, Value};
use crate::limits::Limits;

/// Reads a whole text as one value. Of a key that stands twice the last value counts, as in every framework here.
pub(crate) fn read(text: &str, max: usize) -> Result<Value, PayloadError> {
    // The first look takes the text for JSON as a whole, numbers and all, without recursion.
    value(raw(text)?, max, max)
}

pub(crate) fn read_octets(octets: &[u8], max: usize) -> Result<Value, PayloadError> {
    read(core::str::from_utf8(octets).map_err(|_| PayloadError::NotUtf8)?, max)
}

fn raw(text: &str) -> Result<&RawValue, PayloadError> {
    from_str(text).map_err(|_| PayloadError::Json)
}

/// Each level is cut into its parts, so that a number is met as its text; `left` levels may still open.
fn value(raw: &RawValue, left: usize, max: usize) -> Result<Value, PayloadError> {
    let text = raw.get();
    let deeper = || left.checked_sub(1).ok_or(PayloadError::TooDeep { max });
    Ok(match text.as_bytes().first() {
        Some(b'{') => {
            let left = deeper()?;
            let entries: crate::map::Map<&RawValue> = crate::map::Map::of_json(text)?;
            let entries = entries.into_iter().map(|(key, raw)| Ok((key, value(raw, left, max)?)));
            Value::Map(entries.collect::<Result<Map, _>>()?)
        }
        Some(b'[') => {
            let left = deeper()?;
            let values: Vec<&RawValue> = from_str(text).map_err(|_| PayloadError::Json)?;
            Value::List(values.into_iter().map(|raw| value(raw, left, max)).collect::<Result<_, _>>()?)
        }
        Some(b'"') => Value::String(from_str::<String>(text).map_err(|_| PayloadError::Json)?),
        Some(b'n') => Value::Null,
        Some(b't') => Value::Bool(true),
        Some(b'f') => Value::Bool(false),
        _ => Value::Number(Number::from_grammar(text)),
    })
}

impl FromStr for Value {
    type Err = PayloadError;

    /// Reads a JSON text (RFC 8259).
    ///
    /// # Errors
    ///
    /// - `NaN`, `[1,]`, `1 2`: what is no JSON, or more than one value
    /// - `"\ud800"`: half of a surrogate pair
    /// - lists and maps nested more than 128 deep
    fn from_str(text: &str) -> Result<Self, PayloadError> {
        read(text, Limits::new().depth)
    }
}
