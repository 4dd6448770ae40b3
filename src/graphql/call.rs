//! A call before it is carried out: everything that can be said of its text, the same for both APIs.

use std::sync::Arc;

use async_graphql::{Name, ObjectType, Pos, Request, SchemaBuilder, SubscriptionType, Variables};
use async_graphql_parser::types::{
    ExecutableDocument, OperationDefinition, OperationType, Selection, VariableDefinition,
};
use async_graphql_value::ConstValue;
use domain::language::Language;
use domain::scope::Scopes;
use domain::wording::Wording;
use serde_json::{Value, json};

use super::answer::{Addressee, Answered, Refused, refused, told};
use super::cost;
use super::documents::{Checker, Digest, Document, Documents};
use super::errors::ErrorCode;
use super::limits::{self, LimitSet};
use super::secrecy::Secrecy;
use super::till;
use super::view::{Asked, IntrospectionView};
use crate::http::protocol::{Call, Method, Outcome};
use crate::service::caller::Caller;
use crate::service::trusted::{Found, sha256};

/// What a document may hold, and how many are kept.
#[derive(Debug, Clone, Copy)]
pub struct ApiLimits {
    /// Limits of the document, checked before the parser sees it.
    pub documents: LimitSet,
    /// Memory for documents that were checked before, in bytes.
    pub kept_bytes: u64,
    /// How much of the schema introspection shows.
    pub introspection: IntrospectionView,
}

/// Reads calls: limits, parser, operation, method, cost, in this order; then validation ([`CallReader::validate`]).
pub struct CallReader {
    documents: Documents,
    checker: Checker,
    limits: ApiLimits,
}

/// A call that is no larger and no dearer than it may be.
#[derive(Clone)]
pub struct ReadCall {
    document: Arc<Document>,
    text: Arc<str>,
    digest: Digest,
    operation_name: Option<String>,
    variables: Variables,
    ty: OperationType,
    cost: u64,
    ceiling: Option<Arc<Scopes>>,
    learn: bool,
    tells_cost: bool,
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

    /// Whether it asks to be told its cost.
    pub const fn tells_cost(&self) -> bool {
        self.tells_cost
    }

    /// Whether its answer may be compressed.
    pub fn secrecy(&self) -> Secrecy {
        Secrecy::of(&self.document.parsed, self.ty)
    }

    /// What it asks for at its root.
    pub fn asked(&self) -> Asked {
        let operation = choose(&self.document.parsed, self.operation_name.as_deref());
        operation.map_or(Asked::Data, |operation| Asked::of(&self.document.parsed, operation))
    }

    /// Whether it asks for the schema and nothing else: its answer is as large as the schema, whatever it costs.
    pub fn asks_for_the_schema_alone(&self) -> bool {
        self.document.shape.introspection_only
    }

    /// The caller with no more scopes than the document allows.
    pub fn narrow(&self, caller: Caller) -> Caller {
        match &self.ceiling {
            Some(ceiling) => Caller { authority: caller.authority.within(ceiling), ..caller },
            None => caller,
        }
    }

    /// Digest and text of a document that is to be kept for its tenant; `None` of any other.
    pub fn to_learn(&self) -> Option<(Digest, Arc<str>)> {
        self.learn.then(|| (self.digest, Arc::clone(&self.text)))
    }

    /// The call as the engine takes it.
    pub fn into_request(self) -> Request {
        let mut request = Request::new(String::new()).variables(self.variables);
        request.operation_name = self.operation_name;
        request.set_parsed_query(self.document.parsed.clone());
        request
    }
}

impl CallReader {
    /// A reader that holds calls to these limits and to the rules of this schema.
    pub fn new<Q, M, S>(limits: ApiLimits, schema: SchemaBuilder<Q, M, S>) -> Self
    where
        Q: ObjectType + 'static,
        M: ObjectType + 'static,
        S: SubscriptionType + 'static,
    {
        Self { documents: Documents::new(limits.kept_bytes), checker: Checker::new(schema), limits }
    }

    /// How much of the schema introspection shows.
    pub const fn introspection(&self) -> IntrospectionView {
        self.limits.introspection
    }

    /// Everything that can be said of a call before the schema is asked. Of a document that passed before only what depends on its
    /// variables is looked at.
    ///
    /// # Errors
    /// Why a call is not executed.
    pub fn read(&self, call: Call, found: Found) -> Result<ReadCall, Refused> {
        let tells_cost = till::asks_for_cost(&call);
        let (document, digest) = self.document(&found.text, found.digest)?;
        let limits = if document.shape.introspection_only {
            self.limits.documents.introspection
        } else {
            self.limits.documents.ordinary
        };
        if let Some(variables) = &call.variables {
            limits::inspect_variables(variables, &limits).map_err(|found| too_large(&found))?;
        }
        let Some(operation) = choose(&document.parsed, call.operation_name.as_deref()) else {
            return Err(refused(ErrorCode::ValidationFailed, NO_SUCH_OPERATION, Value::Null));
        };
        let ty = operation.ty;
        if !call.method.may_execute(ty) {
            return Err(misplaced(call.method, ty));
        }
        let variables = call.variables.map(|variables| Variables::from_json(Value::Object(variables)));
        let variables = variables.unwrap_or_default();
        check_form(operation)?;
        if let Some(missing) = missing_variable(operation, &variables) {
            return Err(missing);
        }
        let cost = cost::cost(&document.parsed, operation, &variables);
        let (operation_name, Found { text, ceiling, learn, .. }) = (call.operation_name, found);
        Ok(ReadCall {
            document,
            text,
            digest,
            operation_name,
            variables,
            ty,
            cost,
            ceiling,
            learn,
            tells_cost,
        })
    }

    /// Whether a call fits the schema. A document that does is kept; the next call with it has its variables looked at alone,
    /// with the same outcome.
    ///
    /// # Errors
    /// The answer to a call that is not executed.
    pub async fn validate(&self, call: &ReadCall, to: &Addressee) -> Result<(), Answered> {
        let known = call.document.validated();
        if known.is_some_and(|arguments| self.checker.fits(arguments, &call.variables)) {
            return Ok(());
        }
        let name = call.operation_name.as_deref();
        let checked = self.checker.check(&call.document.parsed, name, &call.variables).await;
        let arguments = checked.map_err(|response| told(response, to))?;
        if known.is_none() {
            self.documents.keep(call.digest, Arc::clone(&call.document), arguments);
        }
        Ok(())
    }

    /// Whether a document could be executed by somebody, whatever its variables; gives what its dearest operation costs, at the
    /// size of its pages when nothing else is asked for.
    ///
    /// # Errors
    /// The answer to a call with it.
    pub async fn inspect(&self, text: &str, to: &Addressee) -> Result<u64, Answered> {
        let said = |refused: Refused| refused.told(to.language());
        let (document, _) = self.document(text, None).map_err(said)?;
        let variables = Variables::default();
        let mut dearest = 0;
        for (_, operation) in document.parsed.operations.iter() {
            check_form(&operation.node).map_err(said)?;
            dearest = dearest.max(cost::cost(&document.parsed, &operation.node, &variables));
        }
        let mut names = document.parsed.operations.iter().map(|(name, _)| name);
        let first = names.next().flatten().map(Name::as_str);
        let checked = self.checker.check(&document.parsed, first, &variables).await;
        checked.map_err(|response| told(response, to))?;
        Ok(if document.shape.introspection_only { 0 } else { dearest })
    }

    /// A document within the limits, parsed now or before, and its digest.
    fn document(&self, text: &str, digest: Option<Digest>) -> Result<(Arc<Document>, Digest), Refused> {
        let most = self.limits.documents.ordinary.bytes.max(self.limits.documents.introspection.bytes);
        let longer = u64::try_from(text.len()).is_ok_and(|length| length > most);
        // What is too long is refused by its length alone.
        let digest = if longer { [0; 32] } else { digest.unwrap_or_else(|| sha256(text)) };
        if let Some(known) = self.documents.get(&digest).filter(|_| !longer) {
            return Ok((known, digest));
        }
        let shape = self.limits.documents.inspect(text).map_err(|found| too_large(&found))?;
        let parsed = async_graphql_parser::parse_query(text).map_err(|error| unparsable(&error))?;
        Ok((Arc::new(Document::new(parsed, shape)), digest))
    }
}

/// That a subscription has one root field.
fn check_form(operation: &OperationDefinition) -> Result<(), Refused> {
    if operation.ty == OperationType::Subscription && !has_one_plain_field(operation) {
        return Err(refused(ErrorCode::ValidationFailed, NOT_ONE_FIELD, Value::Null));
    }
    Ok(())
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
