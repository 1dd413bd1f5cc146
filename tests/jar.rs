//! The cookies of a response, and a request's cookies with what the response changes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod naive_jar;
mod random;

use hardtack::error::LimitError;
use hardtack::{CookieJar, Cookies, SetCookie, SetCookies, tombstone};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use proptest::{prop_assert, prop_assert_eq};

use crate::naive_jar::{Call, GONE, Naive};
use crate::random::config;

fn cookie(line: &str) -> SetCookie<'static> {
    line.parse().unwrap()
}

/// The lines a jar writes.
fn lines(jar: &CookieJar) -> Vec<String> {
    jar.changes().iter().map(ToString::to_string).collect()
}

/// A step in the life of a jar, as text: `+` sets the line, `-` deletes by it, `~` forgets its identity.
fn run(jar: &mut CookieJar, steps: &[&str]) {
    for step in steps {
        let (call, line) = step.split_at(1);
        match call {
            "+" => jar.set(cookie(line)),
            "-" => jar.delete(cookie(line)),
            _ => jar.forget(cookie(line).id()),
        };
    }
}

/// A request, the steps, what `get("a")` and `original("a")` are then, the lines written, and why.
type Row = (&'static str, &'static [&'static str], Option<&'static str>, Option<&'static str>, &'static [&'static str]);

const LIVES: &[(Row, &str)] = &[
    (("a=1; b=2", &[], Some("1"), Some("1"), &[]), "nothing is changed"),
    (("b=2", &[], None, None, &[]), "nothing is there"),
    (("a=1", &["+a=2; Path=/"], Some("2"), Some("1"), &["a=2; Path=/"]), "a change is seen by get alone"),
    (("", &["+a=2"], Some("2"), None, &["a=2"]), "an addition, too"),
    (("", &["+a=2; Path=/", "-a=DELETED; Path=/; Max-Age=0"], None, None, &[]), "added and deleted: no line"),
    (
        ("a=1", &["+a=2; Path=/", "-a=DELETED; Max-Age=0; Path=/"], None, Some("1"), &["a=DELETED; Max-Age=0; Path=/"]),
        "unless the request had it",
    ),
    (
        (
            "a=1",
            &["-a=DELETED; Max-Age=0; Domain=x.org; Path=/p"],
            None,
            Some("1"),
            &["a=DELETED; Max-Age=0; Domain=x.org; Path=/p"],
        ),
        "a tombstone has the Domain and the Path given",
    ),
    (
        ("", &["-a=DELETED; Max-Age=0; Path=/"], None, None, &["a=DELETED; Max-Age=0; Path=/"]),
        "one for a cookie the request does not show is written: its Path may be another",
    ),
    (
        (
            "a=1",
            &["-a=1; Path=/; Secure"],
            None,
            Some("1"),
            &["a=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/"],
        ),
        "the cookie itself is deleted by the tombstone for it",
    ),
    (("", &["+a=2; Path=/", "-a=2; Path=/"], None, None, &[]), "and so is an addition"),
    (
        (
            "a=1",
            &["-a=; Path=/; Expires=1 Jan 1970 00:00:00"],
            None,
            Some("1"),
            &["a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/"],
        ),
        "what has expired since 1970 deletes, as other frameworks write it",
    ),
    (("a=1", &["+a=; Max-Age=0"], None, Some("1"), &["a=; Max-Age=0"]), "set or deleted alike"),
    (
        (
            "a=1",
            &["+a=2; Expires=1 Jan 1970 00:00:01"],
            Some("2"),
            Some("1"),
            &["a=2; Expires=Thu, 01 Jan 1970 00:00:01 GMT"],
        ),
        "what may have lived is set: no clock is asked",
    ),
    (
        (
            "a=1",
            &["+a=2; Expires=1 Jan 1970 00:00:00; Max-Age=5"],
            Some("2"),
            Some("1"),
            &["a=2; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=5"],
        ),
        "Max-Age counts before Expires",
    ),
    (
        ("", &["+a=2; Path=/", "+a=3; Path=/p"], Some("3"), None, &["a=2; Path=/", "a=3; Path=/p"]),
        "one name at two paths is two cookies",
    ),
    (
        ("", &["+a=2; Path=/", "+a=3; Path=/p", "-a=DELETED; Path=/p; Max-Age=0"], Some("2"), None, &["a=2; Path=/"]),
        "each with a life of its own",
    ),
    (
        (
            "a=1",
            &["+a=2; Path=/", "-a=DELETED; Path=/p; Max-Age=0"],
            Some("2"),
            Some("1"),
            &["a=2; Path=/", "a=DELETED; Max-Age=0; Path=/p"],
        ),
        "deleted at one path and set at another, it is set",
    ),
    (
        (
            "a=1",
            &["-a=DELETED; Path=/p; Max-Age=0", "+a=2; Path=/"],
            Some("2"),
            Some("1"),
            &["a=DELETED; Max-Age=0; Path=/p", "a=2; Path=/"],
        ),
        "in either order: a session moved to another path",
    ),
    (("", &["+a=2", "+b=3", "+a=4"], Some("4"), None, &["a=4", "b=3"]), "the order is that of first setting"),
    (
        ("a=1", &["+a=2", "+b=3", "-a=DELETED; Max-Age=0", "+a=5"], Some("5"), Some("1"), &["a=5", "b=3"]),
        "deleted between, too",
    ),
    (("", &["+a=2", "+b=3", "-a=2", "+a=5"], Some("5"), None, &["b=3", "a=5"]), "unless nothing was left of it"),
    (("a=1", &["+a=2", "~a="], Some("1"), Some("1"), &[]), "forgotten, the request's is there again"),
    (("a=1", &["-a=DELETED; Max-Age=0", "~a="], Some("1"), Some("1"), &[]), "so is one that was deleted"),
    (("a=1", &["+a=2; Path=/", "~a="], Some("2"), Some("1"), &["a=2; Path=/"]), "another identity is not"),
    (("a=1; a=0", &[], Some("1"), Some("1"), &[]), "the first of a name"),
    (("a=DELETED; a=0", &[], Some("0"), Some("0"), &[]), "tombstones of the request are absent"),
    (("a=DELETED", &["+a=2", "-a=2"], None, None, &[]), "and are not what the request had"),
    (("a\x01=1; a=0", &[], Some("0"), Some("0"), &[]), "what is refused is absent, too"),
    (("A=1", &["+A=2"], None, None, &["A=2"]), "names differ by letter case"),
    (("=1; 1", &["+a=2"], Some("2"), None, &["a=2"]), "nameless cookies are none of a name"),
];

#[test]
fn lives() {
    for &((request, steps, value, original, written), reason) in LIVES {
        let mut jar = CookieJar::new(request);
        run(&mut jar, steps);
        assert_eq!(jar.get("a"), value, "{request:?} {steps:?}: {reason}");
        assert_eq!(jar.get_bytes("a"), value.map(str::as_bytes), "{request:?} {steps:?} as octets: {reason}");
        assert_eq!(jar.original("a"), original, "{request:?} {steps:?}: {reason}");
        assert_eq!(lines(&jar), written, "{request:?} {steps:?}: {reason}");
        assert_eq!(jar.is_changed(), !written.is_empty(), "{request:?} {steps:?}");
        assert_eq!(jar.clone().into_changes(), *jar.changes(), "{request:?} {steps:?}");
        assert_eq!(jar.get(""), None, "no name is that of a nameless cookie");
    }
}

#[test]
fn a_call_returns_the_change_whose_place_it_takes() {
    let mut jar = CookieJar::new("a=1");
    assert_eq!(jar.set(cookie("a=2")), None, "a cookie of the request is no change");
    assert_eq!(jar.set(cookie("a=3")), Some(cookie("a=2")));
    assert_eq!(jar.delete(cookie("a=DELETED; Max-Age=0")), Some(cookie("a=3")));
    assert_eq!(jar.forget(cookie("a=").id()), Some(cookie("a=DELETED; Max-Age=0")));
    assert_eq!(jar.forget(cookie("a=").id()), None);
    jar.set(cookie("b=1"));
    assert_eq!(jar.delete(cookie("b=")), Some(cookie("b=1")), "taken back");
    assert_eq!(jar.delete(tombstone("c").build().unwrap()), None);
    assert_eq!(lines(&jar), [format!("c={GONE}; Path=/")]);
}

#[test]
fn octets_cost_themselves_alone() {
    let jar = CookieJar::new(b"a=\xFF; b=2; a=3; \xFE=4");
    assert_eq!((jar.get("a"), jar.original("a")), (Some("3"), Some("3")), "the first that is text");
    assert_eq!(jar.get_bytes("a"), Some(b"\xFF".as_slice()), "the first");
    assert_eq!(jar.get("b"), Some("2"));
    assert_eq!(jar.request().count(), 4);
    let jar = CookieJar::new(b"a=\xFF");
    assert_eq!((jar.get("a"), jar.get_bytes("a")), (None, Some(b"\xFF".as_slice())));
    let mut jar = jar;
    jar.set(cookie("a=2"));
    jar.delete(cookie("a="));
    assert_eq!(lines(&jar), [format!("a={GONE}")], "the request had it");
}

#[test]
fn a_jar_is_made_of_whatever_holds_a_header() {
    let expected = CookieJar::new("a=1; b=2");
    let string = String::from("a=1; b=2");
    let jars = [
        CookieJar::new(&string),
        CookieJar::new(b"a=1; b=2"),
        CookieJar::from("a=1; b=2"),
        CookieJar::from(b"a=1; b=2".as_slice()),
        CookieJar::from_fields(["a=1", "", "b=2"]),
        CookieJar::from_fields(&[string]),
    ];
    for jar in jars {
        assert_eq!(jar, expected);
    }
    assert_eq!(CookieJar::default(), CookieJar::new(""));
    assert!(CookieJar::default().request().is_empty());
}

#[test]
fn the_changes_are_taken_out_of_a_jar() {
    let mut jar = CookieJar::new("sid=31d4");
    jar.set(cookie("theme=dark; Path=/"));
    let changes = jar.clone().into_changes();
    assert_eq!(&changes, jar.changes());
    assert_eq!(changes.len(), 1);
}

#[test]
fn debug_shows_no_value() {
    let mut jar = CookieJar::new("sid=31d4");
    jar.set(cookie("sid=8c2e; Path=/"));
    let shown = format!("{jar:?}");
    assert!(!shown.contains("31d4") && !shown.contains("8c2e"), "{shown}");
    assert!(
        shown.starts_with(r#"CookieJar { request: [Pair { name: b"sid", value: <4 octets> }], changes: [SetCookie"#)
    );
}

#[test]
fn a_response_sets_each_cookie_once() {
    let mut cookies = SetCookies::new();
    assert!(cookies.is_empty());
    assert_eq!(cookies.set(cookie("a=1; Path=/")), None);
    assert_eq!(cookies.set(cookie("a=2; Path=/p")), None);
    assert_eq!(cookies.set(cookie("b=3")), None);
    assert_eq!(cookies.set(cookie("a=4; Path=/; Secure")), Some(cookie("a=1; Path=/")));
    assert_eq!(cookies.len(), 3);
    assert_eq!(cookies.get("a"), Some(&cookie("a=4; Path=/; Secure")), "the first that was set");
    assert_eq!(cookies.get("c"), None);
    assert_eq!(cookies.get_id(cookie("a=; Path=/p").id()), Some(&cookie("a=2; Path=/p")));
    assert_eq!(cookies.get_id(cookie("a=").id()), None);
    assert_eq!(cookies.remove(cookie("a=").id()), None);
    assert_eq!(cookies.remove(cookie("a=; Path=/").id()), Some(cookie("a=4; Path=/; Secure")));
    let left: Vec<_> = (&cookies).into_iter().map(ToString::to_string).collect();
    assert_eq!(left, ["a=2; Path=/p", "b=3"], "the others stay in their order");
    let collected: SetCookies<'_> = [cookie("b=1"), cookie("a=2; Path=/p"), cookie("b=3")].into_iter().collect();
    assert_eq!(
        collected.clone().into_iter().map(|cookie| cookie.to_string()).collect::<Vec<_>>(),
        ["b=3", "a=2; Path=/p"]
    );
    let mut extended = cookies.clone();
    extended.extend(collected);
    assert_eq!(extended, cookies, "what is there is replaced where it stands");
}

#[test]
fn a_response_is_checked_against_limits() {
    let cookies: SetCookies<'_> = [cookie("a=1; Path=/"), cookie("b=22")].into_iter().collect();
    let (len, two) = ("a=1; Path=/".len() + "b=22".len(), cookies.len());
    let rows = [
        (two, len, Ok(()), "as much as is allowed"),
        (usize::MAX, usize::MAX, Ok(()), "no limit"),
        (1, len, Err(LimitError::TooMany { count: 2, max: 1 }), "one cookie more"),
        (two, len - 1, Err(LimitError::TooLong { len: 15, max: 14 }), "one octet more"),
        (0, 0, Err(LimitError::TooMany { count: 2, max: 0 }), "the number first"),
    ];
    for (count, len, expected, reason) in rows {
        assert_eq!(cookies.check(count, len), expected, "{reason}");
    }
    assert_eq!(SetCookies::new().check(0, 0), Ok(()), "nothing is within any limit");
    let texts = [
        (1, 15, "the response sets 2 cookies, and at most 1 are allowed; set fewer"),
        (2, 14, "the cookies of the response are 15 octets together, and at most 14 are allowed; shorten them"),
    ];
    for (count, len, text) in texts {
        assert_eq!(cookies.check(count, len).unwrap_err().to_string(), text);
    }
}

fn call() -> impl Strategy<Value = Call> {
    let identity =
        (select(vec!["a", "b", "c"]), select(vec!["", "; Path=/", "; Path=/p", "; Domain=x.org", "; Partitioned"]));
    let life = select(vec![
        "",
        "; Max-Age=9",
        "; Max-Age=0",
        "; Expires=1 Jan 1970 00:00:00",
        "; Expires=1 Jan 2030 00:00:00",
    ]);
    let value = prop_oneof![3 => any::<u8>().prop_map(|value| value.to_string()), 1 => Just("DELETED".to_owned())];
    (0..3_u8, identity, value, life).prop_map(|(call, (name, scope), value, life)| match call {
        0 => Call::Set(format!("{name}={value}{scope}{life}")),
        1 => Call::Delete(format!("{name}={value}{scope}{life}")),
        _ => Call::Forget(format!("{name}={scope}")),
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_jar_is_a_list(
        request in vec((select(vec!["a", "b", "d"]), select(vec!["1", "2", "DELETED"])), 0..4),
        calls in vec(call(), 0..16),
    ) {
        let field: Vec<_> = request.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let field = field.join("; ");
        let mut jar = CookieJar::new(&field);
        let request = request.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let mut naive = Naive { request, ..Naive::default() };
        for call in &calls {
            match call {
                Call::Set(line) => jar.set(cookie(line)),
                Call::Delete(line) => jar.delete(cookie(line)),
                Call::Forget(line) => jar.forget(cookie(line).id()),
            };
            naive.call(call);
            let expected: Vec<_> = naive.changes.iter().map(|line| cookie(line)).collect();
            prop_assert_eq!(jar.changes().iter().cloned().collect::<Vec<_>>(), expected, "{:?}", call);
            for name in ["a", "b", "c", "d"] {
                prop_assert_eq!(jar.get(name), naive.get(name), "{} after {:?}", name, call);
                prop_assert_eq!(jar.get_bytes(name), naive.get(name).map(str::as_bytes));
                prop_assert_eq!(jar.original(name), naive.original(name));
            }
            prop_assert_eq!(jar.is_changed(), !naive.changes.is_empty());
        }
        prop_assert!(jar.request().iter().eq(Cookies::new(field.as_bytes()).iter()), "the request is as it was");
    }

    /// Whatever is added where the request has nothing of it, and deleted by its identity, leaves no line.
    #[test]
    fn added_and_deleted_leaves_no_line(calls in vec(call(), 0..8)) {
        let mut jar = CookieJar::new("d=1");
        let added: Vec<_> = calls.iter().filter_map(|call| if let Call::Set(line) = call { Some(cookie(line)) } else { None }).filter(|cookie| cookie.max_age() != Some(core::time::Duration::ZERO) && !cookie.is_tombstone() && cookie.expires().is_none()).collect();
        for cookie in &added {
            jar.set(cookie.clone());
        }
        let ids: Vec<_> = jar.changes().iter().map(SetCookie::to_tombstone).collect();
        for gone in ids {
            jar.delete(gone);
        }
        prop_assert!(!jar.is_changed(), "{:?}", lines(&jar));
    }
}

/// Fields of a response, a cookie that it does not have yet or has, and why.
#[test]
fn identities_that_differ_have_hashes_that_differ() {
    use std::collections::HashSet;
    use std::hash::{BuildHasher, RandomState};

    let state = RandomState::new();
    let lines = ["a=1", "b=1", "a=1; Domain=b.example", "a=1; Path=/", "a=1; Secure; Partitioned"];
    let hashes: HashSet<_> = lines.iter().map(|line| state.hash_one(cookie(line).id())).collect();
    assert_eq!(hashes.len(), lines.len());
    assert_eq!(
        state.hash_one(cookie("a=1; Max-Age=5").id()),
        state.hash_one(cookie("a=2").id()),
        "as equal as the ids"
    );
}

#[test]
fn a_cookie_is_missing_from_fields_of_other_identities() {
    let rows: &[(&[&[u8]], &str, bool, &str)] = &[
        (&[], "a=1; Path=/", true, "there is no field"),
        (&[b"a=2; Path=/"], "a=1; Path=/", false, "the same, of another value"),
        (&[b"b=1; Path=/", b"a=2; path=/; HttpOnly"], "a=1; Path=/", false, "the second, written otherwise"),
        (&[b"b=1; Path=/"], "a=1; Path=/", true, "another name"),
        (&[b"a=1; Path=/app"], "a=1; Path=/", true, "another path"),
        (&[b"a=1"], "a=1; Path=/", true, "the path of the request"),
        (&[b"a=1; Path=/; Domain=b.example"], "a=1; Path=/", true, "another domain"),
        (&[b"a=1; Path=/; domain=.B.Example"], "a=1; Path=/; Domain=b.example", false, "the same domain"),
        (&[b"a=1; Path=/; Secure; Partitioned"], "a=1; Path=/", true, "another partition"),
        (&[b"a=DELETED; Path=/; Max-Age=0"], "a=1; Path=/", false, "a deletion is of the cookie"),
        (&[b"a=\xFF; Path=/"], "a=1; Path=/", false, "whatever its octets"),
        (&[b"=", b"a=\x01; Path=/"], "a=1; Path=/", true, "what no user agent reads"),
    ];
    for (fields, line, missing, why) in rows {
        let cookies = SetCookies::from_iter([cookie(line)]);
        let names: Vec<_> = cookies.missing_from(fields.iter().copied()).map(SetCookie::name).collect();
        assert_eq!(names == ["a"], *missing, "{why}");
        assert_eq!(SetCookies::new().missing_from(fields.iter().copied()).count(), 0);
    }
}
