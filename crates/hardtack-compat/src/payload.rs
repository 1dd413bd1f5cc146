//! JSON as itsdangerous and Django carry it: base64, compressed where that is shorter.

use alloc::string::String;

use crate::encoding::Base64;
use crate::error::{PayloadError, SealError};
use crate::json::Value;
use crate::json::read::read_octets;
use crate::limits::Limits;
use crate::zlib::{deflate, inflate};

/// The payload of a JSON text: base64, behind a `.` if it is compressed.
pub(crate) fn pack(json: &str, compress: bool, limits: &Limits) -> Result<String, SealError> {
    if json.len() > limits.inflated {
        return Err(SealError::TooLarge { len: json.len(), max: limits.inflated });
    }
    if compress {
        let stream = deflate(json.as_bytes());
        // The dot is an octet, too.
        if stream.len() + 1 < json.len() {
            return Ok([".", &Base64::Url.encode(&stream)].concat());
        }
    }
    Ok(Base64::Url.encode(json.as_bytes()))
}

/// The value of a payload, which is inflated and read no further than the limits.
pub(crate) fn unpack(payload: &str, limits: &Limits) -> Result<Value, PayloadError> {
    if let Some(compressed) = payload.strip_prefix('.') {
        let stream = Base64::Url.decode(compressed).ok_or(PayloadError::Base64)?;
        read_octets(&inflate(&stream, limits.inflated)?, limits.depth)
    } else {
        read_octets(&Base64::Url.decode(payload).ok_or(PayloadError::Base64)?, limits.depth)
    }
}
