//! Withdrawal of consent (Art. 7(3)): what it leads to. It takes effect at once and needs no proof of identity, since
//! withdrawing must be as easy as giving.

use crate::category::Categories;
use crate::outcome::Outcome;
use crate::purpose::Purpose;
use crate::request::objection;

/// Whether there was a consent to withdraw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// It was given, whether or not it was withdrawn before.
    Yes,
    /// It never was.
    Never,
}

/// The outcomes: one per category that the purpose shows, in the policy's order. Where there never was a consent nothing
/// was processed on it, so that nothing ends; the person is kept off the list all the same.
#[must_use]
pub fn assess(given: Given, held: &Categories, purpose: Purpose) -> Vec<Outcome> {
    match given {
        Given::Yes => objection::ended(purpose, held),
        Given::Never => objection::ended(purpose, &Categories::new()),
    }
}

#[cfg(test)]
mod tests;
