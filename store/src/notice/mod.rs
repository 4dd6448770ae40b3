//! The outbox of notices by e-mail: a row is put in the transaction that decided on it, together with the work that sends it.

mod sending;

use domain::id::{NoticeId, RequestId};
use domain::notice::{NoticeKind, NoticeStatus};
use domain::request::reminder::Reminder;
use entity::notice::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ActiveValue::Set, ColumnTrait as _};
use uuid::Uuid;

use crate::error::StoreError;
use crate::job::JobKind;
use crate::tenant_tx::{CarriesOutRights, TenantTx};
use crate::time;

pub use sending::{DueNotice, NoticeEnd, NoticeFacts, NoticeTurn};

/// A notice as the tenant sees it: what it was about and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxNotice {
    /// The notice.
    pub id: NoticeId,
    /// What it tells of.
    pub kind: NoticeKind,
    /// Which request, breach or sub-processor.
    pub object: Uuid,
    /// Where it stands.
    pub status: NoticeStatus,
    /// When it was decided on.
    pub created_at: Timestamp,
    /// Attempts that failed.
    pub failures: u32,
    /// Why the last of them did.
    pub last_error: Option<String>,
    /// When it was sent, given up or found to be of no use.
    pub ended_at: Option<Timestamp>,
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// Has the privacy contact reminded of a request, in place of a reminder of it that was not sent yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_reminder_notice(&self, of: RequestId, reminder: Reminder) -> Result<(), StoreError> {
        self.bound
            .amend::<Entity>()
            .filter(Column::ObjectId.eq(of.uuid()))
            .filter(Column::Status.eq(NoticeStatus::Pending.code()))
            .filter(Column::Kind.is_in(NoticeKind::OF_REQUESTS.map(NoticeKind::code)))
            .set(Column::Status, Expr::value(NoticeStatus::Skipped.code()))
            .set(Column::EndedAt, Expr::value(Some(time::to_row(self.now))))
            .run(&self.bound)
            .await?;
        let id = NoticeId::new(self.now, self.entropy());
        let row = row(id, (NoticeKind::of_reminder(reminder), of.uuid()), self.now);
        self.bound.put::<Entity>(row).await?;
        self.enqueue(JobKind::SendNotice, id.uuid(), self.now).await
    }
}

impl<S> TenantTx<S> {
    /// The tenant's notices, newest first, from behind one of them on.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_notices(
        &self,
        after: Option<NoticeId>,
        limit: u64,
    ) -> Result<Vec<OutboxNotice>, StoreError> {
        let mut rows = self.bound.find::<Entity>();
        if let Some(after) = after {
            rows = rows.filter(Column::Id.lt(after.uuid()));
        }
        let rows = rows.order_by(Column::Id, Order::Desc).limit(limit).all(&self.bound).await?;
        rows.into_iter().map(OutboxNotice::try_from).collect()
    }

    /// How many notices the tenant has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_notices(&self) -> Result<u64, StoreError> {
        self.bound.find::<Entity>().count(&self.bound).await
    }
}

/// A notice that waits to be sent, its tenant left to whoever puts it.
pub(crate) fn row(id: NoticeId, (kind, object): (NoticeKind, Uuid), now: Timestamp) -> ActiveModel {
    ActiveModel {
        id: Set(id.uuid()),
        kind: Set(kind.code().to_owned()),
        object_id: Set(object),
        status: Set(NoticeStatus::Pending.code().to_owned()),
        created_at: Set(time::to_row(now)),
        failures: Set(0),
        last_error: Set(None),
        ended_at: Set(None),
        ..Default::default()
    }
}

impl TryFrom<Model> for OutboxNotice {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let inconsistent = |column| StoreError::Inconsistent { table: "notice", column };
        Ok(Self {
            id: NoticeId::from_uuid(row.id),
            kind: NoticeKind::from_code(&row.kind).ok_or(inconsistent("kind"))?,
            object: row.object_id,
            status: NoticeStatus::from_code(&row.status).ok_or(inconsistent("status"))?,
            created_at: time::from_row(row.created_at),
            failures: u32::try_from(row.failures).map_err(|_| inconsistent("failures"))?,
            last_error: row.last_error,
            ended_at: row.ended_at.map(time::from_row),
        })
    }
}
