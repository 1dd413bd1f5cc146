//! Hosts that are addresses: one rule for the Domain that is written and for the host that is asked.

/// Whether the host that begins at `start` is an address, or an attempt at one: two colons are of IPv6, a last label
/// that is a number of IPv4. Constant, for templates are judged when they are compiled.
pub(crate) const fn is_address(text: &[u8], start: usize) -> bool {
    ends_in_a_number(text, start) || is_ipv6(text, start)
}

/// WHATWG URL, "ends in a number": whether the last label, a dot behind it aside, is digits or a number in base 16.
pub(crate) const fn ends_in_a_number(text: &[u8], start: usize) -> bool {
    let mut end = text.len();
    if end > start && text[end - 1] == b'.' {
        end -= 1;
    }
    let mut last = end;
    while last > start && text[last - 1] != b'.' {
        last -= 1;
    }
    let is_hexadecimal = end - last >= 2 && text[last] == b'0' && text[last + 1] | 0x20 == b'x';
    let mut index = if is_hexadecimal { last + 2 } else { last };
    while index < end {
        if !(text[index].is_ascii_digit() || is_hexadecimal && text[index].is_ascii_hexdigit()) {
            return false;
        }
        index += 1;
    }
    last < end
}

const fn is_ipv6(text: &[u8], start: usize) -> bool {
    let mut colons = 0;
    let mut index = start;
    while index < text.len() {
        match text[index] {
            b':' => colons += 1,
            b'.' | b'[' | b']' => {}
            byte if byte.is_ascii_hexdigit() => {}
            _ => return false,
        }
        index += 1;
    }
    colons >= 2
}
