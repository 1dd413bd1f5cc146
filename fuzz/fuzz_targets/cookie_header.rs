#![no_main]

use hardtack_fuzz::laws::cookie_header::law;

libfuzzer_sys::fuzz_target!(|octets: &[u8]| law(octets));
