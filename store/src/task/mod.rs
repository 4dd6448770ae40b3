//! What systems outside must do for rights requests (Art. 19). Tasks are made with the controller's decision, delivered once
//! the gateway has done its own part, and keep the request waiting until each has ended.
//!
//! A row holds nothing of the person but what its system knows the person by, sealed under a key of the request's tasks; both
//! are gone when the tasks have ended.
//!
//! Who changes tasks takes the rows in one order, so that nobody waits for each other: the person, systems, then all tasks of
//! a request at a time. Whoever ends a task so sees whether it was the last.

mod delivery;
mod ending;
mod receipt;
mod returned;

use std::collections::BTreeMap;

use domain::category::{Categories, DataCategory};
use domain::id::{RequestId, SubjectId, SystemId, TaskId, TenantId};
use domain::personal::Personal;
use domain::system::{DownstreamMessage, SubjectIdentifier, SystemConnector};
use domain::task::{DownstreamTaskStatus, ReceiptOutcome, TaskEnd, Term};
use entity::downstream_system;
use entity::downstream_task::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ActiveValue::Set, ColumnTrait as _};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::backend::categories_of;
use crate::error::StoreError;
use crate::job::JobKind;
use crate::request::StoredRequest;
use crate::subject::StoredSubject;
use crate::tenant_tx::{CarriesOutRights, Sees, TenantTx};
use crate::time;
use crate::vault::{Place, SealKey};

pub use delivery::{DueTask, Posted, TaskTurn};
pub use receipt::{Receipt, Signers, Taken};

const TABLE: &str = "downstream_task";

/// A task as stored.
#[derive(Debug, Clone)]
pub struct StoredTask {
    /// The task.
    pub id: TaskId,
    /// For which request.
    pub request: RequestId,
    /// Whose data.
    pub subject: SubjectId,
    /// Which system.
    pub system: SystemId,
    /// Where it stands.
    pub status: DownstreamTaskStatus,
    /// The categories that it is about.
    pub categories: Categories,
    /// Deliveries tried.
    pub attempts: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the system took it.
    pub delivered_at: Option<Timestamp>,
    /// When it was confirmed, by the system or by hand.
    pub acknowledged_at: Option<Timestamp>,
    /// Why the last delivery failed, or what the system said of its failure.
    pub last_error: Option<String>,
    /// Whether something that the system returned waits to be handed out.
    pub returned: bool,
    /// Whether the system returned anything that was not forgotten since by an erasure.
    pub has_returned: bool,
    /// What the system's last receipt says.
    pub receipt: Option<ReceiptOutcome>,
    /// How it ended; `None` for one that keeps its request waiting.
    pub end: Option<TaskEnd>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What whoever closed it by hand says.
    pub note: Option<String>,
}

/// What a system knows a person by; `None` for what the person does not have.
pub type Known = BTreeMap<SubjectIdentifier, Option<Personal<String>>>;

impl StoredTask {
    /// Whether this is a task of the request that keeps it waiting.
    #[must_use]
    pub fn delays(&self, request: RequestId) -> bool {
        self.request == request && self.end.is_none()
    }
}

impl<S: Sees> TenantTx<S> {
    /// The tasks of several requests, oldest first, in one statement.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_tasks(&self, requests: &[RequestId]) -> Result<Vec<StoredTask>, StoreError> {
        let of = Column::RequestId.is_in(requests.iter().map(|request| request.uuid()));
        let rows = self.bound.find::<Entity>().filter(of).order_by(Column::Id, Order::Asc);
        rows.all(&self.bound).await?.into_iter().map(StoredTask::try_from).collect()
    }

    /// A task by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_task(&self, id: TaskId) -> Result<Option<StoredTask>, StoreError> {
        let row = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid()));
        row.one(&self.bound).await?.map(StoredTask::try_from).transpose()
    }
}

impl<S: Sees> TenantTx<S> {
    /// What the system of a task knows the person by; nothing once the task has ended.
    ///
    /// # Errors
    /// When a database fails or what was sealed does not open.
    pub async fn open_known(&self, task: TaskId) -> Result<Known, StoreError> {
        let row = self.bound.find::<Entity>().filter(Column::Id.eq(task.uuid())).one(&self.bound).await?;
        let Some((row, sealed)) = row.and_then(|mut row| row.sealed.take().map(|sealed| (row, sealed)))
        else {
            return Ok(Known::new());
        };
        let key = SealKey::id_of(&sealed).ok_or(StoreError::Tampered { table: TABLE })?;
        let key = self.vault.task_key(self.tenant(), (RequestId::from_uuid(row.request_id), key)).await;
        match key {
            Ok(key) => open(&key, &row, &sealed),
            Err(StoreError::KeyGone) => Ok(Known::new()),
            Err(error) => Err(error),
        }
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// Makes a task for each system that is told of rights requests and holds any of the categories. The transaction holds
    /// the person's row; what the systems know the person by is read now, since an erasure leaves nothing to read.
    ///
    /// # Errors
    /// When a database fails or a value does not open.
    pub async fn put_tasks(
        &self,
        person: &StoredSubject,
        request: &StoredRequest,
        concerned: &Categories,
    ) -> Result<(), StoreError> {
        let systems = self.bound.find::<downstream_system::Entity>();
        let systems = systems.filter(downstream_system::Column::RemovedAt.is_null());
        let systems = systems.order_by(downstream_system::Column::Id, Order::Asc).locked();
        let mut told = Vec::new();
        for row in systems.all(&self.bound).await? {
            let inconsistent = |column| StoreError::Inconsistent { table: "downstream_system", column };
            let holds = categories_of(&row.data_categories).ok_or(inconsistent("data_categories"))?;
            let categories: Categories = holds.intersection(concerned).copied().collect();
            let hears = codes(&row.receives).any(|code| code == DownstreamMessage::RightsRequestTask.code());
            if hears && !categories.is_empty() {
                let identifiers = codes(&row.identifiers).map(SubjectIdentifier::from_code);
                let identifiers: Option<Vec<_>> = identifiers.collect();
                told.push((row.id, categories, identifiers.ok_or(inconsistent("identifiers"))?));
            }
        }
        if told.is_empty() {
            return Ok(());
        }
        let key = self.vault.create_task_key(self.tenant(), request.id, self.now).await?;
        let mut rows = Vec::new();
        for (system, categories, identifiers) in told {
            let id = TaskId::new(self.now, self.entropy());
            let known = known_by(person, &identifiers)?;
            let sealed = key.seal(place(self.tenant(), person.id, id), &known, self.entropy())?;
            rows.push(new_row((id, system), request, (categories, sealed), self.now));
        }
        self.bound.put_all::<Entity>(rows).await
    }

    /// Lets the request's tasks be delivered from now on, the gateway's own part being done; says whether the request has to
    /// wait for any of them, which this transaction holds from now on.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn start_tasks(&self, request: RequestId) -> Result<bool, StoreError> {
        let of_request = Column::RequestId.eq(request.uuid());
        let columns = [Column::SystemId];
        let systems: Vec<(Uuid,)> = self
            .bound
            .find::<Entity>()
            .filter(of_request.clone())
            .columns(columns)
            .tuples(&self.bound)
            .await?;
        if systems.is_empty() {
            return Ok(false);
        }
        // Held, so that a delivery that ends meanwhile does not overlook them.
        let systems = self.lock_systems(systems).await?;
        let tasks = self.lock_tasks(of_request.clone()).await?;
        // What a person deals with is told to nobody: it waits as it is.
        let posted =
            |row: &Model| systems.iter().any(|system| system.id == row.system_id && !is_a_persons(system));
        let pending = |row: &&Model| row.ended_by.is_none() && row.attempts == 0 && posted(row);
        for row in tasks.iter().filter(pending) {
            let start = self.bound.amend::<Entity>().filter(Column::Id.eq(row.id));
            let start = start.filter(Column::Status.eq(DownstreamTaskStatus::Pending.code()));
            let term = Term::beginning(self.now, time::from_row(row.due_at));
            start
                .set(Column::NextAttemptAt, Expr::value(Some(time::to_row(self.now))))
                .set(Column::GivesUpAt, Expr::value(Some(time::to_row(term.gives_up_at))))
                .set(Column::InsistsAt, Expr::value(Some(time::to_row(term.insists_at(self.now)))))
                .run(&self.bound)
                .await?;
            self.enqueue(JobKind::DeliverTask, row.system_id, self.now).await?;
        }
        Ok(tasks.iter().any(|row| row.ended_by.is_none()))
    }
}

fn is_a_persons(system: &downstream_system::Model) -> bool {
    SystemConnector::from_code(&system.connector).is_some_and(SystemConnector::is_a_persons)
}

/// What a system knows the person by, as it is sealed: an object of codes and values.
fn known_by(
    person: &StoredSubject,
    identifiers: &[SubjectIdentifier],
) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let mut known = serde_json::Map::new();
    for identifier in identifiers {
        let value = match identifier {
            SubjectIdentifier::ExternalReference => person.open_reference()?,
            SubjectIdentifier::SubjectId => Some(Personal::new(person.id.to_string())),
            SubjectIdentifier::Email => person.open(DataCategory::Email)?,
            SubjectIdentifier::Phone => person.open(DataCategory::Phone)?,
            SubjectIdentifier::LoginName => person.open(DataCategory::LoginName)?,
        };
        let value = value.map(|value| value.reveal().clone());
        known.insert(identifier.code().to_owned(), value.into());
    }
    let bytes = serde_json::to_vec(&known).map_err(|_| StoreError::Tampered { table: TABLE })?;
    Ok(Zeroizing::new(bytes))
}

fn new_row(
    (id, system): (TaskId, Uuid),
    request: &StoredRequest,
    (categories, sealed): (Categories, Vec<u8>),
    now: Timestamp,
) -> ActiveModel {
    ActiveModel {
        id: Set(id.uuid()),
        request_id: Set(request.id.uuid()),
        subject_id: Set(request.subject.uuid()),
        system_id: Set(system),
        status: Set(DownstreamTaskStatus::Pending.code().to_owned()),
        categories: Set(serde_json::json!(categories)),
        sealed: Set(Some(sealed)),
        due_at: Set(time::to_row(request.due_at)),
        created_at: Set(time::to_row(now)),
        attempts: Set(0),
        ..Default::default()
    }
}

/// Sealed bytes belong to their task and person, and open in no other one's row.
const fn place(tenant: TenantId, person: SubjectId, task: TaskId) -> Place<'static> {
    Place { tenant: tenant.uuid(), subject: person.uuid(), table: TABLE, column: "sealed", row: task.uuid() }
}

/// What a row's system knows the person by.
fn open(key: &SealKey, row: &Model, sealed: &[u8]) -> Result<Known, StoreError> {
    let tampered = || StoreError::Tampered { table: TABLE };
    let tenant = TenantId::from_uuid(row.tenant_id);
    let place = place(tenant, SubjectId::from_uuid(row.subject_id), TaskId::from_uuid(row.id));
    let known: BTreeMap<SubjectIdentifier, Option<String>> =
        serde_json::from_slice(&key.open(place, sealed)?).map_err(|_| tampered())?;
    Ok(known.into_iter().map(|(identifier, value)| (identifier, value.map(Personal::new))).collect())
}

fn codes(list: &serde_json::Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str)
}

fn coded<T>(
    code: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
    column: &'static str,
) -> Result<Option<T>, StoreError> {
    let inconsistent = StoreError::Inconsistent { table: TABLE, column };
    code.map(|code| read(code).ok_or(inconsistent)).transpose()
}

impl TryFrom<Model> for StoredTask {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let inconsistent = |column| StoreError::Inconsistent { table: TABLE, column };
        Ok(Self {
            id: TaskId::from_uuid(row.id),
            request: RequestId::from_uuid(row.request_id),
            subject: SubjectId::from_uuid(row.subject_id),
            system: SystemId::from_uuid(row.system_id),
            status: DownstreamTaskStatus::from_code(&row.status).ok_or(inconsistent("status"))?,
            categories: categories_of(&row.categories).ok_or(inconsistent("categories"))?,
            attempts: u32::try_from(row.attempts).map_err(|_| inconsistent("attempts"))?,
            created_at: time::from_row(row.created_at),
            delivered_at: row.delivered_at.map(time::from_row),
            acknowledged_at: row.acknowledged_at.map(time::from_row),
            last_error: row.last_error,
            returned: row.returned.is_some(),
            has_returned: row.returned_mac.is_some(),
            receipt: coded(row.receipt.as_deref(), ReceiptOutcome::from_code, "receipt")?,
            end: coded(row.ended_by.as_deref(), TaskEnd::from_code, "ended_by")?,
            ended_at: row.ended_at.map(time::from_row),
            note: row.note,
        })
    }
}
