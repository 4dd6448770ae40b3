//! Making an export: a try has a key of its own, and its pieces are written while the tenant is read. A try that died
//! leaves pieces that the next one removes, and a key that is destroyed with them.

use std::time::Duration;

use domain::export::TenantExportStatus;
use domain::id::TenantExportId;
use entity::tenant_export::{Column, Entity};
use entity::tenant_export_chunk as chunk;
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};

use super::{TABLE, chunk_place};
use crate::backend::Bound;
use crate::door::Store;
use crate::error::StoreError;
use crate::job::{self, JobKind, Lease};
use crate::tenant_tx::{CarriesOutRights, TenantTx};
use crate::time;
use crate::vault::SealKey;

/// How much of an export is in each piece but the last, in bytes.
pub const CHUNK_BYTES: usize = 1024 * 1024;

/// A try at making an export.
pub struct Attempt {
    export: TenantExportId,
    key: SealKey,
    chunks: i32,
}

/// An export that is made.
#[derive(Debug, Clone)]
pub struct FinishedExport {
    /// Its length, in bytes.
    pub byte_count: u64,
    /// SHA-256 of the file, in lower-case hexadecimal digits.
    pub sha256: String,
    /// When it is destroyed.
    pub expires_at: Timestamp,
}

impl Attempt {
    /// The row of the export, while nobody else has begun it anew and no erasure has voided the try.
    fn own(&self) -> Condition {
        Condition::all()
            .add(Column::Id.eq(self.export.uuid()))
            .add(Column::KeyId.eq(self.key.id()))
            .add(Column::Status.eq(TenantExportStatus::Pending.code()))
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// Begins to make the leased export and commits: what was written before goes. `None` when it is no longer wanted.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn begin_attempt(self, lease: &Lease) -> Result<Option<Attempt>, StoreError> {
        let export = TenantExportId::from_uuid(lease.object);
        let pending = Condition::all()
            .add(Column::Id.eq(lease.object))
            .add(Column::Status.eq(TenantExportStatus::Pending.code()));
        if self.bound.find::<Entity>().filter(pending).locked().one(&self.bound).await?.is_none() {
            return Ok(None);
        }
        self.remove_chunks(export).await?;
        let key = self.vault.create_export_key(self.tenant(), export, self.now).await?;
        let row = self.bound.amend::<Entity>().filter(Column::Id.eq(export.uuid()));
        row.set(Column::KeyId, Expr::value(key.id())).run(&self.bound).await?;
        self.bound.commit().await?;
        Ok(Some(Attempt { export, key, chunks: 0 }))
    }

    /// Ends a try: the export can be downloaded, and the one before it is to be destroyed.
    ///
    /// # Errors
    /// [`StoreError::KeyGone`] when an erasure has voided the try; nothing may be committed then.
    pub async fn complete_tenant_export(
        &self,
        attempt: &Attempt,
        finished: FinishedExport,
    ) -> Result<(), StoreError> {
        let length = i64::try_from(finished.byte_count);
        let length = length.map_err(|_| StoreError::Inconsistent { table: TABLE, column: "byte_count" })?;
        self.replace_ready_exports().await?;
        let row = self.bound.amend::<Entity>().filter(attempt.own());
        let done = row
            .set(Column::Status, Expr::value(TenantExportStatus::Ready.code()))
            .set(Column::ReadyAt, Expr::value(time::to_row(self.now)))
            .set(Column::ExpiresAt, Expr::value(time::to_row(finished.expires_at)))
            .set(Column::ByteCount, Expr::value(length))
            .set(Column::Sha256, Expr::value(finished.sha256))
            .run(&self.bound)
            .await?;
        if done == 0 {
            return Err(StoreError::KeyGone);
        }
        self.enqueue(JobKind::ExpireTenantExport, attempt.export.uuid(), finished.expires_at).await
    }

    /// Gives an export up that could not be made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fail_tenant_export(&self, id: TenantExportId, reason: &str) -> Result<(), StoreError> {
        self.remove_chunks(id).await?;
        let pending = Column::Status.eq(TenantExportStatus::Pending.code());
        let row = self.bound.amend::<Entity>().filter(Column::Id.eq(id.uuid())).filter(pending);
        row.set(Column::Status, Expr::value(TenantExportStatus::Failed.code()))
            .set(Column::KeyId, Expr::value(Option::<uuid::Uuid>::None))
            .set(Column::LastError, Expr::value(reason))
            .run(&self.bound)
            .await?;
        self.enqueue(JobKind::ExpireTenantExport, id.uuid(), self.now).await
    }
}

impl Store {
    /// Writes the next piece of an export and keeps the lease for longer, in one commit.
    ///
    /// # Errors
    /// [`StoreError::KeyGone`] when an erasure has voided the try, [`StoreError::LeaseLost`] when another worker holds the
    /// work by now.
    pub async fn put_chunk(
        &self,
        lease: &Lease,
        attempt: &mut Attempt,
        (clear, lasts): (&[u8], Duration),
    ) -> Result<(), StoreError> {
        let bound = Bound::writing(&self.data, lease.tenant()).await?;
        let row = bound.find::<Entity>().filter(attempt.own()).locked().one(&bound).await?;
        row.ok_or(StoreError::KeyGone)?;
        let until = self.clock.now().checked_add(lasts).unwrap_or(Timestamp::MAX);
        job::prolong(&bound, lease, until).await?;
        let number = attempt.chunks.to_string();
        let place = chunk_place(lease.tenant(), attempt.export, &number);
        let row = chunk::ActiveModel {
            export_id: Set(attempt.export.uuid()),
            number: Set(attempt.chunks),
            content: Set(attempt.key.seal(place, clear, self.vault.entropy())?),
            ..Default::default()
        };
        bound.put::<chunk::Entity>(row).await?;
        bound.commit().await?;
        attempt.chunks = attempt.chunks.saturating_add(1);
        Ok(())
    }
}
