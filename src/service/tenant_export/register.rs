//! Records about the controller, as an export has them.

use domain::calendar::civil_date;
use domain::id::AgreementId;
use domain::language::Language;
use store::{
    ActivityEntry, Reading, StoreError, StoredContact, StoredInstruction, StoredSignature, StoredSystem,
    TenantTx,
};

use super::build::Sink;
use crate::package::PackageError;
use crate::package::answer::Contact;
use crate::package::tenant_export::{
    Agreement, Archive, DownstreamSystem, Form, Instruction, ProcessingActivity, Record, RetentionRule,
    Signature, Tenant,
};
use crate::service::agreement::{AgreementEntry, entries};
use crate::service::refusal::Refusal;

/// Instructions that are read at a time.
const PAGE: u64 = 500;

/// Writes who the controller is.
pub(super) async fn write_tenant(tx: &TenantTx<Reading>, archive: &mut Archive) -> Result<(), Refusal> {
    let stored = tx.find_tenant().await?;
    let tenant = Tenant {
        id: stored.id,
        name: stored.name,
        organisation_number: stored.organisation_number,
        country: stored.country,
        contact: contact(stored.privacy_contact),
        data_protection_officer: stored.data_protection_officer.map(contact),
        relationship_started_on: stored.relationship_started_on,
        relationship_ends_on: stored.relationship_ends_on,
    };
    Ok(write_all(archive, &[tenant])?)
}

/// Writes the controller's rules and purposes, its agreements and its instructions.
pub(super) async fn write_rest(
    tx: &TenantTx<Reading>,
    archive: &mut Archive,
    sink: &mut Sink<'_>,
) -> Result<(), Refusal> {
    write_all(archive, &rules(tx).await?)?;
    write_all(archive, &activities(tx).await?)?;
    write_all(archive, &systems(tx).await?)?;
    sink.take(archive.take()).await?;
    let agreements = entries(tx.list_agreements().await?, civil_date(tx.now()));
    let ids: Vec<AgreementId> = agreements.iter().map(|entry| entry.stored.id).collect();
    let texts: Vec<(Agreement, String)> = agreements.into_iter().map(agreement).collect();
    let (agreements, texts): (Vec<Agreement>, Vec<String>) = texts.into_iter().unzip();
    write_all(archive, &agreements)?;
    for (agreement, text) in agreements.iter().zip(&texts) {
        archive.text(agreement.file(), text)?;
        sink.take(archive.take()).await?;
    }
    let signatures: Vec<Signature> = tx.list_signatures(&ids).await?.into_iter().map(signature).collect();
    write_all(archive, &signatures)?;
    write_instructions(tx, (archive, sink), &ids).await
}

fn write_all<R: Record>(archive: &mut Archive, records: &[R]) -> Result<(), PackageError> {
    for form in Form::ALL {
        let mut table = archive.table::<R>(form)?;
        for record in records {
            table.put(record)?;
        }
    }
    Ok(())
}

fn contact(stored: StoredContact) -> Contact {
    Contact { name: stored.name, email: stored.email, phone: stored.phone }
}

async fn rules(tx: &TenantTx<Reading>) -> Result<Vec<RetentionRule>, StoreError> {
    let rule = |entry: store::RuleEntry| RetentionRule {
        id: entry.id,
        category: entry.rule.category,
        trigger: entry.rule.trigger,
        months: entry.rule.months,
        legal_basis: entry.rule.legal_basis,
        source: entry.rule.source.into_owned(),
    };
    Ok(tx.list_rules().await?.into_iter().map(rule).collect())
}

async fn systems(tx: &TenantTx<Reading>) -> Result<Vec<DownstreamSystem>, StoreError> {
    let system = |stored: StoredSystem| DownstreamSystem {
        id: stored.id,
        connector: stored.connector,
        name: stored.name,
        endpoint: stored.endpoint,
        categories: stored.categories,
        identifiers: stored.identifiers,
        receives: stored.receives,
        created_at: stored.created_at,
        removed_at: stored.removed_at,
    };
    Ok(tx.list_all_systems().await?.into_iter().map(system).collect())
}

async fn activities(tx: &TenantTx<Reading>) -> Result<Vec<ProcessingActivity>, StoreError> {
    let mut activities = Vec::new();
    for language in [Language::Sv, Language::En] {
        let activity = |entry: ActivityEntry| ProcessingActivity {
            purpose: entry.purpose,
            language,
            legal_basis: entry.legal_basis,
            categories: entry.categories,
            description: entry.description,
            source: entry.source,
            automated_decisions: entry.automated_decisions,
        };
        activities.extend(tx.list_activities(language).await?.into_iter().map(activity));
    }
    Ok(activities)
}

fn agreement(entry: AgreementEntry) -> (Agreement, String) {
    let effective_from = entry.first_day();
    let AgreementEntry { stored, status, last_day } = entry;
    let agreement = Agreement {
        id: stored.id,
        version: stored.version,
        status,
        language: stored.language,
        subject_matter: stored.subject_matter,
        nature_and_purpose: stored.nature_and_purpose,
        categories: stored.categories,
        subject_categories: stored.subject_categories,
        instructions: stored.instructions,
        security_measures: stored.security_measures,
        subprocessor_authorisation: stored.authorisation,
        objection_period_days: stored.objection_period_days,
        return_period_days: stored.return_period_days,
        effective_from,
        effective_to: last_day,
        offered_at: stored.offered_at,
        document_sha256: stored.document_sha256,
    };
    (agreement, stored.document)
}

fn signature(stored: StoredSignature) -> Signature {
    Signature {
        agreement: stored.agreement,
        party: stored.party,
        signatory_name: stored.name,
        signatory_title: stored.title,
        signed_at: stored.signed_at,
        document_sha256: stored.document_sha256,
    }
}

async fn write_instructions(
    tx: &TenantTx<Reading>,
    (archive, sink): (&mut Archive, &mut Sink<'_>),
    agreements: &[AgreementId],
) -> Result<(), Refusal> {
    for form in Form::ALL {
        let mut table = archive.table::<Instruction>(form)?;
        for id in agreements {
            let mut after = None;
            loop {
                let page = tx.list_instructions(*id, after, PAGE).await?;
                let Some(last) = page.last() else {
                    break;
                };
                after = Some(last.id);
                for stored in page {
                    table.put(&instruction(*id, stored))?;
                }
                sink.take(table.take()).await?;
            }
        }
    }
    Ok(())
}

fn instruction(agreement: AgreementId, stored: StoredInstruction) -> Instruction {
    Instruction {
        id: stored.id,
        agreement,
        kind: stored.kind,
        given_at: stored.given_at,
        given_by: stored.given_by,
        event: stored.event,
    }
}
