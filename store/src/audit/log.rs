//! Reading the log.

use std::cmp::Reverse;

use domain::id::{AuditEventId, SubjectId};
use entity::audit_event::{self, Column, Entity};
use entity::{audit_pending, audit_subject};
use jiff::Timestamp;
use sea_orm::ColumnTrait as _;
use sea_orm::sea_query::{Expr, Order};

use super::event::RecordedEvent;
use crate::backend::{postgres, sqlite};
use crate::error::StoreError;
use crate::scoped::Rows;
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

    /// `first` entries older than `after`, newest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_events(
        &self,
        filter: &AuditFilter,
        after: Option<AuditEventId>,
        first: u32,
    ) -> Result<AuditPage, StoreError> {
        let mut rows = narrowed(self.bound.find::<Entity>(), filter);
        if let Some(after) = after {
            rows = rows.filter(Column::Id.lt(after.uuid()));
        }
        let most = u64::from(first) + 1;
        let mut found = match filter.subject {
            None => rows.order_by(Column::Id, Order::Desc).limit(most).all(&self.bound).await?,
            Some(subject) => self.about(subject, rows, most).await?,
        };
        let has_more = found.len() > first as usize;
        found.truncate(first as usize);
        let events = found.into_iter().map(RecordedEvent::try_from).collect::<Result<Vec<_>, _>>()?;
        Ok(AuditPage { events, has_more })
    }

    /// Entries about a person, newest first: those that are sequenced by their index, the few that are not one by one.
    async fn about(
        &self,
        subject: SubjectId,
        rows: Rows<Entity>,
        most: u64,
    ) -> Result<Vec<audit_event::Model>, StoreError> {
        let indexed = self.bound.find::<audit_subject::Entity>();
        let indexed = indexed.filter(audit_subject::Column::SubjectId.eq(subject.uuid()));
        let indexed = indexed.column(audit_subject::Column::EventId);
        let pending = self.bound.find::<audit_pending::Entity>().column(audit_pending::Column::EventId);
        let condition = if self.bound.is_postgres() {
            postgres::EVENT_NAMES_SUBJECT
        } else {
            sqlite::EVENT_NAMES_SUBJECT
        };
        let named = Expr::cust_with_values(condition, [subject.uuid().into_bytes().to_vec()]);
        let sequenced = rows.clone().filter(Column::Id.in_subquery(indexed));
        let waiting = rows.filter(Column::Id.in_subquery(pending)).filter(named);
        let mut found = Vec::new();
        for part in [sequenced, waiting] {
            found.extend(part.order_by(Column::Id, Order::Desc).limit(most).all(&self.bound).await?);
        }
        found.sort_unstable_by_key(|row| Reverse(row.id));
        Ok(found)
    }
}

fn narrowed(mut rows: Rows<Entity>, filter: &AuditFilter) -> Rows<Entity> {
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
    rows
}
