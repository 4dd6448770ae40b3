//! Keys in use: unwrapped, cached for a short time, gone when destroyed.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::hmac;
use domain::clock::Entropy;
use domain::id::{SubjectId, TenantId, new_uuid};
use jiff::Timestamp;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::envelope::{Place, SealKey};
use super::keystore::{KeyStore, NewKey, Wrapped};
use super::master::{MasterKey, Use};
use crate::backend::Database;
use crate::error::StoreError;

/// Which of a person's two data keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyClass {
    /// For everything in ordinary use; destroyed by an erasure.
    Ordinary,
    /// For what the Bookkeeping Act or a hold keeps after an erasure.
    Statutory,
}

impl KeyClass {
    pub(crate) const ALL: [Self; 2] = [Self::Ordinary, Self::Statutory];

    const fn code(self) -> &'static str {
        match self {
            Self::Ordinary => "ORDINARY",
            Self::Statutory => "STATUTORY",
        }
    }
}

const WRAP: &str = "WRAP";
const INDEX: &str = "INDEX";

/// A tenant's own keys.
pub(crate) struct TenantKeys {
    wrap: SealKey,
    pub(crate) index: hmac::Key,
}

/// Keys of several persons; one whose key was destroyed is missing.
pub(crate) type SubjectKeys = HashMap<SubjectId, Arc<SealKey>>;

type CacheKey = (TenantId, SubjectId, KeyClass);

/// The vault: opens wrapped keys and keeps the open ones for a while.
pub(crate) struct Vault {
    store: KeyStore,
    wrapping: SealKey,
    tickets: SealKey,
    cursors: SealKey,
    entropy: Arc<dyn Entropy>,
    tenants: moka::sync::Cache<TenantId, Arc<TenantKeys>>,
    subjects: moka::sync::Cache<CacheKey, Arc<SealKey>>,
}

/// How many persons' keys are kept open at most: 64 MiB at about 320 bytes each.
const OPEN_KEYS: u64 = 200_000;

impl Vault {
    pub(crate) fn new(
        database: Database,
        master: &MasterKey,
        keep: Duration,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StoreError> {
        let derive = |for_use| {
            master.derive(for_use).ok_or_else(|| StoreError::Unfit("the master key gives no keys".into()))
        };
        Ok(Self {
            store: KeyStore::new(database),
            wrapping: derive(Use::WrapTenantKeys)?,
            tickets: derive(Use::Tickets)?,
            cursors: derive(Use::Cursors)?,
            entropy,
            tenants: moka::sync::Cache::builder().max_capacity(10_000).time_to_live(keep).build(),
            subjects: moka::sync::Cache::builder().max_capacity(OPEN_KEYS).time_to_live(keep).build(),
        })
    }

    pub(crate) const fn database(&self) -> &Database {
        self.store.database()
    }

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        self.entropy.as_ref()
    }

    pub(crate) const fn tickets(&self) -> &SealKey {
        &self.tickets
    }

    pub(crate) const fn cursors(&self) -> &SealKey {
        &self.cursors
    }

    /// Makes a tenant's keys, before its row is written. Those of an attempt that died in between are kept.
    pub(crate) async fn create_tenant_keys(
        &self,
        tenant: TenantId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut keys = Vec::new();
        for class in [WRAP, INDEX] {
            let id = new_uuid(now, self.entropy());
            let place = tenant_place(tenant, class, id);
            let bytes = SealKey::random(self.entropy());
            let sealed = self.wrapping.seal(place, bytes.as_slice(), self.entropy())?;
            keys.push(NewKey { class, wrapped: Wrapped { id, bytes: sealed }, created_at: now });
        }
        match self.store.put_tenant_keys(tenant, keys).await {
            Err(StoreError::Taken(_)) => Ok(()),
            done => done,
        }
    }

    pub(crate) async fn tenant_keys(&self, tenant: TenantId) -> Result<Arc<TenantKeys>, StoreError> {
        if let Some(keys) = self.tenants.get(&tenant) {
            return Ok(keys);
        }
        let wrapped = self.store.find_tenant_keys(tenant).await?;
        let unwrap = |class: &'static str| -> Result<(Uuid, Zeroizing<Vec<u8>>), StoreError> {
            let key = wrapped.get(class).ok_or(StoreError::KeyGone)?;
            Ok((key.id, self.wrapping.open(tenant_place(tenant, class, key.id), &key.bytes)?))
        };
        let (wrap_id, wrap) = unwrap(WRAP)?;
        let (_, index) = unwrap(INDEX)?;
        let wrap = SealKey::new(wrap_id, &wrap).ok_or(StoreError::Tampered { table: "tenant_key" })?;
        let keys = Arc::new(TenantKeys { wrap, index: hmac::Key::new(hmac::HMAC_SHA256, &index) });
        self.tenants.insert(tenant, Arc::clone(&keys));
        Ok(keys)
    }

    /// Makes a person's two keys and gives the ordinary one. Done before the person's row is written: a key without
    /// a row is harmless, a row without a key would be lost.
    pub(crate) async fn create_subject_keys(
        &self,
        tenant: TenantId,
        subject: SubjectId,
        now: Timestamp,
    ) -> Result<Arc<SealKey>, StoreError> {
        let tenant_keys = self.tenant_keys(tenant).await?;
        let mut rows = Vec::new();
        let mut ordinary = None;
        for class in KeyClass::ALL {
            let id = new_uuid(now, self.entropy());
            let bytes = SealKey::random(self.entropy());
            let place = subject_place(tenant, subject, class, id);
            let sealed = tenant_keys.wrap.seal(place, bytes.as_slice(), self.entropy())?;
            if class == KeyClass::Ordinary {
                ordinary = SealKey::new(id, bytes.as_slice()).map(Arc::new);
            }
            rows.push(NewKey {
                class: class.code(),
                wrapped: Wrapped { id, bytes: sealed },
                created_at: now,
            });
        }
        self.store.put_subject_keys(tenant, subject, rows).await?;
        let ordinary = ordinary.ok_or(StoreError::KeyGone)?;
        self.subjects.insert((tenant, subject, KeyClass::Ordinary), Arc::clone(&ordinary));
        Ok(ordinary)
    }

    /// The keys of several persons: those in the cache, and the missing ones in one statement.
    pub(crate) async fn subject_keys(
        &self,
        tenant: TenantId,
        subjects: &[SubjectId],
        class: KeyClass,
    ) -> Result<SubjectKeys, StoreError> {
        let mut keys = SubjectKeys::with_capacity(subjects.len());
        let mut missing = Vec::new();
        for subject in subjects {
            match self.subjects.get(&(tenant, *subject, class)) {
                Some(key) => drop(keys.insert(*subject, key)),
                None => missing.push(*subject),
            }
        }
        if missing.is_empty() {
            return Ok(keys);
        }
        let tenant_keys = self.tenant_keys(tenant).await?;
        for (subject, wrapped) in self.store.find_subject_keys(tenant, &missing, class.code()).await? {
            let place = subject_place(tenant, subject, class, wrapped.id);
            let bytes = tenant_keys.wrap.open(place, &wrapped.bytes)?;
            let key =
                SealKey::new(wrapped.id, &bytes).ok_or(StoreError::Tampered { table: "subject_key" })?;
            let key = Arc::new(key);
            self.subjects.insert((tenant, subject, class), Arc::clone(&key));
            keys.insert(subject, key);
        }
        Ok(keys)
    }

    /// Destroys a person's keys, in the store first and then in the cache.
    pub(crate) async fn shred_subject_keys(
        &self,
        tenant: TenantId,
        subject: SubjectId,
        classes: &[KeyClass],
    ) -> Result<(), StoreError> {
        let codes: Vec<_> = classes.iter().map(|class| class.code()).collect();
        self.store.shred_subject_keys(tenant, subject, &codes).await?;
        for class in classes {
            self.subjects.invalidate(&(tenant, subject, *class));
        }
        Ok(())
    }
}

const fn tenant_place(tenant: TenantId, class: &str, id: Uuid) -> Place<'_> {
    Place { tenant: tenant.uuid(), subject: Uuid::nil(), table: "tenant_key", column: class, row: id }
}

const fn subject_place(tenant: TenantId, subject: SubjectId, class: KeyClass, id: Uuid) -> Place<'static> {
    Place {
        tenant: tenant.uuid(),
        subject: subject.uuid(),
        table: "subject_key",
        column: class.code(),
        row: id,
    }
}
