//! The inputs that are kept, and what is done with one.

use std::fs;
use std::path::Path;

use arbitrary::{Arbitrary, Unstructured};

use crate::laws::Target;
use crate::packed;

/// Has a law judge what an input makes up, as the target of its name does.
pub fn made_up<'i, T: Arbitrary<'i>>(input: &'i [u8], law: fn(&T)) {
    if let Ok(given) = T::arbitrary_take_rest(Unstructured::new(input)) {
        law(&given);
    }
}

/// Has each target judge the inputs that are kept of it, and returns how many these are.
///
/// # Panics
///
/// Panics where a law is broken, or a target has no file; says which input of which target it was.
pub fn replay(corpora: &Path, targets: &[Target]) -> usize {
    let mut count = 0;
    for (target, law) in targets {
        let path = corpora.join(target).with_extension("bin");
        let file = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for input in packed::inputs(&file) {
            let told = Told { target, input };
            law(input);
            drop(told);
            count += 1;
        }
    }
    count
}

/// Names an input where it makes a law panic.
struct Told<'i> {
    target: &'i str,
    input: &'i [u8],
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}: {}", self.target, self.input.escape_ascii());
        }
    }
}
