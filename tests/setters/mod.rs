//! The setters of a cookie, and what they make of it: a list of what it says.

use core::time::Duration;

use hardtack::{CookieDate, Priority, SameSite, SetCookie};

/// A call of a setter of a cookie that is there.
#[derive(Clone, Debug)]
pub(crate) enum Set {
    Secure(bool),
    HttpOnly(bool),
    Partitioned(bool),
    SameSite(Option<SameSite>),
    Priority(Option<Priority>),
    Expires(Option<i64>),
    MaxAge(Option<Duration>),
    Value(String),
    Domain(Option<String>),
    Path(Option<String>),
    RemoveExtension(String),
}

/// What a cookie says, part by part.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) expires: Option<i64>,
    pub(crate) max_age: Option<u64>,
    pub(crate) domain: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) flags: [bool; 3],
    pub(crate) same_site: Option<SameSite>,
    pub(crate) priority: Option<Priority>,
    pub(crate) extensions: Vec<(String, Option<String>)>,
}

pub(crate) fn said(cookie: &SetCookie<'_>) -> Said {
    Said {
        name: cookie.name().to_owned(),
        value: cookie.value().to_owned(),
        expires: cookie.expires().map(CookieDate::unix_timestamp),
        max_age: cookie.max_age().map(|age| age.as_secs()),
        domain: cookie.domain().map(str::to_owned),
        path: cookie.path().map(str::to_owned),
        flags: [cookie.secure(), cookie.http_only(), cookie.partitioned()],
        same_site: cookie.same_site(),
        priority: cookie.priority(),
        extensions: cookie
            .extensions()
            .iter()
            .map(|extension| (extension.name().to_owned(), extension.value().map(str::to_owned)))
            .collect(),
    }
}

/// That a text stays in its part and is read back whole.
fn is_safe(text: &str) -> bool {
    let is_control = |octet: u8| octet != b'\t' && octet.is_ascii_control();
    !text.bytes().any(|octet| is_control(octet) || octet == b';') && text == text.trim_matches([' ', '\t'])
}

impl Said {
    /// What the setter makes of it; `false` where it refuses, and nothing changes.
    pub(crate) fn set(&mut self, set: &Set) -> bool {
        match set.clone() {
            Set::Secure(secure) => self.flags[0] = secure,
            Set::HttpOnly(http_only) => self.flags[1] = http_only,
            Set::Partitioned(partitioned) => self.flags[2] = partitioned,
            Set::SameSite(same_site) => self.same_site = same_site,
            Set::Priority(priority) => self.priority = priority,
            Set::Expires(seconds) => {
                self.expires = seconds.map(|seconds| seconds.clamp(-11_644_473_600, 253_402_300_799));
            }
            Set::MaxAge(age) => self.max_age = age.map(|age| age.as_secs().min(0x7FFF_FFFF)),
            Set::Value(value) => {
                let len = self.name.len() + value.len();
                if !is_safe(&value) || len == 0 || len > 4096 {
                    return false;
                }
                self.value = value;
            }
            Set::Domain(domain) => {
                let bare = domain.as_deref().map(|domain| domain.strip_prefix('.').unwrap_or(domain));
                let taken = |bare: &str| {
                    !bare.is_empty() && is_safe(bare) && bare.len() + usize::from(bare.starts_with('.')) <= 1024
                };
                if !domain.iter().all(|domain| is_safe(domain)) || !bare.iter().all(|bare| taken(bare)) {
                    return false;
                }
                self.domain = bare.map(str::to_ascii_lowercase);
            }
            Set::Path(path) => {
                if !path.iter().all(|path| is_safe(path) && path.starts_with('/') && path.len() <= 1024) {
                    return false;
                }
                self.path = path;
            }
            Set::RemoveExtension(name) => {
                self.extensions.retain(|(extension, _)| !extension.eq_ignore_ascii_case(&name));
            }
        }
        true
    }
}

pub(crate) fn apply(cookie: &mut SetCookie<'static>, set: &Set) -> bool {
    match set.clone() {
        Set::Secure(secure) => Ok(cookie.set_secure(secure)),
        Set::HttpOnly(http_only) => Ok(cookie.set_http_only(http_only)),
        Set::Partitioned(partitioned) => Ok(cookie.set_partitioned(partitioned)),
        Set::SameSite(same_site) => Ok(cookie.set_same_site(same_site)),
        Set::Priority(priority) => Ok(cookie.set_priority(priority)),
        Set::Expires(seconds) => Ok(cookie.set_expires(seconds.map(CookieDate::from_unix_timestamp))),
        Set::MaxAge(age) => Ok(cookie.set_max_age(age)),
        Set::Value(value) => cookie.set_value(value),
        Set::Domain(domain) => cookie.set_domain(domain.as_deref()),
        Set::Path(path) => cookie.set_path(path.as_deref()),
        Set::RemoveExtension(name) => {
            let before = cookie.extensions().len();
            let removed = cookie.remove_extension(&name);
            assert_eq!(before - removed, cookie.extensions().len());
            Ok(cookie)
        }
    }
    .is_ok()
}
