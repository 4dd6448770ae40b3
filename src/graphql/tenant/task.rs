//! What systems outside must do for rights requests.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::id::SystemId;
use domain::personal::Personal;
use domain::scope::Scope;
use jiff::Timestamp;
use tokio::sync::OnceCell;

use super::system::DownstreamSystem;
use super::user_error::{UserError, told};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, personal_data, requires_scopes};
use crate::graphql::operation::{Entered, operation};
use crate::graphql::scalars::DateTime;
use crate::graphql::vocabulary::{DataCategory, DownstreamTaskStatus, SubjectIdentifier};
use crate::service::reading::Reading;
use crate::service::records::{StoreError, StoredTask};
use crate::service::system::StoredSystem;

/// The systems that the tasks of a page name, loaded once, by whichever asks first.
#[derive(Default)]
pub struct Systems(OnceCell<HashMap<SystemId, StoredSystem>>);

impl Systems {
    async fn find(&self, reading: &Reading, id: SystemId) -> Result<StoredSystem> {
        let load = || async {
            let all = reading.list_all_systems().await?;
            Ok::<_, StoreError>(all.into_iter().map(|system| (system.id, system)).collect())
        };
        let all = self.0.get_or_try_init(load).await.map_err(|error| errors::internal(&error))?;
        let inconsistent = StoreError::Inconsistent { table: "downstream_task", column: "system_id" };
        all.get(&id).cloned().ok_or_else(|| errors::internal(&inconsistent))
    }
}

/// What one downstream system must do for a request.
pub struct DownstreamTask {
    stored: StoredTask,
    /// When the answer to its request is due.
    due_at: Timestamp,
    entered: Entered,
    systems: Arc<Systems>,
}

/// A task on its own.
pub async fn one_task(entered: &Entered, stored: StoredTask) -> Result<DownstreamTask> {
    let request =
        entered.reading.find_request(stored.request).await.map_err(|error| errors::internal(&error))?;
    let inconsistent = StoreError::Inconsistent { table: "downstream_task", column: "request_id" };
    let request = request.ok_or_else(|| errors::internal(&inconsistent))?;
    Ok(DownstreamTask::new((stored, request.due_at), entered, &Arc::default()))
}

impl DownstreamTask {
    /// A task among others, whose systems are loaded together, with the deadline of its request.
    pub fn new((stored, due_at): (StoredTask, Timestamp), entered: &Entered, systems: &Arc<Systems>) -> Self {
        Self { stored, due_at, entered: entered.clone(), systems: Arc::clone(systems) }
    }
}

impl DownstreamTask {
    async fn identifiers(&self, ctx: &Context<'_>) -> Result<Vec<KnownIdentifier>> {
        let gate = operation(ctx).and_then(|operation| operation.gate("DownstreamTask", ctx));
        gate.inspect_err(|_| self.entered.entry.denied())?;
        let system = self.systems.find(&self.entered.reading, self.stored.system).await?;
        if !system.connector.is_a_persons() {
            return Ok(Vec::new());
        }
        let known = self.entered.reading.open_known(self.stored.id).await;
        let known = known.map_err(|error| errors::internal(&error))?;
        let told = |(identifier, value): (domain::system::SubjectIdentifier, Option<Personal<String>>)| {
            if let (Some(category), Some(_)) = (identifier.category(), &value) {
                self.entered.entry.disclosed(category);
            }
            KnownIdentifier { identifier: identifier.into(), value: value.map(Personal::into_revealed) }
        };
        Ok(known.into_iter().map(told).collect())
    }
}

/// By what a system knows a person.
#[derive(SimpleObject)]
pub struct KnownIdentifier {
    /// What it is.
    identifier: SubjectIdentifier,
    /// Its value when the request was decided; null where the person has none.
    value: Option<String>,
}

/// What one downstream system must do for a request.
#[Object]
impl DownstreamTask {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.stored.id.to_string().into()
    }

    /// Which system. Without the scope for systems its `endpoint` is the address without path and query.
    async fn system(&self, ctx: &Context<'_>) -> Result<DownstreamSystem> {
        DownstreamSystem::of_task(self.systems.find(&self.entered.reading, self.stored.system).await?, ctx)
    }

    /// For which request: `node` gives it, and with it the person and all that is asked.
    async fn request_id(&self) -> ID {
        self.stored.request.to_string().into()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.stored.created_at.into()
    }

    /// When the answer to its request is due.
    async fn due_at(&self) -> DateTime {
        self.due_at.into()
    }

    /// Whether `dueAt` has passed and it has not ended.
    async fn overdue(&self) -> bool {
        self.stored.end.is_none() && self.entered.reading.now() > self.due_at
    }

    /// Of a manual system: by what it knows the person, for whoever goes there, also after the gateway has erased the person. Empty
    /// for a system that is told by a message, and once the task has ended.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::SubjectsRead])), directive = personal_data::apply(None))]
    async fn known_by(&self, ctx: &Context<'_>) -> Option<Result<Vec<KnownIdentifier>>> {
        Some(self.identifiers(ctx).await)
    }

    /// Where it stands.
    async fn status(&self) -> DownstreamTaskStatus {
        self.stored.status.into()
    }

    /// The categories that it is about.
    async fn data_categories(&self) -> Vec<DataCategory> {
        self.stored.categories.iter().map(|category| (*category).into()).collect()
    }

    /// Deliveries tried.
    async fn attempts(&self) -> i32 {
        i32::try_from(self.stored.attempts).unwrap_or(i32::MAX)
    }

    /// When the system took the message.
    async fn delivered_at(&self) -> Option<DateTime> {
        self.stored.delivered_at.map(Into::into)
    }

    /// When the system confirmed.
    async fn acknowledged_at(&self) -> Option<DateTime> {
        self.stored.acknowledged_at.map(Into::into)
    }

    /// Why the last delivery failed.
    async fn last_error(&self) -> Option<&str> {
        self.stored.last_error.as_deref()
    }

    /// When it ended, however it did; null while its request waits for it, a failed one too.
    async fn ended_at(&self) -> Option<DateTime> {
        self.stored.ended_at.map(Into::into)
    }

    /// What was noted when it was closed by hand, for the tenant's staff.
    async fn note(&self) -> Option<&str> {
        let is_staff = self.entered.reading.caller.own_subject().is_none();
        self.stored.note.as_deref().filter(|_| is_staff)
    }
}

/// Marks a downstream task as done by hand, where a system can't call back.
#[derive(InputObject)]
pub struct AcknowledgeDownstreamTaskInput {
    /// Which.
    task_id: ID,
    /// What was done, without personal data.
    note: String,
}

/// What came of `acknowledgeDownstreamTask`.
#[derive(SimpleObject)]
pub struct AcknowledgeDownstreamTaskPayload {
    /// The task.
    task: Option<DownstreamTask>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct TaskMutation;

#[Object]
impl TaskMutation {
    /// Marks a downstream task as done by hand.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::SystemsWrite])))]
    async fn acknowledge_downstream_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: AcknowledgeDownstreamTaskInput,
    ) -> Result<AcknowledgeDownstreamTaskPayload> {
        const ACTION: &str = "downstreamTask.acknowledge";
        let operation = operation(ctx)?;
        let shown = operation.change(ctx, ACTION)?;
        let (gateway, caller) = (&operation.gateway, &operation.caller);
        let result = gateway.acknowledge_task(caller, (&input.task_id, &input.note), &shown).await;
        let id = match operation.done(ACTION, result)? {
            Ok(id) => id,
            Err(errors) => {
                let user_errors = told(&errors, caller.language);
                return Ok(AcknowledgeDownstreamTaskPayload { task: None, user_errors });
            }
        };
        let entered = operation.after_change().await?;
        let found = entered.reading.find_task(id).await.map_err(|error| errors::internal(&error))?;
        let task = match found {
            Some(task) => Some(one_task(&entered, task).await?),
            None => None,
        };
        Ok(AcknowledgeDownstreamTaskPayload { task, user_errors: Vec::new() })
    }
}
