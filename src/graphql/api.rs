//! The two APIs, each a schema with its policy over the use cases. How a call is read and answered is the same for both
//! (`call`, `answer`).

mod batch;
mod disclosure;
mod following;
mod introspection;

use std::sync::Arc;

use async_graphql::Response;
use async_graphql_parser::types::OperationType;

pub use super::answer::Answered;
use super::answer::{Addressee, Refused};
pub use super::call::ApiLimits;
use super::call::{CallReader, ReadCall};
use super::errors;
use super::found::{find, text_alone};
use super::gate::{PolicyError, PolicyTable};
use super::operation::Operation;
use super::operator::{self, OperatorSchema};
use super::sdl;
use super::tenant::{self, TenantSchema};
use super::till::{Bill, Till, Unanswered};
use super::view::Views;
use crate::demand::{Asker, Demand};
use crate::http::protocol::Call;
use crate::service::Gateway;
use crate::service::caller::Caller;
use crate::service::operator::OperatorCaller;
use crate::service::reading::Opened;
use crate::service::trusted::TrustedDocuments;
pub use batch::Calls;
use disclosure::Disclosure;
pub use following::{Event, Subscribed};
use introspection::{OperatorViews, TenantViews};

/// The tenant API.
pub struct TenantApi {
    schema: TenantSchema,
    policy: Arc<PolicyTable>,
    views: TenantViews,
    reader: CallReader,
    till: Till,
    trusted: TrustedDocuments,
    gateway: Gateway,
}

impl TenantApi {
    /// The API over the use cases.
    ///
    /// # Errors
    /// [`PolicyError`] for a schema that may not be served.
    pub fn new(gateway: Gateway, limits: ApiLimits, demand: Arc<Demand>) -> Result<Self, PolicyError> {
        let (schema, policy) = tenant::build()?;
        let policy = Arc::new(policy);
        let views = Views::new(tenant::builder, Arc::clone(&policy), tenant::WAYS);
        let (reader, till) = (CallReader::new(limits, tenant::builder()), Till::new(demand, "tenant"));
        let trusted = TrustedDocuments::new(gateway.store.clone(), gateway.settings.trusted);
        Ok(Self { schema, policy, views, reader, till, trusted, gateway })
    }

    /// The schema in the schema definition language.
    ///
    /// # Errors
    /// [`PolicyError`] for a schema that may not be served.
    pub fn sdl() -> Result<String, PolicyError> {
        tenant::build().map(|(schema, _)| sdl::print(&schema))
    }

    /// Which scopes open which field, as a page for people.
    ///
    /// # Errors
    /// [`PolicyError`] for a schema that may not be served.
    pub fn authority_table() -> Result<String, PolicyError> {
        tenant::build().map(|(_, policy)| policy.print())
    }

    /// Carries out a call of a tenant that exists, which the endpoint has found out before it reads anything of the call.
    /// When this returns, everything that the answer discloses stands in the audit log.
    pub async fn answer(&self, call: Call, caller: Caller) -> Answered {
        let read = self.read(call, &caller).await;
        self.carry_out(read, caller).await
    }

    async fn read(&self, call: Call, caller: &Caller) -> Result<ReadCall, Refused> {
        let found = find(&self.trusted, &call, caller).await?;
        self.reader.read(call, found)
    }

    async fn carry_out(&self, read: Result<ReadCall, Refused>, caller: Caller) -> Answered {
        let to = Addressee::new(&caller.request_id, caller.language);
        let (call, bill, caller) = match self.ready(read, caller, &to).await {
            Err(refused) => return refused,
            Ok(ready) => ready,
        };
        if let Some(answered) = self.introspect(&call, caller.authority.scopes(), &to).await {
            return answered;
        }
        let (cost, secrecy) = (call.cost(), call.secrecy());
        let shown = call.tells_cost().then_some(bill);
        let answered = match self.execute(call, caller).await {
            Ok(response) => secrecy.keep(Bill::shown_in(shown, response), &to),
            Err(unanswered) => unanswered.told(&to),
        };
        self.till.measure(cost, answered.outcome);
        answered
    }

    /// A call that is paid for and may be executed, and the caller with the scopes that count for it.
    async fn ready(
        &self,
        read: Result<ReadCall, Refused>,
        caller: Caller,
        to: &Addressee,
    ) -> Result<(ReadCall, Bill, Caller), Answered> {
        let charged = self.till.charge(read, &Asker::from(&caller.authority));
        let (call, bill) = charged.map_err(|refused| refused.told(to.language()))?;
        self.reader.validate(&call, to).await?;
        if let Some((digest, text)) = call.to_learn() {
            self.trusted.learn(caller.authority.tenant(), digest, text);
        }
        let caller = call.narrow(caller);
        Ok((call, bill, caller))
    }

    async fn execute(&self, call: ReadCall, caller: Caller) -> Result<Response, Unanswered> {
        if call.ty() == OperationType::Mutation && caller.own_subject().is_none() {
            self.till.demand().may_disclose(&Asker::from(&caller.authority))?;
        }
        let disclosure = Disclosure::to(&caller);
        // A query's snapshot is opened before the first resolver, so that a failing sibling cannot drop its BEGIN.
        let opened = match call.ty() {
            OperationType::Query => {
                Some(self.gateway.open(&caller).await.map_err(|error| errors::not_opened(&error))?)
            }
            OperationType::Mutation | OperationType::Subscription => None,
        };
        let operation = self.operation(caller, opened, &disclosure);
        let response = self.schema.execute(call.into_request().data(operation)).await;
        self.settle(disclosure).await?;
        Ok(response)
    }
}

impl TenantApi {
    fn operation(&self, caller: Caller, opened: Option<Opened>, disclosure: &Disclosure) -> Operation {
        let (gateway, policy) = (self.gateway.clone(), Arc::clone(&self.policy));
        let (trail, shown) = (disclosure.owed.clone(), disclosure.shown.clone());
        Operation { gateway, caller, opened, trail, shown, policy }
    }
}

/// The operator API. No type of it carries personal data of a tenant, so that it owes the audit log no reads; what an
/// operator changes for a tenant is entered by the use case itself.
pub struct OperatorApi {
    schema: OperatorSchema,
    policy: Arc<PolicyTable>,
    views: OperatorViews,
    reader: CallReader,
    till: Till,
    gateway: Gateway,
}

impl OperatorApi {
    /// The API over the use cases.
    ///
    /// # Errors
    /// [`PolicyError`] for a schema that may not be served.
    pub fn new(gateway: Gateway, limits: ApiLimits, demand: Arc<Demand>) -> Result<Self, PolicyError> {
        let (schema, policy) = operator::build()?;
        let policy = Arc::new(policy);
        let views = Views::new(operator::builder, Arc::clone(&policy), operator::WAYS);
        let (reader, till) = (CallReader::new(limits, operator::builder()), Till::new(demand, "operator"));
        Ok(Self { schema, policy, views, reader, till, gateway })
    }

    /// The schema in the schema definition language.
    ///
    /// # Errors
    /// [`PolicyError`] for a schema that may not be served.
    pub fn sdl() -> Result<String, PolicyError> {
        operator::build().map(|(schema, _)| sdl::print(&schema))
    }

    /// Which scopes open which field, as a page for people.
    ///
    /// # Errors
    /// [`PolicyError`] for a schema that may not be served.
    pub fn authority_table() -> Result<String, PolicyError> {
        operator::build().map(|(_, policy)| policy.print())
    }

    /// Carries out an operator's call.
    pub async fn answer(&self, call: Call, caller: OperatorCaller) -> Answered {
        self.carry_out(self.read(call), caller).await
    }

    fn read(&self, call: Call) -> Result<ReadCall, Refused> {
        let found = text_alone(&call)?;
        self.reader.read(call, found)
    }

    async fn carry_out(&self, read: Result<ReadCall, Refused>, caller: OperatorCaller) -> Answered {
        let to = Addressee::new(&caller.request_id, caller.language);
        let (call, bill) = match self.ready(read, &caller, &to).await {
            Err(refused) => return refused,
            Ok(ready) => ready,
        };
        if let Some(answered) = self.introspect(&call, caller.authority.scopes(), &to).await {
            return answered;
        }
        let (cost, secrecy) = (call.cost(), call.secrecy());
        let shown = call.tells_cost().then_some(bill);
        let (gateway, policy) = (self.gateway.clone(), Arc::clone(&self.policy));
        let operation = operator::Operation { gateway, caller, policy };
        let response = self.schema.execute(call.into_request().data(operation)).await;
        let answered = secrecy.keep(Bill::shown_in(shown, response), &to);
        self.till.measure(cost, answered.outcome);
        answered
    }

    async fn ready(
        &self,
        read: Result<ReadCall, Refused>,
        caller: &OperatorCaller,
        to: &Addressee,
    ) -> Result<(ReadCall, Bill), Answered> {
        let charged = self.till.charge(read, &Asker::from(&caller.authority));
        let (call, bill) = charged.map_err(|refused| refused.told(to.language()))?;
        self.reader.validate(&call, to).await?;
        Ok((call, bill))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use async_graphql_parser::types::{
        BaseType, FieldDefinition, InterfaceType, ObjectType, TypeKind, TypeSystemDefinition,
    };

    use super::*;
    use crate::graphql::cost;

    /// All files are written by the command that the message names.
    #[test]
    fn the_committed_schemas_and_authority_tables_are_what_the_gateway_serves() {
        let rewrite = std::env::var_os("UPDATE_SCHEMA").is_some();
        for (file, printed) in [
            ("schema/gateway.graphql", TenantApi::sdl().unwrap()),
            ("schema/authority.txt", TenantApi::authority_table().unwrap()),
            ("schema/operator.graphql", OperatorApi::sdl().unwrap()),
            ("schema/operator-authority.txt", OperatorApi::authority_table().unwrap()),
        ] {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
            if rewrite {
                std::fs::write(&path, &printed).unwrap();
            }
            let committed = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                committed == printed,
                "{file} is stale: UPDATE_SCHEMA=1 cargo test --lib the_committed_schema"
            );
        }
    }

    /// The fields of a schema that answer with a list of objects: in SDL, `name(…): [Type!]!` of a type with fields.
    fn lists_of_objects(sdl: &str) -> Vec<String> {
        let document = async_graphql_parser::parse_schema(sdl).unwrap();
        let types = document.definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some(definition.node),
            _ => None,
        });
        let objects: Vec<(String, Vec<FieldDefinition>)> = types
            .filter_map(|ty| match ty.kind {
                TypeKind::Object(ObjectType { fields, .. })
                | TypeKind::Interface(InterfaceType { fields, .. }) => {
                    let fields = fields.into_iter().map(|field| field.node).collect();
                    Some((ty.name.node.to_string(), fields))
                }
                _ => None,
            })
            .collect();
        let is_object = |name: &str| objects.iter().any(|(object, _)| object == name);
        let is_list = |field: &&FieldDefinition| match &field.ty.node.base {
            BaseType::List(item) => {
                matches!(&item.base, BaseType::Named(name) if is_object(name.as_str()))
            }
            BaseType::Named(_) => false,
        };
        let fields = objects.iter().flat_map(|(_, fields)| fields.iter().filter(is_list));
        fields.map(|field| field.name.node.to_string()).collect()
    }

    #[test]
    fn what_is_selected_below_a_list_of_objects_is_paid_once_per_item() {
        for sdl in [TenantApi::sdl().unwrap(), OperatorApi::sdl().unwrap()] {
            let lists = lists_of_objects(&sdl);
            assert!(lists.len() > 5, "{lists:?}");
            for field in lists {
                let paid =
                    ["edges", "nodes"].contains(&field.as_str()) || cost::LISTS.contains(&field.as_str());
                assert!(paid, "{field}: add it to cost::LISTS");
            }
        }
    }
}
