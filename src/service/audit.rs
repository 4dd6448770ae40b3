//! Reading the audit log.

use domain::id::AuditEventId;
use store::{AuditFilter, AuditPage, RecordedEvent, StoreError};

use super::reading::Reading;

impl Reading {
    /// An entry by its identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_event(&self, id: AuditEventId) -> Result<Option<RecordedEvent>, StoreError> {
        self.tx.find_event(id).await
    }

    /// Several entries by their identifiers, in no order; those that do not exist are left out.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn find_events(&self, ids: &[AuditEventId]) -> Result<Vec<RecordedEvent>, StoreError> {
        self.tx.find_events(ids).await
    }

    /// `first` entries older than `after`, newest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_events(
        &self,
        filter: &AuditFilter,
        after: Option<AuditEventId>,
        first: u32,
    ) -> Result<AuditPage, StoreError> {
        self.tx.list_events(filter, after, first).await
    }
}
