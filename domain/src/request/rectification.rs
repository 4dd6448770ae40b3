//! Rectification (Art. 16): what can be corrected, and what it leads to.

use crate::category::{Categories, DataCategory};
use crate::coded::coded;
use crate::invalid::Invalid;
use crate::outcome::{Outcome, OutcomeAction};
use crate::request::identity::Identification;
use crate::request::refusal::RefusalGround;

coded! {
    /// What can be wrong with a value.
    RectificationFault {
        /// Felaktig.
        Incorrect = "INCORRECT",
        /// Ofullständig.
        Incomplete = "INCOMPLETE",
        /// Missvisande.
        Misleading = "MISLEADING",
    }
}

/// Which correction was not accepted, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct InvalidRectification {
    /// Its place in the list, from 0; `None` where it is the list itself.
    pub index: Option<usize>,
    /// What is wrong with it.
    pub reason: Invalid,
}

/// Reads which categories a client wants corrected.
///
/// # Errors
/// [`Invalid::Empty`] for an empty list; [`Invalid::NotCorrectedHere`] for accounting records, which are corrected by a
/// new record and never overwritten (bokföringslagen 5 kap. 5 §), and for the password, which nobody but the person may
/// know; [`Invalid::Repeated`] for the second correction of a category. The first fault in the list is named.
pub fn check(categories: &[DataCategory]) -> Result<(), InvalidRectification> {
    if categories.is_empty() {
        return Err(InvalidRectification { index: None, reason: Invalid::Empty });
    }
    let mut seen = Categories::new();
    for (index, category) in categories.iter().enumerate() {
        let refused = |reason| Err(InvalidRectification { index: Some(index), reason });
        if matches!(category, DataCategory::Accounting | DataCategory::Password) {
            return refused(Invalid::NotCorrectedHere);
        }
        if !seen.insert(*category) {
            return refused(Invalid::Repeated);
        }
    }
    Ok(())
}

/// The outcomes of carrying out the corrections: one per category, in the policy's order. A value that was not held
/// before is corrected too: incomplete data is completed.
///
/// # Errors
/// [`RefusalGround::IdentityNotVerified`] while the requester is not identified: a stranger must not change data
/// (Art. 12(6), 5(1)(f)).
pub fn assess(
    identified: Option<&Identification>,
    corrected: &Categories,
) -> Result<Vec<Outcome>, RefusalGround> {
    if identified.is_none() {
        return Err(RefusalGround::IdentityNotVerified);
    }
    Ok(corrected.iter().map(|category| Outcome::new(*category, OutcomeAction::Rectified)).collect())
}

#[cfg(test)]
mod tests;
