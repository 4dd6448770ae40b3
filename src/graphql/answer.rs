//! What a call is answered with: the engine's response, or why there is none, as a client hears it.

use async_graphql::{Error, Pos, Response, ServerError};
use serde_json::{Map, Value, json};

use super::errors::{self, ErrorCode};
use super::secrecy::Secrecy;
use crate::http::protocol::Outcome;

/// An answer, ready to be sent.
pub struct Answered {
    /// What became of the call, as far as its HTTP status tells.
    pub outcome: Outcome,
    /// The JSON of the answer.
    pub body: Vec<u8>,
    /// Whether it may be compressed.
    pub secrecy: Secrecy,
}

/// How many errors an answer lists at most; one document can have thousands.
const MOST_ERRORS: usize = 20;

/// A document that was not executed: an answer without `data`.
pub fn refused(code: ErrorCode, message: &str, figures: Value) -> Answered {
    let mut extensions = match figures {
        Value::Object(figures) => figures,
        _ => Map::new(),
    };
    extensions.insert("code".to_owned(), code.text().into());
    answered(Outcome::Refused, &json!({ "errors": [{ "message": message, "extensions": extensions }] }))
}

/// Nothing could be executed: the tenant does not exist, or the gateway failed.
pub fn failed(error: Error, request_id: &str) -> Answered {
    let error = error.into_server_error(Pos::default());
    let outcome = match code(&error) {
        Some("UNAUTHENTICATED") => Outcome::Unauthenticated,
        _ => Outcome::Failed,
    };
    answered(outcome, &json!({ "errors": [tell(error, request_id, ErrorCode::Internal)] }))
}

/// The engine's response.
pub fn told(response: Response, request_id: &str) -> Answered {
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
    Answered { outcome, body: body.to_string().into_bytes(), secrecy: Secrecy::Secret }
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
