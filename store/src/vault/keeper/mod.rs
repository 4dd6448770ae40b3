//! Who keeps the master keys: a file, the environment, or a token that never lets go of them (PKCS #11).

mod environment;
mod file;
mod software;
#[cfg(feature = "pkcs11")]
mod token;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::envelope::{Place, SealKey};
use super::keyring::Vault;
use super::master::UNNAMED;
use crate::error::StoreError;

pub use environment::EnvironmentKeeper;
pub use file::FileKeeper;
#[cfg(feature = "pkcs11")]
pub use token::{TokenKeeper, TokenSettings};

/// Keeps master keys, and wraps and unwraps with them. It may have several: the newest wraps, all unwrap. Called where
/// blocking is allowed.
pub trait Keeper: Send + Sync {
    /// The keys that it has at this moment, the newest last; at least one.
    ///
    /// # Errors
    /// [`KeeperError::Unavailable`].
    fn keys(&self) -> Result<Vec<KnownMasterKey>, KeeperError>;

    /// Wraps a key under the newest. `context` says where the wrapped key belongs, `nonce` comes only once; what comes out
    /// names the master key ([`Keeper::unwrap`]).
    ///
    /// # Errors
    /// [`KeeperError`] when it cannot.
    fn wrap(&self, context: &[u8], key: &[u8], nonce: [u8; 12]) -> Result<Vec<u8>, KeeperError>;

    /// Unwraps a key under whichever master key it names.
    ///
    /// # Errors
    /// [`KeeperError::Unknown`] for a master key that it does not have, [`KeeperError::Refused`] when the bytes do not open.
    fn unwrap(&self, context: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeeperError>;

    /// A key derived from the oldest master key, for what was sealed before such keys were kept in the key store; `None`
    /// where master keys do not leave their keeper.
    fn derived(&self, label: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
        let _ = label;
        None
    }
}

/// A master key that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownMasterKey {
    /// What wrapped keys name it by.
    pub id: Uuid,
    /// Since when it is, where that was written down.
    pub since: Option<Timestamp>,
}

/// A keeper cannot do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum KeeperError {
    /// It has no such key.
    #[error("a key lies under the master key {0}, which is not there")]
    Unknown(Uuid),
    /// The bytes do not open.
    #[error("a wrapped key does not open")]
    Refused,
    /// What should be a list of master keys is none.
    #[error("{}line {line}: {fault}", path.as_ref().map(|path| format!("{}: ", path.display())).unwrap_or_default())]
    Invalid {
        /// The file; `None` for a text in the environment.
        path: Option<PathBuf>,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        fault: String,
    },
    /// It does not answer; the text says what to do.
    #[error("{0}")]
    Unavailable(String),
}

/// The keeper that wraps, and those that still unwrap what was wrapped before.
#[derive(Clone)]
pub struct MasterKeys {
    wrapping: Arc<dyn Keeper>,
    former: Vec<Arc<dyn Keeper>>,
}

impl MasterKeys {
    /// One keeper.
    #[must_use]
    pub fn new(wrapping: Arc<dyn Keeper>) -> Self {
        Self { wrapping, former: Vec::new() }
    }

    /// The same, and another keeper that unwraps what the first one does not know.
    #[must_use]
    pub fn with_former(mut self, former: Arc<dyn Keeper>) -> Self {
        self.former.push(former);
        self
    }

    /// All keys of all keepers; the last one wraps.
    ///
    /// # Errors
    /// [`KeeperError::Unavailable`] when a keeper does not answer.
    pub fn known(&self) -> Result<Vec<KnownMasterKey>, KeeperError> {
        let mut known = Vec::new();
        for keeper in self.former.iter().chain([&self.wrapping]) {
            known.extend(keeper.keys()?);
        }
        Ok(known)
    }

    pub(super) fn derived(&self, label: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
        self.former.iter().chain([&self.wrapping]).find_map(|keeper| keeper.derived(label))
    }

    /// The identifier of the key that wraps from now on.
    pub(super) async fn newest(&self) -> Result<Uuid, StoreError> {
        let keeper = Arc::clone(&self.wrapping);
        let keys = blocking(move || keeper.keys()).await?.map_err(|error| told(error, "tenant_key"))?;
        keys.last().map(|key| key.id).ok_or_else(|| StoreError::Unfit("there is no master key".to_owned()))
    }

    pub(super) async fn all(&self) -> Result<Vec<KnownMasterKey>, StoreError> {
        let keys = self.clone();
        blocking(move || keys.known()).await?.map_err(|error| told(error, "tenant_key"))
    }

    pub(super) async fn wrap(
        &self,
        place: Place<'_>,
        key: &[u8],
        nonce: [u8; 12],
    ) -> Result<Vec<u8>, StoreError> {
        let (keeper, context) = (Arc::clone(&self.wrapping), place.context());
        let key = Zeroizing::new(key.to_vec());
        let wrapped = blocking(move || keeper.wrap(&context, &key, nonce)).await?;
        wrapped.map_err(|error| told(error, place.table))
    }

    pub(super) async fn unwrap(
        &self,
        place: Place<'_>,
        wrapped: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let (keys, context, wrapped) = (self.clone(), place.context(), wrapped.to_vec());
        let unwrapped = blocking(move || keys.unwrap_by_any(&context, &wrapped)).await?;
        unwrapped.map_err(|error| told(error, place.table))
    }

    /// Of a key that names no master key every keeper may be the one.
    fn unwrap_by_any(&self, context: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeeperError> {
        let mut failed = None;
        for keeper in [&self.wrapping].into_iter().chain(&self.former) {
            match keeper.unwrap(context, wrapped) {
                Err(KeeperError::Unknown(id)) => _ = failed.get_or_insert(KeeperError::Unknown(id)),
                Err(KeeperError::Refused) if is_unnamed(wrapped) => failed = Some(KeeperError::Refused),
                done => return done,
            }
        }
        Err(failed.unwrap_or(KeeperError::Refused))
    }
}

impl Vault {
    /// Wraps a key under the newest master key.
    pub(super) async fn wrap_under_master(
        &self,
        place: Place<'_>,
        key: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        self.masters.wrap(place, key, super::envelope::new_nonce(self.entropy())).await
    }
}

/// Whether a wrapped key is from before they named their master key.
pub(super) fn is_unnamed(wrapped: &[u8]) -> bool {
    SealKey::id_of(wrapped).is_some_and(|id| UNNAMED.iter().any(|(unnamed, _)| *unnamed == id))
}

/// A keeper may read a file or ask a device.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| StoreError::Database { code: "task".to_owned() })
}

fn told(error: KeeperError, table: &'static str) -> StoreError {
    match error {
        KeeperError::Refused => StoreError::Tampered { table },
        other => StoreError::Unfit(other.to_string()),
    }
}
