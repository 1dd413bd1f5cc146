//! Other crates beside this one: on the names and values of a field they agree, or differ in a way that the table in
//! `fuzz/README.md` lists with its reason. Each row of it is a [`Difference`] here.

use std::borrow::Cow;
use std::sync::LazyLock;

use biscotti::{Processor, ProcessorConfig, RequestCookies};
use hardtack::{SetCookie, parse};

use crate::laws::value_codec::naive_percent;
use crate::model;

type Pair<'f> = (Cow<'f, str>, Cow<'f, str>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Peer {
    Cookie,
    Biscotti,
    Kekse,
}

/// What a peer reads of a text, and what hardtack does.
#[derive(Debug)]
struct Read<'f> {
    peer: Peer,
    text: &'f str,
    ours: Option<(&'f str, &'f str)>,
    theirs: Option<Pair<'f>>,
}

/// The rows of the table, in its order.
#[derive(Clone, Copy, Debug)]
enum Difference {
    Nameless,
    Control,
    WhiteSpace,
    TooLong,
    NoToken,
    NoCookieOctet,
    Decoded,
}

const DIFFERENCES: [Difference; 7] = [
    Difference::Nameless,
    Difference::Control,
    Difference::WhiteSpace,
    Difference::TooLong,
    Difference::NoToken,
    Difference::NoCookieOctet,
    Difference::Decoded,
];

impl Difference {
    /// Whether what was read differs in this way, and in no other.
    fn explains(self, read: &Read<'_>) -> bool {
        let trims = read.peer != Peer::Kekse;
        let theirs = read.theirs.as_ref().map(|(name, value)| (&**name, &**value));
        let Some((name, value)) = read.ours else {
            return match self {
                Self::Control => model::has_control(read.text.as_bytes()),
                Self::TooLong => {
                    let (name, value) = model::name_and_value(
                        read.text.as_bytes().split(|&octet| octet == b';').next().unwrap_or_default(),
                    );
                    name.len() + value.len() > 4096
                }
                _ => false,
            };
        };
        let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
        match self {
            Self::Nameless => name.is_empty() && theirs.is_none(),
            Self::WhiteSpace => {
                let trimmed = (name.trim(), value.trim());
                trims && theirs == Some(trimmed).filter(|(name, _)| !name.is_empty())
            }
            Self::NoToken => !trims && !name.bytes().all(model::is_token_octet) && theirs.is_none(),
            Self::NoCookieOctet => {
                let may_stand = |octet| model::is_cookie_octet(octet) || matches!(octet, b' ' | b'\t');
                !trims && !inner.bytes().all(may_stand) && theirs.is_none()
            }
            Self::Decoded => {
                let decoded = String::from_utf8(naive_percent(inner.as_bytes()).0).ok();
                !trims && decoded.as_deref().map(|value| (name, value)) == theirs
            }
            Self::Control | Self::TooLong => false,
        }
    }
}

impl Read<'_> {
    fn judge(&self) {
        let is_same = match (self.ours, &self.theirs) {
            (Some(ours), Some((name, value))) => ours == (name, value),
            (None, None) => true,
            _ => false,
        };
        assert!(is_same || DIFFERENCES.iter().any(|difference| difference.explains(self)), "{self:?}");
    }
}

/// Names and values as they stand.
static PROCESSOR: LazyLock<Processor> = LazyLock::new(|| {
    let mut config = ProcessorConfig::default();
    config.percent_encode = false;
    config.into()
});

pub fn law(octets: &[u8]) {
    let Ok(field) = str::from_utf8(octets) else { return };
    cookie_field(field);
    set_cookie_field(field);
}

/// Every peer cuts at each semicolon, and reads the segments in order.
fn cookie_field(field: &str) {
    let ours = |segment| parse(segment).next().map(|pair| (pair.name(), pair.value()));
    let read = |peer, text, theirs| Read { peer, text, ours: ours(text), theirs }.judge();

    let mut cookies = cookie::Cookie::split_parse(field);
    let mut pairs = kekse::parse_pairs(field);
    let mut all = Vec::new();
    for segment in field.split(';') {
        if !segment.trim().is_empty() {
            let theirs = cookies.next().expect("a segment").ok();
            let theirs = theirs.map(|cookie| (cookie.name().to_owned().into(), cookie.value().to_owned().into()));
            read(Peer::Cookie, segment, theirs);
            let theirs = RequestCookies::parse_header(segment, &PROCESSOR).ok().map(|cookies| one(&cookies, segment));
            all.push(theirs.clone());
            read(Peer::Biscotti, segment, theirs);
        }
        if !segment.trim_matches([' ', '\t']).is_empty() {
            let theirs = pairs.next().expect("a segment").ok();
            read(Peer::Kekse, segment, theirs.map(|(name, value)| (name.into(), value)));
        }
    }
    assert!(cookies.next().is_none() && pairs.next().is_none(), "more than there are segments");

    // biscotti refuses a field for a segment of it.
    let whole = RequestCookies::parse_header(field, &PROCESSOR);
    match (whole, all.into_iter().collect::<Option<Vec<_>>>()) {
        (Ok(whole), Some(all)) => {
            for (name, _) in &all {
                let values = all.iter().filter(|(other, _)| other == name).map(|(_, value)| &**value);
                let theirs = whole.get_all(name).expect("a name that was read");
                assert!(theirs.map(|cookie| cookie.value().to_owned()).eq(values), "{name:?} of a field of several");
            }
        }
        (whole, all) => assert_eq!(whole.is_ok(), all.is_some()),
    }
}

/// The cookie of a segment.
fn one<'f>(cookies: &RequestCookies<'f>, segment: &'f str) -> Pair<'f> {
    let name = segment.split_once('=').map_or(segment, |(name, _)| name).trim();
    let cookie = cookies.get(name).expect("the only one");
    (cookie.name().to_owned().into(), cookie.value().to_owned().into())
}

fn set_cookie_field(field: &str) {
    let ours = SetCookie::parse(field).ok();
    let pair = ours.as_ref().map(|cookie| (cookie.name(), cookie.value()));

    let theirs = cookie::Cookie::parse(field).ok();
    let their_pair = theirs.as_ref().map(|cookie| (cookie.name().into(), cookie.value().into()));
    Read { peer: Peer::Cookie, text: field, ours: pair, theirs: their_pair }.judge();
    if let (Some(ours), Some(theirs)) = (&ours, &theirs) {
        let flags = [theirs.secure(), theirs.http_only(), theirs.partitioned()].map(Option::unwrap_or_default);
        same_flags(Peer::Cookie, field, ours, flags);
    }

    let theirs = kekse::SetCookie::parse(field).ok().map(|reported| reported.value);
    let their_pair = theirs.as_ref().map(|cookie| (cookie.name().into(), cookie.value().into()));
    Read { peer: Peer::Kekse, text: field, ours: pair, theirs: their_pair }.judge();
    if let (Some(ours), Some(theirs)) = (&ours, &theirs) {
        let theirs = theirs.attributes();
        same_flags(Peer::Kekse, field, ours, [theirs.secure, theirs.http_only, theirs.partitioned]);
    }
}

/// The flags are the same, but for attributes too long and those with other white space at an end.
fn same_flags(peer: Peer, field: &str, ours: &SetCookie<'_>, theirs: [bool; 3]) {
    let is_short = |attribute: &str| attribute.len() <= 1024;
    let is_trimmed = |attribute: &str| {
        let name = attribute.split_once('=').map_or(attribute, |(name, _)| name);
        peer == Peer::Kekse || name.trim() == name.trim_matches([' ', '\t'])
    };
    if field.split(';').skip(1).all(|attribute| is_short(attribute) && is_trimmed(attribute)) {
        assert_eq!([ours.secure(), ours.http_only(), ours.partitioned()], theirs, "{peer:?}: flags of {field:?}");
    }
}
