//! What the resolvers of an operator's operation share.

use std::sync::Arc;

use async_graphql::{Context, Result};

use super::user_error::{UserError, told};
use crate::graphql::errors;
use crate::graphql::gate::PolicyTable;
use crate::service::Gateway;
use crate::service::operator::OperatorCaller;
use crate::service::refusal::Refusal;

/// One operation: who asks, and what it may.
pub struct Operation {
    /// The use cases.
    pub gateway: Gateway,
    /// Who asks.
    pub caller: OperatorCaller,
    /// What the schema says of each field.
    pub policy: Arc<PolicyTable>,
}

/// The operation of a context, for what stands below a root field.
///
/// # Errors
/// When the schema is executed without one, which only a bug can do.
pub fn operation<'c>(ctx: &Context<'c>) -> Result<&'c Operation> {
    ctx.data::<Operation>().map_err(|_| errors::ErrorCode::Internal.error(errors::INTERNAL))
}

/// Enters a root field of `Query`.
///
/// # Errors
/// FORBIDDEN, with the scopes that are needed; for a field without a policy too.
pub fn look<'c>(ctx: &Context<'c>) -> Result<&'c Operation> {
    enter(ctx, "Query")
}

/// Enters a root field of `Mutation`.
///
/// # Errors
/// FORBIDDEN, with the scopes that are needed; for a field without a policy too.
pub fn change<'c>(ctx: &Context<'c>) -> Result<&'c Operation> {
    enter(ctx, "Mutation")
}

fn enter<'c>(ctx: &Context<'c>, type_name: &str) -> Result<&'c Operation> {
    let operation = operation(ctx)?;
    match operation.policy.of(type_name, ctx.field().name()) {
        Some(policy) if operation.caller.authority.satisfies(&policy.scopes) => Ok(operation),
        Some(policy) => Err(errors::forbidden(&policy.scopes)),
        None => Err(errors::forbidden(&[])),
    }
}

impl Operation {
    /// Whether the token satisfies what the schema prints at a field.
    #[must_use]
    pub fn may(&self, type_name: &str, field: &str) -> bool {
        self.policy.of(type_name, field).is_some_and(|policy| self.caller.authority.satisfies(&policy.scopes))
    }

    /// What came of a mutation, apart from what is wrong with its input.
    ///
    /// # Errors
    /// A failure of ours.
    pub fn done<T>(&self, result: Result<T, Refusal>) -> Result<Result<T, Vec<UserError>>> {
        match result {
            Ok(done) => Ok(Ok(done)),
            Err(Refusal::User(errors)) => Ok(Err(told(&errors, self.caller.language))),
            Err(refusal) => Err(errors::refused(&refusal)),
        }
    }
}
