//! Keys of tasks for systems outside: one for each request that has any. What a system knows the person by is sealed under it,
//! since the task of an erasure must outlive the person's own keys. It is destroyed when the last task has ended, so that
//! neither the data nor a backup of it tells whom the tasks were about.

use std::sync::atomic::Ordering;

use domain::id::{RequestId, TenantId};
use entity::tenant_key::{Column, Entity};
use jiff::Timestamp;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::envelope::SealKey;
use super::keyring::Vault;
use crate::backend::Bound;
use crate::error::StoreError;

impl Vault {
    /// Makes the key for a request's tasks; that of a try before, which nothing is sealed under, is destroyed.
    pub(crate) async fn create_task_key(
        &self,
        tenant: TenantId,
        request: RequestId,
        now: Timestamp,
    ) -> Result<SealKey, StoreError> {
        self.create_own_key(tenant, &class(request), now).await
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
        self.own_key(tenant, (&class(request), id)).await
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
