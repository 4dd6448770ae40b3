//! What systems outside must do for rights requests (Art. 19): which are told, what they are told, and how a person closes
//! what a system cannot confirm.

use domain::category::Categories;
use domain::erasure::Plan;
use domain::id::TaskId;
use domain::outcome::OutcomeAction;
use domain::system::SystemConnector;
use domain::task::concerned;
use domain::text::Text;
use jiff::SignedDuration;
use store::{
    CarriesOutRights, Lease, Posted, StoreError, StoredRequest, StoredSubject, TaskTurn, TenantTx, failpoint,
};
pub use store::{Known, StoredTask};

use super::connector;
use super::delivery::{Undelivered, posted};
use crate::service::Gateway;
use crate::service::caller::Caller;
use crate::service::input::identifier;
use crate::service::reading::Reading;
use crate::service::refusal::{Refusal, UserError, UserErrorCode};
use crate::service::request::Handling;

/// How long a task waits for an agreement before it is looked at again.
const WITHOUT_AGREEMENT: SignedDuration = SignedDuration::from_mins(5);

/// Makes the tasks of a request that is decided, or takes effect, in this transaction. `plan` is that of an erasure.
pub(in crate::service) async fn put_tasks<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    (person, request): (&StoredSubject, &StoredRequest),
    plan: Option<&Plan>,
) -> Result<(), StoreError> {
    let corrected = request.rectifications.iter().map(|correction| correction.category).collect();
    let erased = plan.map(|plan| erased_by(request, plan)).unwrap_or_default();
    let concerned = concerned((request.kind, request.purpose), &corrected, &erased);
    tx.put_tasks(person, request, &concerned).await
}

/// What is kept here is kept everywhere: a category of which anything stays is not among them.
fn erased_by(request: &StoredRequest, plan: &Plan) -> Categories {
    let mut erased = request.scope().categories().into_iter().collect::<Categories>();
    for outcome in plan.outcomes().iter().filter(|outcome| outcome.action == OutcomeAction::Retained) {
        erased.remove(&outcome.category);
    }
    erased
}

impl Gateway {
    /// Brings the leased system its next task, outside any transaction, and records what came of it. A worker that dies in
    /// between leaves the task to the next one, which posts it under the same identifier.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent. That the system did not take the message is no error.
    pub async fn deliver_task(&self, lease: &Lease) -> Result<(), StoreError> {
        let due = match self.store.next_task(lease).await? {
            TaskTurn::Due(due) => due,
            TaskTurn::Failed | TaskTurn::Nothing => return Ok(()),
            TaskTurn::Unserved(_) => {
                let again = self.store.clock().now() + WITHOUT_AGREEMENT;
                return self.store.postpone(lease, again).await;
            }
        };
        failpoint::reach("task.entered").await;
        let posted = match connector::of(due.connector).write_task {
            Some(write) => posted(self.post(&write(&due)).await),
            None if due.connector == SystemConnector::OpenDsr => Box::pin(self.pass_on(&due)).await,
            None => posted(Err(Undelivered::Unusable)),
        };
        failpoint::reach("task.posted").await;
        if let Posted::Refused(reason) | Posted::Impossible(reason) = &posted {
            tracing::info!(system = %due.system, task = %due.task, reason, "a task was not delivered");
        }
        self.store.end_attempt(lease, due.task, &posted).await
    }

    /// Closes a task by hand: done where its system cannot say so itself.
    ///
    /// # Errors
    /// [`Refusal`] says why not; a task that has ended is a conflict.
    pub async fn acknowledge_task(
        &self,
        caller: &Caller,
        (task, note): (&str, &str),
        shown: &Categories,
    ) -> Result<TaskId, Refusal> {
        match self.handling(caller).await? {
            Handling::Processing(tx) => acknowledge_in(tx, caller, (task, note), shown).await,
            Handling::WindingDown(tx) => acknowledge_in(tx, caller, (task, note), shown).await,
        }
    }
}

async fn acknowledge_in<S: CarriesOutRights>(
    tx: TenantTx<S>,
    caller: &Caller,
    (task, note): (&str, &str),
    shown: &Categories,
) -> Result<TaskId, Refusal> {
    let note = Text::parse(note).map_err(|reason| UserError::invalid("note", reason))?;
    let id = identifier("taskId", TaskId::parse(task))?;
    let missing = || UserError::at(UserErrorCode::NotFound, "taskId");
    let task = tx.lock_task(id).await?.ok_or_else(missing)?;
    if task.end.is_some() {
        return Err(UserError::at(UserErrorCode::Conflict, "taskId").into());
    }
    tx.close_task(&task, &caller.actor(), &note).await?;
    let event = caller.rights_event("downstreamTask.acknowledge", task.subject, shown.clone());
    tx.commit(event).await?;
    Ok(id)
}

impl Reading {
    /// A task by identifier.
    ///
    /// # Errors
    /// When a database fails or the row is inconsistent.
    pub async fn find_task(&self, id: TaskId) -> Result<Option<StoredTask>, StoreError> {
        self.tx.find_task(id).await
    }

    /// What the system of a task knows the person by; nothing once the task has ended.
    ///
    /// # Errors
    /// When a database fails or what was sealed does not open.
    pub async fn open_known(&self, id: TaskId) -> Result<Known, StoreError> {
        self.tx.open_known(id).await
    }

    /// The tasks of several requests, oldest first.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list_tasks(&self, of: &[domain::id::RequestId]) -> Result<Vec<StoredTask>, StoreError> {
        self.tx.list_tasks(of).await
    }
}
