//! Exports of all that a tenant has (Art. 28(3)(g)): asked for, made, handed out, destroyed. What is in one is sealed in
//! pieces under a key of the export's own.

mod attempt;
mod destruction;
mod download;
mod records;

use domain::actor::ActorId;
use domain::export::TenantExportStatus;
use domain::id::TenantExportId;
use entity::tenant_export::{ActiveModel, Column, Entity, Model};
use entity::tenant_export_download;
use jiff::Timestamp;
use sea_orm::sea_query::Order;
use sea_orm::{ActiveValue::Set, ColumnTrait as _};

use crate::error::StoreError;
use crate::job::JobKind;
use crate::scoped::Rows;
use crate::tenant_tx::{CarriesOutRights, TenantTx};
use crate::time;
use crate::vault::Place;

pub use attempt::{Attempt, CHUNK_BYTES, FinishedExport};
pub use download::{ExportFile, ExportUse, RedeemedExport};

const TABLE: &str = "tenant_export";

/// An export as stored, without what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTenantExport {
    /// The export.
    pub id: TenantExportId,
    /// Where it is in its life.
    pub status: TenantExportStatus,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// When it was made.
    pub ready_at: Option<Timestamp>,
    /// When it is destroyed, or was.
    pub expires_at: Option<Timestamp>,
    /// Its length, in bytes.
    pub byte_count: Option<u64>,
    /// SHA-256 of the file, in lower-case hexadecimal digits.
    pub sha256: Option<String>,
    /// When it was downloaded, oldest first.
    pub downloads: Vec<Timestamp>,
}

impl<S> TenantTx<S> {
    /// An export by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_tenant_export(
        &self,
        id: TenantExportId,
    ) -> Result<Option<StoredTenantExport>, StoreError> {
        let rows = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid()));
        Ok(self.read_exports(rows).await?.pop())
    }

    /// The newest export.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_newest_tenant_export(&self) -> Result<Option<StoredTenantExport>, StoreError> {
        let rows = self.bound.find::<Entity>().order_by(Column::Id, Order::Desc).limit(1);
        Ok(self.read_exports(rows).await?.pop())
    }

    /// All exports, oldest first; destroyed ones too.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_tenant_exports(&self) -> Result<Vec<StoredTenantExport>, StoreError> {
        self.read_exports(self.bound.find::<Entity>().order_by(Column::Id, Order::Asc)).await
    }

    async fn read_exports(&self, rows: Rows<Entity>) -> Result<Vec<StoredTenantExport>, StoreError> {
        let rows = rows.all(&self.bound).await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let of = tenant_export_download::Column::ExportId.is_in(rows.iter().map(|row| row.id));
        let uses = self.bound.find::<tenant_export_download::Entity>().filter(of);
        let uses = uses.order_by(tenant_export_download::Column::DownloadedAt, Order::Asc);
        let uses = uses.all(&self.bound).await?;
        with_downloads(rows, &uses)
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// Whether an export is being made. Two who ask at once wait for each other here, so that the second sees the first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn tenant_export_is_pending(&self) -> Result<bool, StoreError> {
        // Whoever is served has an agreement, so that there is a row to hold.
        self.lock_agreements().await?;
        let pending = Column::Status.eq(TenantExportStatus::Pending.code());
        Ok(self.bound.find::<Entity>().filter(pending).count(&self.bound).await? > 0)
    }

    /// Records that an export was asked for, and enqueues the work.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_tenant_export(&self, id: TenantExportId, by: &ActorId) -> Result<(), StoreError> {
        let row = ActiveModel {
            id: Set(id.uuid()),
            status: Set(TenantExportStatus::Pending.code().to_owned()),
            requested_by: Set(by.as_str().to_owned()),
            requested_at: Set(time::to_row(self.now)),
            ready_at: Set(None),
            expires_at: Set(None),
            byte_count: Set(None),
            sha256: Set(None),
            key_id: Set(None),
            last_error: Set(None),
            ..Default::default()
        };
        self.bound.put::<Entity>(row).await?;
        self.enqueue(JobKind::BuildTenantExport, id.uuid(), self.now).await
    }
}

impl TryFrom<Model> for StoredTenantExport {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let inconsistent = |column| StoreError::Inconsistent { table: TABLE, column };
        let bytes = row.byte_count.map(u64::try_from).transpose();
        Ok(Self {
            id: TenantExportId::from_uuid(row.id),
            status: TenantExportStatus::from_code(&row.status).ok_or(inconsistent("status"))?,
            requested_at: time::from_row(row.requested_at),
            ready_at: row.ready_at.map(time::from_row),
            expires_at: row.expires_at.map(time::from_row),
            byte_count: bytes.map_err(|_| inconsistent("byte_count"))?,
            sha256: row.sha256,
            downloads: Vec::new(),
        })
    }
}

/// Exports with the uses of their links, which are given oldest first.
pub(crate) fn with_downloads(
    rows: Vec<Model>,
    uses: &[tenant_export_download::Model],
) -> Result<Vec<StoredTenantExport>, StoreError> {
    let stored = |row: Model| {
        let own = uses.iter().filter(|used| used.export_id == row.id);
        let downloads = own.map(|used| time::from_row(used.downloaded_at)).collect();
        Ok(StoredTenantExport { downloads, ..StoredTenantExport::try_from(row)? })
    };
    rows.into_iter().map(stored).collect()
}

/// Where a piece of an export belongs; `number` is its number as text.
const fn chunk_place(tenant: domain::id::TenantId, export: TenantExportId, number: &str) -> Place<'_> {
    let (tenant, row) = (tenant.uuid(), export.uuid());
    Place { tenant, subject: uuid::Uuid::nil(), table: "tenant_export_chunk", column: number, row }
}
