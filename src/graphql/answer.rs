//! What a call is answered with: the engine's response, or why there is none, as a client hears it.

use async_graphql::{Error, Pos, Response, ServerError};
use domain::language::Language;
use domain::wording::Wording;
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
    /// The code of the first error.
    pub code: Option<String>,
    /// Where a budget is used up: when to come again, in seconds.
    pub retry_after: Option<u64>,
    /// Whether it may be compressed.
    pub secrecy: Secrecy,
}

/// How many errors an answer lists at most; one document can have thousands.
const MOST_ERRORS: usize = 20;

/// Whom an answer is for.
pub struct Addressee {
    request_id: String,
    language: Language,
}

impl Addressee {
    /// Whoever sent the request with this identifier, and wishes this language.
    pub fn new(request_id: &str, language: Language) -> Self {
        Self { request_id: request_id.to_owned(), language }
    }

    /// The language that is wished.
    pub const fn language(&self) -> Language {
        self.language
    }
}

/// Why a document was not executed: an answer without `data`, when it is told.
pub struct Refused {
    outcome: Outcome,
    code: ErrorCode,
    message: Box<Wording>,
    figures: Value,
    at: Option<Pos>,
    retry_after: Option<u64>,
}

impl Refused {
    /// The same with another outcome.
    pub fn with_outcome(self, outcome: Outcome) -> Self {
        Self { outcome, ..self }
    }

    /// The same where a budget is used up: when to come again, in seconds.
    pub fn until(self, retry_after: u64) -> Self {
        Self { outcome: Outcome::RateLimited, retry_after: Some(retry_after), ..self }
    }

    /// The same, at a place in the document.
    pub fn at(self, at: Pos) -> Self {
        Self { at: Some(at), ..self }
    }

    /// The answer in a language.
    pub fn told(self, language: Language) -> Answered {
        let mut extensions = match self.figures {
            Value::Object(figures) => figures,
            _ => Map::new(),
        };
        extensions.insert("code".to_owned(), self.code.text().into());
        let mut told = json!({ "message": self.message.text(language), "extensions": extensions });
        if let Some(at) = self.at {
            told["locations"] = json!([at]);
        }
        let answered = answered(self.outcome, &json!({ "errors": [told] }));
        Answered { retry_after: self.retry_after, ..answered }
    }
}

/// A document that was not executed.
pub fn refused(code: ErrorCode, message: Wording, figures: Value) -> Refused {
    Refused {
        outcome: Outcome::Refused,
        code,
        message: Box::new(message),
        figures,
        at: None,
        retry_after: None,
    }
}

/// Nothing could be executed: the tenant does not exist, or the gateway failed.
pub fn failed(error: Error, to: &Addressee) -> Answered {
    let error = error.into_server_error(Pos::default());
    let outcome = match code(&error) {
        Some("UNAUTHENTICATED") => Outcome::Unauthenticated,
        _ => Outcome::Failed,
    };
    let error = ServerError { locations: Vec::new(), ..error };
    answered(outcome, &json!({ "errors": [tell(error, to, ErrorCode::Internal)] }))
}

/// The engine's response.
pub fn told(response: Response, to: &Addressee) -> Answered {
    let executed = response.errors.iter().all(|error| !error.path.is_empty() || code(error).is_some());
    if response.errors.iter().any(|error| code(error) == Some("UNAUTHENTICATED")) {
        return failed(errors::unauthenticated(), to);
    }
    let without_code = if executed { ErrorCode::Internal } else { ErrorCode::ValidationFailed };
    let mut errors: Vec<Value> = Vec::new();
    for error in response.errors.into_iter().take(MOST_ERRORS) {
        errors.push(tell(error, to, without_code));
    }
    if !executed {
        return answered(Outcome::Refused, &json!({ "errors": errors }));
    }
    let extensions = response.extensions;
    let Ok(data) = response.data.into_json() else {
        return failed(ErrorCode::Internal.error(errors::INTERNAL), to);
    };
    let mut body =
        if errors.is_empty() { json!({ "data": data }) } else { json!({ "errors": errors, "data": data }) };
    if !extensions.is_empty() {
        body["extensions"] = json!(extensions);
    }
    answered(Outcome::Executed, &body)
}

fn answered(outcome: Outcome, body: &Value) -> Answered {
    let code = body["errors"][0]["extensions"]["code"].as_str().map(str::to_owned);
    let body = body.to_string().into_bytes();
    Answered { outcome, body, code, retry_after: None, secrecy: Secrecy::Secret }
}

fn code(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        async_graphql::Value::String(code) => Some(code),
        _ => None,
    }
}

/// The engine's two ways of saying that a value is not what an argument takes; some pass its validation, as `[]` does where an
/// object is asked for.
fn is_about_input(message: &str) -> bool {
    ["Failed to parse ", "Expected input type "].iter().any(|begin| message.starts_with(begin))
}

/// An error as a client hears it: with a code, and without what a value or our own code says of itself.
fn tell(error: ServerError, to: &Addressee, without_code: ErrorCode) -> Value {
    let coded = code(&error).is_some();
    let input = !coded && !error.path.is_empty() && is_about_input(&error.message);
    let wording = errors::wording_of(&error).cloned();
    let mut extensions = error.extensions.and_then(|extensions| serde_json::to_value(extensions).ok());
    let extensions = extensions.get_or_insert_with(|| json!({}));
    let message = match (coded, input, without_code) {
        (true, ..) => wording.unwrap_or_else(|| Wording::english_alone(error.message)),
        (false, true, _) => {
            extensions["code"] = ErrorCode::BadUserInput.text().into();
            ErrorCode::BadUserInput.wording()
        }
        (false, false, ErrorCode::Internal) => {
            extensions["code"] = ErrorCode::Internal.text().into();
            tracing::error!("a resolver failed without a code");
            errors::INTERNAL
        }
        (false, false, other) => {
            extensions["code"] = other.text().into();
            // The engine's validation speaks English alone.
            Wording::english_alone(without_values(error.message))
        }
    };
    if extensions["code"] == ErrorCode::Internal.text() {
        extensions["requestId"] = to.request_id.as_str().into();
    }
    let mut told = json!({ "message": message.text(to.language), "extensions": extensions });
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
