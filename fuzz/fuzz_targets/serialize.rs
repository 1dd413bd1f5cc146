#![no_main]

use hardtack_fuzz::laws::serialize::{Field, law};

libfuzzer_sys::fuzz_target!(|field: Field| law(&field));
