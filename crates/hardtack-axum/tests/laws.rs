//! What holds of the shared jar for any order of calls, by a model that keeps a list.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use hardtack::{SetCookie, tombstone};
use hardtack_axum::{CookieLayer, SharedJar};
use http::header::{HeaderValue, SET_COOKIE};
use http::{HeaderMap, Response};
use proptest::prelude::*;
use support::{fields, jar_of, request, through};

const NAMES: [&str; 4] = ["a", "b", "c", "d"];
const PATHS: [&str; 2] = ["/", "/app"];

/// Which cookie: a name and a path.
type Which = (usize, usize);

#[derive(Clone, Debug)]
enum Call {
    Set(Which, u8),
    Delete(Which),
    Forget(Which),
}

fn which() -> impl Strategy<Value = Which> {
    (0..NAMES.len(), 0..PATHS.len())
}

fn call() -> impl Strategy<Value = Call> {
    prop_oneof![
        3 => (which(), any::<u8>()).prop_map(|(which, value)| Call::Set(which, value)),
        2 => which().prop_map(Call::Delete),
        1 => which().prop_map(Call::Forget),
    ]
}

fn set((name, path): Which, value: u8) -> SetCookie<'static> {
    SetCookie::builder(NAMES[name], value.to_string()).path(PATHS[path]).build().unwrap()
}

fn gone((name, path): Which) -> SetCookie<'static> {
    tombstone(NAMES[name]).path(PATHS[path]).build().unwrap()
}

fn apply(jar: &SharedJar, call: &Call) {
    match *call {
        Call::Set(which, value) => drop(jar.set(set(which, value)).unwrap()),
        Call::Delete(which) => drop(jar.delete(gone(which)).unwrap()),
        Call::Forget(which) => drop(jar.forget(gone(which).id()).unwrap()),
    }
}

/// The changes as a list: `None` is a tombstone. A cookie keeps the place where it was first changed.
#[derive(Default)]
struct Model(Vec<(Which, Option<u8>)>);

impl Model {
    fn apply(&mut self, call: &Call, requested: &BTreeSet<usize>) {
        let (which, change) = match *call {
            Call::Set(which, value) => (which, Some(value)),
            Call::Delete(which) => (which, None),
            Call::Forget(which) => return self.0.retain(|(there, _)| *there != which),
        };
        match self.0.iter().position(|(there, _)| *there == which) {
            // What was only added is taken back without a word.
            Some(at) if change.is_none() && self.0[at].1.is_some() && !requested.contains(&which.0) => {
                self.0.remove(at);
            }
            Some(at) => self.0[at].1 = change,
            None => self.0.push((which, change)),
        }
    }

    fn line(&(which, change): &(Which, Option<u8>)) -> String {
        change.map_or_else(|| gone(which), |value| set(which, value)).to_string()
    }

    /// The value that a reader gets: the last living change of the name; nothing where all changes delete it.
    fn get(&self, name: usize, requested: &BTreeSet<usize>) -> Option<String> {
        let changes: Vec<_> = self.0.iter().filter(|((changed, _), _)| *changed == name).collect();
        if changes.is_empty() {
            return requested.contains(&name).then(|| "old".to_owned());
        }
        changes.iter().rev().find_map(|(_, value)| value.map(|value| value.to_string()))
    }
}

proptest! {
    #[test]
    fn the_response_has_what_was_there_and_then_the_changes_in_order(
        calls in prop::collection::vec(call(), 0..24),
        requested in prop::collection::btree_set(0..NAMES.len(), 0..3),
        there in prop::collection::vec((which(), any::<u8>()), 0..4),
    ) {
        let cookies: Vec<_> = requested.iter().map(|name| format!("{}=old", NAMES[*name])).collect();
        let mut model = Model::default();
        let response = through(&CookieLayer::new(), request(&[cookies.join("; ").as_bytes()]), |request| {
            let jar = jar_of(&request);
            for call in &calls {
                apply(&jar, call);
                model.apply(call, &requested);
                for (index, name) in NAMES.iter().enumerate() {
                    assert_eq!(jar.get(name), model.get(index, &requested), "{name} after {call:?}");
                    assert_eq!(jar.original(name).is_some(), requested.contains(&index));
                }
            }
            let mut response = Response::new(());
            for (which, value) in &there {
                response.headers_mut().append(SET_COOKIE, set(*which, *value).into());
            }
            response
        });
        let mut expected: Vec<_> = there.iter().map(|(which, value)| set(*which, *value).to_string()).collect();
        let said: BTreeSet<_> = there.iter().map(|(which, _)| *which).collect();
        expected.extend(model.0.iter().filter(|(which, _)| !said.contains(which)).map(Model::line));
        prop_assert_eq!(fields(response.headers()), expected);
    }

    /// Threads that change one jar: each change is there once, and those of one thread in its order.
    #[test]
    fn threads_lose_nothing_and_keep_their_order(counts in prop::collection::vec(1usize..12, 2..5)) {
        let response = through(&CookieLayer::new(), request(&[]), |request| {
            let jar = jar_of(&request);
            let start = Barrier::new(counts.len());
            thread::scope(|scope| {
                for (thread, count) in counts.iter().enumerate() {
                    let (jar, start) = (jar.clone(), &start);
                    scope.spawn(move || {
                        start.wait();
                        for turn in 0..*count {
                            jar.set(SetCookie::builder(format!("{thread}-{turn}"), "1").build().unwrap()).unwrap();
                            jar.update(|jar| {
                                let sum = jar.get("sum").map_or(0, |text| text.parse::<usize>().unwrap());
                                jar.set(SetCookie::builder("sum", (sum + 1).to_string()).build().unwrap());
                            }).unwrap();
                        }
                    });
                }
            });
            Response::new(())
        });
        let all = fields(response.headers());
        let total: usize = counts.iter().sum();
        prop_assert_eq!(all.len(), total + 1);
        prop_assert!(all.contains(&format!("sum={total}; Path=/")), "no change was made between reading and writing");
        for (thread, count) in counts.iter().enumerate() {
            let own: Vec<_> = all.iter().filter(|line| line.starts_with(&format!("{thread}-"))).cloned().collect();
            let in_order: Vec<_> = (0..*count).map(|turn| format!("{thread}-{turn}=1; Path=/")).collect();
            prop_assert_eq!(own, in_order);
        }
    }

    /// Whatever octets stand in a header value: no panic, and each field of the response stays where it is.
    #[test]
    fn the_fields_of_the_response_stay(there in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..24), 0..4)) {
        let there: Vec<_> = there.iter().filter_map(|octets| HeaderValue::from_bytes(octets).ok()).collect();
        let response = through(&CookieLayer::new(), request(&[]), |request| {
            jar_of(&request).set(set((0, 0), 1)).unwrap();
            let mut headers = HeaderMap::new();
            for field in &there {
                headers.append(SET_COOKIE, field.clone());
            }
            let mut response = Response::new(());
            *response.headers_mut() = headers;
            response
        });
        let all: Vec<_> = response.headers().get_all(SET_COOKIE).iter().cloned().collect();
        prop_assert_eq!(&all[..there.len()], &there[..]);
    }
}
