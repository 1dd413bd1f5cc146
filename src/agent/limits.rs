//! How many cookies are kept.

use crate::agent::profile::Profile;

/// How many cookies are kept, and how many are left once there are too many (RFC 6265bis section 6.1).
///
/// Which go is for the rules of the [`Profile`]. Each number has a profile's own in [`Profile::limits`].
///
/// ```
/// use hardtack::agent::{Limits, Profile, Store};
///
/// let small = Limits { total: 100, total_kept: 90, ..Profile::Chromium.limits() };
/// let store = Store::new(Profile::Chromium).limits(small);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// The most cookies of one domain, or of one site where the profile counts by site, outside every jar.
    pub per_domain: usize,
    /// How many of them are left when one more comes.
    pub per_domain_kept: usize,
    /// The most cookies of one domain, or of one site, in one jar of partitioned cookies.
    pub per_jar: usize,
    /// How many of them are left when one more comes.
    pub per_jar_kept: usize,
    /// The most octets of their names and values; what was not used longest goes until they fit.
    pub per_jar_octets: usize,
    /// The most cookies at all, where some were not used for [`idle`](Self::idle) seconds.
    pub total: usize,
    /// How many are left when one more comes.
    pub total_kept: usize,
    /// Seconds without use after which a cookie may go to keep the total.
    pub idle: i64,
}

impl Limits {
    /// As many as there is memory for.
    pub const NONE: Self = Self {
        per_domain: usize::MAX,
        per_domain_kept: usize::MAX,
        per_jar: usize::MAX,
        per_jar_kept: usize::MAX,
        per_jar_octets: usize::MAX,
        total: usize::MAX,
        total_kept: usize::MAX,
        idle: 0,
    };
}

/// Thirty days.
const MONTH: i64 = 30 * 24 * 60 * 60;

impl Profile {
    /// Returns how many cookies the user agent keeps.
    ///
    /// The draft leaves the numbers to the user agent (RFC 6265bis section 6.1); its profile keeps at least as many as the
    /// draft asks for, 3000 in all and any number of a domain.
    #[must_use]
    pub const fn limits(self) -> Limits {
        let browser = Limits {
            per_domain: 180,
            per_domain_kept: 150,
            per_jar: 180,
            per_jar_kept: 150,
            per_jar_octets: 10_240,
            total: 3300,
            total_kept: 3000,
            idle: MONTH,
        };
        match self {
            Self::Rfc6265bis => Limits { total: 3000, total_kept: 2700, ..Limits::NONE },
            // One goes at a time.
            Self::Chromium => Limits { per_jar_kept: 180, ..browser },
            // Room is made before the new one is added.
            Self::Firefox => Limits { total_kept: 3001, ..browser },
        }
    }
}
