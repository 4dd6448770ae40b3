//! What hangs on breaches that stand together.

use async_graphql::Result;
use domain::id::BreachId;

use super::super::batch::Batch;
use super::super::operation::Operation;
use super::super::tenant::Tenant;
use super::BreachNotice;
use crate::service::operator::breach::Notice;
use crate::service::records::StoredSupplement;

/// Breaches that stand together.
pub struct Siblings {
    ids: Vec<BreachId>,
    notices: Batch<BreachId, BreachNotice>,
    supplements: Batch<BreachId, StoredSupplement>,
}

impl Siblings {
    /// Breaches that stand together.
    pub fn new(ids: Vec<BreachId>) -> Self {
        Self { ids, notices: Batch::default(), supplements: Batch::default() }
    }

    /// Who was told of one of them.
    pub async fn notices(&self, op: &Operation, of: BreachId) -> Result<&[BreachNotice]> {
        let load = async { Ok(told(op.gateway.breach_notices(&self.ids).await?)) };
        self.notices.of(of, load).await
    }

    /// What became known later of one of them.
    pub async fn supplements(&self, op: &Operation, to: BreachId) -> Result<&[StoredSupplement]> {
        let load = async {
            let found = op.gateway.breach_supplements(&self.ids).await?;
            Ok(found.into_iter().map(|supplement| (supplement.breach, supplement)))
        };
        self.supplements.of(to, load).await
    }
}

fn told(found: Vec<(BreachId, Notice)>) -> Vec<(BreachId, BreachNotice)> {
    let (facts, tenants): (Vec<_>, Vec<_>) =
        found.into_iter().map(|(of, it)| ((of, it.notified_at, it.acknowledged_at), it.tenant)).unzip();
    let told =
        facts.into_iter().zip(Tenant::together(tenants)).map(|((of, notified_at, acknowledged), tenant)| {
            let acknowledged_at = acknowledged.map(Into::into);
            (of, BreachNotice { tenant, notified_at: notified_at.into(), acknowledged_at })
        });
    told.collect()
}
