//! What the console may ask: the documents that were built with it, by the digests of their texts. Whoever gets hold of a session can
//! ask nothing else, and the front end carries no document around.

use std::collections::HashMap;
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use domain::trusted::IdForm;

use super::files;
use crate::http::protocol::{Call, Origin, parse_body};
use crate::http::rejection::{Kind, Rejection};

/// The documents by the digests of their texts, in hexadecimal digits.
#[derive(Clone, Default)]
pub struct Manifest(Arc<HashMap<String, String>>);

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

    /// The call that a body asks for.
    ///
    /// # Errors
    /// 400 for a body that is no call, and for a document that is not listed.
    pub fn call(&self, body: &[u8]) -> Result<Call, Rejection> {
        let call = parse_body(body).map_err(Rejection::malformed)?;
        self.resolve(call).ok_or_else(|| Kind::NotListed.into())
    }

    /// A call with the text in place of the document's digest; `None` for a document that is not listed, and for a text, even that
    /// of one that is.
    #[must_use]
    pub fn resolve(&self, call: Call) -> Option<Call> {
        let id = call.document_id.filter(|id| id.form == IdForm::Digest && call.query.is_none())?;
        let text = self.0.get(&id.id)?.clone();
        Some(Call { query: Some(text), document_id: None, origin: Origin::BuiltIn, ..call })
    }
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const TEXT: &str = "{ viewer { scopes } }";

    fn id() -> String {
        hex::encode(digest(&SHA256, TEXT.as_bytes()))
    }

    fn manifest() -> Manifest {
        Manifest::parse(json!({ id(): TEXT, "00": "{ other }" }).to_string().as_bytes())
    }

    fn resolved(body: &Value) -> Result<Call, u16> {
        manifest().call(body.to_string().as_bytes()).map_err(|rejection| {
            assert_eq!(rejection.status(), 400, "{body}");
            u16::from(rejection.code() == "PERSISTED_OPERATION_REQUIRED")
        })
    }

    #[test]
    fn a_listed_document_is_put_in_the_place_of_its_digest() {
        let body =
            json!({ "documentId": format!("sha256:{}", id()), "variables": { "a": 1 }, "extensions": {} });
        let call = resolved(&body).unwrap_or_else(|_| panic!("refused"));
        assert_eq!(call.query.as_deref(), Some(TEXT));
        assert_eq!(call.variables, json!({ "a": 1 }).as_object().cloned());
        assert!(call.document_id.is_none() && call.origin == Origin::BuiltIn);
    }

    #[test]
    fn nothing_else_is_asked() {
        const NOT_LISTED: u16 = 1;
        const MALFORMED: u16 = 0;
        let id = format!("sha256:{}", id());
        for (body, expected) in [
            (json!({ "query": TEXT }), NOT_LISTED),
            (json!({ "documentId": id, "query": TEXT }), NOT_LISTED),
            (json!({ "documentId": id.trim_start_matches("sha256:") }), NOT_LISTED),
            (json!({ "documentId": id.to_uppercase() }), NOT_LISTED),
            (json!({ "documentId": format!("sha256:{}", "0".repeat(64)) }), NOT_LISTED),
            (json!({ "documentId": TEXT }), NOT_LISTED),
            (
                json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": &id[7..] } } }),
                NOT_LISTED,
            ),
            (json!({}), MALFORMED),
            (json!({ "documentId": 1 }), MALFORMED),
            (json!([{ "documentId": id }]), MALFORMED),
            (json!(null), MALFORMED),
        ] {
            assert_eq!(resolved(&body).err(), Some(expected), "{body}");
        }
        let twice = format!(r#"{{"documentId":"{id}","documentId":"{id}"}}"#);
        assert!(manifest().call(twice.as_bytes()).is_err());
    }

    #[test]
    fn what_is_built_in_is_listed() {
        assert!(!Manifest::embedded().0.is_empty());
    }
}
