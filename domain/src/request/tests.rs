use std::collections::BTreeSet;

use OutcomeAction::{Disclosed, Erased, NothingHeld, PurposeEnded, Rectified, Restricted, Retained};
use jiff::Timestamp;
use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::actor::ActorId;
use crate::category::{Categories, DataCategory};
use crate::erasure::{Objection, RecordFacts, Scope};
use crate::id::SubjectId;
use crate::outcome::{Outcome, OutcomeAction};
use crate::purpose::{LegalBasis, Purpose};
use crate::request::identity::{Identification, IdentityVerificationMethod};
use crate::request::kind::RequestKind;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn identification() -> Identification {
    let method = IdentityVerificationMethod::ElectronicId;
    Identification { method, at: NOW, by: ActorId::new("clerk") }
}

/// What a request of the kind leads to for a person of whom these categories are held.
fn outcomes(kind: RequestKind, held: &Categories) -> Vec<Outcome> {
    let (identified, held, purpose) = (Some(identification()), held.clone(), Purpose::ServiceDelivery);
    match kind {
        RequestKind::Access => {
            access::assess(&access::Facts { identified, held }, NOW).map(|plan| plan.outcomes)
        }
        RequestKind::Rectification => rectification::assess(identified.as_ref(), &held),
        RequestKind::Erasure => Ok(erased(held)),
        RequestKind::Restriction => restriction::assess(&restriction::Facts { identified, held }),
        RequestKind::Portability => {
            let processing = vec![(LegalBasis::Contract, Categories::from(DataCategory::ALL))];
            let facts = portability::Facts { identified, held, processing };
            portability::assess(&facts, NOW).map(|plan| plan.outcomes)
        }
        RequestKind::Objection => objection::assess(&objection::Facts { identified, held, purpose }),
        RequestKind::ConsentWithdrawal => {
            Ok(consent_withdrawal::assess(consent_withdrawal::Given::Yes, &held, purpose))
        }
    }
    .unwrap_or_default()
}

fn erased(mut held: Categories) -> Vec<Outcome> {
    let retained_through = Some(date(2033, 12, 31));
    let record = RecordFacts { id: Uuid::from_u128(1), retained_through };
    let records = if held.remove(&DataCategory::Accounting) { vec![record] } else { Vec::new() };
    let subject = SubjectId::from_uuid(Uuid::from_u128(2));
    let facts =
        crate::erasure::Facts { subject, held, records, holds: Vec::new(), objection: Objection::None };
    crate::erasure::assess(&facts, &Scope::Everything, date(2026, 11, 23)).outcomes().to_vec()
}

/// Each kind, and the actions that its outcomes name, over every combination of categories that can be held.
#[test]
fn every_kind_leads_to_its_own_outcomes_and_to_no_others() {
    for (kind, expected) in [
        (RequestKind::Access, BTreeSet::from([Disclosed, NothingHeld])),
        (RequestKind::Rectification, BTreeSet::from([Rectified])),
        (RequestKind::Erasure, BTreeSet::from([Erased, Retained, NothingHeld])),
        (RequestKind::Restriction, BTreeSet::from([Restricted, NothingHeld])),
        (RequestKind::Portability, BTreeSet::from([Disclosed, NothingHeld])),
        (RequestKind::Objection, BTreeSet::from([PurposeEnded, NothingHeld])),
        (RequestKind::ConsentWithdrawal, BTreeSet::from([PurposeEnded, NothingHeld])),
    ] {
        let mut actions = BTreeSet::new();
        for subset in 0..1_u32 << DataCategory::ALL.len() {
            let chosen =
                DataCategory::ALL.into_iter().enumerate().filter(|(bit, _)| subset & (1 << bit) != 0);
            let held: Categories = chosen.map(|(_, category)| category).collect();
            let outcomes = outcomes(kind, &held);
            assert!(outcomes.iter().all(says_why_it_keeps), "{kind:?} {held:?}");
            assert!(outcomes.is_sorted_by_key(|outcome| outcome.category), "{kind:?} {held:?}");
            actions.extend(outcomes.iter().map(|outcome| outcome.action));
        }
        assert_eq!(actions, expected, "{kind:?}");
    }
}

fn says_why_it_keeps(outcome: &Outcome) -> bool {
    (outcome.action == Retained) == outcome.retention_ground.is_some()
        && (outcome.action == Retained || outcome.retained_through.is_none())
}
