//! Flask's tagged JSON: an object of one key that begins with a space stands for what JSON has not.

use alloc::string::String;
use alloc::vec::Vec;

use crate::encoding::{Base64, hex, unhex};
use crate::error::{PayloadError, SealError};
use crate::flask::date::{http_date, read_http_date};
use crate::flask::value::{Session, Value};
use crate::json;
use crate::limits::Limits;
use crate::map::Map;

const DICT: &str = " di";
const TUPLE: &str = " t";
const BYTES: &str = " b";
const MARKUP: &str = " m";
const UUID: &str = " u";
const DATE_TIME: &str = " d";

const TAGS: [&str; 6] = [DICT, TUPLE, BYTES, MARKUP, UUID, DATE_TIME];

/// What a key that is a tag gets to be none.
const ESCAPE: &str = "__";

/// Returns the JSON that a session is written as, tags and all.
///
/// # Errors
///
/// - a session nested more than 128 deep
/// - a [`Value::DateTime`] outside the years 1 to 9999
///
/// ```
/// use hardtack_compat::flask::{Session, Value, tag, untag};
///
/// let session = Session::from_iter([("seen", Value::DateTime(0)), ("id", Value::Uuid([7; 16]))]);
/// let json = tag(&session)?;
/// assert_eq!(json.get("seen").unwrap().to_string(), r#"{" d":"Thu, 01 Jan 1970 00:00:00 GMT"}"#);
/// assert_eq!(untag(json)?, session);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn tag(session: &Session) -> Result<json::Value, SealError> {
    tag_to_depth(session, Limits::new().depth)
}

/// `max` levels of the session itself; the writer of JSON counts those of the tags as well.
pub(crate) fn tag_to_depth(session: &Session, max: usize) -> Result<json::Value, SealError> {
    tag_map(session, max, max)
}

fn tag_map(map: &Session, left: usize, max: usize) -> Result<json::Value, SealError> {
    let left = left.checked_sub(1).ok_or(SealError::TooDeep { max })?;
    if let Some((key, value)) = map.only().filter(|(key, _)| TAGS.contains(key)) {
        let escaped = json::Map::from_iter([([key, ESCAPE].concat(), tag_value(value, left, max)?)]);
        return Ok(tagged(DICT, escaped));
    }
    let entries = map.iter().map(|(key, value)| Ok((key, tag_value(value, left, max)?)));
    Ok(json::Value::Map(entries.collect::<Result<_, _>>()?))
}

fn tag_value(value: &Value, left: usize, max: usize) -> Result<json::Value, SealError> {
    Ok(match value {
        Value::Null => json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => number.clone().into(),
        Value::String(text) => text.as_str().into(),
        Value::List(values) => tag_all(values, left, max)?.into(),
        Value::Tuple(values) => tagged(TUPLE, tag_all(values, left, max)?),
        Value::Map(map) => tag_map(map, left, max)?,
        Value::Bytes(octets) => tagged(BYTES, Base64::Padded.encode(octets)),
        Value::Markup(text) => tagged(MARKUP, text.as_str()),
        Value::Uuid(octets) => tagged(UUID, hex(octets)),
        Value::DateTime(seconds) => tagged(DATE_TIME, http_date(*seconds).ok_or(SealError::Time)?),
    })
}

fn tag_all(values: &[Value], left: usize, max: usize) -> Result<Vec<json::Value>, SealError> {
    let left = left.checked_sub(1).ok_or(SealError::TooDeep { max })?;
    values.iter().map(|value| tag_value(value, left, max)).collect()
}

fn tagged(tag: &str, content: impl Into<json::Value>) -> json::Value {
    json::Value::Map(json::Map::from_iter([(tag, content.into())]))
}

/// Returns the session that tagged JSON stands for. An unknown tag stays a map.
///
/// # Errors
///
/// - JSON that is no map, or is one that a tag makes something else
/// - `{" u":"zz"}`, `{" t":1}`: a tag whose content is not what the tag says
pub fn untag(tagged: json::Value) -> Result<Session, PayloadError> {
    match untag_value(tagged)? {
        Value::Map(session) => Ok(session),
        _ => Err(PayloadError::Kind),
    }
}

/// From the inside out, as Flask does: what a tag holds is read first.
fn untag_value(value: json::Value) -> Result<Value, PayloadError> {
    Ok(match value {
        json::Value::Null => Value::Null,
        json::Value::Bool(value) => Value::Bool(value),
        json::Value::Number(number) => Value::Number(number),
        json::Value::String(text) => Value::String(text),
        json::Value::List(values) => Value::List(values.into_iter().map(untag_value).collect::<Result<_, _>>()?),
        json::Value::Map(map) => {
            let entries = map.into_iter().map(|(key, value)| Ok((key, untag_value(value)?)));
            untag_map(entries.collect::<Result<_, _>>()?)?
        }
    })
}

fn untag_map(map: Map<Value>) -> Result<Value, PayloadError> {
    let tag = map.only().and_then(|(key, _)| TAGS.into_iter().find(|tag| *tag == key));
    let Some(tag) = tag else { return Ok(Value::Map(map)) };
    let content = map.into_iter().next().and_then(|(_, content)| content_of(tag, content));
    content.ok_or(PayloadError::Tag { tag })
}

fn content_of(tag: &str, content: Value) -> Option<Value> {
    Some(match (tag, content) {
        (TUPLE, Value::List(values)) => Value::Tuple(values),
        (BYTES, Value::String(text)) => Value::Bytes(Base64::Padded.decode(&text)?),
        (MARKUP, Value::String(text)) => Value::Markup(text),
        (UUID, Value::String(text)) => Value::Uuid(unhex(&text)?.try_into().ok()?),
        (DATE_TIME, Value::String(text)) => Value::DateTime(read_http_date(&text)?),
        (DICT, Value::Map(map)) => {
            map.only()?;
            let (key, value) = map.into_iter().next()?;
            Value::Map(Map::from_iter([(String::from(key.strip_suffix(ESCAPE)?), value)]))
        }
        _ => return None,
    })
}
