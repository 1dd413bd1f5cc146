//! Hosts that are addresses, read as URLs have them.

use core::net::{IpAddr, Ipv4Addr};

use crate::host::ends_in_a_number;

/// A host that a URL takes for an IPv4 address, and none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotAnAddress;

/// The address that a host in ASCII is, with or without the brackets of IPv6; `None` for what is none, such as a name.
///
/// Where the last label is a number, it is an IPv4 address or an error, in all the forms that a URL may have it in:
/// `127.1`, `0x7f.1`, `0177.0.0.1` are `127.0.0.1` (WHATWG URL section 3.5).
pub(crate) fn address(host: &str) -> Option<Result<IpAddr, NotAnAddress>> {
    if let Some(host) = host.strip_prefix('[') {
        return host.strip_suffix(']')?.parse().ok().map(|address| Ok(IpAddr::V6(address)));
    }
    if host.contains(':') {
        return host.parse().ok().map(|address| Ok(IpAddr::V6(address)));
    }
    let labels = host.strip_suffix('.').unwrap_or(host);
    ends_in_a_number(host.as_bytes(), 0).then(|| ipv4(labels).map(IpAddr::V4).ok_or(NotAnAddress))
}

/// Up to four numbers, of which the last fills what the others leave (WHATWG URL, "IPv4 parser").
fn ipv4(text: &str) -> Option<Ipv4Addr> {
    let mut bits = 0_u32;
    let mut room = u32::BITS;
    let mut parts = text.split('.').peekable();
    while let Some(part) = parts.next() {
        let value = number(part)?;
        if parts.peek().is_none() {
            return (room > 0 && value >> room == 0)
                .then(|| u32::try_from(value).ok())
                .flatten()
                .map(|last| Ipv4Addr::from(bits | last));
        }
        room = room.checked_sub(8)?;
        bits |= u32::from(u8::try_from(value).ok()?).checked_shl(room)?;
    }
    None
}

/// A number in base 10, behind `0x` in base 16, behind `0` in base 8 (WHATWG URL, "IPv4 number parser").
///
/// One that is too large for any address saturates.
fn number(text: &str) -> Option<u64> {
    let (digits, radix) = match text.as_bytes() {
        [] => return None,
        [b'0', b'x' | b'X', digits @ ..] => (digits, 16),
        [b'0', digits @ ..] => (digits, 8),
        digits => (digits, 10),
    };
    digits.iter().try_fold(0_u64, |value, &digit| {
        let digit = char::from(digit).to_digit(radix)?;
        Some(value.saturating_mul(u64::from(radix)).saturating_add(u64::from(digit)))
    })
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use super::address;

    #[test]
    fn a_host_that_ends_in_a_number_is_an_address_or_nothing() {
        let rows = [
            ("127.0.0.1", Some(Some("127.0.0.1")), "four numbers"),
            ("127.0.0.1.", Some(Some("127.0.0.1")), "a dot at the end does not matter"),
            ("127.1", Some(Some("127.0.0.1")), "the last number fills what is left"),
            ("127.0.1", Some(Some("127.0.0.1")), "the last number fills two octets"),
            ("1.2.65535", Some(Some("1.2.255.255")), "all of two octets"),
            ("1.2.65536", Some(None), "one more than two octets"),
            ("2130706433", Some(Some("127.0.0.1")), "one number is all of it"),
            ("4294967295", Some(Some("255.255.255.255")), "the largest"),
            ("4294967296", Some(None), "one more than the largest"),
            ("99999999999999999999999999", Some(None), "no number of a machine"),
            ("0x7f.1", Some(Some("127.0.0.1")), "in base 16"),
            ("0X7F.0x0.1", Some(Some("127.0.0.1")), "in base 16, in upper case"),
            ("0300.0250.1", Some(Some("192.168.0.1")), "in base 8"),
            ("0x.0x.0", Some(Some("0.0.0.0")), "nothing behind 0x is zero"),
            ("1.2.3.4.5", Some(None), "five numbers"),
            ("256.0.0.1", Some(None), "more than an octet"),
            ("1.2.3.256", Some(None), "more than the last octet"),
            ("1..2", Some(None), "an empty label"),
            ("1.2..", None, "an empty last label is no number"),
            ("foo.1", Some(None), "a name before the number"),
            ("foo.0x", Some(None), "0x is a number"),
            ("foo.09", Some(None), "digits count as a number, even if they are none in base 8"),
            ("1.foo", None, "a name behind the number"),
            ("foo.1a", None, "a letter behind the digits"),
            ("foo.0xg", None, "no digit of base 16"),
            ("foo", None, "a name"),
            ("", None, "nothing"),
            (".", None, "a dot"),
            ("::1", Some(Some("::1")), "without brackets"),
            ("[::1]", Some(Some("::1")), "with brackets"),
            ("[::1", None, "an open bracket"),
            ("[127.0.0.1]", None, "no IPv6 in the brackets"),
            ("a:80", None, "a colon"),
        ];
        for (host, expected, why) in rows {
            let found = address(host).map(|address| address.ok().map(|address| address.to_string()));
            assert_eq!(found.as_ref().map(Option::as_deref), expected, "{host:?}: {why}");
        }
    }
}
