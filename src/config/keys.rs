//! `[keys]`: the key store, which is never the database of the data, and the master key.

use std::path::PathBuf;

use serde::Deserialize;

use super::Secret;

/// The key store and the master key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeysConfig {
    /// `sqlite://PATH`, or `postgres://gateway_app@HOST/DATABASE`; another file or database than the data's.
    /// [`KeysConfig::DEFAULT_URL`] when absent.
    pub url: Option<Secret>,
    /// A file whose text is the address; read into `url` when the configuration is loaded.
    pub url_file: Option<PathBuf>,
    /// PostgreSQL: the address as the role that owns the tables, used for migrations alone.
    pub owner_url: Option<Secret>,
    /// A file whose text is that address; read into `owner_url` when the configuration is loaded.
    pub owner_url_file: Option<PathBuf>,
    /// Who keeps the master key: [`KeysConfig::keeper`] when absent.
    pub keeper: Option<KeeperKind>,
    /// The master key itself: from the environment only. Several are separated by commas or lines, the newest last.
    pub master_key: Option<Secret>,
    /// A file whose text is the master key, unreadable for others; several stand on lines of their own, the newest last.
    pub master_key_file: Option<PathBuf>,
    /// The library of a token that keeps the master key (PKCS #11).
    pub pkcs11_module: Option<PathBuf>,
    /// The token's label.
    pub pkcs11_token: Option<String>,
    /// The labels of its keys that are master keys, the newest last.
    pub pkcs11_keys: Vec<String>,
    /// The user's PIN: from the environment only.
    pub pkcs11_pin: Option<Secret>,
    /// A file whose text is the PIN; read into `pkcs11_pin` when the configuration is loaded.
    pub pkcs11_pin_file: Option<PathBuf>,
    /// How many days a backup of the key store is kept at most, as was promised: so long a destroyed key may live on.
    pub backup_days: u64,
    /// How long an unwrapped key may stay in memory, in seconds.
    pub cache_seconds: u64,
}

impl KeeperKind {
    /// As the configuration names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Environment => "environment",
            Self::Pkcs11 => "pkcs11",
        }
    }
}

/// Who keeps the master key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeeperKind {
    /// A file that only the gateway's user reads.
    File,
    /// A variable of the environment.
    Environment,
    /// A token that never gives it out.
    Pkcs11,
}

impl KeysConfig {
    /// Embedded SQLite below the working directory.
    pub const DEFAULT_URL: &str = "sqlite://data/keys.db";

    /// The address of the key store.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url.as_ref().map_or(Self::DEFAULT_URL, Secret::reveal)
    }

    /// Who keeps the master key; without a word about it the environment, where it holds one, or else a file.
    #[must_use]
    pub fn keeper(&self) -> KeeperKind {
        let given = if self.master_key.is_some() { KeeperKind::Environment } else { KeeperKind::File };
        self.keeper.unwrap_or(given)
    }
}

impl Default for KeysConfig {
    fn default() -> Self {
        Self {
            url: None,
            url_file: None,
            owner_url: None,
            owner_url_file: None,
            keeper: None,
            master_key: None,
            master_key_file: None,
            pkcs11_module: None,
            pkcs11_token: None,
            pkcs11_keys: Vec::new(),
            pkcs11_pin: None,
            pkcs11_pin_file: None,
            backup_days: 1,
            cache_seconds: 60,
        }
    }
}
