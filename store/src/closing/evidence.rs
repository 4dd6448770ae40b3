//! What a certificate of the end is made from, as the tenant and as the platform read it.

use domain::id::SubprocessorId;
use entity::erasure_confirmation;
use jiff::civil::Date;

use super::StoredClosing;
use crate::error::StoreError;
use crate::subprocessor::TenantSubprocessor;
use crate::tenant::StoredTenant;
use crate::tenant_export::StoredTenantExport;
use crate::tenant_tx::TenantTx;
use crate::time;

/// What is known of the end of a tenant: no data about a data subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingEvidence {
    /// The tenant.
    pub tenant: StoredTenant,
    /// How its data was erased.
    pub closing: StoredClosing,
    /// The exports of all its data, oldest first.
    pub exports: Vec<StoredTenantExport>,
    /// The platform's sub-processors, ended ones too, each as it stood with the tenant.
    pub subprocessors: Vec<TenantSubprocessor>,
    /// Those that have confirmed the erasure, and the day that each names.
    pub confirmations: Vec<(SubprocessorId, Date)>,
}

impl<S> TenantTx<S> {
    /// What is known of the end of the tenant; `None` until its erasure has begun.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn find_closing_evidence(&self) -> Result<Option<ClosingEvidence>, StoreError> {
        let Some(closing) = self.find_closing().await? else {
            return Ok(None);
        };
        Ok(Some(ClosingEvidence {
            tenant: self.find_tenant().await?,
            closing,
            exports: self.list_tenant_exports().await?,
            subprocessors: self.list_subprocessors().await?,
            confirmations: self.list_confirmations().await?,
        }))
    }

    /// The sub-processors that have confirmed the erasure, and the day that each names.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_confirmations(&self) -> Result<Vec<(SubprocessorId, Date)>, StoreError> {
        let rows = self.bound.find::<erasure_confirmation::Entity>().all(&self.bound).await?;
        Ok(rows.iter().map(confirmation).collect())
    }
}

pub(crate) fn confirmation(row: &erasure_confirmation::Model) -> (SubprocessorId, Date) {
    (SubprocessorId::from_uuid(row.subprocessor_id), time::date_from_row(row.confirmed_on))
}
