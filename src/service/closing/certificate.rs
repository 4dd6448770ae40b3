//! The certificate of a tenant whose data is erased (Art. 28(3)(g)), from what is known of its end.

use domain::calendar::civil_date;
use domain::id::TenantId;
use domain::language::Language;
use jiff::ToSpan as _;
use jiff::civil::Date;
use store::{ClosingEvidence, StoredCertificate, StoredTenantExport, TenantSubprocessor};

use crate::package::certificate::write;
use crate::package::closing::kind::{KeepingGround, KeptKind};
use crate::package::closing::{Confirmation, DestroyedKey, Erased, Kept, Returned, Statement};
use crate::service::ProcessorIdentity;
use crate::service::certificate::document as as_file;
use crate::service::document::{Document, DocumentFormat};
use crate::service::operator::agreement::processor;
use crate::service::refusal::Refusal;
use crate::service::request::fulfilment::certificate::controller;

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

/// The certificate as a file; `None` until there is one that the log vouches for.
pub(in crate::service) fn document(
    stored: Option<StoredCertificate>,
    tenant: TenantId,
    form: (DocumentFormat, Language),
) -> Result<Option<Document>, Refusal> {
    let name = format!("closing-certificate-{tenant}");
    stored.map_or(Ok(None), |stored| as_file::<Statement>(&stored, &name, form))
}

/// What is certified, as text; `None` until the tenant is closed.
pub(in crate::service) fn statement(
    evidence: ClosingEvidence,
    identity: &ProcessorIdentity,
) -> Result<Option<String>, Refusal> {
    let statement = state(evidence, identity).map(|statement| write(&statement));
    statement.transpose().map_err(Refusal::Package)
}

fn state(evidence: ClosingEvidence, identity: &ProcessorIdentity) -> Option<Statement> {
    let closed_at = evidence.tenant.closed_at?;
    let return_ended_on = evidence.tenant.return_ends_on?;
    let until = civil_date(closed_at).saturating_add(LIMITATION_YEARS.years());
    let kept = KEPT.map(|what| Kept { what, why: KeepingGround::LegalClaims, until });
    let keys = evidence.closing.keys.iter();
    let keys = keys.map(|key| DestroyedKey { class: key.class.clone(), sha256: key.sha256.clone() });
    let erased = evidence.closing.erased.iter().map(|(kind, count)| Erased { kind: *kind, count: *count });
    Some(Statement {
        relationship_ended_on: evidence.tenant.relationship_ends_on?,
        return_ended_on,
        erasure_began_at: evidence.closing.began_at,
        keys_destroyed_at: evidence.closing.keys_destroyed_at?,
        closed_at,
        confirmations: confirmations(&evidence, return_ended_on),
        erased: erased.collect(),
        kept: kept.into(),
        key_fingerprints: keys.collect(),
        returned: evidence.exports.into_iter().filter_map(returned).collect(),
        processor: processor(identity),
        tenant: controller(evidence.tenant),
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
