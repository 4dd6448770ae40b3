//! The documents of one owner, in memory.

use std::collections::HashMap;
use std::sync::Arc;

use domain::scope::Scopes;
use domain::trusted::{DocumentId, IdForm};
use jiff::civil::Date;
use store::TrustedDocument;

use super::Digest;

/// What an entry and its places in the tables take beside text and identifier, in bytes.
const ENTRY: usize = 512;

/// A document.
#[derive(Clone)]
pub struct Entry {
    pub text: Arc<str>,
    pub digest: Digest,
    pub ceiling: Option<Arc<Scopes>>,
    expires_on: Option<Date>,
}

/// The documents of one owner, by identifier and by digest.
pub struct Manifest {
    entries: Vec<Entry>,
    by_id: HashMap<String, usize>,
    by_digest: HashMap<Digest, Vec<usize>>,
    weight: usize,
    longest: usize,
}

impl Manifest {
    pub fn new(documents: Vec<TrustedDocument>) -> Self {
        let mut manifest = Self {
            entries: Vec::with_capacity(documents.len()),
            by_id: HashMap::with_capacity(documents.len()),
            by_digest: HashMap::with_capacity(documents.len()),
            weight: ENTRY,
            longest: 0,
        };
        for (number, document) in documents.into_iter().enumerate() {
            manifest.weight += document.text.len() + document.id.len() + ENTRY;
            manifest.longest = manifest.longest.max(document.text.len());
            manifest.by_digest.entry(document.sha256).or_default().push(number);
            manifest.by_id.insert(document.id, number);
            manifest.entries.push(Entry {
                text: document.text.into(),
                digest: document.sha256,
                ceiling: document.ceiling.map(Arc::new),
                expires_on: document.expires_on,
            });
        }
        manifest
    }

    /// Bytes that it takes.
    pub const fn weight(&self) -> usize {
        self.weight
    }

    /// Length of the longest text, in bytes: no longer one is among them.
    pub const fn longest(&self) -> usize {
        self.longest
    }

    /// The document that an identifier names today.
    pub fn find(&self, id: &DocumentId, today: impl Fn() -> Date) -> Option<&Entry> {
        let named = self.by_id.get(&id.id).filter(|_| id.form != IdForm::Digest);
        let named = named.and_then(|number| self.living(*number, &today));
        named.or_else(|| self.by_digest(&id.digest()?, &today))
    }

    /// The document whose text has a digest.
    pub fn by_digest(&self, digest: &Digest, today: &impl Fn() -> Date) -> Option<&Entry> {
        self.by_digest.get(digest)?.iter().find_map(|number| self.living(*number, today))
    }

    /// The entry, unless its day has come.
    fn living(&self, number: usize, today: &impl Fn() -> Date) -> Option<&Entry> {
        self.entries.get(number).filter(|entry| entry.expires_on.is_none_or(|day| today() < day))
    }
}
