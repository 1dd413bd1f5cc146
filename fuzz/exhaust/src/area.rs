//! A part of the crate, the words its inputs are made of, and the law they are held to.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One part of the crate.
#[derive(Clone, Copy)]
pub(crate) struct Area {
    pub(crate) name: &'static str,
    /// What is held, in a sentence.
    pub(crate) law: &'static str,
    pub(crate) alphabet: &'static [&'static [u8]],
    /// The most words of an input, unless it is said otherwise.
    pub(crate) words: u32,
    /// Asserts the law of an input; returns how many questions it asked.
    pub(crate) hold: fn(&[u8]) -> u64,
}

impl Area {
    fn base(&self) -> u64 {
        u64::try_from(self.alphabet.len()).unwrap_or(u64::MAX)
    }

    /// The number of inputs: of no word, of one, up to the most.
    pub(crate) fn inputs(&self) -> u64 {
        (0..=self.words).fold(0, |all: u64, words| all.saturating_add(self.base().saturating_pow(words)))
    }

    /// The input of a number: those of fewer words first.
    pub(crate) fn input(&self, number: u64) -> Vec<u8> {
        let mut input = Vec::new();
        self.write(number, &mut input);
        input
    }

    fn write(&self, mut number: u64, input: &mut Vec<u8>) {
        input.clear();
        let mut words = 0;
        loop {
            let of_so_many = self.base().saturating_pow(words);
            if number < of_so_many {
                break;
            }
            number -= of_so_many;
            words += 1;
        }
        for _ in 0..words {
            let word = usize::try_from(number % self.base()).unwrap_or(0);
            number /= self.base();
            input.extend_from_slice(self.alphabet[word]);
        }
    }

    /// Holds each input of a range to the law; returns the number of questions asked, or the input that fails.
    pub(crate) fn try_all(&self, numbers: Range<u64>) -> Result<u64, u64> {
        let (mut input, mut at, mut cases) = (Vec::new(), numbers.start, 0);
        let held = catch_unwind(AssertUnwindSafe(|| {
            for number in numbers {
                at = number;
                self.write(number, &mut input);
                cases += (self.hold)(&input);
            }
        }));
        held.map(|()| cases).map_err(|_| at)
    }
}
