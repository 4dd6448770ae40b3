//! Delivery of tasks. One piece of due work for each system stands for all that it is to be told: tasks go to it one at a
//! time, so that a system that is slow keeps nobody else waiting, however many tasks it has.
//!
//! An attempt is entered in the audit log before anything leaves, since it tells a system outside whom a request is about.

use domain::actor::Actor;
use domain::category::Categories;
use domain::id::{RequestId, SubjectId, SystemId, TaskId, TenantId};
use domain::purpose::Purpose;
use domain::request::kind::RequestKind;
use domain::request::reference::Reference;
use domain::restriction::RestrictionGround;
use domain::system::SystemConnector;
use domain::task::{DownstreamTaskStatus, Term};
use entity::downstream_task::{Column, Entity, Model};
use entity::{downstream_system, rights_request};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ColumnTrait as _, Condition};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Known, TABLE, open};
use crate::audit::AuditEvent;
use crate::backend::{Bound, categories_of};
use crate::door::{OpenError, Store, WritingDoor};
use crate::error::StoreError;
use crate::job::{Lease, come_again, hold};
use crate::opendsr::poll_later;
use crate::system::{circuit, endpoint_of, secret};
use crate::tenant_tx::{CarriesOutRights, TenantTx, Unserved};
use crate::time;
use crate::vault::SealKey;

/// A task that a system is to be told now. No `Debug`: it holds secrets and says whom it is about.
pub struct DueTask {
    /// Whose system it is.
    pub tenant: TenantId,
    /// The task.
    pub task: TaskId,
    /// The system.
    pub system: SystemId,
    /// How it is reached.
    pub connector: SystemConnector,
    /// For which request.
    pub request: RequestId,
    /// The request's reference.
    pub reference: Reference,
    /// Which right.
    pub kind: RequestKind,
    /// For an objection or a withdrawal of consent: the purpose.
    pub purpose: Option<Purpose>,
    /// For a restriction: the ground.
    pub restriction_ground: Option<RestrictionGround>,
    /// When the request came in.
    pub received_at: Timestamp,
    /// What the system knows the person by.
    pub known: Known,
    /// The categories that it is about.
    pub categories: Categories,
    /// The request's deadline when the task was made.
    pub due_at: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// Where it is posted.
    pub endpoint: String,
    /// What signs the message, the newest first.
    pub secrets: Vec<Zeroizing<String>>,
}

/// What a system's turn brings.
pub enum TaskTurn {
    /// A task to be posted; the attempt is entered in the audit log.
    Due(Box<DueTask>),
    /// A task that cannot be told any more has failed; there may be another.
    Failed,
    /// Nothing is due.
    Nothing,
    /// The tenant is not served.
    Unserved(Unserved),
}

/// What came of posting a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Posted {
    /// The system took it.
    Taken,
    /// It did not, and why, without personal data.
    Refused(String),
    /// It cannot be told at all, and why: a person must see to it.
    Impossible(String),
}

/// Why a task whose key is gone is told no more: the data is older than the keys, from a backup.
const UNREADABLE: &str = "what it says of the person can't be read any more";

impl Store {
    /// The next task for the leased system, entered as an attempt.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds the work by now or the system was removed.
    pub async fn next_task(&self, lease: &Lease) -> Result<TaskTurn, StoreError> {
        let door = self.writing(lease.tenant()).await.map_err(|error| match error {
            OpenError::UnknownTenant => StoreError::LeaseLost,
            OpenError::Store(error) => error,
        })?;
        match door {
            WritingDoor::Processing(tx) => tx.next_task(lease).await,
            WritingDoor::WindingDown(tx) => tx.next_task(lease).await,
            WritingDoor::Signing(tx) => {
                Ok(TaskTurn::Unserved(tx.unserved().unwrap_or(Unserved::AgreementRequired)))
            }
        }
    }

    /// Records what came of an attempt, and when the system's turn comes again. A receipt that was faster stands.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds the work by now or the system was removed; the task is told once
    /// more then, under the same identifier.
    pub async fn end_attempt(&self, lease: &Lease, task: TaskId, posted: &Posted) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut chance = [0_u8];
        self.vault.entropy().fill(&mut chance);
        let bound = Bound::writing(&self.data, lease.tenant()).await?;
        hold(&bound, lease, now).await?;
        let system = circuit::lock(&bound, lease.object).await?.ok_or(StoreError::LeaseLost)?;
        match posted {
            Posted::Taken => circuit::note_success(&bound, &system, now).await?,
            Posted::Refused(reason) => {
                circuit::note_failure(&bound, &system, (reason, chance[0]), now).await?;
            }
            // It says nothing of how the system is reached.
            Posted::Impossible(_) => {}
        }
        let row = bound.find::<Entity>().filter(Column::Id.eq(task.uuid())).locked().one(&bound).await?;
        if let Some(row) = row.filter(|row| row.status == DownstreamTaskStatus::Pending.code()) {
            match posted {
                Posted::Taken => {
                    taken(&bound, &row, now).await?;
                    if system.connector == SystemConnector::OpenDsr.code() {
                        // Should no callback tell how it stands.
                        poll_later(&bound, (row.id, now), self.vault.entropy()).await?;
                    }
                }
                Posted::Impossible(reason) => give_up(&bound, &row, reason).await?,
                Posted::Refused(reason) => refused(&bound, &row, (reason, chance[0]), now).await?,
            }
        }
        end_turn(bound, lease).await
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    async fn next_task(self, lease: &Lease) -> Result<TaskTurn, StoreError> {
        hold(&self.bound, lease, self.now).await?;
        let system = circuit::lock(&self.bound, lease.object).await?.ok_or(StoreError::LeaseLost)?;
        let now = time::to_row(self.now);
        // A system that keeps failing is left alone but for what has no more time.
        let rests = circuit::rests_until(&system, self.now).is_some();
        let column = if rests { Column::InsistsAt } else { Column::NextAttemptAt };
        let due = Condition::all().add(Column::SystemId.eq(lease.object)).add(column.lte(now));
        let due = due.add(Column::NextAttemptAt.is_not_null());
        let due = self.bound.find::<Entity>().filter(due).order_by(Column::NextAttemptAt, Order::Asc);
        let due = due.order_by(Column::Id, Order::Asc).limit(1).locked();
        let Some(row) = due.one(&self.bound).await? else {
            end_turn(self.bound, lease).await?;
            return Ok(TaskTurn::Nothing);
        };
        let task = match self.due_task(&row, &system).await {
            Ok(task) => task,
            Err(StoreError::KeyGone) => {
                give_up(&self.bound, &row, UNREADABLE).await?;
                end_turn(self.bound, lease).await?;
                return Ok(TaskTurn::Failed);
            }
            Err(error) => return Err(error),
        };
        self.enter_attempt(&row, &system).await?;
        let event = event(lease, &row, &task);
        self.commit(event).await?;
        Ok(TaskTurn::Due(Box::new(task)))
    }

    /// A task's three days begin with its first attempt; where its system failed already when it came, with its coming.
    async fn enter_attempt(&self, row: &Model, system: &downstream_system::Model) -> Result<(), StoreError> {
        let now = time::to_row(self.now);
        let attempt = self.bound.amend::<Entity>().filter(Column::Id.eq(row.id));
        let attempt = attempt.set(Column::Attempts, Expr::value(row.attempts.saturating_add(1)));
        let attempt = attempt.set(Column::FirstAttemptAt, Expr::value(row.first_attempt_at.unwrap_or(now)));
        let begins = row.first_attempt_at.is_none() && system.next_probe_at.is_none();
        let term = Term::beginning(self.now, time::from_row(row.due_at));
        let attempt = if begins {
            attempt.set(Column::GivesUpAt, Expr::value(Some(time::to_row(term.gives_up_at))))
        } else {
            attempt
        };
        attempt.run(&self.bound).await?;
        Ok(())
    }

    async fn due_task(&self, row: &Model, system: &downstream_system::Model) -> Result<DueTask, StoreError> {
        let inconsistent = |column| StoreError::Inconsistent { table: TABLE, column };
        let request = RequestId::from_uuid(row.request_id);
        let sealed = row.sealed.as_deref().ok_or(StoreError::KeyGone)?;
        let key = SealKey::id_of(sealed).ok_or(StoreError::Tampered { table: TABLE })?;
        let key = self.vault.task_key(self.tenant(), (request, key)).await?;
        let stored = self.find_request(request).await?.ok_or(inconsistent("request_id"))?;
        let secrets = secret::signing(&self.bound, &self.vault, (row.system_id, self.now)).await?;
        Ok(DueTask {
            tenant: self.tenant(),
            task: TaskId::from_uuid(row.id),
            system: SystemId::from_uuid(row.system_id),
            connector: SystemConnector::from_code(&system.connector).ok_or(inconsistent("connector"))?,
            request,
            reference: stored.reference,
            kind: stored.kind,
            purpose: stored.purpose,
            restriction_ground: stored.restriction_ground,
            received_at: stored.received_at,
            known: open(&key, row, sealed)?,
            categories: categories_of(&row.categories).ok_or(inconsistent("categories"))?,
            due_at: time::from_row(row.due_at),
            created_at: time::from_row(row.created_at),
            endpoint: endpoint_of(&self.vault, system).await?,
            secrets,
        })
    }
}

/// What leaves is what the system is told the person by.
fn event(lease: &Lease, row: &Model, task: &DueTask) -> AuditEvent {
    let told = task.known.iter().filter(|(_, value)| value.is_some());
    AuditEvent {
        by: Actor::gateway(),
        action: "downstreamTask.deliver",
        purpose: Some(Purpose::RightsHandling),
        allowed: true,
        subjects: vec![SubjectId::from_uuid(row.subject_id)],
        categories: told.filter_map(|(identifier, _)| identifier.category()).collect(),
        request_id: lease.job().to_string(),
        digest: None,
    }
}

async fn taken(bound: &Bound, row: &Model, now: Timestamp) -> Result<(), StoreError> {
    let none = None::<chrono::DateTime<chrono::Utc>>;
    let change = bound.amend::<Entity>().filter(Column::Id.eq(row.id));
    change
        .set(Column::Status, Expr::value(DownstreamTaskStatus::Delivered.code()))
        .set(Column::DeliveredAt, Expr::value(time::to_row(now)))
        .set(Column::NextAttemptAt, Expr::value(none))
        .set(Column::LastError, Expr::value(None::<String>))
        .run(bound)
        .await?;
    Ok(())
}

async fn refused(
    bound: &Bound,
    row: &Model,
    (reason, chance): (&str, u8),
    now: Timestamp,
) -> Result<(), StoreError> {
    let term = term_of(bound, row, now).await?;
    let failures = u32::try_from(row.attempts).unwrap_or(u32::MAX);
    let Some(next) = term.next_attempt((failures, chance), now) else {
        return give_up(bound, row, reason).await;
    };
    let later = bound.amend::<Entity>().filter(Column::Id.eq(row.id));
    let later = later.set(Column::NextAttemptAt, Expr::value(time::to_row(next)));
    let later = later.set(Column::InsistsAt, Expr::value(Some(time::to_row(term.insists_at(now)))));
    later.set(Column::LastError, Expr::value(reason)).run(bound).await?;
    Ok(())
}

/// Until when a task is tried; the deadline may have been extended since the task was made.
async fn term_of(bound: &Bound, row: &Model, now: Timestamp) -> Result<Term, StoreError> {
    let request = bound.find::<rights_request::Entity>();
    let request = request.filter(rights_request::Column::Id.eq(row.request_id));
    let due: Vec<(chrono::DateTime<chrono::Utc>,)> =
        request.columns([rights_request::Column::DueAt]).tuples(bound).await?;
    let due_at = time::from_row(due.first().map_or(row.due_at, |(due,)| *due));
    let begun = Term::beginning(row.first_attempt_at.map_or(now, time::from_row), due_at);
    Ok(Term { gives_up_at: row.gives_up_at.map_or(begun.gives_up_at, time::from_row), due_at })
}

/// The task has failed, and waits for a person or for the system's own word.
async fn give_up(bound: &Bound, row: &Model, reason: &str) -> Result<(), StoreError> {
    let none = None::<chrono::DateTime<chrono::Utc>>;
    let change = bound.amend::<Entity>().filter(Column::Id.eq(row.id));
    change
        .set(Column::Status, Expr::value(DownstreamTaskStatus::Failed.code()))
        .set(Column::NextAttemptAt, Expr::value(none))
        .set(Column::LastError, Expr::value(reason))
        .run(bound)
        .await?;
    Ok(())
}

/// When a system's next turn is: with its next task; while it keeps failing not before the next probe, but for a task that has
/// no more time.
async fn next_turn(bound: &Bound, system: Uuid) -> Result<Option<chrono::DateTime<chrono::Utc>>, StoreError> {
    let waiting = Condition::all().add(Column::SystemId.eq(system)).add(Column::NextAttemptAt.is_not_null());
    let earliest = |column: Column| {
        bound
            .find::<Entity>()
            .filter(waiting.clone())
            .filter(column.is_not_null())
            .order_by(column, Order::Asc)
            .limit(1)
    };
    let Some(next) = earliest(Column::NextAttemptAt).one(bound).await?.and_then(|row| row.next_attempt_at)
    else {
        return Ok(None);
    };
    let row = bound.find::<downstream_system::Entity>().filter(downstream_system::Column::Id.eq(system));
    let Some(probe) = row.one(bound).await?.and_then(|row| row.next_probe_at) else {
        return Ok(Some(next));
    };
    let insists = earliest(Column::InsistsAt).one(bound).await?.and_then(|row| row.insists_at);
    let later = next.max(probe);
    Ok(Some(insists.map_or(later, |insists| later.min(insists))))
}

/// Ends a system's turn: the next comes behind those of the others that are due by then.
async fn end_turn(bound: Bound, lease: &Lease) -> Result<(), StoreError> {
    let next = next_turn(&bound, lease.object).await?;
    come_again(bound, lease, next).await
}
