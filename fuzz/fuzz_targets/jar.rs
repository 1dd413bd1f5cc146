//! A jar is a list of lines: whatever is set, deleted and forgotten, in whatever order, its changes are those of the
//! list, in the order of first setting, and a cookie is got as the list has it.

#![no_main]

#[path = "../../tests/naive_jar/mod.rs"]
mod naive_jar;

use arbitrary::Arbitrary;
use hardtack::{CookieJar, Cookies, SetCookie};
use hardtack_fuzz::{Many, Octets};
use libfuzzer_sys::fuzz_target;

use crate::naive_jar::{Call, Naive};

const NAMES: [&str; 3] = ["a", "b", "c"];
const VALUES: [&str; 4] = ["1", "2", "", "DELETED"];
const SCOPES: [&str; 6] = ["", "; Path=/", "; Path=/p", "; Domain=x.org", "; Domain=x.org; Path=/p", "; Partitioned"];
const LIVES: [&str; 6] = [
    "",
    "; Max-Age=9",
    "; Max-Age=0",
    "; Expires=1 Jan 1970 00:00:00",
    "; Expires=1 Jan 2030 00:00:00",
    "; Expires=1 Jan 1970 00:00:00; Max-Age=9",
];

#[derive(Arbitrary, Debug)]
struct Given {
    request: Vec<(u8, u8)>,
    // What no cookie of the list is found in.
    junk: Octets,
    calls: Many<Step, 12>,
}

#[derive(Arbitrary, Debug)]
enum Step {
    Set(u8, u8, u8, u8),
    Delete(u8, u8, u8, u8),
    Forget(u8, u8),
}

fn one<'t>(texts: &[&'t str], at: u8) -> &'t str {
    texts[usize::from(at) % texts.len()]
}

impl Step {
    fn call(&self) -> Call {
        let line = |name, value, scope, life| {
            format!("{}={}{}{}", one(&NAMES, name), one(&VALUES, value), one(&SCOPES, scope), one(&LIVES, life))
        };
        match *self {
            Self::Set(name, value, scope, lifetime) => Call::Set(line(name, value, scope, lifetime)),
            Self::Delete(name, value, scope, lifetime) => Call::Delete(line(name, value, scope, lifetime)),
            Self::Forget(name, scope) => Call::Forget(format!("{}={}", one(&NAMES, name), one(&SCOPES, scope))),
        }
    }
}

fuzz_target!(|given: Given| {
    let request: Vec<(String, String)> = given
        .request
        .iter()
        .map(|(name, value)| (one(&NAMES, *name).to_owned(), one(&VALUES, *value).to_owned()))
        .collect();
    let field: Vec<_> = request.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut jar = CookieJar::new(&field.join("; "));
    let mut naive = Naive { request, changes: Vec::new() };
    for step in &given.calls.0 {
        let call = step.call();
        run(&mut jar, &call);
        naive.call(&call);
        let expected: Vec<SetCookie<'static>> = naive.changes.iter().map(|line| cookie(line)).collect();
        assert!(jar.changes().iter().eq(&expected), "{:?} are not {expected:?}", jar.changes());
        assert_eq!(jar.is_changed(), !expected.is_empty());
        for name in NAMES {
            assert_eq!(jar.get(name), naive.get(name), "{name} after {call:?}");
            assert_eq!(jar.get_bytes(name), naive.get(name).map(str::as_bytes));
            assert_eq!(jar.original(name), naive.original(name));
        }
        let ids: Vec<_> = jar.changes().iter().map(SetCookie::id).collect();
        assert!(ids.iter().enumerate().all(|(at, id)| !ids[..at].contains(id)), "one of each identity");
    }

    // Of whatever is in a request, each cookie is got as it stands there, and one that is no text costs itself alone.
    let jar = CookieJar::new(&given.junk.0);
    for pair in Cookies::new(&given.junk.0) {
        let Ok(name) = str::from_utf8(pair.name()) else { continue };
        assert_eq!(jar.get_bytes(name), Cookies::new(&given.junk.0).get(name));
        let mut values = Cookies::new(&given.junk.0).get_all(name).filter_map(|value| str::from_utf8(value).ok());
        assert_eq!(jar.get(name), values.next());
    }
});

fn cookie(line: &str) -> SetCookie<'static> {
    line.parse().expect("the tables hold cookies")
}

fn run(jar: &mut CookieJar, call: &Call) {
    match call {
        Call::Set(line) => jar.set(cookie(line)),
        Call::Delete(line) => jar.delete(cookie(line)),
        Call::Forget(line) => jar.forget(cookie(line).id()),
    };
}
