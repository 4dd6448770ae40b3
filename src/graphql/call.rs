//! A call before it is carried out: everything that can be said of its text, the same for both APIs.

use std::sync::Arc;

use async_graphql::{Name, Pos, Request, Variables};
use async_graphql_parser::types::{
    ExecutableDocument, OperationDefinition, OperationType, Selection, VariableDefinition,
};
use async_graphql_value::ConstValue;
use domain::language::Language;
use domain::wording::Wording;
use serde_json::{Value, json};

use super::answer::{Refused, refused};
use super::cost;
use super::documents::Documents;
use super::errors::ErrorCode;
use super::limits::{self, LimitSet};
use crate::http::protocol::{Call, Method, Outcome};

/// What a document may hold.
#[derive(Debug, Clone, Copy)]
pub struct ApiLimits {
    /// Limits of the document, checked before the parser sees it.
    pub documents: LimitSet,
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
    introspection_only: bool,
}

impl ReadCall {
    /// Whether it reads or changes.
    pub const fn ty(&self) -> OperationType {
        self.ty
    }

    /// What it costs.
    pub const fn cost(&self) -> u64 {
        self.cost
    }

    /// Whether it asks for the schema and nothing else: its answer is as large as the schema, whatever it costs.
    pub const fn asks_for_the_schema_alone(&self) -> bool {
        self.introspection_only
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

    /// Everything that can be said of a call before it is executed.
    ///
    /// # Errors
    /// Why a call is not executed.
    pub fn read(&self, call: Call) -> Result<ReadCall, Refused> {
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
            return Err(refused(ErrorCode::ValidationFailed, NO_SUCH_OPERATION, Value::Null));
        };
        let ty = operation.ty;
        if !call.method.may_execute(ty) {
            return Err(misplaced(call.method, ty));
        }
        if ty == OperationType::Subscription && !has_one_plain_field(operation) {
            return Err(refused(ErrorCode::ValidationFailed, NOT_ONE_FIELD, Value::Null));
        }
        let variables = call.variables.map(|variables| Variables::from_json(Value::Object(variables)));
        let variables = variables.unwrap_or_default();
        if let Some(missing) = missing_variable(operation, &variables) {
            return Err(missing);
        }
        let cost = cost::cost(&document, operation, &variables);
        let introspection_only = shape.introspection_only;
        Ok(ReadCall {
            document,
            operation_name: call.operation_name,
            variables,
            ty,
            cost,
            introspection_only,
        })
    }
}

/// A variable that must have a value and has none. The engine would find out in the midst of the execution.
fn missing_variable(operation: &OperationDefinition, variables: &Variables) -> Option<Refused> {
    let has_value = |name: &Name| variables.get(name).is_some_and(|value| *value != ConstValue::Null);
    let missing = operation.variable_definitions.iter().find(|variable| {
        let VariableDefinition { name, var_type, default_value, .. } = &variable.node;
        !var_type.node.nullable && default_value.is_none() && !has_value(&name.node)
    })?;
    let name = &missing.node.name.node;
    let message = Wording::each(|language| match language {
        Language::Sv => format!("Variabeln ${name} måste ha ett värde."),
        Language::En => format!("the variable ${name} needs a value"),
    });
    Some(refused(ErrorCode::ValidationFailed, message, Value::Null).at(missing.pos))
}

/// An operation that is not sent this way.
fn misplaced(method: Method, ty: OperationType) -> Refused {
    let misplaced = |message| refused(ErrorCode::BadUserInput, message, Value::Null);
    match (method, ty) {
        (Method::Socket, _) => misplaced(SUBSCRIPTIONS_ALONE),
        (_, OperationType::Subscription) => misplaced(OVER_THE_SOCKET),
        (..) => misplaced(BY_POST).with_outcome(Outcome::MethodNotAllowed),
    }
}

const NO_SUCH_OPERATION: Wording = Wording::new(
    "Dokumentet innehåller ingen sådan operation: ange en av dem i operationName.",
    "the document holds no such operation: name one of them in operationName",
);
const NOT_ONE_FIELD: Wording = Wording::new(
    "En prenumeration väljer ett enda fält på översta nivån, utanför fragment och villkor.",
    "a subscription selects one field at its root, outside of any fragment and condition",
);
const SUBSCRIPTIONS_ALONE: Wording = Wording::new(
    "WebSocket-anslutningen är till för prenumerationer: skicka frågor och ändringar med POST till /graphql.",
    "the socket carries subscriptions: send queries and mutations by POST to /graphql",
);
const OVER_THE_SOCKET: Wording = Wording::new(
    "En prenumeration följs över WebSocket på /graphql/ws.",
    "a subscription is followed over the WebSocket at /graphql/ws",
);
const BY_POST: Wording = Wording::new("En ändring skickas med POST.", "a mutation is sent by POST");

/// The specification asks a subscription for one root field; the engine looks into no fragment there.
fn has_one_plain_field(operation: &OperationDefinition) -> bool {
    match operation.selection_set.node.items.as_slice() {
        [one] => matches!(&one.node, Selection::Field(field)
            if field.node.directives.is_empty() && !field.node.name.node.starts_with("__")),
        _ => false,
    }
}

fn too_large(found: &limits::LimitExceeded) -> Refused {
    let figures = json!({ "cost": found.found_at_least, "limit": found.allowed });
    refused(ErrorCode::TooExpensive, Wording::each(|language| found.message(language)), figures)
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
fn unparsable(error: &async_graphql_parser::Error) -> Refused {
    let Some(at) = error.positions().next() else {
        return refused(ErrorCode::ParseFailed, ErrorCode::ParseFailed.wording(), Value::Null);
    };
    let Pos { line, column } = at;
    let message = Wording::each(|language| match language {
        Language::Sv => format!("Dokumentet är inte GraphQL från och med rad {line}, kolumn {column}."),
        Language::En => format!("the document is not GraphQL from line {line}, column {column} on"),
    });
    refused(ErrorCode::ParseFailed, message, Value::Null).at(at)
}
