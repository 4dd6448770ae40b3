//! What the console may ask: the documents that were built with it, by the digests of their texts. Whoever gets hold of a session can
//! ask nothing else, and the front end carries no document around.

use std::collections::HashMap;
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use serde::Deserialize;
use serde_json::{Value, json};

use super::files;
use crate::graphql::ErrorCode;
use crate::http::rejection::Rejection;

/// What a digest's text begins with.
const PREFIX: &str = "sha256:";

/// The documents by the digests of their texts, in hexadecimal digits.
#[derive(Clone, Default)]
pub struct Manifest(Arc<HashMap<String, String>>);

/// Why nothing is asked. No variant repeats what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotListed {
    /// Not a request of the console's form.
    Malformed,
    /// A document that is not listed, or a text in place of its digest.
    Unknown,
}

/// Any other parameter is passed over, so that none of them brings a document in by another way.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters {
    document_id: Option<Value>,
    query: Option<Value>,
    #[serde(default)]
    variables: Value,
    #[serde(default)]
    operation_name: Value,
}

impl Manifest {
    /// The documents that were built with the front end.
    #[must_use]
    pub fn embedded() -> Self {
        files::manifest().map(|json| Self::parse(&json)).unwrap_or_default()
    }

    /// A manifest as the front end's build writes it. What is not the text of its digest is passed over.
    fn parse(json: &[u8]) -> Self {
        let listed: HashMap<String, String> = serde_json::from_slice(json).unwrap_or_default();
        let own = listed.into_iter();
        let own = own.filter(|(id, text)| *id == hex::encode(digest(&SHA256, text.as_bytes())));
        Self(Arc::new(own.collect()))
    }

    /// The request for a body: with the text in place of the document's digest.
    ///
    /// # Errors
    /// 400 for a body of another form, and for a document that is not listed.
    pub fn resolve_body(&self, body: &[u8]) -> Result<Vec<u8>, Rejection> {
        // A list would be read as the parameters one by one.
        let is_object = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
        let parameters = is_object.then(|| serde_json::from_slice(body).ok()).flatten();
        let request = parameters.ok_or(NotListed::Malformed).and_then(|given| self.request(given));
        request.map(|request| request.to_string().into_bytes()).map_err(NotListed::rejection)
    }

    /// The same for the payload of a message.
    ///
    /// # Errors
    /// [`NotListed`].
    pub fn resolve_payload(&self, payload: Value) -> Result<Value, NotListed> {
        let parameters = payload.is_object().then(|| serde_json::from_value(payload).ok()).flatten();
        self.request(parameters.ok_or(NotListed::Malformed)?)
    }

    fn request(&self, parameters: Parameters) -> Result<Value, NotListed> {
        let Parameters { document_id, query, variables, operation_name } = parameters;
        let id = match (document_id, query) {
            (Some(Value::String(id)), None | Some(Value::Null)) => id,
            (None | Some(Value::Null | Value::String(_)), _) => return Err(NotListed::Unknown),
            (Some(_), _) => return Err(NotListed::Malformed),
        };
        let text = id.strip_prefix(PREFIX).and_then(|digest| self.0.get(digest)).ok_or(NotListed::Unknown)?;
        Ok(json!({ "query": text, "variables": variables, "operationName": operation_name }))
    }
}

impl NotListed {
    /// What to do.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Malformed => "expected an object with documentId, variables and operationName",
            Self::Unknown => "the console runs its own documents alone, by documentId: load the page anew",
        }
    }

    /// The code beside it.
    #[must_use]
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::Malformed => ErrorCode::BadUserInput,
            Self::Unknown => ErrorCode::PersistedOperationRequired,
        }
    }

    fn rejection(self) -> Rejection {
        Rejection::with_status(400, self.code(), self.message())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const TEXT: &str = "{ viewer { scopes } }";

    fn id() -> String {
        hex::encode(digest(&SHA256, TEXT.as_bytes()))
    }

    fn manifest() -> Manifest {
        Manifest::parse(json!({ id(): TEXT, "00": "{ other }" }).to_string().as_bytes())
    }

    #[test]
    fn a_listed_document_is_put_in_the_place_of_its_digest() {
        let body =
            json!({ "documentId": format!("sha256:{}", id()), "variables": { "a": 1 }, "extensions": {} });
        let resolved: Value =
            serde_json::from_slice(&manifest().resolve_body(body.to_string().as_bytes()).unwrap()).unwrap();
        assert_eq!(resolved, json!({ "query": TEXT, "variables": { "a": 1 }, "operationName": null }));
    }

    #[test]
    fn nothing_else_is_asked() {
        let id = format!("sha256:{}", id());
        for (payload, expected) in [
            (json!({ "query": TEXT }), NotListed::Unknown),
            (json!({ "documentId": id, "query": TEXT }), NotListed::Unknown),
            (json!({ "documentId": id, "query": "" }), NotListed::Unknown),
            (json!({ "documentId": id.trim_start_matches("sha256:") }), NotListed::Unknown),
            (json!({ "documentId": id.to_uppercase() }), NotListed::Unknown),
            (json!({ "documentId": "sha256:00" }), NotListed::Unknown),
            (json!({ "documentId": TEXT }), NotListed::Unknown),
            (json!({}), NotListed::Unknown),
            (json!({ "documentId": 1 }), NotListed::Malformed),
            (json!([{ "documentId": id }]), NotListed::Malformed),
            (json!(null), NotListed::Malformed),
        ] {
            assert_eq!(manifest().resolve_payload(payload.clone()), Err(expected), "{payload}");
        }
        let twice = format!(r#"{{"documentId":"{id}","documentId":"{id}"}}"#);
        assert!(manifest().resolve_body(twice.as_bytes()).is_err());
    }

    #[test]
    fn what_is_built_in_is_listed() {
        assert!(!Manifest::embedded().0.is_empty());
    }
}
