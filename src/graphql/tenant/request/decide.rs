//! Handling and deciding requests.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::scope::Scope;

use super::super::user_error::told;
use super::payload::{
    ApproveRightsRequestPayload, AskForIdentityPayload, ExtendDeadlinePayload, RefuseRightsRequestPayload,
    Told, VerifyRequesterIdentityPayload, WithdrawRightsRequestPayload, find,
};
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::operation;
use crate::graphql::scalars::Sha256;
use crate::graphql::vocabulary::{ExtensionGround, IdentityVerificationMethod, RefusalGround};
use crate::service::request::Step;

/// Asks the requester to identify, on reasonable doubt (Art. 12(6)); pauses the clock.
#[derive(InputObject)]
pub struct AskForIdentityInput {
    /// Which request.
    request_id: ID,
    /// The doubt, as the person is told it.
    reason: String,
}

/// Confirms who is asking.
#[derive(InputObject)]
pub struct VerifyRequesterIdentityInput {
    /// Which request.
    request_id: ID,
    /// How.
    method: IdentityVerificationMethod,
}

/// Extends the deadline by two months (Art. 12(3)), once, within the first month.
#[derive(InputObject)]
pub struct ExtendDeadlineInput {
    /// Which request.
    request_id: ID,
    /// On what it rests, at least one.
    grounds: Vec<ExtensionGround>,
    /// What the person is told.
    reason: String,
}

/// Approves a request; it is then carried out in the background.
#[derive(InputObject)]
pub struct ApproveRightsRequestInput {
    /// Which request.
    request_id: ID,
    /// For ERASURE: the digest of the plan that was read; CONFLICT when the facts have changed since. Left out: the plan at the time of approval.
    #[graphql(name = "planSha256")]
    plan: Option<Sha256>,
}

/// Refuses a request (Art. 12(4)).
#[derive(InputObject)]
pub struct RefuseRightsRequestInput {
    /// Which request.
    request_id: ID,
    /// Why.
    ground: RefusalGround,
    /// The reasons, as the person is told them.
    reasons: String,
}

/// Takes a request back at the person's wish.
#[derive(InputObject)]
pub struct WithdrawRightsRequestInput {
    /// Which request.
    request_id: ID,
}

#[derive(Default)]
pub struct DecisionMutation;

#[Object]
impl DecisionMutation {
    /// Asks the requester to identify.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsDecide])))]
    async fn ask_for_identity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: AskForIdentityInput,
    ) -> Result<AskForIdentityPayload> {
        Ok(take(ctx, &input.request_id, Step::AskIdentity { reason: input.reason }).await?.into())
    }

    /// Confirms who is asking.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsWrite])))]
    async fn verify_requester_identity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: VerifyRequesterIdentityInput,
    ) -> Result<VerifyRequesterIdentityPayload> {
        Ok(take(ctx, &input.request_id, Step::VerifyIdentity(input.method.into())).await?.into())
    }

    /// Extends the deadline.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsDecide])))]
    async fn extend_deadline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: ExtendDeadlineInput,
    ) -> Result<ExtendDeadlinePayload> {
        let grounds = input.grounds.into_iter().map(Into::into).collect();
        Ok(take(ctx, &input.request_id, Step::Extend { grounds, reason: input.reason }).await?.into())
    }

    /// Approves: the controller's instruction to carry it out.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsDecide])))]
    async fn approve_rights_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: ApproveRightsRequestInput,
    ) -> Result<ApproveRightsRequestPayload> {
        let plan = input.plan.map(|digest| digest.0);
        Ok(take(ctx, &input.request_id, Step::Approve { plan }).await?.into())
    }

    /// Refuses.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsDecide])))]
    async fn refuse_rights_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: RefuseRightsRequestInput,
    ) -> Result<RefuseRightsRequestPayload> {
        let step = Step::Refuse { ground: input.ground.into(), reasons: input.reasons };
        Ok(take(ctx, &input.request_id, step).await?.into())
    }

    /// Takes a request back.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsWrite, Scope::SelfRequest])))]
    async fn withdraw_rights_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: WithdrawRightsRequestInput,
    ) -> Result<WithdrawRightsRequestPayload> {
        Ok(take(ctx, &input.request_id, Step::Withdraw).await?.into())
    }
}

async fn take(ctx: &Context<'_>, request: &str, step: Step) -> Result<Told> {
    let operation = operation(ctx)?;
    let shown = operation.change(ctx, step.action())?;
    let result = operation.gateway.take_step(&operation.caller, request, &step, &shown).await;
    Ok(match operation.done(step.action(), result)? {
        Ok(id) => (find(operation, id).await?, Vec::new()),
        Err(errors) => (None, told(&errors, operation.caller.language)),
    })
}
