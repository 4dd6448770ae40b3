//! Keys of tasks for systems outside: one for each request that has any. What a system knows the person by is sealed under it,
//! since the task of an erasure must outlive the person's own keys. It is destroyed when the last task has ended, so that
//! neither the data nor a backup of it tells whom the tasks were about.

use std::sync::atomic::Ordering;

use domain::id::{RequestId, TenantId, new_uuid};
use entity::tenant_key::{ActiveModel, Column, Entity};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::envelope::{Place, SealKey};
use super::keyring::Vault;
use crate::backend::Bound;
use crate::error::StoreError;
use crate::time;

impl Vault {
    /// Makes the key for a request's tasks; that of a try before, which nothing is sealed under, is destroyed.
    pub(crate) async fn create_task_key(
        &self,
        tenant: TenantId,
        request: RequestId,
        now: Timestamp,
    ) -> Result<SealKey, StoreError> {
        let keys = self.tenant_keys(tenant).await?;
        let (class, id) = (class(request), new_uuid(now, self.entropy()));
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

    /// The key of a request's tasks, as the key store has it at this moment: it is not kept in memory.
    ///
    /// # Errors
    /// [`StoreError::KeyGone`] when it was destroyed.
    pub(crate) async fn task_key(
        &self,
        tenant: TenantId,
        (request, id): (RequestId, Uuid),
    ) -> Result<SealKey, StoreError> {
        let class = class(request);
        let tx = Bound::reading(self.database(), tenant).await?;
        let row = Entity::find().filter(Column::TenantId.eq(tenant.uuid())).filter(Column::Id.eq(id));
        let row = row.filter(Column::Class.eq(class.as_str())).one(tx.connection()).await?;
        tx.close().await?;
        let row = row.ok_or(StoreError::KeyGone)?;
        let keys = self.tenant_keys(tenant).await?;
        let bytes = keys.wrap.open(place(tenant, &class, id), &row.wrapped)?;
        SealKey::new(id, &bytes).ok_or(StoreError::Tampered { table: "tenant_key" })
    }

    /// Destroys the keys of these requests' tasks; says how many there still were.
    pub(crate) async fn destroy_task_keys(
        &self,
        tenant: TenantId,
        requests: &[RequestId],
    ) -> Result<u64, StoreError> {
        if requests.is_empty() {
            return Ok(0);
        }
        let tx = Bound::writing(self.database(), tenant).await?;
        let gone = Entity::delete_many().filter(Column::TenantId.eq(tenant.uuid()));
        let gone = gone.filter(Column::Class.is_in(requests.iter().map(|request| class(*request))));
        let gone = gone.exec(tx.connection()).await?.rows_affected;
        tx.commit().await?;
        if gone > 0 {
            self.destroyed.fetch_add(1, Ordering::SeqCst);
        }
        Ok(gone)
    }
}

fn class(request: RequestId) -> String {
    format!("TASK:{}", request.uuid())
}

const fn place(tenant: TenantId, class: &str, id: Uuid) -> Place<'_> {
    Place { tenant: tenant.uuid(), subject: Uuid::nil(), table: "tenant_key", column: class, row: id }
}
