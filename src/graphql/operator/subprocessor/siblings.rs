//! What hangs on sub-processors that stand together.

use async_graphql::Result;
use domain::id::SubprocessorId;

use super::super::batch::Batch;
use super::super::operation::Operation;
use super::super::tenant::Tenant;
use super::TenantObjection;
use crate::service::operator::subprocessor::Objection;
use crate::service::records::{OperatorTenant, StoreError};

/// Sub-processors that stand together.
pub struct Siblings {
    ids: Vec<SubprocessorId>,
    objections: Batch<SubprocessorId, TenantObjection>,
    awaiting: Batch<SubprocessorId, Tenant>,
}

impl Siblings {
    /// Sub-processors that stand together.
    pub fn new(ids: Vec<SubprocessorId>) -> Self {
        Self { ids, objections: Batch::default(), awaiting: Batch::default() }
    }

    /// The objections to one of them.
    pub async fn objections(&self, op: &Operation, to: SubprocessorId) -> Result<&[TenantObjection]> {
        let load = async { Ok(told(op.gateway.objections(&self.ids).await?)) };
        self.objections.of(to, load).await
    }

    /// The tenants whose specific authorisation one of them still needs.
    pub async fn awaiting(&self, op: &Operation, of: SubprocessorId) -> Result<&[Tenant]> {
        let load = async {
            let found: Vec<(SubprocessorId, OperatorTenant)> =
                op.gateway.awaiting_authorisation(&self.ids).await?;
            let (keys, tenants): (Vec<_>, Vec<_>) = found.into_iter().unzip();
            Ok::<_, StoreError>(keys.into_iter().zip(Tenant::together(tenants)))
        };
        self.awaiting.of(of, load).await
    }
}

fn told(found: Vec<(SubprocessorId, Objection)>) -> Vec<(SubprocessorId, TenantObjection)> {
    let (facts, tenants): (Vec<_>, Vec<_>) =
        found.into_iter().map(|(to, it)| ((to, it.objected_at, it.reason), it.tenant)).unzip();
    let told = facts.into_iter().zip(Tenant::together(tenants)).map(|((to, objected_at, reason), tenant)| {
        (to, TenantObjection { tenant, objected_at: objected_at.into(), reason })
    });
    told.collect()
}
