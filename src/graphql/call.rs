//! A call before it is carried out: everything that can be said of its text, the same for both APIs.

use std::sync::Arc;

use async_graphql::{ObjectType, Request, SchemaBuilder, SubscriptionType, Variables};
use async_graphql_parser::types::{ExecutableDocument, OperationDefinition, OperationType, Selection};
use domain::scope::Scopes;
use serde_json::{Value, json};

use super::answer::{Answered, refused, told};
use super::cost;
use super::documents::{Checker, Digest, Document, Documents};
use super::errors::ErrorCode;
use super::limits::{self, LimitSet};
use crate::http::protocol::{Call, Method, Outcome};
use crate::service::caller::Caller;
use crate::service::trusted::{Found, sha256};

/// What an operation may ask for.
#[derive(Debug, Clone, Copy)]
pub struct ApiLimits {
    /// Limits of the document, checked before the parser sees it.
    pub documents: LimitSet,
    /// Greatest cost.
    pub cost: u64,
    /// Memory for documents that were checked before, in bytes.
    pub kept_bytes: u64,
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
    ceiling: Option<Arc<Scopes>>,
    learn: bool,
}

impl ReadCall {
    /// Whether it reads or changes.
    pub const fn ty(&self) -> OperationType {
        self.ty
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

    /// Everything that can be said of a call before the schema is asked. Of a document that passed before only what depends on its
    /// variables is looked at.
    ///
    /// # Errors
    /// The answer to a call that is not executed.
    pub fn read(&self, call: Call, found: Found) -> Result<ReadCall, Answered> {
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
            let message = "the document holds no such operation: name one of them in operationName";
            return Err(refused(ErrorCode::ValidationFailed, message, Value::Null));
        };
        let ty = operation.ty;
        if !call.method.may_execute(ty) {
            return Err(misplaced(call.method, ty));
        }
        let variables = call.variables.map(|variables| Variables::from_json(Value::Object(variables)));
        let variables = variables.unwrap_or_default();
        self.affordable(&document, operation, &variables)?;
        let (operation_name, text) = (call.operation_name, found.text);
        let Found { ceiling, learn, .. } = found;
        Ok(ReadCall { document, text, digest, operation_name, variables, ty, ceiling, learn })
    }

    /// Whether a call fits the schema. A document that does is kept; the next call with it has its variables looked at alone,
    /// with the same outcome.
    ///
    /// # Errors
    /// The answer to a call that is not executed.
    pub async fn validate(&self, call: &ReadCall, request_id: &str) -> Result<(), Answered> {
        let known = call.document.validated();
        if known.is_some_and(|arguments| self.checker.fits(arguments, &call.variables)) {
            return Ok(());
        }
        let name = call.operation_name.as_deref();
        let checked = self.checker.check(&call.document.parsed, name, &call.variables).await;
        let arguments = checked.map_err(|response| told(response, request_id))?;
        if known.is_none() {
            self.documents.keep(call.digest, Arc::clone(&call.document), arguments);
        }
        Ok(())
    }

    /// Whether a document could be executed by somebody, whatever its variables: every operation in it, at the size of its
    /// pages when nothing else is asked for.
    ///
    /// # Errors
    /// The answer to a call with it.
    pub async fn inspect(&self, text: &str) -> Result<(), Answered> {
        let (document, _) = self.document(text, None)?;
        let variables = Variables::default();
        for (_, operation) in document.parsed.operations.iter() {
            self.affordable(&document, &operation.node, &variables)?;
        }
        let mut names = document.parsed.operations.iter().map(|(name, _)| name);
        let first = names.next().flatten().map(async_graphql_value::Name::as_str);
        let checked = self.checker.check(&document.parsed, first, &variables).await;
        checked.map(drop).map_err(|response| told(response, ""))
    }

    /// A document within the limits, parsed now or before, and its digest.
    fn document(&self, text: &str, digest: Option<Digest>) -> Result<(Arc<Document>, Digest), Answered> {
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

    /// Whether an operation has the form and the price of one that is executed.
    fn affordable(
        &self,
        document: &Document,
        operation: &OperationDefinition,
        variables: &Variables,
    ) -> Result<(), Answered> {
        if operation.ty == OperationType::Subscription && !has_one_plain_field(operation) {
            let message =
                "a subscription selects one field at its root, outside of any fragment and condition";
            return Err(refused(ErrorCode::ValidationFailed, message, Value::Null));
        }
        let cost = cost::cost(&document.parsed, operation, variables);
        if !document.shape.introspection_only && cost > self.limits.cost {
            return Err(too_expensive(cost, self.limits.cost));
        }
        Ok(())
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
