//! The keys that sign the heads of audit logs: the platform's own, one at a time. A former one stays, since what it signed
//! is still to be verified.

use entity::audit_signing_key::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait as _, QueryOrder as _};
use tlog::SigningKey;
use uuid::Uuid;

use super::envelope::{Place, SealKey};
use super::keyring::Vault;
use crate::error::StoreError;
use crate::time;

const TABLE: &str = "audit_signing_key";

impl Vault {
    /// All keys, the newest first; the first one is made where there is none.
    pub(crate) async fn signing_keys(&self, now: Timestamp) -> Result<Vec<SigningKey>, StoreError> {
        let mut rows = self.signing_key_rows().await?;
        if rows.is_empty() {
            self.put_signing_key(1, now).await?;
            rows = self.signing_key_rows().await?;
        }
        let mut keys = Vec::with_capacity(rows.len());
        for row in &rows {
            keys.push(self.unwrap_signing_key(row).await?);
        }
        Ok(keys)
    }

    /// The public halves of all keys, the newest first.
    pub(crate) async fn public_signing_keys(&self) -> Result<Vec<[u8; 32]>, StoreError> {
        let rows = self.signing_key_rows().await?;
        let public =
            |row: Model| row.public_key.try_into().map_err(|_| StoreError::Tampered { table: TABLE });
        rows.into_iter().map(public).collect()
    }

    /// Makes a new key, which signs from now on. A master key that does not open the present one would seal a key that no
    /// gateway opens.
    pub(crate) async fn rotate_signing_key(&self, now: Timestamp) -> Result<(), StoreError> {
        let rows = self.signing_key_rows().await?;
        let present = rows.first();
        if let Some(row) = present {
            self.unwrap_signing_key(row).await?;
        }
        self.put_signing_key(present.map_or(1, |row| row.number.saturating_add(1)), now).await
    }

    async fn signing_key_rows(&self) -> Result<Vec<Model>, StoreError> {
        let rows = Entity::find().order_by_desc(Column::Number).all(self.database().reads()).await?;
        Ok(rows)
    }

    /// Another process that makes the same one at the same moment is as good.
    async fn put_signing_key(&self, number: i32, now: Timestamp) -> Result<(), StoreError> {
        let seed = SealKey::random(self.entropy());
        let key = SigningKey::from_seed(&seed).map_err(|_| StoreError::Tampered { table: TABLE })?;
        let row = ActiveModel {
            number: Set(number),
            public_key: Set(key.public().to_vec()),
            wrapped: Set(self.wrap_under_master(place(number), seed.as_slice()).await?),
            created_at: Set(time::to_row(now)),
        };
        match Entity::insert(row)
            .exec_without_returning(self.database().platform())
            .await
            .map_err(StoreError::from)
        {
            Ok(_) | Err(StoreError::Taken(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn unwrap_signing_key(&self, row: &Model) -> Result<SigningKey, StoreError> {
        let tampered = || StoreError::Tampered { table: TABLE };
        let seed = self.masters.unwrap(place(row.number), &row.wrapped).await?;
        let seed = <&[u8; 32]>::try_from(seed.as_slice()).map_err(|_| tampered())?;
        let key = SigningKey::from_seed(seed).map_err(|_| tampered())?;
        (key.public().as_slice() == row.public_key).then_some(key).ok_or_else(tampered)
    }
}

pub(super) const fn place(number: i32) -> Place<'static> {
    let row = Uuid::from_u128(number.unsigned_abs() as u128);
    Place { tenant: Uuid::nil(), subject: Uuid::nil(), table: TABLE, column: "wrapped", row }
}
