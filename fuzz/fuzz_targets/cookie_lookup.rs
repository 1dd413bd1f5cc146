#![no_main]

use hardtack_fuzz::laws::cookie_lookup::{Request, law};

libfuzzer_sys::fuzz_target!(|request: Request| law(&request));
