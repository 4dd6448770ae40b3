//! What a request asks to be executed.

use domain::trusted::DocumentId;
use serde::Deserialize;
use serde_json::{Map, Value};
use thiserror::Error;
use url::form_urlencoded;

use super::bulk::{self, MOST_VALUES};
use super::document_id;
use super::method::Method;

/// One call of the API. It has no `Debug`: text and variables may hold personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    /// The document; `None` where its identifier alone was sent.
    pub query: Option<String>,
    /// The identifier of a published document.
    pub document_id: Option<DocumentId>,
    /// Which of the document's operations is meant.
    pub operation_name: Option<String>,
    /// Values of the variables.
    pub variables: Option<Map<String, Value>>,
    /// Extensions of the protocol.
    pub extensions: Option<Map<String, Value>>,
    /// How it was sent.
    pub method: Method,
    /// Whose text it is.
    pub origin: Origin,
}

/// Where the text of a call comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// From the client, or it is looked up for it.
    Client,
    /// From the gateway's own program: trusted whatever is required of clients.
    BuiltIn,
}

/// A request that is not a GraphQL request; always answered with 400. No variant repeats what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CallError {
    /// No body, or nothing in it.
    #[error("the body is empty")]
    Empty,
    /// Not JSON, not UTF-8, or nested beyond what is read.
    #[error("the body is not JSON")]
    NotJson,
    /// An array of calls.
    #[error("send one operation at a time")]
    Batch,
    /// More values than are read of one body ([`MOST_VALUES`]).
    #[error("the body holds more than {MOST_VALUES} values")]
    TooManyValues,
    /// JSON, but neither object nor array.
    #[error("the body is not a JSON object")]
    NotObject,
    /// A parameter stands there twice, so that two readers could see different requests.
    #[error("a parameter is given more than once")]
    Repeated,
    /// No document and no identifier of one.
    #[error("the parameter query is missing")]
    MissingQuery,
    /// The identifier is none.
    #[error("the parameter documentId is not a text of 1 to 255 bytes")]
    DocumentIdNotId,
    /// The member of the extensions has another form.
    #[error("extensions.persistedQuery is not {{\"version\":1,\"sha256Hash\":…}}")]
    PersistedQueryMalformed,
    /// Two identifiers that differ.
    #[error("documentId and extensions.persistedQuery name different documents")]
    TwoDocumentIds,
    /// The document is no text.
    #[error("the parameter query is not a string")]
    QueryNotString,
    /// The name is no text.
    #[error("the parameter operationName is not a string")]
    OperationNameNotString,
    /// The variables are no map.
    #[error("the parameter variables is not a map")]
    VariablesNotMap,
    /// The extensions are no map.
    #[error("the parameter extensions is not a map")]
    ExtensionsNotMap,
}

/// The parameters, of any type as yet. Unknown ones are passed over, as the draft asks.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters {
    query: Option<Value>,
    document_id: Option<Value>,
    operation_name: Option<Value>,
    variables: Option<Value>,
    extensions: Option<Value>,
}

/// Reads the payload of a message on a WebSocket.
///
/// # Errors
///
/// [`CallError`].
pub fn parse_message(payload: Value) -> Result<Call, CallError> {
    if !payload.is_object() {
        return Err(CallError::NotObject);
    }
    let parameters: Parameters = serde_json::from_value(payload).map_err(|_| CallError::NotJson)?;
    parameters.into_call(Method::Socket)
}

/// Reads the body of a POST.
///
/// # Errors
///
/// [`CallError`].
pub fn parse_body(body: &[u8]) -> Result<Call, CallError> {
    if bulk::is_too_much(body) {
        return Err(CallError::TooManyValues);
    }
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => return Err(CallError::Empty),
        Some(b'{') => {}
        Some(_) => {
            return Err(match serde_json::from_slice(body) {
                Ok(Value::Array(_)) => CallError::Batch,
                Ok(_) => CallError::NotObject,
                Err(_) => CallError::NotJson,
            });
        }
    }
    let parameters: Parameters = serde_json::from_slice(body)
        .map_err(|error| if error.is_data() { CallError::Repeated } else { CallError::NotJson })?;
    parameters.into_call(Method::Post)
}

/// Reads the query string of a GET, without its question mark. `variables` and `extensions` are JSON; a parameter
/// with nothing in it counts as left out.
///
/// # Errors
///
/// [`CallError`].
pub fn parse_query_string(query_string: &str) -> Result<Call, CallError> {
    let mut parameters = Parameters::default();
    for (name, text) in form_urlencoded::parse(query_string.as_bytes()) {
        let (place, value) = match &*name {
            "query" => (&mut parameters.query, Value::String(text.into_owned())),
            "documentId" => (&mut parameters.document_id, Value::String(text.into_owned())),
            "operationName" => (&mut parameters.operation_name, Value::String(text.into_owned())),
            "variables" => (&mut parameters.variables, json(&text).ok_or(CallError::VariablesNotMap)?),
            "extensions" => (&mut parameters.extensions, json(&text).ok_or(CallError::ExtensionsNotMap)?),
            _ => continue,
        };
        if place.is_some() {
            return Err(CallError::Repeated);
        }
        *place = Some(value);
    }
    parameters.operation_name = parameters.operation_name.filter(|name| name.as_str() != Some(""));
    parameters.query = parameters.query.filter(|query| query.as_str() != Some(""));
    parameters.document_id = parameters.document_id.filter(|id| id.as_str() != Some(""));
    parameters.into_call(Method::Get)
}

fn json(text: &str) -> Option<Value> {
    if text.is_empty() { Some(Value::Null) } else { serde_json::from_str(text).ok() }
}

impl Parameters {
    fn into_call(self, method: Method) -> Result<Call, CallError> {
        let query = text(self.query, CallError::QueryNotString)?;
        let extensions = map(self.extensions, CallError::ExtensionsNotMap)?;
        let named = text(self.document_id, CallError::DocumentIdNotId)?;
        let document_id = document_id::read(named.as_deref(), extensions.as_ref())?;
        if query.is_none() && document_id.is_none() {
            return Err(CallError::MissingQuery);
        }
        Ok(Call {
            query,
            document_id,
            operation_name: text(self.operation_name, CallError::OperationNameNotString)?,
            variables: map(self.variables, CallError::VariablesNotMap)?,
            extensions,
            method,
            origin: Origin::Client,
        })
    }
}

fn text(value: Option<Value>, otherwise: CallError) -> Result<Option<String>, CallError> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(otherwise),
    }
}

fn map(value: Option<Value>, otherwise: CallError) -> Result<Option<Map<String, Value>>, CallError> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(map)) => Ok(Some(map)),
        Some(_) => Err(otherwise),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;

    fn refused(call: Result<Call, CallError>) -> Option<CallError> {
        call.err()
    }

    fn accepted(call: Result<Call, CallError>) -> Call {
        call.unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn a_body_is_read_strictly() {
        let deep = format!("{{\"query\":\"{{a}}\",\"variables\":{}{}}}", "[".repeat(200), "]".repeat(200));
        let table = [
            ("", CallError::Empty),
            (" \n", CallError::Empty),
            ("{ \"not a JSON", CallError::NotJson),
            ("{} {}", CallError::NotJson),
            ("x", CallError::NotJson),
            (&deep, CallError::NotJson),
            ("[{\"query\":\"{a}\"}]", CallError::Batch),
            ("[]", CallError::Batch),
            ("\"{a}\"", CallError::NotObject),
            ("null", CallError::NotObject),
            ("{\"query\":\"{a}\",\"query\":\"{b}\"}", CallError::Repeated),
            ("{}", CallError::MissingQuery),
            ("{\"qeury\":\"{a}\"}", CallError::MissingQuery),
            ("{\"query\":null}", CallError::MissingQuery),
            ("{\"documentId\":null}", CallError::MissingQuery),
            ("{\"documentId\":\"\"}", CallError::DocumentIdNotId),
            ("{\"documentId\":1}", CallError::DocumentIdNotId),
        ];
        for (body, expected) in table {
            assert_eq!(refused(parse_body(body.as_bytes())), Some(expected), "{body}");
        }
        assert_eq!(refused(parse_body(b"{\"query\":\"\xff\"}")), Some(CallError::NotJson));
    }

    #[test]
    fn parameters_of_a_wrong_type_are_refused_by_name() {
        let table = [
            (
                "query",
                vec![json!({"obj": "ect"}), json!(0), json!(false), json!(["a"])],
                CallError::QueryNotString,
            ),
            (
                "operationName",
                vec![json!({}), json!(0), json!(false), json!([])],
                CallError::OperationNameNotString,
            ),
            (
                "variables",
                vec![json!("string"), json!(0), json!(false), json!(["a"])],
                CallError::VariablesNotMap,
            ),
            (
                "extensions",
                vec![json!("string"), json!(0), json!(false), json!(["a"])],
                CallError::ExtensionsNotMap,
            ),
        ];
        for (parameter, values, expected) in table {
            for value in values {
                let mut body = json!({ "query": "{a}" });
                body[parameter] = value;
                assert_eq!(refused(parse_body(body.to_string().as_bytes())), Some(expected), "{body}");
            }
        }
    }

    #[test]
    fn a_body_is_a_call() {
        let body = json!({ "query": "query Q { a }", "operationName": "Q", "variables": { "a": [1] },
            "extensions": { "some": "value" }, "id": 1 });
        let call = accepted(parse_body(body.to_string().as_bytes()));
        assert_eq!(
            (call.query.as_deref(), call.operation_name.as_deref()),
            (Some("query Q { a }"), Some("Q"))
        );
        assert_eq!(call.variables.map(Value::Object), Some(json!({ "a": [1] })));
        assert_eq!(call.extensions.map(Value::Object), Some(json!({ "some": "value" })));
        assert_eq!(call.method, Method::Post);

        let nulls = r#"{"query":"{a}","operationName":null,"variables":null,"extensions":null}"#;
        let call = accepted(parse_body(nulls.as_bytes()));
        assert!(call.operation_name.is_none() && call.variables.is_none() && call.extensions.is_none());
    }

    #[test]
    fn an_address_is_a_call() {
        let call = accepted(parse_query_string(
            "query=query+Q%7Ba%7D&operationName=Q&variables=%7B%22a%22%3A%22%C3%A5%22%7D&x=y",
        ));
        assert_eq!((call.query.as_deref(), call.operation_name.as_deref()), (Some("query Q{a}"), Some("Q")));
        assert_eq!(call.variables.map(Value::Object), Some(json!({ "a": "å" })));
        assert_eq!(call.method, Method::Get);
        let call = accepted(parse_query_string("query={a}&operationName=&variables=&extensions=null"));
        assert!(call.operation_name.is_none() && call.variables.is_none() && call.extensions.is_none());
    }

    #[test]
    fn an_address_is_read_strictly() {
        let table = [
            ("", CallError::MissingQuery),
            ("query=", CallError::MissingQuery),
            ("query={a}&query={b}", CallError::Repeated),
            ("query={a}&variables={}&variables={}", CallError::Repeated),
            ("query={a}&variables=[]", CallError::VariablesNotMap),
            ("query={a}&variables=%7B", CallError::VariablesNotMap),
            ("query={a}&extensions=1", CallError::ExtensionsNotMap),
        ];
        for (query_string, expected) in table {
            assert_eq!(refused(parse_query_string(query_string)), Some(expected), "{query_string}");
        }
    }
}
