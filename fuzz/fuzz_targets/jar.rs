#![no_main]

use hardtack_fuzz::laws::jar::{Given, law};

libfuzzer_sys::fuzz_target!(|given: Given| law(&given));
