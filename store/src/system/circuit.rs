//! A system that keeps failing is left alone: its circuit opens, one message at a time probes it, and everything else that it
//! is to be told waits without a worker's place and without an entry in the audit log. All of it goes out at once when one
//! message was taken.
//!
//! Whoever records an outcome here holds the system's row.

use domain::circuit::next_probe;
use domain::system::DownstreamMessage;
use domain::task::DownstreamTaskStatus;
use entity::downstream_system::{Column, Entity, Model};
use entity::{downstream_task, job};
use jiff::Timestamp;
use sea_orm::ColumnTrait as _;
use sea_orm::sea_query::Expr;
use uuid::Uuid;

use crate::backend::Bound;
use crate::error::StoreError;
use crate::job::JobKind;
use crate::time;

/// How deliveries of any kind to a system that fails stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circuit {
    /// Failures since the last message that the system took.
    pub failures: u32,
    /// When the first of them was.
    pub failing_since: Timestamp,
    /// Why the last of them happened.
    pub last_error: Option<String>,
    /// While the circuit is open: when one message is tried next.
    pub next_probe_at: Option<Timestamp>,
}

impl Circuit {
    /// The circuit of a system that has failed since the last message that it took; `None` of one that has not.
    pub(super) fn read(row: &Model) -> Option<Self> {
        Some(Self {
            failing_since: row.failing_since.map(time::from_row)?,
            failures: u32::try_from(row.failures).unwrap_or(u32::MAX),
            last_error: row.last_error.clone(),
            next_probe_at: row.next_probe_at.map(time::from_row),
        })
    }
}

/// Until when nothing but what insists may go to a system; `None` where it may go now.
pub(crate) fn rests_until(system: &Model, now: Timestamp) -> Option<Timestamp> {
    system.next_probe_at.map(time::from_row).filter(|probe| *probe > now)
}

/// A system's row, held until the transaction ends; `None` for one that was removed.
pub(crate) async fn lock(bound: &Bound, system: Uuid) -> Result<Option<Model>, StoreError> {
    let row = bound.find::<Entity>().filter(Column::Id.eq(system));
    Ok(row.locked().one(bound).await?.filter(|row| row.removed_at.is_none()))
}

/// Records that a message failed; gives when the next may go out, whatever it is.
pub(crate) async fn note_failure(
    bound: &Bound,
    system: &Model,
    (reason, chance): (&str, u8),
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let failures = system.failures.saturating_add(1);
    let probe = next_probe((u32::try_from(failures).unwrap_or(u32::MAX), chance), now);
    let since = system.failing_since.unwrap_or_else(|| time::to_row(now));
    let own = bound.amend::<Entity>().filter(Column::Id.eq(system.id));
    own.set(Column::Failures, Expr::value(failures))
        .set(Column::FailingSince, Expr::value(Some(since)))
        .set(Column::LastError, Expr::value(Some(reason.to_owned())))
        .set(Column::NextProbeAt, Expr::value(probe.map(time::to_row)))
        .run(bound)
        .await?;
    Ok(probe)
}

/// Records that a message was taken. Where the circuit was open everything that waits for the system is due now.
pub(crate) async fn note_success(bound: &Bound, system: &Model, now: Timestamp) -> Result<(), StoreError> {
    if system.failures == 0 {
        return Ok(());
    }
    let none = None::<chrono::DateTime<chrono::Utc>>;
    let own = bound.amend::<Entity>().filter(Column::Id.eq(system.id));
    own.set(Column::Failures, Expr::value(0))
        .set(Column::FailingSince, Expr::value(none))
        .set(Column::LastError, Expr::value(None::<String>))
        .set(Column::NextProbeAt, Expr::value(none))
        .run(bound)
        .await?;
    if system.next_probe_at.is_some() { wake(bound, system.id, now).await } else { Ok(()) }
}

async fn wake(bound: &Bound, system: Uuid, now: Timestamp) -> Result<(), StoreError> {
    let now = time::to_row(now);
    let waiting = bound.amend::<downstream_task::Entity>();
    waiting
        .filter(downstream_task::Column::SystemId.eq(system))
        .filter(downstream_task::Column::Status.eq(DownstreamTaskStatus::Pending.code()))
        .filter(downstream_task::Column::NextAttemptAt.gt(now))
        .set(downstream_task::Column::NextAttemptAt, Expr::value(Some(now)))
        .run(bound)
        .await?;
    let kinds = DownstreamMessage::ALL.iter().map(|message| JobKind::delivering(*message).code());
    let work = bound.amend::<job::Entity>().filter(job::Column::ObjectId.eq(system));
    let work = work.filter(job::Column::Kind.is_in(kinds)).filter(job::Column::RunAt.gt(now));
    work.set(job::Column::RunAt, Expr::value(now)).run(bound).await?;
    Ok(())
}
