//! The key store: rows of wrapped keys in a database of their own.

use std::collections::HashMap;

use domain::id::{SubjectId, TenantId};
use entity::{subject_key, tenant_key};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::backend::{Bound, Database, bulk};
use crate::error::StoreError;
use crate::time;

/// A key as it lies in the store.
pub(crate) struct Wrapped {
    pub id: Uuid,
    pub bytes: Vec<u8>,
}

/// A new key to be stored.
pub(crate) struct NewKey {
    pub class: &'static str,
    pub wrapped: Wrapped,
    pub created_at: jiff::Timestamp,
}

impl NewKey {
    fn row(self, tenant: TenantId, subject: SubjectId) -> subject_key::ActiveModel {
        subject_key::ActiveModel {
            tenant_id: Set(tenant.uuid()),
            subject_id: Set(subject.uuid()),
            class: Set(self.class.to_owned()),
            id: Set(self.wrapped.id),
            wrapped: Set(self.wrapped.bytes),
            created_at: Set(time::to_row(self.created_at)),
        }
    }
}

pub(crate) struct KeyStore {
    database: Database,
}

impl KeyStore {
    pub(crate) const fn new(database: Database) -> Self {
        Self { database }
    }

    pub(crate) const fn database(&self) -> &Database {
        &self.database
    }

    pub(crate) async fn find_tenant_keys(
        &self,
        tenant: TenantId,
        classes: [&str; 2],
    ) -> Result<HashMap<String, Wrapped>, StoreError> {
        let tx = Bound::reading(&self.database, tenant).await?;
        let rows = tenant_key::Entity::find()
            .filter(tenant_key::Column::TenantId.eq(tenant.uuid()))
            .filter(tenant_key::Column::Class.is_in(classes))
            .all(tx.connection())
            .await?;
        tx.close().await?;
        Ok(rows.into_iter().map(|row| (row.class, Wrapped { id: row.id, bytes: row.wrapped })).collect())
    }

    pub(crate) async fn put_tenant_keys(
        &self,
        tenant: TenantId,
        keys: Vec<NewKey>,
    ) -> Result<(), StoreError> {
        let tx = Bound::writing(&self.database, tenant).await?;
        let rows = keys.into_iter().map(|key| tenant_key::ActiveModel {
            tenant_id: Set(tenant.uuid()),
            class: Set(key.class.to_owned()),
            id: Set(key.wrapped.id),
            wrapped: Set(key.wrapped.bytes),
            created_at: Set(time::to_row(key.created_at)),
        });
        tenant_key::Entity::insert_many(rows).exec_without_returning(tx.connection()).await?;
        tx.commit().await
    }

    /// All keys of several persons, in one statement: person, class and key.
    pub(crate) async fn find_subject_keys(
        &self,
        tenant: TenantId,
        subjects: &[SubjectId],
    ) -> Result<Vec<(SubjectId, String, Wrapped)>, StoreError> {
        let tx = Bound::reading(&self.database, tenant).await?;
        let rows = subject_key::Entity::find()
            .filter(subject_key::Column::TenantId.eq(tenant.uuid()))
            .filter(subject_key::Column::SubjectId.is_in(subjects.iter().map(|subject| subject.uuid())))
            .all(tx.connection())
            .await?;
        tx.close().await?;
        let key = |row: subject_key::Model| {
            (SubjectId::from_uuid(row.subject_id), row.class, Wrapped { id: row.id, bytes: row.wrapped })
        };
        Ok(rows.into_iter().map(key).collect())
    }

    /// Keys of many persons in one transaction.
    pub(crate) async fn put_subject_keys(
        &self,
        tenant: TenantId,
        keys: Vec<(SubjectId, NewKey)>,
    ) -> Result<(), StoreError> {
        let tx = Bound::writing(&self.database, tenant).await?;
        let rows = keys.into_iter().map(|(subject, key)| key.row(tenant, subject)).collect();
        bulk::insert::<subject_key::Entity>(&tx, rows).await?;
        tx.commit().await
    }

    pub(crate) async fn put_subject_key(
        &self,
        tenant: TenantId,
        subject: SubjectId,
        key: NewKey,
    ) -> Result<(), StoreError> {
        let tx = Bound::writing(&self.database, tenant).await?;
        subject_key::Entity::insert(key.row(tenant, subject)).exec_without_returning(tx.connection()).await?;
        tx.commit().await
    }
}
