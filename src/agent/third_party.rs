//! Cookies of what a page embeds: who is a third party, what becomes of its cookies, and in which jar they are.

use alloc::string::String;
use core::fmt;

/// What becomes of the cookies of a third party, a site other than that of the tab.
///
/// Browsers leave it to the user; each [`Profile`](crate::agent::Profile) begins as its browser does.
///
/// ```
/// use hardtack::CookieDate;
/// use hardtack::agent::{Context, Profile, Store, ThirdParties};
///
/// let now = CookieDate::from_unix_timestamp(1_800_000_000);
/// let mut store = Store::new(Profile::Chromium).third_parties(ThirdParties::Block);
/// let embedded = Context::request("https://widget.example/frame")
///     .initiator("https://shop.example/")
///     .top_level("https://shop.example/")
///     .build()?;
///
/// assert!(!store.set("a=1; Secure; SameSite=None", &embedded, now).is_stored());
/// assert!(store.set("a=1; Secure; SameSite=None; Partitioned", &embedded, now).is_stored());
/// # Ok::<(), hardtack::agent::ContextError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ThirdParties {
    /// Their cookies are set and sent as far as SameSite lets them.
    Allow,
    /// What is not Partitioned is neither set nor sent.
    Block,
    /// Every cookie is kept in the jar of the tab's site, whatever its line says, and of none but that jar is sent.
    Partition,
}

impl ThirdParties {
    /// Returns the word that names the policy.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Block => "block",
            Self::Partition => "partition",
        }
    }
}

impl fmt::Display for ThirdParties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Which jar a partitioned cookie is in (CHIPS section 2.1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartitionKey {
    /// The site of the tab, scheme and registrable domain: `https://news.example`.
    pub site: String,
    /// Whether a frame of another site stands between the tab and what gets the cookie, or it is of another site itself;
    /// always `false` where the user agent does not tell.
    pub cross_site_ancestor: bool,
}

impl PartitionKey {
    /// Creates the jar of a site's own pages.
    ///
    /// ```
    /// use hardtack::agent::PartitionKey;
    ///
    /// assert_eq!(PartitionKey::new("https://news.example").to_string(), "https://news.example");
    /// ```
    #[must_use]
    pub fn new<S: Into<String>>(site: S) -> Self {
        Self { site: site.into(), cross_site_ancestor: false }
    }
}

/// The site.
impl fmt::Display for PartitionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.site)
    }
}
