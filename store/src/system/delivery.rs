//! Delivery of the audit log's heads. One piece of due work for each system stands for whatever it has not confirmed yet:
//! heads are never queued, the newest one holds all before it.
//!
//! None of this writes to the audit log. A head is about no person, and an entry for its delivery would make the next head,
//! whose delivery would make another, for ever.

use domain::clock::Entropy;
use domain::id::{JobId, SystemId, TenantId};
use domain::system::retry_pause;
use entity::audit_delivery::{self, Column, Entity};
use entity::{downstream_system, job};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ActiveValue::Set, ColumnTrait as _};
use tlog::Hash;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{AuditDelivery, circuit, endpoint_of, secret};
use crate::audit::{StoredCheckpoint, consistency, newest_checkpoint};
use crate::backend::Bound;
use crate::door::Store;
use crate::error::StoreError;
use crate::job::{JobKind, Lease, hold, own};
use crate::time;

/// A head that a system has not confirmed yet. No `Debug`: it holds secrets.
pub struct DueDelivery {
    /// Whose log it is.
    pub tenant: TenantId,
    /// The system.
    pub system: SystemId,
    /// Where the head is posted.
    pub endpoint: String,
    /// What signs the message, the newest first.
    pub secrets: Vec<Zeroizing<String>>,
    /// The newest head.
    pub head: StoredCheckpoint,
    /// That the head extends the one which the system last confirmed; `None` where it confirmed none.
    pub consistency: Option<Consistency>,
}

/// What a system's turn brings.
pub enum HeadTurn {
    /// A head to be posted.
    Due(Box<DueDelivery>),
    /// It has confirmed the newest head, or was removed.
    Nothing,
    /// It keeps failing; nothing goes to it before then.
    Rests(Timestamp),
}

/// A proof that a log of a size is the beginning of a later one (RFC 6962 section 2.1.2).
pub struct Consistency {
    /// Size of the earlier log.
    pub from: u64,
    /// The proof's hashes, in order.
    pub hashes: Vec<Hash>,
}

impl Store {
    /// What is to be brought to the leased system. Whether the tenant is served does not matter: a log is kept until its tenant
    /// has ended.
    ///
    /// # Errors
    /// When a database fails, a row is inconsistent or a secret does not open.
    pub async fn find_delivery(&self, lease: &Lease) -> Result<HeadTurn, StoreError> {
        let bound = Bound::reading(&self.data, lease.tenant()).await?;
        let due = self.due_in(&bound, lease.object).await;
        bound.close().await?;
        due
    }

    async fn due_in(&self, bound: &Bound, system: Uuid) -> Result<HeadTurn, StoreError> {
        let (Some(state), Some(head)) =
            (state(bound, system, Access::Plain).await?, newest_checkpoint(bound).await?)
        else {
            return Ok(HeadTurn::Nothing);
        };
        if state.size.is_some_and(|confirmed| confirmed >= head.size) {
            return Ok(HeadTurn::Nothing);
        }
        let row = bound.find::<downstream_system::Entity>();
        let row = row.filter(downstream_system::Column::Id.eq(system)).one(bound).await?;
        let Some(row) = row else { return Ok(HeadTurn::Nothing) };
        if let Some(until) = circuit::rests_until(&row, self.clock.now()) {
            return Ok(HeadTurn::Rests(until));
        }
        let consistency = match state.size {
            None => None,
            Some(from) => Some(Consistency { from, hashes: consistency(bound, from, head.size).await? }),
        };
        Ok(HeadTurn::Due(Box::new(DueDelivery {
            tenant: bound.tenant(),
            system: SystemId::from_uuid(system),
            endpoint: endpoint_of(&self.vault, &row).await?,
            secrets: secret::signing(bound, &self.vault, (system, self.clock.now())).await?,
            head,
            consistency,
        })))
    }

    /// Ends a delivery: what the system confirmed is recorded, and a head that came meanwhile is due at once.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds the work by now or the system was removed; nothing is recorded
    /// then, and the head goes out once more under the same identifier.
    pub async fn end_delivery(&self, lease: &Lease, confirmed: Option<u64>) -> Result<(), StoreError> {
        let now = self.clock.now();
        let bound = Bound::writing(&self.data, lease.tenant()).await?;
        hold(&bound, lease, now).await?;
        let system = circuit::lock(&bound, lease.object).await?;
        // The row is held first, as the sequencer does: whichever comes second sees what the other one did.
        let state = state(&bound, lease.object, Access::Locked).await?;
        if let Some(size) = confirmed {
            if let Some(system) = &system {
                circuit::note_success(&bound, system, now).await?;
            }
            let none: Option<chrono::DateTime<chrono::Utc>> = None;
            let size = i64::try_from(size)
                .map_err(|_| StoreError::Inconsistent { table: "audit_delivery", column: "tree_size" })?;
            of_system(&bound, lease)
                .set(Column::TreeSize, Expr::value(Some(size)))
                .set(Column::DeliveredAt, Expr::value(Some(time::to_row(now))))
                .set(Column::FailingSince, Expr::value(none))
                .set(Column::LastError, Expr::value(Option::<String>::None))
                .run(&bound)
                .await?;
        }
        let newest = newest_checkpoint(&bound).await?.map(|head| head.size);
        let confirmed = confirmed.or_else(|| state.as_ref()?.size);
        let ended = if state.is_some() && newest > confirmed {
            let none: Option<chrono::DateTime<chrono::Utc>> = None;
            own(&bound, lease)
                .set(job::Column::RunAt, Expr::value(time::to_row(now)))
                .set(job::Column::Attempts, Expr::value(0))
                .set(job::Column::LeaseToken, Expr::value(Option::<Uuid>::None))
                .set(job::Column::LeasedUntil, Expr::value(none))
                .run(&bound)
                .await?
        } else {
            remove(&bound, lease).await?
        };
        committed(bound, ended).await
    }

    /// Puts a delivery off that failed, for the longer the more often it did, without end: a log's head is never stale.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds the work by now or the system was removed.
    pub async fn put_off_delivery(&self, lease: &Lease, reason: &str) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut chance = [0_u8];
        self.vault.entropy().fill(&mut chance);
        let again = now.checked_add(retry_pause(lease.attempts, chance[0])).unwrap_or(Timestamp::MAX);
        let bound = Bound::writing(&self.data, lease.tenant()).await?;
        hold(&bound, lease, now).await?;
        let system = circuit::lock(&bound, lease.object).await?.ok_or(StoreError::LeaseLost)?;
        let probe = circuit::note_failure(&bound, &system, (reason, chance[0]), now).await?;
        let again = probe.map_or(again, |probe| again.max(probe));
        let state = state(&bound, lease.object, Access::Locked).await?.ok_or(StoreError::LeaseLost)?;
        let since = state.failing_since.unwrap_or(now);
        of_system(&bound, lease)
            .set(Column::FailingSince, Expr::value(Some(time::to_row(since))))
            .set(Column::LastError, Expr::value(Some(reason.to_owned())))
            .run(&bound)
            .await?;
        let none: Option<chrono::DateTime<chrono::Utc>> = None;
        let ended = own(&bound, lease)
            .set(job::Column::RunAt, Expr::value(time::to_row(again)))
            .set(job::Column::LastError, Expr::value(reason))
            .set(job::Column::LeaseToken, Expr::value(Option::<Uuid>::None))
            .set(job::Column::LeasedUntil, Expr::value(none))
            .run(&bound)
            .await?;
        committed(bound, ended).await
    }
}

/// Has each system that receives heads told of a new one, in the transaction that made it. What is under way or waits after
/// a failure stays as it is: it will find the newest head by itself.
pub(crate) async fn wake(bound: &Bound, now: Timestamp, entropy: &dyn Entropy) -> Result<(), StoreError> {
    let rows = bound.find::<Entity>().order_by(Column::SystemId, Order::Asc).locked();
    let systems: Vec<(Uuid,)> = rows.columns([Column::SystemId]).tuples(bound).await?;
    if systems.is_empty() {
        return Ok(());
    }
    let kind = JobKind::DeliverCheckpoint.code();
    let known = bound.find::<job::Entity>().filter(job::Column::Kind.eq(kind));
    let known: Vec<(Uuid,)> = known.columns([job::Column::ObjectId]).tuples(bound).await?;
    let missing = systems.into_iter().filter(|system| !known.contains(system));
    let rows = missing.map(|(system,)| job::ActiveModel {
        id: Set(JobId::new(now, entropy).uuid()),
        kind: Set(kind.to_owned()),
        object_id: Set(system),
        run_at: Set(time::to_row(now)),
        attempts: Set(0),
        lease_token: Set(None),
        leased_until: Set(None),
        dead_at: Set(None),
        last_error: Set(None),
        created_at: Set(time::to_row(now)),
        ..Default::default()
    });
    bound.put_all::<job::Entity>(rows.collect()).await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Plain,
    Locked,
}

async fn state(bound: &Bound, system: Uuid, access: Access) -> Result<Option<AuditDelivery>, StoreError> {
    let rows = bound.find::<Entity>().filter(Column::SystemId.eq(system));
    let rows = if access == Access::Locked { rows.locked() } else { rows };
    rows.one(bound).await?.map(AuditDelivery::try_from).transpose()
}

fn of_system(bound: &Bound, lease: &Lease) -> crate::scoped::Changes<audit_delivery::Entity> {
    bound.amend::<audit_delivery::Entity>().filter(Column::SystemId.eq(lease.object))
}

async fn remove(bound: &Bound, lease: &Lease) -> Result<u64, StoreError> {
    let removal = bound.remove::<job::Entity>().filter(job::Column::Id.eq(lease.job().uuid()));
    removal.filter(job::Column::LeaseToken.eq(lease.token())).run(bound).await
}

/// Commits what was recorded if the work, of which so many rows were changed, was still this worker's.
async fn committed(bound: Bound, changed: u64) -> Result<(), StoreError> {
    if changed == 0 {
        return Err(StoreError::LeaseLost);
    }
    bound.commit().await
}
