#![doc = include_str!("../README.md")]
//!
//! # Forms
//!
//! | module | text | name bound | time |
//! |---|---|---|---|
//! | [`itsdangerous`] | `value[.time].signature` | no | [on request](itsdangerous::TimestampSigner) |
//! | [`flask`] (and Quart) | `[.]payload.time.signature` | no | 31 days |
//! | [`django`] cookies | `value:time:signature` | yes | on request |
//! | [`django`] signing | `[.]payload:time:signature` | no | on request |
//! | [`starlette`] | `payload.time.signature` | no | 14 days |
//! | [`bottle`] | `!signature?payload` | no | none |
//! | [`express`] | `s:value.signature` | no | none |
//! | [`fastify`], [`hono`] | `value.signature` | no | none |
//! | [`keygrip`] | `name=value; name.sig=signature` | yes | none |
//! | [`rails`] signed | `envelope--signature` | yes | in the envelope |
//! | [`rails`] encrypted | `ciphertext--nonce--tag` | yes | in the envelope |
//! | [`cookie`] signed | 44 characters of signature, then the value | no | none |
//! | [`cookie`] private | `nonce, ciphertext, tag` | yes | none |
//! | [`biscotti`] signed | `signature, value` | yes | none |
//! | [`biscotti`] encrypted | `nonce, ciphertext, tag` | yes | none |
//!
//! Where the name is not bound, a text can be moved to another cookie of the same key (and salt): one key for one
//! cookie, or one salt for one cookie. Where there is no time, a text opens for as long as its key is in the ring.
//! None of the forms knows that a session was ended: what is copied from a user agent opens until it is too old.
//!
//! # What a reader does
//!
//! - It verifies first, over the octets as they came; decoding, inflating, JSON and times come afterwards.
//! - It takes one text for one meaning: canonical base64, lower-case hexadecimal, numbers without leading zeros, exactly
//!   the parts that the form has. Some frameworks read more than they write; that more is refused.
//! - The form and the configuration say which digest, cipher and derivation; a text never does.
//! - [`Limits`] come before work: octets of text, octets inflated, depth of JSON.
//! - A ring of keys has the writer first. [`Opened::needs_renewal`] says that an older key opened the text.
//! - No clock is read: `now` is passed, in Unix seconds. No error and no Debug output holds a value or a key.

#![forbid(unsafe_code)]

extern crate alloc;

mod aead;
mod dotted;
mod encoding;
mod error;
mod limits;
mod mac;
mod map;
mod opened;
mod payload;
mod secret;
mod zlib;

pub mod biscotti;
pub mod bottle;
pub mod cookie;
pub mod django;
pub mod express;
pub mod fastify;
pub mod flask;
pub mod hono;
pub mod itsdangerous;
pub mod json;
pub mod keygrip;
pub mod rails;
pub mod starlette;

pub use crate::error::{KeyError, OpenError, Part, PayloadError, SealError};
pub use crate::limits::Limits;
pub use crate::mac::Digest;
pub use crate::map::{IntoIter, Map};
pub use crate::opened::Opened;
