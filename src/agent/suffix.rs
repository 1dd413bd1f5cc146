//! Public suffixes: the domains under which anyone may register, which no cookie may span.

use alloc::borrow::ToOwned;

use crate::agent::matching::is_address;

/// A list of public suffixes (RFC 6265bis section 5.7, step 9).
///
/// [`TopLevelOnly`] knows top-level domains and nothing else; with the feature `psl`, `BundledList` knows the list that
/// browsers use. A caller with a list of its own implements the one method.
///
/// ```
/// use hardtack::agent::PublicSuffixes;
///
/// struct Company;
///
/// impl PublicSuffixes for Company {
///     fn is_public_suffix(&self, domain: &str) -> bool {
///         matches!(domain, "example" | "tenants.example")
///     }
/// }
///
/// let registered = Company.registrable_domain("www.blue.tenants.example");
/// assert_eq!(registered, "blue.tenants.example");
/// ```
pub trait PublicSuffixes {
    /// Whether a canonical domain, without a dot at either end, is a public suffix.
    fn is_public_suffix(&self, domain: &str) -> bool;

    /// Whether every name right below `domain` is a public suffix, as below `kawasaki.jp`, and it is none itself.
    fn is_wildcard_parent(&self, domain: &str) -> bool {
        // No list has an exception for this label.
        let mut below = "0.".to_owned();
        below.push_str(domain);
        !self.is_public_suffix(domain) && self.is_public_suffix(&below)
    }

    /// The part of a canonical host that somebody registered: its public suffix and one label more; all of an address,
    /// or of a host that is a public suffix.
    fn registrable_domain<'h>(&self, host: &'h str) -> &'h str {
        if is_address(host) {
            return host;
        }
        let mut candidate = host;
        while let Some((_, parent)) = candidate.split_once('.') {
            let name = parent.strip_suffix('.').unwrap_or(parent);
            if name.is_empty() || self.is_public_suffix(name) {
                return candidate;
            }
            candidate = parent;
        }
        host
    }
}

impl<S: ?Sized + PublicSuffixes> PublicSuffixes for &S {
    fn is_public_suffix(&self, domain: &str) -> bool {
        (**self).is_public_suffix(domain)
    }
}

/// The rule for what is on no list: a domain of a single label is a public suffix.
///
/// It stops cookies for all of `com`, and not those for all of `co.uk`: a client that talks to more than its own hosts
/// wants a real list.
///
/// ```
/// use hardtack::agent::{PublicSuffixes, TopLevelOnly};
///
/// assert!(TopLevelOnly.is_public_suffix("uk"));
/// assert!(!TopLevelOnly.is_public_suffix("co.uk"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TopLevelOnly;

impl PublicSuffixes for TopLevelOnly {
    fn is_public_suffix(&self, domain: &str) -> bool {
        !domain.contains('.')
    }

    fn is_wildcard_parent(&self, _: &str) -> bool {
        false
    }
}
