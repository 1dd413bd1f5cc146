//! The public suffix list that the `psl` crate has compiled in.

use crate::agent::suffix::PublicSuffixes;

/// The Public Suffix List as of the release of the `psl` crate in use, with its private section.
///
/// ```
/// use hardtack::agent::{BundledList, PublicSuffixes};
///
/// assert!(BundledList.is_public_suffix("co.uk"));
/// assert_eq!(BundledList.registrable_domain("www.shop.co.uk"), "shop.co.uk");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct BundledList;

impl PublicSuffixes for BundledList {
    fn is_public_suffix(&self, domain: &str) -> bool {
        psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.as_bytes() == domain.as_bytes())
    }
}
