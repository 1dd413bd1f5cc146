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

#[cfg(test)]
mod tests {
    use super::*;

    /// Of texts that compress to an octet less at most, and further.
    #[test]
    #[allow(clippy::expect_used, reason = "a test fails by panicking")]
    fn what_is_compressed_is_shorter_with_its_dot() {
        let mut shorter_by = [0; 3];
        for len in 2..40 {
            let json = ["\"", &"a".repeat(len - 2), "\""].concat();
            let gain = len.saturating_sub(deflate(json.as_bytes()).len());
            if let Some(count) = shorter_by.get_mut(gain) {
                *count += 1;
            }
            let packed = pack(&json, true, &Limits::new()).expect("it is small");
            assert_eq!(packed.starts_with('.'), gain > 1, "{json}");
            assert!(!pack(&json, false, &Limits::new()).expect("it is small").starts_with('.'), "only when asked");
            assert_eq!(unpack(&packed, &Limits::new()).expect("it is JSON").to_string(), json);
        }
        assert!(shorter_by.iter().all(|count| *count > 0), "each side of the bound was there: {shorter_by:?}");
    }

    #[test]
    fn no_more_is_packed_than_is_inflated() {
        let limits = Limits::new().inflated(4);
        assert!(pack("1234", false, &limits).is_ok());
        assert_eq!(pack("12345", false, &limits), Err(SealError::TooLarge { len: 5, max: 4 }));
        assert_eq!(pack("123456", false, &limits), Err(SealError::TooLarge { len: 6, max: 4 }));
    }
}
