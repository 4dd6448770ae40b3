#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::agreement::SubprocessorAuthorisation;
use domain::category::DataCategory;
use domain::closing::ErasedKind;
use domain::export::TenantExportStatus;
use domain::id::{SubprocessorId, TenantExportId, TenantId};
use domain::subprocessor::{Annex, Answer, NoticeFacts, TransferMechanism};
use jiff::Timestamp;
use jiff::civil::date;
use serde_json::{Value, json};
use store::{KeyFingerprint, StoredClosing, StoredContact, StoredNotice, StoredSubprocessor, StoredTenant};
use uuid::Uuid;

use super::*;

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

fn subprocessor(name: &str, number: u128) -> TenantSubprocessor {
    TenantSubprocessor {
        stored: StoredSubprocessor {
            id: SubprocessorId::from_uuid(Uuid::from_u128(number)),
            name: name.to_owned(),
            country: "SE".to_owned(),
            processing_countries: vec!["SE".to_owned()],
            purpose: "drift".to_owned(),
            categories: [DataCategory::Name].into(),
            transfer_mechanism: TransferMechanism::Eea,
            agreement_signed_on: date(2024, 1, 1),
            announced_at: None,
            effective_on: date(2024, 1, 1),
            ended_on: None,
        },
        notice: None,
        in_annex: Annex::Listed,
    }
}

fn told(answer: Answer) -> StoredNotice {
    let facts = NoticeFacts {
        authorisation: SubprocessorAuthorisation::General,
        last_day_to_object: date(2026, 2, 1),
        answer,
    };
    StoredNotice {
        subprocessor: SubprocessorId::from_uuid(Uuid::nil()),
        tenant: TenantId::from_uuid(Uuid::nil()),
        notified_at: at("2026-01-01T08:00:00Z"),
        facts,
        answered_at: None,
        reason: None,
    }
}

/// The return ended on 30 December 2026, and all was gone half past midnight on New Year's Day in Sweden.
fn evidence(subprocessors: Vec<TenantSubprocessor>) -> ClosingEvidence {
    let contact =
        StoredContact { name: "Dataskydd".to_owned(), email: "x@prov.example".to_owned(), phone: None };
    ClosingEvidence {
        tenant: StoredTenant {
            id: TenantId::from_uuid(Uuid::from_u128(1)),
            name: "Provtryckeriet AB".to_owned(),
            organisation_number: None,
            country: "SE".to_owned(),
            privacy_contact: contact,
            data_protection_officer: None,
            relationship_started_on: date(2024, 1, 1),
            relationship_ends_on: Some(date(2026, 11, 30)),
            return_ends_on: Some(date(2026, 12, 30)),
            erasing_since: Some(at("2026-12-30T23:00:00Z")),
            closed_at: Some(at("2026-12-31T23:30:00Z")),
            access_log_actors: domain::actor::AccessLogActors::Role,
            language: Language::Sv,
        },
        closing: StoredClosing {
            began_at: at("2026-12-30T23:00:00Z"),
            erased: [(ErasedKind::Persons, 3)].into(),
            keys: vec![KeyFingerprint { class: "WRAP".to_owned(), sha256: "ab".repeat(32) }],
            keys_destroyed_at: Some(at("2026-12-31T23:15:00Z")),
        },
        exports: Vec::new(),
        subprocessors,
        confirmations: Vec::new(),
    }
}

fn read(evidence: ClosingEvidence) -> Option<Value> {
    let identity = ProcessorIdentity {
        name: "Provbiträdet AB".to_owned(),
        organisation_number: "556000-0001".to_owned(),
        address_lines: vec!["Provgatan 1".to_owned(), "163 46 Spånga".to_owned()],
        email: "x@prov.example".to_owned(),
    };
    let made = statement(evidence, &identity).unwrap()?;
    Some(serde_json::from_str(&made).unwrap())
}

#[test]
fn there_is_no_certificate_before_all_is_gone() {
    let begun = evidence(Vec::new());
    let tenant = StoredTenant { closed_at: None, ..begun.tenant.clone() };
    assert_eq!(read(ClosingEvidence { tenant, ..begun }), None);
}

#[test]
fn evidence_is_kept_for_ten_years_from_the_day_in_sweden_on_which_the_tenant_was_closed() {
    let kept = read(evidence(Vec::new())).unwrap()["kept"].clone();
    let kept: Vec<_> = kept.as_array().unwrap().iter().map(|one| one["until"].clone()).collect();
    assert_eq!(kept, vec![json!("2037-01-01"); 5]);
}

#[test]
fn an_export_counts_as_returned_once_it_was_made() {
    let export = |number, ready_at: Option<&str>| StoredTenantExport {
        id: TenantExportId::from_uuid(Uuid::from_u128(number)),
        status: TenantExportStatus::Expired,
        requested_at: at("2026-12-01T08:00:00Z"),
        ready_at: ready_at.map(at),
        expires_at: None,
        byte_count: ready_at.map(|_| 12),
        sha256: ready_at.map(|_| "cd".repeat(32)),
        downloads: ready_at.map(|_| at("2026-12-02T08:00:00Z")).into_iter().collect(),
    };
    let exports = vec![export(1, Some("2026-12-01T08:05:00Z")), export(2, None)];
    let returned = read(ClosingEvidence { exports, ..evidence(Vec::new()) }).unwrap()["returned"].clone();
    let expected = json!([{
        "madeAt": "2026-12-01T08:05:00Z", "bytes": 12, "sha256": "cd".repeat(32),
        "downloadedAt": ["2026-12-02T08:00:00Z"],
    }]);
    assert_eq!(returned, expected);
}

#[test]
fn every_sub_processor_that_had_the_data_is_asked_for_its_word() {
    let change = |name, number, change: fn(&mut TenantSubprocessor)| {
        let mut one = subprocessor(name, number);
        change(&mut one);
        one
    };
    let subprocessors = vec![
        change("in the annex", 1, |_| {}),
        change("announced and not objected to", 2, |one| one.notice = Some(told(Answer::None))),
        change("ended before", 3, |one| one.stored.ended_on = Some(date(2025, 5, 5))),
        change("ended after", 4, |one| one.stored.ended_on = Some(date(2027, 5, 5))),
        change("begun on the last day", 5, |one| one.stored.effective_on = date(2026, 12, 30)),
        change("begun too late", 6, |one| one.stored.effective_on = date(2026, 12, 31)),
        change("objected to", 7, |one| one.notice = Some(told(Answer::Objected))),
        change("not concerned", 8, |one| one.in_annex = Annex::NotListed),
    ];
    let confirmations = vec![(subprocessors[2].stored.id, date(2025, 6, 1))];
    let certificate = read(ClosingEvidence { confirmations, ..evidence(subprocessors) }).unwrap();
    let word = |name: &str, day: Value| json!({ "subprocessor": name, "confirmedOn": day });
    let expected = json!([
        word("in the annex", Value::Null),
        word("announced and not objected to", Value::Null),
        word("ended before", json!("2025-06-01")),
        word("ended after", Value::Null),
        word("begun on the last day", Value::Null),
    ]);
    assert_eq!(certificate["confirmations"], expected);
}
