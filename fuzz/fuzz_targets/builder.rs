#![no_main]

use hardtack_fuzz::laws::builder::{Cookie, law};

libfuzzer_sys::fuzz_target!(|cookie: Cookie| law(&cookie));
