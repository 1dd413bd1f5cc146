//! A jar that is returned beside one that is shared: it reads both, and holds its own changes alone.

#![cfg(feature = "std")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use hardtack::{CookieJar, ReturnedJar, SetCookie, SharedJar, tombstone};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};

fn cookie(name: &str, value: &str) -> SetCookie<'static> {
    SetCookie::builder(name.to_owned(), value.to_owned()).build().unwrap()
}

fn gone(name: &str) -> SetCookie<'static> {
    tombstone(name.to_owned()).build().unwrap()
}

#[test]
fn it_reads_what_is_pending_and_holds_its_own() {
    let request = CookieJar::new(b"sid=1; odd=\xFF");
    let shared = SharedJar::from(request.clone());
    shared.set(cookie("early", "1")).unwrap();
    shared.set(cookie("both", "shared")).unwrap();
    shared.delete(gone("sid")).unwrap();

    let mut jar = ReturnedJar::beside(request, &shared);
    assert_eq!((jar.get("early"), jar.get("both"), jar.get("sid")), (Some("1"), Some("shared"), None));
    assert_eq!((jar.original("sid"), jar.original("early")), (Some("1"), None));
    assert_eq!((jar.get("odd"), jar.get_bytes("odd")), (None, Some(b"\xFF".as_slice())));
    assert_eq!(jar.request().count(), 2);
    assert!(!jar.is_changed());

    assert_eq!(jar.set(cookie("both", "own")), None, "the other's change is not its to give back");
    assert_eq!(jar.get("both"), Some("own"));
    shared.set(cookie("late", "1")).unwrap();
    assert_eq!(jar.get("late"), None, "it was made before");
    assert_eq!(jar.forget(cookie("both", "").id()), Some(cookie("both", "own")));
    assert_eq!(jar.get("both"), Some("shared"));
    jar.set(cookie("own", "secret"));
    assert!(!format!("{jar:?}").contains("secret"));
    assert_eq!(jar.into_changes().iter().map(SetCookie::name).collect::<Vec<_>>(), ["own"]);
}

#[test]
fn what_is_pending_elsewhere_is_deleted_and_not_taken_back() {
    // What the shared jar is about to do, what this one does; what becomes of `note`, of which the request has none.
    let rows: [(Option<SetCookie<'static>>, bool, Option<SetCookie<'static>>); 6] = [
        (None, false, Some(gone("note"))),
        (None, true, None),
        (Some(cookie("note", "1")), false, Some(gone("note"))),
        (Some(cookie("note", "1")), true, Some(gone("note"))),
        (Some(gone("note")), false, Some(gone("note"))),
        (Some(gone("note")), true, None),
    ];
    for (row, (pending, set_before, written)) in rows.into_iter().enumerate() {
        let shared = SharedJar::default();
        if let Some(pending) = pending {
            shared.set(pending).unwrap();
        }
        let mut jar = ReturnedJar::beside(CookieJar::default(), &shared);
        let before = set_before.then(|| cookie("note", "2"));
        before.clone().map(|cookie| jar.set(cookie));
        assert_eq!(jar.delete(gone("note")), before, "row {row}");
        assert_eq!(jar.changes().get("note"), written.as_ref(), "row {row}");
    }
}

#[derive(Clone, Debug)]
enum Step {
    Set(u8, u8),
    Delete(u8),
    Forget(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..3_u8, any::<u8>()).prop_map(|(name, value)| Step::Set(name, value)),
        (0..3_u8).prop_map(Step::Delete),
        (0..3_u8).prop_map(Step::Forget),
        Just(Step::Delete(0)),
    ]
}

proptest! {
    /// Alone, it is the jar that it holds.
    #[test]
    fn without_another_it_is_a_cookie_jar(request in "(c[0-2]=[0-9]; ){0,3}", steps in proptest::collection::vec(step(), 0..12)) {
        let mut plain = CookieJar::new(&request);
        let mut returned = ReturnedJar::from(plain.clone());
        for step in steps {
            match step {
                Step::Set(name, value) => {
                    let cookie = cookie(&format!("c{name}"), &value.to_string());
                    assert_eq!(returned.set(cookie.clone()), plain.set(cookie));
                }
                Step::Delete(name) => {
                    let gone = gone(&format!("c{name}"));
                    assert_eq!(returned.delete(gone.clone()), plain.delete(gone));
                }
                Step::Forget(name) => {
                    let named = cookie(&format!("c{name}"), "");
                    assert_eq!(returned.forget(named.id()), plain.forget(named.id()));
                }
            }
            for name in ["c0", "c1", "c2"] {
                assert_eq!(returned.get(name), plain.get(name));
            }
            assert_eq!(returned.changes(), plain.changes());
        }
    }
}
