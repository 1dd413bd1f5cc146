//! The client of the module `test`, and the assertions where they fail.

#![cfg(feature = "test")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::panic::catch_unwind;

use hardtack::agent::Profile;
use hardtack::{CookieDate, CookieTemplate};
use hardtack_axum::test::{Agent, assert_deletes, assert_unset};
use http::header::{HeaderMap, HeaderValue, SET_COOKIE};

#[test]
fn it_is_of_a_profile_and_at_a_time() {
    let now = CookieDate::from_unix_timestamp(1_000_000_000);
    let agent = Agent::new("https://shop.example").unwrap().profile(Profile::Firefox).at(now);
    assert_eq!(agent.store().profile(), Profile::Firefox);
    assert_eq!(format!("{agent:?}"), format!("Agent(Agent {{ cookies: [], now: {now:?}, refused: [], .. }})"));
}

#[test]
fn an_assertion_that_fails_panics() {
    const SID: CookieTemplate<'_> = CookieTemplate::new("sid").checked();
    let headers = |field| HeaderMap::from_iter([(SET_COOKIE, HeaderValue::from_static(field))]);
    let kept = "sid=1; Path=/";
    let gone = "sid=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/";
    for (field, deletes) in [(kept, false), (gone, true)] {
        assert_eq!(catch_unwind(|| assert_deletes(&headers(field), &SID)).is_ok(), deletes, "{field}");
    }
    for (field, unset) in [(kept, false), (gone, false), ("other=1", true)] {
        assert_eq!(catch_unwind(|| assert_unset(&headers(field), "sid")).is_ok(), unset, "{field}");
    }
}
