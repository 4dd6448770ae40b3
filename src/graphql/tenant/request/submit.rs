//! Submitting requests: one mutation for each right.

mod input;

use async_graphql::{Context, ID, Object, Result};
use domain::personal::Personal;
use domain::scope::Scope;

use super::super::user_error::told;
use super::payload::{
    SubmitAccessRequestPayload, SubmitErasureRequestPayload, SubmitObjectionPayload,
    SubmitPortabilityRequestPayload, SubmitRectificationRequestPayload, SubmitRestrictionRequestPayload,
    Told, WithdrawConsentPayload, find,
};
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::operation;
use crate::service::refusal::{self, UserErrorCode};
use crate::service::request::submission::{Ask, Meanwhile, RequestInput, Submitted};
use crate::service::subject::{Command, canonical};
use input::{
    Receipt, SubmitAccessRequestInput, SubmitErasureRequestInput, SubmitObjectionInput,
    SubmitPortabilityRequestInput, SubmitRectificationRequestInput, SubmitRestrictionRequestInput,
    WithdrawConsentInput,
};

const SUBMITS: &[Scope] = &[Scope::RightsWrite, Scope::SelfRequest];

#[derive(Default)]
pub struct SubmissionMutation;

#[Object]
impl SubmissionMutation {
    /// Asks for a copy of all personal data, with Art. 15(1) information.
    #[graphql(directive = requires_scopes::apply(any_of(SUBMITS)))]
    async fn submit_access_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: SubmitAccessRequestInput,
    ) -> Result<SubmitAccessRequestPayload> {
        Ok(submit(ctx, (input.subject_id, input.receipt, Ask::Access)).await?.into())
    }

    /// Asks for the data that the person provided, in a machine-readable form.
    #[graphql(directive = requires_scopes::apply(any_of(SUBMITS)))]
    async fn submit_portability_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: SubmitPortabilityRequestInput,
    ) -> Result<SubmitPortabilityRequestPayload> {
        Ok(submit(ctx, (input.subject_id, input.receipt, Ask::Portability)).await?.into())
    }

    /// Asks for a correction.
    #[graphql(directive = requires_scopes::apply(any_of(SUBMITS)))]
    async fn submit_rectification_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: SubmitRectificationRequestInput,
    ) -> Result<SubmitRectificationRequestPayload> {
        Ok(submit(ctx, input.split()).await?.into())
    }

    /// Asks to be forgotten.
    #[graphql(directive = requires_scopes::apply(any_of(SUBMITS)))]
    async fn submit_erasure_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: SubmitErasureRequestInput,
    ) -> Result<SubmitErasureRequestPayload> {
        Ok(submit(ctx, input.split()).await?.into())
    }

    /// Asks that data is stored only.
    #[graphql(directive = requires_scopes::apply(any_of(SUBMITS)))]
    async fn submit_restriction_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: SubmitRestrictionRequestInput,
    ) -> Result<SubmitRestrictionRequestPayload> {
        let ask = Ask::Restriction(input.ground.into());
        Ok(submit(ctx, (input.subject_id, input.receipt, ask)).await?.into())
    }

    /// Objects.
    #[graphql(directive = requires_scopes::apply(any_of(SUBMITS)))]
    async fn submit_objection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: SubmitObjectionInput,
    ) -> Result<SubmitObjectionPayload> {
        let ask = Ask::Objection(input.purpose.into(), input.grounds);
        Ok(submit(ctx, (input.subject_id, input.receipt, ask)).await?.into())
    }

    /// Withdraws a consent.
    #[graphql(directive = requires_scopes::apply(any_of(SUBMITS)))]
    async fn withdraw_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: WithdrawConsentInput,
    ) -> Result<WithdrawConsentPayload> {
        let ask = Ask::ConsentWithdrawal(input.purpose.into());
        Ok(submit(ctx, (input.subject_id, input.receipt, ask)).await?.into())
    }
}

async fn submit(ctx: &Context<'_>, (subject_id, receipt, ask): (Option<ID>, Receipt, Ask)) -> Result<Told> {
    const ACTION: &str = "rightsRequest.submit";
    let operation = operation(ctx)?;
    let shown = operation.change(ctx, ACTION)?;
    let input = RequestInput {
        subject_id: subject_id.map(|id| id.0),
        channel: receipt.channel.into(),
        received_at: receipt.received_at.map(|at| at.0),
        ask,
        sent_as_opendsr: None,
    };
    let mutation = mutation_of(&input.ask);
    let idempotency =
        receipt.idempotency_key.map(|key| operation.idempotency(mutation, key, as_text(&input)));
    let result = operation.gateway.submit(&operation.caller, &Command { input, idempotency, shown }).await;
    Ok(match operation.done(ACTION, result)? {
        Ok(Submitted::Accepted(id)) => (find(operation, id).await?, Vec::new()),
        Ok(Submitted::AlreadyOpen(id)) => {
            let open = refusal::UserError::new(UserErrorCode::AlreadyOpen);
            (find(operation, id).await?, told(&[open], operation.caller.language))
        }
        Err(errors) => (None, told(&errors, operation.caller.language)),
    })
}

/// Under which name an idempotency key is remembered: each mutation has keys of its own.
const fn mutation_of(ask: &Ask) -> &'static str {
    match ask {
        Ask::Access => "submitAccessRequest",
        Ask::Portability => "submitPortabilityRequest",
        Ask::Rectification(..) => "submitRectificationRequest",
        Ask::Erasure(_) => "submitErasureRequest",
        Ask::Restriction(_) => "submitRestrictionRequest",
        Ask::Objection(..) => "submitObjection",
        Ask::ConsentWithdrawal(_) => "withdrawConsent",
    }
}

/// The input as one text, for its idempotency key.
fn as_text(input: &RequestInput) -> Personal<String> {
    let mut members = vec![
        ("subjectId", input.subject_id.clone()),
        ("channel", Some(input.channel.code().to_owned())),
        ("receivedAt", input.received_at.clone()),
    ];
    members.extend(members_of(&input.ask));
    let members: Vec<_> = members.iter().map(|(name, value)| (*name, value.as_deref())).collect();
    canonical(&members)
}

fn members_of(ask: &Ask) -> Vec<(&'static str, Option<String>)> {
    match ask {
        Ask::Access | Ask::Portability => Vec::new(),
        Ask::Rectification(corrections, meanwhile) => {
            let corrections = corrections.iter().map(|correction| {
                serde_json::json!([correction.category.code(), correction.fault.code(), correction.new_value])
            });
            let restrict = (*meanwhile == Meanwhile::Restricted).to_string();
            let corrections = corrections.collect::<serde_json::Value>().to_string();
            vec![("rectifications", Some(corrections)), ("restrictMeanwhile", Some(restrict))]
        }
        Ask::Erasure(categories) => {
            let codes = |all: &Vec<domain::category::DataCategory>| {
                all.iter().map(|category| category.code()).collect::<serde_json::Value>().to_string()
            };
            vec![("categories", categories.as_ref().map(codes))]
        }
        Ask::Restriction(ground) => vec![("ground", Some(ground.code().to_owned()))],
        Ask::Objection(purpose, grounds) => {
            vec![("purpose", Some(purpose.code().to_owned())), ("grounds", grounds.clone())]
        }
        Ask::ConsentWithdrawal(purpose) => vec![("purpose", Some(purpose.code().to_owned()))],
    }
}
