//! The bearer of the token.

use async_graphql::{Context, ID, Object, Result};
use domain::purpose::Purpose;

use super::subject::DataSubject;
use super::tenant::Tenant;
use crate::graphql::errors;
use crate::graphql::operation::operation;
use crate::graphql::scalars::DateTime;
use crate::service::disclosure::View;

#[derive(Default)]
pub struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// Who is asking.
    async fn viewer(&self) -> Viewer {
        Viewer
    }
}

/// The bearer of the token, as the gateway understands it.
pub struct Viewer;

/// The bearer of the token, as the gateway understands it.
#[Object]
impl Viewer {
    /// The token's subject (`sub`).
    async fn actor_id(&self, ctx: &Context<'_>) -> Result<ID> {
        Ok(operation(ctx)?.caller.authority.actor().into())
    }

    /// The scopes that the gateway grants out of the token's.
    async fn scopes(&self, ctx: &Context<'_>) -> Result<Vec<&'static str>> {
        Ok(operation(ctx)?.caller.authority.scopes().iter().map(|scope| scope.text()).collect())
    }

    /// The tenant that the token reaches.
    async fn tenant(&self, ctx: &Context<'_>) -> Result<Tenant> {
        Tenant::of(operation(ctx)?.overview().await?).await
    }

    /// The data subject behind a self-service token; null for staff and machines.
    async fn subject(&self, ctx: &Context<'_>) -> Option<Result<DataSubject>> {
        own_subject(ctx, "viewer.subject").await.transpose()
    }

    /// When the token ends.
    async fn expires_at(&self, ctx: &Context<'_>) -> Result<DateTime> {
        Ok(operation(ctx)?.caller.authority.expires_at().into())
    }
}

/// The self-service caller's own person, read whole; `None` for other callers.
pub async fn own_subject(ctx: &Context<'_>, action: &'static str) -> Result<Option<DataSubject>> {
    let operation = operation(ctx)?;
    let Some(own) = operation.caller.own_subject() else {
        return Ok(None);
    };
    let entry = operation.trail.open(&operation.caller, action, Some(Purpose::RightsHandling));
    let reading = operation.reading().await.inspect_err(|_| entry.denied())?;
    let view = View::new(reading, entry, Purpose::RightsHandling);
    let found = view.find(own).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(DataSubject::alone))
}
