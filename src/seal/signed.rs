//! Signed values: `value "." base64url(head | HMAC-SHA-256(context | value))`.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::sync::Arc;
use core::fmt;
use core::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::bytes::COOKIE_OCTET;
use crate::date::CookieDate;
use crate::input::{AsText, Text};
use crate::seal::error::{OpenError, SealError};
use crate::seal::head::{self, Expiry, Head, Kind};
use crate::seal::key::Key;
use crate::seal::opened::Opened;
use crate::seal::ring::KeyRing;

const TAG_LEN: usize = 32;
const TAIL_LEN: usize = Head::LEN + TAG_LEN;
/// The tail in base64: a multiple of three octets, so that there is one text for it and no bit is left over.
const TAIL_TEXT_LEN: usize = TAIL_LEN / 3 * 4;
const _: () = assert!(TAIL_LEN.is_multiple_of(3) && TAIL_TEXT_LEN == 56);

/// Signs values: anyone can read them, and no one without the key can make or change one.
///
/// The seal is bound to the cookie's name, prefix included, and to the time it expires. It is 57 octets behind the
/// value. Clones share the keys.
///
/// ```
/// use core::time::Duration;
/// use hardtack::CookieDate;
/// use hardtack::seal::{Key, OpenError, Signer};
///
/// let now = CookieDate::from_unix_timestamp(1_800_000_000);
/// let signer = Signer::new(Key::generate()?).lifetime(Duration::from_secs(3600));
///
/// let text = signer.seal("__Host-sid", "31d4", now)?;
/// assert!(text.starts_with("31d4."));
/// assert_eq!(signer.open("__Host-sid", &text, now)?.value, "31d4");
///
/// assert_eq!(signer.open("sid", &text, now), Err(OpenError::NotAuthentic));
/// let later = CookieDate::from_unix_timestamp(1_800_003_600);
/// assert_eq!(signer.open("__Host-sid", &text, later), Err(OpenError::Expired));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Signer {
    ring: Arc<KeyRing>,
    lifetime: Option<Duration>,
    #[cfg(feature = "percent-encode")]
    percent_encoded: bool,
}

impl Signer {
    /// Returns a signer with a key, a ring of keys, or a ring that others have, too; what it signs does not expire.
    #[must_use]
    pub fn new(ring: impl Into<Arc<KeyRing>>) -> Self {
        Self {
            ring: ring.into(),
            lifetime: None,
            #[cfg(feature = "percent-encode")]
            percent_encoded: false,
        }
    }

    /// Sets how long after it was signed a value opens, in whole seconds; fractions are dropped.
    ///
    /// A seal that would expire after the year 9999 expires at its end.
    #[must_use]
    pub fn lifetime(self, lifetime: Duration) -> Self {
        Self { lifetime: Some(lifetime), ..self }
    }

    /// Sets whether values are percent-encoded before they are signed, and decoded once they are found authentic, so
    /// that any text may be one; see [`value::percent`](crate::value::percent).
    ///
    /// ```
    /// use hardtack::CookieDate;
    /// use hardtack::seal::{Key, Signer};
    ///
    /// let signer = Signer::new(Key::generate()?).percent_encoded(true);
    /// let text = signer.seal("city", "São Paulo", CookieDate::UNIX_EPOCH)?;
    /// assert!(text.starts_with("S%C3%A3o%20Paulo."));
    /// assert_eq!(signer.open("city", &text, CookieDate::UNIX_EPOCH)?.value, "São Paulo");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "percent-encode")]
    #[must_use]
    pub fn percent_encoded(self, percent_encoded: bool) -> Self {
        Self { percent_encoded, ..self }
    }

    /// Signs a value for the cookie of this name.
    ///
    /// # Errors
    ///
    /// A [`SealError`] for:
    ///
    /// - an empty name, or one with a byte that is not of a token
    /// - a value with a byte that is no cookie-octet, unless it is percent-encoded
    /// - a name, a value and a seal of more than 4096 octets together
    /// - a lifetime that ends before the year 1970
    pub fn seal(&self, name: &str, value: &str, now: impl Into<CookieDate>) -> Result<String, SealError> {
        let mut text = String::new();
        self.seal_into(name, value, now, &mut text)?;
        Ok(text)
    }

    /// Appends a signed value to `buffer`; see [`seal`](Self::seal). Allocates only to make room.
    ///
    /// # Errors
    ///
    /// Those of [`seal`](Self::seal); `buffer` is then as it was.
    pub fn seal_into(
        &self,
        name: &str,
        value: &str,
        now: impl Into<CookieDate>,
        buffer: &mut String,
    ) -> Result<(), SealError> {
        let value = self.encode(value);
        head::check(name.as_bytes(), value.len() + 1 + TAIL_TEXT_LEN)?;
        if let Some((byte, offset)) = COOKIE_OCTET.first_outside(value.as_bytes()) {
            return Err(SealError::InvalidValue { byte, offset });
        }
        let key = self.ring.current();
        let head =
            Head { kind: Kind::Signed, key: key.id(), expiry: Expiry::of(self.lifetime, now.into())? }.to_octets();
        let mac = mac(key, head, name.as_bytes(), value.as_bytes());
        let mut tail = [0; TAIL_LEN];
        let (head_part, tag_part) = tail.split_at_mut(Head::LEN);
        head_part.copy_from_slice(&head);
        tag_part.copy_from_slice(&mac.finalize().into_bytes());
        let mut text = [b'.'; 1 + TAIL_TEXT_LEN];
        let room = text.split_at_mut(1).1;
        let written = BASE64_URL_SAFE_NO_PAD.encode_slice(tail, room);
        debug_assert_eq!(written, Ok(TAIL_TEXT_LEN));
        buffer.reserve(value.len() + text.len());
        buffer.push_str(&value);
        buffer.push_str(str::from_utf8(&text).unwrap_or_default());
        Ok(())
    }

    /// Opens the text of the cookie of this name.
    ///
    /// # Errors
    ///
    /// An [`OpenError`]: for a text that is no signed value, for an unknown key, for one that was changed or is of
    /// another cookie, and from the second on at which it expires.
    pub fn open<'t, H: ?Sized + AsText>(
        &self,
        name: &str,
        text: &'t H,
        now: impl Into<CookieDate>,
    ) -> Result<Opened<Cow<'t, H::Text>>, OpenError> {
        self.open_text(name.as_bytes(), text.as_text(), now.into())
    }

    pub(crate) fn open_text<'t, T: ?Sized + Text>(
        &self,
        name: &[u8],
        text: &'t T,
        now: CookieDate,
    ) -> Result<Opened<Cow<'t, T>>, OpenError> {
        let octets = text.bytes();
        if !head::fits(name, octets) {
            return Err(OpenError::Malformed);
        }
        let (value, tail_text) = octets.split_last_chunk::<TAIL_TEXT_LEN>().ok_or(OpenError::Malformed)?;
        let value = value.strip_suffix(b".").ok_or(OpenError::Malformed)?;
        let mut tail = [0; TAIL_LEN];
        BASE64_URL_SAFE_NO_PAD.decode_slice(tail_text, &mut tail).map_err(|_| OpenError::Malformed)?;
        let (head, tag) = tail.split_first_chunk::<{ Head::LEN }>().ok_or(OpenError::Malformed)?;
        let Some(Head { kind: Kind::Signed, key, expiry }) = Head::at_start_of(head) else {
            return Err(OpenError::Malformed);
        };
        if COOKIE_OCTET.first_outside(value).is_some() {
            return Err(OpenError::Malformed);
        }
        let (key, needs_renewal) = self.ring.find(key).ok_or(OpenError::UnknownKey)?;
        mac(key, *head, name, value).verify_slice(tag).map_err(|_| OpenError::NotAuthentic)?;
        let expires = expiry.check(now)?;
        let value = self.decode(text.to(..value.len())).ok_or(OpenError::Malformed)?;
        Ok(Opened { value, expires, needs_renewal })
    }

    /// The value as it is signed.
    #[cfg_attr(not(feature = "percent-encode"), expect(clippy::unused_self, reason = "there is no other way"))]
    fn encode<'v>(&self, value: &'v str) -> Cow<'v, str> {
        #[cfg(feature = "percent-encode")]
        if self.percent_encoded {
            return crate::value::percent::encode(value);
        }
        Cow::Borrowed(value)
    }

    /// The value of an authentic text, if it is what this signer writes for it.
    #[cfg_attr(
        not(feature = "percent-encode"),
        expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "there is no other way")
    )]
    fn decode<'t, T: ?Sized + Text>(&self, text: &'t T) -> Option<Cow<'t, T>> {
        #[cfg(feature = "percent-encode")]
        if self.percent_encoded {
            let octets: Cow<'_, [u8]> = percent_encoding::percent_decode(text.bytes()).into();
            if crate::value::percent::encode(&*octets).as_bytes() != text.bytes() {
                return None;
            }
            return match octets {
                Cow::Borrowed(_) => Some(Cow::Borrowed(text)),
                Cow::Owned(octets) => T::from_octets(octets).map(Cow::Owned),
            };
        }
        Some(Cow::Borrowed(text))
    }
}

/// The MAC over context and value.
fn mac(key: &Key, head: [u8; Head::LEN], name: &[u8], value: &[u8]) -> Hmac<Sha256> {
    let mut mac = key.signing();
    mac.update(&head::before_name(head, name));
    mac.update(name);
    mac.update(value);
    mac
}

/// Shows neither keys nor how many there are.
impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}
