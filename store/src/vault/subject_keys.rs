//! A person's keys. Sealed bytes name the key that they were sealed under, so that a person can have several at a time:
//! an erasure moves what stays to another key before it destroys the first.

use std::collections::HashMap;
use std::sync::Arc;

use domain::clock::Entropy;
use domain::id::{SubjectId, TenantId, new_uuid};
use jiff::Timestamp;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::envelope::{Place, SealKey};
use super::keyring::{TRIES, TenantKeys, Vault};
use super::keystore::{NewKey, Wrapped};
use crate::error::StoreError;

/// What a person's data key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyClass {
    /// For everything in ordinary use; destroyed by an erasure.
    Ordinary,
    /// For accounting records, and for what a law or an order keeps after an erasure.
    Statutory,
}

impl KeyClass {
    const ALL: [Self; 2] = [Self::Ordinary, Self::Statutory];

    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Ordinary => "ORDINARY",
            Self::Statutory => "STATUTORY",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }
}

/// The keys of a person that are still there.
pub(crate) struct Keys(Vec<(KeyClass, Arc<SealKey>)>);

impl Keys {
    /// Opens sealed bytes under whichever key they name.
    ///
    /// # Errors
    /// [`StoreError::KeyGone`] when that key was destroyed, [`StoreError::Tampered`] when the bytes do not open.
    pub(crate) fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let id = SealKey::id_of(sealed).ok_or(StoreError::Tampered { table: place.table })?;
        self.by_id(id).ok_or(StoreError::KeyGone)?.open(place, sealed)
    }

    /// The key with an identifier.
    pub(crate) fn by_id(&self, id: Uuid) -> Option<&Arc<SealKey>> {
        self.0.iter().map(|(_, key)| key).find(|key| key.id() == id)
    }

    /// The key to seal under: the one that is named, or the newest of the class where none is.
    pub(crate) fn to_seal(&self, class: KeyClass, named: Option<Uuid>) -> Option<&Arc<SealKey>> {
        if let Some(id) = named {
            return self.by_id(id);
        }
        let of_class = self.0.iter().filter(|(its, _)| *its == class).map(|(_, key)| key);
        of_class.max_by_key(|key| key.id())
    }
}

type Unwrapped = HashMap<SubjectId, Vec<(KeyClass, Arc<SealKey>)>>;

/// Keys of several persons; one without any is missing.
pub(crate) type SubjectKeys = HashMap<SubjectId, Arc<Keys>>;

impl TenantKeys {
    /// A new key of a person, and how it is to be stored. Nothing is sealed under it before it is.
    pub(crate) fn new_subject_key(
        &self,
        (tenant, subject, class): (TenantId, SubjectId, KeyClass),
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<(SealKey, NewKey<&'static str>), StoreError> {
        let id = new_uuid(now, entropy);
        let bytes = SealKey::random(entropy);
        let place = place(tenant, subject, class, id);
        let wrap = self.wrap().ok_or(StoreError::KeyGone)?;
        let sealed = wrap.seal(place, bytes.as_slice(), entropy)?;
        let key = SealKey::new(id, bytes.as_slice()).ok_or(StoreError::KeyGone)?;
        let wrapped = Wrapped { id, bytes: sealed };
        Ok((key, NewKey { class: class.code(), wrapped, created_at: now }))
    }
}

impl Vault {
    /// Makes a person's next key of a class. Done before anything is sealed under it: a key without data is harmless,
    /// data without a key would be lost.
    pub(crate) async fn create_subject_key(
        &self,
        tenant: TenantId,
        subject: SubjectId,
        class: KeyClass,
        now: Timestamp,
    ) -> Result<Arc<SealKey>, StoreError> {
        for _ in 0..TRIES {
            let keys = self.tenant_keys(tenant).await?;
            let (key, new) = keys.new_subject_key((tenant, subject, class), now, self.entropy())?;
            if self.store.put_subject_key(tenant, subject, new).await? {
                self.subjects.invalidate(&(tenant, subject));
                return Ok(Arc::new(key));
            }
            self.forget_tenant_keys(tenant);
        }
        Err(StoreError::KeyGone)
    }

    /// Stores the first keys of many persons, made by [`TenantKeys::new_subject_key`].
    ///
    /// # Errors
    /// [`StoreError::KeyGone`] when the tenant's key was rotated since they were made.
    pub(crate) async fn put_subject_keys(
        &self,
        tenant: TenantId,
        keys: Vec<(SubjectId, NewKey<&'static str>)>,
    ) -> Result<(), StoreError> {
        if self.store.put_subject_keys(tenant, keys).await? {
            return Ok(());
        }
        self.forget_tenant_keys(tenant);
        Err(StoreError::KeyGone)
    }

    /// The keys of several persons: those in the cache, and the missing ones in one statement. A person in the cache
    /// without the key that `wanted` names is read anew.
    pub(crate) async fn subject_keys(
        &self,
        tenant: TenantId,
        wanted: &[(SubjectId, Option<Uuid>)],
    ) -> Result<SubjectKeys, StoreError> {
        let mut keys = SubjectKeys::with_capacity(wanted.len());
        let mut missing = Vec::new();
        for (subject, key) in wanted {
            match self.subjects.get(&(tenant, *subject)) {
                Some(cached) if key.is_none_or(|key| cached.by_id(key).is_some()) => {
                    keys.insert(*subject, cached);
                }
                _ => missing.push(*subject),
            }
        }
        if missing.is_empty() {
            return Ok(keys);
        }
        for (subject, of_subject) in self.unwrapped(tenant, &missing).await? {
            let of_subject = Arc::new(Keys(of_subject));
            self.subjects.insert((tenant, subject), Arc::clone(&of_subject));
            keys.insert(subject, of_subject);
        }
        Ok(keys)
    }

    /// The keys of persons as the store has them. Where a rotation moved them to a key that is not known here yet, all is
    /// read anew.
    async fn unwrapped(&self, tenant: TenantId, subjects: &[SubjectId]) -> Result<Unwrapped, StoreError> {
        let tampered = || StoreError::Tampered { table: "subject_key" };
        for _ in 0..TRIES {
            let keys = self.tenant_keys(tenant).await?;
            let rows = self.store.find_subject_keys(tenant, subjects).await?;
            if rows.iter().any(|(_, _, wrapped)| keys.wrapper_of(&wrapped.bytes).is_none()) {
                self.forget_tenant_keys(tenant);
                continue;
            }
            let mut found = Unwrapped::new();
            for (subject, class, wrapped) in rows {
                let class = KeyClass::from_code(&class).ok_or_else(tampered)?;
                let wrapper = keys.wrapper_of(&wrapped.bytes).ok_or_else(tampered)?;
                let bytes = wrapper.open(place(tenant, subject, class, wrapped.id), &wrapped.bytes)?;
                let key = SealKey::new(wrapped.id, &bytes).ok_or_else(tampered)?;
                found.entry(subject).or_default().push((class, Arc::new(key)));
            }
            return Ok(found);
        }
        Err(tampered())
    }

    /// Forgets the open keys of a person, whose keys in the store were changed.
    pub(crate) fn forget(&self, tenant: TenantId, subject: SubjectId) {
        self.subjects.invalidate(&(tenant, subject));
    }
}

pub(super) const fn place(tenant: TenantId, subject: SubjectId, class: KeyClass, id: Uuid) -> Place<'static> {
    Place {
        tenant: tenant.uuid(),
        subject: subject.uuid(),
        table: "subject_key",
        column: class.code(),
        row: id,
    }
}
