//! What hangs on tenants that stand together.

use async_graphql::Result;
use domain::id::TenantId;

use super::super::batch::Batch;
use super::super::operation::Operation;
use crate::service::agreement::AgreementEntry;
use crate::service::records::{RequestFigures, StoredClosing};

/// Tenants that stand together.
pub struct Siblings {
    ids: Vec<TenantId>,
    agreements: Batch<TenantId, AgreementEntry>,
    figures: Batch<TenantId, RequestFigures>,
    closings: Batch<TenantId, StoredClosing>,
    failed_notices: Batch<TenantId, u64>,
}

impl Siblings {
    /// Tenants that stand together.
    pub fn new(ids: Vec<TenantId>) -> Self {
        Self {
            ids,
            agreements: Batch::default(),
            figures: Batch::default(),
            closings: Batch::default(),
            failed_notices: Batch::default(),
        }
    }

    /// The agreement offered or in force.
    pub async fn agreement(&self, op: &Operation, of: TenantId) -> Result<Option<&AgreementEntry>> {
        let load = async {
            let found = op.gateway.current_agreements(&self.ids).await?;
            Ok(found.into_iter().map(|entry| (entry.stored.tenant, entry)))
        };
        Ok(self.agreements.of(of, load).await?.first())
    }

    /// Counts of requests; zeros where there is none.
    pub async fn figures(&self, op: &Operation, of: TenantId) -> Result<RequestFigures> {
        let figures = self.figures.of(of, op.gateway.request_figures(&self.ids)).await?;
        Ok(figures.first().copied().unwrap_or_default())
    }

    /// Notices that were given up.
    pub async fn failed_notices(&self, op: &Operation, of: TenantId) -> Result<u64> {
        let failed = self.failed_notices.of(of, op.gateway.failed_notices(&self.ids)).await?;
        Ok(failed.first().copied().unwrap_or_default())
    }

    /// How the end stands, once the erasure has begun.
    pub async fn closing(&self, op: &Operation, of: TenantId) -> Result<Option<StoredClosing>> {
        Ok(self.closings.of(of, op.gateway.closings_of(&self.ids)).await?.first().cloned())
    }
}
