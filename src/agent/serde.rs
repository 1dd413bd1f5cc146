//! Stored cookies and stores as data (feature `serde`).
//!
//! A store is one document with a version. Octets are text where they are UTF-8 and an array of numbers where they are
//! not; dates are seconds since the start of the year 1970.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use ::serde::de::{Error, SeqAccess, Visitor};
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::agent::domain_key::reversed;
use crate::agent::profile::Profile;
use crate::agent::store::Store;
use crate::agent::stored::StoredCookie;
use crate::agent::suffix::PublicSuffixes;
use crate::agent::third_party::{PartitionKey, ThirdParties};
use crate::attribute::{Priority, SameSite};
use crate::date::CookieDate;

/// The version of the document that is written. A release reads its own and every earlier one.
const VERSION: u32 = 1;

/// A cookie as it is written down.
#[derive(Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of a cookie")]
struct Record<'c> {
    #[serde(borrow)]
    name: Octets<'c>,
    #[serde(borrow)]
    value: Octets<'c>,
    domain: Cow<'c, str>,
    host_only: bool,
    #[serde(borrow)]
    path: Octets<'c>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    partition: Option<Jar<'c>>,
    #[serde(default)]
    expires: Option<i64>,
    created: i64,
    last_access: i64,
    secure: bool,
    http_only: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    same_site: Option<Cow<'c, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    priority: Option<Cow<'c, str>>,
}

#[derive(Serialize, Deserialize)]
struct Jar<'c> {
    site: Cow<'c, str>,
    #[serde(default)]
    cross_site_ancestor: bool,
}

/// ```
/// use hardtack::CookieDate;
/// use hardtack::agent::StoredCookie;
///
/// let now = CookieDate::UNIX_EPOCH;
/// let cookie = StoredCookie::new("theme", "d\u{fc}ster", "shop.example", now);
/// let json = serde_json::to_value(&cookie)?;
/// assert_eq!(json["value"], "d\u{fc}ster");
/// assert_eq!(serde_json::from_value::<StoredCookie>(json)?, cookie);
///
/// let octets = StoredCookie::new("a", b"\xFF", "shop.example", now);
/// assert_eq!(serde_json::to_value(&octets)?["value"], serde_json::json!([255]));
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for StoredCookie {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Record {
            name: Octets(Cow::Borrowed(&self.name)),
            value: Octets(Cow::Borrowed(&self.value)),
            domain: Cow::Borrowed(&self.domain),
            host_only: self.host_only,
            path: Octets(Cow::Borrowed(&self.path)),
            partition: self
                .partition
                .as_ref()
                .map(|jar| Jar { site: Cow::Borrowed(&jar.site), cross_site_ancestor: jar.cross_site_ancestor }),
            expires: self.expires.map(CookieDate::unix_timestamp),
            created: self.created.unix_timestamp(),
            last_access: self.last_access.unix_timestamp(),
            secure: self.secure,
            http_only: self.http_only,
            same_site: self.same_site.map(|same_site| Cow::Borrowed(same_site.as_str())),
            priority: self.priority.map(|priority| Cow::Borrowed(priority.as_str())),
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
        let priority = record.priority.map(|word| {
            Priority::from_ascii(word.as_bytes())
                .ok_or_else(|| D::Error::custom("priority is none of Low, Medium and High; leave it out or correct it"))
        });
        let cookie = Self {
            name: record.name.0.into_owned(),
            value: record.value.0.into_owned(),
            domain: record.domain.into_owned(),
            host_only: record.host_only,
            path: record.path.0.into_owned(),
            partition: record
                .partition
                .map(|jar| PartitionKey { site: jar.site.into_owned(), cross_site_ancestor: jar.cross_site_ancestor }),
            expires: record.expires.map(CookieDate::from_unix_timestamp),
            created: CookieDate::from_unix_timestamp(record.created),
            last_access: CookieDate::from_unix_timestamp(record.last_access),
            secure: record.secure,
            http_only: record.http_only,
            same_site: same_site.transpose()?,
            priority: priority.transpose()?,
        };
        cookie.check().map_err(D::Error::custom)?;
        Ok(cookie)
    }
}

/// A store as it is written down.
#[derive(Serialize)]
struct Document<C> {
    version: u32,
    profile: &'static str,
    third_parties: &'static str,
    cookies: C,
}

/// What is read of a store; what a later release adds is passed over.
#[derive(Deserialize)]
struct Saved {
    #[allow(dead_code, reason = "it is checked when it is read")]
    version: Version,
    profile: String,
    third_parties: String,
    cookies: Vec<StoredCookie>,
}

struct Version;

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            1..=VERSION => Ok(Self),
            version => Err(D::Error::custom(format_args!(
                "the store is of version {version} and this release reads 1 to {VERSION}; update hardtack"
            ))),
        }
    }
}

/// One document: its version, the profile, the policy for third parties, and every cookie, oldest first. Limits and the
/// list of public suffixes are the program's.
///
/// ```
/// use hardtack::CookieDate;
/// use hardtack::agent::{Context, Profile, Store};
///
/// let now = CookieDate::from_unix_timestamp(1_800_000_000);
/// let page = Context::https("shop.example", "/")?;
/// let mut store = Store::new(Profile::Chromium);
/// store.set("theme=dark; Max-Age=60", &page, now);
/// store.set("sid=31d4", &page, now);
///
/// let mut loaded: Store = serde_json::from_str(&serde_json::to_string(&store)?)?;
/// assert_eq!(loaded.cookie_field(&page, now), store.cookie_field(&page, now));
///
/// let lasting: Store = serde_json::from_str(&serde_json::to_string(&store.lasting())?)?;
/// assert_eq!(lasting.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl<L> Serialize for Store<L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cookies: Vec<_> = self.iter().collect();
        document(self, cookies).serialize(serializer)
    }
}

fn document<L, C>(store: &Store<L>, cookies: C) -> Document<C> {
    Document { version: VERSION, profile: store.profile.as_str(), third_parties: store.third_parties.as_str(), cookies }
}

/// The document without the cookies that end with the session, by [`Store::lasting`].
#[derive(Clone, Debug)]
pub struct Lasting<'s, L>(&'s Store<L>);

impl<L> Store<L> {
    /// Returns the store as data without the cookies that end with the session.
    #[must_use]
    pub const fn lasting(&self) -> Lasting<'_, L> {
        Lasting(self)
    }
}

impl<L> Serialize for Lasting<'_, L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cookies: Vec<_> = self.0.iter().filter(|cookie| cookie.expires.is_some()).collect();
        document(self.0, cookies).serialize(serializer)
    }
}

/// The limits are those of the profile and take hold with the next cookie that is set.
impl<'de, L: PublicSuffixes + Default> Deserialize<'de> for Store<L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let saved = Saved::deserialize(deserializer)?;
        let profile = Profile::ALL.iter().copied().find(|profile| profile.as_str() == saved.profile);
        let profile = profile.ok_or_else(|| D::Error::custom("the store's profile is not known; update hardtack"))?;
        let policies = [ThirdParties::Allow, ThirdParties::Block, ThirdParties::Partition];
        let policy = policies.into_iter().find(|policy| policy.as_str() == saved.third_parties);
        let policy = policy
            .ok_or_else(|| D::Error::custom("third_parties is none of allow, block and partition; correct it"))?;
        let mut store = Self::with_suffixes(profile, L::default()).third_parties(policy);
        for cookie in saved.cookies {
            let (key, now) = (reversed(&cookie.domain), cookie.last_access);
            let _turn = store.put(&key, Cow::Owned(cookie), now);
        }
        Ok(store)
    }
}

/// Octets: text where they are UTF-8, an array of numbers where they are not.
struct Octets<'o>(Cow<'o, [u8]>);

/// ```
/// use hardtack::agent::Profile;
///
/// assert_eq!(serde_json::to_string(&Profile::Firefox)?, r#""firefox""#);
/// assert_eq!(serde_json::from_str::<Profile>(r#""Chromium""#)?, Profile::Chromium);
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for Profile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Profile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl Serialize for Octets<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match str::from_utf8(&self.0) {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => serializer.collect_seq(&*self.0),
        }
    }
}

impl<'de: 'o, 'o> Deserialize<'de> for Octets<'o> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ReadOctets)
    }
}

struct ReadOctets;

impl<'de> Visitor<'de> for ReadOctets {
    type Value = Octets<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, or an array of octets")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Octets(Cow::Borrowed(text.as_bytes())))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Octets(Cow::Owned(text.into())))
    }

    fn visit_bytes<E: Error>(self, octets: &[u8]) -> Result<Self::Value, E> {
        Ok(Octets(Cow::Owned(octets.into())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Self::Value, A::Error> {
        let mut octets = Vec::new();
        while let Some(octet) = numbers.next_element()? {
            octets.push(octet);
        }
        Ok(Octets(Cow::Owned(octets)))
    }
}
