//! Systems outside that hear from the gateway.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::id::SystemId;
use domain::scope::Scope;

use super::user_error::{UserError, told};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::items::Items;
use crate::graphql::operation::{Operation, operation};
use crate::graphql::scalars::{DateTime, Url};
use crate::graphql::vocabulary::{DataCategory, DownstreamMessage, SubjectIdentifier, SystemConnector};
use crate::service::refusal;
use crate::service::system::{self, NewSecret, StoredSystem, SystemInput};

/// A system outside the gateway that holds the tenant's personal data and must hear of requests (Art. 19).
pub struct DownstreamSystem {
    stored: StoredSystem,
    shown: Shown,
}

/// How much of a system's address is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Address,
    /// Its path and query often hold a credential, which is nothing for whoever may not read systems.
    Origin,
}

impl DownstreamSystem {
    /// A system, for whoever may read systems.
    pub const fn whole(stored: StoredSystem) -> Self {
        Self { stored, shown: Shown::Address }
    }

    /// A system that was reached through a task: without the scope for systems it shows where its address leads and no more.
    pub fn of_task(stored: StoredSystem, ctx: &Context<'_>) -> Result<Self> {
        let reads = operation(ctx)?.may("Query", "downstreamSystems");
        Ok(Self { stored, shown: if reads { Shown::Address } else { Shown::Origin } })
    }

    fn address(&self) -> String {
        let origin = || url::Url::parse(&self.stored.endpoint).map(|url| url.origin().ascii_serialization());
        match self.shown {
            Shown::Address => self.stored.endpoint.clone(),
            Shown::Origin => origin().map_or_else(|_| "about:blank".to_owned(), |origin| origin + "/"),
        }
    }
}

/// A system outside the gateway that holds the tenant's personal data and must hear of requests (Art. 19).
#[Object]
impl DownstreamSystem {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.stored.id.to_string().into()
    }

    /// Name, unique within the tenant.
    async fn name(&self) -> &str {
        &self.stored.name
    }

    /// How it is reached.
    async fn connector(&self) -> SystemConnector {
        self.stored.connector.into()
    }

    /// Where signed messages are posted; of a manual system, where a person goes.
    async fn endpoint(&self) -> Url {
        Url(self.address())
    }

    /// Categories that it holds.
    async fn data_categories(&self) -> Vec<DataCategory> {
        self.stored.categories.iter().map(|category| (*category).into()).collect()
    }

    /// By what it is told whom a request is about.
    async fn identifiers(&self) -> Vec<SubjectIdentifier> {
        self.stored.identifiers.iter().map(|identifier| (*identifier).into()).collect()
    }

    /// What it is sent.
    async fn receives(&self) -> Vec<DownstreamMessage> {
        self.stored.receives.iter().map(|message| (*message).into()).collect()
    }

    /// How the delivery of the audit log's heads stands; null for a system that receives none, or was removed.
    async fn audit_delivery(&self) -> Option<AuditDelivery> {
        self.stored.audit_delivery.clone().map(Into::into)
    }

    /// How deliveries stand where the last one failed, of whatever kind; null while all is well, and of a system that was removed.
    async fn circuit(&self) -> Option<DownstreamCircuit> {
        self.stored.circuit.clone().map(Into::into)
    }

    /// When it was registered.
    async fn created_at(&self) -> DateTime {
        self.stored.created_at.into()
    }

    /// When it was removed; nothing is sent to it since.
    async fn removed_at(&self) -> Option<DateTime> {
        self.stored.removed_at.map(Into::into)
    }
}

/// How the delivery of the audit log's heads to a system stands.
#[derive(SimpleObject)]
pub struct AuditDelivery {
    /// Number of entries of the head that the system last confirmed; null before the first.
    tree_size: Option<i32>,
    /// When it did.
    delivered_at: Option<DateTime>,
    /// Since when every attempt has failed; null while all is well.
    failing_since: Option<DateTime>,
    /// Why the last attempt failed.
    last_error: Option<String>,
}

impl From<system::AuditDelivery> for AuditDelivery {
    fn from(state: system::AuditDelivery) -> Self {
        Self {
            tree_size: state.size.map(|size| i32::try_from(size).unwrap_or(i32::MAX)),
            delivered_at: state.delivered_at.map(Into::into),
            failing_since: state.failing_since.map(Into::into),
            last_error: state.last_error,
        }
    }
}

/// A downstream system that fails. After three failures in a row its circuit opens: one message at a time probes it, at growing
/// intervals up to a quarter of an hour, and all that waits goes out when one was taken.
#[derive(SimpleObject)]
pub struct DownstreamCircuit {
    /// Whether it is open, so that nothing but a probe goes out.
    open: bool,
    /// Failures since the last message that the system took.
    failures: i32,
    /// When the first of them was.
    failing_since: DateTime,
    /// Why the last of them happened.
    last_error: Option<String>,
    /// When the next probe may go out; null while the circuit is closed, and each message keeps its own time.
    next_attempt_at: Option<DateTime>,
}

impl From<system::Circuit> for DownstreamCircuit {
    fn from(circuit: system::Circuit) -> Self {
        Self {
            open: circuit.next_probe_at.is_some(),
            failures: i32::try_from(circuit.failures).unwrap_or(i32::MAX),
            failing_since: circuit.failing_since.into(),
            last_error: circuit.last_error,
            next_attempt_at: circuit.next_probe_at.map(Into::into),
        }
    }
}

#[derive(Default)]
pub struct SystemQuery;

#[Object]
impl SystemQuery {
    /// Systems that hear of rights requests.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::SystemsRead])))]
    async fn downstream_systems(&self, ctx: &Context<'_>) -> Result<Items<DownstreamSystem>> {
        let reading = operation(ctx)?.look(ctx).await?;
        let systems = reading.list_systems().await.map_err(|error| errors::internal(&error))?;
        Ok(systems.into_iter().map(DownstreamSystem::whole).collect())
    }
}

/// Registers a system that must hear of requests.
#[derive(InputObject)]
pub struct RegisterDownstreamSystemInput {
    /// Name.
    name: String,
    /// Where to post; for a manual system, the page where a person does what has to be done.
    endpoint: Url,
    /// Categories that it holds.
    data_categories: Vec<DataCategory>,
    /// By what it is to be told whom a request is about; no more than it needs.
    #[graphql(default_with = "vec![SubjectIdentifier::ExternalReference]")]
    identifiers: Vec<SubjectIdentifier>,
    #[expect(clippy::doc_markdown, reason = "the words of the schema")]
    /// What it is sent. With AUDIT_CHECKPOINT alone it hears of no person: `dataCategories` is empty, and the default of `identifiers` counts as empty.
    #[graphql(default_with = "vec![DownstreamMessage::RightsRequestTask]")]
    receives: Vec<DownstreamMessage>,
    #[expect(clippy::doc_markdown, reason = "the words of the schema")]
    /// How it is reached. With MANUAL nothing is posted and no secret is made; `receives` is RIGHTS_REQUEST_TASK alone.
    #[graphql(default_with = "SystemConnector::SignedWebhook")]
    connector: SystemConnector,
}

/// Makes a new signing secret; the old one stays valid for 24 hours.
#[derive(InputObject)]
pub struct RotateDownstreamSecretInput {
    /// Which.
    system_id: ID,
}

/// Removes a system; its open tasks are closed as FAILED.
#[derive(InputObject)]
pub struct RemoveDownstreamSystemInput {
    /// Which.
    system_id: ID,
}

/// What came of `registerDownstreamSystem`.
#[derive(SimpleObject)]
pub struct RegisterDownstreamSystemPayload {
    /// The system.
    system: Option<DownstreamSystem>,
    /// The signing secret, shown this once (Standard Webhooks, whsec_…); null for a manual system.
    secret: Option<String>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

/// What came of `rotateDownstreamSecret`.
#[derive(SimpleObject)]
pub struct RotateDownstreamSecretPayload {
    /// The system.
    system: Option<DownstreamSystem>,
    /// The signing secret, shown this once (Standard Webhooks, whsec_…).
    secret: Option<String>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

/// What came of `removeDownstreamSystem`.
#[derive(SimpleObject)]
pub struct RemoveDownstreamSystemPayload {
    /// The system.
    system: Option<DownstreamSystem>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct SystemMutation;

#[Object]
impl SystemMutation {
    /// Registers a downstream system.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::SystemsWrite])))]
    async fn register_downstream_system(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: RegisterDownstreamSystemInput,
    ) -> Result<RegisterDownstreamSystemPayload> {
        const ACTION: &str = "downstreamSystem.register";
        let operation = operation(ctx)?;
        let shown = operation.change(ctx, ACTION)?;
        let input = SystemInput {
            connector: input.connector.into(),
            name: input.name,
            endpoint: input.endpoint.0,
            categories: input.data_categories.into_iter().map(Into::into).collect(),
            identifiers: input.identifiers.into_iter().map(Into::into).collect(),
            receives: input.receives.into_iter().map(Into::into).collect(),
        };
        let result = operation.gateway.register_system(&operation.caller, &input, &shown).await;
        let (system, secret, user_errors) = with_secret(operation, operation.done(ACTION, result)?).await?;
        Ok(RegisterDownstreamSystemPayload { system, secret, user_errors })
    }

    /// Rotates its secret.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::SystemsWrite])))]
    async fn rotate_downstream_secret(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: RotateDownstreamSecretInput,
    ) -> Result<RotateDownstreamSecretPayload> {
        const ACTION: &str = "downstreamSystem.rotateSecret";
        let operation = operation(ctx)?;
        let shown = operation.change(ctx, ACTION)?;
        let (gateway, caller) = (&operation.gateway, &operation.caller);
        let result = gateway.rotate_system_secret(caller, &input.system_id, &shown).await;
        let (system, secret, user_errors) = with_secret(operation, operation.done(ACTION, result)?).await?;
        Ok(RotateDownstreamSecretPayload { system, secret, user_errors })
    }

    /// Removes a downstream system.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::SystemsWrite])))]
    async fn remove_downstream_system(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: RemoveDownstreamSystemInput,
    ) -> Result<RemoveDownstreamSystemPayload> {
        const ACTION: &str = "downstreamSystem.remove";
        let operation = operation(ctx)?;
        let shown = operation.change(ctx, ACTION)?;
        let result = operation.gateway.remove_system(&operation.caller, &input.system_id, &shown).await;
        let (system, user_errors) = payload(operation, operation.done(ACTION, result)?).await?;
        Ok(RemoveDownstreamSystemPayload { system, user_errors })
    }
}

type Told = (Option<DownstreamSystem>, Vec<UserError>);

async fn with_secret(
    operation: &Operation,
    result: Result<NewSecret, Vec<refusal::UserError>>,
) -> Result<(Option<DownstreamSystem>, Option<String>, Vec<UserError>)> {
    let (result, secret) = match result {
        Ok(new) => (Ok(new.system), new.secret),
        Err(errors) => (Err(errors), None),
    };
    let (system, user_errors) = payload(operation, result).await?;
    Ok((system, secret, user_errors))
}

async fn payload(operation: &Operation, result: Result<SystemId, Vec<refusal::UserError>>) -> Result<Told> {
    match result {
        Err(errors) => Ok((None, told(&errors, operation.caller.language))),
        Ok(id) => {
            let entered = operation.after_change().await?;
            let found = entered.reading.find_system(id).await.map_err(|error| errors::internal(&error))?;
            Ok((found.map(DownstreamSystem::whole), Vec::new()))
        }
    }
}
