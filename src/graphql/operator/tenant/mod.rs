//! Customers.

mod closing;
mod list;
mod mutation;
mod siblings;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::id::TenantId;

use super::agreement::Agreement;
use super::contact::Contact;
use super::operation::{Operation, operation};
use super::page::count;
use super::scalars::{CountryCode, Date, DateTime};
use super::vocabulary::TenantStatus;
use crate::graphql::errors;
use crate::service::records::{OperatorTenant, RequestFigures as Figures};
use closing::TenantClosing;
use siblings::Siblings;

pub use list::TenantQuery;
pub use mutation::TenantMutation;

/// A customer, as the platform's staff see it: no data subject appears.
#[derive(Clone)]
pub struct Tenant {
    found: Arc<OperatorTenant>,
    siblings: Arc<Siblings>,
}

impl Tenant {
    /// A tenant on its own.
    pub fn alone(found: OperatorTenant) -> Self {
        let siblings = Arc::new(Siblings::new(vec![found.stored.id]));
        Self { found: Arc::new(found), siblings }
    }

    /// Tenants that load what hangs on them together.
    pub fn together(all: Vec<OperatorTenant>) -> Vec<Self> {
        let mut ids: Vec<_> = all.iter().map(|tenant| tenant.stored.id).collect();
        ids.sort_unstable();
        ids.dedup();
        let siblings = Arc::new(Siblings::new(ids));
        let tenant = |found| Self { found: Arc::new(found), siblings: Arc::clone(&siblings) };
        all.into_iter().map(tenant).collect()
    }

    async fn current_agreement(&self, ctx: &Context<'_>) -> Result<Option<Agreement>> {
        Ok(self.siblings.agreement(operation(ctx)?, self.found.stored.id).await?.cloned().map(Agreement))
    }

    async fn closing_of(&self, ctx: &Context<'_>) -> Result<Option<TenantClosing>> {
        let found = self.siblings.closing(operation(ctx)?, self.found.stored.id).await?;
        let tenant = || Arc::clone(&self.found);
        Ok(found.map(|closing| TenantClosing { tenant: tenant(), closing }))
    }
}

/// The tenant, if there is one.
pub async fn find_tenant(operation: &Operation, id: TenantId) -> Result<Option<Tenant>> {
    let found = operation.gateway.find_tenants(&[id]).await;
    Ok(found.map_err(|error| errors::internal(&error))?.remove(&id).map(Tenant::alone))
}

/// A customer, as the platform's staff see it: no data subject appears.
#[Object]
impl Tenant {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.found.stored.id.to_string().into()
    }

    /// Registered name.
    async fn name(&self) -> &str {
        &self.found.stored.name
    }

    /// Swedish organisation number.
    async fn organisation_number(&self) -> Option<&str> {
        self.found.stored.organisation_number.as_deref()
    }

    /// Where the organisation is established.
    async fn country(&self) -> CountryCode {
        CountryCode(self.found.stored.country.clone())
    }

    /// Where in its life the relationship is.
    async fn status(&self) -> TenantStatus {
        self.found.status.into()
    }

    /// Who receives notices.
    async fn privacy_contact(&self) -> Contact {
        Contact::from(&self.found.stored.privacy_contact)
    }

    /// First day of the relationship.
    async fn relationship_started_on(&self) -> Date {
        self.found.stored.relationship_started_on.into()
    }

    /// Last day of it.
    async fn relationship_ends_on(&self) -> Option<Date> {
        self.found.stored.relationship_ends_on.map(Into::into)
    }

    /// Last day on which its data is returned, once the relationship's last day is known; the day after, it is erased
    /// (Art. 28(3)(g)).
    async fn return_ends_on(&self) -> Option<Date> {
        self.found.stored.return_ends_on.map(Into::into)
    }

    /// How the erasure of its data stands; null until it has begun.
    async fn closing(&self, ctx: &Context<'_>) -> Option<Result<TenantClosing>> {
        self.closing_of(ctx).await.transpose()
    }

    /// When nothing but what the law requires was left.
    async fn closed_at(&self) -> Option<DateTime> {
        self.found.stored.closed_at.map(Into::into)
    }

    /// The agreement offered or in force.
    async fn agreement(&self, ctx: &Context<'_>) -> Option<Result<Agreement>> {
        self.current_agreement(ctx).await.transpose()
    }

    /// Figures about the tenant's requests.
    async fn request_figures(&self, ctx: &Context<'_>) -> Result<RequestFigures> {
        Ok(self.siblings.figures(operation(ctx)?, self.found.stored.id).await?.into())
    }
}

/// Counts, without any personal data.
#[derive(SimpleObject)]
pub struct RequestFigures {
    /// Not yet answered.
    open: i32,
    /// Open and due within seven days.
    due_soon: i32,
    /// Open past due.
    overdue: i32,
    /// Downstream tasks that wait for a person: given up, or of systems that a person deals with.
    failed_downstream_tasks: i32,
    /// Downstream tasks that have not ended though their request is past due.
    overdue_downstream_tasks: i32,
}

impl From<Figures> for RequestFigures {
    fn from(figures: Figures) -> Self {
        Self {
            open: count(figures.open),
            due_soon: count(figures.due_soon),
            overdue: count(figures.overdue),
            failed_downstream_tasks: count(figures.failed_tasks),
            overdue_downstream_tasks: count(figures.overdue_tasks),
        }
    }
}
