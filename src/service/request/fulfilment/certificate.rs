//! What is certified of an erasure, in the transaction that completes it: from then on it is what was stored, whatever becomes
//! of the register.

use domain::category::Categories;
use domain::outcome::{Outcome, OutcomeAction};
use domain::request::status::RequestStatus;
use domain::task::{ReceiptOutcome, TaskEnd};
use jiff::Timestamp;
use store::{
    CarriesOutRights, DestroyedKey, Lease, StoreError, StoredCertificate, StoredRequest, StoredTask,
    StoredTenant, TenantTx,
};

use super::{by_gateway, inconsistent};
use crate::package::certificate::{self, Tenant, sha256_of};
use crate::package::erasure_certificate::kind::{Stage, SystemOutcome};
use crate::package::erasure_certificate::{self, Request, Statement, SystemReceipt};
use crate::service::Gateway;
use crate::service::operator::agreement::processor;
use crate::service::refusal::Refusal;

impl Gateway {
    /// Certifies that a request for erasure was carried out, wholly, in part, or as to what had been kept: what went, what is
    /// kept and why, and the keys that were destroyed for it. `compacted_at` is when the storage was compacted, where that
    /// is known.
    pub(super) async fn certify<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        lease: &Lease,
        (was, request): (RequestStatus, &StoredRequest),
        (compacted_at, tasks): (Option<Timestamp>, &[StoredTask]),
    ) -> Result<(), Refusal> {
        let decided = request.state.decision().ok_or(inconsistent("decided_at"))?;
        let destroyed = tx.list_destroyed_keys(request.subject, decided.at).await?;
        let earlier = tx.list_erasure_certificates(&[request.id]).await?.remove(&request.id);
        let earlier = earlier.unwrap_or_default();
        let statement = Statement {
            tenant: controller(tx.find_tenant().await?),
            processor: processor(&self.settings.processor),
            request: Request {
                id: request.id.to_string(),
                reference: request.reference.to_string(),
                received_at: request.received_at,
                decided_at: decided.at,
                scope: request.scope(),
            },
            subject_id: request.subject.to_string(),
            stage: stage(was, request.state.status()),
            completed_at: tx.now(),
            outcomes: summary(&told(was, &request.outcomes)),
            keys: new_keys(destroyed, &earlier),
            systems: receipts(tx, (was, request), tasks).await?,
            storage_compacted_at: compacted_at,
            previous: earlier.last().map(|last| sha256_of(&last.statement)),
        };
        let statement = certificate::write(&statement).map_err(Refusal::Package)?;
        let event = by_gateway(lease, "rightsRequest.certify", request.subject, Categories::new());
        Ok(tx.put_erasure_certificate(request.id, statement, event).await?)
    }
}

/// How the part of each system that was told ended. Of what had been kept at first none was told anew.
async fn receipts<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    (was, request): (RequestStatus, &StoredRequest),
    tasks: &[StoredTask],
) -> Result<Vec<SystemReceipt>, StoreError> {
    let tasks: Vec<_> = tasks.iter().filter(|task| task.request == request.id).collect();
    if was == RequestStatus::PartiallyCompleted || tasks.is_empty() {
        return Ok(Vec::new());
    }
    let systems = tx.list_all_systems().await?;
    let receipt = |task: &&StoredTask| {
        let system = systems.iter().find(|system| system.id == task.system)?;
        let outcome = match (task.end, task.receipt) {
            (Some(TaskEnd::Confirmed), _) => SystemOutcome::Confirmed,
            (Some(TaskEnd::SystemRemoved), Some(ReceiptOutcome::Failed)) => SystemOutcome::Failed,
            _ => SystemOutcome::ClosedByHand,
        };
        let confirmed_at = task.acknowledged_at.filter(|_| outcome == SystemOutcome::Confirmed);
        Some(SystemReceipt { name: system.name.clone(), outcome, confirmed_at })
    };
    Ok(tasks.iter().filter_map(receipt).collect())
}

/// The controller, as a certificate names it.
pub(in crate::service) fn controller(tenant: StoredTenant) -> Tenant {
    Tenant { id: tenant.id.to_string(), name: tenant.name, organisation_number: tenant.organisation_number }
}

const fn stage(was: RequestStatus, is: RequestStatus) -> Stage {
    match (was, is) {
        (RequestStatus::PartiallyCompleted, _) => Stage::Remainder,
        (_, RequestStatus::PartiallyCompleted) => Stage::Partial,
        _ => Stage::Whole,
    }
}

/// The outcomes that a certificate tells: all of them, or those of what had been kept.
fn told(was: RequestStatus, outcomes: &[Outcome]) -> Vec<Outcome> {
    if was != RequestStatus::PartiallyCompleted {
        return outcomes.to_vec();
    }
    let was_kept = |erased: &&Outcome| {
        erased.action == OutcomeAction::Erased
            && outcomes.iter().any(|other| {
                other.action == OutcomeAction::Retained && super::erasure::is_about_the_same(other, erased)
            })
    };
    outcomes.iter().filter(was_kept).copied().collect()
}

/// The outcomes by category, accounting records counted: their identifiers are nobody's business.
fn summary(outcomes: &[Outcome]) -> Vec<erasure_certificate::Outcome> {
    let mut rows: Vec<erasure_certificate::Outcome> = Vec::new();
    for outcome in outcomes {
        let records = u32::from(outcome.record.is_some());
        let same = rows.iter_mut().find(|row| {
            row.category == outcome.category
                && row.action == outcome.action
                && row.ground == outcome.retention_ground
                && row.until == outcome.retained_through
        });
        match same {
            Some(row) => row.records = row.records.saturating_add(records),
            None => rows.push(erasure_certificate::Outcome {
                category: outcome.category,
                action: outcome.action,
                ground: outcome.retention_ground,
                until: outcome.retained_through,
                records,
            }),
        }
    }
    rows
}

/// The keys that no earlier certificate of the request has named.
fn new_keys(
    destroyed: Vec<DestroyedKey>,
    earlier: &[StoredCertificate],
) -> Vec<erasure_certificate::DestroyedKey> {
    let is_new = |key: &DestroyedKey| !earlier.iter().any(|one| one.statement.contains(&key.key.sha256));
    let named = |key: DestroyedKey| erasure_certificate::DestroyedKey {
        class: key.key.class,
        sha256: key.key.sha256,
        destroyed_at: key.at,
    };
    destroyed.into_iter().filter(is_new).map(named).collect()
}
