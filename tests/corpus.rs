//! The inputs that fuzzing kept, tried again: the laws of `fuzz/`, without a fuzzer.

#![cfg(feature = "percent-encode")]
#![allow(clippy::expect_used, clippy::panic, clippy::missing_panics_doc, reason = "a law that is broken panics")]
#![allow(unreachable_pub, reason = "the laws are those of another package")]

use std::path::Path;

#[path = "../fuzz/src/corpus.rs"]
mod corpus;
#[cfg(feature = "agent")]
#[path = "model/eviction.rs"]
mod eviction;
#[path = "../fuzz/src/laws/mod.rs"]
mod laws;
#[cfg_attr(not(feature = "agent"), allow(dead_code, reason = "some is made up for the laws of a store"))]
#[path = "../fuzz/src/made_up.rs"]
mod made_up;
mod model;
mod naive_jar;
#[allow(dead_code, reason = "what is packed there is unpacked here")]
#[path = "../fuzz/src/packed.rs"]
mod packed;
mod setters;
#[allow(dead_code, reason = "seeds are for a fuzzer")]
#[path = "../fuzz/src/tables.rs"]
mod tables;

#[test]
fn what_was_found_once_is_tried_again() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpora");
    assert!(corpus::replay(&corpora, laws::TARGETS) > 50 * laws::TARGETS.len());
}
