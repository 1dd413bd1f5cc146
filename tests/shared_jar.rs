//! The jar that all who serve a request share.

#![cfg(feature = "std")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use hardtack::{CookieJar, SetCookie, SetCookies, SharedJar, TooLate, tombstone};

fn cookie(name: &str, value: &str) -> SetCookie<'static> {
    SetCookie::builder(name.to_owned(), value.to_owned()).build().unwrap()
}

#[test]
fn clones_are_one_jar() {
    let jar = SharedJar::from(CookieJar::new(b"sid=1; odd=\xFF"));
    let copy = jar.clone();
    assert_eq!(copy.set(cookie("sid", "2")), Ok(None));
    assert_eq!((jar.get("sid").as_deref(), jar.original("sid").as_deref()), (Some("2"), Some("1")));
    assert_eq!((jar.get("odd"), jar.get_bytes("odd").as_deref()), (None, Some(b"\xFF".as_slice())));
    assert_eq!(jar.delete(tombstone("odd").build().unwrap()), Ok(None));
    assert_eq!(copy.get_bytes("odd"), None);
    assert_eq!(copy.changes().len(), 2);
    assert_eq!(jar.forget(cookie("sid", "").id()).unwrap().unwrap().value(), "2");
    assert_eq!(copy.get("sid").as_deref(), Some("1"));
    assert!(copy.is_changed() && !SharedJar::default().is_changed());
}

#[test]
fn a_change_after_the_end_is_an_error_and_reading_is_not() {
    for late in [TooLate::Written, TooLate::Abandoned] {
        let jar = SharedJar::from(CookieJar::new("sid=1"));
        jar.set(cookie("a", "1")).unwrap();
        assert!(jar.is_open());
        assert_eq!(jar.end(late, |changes| changes.get("a").unwrap().to_string()), "a=1; Path=/");
        // Of two ends the first gives the reason.
        jar.end(TooLate::Written, |changes| assert_eq!(changes.len(), 1));
        jar.end(TooLate::Abandoned, |_| ());
        assert!(!jar.is_open());
        assert_eq!(jar.set(cookie("b", "2")), Err(late));
        assert_eq!(jar.delete(tombstone("sid").build().unwrap()), Err(late));
        assert_eq!(jar.forget(cookie("a", "1").id()), Err(late));
        assert_eq!(jar.update(|_| unreachable!("it is too late")), Err::<(), _>(late));
        assert_eq!((jar.get("a").as_deref(), jar.get("sid").as_deref()), (Some("1"), Some("1")));
        assert_eq!(jar.changes().len(), 1);
    }
}

#[test]
fn a_panic_inside_a_change_poisons_nothing() {
    let jar = SharedJar::default();
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        jar.update(|inside| {
            inside.set(cookie("before", "secret"));
            assert_eq!(format!("{jar:?}"), "SharedJar { .. }", "whoever holds the lock may ask");
            panic!("with the lock held");
        })
    }));
    assert!(panicked.is_err());
    let shown = format!("{jar:?}");
    assert!(shown.contains("before") && !shown.contains("secret"), "{shown}");
    jar.set(cookie("after", "2")).unwrap();
    assert_eq!(jar.changes().iter().map(SetCookie::name).collect::<Vec<_>>(), ["before", "after"]);
}

/// What came before the end is written, what came after it was refused: nothing in between is lost.
#[test]
fn whoever_ends_it_misses_no_change_that_was_taken() {
    for _ in 0..200 {
        let jar = SharedJar::default();
        let (taken, written) = thread::scope(|scope| {
            let changers: Vec<_> = (0..4)
                .map(|number| {
                    let jar = &jar;
                    scope.spawn(move || usize::from(jar.set(cookie(&format!("c{number}"), "1")).is_ok()))
                })
                .collect();
            let written = jar.end(TooLate::Written, SetCookies::len);
            (changers.into_iter().map(|changer| changer.join().unwrap()).sum::<usize>(), written)
        });
        assert_eq!(taken, written);
    }
}
