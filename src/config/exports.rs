//! `[exports]`: what becomes of an answer once it is ready.

use serde::Deserialize;

/// Export packages and the links to them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExportsConfig {
    /// Hours from the making of a package to its destruction.
    pub lifetime_hours: u32,
    /// How often one link can be used.
    pub downloads_per_link: u32,
}

impl Default for ExportsConfig {
    fn default() -> Self {
        Self { lifetime_hours: 168, downloads_per_link: 3 }
    }
}
