#![no_main]

use hardtack_fuzz::laws::cookie_date::law;

libfuzzer_sys::fuzz_target!(|octets: &[u8]| law(octets));
