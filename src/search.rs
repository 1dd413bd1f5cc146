//! The questions asked of every octet of a header, in blocks that compile to vector instructions.
//!
//! `find` searches 16 octets and more by `memchr`'s searcher for SSE2: it is there wherever SSE2 is part of the target,
//! needs no choice at run time and so is compiled into the loop around it, where `memchr::memchr` jumps through a
//! pointer. Shorter texts are searched by words, other targets by blocks of fixed size, of which the compiler makes one
//! compare, one mask and one branch for 16 octets. The last block overlaps the one before it, so that no loop over
//! single octets follows. `inline(always)` is a fifth of it. `benches/README.md` says what each is worth.

use crate::bytes::CONTROL;

/// Offset of the first `needle`.
#[inline(always)]
pub(crate) fn find(needle: u8, bytes: &[u8]) -> Option<usize> {
    if bytes.len() >= 16 {
        return find_in_blocks(needle, bytes);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        return locate_in_word(needle, *first)
            .or_else(|| locate_in_word(needle, *last).map(|offset| bytes.len() - 8 + offset));
    }
    bytes.iter().position(|&byte| byte == needle)
}

/// Offset of the first `needle` among 16 octets or more.
#[cfg(all(target_arch = "x86_64", target_feature = "sse2", not(hardtack_portable)))]
#[inline(always)]
fn find_in_blocks(needle: u8, bytes: &[u8]) -> Option<usize> {
    memchr::arch::x86_64::sse2::memchr::One::new(needle)?.find(bytes)
}

/// Offset of the first `needle` among 16 octets or more.
#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2", not(hardtack_portable))))]
#[inline(always)]
fn find_in_blocks(needle: u8, bytes: &[u8]) -> Option<usize> {
    let mut start = 0;
    for block in bytes.as_chunks::<16>().0 {
        if any(block, |byte| byte == needle) {
            return locate(needle, block).map(|offset| start + offset);
        }
        start += 16;
    }
    let last = bytes.last_chunk::<16>()?;
    locate(needle, last).map(|offset| bytes.len() - 16 + offset)
}

#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2", not(hardtack_portable))))]
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
/// A coarser question comes first: is anything not printable ASCII? Only a header that holds a tab, an octet beyond
/// ASCII or worse is asked the exact one.
#[inline(always)]
pub(crate) fn has_control(bytes: &[u8]) -> bool {
    is_odd(bytes) && holds_control(bytes)
}

/// The exact question, out of the way of the loops around the coarser one.
#[cold]
fn holds_control(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |any, &byte| any | CONTROL.contains(byte))
}

/// Whether any octet is not printable ASCII.
///
/// Of many blocks that is the greatest octet's to say, once SP is taken off each: what is below SP is then the greatest
/// of all. A maximum takes an instruction less than a comparison, but some more in the end.
#[inline(always)]
fn is_odd(bytes: &[u8]) -> bool {
    const TILDE: u8 = b'~' - b' ';
    let odd = |byte: u8| byte.wrapping_sub(b' ') > TILDE;
    if let Some(last) = bytes.last_chunk::<32>() {
        let blocks = bytes.as_chunks::<32>().0.as_flattened();
        let greatest = blocks.iter().fold(0, |most: u8, byte| most.max(byte.wrapping_sub(b' ')));
        return (greatest > TILDE) | any(last, odd);
    }
    any_octet(bytes, odd)
}

#[inline(always)]
fn any<const N: usize>(block: &[u8; N], is: impl Fn(u8) -> bool) -> bool {
    block.iter().fold(false, |any, &byte| any | is(byte))
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
