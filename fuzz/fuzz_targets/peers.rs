//! Where the crate `cookie` and this one both accept a field of plain ASCII, they agree on name and value.
//!
//! Known differences, which are no findings:
//!
//! | what | `cookie` 0.18.2 | hardtack | why they differ |
//! |---|---|---|---|
//! | a pair without a name or without `=` | an error | a nameless cookie | RFC 6265 section 5.2 ignores it, RFC 6265bis section 5.6 keeps it |
//! | a control byte in a pair | kept | the pair is skipped, a Set-Cookie refused | RFC 6265 says nothing of it, RFC 6265bis section 5.6 drops the cookie |
//! | white space at an end | Unicode's `White_Space` | SP and HTAB | RFC 6265bis trims WSP; the others in ASCII, `0A` to `0D`, are control bytes |
//! | name and value over 4096 octets | kept | refused | RFC 6265bis section 5.6, step 5 |
//! | an attribute over 1024 octets | heeded | ignored | RFC 6265bis section 5.6, step 6 |
//! | Expires, Max-Age, Domain, Path, SameSite | not compared | not compared | each is read by another edition's rules: the date grammar, an unknown SameSite, a Path without `/` |

#![no_main]

use cookie::Cookie;
use hardtack::{SetCookie, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    let Some(field) = str::from_utf8(octets).ok().filter(|field| field.is_ascii()) else { return };
    // Where control bytes are, segments are compared that have none.
    let quiet = |text: &str| text.bytes().all(|octet| octet == b'\t' || !octet.is_ascii_control());
    let fields = if quiet(field) { vec![field] } else { field.split(';').filter(|segment| quiet(segment)).collect() };
    for field in fields {
        let theirs: Vec<_> = Cookie::split_parse(field).filter_map(Result::ok).collect();
        let theirs: Vec<_> = theirs.iter().map(Cookie::name_value).collect();
        let ours: Vec<_> = parse(field).map(|pair| (pair.name(), pair.value())).collect();
        let named: Vec<_> = ours.into_iter().filter(|(name, _)| !name.is_empty()).collect();
        assert_eq!(named, theirs, "a Cookie field");
        if let (Ok(ours), Ok(theirs)) = (SetCookie::parse(field), Cookie::parse(field))
            && !ours.name().is_empty()
        {
            same(field, &ours, &theirs);
        }
    }
});

fn same(field: &str, ours: &SetCookie<'_>, theirs: &Cookie<'_>) {
    assert_eq!((ours.name(), ours.value()), theirs.name_value(), "a Set-Cookie field");
    if field.split(';').skip(1).all(|attribute| attribute.len() <= 1024) {
        assert_eq!(ours.secure(), theirs.secure().unwrap_or_default(), "Secure");
        assert_eq!(ours.http_only(), theirs.http_only().unwrap_or_default(), "HttpOnly");
        assert_eq!(ours.partitioned(), theirs.partitioned().unwrap_or_default(), "Partitioned");
    }
}
