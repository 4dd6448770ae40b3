//! Rotation of the keys that wrap others: what lies under a former one is wrapped anew under the present one, in small
//! commits, beside gateways and workers that go on. No data is sealed anew. A rotation that was stopped anywhere is gone on
//! with by running it again; a former key of a tenant stays until [`Store::finish_rotations`] finds nothing under it.
//!
//! A wrapped key is only ever changed where its row still is as it was read: one that is destroyed meanwhile stays so.

mod ending;
mod of_master;
mod of_tenant;

use std::num::NonZeroU32;

use domain::id::TenantId;
use entity::tenant_key::{Column, Entity};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::keyring::Vault;
use super::keystore::{FORMER, WRAP};
use crate::door::Store;
use crate::error::StoreError;

pub use ending::Finished;

/// How many keys of persons are wrapped anew in one commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batch(NonZeroU32);

impl Batch {
    /// So many.
    #[must_use]
    pub const fn new(keys: NonZeroU32) -> Self {
        Self(keys)
    }

    fn limit(self) -> u64 {
        self.0.get().into()
    }
}

/// What a rotation has done; told after each commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Keys of the platform lie under the newest master key.
    PlatformKeys(u64),
    /// Keys of a tenant lie under the newest master key.
    TenantKeys(TenantId, u64),
    /// A tenant has a new wrapping key.
    Begun(TenantId),
    /// Keys of a tenant's persons, exports and tasks lie under its new wrapping key.
    Rewrapped(TenantId, u64),
}

/// Who is told of progress.
pub type Telling<'t> = dyn FnMut(Progress) + Send + 't;

/// How often rows that others hold are come back to, and the pause between.
const ROUNDS: u32 = 100;
const PAUSE: std::time::Duration = std::time::Duration::from_millis(100);

impl Store {
    /// Wraps everything that lies under a former master key under the newest; says how many keys. Without a former one it
    /// changes nothing.
    ///
    /// # Errors
    /// When the key store fails or a key does not open; what was done stays done.
    pub async fn rewrap_under_master(&self, told: &mut Telling<'_>) -> Result<u64, StoreError> {
        self.vault.rewrap_under_master(told).await
    }

    /// Gives a tenant a new wrapping key and moves all to it; where that was begun before, goes on with it. Says how many
    /// keys were moved. A tenant without keys has nothing to rotate.
    ///
    /// # Errors
    /// When the key store fails or a key does not open; what was done stays done.
    pub async fn rotate_tenant_key(
        &self,
        tenant: TenantId,
        batch: Batch,
        told: &mut Telling<'_>,
    ) -> Result<u64, StoreError> {
        self.vault.rotate_tenant(tenant, (batch, self.clock.now()), told).await
    }

    /// Every tenant that has keys.
    ///
    /// # Errors
    /// When the key store fails.
    pub async fn tenants_with_keys(&self) -> Result<Vec<TenantId>, StoreError> {
        self.vault.tenants_having(Condition::all().add(Column::Class.eq(WRAP))).await
    }

    /// Destroys the former wrapping keys of tenants, and says which master keys are not needed any more. What still has
    /// something under it stays; while anything lies under a former master key nothing is destroyed.
    ///
    /// # Errors
    /// When the key store fails.
    pub async fn finish_rotations(&self) -> Result<Finished, StoreError> {
        self.vault.finish_rotations().await
    }
}

impl Vault {
    /// Tenants with a key of which something is true.
    pub(super) async fn tenants_having(&self, condition: Condition) -> Result<Vec<TenantId>, StoreError> {
        let tx = self.database().begin_reading().await?;
        self.database().see_all_work(&tx).await?;
        let ids = Entity::find().select_only().column(Column::TenantId).filter(condition).distinct();
        let ids = ids.into_tuple::<Uuid>().all(&tx).await?;
        tx.commit().await?;
        Ok(ids.into_iter().map(TenantId::from_uuid).collect())
    }
}

/// Former wrapping keys.
pub(super) fn former() -> Condition {
    Condition::all().add(Column::Class.starts_with(FORMER))
}

/// A row whose wrapped bytes are still those that were read.
fn unchanged(wrapped: &[u8]) -> Expr {
    Expr::col(Column::Wrapped).eq(wrapped.to_vec())
}

/// Waits for those who hold rows; in the end they are not waited for any longer.
async fn come_back(round: &mut u32) -> Result<(), StoreError> {
    *round += 1;
    if *round > ROUNDS {
        return Err(StoreError::Database { code: "wrapped keys are held by others".to_owned() });
    }
    tokio::time::sleep(PAUSE).await;
    Ok(())
}
