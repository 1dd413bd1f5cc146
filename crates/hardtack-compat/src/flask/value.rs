//! What a session holds.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::json::{Number, into_value};
use crate::map::Map;

/// A session: keys and values in order.
pub type Session = Map<Value>;

/// A value of a session. Debug shows its kind and size.
///
/// ```
/// use hardtack_compat::flask::Value;
///
/// let flash = Value::List(vec![Value::Tuple(vec!["message".into(), "Saved.".into()])]);
/// assert_eq!(format!("{flash:?}"), "List(<1>)");
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// `None`
    Null,
    /// `True`, `False`
    Bool(bool),
    /// An `int` of any size, or a `float`.
    Number(Number),
    /// A `str`.
    String(String),
    /// A `list`.
    List(Vec<Self>),
    /// A `tuple`, tagged ` t`.
    Tuple(Vec<Self>),
    /// A `dict`, tagged ` di` where its only key is a tag itself.
    Map(Map<Self>),
    /// `bytes`, tagged ` b`.
    Bytes(Vec<u8>),
    /// `markupsafe.Markup`, tagged ` m`: text that is HTML already.
    Markup(String),
    /// A `uuid.UUID`, tagged ` u`: its 16 octets.
    Uuid([u8; 16]),
    /// A `datetime`, tagged ` d`: Unix seconds. Flask writes UTC, and no fractions.
    DateTime(i64),
}

impl Value {
    /// Returns the text, if this is a string or markup.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) | Self::Markup(text) = self { Some(text) } else { None }
    }

    /// Returns the number, if this is an integer of at most 64 bits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        if let Self::Number(number) = self { number.as_i64() } else { None }
    }

    /// Returns the bool, if this is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// Returns the values, if this is a list or a tuple.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(values) | Self::Tuple(values) = self { Some(values) } else { None }
    }

    /// Returns the map, if this is one.
    #[must_use]
    pub const fn as_map(&self) -> Option<&Map<Self>> {
        if let Self::Map(map) = self { Some(map) } else { None }
    }

    /// Returns the octets, if these are bytes.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        if let Self::Bytes(octets) = self { Some(octets) } else { None }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Bool(_) => f.write_str("Bool(..)"),
            Self::Number(_) => f.write_str("Number(..)"),
            Self::String(text) => write!(f, "String(<{}>)", text.len()),
            Self::List(values) => write!(f, "List(<{}>)", values.len()),
            Self::Tuple(values) => write!(f, "Tuple(<{}>)", values.len()),
            Self::Map(map) => map.fmt(f),
            Self::Bytes(octets) => write!(f, "Bytes(<{}>)", octets.len()),
            Self::Markup(text) => write!(f, "Markup(<{}>)", text.len()),
            Self::Uuid(_) => f.write_str("Uuid(..)"),
            Self::DateTime(_) => f.write_str("DateTime(..)"),
        }
    }
}

into_value!(Value);

impl From<Vec<u8>> for Value {
    fn from(octets: Vec<u8>) -> Self {
        Self::Bytes(octets)
    }
}
