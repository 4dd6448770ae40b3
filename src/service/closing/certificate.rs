//! The certificate of a tenant whose data is erased (Art. 28(3)(g)), from what is known of its end.

use domain::calendar::local_time;
use domain::language::Language;
use jiff::ToSpan as _;
use jiff::civil::Date;
use store::{ClosingEvidence, StoredTenantExport, TenantSubprocessor};

use crate::package::closing::kind::{KeepingGround, KeptKind};
use crate::package::closing::{self, Certificate, Confirmation, Kept, Returned, Tenant};
use crate::service::ProcessorIdentity;
use crate::service::document::{Document, DocumentFormat};
use crate::service::operator::agreement::processor;
use crate::service::refusal::Refusal;

/// How long a claim can be brought, in years (preskriptionslagen 1981:130, 2 §): for so long the platform keeps what shows
/// how it has acted (Art. 17(3)(e)).
const LIMITATION_YEARS: i32 = 10;

/// What is kept for that time.
const KEPT: [KeptKind; 5] = [
    KeptKind::Agreement,
    KeptKind::Instruction,
    KeptKind::AuditLog,
    KeptKind::BreachNotice,
    KeptKind::Relationship,
];

/// The certificate as a file; `None` until the tenant is closed.
pub(in crate::service) fn document(
    evidence: ClosingEvidence,
    identity: &ProcessorIdentity,
    (format, language): (DocumentFormat, Language),
) -> Result<Option<Document>, Refusal> {
    let Some(certificate) = certificate(evidence, identity) else {
        return Ok(None);
    };
    let (extension, media_type, content) = match format {
        DocumentFormat::Markdown => {
            ("md", "text/markdown", closing::markdown(&certificate, language).into_bytes())
        }
        DocumentFormat::Pdf => {
            ("pdf", "application/pdf", closing::pdf(&certificate, language).map_err(Refusal::Package)?)
        }
        DocumentFormat::Json => {
            ("json", "application/json", closing::json(&certificate).map_err(Refusal::Package)?)
        }
    };
    let file_name = format!("closing-certificate-{}.{extension}", certificate.tenant.id);
    Ok(Some(Document { file_name, media_type, content }))
}

fn certificate(evidence: ClosingEvidence, identity: &ProcessorIdentity) -> Option<Certificate> {
    let closed_at = evidence.tenant.closed_at?;
    let closed = local_time(closed_at);
    let return_ended_on = evidence.tenant.return_ends_on?;
    let until = closed.date().saturating_add(LIMITATION_YEARS.years());
    let kept = KEPT.map(|what| Kept { what, why: KeepingGround::LegalClaims, until });
    Some(Certificate {
        relationship_ended_on: evidence.tenant.relationship_ends_on?,
        return_ended_on,
        erasure_began_at: evidence.closing.began_at,
        keys_destroyed_at: evidence.closing.keys_destroyed_at?,
        closed_at,
        confirmations: confirmations(&evidence, return_ended_on),
        returned: evidence.exports.into_iter().filter_map(returned).collect(),
        erased: evidence.closing.erased.into_iter().collect(),
        kept: kept.into(),
        key_fingerprints: evidence.closing.keys.into_iter().map(|key| (key.class, key.sha256)).collect(),
        processor: processor(identity),
        zone: closed.time_zone().clone(),
        tenant: Tenant {
            id: evidence.tenant.id.to_string(),
            name: evidence.tenant.name,
            organisation_number: evidence.tenant.organisation_number,
        },
    })
}

/// An export that was made; of one that was only asked for there is nothing to tell.
fn returned(export: StoredTenantExport) -> Option<Returned> {
    Some(Returned {
        made_at: export.ready_at?,
        sha256: export.sha256?,
        bytes: export.byte_count?,
        downloaded_at: export.downloads,
    })
}

/// The word of each sub-processor that had the data at some time, the last day of the return at the latest.
fn confirmations(evidence: &ClosingEvidence, last: Date) -> Vec<Confirmation> {
    let had_data =
        |one: &&TenantSubprocessor| one.is_engaged(one.stored.ended_on.map_or(last, |ended| ended.min(last)));
    let confirmation = |one: &TenantSubprocessor| {
        let confirmed = evidence.confirmations.iter().find(|(id, _)| *id == one.stored.id);
        Confirmation { subprocessor: one.stored.name.clone(), confirmed_on: confirmed.map(|(_, day)| *day) }
    };
    evidence.subprocessors.iter().filter(had_data).map(confirmation).collect()
}

#[cfg(test)]
mod tests;
