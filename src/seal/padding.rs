//! A value lengthened so that its length says less: `value | 0x80 | 0x00 ..`, the padding of ISO/IEC 7816-4.
//!
//! The last octet that is not zero ends the value, so that every padded text stands for one value.

const END: u8 = 0x80;

/// How many octets a value of so many has with its padding: more than before, and a whole number of buckets.
pub(crate) fn padded_len(len: usize, bucket: usize) -> usize {
    len.saturating_add(1).div_ceil(bucket).saturating_mul(bucket)
}

/// Pads the last octets of `buffer`, so that it has `len` octets.
pub(crate) fn pad(buffer: &mut alloc::vec::Vec<u8>, len: usize) {
    if buffer.len() < len {
        buffer.push(END);
        buffer.resize(len, 0);
    }
}

/// The length of the value without its padding, if it has one.
pub(crate) fn unpadded_len(padded: &[u8]) -> Option<usize> {
    let end = padded.iter().rposition(|&octet| octet != 0)?;
    (*padded.get(end)? == END).then_some(end)
}
