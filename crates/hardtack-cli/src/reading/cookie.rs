//! A Cookie field, pair by pair.

use core::fmt;
use std::collections::HashSet;

use hardtack::value::{percent, quoted};
use hardtack::{Cookies, Pair, ParseError, Tombstones, parse, parse_strict};

use crate::reading::form::Form;

/// What a Cookie field says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CookieReading {
    /// Octets of the field's text.
    pub octets: usize,
    /// Its pairs, tombstones too, in the order of the field.
    pub pairs: Vec<PairReading>,
    /// Why pairs were skipped, by the offset in the field.
    pub refused: Vec<ParseError>,
    /// What the grammar for servers that are strict does not allow first (RFC 6265bis section 4.2.1).
    pub strict: Option<ParseError>,
}

impl CookieReading {
    /// Reads a field's text.
    ///
    /// ```
    /// use hardtack_cli::reading::CookieReading;
    ///
    /// let reading = CookieReading::new(b"sid=1; sid=2; odd=\x01");
    /// assert_eq!(reading.pairs.len(), 2);
    /// assert!(reading.pairs[1].again);
    /// assert_eq!(reading.refused[0].offset(), 18);
    /// ```
    #[must_use]
    pub fn new(text: &[u8]) -> Self {
        let mut seen = HashSet::new();
        let pairs = parse(text).map(|pair| {
            // Nameless cookies are found by no name, and stand in nobody's way.
            let again = !pair.name().is_empty() && !seen.insert(pair.name());
            PairReading::new(pair.name(), pair.value(), pair.is_tombstone(), again)
        });
        Self {
            octets: text.len(),
            pairs: pairs.collect(),
            refused: Cookies::new(text).tombstones(Tombstones::Keep).refused().collect(),
            strict: parse_strict(text).find_map(Result::err),
        }
    }
}

/// A cookie's name and value. Debug shows the value's length alone.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PairReading {
    /// The name; empty for a nameless cookie.
    pub name: Vec<u8>,
    /// The value as it stands on the wire.
    pub value: Vec<u8>,
    /// What the value stands for.
    pub decoded: Decoded,
    /// Whether it says that the cookie is deleted.
    pub tombstone: bool,
    /// Whether a pair before it has the same name, and so is the one that counts.
    pub again: bool,
    /// What wrote the value, as far as its shape or its name tell.
    pub form: Option<Form>,
}

/// What a value stands for on request: by percent signs or, without any, by quotes.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decoded {
    /// The value itself.
    Same,
    /// Something else.
    Text(Vec<u8>),
    /// Nothing: what follows a percent sign is not two hexadecimal digits, or the octets are not UTF-8.
    Fails,
}

impl PairReading {
    pub(crate) fn new(name: &[u8], value: &[u8], tombstone: bool, again: bool) -> Self {
        Self {
            name: name.to_vec(),
            value: value.to_vec(),
            decoded: Decoded::of(value),
            tombstone,
            again,
            form: Form::of(name, value),
        }
    }

    /// Returns the octets of name and value together.
    #[must_use]
    pub fn octets(&self) -> usize {
        self.name.len() + self.value.len()
    }
}

impl From<Pair<'_, [u8]>> for PairReading {
    fn from(pair: Pair<'_, [u8]>) -> Self {
        Self::new(pair.name(), pair.value(), pair.is_tombstone(), false)
    }
}

impl fmt::Debug for PairReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PairReading")
            .field("name", &self.name.escape_ascii().to_string())
            .field("octets", &self.octets())
            .field("tombstone", &self.tombstone)
            .field("again", &self.again)
            .field("form", &self.form)
            .finish_non_exhaustive()
    }
}

impl Decoded {
    fn of(value: &[u8]) -> Self {
        let Ok(text) = percent::decode(value) else {
            return Self::Fails;
        };
        if text.as_bytes() != value {
            return Self::Text(text.into_owned().into_bytes());
        }
        let unquoted = quoted::decode_bytes(value);
        if *unquoted == *value { Self::Same } else { Self::Text(unquoted.into_owned()) }
    }
}

impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => f.write_str("Same"),
            Self::Text(text) => write!(f, "Text(<{} octets>)", text.len()),
            Self::Fails => f.write_str("Fails"),
        }
    }
}
