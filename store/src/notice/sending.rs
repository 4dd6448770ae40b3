//! What a notice says, read when it is sent, and what came of it. Nothing of a person is read: of a request its reference,
//! kind, state and deadline.

use domain::agreement::SubprocessorAuthorisation;
use domain::calendar::civil_date;
use domain::id::{NoticeId, TenantId};
use domain::language::Language;
use domain::notice::{NoticeKind, NoticeStatus};
use domain::request::kind::RequestKind;
use domain::request::reference::Reference;
use domain::request::reminder::Reminder;
use domain::request::status::RequestStatus;
use domain::system::retry_pause;
use entity::notice::{Column, Entity};
use entity::{breach_notice, job, rights_request, subprocessor, subprocessor_notice, tenant};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::OutboxNotice;
use crate::audit::AuditEvent;
use crate::backend::Bound;
use crate::door::{OpenError, Store};
use crate::error::StoreError;
use crate::job::{Lease, hold, own};
use crate::scoped::Changes;
use crate::subprocessor::StoredSubprocessor;
use crate::tenant::StoredTenant;
use crate::tenant_tx::{Signing, TenantTx};
use crate::time;

/// A notice that is to be sent now.
#[derive(Debug, Clone)]
pub struct DueNotice {
    /// The notice.
    pub id: NoticeId,
    /// Whose it is.
    pub tenant: TenantId,
    /// Name of the tenant.
    pub tenant_name: String,
    /// The tenant's own language.
    pub language: Language,
    /// Address of the privacy contact.
    pub to: String,
    /// What it tells of.
    pub kind: NoticeKind,
    /// Which request, breach or sub-processor.
    pub object: Uuid,
    /// When it was decided on.
    pub created_at: Timestamp,
    /// What it tells.
    pub facts: NoticeFacts,
}

/// What a notice tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeFacts {
    /// Of a request of a data subject.
    Request {
        /// How it is named.
        reference: Reference,
        /// Which right.
        kind: RequestKind,
        /// Where it stands.
        status: RequestStatus,
        /// The last instant for the answer.
        due_at: Timestamp,
    },
    /// Of a breach.
    Breach {
        /// When the tenant was told of it.
        notified_at: Timestamp,
    },
    /// Of a sub-processor.
    Subprocessor {
        /// Registered name.
        name: String,
        /// Where it is established, ISO 3166-1 alpha-2.
        country: String,
        /// First day that it may process.
        effective_on: Date,
        /// How the tenant's agreement has sub-processors authorised.
        authorisation: SubprocessorAuthorisation,
        /// Last day on which the tenant can object or authorise.
        last_day_to_object: Date,
    },
}

/// What is to be done with a leased notice.
#[derive(Debug, Clone)]
pub enum NoticeTurn {
    /// It is to be sent.
    Due(Box<DueNotice>),
    /// It was tried in vain, and its time is over.
    TimeOver,
    /// There is nothing to tell any more: the request was answered or its deadline moved, a newer reminder has taken its
    /// place, nobody tried within its time, or the tenant has ended.
    Unneeded,
}

/// How a notice ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeEnd {
    /// The mail server took it; the entry tells so in the tenant's log.
    Sent(AuditEvent),
    /// It was refused for good: why, and the entry that tells so.
    Failed(String, AuditEvent),
    /// Its time was over before the next attempt; the entry tells so.
    TimeOver(AuditEvent),
    /// There is nothing to tell any more.
    Skipped,
}

impl Store {
    /// What is to be done with the leased notice now.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn find_notice(&self, lease: &Lease) -> Result<NoticeTurn, StoreError> {
        let bound = Bound::reading(&self.data, lease.tenant()).await?;
        let due = due_in(&bound, lease.object, self.clock.now()).await;
        bound.close().await?;
        due
    }

    /// Ends the leased notice.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds the work by now; nothing is recorded then, and the notice goes out
    /// once more under the same identifier.
    pub async fn end_notice(&self, lease: &Lease, end: NoticeEnd) -> Result<(), StoreError> {
        // Whether there is an agreement does not matter to a notice.
        let tx: TenantTx<Signing> = self.bind_leased(lease).await.map_err(lost)?;
        let ended = |status: NoticeStatus| {
            of_lease(&tx.bound, lease)
                .set(Column::Status, Expr::value(status.code()))
                .set(Column::EndedAt, Expr::value(Some(time::to_row(tx.now))))
        };
        let event = match end {
            NoticeEnd::Sent(event) => {
                let none: Option<String> = None;
                ended(NoticeStatus::Sent).set(Column::LastError, Expr::value(none)).run(&tx.bound).await?;
                Some(event)
            }
            NoticeEnd::Failed(reason, event) => {
                failing(ended(NoticeStatus::Failed), &reason).run(&tx.bound).await?;
                Some(event)
            }
            NoticeEnd::TimeOver(event) => {
                ended(NoticeStatus::Failed).run(&tx.bound).await?;
                Some(event)
            }
            NoticeEnd::Skipped => {
                let pending = Column::Status.eq(NoticeStatus::Pending.code());
                ended(NoticeStatus::Skipped).filter(pending).run(&tx.bound).await?;
                None
            }
        };
        tx.finish(lease).await?;
        match event {
            Some(event) => tx.commit(event).await,
            None => tx.bound.commit().await,
        }
    }

    /// Puts a notice off that the mail server did not take, for the longer the more often it did not; when its time is over
    /// it is given up, which `given_up` tells in the tenant's log.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds the work by now.
    pub async fn put_off_notice(
        &self,
        lease: &Lease,
        due: &DueNotice,
        (reason, given_up): (String, AuditEvent),
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut chance = [0_u8];
        self.vault.entropy().fill(&mut chance);
        let again = now.checked_add(retry_pause(lease.attempts, chance[0])).unwrap_or(Timestamp::MAX);
        if again > last_moment(due.kind, due.created_at) {
            return self.end_notice(lease, NoticeEnd::Failed(reason, given_up)).await;
        }
        let bound = Bound::writing(&self.data, lease.tenant()).await?;
        hold(&bound, lease, now).await?;
        failing(of_lease(&bound, lease), &reason).run(&bound).await?;
        let none: Option<chrono::DateTime<chrono::Utc>> = None;
        let put_off = own(&bound, lease)
            .set(job::Column::RunAt, Expr::value(time::to_row(again)))
            .set(job::Column::LastError, Expr::value(reason))
            .set(job::Column::LeaseToken, Expr::value(Option::<Uuid>::None))
            .set(job::Column::LeasedUntil, Expr::value(none));
        match put_off.run(&bound).await? {
            0 => Err(StoreError::LeaseLost),
            _ => bound.commit().await,
        }
    }
}

fn lost(error: OpenError) -> StoreError {
    match error {
        OpenError::Store(error) => error,
        OpenError::UnknownTenant => StoreError::LeaseLost,
    }
}

fn of_lease(bound: &Bound, lease: &Lease) -> Changes<Entity> {
    bound.amend::<Entity>().filter(Column::Id.eq(lease.object))
}

fn failing(change: Changes<Entity>, reason: &str) -> Changes<Entity> {
    let change = change.set(Column::Failures, Expr::col(Column::Failures).add(1));
    change.set(Column::LastError, Expr::value(Some(reason.to_owned())))
}

fn last_moment(kind: NoticeKind, created_at: Timestamp) -> Timestamp {
    created_at.checked_add(kind.of_use_for()).unwrap_or(Timestamp::MAX)
}

async fn due_in(bound: &Bound, id: Uuid, now: Timestamp) -> Result<NoticeTurn, StoreError> {
    let row = bound.find::<Entity>().filter(Column::Id.eq(id)).one(bound).await?;
    let Some(notice) = row.map(OutboxNotice::try_from).transpose()? else { return Ok(NoticeTurn::Unneeded) };
    let tenant = tenant::Entity::find_by_id(bound.tenant().uuid()).one(bound.connection()).await?;
    let tenant = tenant.map(StoredTenant::from);
    let tenant = tenant.filter(|tenant| tenant.erasing_since.is_none() && tenant.closed_at.is_none());
    let Some(tenant) = tenant.filter(|_| notice.status == NoticeStatus::Pending) else {
        return Ok(NoticeTurn::Unneeded);
    };
    let facts = match notice.kind {
        NoticeKind::ResponseDueSoon | NoticeKind::ResponseOverdue => request(bound, &notice, now).await?,
        NoticeKind::BreachReported | NoticeKind::BreachSupplemented => breach(bound, notice.object).await?,
        NoticeKind::SubprocessorAnnounced => subprocessor(bound, notice.object).await?,
    };
    let is_over = last_moment(notice.kind, notice.created_at) < now;
    let facts = match facts {
        Some(_) if is_over && notice.failures > 0 => return Ok(NoticeTurn::TimeOver),
        Some(facts) if !is_over => facts,
        _ => return Ok(NoticeTurn::Unneeded),
    };
    Ok(NoticeTurn::Due(Box::new(DueNotice {
        id: notice.id,
        tenant: bound.tenant(),
        tenant_name: tenant.name,
        language: tenant.language,
        to: tenant.privacy_contact.email,
        kind: notice.kind,
        object: notice.object,
        created_at: notice.created_at,
        facts,
    })))
}

/// Year and number of the reference, kind, status, deadline.
type RequestRow = (i32, i32, String, String, chrono::DateTime<chrono::Utc>);

async fn request(
    bound: &Bound,
    notice: &OutboxNotice,
    now: Timestamp,
) -> Result<Option<NoticeFacts>, StoreError> {
    use rights_request::Column as Of;
    let inconsistent = |column| StoreError::Inconsistent { table: "rights_request", column };
    let rows = bound.find::<rights_request::Entity>().filter(Of::Id.eq(notice.object));
    let columns = [Of::ReferenceYear, Of::ReferenceNumber, Of::Kind, Of::Status, Of::DueAt];
    let rows: Vec<RequestRow> = rows.columns(columns).tuples(bound).await?;
    let Some((year, number, kind, status, due_at)) = rows.into_iter().next() else { return Ok(None) };
    let year = i16::try_from(year).map_err(|_| inconsistent("reference_year"))?;
    let number = u32::try_from(number).map_err(|_| inconsistent("reference_number"))?;
    let status = RequestStatus::from_code(&status).ok_or(inconsistent("status"))?;
    let due_at = time::from_row(due_at);
    // A deadline that was extended is not near any more.
    let reached = Reminder::reached(civil_date(due_at), civil_date(now));
    let still_true = reached.map(NoticeKind::of_reminder) == Some(notice.kind);
    let facts = NoticeFacts::Request {
        reference: Reference::new(year, number),
        kind: RequestKind::from_code(&kind).ok_or(inconsistent("kind"))?,
        status,
        due_at,
    };
    Ok((status.is_open() && still_true).then_some(facts))
}

async fn breach(bound: &Bound, id: Uuid) -> Result<Option<NoticeFacts>, StoreError> {
    let told = bound.find::<breach_notice::Entity>().filter(breach_notice::Column::BreachId.eq(id));
    let told = told.one(bound).await?;
    Ok(told.map(|told| NoticeFacts::Breach { notified_at: time::from_row(told.notified_at) }))
}

async fn subprocessor(bound: &Bound, id: Uuid) -> Result<Option<NoticeFacts>, StoreError> {
    let told = bound.find::<subprocessor_notice::Entity>();
    let told = told.filter(subprocessor_notice::Column::SubprocessorId.eq(id)).one(bound).await?;
    let row = subprocessor::Entity::find().filter(subprocessor::Column::Id.eq(id));
    let row = row.one(bound.connection()).await?.map(StoredSubprocessor::try_from).transpose()?;
    let Some((told, stored)) = told.zip(row) else { return Ok(None) };
    let authorisation = SubprocessorAuthorisation::from_code(&told.authorisation);
    let inconsistent = StoreError::Inconsistent { table: "subprocessor_notice", column: "authorisation" };
    Ok(Some(NoticeFacts::Subprocessor {
        name: stored.name,
        country: stored.country,
        effective_on: stored.effective_on,
        authorisation: authorisation.ok_or(inconsistent)?,
        last_day_to_object: time::date_from_row(told.last_day_to_object),
    }))
}
