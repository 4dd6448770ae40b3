//! How tasks end: confirmed, closed by hand, or overtaken. With the last one its request goes on.

use std::collections::{BTreeMap, BTreeSet};

use domain::actor::ActorId;
use domain::category::Categories;
use domain::id::{RequestId, SubjectId, SystemId, TaskId};
use domain::request::kind::RequestKind;
use domain::system::SubjectIdentifier;
use domain::task::{DownstreamTaskStatus, TaskEnd};
use domain::text::Text;
use entity::downstream_task::{Column, Entity, Model};
use entity::{downstream_system, rights_request};
use sea_orm::sea_query::{Expr, IntoCondition, Order};
use sea_orm::{ColumnTrait as _, Condition};
use uuid::Uuid;

use super::{StoredTask, codes};
use crate::error::StoreError;
use crate::job::JobKind;
use crate::tenant_tx::{CarriesOutRights, Processing, TenantTx, Writes};
use crate::time;

impl<S: Writes> TenantTx<S> {
    /// Tasks, which this transaction holds from now on.
    pub(super) async fn lock_tasks(&self, which: impl IntoCondition) -> Result<Vec<Model>, StoreError> {
        let rows = self.bound.find::<Entity>().filter(which);
        let rows = rows.order_by(Column::RequestId, Order::Asc).order_by(Column::Id, Order::Asc);
        rows.locked().all(&self.bound).await
    }

    /// Holds systems until the transaction ends; before any task, as whoever delivers does.
    pub(super) async fn lock_systems(
        &self,
        systems: Vec<(Uuid,)>,
    ) -> Result<Vec<downstream_system::Model>, StoreError> {
        let named = downstream_system::Column::Id.is_in(systems.into_iter().map(|(system,)| system));
        let rows = self.bound.find::<downstream_system::Entity>().filter(named);
        rows.order_by(downstream_system::Column::Id, Order::Asc).locked().all(&self.bound).await
    }

    /// Ends some of the tasks that this transaction holds, and lets each request go on whose last one it was. `tasks` are
    /// all of their requests.
    pub(super) async fn end_tasks(
        &self,
        tasks: &[Model],
        (end, which): (TaskEnd, &BTreeSet<Uuid>),
    ) -> Result<(), StoreError> {
        let mut touched = BTreeMap::new();
        for row in tasks {
            let ends = row.ended_by.is_none() && which.contains(&row.id);
            if ends {
                self.end_task(row, end).await?;
            }
            let (changed, waits) = touched.entry(row.request_id).or_insert((false, false));
            *changed |= ends;
            *waits |= row.ended_by.is_none() && !ends;
        }
        for (request, (changed, waits)) in touched {
            if changed && !waits {
                self.go_on_with(request).await?;
            }
        }
        Ok(())
    }

    /// With its end a task forgets whom it was about.
    async fn end_task(&self, row: &Model, end: TaskEnd) -> Result<(), StoreError> {
        let (none, now) = (None::<chrono::DateTime<chrono::Utc>>, time::to_row(self.now));
        let confirmed = end.status() == DownstreamTaskStatus::Acknowledged;
        let reason = row.last_error.clone().or_else(|| end.reason().map(str::to_owned));
        self.bound
            .amend::<Entity>()
            .filter(Column::Id.eq(row.id))
            .set(Column::Status, Expr::value(end.status().code()))
            .set(Column::EndedBy, Expr::value(end.code()))
            .set(Column::EndedAt, Expr::value(now))
            .set(Column::AcknowledgedAt, Expr::value(confirmed.then_some(now)))
            .set(Column::LastError, Expr::value(reason.filter(|_| !confirmed)))
            .set(Column::NextAttemptAt, Expr::value(none))
            .set(Column::Sealed, Expr::value(None::<Vec<u8>>))
            .run(&self.bound)
            .await?;
        Ok(())
    }

    /// The last task of a request has ended: it is completed, and the tasks' key destroyed.
    async fn go_on_with(&self, request: Uuid) -> Result<(), StoreError> {
        let row = self.bound.find::<rights_request::Entity>().filter(rights_request::Column::Id.eq(request));
        let columns = [rights_request::Column::Kind, rights_request::Column::SubjectId];
        let found: Vec<(String, Uuid)> = row.columns(columns).tuples(&self.bound).await?;
        let Some((kind, person)) = found.into_iter().next() else { return Ok(()) };
        let (work, object) = if kind == RequestKind::Erasure.code() {
            (JobKind::SettleErasure, person)
        } else {
            (JobKind::CompleteRequest, request)
        };
        self.enqueue(work, object, self.now).await
    }

    /// Ends the open tasks of a person's requests since the person's data is erased: all of them, or those that name one of
    /// the erased values. The tasks of erasures go on; they keep their own request waiting.
    pub(crate) async fn end_tasks_of_person(
        &self,
        person: SubjectId,
        erased: Option<&Categories>,
    ) -> Result<(), StoreError> {
        let of_person = Column::SubjectId.eq(person.uuid());
        self.forget_returned(of_person.clone()).await?;
        let open = self.bound.find::<Entity>().filter(of_person.clone()).filter(Column::EndedBy.is_null());
        let systems: Vec<(Uuid,)> = open.columns([Column::SystemId]).tuples(&self.bound).await?;
        if systems.is_empty() {
            return Ok(());
        }
        self.lock_systems(systems).await?;
        let tasks = self.lock_tasks(of_person).await?;
        let erasures = rights_request::Column::Kind.eq(RequestKind::Erasure.code());
        let erasures = self.bound.find::<rights_request::Entity>().filter(erasures);
        let erasures = erasures.filter(rights_request::Column::SubjectId.eq(person.uuid()));
        let erasures: Vec<(Uuid,)> =
            erasures.columns([rights_request::Column::Id]).tuples(&self.bound).await?;
        let naming = match erased {
            Some(erased) => Some(self.systems_that_name(erased).await?),
            None => None,
        };
        let overtaken = |row: &&Model| {
            !erasures.contains(&(row.request_id,))
                && naming.as_ref().is_none_or(|naming| naming.contains(&row.system_id))
        };
        let which = tasks.iter().filter(overtaken).map(|row| row.id).collect();
        self.end_tasks(&tasks, (TaskEnd::PersonErased, &which)).await
    }

    /// The systems that know persons by one of the categories.
    async fn systems_that_name(&self, erased: &Categories) -> Result<BTreeSet<Uuid>, StoreError> {
        let rows = self.bound.find::<downstream_system::Entity>().all(&self.bound).await?;
        let names = |code: &str| {
            let category = SubjectIdentifier::from_code(code).and_then(SubjectIdentifier::category);
            category.is_some_and(|category| erased.contains(&category))
        };
        Ok(rows.into_iter().filter(|row| codes(&row.identifiers).any(names)).map(|row| row.id).collect())
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// A task, of whose request this transaction holds all from now on.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn lock_task(&self, id: TaskId) -> Result<Option<StoredTask>, StoreError> {
        let columns = [Column::RequestId];
        let found = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid())).columns(columns);
        let found: Vec<(Uuid,)> = found.tuples(&self.bound).await?;
        let Some((request,)) = found.into_iter().next() else { return Ok(None) };
        let tasks = self.lock_tasks(Column::RequestId.eq(request)).await?;
        tasks.into_iter().find(|row| row.id == id.uuid()).map(StoredTask::try_from).transpose()
    }

    /// Closes a task by hand, which [`TenantTx::lock_task`] holds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close_task(&self, task: &StoredTask, by: &ActorId, note: &Text) -> Result<(), StoreError> {
        let change = self.bound.amend::<Entity>().filter(Column::Id.eq(task.id.uuid()));
        let change = change.set(Column::Note, Expr::value(note.as_str()));
        change.set(Column::ClosedBy, Expr::value(by.as_str())).run(&self.bound).await?;
        self.end_one(task, TaskEnd::ByHand).await
    }

    pub(super) async fn end_one(&self, task: &StoredTask, end: TaskEnd) -> Result<(), StoreError> {
        let tasks = self.lock_tasks(Column::RequestId.eq(task.request.uuid())).await?;
        self.end_tasks(&tasks, (end, &[task.id.uuid()].into())).await
    }

    /// Ends the tasks of a request that was taken back before it was carried out, so that no system has heard of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn withdraw_tasks(&self, request: RequestId) -> Result<(), StoreError> {
        let tasks = self.lock_tasks(Column::RequestId.eq(request.uuid())).await?;
        self.forget_returned(Column::RequestId.eq(request.uuid())).await?;
        let all = tasks.iter().map(|row| row.id).collect();
        self.end_tasks(&tasks, (TaskEnd::RequestWithdrawn, &all)).await
    }

    /// All tasks of a person's requests, which this transaction holds from now on.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn lock_tasks_of(&self, person: SubjectId) -> Result<Vec<StoredTask>, StoreError> {
        let tasks = self.lock_tasks(Column::SubjectId.eq(person.uuid())).await?;
        tasks.into_iter().map(StoredTask::try_from).collect()
    }

    /// Destroys the keys of those requests' tasks that have all ended, and whose systems returned nothing that waits to be handed
    /// out; says how many there still were. Done a second time it changes nothing.
    ///
    /// # Errors
    /// When the key store fails.
    pub async fn destroy_task_keys(&self, tasks: &[StoredTask]) -> Result<u64, StoreError> {
        let waiting: BTreeSet<Uuid> = tasks
            .iter()
            .filter(|task| task.end.is_none() || task.returned)
            .map(|task| task.request.uuid())
            .collect();
        let all: BTreeSet<Uuid> = tasks.iter().map(|task| task.request.uuid()).collect();
        let ended: Vec<_> = all.difference(&waiting).copied().map(RequestId::from_uuid).collect();
        self.vault.destroy_task_keys(self.tenant(), &ended).await
    }
}

impl TenantTx<Processing> {
    /// Ends the open tasks of a system that is removed, whose row this transaction holds.
    pub(crate) async fn end_tasks_of_system(&self, system: SystemId) -> Result<(), StoreError> {
        let own = Condition::all().add(Column::SystemId.eq(system.uuid())).add(Column::EndedBy.is_null());
        let open = self.bound.find::<Entity>().filter(own).columns([Column::RequestId, Column::Id]);
        let open: Vec<(Uuid, Uuid)> = open.tuples(&self.bound).await?;
        if open.is_empty() {
            return Ok(());
        }
        let requests: BTreeSet<Uuid> = open.iter().map(|(request, _)| *request).collect();
        let tasks = self.lock_tasks(Column::RequestId.is_in(requests)).await?;
        let which = open.into_iter().map(|(_, task)| task).collect();
        self.end_tasks(&tasks, (TaskEnd::SystemRemoved, &which)).await
    }
}
