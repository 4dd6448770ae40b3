//! Why the gateway does not start.

use std::io;
use std::path::PathBuf;

use crate::config::{AdequacyError, OpenDsrConfigError};
use crate::graphql::PolicyError;

/// The gateway could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// No master key is given.
    #[error("no master key: name its file in keys.master_key_file (`privacy-gateway keys init` makes one)")]
    NoMasterKey,
    /// The keeper of the master key does not answer, or what it holds is no master key.
    #[error("[keys]: {0}")]
    Keeper(#[from] store::KeeperError),
    /// An issuer is configured with an algorithm that the gateway does not verify.
    #[error("tokens.issuer: {issuer}: an algorithm is {source}")]
    Algorithm {
        /// The issuer at fault.
        issuer: String,
        /// What is known instead.
        source: auth::UnknownAlgorithm,
    },
    /// An issuer is configured without keys.
    #[error("tokens.issuer: {0}: give jwks_url or jwks_file")]
    NoKeys(String),
    /// The issuers cannot be trusted as they are configured.
    #[error(transparent)]
    Issuers(#[from] auth::ConfigError),
    /// The gateway's own address is none.
    #[error("server.public_url: {0}")]
    PublicUrl(#[from] url::ParseError),
    /// The list of decisions on adequacy cannot be used.
    #[error("transfers.adequacy_file: {0}")]
    Adequacy(#[from] AdequacyError),
    /// The mail server's settings cannot be used.
    #[error("[mail]: {0}")]
    Mail(#[from] connector::InvalidMailer),
    /// The mail server's root certificates cannot be read.
    #[error("mail.ca_file: {}: {source}", path.display())]
    MailRoots {
        /// Which file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// OpenDSR cannot be spoken as it is configured.
    #[error("opendsr: {0}")]
    OpenDsr(#[from] OpenDsrConfigError),
    /// The console's issuer cannot be signed in at.
    #[error("console.issuer: {0}")]
    Console(#[from] auth::openid::ClientError),
    /// A database failed or is unfit.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// The schema breaks a rule of its own.
    #[error("the schema may not be served: {0}")]
    Policy(#[from] PolicyError),
    /// The folder of an embedded database cannot be made.
    #[error("{}: {source}", path.display())]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The metrics cannot be kept.
    #[error("the metrics cannot be kept: {0}")]
    Metrics(#[from] crate::metrics::InvalidMetrics),
    /// The listener cannot be used.
    #[error("the listener cannot be used: {0}")]
    Listener(io::Error),
}
