//! How the value of a typed cookie is text.

use alloc::string::String;
use core::fmt::{Display, Write as _};
use core::str::FromStr;

use thiserror::Error;

use crate::error::DecodeError;

/// How the values of one type are written as text, and read back.
///
/// [`Text`] and, with the feature `serde`, `Json` are there; another is a few lines:
///
/// ```
/// use hardtack::format::{Format, Unread, Unwritten};
/// use hardtack::{CookieTemplate, CookieValue};
///
/// struct Sizes(Vec<u8>);
///
/// /// `3.14.15`
/// struct Dotted;
///
/// impl Format<Sizes> for Dotted {
///     fn read(text: &str) -> Result<Sizes, Unread> {
///         let sizes = text.split('.').map(str::parse).collect::<Result<_, _>>();
///         sizes.map(Sizes).map_err(|_| Unread::OtherType)
///     }
///
///     fn write(sizes: &Sizes) -> Result<String, Unwritten> {
///         Ok(sizes.0.iter().map(u8::to_string).collect::<Vec<_>>().join("."))
///     }
/// }
///
/// impl CookieValue for Sizes {
///     const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new("sizes").checked();
///     type Format = Dotted;
/// }
/// # assert_eq!(Dotted::write(&Dotted::read("3.14.15").unwrap()).unwrap(), "3.14.15");
/// ```
pub trait Format<V> {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// An [`Unread`], which says nothing of what the text is.
    fn read(text: &str) -> Result<V, Unread>;

    /// Writes a value.
    ///
    /// # Errors
    ///
    /// [`Unwritten`] for a value that the format cannot say.
    fn write(value: &V) -> Result<String, Unwritten>;
}

/// Text and numbers: read by [`FromStr`], written by [`Display`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Text;

impl<V: FromStr + Display> Format<V> for Text {
    fn read(text: &str) -> Result<V, Unread> {
        // The error of FromStr is not kept, for it may quote the text.
        text.parse().map_err(|_| Unread::OtherType)
    }

    fn write(value: &V) -> Result<String, Unwritten> {
        let mut text = String::new();
        write!(text, "{value}").map_err(|_| Unwritten)?;
        Ok(text)
    }
}

/// Compact JSON, by serde (feature `serde`).
///
/// A value that is too long for a cookie is refused with both lengths: "name and value are 4312 octets together, but user
/// agents drop a cookie over 4096; ..".
///
/// ```
/// use hardtack::{CookieTemplate, CookieValue, format};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Deserialize, Serialize)]
/// struct View {
///     columns: u8,
///     hidden: Vec<String>,
/// }
///
/// impl CookieValue for View {
///     const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new("view").checked();
///     type Format = format::Json;
/// }
/// # let view = View { columns: 2, hidden: vec!["price".into()] };
/// # let text = <format::Json as format::Format<View>>::write(&view)?;
/// # assert_eq!(text, r#"{"columns":2,"hidden":["price"]}"#);
/// # Ok::<(), format::Unwritten>(())
/// ```
#[cfg(feature = "serde")]
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Json;

#[cfg(feature = "serde")]
impl<V: serde::Serialize + serde::de::DeserializeOwned> Format<V> for Json {
    fn read(text: &str) -> Result<V, Unread> {
        // The text of serde_json's error may quote the value.
        serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            if error.is_data() { Unread::OtherShape { line, column } } else { Unread::NotJson { line, column } }
        })
    }

    fn write(value: &V) -> Result<String, Unwritten> {
        serde_json::to_string(value).map_err(|_| Unwritten)
    }
}

/// Why a typed cookie was not read; holds nothing of its value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Unread {
    /// The value is not percent-encoded UTF-8.
    #[error("{0}")]
    Encoding(#[from] DecodeError),
    /// The text is none of a value of the type.
    #[error("the value is not of its type; set the cookie anew")]
    OtherType,
    /// The text is no JSON.
    #[error("the value is no JSON at line {line}, column {column}; set the cookie anew")]
    NotJson {
        /// The line of the decoded value, counted from 1.
        line: usize,
        /// The column, in octets, counted from 1.
        column: usize,
    },
    /// The text is JSON of something else.
    #[error("the value is JSON of another shape at line {line}, column {column}; set the cookie anew")]
    OtherShape {
        /// The line of the decoded value, counted from 1.
        line: usize,
        /// The column, in octets, counted from 1.
        column: usize,
    },
    /// The seal does not open.
    #[cfg(feature = "seal")]
    #[error("{0}")]
    Sealed(#[from] crate::seal::OpenError),
    /// There is nothing to open the seal with: a fault of the program's, and none of the cookie's.
    #[cfg(feature = "seal")]
    #[error("{0}")]
    MissingSeal(#[from] crate::seal::MissingSeal),
}

/// Why a typed cookie was not written: its format cannot say the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("the format cannot say the value")]
#[allow(clippy::exhaustive_structs, reason = "formats make it")]
pub struct Unwritten;
