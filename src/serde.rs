//! The vocabulary as data (feature `serde`).
//!
//! A cookie and a date are their text, SameSite is its word. Octets that are no UTF-8 are an array of numbers where the
//! form is one that people read.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use ::serde::de::{Error, SeqAccess, Unexpected, Visitor};
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::attribute::{Priority, SameSite};
use crate::date::CookieDate;
use crate::set_cookie::SetCookie;

/// ```
/// use hardtack::SetCookie;
///
/// let cookie = SetCookie::parse("sid=31d4; Path=/; Secure")?;
/// let json = serde_json::to_string(&cookie)?;
/// assert_eq!(json, r#""sid=31d4; Path=/; Secure""#);
/// assert_eq!(serde_json::from_str::<SetCookie>(&json)?, cookie);
///
/// let octets = SetCookie::parse(b"a=\xFF")?;
/// assert_eq!(serde_json::to_string(&octets)?, "[97,61,255]");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Serialize for SetCookie<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Text where the octets are UTF-8 and an array of numbers where they are not; octets in a form that people do not
/// read, which does not say which of the two it holds.
impl Serialize for SetCookie<'_, [u8]> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let octets = self.to_bytes();
        if !serializer.is_human_readable() {
            return serializer.serialize_bytes(&octets);
        }
        match str::from_utf8(&octets) {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => serializer.collect_seq(octets),
        }
    }
}

impl<'de> Deserialize<'de> for SetCookie<'static> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let octets = if deserializer.is_human_readable() {
            deserializer.deserialize_any(Octets)?
        } else {
            deserializer.deserialize_str(Octets)?
        };
        let text =
            String::from_utf8(octets).map_err(|_| D::Error::custom("the cookie is not UTF-8; read it as octets"))?;
        text.parse().map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for SetCookie<'static, [u8]> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let octets = if deserializer.is_human_readable() {
            deserializer.deserialize_any(Octets)?
        } else {
            deserializer.deserialize_bytes(Octets)?
        };
        SetCookie::parse(&octets).map(SetCookie::into_owned).map_err(D::Error::custom)
    }
}

/// Text, or an array of numbers.
struct Octets;

impl<'de> Visitor<'de> for Octets {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a Set-Cookie field, or its octets as an array of numbers")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<u8>, E> {
        Ok(text.into())
    }

    fn visit_bytes<E: Error>(self, octets: &[u8]) -> Result<Vec<u8>, E> {
        Ok(octets.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Vec<u8>, A::Error> {
        let mut octets = Vec::new();
        while let Some(Octet(octet)) = numbers.next_element()? {
            octets.push(octet);
        }
        Ok(octets)
    }
}

/// A number up to 255. What stands in its place may be a cookie, as in a list of them, and is in no error.
struct Octet(u8);

impl<'de> Deserialize<'de> for Octet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Number).map(Self)
    }
}

struct Number;

impl Visitor<'_> for Number {
    type Value = u8;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an octet, 0 to 255")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<u8, E> {
        u8::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<u8, E> {
        Err(E::invalid_type(Unexpected::Other("text"), &self))
    }
}

/// ```
/// use hardtack::CookieDate;
///
/// let json = serde_json::to_string(&CookieDate::UNIX_EPOCH)?;
/// assert_eq!(json, r#""Thu, 01 Jan 1970 00:00:00 GMT""#);
/// assert_eq!(serde_json::from_str::<CookieDate>(&json)?, CookieDate::UNIX_EPOCH);
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for CookieDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CookieDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_str(Word(|text| text.parse().map_err(|_| "a date such as Thu, 01 Jan 1970 00:00:00 GMT")))
    }
}

/// ```
/// use hardtack::SameSite;
///
/// assert_eq!(serde_json::to_string(&SameSite::Lax)?, r#""Lax""#);
/// assert_eq!(serde_json::from_str::<SameSite>(r#""strict""#)?, SameSite::Strict);
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for SameSite {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for SameSite {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Word(|text| text.parse().map_err(|_| "Strict, Lax or None")))
    }
}

/// ```
/// use hardtack::Priority;
///
/// assert_eq!(serde_json::to_string(&Priority::High)?, r#""High""#);
/// assert_eq!(serde_json::from_str::<Priority>(r#""low""#)?, Priority::Low);
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for Priority {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Priority {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Word(|text| text.parse().map_err(|_| "Low, Medium or High")))
    }
}

/// A word read as what it stands for, or what was expected instead.
struct Word<V>(fn(&str) -> Result<V, &'static str>);

impl<V> Visitor<'_> for Word<V> {
    type Value = V;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str((self.0)("").err().unwrap_or("a word"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V, E> {
        (self.0)(text).map_err(|expected| E::invalid_value(Unexpected::Str(text), &expected))
    }
}
