//! Documents that were parsed before: a repeated operation is not parsed again.

use std::sync::Arc;

use async_graphql_parser::types::ExecutableDocument;

/// Parsed documents by their text, bounded by the texts' bytes.
#[derive(Clone)]
pub struct Documents(moka::sync::Cache<String, Arc<ExecutableDocument>>);

/// Bytes of text that are kept parsed; a parsed document takes some ten times its text.
const BYTES: u64 = 1 << 20;

impl Default for Documents {
    fn default() -> Self {
        let weigh =
            |text: &String, _: &Arc<ExecutableDocument>| u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self(moka::sync::Cache::builder().max_capacity(BYTES).weigher(weigh).build())
    }
}

impl Documents {
    /// The document, parsed now or before.
    ///
    /// # Errors
    /// What the parser says of a text that is no document.
    pub fn parse(&self, text: &str) -> Result<Arc<ExecutableDocument>, async_graphql_parser::Error> {
        if let Some(known) = self.0.get(text) {
            return Ok(known);
        }
        let document = Arc::new(async_graphql_parser::parse_query(text)?);
        self.0.insert(text.to_owned(), Arc::clone(&document));
        Ok(document)
    }
}
