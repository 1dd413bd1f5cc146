//! Where a page comes from, as far as cookies care: scheme and host, no port (RFC 6265bis section 5.2).

use alloc::string::String;

use crate::agent::error::ContextError;
use crate::agent::matching::{canonical_host, site};
use crate::agent::suffix::PublicSuffixes;

/// The scheme and the canonical host of a URL.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Origin {
    pub(crate) https: bool,
    pub(crate) host: String,
}

impl Origin {
    /// Reads an absolute URL; gives the path behind the host, too.
    pub(crate) fn read(url: &str) -> Result<(Self, &str), ContextError> {
        let (scheme, rest) = url.split_once(':').ok_or(ContextError::MissingHost)?;
        let is = |known: [&str; 2]| known.iter().any(|known| scheme.eq_ignore_ascii_case(known));
        let https = is(["https", "wss"]);
        if url.starts_with(['/', '?', '#']) {
            return Err(ContextError::MissingHost);
        } else if !https && !is(["http", "ws"]) {
            return Err(ContextError::UnknownScheme);
        }
        let rest = rest.strip_prefix("//").ok_or(ContextError::MissingHost)?;
        let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        // The port is what follows the last colon, unless that colon is of an IPv6 address.
        let host = match host.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => host,
        };
        if host.is_empty() {
            return Err(ContextError::MissingHost);
        }
        Ok((Self { https, host: canonical_host(host)? }, path))
    }

    /// Scheme and registrable domain.
    pub(crate) fn site<S: ?Sized + PublicSuffixes>(&self, suffixes: &S) -> String {
        site(self.https, suffixes.registrable_domain(&self.host))
    }

    /// Whether both are of one site, and if it matters of one scheme.
    pub(crate) fn is_same_site<S: ?Sized + PublicSuffixes>(&self, other: &Self, schemeful: bool, suffixes: &S) -> bool {
        (self.https == other.https || !schemeful)
            && (self.host == other.host
                || suffixes.registrable_domain(&self.host) == suffixes.registrable_domain(&other.host))
    }
}
