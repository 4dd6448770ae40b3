//! Signing and ending an agreement.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::id::AgreementId;
use domain::scope::Scope;

use super::super::user_error::{UserError, told};
use super::{ProcessorAgreement, one_agreement};
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::{Operation, operation};
use crate::graphql::scalars::{Date, Sha256};
use crate::service::agreement::SignInput;
use crate::service::refusal;

/// Signs the offered agreement for the controller.
#[derive(InputObject)]
pub struct SignAgreementInput {
    /// Which.
    agreement_id: ID,
    /// Digest of the document that the signatory read; must equal the offered one's.
    document_sha256: Sha256,
    /// Name of the signatory.
    signatory_name: String,
    /// The signatory's role.
    signatory_title: String,
}

/// Ends the agreement in force. From the day after, no personal data is served.
#[derive(InputObject)]
pub struct TerminateAgreementInput {
    /// Which.
    agreement_id: ID,
    /// Last day in force.
    effective_to: Date,
}

/// What came of `signAgreement`.
#[derive(SimpleObject)]
pub struct SignAgreementPayload {
    /// The agreement.
    agreement: Option<ProcessorAgreement>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

/// What came of `terminateAgreement`.
#[derive(SimpleObject)]
pub struct TerminateAgreementPayload {
    /// The agreement.
    agreement: Option<ProcessorAgreement>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct AgreementMutation;

#[Object]
impl AgreementMutation {
    /// Signs the offered agreement.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AgreementsSign])))]
    async fn sign_agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: SignAgreementInput,
    ) -> Result<SignAgreementPayload> {
        const ACTION: &str = "agreement.sign";
        let operation = operation(ctx)?;
        operation.change(ctx, ACTION)?;
        let input = SignInput {
            agreement_id: input.agreement_id.0,
            document_sha256: input.document_sha256.0,
            signatory_name: input.signatory_name,
            signatory_title: input.signatory_title,
        };
        let result = operation.gateway.sign_agreement(&operation.caller, &input).await;
        let (agreement, user_errors) = payload(operation, operation.done(ACTION, result)?).await?;
        Ok(SignAgreementPayload { agreement, user_errors })
    }

    /// Terminates the agreement in force.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AgreementsSign])))]
    async fn terminate_agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: TerminateAgreementInput,
    ) -> Result<TerminateAgreementPayload> {
        const ACTION: &str = "agreement.terminate";
        let operation = operation(ctx)?;
        operation.change(ctx, ACTION)?;
        let asked = (input.agreement_id.as_str(), input.effective_to.0.as_str());
        let result = operation.gateway.terminate_agreement(&operation.caller, asked).await;
        let (agreement, user_errors) = payload(operation, operation.done(ACTION, result)?).await?;
        Ok(TerminateAgreementPayload { agreement, user_errors })
    }
}

async fn payload(
    operation: &Operation,
    result: Result<AgreementId, Vec<refusal::UserError>>,
) -> Result<(Option<ProcessorAgreement>, Vec<UserError>)> {
    match result {
        Err(errors) => Ok((None, told(&errors, operation.caller.language))),
        Ok(id) => Ok((one_agreement(&operation.overview().await?, id).await?, Vec::new())),
    }
}
