//! Sub-processors of the platform.

mod mutation;
mod siblings;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::id::SubprocessorId;
use domain::scope::Scope;

use super::operation::{Operation, look, operation};
use super::scalars::{CountryCode, Date, DateTime};
use super::tenant::Tenant;
use super::vocabulary::{DataCategory, TransferMechanism};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::items::Items;
use crate::service::operator::subprocessor::Listed;
use crate::service::records::StoredSubprocessor;
use siblings::Siblings;

pub use mutation::SubprocessorMutation;

/// A sub-processor of the platform.
pub struct Subprocessor {
    stored: StoredSubprocessor,
    siblings: Arc<Siblings>,
}

impl Subprocessor {
    /// Sub-processors that load what hangs on them together.
    fn together(all: Vec<StoredSubprocessor>) -> Vec<Self> {
        let siblings = Arc::new(Siblings::new(all.iter().map(|one| one.id).collect()));
        all.into_iter().map(|stored| Self { stored, siblings: Arc::clone(&siblings) }).collect()
    }
}

/// The sub-processor, if there is one.
pub async fn find_subprocessor(operation: &Operation, id: SubprocessorId) -> Result<Option<Subprocessor>> {
    let found = operation.gateway.find_subprocessor(id).await;
    let found = found.map_err(|error| errors::internal(&error))?;
    Ok(Subprocessor::together(found.into_iter().collect()).pop())
}

/// A sub-processor of the platform.
#[Object]
impl Subprocessor {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.stored.id.to_string().into()
    }

    /// Registered name.
    async fn name(&self) -> &str {
        &self.stored.name
    }

    /// Where it is established.
    async fn country(&self) -> CountryCode {
        CountryCode(self.stored.country.clone())
    }

    /// Where it stores or reads personal data.
    async fn processing_countries(&self) -> Vec<CountryCode> {
        self.stored.processing_countries.iter().cloned().map(CountryCode).collect()
    }

    /// What it does.
    async fn purpose(&self) -> &str {
        &self.stored.purpose
    }

    /// Categories that it may see.
    async fn data_categories(&self) -> Vec<DataCategory> {
        self.stored.categories.iter().map(|category| (*category).into()).collect()
    }

    /// What makes the location lawful.
    async fn transfer_mechanism(&self) -> TransferMechanism {
        self.stored.transfer_mechanism.into()
    }

    /// When the agreement with it was signed.
    async fn agreement_signed_on(&self) -> Date {
        self.stored.agreement_signed_on.into()
    }

    /// When tenants were told of it; null for one that was there before all agreements.
    async fn announced_at(&self) -> Option<DateTime> {
        self.stored.announced_at.map(Into::into)
    }

    /// First day that it may process.
    async fn effective_on(&self) -> Date {
        self.stored.effective_on.into()
    }

    /// Last day.
    async fn ended_on(&self) -> Option<Date> {
        self.stored.ended_on.map(Into::into)
    }

    /// Tenants that objected.
    async fn objections(&self, ctx: &Context<'_>) -> Result<Items<TenantObjection>> {
        Ok(Items(self.siblings.objections(operation(ctx)?, self.stored.id).await?.to_vec()))
    }

    /// Tenants whose agreement asks for their specific authorisation and that have not given it; silence is no yes.
    async fn awaiting(&self, ctx: &Context<'_>) -> Result<Items<Tenant>> {
        Ok(Items(self.siblings.awaiting(operation(ctx)?, self.stored.id).await?.to_vec()))
    }
}

/// A tenant's objection.
#[derive(SimpleObject, Clone)]
pub struct TenantObjection {
    /// Who.
    tenant: Tenant,
    /// When.
    objected_at: DateTime,
    /// Why.
    reason: String,
}

#[derive(Default)]
pub struct SubprocessorQuery;

#[Object]
impl SubprocessorQuery {
    /// Sub-processors.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::OperatorSubprocessors])))]
    async fn subprocessors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Also those that have ended.", default)] include_ended: bool,
    ) -> Result<Items<Subprocessor>> {
        let operation = look(ctx)?;
        let listed = if include_ended { Listed::EndedToo } else { Listed::Current };
        let found = operation.gateway.subprocessors(listed).await;
        Ok(Items(Subprocessor::together(found.map_err(|error| errors::internal(&error))?)))
    }
}
