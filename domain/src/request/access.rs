//! Access (Art. 15): what a request needs, and what it leads to.

use jiff::Timestamp;
use serde::Serialize;

use crate::category::{Categories, DataCategory};
use crate::outcome::{Outcome, OutcomeAction};
use crate::request::identity::Identification;
use crate::request::refusal::RefusalGround;

/// The facts behind the answer, read when the request is decided and again when it is carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// How the requester was identified; `None` while it is not known who asks.
    pub identified: Option<Identification>,
    /// The categories of which anything is held, whatever the agreement in force covers. A password verifier counts
    /// as held: the answer says that there is one, and never shows it.
    pub held: Categories,
}

/// What carrying out the request discloses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// When the facts were read: the copy is of what is held then.
    pub as_of: Timestamp,
    /// One outcome per category, in the policy's order. Where nothing is held the answer says so: whether data is
    /// processed at all is the first thing that Art. 15(1) asks for.
    pub outcomes: Vec<Outcome>,
}

/// The plan for a request for access. Whatever may only be judged by a person (rights of others, an excessive
/// request) is the controller's to decide, not a fact.
///
/// # Errors
/// [`RefusalGround::IdentityNotVerified`] while the requester is not identified: data must not go to a stranger
/// (Art. 12(6), 5(1)(f)).
pub fn assess(facts: &Facts, now: Timestamp) -> Result<Plan, RefusalGround> {
    if facts.identified.is_none() {
        return Err(RefusalGround::IdentityNotVerified);
    }
    let outcome = |category: DataCategory| {
        let held = facts.held.contains(&category);
        Outcome::new(category, if held { OutcomeAction::Disclosed } else { OutcomeAction::NothingHeld })
    };
    Ok(Plan { as_of: now, outcomes: DataCategory::ALL.map(outcome).to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::ActorId;
    use crate::request::identity::IdentityVerificationMethod;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn facts(held: Categories) -> Facts {
        let method = IdentityVerificationMethod::ElectronicId;
        Facts { identified: Some(Identification { method, at: NOW, by: ActorId::new("clerk") }), held }
    }

    #[test]
    fn every_category_gets_an_answer_whether_or_not_anything_is_held() {
        for held in [
            Categories::new(),
            Categories::from([DataCategory::Name, DataCategory::Password]),
            Categories::from(DataCategory::ALL),
        ] {
            let plan = assess(&facts(held.clone()), NOW);
            let outcomes = plan.map(|plan| plan.outcomes).unwrap_or_default();
            assert_eq!(
                outcomes.iter().map(|outcome| outcome.category).collect::<Vec<_>>(),
                DataCategory::ALL
            );
            let disclosed = |outcome: &&Outcome| outcome.action == OutcomeAction::Disclosed;
            assert_eq!(
                outcomes.iter().filter(disclosed).map(|outcome| outcome.category).collect::<Categories>(),
                held
            );
        }
    }

    #[test]
    fn a_stranger_gets_nothing() {
        let facts = Facts { identified: None, held: Categories::from(DataCategory::ALL) };
        assert_eq!(assess(&facts, NOW), Err(RefusalGround::IdentityNotVerified));
    }
}
