//! Submitting requests, and deciding them.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::id::RequestId;
use domain::scope::Scope;

use super::super::user_error::{UserError, told};
use super::{RightsRequest, one_request};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::{Operation, operation};
use crate::graphql::scalars::DateTime;
use crate::graphql::vocabulary::{IdentityVerificationMethod, RefusalGround, RequestChannel};
use crate::service::refusal::{self, UserErrorCode};
use crate::service::request::Step;
use crate::service::request::access::{AccessInput, Submitted};
use crate::service::subject::{Command, canonical};

/// Asks for access (Art. 15).
#[derive(InputObject)]
pub struct SubmitAccessRequestInput {
    /// Whose data; left out by a self-service caller.
    subject_id: Option<ID>,
    /// How it came in.
    #[graphql(default_with = "RequestChannel::Api")]
    channel: RequestChannel,
    /// When it came in; now when left out, never in the future.
    received_at: Option<DateTime>,
    /// Same key, same input: same answer, done once.
    idempotency_key: Option<ID>,
}

/// Confirms who is asking.
#[derive(InputObject)]
pub struct VerifyRequesterIdentityInput {
    /// Which request.
    request_id: ID,
    /// How.
    method: IdentityVerificationMethod,
}

/// Approves a request; it is then carried out in the background.
#[derive(InputObject)]
pub struct ApproveRightsRequestInput {
    /// Which request.
    request_id: ID,
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

macro_rules! payloads {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {
        $(
            $(#[doc = $doc])*
            #[derive(SimpleObject)]
            pub struct $name {
                /// The request as it is now.
                rights_request: Option<RightsRequest>,
                /// Empty on success.
                user_errors: Vec<UserError>,
            }

            impl From<Told> for $name {
                fn from((rights_request, user_errors): Told) -> Self {
                    Self { rights_request, user_errors }
                }
            }
        )*
    };
}

payloads! {
    /// What came of `submitAccessRequest`.
    SubmitAccessRequestPayload;
    /// What came of `verifyRequesterIdentity`.
    VerifyRequesterIdentityPayload;
    /// What came of `approveRightsRequest`.
    ApproveRightsRequestPayload;
    /// What came of `refuseRightsRequest`.
    RefuseRightsRequestPayload;
    /// What came of `withdrawRightsRequest`.
    WithdrawRightsRequestPayload;
}

/// A request and what is wrong, as every payload has it.
type Told = (Option<RightsRequest>, Vec<UserError>);

#[derive(Default)]
pub struct RequestMutation;

#[Object]
impl RequestMutation {
    /// Asks for a copy of all personal data, with Art. 15(1) information.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsWrite, Scope::SelfRequest])))]
    async fn submit_access_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: SubmitAccessRequestInput,
    ) -> Result<SubmitAccessRequestPayload> {
        const ACTION: &str = "rightsRequest.submit";
        let operation = operation(ctx)?;
        let shown = operation.change(ctx, ACTION)?;
        let channel = domain::request::channel::RequestChannel::from(input.channel);
        let (subject_id, received_at) = (input.subject_id.map(|id| id.0), input.received_at.map(|at| at.0));
        let text = canonical(&[
            ("subjectId", subject_id.as_deref()),
            ("channel", Some(channel.code())),
            ("receivedAt", received_at.as_deref()),
        ]);
        let idempotency =
            input.idempotency_key.map(|key| operation.idempotency("submitAccessRequest", key, text));
        let command = Command { input: AccessInput { subject_id, channel, received_at }, idempotency, shown };
        let result = operation.gateway.submit_access(&operation.caller, &command).await;
        let told = match operation.done(ACTION, result)? {
            Ok(Submitted::Accepted(id)) => (find(operation, id).await?, Vec::new()),
            Ok(Submitted::AlreadyOpen(id)) => {
                let open = refusal::UserError::new(UserErrorCode::AlreadyOpen);
                (find(operation, id).await?, told(&[open], operation.caller.language))
            }
            Err(errors) => (None, told(&errors, operation.caller.language)),
        };
        Ok(told.into())
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

    /// Approves: the controller's instruction to carry it out.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsDecide])))]
    async fn approve_rights_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: ApproveRightsRequestInput,
    ) -> Result<ApproveRightsRequestPayload> {
        Ok(take(ctx, &input.request_id, Step::Approve).await?.into())
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
    match operation.done(step.action(), result)? {
        Ok(id) => Ok((find(operation, id).await?, Vec::new())),
        Err(errors) => Ok((None, told(&errors, operation.caller.language))),
    }
}

async fn find(operation: &Operation, id: RequestId) -> Result<Option<RightsRequest>> {
    let entered = operation.after_change().await?;
    let found = entered.reading.find_request(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(|request| one_request(entered, request)))
}
