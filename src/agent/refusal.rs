//! Why a user agent drops a cookie, in words.

use alloc::string::String;

use thiserror::Error;

use crate::attribute::SameSite;
use crate::error::Requirement;
use crate::names::Prefix;

/// Why a cookie is dropped; each text says what to change.
///
/// ```
/// use hardtack::CookieDate;
/// use hardtack::agent::{Context, Profile, Refusal, TopLevelOnly, judge};
///
/// let (login, now) = (Context::http("shop.example", "/login")?, CookieDate::UNIX_EPOCH);
/// let verdict = judge("sid=1; Secure", &login, Profile::Firefox, &TopLevelOnly, now);
/// let refusal = verdict.refusal().unwrap();
/// assert_eq!(refusal, &Refusal::SecureFromInsecure);
/// assert_eq!(
///     refusal.to_string(),
///     "Secure is set over an insecure connection; serve the response over https"
/// );
/// assert_eq!(refusal.section(), "RFC 6265bis section 5.7, step 13");
/// # Ok::<(), hardtack::agent::HostError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Refusal {
    /// A control byte anywhere in the line.
    #[error("byte 0x{byte:02X} at offset {offset} is a control byte; remove or encode it")]
    ControlByte {
        /// The byte.
        byte: u8,
        /// Its offset in the line, in octets.
        offset: usize,
    },
    /// A tab inside a name or a value, of the pair or of an attribute.
    #[error("the tab at offset {offset} stands inside a name or a value; remove or encode it")]
    InnerTab {
        /// Its offset in the line, in octets.
        offset: usize,
    },
    /// Neither a name nor a value.
    #[error("the cookie has neither a name nor a value; write name=value")]
    Empty,
    /// Nothing before the `=`.
    #[error("nothing stands before the \"=\"; name the cookie")]
    Nameless,
    /// A nameless cookie that would be sent as a named one.
    #[error("a nameless cookie's value holds a \"=\", so that it would be sent as a named one; name the cookie")]
    NamelessWithEquals,
    /// A nameless cookie that would be sent as one whose name has a prefix.
    #[error(
        "a nameless cookie's value begins with \"{prefix}\", so that it would pass for a prefixed name; name the cookie"
    )]
    NamelessPrefix {
        /// The prefix.
        prefix: Prefix,
    },
    /// A name and a value that are too long together.
    #[error(
        "name and value are {len} octets together, and at most {max} are kept; shorten the value or keep it on the server"
    )]
    PairTooLong {
        /// Octets of name and value together.
        len: usize,
        /// The most that is kept, in octets.
        max: usize,
    },
    /// A Domain beyond ASCII.
    #[error("Domain holds a byte beyond ASCII; write the A-label (\"xn--...\")")]
    DomainNotAscii,
    /// A Domain of a single dot.
    #[error("Domain is a dot; leave it out for a cookie of this host alone")]
    DomainIsDot,
    /// A Domain that is neither the host nor a parent of it.
    #[error(
        "Domain {domain:?} is neither the host {host:?} nor a parent of it; name the host or a parent, or leave Domain out"
    )]
    DomainMismatch {
        /// The Domain as compared, in lossy UTF-8.
        domain: String,
        /// The host.
        host: String,
    },
    /// A Domain under which anyone may register.
    #[error("Domain {domain:?} is a public suffix, whose hosts do not belong together; name a domain below it")]
    PublicSuffix {
        /// The Domain.
        domain: String,
    },
    /// A Path with a tab inside.
    #[error("Path holds a tab; remove or encode it")]
    TabInPath,
    /// A name prefix without an attribute it demands.
    #[error("a name that begins with \"{prefix}\" in any letter case needs {missing}; {}, or rename the cookie", remedy(*.missing))]
    Prefix {
        /// The prefix.
        prefix: Prefix,
        /// What is missing.
        missing: Requirement,
    },
    /// A name prefix over an insecure connection.
    #[error(
        "a name that begins with \"{prefix}\" in any letter case is set over an insecure connection; serve the response over https"
    )]
    PrefixFromInsecure {
        /// The prefix.
        prefix: Prefix,
    },
    /// SameSite=None without Secure.
    #[error("SameSite=None needs Secure; set it, or leave SameSite out")]
    SameSiteNoneInsecure,
    /// Partitioned without Secure.
    #[error("Partitioned needs Secure; set it, or leave Partitioned out")]
    PartitionedInsecure,
    /// Partitioned over an insecure connection.
    #[error("Partitioned is set over an insecure connection; serve the response over https")]
    PartitionedFromInsecure,
    /// Secure over an insecure connection.
    #[error("Secure is set over an insecure connection; serve the response over https")]
    SecureFromInsecure,
    /// HttpOnly by a script.
    #[error("a script sets HttpOnly; set the cookie by a response, or leave HttpOnly out")]
    HttpOnlyFromScript,
    /// A cookie that is not sent cross-site, set by a cross-site request that does not navigate.
    #[error(
        "the cookie is set cross-site without SameSite=None; set SameSite=None and Secure, or set it from its own site"
    )]
    CrossSite {
        /// What the line says; `None` where it says nothing known.
        same_site: Option<SameSite>,
    },
    /// A cookie of a third party, without Partitioned, where such are blocked.
    #[error("cookies of third parties are blocked; set Partitioned and Secure, or set the cookie from its own site")]
    ThirdParty,
    /// A cookie without Secure, of a site that has as many Secure ones as are kept.
    #[error(
        "the site has as many Secure cookies as are kept, which make no room for others; set Secure, or delete some"
    )]
    SiteIsFull,
    /// A Secure cookie of the same name that an insecure connection would shadow or replace.
    #[error(
        "a Secure cookie of this name is kept, which an insecure connection may not shadow; serve the response over https"
    )]
    ShadowsSecure,
    /// An HttpOnly cookie that a script would replace.
    #[error(
        "an HttpOnly cookie of this name, domain and path is kept, which a script may not replace; set the cookie by a response"
    )]
    ReplacesHttpOnly,
}

const fn remedy(missing: Requirement) -> &'static str {
    match missing {
        Requirement::Secure => "add Secure",
        Requirement::HttpOnly => "add HttpOnly",
        Requirement::RootPath => "write Path=/",
        Requirement::NoDomain => "leave Domain out",
    }
}

impl Refusal {
    /// Returns the section that says so.
    #[must_use]
    pub const fn section(&self) -> &'static str {
        match self {
            Self::ControlByte { .. } => "RFC 6265bis section 5.6, step 1",
            Self::InnerTab { .. } | Self::TabInPath | Self::Nameless | Self::NamelessWithEquals => {
                "browsers alone; compare RFC 6265bis section 4.1.1"
            }
            Self::Empty => "RFC 6265bis section 5.7, step 2",
            Self::PairTooLong { .. } => "RFC 6265bis section 5.6, step 5",
            Self::DomainNotAscii => "RFC 6265bis section 5.7, step 8",
            Self::DomainIsDot => "browsers alone; compare RFC 6265bis section 5.6.3",
            Self::PublicSuffix { .. } => "RFC 6265bis section 5.7, step 9",
            Self::DomainMismatch { .. } => "RFC 6265bis section 5.7, step 10",
            Self::SecureFromInsecure => "RFC 6265bis section 5.7, step 13",
            Self::HttpOnlyFromScript => "RFC 6265bis section 5.7, step 15",
            Self::ShadowsSecure => "RFC 6265bis section 5.7, step 16",
            Self::ThirdParty => "RFC 6265bis section 7.1",
            Self::SiteIsFull => "RFC 6265bis section 6.1",
            Self::CrossSite { .. } => "RFC 6265bis section 5.7, step 18",
            Self::SameSiteNoneInsecure => "RFC 6265bis section 5.7, step 19",
            Self::Prefix { prefix, .. } | Self::PrefixFromInsecure { prefix } => match prefix {
                Prefix::Http | Prefix::HostHttp => "the layered-cookies draft, section 5.4.3",
                _ => "RFC 6265bis section 5.7, steps 20 and 21",
            },
            Self::NamelessPrefix { .. } => "RFC 6265bis section 5.7, step 22",
            Self::ReplacesHttpOnly => "RFC 6265bis section 5.7, step 23",
            Self::PartitionedInsecure | Self::PartitionedFromInsecure => "CHIPS section 2.1",
        }
    }

    /// Returns the reason as Chromium's developer tools name it, where they name one: `Network.SetCookieBlockedReason`,
    /// with its first letter in upper case.
    #[must_use]
    pub const fn chromium_reason(&self) -> Option<&'static str> {
        Some(match self {
            Self::ControlByte { .. } | Self::InnerTab { .. } => "DisallowedCharacter",
            Self::Empty => "NoCookieContent",
            Self::PairTooLong { .. } => "NameValuePairExceedsMaxSize",
            Self::DomainNotAscii | Self::DomainIsDot | Self::DomainMismatch { .. } | Self::PublicSuffix { .. } => {
                "InvalidDomain"
            }
            Self::NamelessPrefix { .. } | Self::Prefix { .. } | Self::PrefixFromInsecure { .. } => "InvalidPrefix",
            Self::SameSiteNoneInsecure => "SameSiteNoneInsecure",
            Self::SecureFromInsecure => "SecureOnly",
            Self::ShadowsSecure => "OverwriteSecure",
            Self::CrossSite { same_site: Some(SameSite::Strict) } => "SameSiteStrict",
            Self::CrossSite { same_site: Some(SameSite::Lax) } => "SameSiteLax",
            Self::CrossSite { same_site: None } => "SameSiteUnspecifiedTreatedAsLax",
            Self::ThirdParty => "UserPreferences",
            _ => return None,
        })
    }
}
