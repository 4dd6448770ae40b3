//! Keys of tenants' exports: one for each try at making one. It lies with the tenant's own keys, so that an export dies
//! everywhere, in backups too, when its key is destroyed.

use domain::id::{TenantExportId, TenantId, new_uuid};
use entity::tenant_key::{ActiveModel, Column, Entity};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::envelope::{Place, SealKey};
use super::keyring::Vault;
use crate::backend::Bound;
use crate::error::StoreError;
use crate::time;

const PREFIX: &str = "EXPORT:";

impl Vault {
    /// Makes the key for a try at making an export; that of the try before is destroyed.
    pub(crate) async fn create_export_key(
        &self,
        tenant: TenantId,
        export: TenantExportId,
        now: Timestamp,
    ) -> Result<SealKey, StoreError> {
        let keys = self.tenant_keys(tenant).await?;
        let (class, id) = (class(export), new_uuid(now, self.entropy()));
        let bytes = SealKey::random(self.entropy());
        let wrapped = keys.wrap.seal(place(tenant, &class, id), bytes.as_slice(), self.entropy())?;
        let key = SealKey::new(id, bytes.as_slice()).ok_or(StoreError::KeyGone)?;
        let tx = Bound::writing(self.database(), tenant).await?;
        let former = Entity::delete_many().filter(Column::TenantId.eq(tenant.uuid()));
        former.filter(Column::Class.eq(class.as_str())).exec(tx.connection()).await?;
        let row = ActiveModel {
            tenant_id: Set(tenant.uuid()),
            class: Set(class),
            id: Set(id),
            wrapped: Set(wrapped),
            created_at: Set(time::to_row(now)),
        };
        Entity::insert(row).exec_without_returning(tx.connection()).await?;
        tx.commit().await?;
        Ok(key)
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
        let class = class(export);
        let tx = Bound::reading(self.database(), tenant).await?;
        let row = Entity::find().filter(Column::TenantId.eq(tenant.uuid())).filter(Column::Id.eq(id));
        let row = row.filter(Column::Class.eq(class.as_str())).one(tx.connection()).await?;
        tx.close().await?;
        let row = row.ok_or(StoreError::KeyGone)?;
        let keys = self.tenant_keys(tenant).await?;
        let bytes = keys.wrap.open(place(tenant, &class, id), &row.wrapped)?;
        SealKey::new(id, &bytes).ok_or(StoreError::Tampered { table: "tenant_key" })
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

const fn place(tenant: TenantId, class: &str, id: Uuid) -> Place<'_> {
    Place { tenant: tenant.uuid(), subject: Uuid::nil(), table: "tenant_key", column: class, row: id }
}
