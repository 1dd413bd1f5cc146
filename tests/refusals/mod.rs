//! What a cookie is refused for, its value and its flags aside: a builder refuses it when it is built, a template when
//! it is compiled.

#![allow(dead_code, reason = "each test uses its part")]

use hardtack::AttributeName::{Domain, Path};
use hardtack::error::{Part, Requirement};
use hardtack::{AttributeName, BuildError, Prefix, SameSite, SetCookieBuilder};

/// What is said of a cookie.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Say {
    Domain(&'static str),
    Path(&'static str),
    NoPath,
    Secure,
    HttpOnly,
    SameSite(SameSite),
    Partitioned,
}

impl Say {
    pub(crate) fn of(self, builder: SetCookieBuilder<'_>) -> SetCookieBuilder<'_> {
        match self {
            Self::Domain(domain) => builder.domain(domain),
            Self::Path(path) => builder.path(path),
            Self::NoPath => builder.no_path(),
            Self::Secure => builder.secure(true),
            Self::HttpOnly => builder.http_only(true),
            Self::SameSite(same_site) => builder.same_site(same_site),
            Self::Partitioned => builder.partitioned(true),
        }
    }
}

/// A name, what is said of it, why it is refused, and the rule.
pub(crate) type Row = (&'static str, &'static [Say], BuildError, &'static str);

pub(crate) const fn byte(part: Part, byte: u8, offset: usize) -> BuildError {
    BuildError::InvalidByte { part, byte, offset }
}

const fn attribute_byte(name: AttributeName, octet: u8, offset: usize) -> BuildError {
    byte(Part::Attribute(name), octet, offset)
}

pub(crate) const fn lacks(prefix: Prefix, missing: Requirement) -> BuildError {
    BuildError::Prefix { prefix, missing }
}

pub(crate) const REFUSED: &[Row] = &[
    // The name.
    ("", &[], BuildError::EmptyName, "a server sets no nameless cookie"),
    (" ", &[], byte(Part::Name, b' ', 0), "white space is no name"),
    ("a b", &[], byte(Part::Name, b' ', 1), "a space"),
    ("a=", &[], byte(Part::Name, b'=', 1), "an equals sign"),
    ("ab;c", &[], byte(Part::Name, b';', 2), "a semicolon"),
    ("a\r\nX: y", &[], byte(Part::Name, b'\r', 1), "a line end"),
    ("a\t", &[], byte(Part::Name, b'\t', 1), "a tab"),
    ("\0", &[], byte(Part::Name, 0, 0), "NUL"),
    ("\u{7F}", &[], byte(Part::Name, 0x7F, 0), "DEL"),
    ("aé", &[], byte(Part::Name, 0xC3, 1), "a letter beyond ASCII"),
    ("a[0]", &[], byte(Part::Name, b'[', 1), "a separator of RFC 9110"),
    // Path.
    ("a", &[Say::Path("")], BuildError::RelativePath, "an empty Path"),
    ("a", &[Say::Path("app")], BuildError::RelativePath, "one without its slash"),
    ("a", &[Say::Path("/a;b")], attribute_byte(Path, b';', 2), "a semicolon"),
    ("a", &[Say::Path("/\r\n")], attribute_byte(Path, b'\r', 1), "a line end"),
    ("a", &[Say::Path("/a\tb")], attribute_byte(Path, b'\t', 2), "a tab"),
    ("a", &[Say::Path("/\u{7F}")], attribute_byte(Path, 0x7F, 1), "DEL"),
    ("a", &[Say::Path("/é")], attribute_byte(Path, 0xC3, 1), "a letter beyond ASCII"),
    ("a", &[Say::Path("/a ")], attribute_byte(Path, b' ', 2), "a space at the end, which a reader would trim"),
    ("a", &[Say::Path(" /a")], attribute_byte(Path, b' ', 0), "at the start"),
    ("a", &[Say::Path(" ")], attribute_byte(Path, b' ', 0), "at both"),
    // Domain.
    ("a", &[Say::Domain("")], BuildError::EmptyDomain, "an empty Domain"),
    ("a", &[Say::Domain(".")], BuildError::EmptyDomain, "a dot is no more"),
    ("a", &[Say::Domain("127.0.0.1")], BuildError::IpDomain, "an IPv4 address"),
    ("a", &[Say::Domain(".127.0.0.1")], BuildError::IpDomain, "behind a dot"),
    ("a", &[Say::Domain("127.0.0.1.")], BuildError::IpDomain, "before one"),
    ("a", &[Say::Domain("127.1")], BuildError::IpDomain, "in short"),
    ("a", &[Say::Domain("2130706433")], BuildError::IpDomain, "as one number"),
    ("a", &[Say::Domain("0x7F000001")], BuildError::IpDomain, "in hexadecimal"),
    ("a", &[Say::Domain("127.0.0.0X1")], BuildError::IpDomain, "in part"),
    ("a", &[Say::Domain("0x")], BuildError::IpDomain, "which may be without a digit"),
    ("a", &[Say::Domain("example.1")], BuildError::IpDomain, "a name that ends in a number is none"),
    ("a", &[Say::Domain("::1")], BuildError::IpDomain, "an IPv6 address"),
    ("a", &[Say::Domain("[2001:db8::1]")], BuildError::IpDomain, "as it stands in a URL"),
    ("a", &[Say::Domain("bücher.de")], BuildError::NonAsciiDomain { byte: 0xC3, offset: 1 }, "a letter beyond ASCII"),
    (
        "a",
        &[Say::Domain(".é")],
        BuildError::NonAsciiDomain { byte: 0xC3, offset: 1 },
        "the offset counts the leading dot",
    ),
    ("a", &[Say::Domain("x:y:z")], attribute_byte(Domain, b':', 1), "colons, and letters of no IPv6 address"),
    ("a", &[Say::Domain("x.com:80")], attribute_byte(Domain, b':', 5), "a port"),
    ("a", &[Say::Domain("a_b.com")], attribute_byte(Domain, b'_', 1), "an underscore"),
    ("a", &[Say::Domain("x.com; Secure")], attribute_byte(Domain, b';', 5), "a semicolon"),
    ("a", &[Say::Domain("x\r\n")], attribute_byte(Domain, b'\r', 1), "a line end"),
    ("a", &[Say::Domain(" x.com")], attribute_byte(Domain, b' ', 0), "a space"),
    ("a", &[Say::Domain(".x.com/")], attribute_byte(Domain, b'/', 6), "a path"),
    ("a", &[Say::Domain("..x.com")], BuildError::InvalidLabel { offset: 1 }, "one leading dot is dropped, not two"),
    ("a", &[Say::Domain("x..com")], BuildError::InvalidLabel { offset: 2 }, "an empty label"),
    ("a", &[Say::Domain("x.com.")], BuildError::InvalidLabel { offset: 6 }, "the root's"),
    ("a", &[Say::Domain("-x.com")], BuildError::InvalidLabel { offset: 0 }, "a hyphen first"),
    ("a", &[Say::Domain(".x-.com")], BuildError::InvalidLabel { offset: 1 }, "a hyphen last"),
    ("a", &[Say::Domain("x.-")], BuildError::InvalidLabel { offset: 2 }, "a hyphen alone"),
    // Prefixes, in the order they are asked.
    ("__Secure-a", &[], lacks(Prefix::Secure, Requirement::Secure), "Secure"),
    ("__SECURE-a", &[], lacks(Prefix::Secure, Requirement::Secure), "in any letter case, as user agents compare it"),
    ("__Secure-", &[], lacks(Prefix::Secure, Requirement::Secure), "with nothing behind it"),
    ("__Host-a", &[], lacks(Prefix::Host, Requirement::Secure), "of the host"),
    ("__Host-a", &[Say::Secure, Say::Domain("x.org")], lacks(Prefix::Host, Requirement::NoDomain), "no Domain"),
    ("__Host-a", &[Say::Secure, Say::Path("/p")], lacks(Prefix::Host, Requirement::RootPath), "the root"),
    ("__Host-a", &[Say::Secure, Say::NoPath], lacks(Prefix::Host, Requirement::RootPath), "said aloud"),
    ("__Http-a", &[Say::HttpOnly], lacks(Prefix::Http, Requirement::Secure), "Secure"),
    ("__Http-a", &[Say::Secure], lacks(Prefix::Http, Requirement::HttpOnly), "and HttpOnly"),
    ("__host-http-a", &[Say::Secure], lacks(Prefix::HostHttp, Requirement::HttpOnly), "of the longer one"),
    (
        "__Host-Http-a",
        &[Say::Secure, Say::HttpOnly, Say::Domain("x.org")],
        lacks(Prefix::HostHttp, Requirement::NoDomain),
        "which demands what the shorter does",
    ),
    (
        "__Host-Http-a",
        &[Say::Secure, Say::HttpOnly, Say::Path("/p")],
        lacks(Prefix::HostHttp, Requirement::RootPath),
        "all of it",
    ),
    ("a", &[Say::SameSite(SameSite::None)], BuildError::SameSiteNoneInsecure, "SameSite=None needs Secure"),
    ("a", &[Say::Partitioned], BuildError::PartitionedInsecure, "and so does Partitioned"),
    ("a", &[Say::Partitioned, Say::SameSite(SameSite::Lax)], BuildError::PartitionedInsecure, "whatever SameSite says"),
    ("a", &[Say::Partitioned, Say::SameSite(SameSite::None)], BuildError::SameSiteNoneInsecure, "one at a time"),
];
