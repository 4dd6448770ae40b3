//! The end of tenants, as the platform's staff follow it.

use domain::id::TenantId;
use domain::language::Language;
use store::{StoreError, StoredClosing};

use crate::service::Gateway;
use crate::service::closing::certificate;
use crate::service::document::{Document, DocumentFormat};
use crate::service::refusal::Refusal;

impl Gateway {
    /// How the data of several tenants was erased, or is being; those whose erasure has not begun are left out.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn closings_of(
        &self,
        tenants: &[TenantId],
    ) -> Result<Vec<(TenantId, StoredClosing)>, StoreError> {
        self.store.operator().list_closings(tenants).await
    }

    /// The certificate of a tenant's erasure as a file; `None` until the tenant is closed and
    /// its log vouches for it.
    ///
    /// # Errors
    /// When the database fails, a row is inconsistent or the file cannot be made.
    pub async fn closing_certificate(
        &self,
        tenant: TenantId,
        form: (DocumentFormat, Language),
    ) -> Result<Option<Document>, Refusal> {
        let stored = self.store.operator().find_closing_certificate(tenant).await?;
        certificate::document(stored, tenant, form)
    }
}
