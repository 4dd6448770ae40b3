//! A call before it is carried out: everything that can be said of its text, the same for both APIs.

use std::sync::Arc;

use async_graphql::{Request, Variables};
use async_graphql_parser::types::{ExecutableDocument, OperationDefinition, OperationType, Selection};
use serde_json::{Value, json};

use super::answer::{Answered, refused};
use super::cost;
use super::documents::Documents;
use super::errors::ErrorCode;
use super::limits::{self, LimitSet};
use super::secrecy::Secrecy;
use super::view::{Asked, IntrospectionView};
use crate::http::protocol::{Call, Method, Outcome};

/// What an operation may ask for.
#[derive(Debug, Clone, Copy)]
pub struct ApiLimits {
    /// Limits of the document, checked before the parser sees it.
    pub documents: LimitSet,
    /// Greatest cost.
    pub cost: u64,
    /// How much of the schema introspection shows.
    pub introspection: IntrospectionView,
}

/// Reads calls: limits, parser, operation, method, cost, in this order.
pub struct CallReader {
    documents: Documents,
    limits: ApiLimits,
}

/// A call that may be carried out.
#[derive(Clone)]
pub struct ReadCall {
    document: Arc<ExecutableDocument>,
    operation_name: Option<String>,
    variables: Variables,
    ty: OperationType,
    cost: u64,
}

impl ReadCall {
    /// What it costs.
    pub const fn cost(&self) -> u64 {
        self.cost
    }

    /// Whether its answer may be compressed.
    pub fn secrecy(&self) -> Secrecy {
        Secrecy::of(&self.document, self.ty)
    }

    /// What it asks for at its root.
    pub fn asked(&self) -> Asked {
        let operation = choose(&self.document, self.operation_name.as_deref());
        operation.map_or(Asked::Data, |operation| Asked::of(&self.document, operation))
    }

    /// Whether it reads or changes.
    pub const fn ty(&self) -> OperationType {
        self.ty
    }

    /// The call as the engine takes it.
    pub fn into_request(self) -> Request {
        let mut request = Request::new(String::new()).variables(self.variables);
        request.operation_name = self.operation_name;
        request.set_parsed_query(Arc::unwrap_or_clone(self.document));
        request
    }
}

impl CallReader {
    /// A reader that holds calls to these limits.
    pub fn new(limits: ApiLimits) -> Self {
        Self { documents: Documents::default(), limits }
    }

    /// What calls are held to.
    pub const fn limits(&self) -> &ApiLimits {
        &self.limits
    }

    /// Everything that can be said of a call before it is executed.
    ///
    /// # Errors
    /// The answer to a call that is not executed.
    pub fn read(&self, call: Call) -> Result<ReadCall, Answered> {
        let shape = self.limits.documents.inspect(&call.query).map_err(|found| too_large(&found))?;
        let limits = if shape.introspection_only {
            self.limits.documents.introspection
        } else {
            self.limits.documents.ordinary
        };
        if let Some(variables) = &call.variables {
            limits::inspect_variables(variables, &limits).map_err(|found| too_large(&found))?;
        }
        let parsed = self.documents.parse(&call.query);
        let document = parsed.map_err(|error| unparsable(&error))?;
        let Some(operation) = choose(&document, call.operation_name.as_deref()) else {
            let message = "the document holds no such operation: name one of them in operationName";
            return Err(refused(ErrorCode::ValidationFailed, message, Value::Null));
        };
        let ty = operation.ty;
        if !call.method.may_execute(ty) {
            return Err(misplaced(call.method, ty));
        }
        if ty == OperationType::Subscription && !has_one_plain_field(operation) {
            let message =
                "a subscription selects one field at its root, outside of any fragment and condition";
            return Err(refused(ErrorCode::ValidationFailed, message, Value::Null));
        }
        let variables = call.variables.map(|variables| Variables::from_json(Value::Object(variables)));
        let variables = variables.unwrap_or_default();
        let cost = cost::cost(&document, operation, &variables);
        if !shape.introspection_only && cost > self.limits.cost {
            return Err(too_expensive(cost, self.limits.cost));
        }
        Ok(ReadCall { document, operation_name: call.operation_name, variables, ty, cost })
    }
}

/// An operation that is not sent this way.
fn misplaced(method: Method, ty: OperationType) -> Answered {
    match (method, ty) {
        (Method::Socket, _) => {
            let message = "the socket carries subscriptions: send queries and mutations by POST to /graphql";
            refused(ErrorCode::BadUserInput, message, Value::Null)
        }
        (_, OperationType::Subscription) => {
            let message = "a subscription is followed over the WebSocket at /graphql/ws";
            refused(ErrorCode::BadUserInput, message, Value::Null)
        }
        (..) => {
            let message = "a mutation is sent by POST";
            let answered = refused(ErrorCode::BadUserInput, message, Value::Null);
            Answered { outcome: Outcome::MethodNotAllowed, ..answered }
        }
    }
}

/// The specification asks a subscription for one root field; the engine looks into no fragment there.
fn has_one_plain_field(operation: &OperationDefinition) -> bool {
    match operation.selection_set.node.items.as_slice() {
        [one] => matches!(&one.node, Selection::Field(field)
            if field.node.directives.is_empty() && !field.node.name.node.starts_with("__")),
        _ => false,
    }
}

fn too_large(found: &limits::LimitExceeded) -> Answered {
    let figures = json!({ "cost": found.found_at_least, "limit": found.allowed });
    refused(ErrorCode::TooExpensive, &found.to_string(), figures)
}

fn too_expensive(cost: u64, limit: u64) -> Answered {
    let message = format!(
        "the operation costs {cost}, and {limit} is the limit: ask for fewer fields or shorter pages"
    );
    refused(ErrorCode::TooExpensive, &message, json!({ "cost": cost, "limit": limit }))
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
