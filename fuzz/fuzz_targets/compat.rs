#![no_main]

use hardtack_fuzz::compat::law;

libfuzzer_sys::fuzz_target!(|octets: &[u8]| law(octets));
