//! Statements for tests: one of each stage, one with everything and one with almost nothing among them.

use domain::category::Categories;
use domain::category::DataCategory::{self, Accounting, Address, Email, Name, Phone};
use domain::erasure::Scope;
use domain::outcome::{OutcomeAction, RetentionGround};
use jiff::civil::date;

use super::kind::{Stage, SystemOutcome};
use super::{DestroyedKey, Outcome, Request, Statement, SystemReceipt, Tenant};
use crate::package::sample::{at, processor};

/// Everything that a statement can say.
pub(super) fn partial() -> Statement {
    let system =
        |name: &str, outcome, confirmed_at| SystemReceipt { name: name.to_owned(), outcome, confirmed_at };
    let mut outcomes = vec![
        outcome(Phone, OutcomeAction::Erased),
        outcome(Email, OutcomeAction::NothingHeld),
        Outcome { records: 1, ..outcome(Accounting, OutcomeAction::Erased) },
        Outcome { records: 12, ..retained(Accounting, RetentionGround::BookkeepingAct) },
    ];
    outcomes.extend(RetentionGround::ALL.iter().map(|ground| retained(Name, *ground)));
    outcomes.push(Outcome { until: None, ..retained(Address, RetentionGround::LegalClaims) });
    Statement {
        request: Request {
            scope: Scope::Only(Categories::from([Name, Phone, Address, Email, Accounting])),
            ..request()
        },
        stage: Stage::Partial,
        outcomes,
        systems: vec![
            system("Utskick Exempel", SystemOutcome::Confirmed, Some(at("2026-11-21T09:30:00Z"))),
            system("Kundregistret", SystemOutcome::ClosedByHand, None),
            system("Arkivet", SystemOutcome::Failed, None),
        ],
        storage_compacted_at: Some(at("2026-11-21T23:15:00Z")),
        previous: Some("fedcba9876543210".repeat(4)),
        ..whole()
    }
}

pub(super) fn remainder() -> Statement {
    Statement {
        stage: Stage::Remainder,
        outcomes: vec![
            outcome(Name, OutcomeAction::Erased),
            Outcome { records: 12, ..outcome(Accounting, OutcomeAction::Erased) },
        ],
        previous: Some("0123456789abcdef".repeat(4)),
        ..whole()
    }
}

/// With one category, and no other system.
pub(super) fn whole() -> Statement {
    let key = |class: &str, digits: &str| DestroyedKey {
        class: class.to_owned(),
        sha256: digits.repeat(16),
        destroyed_at: at("2026-11-21T13:05:00Z"),
    };
    Statement {
        tenant: Tenant {
            id: "tenant_01jc5xcejqtf2nbrexx3vqjhp4".to_owned(),
            name: "Exempelbygg Norr AB".to_owned(),
            organisation_number: Some("556000-0001".to_owned()),
        },
        processor: processor(),
        request: request(),
        subject_id: "subject_01jc5xcejqtf2nbrexx3vqjhp6".to_owned(),
        stage: Stage::Whole,
        completed_at: at("2026-11-21T13:05:01.250Z"),
        outcomes: vec![outcome(Name, OutcomeAction::Erased)],
        keys: vec![key("ORDINARY", "0f1e"), key("STATUTORY", "2d3c")],
        systems: Vec::new(),
        storage_compacted_at: None,
        previous: None,
    }
}

/// Of which nothing was held.
pub(super) fn empty() -> Statement {
    Statement { outcomes: Vec::new(), keys: Vec::new(), ..whole() }
}

fn request() -> Request {
    Request {
        id: "request_01jc5xcejqtf2nbrexx3vqjhp5".to_owned(),
        reference: "RR-2026-000123".to_owned(),
        received_at: at("2026-11-01T08:00:00Z"),
        decided_at: at("2026-11-20T22:59:00Z"),
        scope: Scope::Everything,
    }
}

pub(super) fn outcome(category: DataCategory, action: OutcomeAction) -> Outcome {
    Outcome { category, action, ground: None, until: None, records: 0 }
}

fn retained(category: DataCategory, ground: RetentionGround) -> Outcome {
    let until = Some(date(2033, 12, 31));
    Outcome { ground: Some(ground), until, ..outcome(category, OutcomeAction::Retained) }
}
