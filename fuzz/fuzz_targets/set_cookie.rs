#![no_main]

use hardtack_fuzz::laws::set_cookie::law;

libfuzzer_sys::fuzz_target!(|octets: &[u8]| law(octets));
