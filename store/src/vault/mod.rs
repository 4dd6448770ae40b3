//! Sealed data: a person is a key.
//!
//! Every personal value is sealed under a data key of its person before it comes near a statement. Data keys are
//! wrapped by a key of the tenant, that by the master key, and the wrapped keys live in a database of their own:
//! to destroy a person's key there is to make the person unreadable everywhere, in backups too.

mod blind_index;
mod census;
mod envelope;
mod export_keys;
mod keeper;
mod keyring;
mod keystore;
mod ledger;
mod master;
mod own_keys;
mod password;
mod platform_keys;
mod rotation;
mod signing_keys;
mod subject_keys;
mod task_keys;
mod tenant_end;
mod tenant_seal;

pub(crate) use blind_index::Token;
pub use blind_index::{IndexKind, Term};
pub use census::{KeyCensus, MasterKeyUse, Standing, TenantKeyUse, WrapperUse};
pub(crate) use envelope::{Place, SealKey};
pub use keeper::{EnvironmentKeeper, FileKeeper, Keeper, KeeperError, KnownMasterKey, MasterKeys};
#[cfg(feature = "pkcs11")]
pub use keeper::{TokenKeeper, TokenSettings};
pub(crate) use keyring::{TenantKeys, Vault};
pub(crate) use keystore::NewKey;
pub use ledger::{Destroyed, DestroyedKey, When};
pub(crate) use ledger::{Destruction, LedgerEntry};
pub use master::{InvalidMasterKey, MasterKey};
pub(crate) use platform_keys::PlatformKeys;
pub use rotation::{Batch, Finished, Progress, Telling};
pub(crate) use subject_keys::{KeyClass, Keys, SubjectKeys};
