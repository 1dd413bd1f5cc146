//! Stored cookies as data (feature `serde`).
//!
//! A store is the list of its cookies, oldest first. Octets are text, a character an octet (ISO 8859-1), so that none is
//! lost; dates are seconds since the start of the year 1970.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::agent::store::Store;
use crate::agent::stored::StoredCookie;
use crate::attribute::SameSite;
use crate::date::CookieDate;

/// A cookie as it is written down.
#[derive(Serialize, Deserialize)]
struct Record {
    name: String,
    value: String,
    domain: String,
    host_only: bool,
    path: String,
    partition: Option<String>,
    expires: Option<i64>,
    created: i64,
    last_access: i64,
    secure: bool,
    http_only: bool,
    same_site: Option<String>,
}

impl Serialize for StoredCookie {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Record {
            name: text(&self.name),
            value: text(&self.value),
            domain: self.domain.clone(),
            host_only: self.host_only,
            path: text(&self.path),
            partition: self.partition.clone(),
            expires: self.expires.map(CookieDate::unix_timestamp),
            created: self.created.unix_timestamp(),
            last_access: self.last_access.unix_timestamp(),
            secure: self.secure,
            http_only: self.http_only,
            same_site: self.same_site.map(|same_site| same_site.as_str().to_string()),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for StoredCookie {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let record = Record::deserialize(deserializer)?;
        let same_site = record.same_site.map(|word| {
            SameSite::from_ascii(word.as_bytes()).ok_or_else(|| {
                D::Error::custom("same_site is none of Strict, Lax and None; leave it out or correct it")
            })
        });
        let cookie = Self {
            name: octets(&record.name)?,
            value: octets(&record.value)?,
            domain: record.domain,
            host_only: record.host_only,
            path: octets(&record.path)?,
            partition: record.partition,
            expires: record.expires.map(CookieDate::from_unix_timestamp),
            created: CookieDate::from_unix_timestamp(record.created),
            last_access: CookieDate::from_unix_timestamp(record.last_access),
            secure: record.secure,
            http_only: record.http_only,
            same_site: same_site.transpose()?,
        };
        cookie.check().map_err(D::Error::custom)?;
        Ok(cookie)
    }
}

/// The list of its cookies, oldest first: read as a list of [`StoredCookie`], each put back by [`Store::insert`].
impl<L> Serialize for Store<L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

fn text(octets: &[u8]) -> String {
    octets.iter().copied().map(char::from).collect()
}

fn octets<E: Error>(text: &str) -> Result<Vec<u8>, E> {
    let octet = |character| {
        u8::try_from(character).map_err(|_| E::custom("a character beyond U+00FF stands for no octet; escape it"))
    };
    text.chars().map(octet).collect()
}
