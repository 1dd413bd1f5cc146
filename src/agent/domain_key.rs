//! How domains are ordered, so that what is below a domain stands together: by their labels from the last to the first.

use alloc::string::String;

/// A domain with its labels reversed.
pub(crate) fn reversed(domain: &str) -> String {
    let mut key = String::with_capacity(domain.len());
    let mut rest = domain;
    // The first label is empty where a dot ends the name, which makes it another host.
    while let Some((above, label)) = split_last(rest) {
        key.push_str(label);
        key.push('.');
        rest = above;
    }
    key.push_str(rest);
    key
}

/// A reversed domain and every one above it.
pub(crate) fn keys_above(key: &str) -> impl Iterator<Item = &str> {
    core::iter::successors(Some(key), |key| split_last(key).map(|(above, _)| above))
}

/// As `rsplit_once('.')`, quicker over the few octets of a label.
fn split_last(domain: &str) -> Option<(&str, &str)> {
    let dot = domain.bytes().rposition(|byte| byte == b'.')?;
    Some((domain.get(..dot)?, domain.get(dot + 1..)?))
}
