//! Reading the log.

use domain::id::{AuditEventId, SubjectId};
use entity::audit_event::{Column, Entity};
use jiff::Timestamp;
use sea_orm::ColumnTrait as _;
use sea_orm::sea_query::{Expr, Order};

use super::event::RecordedEvent;
use crate::backend::{postgres, sqlite};
use crate::error::StoreError;
use crate::tenant_tx::{Sees, TenantTx};
use crate::time;

/// Narrows the log; fields combine with AND.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Only this person's.
    pub subject: Option<SubjectId>,
    /// Only this actor's.
    pub actor: Option<String>,
    /// Only this action.
    pub action: Option<String>,
    /// Only allowed or only denied.
    pub allowed: Option<bool>,
    /// From this instant.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
}

/// A page of the log, newest first.
#[derive(Debug, Clone)]
pub struct AuditPage {
    /// The entries.
    pub events: Vec<RecordedEvent>,
    /// Whether more follow.
    pub has_more: bool,
}

impl<S: Sees> TenantTx<S> {
    /// An entry by its identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_event(&self, id: AuditEventId) -> Result<Option<RecordedEvent>, StoreError> {
        let row = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid())).one(&self.bound).await?;
        row.map(RecordedEvent::try_from).transpose()
    }

    /// Several entries by their identifiers, in no order; those that do not exist are left out.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn find_events(&self, ids: &[AuditEventId]) -> Result<Vec<RecordedEvent>, StoreError> {
        let named = Column::Id.is_in(ids.iter().map(|id| id.uuid()));
        let rows = self.bound.find::<Entity>().filter(named).all(&self.bound).await?;
        rows.into_iter().map(RecordedEvent::try_from).collect()
    }

    /// `first` entries older than `after`, newest first. A filter by person reads the log from the newest entry
    /// on, so it costs as much as the log is long since.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_events(
        &self,
        filter: &AuditFilter,
        after: Option<AuditEventId>,
        first: u32,
    ) -> Result<AuditPage, StoreError> {
        let mut rows = self.bound.find::<Entity>();
        if let Some(after) = after {
            rows = rows.filter(Column::Id.lt(after.uuid()));
        }
        if let Some(subject) = filter.subject {
            let names = if self.bound.is_postgres() {
                postgres::EVENT_NAMES_SUBJECT
            } else {
                sqlite::EVENT_NAMES_SUBJECT
            };
            rows = rows.filter(Expr::cust_with_values(names, [subject.uuid().into_bytes().to_vec()]));
            // Identifiers begin with their time, so that nothing older than the person can be about them.
            rows = rows.filter(Column::Id.gte(first_identifier_at(subject.uuid())));
        }
        if let Some(actor) = &filter.actor {
            rows = rows.filter(Column::ActorId.eq(actor.as_str()));
        }
        if let Some(action) = &filter.action {
            rows = rows.filter(Column::Action.eq(action.as_str()));
        }
        if let Some(allowed) = filter.allowed {
            rows = rows.filter(Column::Allowed.eq(allowed));
        }
        if let Some(from) = filter.from {
            rows = rows.filter(Column::OccurredAt.gte(time::to_row(from)));
        }
        if let Some(until) = filter.until {
            rows = rows.filter(Column::OccurredAt.lt(time::to_row(until)));
        }
        let rows =
            rows.order_by(Column::Id, Order::Desc).limit(u64::from(first) + 1).all(&self.bound).await?;
        let mut events = rows.into_iter().map(RecordedEvent::try_from).collect::<Result<Vec<_>, _>>()?;
        let has_more = events.len() > first as usize;
        events.truncate(first as usize);
        Ok(AuditPage { events, has_more })
    }
}

/// The least identifier of the millisecond in which `id` was made.
fn first_identifier_at(id: uuid::Uuid) -> uuid::Uuid {
    uuid::Uuid::from_u128(id.as_u128() & !((1 << 80) - 1))
}
