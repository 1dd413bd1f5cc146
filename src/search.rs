//! The two questions asked of every octet of a header, in blocks that compile to vector instructions.
//!
//! Both loops ask "is any octet of this block one?" of a block of fixed size, which the compiler makes one compare, one
//! mask and one branch for 16 octets. The last block overlaps the one before it, so that no loop over single octets
//! follows. The texts searched are short (on 17 popular sites names have 9 octets and values 36, by the median), so that
//! a call of `memchr` costs more than its wider vectors gain: 8.7 against 7.6 times the speed of the baseline in
//! `benches/README.md` on those headers, 10.7 against 9.5 on 30 short pairs. `inline(always)` is a fifth of it.

use crate::bytes::CONTROL;

/// Offset of the first `needle`.
#[inline(always)]
pub(crate) fn find(needle: u8, bytes: &[u8]) -> Option<usize> {
    let mut start = 0;
    for block in bytes.as_chunks::<16>().0 {
        if any(block, |byte| byte == needle) {
            return locate(needle, block).map(|offset| start + offset);
        }
        start += 16;
    }
    if let Some(last) = bytes.last_chunk::<16>() {
        return locate(needle, last).map(|offset| bytes.len() - 16 + offset);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        return locate_in_word(needle, *first)
            .or_else(|| locate_in_word(needle, *last).map(|offset| bytes.len() - 8 + offset));
    }
    bytes.iter().position(|&byte| byte == needle)
}

#[inline(always)]
fn any<const N: usize>(block: &[u8; N], is: impl Fn(u8) -> bool) -> bool {
    block.iter().fold(false, |any, &byte| any | is(byte))
}

#[inline(always)]
fn locate(needle: u8, block: &[u8; 16]) -> Option<usize> {
    let (words, _) = block.as_chunks::<8>();
    let mut start = 0;
    for word in words {
        if let Some(offset) = locate_in_word(needle, *word) {
            return Some(start + offset);
        }
        start += 8;
    }
    None
}

/// The lowest octet that is zero once `needle` is taken out has its high bit set by the subtraction, and none below it.
#[inline(always)]
fn locate_in_word(needle: u8, word: [u8; 8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGHS: u64 = u64::from_ne_bytes([0x80; 8]);
    let word = u64::from_le_bytes(word) ^ (ONES * u64::from(needle));
    let found = word.wrapping_sub(ONES) & !word & HIGHS;
    (found != 0).then(|| found.trailing_zeros() as usize / 8)
}

/// Whether any octet is a control other than HTAB.
///
/// A coarser question comes first, since it takes half the instructions: is anything not printable ASCII? Only a header
/// that holds a tab, an octet beyond ASCII or worse is asked the exact one. One more, seen as signed, DEL and what is
/// beyond ASCII are negative: one comparison tells SP to `~` from the rest.
#[inline(always)]
pub(crate) fn has_control(bytes: &[u8]) -> bool {
    any_octet(bytes, |byte| byte.wrapping_add(1).cast_signed() <= b' '.cast_signed())
        && bytes.iter().fold(false, |any, &byte| any | CONTROL.contains(byte))
}

/// Whether any octet is one.
#[inline(always)]
pub(crate) fn any_octet(bytes: &[u8], is: impl Fn(u8) -> bool + Copy) -> bool {
    let (blocks, rest) = bytes.as_chunks::<64>();
    if blocks.iter().any(|block| any(block, is)) {
        return true;
    }
    if rest.is_empty() {
        return false;
    }
    if let Some(last) = bytes.last_chunk::<64>() {
        return any(last, is);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<32>(), bytes.last_chunk::<32>()) {
        return any(first, is) || any(last, is);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<16>(), bytes.last_chunk::<16>()) {
        return any(first, is) || any(last, is);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        return any(first, is) || any(last, is);
    }
    rest.iter().any(|&byte| is(byte))
}
