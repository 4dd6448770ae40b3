//! From a tenant's former wrapping key to its present one.

use domain::id::{SubjectId, TenantId, new_uuid};
use entity::{subject_key, tenant_key};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{Batch, Progress, Telling, come_back, former, unchanged};
use crate::backend::Bound;
use crate::error::StoreError;
use crate::failpoint;
use crate::time;
use crate::vault::envelope::{Place, SealKey};
use crate::vault::keyring::{TenantKeys, Vault, tenant_place};
use crate::vault::keystore::{FORMER, SEAL, WRAP, not_under, under_master};
use crate::vault::subject_keys::{self, KeyClass};

const TAMPERED: StoreError = StoreError::Tampered { table: "subject_key" };

/// What a tenant's rotation stands at.
enum Begun {
    /// The tenant has no keys.
    NoKeys,
    /// It was begun before.
    Before,
    /// By this call.
    Now,
}

impl Vault {
    pub(super) async fn rotate_tenant(
        &self,
        tenant: TenantId,
        (batch, now): (Batch, Timestamp),
        told: &mut Telling<'_>,
    ) -> Result<u64, StoreError> {
        match self.begin_rotation(tenant, now).await? {
            Begun::NoKeys => return Ok(0),
            Begun::Before => {}
            Begun::Now => told(Progress::Begun(tenant)),
        }
        self.forget_tenant_keys(tenant);
        let keys = self.tenant_keys(tenant).await?;
        let (mut all, mut round) = (0, 0);
        loop {
            let done = self.rewrap_own_keys(tenant, &keys, batch).await?
                + self.rewrap_subjects(tenant, (&keys, batch), told).await?;
            all += done;
            if self.left_of(tenant, &keys).await? == 0 {
                return Ok(all);
            }
            if done == 0 {
                come_back(&mut round).await?;
            }
        }
    }

    /// Makes the new wrapping key, from whose commit on nobody wraps under the former: one commit. What sealed the tenant's
    /// own secrets so far goes on to do so.
    async fn begin_rotation(&self, tenant: TenantId, now: Timestamp) -> Result<Begun, StoreError> {
        let tx = Bound::writing(self.database(), tenant).await?;
        let rows = tenant_key::Entity::find()
            .filter(tenant_key::Column::TenantId.eq(tenant.uuid()))
            .filter(under_master())
            .order_by_asc(tenant_key::Column::Class)
            .lock_exclusive()
            .all(tx.connection())
            .await?;
        let Some(present) = rows.iter().find(|row| row.class == WRAP) else { return Ok(Begun::NoKeys) };
        if rows.iter().any(|row| row.class.starts_with(FORMER)) {
            return Ok(Begun::Before);
        }
        let renamed = tenant_key::Entity::update_many()
            .col_expr(tenant_key::Column::Class, Expr::value(format!("{FORMER}{}", present.id)))
            .filter(tenant_key::Column::TenantId.eq(tenant.uuid()))
            .filter(tenant_key::Column::Class.eq(WRAP))
            .filter(tenant_key::Column::Id.eq(present.id));
        if renamed.exec(tx.connection()).await?.rows_affected != 1 {
            return Ok(Begun::Before);
        }
        let (id, bytes) = (new_uuid(now, self.entropy()), SealKey::random(self.entropy()));
        self.put_wrapped(&tx, (WRAP, id, time::to_row(now)), bytes.as_slice()).await?;
        if rows.iter().all(|row| row.class != SEAL) {
            let place = tenant_place(tenant, WRAP, present.id);
            let bytes = self.masters.unwrap(place, &present.wrapped).await?;
            self.put_wrapped(&tx, (SEAL, present.id, present.created_at), &bytes).await?;
        }
        failpoint::reach("rotation.begin_before_commit").await;
        tx.commit().await?;
        failpoint::reach("rotation.begun").await;
        Ok(Begun::Now)
    }

    async fn put_wrapped(
        &self,
        tx: &Bound,
        (class, id, created_at): (&str, Uuid, chrono::DateTime<chrono::Utc>),
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let tenant = tx.tenant();
        let row = tenant_key::ActiveModel {
            tenant_id: Set(tenant.uuid()),
            class: Set(class.to_owned()),
            id: Set(id),
            wrapped: Set(self.wrap_under_master(tenant_place(tenant, class, id), bytes).await?),
            created_at: Set(created_at),
        };
        tenant_key::Entity::insert(row).exec_without_returning(tx.connection()).await?;
        Ok(())
    }

    /// Keys of exports and tasks: one commit.
    async fn rewrap_own_keys(
        &self,
        tenant: TenantId,
        keys: &TenantKeys,
        batch: Batch,
    ) -> Result<u64, StoreError> {
        let present = keys.wrap().ok_or(StoreError::KeyGone)?;
        let tx = Bound::writing(self.database(), tenant).await?;
        let rows = tenant_key::Entity::find()
            .filter(tenant_key::Column::TenantId.eq(tenant.uuid()))
            .filter(under_master().not())
            .filter(not_under(present.id()))
            .order_by_asc(tenant_key::Column::Class)
            .limit(batch.limit())
            .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked)
            .all(tx.connection())
            .await?;
        let mut done = 0;
        for row in rows {
            let place = tenant_place(tenant, &row.class, row.id);
            let wrapped = self.rewrapped(keys, place, &row.wrapped)?;
            let change = tenant_key::Entity::update_many()
                .col_expr(tenant_key::Column::Wrapped, Expr::value(wrapped))
                .filter(tenant_key::Column::TenantId.eq(tenant.uuid()))
                .filter(tenant_key::Column::Class.eq(row.class))
                .filter(unchanged(&row.wrapped));
            done += change.exec(tx.connection()).await?.rows_affected;
        }
        tx.commit().await?;
        Ok(done)
    }

    /// Keys of persons, from the first to the last.
    async fn rewrap_subjects(
        &self,
        tenant: TenantId,
        (keys, batch): (&TenantKeys, Batch),
        told: &mut Telling<'_>,
    ) -> Result<u64, StoreError> {
        let (mut all, mut from) = (0, Uuid::nil());
        loop {
            let (done, last) = self.rewrap_batch(tenant, (keys, batch), from).await?;
            if done > 0 {
                told(Progress::Rewrapped(tenant, done));
            }
            all += done;
            match last {
                Some(last) if done > 0 => from = last,
                _ => return Ok(all),
            }
        }
    }

    /// So many keys of persons from one on: one commit. Rows that somebody destroys at this moment are passed over.
    async fn rewrap_batch(
        &self,
        tenant: TenantId,
        (keys, batch): (&TenantKeys, Batch),
        from: Uuid,
    ) -> Result<(u64, Option<Uuid>), StoreError> {
        let present = keys.wrap().ok_or(StoreError::KeyGone)?;
        let tx = Bound::writing(self.database(), tenant).await?;
        let rows = subject_key::Entity::find()
            .filter(subject_key::Column::TenantId.eq(tenant.uuid()))
            .filter(subject_key::Column::SubjectId.gte(from))
            .filter(not_under(present.id()))
            .order_by_asc(subject_key::Column::SubjectId)
            .order_by_asc(subject_key::Column::Id)
            .limit(batch.limit())
            .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked)
            .all(tx.connection())
            .await?;
        failpoint::reach("rotation.batch_read").await;
        let (mut done, last) = (0, rows.last().map(|row| row.subject_id));
        for row in rows {
            let class = KeyClass::from_code(&row.class).ok_or(TAMPERED)?;
            let place = subject_keys::place(tenant, SubjectId::from_uuid(row.subject_id), class, row.id);
            let wrapped = self.rewrapped(keys, place, &row.wrapped)?;
            let change = subject_key::Entity::update_many()
                .col_expr(subject_key::Column::Wrapped, Expr::value(wrapped))
                .filter(subject_key::Column::TenantId.eq(tenant.uuid()))
                .filter(subject_key::Column::SubjectId.eq(row.subject_id))
                .filter(subject_key::Column::Id.eq(row.id))
                .filter(subject_key::Column::Wrapped.eq(row.wrapped));
            done += change.exec(tx.connection()).await?.rows_affected;
        }
        failpoint::reach("rotation.batch_before_commit").await;
        tx.commit().await?;
        failpoint::reach("rotation.batch_committed").await;
        Ok((done, last))
    }

    /// The same key, wrapped under the tenant's present one.
    fn rewrapped(&self, keys: &TenantKeys, place: Place<'_>, wrapped: &[u8]) -> Result<Vec<u8>, StoreError> {
        let tampered = || StoreError::Tampered { table: place.table };
        let key = keys.wrapper_of(wrapped).ok_or_else(tampered)?.open(place, wrapped)?;
        keys.wrap().ok_or(StoreError::KeyGone)?.seal(place, &key, self.entropy())
    }

    /// How many keys lie under a former wrapping key of a tenant.
    async fn left_of(&self, tenant: TenantId, keys: &TenantKeys) -> Result<u64, StoreError> {
        let present = keys.wrap().ok_or(StoreError::KeyGone)?.id();
        let tx = Bound::reading(self.database(), tenant).await?;
        let left = left(&tx, present).await?;
        tx.close().await?;
        Ok(left)
    }

    /// Destroys a tenant's former wrapping keys where nothing lies under them: one commit. Says how many went, `None` where
    /// something does.
    pub(super) async fn drop_former(&self, tenant: TenantId) -> Result<Option<u64>, StoreError> {
        let tx = Bound::writing(self.database(), tenant).await?;
        let own = tenant_key::Column::TenantId.eq(tenant.uuid());
        let rows = tenant_key::Entity::find().filter(own.clone()).filter(under_master());
        let rows = rows.order_by_asc(tenant_key::Column::Class).lock_exclusive().all(tx.connection()).await?;
        let Some(present) = rows.iter().find(|row| row.class == WRAP) else { return Ok(Some(0)) };
        if left(&tx, present.id).await? > 0 {
            return Ok(None);
        }
        let gone = tenant_key::Entity::delete_many().filter(own).filter(former());
        let gone = gone.exec(tx.connection()).await?.rows_affected;
        failpoint::reach("rotation.finish_before_commit").await;
        tx.commit().await?;
        failpoint::reach("rotation.finished").await;
        self.forget_tenant_keys(tenant);
        Ok(Some(gone))
    }
}

/// How many keys of the bound tenant lie under another key of it than this one.
async fn left(tx: &Bound, present: Uuid) -> Result<u64, StoreError> {
    let tenant = tx.tenant().uuid();
    let of_persons = subject_key::Entity::find().filter(subject_key::Column::TenantId.eq(tenant));
    let own = tenant_key::Entity::find().filter(tenant_key::Column::TenantId.eq(tenant));
    let own = own.filter(under_master().not()).filter(not_under(present)).count(tx.connection()).await?;
    Ok(own + of_persons.filter(not_under(present)).count(tx.connection()).await?)
}
