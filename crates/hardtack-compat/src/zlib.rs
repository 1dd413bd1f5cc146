//! The zlib container (RFC 1950), inflated up to a limit.

use alloc::vec;
use alloc::vec::Vec;

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::stream::{InflateState, inflate as inflate_stream};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};

use crate::error::PayloadError;

/// As Python compresses unless told otherwise. Another deflater writes other octets of the same meaning.
const LEVEL: u8 = 6;

pub(crate) fn deflate(octets: &[u8]) -> Vec<u8> {
    compress_to_vec_zlib(octets, LEVEL)
}

/// Makes no more than `max` octets and one.
pub(crate) fn inflate(mut stream: &[u8], max: usize) -> Result<Vec<u8>, PayloadError> {
    let mut state = InflateState::new_boxed(DataFormat::Zlib);
    let most = max.saturating_add(1);
    let mut octets = vec![0; stream.len().saturating_mul(4).clamp(64, most.max(64)).min(most)];
    let mut len = 0;
    loop {
        let room = octets.get_mut(len..).unwrap_or_default();
        let step = inflate_stream(&mut state, stream, room, MZFlush::None);
        stream = stream.get(step.bytes_consumed..).unwrap_or_default();
        len += step.bytes_written;
        if len > max {
            return Err(PayloadError::TooLarge { max });
        }
        match step.status {
            Ok(MZStatus::StreamEnd) if stream.is_empty() => {
                octets.truncate(len);
                return Ok(octets);
            }
            Ok(MZStatus::StreamEnd) => return Err(PayloadError::TrailingOctets),
            // Room for more, which is not reached twice without progress.
            Ok(_) | Err(MZError::Buf) if len == octets.len() => octets.resize(len.saturating_mul(2).clamp(64, most), 0),
            Ok(MZStatus::Ok) if step.bytes_consumed + step.bytes_written > 0 => {}
            _ => return Err(PayloadError::Zlib),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflates_up_to_the_limit_and_not_beyond() {
        for len in [0, 1, 63, 64, 65, 255, 4096, 40_000] {
            let octets: Vec<u8> = (0..len).map(|at: u32| (at.wrapping_mul(2_654_435_761) >> 24) as u8 % 7).collect();
            let stream = deflate(&octets);
            assert_eq!(inflate(&stream, octets.len()).as_deref(), Ok(&*octets));
            assert_eq!(inflate(&stream, usize::MAX).as_deref(), Ok(&*octets));
            if let Some(max) = octets.len().checked_sub(1) {
                assert_eq!(inflate(&stream, max), Err(PayloadError::TooLarge { max }));
            }
        }
    }

    #[test]
    fn a_stream_is_whole_and_the_last() {
        let stream = deflate(b"abcabcabcabc");
        for cut in 0..stream.len() {
            assert_eq!(inflate(&stream[..cut], 100), Err(PayloadError::Zlib), "cut at {cut}");
        }
        assert_eq!(inflate(&[&*stream, b"\0"].concat(), 100), Err(PayloadError::TrailingOctets));
        assert_eq!(inflate(&[&*stream, &*stream].concat(), 100), Err(PayloadError::TrailingOctets));
        let mut wrong = stream.clone();
        let last = wrong.len() - 1;
        wrong[last] ^= 1;
        assert_eq!(inflate(&wrong, 100), Err(PayloadError::Zlib), "the checksum counts");
        // Raw deflate, gzip, a preset dictionary, nothing.
        for stream in [
            &stream[2..],
            b"\x1F\x8B\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0",
            b"\x78\xBB\0\0\0\0\x03\0\0\0\0\x01",
            b"",
        ] {
            assert_eq!(inflate(stream, 100), Err(PayloadError::Zlib));
        }
    }
}
