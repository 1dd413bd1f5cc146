//! Django's signed cookies, and `django.core.signing`.
//!
//! `value:time:signature`: SHA-256, the time in base62, the value cut at the last two colons. The age is checked only
//! where a maximum is set; a text from the future opens, as in Django.
//!
//! [`SignedCookies`] binds the cookie's name and a salt argument, each by its length. Before, Django put the two
//! together as they were, so that a cookie `ab` of the salt `c` was one `abc` without: that form is read only where
//! [`legacy_salt`](SignedCookies::legacy_salt) asks for it, and never written. **[`Signing`] binds no name**, only its
//! salt.
//!
//! On the wire Django quotes a value that has a space, a `;` or the like; `hardtack::value::quoted` undoes it.
//!
//! ```
//! use core::time::Duration;
//! use hardtack_compat::django::{Key, SignedCookies};
//!
//! let cookies = SignedCookies::new(Key::new("secret-key-fixed")?).max_age(Duration::from_secs(3600));
//! let text = "v:1r31eq:WLnAQ1crEBuHmQ0AfofBWAYysh8M3_NpIF7Q4YDt7UI";
//! assert_eq!(*cookies.open("k", text, 1_700_000_060)?.value(), "v");
//! assert_eq!(cookies.sign("k", "v", 1_700_000_000)?, text);
//! assert!(cookies.open("another", text, 1_700_000_060).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use zeroize::Zeroizing;

use crate::encoding::{Base64, base62, read_base62};
use crate::error::{OpenError, Part, SealError};
use crate::json::Value;
use crate::json::write::{Style, write};
use crate::limits::Limits;
use crate::mac::Digest;
use crate::opened::Opened;
use crate::payload::{pack, unpack};
use crate::secret::{Ring, key, ring_and_limits};

key!(
    /// Django's `SECRET_KEY`.
);

/// What a signature is made under: the parts of the salt, and what stands before the secret.
struct Context<'c> {
    salt: &'c [&'c [u8]],
    prefix: &'static [u8],
}

impl Context<'_> {
    fn derive(&self, Key(secret): &Key) -> Zeroizing<Vec<u8>> {
        Digest::Sha256.hash(&[self.salt, &[b"signer", self.prefix, secret.octets()]].concat())
    }

    fn sign(&self, key: &Key, value: &str, now: u64) -> String {
        let signed = [value, ":", &base62(now)].concat();
        let tag = Digest::Sha256.sign(&self.derive(key), &[signed.as_bytes()]);
        [&signed, ":", &Base64::Url.encode(&tag)].concat()
    }
}

/// A text cut into what was signed and the signature.
struct Cut<'t> {
    signed: &'t str,
    tag: Vec<u8>,
}

impl<'t> Cut<'t> {
    fn new(text: &'t str) -> Result<Self, OpenError> {
        let malformed = OpenError::Malformed { part: Part::Signature };
        let (signed, signature) = text.rsplit_once(':').ok_or_else(|| malformed.clone())?;
        let tag = Base64::Url.decode(signature).filter(|tag| tag.len() == Digest::Sha256.len()).ok_or(malformed)?;
        Ok(Self { signed, tag })
    }

    fn verify(&self, keys: &Ring<Key>, context: &Context<'_>) -> Option<usize> {
        keys.verify(|key| Digest::Sha256.verify(&context.derive(key), &[self.signed.as_bytes()], &self.tag))
    }

    /// What the signature was verified for already.
    fn value(&self, key: usize, max_age: Option<Duration>, now: u64) -> Result<Opened<&'t str>, OpenError> {
        let malformed = OpenError::Malformed { part: Part::Time };
        let (value, time) = self.signed.rsplit_once(':').ok_or_else(|| malformed.clone())?;
        let at = read_base62(time).ok_or(malformed)?;
        if max_age.is_some_and(|max| now.saturating_sub(at) > max.as_secs()) {
            return Err(OpenError::Expired);
        }
        Ok(Opened::new(value, key).written(at))
    }
}

/// `HttpResponse.set_signed_cookie` and `HttpRequest.get_signed_cookie`.
pub struct SignedCookies {
    keys: Ring<Key>,
    limits: Limits,
    salt: String,
    legacy_salt: bool,
    max_age: Option<Duration>,
}

impl SignedCookies {
    /// Returns what Django uses: no salt argument, and no maximum age; `key` is `SECRET_KEY`. Keys added with
    /// [`and`](Self::and) are `SECRET_KEY_FALLBACKS`.
    #[must_use]
    pub const fn new(key: Key) -> Self {
        Self { keys: Ring::new(key), limits: Limits::new(), salt: String::new(), legacy_salt: false, max_age: None }
    }

    ring_and_limits!();

    /// Sets the argument `salt` of Django's two methods.
    #[must_use]
    pub fn salt(mut self, salt: impl Into<String>) -> Self {
        self.salt = salt.into();
        self
    }

    /// Sets the greatest age that opens, in whole seconds: Django's argument `max_age`.
    #[must_use]
    pub const fn max_age(mut self, age: Duration) -> Self {
        self.max_age = Some(age);
        self
    }

    /// Sets whether texts of the older salt are read as well; they need renewal.
    ///
    /// **The older salt tells a cookie `ab` of the salt `c` not from one `abc` without.** It is for the time until the
    /// last of those cookies has expired.
    #[must_use]
    pub const fn legacy_salt(mut self, read: bool) -> Self {
        self.legacy_salt = read;
        self
    }

    fn salt_before_name(&self) -> String {
        // Characters, as Python counts them.
        ["django.http.cookies.v2:", &self.salt.chars().count().to_string(), ":", &self.salt].concat()
    }

    /// Signs the value of a cookie of this name, written at `now` in Unix seconds.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    pub fn sign(&self, name: &str, value: &str, now: u64) -> Result<String, SealError> {
        let salt = self.salt_before_name();
        let context = Context { salt: &[salt.as_bytes(), name.as_bytes()], prefix: PREFIX };
        self.limits.written(context.sign(&self.keys.writer, value, now))
    }

    /// Opens the text of a cookie of this name at `now`, in Unix seconds.
    ///
    /// # Errors
    ///
    /// - a text longer than the [limits](Limits) allow
    /// - a signature that is missing, is not 43 characters in their canonical form, or that no key of the ring made
    ///   for this name and salt
    /// - an authentic text whose time is missing or no number of base62 without sign and leading zeros
    /// - a text older than [`max_age`](Self::max_age)
    pub fn open<'t>(&self, name: &str, text: &'t str, now: u64) -> Result<Opened<&'t str>, OpenError> {
        self.limits.read(text)?;
        let cut = Cut::new(text)?;
        let salt = self.salt_before_name();
        let context = Context { salt: &[salt.as_bytes(), name.as_bytes()], prefix: PREFIX };
        if let Some(key) = cut.verify(&self.keys, &context) {
            // Expired is expired: the older salt is no second try.
            return cut.value(key, self.max_age, now);
        }
        let legacy = Context { salt: &[name.as_bytes(), self.salt.as_bytes()], prefix: PREFIX };
        let key = if self.legacy_salt { cut.verify(&self.keys, &legacy) } else { None };
        Ok(cut.value(key.ok_or(OpenError::NotAuthentic)?, self.max_age, now)?.outdated())
    }
}

const PREFIX: &[u8] = b"django.http.cookies";

impl fmt::Debug for SignedCookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedCookies")
            .field("keys", &self.keys)
            .field("max_age", &self.max_age)
            .field("legacy_salt", &self.legacy_salt)
            .finish_non_exhaustive()
    }
}

/// `django.core.signing.dumps` and `loads`: JSON, signed.
///
/// **No name is bound:** give each use a salt of its own.
///
/// ```
/// use hardtack_compat::django::{Key, Signing};
///
/// let signing = Signing::new(Key::new("dev-secret-key")?);
/// let text = "ImhlbGxvIg:1r31eq:n-6WtN_UNB4eZW5zpJothQReMC2aIv-D-bzqtuaziwo";
/// assert_eq!(signing.open(text, 1_700_000_000)?.value().as_str(), Some("hello"));
/// assert_eq!(signing.sign(&"hello".into(), 1_700_000_000)?, text);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Signing {
    keys: Ring<Key>,
    limits: Limits,
    salt: Vec<u8>,
    compress: bool,
    max_age: Option<Duration>,
}

impl Signing {
    /// Returns what Django uses: the salt `django.core.signing`, no compression, no maximum age; `key` is
    /// `SECRET_KEY`. Keys added with [`and`](Self::and) are `SECRET_KEY_FALLBACKS`.
    #[must_use]
    pub fn new(key: Key) -> Self {
        let salt = b"django.core.signing".into();
        Self { keys: Ring::new(key), limits: Limits::new(), salt, compress: false, max_age: None }
    }

    ring_and_limits!();

    /// Sets the argument `salt`.
    #[must_use]
    pub fn salt(mut self, salt: impl AsRef<[u8]>) -> Self {
        self.salt = salt.as_ref().into();
        self
    }

    /// Sets whether a payload is compressed where that is shorter: the argument `compress`. Both are read.
    #[must_use]
    pub const fn compress(mut self, compress: bool) -> Self {
        self.compress = compress;
        self
    }

    /// Sets the greatest age that opens, in whole seconds: the argument `max_age`.
    #[must_use]
    pub const fn max_age(mut self, age: Duration) -> Self {
        self.max_age = Some(age);
        self
    }

    /// Signs a value, written at `now` in Unix seconds; what `dumps` does.
    ///
    /// # Errors
    ///
    /// - a value nested deeper, or larger, or a text longer than the [limits](Limits) allow
    pub fn sign(&self, value: &Value, now: u64) -> Result<String, SealError> {
        let payload = pack(&write(value, Style::Ascii, &self.limits)?, self.compress, &self.limits)?;
        let context = Context { salt: &[&self.salt], prefix: b"" };
        self.limits.written(context.sign(&self.keys.writer, &payload, now))
    }

    /// Opens a text at `now`, in Unix seconds; what `loads` does.
    ///
    /// # Errors
    ///
    /// - those of [`SignedCookies::open`]
    /// - an authentic text whose payload is not base64, zlib and JSON within the [limits](Limits)
    pub fn open(&self, text: &str, now: u64) -> Result<Opened<Value>, OpenError> {
        self.limits.read(text)?;
        let cut = Cut::new(text)?;
        let key = cut.verify(&self.keys, &Context { salt: &[&self.salt], prefix: b"" });
        let opened = cut.value(key.ok_or(OpenError::NotAuthentic)?, self.max_age, now)?;
        opened.try_map(|payload| Ok(unpack(payload, &self.limits)?))
    }
}

impl fmt::Debug for Signing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signing")
            .field("keys", &self.keys)
            .field("compress", &self.compress)
            .field("max_age", &self.max_age)
            .finish_non_exhaustive()
    }
}
