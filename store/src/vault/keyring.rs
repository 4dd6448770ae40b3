//! Keys in use: unwrapped, cached for a short time, gone when destroyed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
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
use super::subject_keys::Keys;
use crate::backend::Database;
use crate::error::StoreError;

const WRAP: &str = "WRAP";
const INDEX: &str = "INDEX";

/// A tenant's own keys.
pub(crate) struct TenantKeys {
    pub(super) wrap: SealKey,
    pub(crate) index: hmac::Key,
}

/// The vault: opens wrapped keys and keeps the open ones for a while.
pub(crate) struct Vault {
    pub(super) store: KeyStore,
    wrapping: SealKey,
    tickets: SealKey,
    cursors: SealKey,
    signing: SealKey,
    console_actors: hmac::Key,
    entropy: Arc<dyn Entropy>,
    tenants: moka::sync::Cache<TenantId, Arc<TenantKeys>>,
    /// Destructions of keys since this process began.
    pub(super) destroyed: AtomicU64,
    pub(super) subjects: moka::sync::Cache<(TenantId, SubjectId), Arc<Keys>>,
}

/// How many persons' keys are kept open at most: some 70 MiB at about 350 bytes each.
const OPEN_KEYS: u64 = 200_000;

impl Vault {
    pub(crate) fn new(
        database: Database,
        master: &MasterKey,
        keep: Duration,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StoreError> {
        let no_keys = || StoreError::Unfit("the master key gives no keys".into());
        let derive = |for_use| master.derive(for_use).ok_or_else(no_keys);
        Ok(Self {
            store: KeyStore::new(database),
            wrapping: derive(Use::WrapTenantKeys)?,
            tickets: derive(Use::Tickets)?,
            cursors: derive(Use::Cursors)?,
            signing: derive(Use::WrapSigningKeys)?,
            console_actors: master.derive_digesting(Use::ConsoleActors).ok_or_else(no_keys)?,
            entropy,
            destroyed: AtomicU64::new(0),
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

    pub(crate) fn destructions(&self) -> u64 {
        self.destroyed.load(Ordering::SeqCst)
    }

    pub(crate) const fn tickets(&self) -> &SealKey {
        &self.tickets
    }

    pub(crate) const fn cursors(&self) -> &SealKey {
        &self.cursors
    }

    /// What the keys that sign audit logs are wrapped under.
    pub(super) const fn signing(&self) -> &SealKey {
        &self.signing
    }

    /// What the sessions of one actor of the console are counted by.
    pub(crate) const fn console_actors(&self) -> &hmac::Key {
        &self.console_actors
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
        let wrapped = self.store.find_tenant_keys(tenant, [WRAP, INDEX]).await?;
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

const fn tenant_place(tenant: TenantId, class: &str, id: Uuid) -> Place<'_> {
    Place { tenant: tenant.uuid(), subject: Uuid::nil(), table: "tenant_key", column: class, row: id }
}
