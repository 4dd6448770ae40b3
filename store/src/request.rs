//! Rights requests and the steps of their lives.

use std::cmp::Reverse;

use domain::actor::ActorId;
use domain::category::Categories;
use domain::erasure::Scope;
use domain::id::{RequestId, SubjectId, TenantId, new_uuid};
use domain::outcome::Outcome;
use domain::purpose::Purpose;
use domain::request::channel::RequestChannel;
use domain::request::extension::Extension;
use domain::request::kind::RequestKind;
use domain::request::reference::Reference;
use domain::request::state::State;
use domain::request::status::RequestStatus;
use domain::restriction::RestrictionGround;
use domain::text::Description;
use entity::rights_request::{ActiveModel, Column, Entity};
use entity::{request_counter, request_event};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict, Order};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _};
use uuid::Uuid;

use crate::error::StoreError;
use crate::opendsr::queue_callbacks;
use crate::scoped::Rows;
use crate::subject::StoredSubject;
use crate::tenant_tx::{CarriesOutRights, Sees, TenantTx, Writes};
use crate::time;

pub(crate) mod columns;
pub(crate) mod texts;

pub use texts::Correction;

pub(crate) const TABLE: &str = "rights_request";

/// A request as it is stored, and as it is to be stored.
#[derive(Clone)]
pub struct StoredRequest {
    /// The request.
    pub id: RequestId,
    /// Its reference.
    pub reference: Reference,
    /// Whose data.
    pub subject: SubjectId,
    /// Which right.
    pub kind: RequestKind,
    /// How it came in.
    pub channel: RequestChannel,
    /// When it came in.
    pub received_at: Timestamp,
    /// When it was recorded.
    pub submitted_at: Timestamp,
    /// Last instant for the answer.
    pub due_at: Timestamp,
    /// The same without the pause.
    pub unpaused_due_at: Timestamp,
    /// Where it stands, with its dates.
    pub state: State,
    /// Per category or record, what was done.
    pub outcomes: Vec<Outcome>,
    /// For an objection or a withdrawal of consent: the purpose.
    pub purpose: Option<Purpose>,
    /// For a restriction: the ground.
    pub restriction_ground: Option<RestrictionGround>,
    /// For an erasure: the categories; `None` for all.
    pub erasure_categories: Option<Categories>,
    /// For an approved erasure: the digest of the plan, in lower-case hexadecimal.
    pub plan_sha256: Option<String>,
    /// For an erasure: when the data went. Until it is finished its keys are still to be destroyed.
    pub carried_out_at: Option<Timestamp>,
    /// The extension of the deadline.
    pub extension: Option<Extension>,
    /// Why identification was asked for, as the person is told; gone with the person's data.
    pub identity_reason: Option<Description>,
    /// For an objection: the person's grounds; gone with the person's data.
    pub objection_grounds: Option<Description>,
    /// For a rectification: what is to be corrected; gone with the person's data.
    pub rectifications: Vec<Correction>,
}

/// A step in a request's life.
#[derive(Debug, Clone)]
pub struct StoredStep {
    /// Of which request.
    pub request: RequestId,
    /// When.
    pub at: Timestamp,
    /// Status after it.
    pub status: RequestStatus,
    /// Who.
    pub actor: ActorId,
    /// What happened, as a code.
    pub step: String,
}

/// Which requests a list holds, soonest due first.
#[derive(Debug, Clone, Default)]
pub struct RequestQuery {
    /// How many at most.
    pub first: u32,
    /// Only those behind this deadline and identifier.
    pub after: Option<(Timestamp, RequestId)>,
    /// Only these states; all when empty.
    pub statuses: Vec<RequestStatus>,
    /// Only these kinds; all when empty.
    pub kinds: Vec<RequestKind>,
    /// Only those due before this instant.
    pub due_before: Option<Timestamp>,
    /// Only those past due and unanswered (true) or not (false).
    pub overdue: Option<bool>,
}

const OPEN: [RequestStatus; 4] = [
    RequestStatus::Received,
    RequestStatus::AwaitingIdentity,
    RequestStatus::UnderReview,
    RequestStatus::InProgress,
];

pub(crate) fn is_open() -> sea_orm::sea_query::SimpleExpr {
    Column::Status.is_in(OPEN.map(RequestStatus::code))
}

impl<S: Sees> TenantTx<S> {
    /// A request by identifier.
    ///
    /// # Errors
    /// When a database fails or the row is inconsistent.
    pub async fn find_request(&self, id: RequestId) -> Result<Option<StoredRequest>, StoreError> {
        let rows = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid()));
        Ok(self.read_requests(rows).await?.pop())
    }

    /// The open request of a kind for a person; there is one at most.
    ///
    /// # Errors
    /// When a database fails or the row is inconsistent.
    pub async fn find_open_request(
        &self,
        subject: SubjectId,
        kind: RequestKind,
    ) -> Result<Option<StoredRequest>, StoreError> {
        let rows = self.bound.find::<Entity>().filter(Column::SubjectId.eq(subject.uuid()));
        Ok(self.read_requests(rows.filter(Column::Kind.eq(kind.code())).filter(is_open())).await?.pop())
    }

    /// The open requests of a person, and erasures that are not carried out to the end, oldest first.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list_unfinished_requests_of(
        &self,
        subject: SubjectId,
    ) -> Result<Vec<StoredRequest>, StoreError> {
        let partly = Column::Status.eq(RequestStatus::PartiallyCompleted.code());
        let rows = self.bound.find::<Entity>().filter(Column::SubjectId.eq(subject.uuid()));
        let rows = rows.filter(Condition::any().add(is_open()).add(partly));
        self.read_requests(rows.order_by(Column::Id, Order::Asc)).await
    }

    /// A page of requests, soonest due first: `first` and one more where there is one.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list_requests(&self, query: &RequestQuery) -> Result<Vec<StoredRequest>, StoreError> {
        let mut rows = self.matching_requests(query);
        if let Some((due_at, id)) = query.after {
            let due_at = time::to_row(due_at);
            let same_instant = Condition::all().add(Column::DueAt.eq(due_at)).add(Column::Id.gt(id.uuid()));
            rows = rows.filter(Condition::any().add(Column::DueAt.gt(due_at)).add(same_instant));
        }
        let rows = rows.order_by(Column::DueAt, Order::Asc).order_by(Column::Id, Order::Asc);
        self.read_requests(rows.limit(u64::from(query.first) + 1)).await
    }

    /// How many requests the list holds in all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_requests(&self, query: &RequestQuery) -> Result<u64, StoreError> {
        self.matching_requests(query).count(&self.bound).await
    }

    /// All requests of several persons, newest first, in one statement.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list_requests_of(&self, subjects: &[SubjectId]) -> Result<Vec<StoredRequest>, StoreError> {
        let rows =
            self.bound.find::<Entity>().filter(Column::SubjectId.is_in(subjects.iter().map(|id| id.uuid())));
        let mut requests = self.read_requests(rows).await?;
        // Sorted here: asked for this order, SQLite reads every row of the tenant instead of the persons' own.
        requests.sort_unstable_by_key(|request| Reverse(request.id));
        Ok(requests)
    }

    /// The steps of several requests, oldest first, in one statement.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_steps(&self, requests: &[RequestId]) -> Result<Vec<StoredStep>, StoreError> {
        let of = request_event::Column::RequestId.is_in(requests.iter().map(|id| id.uuid()));
        let rows = self.bound.find::<request_event::Entity>().filter(of);
        let rows = rows.order_by(request_event::Column::Number, Order::Asc).all(&self.bound).await?;
        let step = |row: request_event::Model| {
            let inconsistent = StoreError::Inconsistent { table: "request_event", column: "status" };
            Ok(StoredStep {
                request: RequestId::from_uuid(row.request_id),
                at: time::from_row(row.occurred_at),
                status: RequestStatus::from_code(&row.status).ok_or(inconsistent)?,
                actor: ActorId::new(row.actor_id),
                step: row.step,
            })
        };
        rows.into_iter().map(step).collect()
    }

    fn matching_requests(&self, query: &RequestQuery) -> Rows<Entity> {
        let mut rows = self.bound.find::<Entity>();
        if !query.statuses.is_empty() {
            rows = rows.filter(Column::Status.is_in(query.statuses.iter().map(|status| status.code())));
        }
        if !query.kinds.is_empty() {
            rows = rows.filter(Column::Kind.is_in(query.kinds.iter().map(|kind| kind.code())));
        }
        if let Some(before) = query.due_before {
            rows = rows.filter(Column::DueAt.lt(time::to_row(before)));
        }
        if let Some(overdue) = query.overdue {
            let late = Condition::all().add(Column::DueAt.lt(time::to_row(self.now))).add(is_open());
            rows = rows.filter(if overdue { late } else { late.not() });
        }
        rows
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// The next reference of the tenant and year. The counter's row is locked until the transaction ends, and taken
    /// back with it, so that there is neither gap nor repeat (pitfall P38).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_reference(&self) -> Result<Reference, StoreError> {
        let year = Reference::year_of(self.now);
        let first = request_counter::ActiveModel {
            tenant_id: Set(self.tenant().uuid()),
            year: Set(year.into()),
            last_number: Set(1),
        };
        let table = request_counter::Entity;
        let next = Expr::col((table, request_counter::Column::LastNumber)).add(1);
        let one_more =
            OnConflict::columns([request_counter::Column::TenantId, request_counter::Column::Year])
                .value(request_counter::Column::LastNumber, next)
                .to_owned();
        let insert = request_counter::Entity::insert(first).on_conflict(one_more);
        let row = insert.exec_with_returning(self.bound.connection()).await?;
        Ok(Reference::new(year, u32::try_from(row.last_number).unwrap_or(0)))
    }

    /// Records a request.
    ///
    /// # Errors
    /// [`StoreError::Taken`] with [`crate::Unique::OpenRequest`] when one of the kind is open for the person.
    pub async fn put_request(
        &self,
        person: &StoredSubject,
        request: &StoredRequest,
    ) -> Result<(), StoreError> {
        let columns = self.state_columns(person, request)?;
        let seal = |column, text: &str| self.seal_request_text(person, request.id, (column, text));
        let grounds = request.objection_grounds.as_ref();
        let grounds = grounds.map(|grounds| seal("objection_grounds", grounds.as_str())).transpose()?;
        let rectifications = if request.rectifications.is_empty() {
            None
        } else {
            let text = texts::write_corrections(&request.rectifications);
            Some(seal("rectifications", text.reveal())?)
        };
        let row = ActiveModel {
            objection_grounds: Set(grounds),
            rectifications: Set(rectifications),
            ..columns::new_row(request, columns)
        };
        self.bound.put::<Entity>(row).await
    }

    /// Moves a request to its next state; only from the state that was read, so that of two decisions at once one
    /// finds nothing to change.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when the state has changed since it was read.
    pub async fn amend_request(
        &self,
        person: &StoredSubject,
        was: &StoredRequest,
        becomes: &StoredRequest,
    ) -> Result<(), StoreError> {
        let columns = self.state_columns(person, becomes)?;
        let change = self
            .bound
            .amend::<Entity>()
            .filter(Column::Id.eq(was.id.uuid()))
            .filter(Column::Status.eq(was.state.status().code()))
            .set(Column::DueAt, Expr::value(time::to_row(becomes.due_at)))
            .set(Column::UnpausedDueAt, Expr::value(time::to_row(becomes.unpaused_due_at)))
            .set(Column::PlanSha256, Expr::value(becomes.plan_sha256.clone()))
            .set(Column::CarriedOutAt, Expr::value(becomes.carried_out_at.map(time::to_row)))
            .set(Column::Outcomes, Expr::value(serde_json::json!(becomes.outcomes)));
        match columns::apply(&columns, change).run(&self.bound).await? {
            0 => Err(StoreError::LeaseLost),
            _ => Ok(()),
        }
    }
}

impl<S: Writes> TenantTx<S> {
    /// Adds a step to a request's life.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_step(
        &self,
        request: RequestId,
        status: RequestStatus,
        actor: &ActorId,
        step: &str,
    ) -> Result<(), StoreError> {
        let of = request_event::Column::RequestId.eq(request.uuid());
        let before = self.bound.find::<request_event::Entity>().filter(of).count(&self.bound).await?;
        let id: Uuid = new_uuid(self.now, self.entropy());
        let number = i32::try_from(before).unwrap_or(i32::MAX).saturating_add(1);
        let (at, actor, step) = (self.now, actor.clone(), step.to_owned());
        let row = StoredStep { request, at, status, actor, step }.row((self.tenant(), id), number);
        self.bound.put::<request_event::Entity>(row).await?;
        queue_callbacks(&self.bound, &self.vault, (request, status, number), self.now).await
    }
}

impl StoredStep {
    /// Its row, as the `number`th step of its request.
    pub(crate) fn row(self, (tenant, id): (TenantId, Uuid), number: i32) -> request_event::ActiveModel {
        request_event::ActiveModel {
            tenant_id: Set(tenant.uuid()),
            id: Set(id),
            request_id: Set(self.request.uuid()),
            number: Set(number),
            occurred_at: Set(time::to_row(self.at)),
            status: Set(self.status.code().to_owned()),
            actor_id: Set(self.actor.as_str().to_owned()),
            step: Set(self.step),
        }
    }
}

impl StoredRequest {
    /// What an erasure is to erase.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.erasure_categories.clone().map_or(Scope::Everything, Scope::Only)
    }
}
