//! From a former master key to the newest.

use domain::id::TenantId;
use entity::{audit_signing_key, platform_key, tenant_key};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{Progress, Telling, come_back, unchanged};
use crate::backend::Bound;
use crate::error::StoreError;
use crate::failpoint;
use crate::vault::envelope::Place;
use crate::vault::keyring::{Vault, tenant_place};
use crate::vault::keystore::{not_under, under_master};
use crate::vault::{platform_keys, signing_keys};

impl Vault {
    pub(super) async fn rewrap_under_master(&self, told: &mut Telling<'_>) -> Result<u64, StoreError> {
        let (mut all, mut round) = (0, 0);
        loop {
            // Asked for each time: a newer one may have come in the meantime.
            let newest = self.masters.newest().await?;
            let platform = self.rewrap_platform(newest).await?;
            if platform > 0 {
                told(Progress::PlatformKeys(platform));
            }
            let mut done = platform;
            let waiting = self.tenants_not_under(newest).await?;
            for tenant in &waiting {
                let keys = self.rewrap_tenant(*tenant, newest).await?;
                if keys > 0 {
                    told(Progress::TenantKeys(*tenant, keys));
                }
                done += keys;
            }
            all += done;
            if waiting.is_empty() && platform == 0 {
                return Ok(all);
            }
            if done == 0 {
                come_back(&mut round).await?;
            }
        }
    }

    /// The platform's own keys and those that sign: one commit.
    async fn rewrap_platform(&self, newest: Uuid) -> Result<u64, StoreError> {
        let tx = self.database().begin_writing().await?;
        let mut done = 0;
        for row in platform_key::Entity::find().filter(not_under(newest)).all(&tx).await? {
            let wrapped = self.moved(platform_keys::place(&row.class, row.id), &row.wrapped).await?;
            let change = platform_key::Entity::update_many()
                .col_expr(platform_key::Column::Wrapped, Expr::value(wrapped))
                .filter(platform_key::Column::Class.eq(row.class))
                .filter(unchanged(&row.wrapped));
            done += change.exec(&tx).await?.rows_affected;
        }
        for row in audit_signing_key::Entity::find().filter(not_under(newest)).all(&tx).await? {
            let wrapped = self.moved(signing_keys::place(row.number), &row.wrapped).await?;
            let change = audit_signing_key::Entity::update_many()
                .col_expr(audit_signing_key::Column::Wrapped, Expr::value(wrapped))
                .filter(audit_signing_key::Column::Number.eq(row.number))
                .filter(unchanged(&row.wrapped));
            done += change.exec(&tx).await?.rows_affected;
        }
        failpoint::reach("rotation.platform_before_commit").await;
        tx.commit().await?;
        failpoint::reach("rotation.platform_committed").await;
        Ok(done)
    }

    async fn tenants_not_under(&self, newest: Uuid) -> Result<Vec<TenantId>, StoreError> {
        self.tenants_having(Condition::all().add(under_master()).add(not_under(newest))).await
    }

    /// A tenant's keys: one commit. Rows that somebody changes at this moment are left for the next round.
    async fn rewrap_tenant(&self, tenant: TenantId, newest: Uuid) -> Result<u64, StoreError> {
        let tx = Bound::writing(self.database(), tenant).await?;
        let rows = tenant_key::Entity::find()
            .filter(tenant_key::Column::TenantId.eq(tenant.uuid()))
            .filter(under_master())
            .filter(not_under(newest))
            .order_by_asc(tenant_key::Column::Class)
            .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked)
            .all(tx.connection())
            .await?;
        let mut done = 0;
        for row in rows {
            let wrapped = self.moved(tenant_place(tenant, &row.class, row.id), &row.wrapped).await?;
            let change = tenant_key::Entity::update_many()
                .col_expr(tenant_key::Column::Wrapped, Expr::value(wrapped))
                .filter(tenant_key::Column::TenantId.eq(tenant.uuid()))
                .filter(tenant_key::Column::Class.eq(row.class))
                .filter(unchanged(&row.wrapped));
            done += change.exec(tx.connection()).await?.rows_affected;
        }
        failpoint::reach("rotation.master_before_commit").await;
        tx.commit().await?;
        failpoint::reach("rotation.master_committed").await;
        Ok(done)
    }

    /// The same key, wrapped under the newest master key.
    async fn moved(&self, place: Place<'_>, wrapped: &[u8]) -> Result<Vec<u8>, StoreError> {
        let key = self.masters.unwrap(place, wrapped).await?;
        self.wrap_under_master(place, &key).await
    }
}
