//! Documents before they are published: held to the limits, the parser, the schema and the cost that hold for calls.

use domain::language::Language;
use serde_json::Value;

use super::answer::Addressee;
use super::call::{ApiLimits, CallReader};
use super::tenant;
use super::till::too_expensive;

/// Looks at documents as the tenant API would.
pub struct DocumentInspector {
    reader: CallReader,
    most: u64,
}

/// What is wrong with a document, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("; "))]
pub struct DocumentFault(Vec<String>);

impl DocumentInspector {
    /// An inspector with the limits of the API, and the most that an operation may cost.
    #[must_use]
    pub fn new(limits: ApiLimits, most: u64) -> Self {
        Self { reader: CallReader::new(limits, tenant::builder()), most }
    }

    /// Whether a document could be executed by somebody, whatever its variables.
    ///
    /// # Errors
    /// What is wrong with it, as its callers would be told.
    pub async fn inspect(&self, text: &str) -> Result<(), DocumentFault> {
        let to = Addressee::new("", Language::En);
        let answered = match self.reader.inspect(text, &to).await {
            Ok(cost) if cost > self.most => too_expensive(cost, self.most).told(to.language()),
            Ok(_) => return Ok(()),
            Err(answered) => answered,
        };
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
