//! Personal data breaches.

mod mutation;
mod siblings;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::id::BreachId;
use domain::scope::Scope;

use super::operation::{Operation, look, operation};
use super::scalars::DateTime;
use super::tenant::Tenant;
use super::vocabulary::DataCategory;
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::items::Items;
use crate::service::records::{StoredBreach, StoredSupplement};
use siblings::Siblings;

pub use mutation::BreachMutation;

/// A breach, as reported to tenants.
pub struct PersonalDataBreach {
    stored: StoredBreach,
    siblings: Arc<Siblings>,
}

impl PersonalDataBreach {
    /// Breaches that load what hangs on them together.
    fn together(all: Vec<StoredBreach>) -> Vec<Self> {
        let siblings = Arc::new(Siblings::new(all.iter().map(|one| one.id).collect()));
        all.into_iter().map(|stored| Self { stored, siblings: Arc::clone(&siblings) }).collect()
    }
}

/// The breach, if there is one.
pub async fn find_breach(operation: &Operation, id: BreachId) -> Result<Option<PersonalDataBreach>> {
    let found = operation.gateway.find_breach(id).await;
    let found = found.map_err(|error| errors::internal(&error))?;
    Ok(PersonalDataBreach::together(found.into_iter().collect()).pop())
}

/// A breach, as reported to tenants.
#[Object]
impl PersonalDataBreach {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.stored.id.to_string().into()
    }

    /// Nature.
    async fn description(&self) -> &str {
        &self.stored.description
    }

    /// When the platform became aware.
    async fn detected_at(&self) -> DateTime {
        self.stored.detected_at.into()
    }

    /// Tenants told, and when they acknowledged.
    async fn notices(&self, ctx: &Context<'_>) -> Result<Items<BreachNotice>> {
        Ok(Items(self.siblings.notices(operation(ctx)?, self.stored.id).await?.to_vec()))
    }

    /// What became known later, oldest first (Art. 33(4)).
    async fn supplements(&self, ctx: &Context<'_>) -> Result<Items<BreachSupplement>> {
        let supplements = self.siblings.supplements(operation(ctx)?, self.stored.id).await?;
        Ok(supplements.iter().map(BreachSupplement::from).collect())
    }
}

/// One tenant's notice of a breach.
#[derive(SimpleObject, Clone)]
pub struct BreachNotice {
    /// Who.
    tenant: Tenant,
    /// When told.
    notified_at: DateTime,
    /// When acknowledged.
    acknowledged_at: Option<DateTime>,
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
    /// Approximate number of data subjects per tenant, as known then.
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
            approximate_subjects: stored.approximate_subjects.map(|n| i32::try_from(n).unwrap_or(i32::MAX)),
            consequences: stored.consequences.clone(),
            measures: stored.measures.clone(),
        }
    }
}

#[derive(Default)]
pub struct BreachQuery;

#[Object]
impl BreachQuery {
    /// Breaches, newest first.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::OperatorBreaches])))]
    async fn personal_data_breaches(&self, ctx: &Context<'_>) -> Result<Items<PersonalDataBreach>> {
        let operation = look(ctx)?;
        let found = operation.gateway.breaches().await;
        Ok(Items(PersonalDataBreach::together(found.map_err(|error| errors::internal(&error))?)))
    }
}
