//! Asking processors how their tasks stand, where no callback has told. A task is asked about by a piece of due work of its
//! own, which ends with the task.

use std::time::Duration;

use domain::clock::Entropy;
use domain::id::{JobId, TaskId};
use entity::job;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait as _};
use uuid::Uuid;

use crate::backend::Bound;
use crate::door::Store;
use crate::error::StoreError;
use crate::job::{JobKind, Lease};
use crate::time;

/// Before the first time that a processor is asked: callbacks are to come first.
const FIRST: Duration = Duration::from_hours(1);

/// Has a processor asked about a task that it took, unless that is to be done already.
pub(crate) async fn poll_later(
    bound: &Bound,
    (task, now): (Uuid, Timestamp),
    entropy: &dyn Entropy,
) -> Result<(), StoreError> {
    let kind = JobKind::PollTask.code();
    let same = bound.find::<job::Entity>().filter(job::Column::Kind.eq(kind));
    if same.filter(job::Column::ObjectId.eq(task)).one(bound).await?.is_some() {
        return Ok(());
    }
    let row = job::ActiveModel {
        id: Set(JobId::new(now, entropy).uuid()),
        kind: Set(kind.to_owned()),
        object_id: Set(task),
        run_at: Set(time::to_row(now.checked_add(FIRST).unwrap_or(Timestamp::MAX))),
        attempts: Set(0),
        lease_token: Set(None),
        leased_until: Set(None),
        dead_at: Set(None),
        last_error: Set(None),
        created_at: Set(time::to_row(now)),
        ..Default::default()
    };
    bound.put::<job::Entity>(row).await
}

impl Lease {
    /// The task that a processor is to be asked about.
    #[must_use]
    pub const fn polled(&self) -> TaskId {
        TaskId::from_uuid(self.object)
    }
}

impl Store {
    /// Ends the asking: the task has ended, or waits for a person.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_polling(&self, lease: &Lease) -> Result<(), StoreError> {
        let bound = Bound::writing(&self.data, lease.tenant()).await?;
        let removal = bound.remove::<job::Entity>().filter(job::Column::Id.eq(lease.job().uuid()));
        removal.filter(job::Column::LeaseToken.eq(lease.token())).run(&bound).await?;
        bound.commit().await
    }
}
