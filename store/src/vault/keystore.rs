//! The key store: rows of wrapped keys in a database of their own.

use domain::id::{SubjectId, TenantId};
use entity::{subject_key, tenant_key};
use sea_orm::sea_query::{Expr, ExprTrait as _, LockType, Query, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait as _, EntityTrait as _, QueryFilter as _,
};
use uuid::Uuid;

use crate::backend::{Bound, Database, bulk};
use crate::error::StoreError;
use crate::time;
use crate::vault::envelope::SealKey;

/// A key as it lies in the store.
pub(crate) struct Wrapped {
    pub id: Uuid,
    pub bytes: Vec<u8>,
}

/// A new key to be stored.
pub(crate) struct NewKey<C> {
    pub class: C,
    pub wrapped: Wrapped,
    pub created_at: jiff::Timestamp,
}

impl NewKey<&'static str> {
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

    /// The tenant's keys that lie under a master key: class and key.
    pub(crate) async fn find_tenant_keys(
        &self,
        tenant: TenantId,
    ) -> Result<Vec<(String, Wrapped)>, StoreError> {
        let tx = Bound::reading(&self.database, tenant).await?;
        let rows = tenant_key::Entity::find()
            .filter(tenant_key::Column::TenantId.eq(tenant.uuid()))
            .filter(under_master())
            .all(tx.connection())
            .await?;
        tx.close().await?;
        Ok(rows.into_iter().map(|row| (row.class, Wrapped { id: row.id, bytes: row.wrapped })).collect())
    }

    pub(crate) async fn put_tenant_keys(
        &self,
        tenant: TenantId,
        keys: Vec<NewKey<&'static str>>,
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

    /// Keys of many persons in one transaction, all wrapped under one key; `false` when that is not the tenant's present key
    /// any more.
    pub(crate) async fn put_subject_keys(
        &self,
        tenant: TenantId,
        keys: Vec<(SubjectId, NewKey<&'static str>)>,
    ) -> Result<bool, StoreError> {
        let Some((_, first)) = keys.first() else { return Ok(true) };
        let present = under_present_key(tenant, &first.wrapped, [Expr::value(1)]);
        let tx = Bound::writing(&self.database, tenant).await?;
        if tx.connection().query_one(&present).await?.is_none() {
            return Ok(false);
        }
        let rows = keys.into_iter().map(|(subject, key)| key.row(tenant, subject)).collect();
        bulk::insert::<subject_key::Entity>(&tx, rows).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Puts a person's key; `false` when what it is wrapped under is not the tenant's present key any more.
    pub(crate) async fn put_subject_key(
        &self,
        tenant: TenantId,
        subject: SubjectId,
        key: NewKey<&'static str>,
    ) -> Result<bool, StoreError> {
        let tx = Bound::writing(&self.database, tenant).await?;
        let columns = [
            subject_key::Column::TenantId,
            subject_key::Column::SubjectId,
            subject_key::Column::Class,
            subject_key::Column::Id,
            subject_key::Column::Wrapped,
            subject_key::Column::CreatedAt,
        ];
        let values = [
            Expr::value(tenant.uuid()),
            Expr::value(subject.uuid()),
            Expr::value(key.class),
            Expr::value(key.wrapped.id),
            Expr::value(key.wrapped.bytes.clone()),
            Expr::value(time::to_row(key.created_at)),
        ];
        let mut insert = Query::insert();
        insert.into_table(subject_key::Entity).columns(columns);
        insert.select_from(under_present_key(tenant, &key.wrapped, values)).map_err(|_| unspeakable())?;
        let put = tx.connection().execute(&insert).await?.rows_affected() == 1;
        tx.commit().await?;
        Ok(put)
    }

    /// Puts a key of the tenant's own, for one use, in the place of a former one; `false` as above.
    pub(crate) async fn put_own_key(&self, tenant: TenantId, key: NewKey<&str>) -> Result<bool, StoreError> {
        let tx = Bound::writing(&self.database, tenant).await?;
        let former = tenant_key::Entity::delete_many().filter(tenant_key::Column::TenantId.eq(tenant.uuid()));
        former.filter(tenant_key::Column::Class.eq(key.class)).exec(tx.connection()).await?;
        let columns = [
            tenant_key::Column::TenantId,
            tenant_key::Column::Class,
            tenant_key::Column::Id,
            tenant_key::Column::Wrapped,
            tenant_key::Column::CreatedAt,
        ];
        let values = [
            Expr::value(tenant.uuid()),
            Expr::value(key.class),
            Expr::value(key.wrapped.id),
            Expr::value(key.wrapped.bytes.clone()),
            Expr::value(time::to_row(key.created_at)),
        ];
        let mut insert = Query::insert();
        insert.into_table(tenant_key::Entity).columns(columns);
        insert.select_from(under_present_key(tenant, &key.wrapped, values)).map_err(|_| unspeakable())?;
        if tx.connection().execute(&insert).await?.rows_affected() == 1 {
            tx.commit().await?;
            return Ok(true);
        }
        Ok(false)
    }
}

/// Classes of the tenant's keys: what wraps those of persons, what sealed the tenant's own secrets, what indexes.
pub(super) const WRAP: &str = "WRAP";
pub(super) const SEAL: &str = "SEAL";
pub(super) const INDEX: &str = "INDEX";
/// A former `WRAP`, with its identifier behind it, so that a tenant can have several.
pub(super) const FORMER: &str = "WRAP:";

/// The identifier of the key that a key is wrapped under, as a wrapped key names it. Both databases understand it.
pub(super) const WRAPPER: &str = "substr(wrapped, 2, 16)";

/// The keys of a tenant that lie under a master key; those of exports and tasks lie under the tenant's.
pub(super) fn under_master() -> Condition {
    Condition::any()
        .add(tenant_key::Column::Class.is_in([WRAP, SEAL, INDEX]))
        .add(tenant_key::Column::Class.starts_with(FORMER))
}

/// Keys that are wrapped under another key than this one.
pub(super) fn not_under(id: Uuid) -> Expr {
    Expr::cust(WRAPPER).ne(id.as_bytes().to_vec())
}

/// A row of values that is there while the key that they were wrapped under is the tenant's present one. The share of its
/// row has a rotation wait, so that nothing comes to lie under a former key.
fn under_present_key<const N: usize>(
    tenant: TenantId,
    wrapped: &Wrapped,
    values: [Expr; N],
) -> SelectStatement {
    let present = SealKey::id_of(&wrapped.bytes).unwrap_or_default();
    let mut select = Query::select();
    select.exprs(values).from(tenant_key::Entity);
    select.and_where(tenant_key::Column::TenantId.eq(tenant.uuid()));
    select.and_where(tenant_key::Column::Class.eq(WRAP));
    select.and_where(tenant_key::Column::Id.eq(present));
    select.lock(LockType::KeyShare);
    select
}

fn unspeakable() -> StoreError {
    StoreError::Database { code: "statement".to_owned() }
}
