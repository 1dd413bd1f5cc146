//! The rules user agents do not share: one table, a row a rule, a column a profile.

use core::fmt;

/// Which user agent is asked.
///
/// A profile is a column of the table of [`Rule`]s.
///
/// ```
/// use hardtack::agent::{Profile, Rule};
///
/// assert!(Profile::Chromium.follows(Rule::TabDropsCookie));
/// assert!(!Profile::Firefox.follows(Rule::TabDropsCookie));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Profile {
    /// RFC 6265bis to the letter; https alone is secure.
    #[default]
    Rfc6265bis,
    /// Chromium, as version 156 behaves.
    Chromium,
    /// Firefox, as version 153 behaves, except that Expires is read without the forms Firefox alone knows: time zones,
    /// PM, a missing time of day, days and hours that roll over.
    Firefox,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 3] = [Self::Rfc6265bis, Self::Chromium, Self::Firefox];

    /// The profile's name in lower case, as a command line would take it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rfc6265bis => "rfc6265bis",
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    /// Whether the user agent follows a rule.
    #[must_use]
    pub const fn follows(self, rule: Rule) -> bool {
        let [rfc6265bis, chromium, firefox] = rule.columns();
        match self {
            Self::Rfc6265bis => rfc6265bis,
            Self::Chromium => chromium,
            Self::Firefox => firefox,
        }
    }

    /// How many cookies the user agent keeps (RFC 6265bis section 6.1).
    #[must_use]
    pub const fn limits(self) -> Limits {
        let (per_domain, per_domain_kept) =
            if self.follows(Rule::DomainKeeps180) { (180, 150) } else { (usize::MAX, usize::MAX) };
        let (total, total_kept) = match self {
            Self::Chromium => (3300, 3000),
            Self::Rfc6265bis | Self::Firefox => (3000, 2700),
        };
        Limits { per_domain, per_domain_kept, total, total_kept }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How many cookies are kept, and how many are left once there are too many (RFC 6265bis section 6.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// The most cookies of one domain and partition.
    pub per_domain: usize,
    /// How many of them are left when one more comes.
    pub per_domain_kept: usize,
    /// The most cookies at all.
    pub total: usize,
    /// How many are left when one more comes.
    pub total_kept: usize,
}

impl Limits {
    /// As many as there is memory for.
    pub const NONE: Self =
        Self { per_domain: usize::MAX, per_domain_kept: usize::MAX, total: usize::MAX, total_kept: usize::MAX };
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $rule:ident $rfc6265bis:ident $chromium:ident $firefox:ident;)+) => {
        /// What one user agent does and another does not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $(
                $(#[doc = $doc])+
                ///
                /// | rfc6265bis | chromium | firefox |
                /// |---|---|---|
                #[doc = concat!(
                    "| ", stringify!($rfc6265bis), " | ", stringify!($chromium), " | ", stringify!($firefox), " |"
                )]
                $rule,
            )+
        }

        impl Rule {
            /// Every rule, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$rule),+];

            /// The rule in a sentence.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self {
                    $(Self::$rule => concat!($($doc),+).trim_ascii_start(),)+
                }
            }

            const fn columns(self) -> [bool; 3] {
                match self {
                    $(Self::$rule => [follows!($rfc6265bis), follows!($chromium), follows!($firefox)],)+
                }
            }
        }
    };
}

macro_rules! follows {
    (yes) => {
        true
    };
    (no) => {
        false
    };
}

rules! {
    // Columns: rfc6265bis, chromium, firefox.

    // Reading the line.
    /// A tab inside a name or a value, of the pair or of an attribute, drops the cookie.
    TabDropsCookie                                                                  no yes no;
    /// A tab inside the Path that takes effect drops the cookie.
    TabInPathDropsCookie                                                            no yes yes;
    /// A pair without `=` is a name with an empty value, and one with nothing before its `=` drops the cookie.
    PairWithoutEqualsIsName                                                         no no yes;
    /// A nameless cookie whose value has an `=` is dropped.
    NamelessWithEqualsDropped                                                       no yes yes;
    /// Secure and HttpOnly count whatever they are set to, even to more than 1024 octets.
    FlagsOfAnyLength                                                                no no yes;
    /// Of several Max-Age or Expires the last counts, and if it is invalid none; elsewhere the last valid one does.
    LastCountsEvenInvalid                                                           no yes yes;
    /// A `+` may stand before the seconds of Max-Age.
    MaxAgeTakesPlus                                                                 no yes no;
    /// A Max-Age that begins with `-` expires the cookie, whatever follows.
    MaxAgeMinusExpires                                                              no no yes;
    /// In Expires, a day or a year with letters behind it is none, and years from 10000 and before 1601 are read.
    PlainNumbersInExpires                                                           no yes yes;
    /// In Expires, a time of day is three numbers of any length and nothing more, and a year may have one or three
    /// digits.
    AnyDigitsInExpires                                                              no yes no;
    /// Expires is moved by as much as the response's Date is off.
    ExpiresFollowsServerClock                                                       no yes yes;
    /// A value or Path that is not UTF-8 has each malformed part replaced by U+FFFD.
    ValueMadeUtf8                                                                   no no yes;

    // Where it comes from, where it goes.
    /// `localhost`, names below it and loopback addresses are secure without https.
    LocalhostIsSecure                                                               no yes yes;
    /// A Domain of a single dot is refused; elsewhere it means the host alone.
    DomainDotRefused                                                                no yes yes;
    /// A Domain that is the host's own address, in brackets if it is of IPv6, means the host alone.
    DomainOwnAddressIsHostOnly                                                      no yes yes;
    /// A Domain beyond ASCII is converted to A-labels, with the feature `idna`; elsewhere it drops the cookie.
    DomainToALabels                                                                 no yes no;
    /// The parent of wildcard suffixes, such as `kawasaki.jp` of `*.kawasaki.jp`, counts as a public suffix.
    WildcardParentIsSuffix                                                          no yes yes;

    // What it may be.
    /// `__Http-` and `__Host-Http-` are prefixes.
    HttpPrefixes                                                                    no yes yes;
    /// `__Host-` is content without a Path where the directory of the request is `/`.
    HostPrefixTakesDefaultPath                                                      no no yes;
    /// Partitioned needs Secure and gives the cookie a jar for each top-level site.
    Partitions                                                                      no yes yes;
    /// A cookie without SameSite is treated as Lax.
    DefaultSameSiteIsLax                                                            yes yes no;
    /// A cookie without SameSite is sent with a cross-site POST that navigates, in its first two minutes.
    LaxAllowsUnsafe                                                                 no yes no;

    // The store.
    /// A cookie that gets another value moves to the end of the Cookie field.
    NewValueMovesCookie                                                             no yes no;
    /// A domain keeps 180 cookies, and is cut to 150 by the next.
    DomainKeeps180                                                                  no yes yes;
}
