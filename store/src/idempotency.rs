//! Idempotency keys: the same key and input within 24 hours give the same answer (contract rule 9).

use aws_lc_rs::hmac;
use domain::personal::Personal;
use entity::idempotency::{ActiveModel, Column, Entity};
use jiff::ToSpan as _;
use sea_orm::{ActiveValue::Set, ColumnTrait as _};
use uuid::Uuid;

use crate::error::StoreError;
use crate::tenant_tx::{TenantTx, Writes};
use crate::time;

/// A key as a caller sent it, with all that it must fit.
pub struct IdempotencyKey {
    /// Who sent it; another actor's key is another key.
    pub actor: String,
    /// The mutation.
    pub operation: &'static str,
    /// The caller's key.
    pub key: String,
    /// The input in a canonical form; only its keyed digest is stored.
    pub input: Personal<String>,
}

/// What is known of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replay {
    /// Nothing: carry the mutation out and remember it.
    New,
    /// It was carried out; this is the object that it made or changed.
    Done(Uuid),
    /// The key was used with another input.
    Mismatch,
}

impl<S: Writes> TenantTx<S> {
    /// What is known of the key; what is older than 24 hours is forgotten.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn replayed(&self, key: &IdempotencyKey) -> Result<Replay, StoreError> {
        let (key_digest, input_digest) = self.digests(key).await?;
        let expired = time::to_row(self.now - 24.hours());
        let stale = self.bound.remove::<Entity>().filter(Column::KeyDigest.eq(key_digest.clone()));
        stale.filter(Column::CreatedAt.lte(expired)).run(&self.bound).await?;
        let row =
            self.bound.find::<Entity>().filter(Column::KeyDigest.eq(key_digest)).one(&self.bound).await?;
        Ok(match row {
            None => Replay::New,
            Some(row) if row.input_digest == input_digest => Replay::Done(row.object_id),
            Some(_) => Replay::Mismatch,
        })
    }

    /// Remembers what the mutation made, in the mutation's own transaction.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the same key is being used at this very moment.
    pub async fn remember(&self, key: &IdempotencyKey, object: Uuid) -> Result<(), StoreError> {
        let (key_digest, input_digest) = self.digests(key).await?;
        let row = ActiveModel {
            key_digest: Set(key_digest),
            input_digest: Set(input_digest),
            object_id: Set(object),
            created_at: Set(time::to_row(self.now)),
            ..Default::default()
        };
        self.bound.put::<Entity>(row).await
    }

    /// Forgets every key that is older than 24 hours.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_old_keys(&self) -> Result<(), StoreError> {
        let expired = Column::CreatedAt.lte(time::to_row(self.now - 24.hours()));
        self.bound.remove::<Entity>().filter(expired).run(&self.bound).await?;
        Ok(())
    }

    /// Keyed digests: an input can hold personal data, whose plain digest could be guessed at.
    async fn digests(&self, key: &IdempotencyKey) -> Result<(Vec<u8>, Vec<u8>), StoreError> {
        let keys = self.vault.tenant_keys(self.tenant()).await?;
        let digest = |parts: &[&str]| {
            let mut context = hmac::Context::with_key(&keys.index);
            context.update(b"idempotency");
            for part in parts {
                context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
                context.update(part.as_bytes());
            }
            context.sign().as_ref().to_vec()
        };
        Ok((digest(&["key", &key.actor, key.operation, &key.key]), digest(&["input", key.input.reveal()])))
    }
}
