//! Objection (Art. 21): against what it can be made, and what it leads to.

use crate::category::{Categories, DataCategory};
use crate::outcome::{Outcome, OutcomeAction};
use crate::purpose::Purpose;
use crate::request::identity::Identification;
use crate::request::refusal::RefusalGround;

/// The facts behind the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// How the requester was identified; `None` while it is not known who asks.
    pub identified: Option<Identification>,
    /// The categories of which anything is held.
    pub held: Categories,
    /// The purpose that the person objects to.
    pub purpose: Purpose,
}

/// Whether an objection can end a purpose. Bookkeeping is a legal obligation, which Art. 21(1) does not reach; legal
/// claims are excepted there, and the handling of requests is what the person asks for.
#[must_use]
pub const fn can_end(purpose: Purpose) -> bool {
    match purpose {
        Purpose::ServiceDelivery | Purpose::DirectMarketing => true,
        Purpose::Bookkeeping | Purpose::RightsHandling | Purpose::LegalClaims => false,
    }
}

/// Whether the person must give grounds relating to their situation (Art. 21(1)); against direct marketing never
/// (Art. 21(2)).
#[must_use]
pub const fn needs_grounds(purpose: Purpose) -> bool {
    !matches!(purpose, Purpose::DirectMarketing)
}

/// The outcomes of upholding the objection: one per category that the purpose shows, in the policy's order.
///
/// # Errors
/// [`RefusalGround::IdentityNotVerified`] while the requester is not identified, except against direct marketing, which
/// ends for whoever it is about, whoever asks (Art. 21(3)); [`RefusalGround::ConditionsNotMet`] where the purpose cannot
/// be ended.
pub fn assess(facts: &Facts) -> Result<Vec<Outcome>, RefusalGround> {
    if facts.identified.is_none() && facts.purpose != Purpose::DirectMarketing {
        return Err(RefusalGround::IdentityNotVerified);
    }
    if !can_end(facts.purpose) {
        return Err(RefusalGround::ConditionsNotMet);
    }
    Ok(ended(facts.purpose, &facts.held))
}

/// What ending a purpose comes to.
pub(super) fn ended(purpose: Purpose, held: &Categories) -> Vec<Outcome> {
    let outcome = |category: DataCategory| {
        let held = held.contains(&category);
        Outcome::new(category, if held { OutcomeAction::PurposeEnded } else { OutcomeAction::NothingHeld })
    };
    DataCategory::ALL.into_iter().filter(|category| purpose.shows(*category)).map(outcome).collect()
}

#[cfg(test)]
mod tests;
