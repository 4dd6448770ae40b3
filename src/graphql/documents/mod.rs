//! Documents that were checked before: a repeated operation is neither measured, nor parsed, nor validated again. Of what can be
//! said of it only what depends on its variables is looked at each time.

mod arguments;
#[cfg(test)]
mod beside_the_engine;
mod checker;
mod weight;

use std::sync::{Arc, OnceLock};

use async_graphql_parser::types::ExecutableDocument;

pub use arguments::Arguments;
pub use checker::Checker;

use super::limits::Shape;

/// SHA-256 of a document's text.
pub type Digest = [u8; 32];

/// A parsed document.
pub struct Document {
    /// The document.
    pub parsed: ExecutableDocument,
    /// How much it is.
    pub shape: Shape,
    /// Where variables stand in it; known once it has passed validation.
    arguments: OnceLock<Arguments>,
}

impl Document {
    /// A document that is within the limits and not validated yet.
    pub const fn new(parsed: ExecutableDocument, shape: Shape) -> Self {
        Self { parsed, shape, arguments: OnceLock::new() }
    }

    /// Where variables stand in it; `None` as long as it has not passed validation.
    pub fn validated(&self) -> Option<&Arguments> {
        self.arguments.get()
    }

    fn weight(&self) -> usize {
        weight::of(&self.parsed) + self.arguments.get().map_or(0, Arguments::weight)
    }
}

/// Validated documents by the digest of their text, bounded by the bytes that they take in memory.
#[derive(Clone)]
pub struct Documents(moka::sync::Cache<Digest, Arc<Document>>);

impl Documents {
    /// Room for so many bytes; none is kept where it is 0.
    pub fn new(bytes: u64) -> Self {
        let weigh =
            |_: &Digest, document: &Arc<Document>| u32::try_from(document.weight()).unwrap_or(u32::MAX);
        Self(moka::sync::Cache::builder().max_capacity(bytes).weigher(weigh).build())
    }

    /// A document that passed before.
    pub fn get(&self, digest: &Digest) -> Option<Arc<Document>> {
        self.0.get(digest)
    }

    /// Keeps a document that has just passed validation. No other gets in here.
    pub fn keep(&self, digest: Digest, document: Arc<Document>, arguments: Arguments) {
        if document.arguments.set(arguments).is_ok() {
            self.0.insert(digest, document);
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::graphql::limits::LimitSet;

    fn document(text: &str) -> Arc<Document> {
        let shape = LimitSet::default().inspect(text).unwrap();
        Arc::new(Document::new(async_graphql_parser::parse_query(text).unwrap(), shape))
    }

    fn text(fields: usize) -> String {
        let fields = (0..fields).map(|number| format!("field{number}(first: 10, after: \"x\") {{ id }} "));
        format!("{{ {} }}", fields.collect::<String>())
    }

    #[test]
    fn what_is_kept_is_weighed_by_what_it_takes_and_not_by_its_text() {
        let text = text(20);
        let weight = document(&text).weight();
        assert!(weight > 5 * text.len(), "{weight} bytes for a text of {}", text.len());
    }

    #[test]
    fn the_bound_on_bytes_is_never_exceeded() {
        let one = document(&text(20)).weight();
        let documents = Documents::new(10 * u64::try_from(one).unwrap());
        for number in 0..100 {
            documents.keep([number; 32], document(&text(20)), Arguments::default());
        }
        documents.0.run_pending_tasks();
        assert!((1..=10).contains(&documents.0.entry_count()), "{} documents", documents.0.entry_count());
    }

    #[test]
    fn without_room_nothing_is_kept() {
        let documents = Documents::new(0);
        documents.keep([1; 32], document("{ a }"), Arguments::default());
        documents.0.run_pending_tasks();
        assert!(documents.get(&[1; 32]).is_none());
    }
}
