//! Tenants as the platform's staff see them: customers, dates and counts.

use domain::calendar::{civil_date, first_moment};
use domain::id::TenantId;
use domain::tenant::{Agreed, Life, TenantStatus};
use entity::{agreement, job, tenant};
use jiff::SignedDuration;
use jiff::civil::Date;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{
    ColumnTrait as _, Condition, DbBackend, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Statement,
};
use uuid::Uuid;

use super::Operator;
use super::platform_tx::PlatformTx;
use crate::agreement::{StoredAgreement, has_begun};
use crate::audit::AuditEvent;
use crate::backend::{postgres, sqlite};
use crate::error::StoreError;
use crate::job::JobKind;
use crate::tenant::StoredTenant;
use crate::time;

/// How many days before its due date an open request counts as due soon.
const SOON: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Which tenants.
#[derive(Debug, Clone, Default)]
pub struct TenantQuery {
    /// At most so many.
    pub limit: u64,
    /// Those behind this one.
    pub after: Option<TenantId>,
    /// Only in these states; in all where empty.
    pub status: Vec<TenantStatus>,
}

/// A tenant as a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorTenant {
    /// Its particulars.
    pub stored: StoredTenant,
    /// Where in its life it is today.
    pub status: TenantStatus,
}

/// Counts of a tenant's requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RequestFigures {
    /// Not yet answered.
    pub open: u64,
    /// Open and due within seven days.
    pub due_soon: u64,
    /// Open past due.
    pub overdue: u64,
    /// Tasks of systems outside that wait for a person: those that have failed, and those that a person deals with.
    pub failed_tasks: u64,
    /// Tasks of systems outside that have not ended though their request is past due.
    pub overdue_tasks: u64,
}

impl Operator<'_> {
    /// Tenants, oldest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_tenants(&self, query: &TenantQuery) -> Result<Vec<OperatorTenant>, StoreError> {
        let tx = self.reading().await?;
        let mut rows = tx.find::<tenant::Entity>().filter(in_states(&query.status, civil_date(tx.now)));
        if let Some(after) = query.after {
            rows = rows.filter(tenant::Column::Id.gt(after.uuid()));
        }
        let rows = rows.order_by_asc(tenant::Column::Id).limit(query.limit).all(tx.connection()).await?;
        tx.with_status(rows).await
    }

    /// How many tenants are in the states.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_tenants(&self, status: &[TenantStatus]) -> Result<u64, StoreError> {
        let tx = self.reading().await?;
        let rows = tx.find::<tenant::Entity>().filter(in_states(status, civil_date(tx.now)));
        Ok(rows.count(tx.connection()).await?)
    }

    /// Several tenants by identifier; those that do not exist are missing.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn find_tenants(&self, ids: &[TenantId]) -> Result<Vec<OperatorTenant>, StoreError> {
        let tx = self.reading().await?;
        tx.tenants(ids).await
    }

    /// Counts of several tenants' requests, in one statement on PostgreSQL. They come from a function that gives numbers
    /// alone, since the operator's role cannot read requests.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_requests(
        &self,
        of: &[TenantId],
    ) -> Result<Vec<(TenantId, RequestFigures)>, StoreError> {
        let tx = self.reading().await?;
        let (now, soon) = (time::to_row(tx.now), time::to_row(tx.now + SOON));
        let mut figures = Vec::with_capacity(of.len());
        if self.store.platform.is_postgres() {
            let list = of.iter().map(|tenant| tenant.uuid().to_string()).collect::<Vec<_>>().join(",");
            let values = [format!("{{{list}}}").into(), now.into(), soon.into()];
            let statement =
                Statement::from_sql_and_values(DbBackend::Postgres, postgres::REQUEST_FIGURES, values);
            for row in tx.rows(statement).await? {
                let tenant: Uuid = row.try_get("", "tenant_id")?;
                figures.push((TenantId::from_uuid(tenant), numbers(&row)?));
            }
        } else {
            for tenant in of {
                let values = [tenant.uuid().into(), now.into(), soon.into()];
                let statement =
                    Statement::from_sql_and_values(DbBackend::Sqlite, sqlite::REQUEST_FIGURES, values);
                for row in tx.rows(statement).await? {
                    figures.push((*tenant, numbers(&row)?));
                }
            }
        }
        Ok(figures)
    }

    /// Sets the last day of a relationship and of the return that follows, and has the erasure after it done; `event`
    /// tells the tenant so. Set anew, the later entry counts: work that comes too early looks at the dates.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_relationship(
        &self,
        of: TenantId,
        (ends_on, return_ends_on): (Date, Date),
        event: &AuditEvent,
    ) -> Result<(), StoreError> {
        let tx = self.writing().await?;
        tx.amend::<tenant::Entity>()
            .filter(tenant::Column::Id.eq(of.uuid()))
            .col_expr(tenant::Column::RelationshipEndsOn, Expr::value(time::date_to_row(ends_on)))
            .col_expr(tenant::Column::ReturnEndsOn, Expr::value(time::date_to_row(return_ends_on)))
            .exec(tx.connection())
            .await?;
        let over = return_ends_on.tomorrow().unwrap_or(Date::MAX);
        // Each decision has work of its own, since this role cannot see the work of an earlier one.
        let decision = tx.new_uuid(self);
        let closing = (JobKind::CloseTenant, first_moment(over));
        tx.put::<job::Entity>(self.due(&tx, (of, decision), closing)).await?;
        tx.tell(self, &[of], event).await?;
        tx.commit().await
    }
}

impl PlatformTx {
    pub(super) async fn tenants(&self, ids: &[TenantId]) -> Result<Vec<OperatorTenant>, StoreError> {
        let named = tenant::Column::Id.is_in(ids.iter().map(|id| id.uuid()));
        let rows = self.find::<tenant::Entity>().filter(named).all(self.connection()).await?;
        self.with_status(rows).await
    }

    pub(super) async fn with_status(
        &self,
        rows: Vec<tenant::Model>,
    ) -> Result<Vec<OperatorTenant>, StoreError> {
        let today = civil_date(self.now);
        let begun: Vec<Uuid> = self
            .find::<agreement::Entity>()
            .filter(agreement::Column::TenantId.is_in(rows.iter().map(|row| row.id)))
            .filter(has_begun(today))
            .select_only()
            .column(agreement::Column::TenantId)
            .into_tuple()
            .all(self.connection())
            .await?;
        let with = |row: tenant::Model| {
            let agreed = if begun.contains(&row.id) { Agreed::Once } else { Agreed::Never };
            let stored = StoredTenant::from(row);
            let life = Life {
                relationship_ends_on: stored.relationship_ends_on,
                closed_on: stored.closed_at.map(civil_date),
                agreed,
            };
            OperatorTenant { status: life.status(today), stored }
        };
        Ok(rows.into_iter().map(with).collect())
    }

    /// A tenant's agreements, newest first.
    pub(super) async fn agreements(&self, of: &[TenantId]) -> Result<Vec<StoredAgreement>, StoreError> {
        let rows = self
            .find::<agreement::Entity>()
            .filter(agreement::Column::TenantId.is_in(of.iter().map(|tenant| tenant.uuid())))
            .order_by_desc(agreement::Column::Version)
            .all(self.connection())
            .await?;
        rows.into_iter().map(StoredAgreement::try_from).collect()
    }
}

fn numbers(row: &sea_orm::QueryResult) -> Result<RequestFigures, StoreError> {
    let number = |column| -> Result<u64, StoreError> {
        Ok(u64::try_from(row.try_get::<i64>("", column)?).unwrap_or(0))
    };
    Ok(RequestFigures {
        open: number("open")?,
        due_soon: number("due_soon")?,
        overdue: number("overdue")?,
        failed_tasks: number("failed_tasks")?,
        overdue_tasks: number("overdue_tasks")?,
    })
}

/// The same derivation as [`Life::status`], for rows that are not read.
fn in_states(states: &[TenantStatus], today: Date) -> Condition {
    if states.is_empty() {
        return Condition::all();
    }
    let mut any = Condition::any();
    for state in states {
        any = any.add(in_state(*state, today));
    }
    any
}

fn in_state(state: TenantStatus, today: Date) -> Condition {
    let closed = tenant::Column::ClosedAt;
    let ends_on = tenant::Column::RelationshipEndsOn;
    let over = ends_on.lt(time::date_to_row(today));
    let goes_on = Condition::any().add(ends_on.is_null()).add(ends_on.gte(time::date_to_row(today)));
    let agreed = Expr::col((tenant::Entity, tenant::Column::Id)).in_subquery(
        Query::select()
            .column(agreement::Column::TenantId)
            .from(agreement::Entity)
            .cond_where(has_begun(today))
            .take(),
    );
    let open = Condition::all().add(closed.is_null());
    match state {
        TenantStatus::Closed => Condition::all().add(closed.is_not_null()),
        TenantStatus::Offboarding => open.add(over),
        TenantStatus::Active => open.add(goes_on).add(agreed),
        TenantStatus::Onboarding => open.add(goes_on).add(agreed.not()),
    }
}
