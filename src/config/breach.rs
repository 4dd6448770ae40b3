//! `[breach]`: what a tenant is told of its own duty when it is notified of a breach.

use serde::Deserialize;

/// Personal data breaches.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BreachConfig {
    /// Hours from the notice to a tenant to the end of its duty to tell the supervisory authority (Art. 33(1)).
    pub authority_hours: u32,
}

impl Default for BreachConfig {
    fn default() -> Self {
        Self { authority_hours: 72 }
    }
}
