//! Idempotency keys of the operator (contract rule 9). Its inputs are about organisations, so that a plain digest will do.

use domain::id::new_uuid;
use entity::operator_idempotency::{ActiveModel, Column, Entity};
use jiff::ToSpan as _;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::Operator;
use super::platform_tx::PlatformTx;
use crate::error::StoreError;
use crate::idempotency::Replay;
use crate::time;

/// A key as the operator's caller sent it, with all that it must fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorKey {
    /// Who sent it; another actor's key is another key.
    pub actor: String,
    /// The mutation.
    pub operation: &'static str,
    /// The caller's key.
    pub key: String,
    /// Digest of the input in a canonical form.
    pub input_sha256: String,
}

impl OperatorKey {
    fn row(&self) -> Condition {
        Condition::all()
            .add(Column::Actor.eq(&self.actor))
            .add(Column::Operation.eq(self.operation))
            .add(Column::Key.eq(&self.key))
    }
}

impl Operator<'_> {
    /// What is known of the key; what is older than 24 hours is forgotten.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn replayed(&self, key: &OperatorKey) -> Result<Replay, StoreError> {
        let tx = self.reading().await?;
        let found = tx.find::<Entity>().filter(key.row()).one(tx.connection()).await?;
        let lives = time::to_row(tx.now - 24.hours());
        Ok(match found.filter(|row| row.created_at > lives) {
            None => Replay::New,
            Some(row) if row.input_sha256 == key.input_sha256 => Replay::Done(row.object_id),
            Some(_) => Replay::Mismatch,
        })
    }
}

impl PlatformTx {
    /// Remembers what the mutation made, in the mutation's own transaction.
    pub(super) async fn remember(&self, key: &OperatorKey, object: Uuid) -> Result<(), StoreError> {
        let expired = Column::CreatedAt.lte(time::to_row(self.now - 24.hours()));
        Entity::delete_many().filter(expired).exec(self.connection()).await?;
        let row = ActiveModel {
            actor: Set(key.actor.clone()),
            operation: Set(key.operation.to_owned()),
            key: Set(key.key.clone()),
            input_sha256: Set(key.input_sha256.clone()),
            object_id: Set(object),
            created_at: Set(time::to_row(self.now)),
        };
        self.put::<Entity>(row).await
    }

    /// A new identifier at this transaction's instant.
    pub(super) fn new_uuid(&self, operator: &Operator<'_>) -> Uuid {
        new_uuid(self.now, operator.entropy())
    }
}
