//! The keys that exist. Their names are read off the sections themselves, so that there is no second list.

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor, value};
use serde::forward_to_deserialize_any;

use super::{
    AuditConfig, BreachConfig, ConsoleConfig, DatabaseConfig, DeadlinesConfig, DocumentsConfig,
    DownstreamConfig, ExportsConfig, IntrospectionConfig, IssuerConfig, KeysConfig, LimitsConfig, LogConfig,
    MailConfig, MetricsConfig, OpenDsrConfig, ProcessorConfig, ServerConfig, TokensConfig, TransfersConfig,
    WorkerConfig,
};

/// Keys whose value is a list; in the environment its members are separated by commas.
const LISTS: [&str; 3] = ["server.cors_origins", "keys.pkcs11_keys", "tokens.issuer[].algorithms"];

/// The key whose value is a list of tables.
const TABLES: &str = "tokens.issuer";

/// More issuers than this is a mistake.
const MOST_TABLES: usize = 64;

/// What may stand at a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A table of further keys.
    Section,
    /// A list of tables of further keys.
    Tables,
    /// A list of texts.
    List,
    /// One value.
    Value,
}

/// All known keys, members of lists of tables with `[]`.
pub(super) struct Known(Vec<(String, Shape)>);

impl Known {
    pub(super) fn new() -> Self {
        let mut known = Self(Vec::new());
        known.section::<ServerConfig>("server");
        known.section::<DatabaseConfig>("database");
        known.section::<KeysConfig>("keys");
        known.section::<TokensConfig>("tokens");
        known.members::<IssuerConfig>("tokens.issuer[]");
        known.section::<LimitsConfig>("limits");
        known.section::<DocumentsConfig>("documents");
        known.section::<IntrospectionConfig>("introspection");
        known.section::<DeadlinesConfig>("deadlines");
        known.section::<ProcessorConfig>("processor");
        known.section::<TransfersConfig>("transfers");
        known.section::<BreachConfig>("breach");
        known.section::<AuditConfig>("audit");
        known.section::<DownstreamConfig>("downstream");
        known.section::<MailConfig>("mail");
        known.section::<OpenDsrConfig>("opendsr");
        known.section::<ConsoleConfig>("console");
        known.section::<ExportsConfig>("exports");
        known.section::<LogConfig>("log");
        known.section::<MetricsConfig>("metrics");
        known.section::<WorkerConfig>("worker");
        known
    }

    fn section<'de, T: Deserialize<'de>>(&mut self, name: &str) {
        self.0.push((name.to_owned(), Shape::Section));
        self.members::<T>(name);
    }

    fn members<'de, T: Deserialize<'de>>(&mut self, table: &str) {
        for field in field_names::<T>() {
            let key = format!("{table}.{field}");
            let shape = match key.as_str() {
                TABLES => Shape::Tables,
                list if LISTS.contains(&list) => Shape::List,
                _ => Shape::Value,
            };
            self.0.push((key, shape));
        }
    }

    /// What may stand at `key`; `None` when there is no such key.
    pub(super) fn shape(&self, key: &str) -> Option<Shape> {
        let general = generalised(key)?;
        self.0.iter().find(|(known, _)| *known == general).map(|(_, shape)| *shape)
    }

    /// The known key that looks most like `key`, one in the same section before others.
    pub(super) fn nearest(&self, key: &str) -> String {
        let (section, name) = split(key);
        let likeness = |known: &str| {
            let (known_section, known_name) = split(known);
            let bonus = if generalised(section).as_deref() == Some(known_section) {
                0.25
            } else {
                strsim::normalized_damerau_levenshtein(section, known_section) / 8.0
            };
            strsim::normalized_damerau_levenshtein(name, known_name) + bonus
        };
        let nearest = self.0.iter().max_by(|a, b| likeness(&a.0).total_cmp(&likeness(&b.0)));
        nearest.map(|(known, _)| known.clone()).unwrap_or_default()
    }

    #[cfg(test)]
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }
}

fn split(key: &str) -> (&str, &str) {
    key.rsplit_once('.').unwrap_or(("", key))
}

/// `tokens.issuer[3].audience` as `tokens.issuer[].audience`; `None` for an index that is none.
fn generalised(key: &str) -> Option<String> {
    let Some((before, rest)) = key.split_once('[') else {
        return Some(key.to_owned());
    };
    let (index, after) = rest.split_once(']')?;
    let fits = index.is_empty() || index.parse::<usize>().is_ok_and(|index| index < MOST_TABLES);
    fits.then(|| format!("{before}[]{after}"))
}

/// The names that a derived `Deserialize` accepts.
pub(super) fn field_names<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // It always fails: the names are all that is wanted of it.
    let _ = T::deserialize(FieldNames(&mut names));
    names
}

struct FieldNames<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for FieldNames<'_> {
    type Error = value::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = fields;
        Err(value::Error::custom("names only"))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Self::Error> {
        Err(value::Error::custom("names only"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn every_section_of_the_configuration_is_known() {
        let known = Known::new();
        for section in field_names::<Config>() {
            assert_eq!(known.shape(section), Some(Shape::Section), "{section}");
        }
        assert_eq!(known.keys().filter(|key| !key.contains('.')).count(), field_names::<Config>().len());
    }

    #[test]
    fn the_nearest_key_is_the_one_a_person_meant() {
        let known = Known::new();
        for (typed, meant) in [
            ("srever", "server"),
            ("server.listn", "server.listen"),
            ("server.public-url", "server.public_url"),
            ("server.max_connections", "database.max_connections"),
            ("tokens.issuer[2].jwks_uri", "tokens.issuer[].jwks_url"),
            ("keys.masterkey_file", "keys.master_key_file"),
            ("tokens.issuer[99999999999].issuer", "tokens.issuer[].issuer"),
        ] {
            assert_eq!(known.nearest(typed), meant);
        }
    }

    #[test]
    fn an_index_that_is_none_makes_no_key() {
        let known = Known::new();
        assert_eq!(known.shape("tokens.issuer[0].issuer"), Some(Shape::Value));
        assert_eq!(known.shape("tokens.issuer[4000000000].issuer"), None);
        assert_eq!(known.shape("tokens.issuer[x].issuer"), None);
    }
}
