//! The head of a sealed value, and what the seal is bound to besides the value.
//!
//! `head = kind (1) | key id (4) | expiry (5)`, and `context = head | length of the name (2) | name`; numbers are
//! big-endian.

use core::time::Duration;

use crate::bytes::TOKEN;
use crate::date::CookieDate;
use crate::seal::error::{OpenError, SealError};
use crate::set_cookie::MAX_PAIR_LEN;

/// What tells keys apart.
pub(crate) type KeyId = [u8; 4];

/// What a sealed value is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Signed,
    Encrypted,
    /// Encrypted, and the value lengthened before.
    Padded,
}

impl Kind {
    const fn octet(self) -> u8 {
        match self {
            Self::Signed => 0x11,
            Self::Encrypted => 0x12,
            Self::Padded => 0x13,
        }
    }

    const fn from_octet(octet: u8) -> Option<Self> {
        match octet {
            0x11 => Some(Self::Signed),
            0x12 => Some(Self::Encrypted),
            0x13 => Some(Self::Padded),
            _ => None,
        }
    }
}

/// The second of [`CookieDate::MAX`].
const LAST_SECOND: i64 = 253_402_300_799;

/// The second at which a seal has expired, in the 40 bits it has on the wire; 0 is never.
#[derive(Clone, Copy)]
pub(crate) struct Expiry(u64);

impl Expiry {
    /// The end of a lifetime that begins now, or never where there is none.
    pub(crate) fn of(lifetime: Option<Duration>, now: CookieDate) -> Result<Self, SealError> {
        let Some(lifetime) = lifetime else {
            return Ok(Self(0));
        };
        let lifetime = i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX);
        let second = now.unix_timestamp().saturating_add(lifetime).min(LAST_SECOND);
        match u64::try_from(second) {
            Ok(second @ 1..) => Ok(Self(second)),
            _ => Err(SealError::ExpiresTooEarly),
        }
    }

    /// When what is authentic expires.
    pub(crate) fn check(self, now: CookieDate) -> Result<Option<CookieDate>, OpenError> {
        if self.0 == 0 {
            return Ok(None);
        }
        let second = i64::try_from(self.0).unwrap_or(i64::MAX);
        if now.unix_timestamp() >= second {
            return Err(OpenError::Expired);
        }
        if second > LAST_SECOND {
            return Err(OpenError::Malformed);
        }
        Ok(Some(CookieDate::from_unix_timestamp(second)))
    }
}

/// What stands before every seal.
#[derive(Clone, Copy)]
pub(crate) struct Head {
    pub(crate) kind: Kind,
    pub(crate) key: KeyId,
    pub(crate) expiry: Expiry,
}

impl Head {
    pub(crate) const LEN: usize = 10;

    pub(crate) const fn to_octets(self) -> [u8; Self::LEN] {
        let [k0, k1, k2, k3] = self.key;
        let [_, _, _, e0, e1, e2, e3, e4] = self.expiry.0.to_be_bytes();
        [self.kind.octet(), k0, k1, k2, k3, e0, e1, e2, e3, e4]
    }

    /// The head at the start of what was decoded, if it is of a kind there is.
    pub(crate) fn at_start_of(octets: &[u8]) -> Option<Self> {
        let [kind, k0, k1, k2, k3, e0, e1, e2, e3, e4] = *octets.first_chunk::<{ Self::LEN }>()?;
        let expiry = Expiry(u64::from_be_bytes([0, 0, 0, e0, e1, e2, e3, e4]));
        Some(Self { kind: Kind::from_octet(kind)?, key: [k0, k1, k2, k3], expiry })
    }
}

/// What stands before the name in a context: the head, and the name's length.
///
/// A name has been found to [fit](fits), so that its length has two octets.
pub(crate) fn before_name(head: [u8; Head::LEN], name: &[u8]) -> [u8; BEFORE_NAME_LEN] {
    let [h0, h1, h2, h3, h4, h5, h6, h7, h8, h9] = head;
    let [n0, n1] = u16::try_from(name.len()).unwrap_or(u16::MAX).to_be_bytes();
    [h0, h1, h2, h3, h4, h5, h6, h7, h8, h9, n0, n1]
}

pub(crate) const BEFORE_NAME_LEN: usize = Head::LEN + 2;
const _: () = assert!(MAX_PAIR_LEN < 0xFFFF);

/// Whether a cookie can have this name and a sealed value of so many octets.
pub(crate) fn check(name: &[u8], sealed_len: usize) -> Result<(), SealError> {
    if name.is_empty() {
        return Err(SealError::EmptyName);
    }
    if let Some((byte, offset)) = TOKEN.first_outside(name) {
        return Err(SealError::InvalidName { byte, offset });
    }
    let len = name.len().saturating_add(sealed_len);
    if len > MAX_PAIR_LEN {
        return Err(SealError::TooLong { len, max: MAX_PAIR_LEN });
    }
    Ok(())
}

/// Whether a cookie of this name and text was ever written: what is longer is not looked at.
pub(crate) fn fits(name: &[u8], text: &[u8]) -> bool {
    name.len().saturating_add(text.len()) <= MAX_PAIR_LEN
}
