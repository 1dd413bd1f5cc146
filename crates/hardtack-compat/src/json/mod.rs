//! JSON as cookies carry it: numbers as they were written, keys in order.
//!
//! A value's text is JSON, so that any other reader takes it from there.
//!
//! ```
//! use hardtack_compat::json::{Map, Value};
//!
//! let value: Value = r#"{"id": 1000000000000000000000000000000, "admin": false}"#.parse()?;
//! assert_eq!(value.get("id").and_then(Value::as_number).map(|id| id.as_str()), Some("1000000000000000000000000000000"));
//! assert_eq!(value.to_string(), r#"{"id":1000000000000000000000000000000,"admin":false}"#);
//!
//! let mut map = Map::new();
//! map.insert("id", 7);
//! assert_eq!(Value::Map(map).to_string(), r#"{"id":7}"#);
//! # Ok::<(), hardtack_compat::PayloadError>(())
//! ```

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

pub use crate::json::number::Number;

mod number;
pub(crate) mod read;
pub(crate) mod write;

/// Keys and JSON values in order.
pub type Map = crate::map::Map<Value>;

/// A JSON value. Debug shows its kind and size.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, as it was written.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    List(Vec<Self>),
    /// An object.
    Map(Map),
}

impl Value {
    /// Returns the value of a key, if this is a map that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_map()?.get(key)
    }

    /// Returns the text, if this is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// Returns the number, if this is one.
    #[must_use]
    pub const fn as_number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// Returns the bool, if this is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// Returns the values, if this is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(values) = self { Some(values) } else { None }
    }

    /// Returns the map, if this is one.
    #[must_use]
    pub const fn as_map(&self) -> Option<&Map> {
        if let Self::Map(map) = self { Some(map) } else { None }
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
            Self::Map(map) => map.fmt(f),
        }
    }
}

/// The conversions that a value of JSON and one of Flask's sessions have alike.
macro_rules! into_value {
    ($value:ty) => {
        impl From<bool> for $value {
            fn from(value: bool) -> Self {
                Self::Bool(value)
            }
        }

        impl From<crate::json::Number> for $value {
            fn from(number: crate::json::Number) -> Self {
                Self::Number(number)
            }
        }

        impl From<i32> for $value {
            fn from(number: i32) -> Self {
                Self::Number(number.into())
            }
        }

        impl From<i64> for $value {
            fn from(number: i64) -> Self {
                Self::Number(number.into())
            }
        }

        impl From<u64> for $value {
            fn from(number: u64) -> Self {
                Self::Number(number.into())
            }
        }

        impl From<&str> for $value {
            fn from(text: &str) -> Self {
                Self::String(text.into())
            }
        }

        impl From<alloc::string::String> for $value {
            fn from(text: alloc::string::String) -> Self {
                Self::String(text)
            }
        }

        impl From<alloc::vec::Vec<Self>> for $value {
            fn from(values: alloc::vec::Vec<Self>) -> Self {
                Self::List(values)
            }
        }

        impl From<crate::map::Map<Self>> for $value {
            fn from(map: crate::map::Map<Self>) -> Self {
                Self::Map(map)
            }
        }
    };
}
pub(crate) use into_value;

into_value!(Value);
