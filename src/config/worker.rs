//! `[worker]`: due work.

use serde::Deserialize;

/// The worker, which carries out what is due.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WorkerConfig {
    /// How often it looks for due work, in milliseconds.
    pub poll_ms: u64,
    /// How long a piece of work is its own before another worker may take it over, in seconds.
    pub lease_seconds: u64,
}

impl Default for WorkerConfig {
    fn default() -> Self {
        Self { poll_ms: 500, lease_seconds: 60 }
    }
}
