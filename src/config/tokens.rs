//! `[tokens]`: whose tokens are accepted.

use std::path::PathBuf;

use serde::Deserialize;
use url::Url;

use super::server::optional_url;

/// Whose tokens are accepted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TokensConfig {
    /// The issuers, `[[tokens.issuer]]`; `PRIVACY_GATEWAY__TOKENS__ISSUER__0__AUDIENCE` in the environment.
    pub issuer: Vec<IssuerConfig>,
    /// How often the issuers' keys are fetched in the background, in seconds.
    pub refresh_seconds: u64,
}

impl Default for TokensConfig {
    fn default() -> Self {
        Self { issuer: Vec::new(), refresh_seconds: 300 }
    }
}

/// One issuer of access tokens (RFC 9068).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerConfig {
    /// The `iss` of its tokens, exactly.
    pub issuer: String,
    /// What `aud` must hold.
    pub audience: String,
    /// Where its keys are (RFC 7517), https unless loopback; or `jwks_file`.
    #[serde(default, deserialize_with = "optional_url")]
    pub jwks_url: Option<Url>,
    /// A file that holds its keys; or `jwks_url`.
    #[serde(default)]
    pub jwks_file: Option<PathBuf>,
    /// Which signature algorithms it uses, out of ES256, ES384, `EdDSA`, RS256 and PS256.
    pub algorithms: Vec<String>,
}
