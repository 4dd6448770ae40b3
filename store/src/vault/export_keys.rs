//! Keys of tenants' exports: one for each try at making one. It lies with the tenant's own keys, so that an export dies
//! everywhere, in backups too, when its key is destroyed.

use domain::id::{TenantExportId, TenantId};
use entity::tenant_key::{Column, Entity};
use jiff::Timestamp;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::envelope::SealKey;
use super::keyring::Vault;
use crate::backend::Bound;
use crate::error::StoreError;

const PREFIX: &str = "EXPORT:";

impl Vault {
    /// Makes the key for a try at making an export; that of the try before is destroyed.
    pub(crate) async fn create_export_key(
        &self,
        tenant: TenantId,
        export: TenantExportId,
        now: Timestamp,
    ) -> Result<SealKey, StoreError> {
        self.create_own_key(tenant, &class(export), now).await
    }

    /// The key of an export, as the key store has it at this moment: it is not kept in memory.
    ///
    /// # Errors
    /// [`StoreError::KeyGone`] when it was destroyed.
    pub(crate) async fn export_key(
        &self,
        tenant: TenantId,
        (export, id): (TenantExportId, Uuid),
    ) -> Result<SealKey, StoreError> {
        self.own_key(tenant, (&class(export), id)).await
    }

    /// Destroys the keys of all the tenant's exports but those that are kept. Done a second time it changes nothing.
    pub(crate) async fn destroy_export_keys(
        &self,
        tenant: TenantId,
        kept: Vec<Uuid>,
    ) -> Result<(), StoreError> {
        let tx = Bound::writing(self.database(), tenant).await?;
        let gone = Entity::delete_many().filter(Column::TenantId.eq(tenant.uuid()));
        let gone = gone.filter(Column::Class.starts_with(PREFIX)).filter(Column::Id.is_not_in(kept));
        gone.exec(tx.connection()).await?;
        tx.commit().await
    }
}

fn class(export: TenantExportId) -> String {
    format!("{PREFIX}{}", export.uuid())
}
