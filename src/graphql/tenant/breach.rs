//! Personal data breaches that concern the tenant.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::scope::Scope;

use super::user_error::{UserError, told};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::items::Items;
use crate::graphql::operation::operation;
use crate::graphql::scalars::DateTime;
use crate::graphql::vocabulary::DataCategory;
use crate::service::records::{StoredSupplement, TenantBreach};

/// A personal data breach that concerns the tenant, Art. 33(2).
pub struct PersonalDataBreach(pub TenantBreach);

/// A personal data breach that concerns the tenant, Art. 33(2).
#[Object]
impl PersonalDataBreach {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.0.stored.id.to_string().into()
    }

    /// Nature of the breach.
    async fn description(&self) -> &str {
        &self.0.stored.description
    }

    /// When the platform became aware.
    async fn detected_at(&self) -> DateTime {
        self.0.stored.detected_at.into()
    }

    /// When this tenant was notified.
    async fn notified_at(&self) -> DateTime {
        self.0.notified_at.into()
    }

    /// 72 hours after the notification: when the controller's own duty to the authority ends (Art. 33(1)).
    async fn authority_deadline(&self, ctx: &Context<'_>) -> Result<DateTime> {
        Ok(operation(ctx)?.gateway.authority_deadline(self.0.notified_at).into())
    }

    /// Categories concerned.
    async fn data_categories(&self) -> Vec<DataCategory> {
        self.0.stored.categories.iter().map(|category| (*category).into()).collect()
    }

    /// Approximate number of data subjects.
    async fn approximate_subjects(&self) -> Option<i32> {
        self.0.stored.approximate_subjects.map(number)
    }

    /// Likely consequences.
    async fn consequences(&self) -> &str {
        &self.0.stored.consequences
    }

    /// Measures taken or proposed.
    async fn measures(&self) -> &str {
        &self.0.stored.measures
    }

    /// When the tenant acknowledged it.
    async fn acknowledged_at(&self) -> Option<DateTime> {
        self.0.acknowledged_at.map(Into::into)
    }

    /// What became known later, oldest first (Art. 33(4)).
    async fn supplements(&self) -> Items<BreachSupplement> {
        self.0.supplements.iter().map(BreachSupplement::from).collect()
    }
}

/// What became known of a breach after tenants had been told of it, Art. 33(4). What is null was not added to.
#[derive(SimpleObject)]
pub struct BreachSupplement {
    /// When tenants were told.
    at: DateTime,
    /// More on its nature.
    description: Option<String>,
    /// Categories concerned, as known then.
    data_categories: Option<Vec<DataCategory>>,
    /// Approximate number of data subjects, as known then.
    approximate_subjects: Option<i32>,
    /// More on its likely consequences.
    consequences: Option<String>,
    /// More on the measures taken or proposed.
    measures: Option<String>,
}

impl From<&StoredSupplement> for BreachSupplement {
    fn from(stored: &StoredSupplement) -> Self {
        let categories = stored.categories.as_ref();
        Self {
            at: stored.at.into(),
            description: stored.description.clone(),
            data_categories: categories.map(|all| all.iter().map(|category| (*category).into()).collect()),
            approximate_subjects: stored.approximate_subjects.map(number),
            consequences: stored.consequences.clone(),
            measures: stored.measures.clone(),
        }
    }
}

fn number(persons: u32) -> i32 {
    i32::try_from(persons).unwrap_or(i32::MAX)
}

/// Acknowledges a breach notice.
#[derive(InputObject)]
pub struct AcknowledgeBreachInput {
    /// Which.
    breach_id: ID,
}

/// What came of `acknowledgeBreach`.
#[derive(SimpleObject)]
pub struct AcknowledgeBreachPayload {
    /// The breach.
    breach: Option<PersonalDataBreach>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct BreachQuery;

#[Object]
impl BreachQuery {
    /// Breaches that concern the tenant, newest first.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::BreachesRead])))]
    async fn personal_data_breaches(&self, ctx: &Context<'_>) -> Result<Items<PersonalDataBreach>> {
        let found = operation(ctx)?.look_over(ctx).await?.list_breaches().await;
        Ok(found.map_err(|error| errors::internal(&error))?.into_iter().map(PersonalDataBreach).collect())
    }
}

#[derive(Default)]
pub struct BreachMutation;

#[Object]
impl BreachMutation {
    /// Acknowledges a breach notice.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::BreachesAcknowledge])))]
    async fn acknowledge_breach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: AcknowledgeBreachInput,
    ) -> Result<AcknowledgeBreachPayload> {
        const ACTION: &str = "breach.acknowledge";
        let operation = operation(ctx)?;
        operation.change(ctx, ACTION)?;
        let result = operation.gateway.acknowledge_breach(&operation.caller, &input.breach_id).await;
        Ok(match operation.done(ACTION, result)? {
            Err(errors) => AcknowledgeBreachPayload {
                breach: None,
                user_errors: told(&errors, operation.caller.language),
            },
            Ok(id) => {
                let found = operation.overview().await?.find_breach(id).await;
                let breach = found.map_err(|error| errors::internal(&error))?.map(PersonalDataBreach);
                AcknowledgeBreachPayload { breach, user_errors: Vec::new() }
            }
        })
    }
}
