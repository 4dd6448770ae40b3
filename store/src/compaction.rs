//! Storage after an erasure. Removed bytes stay in free pages and in the write-ahead log until they are overwritten
//! (pitfalls P13 to P17); what they hold is sealed, and here they go too.

use jiff::Timestamp;

use crate::door::Store;
use crate::error::StoreError;

/// A compaction that was done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Compaction {
    /// How many destructions of keys it covers.
    covered: u64,
    /// When it was done.
    at: Timestamp,
}

impl Store {
    /// Whether the databases are embedded, so that their files are this process's to compact.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        !self.data.is_postgres()
    }

    /// Rewrites the files of an embedded database, so that no removed byte is left in them; gives when that was done. One
    /// that began after the last key was destroyed serves everybody who waits for it. On PostgreSQL the owner does this
    /// (docs/operations.md), and nothing is known of it.
    ///
    /// # Errors
    /// When a long reader does not let go of the log in time; to be tried again.
    pub async fn compact(&self) -> Result<Option<Timestamp>, StoreError> {
        if !self.is_embedded() {
            return Ok(None);
        }
        let mine = self.vault.destructions();
        let mut last = self.compacted.lock().await;
        if let Some(last) = last.filter(|last| last.covered >= mine) {
            return Ok(Some(last.at));
        }
        let covered = self.vault.destructions();
        for database in [self.vault.database(), &self.data] {
            database.compact().await?;
        }
        let done = Compaction { covered, at: self.clock.now() };
        *last = Some(done);
        Ok(Some(done.at))
    }
}
