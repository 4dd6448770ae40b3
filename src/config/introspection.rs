//! `[introspection]`: what the APIs tell of themselves.

use serde::Deserialize;

/// What the APIs tell of themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IntrospectionConfig {
    /// How much of the schema introspection shows.
    pub view: SchemaView,
}

/// How much of the schema introspection shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum SchemaView {
    /// All of it. The schema is no secret (`GET /schema/…` is open to all), and clients are generated from the whole.
    #[default]
    Whole,
    /// What the token's scopes open.
    Scopes,
}

impl TryFrom<String> for SchemaView {
    type Error = &'static str;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        match word.as_str() {
            "whole" => Ok(Self::Whole),
            "scopes" => Ok(Self::Scopes),
            _ => Err("expected whole or scopes"),
        }
    }
}
