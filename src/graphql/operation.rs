//! What the resolvers of one operation share, and the only way from a root field to the tenant's data.

use std::sync::Arc;

use async_graphql::{Context, ID, Result};
use domain::category::Categories;
use domain::personal::Personal;
use domain::purpose::Purpose;

use super::errors;
use super::gate::PolicyTable;
use crate::service::Gateway;
use crate::service::caller::Caller;
use crate::service::disclosure::View;
use crate::service::reading::{Opened, Reading};
use crate::service::records::IdempotencyKey;
use crate::service::refusal::{Refusal, UserError};
use crate::service::trail::{Entry, Trail};

/// One operation: who asks, what it may, what it opened, what it owes to the audit log.
pub struct Operation {
    /// The use cases.
    pub gateway: Gateway,
    /// Who asks.
    pub caller: Caller,
    /// The tenant as it was opened for a query or an event; a mutation opens it anew for each field.
    pub opened: Option<Opened>,
    /// What is owed to the audit log.
    pub trail: Trail,
    /// What the payloads of mutations show; their own entries are in their transactions.
    pub shown: Trail,
    /// What the schema says of each field.
    pub policy: Arc<PolicyTable>,
}

/// A root field that may be resolved: its reading, and the entry that it fills.
#[derive(Clone)]
pub struct Entered {
    /// The snapshot.
    pub reading: Arc<Reading>,
    /// The entry in the audit log.
    pub entry: Entry,
}

impl Entered {
    /// Persons, as they are read for a purpose.
    #[must_use]
    pub fn view(&self, purpose: Purpose) -> View {
        View::new(Arc::clone(&self.reading), self.entry.clone(), purpose)
    }
}

/// The operation of a context.
///
/// # Errors
/// When the schema is executed without one, which only a bug can do.
pub fn operation<'c>(ctx: &Context<'c>) -> Result<&'c Operation> {
    ctx.data::<Operation>().map_err(|_| errors::ErrorCode::Internal.error(errors::INTERNAL))
}

impl Operation {
    /// Whether the token satisfies what the schema prints at the field that is being resolved.
    ///
    /// # Errors
    /// FORBIDDEN, with the scopes that are needed; for a field without a policy too.
    pub fn gate(&self, type_name: &str, ctx: &Context<'_>) -> Result<()> {
        match self.policy.of(type_name, ctx.field().name()) {
            Some(policy) if self.caller.authority.satisfies(&policy.scopes) => Ok(()),
            Some(policy) => Err(errors::forbidden(&policy.scopes)),
            None => Err(errors::forbidden(&[])),
        }
    }

    /// Whether the token satisfies what the schema prints at another field.
    #[must_use]
    pub fn may(&self, type_name: &str, field: &str) -> bool {
        self.policy.of(type_name, field).is_some_and(|policy| self.caller.authority.satisfies(&policy.scopes))
    }

    /// The tenant as it is now, served or not: the snapshot of a query, a new one after a mutation. What is agreed with the
    /// tenant is read from it, nothing about persons.
    pub async fn overview(&self) -> Result<Opened> {
        match &self.opened {
            Some(opened) => Ok(opened.clone()),
            None => self.gateway.open(&self.caller).await.map_err(|error| errors::not_opened(&error)),
        }
    }

    /// The tenant as it is now, if it is served.
    pub async fn reading(&self) -> Result<Arc<Reading>> {
        match self.overview().await? {
            Opened::Served(reading) => Ok(reading),
            Opened::Unserved(_, why) => Err(errors::unserved(why)),
        }
    }

    /// What persons are read for where a field leaves nobody a choice.
    #[must_use]
    pub fn ordinary_purpose(&self) -> Purpose {
        self.opened.as_ref().map_or(Purpose::ServiceDelivery, |opened| opened.status().ordinary_purpose())
    }

    /// Enters a root field that reads personal data. Its entry is owed from here on, refused or not. Of a tenant that is
    /// leaving nobody is read for any purpose but the handling of requests.
    pub async fn enter(
        &self,
        ctx: &Context<'_>,
        action: &'static str,
        purpose: Option<Purpose>,
    ) -> Result<Entered> {
        self.enter_at("Query", ctx, action, purpose).await
    }

    /// Enters a subscription that reads personal data, when it is opened and for each of its events.
    pub async fn follow(
        &self,
        ctx: &Context<'_>,
        action: &'static str,
        purpose: Option<Purpose>,
    ) -> Result<Entered> {
        self.enter_at("Subscription", ctx, action, purpose).await
    }

    async fn enter_at(
        &self,
        root: &str,
        ctx: &Context<'_>,
        action: &'static str,
        purpose: Option<Purpose>,
    ) -> Result<Entered> {
        let entry = self.trail.open(&self.caller, action, purpose);
        let reading = match self.gate(root, ctx) {
            Ok(()) => self.reading().await,
            Err(forbidden) => Err(forbidden),
        };
        let reading = reading.and_then(|reading| match purpose {
            Some(purpose) if !reading.status().reads_for(purpose) => {
                Err(errors::refused(&Refusal::TenantNotServed))
            }
            _ => Ok(reading),
        });
        match reading {
            Ok(reading) => Ok(Entered { reading, entry }),
            Err(error) => {
                entry.denied();
                Err(error)
            }
        }
    }

    /// Enters a root field that reads nothing about persons.
    pub async fn look(&self, ctx: &Context<'_>) -> Result<Arc<Reading>> {
        self.gate("Query", ctx)?;
        self.reading().await
    }

    /// Enters a root field that stays open to a tenant that is not served (contract rule 2).
    pub async fn look_over(&self, ctx: &Context<'_>) -> Result<Opened> {
        self.gate("Query", ctx)?;
        self.overview().await
    }

    /// Enters a subscription that stays open to a tenant that is not served.
    pub async fn follow_over(&self, ctx: &Context<'_>) -> Result<Opened> {
        self.gate("Subscription", ctx)?;
        self.overview().await
    }

    /// Enters a mutation; gives the categories that its payload will show.
    pub fn change(&self, ctx: &Context<'_>, action: &'static str) -> Result<Categories> {
        if let Err(forbidden) = self.gate("Mutation", ctx) {
            self.denied(action);
            return Err(forbidden);
        }
        Ok(self.policy.shown_below("Mutation", ctx.field()))
    }

    /// What came of a mutation, apart from what is wrong with its input.
    pub fn done<T>(
        &self,
        action: &'static str,
        result: Result<T, Refusal>,
    ) -> Result<Result<T, Vec<UserError>>> {
        match result {
            Ok(done) => Ok(Ok(done)),
            Err(Refusal::User(errors)) => {
                if errors
                    .iter()
                    .any(|error| error.code == crate::service::refusal::UserErrorCode::ProcessingRestricted)
                {
                    self.denied(action);
                }
                Ok(Err(errors))
            }
            Err(refusal) => {
                if matches!(refusal, Refusal::AgreementRequired | Refusal::TenantNotServed) {
                    self.denied(action);
                }
                Err(errors::refused(&refusal))
            }
        }
    }

    /// The snapshot that a mutation's payload is read from. What it shows is in the mutation's own entry.
    pub async fn after_change(&self) -> Result<Entered> {
        let reading = self.reading().await?;
        Ok(Entered { reading, entry: self.shown.open(&self.caller, "", None) })
    }

    /// A caller's idempotency key, with all that it must fit.
    #[must_use]
    pub fn idempotency(&self, operation: &'static str, key: ID, input: Personal<String>) -> IdempotencyKey {
        IdempotencyKey { actor: self.caller.authority.actor().to_owned(), operation, key: key.0, input }
    }

    fn denied(&self, action: &'static str) {
        self.trail.open(&self.caller, action, None).denied();
    }
}
