//! `[downstream]`: systems outside that hear from the gateway.

use serde::Deserialize;

/// Systems outside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DownstreamConfig {
    /// Whether messages may go to this machine, by http too: for the demonstration and for tests. `serve` refuses it.
    pub loopback: bool,
}
