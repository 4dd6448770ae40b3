//! Settings: a TOML file, the environment over it, and the refusal to start on what is unsafe.
//!
//! The file is named on the command line. A variable `PRIVACY_GATEWAY__SECTION__KEY` wins over the file;
//! an empty one counts as not given. Secrets come from the environment or from files of their own, never from
//! the configuration file. `docs/configuration.md` lists every key.

mod audit;
mod breach;
mod check;
mod console;
mod database;
mod deadlines;
mod document;
mod documents;
mod downstream;
mod error;
mod exports;
mod introspection;
mod keys;
mod known;
mod limits;
mod location;
mod log;
mod mail;
mod metrics;
mod opendsr;
mod place;
mod processor;
mod secret;
mod server;
mod sources;
mod tokens;
mod transfers;
mod worker;

#[cfg(test)]
mod tests;

use std::path::Path;

use serde::Deserialize;

pub use audit::AuditConfig;
pub use breach::BreachConfig;
pub use console::ConsoleConfig;
pub use database::DatabaseConfig;
pub use deadlines::{DeadlinesConfig, HolidayEves};
pub use documents::{DocumentsConfig, DocumentsMode};
pub use downstream::DownstreamConfig;
pub use error::{ConfigError, Problem, Reason};
pub use exports::ExportsConfig;
pub use introspection::{IntrospectionConfig, SchemaView};
pub use keys::{KeeperKind, KeysConfig};
pub use limits::{LimitMode, LimitsConfig};
pub use log::{LogConfig, LogFormat};
pub use mail::{MailConfig, MailProtection};
pub use metrics::{MetricsConfig, MetricsListen};
pub use opendsr::{OpenDsrConfig, OpenDsrConfigError};
pub use place::Place;
pub use processor::ProcessorConfig;
pub use secret::Secret;
pub use server::ServerConfig;
pub use tokens::{IssuerConfig, TokensConfig};
pub use transfers::{AdequacyError, TransfersConfig};
pub use worker::WorkerConfig;

use place::Places;

/// All settings of the gateway, one field per section of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The HTTP listener.
    pub server: ServerConfig,
    /// The database of the data.
    pub database: DatabaseConfig,
    /// The key store and the master key.
    pub keys: KeysConfig,
    /// Whose tokens are accepted.
    pub tokens: TokensConfig,
    /// How much one caller may ask for.
    pub limits: LimitsConfig,
    /// Trusted documents.
    pub documents: DocumentsConfig,
    /// What introspection shows.
    pub introspection: IntrospectionConfig,
    /// How deadlines are counted where the law leaves two readings.
    pub deadlines: DeadlinesConfig,
    /// Who runs the gateway, as letters and records name them.
    pub processor: ProcessorConfig,
    /// Transfers to third countries.
    pub transfers: TransfersConfig,
    /// Personal data breaches.
    pub breach: BreachConfig,
    /// The audit logs.
    pub audit: AuditConfig,
    /// Systems outside.
    pub downstream: DownstreamConfig,
    /// Notices by e-mail.
    pub mail: MailConfig,
    /// OpenDSR.
    pub opendsr: OpenDsrConfig,
    /// The console.
    pub console: ConsoleConfig,
    /// Export packages.
    pub exports: ExportsConfig,
    /// The log.
    pub log: LogConfig,
    /// The listener of the metrics.
    pub metrics: MetricsConfig,
    /// The worker.
    pub worker: WorkerConfig,
    #[serde(skip)]
    places: Places,
}

impl Config {
    /// Reads the file, if one is named, and lays `environment` over it. Paths in it are relative to the working
    /// directory. Says nothing about safety: that is [`Config::check`].
    ///
    /// # Errors
    /// [`ConfigError`] for a file that is unreadable or no TOML, and for every key that is unknown, of the wrong
    /// form, or a secret in the file, with its line or variable.
    pub fn load(
        path: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        sources::load(path, environment)
    }

    /// Refuses what is unsafe to serve with. What is only unwise comes back as warnings for the log.
    ///
    /// # Errors
    /// [`ConfigError::Refused`] with everything that is unsafe or missing.
    pub fn check(&self) -> Result<Vec<Problem>, ConfigError> {
        check::check(self)
    }
}
