#![no_main]

use hardtack_fuzz::laws::agent::{Session, law};

libfuzzer_sys::fuzz_target!(|session: Session| law(&session));
