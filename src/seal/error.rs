//! What may be wrong with a key, a value to be sealed, or a text to be opened. None holds a value or a key.

use thiserror::Error;

/// Why a key was not made.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum KeyError {
    /// A master secret that is too short to be one.
    #[error("the master secret is {len} octets, but a key needs at least {min}; make one with: openssl rand -hex 32")]
    TooShort {
        /// Octets of the secret that was given.
        len: usize,
        /// The fewest it may have, in octets.
        min: usize,
    },
    /// Text that is no hexadecimal.
    #[error("the key is not hexadecimal; write two digits for every octet, and nothing else")]
    NotHex,
    /// Text that is base64 of neither alphabet.
    #[error("the key is not base64; write it in one alphabet, with all of its padding or none")]
    NotBase64,
    /// No randomness from the operating system, or no operating system.
    #[error("the operating system gives no randomness; make the key from a master secret")]
    NoRandomness,
}

/// Why a key did not join a ring: its id is that of another key of the ring, most likely since it is the same key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[error("the ring has a key with the id of this one already; leave one of them out")]
pub struct DuplicateKey;

/// Why a value was not sealed.
///
/// ```
/// use hardtack::CookieDate;
/// use hardtack::seal::{Key, SealError, Signer};
///
/// let signer = Signer::new(Key::generate()?);
/// let error = signer.seal("note", "a;b", CookieDate::UNIX_EPOCH).unwrap_err();
/// assert_eq!(error, SealError::InvalidValue { byte: b';', offset: 1 });
/// # Ok::<(), hardtack::seal::KeyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum SealError {
    /// No name to bind the value to.
    #[error("the cookie has no name, and a seal is bound to one; name it")]
    EmptyName,
    /// A byte of the name that is not of a token (RFC 6265bis section 4.1.1).
    #[error(
        "byte 0x{byte:02X} at offset {offset} is not allowed in a cookie name; use letters, digits and !#$%&'*+-.^_`|~"
    )]
    InvalidName {
        /// The byte.
        byte: u8,
        /// Its offset in the name, in octets.
        offset: usize,
    },
    /// A byte of a value to be signed that is no cookie-octet (RFC 6265bis section 4.1.1).
    #[error(
        "byte 0x{byte:02X} at offset {offset} is not allowed in a signed value, which stays readable; have the signer percent-encode it, or encrypt it"
    )]
    InvalidValue {
        /// The byte.
        byte: u8,
        /// Its offset in the value, in octets.
        offset: usize,
    },
    /// A name and a sealed value that are longer together than user agents keep (RFC 6265bis section 5.6, step 5).
    #[error(
        "name and sealed value are {len} of {max} octets that user agents keep; shorten the value, or keep it on the server and seal what finds it there"
    )]
    TooLong {
        /// Octets of the name and of the value with its seal, together.
        len: usize,
        /// The most a user agent keeps, in octets.
        max: usize,
    },
    /// A lifetime that ends before the year 1970: the clock is wrong.
    #[error("the seal would expire before 1970-01-01 00:00:01; correct the clock")]
    ExpiresTooEarly,
    /// No randomness for the nonce of an encrypted value.
    #[error("there is no randomness for a nonce; give the sealer a source of nonces")]
    NoRandomness,
    /// A value that could not be written as JSON.
    #[error("the value cannot be written as JSON; its Serialize failed, or a key of a map is no text")]
    NotJson,
}

/// Why a text was not opened.
///
/// What is to be done is the same for all: the cookie is as good as absent. Which it was is for a log, and for whoever
/// rotates keys.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Not the text of a seal of this kind: cut off, lengthened, encoded otherwise, of another kind, or never sealed.
    ///
    /// An authentic text whose octets are not UTF-8 is so, too, where it is opened as `str`.
    #[error("the text is no sealed value of this kind")]
    Malformed,
    /// Sealed with a key that the ring does not have.
    #[error("the value was sealed with a key that is not in the ring")]
    UnknownKey,
    /// Changed since it was sealed, or sealed for a cookie of another name.
    #[error("the value was changed, or sealed for another cookie")]
    NotAuthentic,
    /// Authentic, but past its time.
    #[error("the sealed value has expired")]
    Expired,
}

/// Why a text was not opened as JSON.
#[cfg(feature = "serde")]
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum OpenJsonError {
    /// It was not opened at all.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// What was sealed is no JSON.
    #[error("the sealed value is no JSON at line {line}, column {column}; read it as it was written")]
    NotJson {
        /// The line, counted from 1.
        line: usize,
        /// How many octets of the line had been read.
        column: usize,
    },
    /// What was sealed is JSON, of something else than was asked for.
    #[error(
        "the sealed value is JSON of another shape at line {line}, column {column}; read it as the version that wrote it did"
    )]
    OtherShape {
        /// The line, counted from 1.
        line: usize,
        /// How many octets of the line had been read.
        column: usize,
    },
}
