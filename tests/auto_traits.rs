//! What every public type can do, wherever it is used.

use core::fmt::{Debug, Display};
use core::hash::Hash;
use core::iter::FusedIterator;
use core::panic::{RefUnwindSafe, UnwindSafe};

use hardtack::error::{LimitError, Part, Requirement, UnknownWord};
use hardtack::iter::{GetAll, Iter, Pairs, Refused, SplitJoined, StrictPairs, Tokenize};
use hardtack::shown::{Exposed, Redacted};
use hardtack::{
    Attribute, AttributeName, Attributes, BuildError, CookieDate, CookieId, CookieJar, CookieTemplate, Cookies,
    DateError, DecodeError, Pair, ParseError, Prefix, SameSite, SerializeError, SetCookie, SetCookieBuilder,
    SetCookies, Tombstones,
};

fn shared<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + Clone + Debug>() {}
fn copied<T: Copy + Eq + Debug>() {}
fn owned_error<T: core::error::Error + Clone + Eq + Hash>() {}
fn hashed<T: Eq + Hash>() {}
fn shown<T: Display>() {}
fn fused<T: FusedIterator + Clone + Debug>() {}

#[test]
fn of_every_public_type() {
    shared::<Attribute<'static>>();
    shared::<Attribute<'static, [u8]>>();
    shared::<AttributeName>();
    shared::<Attributes<'static>>();
    shared::<Attributes<'static, [u8]>>();
    shared::<BuildError>();
    shared::<CookieDate>();
    shared::<CookieId<'static>>();
    shared::<CookieId<'static, [u8]>>();
    shared::<CookieJar>();
    shared::<CookieTemplate<'static>>();
    shared::<Exposed<Pair<'static>>>();
    shared::<LimitError>();
    shared::<Redacted<Cookies<'static>>>();
    shared::<Refused<'static>>();
    shared::<SerializeError>();
    shared::<SetCookies<'static>>();
    #[cfg(feature = "std")]
    shared::<hardtack::SharedJar>();
    shared::<SplitJoined<'static>>();
    shared::<UnknownWord>();
    shared::<Cookies<'static>>();
    shared::<Cookies<'static, [u8]>>();
    shared::<DateError>();
    shared::<DecodeError>();
    shared::<GetAll<'static, 'static>>();
    shared::<Iter<'static>>();
    shared::<Pair<'static>>();
    shared::<Pair<'static, [u8]>>();
    shared::<Pairs<'static>>();
    shared::<ParseError>();
    shared::<Part>();
    shared::<Prefix>();
    shared::<Requirement>();
    shared::<SameSite>();
    shared::<SetCookie<'static>>();
    shared::<SetCookie<'static, [u8]>>();
    shared::<SetCookieBuilder<'static>>();
    shared::<StrictPairs<'static>>();
    shared::<Tokenize<'static>>();
    shared::<Tombstones>();
}

#[cfg(feature = "seal")]
#[test]
fn of_sealed_values() {
    use hardtack::seal::{DuplicateKey, Key, KeyError, KeyRing, OpenError, Opened, SealError, Sealer, Signer};

    fn held<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + Debug>() {}

    held::<Key>();
    held::<KeyRing>();
    shared::<Signer>();
    shared::<Sealer>();
    shared::<Opened<String>>();
    owned_error::<KeyError>();
    owned_error::<DuplicateKey>();
    owned_error::<SealError>();
    owned_error::<OpenError>();
    #[cfg(feature = "serde")]
    owned_error::<hardtack::seal::OpenJsonError>();
}

#[test]
fn of_some() {
    copied::<Pair<'static>>();
    copied::<Pair<'static, [u8]>>();
    copied::<CookieDate>();
    copied::<CookieId<'static>>();
    copied::<CookieId<'static, [u8]>>();
    copied::<CookieTemplate<'static>>();
    copied::<SameSite>();
    copied::<AttributeName>();
    copied::<Prefix>();
    copied::<Tombstones>();
    owned_error::<ParseError>();
    owned_error::<BuildError>();
    owned_error::<DecodeError>();
    owned_error::<DateError>();
    owned_error::<SerializeError>();
    owned_error::<LimitError>();
    owned_error::<UnknownWord>();
    hashed::<Pair<'static>>();
    hashed::<Pair<'static, [u8]>>();
    hashed::<CookieId<'static>>();
    hashed::<CookieTemplate<'static>>();
    hashed::<SetCookie<'static>>();
    hashed::<SetCookie<'static, [u8]>>();
    hashed::<Attributes<'static>>();
    hashed::<CookieDate>();
    shown::<SetCookie<'static>>();
    shown::<CookieDate>();
    shown::<AttributeName>();
    shown::<Prefix>();
    shown::<SameSite>();
    fused::<Pairs<'static>>();
    fused::<StrictPairs<'static, [u8]>>();
    fused::<Iter<'static>>();
    fused::<GetAll<'static, 'static>>();
    fused::<Tokenize<'static, [u8]>>();
    fused::<Refused<'static, [u8]>>();
    fused::<SplitJoined<'static, [u8]>>();
}

/// A pair is two slices; a cookie is small enough to be moved about.
#[test]
fn sizes() {
    let slice = size_of::<&str>();
    assert_eq!(size_of::<Pair<'_>>(), 2 * slice);
    assert_eq!(size_of::<Pair<'_, [u8]>>(), 2 * slice);
    assert!(size_of::<SetCookie<'_>>() <= 136, "{} octets", size_of::<SetCookie<'_>>());
    assert!(size_of::<SetCookie<'_, [u8]>>() <= 136, "{} octets", size_of::<SetCookie<'_, [u8]>>());
    assert!(size_of::<CookieDate>() <= 12, "{} octets", size_of::<CookieDate>());
}
