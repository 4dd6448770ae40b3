//! `[audit]`: the logs of the tenants.

use serde::Deserialize;

/// The audit logs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuditConfig {
    /// What the names of logs begin with, before a slash and the tenant. It names the vendor; a log that exists keeps its
    /// name.
    pub name: String,
    /// How often entries are given their places in the logs and heads are signed, in milliseconds.
    pub sequence_ms: u64,
}

impl Default for AuditConfig {
    fn default() -> Self {
        Self { name: "convenio.se/audit".to_owned(), sequence_ms: 1_000 }
    }
}
