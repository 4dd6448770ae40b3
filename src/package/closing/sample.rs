//! Statements for tests: one with everything, one with almost nothing.

use jiff::civil::date;

use super::{
    Confirmation, DestroyedKey, Erased, ErasedKind, KeepingGround, Kept, KeptKind, Returned, Statement,
    Tenant,
};
use crate::package::sample::{at, processor};

pub(super) fn full() -> Statement {
    let fingerprint =
        |class: &str, digits: &str| DestroyedKey { class: class.to_owned(), sha256: digits.repeat(16) };
    let confirmation =
        |name: &str, confirmed_on| Confirmation { subprocessor: name.to_owned(), confirmed_on };
    Statement {
        tenant: Tenant {
            id: "tenant_01jc5xcejqtf2nbrexx3vqjhp4".to_owned(),
            name: "Exempelbygg Norr AB".to_owned(),
            organisation_number: Some("556000-0001".to_owned()),
        },
        returned: vec![
            Returned {
                made_at: at("2026-10-02T08:00:00Z"),
                sha256: "0123456789abcdef".repeat(4),
                bytes: 12_345_678,
                downloaded_at: vec![at("2026-10-03T06:15:00Z"), at("2026-10-20T22:30:00Z")],
            },
            Returned {
                made_at: at("2026-10-25T08:00:00Z"),
                sha256: "fedcba9876543210".repeat(4),
                bytes: 999,
                downloaded_at: Vec::new(),
            },
        ],
        erased: (0..)
            .zip(ErasedKind::ALL)
            .map(|(count, kind)| Erased { kind: *kind, count: count * 1_000 })
            .collect(),
        kept: vec![
            kept(KeptKind::Agreement, KeepingGround::LegalClaims),
            kept(KeptKind::Instruction, KeepingGround::Accountability),
            kept(KeptKind::AuditLog, KeepingGround::Accountability),
            kept(KeptKind::BreachNotice, KeepingGround::Accountability),
            kept(KeptKind::Relationship, KeepingGround::LegalObligation),
        ],
        key_fingerprints: vec![fingerprint("INDEX", "0f1e"), fingerprint("WRAP", "2d3c")],
        confirmations: vec![
            confirmation("Datahall Exempel GmbH", Some(date(2026, 11, 3))),
            confirmation("Sample Mailing Inc.", None),
        ],
        ..empty()
    }
}

fn kept(what: KeptKind, why: KeepingGround) -> Kept {
    Kept { what, why, until: date(2036, 12, 31) }
}

pub(super) fn empty() -> Statement {
    Statement {
        tenant: Tenant {
            id: "tenant_01jc5xcejqtf2nbrexx3vqjhp4".to_owned(),
            name: "Exempelbygg Norr AB".to_owned(),
            organisation_number: None,
        },
        processor: processor(),
        relationship_ended_on: date(2026, 9, 30),
        return_ended_on: date(2026, 10, 30),
        erasure_began_at: at("2026-10-30T23:00:05Z"),
        keys_destroyed_at: at("2026-10-31T00:10:00Z"),
        closed_at: at("2026-11-04T13:05:00Z"),
        returned: Vec::new(),
        erased: Vec::new(),
        kept: Vec::new(),
        key_fingerprints: Vec::new(),
        confirmations: Vec::new(),
    }
}
