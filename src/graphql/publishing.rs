//! Documents before they are published: held to the limits, the parser, the schema and the cost that hold for calls.

use serde_json::Value;

use super::call::{ApiLimits, CallReader};
use super::tenant;

/// Looks at documents as the tenant API would.
pub struct DocumentInspector(CallReader);

/// What is wrong with a document, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("; "))]
pub struct DocumentFault(Vec<String>);

impl DocumentInspector {
    /// An inspector with the limits of the API.
    #[must_use]
    pub fn new(limits: ApiLimits) -> Self {
        Self(CallReader::new(limits, tenant::checking()))
    }

    /// Whether a document could be executed by somebody, whatever its variables.
    ///
    /// # Errors
    /// What is wrong with it, as its callers would be told.
    pub async fn inspect(&self, text: &str) -> Result<(), DocumentFault> {
        let Err(answered) = self.0.inspect(text).await else { return Ok(()) };
        let answer: Value = serde_json::from_slice(&answered.body).unwrap_or_default();
        let errors = answer["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        let texts = errors.iter().filter_map(|error| {
            let message = error["message"].as_str()?;
            let at = &error["locations"][0];
            Some(match (at["line"].as_u64(), at["column"].as_u64()) {
                (Some(line), Some(column)) => format!("{message} (line {line}, column {column})"),
                _ => message.to_owned(),
            })
        });
        Err(DocumentFault(texts.collect()))
    }
}
