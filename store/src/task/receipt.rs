//! What a system says of its task. It names the task alone: whose it is is found here, and what it says counts once it was
//! signed with the secret of that task's system.

use domain::actor::Actor;
use domain::id::{SystemId, TaskId, TenantId};
use domain::purpose::Purpose;
use domain::returned::Returned;
use domain::system::SystemConnector;
use domain::task::{DownstreamTaskStatus, Effect, ReceiptOutcome, TaskEnd, receive};
use domain::text::Text;
use entity::downstream_system;
use entity::downstream_task::{Column, Entity};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::StoredTask;
use super::returned::Fit;
use crate::audit::AuditEvent;
use crate::backend::Bound;
use crate::door::{OpenError, Store, WritingDoor};
use crate::error::StoreError;
use crate::system::{endpoint_of, secret};
use crate::tenant_tx::{CarriesOutRights, TenantTx, Unserved};
use crate::time;

/// What a system says of its task. No `Debug`: it may hold personal data.
#[derive(Clone)]
pub struct Receipt {
    /// Done or not.
    pub outcome: ReceiptOutcome,
    /// What it says of it, without personal data.
    pub detail: Option<Text>,
    /// What it returns of the person's data.
    pub returned: Option<Returned>,
    /// The HTTP request's identifier.
    pub request_id: String,
}

/// Who may sign a receipt for a task: whoever has one of the secrets opens its tenant for that task alone. No `Debug`.
pub struct Signers {
    tenant: TenantId,
    task: TaskId,
    /// The system.
    pub system: SystemId,
    /// How it is reached, and so how it signs.
    pub connector: SystemConnector,
    /// Where it is reached.
    pub endpoint: String,
    /// The secrets that its system signs with, the newest first.
    pub secrets: Vec<Zeroizing<String>>,
    /// When the task was made.
    pub created_at: Timestamp,
    /// Whether it waits for no word of the system's any more: it has ended, or failed.
    pub is_over: bool,
}

/// Of a task: tenant, system, when it was made, and where it stands.
type Found = (Uuid, Uuid, chrono::DateTime<chrono::Utc>, String);

/// What became of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// What it does to its task; nothing was changed where it does nothing.
    Effect(Effect),
    /// What it returns has no place in the answer to the request.
    Unfit,
    /// The task is gone.
    Gone,
    /// The tenant is not served.
    Unserved(Unserved),
}

impl Store {
    /// Who may sign a receipt for a task; `None` where there is no such task, or its system was removed.
    ///
    /// # Errors
    /// When a database fails or a secret does not open.
    pub async fn signers_of_task(&self, task: TaskId) -> Result<Option<Signers>, StoreError> {
        let tx = self.data.begin_reading().await?;
        self.data.see_all_work(&tx).await?;
        let row = Entity::find().filter(Column::Id.eq(task.uuid())).select_only();
        let row = row.columns([Column::TenantId, Column::SystemId, Column::CreatedAt, Column::Status]);
        let found: Option<Found> = row.into_tuple().one(&tx).await?;
        tx.commit().await?;
        let Some(found) = found else { return Ok(None) };
        let bound = Bound::reading(&self.data, TenantId::from_uuid(found.0)).await?;
        let signers = self.signers(&bound, (task, found)).await;
        bound.close().await?;
        signers
    }

    /// Takes a receipt that one of the signers signed. One that says what is known changes nothing; one that contradicts how
    /// the task ended neither.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn take_receipt(&self, signers: &Signers, receipt: &Receipt) -> Result<Taken, StoreError> {
        match self.writing(signers.tenant).await {
            Ok(WritingDoor::Processing(tx)) => tx.take_receipt(signers.task, receipt).await,
            Ok(WritingDoor::WindingDown(tx)) => tx.take_receipt(signers.task, receipt).await,
            Ok(WritingDoor::Signing(tx)) => {
                Ok(Taken::Unserved(tx.unserved().unwrap_or(Unserved::AgreementRequired)))
            }
            Err(OpenError::UnknownTenant) => Ok(Taken::Gone),
            Err(OpenError::Store(error)) => Err(error),
        }
    }

    async fn signers(
        &self,
        bound: &Bound,
        (task, (tenant, system, created_at, status)): (TaskId, Found),
    ) -> Result<Option<Signers>, StoreError> {
        let row = bound.find::<downstream_system::Entity>().filter(downstream_system::Column::Id.eq(system));
        let Some(row) = row.one(bound).await?.filter(|row| row.removed_at.is_none()) else { return Ok(None) };
        let inconsistent = StoreError::Inconsistent { table: "downstream_system", column: "connector" };
        let waits = [DownstreamTaskStatus::Pending, DownstreamTaskStatus::Delivered];
        Ok(Some(Signers {
            tenant: TenantId::from_uuid(tenant),
            task,
            system: SystemId::from_uuid(system),
            connector: SystemConnector::from_code(&row.connector).ok_or(inconsistent)?,
            endpoint: endpoint_of(&self.vault, &row).await?,
            secrets: secret::signing(bound, &self.vault, (system, self.clock.now())).await?,
            created_at: time::from_row(created_at),
            is_over: !waits.iter().any(|waits| waits.code() == status),
        }))
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    async fn take_receipt(self, task: TaskId, receipt: &Receipt) -> Result<Taken, StoreError> {
        let Some(task) = self.lock_task(task).await? else { return Ok(Taken::Gone) };
        let effect = receive(task.end, receipt.outcome);
        if let Some(returned) = &receipt.returned
            && self.fit(&task, returned).await? == Fit::Unfit
        {
            return Ok(Taken::Unfit);
        }
        match effect {
            Effect::Contradicts => return Ok(Taken::Effect(effect)),
            Effect::Nothing => {
                // Said again it is known; anything else would come too late for the answer.
                let is_known = match &receipt.returned {
                    Some(returned) => self.has_returned(task.id, returned).await?,
                    None => true,
                };
                let effect = if is_known { effect } else { Effect::Contradicts };
                return Ok(Taken::Effect(effect));
            }
            Effect::Confirms => {
                self.note_receipt(&task, receipt).await?;
                if let Some(returned) = &receipt.returned {
                    self.keep_returned(task.id, returned).await?;
                }
                self.end_one(&task, TaskEnd::Confirmed).await?;
            }
            Effect::Fails => self.note_receipt(&task, receipt).await?,
        }
        let event = event(&task, receipt);
        self.commit(event).await?;
        Ok(Taken::Effect(effect))
    }

    async fn note_receipt(&self, task: &StoredTask, receipt: &Receipt) -> Result<(), StoreError> {
        let change = self.bound.amend::<Entity>().filter(Column::Id.eq(task.id.uuid()));
        let change = change.set(Column::Receipt, Expr::value(receipt.outcome.code()));
        let change = match receipt.outcome {
            ReceiptOutcome::Done => change,
            ReceiptOutcome::Failed => {
                let said = receipt.detail.as_ref().map_or("the system reports a failure", Text::as_str);
                change
                    .set(Column::Status, Expr::value(DownstreamTaskStatus::Failed.code()))
                    .set(Column::LastError, Expr::value(said))
                    .set(Column::NextAttemptAt, Expr::value(None::<chrono::DateTime<chrono::Utc>>))
            }
        };
        change.run(&self.bound).await?;
        Ok(())
    }
}

/// By the system, which is the tenant's.
fn event(task: &StoredTask, receipt: &Receipt) -> AuditEvent {
    let system: SystemId = task.system;
    AuditEvent {
        by: Actor::staff(system.to_string()),
        action: match receipt.outcome {
            ReceiptOutcome::Done => "downstreamTask.confirm",
            ReceiptOutcome::Failed => "downstreamTask.fail",
        },
        purpose: Some(Purpose::RightsHandling),
        allowed: true,
        subjects: vec![task.subject],
        // What the system returned, if anything: that it came in here is a processing of the person's data.
        categories: receipt.returned.as_ref().map(Returned::categories).unwrap_or_default(),
        request_id: receipt.request_id.clone(),
        digest: None,
    }
}
