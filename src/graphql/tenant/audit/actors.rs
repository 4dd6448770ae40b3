//! How persons are told who acted on their data, as the tenant decides it.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::scope::Scope;

use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::operation;
use crate::graphql::tenant::tenant::Tenant;
use crate::graphql::tenant::user_error::{UserError, told};
use crate::graphql::vocabulary::AccessLogActors;
use crate::service::subject::canonical;

/// Decides how persons are told who acted on their data.
#[derive(InputObject)]
pub struct SetAccessLogActorsInput {
    /// How.
    access_log_actors: AccessLogActors,
    /// Same key: same answer, done once.
    idempotency_key: Option<ID>,
}

/// What came of `setAccessLogActors`.
#[derive(SimpleObject)]
pub struct SetAccessLogActorsPayload {
    /// The tenant, as it is now.
    tenant: Option<Tenant>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct AccessLogMutation;

#[Object]
impl AccessLogMutation {
    /// Sets whether `accessLog` tells persons the role or the identifier of staff. It holds for entries from before too.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsDecide])))]
    async fn set_access_log_actors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: SetAccessLogActorsInput,
    ) -> Result<SetAccessLogActorsPayload> {
        const ACTION: &str = "accessLog.setActors";
        let operation = operation(ctx)?;
        operation.change(ctx, ACTION)?;
        let actors = domain::actor::AccessLogActors::from(input.access_log_actors);
        let text = canonical(&[("accessLogActors", Some(actors.code()))]);
        let key = input.idempotency_key.map(|key| operation.idempotency(ACTION, key, text));
        let result = operation.gateway.set_access_log_actors(&operation.caller, actors, key.as_ref()).await;
        Ok(match operation.done(ACTION, result)? {
            Err(errors) => SetAccessLogActorsPayload {
                tenant: None,
                user_errors: told(&errors, operation.caller.language),
            },
            Ok(()) => SetAccessLogActorsPayload {
                tenant: Some(Tenant::of(operation.overview().await?).await?),
                user_errors: Vec::new(),
            },
        })
    }
}
