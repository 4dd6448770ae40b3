//! `[console]`: the tenants' console, and the issuer at which their staff signs in to it.

use std::path::PathBuf;

use serde::Deserialize;

use super::Secret;

/// The console. Without an issuer it is not served.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConsoleConfig {
    /// Where the staff signs in: the name of one of `tokens.issuer`, which is described below it
    /// (`OpenID` Connect Discovery 1.0).
    pub issuer: Option<String>,
    /// The gateway's name as a client there.
    pub client_id: Option<String>,
    /// The client's secret: from the environment only.
    pub client_secret: Option<Secret>,
    /// A file whose text is the secret; read into `client_secret` when the configuration is loaded.
    pub client_secret_file: Option<PathBuf>,
    /// What is asked for, separated by blanks.
    pub scope: String,
    /// Whom the access token shall be for, where the issuer has to be told (RFC 8707).
    pub resource: Option<String>,
    /// A session that is not used ends after so many minutes.
    pub idle_minutes: u32,
    /// Every session ends after so many hours.
    pub absolute_hours: u32,
}

impl Default for ConsoleConfig {
    fn default() -> Self {
        Self {
            issuer: None,
            client_id: None,
            client_secret: None,
            client_secret_file: None,
            scope: "openid".to_owned(),
            resource: None,
            idle_minutes: 30,
            absolute_hours: 8,
        }
    }
}
