//! A cookie as a user agent keeps it.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::agent::error::InvalidCookie;
use crate::agent::matching::canonical_host;
use crate::agent::third_party::PartitionKey;
use crate::attribute::{Priority, SameSite};
use crate::bytes::CONTROL;
use crate::date::CookieDate;
use crate::text::{Redacted, Shown};

/// A cookie as a user agent keeps it (RFC 6265bis section 5.7).
///
/// Every field is the caller's to read and, for a cookie of their own, to write; [`Store::insert`] checks them. Debug
/// and Display show the value's length, not the value.
///
/// [`Store::insert`]: crate::agent::Store::insert
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct StoredCookie {
    /// The name; empty for a nameless cookie.
    pub name: Vec<u8>,
    /// The value.
    pub value: Vec<u8>,
    /// The domain, canonical and without a leading dot.
    pub domain: String,
    /// Whether hosts below the domain do not get the cookie.
    pub host_only: bool,
    /// The path; the empty one matches no request.
    pub path: Vec<u8>,
    /// The jar the cookie is in, if it is partitioned.
    pub partition: Option<PartitionKey>,
    /// When it ends; `None` with the session.
    pub expires: Option<CookieDate>,
    /// When it was first set.
    pub created: CookieDate,
    /// When it was last set or sent, as far as the user agent notes it.
    pub last_access: CookieDate,
    /// Whether it is for secure connections alone.
    pub secure: bool,
    /// Whether it is hidden from scripts.
    pub http_only: bool,
    /// Who may cause it to be sent; `None` where nothing known is said.
    pub same_site: Option<SameSite>,
    /// How long it is kept when there are too many; `None` where nothing known is said.
    pub priority: Option<Priority>,
}

impl StoredCookie {
    /// Creates a session cookie of one host, for every path.
    ///
    /// ```
    /// use hardtack::CookieDate;
    /// use hardtack::agent::StoredCookie;
    ///
    /// let mut cookie = StoredCookie::new("sid", "31d4", "shop.example", CookieDate::UNIX_EPOCH);
    /// cookie.secure = true;
    /// assert_eq!(cookie.to_string(), "\"sid\" (4 octets) for shop.example/, Secure");
    /// ```
    #[must_use]
    pub fn new<N: Into<Vec<u8>>, V: Into<Vec<u8>>, D: Into<String>>(
        name: N,
        value: V,
        domain: D,
        created: CookieDate,
    ) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            domain: domain.into(),
            host_only: true,
            path: b"/".to_vec(),
            partition: None,
            expires: None,
            created,
            last_access: created,
            secure: false,
            http_only: false,
            same_site: None,
            priority: None,
        }
    }

    /// Returns whether the cookie is past its expiry.
    #[must_use]
    pub fn is_expired(&self, now: CookieDate) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }

    /// Takes the place of another in the room it has.
    pub(crate) fn assign(&mut self, other: &Self) {
        let Self { name, value, domain, host_only, path, partition, .. } = self;
        name.clone_from(&other.name);
        value.clone_from(&other.value);
        domain.clone_from(&other.domain);
        path.clone_from(&other.path);
        partition.clone_from(&other.partition);
        *host_only = other.host_only;
        (self.expires, self.created, self.last_access) = (other.expires, other.created, other.last_access);
        (self.secure, self.http_only) = (other.secure, other.http_only);
        (self.same_site, self.priority) = (other.same_site, other.priority);
    }

    /// What makes it this cookie and no other (RFC 6265bis section 5.7, step 23; CHIPS for the partition).
    pub(crate) fn identity(&self) -> Identity<'_> {
        (&self.name, &self.path, self.host_only, self.partition.as_ref())
    }

    /// What the store relies on.
    pub(crate) fn check(&self) -> Result<(), InvalidCookie> {
        if self.name.is_empty() && self.value.is_empty() {
            return Err(InvalidCookie::Empty);
        }
        for part in [&self.name, &self.value] {
            if let Some(offset) = part.iter().position(|&byte| byte == b';' || CONTROL.contains(byte)) {
                let byte = part.get(offset).copied().unwrap_or_default();
                return Err(InvalidCookie::UnsafeByte { byte, offset });
            }
        }
        if let Some(offset) = self.name.iter().position(|&byte| byte == b'=') {
            return Err(InvalidCookie::UnsafeByte { byte: b'=', offset });
        }
        if canonical_host(&self.domain).as_deref() != Ok(&*self.domain) {
            return Err(InvalidCookie::Domain);
        }
        if !self.path.is_empty() && !self.path.starts_with(b"/") {
            return Err(InvalidCookie::Path);
        }
        Ok(())
    }
}

/// Name, path, host-only, partition: what tells the cookies of one domain apart.
pub(crate) type Identity<'c> = (&'c [u8], &'c [u8], bool, Option<&'c PartitionKey>);

impl fmt::Debug for StoredCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredCookie")
            .field("name", &Shown(self.name.as_slice()))
            .field("value", &Redacted(self.value.len()))
            .field("domain", &self.domain)
            .field("host_only", &self.host_only)
            .field("path", &Shown(self.path.as_slice()))
            .field("partition", &self.partition)
            .field("expires", &self.expires)
            .field("created", &self.created)
            .field("last_access", &self.last_access)
            .field("secure", &self.secure)
            .field("http_only", &self.http_only)
            .field("same_site", &self.same_site)
            .field("priority", &self.priority)
            .finish()
    }
}

/// The cookie in one line: name, how long its value is, where it goes, until when.
impl fmt::Display for StoredCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let below = if self.host_only { "" } else { "*." };
        write!(
            f,
            "\"{}\" ({} octet{}) for {below}{}{}",
            self.name.escape_ascii(),
            self.value.len(),
            if self.value.len() == 1 { "" } else { "s" },
            self.domain,
            self.path.escape_ascii()
        )?;
        if let Some(expires) = self.expires {
            write!(f, ", until {expires}")?;
        }
        if self.secure {
            f.write_str(", Secure")?;
        }
        if self.http_only {
            f.write_str(", HttpOnly")?;
        }
        if let Some(same_site) = self.same_site {
            write!(f, ", SameSite={same_site}")?;
        }
        if let Some(priority) = self.priority {
            write!(f, ", Priority={priority}")?;
        }
        if let Some(partition) = &self.partition {
            write!(f, ", in the jar of {partition}")?;
        }
        Ok(())
    }
}
