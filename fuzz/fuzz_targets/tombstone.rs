#![no_main]

use hardtack_fuzz::laws::tombstone::{Origin, law};

libfuzzer_sys::fuzz_target!(|origin: Origin| law(&origin));
