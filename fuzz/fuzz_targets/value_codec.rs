#![no_main]

use hardtack_fuzz::laws::value_codec::law;

libfuzzer_sys::fuzz_target!(|octets: &[u8]| law(octets));
