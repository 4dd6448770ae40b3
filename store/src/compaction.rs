//! Storage after an erasure. Removed bytes stay in free pages and in the write-ahead log until they are overwritten
//! (pitfalls P13 to P17); what they hold is sealed, and here they go too.

use crate::door::Store;
use crate::error::StoreError;

impl Store {
    /// Whether the databases are embedded, so that their files are this process's to compact.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        !self.data.is_postgres()
    }

    /// Rewrites the files of an embedded database, so that no removed byte is left in them. One that began after the
    /// last key was destroyed serves everybody who waits for it. On PostgreSQL the owner does this
    /// (docs/operations.md).
    ///
    /// # Errors
    /// When a long reader does not let go of the log in time; to be tried again.
    pub async fn compact(&self) -> Result<(), StoreError> {
        let mine = self.vault.destructions();
        let mut covered = self.compacted.lock().await;
        if covered.is_some_and(|covered| covered >= mine) {
            return Ok(());
        }
        let begun = self.vault.destructions();
        for database in [self.vault.database(), &self.data] {
            database.compact().await?;
        }
        *covered = Some(begun);
        Ok(())
    }
}
