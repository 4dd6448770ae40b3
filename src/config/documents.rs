//! `[documents]`: whether operations are taken as texts, as published documents, or both.

use serde::Deserialize;

/// Trusted documents.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DocumentsConfig {
    /// How documents are taken, unless their owner has set something stricter.
    pub mode: DocumentsMode,
    /// Whether a client may send a text once with its hash, and the hash alone from then on.
    pub automatic: bool,
    /// Memory for parsed and validated documents, of each API, in bytes; 0 keeps none.
    pub cache_bytes: u64,
}

/// How documents are taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentsMode {
    /// Texts alone.
    Off,
    /// Texts, and identifiers of published documents.
    #[default]
    Prefer,
    /// Published documents alone.
    Require,
}

impl Default for DocumentsConfig {
    fn default() -> Self {
        Self { mode: DocumentsMode::default(), automatic: false, cache_bytes: 16 << 20 }
    }
}
