//! A value, a dot and a signature by HMAC-SHA-256, as three packages for Node write it.

use alloc::string::String;
use alloc::vec::Vec;

use crate::encoding::Base64;
use crate::error::{OpenError, Part};
use crate::mac::Digest;
use crate::secret::{Ring, Secret};

pub(crate) fn sign(value: &str, key: &Secret, alphabet: Base64) -> String {
    let tag = Digest::Sha256.sign(key.octets(), &[value.as_bytes()]);
    [value, ".", &alphabet.encode(&tag)].concat()
}

/// The value before the last dot, and the place of the key that signed it.
pub(crate) fn open<'t, K>(
    text: &'t str,
    keys: &Ring<K>,
    secret: impl Fn(&K) -> &Secret,
    alphabet: Base64,
) -> Result<(&'t str, usize), OpenError> {
    let malformed = OpenError::Malformed { part: Part::Signature };
    let (value, signature) = text.rsplit_once('.').ok_or_else(|| malformed.clone())?;
    let tag: Vec<u8> = alphabet.decode(signature).filter(|tag| tag.len() == Digest::Sha256.len()).ok_or(malformed)?;
    let verify = |key: &K| Digest::Sha256.verify(secret(key).octets(), &[value.as_bytes()], &tag);
    Ok((value, keys.verify(verify).ok_or(OpenError::NotAuthentic)?))
}
