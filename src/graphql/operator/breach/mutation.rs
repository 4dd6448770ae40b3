//! Telling tenants of breaches.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::id::BreachId;
use domain::scope::Scope;

use super::super::operation::{Operation, change};
use super::super::scalars::DateTime;
use super::super::user_error::UserError;
use super::super::vocabulary::DataCategory;
use super::{PersonalDataBreach, find_breach};
use crate::graphql::gate::{any_of, requires_scopes};
use crate::service::operator::breach::{BreachInput, SupplementInput};
use crate::service::refusal::Refusal;

/// Notifies tenants of a breach (Art. 33(2)).
#[derive(InputObject)]
pub struct ReportBreachInput {
    /// Tenants concerned, at least one.
    tenant_ids: Vec<ID>,
    /// Nature.
    description: String,
    /// When the platform became aware.
    detected_at: DateTime,
    /// Categories concerned.
    data_categories: Vec<DataCategory>,
    /// Approximate number of data subjects per tenant.
    approximate_subjects: Option<i32>,
    /// Likely consequences.
    consequences: String,
    /// Measures taken or proposed.
    measures: String,
}

impl From<ReportBreachInput> for BreachInput {
    fn from(input: ReportBreachInput) -> Self {
        Self {
            tenant_ids: input.tenant_ids.into_iter().map(|id| id.0).collect(),
            description: input.description,
            detected_at: input.detected_at.0,
            data_categories: input.data_categories.into_iter().map(Into::into).collect(),
            approximate_subjects: input.approximate_subjects.map(Into::into),
            consequences: input.consequences,
            measures: input.measures,
        }
    }
}

/// Tells tenants what became known of a breach later (Art. 33(4)); at least one member beside the breach is given.
#[derive(InputObject)]
pub struct SupplementBreachInput {
    /// Which breach.
    breach_id: ID,
    /// Further tenants concerned, who are notified now.
    tenant_ids: Option<Vec<ID>>,
    /// More on its nature.
    description: Option<String>,
    /// Categories concerned, as known now.
    data_categories: Option<Vec<DataCategory>>,
    /// Approximate number of data subjects per tenant, as known now.
    approximate_subjects: Option<i32>,
    /// More on its likely consequences.
    consequences: Option<String>,
    /// More on the measures taken or proposed.
    measures: Option<String>,
}

impl From<SupplementBreachInput> for SupplementInput {
    fn from(input: SupplementBreachInput) -> Self {
        let categories = |all: Vec<DataCategory>| all.into_iter().map(Into::into).collect();
        Self {
            breach_id: input.breach_id.0,
            tenant_ids: input.tenant_ids.unwrap_or_default().into_iter().map(|id| id.0).collect(),
            description: input.description,
            data_categories: input.data_categories.map(categories),
            approximate_subjects: input.approximate_subjects.map(Into::into),
            consequences: input.consequences,
            measures: input.measures,
        }
    }
}

/// What came of `reportBreach`.
#[derive(SimpleObject)]
pub struct ReportBreachPayload {
    /// The breach.
    breach: Option<PersonalDataBreach>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

/// What came of `supplementBreach`.
#[derive(SimpleObject)]
pub struct SupplementBreachPayload {
    /// The breach.
    breach: Option<PersonalDataBreach>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct BreachMutation;

#[Object]
impl BreachMutation {
    /// Reports a breach.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::OperatorBreaches])))]
    async fn report_breach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: ReportBreachInput,
    ) -> Result<ReportBreachPayload> {
        let operation = change(ctx)?;
        let result = operation.gateway.report_breach(&operation.caller, &input.into()).await;
        let (breach, user_errors) = payload(operation, result).await?;
        Ok(ReportBreachPayload { breach, user_errors })
    }

    /// Supplements the report of a breach; all tenants concerned see it.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::OperatorBreaches])))]
    async fn supplement_breach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: SupplementBreachInput,
    ) -> Result<SupplementBreachPayload> {
        let operation = change(ctx)?;
        let result = operation.gateway.supplement_breach(&operation.caller, &input.into()).await;
        let (breach, user_errors) = payload(operation, result).await?;
        Ok(SupplementBreachPayload { breach, user_errors })
    }
}

async fn payload(
    operation: &Operation,
    result: Result<BreachId, Refusal>,
) -> Result<(Option<PersonalDataBreach>, Vec<UserError>)> {
    match operation.done(result)? {
        Err(errors) => Ok((None, errors)),
        Ok(id) => Ok((find_breach(operation, id).await?, Vec::new())),
    }
}
