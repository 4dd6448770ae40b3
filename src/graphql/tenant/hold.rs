//! Legal holds.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::id::LegalHoldId;
use domain::scope::Scope;

use super::user_error::{UserError, told};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::{Operation, operation};
use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::vocabulary::{DataCategory, RetentionGround};
use crate::service::hold::HoldInput;
use crate::service::records::StoredHold;
use crate::service::refusal;

/// Something that stops the erasure of a person's data.
pub struct LegalHold(pub StoredHold);

/// Something that stops the erasure of a person's data.
#[Object]
impl LegalHold {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Why.
    async fn ground(&self) -> RetentionGround {
        self.0.ground.into()
    }

    /// Categories that it covers.
    async fn categories(&self) -> Vec<DataCategory> {
        self.0.categories.iter().map(|category| (*category).into()).collect()
    }

    /// The decision, case or contract that it rests on; a file number, not personal data.
    async fn reference(&self) -> &str {
        &self.0.reference
    }

    /// Since when.
    async fn placed_at(&self) -> DateTime {
        self.0.placed_at.into()
    }

    /// First day on which it no longer binds; null while open-ended.
    async fn expires_on(&self) -> Option<Date> {
        self.0.expires_on.map(Into::into)
    }

    /// When it was released early.
    async fn released_at(&self) -> Option<DateTime> {
        self.0.released_at.map(Into::into)
    }
}

/// Stops erasure of some categories.
#[derive(InputObject)]
pub struct PlaceLegalHoldInput {
    /// Whose data.
    subject_id: ID,
    #[expect(clippy::doc_markdown, reason = "the words of the schema")]
    /// Why; not BOOKKEEPING_ACT, which the gateway applies by itself.
    ground: RetentionGround,
    /// Which categories.
    categories: Vec<DataCategory>,
    /// The decision, case or contract.
    reference: String,
    /// First day on which it no longer binds.
    expires_on: Option<Date>,
}

/// Releases a hold; erasure that waited for it then goes on by itself.
#[derive(InputObject)]
pub struct ReleaseLegalHoldInput {
    /// Which.
    legal_hold_id: ID,
}

/// What came of `placeLegalHold`.
#[derive(SimpleObject)]
pub struct PlaceLegalHoldPayload {
    /// The hold.
    legal_hold: Option<LegalHold>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

/// What came of `releaseLegalHold`.
#[derive(SimpleObject)]
pub struct ReleaseLegalHoldPayload {
    /// The hold.
    legal_hold: Option<LegalHold>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct HoldMutation;

#[Object]
impl HoldMutation {
    /// Places a legal hold.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsDecide])))]
    async fn place_legal_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: PlaceLegalHoldInput,
    ) -> Result<PlaceLegalHoldPayload> {
        const ACTION: &str = "legalHold.place";
        let operation = operation(ctx)?;
        let shown = operation.change(ctx, ACTION)?;
        let input = HoldInput {
            subject_id: input.subject_id.0,
            ground: input.ground.into(),
            categories: input.categories.into_iter().map(Into::into).collect(),
            reference: input.reference,
            expires_on: input.expires_on.map(|on| on.0),
        };
        let result = operation.gateway.place_hold(&operation.caller, &input, &shown).await;
        let (legal_hold, user_errors) = payload(operation, operation.done(ACTION, result)?).await?;
        Ok(PlaceLegalHoldPayload { legal_hold, user_errors })
    }

    /// Releases a legal hold.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsDecide])))]
    async fn release_legal_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: ReleaseLegalHoldInput,
    ) -> Result<ReleaseLegalHoldPayload> {
        const ACTION: &str = "legalHold.release";
        let operation = operation(ctx)?;
        let shown = operation.change(ctx, ACTION)?;
        let result = operation.gateway.release_hold(&operation.caller, &input.legal_hold_id, &shown).await;
        let (legal_hold, user_errors) = payload(operation, operation.done(ACTION, result)?).await?;
        Ok(ReleaseLegalHoldPayload { legal_hold, user_errors })
    }
}

async fn payload(
    operation: &Operation,
    result: Result<LegalHoldId, Vec<refusal::UserError>>,
) -> Result<(Option<LegalHold>, Vec<UserError>)> {
    match result {
        Err(errors) => Ok((None, told(&errors, operation.caller.language))),
        Ok(id) => {
            let entered = operation.after_change().await?;
            let found = entered.reading.find_hold(id).await.map_err(|error| errors::internal(&error))?;
            Ok((found.map(LegalHold), Vec::new()))
        }
    }
}
