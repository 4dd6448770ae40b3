//! Notices by e-mail that the platform decides on, with what they tell of.

use std::collections::BTreeSet;

use domain::id::{NoticeId, TenantId};
use domain::notice::{NoticeKind, NoticeStatus};
use entity::{job, notice, tenant};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::Operator;
use super::platform_tx::PlatformTx;
use crate::error::StoreError;
use crate::job::JobKind;

/// Rows put in one statement: a database counts its parameters.
const AT_ONCE: usize = 500;

/// Whether what is told to tenants goes to their privacy contacts by e-mail too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notices {
    /// It is read in the gateway alone.
    None,
    /// A notice goes out.
    ByMail,
}

impl Operator<'_> {
    /// The same door, which tells by e-mail too where notices go out.
    #[must_use]
    pub const fn telling(self, notices: Notices) -> Self {
        Self { notices, ..self }
    }

    /// How many notices of several tenants were given up; tenants without any are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_failed_notices(&self, of: &[TenantId]) -> Result<Vec<(TenantId, u64)>, StoreError> {
        let tx = self.reading().await?;
        let failed = tx
            .find::<notice::Entity>()
            .filter(notice::Column::TenantId.is_in(of.iter().map(|tenant| tenant.uuid())))
            .filter(notice::Column::Status.eq(NoticeStatus::Failed.code()));
        let counted = failed
            .select_only()
            .column(notice::Column::TenantId)
            .column_as(notice::Column::Status.count(), "failed")
            .group_by(notice::Column::TenantId);
        let rows: Vec<(Uuid, i64)> = counted.into_tuple().all(tx.connection()).await?;
        let count = |(tenant, failed)| (TenantId::from_uuid(tenant), u64::try_from(failed).unwrap_or(0));
        Ok(rows.into_iter().map(count).collect())
    }
}

impl PlatformTx {
    /// Has the privacy contacts of tenants told of an object, if notices go out at all; of those that have ended nobody is
    /// left to tell.
    pub(super) async fn put_notices(
        &self,
        operator: &Operator<'_>,
        tenants: &[TenantId],
        (kind, object): (NoticeKind, Uuid),
    ) -> Result<(), StoreError> {
        if operator.notices == Notices::None {
            return Ok(());
        }
        let ended = self.find::<tenant::Entity>().filter(tenant::Column::ErasingSince.is_not_null());
        let ended: Vec<Uuid> =
            ended.select_only().column(tenant::Column::Id).into_tuple().all(self.connection()).await?;
        let ended: BTreeSet<Uuid> = ended.into_iter().collect();
        let told: Vec<_> = tenants.iter().filter(|tenant| !ended.contains(&tenant.uuid())).collect();
        for some in told.chunks(AT_ONCE) {
            let (notices, work) = some.iter().map(|of| self.outbound(operator, **of, (kind, object))).unzip();
            self.put_all::<notice::Entity>(notices).await?;
            self.put_all::<job::Entity>(work).await?;
        }
        Ok(())
    }

    fn outbound(
        &self,
        operator: &Operator<'_>,
        of: TenantId,
        what: (NoticeKind, Uuid),
    ) -> (notice::ActiveModel, job::ActiveModel) {
        let id = NoticeId::new(self.now, operator.entropy());
        let row = notice::ActiveModel { tenant_id: Set(of.uuid()), ..crate::notice::row(id, what, self.now) };
        (row, operator.due(self, (of, id.uuid()), (JobKind::SendNotice, self.now)))
    }
}
