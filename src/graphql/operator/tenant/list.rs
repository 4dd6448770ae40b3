//! The list of tenants.

use async_graphql::{Context, Object, Result};
use domain::id::TenantId;
use domain::scope::Scope;
use domain::tenant::TenantStatus as Status;

use super::super::operation::{Operation, look, operation};
use super::super::page::{self, PageInfo, Stand};
use super::super::vocabulary::TenantStatus;
use super::Tenant;
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::items::Items;
use crate::service::page::{PageSize, Position};
use crate::service::records::{OperatorTenant, TenantQuery as Wanted};

const SIZE: PageSize = PageSize { default: 20, most: 100 };

#[derive(Default)]
pub struct TenantQuery;

#[Object]
impl TenantQuery {
    /// Tenants, oldest first; `first` defaults to 20, at most 100.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::OperatorTenants])))]
    async fn tenants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most; the default and the limit stand in the field's description.")]
        first: Option<i32>,
        #[graphql(desc = "Cursor of the edge that the page starts after.")] after: Option<String>,
        #[graphql(desc = "Only these states; all when left out.")] status: Option<Vec<TenantStatus>>,
    ) -> Result<TenantConnection> {
        let operation = look(ctx)?;
        let status = states(status);
        let cursors = page::cursors(operation, name(&status));
        let after = cursors.open(after.as_deref()).map_err(errors::bad_page)?;
        let size = SIZE.of(first).map_err(errors::bad_page)?;
        let behind = after.map(|position| TenantId::from_uuid(position.id));
        // One more than is shown tells whether the page is the last.
        let wanted = Wanted { limit: u64::from(size) + 1, after: behind, status };
        let mut found = list(operation, &wanted).await?;
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let more = found.len() > size;
        found.truncate(size);
        let ends =
            found.first().zip(found.last()).map(|(a, z)| (position(a.stored.id), position(z.stored.id)));
        let stand = Stand { cursors, ends, more, behind: behind.is_some() };
        Ok(TenantConnection { tenants: Tenant::together(found), status: wanted.status, stand })
    }
}

/// Of no state there is no tenant; the store takes an empty list for all.
async fn list(operation: &Operation, wanted: &Wanted) -> Result<Vec<OperatorTenant>> {
    if wanted.status.is_empty() {
        return Ok(Vec::new());
    }
    operation.gateway.tenants(wanted).await.map_err(|error| errors::internal(&error))
}

/// The states asked for, each once and in one order, so that cursors do not depend on how they were written.
fn states(status: Option<Vec<TenantStatus>>) -> Vec<Status> {
    let given: Option<Vec<Status>> = status.map(|all| all.into_iter().map(Into::into).collect());
    let asked_for = |one: &Status| given.as_ref().is_none_or(|given| given.contains(one));
    Status::ALL.iter().copied().filter(asked_for).collect()
}

fn name(status: &[Status]) -> String {
    let codes: Vec<_> = status.iter().map(|one| one.code()).collect();
    format!("tenants status={}", codes.join(","))
}

fn position(id: TenantId) -> Position {
    Position { key: 0, id: id.uuid() }
}

/// A page of tenants.
pub struct TenantConnection {
    tenants: Vec<Tenant>,
    status: Vec<Status>,
    stand: Stand,
}

/// A page of tenants.
#[Object]
impl TenantConnection {
    /// Edges.
    async fn edges(&self) -> Items<TenantEdge<'_>> {
        self.tenants.iter().map(|node| TenantEdge { node, stand: &self.stand }).collect()
    }

    /// Page info.
    async fn page_info(&self) -> Result<PageInfo> {
        self.stand.info()
    }

    /// All that match, counted only when asked for.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        if self.status.is_empty() {
            return Ok(0);
        }
        let counted = operation(ctx)?.gateway.count_tenants(&self.status).await;
        Ok(page::count(counted.map_err(|error| errors::internal(&error))?))
    }
}

/// A tenant in a page.
pub struct TenantEdge<'p> {
    node: &'p Tenant,
    stand: &'p Stand,
}

/// A tenant in a page.
#[Object]
impl<'p> TenantEdge<'p> {
    /// Opaque.
    async fn cursor(&self) -> Result<String> {
        self.stand.cursor(position(self.node.found.stored.id))
    }

    /// The tenant.
    async fn node(&self) -> &'p Tenant {
        self.node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_does_not_depend_on_how_the_states_were_written() {
        use TenantStatus::{Active, Closed, Offboarding, Onboarding};
        for (given, expected) in [
            (None, "tenants status=ONBOARDING,ACTIVE,OFFBOARDING,CLOSED"),
            (
                Some(vec![Closed, Active, Offboarding, Onboarding]),
                "tenants status=ONBOARDING,ACTIVE,OFFBOARDING,CLOSED",
            ),
            (Some(vec![Closed, Active, Closed]), "tenants status=ACTIVE,CLOSED"),
            (Some(Vec::new()), "tenants status="),
        ] {
            assert_eq!(name(&states(given)), expected);
        }
    }
}
