//! `[keys]`: the key store, which is never the database of the data, and the master key.

use std::io;
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
    /// The master key itself: from the environment only.
    pub master_key: Option<Secret>,
    /// A file whose text is the master key, unreadable for others.
    pub master_key_file: Option<PathBuf>,
    /// How long an unwrapped key may stay in memory, in seconds.
    pub cache_seconds: u64,
}

/// The master key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// Neither the key nor a file was given.
    #[error("no master key: name its file in keys.master_key_file")]
    Missing,
    /// The file cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// The file that was named.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
}

impl KeysConfig {
    /// Embedded SQLite below the working directory.
    pub const DEFAULT_URL: &str = "sqlite://data/keys.db";

    /// The address of the key store.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url.as_ref().map_or(Self::DEFAULT_URL, Secret::reveal)
    }

    /// The master key's text, without blanks around it; a key in the environment wins over a file, which is
    /// read anew at each call.
    ///
    /// # Errors
    /// [`MasterKeyError`] when none was given or its file cannot be read.
    pub fn master_key(&self) -> Result<Secret, MasterKeyError> {
        if let Some(key) = &self.master_key {
            return Ok(Secret::new(key.reveal().trim().to_owned()));
        }
        let path = self.master_key_file.as_ref().ok_or(MasterKeyError::Missing)?;
        let text = std::fs::read_to_string(path)
            .map_err(|source| MasterKeyError::Unreadable { path: path.clone(), source })?;
        Ok(Secret::new(text.trim().to_owned()))
    }
}

impl Default for KeysConfig {
    fn default() -> Self {
        Self {
            url: None,
            url_file: None,
            owner_url: None,
            owner_url_file: None,
            master_key: None,
            master_key_file: None,
            cache_seconds: 60,
        }
    }
}
