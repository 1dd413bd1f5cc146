//! A number of JSON, as the text it was written as.

use alloc::format;
use alloc::string::{String, ToString as _};
use core::fmt;

/// A number of JSON (RFC 8259 section 6), as it was written: integers beyond 64 bits and `-0.0` stay what they are.
///
/// Two numbers are equal if their texts are. Debug does not show it.
///
/// ```
/// use hardtack_compat::json::Number;
///
/// assert_eq!(Number::from(7_u64).as_u64(), Some(7));
/// assert_eq!(Number::from_f64(1e100).map(|number| number.to_string()), Some("1e+100".to_owned()));
/// assert!(Number::from_f64(f64::NAN).is_none());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(String);

impl Number {
    /// Takes a text that is a number of the grammar.
    pub(crate) fn from_grammar(text: &str) -> Self {
        Self(text.into())
    }

    /// Returns a number for a float, as Python writes it; `None` for NaN and the infinities, which JSON has not.
    #[must_use]
    pub fn from_f64(float: f64) -> Option<Self> {
        if !float.is_finite() {
            return None;
        }
        // Debug is the shortest text that reads back, with an exponent below 1e-4 and from 1e16, as in Python.
        let text = format!("{float:?}");
        let Some((digits, exponent)) = text.split_once('e') else { return Some(Self(text)) };
        let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |exponent| ('-', exponent));
        Some(Self(format!("{digits}e{sign}{exponent:0>2}")))
    }

    /// Returns the text of the number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the number, if it is an integer without sign of at most 64 bits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// Returns the number, if it is an integer of at most 64 bits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// Returns the float nearest to the number, infinite beyond 1.8e308.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        // The grammar of JSON is a part of Rust's.
        self.0.parse().unwrap_or(f64::NAN)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Number(..)")
    }
}

impl From<i32> for Number {
    fn from(number: i32) -> Self {
        Self(number.to_string())
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self(number.to_string())
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        Self(number.to_string())
    }
}
