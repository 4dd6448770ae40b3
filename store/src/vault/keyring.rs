//! Keys in use: unwrapped, cached for a short time, gone when destroyed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use aws_lc_rs::hmac;
use domain::clock::Entropy;
use domain::id::{SubjectId, TenantId, new_uuid};
use jiff::Timestamp;
use uuid::Uuid;

use super::envelope::{Place, SealKey};
use super::keeper::MasterKeys;
use super::keystore::{FORMER, INDEX, KeyStore, NewKey, SEAL, WRAP, Wrapped};
use super::platform_keys::PlatformKeys;
use super::subject_keys::Keys;
use crate::backend::Database;
use crate::error::StoreError;

/// A tenant's own keys.
pub(crate) struct TenantKeys {
    /// What wraps: first the present one, then those that a rotation moves away from.
    wraps: Vec<SealKey>,
    /// What seals the tenant's own secrets, where that is a key apart.
    seals: Option<SealKey>,
    pub(crate) index: hmac::Key,
}

/// The vault: opens wrapped keys and keeps the open ones for a while.
pub(crate) struct Vault {
    pub(super) store: KeyStore,
    pub(super) masters: MasterKeys,
    platform: PlatformKeys,
    entropy: Arc<dyn Entropy>,
    tenants: moka::sync::Cache<TenantId, Arc<TenantKeys>>,
    /// Destructions of keys since this process began.
    pub(super) destroyed: AtomicU64,
    pub(super) subjects: moka::sync::Cache<(TenantId, SubjectId), Arc<Keys>>,
}

/// How many persons' keys are kept open at most: some 70 MiB at about 350 bytes each.
const OPEN_KEYS: u64 = 200_000;

/// How often something is done anew of which a rotation came in between: two in a row need somebody at the keyboard.
pub(super) const TRIES: usize = 3;

impl TenantKeys {
    /// The key that wraps from now on.
    pub(super) fn wrap(&self) -> Option<&SealKey> {
        self.wraps.first()
    }

    /// The key that bytes were wrapped under.
    pub(super) fn wrapper_of(&self, wrapped: &[u8]) -> Option<&SealKey> {
        let id = SealKey::id_of(wrapped)?;
        self.wraps.iter().find(|key| key.id() == id)
    }

    /// The key that seals the tenant's own secrets.
    pub(super) fn seal(&self) -> Option<&SealKey> {
        self.seals.as_ref().or_else(|| self.wrap())
    }

    /// The key that a secret of the tenant was sealed under.
    pub(super) fn sealer_of(&self, sealed: &[u8]) -> Option<&SealKey> {
        let id = SealKey::id_of(sealed)?;
        self.seals.iter().chain(&self.wraps).find(|key| key.id() == id)
    }
}

impl Vault {
    pub(crate) fn new(
        database: Database,
        (masters, platform): (MasterKeys, PlatformKeys),
        keep: Duration,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self {
            store: KeyStore::new(database),
            masters,
            platform,
            entropy,
            destroyed: AtomicU64::new(0),
            tenants: moka::sync::Cache::builder().max_capacity(10_000).time_to_live(keep).build(),
            subjects: moka::sync::Cache::builder().max_capacity(OPEN_KEYS).time_to_live(keep).build(),
        }
    }

    pub(crate) const fn database(&self) -> &Database {
        self.store.database()
    }

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        self.entropy.as_ref()
    }

    pub(crate) fn destructions(&self) -> u64 {
        self.destroyed.load(Ordering::SeqCst)
    }

    pub(crate) const fn tickets(&self) -> &SealKey {
        &self.platform.tickets
    }

    pub(crate) const fn cursors(&self) -> &SealKey {
        &self.platform.cursors
    }

    /// What the sessions of one actor of the console are counted by.
    pub(crate) const fn console_actors(&self) -> &hmac::Key {
        &self.platform.console_actors
    }

    /// Makes a tenant's keys, before its row is written. Those of an attempt that died in between are kept.
    pub(crate) async fn create_tenant_keys(
        &self,
        tenant: TenantId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut keys = Vec::new();
        for class in [WRAP, SEAL, INDEX] {
            let id = new_uuid(now, self.entropy());
            let bytes = SealKey::random(self.entropy());
            let wrapped = self.wrap_under_master(tenant_place(tenant, class, id), bytes.as_slice()).await?;
            keys.push(NewKey { class, wrapped: Wrapped { id, bytes: wrapped }, created_at: now });
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
        let (mut wraps, mut seals, mut index) = (Vec::new(), None, None);
        for (class, key) in self.store.find_tenant_keys(tenant).await? {
            let bytes = self.masters.unwrap(tenant_place(tenant, &class, key.id), &key.bytes).await?;
            let sealing = || SealKey::new(key.id, &bytes).ok_or(StoreError::Tampered { table: "tenant_key" });
            match class.as_str() {
                WRAP => wraps.insert(0, sealing()?),
                SEAL => seals = Some(sealing()?),
                INDEX => index = Some(hmac::Key::new(hmac::HMAC_SHA256, &bytes)),
                _ => wraps.push(sealing()?),
            }
        }
        let index = index.ok_or(StoreError::KeyGone)?;
        if wraps.is_empty() {
            return Err(StoreError::KeyGone);
        }
        let keys = Arc::new(TenantKeys { wraps, seals, index });
        self.tenants.insert(tenant, Arc::clone(&keys));
        Ok(keys)
    }

    /// Forgets the open keys of the tenant alone, of which the store has others by now.
    pub(super) fn forget_tenant_keys(&self, tenant: TenantId) {
        self.tenants.invalidate(&tenant);
    }

    /// Forgets every open key of a tenant.
    pub(super) fn forget_tenant(&self, tenant: TenantId) {
        self.tenants.invalidate(&tenant);
        for (key, _) in &self.subjects {
            if key.0 == tenant {
                self.subjects.invalidate(key.as_ref());
            }
        }
    }
}

/// Where a tenant's key belongs; a former `WRAP` stays where it was.
pub(super) fn tenant_place(tenant: TenantId, class: &str, id: Uuid) -> Place<'_> {
    let class = if class.starts_with(FORMER) { WRAP } else { class };
    Place { tenant: tenant.uuid(), subject: Uuid::nil(), table: "tenant_key", column: class, row: id }
}
