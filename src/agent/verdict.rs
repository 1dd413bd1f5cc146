//! What a user agent makes of a Set-Cookie line, in words.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::{fmt, iter};

use crate::agent::refusal::Refusal;
use crate::agent::stored::StoredCookie;
use crate::attribute::SameSite;
use crate::error::DateError;
use crate::names::{AttributeName, Prefix};

/// What becomes of a cookie.
///
/// Displayed, it is a line for the outcome and one for each effect and warning.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// It is kept.
    Stored {
        /// The cookie as it is kept.
        cookie: Box<StoredCookie>,
        /// Returns how each attribute took effect, and why.
        effects: Vec<Effect>,
        /// What will surprise.
        warnings: Vec<Warning>,
    },
    /// It is past its expiry already, so that it deletes the one it would replace (RFC 6265bis section 5.7).
    Expired {
        /// The cookie as it would be kept: its name, domain and path say what is deleted.
        cookie: Box<StoredCookie>,
        /// Returns how each attribute took effect, and why.
        effects: Vec<Effect>,
        /// What will surprise.
        warnings: Vec<Warning>,
    },
    /// It is dropped, and an older one stays; each reason that was found, at least one.
    Refused(Vec<Refusal>),
}

impl Verdict {
    /// Returns the cookie, unless it was refused.
    #[must_use]
    pub fn cookie(&self) -> Option<&StoredCookie> {
        match self {
            Self::Stored { cookie, .. } | Self::Expired { cookie, .. } => Some(cookie),
            Self::Refused(_) => None,
        }
    }

    /// Returns how each attribute took effect; nothing if the cookie was refused.
    #[must_use]
    pub fn effects(&self) -> &[Effect] {
        match self {
            Self::Stored { effects, .. } | Self::Expired { effects, .. } => effects,
            Self::Refused(_) => &[],
        }
    }

    /// Returns what will surprise; nothing if the cookie was refused.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        match self {
            Self::Stored { warnings, .. } | Self::Expired { warnings, .. } => warnings,
            Self::Refused(_) => &[],
        }
    }

    /// Why the cookie was refused, if it was: the first reason found.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        self.refusals().first()
    }

    /// Every reason for which the cookie was refused; none if it was not.
    ///
    /// What makes a line no cookie is told alone. Then come what is wrong with its attributes, together, and only if
    /// nothing is, what this response or the cookies already kept forbid.
    ///
    /// ```
    /// use hardtack::CookieDate;
    /// use hardtack::agent::{Context, Profile, Refusal, TopLevelOnly, judge};
    ///
    /// let (page, now) = (Context::https("shop.example", "/")?, CookieDate::UNIX_EPOCH);
    /// let line = "__Secure-sid=1; Domain=news.example";
    /// let verdict = judge(line, &page, Profile::Chromium, &TopLevelOnly, now);
    /// let refusals = verdict.refusals().iter();
    /// let reasons: Vec<_> = refusals.filter_map(Refusal::chromium_reason).collect();
    /// assert_eq!(reasons, ["InvalidDomain", "InvalidPrefix"]);
    /// # Ok::<(), hardtack::agent::HostError>(())
    /// ```
    #[must_use]
    pub fn refusals(&self) -> &[Refusal] {
        match self {
            Self::Refused(refusals) => refusals,
            _ => &[],
        }
    }

    /// Returns whether the cookie is kept.
    #[must_use]
    pub const fn is_stored(&self) -> bool {
        matches!(self, Self::Stored { .. })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stored { cookie, .. } => write!(f, "stored: {cookie}")?,
            Self::Expired { cookie, .. } => write!(f, "deleted, if it was there: {cookie}")?,
            Self::Refused(refusals) => {
                for (refusal, before) in refusals.iter().zip(iter::once("refused:").chain(iter::repeat("\n  and:"))) {
                    write!(f, "{before} {refusal} ({})", refusal.section())?;
                }
            }
        }
        for effect in self.effects() {
            write!(f, "\n  {effect}")?;
        }
        for warning in self.warnings() {
            write!(f, "\n  warning: {warning} ({})", warning.section())?;
        }
        Ok(())
    }
}

/// How an attribute took effect, or why it did not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// No Domain.
    HostOnly,
    /// An empty Domain, which means the host alone.
    EmptyDomain,
    /// A Domain that is the host and a public suffix, or the host's own address, which means the host alone.
    DomainIsHostAlone,
    /// A Domain that spans the hosts below it.
    Domain,
    /// No Path: the directory of the request.
    DefaultPath,
    /// A Path that does not begin with `/`: the directory of the request.
    PathIgnored,
    /// A Path.
    Path,
    /// Neither Expires nor Max-Age: until the browser closes.
    Session,
    /// Expires.
    Expires,
    /// Max-Age.
    MaxAge,
    /// Max-Age, although there is an Expires.
    MaxAgeBeatsExpires,
    /// An Expires that is no date.
    ExpiresIgnored {
        /// Why it is none.
        error: DateError,
    },
    /// A Max-Age that is no number of seconds.
    MaxAgeIgnored,
    /// An expiry beyond what is kept, brought to the limit.
    ExpiryCapped,
    /// An Expires moved by as much as the server's clock is off.
    ExpiresShifted {
        /// Seconds later than the line says.
        seconds: i64,
    },
    /// Secure.
    Secure,
    /// HttpOnly.
    HttpOnly,
    /// SameSite.
    SameSite(SameSite),
    /// No SameSite, or none that is known.
    SameSiteDefault {
        /// Whether the user agent treats it as Lax.
        lax: bool,
    },
    /// Partitioned.
    Partitioned,
    /// The jar of the tab's site, for a third party's cookie that does not ask for it.
    KeptApart,
    /// Partitioned, where the user agent does not know it.
    PartitionedIgnored,
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HostOnly => "Domain absent: sent to this host alone",
            Self::EmptyDomain => "Domain empty: sent to this host alone",
            Self::DomainIsHostAlone => "Domain is the host, a public suffix or an address: sent to this host alone",
            Self::Domain => "Domain: sent to this domain and every host below it",
            Self::DefaultPath => "Path absent: the directory of the request",
            Self::PathIgnored => "Path ignored, since it does not begin with \"/\": the directory of the request",
            Self::Path => "Path: sent for this path and what is below it",
            Self::Session => "neither Expires nor Max-Age: kept until the browser closes",
            Self::Expires => "Expires: kept until then",
            Self::MaxAge => "Max-Age: kept for so long",
            Self::MaxAgeBeatsExpires => "Max-Age beats Expires, whatever their order",
            Self::ExpiresIgnored { error } => return write!(f, "Expires ignored: {error}"),
            Self::MaxAgeIgnored => "Max-Age ignored: it is no whole number of seconds",
            Self::ExpiryCapped => "expiry brought to 400 days from now, the most that is kept",
            Self::ExpiresShifted { seconds } => {
                return write!(f, "Expires moved by {seconds} seconds, as much as the server's clock is off");
            }
            Self::Secure => "Secure: sent over secure connections alone",
            Self::HttpOnly => "HttpOnly: hidden from scripts",
            Self::SameSite(SameSite::Strict) => "SameSite=Strict: not sent with requests that another site causes",
            Self::SameSite(SameSite::Lax) => "SameSite=Lax: of requests that another site causes, sent with navigation",
            Self::SameSite(SameSite::None) => "SameSite=None: sent with requests that another site causes",
            Self::SameSiteDefault { lax: true } => "SameSite absent or unknown: treated as Lax",
            Self::SameSiteDefault { lax: false } => "SameSite absent or unknown: treated as None",
            Self::Partitioned => "Partitioned: a jar for each top-level site",
            Self::KeptApart => "third party: kept in the jar of the tab's site",
            Self::PartitionedIgnored => "Partitioned ignored: this user agent does not know it",
        })
    }
}

/// What is kept and will surprise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// An attribute too long to be heeded.
    AttributeTooLong {
        /// Which.
        attribute: AttributeName,
        /// Octets of its value.
        len: usize,
        /// The most that is heeded, in octets.
        max: usize,
    },
    /// An attribute given more than once.
    Duplicate {
        /// Which.
        attribute: AttributeName,
    },
    /// A SameSite that is neither Strict, Lax nor None.
    UnknownSameSite,
    /// A flag with a value, which does not matter: `Secure=false` is Secure.
    FlagWithValue {
        /// Which.
        attribute: AttributeName,
    },
    /// An expiry further away than what is kept.
    BeyondCap,
    /// A Domain that is the host itself, which adds every host below it.
    DomainWidens,
    /// A value in double quotes, which belong to it.
    QuotedValue,
    /// A value with `%` and two hexadecimal digits, which nobody decodes on the way.
    PercentInValue,
    /// A name and value nearly as long as what is kept.
    NearLimit {
        /// Octets of name and value together.
        len: usize,
        /// The most that is kept, in octets.
        max: usize,
    },
    /// A cookie without a name.
    Nameless,
    /// An expiry that a text gives and that is unreadable, so that the cookie ends with the session.
    UnreadableExpiry,
    /// A name that looks like a prefix this user agent does not enforce.
    PrefixUnknown {
        /// The prefix.
        prefix: Prefix,
    },
}

impl Warning {
    /// Returns the section that says so.
    #[must_use]
    pub const fn section(&self) -> &'static str {
        match self {
            Self::AttributeTooLong { .. } => "RFC 6265bis section 5.6, step 6",
            Self::Duplicate { .. } | Self::QuotedValue | Self::Nameless => "RFC 6265bis section 4.1.1",
            Self::UnknownSameSite => "RFC 6265bis section 5.6.7",
            Self::FlagWithValue { attribute: AttributeName::Secure } => "RFC 6265bis section 5.6.5",
            Self::FlagWithValue { attribute: AttributeName::HttpOnly } => "RFC 6265bis section 5.6.6",
            Self::FlagWithValue { .. } => "CHIPS section 2.1",
            Self::BeyondCap => "RFC 6265bis section 5.5",
            Self::DomainWidens => "RFC 6265bis section 4.1.2.3",
            Self::PercentInValue => "RFC 6265bis section 5.6",
            Self::NearLimit { .. } => "RFC 6265bis section 5.6, step 5",
            Self::UnreadableExpiry => "RFC 6265bis sections 5.6.1 and 5.6.2",
            Self::PrefixUnknown { .. } => "the layered-cookies draft, section 4.1.3",
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AttributeTooLong { attribute, len, max } => {
                write!(f, "{attribute} is {len} octets and over {max} is ignored; shorten it")
            }
            Self::Duplicate { attribute } => write!(f, "{attribute} is given more than once; give it once"),
            Self::UnknownSameSite => f.write_str("SameSite is neither Strict, Lax nor None; write one of them"),
            Self::FlagWithValue { attribute } => {
                write!(f, "{attribute} takes effect whatever its value says; leave it out if it should not")
            }
            Self::BeyondCap => f.write_str("the expiry is more than 400 days away; set the cookie again before"),
            Self::DomainWidens => f.write_str(
                "Domain is the host itself, which adds every host below it; leave it out for this host alone",
            ),
            Self::QuotedValue => {
                f.write_str("the double quotes belong to the value; leave them out, or unquote it when read")
            }
            Self::PercentInValue => f.write_str("nobody decodes the value on the way; decode it when read"),
            Self::NearLimit { len, max } => {
                write!(
                    f,
                    "name and value are {len} octets of at most {max}; shorten the value or keep it on the server"
                )
            }
            Self::Nameless => f.write_str("the cookie has no name, and user agents differ about it; name it"),
            Self::UnreadableExpiry => {
                f.write_str("the cookie ends with the session, since no expiry given can be read; correct it")
            }
            Self::PrefixUnknown { prefix } => {
                write!(f, "this user agent does not enforce \"{prefix}\"; others do, so set what it demands")
            }
        }
    }
}
