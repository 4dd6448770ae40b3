//! Which keys lie under which: what a rotation has done, and what is left.

use std::collections::BTreeMap;

use domain::id::TenantId;
use entity::{audit_signing_key, platform_key, subject_key, tenant_key};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    Select,
};
use uuid::Uuid;

use super::keyring::Vault;
use super::keystore::{FORMER, WRAP, WRAPPER, under_master};
use super::master::UNNAMED;
use crate::backend::Bound;
use crate::door::Store;
use crate::error::StoreError;
use crate::time;

/// Whether a key is used to wrap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It wraps.
    Newest,
    /// It only unwraps.
    Former,
    /// It only unwraps, and what lies under it is from before wrapped keys named their master key.
    Unnamed,
    /// It is not there: what lies under it cannot be opened.
    Missing,
}

/// A master key and what lies under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MasterKeyUse {
    /// Its identifier; nil where it was not named.
    pub id: Uuid,
    /// Whether it wraps.
    pub standing: Standing,
    /// Since when it is, where that was written down.
    pub since: Option<Timestamp>,
    /// Keys of tenants that lie under it.
    pub tenant_keys: u64,
    /// Keys of the platform, those that sign among them.
    pub platform_keys: u64,
}

/// A wrapping key of a tenant and what lies under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrapperUse {
    /// Its identifier.
    pub id: Uuid,
    /// Whether it wraps.
    pub standing: Standing,
    /// When it was made.
    pub created_at: Timestamp,
    /// Keys of persons, exports and tasks that lie under it.
    pub keys: u64,
}

/// The wrapping keys of a tenant, the present one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantKeyUse {
    /// The tenant.
    pub tenant: TenantId,
    /// Its wrapping keys.
    pub wrappers: Vec<WrapperUse>,
}

/// Which keys lie under which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyCensus {
    /// Every master key that is given or that something lies under; the one that wraps comes last of those given.
    pub masters: Vec<MasterKeyUse>,
    /// Every tenant with keys.
    pub tenants: Vec<TenantKeyUse>,
}

impl Store {
    /// Counts the wrapped keys. Each tenant's are walked through once.
    ///
    /// # Errors
    /// When the key store or the keeper of the master key fails.
    pub async fn key_census(&self) -> Result<KeyCensus, StoreError> {
        let masters = self.vault.masters_census().await?;
        let mut tenants = Vec::new();
        for tenant in self.tenants_with_keys().await? {
            tenants.push(self.vault.tenant_census(tenant).await?);
        }
        tenants.sort_by_key(|of| of.tenant.uuid());
        Ok(KeyCensus { masters, tenants })
    }
}

/// How many keys lie under which.
type Counts = BTreeMap<Uuid, u64>;

impl Vault {
    async fn masters_census(&self) -> Result<Vec<MasterKeyUse>, StoreError> {
        let of_tenants = self.wrappers_of_tenants().await?;
        let of_platform = self.own_wrappers().await?;
        let known = self.masters.all().await?;
        let newest = known.last().map(|key| key.id);
        let count = |counts: &Counts, id: &Uuid| counts.get(id).copied().unwrap_or_default();
        let using = |id: Uuid, standing, since| MasterKeyUse {
            id,
            standing,
            since,
            tenant_keys: count(&of_tenants, &id),
            platform_keys: count(&of_platform, &id),
        };
        let mut masters = Vec::new();
        for key in &known {
            let standing = if Some(key.id) == newest { Standing::Newest } else { Standing::Former };
            masters.push(using(key.id, standing, key.since));
        }
        let unnamed = UNNAMED.map(|(id, _)| id);
        for id in of_tenants.keys().chain(of_platform.keys()) {
            if !unnamed.contains(id) && masters.iter().all(|master| master.id != *id) {
                masters.insert(0, using(*id, Standing::Missing, None));
            }
        }
        let sum = |counts: &Counts| unnamed.iter().map(|id| count(counts, id)).sum();
        let (tenant_keys, platform_keys) = (sum(&of_tenants), sum(&of_platform));
        if tenant_keys + platform_keys > 0 {
            let (id, standing, since) = (Uuid::nil(), Standing::Unnamed, None);
            masters.insert(0, MasterKeyUse { id, standing, since, tenant_keys, platform_keys });
        }
        Ok(masters)
    }

    /// Everything that lies under a master key.
    pub(super) async fn wrappers_of_platform(&self) -> Result<Counts, StoreError> {
        let mut all = self.wrappers_of_tenants().await?;
        for (id, keys) in self.own_wrappers().await? {
            *all.entry(id).or_default() += keys;
        }
        Ok(all)
    }

    async fn wrappers_of_tenants(&self) -> Result<Counts, StoreError> {
        let tx = self.database().begin_reading().await?;
        self.database().see_all_work(&tx).await?;
        let counts = counts(tenant_key::Entity::find().filter(under_master()), &tx).await?;
        tx.commit().await?;
        Ok(counts)
    }

    async fn own_wrappers(&self) -> Result<Counts, StoreError> {
        let mut all = counts(platform_key::Entity::find(), self.database().reads()).await?;
        for (id, keys) in counts(audit_signing_key::Entity::find(), self.database().reads()).await? {
            *all.entry(id).or_default() += keys;
        }
        Ok(all)
    }

    async fn tenant_census(&self, tenant: TenantId) -> Result<TenantKeyUse, StoreError> {
        let tx = Bound::reading(self.database(), tenant).await?;
        let own = tenant_key::Entity::find().filter(tenant_key::Column::TenantId.eq(tenant.uuid()));
        let of_persons = subject_key::Entity::find().filter(subject_key::Column::TenantId.eq(tenant.uuid()));
        let mut under = counts(of_persons, tx.connection()).await?;
        for (id, keys) in counts(own.clone().filter(under_master().not()), tx.connection()).await? {
            *under.entry(id).or_default() += keys;
        }
        let rows = own.filter(under_master()).order_by_asc(tenant_key::Column::Class);
        let rows = rows.all(tx.connection()).await?;
        tx.close().await?;
        let wraps = rows.into_iter().filter(|row| row.class == WRAP || row.class.starts_with(FORMER));
        let wrappers = wraps.map(|row| WrapperUse {
            id: row.id,
            standing: if row.class == WRAP { Standing::Newest } else { Standing::Former },
            created_at: time::from_row(row.created_at),
            keys: under.get(&row.id).copied().unwrap_or_default(),
        });
        Ok(TenantKeyUse { tenant, wrappers: wrappers.collect() })
    }
}

async fn counts<E: EntityTrait, C: ConnectionTrait>(
    rows: Select<E>,
    connection: &C,
) -> Result<Counts, StoreError> {
    let counted = rows.select_only().expr(Expr::cust(WRAPPER)).expr(Expr::cust("count(*)"));
    let counted =
        counted.group_by(Expr::cust(WRAPPER)).into_tuple::<(Vec<u8>, i64)>().all(connection).await?;
    let read = |(id, keys): (Vec<u8>, i64)| {
        (Uuid::from_slice(&id).unwrap_or_default(), u64::try_from(keys).unwrap_or_default())
    };
    Ok(counted.into_iter().map(read).collect())
}
