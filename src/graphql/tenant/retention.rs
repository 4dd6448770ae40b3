//! Retention: the tenant's rules, and what they will lead to.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::scope::Scope;

use super::user_error::{UserError, told};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::items::Items;
use crate::graphql::operation::operation;
use crate::graphql::scalars::Date;
use crate::graphql::vocabulary::{DataCategory, LegalBasis, RetentionTrigger};
use crate::service::records::RuleEntry;
use crate::service::retention::{Forecast, ForecastEntry, RuleInput};

/// How long a category is kept once its purpose has ended.
pub struct RetentionRule(pub RuleEntry);

/// How long a category is kept once its purpose has ended.
#[Object]
impl RetentionRule {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Which category.
    async fn category(&self) -> DataCategory {
        self.0.rule.category.into()
    }

    /// What starts the period.
    async fn trigger(&self) -> RetentionTrigger {
        self.0.rule.trigger.into()
    }

    /// Months after the trigger (0: at once); null where a law fixes the date.
    async fn months(&self) -> Option<i32> {
        self.0.rule.months.map(i32::from)
    }

    /// Why.
    async fn legal_basis(&self) -> LegalBasis {
        self.0.rule.legal_basis.into()
    }

    /// The source of the rule.
    async fn source(&self) -> &str {
        &self.0.rule.source
    }
}

/// What a retention run on a date would erase.
#[derive(SimpleObject)]
pub struct RetentionForecast {
    /// The date.
    as_of: Date,
    /// Counts per category.
    entries: Vec<RetentionForecastEntry>,
}

/// One category's share of a retention forecast.
#[derive(SimpleObject)]
pub struct RetentionForecastEntry {
    /// Which category.
    category: DataCategory,
    /// Values or records to erase.
    to_erase: i32,
    /// Values or records kept on a ground.
    retained: i32,
}

impl From<Forecast> for RetentionForecast {
    fn from(found: Forecast) -> Self {
        let count = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        let entry = |entry: ForecastEntry| RetentionForecastEntry {
            category: entry.category.into(),
            to_erase: count(entry.to_erase),
            retained: count(entry.retained),
        };
        Self { as_of: found.as_of.into(), entries: found.entries.into_iter().map(entry).collect() }
    }
}

#[derive(Default)]
pub struct RetentionQuery;

#[Object]
impl RetentionQuery {
    /// The rules in force for the tenant.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RetentionRead])))]
    async fn retention_rules(&self, ctx: &Context<'_>) -> Result<Items<RetentionRule>> {
        let reading = operation(ctx)?.look(ctx).await?;
        let rules = reading.list_rules().await.map_err(|error| errors::internal(&error))?;
        Ok(rules.into_iter().map(RetentionRule).collect())
    }

    /// What retention would erase on a date (today when left out). Changes nothing.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RetentionRead])))]
    async fn retention_forecast(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Day to forecast for; today when left out.")] as_of: Option<Date>,
    ) -> Result<RetentionForecast> {
        let reading = operation(ctx)?.look(ctx).await?;
        let found = reading.forecast(as_of.as_ref().map(|on| on.0.as_str())).await;
        let found = found.map_err(|error| errors::internal(&error))?;
        found.map(Into::into).map_err(|reason| errors::bad_input("asOf", reason))
    }
}

/// Sets the tenant's own rule for a category; never shorter than a law demands.
#[derive(InputObject)]
pub struct SetRetentionRuleInput {
    /// Which category.
    category: DataCategory,
    /// What starts the period.
    trigger: RetentionTrigger,
    /// Months after the trigger, 0 to 1200.
    months: i32,
    /// Why.
    legal_basis: LegalBasis,
    /// The source of the rule.
    source: String,
}

/// What came of `setRetentionRule`.
#[derive(SimpleObject)]
pub struct SetRetentionRulePayload {
    /// The rule.
    retention_rule: Option<RetentionRule>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct RetentionMutation;

#[Object]
impl RetentionMutation {
    /// Sets a retention rule.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RetentionWrite])))]
    async fn set_retention_rule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: SetRetentionRuleInput,
    ) -> Result<SetRetentionRulePayload> {
        const ACTION: &str = "retentionRule.set";
        let operation = operation(ctx)?;
        let shown = operation.change(ctx, ACTION)?;
        let input = RuleInput {
            category: input.category.into(),
            trigger: input.trigger.into(),
            months: input.months.into(),
            legal_basis: input.legal_basis.into(),
            source: input.source,
        };
        let result = operation.gateway.set_rule(&operation.caller, &input, &shown).await;
        Ok(match operation.done(ACTION, result)? {
            Err(errors) => SetRetentionRulePayload {
                retention_rule: None,
                user_errors: told(&errors, operation.caller.language),
            },
            Ok(id) => {
                let entered = operation.after_change().await?;
                let found = entered.reading.find_rule(id).await.map_err(|error| errors::internal(&error))?;
                SetRetentionRulePayload { retention_rule: found.map(RetentionRule), user_errors: Vec::new() }
            }
        })
    }
}
