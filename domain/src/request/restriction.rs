//! Requests for restriction (Art. 18): what they lead to.

use crate::category::{Categories, DataCategory};
use crate::outcome::{Outcome, OutcomeAction};
use crate::request::identity::Identification;
use crate::request::refusal::RefusalGround;

/// The facts behind the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// How the requester was identified; `None` while it is not known who asks.
    pub identified: Option<Identification>,
    /// The categories of which anything is held.
    pub held: Categories,
}

/// The outcomes of carrying out the request: one per category, in the policy's order. A restriction covers all that is
/// held, for as long as it lasts, and what comes in meanwhile as well.
///
/// # Errors
/// [`RefusalGround::IdentityNotVerified`] while the requester is not identified: a stranger must not take a person's
/// data out of use (Art. 12(6), 5(1)(f)).
pub fn assess(facts: &Facts) -> Result<Vec<Outcome>, RefusalGround> {
    if facts.identified.is_none() {
        return Err(RefusalGround::IdentityNotVerified);
    }
    let outcome = |category: DataCategory| {
        let held = facts.held.contains(&category);
        Outcome::new(category, if held { OutcomeAction::Restricted } else { OutcomeAction::NothingHeld })
    };
    Ok(DataCategory::ALL.map(outcome).to_vec())
}

#[cfg(test)]
mod tests;
