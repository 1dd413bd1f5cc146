//! A cookie described in a configuration file (feature `serde`).

use alloc::string::String;
use core::time::Duration;

use ::serde::de::Error;
use ::serde::{Deserialize, Deserializer, Serialize};

use crate::attribute::{Priority, SameSite};
use crate::error::BuildError;
use crate::template::CookieTemplate;

/// A [`CookieTemplate`] as a configuration file has it: checked when it is read.
///
/// `max_age` is in seconds. Path is `/` unless it is given, or `no_path` is true. A field that is not known is refused,
/// so that a misspelt `secure` is no insecure cookie.
///
/// ```
/// use hardtack::CookieSettings;
///
/// let settings: CookieSettings = serde_json::from_str(
///     r#"{"name": "__Host-sid", "secure": true, "same_site": "Lax", "max_age": 3600}"#,
/// )?;
/// assert_eq!(
///     settings.template().cookie("31d4").build()?.to_string(),
///     "__Host-sid=31d4; Max-Age=3600; Path=/; Secure; SameSite=Lax"
/// );
///
/// let refused = serde_json::from_str::<CookieSettings>(r#"{"name": "__Host-sid"}"#);
/// assert!(refused.unwrap_err().to_string().contains("needs Secure"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of a cookie")]
pub struct CookieSettings {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_age: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    no_path: bool,
    secure: bool,
    http_only: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_site: Option<SameSite>,
    partitioned: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    priority: Option<Priority>,
}

/// What is read, not yet judged.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of a cookie")]
struct Unchecked {
    name: String,
    max_age: Option<u32>,
    domain: Option<String>,
    path: Option<String>,
    #[serde(default)]
    no_path: bool,
    #[serde(default)]
    secure: bool,
    #[serde(default)]
    http_only: bool,
    same_site: Option<SameSite>,
    #[serde(default)]
    partitioned: bool,
    priority: Option<Priority>,
}

impl CookieSettings {
    /// Returns the template, which borrows the texts.
    pub fn template(&self) -> CookieTemplate<'_> {
        let mut template =
            CookieTemplate::new(&self.name).secure(self.secure).http_only(self.http_only).partitioned(self.partitioned);
        if let Some(seconds) = self.max_age {
            template = template.max_age(Duration::from_secs(seconds.into()));
        }
        if let Some(domain) = &self.domain {
            template = template.domain(domain);
        }
        if let Some(path) = &self.path {
            template = template.path(path);
        } else if self.no_path {
            template = template.no_path();
        }
        if let Some(same_site) = self.same_site {
            template = template.same_site(same_site);
        }
        if let Some(priority) = self.priority {
            template = template.priority(priority);
        }
        template
    }

    fn check(self) -> Result<Self, BuildError> {
        self.template().check().map(|()| self)
    }
}

impl<'de> Deserialize<'de> for CookieSettings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Unchecked { name, max_age, domain, path, no_path, secure, http_only, same_site, partitioned, priority } =
            Unchecked::deserialize(deserializer)?;
        if no_path && path.is_some() {
            return Err(D::Error::custom("path is given and no_path is true; leave one of them out"));
        }
        let settings =
            Self { name, max_age, domain, path, no_path, secure, http_only, same_site, partitioned, priority };
        settings.check().map_err(D::Error::custom)
    }
}
