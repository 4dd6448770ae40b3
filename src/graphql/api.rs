//! One call from its text to its answer: limits, parser, cost, tenant, resolvers, audit, and only then bytes.

use std::sync::Arc;

use async_graphql::{Request, Response, ServerError, Variables};
use async_graphql_parser::types::{ExecutableDocument, OperationDefinition, OperationType};
use serde_json::{Value, json};

use super::cost;
use super::documents::Documents;
use super::errors::{self, ErrorCode};
use super::gate::{PolicyError, PolicyTable};
use super::limits::{self, LimitSet};
use super::operation::Operation;
use super::tenant::{self, TenantSchema};
use crate::http::protocol::{Call, Outcome};
use crate::service::Gateway;
use crate::service::caller::Caller;
use crate::service::trail::Trail;

/// What an operation may ask for.
#[derive(Debug, Clone, Copy)]
pub struct ApiLimits {
    /// Limits of the document, checked before the parser sees it.
    pub documents: LimitSet,
    /// Greatest cost.
    pub cost: u64,
}

/// The tenant API.
pub struct TenantApi {
    schema: TenantSchema,
    policy: Arc<PolicyTable>,
    documents: Documents,
    gateway: Gateway,
    limits: ApiLimits,
}

/// An answer, ready to be sent.
pub struct Answered {
    /// What became of the call, as far as its HTTP status tells.
    pub outcome: Outcome,
    /// The JSON of the answer.
    pub body: Vec<u8>,
}

/// How many errors an answer lists at most; one document can have thousands.
const MOST_ERRORS: usize = 20;

impl TenantApi {
    /// The API over the use cases.
    ///
    /// # Errors
    /// [`PolicyError`] for a schema that may not be served.
    pub fn new(gateway: Gateway, limits: ApiLimits) -> Result<Self, PolicyError> {
        let (schema, policy) = tenant::build()?;
        Ok(Self { schema, policy: Arc::new(policy), documents: Documents::default(), gateway, limits })
    }

    /// The schema in the schema definition language.
    ///
    /// # Errors
    /// [`PolicyError`] for a schema that may not be served.
    pub fn sdl() -> Result<String, PolicyError> {
        tenant::build().map(|(schema, _)| tenant::print(&schema))
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
        let request_id = caller.request_id.clone();
        match self.read(&call) {
            Err(refused) => refused,
            Ok((document, operation)) => match self.execute(call, caller, (document, operation)).await {
                Ok(response) => told(response, &request_id),
                Err(error) => failed(error, &request_id),
            },
        }
    }

    /// Everything that can be said of a call before it is executed.
    fn read(&self, call: &Call) -> Result<(Arc<ExecutableDocument>, OperationType), Answered> {
        let too_expensive = |exceeded: limits::LimitExceeded| {
            let figures = json!({ "cost": exceeded.found_at_least, "limit": exceeded.allowed });
            refused(ErrorCode::TooExpensive, &exceeded.to_string(), figures)
        };
        let shape = self.limits.documents.inspect(&call.query).map_err(too_expensive)?;
        let limits = if shape.introspection_only {
            self.limits.documents.introspection
        } else {
            self.limits.documents.ordinary
        };
        if let Some(variables) = &call.variables {
            limits::inspect_variables(variables, &limits).map_err(too_expensive)?;
        }
        let parsed = self.documents.parse(&call.query);
        let document = parsed.map_err(|error| unparsable(&error))?;
        let Some(operation) = choose(&document, call.operation_name.as_deref()) else {
            let message = "the document holds no such operation: name one of them in operationName";
            return Err(refused(ErrorCode::ValidationFailed, message, Value::Null));
        };
        if !call.method.may_execute(operation.ty) {
            let message = "a mutation is sent by POST";
            return Err(Answered {
                outcome: Outcome::MethodNotAllowed,
                ..refused(ErrorCode::BadUserInput, message, Value::Null)
            });
        }
        let cost = cost::cost(&document, operation, &variables(call));
        if !shape.introspection_only && cost > self.limits.cost {
            let message = format!(
                "the operation costs {cost}, and {} is the limit: ask for fewer fields or shorter pages",
                self.limits.cost
            );
            return Err(refused(
                ErrorCode::TooExpensive,
                &message,
                json!({ "cost": cost, "limit": self.limits.cost }),
            ));
        }
        let ty = operation.ty;
        Ok((document, ty))
    }

    async fn execute(
        &self,
        call: Call,
        caller: Caller,
        (document, ty): (Arc<ExecutableDocument>, OperationType),
    ) -> Result<Response, async_graphql::Error> {
        let tenant = caller.authority.tenant();
        // A query's snapshot is opened before the first resolver, so that a failing sibling cannot drop its BEGIN.
        let opened = match ty {
            OperationType::Query => {
                Some(self.gateway.open(&caller).await.map_err(|error| errors::not_opened(&error))?)
            }
            OperationType::Mutation | OperationType::Subscription => None,
        };
        let trail = Trail::default();
        let policy = Arc::clone(&self.policy);
        let operation =
            Operation { gateway: self.gateway.clone(), caller, opened, trail: trail.clone(), policy };
        let mut request = Request::new(String::new()).variables(variables(&call)).data(operation);
        request.operation_name = call.operation_name;
        request.set_parsed_query(Arc::unwrap_or_clone(document));
        let response = self.schema.execute(request).await;
        self.gateway.store.record(tenant, trail.settle()).await.map_err(|error| errors::internal(&error))?;
        Ok(response)
    }
}

fn variables(call: &Call) -> Variables {
    call.variables
        .clone()
        .map_or_else(Variables::default, |variables| Variables::from_json(Value::Object(variables)))
}

fn choose<'d>(document: &'d ExecutableDocument, name: Option<&str>) -> Option<&'d OperationDefinition> {
    let mut operations = document.operations.iter();
    match name {
        Some(name) => operations
            .find(|(own, _)| own.is_some_and(|own| own.as_str() == name))
            .map(|(_, found)| &found.node),
        None => operations.next().filter(|_| operations.next().is_none()).map(|(_, only)| &only.node),
    }
}

/// Says where a document stops being one; the parser's own words quote the text, and that can hold anything.
fn unparsable(error: &async_graphql_parser::Error) -> Answered {
    let message = match error.positions().next() {
        Some(at) => format!("the document is not GraphQL from line {}, column {} on", at.line, at.column),
        None => "the document is not GraphQL".to_owned(),
    };
    refused(ErrorCode::ParseFailed, &message, Value::Null)
}

/// A document that was not executed: an answer without `data`.
fn refused(code: ErrorCode, message: &str, figures: Value) -> Answered {
    let mut extensions = match figures {
        Value::Object(figures) => figures,
        _ => serde_json::Map::new(),
    };
    extensions.insert("code".to_owned(), code.text().into());
    answered(Outcome::Refused, &json!({ "errors": [{ "message": message, "extensions": extensions }] }))
}

/// Nothing could be executed: the tenant does not exist, or the gateway failed.
fn failed(error: async_graphql::Error, request_id: &str) -> Answered {
    let error = error.into_server_error(async_graphql::Pos::default());
    let outcome = match code(&error) {
        Some("UNAUTHENTICATED") => Outcome::Unauthenticated,
        _ => Outcome::Failed,
    };
    answered(outcome, &json!({ "errors": [tell(error, request_id, ErrorCode::Internal)] }))
}

fn told(response: Response, request_id: &str) -> Answered {
    let executed = response.errors.iter().all(|error| !error.path.is_empty() || code(error).is_some());
    if response.errors.iter().any(|error| code(error) == Some("UNAUTHENTICATED")) {
        return failed(errors::unauthenticated(), request_id);
    }
    let without_code = if executed { ErrorCode::Internal } else { ErrorCode::ValidationFailed };
    let mut errors: Vec<Value> = Vec::new();
    for error in response.errors.into_iter().take(MOST_ERRORS) {
        errors.push(tell(error, request_id, without_code));
    }
    if !executed {
        return answered(Outcome::Refused, &json!({ "errors": errors }));
    }
    let Ok(data) = response.data.into_json() else {
        return failed(ErrorCode::Internal.error(errors::INTERNAL), request_id);
    };
    let body =
        if errors.is_empty() { json!({ "data": data }) } else { json!({ "errors": errors, "data": data }) };
    answered(Outcome::Executed, &body)
}

fn answered(outcome: Outcome, body: &Value) -> Answered {
    Answered { outcome, body: body.to_string().into_bytes() }
}

fn code(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        async_graphql::Value::String(code) => Some(code),
        _ => None,
    }
}

/// An error as a client hears it: with a code, and without what a value or our own code says of itself.
fn tell(error: ServerError, request_id: &str, without_code: ErrorCode) -> Value {
    let coded = code(&error).is_some();
    let mut extensions = error.extensions.and_then(|extensions| serde_json::to_value(extensions).ok());
    let extensions = extensions.get_or_insert_with(|| json!({}));
    let input = !coded && !error.path.is_empty() && error.message.starts_with("Failed to parse");
    let message = match (coded, input, without_code) {
        (true, ..) => error.message,
        (false, true, _) => {
            extensions["code"] = ErrorCode::BadUserInput.text().into();
            "an argument has the wrong form: compare it with the schema".to_owned()
        }
        (false, false, ErrorCode::Internal) => {
            extensions["code"] = ErrorCode::Internal.text().into();
            tracing::error!("a resolver failed without a code");
            errors::INTERNAL.to_owned()
        }
        (false, false, other) => {
            extensions["code"] = other.text().into();
            without_values(error.message)
        }
    };
    if extensions["code"] == ErrorCode::Internal.text() {
        extensions["requestId"] = request_id.into();
    }
    let mut told = json!({ "message": message, "extensions": extensions });
    if !error.locations.is_empty() {
        told["locations"] = json!(error.locations);
    }
    if !error.path.is_empty() {
        told["path"] = json!(error.path);
    }
    told
}

/// The engine's validation quotes values that do not fit an enumeration; a value can be anything that was typed.
fn without_values(message: String) -> String {
    match message.find("does not contain the value") {
        Some(at) => format!("{}does not contain this value", message.get(..at).unwrap_or_default()),
        None => message,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// Both files are written by the commands that the message names.
    #[test]
    fn the_committed_schema_and_authority_table_are_what_the_gateway_serves() {
        let rewrite = std::env::var_os("UPDATE_SCHEMA").is_some();
        for (file, printed) in [
            ("schema/gateway.graphql", TenantApi::sdl().unwrap()),
            ("schema/authority.txt", TenantApi::authority_table().unwrap()),
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
}
