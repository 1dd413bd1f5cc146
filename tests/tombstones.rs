//! The cookie that deletes a cookie: written, and recognized.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use core::time::Duration;

use hardtack::{
    BuildError, CookieDate, Cookies, DELETED, Pair, SameSite, SetCookie, SetCookieBuilder, Tombstones, parse, tombstone,
};

const GONE: &str = "DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0";

type Build = fn() -> SetCookieBuilder<'static>;

/// What is built, what it adds to name and value, and why.
const BUILT: &[(Build, &str, &str, &str)] = &[
    (|| tombstone("sid"), "sid", "; Path=/", "a plain cookie"),
    (|| tombstone(String::from("sid")), "sid", "; Path=/", "an owned name"),
    (|| tombstone("sid").path("/app"), "sid", "; Path=/app", "below a path"),
    (|| tombstone("sid").no_path(), "sid", "", "in the directory of the request"),
    (|| tombstone("sid").domain(".X.org"), "sid", "; Domain=x.org; Path=/", "of a domain"),
    (|| tombstone("__Secure-sid"), "__Secure-sid", "; Path=/; Secure", "a prefix demands Secure"),
    (
        || tombstone("__Secure-sid").domain("x.org").path("/p"),
        "__Secure-sid",
        "; Domain=x.org; Path=/p; Secure",
        "and nothing else",
    ),
    (|| tombstone("__Secure-sid").secure(true), "__Secure-sid", "; Path=/; Secure", "said aloud, it is said once"),
    (|| tombstone("__HOST-sid"), "__HOST-sid", "; Path=/; Secure", "in any letter case"),
    (|| tombstone("__Http-sid"), "__Http-sid", "; Path=/; Secure; HttpOnly", "one demands HttpOnly"),
    (|| tombstone("__Host-Http-sid"), "__Host-Http-sid", "; Path=/; Secure; HttpOnly", "the longest too"),
    (|| tombstone("sid").partitioned(true), "sid", "; Path=/; Secure; Partitioned", "a partition demands Secure"),
    (|| tombstone("sid").flag("Partitioned"), "sid", "; Path=/; Secure; Partitioned", "as a flag too"),
    (
        || tombstone("sid").same_site(SameSite::None),
        "sid",
        "; Path=/; Secure; SameSite=None",
        "and so does SameSite=None",
    ),
    (|| tombstone("sid").same_site(SameSite::Lax), "sid", "; Path=/; SameSite=Lax", "no other SameSite does"),
    (|| tombstone("sid").http_only(true), "sid", "; Path=/; HttpOnly", "what is not demanded may be said"),
    (|| tombstone("sid").flag("x=y"), "sid", "; Path=/; x=y", "as may anything"),
];

#[test]
fn built() {
    for &(build, name, attributes, reason) in BUILT {
        let gone = build().build().unwrap();
        assert_eq!(gone.to_string(), format!("{name}={GONE}{attributes}"), "{reason}");
        assert!(gone.is_tombstone(), "{gone}: {reason}");
        assert_eq!(gone.expires(), Some(CookieDate::UNIX_EPOCH), "{gone}: {reason}");
        assert_eq!(gone.max_age(), Some(Duration::ZERO), "{gone}: {reason}");
    }
    assert_eq!(DELETED, "DELETED");
}

/// No other cookie is given what a deletion is.
#[test]
fn nothing_is_added_to_a_living_cookie() {
    let living = SetCookie::builder("__Secure-sid", "").expires(CookieDate::UNIX_EPOCH).max_age(Duration::ZERO);
    assert!(matches!(living.build(), Err(BuildError::Prefix { .. })));
    for value in [DELETED, "\"DELETED\""] {
        let reserved = SetCookie::builder("sid", value).expires(CookieDate::UNIX_EPOCH).max_age(Duration::ZERO);
        assert_eq!(
            reserved.build(),
            Err(BuildError::ReservedValue),
            "what is written is read: only a tombstone says so"
        );
    }
    let still = tombstone("sid").expires(CookieDate::MAX).max_age(Duration::MAX).build().unwrap();
    assert_eq!(still.to_string(), format!("sid={GONE}; Path=/"), "a tombstone is never alive");
    assert_eq!(SetCookie::builder("sid", "1").partitioned(true).build(), Err(BuildError::PartitionedInsecure));
}

/// A cookie as it was set, what deletes it, and why.
const OF_A_COOKIE: &[(&str, &str, &str)] = &[
    ("sid=1", "sid=GONE", "no Path, where none was set"),
    ("sid=1; Path=/app", "sid=GONE; Path=/app", "its Path"),
    ("sid=1; Domain=.X.org; Path=/", "sid=GONE; Domain=x.org; Path=/", "its Domain"),
    ("sid=1; Expires=9 Jun 2027 10:18:14; Max-Age=60", "sid=GONE", "not its life"),
    ("sid=1; Secure; HttpOnly", "sid=GONE", "not what does not tell it from others"),
    ("sid=1; Priority=High", "sid=GONE", "not what is unknown"),
    ("sid=1; SameSite=Lax", "sid=GONE", "not a SameSite that lets it be deleted from its own site"),
    ("sid=1; SameSite=Strict", "sid=GONE", "nor the strictest"),
    ("sid=1; SameSite=None; Secure", "sid=GONE; Secure; SameSite=None", "but the one that is set from another site"),
    ("sid=1; SameSite=None", "sid=GONE; Secure; SameSite=None", "which needs Secure"),
    ("sid=1; Secure; Partitioned", "sid=GONE; Secure; Partitioned", "its partition"),
    ("sid=1; Partitioned", "sid=GONE; Secure; Partitioned", "which needs Secure"),
    ("__Secure-sid=1; Secure; HttpOnly", "__Secure-sid=GONE; Secure", "a prefix demands Secure"),
    ("__host-sid=1; Secure; Path=/", "__host-sid=GONE; Path=/; Secure", "in any letter case"),
    ("__Http-sid=1; Secure; HttpOnly; Path=/p", "__Http-sid=GONE; Path=/p; Secure; HttpOnly", "or HttpOnly"),
    ("__Host-Http-sid=1; Secure; HttpOnly; Path=/", "__Host-Http-sid=GONE; Path=/; Secure; HttpOnly", "or both"),
    ("bare; Path=/", "GONE; Path=/", "a nameless cookie by a nameless one"),
    ("=a=b", "GONE", "whatever its value"),
    ("a b=1; Domain=\"x\"; Path=/\u{e9}", "a b=GONE; Domain=\"x\"; Path=/\u{e9}", "one no server should have set"),
    ("sid=DELETED; Path=/p", "sid=GONE; Path=/p", "one that is deleted already"),
];

#[test]
fn of_a_cookie() {
    for &(text, expected, reason) in OF_A_COOKIE {
        let cookie = SetCookie::parse(text).unwrap();
        let gone = cookie.to_tombstone();
        assert_eq!(gone.to_string(), expected.replace("GONE", GONE), "{text:?}: {reason}");
        assert!(gone.is_tombstone(), "{text:?}: {reason}");
        assert_eq!(
            (gone.name(), gone.domain(), gone.path(), gone.partitioned()),
            (cookie.name(), cookie.domain(), cookie.path(), cookie.partitioned()),
            "{text:?} is told by these"
        );
        assert_eq!(SetCookie::parse(&gone.to_string()).as_ref(), Ok(&gone), "{text:?} reads back: {reason}");
        assert_eq!(gone.to_tombstone(), gone, "{text:?} once is enough: {reason}");
        let octets = SetCookie::parse(text.as_bytes()).unwrap().to_tombstone();
        let mut written = Vec::new();
        octets.append_to(&mut written);
        assert_eq!(written, gone.to_string().as_bytes(), "{text:?} as octets: {reason}");
    }
    let octets = SetCookie::parse(b"n\xFF=1; Path=/\xE9").unwrap().to_tombstone();
    assert_eq!((octets.name(), octets.path()), (b"n\xFF".as_slice(), Some(b"/\xE9".as_slice())));
}

/// A name so long that the word no longer fits: deleted by an empty value.
#[test]
fn of_a_cookie_with_a_long_name() {
    for (len, value) in [(4089, "DELETED"), (4090, ""), (4096, "")] {
        let text = format!("{}=", "n".repeat(len));
        let gone = SetCookie::parse(&text).unwrap().to_tombstone();
        assert_eq!(gone.value(), value, "a name of {len} octets");
        assert_eq!(gone.is_tombstone(), !value.is_empty(), "a name of {len} octets");
        assert_eq!(SetCookie::parse(&gone.to_string()), Ok(gone), "a name of {len} octets");
    }
    let named = |len| tombstone("n".repeat(len)).build().map(|gone| gone.value().len());
    assert_eq!(named(4089), Ok(7));
    assert_eq!(named(4090), Ok(0));
    assert_eq!(named(4096), Ok(0));
    assert_eq!(named(4097), Err(BuildError::PairTooLong { len: 4097, max: 4096 }));
}

/// A value, whether it is a tombstone, whether one by the rule of containing, and why.
const RECOGNIZED: &[(&str, bool, bool, &str)] = &[
    ("DELETED", true, true, "the word"),
    ("\"DELETED\"", true, true, "in quotes"),
    ("", false, false, "nothing"),
    ("\"\"", false, false, "nothing in quotes"),
    ("DELETE", false, false, "a shorter word"),
    ("ELETED", false, false, "its end"),
    ("deleted", false, false, "in another case"),
    ("DELETEd", false, false, "or half of it"),
    ("DELETED1", false, true, "a longer one"),
    ("1DELETED", false, true, "behind another"),
    ("xxDELETED", false, true, "as long as the word in quotes"),
    ("\"DELETED", false, true, "an open quote"),
    ("DELETED\"", false, true, "a closing one"),
    ("'DELETED'", false, true, "quotes of another kind"),
    ("\"\"DELETED\"\"", false, true, "two pairs of them"),
    ("\"DELETE\"", false, false, "too short in quotes"),
    ("\"deleted\"", false, false, "as long in another case"),
    ("DELE TED", false, false, "the word in two"),
    ("%44ELETED", false, false, "nothing is decoded"),
];

#[test]
fn recognized() {
    for &(value, exact, containing, reason) in RECOGNIZED {
        let header = format!("a={value}");
        let pair = parse(&*header).next().unwrap();
        assert_eq!(pair.is_tombstone(), exact, "{value:?}: {reason}");
        assert_eq!(parse(header.as_bytes()).all(Pair::is_tombstone), exact, "{value:?} as octets: {reason}");
        assert_eq!(SetCookie::parse(&header).unwrap().is_tombstone(), exact, "{value:?} set: {reason}");
        let cookies = Cookies::new(&*header);
        assert_eq!(cookies.get("a").is_none(), exact, "{value:?}: {reason}");
        assert_eq!(cookies.tombstones(Tombstones::Containing).get("a").is_none(), containing, "{value:?}: {reason}");
        assert_eq!(cookies.tombstones(Tombstones::Keep).get("a"), Some(value), "{value:?}: {reason}");
    }
    let nameless = parse("DELETED").next().unwrap();
    assert!(nameless.is_tombstone() && nameless.name().is_empty(), "a nameless one is one too");
    assert_eq!(Cookies::new("DELETED; a=1").iter().count(), 1);
}

/// From the response that deletes to the request that would still carry it.
#[test]
fn both_directions() {
    for name in ["sid", "__Secure-sid", "__Host-sid", "__Http-sid", "__Host-Http-sid"] {
        let field = tombstone(name).build().unwrap().to_string();
        let pair = field.split(';').next().unwrap();
        let request = format!("theme=dark; {pair}");
        assert_eq!(Cookies::new(&*request).get(name), None, "{request}");
        assert_eq!(Cookies::new(&*request).get("theme"), Some("dark"), "{request}");
    }
}
