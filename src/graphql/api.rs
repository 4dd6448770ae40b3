//! The two APIs, each a schema with its policy over the use cases. How a call is read and answered is the same for both
//! (`call`, `answer`).

mod batch;
mod following;
mod introspection;

use std::sync::Arc;

use async_graphql::Response;
use async_graphql_parser::types::OperationType;

pub use super::answer::Answered;
use super::answer::failed;
pub use super::call::ApiLimits;
use super::call::{CallReader, ReadCall};
use super::errors;
use super::gate::{PolicyError, PolicyTable};
use super::operation::Operation;
use super::operator::{self, OperatorSchema};
use super::sdl;
use super::tenant::{self, TenantSchema};
use super::view::Views;
use crate::http::protocol::Call;
use crate::service::Gateway;
use crate::service::caller::Caller;
use crate::service::operator::OperatorCaller;
use crate::service::reading::Opened;
use crate::service::trail::Trail;
pub use batch::Calls;
pub use following::{Event, Subscribed};
use introspection::{OperatorViews, TenantViews};

/// The tenant API.
pub struct TenantApi {
    schema: TenantSchema,
    policy: Arc<PolicyTable>,
    views: TenantViews,
    reader: CallReader,
    gateway: Gateway,
}

impl TenantApi {
    /// The API over the use cases.
    ///
    /// # Errors
    /// [`PolicyError`] for a schema that may not be served.
    pub fn new(gateway: Gateway, limits: ApiLimits) -> Result<Self, PolicyError> {
        let (schema, policy) = tenant::build()?;
        let policy = Arc::new(policy);
        let views = Views::new(tenant::builder, Arc::clone(&policy), tenant::WAYS);
        Ok(Self { schema, policy, views, reader: CallReader::new(limits), gateway })
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
        match self.reader.read(call) {
            Err(refused) => refused,
            Ok(call) => self.carry_out(call, caller).await,
        }
    }

    async fn carry_out(&self, call: ReadCall, caller: Caller) -> Answered {
        let request_id = caller.request_id.clone();
        let secrecy = call.secrecy();
        let response = match self.introspect(&call, caller.authority.scopes()).await {
            Some(answered) => return answered,
            None => self.execute(call, caller).await,
        };
        match response {
            Ok(response) => secrecy.keep(response, &request_id),
            Err(error) => failed(error, &request_id),
        }
    }

    async fn execute(&self, call: ReadCall, caller: Caller) -> Result<Response, async_graphql::Error> {
        let tenant = caller.authority.tenant();
        // A query's snapshot is opened before the first resolver, so that a failing sibling cannot drop its BEGIN.
        let opened = match call.ty() {
            OperationType::Query => {
                Some(self.gateway.open(&caller).await.map_err(|error| errors::not_opened(&error))?)
            }
            OperationType::Mutation | OperationType::Subscription => None,
        };
        let trail = Trail::default();
        let operation = self.operation(caller, opened, &trail);
        let response = self.schema.execute(call.into_request().data(operation)).await;
        self.gateway.store.record(tenant, trail.settle()).await.map_err(|error| errors::internal(&error))?;
        Ok(response)
    }
}

impl TenantApi {
    fn operation(&self, caller: Caller, opened: Option<Opened>, trail: &Trail) -> Operation {
        let (gateway, policy) = (self.gateway.clone(), Arc::clone(&self.policy));
        Operation { gateway, caller, opened, trail: trail.clone(), policy }
    }
}

/// The operator API. No type of it carries personal data of a tenant, so that it owes the audit log no reads; what an
/// operator changes for a tenant is entered by the use case itself.
pub struct OperatorApi {
    schema: OperatorSchema,
    policy: Arc<PolicyTable>,
    views: OperatorViews,
    reader: CallReader,
    gateway: Gateway,
}

impl OperatorApi {
    /// The API over the use cases.
    ///
    /// # Errors
    /// [`PolicyError`] for a schema that may not be served.
    pub fn new(gateway: Gateway, limits: ApiLimits) -> Result<Self, PolicyError> {
        let (schema, policy) = operator::build()?;
        let policy = Arc::new(policy);
        let views = Views::new(operator::builder, Arc::clone(&policy), operator::WAYS);
        Ok(Self { schema, policy, views, reader: CallReader::new(limits), gateway })
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
        match self.reader.read(call) {
            Err(refused) => refused,
            Ok(call) => self.carry_out(call, caller).await,
        }
    }

    async fn carry_out(&self, call: ReadCall, caller: OperatorCaller) -> Answered {
        let request_id = caller.request_id.clone();
        let secrecy = call.secrecy();
        if let Some(answered) = self.introspect(&call, caller.authority.scopes()).await {
            return answered;
        }
        let (gateway, policy) = (self.gateway.clone(), Arc::clone(&self.policy));
        let operation = operator::Operation { gateway, caller, policy };
        secrecy.keep(self.schema.execute(call.into_request().data(operation)).await, &request_id)
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
