//! The end of tenants as the platform's staff see it: instants, counts and digests.

use domain::calendar::civil_date;
use domain::id::{SubprocessorId, TenantId};
use entity::{
    agreement, closing_certificate, erasure_confirmation, subprocessor, subprocessor_notice, tenant,
    tenant_closing, tenant_export, tenant_export_download,
};
use jiff::civil::Date;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::Operator;
use super::platform_tx::PlatformTx;
use super::tenant::OperatorTenant;
use crate::audit::AuditEvent;
use crate::certificate::{StoredCertificate, closing_row, next_number};
use crate::closing::{ClosingEvidence, StoredClosing, evidence};
use crate::error::StoreError;
use crate::subprocessor::terms::{self, Terms};
use crate::subprocessor::{TenantSubprocessor, with_notices};
use crate::tenant_export::{StoredTenantExport, with_downloads};
use crate::time;

/// A sub-processor's word that it has erased a tenant's data.
#[derive(Debug, Clone)]
pub struct NewConfirmation {
    /// Whose data.
    pub tenant: TenantId,
    /// Who has erased it.
    pub subprocessor: SubprocessorId,
    /// The day that it names.
    pub confirmed_on: Date,
}

/// A confirmation being recorded. What is certified of the tenant waits for it.
pub struct Confirming<'o> {
    operator: &'o Operator<'o>,
    tx: PlatformTx,
    tenant: TenantId,
}

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

    /// What was certified last of the end of a tenant; `None` for one that does not exist, and until it has ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_closing_certificate(
        &self,
        of: TenantId,
    ) -> Result<Option<StoredCertificate>, StoreError> {
        Ok(self.reading().await?.last_certificate(of).await?.map(Into::into))
    }

    /// Records that a sub-processor has erased a tenant's data (Art. 28(3)(g)); `event` tells the tenant so.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when that was recorded before.
    pub async fn confirming(
        &self,
        new: NewConfirmation,
        event: &AuditEvent,
    ) -> Result<Confirming<'_>, StoreError> {
        let tx = self.writing().await?;
        // Whoever else adds to what is certified of the tenant waits, so that each certificate knows all before it.
        let row = tx.find::<tenant::Entity>().filter(tenant::Column::Id.eq(new.tenant.uuid()));
        row.lock_exclusive().one(tx.connection()).await?;
        tx.put::<erasure_confirmation::Entity>(erasure_confirmation::ActiveModel {
            tenant_id: Set(new.tenant.uuid()),
            subprocessor_id: Set(new.subprocessor.uuid()),
            confirmed_on: Set(time::date_to_row(new.confirmed_on)),
            recorded_at: Set(time::to_row(tx.now)),
            recorded_by: Set(event.by.id().to_owned()),
        })
        .await?;
        tx.tell(self, &[new.tenant], event).await?;
        Ok(Confirming { operator: self, tx, tenant: new.tenant })
    }
}

impl Confirming<'_> {
    /// What is known of the tenant's end, this word included; `None` until its erasure has begun.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn evidence(&self) -> Result<Option<ClosingEvidence>, StoreError> {
        self.tx.closing_evidence(self.tenant).await
    }

    /// Certifies the tenant's end anew, with an entry of its log that vouches for it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn certify(&self, statement: String, event: AuditEvent) -> Result<(), StoreError> {
        let event = event.vouching_for(&statement);
        let entries = self.tx.tell(self.operator, &[self.tenant], &event).await?;
        let number = next_number(self.tx.last_certificate(self.tenant).await?.as_ref());
        let rows = entries.into_iter().map(|entry| closing_certificate::ActiveModel {
            tenant_id: Set(self.tenant.uuid()),
            ..closing_row((number, entry), self.tx.now, statement.clone())
        });
        self.tx.put_all::<closing_certificate::Entity>(rows.collect()).await
    }

    /// Keeps what was recorded.
    ///
    /// # Errors
    /// When the database fails; nothing is recorded then.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await
    }
}

impl PlatformTx {
    async fn closing_evidence(&self, of: TenantId) -> Result<Option<ClosingEvidence>, StoreError> {
        let own = tenant_closing::Column::TenantId.eq(of.uuid());
        let closing = self.find::<tenant_closing::Entity>().filter(own).one(self.connection()).await?;
        let (Some(closing), Some(tenant)) = (closing, self.tenants(&[of]).await?.pop()) else {
            return Ok(None);
        };
        let own = erasure_confirmation::Column::TenantId.eq(of.uuid());
        let confirmed = self.find::<erasure_confirmation::Entity>().filter(own);
        let confirmed = confirmed.all(self.connection()).await?;
        Ok(Some(ClosingEvidence {
            closing: closing.try_into()?,
            exports: self.exports(of).await?,
            subprocessors: self.subprocessors(&tenant).await?,
            confirmations: confirmed.iter().map(evidence::confirmation).collect(),
            tenant: tenant.stored,
        }))
    }

    async fn last_certificate(&self, of: TenantId) -> Result<Option<closing_certificate::Model>, StoreError> {
        let rows = self.find::<closing_certificate::Entity>();
        let rows = rows.filter(closing_certificate::Column::TenantId.eq(of.uuid()));
        let newest = rows.order_by_desc(closing_certificate::Column::Number).limit(1);
        Ok(newest.one(self.connection()).await?)
    }

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
