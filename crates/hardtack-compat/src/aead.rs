//! Authenticated encryption under a random nonce of 12 octets, with a tag of 16.

use alloc::vec::Vec;

use aes_gcm::Aes256Gcm;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::Aes256GcmSiv;

use crate::error::SealError;

/// Octets of a nonce.
pub(crate) const NONCE: usize = 12;
/// Octets of a tag, which the encrypted octets end in.
pub(crate) const TAG: usize = 16;

/// The cipher, each of a key of 32 octets.
#[derive(Clone, Copy)]
pub(crate) enum Cipher {
    Aes256Gcm,
    Aes256GcmSiv,
}

/// A nonce, and the octets encrypted under it.
pub(crate) struct Sealed {
    pub(crate) nonce: [u8; NONCE],
    pub(crate) octets: Vec<u8>,
}

impl Cipher {
    pub(crate) fn seal(self, key: &[u8; 32], aad: &[u8], msg: &[u8]) -> Result<Sealed, SealError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| SealError::NoRandomness)?;
        let payload = Payload { msg, aad };
        let sealed = match self {
            Self::Aes256Gcm => Aes256Gcm::new(key.into()).encrypt(&nonce.into(), payload),
            Self::Aes256GcmSiv => Aes256GcmSiv::new(key.into()).encrypt(&nonce.into(), payload),
        };
        // More octets than AES-GCM takes, of which no text is made.
        let octets = sealed.map_err(|_| SealError::TooLong { len: msg.len(), max: usize::MAX })?;
        Ok(Sealed { nonce, octets })
    }

    /// Nothing comes out before the tag was verified.
    pub(crate) fn open(self, key: &[u8; 32], nonce: [u8; NONCE], aad: &[u8], msg: &[u8]) -> Option<Vec<u8>> {
        let payload = Payload { msg, aad };
        match self {
            Self::Aes256Gcm => Aes256Gcm::new(key.into()).decrypt(&nonce.into(), payload).ok(),
            Self::Aes256GcmSiv => Aes256GcmSiv::new(key.into()).decrypt(&nonce.into(), payload).ok(),
        }
    }
}
