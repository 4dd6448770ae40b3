//! Taking customers on, and letting them go.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::id::TenantId;
use domain::scope::Scope;

use super::super::contact::ContactInput;
use super::super::operation::{Operation, change};
use super::super::scalars::{CountryCode, Date, LanguageTag};
use super::super::user_error::UserError;
use super::{Tenant, find_tenant};
use crate::graphql::gate::{any_of, requires_scopes};
use crate::service::operator::subprocessor::ConfirmationInput;
use crate::service::operator::tenant::{EndInput, OnboardInput};
use crate::service::refusal::Refusal;

/// Takes a customer on.
#[derive(InputObject)]
pub struct OnboardTenantInput {
    /// Registered name.
    name: String,
    /// Swedish organisation number; check digit verified.
    organisation_number: Option<String>,
    /// Where it is established.
    country: CountryCode,
    /// Language of its letters and notices.
    #[graphql(default_with = "LanguageTag(\"sv\".to_owned())")]
    language: LanguageTag,
    /// Who receives notices.
    privacy_contact: ContactInput,
    /// The data protection officer, where one is designated (Art. 37).
    data_protection_officer: Option<ContactInput>,
    /// First day of the relationship.
    relationship_started_on: Date,
    /// Same key, same input: same answer, done once.
    idempotency_key: Option<ID>,
}

/// Ends a customer relationship; return and erasure then run by themselves.
#[derive(InputObject)]
pub struct EndTenantRelationshipInput {
    /// Which.
    tenant_id: ID,
    /// Last day.
    ends_on: Date,
}

/// Records a sub-processor's word that it has erased a tenant's data (Art. 28(3)(g), 28(4)).
#[derive(InputObject)]
pub struct ConfirmErasureInput {
    /// Whose data.
    tenant_id: ID,
    /// Who has erased it.
    subprocessor_id: ID,
    /// The day that it names.
    confirmed_on: Date,
}

/// What came of `onboardTenant`.
#[derive(SimpleObject)]
pub struct OnboardTenantPayload {
    /// The tenant.
    tenant: Option<Tenant>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

/// What came of `endTenantRelationship`.
#[derive(SimpleObject)]
pub struct EndTenantRelationshipPayload {
    /// The tenant.
    tenant: Option<Tenant>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

/// What came of `confirmErasure`.
#[derive(SimpleObject)]
pub struct ConfirmErasurePayload {
    /// The tenant.
    tenant: Option<Tenant>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct TenantMutation;

#[Object]
impl TenantMutation {
    /// Takes a customer on.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::OperatorTenants])))]
    async fn onboard_tenant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: OnboardTenantInput,
    ) -> Result<OnboardTenantPayload> {
        let operation = change(ctx)?;
        let key = input.idempotency_key.map(|key| key.0);
        let input = OnboardInput {
            name: input.name,
            organisation_number: input.organisation_number,
            country: input.country.0,
            language: input.language.0,
            privacy_contact: input.privacy_contact.into(),
            data_protection_officer: input.data_protection_officer.map(Into::into),
            relationship_started_on: input.relationship_started_on.0,
        };
        let result = operation.gateway.onboard_tenant(&operation.caller, &input, key.as_deref()).await;
        let (tenant, user_errors) = payload(operation, result).await?;
        Ok(OnboardTenantPayload { tenant, user_errors })
    }

    /// Ends a customer relationship.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::OperatorTenants])))]
    async fn end_tenant_relationship(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: EndTenantRelationshipInput,
    ) -> Result<EndTenantRelationshipPayload> {
        let operation = change(ctx)?;
        let input = EndInput { tenant_id: input.tenant_id.0, ends_on: input.ends_on.0 };
        let result = operation.gateway.end_relationship(&operation.caller, &input).await;
        let (tenant, user_errors) = payload(operation, result).await?;
        Ok(EndTenantRelationshipPayload { tenant, user_errors })
    }

    /// Records that a sub-processor has erased a tenant's data; the tenant's certificate names it.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::OperatorTenants])))]
    async fn confirm_erasure(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: ConfirmErasureInput,
    ) -> Result<ConfirmErasurePayload> {
        let operation = change(ctx)?;
        let input = ConfirmationInput {
            tenant_id: input.tenant_id.0,
            subprocessor_id: input.subprocessor_id.0,
            confirmed_on: input.confirmed_on.0,
        };
        let result = operation.gateway.confirm_erasure(&operation.caller, &input).await;
        let (tenant, user_errors) = payload(operation, result).await?;
        Ok(ConfirmErasurePayload { tenant, user_errors })
    }
}

async fn payload(
    operation: &Operation,
    result: Result<TenantId, Refusal>,
) -> Result<(Option<Tenant>, Vec<UserError>)> {
    match operation.done(result)? {
        Err(errors) => Ok((None, errors)),
        Ok(id) => Ok((find_tenant(operation, id).await?, Vec::new())),
    }
}
