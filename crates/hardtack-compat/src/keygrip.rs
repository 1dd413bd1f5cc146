//! Koa's signed cookies, and `cookie-session`: a pair of cookies, the value and its signature by Keygrip.
//!
//! `name=value` and `name.sig=signature`, by HMAC-SHA-1 over `name=value`. The name is bound. **There is no time, and
//! Path and the other attributes are not covered:** what was signed once opens for as long as the key is in the ring.
//!
//! ```
//! use hardtack_compat::keygrip::{Key, Keygrip};
//!
//! let keygrip = Keygrip::new(Key::new("k")?);
//! assert_eq!(keygrip.sign("session", "hello")?, "IW1rXt_6NQIjIQy6xv_1_8A48TI");
//! let opened = keygrip.open("session", "hello", "IW1rXt_6NQIjIQy6xv_1_8A48TI")?;
//! assert_eq!(*opened.value(), "hello");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::string::String;
use core::fmt;

use crate::encoding::Base64;
use crate::error::{OpenError, Part, PayloadError, SealError};
use crate::json::read::read_octets;
use crate::json::write::{Style, write};
use crate::json::{Map, Value};
use crate::limits::Limits;
use crate::mac::Digest;
use crate::opened::Opened;
use crate::secret::{Ring, key, ring_and_limits};

key!(
    /// One of Koa's `app.keys`, or of `cookie-session`'s `keys`.
);

/// Signs and opens the values of pairs of cookies.
pub struct Keygrip {
    keys: Ring<Key>,
    limits: Limits,
    digest: Digest,
}

impl Keygrip {
    /// Returns what Keygrip is unless it is told otherwise: SHA-1. Of its list of keys the first signs.
    #[must_use]
    pub const fn new(key: Key) -> Self {
        Self { keys: Ring::new(key), limits: Limits::new(), digest: Digest::Sha1 }
    }

    ring_and_limits!();

    /// Sets the digest of the signature.
    #[must_use]
    pub const fn digest(mut self, digest: Digest) -> Self {
        self.digest = digest;
        self
    }

    /// Signs a value, and returns the value of the cookie `name.sig`.
    ///
    /// # Errors
    ///
    /// - a value that does not come back as it is: with a `;` or a control character but HTAB, or that begins with a
    ///   double quote
    /// - a name with a `=`, a `;`, a space or a control character
    /// - a value longer than the [limits](Limits) allow
    pub fn sign(&self, name: &str, value: &str) -> Result<String, SealError> {
        let (quote, len) = (value.starts_with('"').then_some((0, b'"')), value.len());
        let refused = |(_, octet): &(usize, u8)| *octet == b';' || (octet.is_ascii_control() && *octet != b'\t');
        let in_name = |entry: &(usize, u8)| refused(entry) || matches!(entry.1, b'=' | b' ' | b'\t');
        let found = name.bytes().enumerate().find(in_name);
        if let Some((offset, byte)) = found.or(quote).or_else(|| value.bytes().enumerate().find(refused)) {
            return Err(SealError::InvalidByte { byte, offset });
        }
        if len > self.limits.text {
            return Err(SealError::TooLong { len, max: self.limits.text });
        }
        let Key(secret) = &self.keys.writer;
        Ok(Base64::Url.encode(&self.digest.sign(secret.octets(), &[name.as_bytes(), b"=", value.as_bytes()])))
    }

    /// Opens a value with the value of the cookie `name.sig`.
    ///
    /// # Errors
    ///
    /// - a value longer than the [limits](Limits) allow
    /// - a signature that is not 27 characters (SHA-1) in their canonical form
    /// - a value that no key of the ring signed under this name
    pub fn open<'t>(&self, name: &str, value: &'t str, signature: &str) -> Result<Opened<&'t str>, OpenError> {
        self.limits.read(value)?;
        self.limits.read(signature)?;
        let tag = Base64::Url.decode(signature).filter(|tag| tag.len() == self.digest.len());
        let tag = tag.ok_or(OpenError::Malformed { part: Part::Signature })?;
        let signed = [name.as_bytes(), b"=", value.as_bytes()];
        let key = self.keys.verify(|Key(secret)| self.digest.verify(secret.octets(), &signed, &tag));
        Ok(Opened::new(value, key.ok_or(OpenError::NotAuthentic)?))
    }

    /// Opens a cookie and its signature in a Cookie field, read as Koa reads it: the first cookie of a name counts,
    /// nothing but the spaces before a name is dropped, and the quotes around a value.
    ///
    /// # Errors
    ///
    /// - a field without a cookie of this name, or without its signature
    /// - those of [`open`](Self::open)
    ///
    /// ```
    /// use hardtack_compat::keygrip::{Key, Keygrip};
    ///
    /// let keygrip = Keygrip::new(Key::new("k")?);
    /// let field = "session=hello; session.sig=IW1rXt_6NQIjIQy6xv_1_8A48TI";
    /// assert_eq!(*keygrip.open_field("session", field)?.value(), "hello");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn open_field<'t>(&self, name: &str, field: &'t str) -> Result<Opened<&'t str>, OpenError> {
        let value = first(field, name, "").ok_or(OpenError::Malformed { part: Part::Cookie })?;
        let signature = first(field, name, ".sig").ok_or(OpenError::Malformed { part: Part::Signature })?;
        self.open(name, value, signature)
    }

    /// Returns the value and the signature of a session, as `cookie-session` writes it: JSON in base64.
    ///
    /// # Errors
    ///
    /// - a session nested deeper, or a value longer than the [limits](Limits) allow
    ///
    /// ```
    /// use hardtack_compat::json::Map;
    /// use hardtack_compat::keygrip::{Key, Keygrip};
    ///
    /// let keygrip = Keygrip::new(Key::new("k")?);
    /// let (value, signature) = keygrip.sign_session("session", &Map::from_iter([("views", 1.into())]))?;
    /// assert_eq!(value, "eyJ2aWV3cyI6MX0=");
    /// let session = keygrip.open_session("session", &value, &signature)?;
    /// assert_eq!(session.value().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sign_session(&self, name: &str, session: &Map) -> Result<(String, String), SealError> {
        let json = write(&Value::Map(session.clone()), Style::Compact, &self.limits)?;
        let value = Base64::Padded.encode(json.as_bytes());
        let signature = self.sign(name, &value)?;
        Ok((value, signature))
    }

    /// Opens a session of `cookie-session`.
    ///
    /// # Errors
    ///
    /// - those of [`open`](Self::open)
    /// - an authentic value that is not base64 of a JSON object within the [limits](Limits)
    pub fn open_session(&self, name: &str, value: &str, signature: &str) -> Result<Opened<Map>, OpenError> {
        self.open(name, value, signature)?.try_map(|value| self.session(value))
    }

    /// Opens a session of `cookie-session` in a Cookie field, read as by [`open_field`](Self::open_field).
    ///
    /// # Errors
    ///
    /// - those of [`open_field`](Self::open_field)
    /// - an authentic value that is not base64 of a JSON object within the [limits](Limits)
    pub fn open_session_field(&self, name: &str, field: &str) -> Result<Opened<Map>, OpenError> {
        self.open_field(name, field)?.try_map(|value| self.session(value))
    }

    fn session(&self, value: &str) -> Result<Map, OpenError> {
        let json = Base64::Padded.decode(value).ok_or(PayloadError::Base64)?;
        match read_octets(&json, self.limits.depth)? {
            Value::Map(session) => Ok(session),
            _ => Err(PayloadError::Kind.into()),
        }
    }
}

/// The value of the first cookie of this name and ending, without the quotes around it.
fn first<'t>(field: &'t str, name: &str, ending: &str) -> Option<&'t str> {
    let mut pairs = field.split(';').map(|pair| pair.trim_start_matches(' '));
    let value = pairs.find_map(|pair| pair.strip_prefix(name)?.strip_prefix(ending)?.strip_prefix('='))?;
    // As in Koa, the octet at the end goes with the quote at the beginning.
    Some(value.strip_prefix('"').map_or(value, |inner| {
        let mut characters = inner.chars();
        characters.next_back();
        characters.as_str()
    }))
}

impl fmt::Debug for Keygrip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keygrip").field("keys", &self.keys).field("digest", &self.digest).finish_non_exhaustive()
    }
}
