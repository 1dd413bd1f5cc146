#![no_main]

use hardtack_fuzz::peers::law;

libfuzzer_sys::fuzz_target!(|octets: &[u8]| law(octets));
