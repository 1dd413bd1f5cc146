//! Digests and HMACs, chosen by configuration and never by a text.

use alloc::vec::Vec;

use hmac::{EagerHash, Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

/// The digest of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Digest {
    /// SHA-1, 20 octets. As an HMAC it is not broken; it is the default of several frameworks.
    Sha1,
    /// SHA-256, 32 octets.
    Sha256,
    /// SHA-384, 48 octets.
    Sha384,
    /// SHA-512, 64 octets.
    Sha512,
}

impl Digest {
    /// Octets of a tag.
    pub(crate) const fn len(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    pub(crate) fn sign(self, key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        match self {
            Self::Sha1 => keyed::<Sha1>(key, parts).finalize().into_bytes().to_vec(),
            Self::Sha256 => keyed::<Sha256>(key, parts).finalize().into_bytes().to_vec(),
            Self::Sha384 => keyed::<Sha384>(key, parts).finalize().into_bytes().to_vec(),
            Self::Sha512 => keyed::<Sha512>(key, parts).finalize().into_bytes().to_vec(),
        }
    }

    /// Compares in constant time; a tag of another length is refused.
    pub(crate) fn verify(self, key: &[u8], parts: &[&[u8]], tag: &[u8]) -> bool {
        match self {
            Self::Sha1 => keyed::<Sha1>(key, parts).verify_slice(tag),
            Self::Sha256 => keyed::<Sha256>(key, parts).verify_slice(tag),
            Self::Sha384 => keyed::<Sha384>(key, parts).verify_slice(tag),
            Self::Sha512 => keyed::<Sha512>(key, parts).verify_slice(tag),
        }
        .is_ok()
    }

    /// The plain digest, where a form derives a key by one.
    pub(crate) fn hash(self, parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
        match self {
            Self::Sha1 => hashed::<Sha1>(parts),
            Self::Sha256 => hashed::<Sha256>(parts),
            Self::Sha384 => hashed::<Sha384>(parts),
            Self::Sha512 => hashed::<Sha512>(parts),
        }
    }
}

#[allow(clippy::expect_used, reason = "an HMAC takes a key of any length (RFC 2104 section 2)")]
fn keyed<D: EagerHash>(key: &[u8], parts: &[&[u8]]) -> Hmac<D> {
    let mut mac = <Hmac<D> as KeyInit>::new_from_slice(key).expect("any length");
    for part in parts {
        mac.update(part);
    }
    mac
}

fn hashed<D: sha2::Digest>(parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    let mut digest = D::new();
    for part in parts {
        digest.update(part);
    }
    Zeroizing::new(digest.finalize().to_vec())
}
