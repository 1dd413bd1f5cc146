//! What a verdict is made of, gathered while a line is judged.

use alloc::vec::Vec;

use crate::agent::refusal::Refusal;
use crate::agent::verdict::{Effect, Warning};

/// How many effects a line has: one each for Domain, Path and SameSite, two for the expiry, three flags.
const USUAL_EFFECTS: usize = 8;

pub(crate) struct Notes {
    pub(crate) effects: Vec<Effect>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) refusals: Vec<Refusal>,
}

impl Notes {
    pub(crate) fn new() -> Self {
        Self { effects: Vec::with_capacity(USUAL_EFFECTS), warnings: Vec::new(), refusals: Vec::new() }
    }

    pub(crate) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(crate) fn refuse(&mut self, refusal: Refusal) {
        self.refusals.push(refusal);
    }

    pub(crate) fn warn(&mut self, warning: Warning) {
        let said = |other: &Warning| match (other, &warning) {
            // Once for an attribute, however often and however long it is given: what is said stays short.
            (Warning::AttributeTooLong { attribute, .. }, Warning::AttributeTooLong { attribute: name, .. }) => {
                attribute == name
            }
            (other, warning) => other == warning,
        };
        if !self.warnings.iter().any(said) {
            self.warnings.push(warning);
        }
    }
}
