//! `[database]`: where the data is.

use std::path::PathBuf;

use serde::Deserialize;

use super::Secret;
use super::location::{Location, role};

/// The database of the data.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `sqlite://PATH`, or `postgres://gateway_app@HOST/DATABASE` as the application's role.
    /// [`DatabaseConfig::DEFAULT_URL`] when absent.
    pub url: Option<Secret>,
    /// A file whose text is the address; read into `url` when the configuration is loaded.
    pub url_file: Option<PathBuf>,
    /// PostgreSQL: the address as the role that owns the tables, used for migrations alone.
    pub owner_url: Option<Secret>,
    /// A file whose text is that address; read into `owner_url` when the configuration is loaded.
    pub owner_url_file: Option<PathBuf>,
    /// PostgreSQL: the address as the operator API's role, which can read nothing about data subjects. A role of its own.
    pub operator_url: Option<Secret>,
    /// A file whose text is that address; read into `operator_url` when the configuration is loaded.
    pub operator_url_file: Option<PathBuf>,
    /// Most connections held open to each database, for reads and for writes each.
    pub max_connections: u32,
    /// Whether `serve` runs outstanding migrations of both databases before it answers.
    pub migrate_at_start: bool,
}

impl DatabaseConfig {
    /// Embedded SQLite below the working directory.
    pub const DEFAULT_URL: &str = "sqlite://data/gateway.db";

    /// The address of the data.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url.as_ref().map_or(Self::DEFAULT_URL, Secret::reveal)
    }

    /// PostgreSQL: the role that serves, to which migrations give its rights; `None` for SQLite, which has no roles.
    #[must_use]
    pub fn serving_role(&self) -> Option<String> {
        matches!(Location::parse(self.url()), Ok(Location::Server(_))).then(|| role(self.url()))
    }

    /// PostgreSQL: the operator API's role, to which migrations give its rights; `None` for SQLite, and where none was
    /// given.
    #[must_use]
    pub fn operator_role(&self) -> Option<String> {
        self.operator_url.as_ref().map(|url| role(url.reveal()))
    }
}

impl Default for DatabaseConfig {
    fn default() -> Self {
        Self {
            url: None,
            url_file: None,
            owner_url: None,
            owner_url_file: None,
            operator_url: None,
            operator_url_file: None,
            max_connections: 16,
            migrate_at_start: true,
        }
    }
}
