//! Restrictions of processing.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::scope::Scope;

use super::user_error::{UserError, told};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::operation;
use crate::graphql::scalars::DateTime;
use crate::graphql::vocabulary::RestrictionGround;
use crate::service::records::StoredRestriction;
use crate::service::restriction::LiftInput;

/// A restriction of processing (Art. 18).
pub struct Restriction(pub StoredRestriction);

/// A restriction of processing (Art. 18).
#[Object]
impl Restriction {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Why.
    async fn ground(&self) -> RestrictionGround {
        self.0.ground.into()
    }

    /// Since when.
    async fn started_at(&self) -> DateTime {
        self.0.started_at.into()
    }

    /// Until when; null while in force.
    async fn lifted_at(&self) -> Option<DateTime> {
        self.0.lifted_at.map(Into::into)
    }

    /// When the person was told that it would be lifted, Art. 18(3).
    async fn subject_informed_at(&self) -> Option<DateTime> {
        self.0.subject_informed_at.map(Into::into)
    }
}

/// Lifts a restriction; the person must have been told (Art. 18(3)).
#[derive(InputObject)]
pub struct LiftRestrictionInput {
    /// Which restriction.
    restriction_id: ID,
    /// When the person was told.
    subject_informed_at: DateTime,
}

/// What came of `liftRestriction`.
#[derive(SimpleObject)]
pub struct LiftRestrictionPayload {
    /// The restriction.
    restriction: Option<Restriction>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct RestrictionMutation;

#[Object]
impl RestrictionMutation {
    /// Lifts a restriction.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsDecide])))]
    async fn lift_restriction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: LiftRestrictionInput,
    ) -> Result<LiftRestrictionPayload> {
        const ACTION: &str = "restriction.lift";
        let operation = operation(ctx)?;
        let shown = operation.change(ctx, ACTION)?;
        let input = LiftInput {
            restriction_id: input.restriction_id.0,
            subject_informed_at: input.subject_informed_at.0,
        };
        let result = operation.gateway.lift_restriction(&operation.caller, &input, &shown).await;
        Ok(match operation.done(ACTION, result)? {
            Err(errors) => LiftRestrictionPayload {
                restriction: None,
                user_errors: told(&errors, operation.caller.language),
            },
            Ok(id) => {
                let entered = operation.after_change().await?;
                let found = entered.reading.find_restriction(id).await;
                let restriction = found.map_err(|error| errors::internal(&error))?.map(Restriction);
                LiftRestrictionPayload { restriction, user_errors: Vec::new() }
            }
        })
    }
}
