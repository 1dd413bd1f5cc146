//! Why a text was not opened, not written, or a key not taken. None holds a value or a key.

use thiserror::Error;

/// Why a cookie's text was not opened.
///
/// Everything but [`TooLong`](Self::TooLong) and [`Malformed`](Self::Malformed) was decided after the tag: an error that
/// speaks of time or payload is about a text that one of the keys wrote.
///
/// ```
/// use hardtack_compat::django::{Key, SignedCookies};
/// use hardtack_compat::{OpenError, Part};
///
/// let cookies = SignedCookies::new(Key::new("k")?);
/// let error = cookies.open("theme", "dark", 1_700_000_000).unwrap_err();
/// assert_eq!(error, OpenError::Malformed { part: Part::Signature });
/// assert_eq!(error.to_string(), "the signature is missing, or not in its canonical form");
/// # Ok::<(), hardtack_compat::KeyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// A text longer than [`Limits`](crate::Limits) allow; nothing of it was looked at.
    #[error("the text is {len} octets, of which at most {max} are read")]
    TooLong {
        /// Octets of the text.
        len: usize,
        /// The most that is read, in octets.
        max: usize,
    },
    /// A text that is not of this form: a part missing or one too many, or not the one text for its octets.
    #[error("the {part} is missing, or not in its canonical form")]
    Malformed {
        /// The first part that is not as it should be.
        part: Part,
    },
    /// A text that none of the keys wrote under this name, salt and digest.
    #[error("no key of the ring wrote this text")]
    NotAuthentic,
    /// A text that was written, or was to end, too long ago.
    #[error("the text has expired")]
    Expired,
    /// A text that was written after `now`, in a form that refuses those.
    #[error("the text was written in the future")]
    FromFuture,
    /// A text written for a cookie of another name.
    #[error("the text was written for a cookie of another name")]
    OtherName,
    /// An authentic text whose payload is not what the form puts there.
    #[error(transparent)]
    Payload(#[from] PayloadError),
}

/// The part of a text that an error speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Part {
    /// What a form begins with: `s:`, `!`.
    Prefix,
    /// The time of writing.
    Time,
    /// The signature.
    Signature,
    /// The nonce of an encrypted text.
    Nonce,
    /// The tag of an encrypted text.
    Tag,
    /// The encrypted octets, or nonce, octets and tag in one.
    Ciphertext,
    /// The cookie itself.
    Cookie,
}

impl core::fmt::Display for Part {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Prefix => "prefix",
            Self::Time => "time",
            Self::Signature => "signature",
            Self::Nonce => "nonce",
            Self::Tag => "tag",
            Self::Ciphertext => "ciphertext",
            Self::Cookie => "cookie",
        })
    }
}

/// Why the payload of an authentic text was not read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PayloadError {
    /// Not the one base64 text of its octets: foreign characters, padding, bits that are not zero at the end.
    #[error("the payload is not canonical base64")]
    Base64,
    /// Not one whole zlib stream, checksum included.
    #[error("the payload is not a zlib stream")]
    Zlib,
    /// Octets after the end of the zlib stream.
    #[error("the payload goes on after its zlib stream")]
    TrailingOctets,
    /// More octets once inflated than [`Limits`](crate::Limits) allow; no more than those were made.
    #[error("the payload inflates to more than {max} octets")]
    TooLarge {
        /// The most that is inflated, in octets.
        max: usize,
    },
    /// Octets that are not UTF-8.
    #[error("the payload is not UTF-8")]
    NotUtf8,
    /// Not JSON: `NaN`, a surrogate alone, anything after the value.
    #[error("the payload is not JSON")]
    Json,
    /// JSON whose lists and maps are nested deeper than [`Limits`](crate::Limits) allow.
    #[error("the payload is nested deeper than {max}")]
    TooDeep {
        /// The deepest that is read.
        max: usize,
    },
    /// A tagged value whose content is not what the tag says.
    #[error("the content of the tag \"{tag}\" is not what the tag says")]
    Tag {
        /// The tag, with the space it begins with.
        tag: &'static str,
    },
    /// JSON of another kind than the form has: a session that is no map, an envelope without its message.
    #[error("the payload is JSON of another kind")]
    Kind,
}

/// Why a value was not written. What is written can be read with the same [`Limits`](crate::Limits).
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SealError {
    /// A text longer than is read.
    #[error("the text would be {len} octets, of which at most {max} are read; keep the data on the server")]
    TooLong {
        /// Octets of the text.
        len: usize,
        /// The most that is read, in octets.
        max: usize,
    },
    /// A payload larger than is inflated.
    #[error("the payload is {len} octets, of which at most {max} are inflated; keep the data on the server")]
    TooLarge {
        /// Octets of the payload.
        len: usize,
        /// The most that is inflated, in octets.
        max: usize,
    },
    /// Lists and maps nested deeper than is read.
    #[error("the value is nested deeper than {max}")]
    TooDeep {
        /// The deepest that is read.
        max: usize,
    },
    /// A character that this form cannot carry.
    #[error("byte 0x{byte:02X} at offset {offset} cannot be carried by this form")]
    InvalidByte {
        /// The byte.
        byte: u8,
        /// Its offset in the name or value, in octets.
        offset: usize,
    },
    /// An empty value, in a form whose reader takes it for a text that was cut.
    #[error("an empty value is not read in this form")]
    EmptyValue,
    /// A time that the form has no text for.
    #[error("the time is outside the years 1 to 9999")]
    Time,
    /// The operating system gave no random octets for a nonce.
    #[error("no random octets for a nonce")]
    NoRandomness,
}

/// Why octets were not taken as a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum KeyError {
    /// Fewer octets than the form needs.
    #[error("a key of {len} octets, where at least {min} are needed")]
    TooShort {
        /// Octets given.
        len: usize,
        /// Octets needed.
        min: usize,
    },
}
