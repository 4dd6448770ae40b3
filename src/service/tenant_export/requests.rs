//! Records about requests of data subjects, as an export has them.

use domain::id::{AccountingRecordId, RequestId, SubjectId};
use store::{Reading, StoreError, StoredRequest, StoredStep, StoredTask, TenantTx};

use super::build::OfPersons;
use crate::package::tenant_export::{Correction, Outcome, RightsRequest, Step, Task};

/// Requests whose steps are read at a time.
const AT_ONCE: usize = 500;

impl OfPersons for RightsRequest {
    async fn read(tx: &TenantTx<Reading>, persons: &[SubjectId]) -> Result<Vec<Self>, StoreError> {
        Ok(tx.list_requests_of(persons).await?.into_iter().map(request).collect())
    }
}

fn request(stored: StoredRequest) -> RightsRequest {
    let (extended_at, extension_grounds, extension_reason) = match stored.extension {
        None => (None, Vec::new(), None),
        Some(made) => (Some(made.at), made.grounds.into_iter().collect(), made.reason),
    };
    RightsRequest {
        id: stored.id,
        subject: stored.subject,
        reference: stored.reference,
        kind: stored.kind,
        channel: stored.channel,
        status: stored.state.status(),
        received_at: stored.received_at,
        submitted_at: stored.submitted_at,
        due_at: stored.due_at,
        identity_asked_at: stored.state.identity_asked_at(),
        identity_reason: stored.identity_reason,
        identification: stored.state.identification().cloned(),
        decision: stored.state.decision(),
        finished_at: stored.state.finished_at(),
        extended_at,
        extension_grounds,
        extension_reason,
        purpose: stored.purpose,
        objection_grounds: stored.objection_grounds,
        restriction_ground: stored.restriction_ground,
        erasure_categories: stored.erasure_categories,
        plan_sha256: stored.plan_sha256,
    }
}

impl OfPersons for Step {
    async fn read(tx: &TenantTx<Reading>, persons: &[SubjectId]) -> Result<Vec<Self>, StoreError> {
        let requests = tx.list_requests_of(persons).await?;
        let requests: Vec<RequestId> = requests.iter().map(|request| request.id).collect();
        let step = |stored: StoredStep| Self {
            request: stored.request,
            at: stored.at,
            status: stored.status,
            actor: stored.actor,
            step: stored.step,
        };
        let mut steps = Vec::new();
        for some in requests.chunks(AT_ONCE) {
            steps.extend(tx.list_steps(some).await?.into_iter().map(step));
        }
        steps.sort_by_key(|step: &Self| (step.request, step.at));
        Ok(steps)
    }
}

impl OfPersons for Outcome {
    async fn read(tx: &TenantTx<Reading>, persons: &[SubjectId]) -> Result<Vec<Self>, StoreError> {
        let of = |request: StoredRequest| {
            let id = request.id;
            request.outcomes.into_iter().map(move |done| Self {
                request: id,
                category: done.category,
                record: done.record.map(AccountingRecordId::from_uuid),
                action: done.action,
                retention_ground: done.retention_ground,
                retained_through: done.retained_through,
            })
        };
        Ok(tx.list_requests_of(persons).await?.into_iter().flat_map(of).collect())
    }
}

impl OfPersons for Correction {
    async fn read(tx: &TenantTx<Reading>, persons: &[SubjectId]) -> Result<Vec<Self>, StoreError> {
        let of = |request: StoredRequest| {
            let id = request.id;
            request.rectifications.into_iter().map(move |wanted| Self {
                request: id,
                category: wanted.category,
                fault: wanted.fault,
                new_value: wanted.new_value,
            })
        };
        Ok(tx.list_requests_of(persons).await?.into_iter().flat_map(of).collect())
    }
}

impl OfPersons for Task {
    async fn read(tx: &TenantTx<Reading>, persons: &[SubjectId]) -> Result<Vec<Self>, StoreError> {
        let requests = tx.list_requests_of(persons).await?;
        let requests: Vec<RequestId> = requests.iter().map(|request| request.id).collect();
        let mut tasks = Vec::new();
        for some in requests.chunks(AT_ONCE) {
            tasks.extend(tx.list_tasks(some).await?.into_iter().map(task));
        }
        Ok(tasks)
    }
}

fn task(stored: StoredTask) -> Task {
    Task {
        id: stored.id,
        request: stored.request,
        system: stored.system,
        status: stored.status,
        categories: stored.categories,
        created_at: stored.created_at,
        attempts: stored.attempts,
        delivered_at: stored.delivered_at,
        acknowledged_at: stored.acknowledged_at,
        last_error: stored.last_error,
        end: stored.end,
        ended_at: stored.ended_at,
        note: stored.note,
    }
}
