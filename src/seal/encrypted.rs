//! Encrypted values: `base64url(head | nonce | AES-256-GCM-SIV(context, value))`.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use aes_gcm_siv::{AeadInOut as _, Nonce, Tag};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::date::CookieDate;
use crate::input::{AsText, Text};
use crate::seal::error::{OpenError, SealError};
use crate::seal::head::{self, Expiry, Head, Kind};
use crate::seal::opened::Opened;
use crate::seal::padding;
use crate::seal::random;
use crate::seal::ring::KeyRing;
use crate::set_cookie::MAX_PAIR_LEN;
use crate::text::Sealed as _;

/// Octets of a nonce.
const NONCE_LEN: usize = 12;
const TAG_LEN: usize = 16;

/// Encrypts values: no one without the key can read, make or change one.
///
/// The seal is bound to the cookie's name, prefix included, and to the time it expires. A value of `n` octets becomes
/// one of `4 (n + 38) / 3`, rounded up. Clones share the keys.
///
/// ```
/// use core::time::Duration;
/// use hardtack::CookieDate;
/// use hardtack::seal::{Key, OpenError, Sealer};
///
/// let now = CookieDate::from_unix_timestamp(1_800_000_000);
/// let sealer = Sealer::new(Key::generate()?).lifetime(Duration::from_secs(3600));
///
/// let text = sealer.seal("__Host-cart", "3 apples; 1 pear", now)?;
/// assert_eq!(sealer.open("__Host-cart", &text, now)?.value, "3 apples; 1 pear");
///
/// assert_eq!(sealer.open("cart", &text, now), Err(OpenError::NotAuthentic));
/// let later = CookieDate::from_unix_timestamp(1_800_003_600);
/// assert_eq!(sealer.open("__Host-cart", &text, later), Err(OpenError::Expired));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Sealer {
    ring: Arc<KeyRing>,
    lifetime: Option<Duration>,
    // 0 where nothing is padded.
    bucket: usize,
    nonces: fn() -> Option<[u8; NONCE_LEN]>,
}

impl Sealer {
    /// Returns a sealer with a key, a ring of keys, or a ring that others have, too; what it encrypts does not expire.
    #[must_use]
    pub fn new(ring: impl Into<Arc<KeyRing>>) -> Self {
        Self { ring: ring.into(), lifetime: None, bucket: 0, nonces: random_nonce }
    }

    /// Sets how long after it was sealed a value opens, in whole seconds; fractions are dropped.
    ///
    /// A seal that would expire after the year 9999 expires at its end.
    #[must_use]
    pub fn lifetime(self, lifetime: Duration) -> Self {
        Self { lifetime: Some(lifetime), ..self }
    }

    /// Lengthens each value to a whole number of buckets of so many octets, so that the length of the cookie says less
    /// of it; 0, as in the beginning, lengthens none.
    ///
    /// Every sealer opens both.
    ///
    /// ```
    /// use hardtack::CookieDate;
    /// use hardtack::seal::{Key, Sealer};
    ///
    /// let sealer = Sealer::new(Key::generate()?).padded_to(64);
    /// let no = sealer.seal("answer", "no", CookieDate::UNIX_EPOCH)?;
    /// let yes = sealer.seal("answer", "yes", CookieDate::UNIX_EPOCH)?;
    /// assert_eq!(no.len(), yes.len());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn padded_to(self, bucket: usize) -> Self {
        Self { bucket, ..self }
    }

    /// Where nonces come from, instead of the operating system: 12 octets for each value, which never come again, or
    /// `None` where there are none.
    ///
    /// This is for machines without an operating system, and for tests. Random octets are as good as never the same. A
    /// nonce that comes again tells whoever sees both texts whether their values are the same, and nothing else.
    #[must_use]
    pub fn nonces(self, source: fn() -> Option<[u8; NONCE_LEN]>) -> Self {
        Self { nonces: source, ..self }
    }

    /// Encrypts a value, which may be any octets, for the cookie of this name.
    ///
    /// # Errors
    ///
    /// A [`SealError`] for:
    ///
    /// - an empty name, or one with a byte that is not of a token
    /// - a name and a sealed value of more than 4096 octets together
    /// - a lifetime that ends before the year 1970
    /// - an operating system that gives no randomness
    pub fn seal<V: ?Sized + AsText>(
        &self,
        name: &str,
        value: &V,
        now: impl Into<CookieDate>,
    ) -> Result<String, SealError> {
        let mut text = String::new();
        self.seal_into(name, value, now, &mut text)?;
        Ok(text)
    }

    /// Appends an encrypted value to `buffer`; see [`seal`](Self::seal). Allocates once besides making room.
    ///
    /// # Errors
    ///
    /// Those of [`seal`](Self::seal); `buffer` is then as it was.
    pub fn seal_into<V: ?Sized + AsText>(
        &self,
        name: &str,
        value: &V,
        now: impl Into<CookieDate>,
        buffer: &mut String,
    ) -> Result<(), SealError> {
        let (name, value) = (name.as_bytes(), value.as_text().bytes());
        let (kind, len) = match self.bucket {
            0 => (Kind::Encrypted, value.len()),
            bucket => (Kind::Padded, padding::padded_len(value.len(), bucket)),
        };
        let sealed_len = len.saturating_add(Head::LEN + NONCE_LEN + TAG_LEN);
        let text_len = base64::encoded_len(sealed_len, false).unwrap_or(usize::MAX);
        head::check(name, text_len)?;
        let key = self.ring.current();
        let head = Head { kind, key: key.id(), expiry: Expiry::of(self.lifetime, now.into())? }.to_octets();
        let nonce = (self.nonces)().ok_or(SealError::NoRandomness)?;

        let mut sealed = Buffer::new(head, name, sealed_len);
        sealed.octets.extend_from_slice(&head);
        sealed.octets.extend_from_slice(&nonce);
        sealed.octets.extend_from_slice(value);
        padding::pad(&mut sealed.octets, sealed.context_len + Head::LEN + NONCE_LEN + len);
        let (context, _, plain) = sealed.parts();
        let tag = key
            .sealing()
            .encrypt_inout_detached(&Nonce::from(nonce), context, plain.into())
            // Not for less than 2^36 octets (RFC 8452 section 6).
            .map_err(|_| SealError::TooLong { len: text_len, max: MAX_PAIR_LEN })?;
        sealed.octets.extend_from_slice(&tag);

        buffer.reserve(text_len);
        BASE64_URL_SAFE_NO_PAD.encode_string(sealed.wire(), buffer);
        Ok(())
    }

    /// Opens the text of the cookie of this name.
    ///
    /// Nothing of the value is given out before it is found authentic.
    ///
    /// # Errors
    ///
    /// An [`OpenError`]: for a text that is no encrypted value, for an unknown key, for one that was changed or is of
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
        let text = text.bytes();
        if !head::fits(name, text) {
            return Err(OpenError::Malformed);
        }
        let mut opened = Buffer::new([0; Head::LEN], name, text.len());
        opened.decode(text).ok_or(OpenError::Malformed)?;
        let head = opened.take_head().ok_or(OpenError::Malformed)?;
        if head.kind == Kind::Signed {
            return Err(OpenError::Malformed);
        }
        let tag_start = opened.octets.len().checked_sub(TAG_LEN).ok_or(OpenError::Malformed)?;
        if tag_start < opened.context_len + Head::LEN + NONCE_LEN {
            return Err(OpenError::Malformed);
        }
        let (key, needs_renewal) = self.ring.find(head.key).ok_or(OpenError::UnknownKey)?;
        let tag: [u8; TAG_LEN] = *opened.octets.last_chunk().ok_or(OpenError::Malformed)?;
        opened.octets.truncate(tag_start);
        let (context, nonce, plain) = opened.parts();
        key.sealing()
            .decrypt_inout_detached(&Nonce::from(nonce), context, plain.into(), &Tag::from(tag))
            .map_err(|_| OpenError::NotAuthentic)?;
        let expires = head.expiry.check(now)?;
        let value = opened.into_value(head.kind).ok_or(OpenError::Malformed)?;
        let value = T::from_octets(value).ok_or(OpenError::Malformed)?;
        Ok(Opened { value: Cow::Owned(value), expires, needs_renewal })
    }
}

/// What is encrypted or decrypted in place, behind its context: `context | head | nonce | value | tag`.
struct Buffer {
    octets: Vec<u8>,
    context_len: usize,
}

impl Buffer {
    /// A buffer that begins with the context, and has room for so many octets more.
    fn new(head: [u8; Head::LEN], name: &[u8], room: usize) -> Self {
        let context_len = head::BEFORE_NAME_LEN + name.len();
        let mut octets = Vec::with_capacity(context_len + room);
        octets.extend_from_slice(&head::before_name(head, name));
        octets.extend_from_slice(name);
        Self { octets, context_len }
    }

    /// Adds what a text stands for, if it is the one text for that.
    fn decode(&mut self, text: &[u8]) -> Option<()> {
        self.octets.resize(self.context_len + base64::decoded_len_estimate(text.len()), 0);
        let room = self.octets.get_mut(self.context_len..)?;
        let len = BASE64_URL_SAFE_NO_PAD.decode_slice(text, room).ok()?;
        self.octets.truncate(self.context_len + len);
        Some(())
    }

    /// The head of what was decoded, which the context now has, too.
    fn take_head(&mut self) -> Option<Head> {
        let (context, wire) = self.octets.split_at_mut_checked(self.context_len)?;
        let head = wire.first_chunk::<{ Head::LEN }>()?;
        *context.first_chunk_mut()? = *head;
        Head::at_start_of(head)
    }

    /// What goes onto the wire.
    fn wire(&self) -> &[u8] {
        self.octets.get(self.context_len..).unwrap_or_default()
    }

    /// The context, the nonce, and all behind it.
    fn parts(&mut self) -> (&[u8], [u8; NONCE_LEN], &mut [u8]) {
        let (context, wire) = self.octets.split_at_mut_checked(self.context_len).unwrap_or_default();
        let (start, rest) = wire.split_at_mut_checked(Head::LEN + NONCE_LEN).unwrap_or_default();
        (context, start.last_chunk().copied().unwrap_or_default(), rest)
    }

    /// What was decrypted, without its padding.
    fn into_value(mut self, kind: Kind) -> Option<Vec<u8>> {
        let start = self.context_len + Head::LEN + NONCE_LEN;
        if kind == Kind::Padded {
            let len = padding::unpadded_len(self.octets.get(start..)?)?;
            self.octets.truncate(start + len);
        }
        self.octets.drain(..start);
        Some(self.octets)
    }
}

fn random_nonce() -> Option<[u8; NONCE_LEN]> {
    let mut nonce = [0; NONCE_LEN];
    random::fill(&mut nonce)?;
    Some(nonce)
}

/// Shows neither keys nor how many there are.
impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer")
            .field("lifetime", &self.lifetime)
            .field("padded_to", &self.bucket)
            .finish_non_exhaustive()
    }
}
