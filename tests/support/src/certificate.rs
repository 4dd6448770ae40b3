//! Certificates as tests read them.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::{Tenant, decoded};

/// What certifies, with its statement.
const CERTIFICATE: &str = "query($id: ID!, $stage: ErasureStage, $format: DocumentFormat!, $language: String) { rightsRequest(id: $id) { \
     certificate(format: $format, stage: $stage, language: $language) { fileName mediaType contentBase64 } } }";

/// A certificate's file, as JSON.
///
/// # Panics
/// When it is none.
#[must_use]
pub fn certificate(content_base64: &str) -> Value {
    serde_json::from_slice(&decoded(content_base64)).expect("a certificate is JSON")
}

impl Tenant<'_> {
    /// The certificate of a request's erasure, of a stage or the newest; null where there is none.
    pub async fn certificate(&self, request: &str, stage: Option<&str>) -> Value {
        let file = self.certificate_as(request, json!({ "format": "JSON", "stage": stage })).await;
        file["contentBase64"].as_str().map_or(Value::Null, certificate)
    }

    /// The same in any form.
    pub async fn certificate_as(&self, request: &str, mut how: Value) -> Value {
        how["id"] = json!(request);
        self.admin().query(CERTIFICATE, how).await.data("/rightsRequest/certificate")
    }

    /// Puts a certificate into a file of the gateway's folder.
    ///
    /// # Panics
    /// When it cannot be written.
    #[must_use]
    pub fn keeps(&self, certificate: &Value, name: &str) -> PathBuf {
        let path = self.gateway().folder().join(format!("{name}-{}.json", self.id));
        std::fs::write(&path, certificate.to_string()).expect("the file is written");
        path
    }
}
