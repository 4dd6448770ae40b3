//! The end of tenants as the platform's staff see it: instants, counts and digests.

use domain::calendar::civil_date;
use domain::id::TenantId;
use entity::{
    agreement, erasure_confirmation, subprocessor, subprocessor_notice, tenant_closing, tenant_export,
    tenant_export_download,
};
use sea_orm::{ColumnTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::Operator;
use super::platform_tx::PlatformTx;
use super::tenant::OperatorTenant;
use crate::closing::{ClosingEvidence, StoredClosing, evidence};
use crate::error::StoreError;
use crate::subprocessor::terms::{self, Terms};
use crate::subprocessor::{TenantSubprocessor, with_notices};
use crate::tenant_export::{StoredTenantExport, with_downloads};

impl Operator<'_> {
    /// How the data of several tenants was erased, or is being; those whose erasure has not begun are left out.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_closings(&self, of: &[TenantId]) -> Result<Vec<(TenantId, StoredClosing)>, StoreError> {
        let tx = self.reading().await?;
        let of = tenant_closing::Column::TenantId.is_in(of.iter().map(|tenant| tenant.uuid()));
        let rows = tx.find::<tenant_closing::Entity>().filter(of).all(tx.connection()).await?;
        let closing = |row: tenant_closing::Model| {
            Ok((TenantId::from_uuid(row.tenant_id), StoredClosing::try_from(row)?))
        };
        rows.into_iter().map(closing).collect()
    }

    /// What is known of the end of a tenant; `None` for one that does not exist, and until its erasure has begun.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn find_closing_evidence(&self, of: TenantId) -> Result<Option<ClosingEvidence>, StoreError> {
        let tx = self.reading().await?;
        let own = tenant_closing::Column::TenantId.eq(of.uuid());
        let closing = tx.find::<tenant_closing::Entity>().filter(own).one(tx.connection()).await?;
        let (Some(closing), Some(tenant)) = (closing, tx.tenants(&[of]).await?.pop()) else {
            return Ok(None);
        };
        let own = erasure_confirmation::Column::TenantId.eq(of.uuid());
        let confirmed = tx.find::<erasure_confirmation::Entity>().filter(own).all(tx.connection()).await?;
        Ok(Some(ClosingEvidence {
            closing: closing.try_into()?,
            exports: tx.exports(of).await?,
            subprocessors: tx.subprocessors(&tenant).await?,
            confirmations: confirmed.iter().map(evidence::confirmation).collect(),
            tenant: tenant.stored,
        }))
    }
}

impl PlatformTx {
    async fn exports(&self, of: TenantId) -> Result<Vec<StoredTenantExport>, StoreError> {
        let own = tenant_export::Column::TenantId.eq(of.uuid());
        let rows = self.find::<tenant_export::Entity>().filter(own).order_by_asc(tenant_export::Column::Id);
        let rows = rows.all(self.connection()).await?;
        let own = tenant_export_download::Column::TenantId.eq(of.uuid());
        let uses = self.find::<tenant_export_download::Entity>().filter(own);
        let uses = uses.order_by_asc(tenant_export_download::Column::DownloadedAt);
        with_downloads(rows, &uses.all(self.connection()).await?)
    }

    async fn subprocessors(&self, of: &OperatorTenant) -> Result<Vec<TenantSubprocessor>, StoreError> {
        let own = of.stored.id.uuid();
        let rows = self.find::<subprocessor::Entity>().order_by_asc(subprocessor::Column::EffectiveOn);
        let rows = rows.order_by_asc(subprocessor::Column::Name).order_by_asc(subprocessor::Column::Id);
        let rows = rows.all(self.connection()).await?;
        let notices = self.find::<subprocessor_notice::Entity>();
        let notices = notices.filter(subprocessor_notice::Column::TenantId.eq(own));
        let notices = notices.all(self.connection()).await?;
        let agreements = self.find::<agreement::Entity>().filter(agreement::Column::TenantId.eq(own));
        let agreements = agreements.select_only().columns(terms::COLUMNS).into_tuple::<terms::Row>();
        let agreements = agreements.all(self.connection()).await?;
        let agreements = agreements.into_iter().map(Terms::try_from).collect::<Result<Vec<_>, _>>()?;
        let standing = terms::standing(&agreements, (of.status, civil_date(self.now)));
        with_notices(rows, notices, standing)
    }
}
