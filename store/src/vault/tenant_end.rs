//! The end of a tenant's keys. The row that says so lies beside them, so that a restored backup of the data is not served.

use std::sync::atomic::Ordering;

use domain::id::TenantId;
use entity::{subject_key, tenant_end, tenant_key};
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::keyring::Vault;
use crate::backend::Bound;
use crate::closing::KeyFingerprint;
use crate::error::StoreError;
use crate::time;

impl Vault {
    /// What a tenant's own keys are for, with a digest of each one's identifier.
    pub(crate) async fn tenant_key_fingerprints(
        &self,
        tenant: TenantId,
    ) -> Result<Vec<KeyFingerprint>, StoreError> {
        let tx = Bound::reading(self.database(), tenant).await?;
        let rows = tenant_key::Entity::find()
            .filter(tenant_key::Column::TenantId.eq(tenant.uuid()))
            .order_by_asc(tenant_key::Column::Class)
            .all(tx.connection())
            .await?;
        tx.close().await?;
        Ok(rows.into_iter().map(|row| KeyFingerprint::of(row.class, row.id)).collect())
    }

    /// Destroys all keys of a tenant and of its persons: one commit. Done a second time it changes nothing. Gives when they
    /// were gone first.
    pub(crate) async fn destroy_tenant(
        &self,
        tenant: TenantId,
        at: Timestamp,
    ) -> Result<Timestamp, StoreError> {
        let tx = Bound::writing(self.database(), tenant).await?;
        // Held first, so that neither a rotation nor a new person leaves a key behind that this transaction does not see.
        let own = tenant_key::Column::TenantId.eq(tenant.uuid());
        let held = tenant_key::Entity::find().filter(own).order_by_asc(tenant_key::Column::Class);
        held.lock_exclusive().all(tx.connection()).await?;
        let of_persons = subject_key::Column::TenantId.eq(tenant.uuid());
        subject_key::Entity::delete_many().filter(of_persons).exec(tx.connection()).await?;
        let own = tenant_key::Column::TenantId.eq(tenant.uuid());
        tenant_key::Entity::delete_many().filter(own).exec(tx.connection()).await?;
        let row =
            tenant_end::ActiveModel { tenant_id: Set(tenant.uuid()), destroyed_at: Set(time::to_row(at)) };
        let once = OnConflict::column(tenant_end::Column::TenantId).do_nothing().to_owned();
        let end = tenant_end::Entity::insert(row).on_conflict(once);
        end.exec_without_returning(tx.connection()).await?;
        let own = tenant_end::Column::TenantId.eq(tenant.uuid());
        let end = tenant_end::Entity::find().filter(own).one(tx.connection()).await?;
        tx.commit().await?;
        self.destroyed.fetch_add(1, Ordering::SeqCst);
        self.forget_tenant(tenant);
        Ok(end.map_or(at, |end| time::from_row(end.destroyed_at)))
    }

    /// Every tenant whose keys are gone, and since when.
    pub(crate) async fn ended_tenants(&self) -> Result<Vec<(TenantId, Timestamp)>, StoreError> {
        let tx = self.database().begin_reading().await?;
        self.database().see_all_work(&tx).await?;
        let rows = tenant_end::Entity::find().all(&tx).await?;
        tx.commit().await?;
        let read =
            |row: tenant_end::Model| (TenantId::from_uuid(row.tenant_id), time::from_row(row.destroyed_at));
        Ok(rows.into_iter().map(read).collect())
    }
}
