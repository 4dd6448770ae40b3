//! How a request names a document instead of sending it: `documentId` (GraphQL over HTTP, "Persisted Documents"), or
//! `extensions.persistedQuery` as Apollo's clients send it.

use domain::trusted::{DocumentId, IdForm, is_id};
use serde_json::{Map, Value};

use super::request::CallError;

/// The prefix of identifiers that are digests.
const PREFIX: &str = "sha256:";

/// Reads the identifier from both places where it can stand.
///
/// # Errors
/// When one of them has the wrong form, or they differ.
pub fn read(
    document_id: Option<&str>,
    extensions: Option<&Map<String, Value>>,
) -> Result<Option<DocumentId>, CallError> {
    let named = document_id.map(named).transpose()?;
    let persisted = extensions.and_then(|extensions| extensions.get("persistedQuery"));
    let automatic = persisted.filter(|value| !value.is_null()).map(automatic).transpose()?;
    match (named, automatic) {
        (Some(named), Some(automatic)) if named.id != automatic.id => Err(CallError::TwoDocumentIds),
        (named, automatic) => Ok(named.or(automatic)),
    }
}

fn named(text: &str) -> Result<DocumentId, CallError> {
    let Some(digits) = text.strip_prefix(PREFIX) else {
        let read = DocumentId { id: text.to_owned(), form: IdForm::Any };
        return if is_id(text) { Ok(read) } else { Err(CallError::DocumentIdNotId) };
    };
    let read = DocumentId { id: digits.to_ascii_lowercase(), form: IdForm::Digest };
    if read.digest().is_some() { Ok(read) } else { Err(CallError::DocumentIdNotId) }
}

fn automatic(persisted: &Value) -> Result<DocumentId, CallError> {
    let hash = persisted.get("sha256Hash").and_then(Value::as_str).filter(|hash| is_id(hash));
    match (persisted.get("version").and_then(Value::as_u64), hash) {
        (Some(1), Some(hash)) => Ok(DocumentId { id: hash.to_owned(), form: IdForm::Automatic }),
        _ => Err(CallError::PersistedQueryMalformed),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;

    fn of_request(document_id: Option<&str>, persisted: &Value) -> Result<Option<DocumentId>, CallError> {
        let Value::Object(extensions) = json!({ "persistedQuery": persisted }) else { panic!("an object") };
        read(document_id, Some(&extensions))
    }

    #[test]
    fn a_document_is_named_in_either_place() {
        let hash = "ab".repeat(32);
        let prefixed = format!("sha256:{}", hash.to_uppercase());
        let of = |id: &str, form| Ok(Some(DocumentId { id: id.to_owned(), form }));
        let automatic = json!({ "version": 1, "sha256Hash": hash });
        for (document_id, persisted, expected) in [
            (None, Value::Null, Ok(None)),
            (Some("Page/1"), Value::Null, of("Page/1", IdForm::Any)),
            (Some(prefixed.as_str()), Value::Null, of(&hash, IdForm::Digest)),
            (None, automatic.clone(), of(&hash, IdForm::Automatic)),
            (Some(prefixed.as_str()), automatic.clone(), of(&hash, IdForm::Digest)),
            (Some("Page/1"), automatic, Err(CallError::TwoDocumentIds)),
            (Some("sha256:ab"), Value::Null, Err(CallError::DocumentIdNotId)),
            (Some(""), Value::Null, Err(CallError::DocumentIdNotId)),
            (Some("a\u{0}b"), Value::Null, Err(CallError::DocumentIdNotId)),
            (None, json!({ "version": 2, "sha256Hash": hash }), Err(CallError::PersistedQueryMalformed)),
            (None, json!({ "version": 1 }), Err(CallError::PersistedQueryMalformed)),
            (None, json!("x"), Err(CallError::PersistedQueryMalformed)),
        ] {
            assert_eq!(of_request(document_id, &persisted), expected, "{document_id:?} {persisted}");
        }
        let long = "x".repeat(256);
        assert_eq!(of_request(Some(&long), &Value::Null), Err(CallError::DocumentIdNotId));
    }
}
