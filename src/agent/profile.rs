//! The rules user agents do not share: one table, a row a rule, a column a profile.

use core::fmt;
use core::str::FromStr;

use crate::word::UnknownWord;

use crate::agent::third_party::ThirdParties;

/// Which user agent is asked.
///
/// A profile is a column of the table of [`Rule`]s, and there is one for each agent that the table carries. `curl` has none:
/// it parts from the draft in one case of eleven, in some sixteen ways that no browser shares, among them a date parser, a
/// Path and a Max-Age of its own, and limits by the response and by the request.
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
    /// Firefox, as version 153 behaves.
    Firefox,
}

impl Profile {
    /// Every profile.
    pub const ALL: &'static [Self] = &[Self::Rfc6265bis, Self::Chromium, Self::Firefox];

    /// The profile's name in lower case, as a command line would take it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rfc6265bis => "rfc6265bis",
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    /// Returns whether the user agent follows a rule.
    #[must_use]
    pub const fn follows(self, rule: Rule) -> bool {
        let [rfc6265bis, chromium, firefox] = rule.columns();
        match self {
            Self::Rfc6265bis => rfc6265bis,
            Self::Chromium => chromium,
            Self::Firefox => firefox,
        }
    }

    /// Returns what becomes of third parties' cookies unless the user decides.
    #[must_use]
    pub const fn third_parties(self) -> ThirdParties {
        match self {
            Self::Rfc6265bis | Self::Chromium => ThirdParties::Allow,
            Self::Firefox => ThirdParties::Partition,
        }
    }
}

impl FromStr for Profile {
    type Err = UnknownWord;

    /// Reads the profile's name in any ASCII letter case.
    fn from_str(name: &str) -> Result<Self, UnknownWord> {
        let named = Self::ALL.iter().copied().find(|profile| profile.as_str().eq_ignore_ascii_case(name));
        named.ok_or(UnknownWord { expected: "rfc6265bis, chromium or firefox" })
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
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
    /// In Expires, a number with anything behind it is none; numbers of a time of day may have zeros before them, a year
    /// has one to five digits, and years from 10000 and before 1601 are read.
    PlainNumbersInExpires                                                           no yes no;
    /// In Expires, a time of day may be missing, time zones and PM count, a month may be a number, and a day or a time
    /// beyond its range rolls over into the next.
    LooseExpires                                                                    no no yes;
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

    /// The directory of a request that is longer than 1024 octets is lost: the cookie has the empty path, which no request
    /// has.
    LongDefaultPathLost                                                             no no yes;
    /// A request is same-site only if the page that caused it has the same scheme, too.
    SchemefulSameSite                                                               yes yes no;

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
    /// Cookies are counted by registrable domain; elsewhere by their own domain.
    CountsBySite                                                                    no yes yes;
    /// Of too many cookies of a site, those of a lower Priority go first, and some of each are spared.
    HeedsPriority                                                                   no yes no;
    /// Of too many cookies, the newest may be the one that goes.
    NewestMayGo                                                                     no yes no;
    /// What is not Secure makes room for what is, never the other way round: a site full of Secure cookies takes no other.
    SecureIsNotEvicted                                                              no no yes;
    /// Of too many cookies in all, those that are not Secure go first.
    TotalSparesSecure                                                               no yes no;
    /// A Secure cookie is safe from insecure connections only where one of the two cookies reaches the other's host.
    HostOnlyIsNotShadowed                                                           no no yes;
    /// A use of a cookie is noted if the last one that was noted is a minute old.
    UseNotedByTheMinute                                                             no yes yes;
    /// A jar is one of a page's own requests or of those below a frame of another site, which sees another jar.
    AncestorInPartition                                                             no yes no;
}
