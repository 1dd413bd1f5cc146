//! A jar is a list of lines: whatever is set, deleted and forgotten, in whatever order, its changes are those of the
//! list, in the order of first setting, and a cookie is got as the list has it.

use std::cell::RefCell;
use std::collections::HashMap;

use arbitrary::Arbitrary;
use hardtack::{CookieJar, Cookies, SetCookie};

use crate::made_up::{Many, Octets};
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
pub enum Given {
    Calls {
        request: Vec<(u8, u8)>,
        steps: Many<Step, 12>,
    },
    /// What no cookie of the list is found in.
    Junk(Octets),
}

#[derive(Arbitrary, Debug)]
pub enum Step {
    Set(u8, u8, u8, u8),
    Delete(u8, u8, u8, u8),
    Forget(u8, u8),
}

fn one<'t>(texts: &[&'t str], at: u8) -> &'t str {
    texts[usize::from(at) % texts.len()]
}

impl Step {
    fn name(&self) -> &'static str {
        let (Self::Set(name, ..) | Self::Delete(name, ..) | Self::Forget(name, _)) = *self;
        one(&NAMES, name)
    }

    fn call(&self) -> Call {
        let line = |value, scope, life| {
            [self.name(), "=", one(&VALUES, value), one(&SCOPES, scope), one(&LIVES, life)].concat()
        };
        match *self {
            Self::Set(_, value, scope, lifetime) => Call::Set(line(value, scope, lifetime)),
            Self::Delete(_, value, scope, lifetime) => Call::Delete(line(value, scope, lifetime)),
            Self::Forget(_, scope) => Call::Forget([self.name(), "=", one(&SCOPES, scope)].concat()),
        }
    }
}

pub fn law(given: &Given) {
    match given {
        Given::Calls { request, steps } => called(request, &steps.0),
        Given::Junk(field) => read(&field.0),
    }
}

fn called(request: &[(u8, u8)], steps: &[Step]) {
    let pair = |&(name, value): &(u8, u8)| (one(&NAMES, name).to_owned(), one(&VALUES, value).to_owned());
    let request: Vec<_> = request.iter().map(pair).collect();
    let field: Vec<_> = request.iter().map(|(name, value)| [name, "=", value].concat()).collect();
    let mut jar = CookieJar::new(&field.join("; "));
    let mut naive = Naive { request, changes: Vec::new() };
    for step in steps {
        let call = step.call();
        run(&mut jar, &call);
        naive.call(&call);
        assert_eq!(jar.changes().len(), naive.changes.len(), "{:?} are not {:?}", jar.changes(), naive.changes);
        for (change, line) in jar.changes().iter().zip(&naive.changes) {
            with_cookie(line, |expected| assert_eq!(change, expected, "{line}"));
        }
        assert_eq!(jar.is_changed(), !naive.changes.is_empty());
        // What is done to one name changes none of the others.
        for name in NAMES {
            assert_eq!(jar.get(name), naive.get(name), "{name} after {call:?}");
        }
        let name = step.name();
        assert_eq!(jar.get_bytes(name), naive.get(name).map(str::as_bytes));
        assert_eq!(jar.original(name), naive.original(name));
    }
    let ids: Vec<_> = jar.changes().iter().map(SetCookie::id).collect();
    assert!(ids.iter().enumerate().all(|(at, id)| !ids[..at].contains(id)), "one of each identity");
}

/// Of whatever is in a request, each cookie is got as it stands there, and one that is no text costs itself alone.
fn read(field: &[u8]) {
    let jar = CookieJar::new(field);
    let cookies = Cookies::new(field);
    for pair in cookies.into_iter().take(8) {
        let Ok(name) = str::from_utf8(pair.name()) else { continue };
        assert_eq!(jar.get_bytes(name), cookies.get(name));
        let mut values = cookies.get_all(name).filter_map(|value| str::from_utf8(value).ok());
        assert_eq!(jar.get(name), values.next());
    }
}

/// The cookie of a line. The tables make few lines, which are parsed once.
fn with_cookie<R>(line: &str, then: impl FnOnce(&SetCookie<'static>) -> R) -> R {
    thread_local! {
        static PARSED: RefCell<HashMap<String, SetCookie<'static>>> = RefCell::default();
    }
    PARSED.with_borrow_mut(|parsed| {
        if let Some(cookie) = parsed.get(line) {
            return then(cookie);
        }
        let cookie = line.parse().expect("the tables hold cookies");
        then(parsed.entry(line.to_owned()).or_insert(cookie))
    })
}

fn run(jar: &mut CookieJar, call: &Call) {
    match call {
        Call::Set(line) => with_cookie(line, |cookie| jar.set(cookie.clone())),
        Call::Delete(line) => with_cookie(line, |cookie| jar.delete(cookie.clone())),
        Call::Forget(line) => with_cookie(line, |cookie| jar.forget(cookie.id())),
    };
}
