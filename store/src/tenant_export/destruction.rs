//! The end of exports: their time is over, a newer one took the place, or data in them had to be erased.

use domain::export::TenantExportStatus;
use domain::id::TenantExportId;
use entity::tenant_export::{Column, Entity, Model};
use entity::tenant_export_chunk as chunk;
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ColumnTrait as _, Condition};
use uuid::Uuid;

use crate::audit::AuditEvent;
use crate::door::{OpenError, Store};
use crate::error::StoreError;
use crate::job::{JobKind, Lease};
use crate::tenant_tx::{Signing, TenantTx, Writes};
use crate::time;

/// Pieces that one statement removes.
const AT_ONCE: i32 = 64;

const LIVING: [TenantExportStatus; 2] = [TenantExportStatus::Pending, TenantExportStatus::Ready];

impl Store {
    /// Destroys the leased export, whose time is over, whether or not the tenant is served: its pieces, then its key, then
    /// the entry that says so. Done again it goes on where it stopped.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds the work by now.
    pub async fn expire_tenant_export(&self, lease: &Lease, event: AuditEvent) -> Result<(), OpenError> {
        let tx: TenantTx<Signing> = self.bind_leased(lease).await?;
        let of = tx.bound.find::<Entity>().filter(Column::Id.eq(lease.object)).locked();
        if let Some(row) = of.one(&tx.bound).await?
            && row.status == TenantExportStatus::Ready.code()
        {
            tx.end_export(&row).await?;
        }
        tx.bound.commit().await?;
        crate::failpoint::reach("tenant_export.chunks_removed").await;
        let tx: TenantTx<Signing> = self.bind_leased(lease).await?;
        tx.destroy_ended_export_keys().await?;
        crate::failpoint::reach("tenant_export.key_destroyed").await;
        tx.finish(lease).await?;
        Ok(tx.commit(event).await?)
    }
}

impl<S: Writes> TenantTx<S> {
    /// Ends every export that is ready and voids a try that is under way: what this transaction erases may be in them. The
    /// keys follow with [`TenantTx::destroy_ended_export_keys`].
    pub(crate) async fn void_tenant_exports(&self) -> Result<(), StoreError> {
        for row in self.lock_exports(&LIVING).await? {
            if row.status == TenantExportStatus::Ready.code() {
                self.end_export(&row).await?;
                self.enqueue(JobKind::ExpireTenantExport, row.id, self.now).await?;
            } else if row.key_id.is_some() {
                self.remove_chunks(TenantExportId::from_uuid(row.id)).await?;
                let none: Option<Uuid> = None;
                let change = self.bound.amend::<Entity>().filter(Column::Id.eq(row.id));
                change.set(Column::KeyId, Expr::value(none)).run(&self.bound).await?;
            }
        }
        Ok(())
    }

    /// Ends the exports that are ready, for a newer one.
    pub(super) async fn replace_ready_exports(&self) -> Result<(), StoreError> {
        for row in self.lock_exports(&[TenantExportStatus::Ready]).await? {
            self.end_export(&row).await?;
            self.enqueue(JobKind::ExpireTenantExport, row.id, self.now).await?;
        }
        Ok(())
    }

    /// Destroys the keys of all exports that have ended, and of tries that were voided.
    pub(crate) async fn destroy_ended_export_keys(&self) -> Result<(), StoreError> {
        let living = self.bound.find::<Entity>();
        let living = living.filter(Column::KeyId.is_not_null()).columns([Column::KeyId]);
        let kept: Vec<(Uuid,)> = living.tuples(&self.bound).await?;
        self.vault.destroy_export_keys(self.tenant(), kept.into_iter().map(|(key,)| key).collect()).await
    }

    /// Removes the pieces of an export, some at a time: a statement has seconds, and an export can have thousands.
    pub(super) async fn remove_chunks(&self, export: TenantExportId) -> Result<(), StoreError> {
        let mut first = 0;
        loop {
            let some = Condition::all()
                .add(chunk::Column::ExportId.eq(export.uuid()))
                .add(chunk::Column::Number.between(first, first + AT_ONCE - 1));
            if self.bound.remove::<chunk::Entity>().filter(some).run(&self.bound).await? == 0 {
                return Ok(());
            }
            first += AT_ONCE;
        }
    }

    async fn lock_exports(&self, statuses: &[TenantExportStatus]) -> Result<Vec<Model>, StoreError> {
        let living = Column::Status.is_in(statuses.iter().map(|status| status.code()));
        self.bound
            .find::<Entity>()
            .filter(living)
            .order_by(Column::Id, Order::Asc)
            .locked()
            .all(&self.bound)
            .await
    }

    async fn end_export(&self, row: &Model) -> Result<(), StoreError> {
        self.remove_chunks(TenantExportId::from_uuid(row.id)).await?;
        let none: Option<Uuid> = None;
        let now = time::to_row(self.now);
        let ended = row.expires_at.map_or(now, |planned| planned.min(now));
        let change = self.bound.amend::<Entity>().filter(Column::Id.eq(row.id));
        change
            .set(Column::Status, Expr::value(TenantExportStatus::Expired.code()))
            .set(Column::ExpiresAt, Expr::value(ended))
            .set(Column::KeyId, Expr::value(none))
            .run(&self.bound)
            .await?;
        Ok(())
    }
}
