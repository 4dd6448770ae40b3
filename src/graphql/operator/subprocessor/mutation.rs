//! Announcing and ending sub-processors.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::id::SubprocessorId;
use domain::scope::Scope;

use super::super::operation::{Operation, change};
use super::super::scalars::{CountryCode, Date};
use super::super::user_error::UserError;
use super::super::vocabulary::{DataCategory, TransferMechanism};
use super::{Subprocessor, find_subprocessor};
use crate::graphql::gate::{any_of, requires_scopes};
use crate::service::operator::subprocessor::{self, AnnouncementInput};
use crate::service::refusal::Refusal;

/// Announces a sub-processor. It takes effect no sooner than every tenant's period to object has run.
#[derive(InputObject)]
pub struct AnnounceSubprocessorInput {
    /// Registered name.
    name: String,
    /// Where it is established.
    country: CountryCode,
    /// Where it stores or reads personal data.
    processing_countries: Vec<CountryCode>,
    /// What it does.
    purpose: String,
    /// Categories that it may see.
    data_categories: Vec<DataCategory>,
    /// What makes the location lawful; EEA is refused when a country is outside it.
    transfer_mechanism: TransferMechanism,
    /// When the agreement with it was signed.
    agreement_signed_on: Date,
    /// First day that it may process.
    effective_on: Date,
}

impl From<AnnounceSubprocessorInput> for AnnouncementInput {
    fn from(input: AnnounceSubprocessorInput) -> Self {
        Self {
            name: input.name,
            country: input.country.0,
            processing_countries: input.processing_countries.into_iter().map(|country| country.0).collect(),
            purpose: input.purpose,
            data_categories: input.data_categories.into_iter().map(Into::into).collect(),
            transfer_mechanism: input.transfer_mechanism.into(),
            agreement_signed_on: input.agreement_signed_on.0,
            effective_on: input.effective_on.0,
        }
    }
}

/// Ends a sub-processor.
#[derive(InputObject)]
pub struct EndSubprocessorInput {
    /// Which.
    subprocessor_id: ID,
    /// Last day.
    ended_on: Date,
}

/// What came of `announceSubprocessor`.
#[derive(SimpleObject)]
pub struct AnnounceSubprocessorPayload {
    /// The sub-processor.
    subprocessor: Option<Subprocessor>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

/// What came of `endSubprocessor`.
#[derive(SimpleObject)]
pub struct EndSubprocessorPayload {
    /// The sub-processor.
    subprocessor: Option<Subprocessor>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct SubprocessorMutation;

#[Object]
impl SubprocessorMutation {
    /// Announces a sub-processor.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::OperatorSubprocessors])))]
    async fn announce_subprocessor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: AnnounceSubprocessorInput,
    ) -> Result<AnnounceSubprocessorPayload> {
        let operation = change(ctx)?;
        let result = operation.gateway.announce_subprocessor(&operation.caller, &input.into()).await;
        let (subprocessor, user_errors) = payload(operation, result).await?;
        Ok(AnnounceSubprocessorPayload { subprocessor, user_errors })
    }

    /// Ends a sub-processor.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::OperatorSubprocessors])))]
    async fn end_subprocessor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: EndSubprocessorInput,
    ) -> Result<EndSubprocessorPayload> {
        let operation = change(ctx)?;
        let input = subprocessor::EndSubprocessorInput {
            subprocessor_id: input.subprocessor_id.0,
            ended_on: input.ended_on.0,
        };
        let result = operation.gateway.end_subprocessor(&operation.caller, &input).await;
        let (subprocessor, user_errors) = payload(operation, result).await?;
        Ok(EndSubprocessorPayload { subprocessor, user_errors })
    }
}

async fn payload(
    operation: &Operation,
    result: Result<SubprocessorId, Refusal>,
) -> Result<(Option<Subprocessor>, Vec<UserError>)> {
    match operation.done(result)? {
        Err(errors) => Ok((None, errors)),
        Ok(id) => Ok((find_subprocessor(operation, id).await?, Vec::new())),
    }
}
