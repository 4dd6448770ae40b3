//! The secrets that sign messages to a system: one from now on, and beside it, for a while, those before it.

use domain::id::{SystemId, new_uuid};
use domain::system::FORMER_SECRET_SIGNS;
use entity::downstream_secret::{ActiveModel, Column, Entity};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::backend::Bound;
use crate::error::StoreError;
use crate::tenant_tx::{Processing, TenantTx};
use crate::time;
use crate::vault::{Place, Vault};

impl TenantTx<Processing> {
    pub(super) async fn put_secret(&self, system: SystemId, secret: &str) -> Result<(), StoreError> {
        let sealed = self.vault.seal_of_tenant(place(&self.bound, system.uuid()), secret.as_bytes()).await?;
        let row = ActiveModel {
            id: Set(new_uuid(self.now, self.entropy())),
            system_id: Set(system.uuid()),
            sealed: Set(sealed),
            created_at: Set(time::to_row(self.now)),
            signs_until: Set(None),
            ..Default::default()
        };
        self.bound.put::<Entity>(row).await
    }

    /// How many secrets sign messages to a system at this moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_secrets(&self, system: SystemId) -> Result<u64, StoreError> {
        let signing = self.bound.find::<Entity>().filter(Column::SystemId.eq(system.uuid()));
        signing.filter(signs(self.now)).count(&self.bound).await
    }

    /// Lets a new secret sign from now on. The former ones sign beside it for the rest of their time; those whose time is
    /// over go.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn rotate_secret(&self, system: SystemId, secret: &str) -> Result<(), StoreError> {
        let of = Column::SystemId.eq(system.uuid());
        let over = self.bound.remove::<Entity>().filter(of.clone());
        over.filter(Column::SignsUntil.lte(time::to_row(self.now))).run(&self.bound).await?;
        let until = time::to_row(self.now + FORMER_SECRET_SIGNS);
        let former = self.bound.amend::<Entity>().filter(of).filter(Column::SignsUntil.is_null());
        former.set(Column::SignsUntil, Expr::value(Some(until))).run(&self.bound).await?;
        self.put_secret(system, secret).await
    }

    pub(super) async fn remove_secrets(&self, system: SystemId) -> Result<(), StoreError> {
        let all = self.bound.remove::<Entity>().filter(Column::SystemId.eq(system.uuid()));
        all.run(&self.bound).await?;
        Ok(())
    }
}

/// The secrets that sign messages to a system at an instant, the newest first.
pub(crate) async fn signing(
    bound: &Bound,
    vault: &Vault,
    (system, now): (Uuid, Timestamp),
) -> Result<Vec<Zeroizing<String>>, StoreError> {
    let rows = bound.find::<Entity>().filter(Column::SystemId.eq(system)).filter(signs(now));
    let mut secrets = Vec::new();
    for row in rows.order_by(Column::Id, Order::Desc).all(bound).await? {
        secrets.push(vault.open_of_tenant(place(bound, system), &row.sealed).await?);
    }
    Ok(secrets)
}

fn signs(now: Timestamp) -> Condition {
    Condition::any().add(Column::SignsUntil.is_null()).add(Column::SignsUntil.gt(time::to_row(now)))
}

/// A secret belongs to its system, and opens in no other one's row.
fn place(bound: &Bound, system: Uuid) -> Place<'static> {
    let tenant = bound.tenant().uuid();
    Place { tenant, subject: Uuid::nil(), table: "downstream_secret", column: "sealed", row: system }
}
