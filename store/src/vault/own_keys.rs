//! Keys of the tenant's own for one use each: of an export, of a request's tasks. They lie beside the tenant's other keys,
//! under the one that wraps persons' keys, and are not kept in memory.

use domain::id::{TenantId, new_uuid};
use entity::tenant_key::{Column, Entity};
use jiff::Timestamp;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::envelope::SealKey;
use super::keyring::{TRIES, Vault, tenant_place};
use super::keystore::{NewKey, Wrapped};
use crate::backend::Bound;
use crate::error::StoreError;

const TAMPERED: StoreError = StoreError::Tampered { table: "tenant_key" };

impl Vault {
    /// Makes a key in the place of a former one, which is destroyed.
    pub(super) async fn create_own_key(
        &self,
        tenant: TenantId,
        class: &str,
        now: Timestamp,
    ) -> Result<SealKey, StoreError> {
        let id = new_uuid(now, self.entropy());
        let bytes = SealKey::random(self.entropy());
        for _ in 0..TRIES {
            let keys = self.tenant_keys(tenant).await?;
            let wrap = keys.wrap().ok_or(StoreError::KeyGone)?;
            let wrapped = wrap.seal(tenant_place(tenant, class, id), bytes.as_slice(), self.entropy())?;
            let new = NewKey { class, wrapped: Wrapped { id, bytes: wrapped }, created_at: now };
            if self.store.put_own_key(tenant, new).await? {
                return SealKey::new(id, bytes.as_slice()).ok_or(StoreError::KeyGone);
            }
            self.forget_tenant_keys(tenant);
        }
        Err(StoreError::KeyGone)
    }

    /// The key, as the key store has it at this moment.
    ///
    /// # Errors
    /// [`StoreError::KeyGone`] when it was destroyed.
    pub(super) async fn own_key(
        &self,
        tenant: TenantId,
        (class, id): (&str, Uuid),
    ) -> Result<SealKey, StoreError> {
        for _ in 0..TRIES {
            let tx = Bound::reading(self.database(), tenant).await?;
            let row = Entity::find().filter(Column::TenantId.eq(tenant.uuid())).filter(Column::Id.eq(id));
            let row = row.filter(Column::Class.eq(class)).one(tx.connection()).await?;
            tx.close().await?;
            let row = row.ok_or(StoreError::KeyGone)?;
            let keys = self.tenant_keys(tenant).await?;
            if let Some(wrapper) = keys.wrapper_of(&row.wrapped) {
                let bytes = wrapper.open(tenant_place(tenant, class, id), &row.wrapped)?;
                return SealKey::new(id, &bytes).ok_or(TAMPERED);
            }
            self.forget_tenant_keys(tenant);
        }
        Err(TAMPERED)
    }
}
