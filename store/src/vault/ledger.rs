//! The record of erasures. It lies with the keys, so that a restored backup of the data is older than it: what it names
//! is erased again before anything is served (threat T15). A person is named by a keyed digest that leads to nobody
//! once the identifier is gone.

use std::sync::atomic::Ordering;

use aws_lc_rs::hmac;
use domain::id::{SubjectId, TenantId};
use domain::subject::SubjectStatus;
use entity::{erasure, erasure_counter, subject_key};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};
use serde_json::json;
use uuid::Uuid;

use super::keyring::Vault;
use crate::backend::Bound;
use crate::closing::KeyFingerprint;
use crate::error::StoreError;
use crate::time;

/// An erasure as the record keeps it.
#[derive(Debug, Clone)]
pub(crate) struct LedgerEntry {
    /// Keyed digest of the person's identifier.
    pub subject: Vec<u8>,
    /// The person's status after it.
    pub status: SubjectStatus,
    /// When.
    pub erased_at: Timestamp,
}

/// An erasure whose data is gone and whose keys are to follow.
pub(crate) struct Destruction {
    /// Whose keys.
    pub subject: SubjectId,
    /// The keys that what stays was moved to.
    pub kept: Vec<Uuid>,
    /// The person's status from now on.
    pub status: SubjectStatus,
    /// When.
    pub at: Timestamp,
}

/// Keys that are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Destroyed {
    /// The number of the entry in the record.
    pub number: i64,
    /// Whether it happened now, or in an earlier try.
    pub when: When,
}

/// A key of a person that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DestroyedKey {
    /// What it was for, and a digest of its identifier.
    pub key: KeyFingerprint,
    /// When.
    pub at: Timestamp,
}

/// When keys were destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// By this call.
    Now,
    /// By an earlier one.
    Before,
}

impl Vault {
    /// The digest under which the record names a person.
    pub(crate) async fn ledger_digest(
        &self,
        tenant: TenantId,
        subject: SubjectId,
    ) -> Result<Vec<u8>, StoreError> {
        let keys = self.tenant_keys(tenant).await?;
        let mut context = hmac::Context::with_key(&keys.index);
        context.update(b"erasure\0");
        context.update(subject.uuid().as_bytes());
        Ok(context.sign().as_ref().to_vec())
    }

    /// Destroys all keys of a person but those that are kept, and enters the erasure in the record: one commit. Done a
    /// second time it changes nothing; `None` where a person in use has lost no key.
    pub(crate) async fn destroy_keys(
        &self,
        tenant: TenantId,
        destruction: &Destruction,
    ) -> Result<Option<Destroyed>, StoreError> {
        let digest = self.ledger_digest(tenant, destruction.subject).await?;
        let tx = Bound::writing(self.database(), tenant).await?;
        let going = Condition::all()
            .add(subject_key::Column::TenantId.eq(tenant.uuid()))
            .add(subject_key::Column::SubjectId.eq(destruction.subject.uuid()))
            .add(subject_key::Column::Id.is_not_in(destruction.kept.iter().copied()));
        let gone = subject_key::Entity::find().filter(going.clone()).all(tx.connection()).await?;
        let gone: Vec<_> = gone.into_iter().map(|key| KeyFingerprint::of(key.class, key.id)).collect();
        subject_key::Entity::delete_many().filter(going).exec(tx.connection()).await?;
        let status = destruction.status;
        let entered = last_entry(&tx, tenant, &digest).await?.filter(|entry| entry.status == status.code());
        let in_use = !matches!(status, SubjectStatus::PartiallyErased | SubjectStatus::Erased);
        if gone.is_empty() && (entered.is_some() || in_use) {
            return Ok(entered.map(|entry| Destroyed { number: entry.number, when: When::Before }));
        }
        let number = next_number(&tx, tenant).await?;
        let entry = erasure::ActiveModel {
            tenant_id: Set(tenant.uuid()),
            number: Set(number),
            subject: Set(digest),
            status: Set(status.code().to_owned()),
            erased_at: Set(time::to_row(destruction.at)),
            key_fingerprints: Set(Some(json!(gone))),
        };
        erasure::Entity::insert(entry).exec_without_returning(tx.connection()).await?;
        tx.commit().await?;
        self.destroyed.fetch_add(1, Ordering::SeqCst);
        self.forget(tenant, destruction.subject);
        Ok(Some(Destroyed { number, when: When::Now }))
    }

    /// The keys of a person that were destroyed at an instant or later, oldest first.
    pub(crate) async fn destroyed_since(
        &self,
        tenant: TenantId,
        subject: SubjectId,
        since: Timestamp,
    ) -> Result<Vec<DestroyedKey>, StoreError> {
        let digest = self.ledger_digest(tenant, subject).await?;
        let tx = Bound::reading(self.database(), tenant).await?;
        let rows = erasure::Entity::find()
            .filter(erasure::Column::TenantId.eq(tenant.uuid()))
            .filter(erasure::Column::Subject.eq(digest))
            .filter(erasure::Column::ErasedAt.gte(time::to_row(since)))
            .order_by_asc(erasure::Column::Number)
            .all(tx.connection())
            .await?;
        tx.close().await?;
        let keys = rows.into_iter().map(|row| {
            let inconsistent = |_| StoreError::Inconsistent { table: "erasure", column: "key_fingerprints" };
            let keys = row.key_fingerprints.map(serde_json::from_value::<Vec<KeyFingerprint>>).transpose();
            let at = time::from_row(row.erased_at);
            let keys = keys.map_err(inconsistent)?.unwrap_or_default();
            Ok::<_, StoreError>(keys.into_iter().map(move |key| DestroyedKey { key, at }))
        });
        Ok(keys.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// Every tenant with a record, and the number of its last entry.
    pub(crate) async fn ledger_ends(&self) -> Result<Vec<(TenantId, i64)>, StoreError> {
        let tx = self.database().begin_reading().await?;
        self.database().see_all_work(&tx).await?;
        let rows = erasure_counter::Entity::find().all(&tx).await?;
        tx.commit().await?;
        Ok(rows.into_iter().map(|row| (TenantId::from_uuid(row.tenant_id), row.last_number)).collect())
    }

    /// The entries behind a number, oldest first.
    pub(crate) async fn ledger_after(
        &self,
        tenant: TenantId,
        number: i64,
    ) -> Result<Vec<LedgerEntry>, StoreError> {
        let tx = Bound::reading(self.database(), tenant).await?;
        let rows = erasure::Entity::find()
            .filter(erasure::Column::TenantId.eq(tenant.uuid()))
            .filter(erasure::Column::Number.gt(number))
            .order_by_asc(erasure::Column::Number)
            .all(tx.connection())
            .await?;
        tx.close().await?;
        rows.into_iter().map(LedgerEntry::try_from).collect()
    }
}

async fn last_entry(
    tx: &Bound,
    tenant: TenantId,
    digest: &[u8],
) -> Result<Option<erasure::Model>, StoreError> {
    let entries = erasure::Entity::find()
        .filter(erasure::Column::TenantId.eq(tenant.uuid()))
        .filter(erasure::Column::Subject.eq(digest))
        .order_by_desc(erasure::Column::Number);
    Ok(entries.one(tx.connection()).await?)
}

/// The counter's row is locked until the commit, so that numbers are in the order of commits.
async fn next_number(tx: &Bound, tenant: TenantId) -> Result<i64, StoreError> {
    let first = erasure_counter::ActiveModel { tenant_id: Set(tenant.uuid()), last_number: Set(1) };
    let next = Expr::col((erasure_counter::Entity, erasure_counter::Column::LastNumber)).add(1);
    let one_more = OnConflict::column(erasure_counter::Column::TenantId)
        .value(erasure_counter::Column::LastNumber, next)
        .to_owned();
    let insert = erasure_counter::Entity::insert(first).on_conflict(one_more);
    Ok(insert.exec_with_returning(tx.connection()).await?.last_number)
}

impl TryFrom<erasure::Model> for LedgerEntry {
    type Error = StoreError;

    fn try_from(row: erasure::Model) -> Result<Self, StoreError> {
        let inconsistent = StoreError::Inconsistent { table: "erasure", column: "status" };
        Ok(Self {
            subject: row.subject,
            status: SubjectStatus::from_code(&row.status).ok_or(inconsistent)?,
            erased_at: time::from_row(row.erased_at),
        })
    }
}
