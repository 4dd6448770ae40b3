//! Manifests as build tools write them, told apart by their shape.

use std::collections::HashMap;

use anyhow::{Context as _, bail};
use domain::trusted::{digest, is_id};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::service::trusted::sha256;

/// What Apollo's manifests say of themselves.
const APOLLO: &str = "apollo-persisted-query-manifest";

/// A document of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its identifier, as given but for the prefix of a digest.
    pub id: String,
    /// SHA-256 of the text.
    pub sha256: [u8; 32],
    /// The text.
    pub text: String,
    /// The operation's name, where the manifest tells it.
    pub name: Option<String>,
}

impl Entry {
    /// What a person knows it by.
    pub fn title(&self) -> String {
        let named = self.name.as_ref().map(|name| format!("{name} ({})", self.id));
        named.unwrap_or_else(|| self.id.clone())
    }
}

#[derive(Deserialize)]
struct Apollo {
    version: u64,
    operations: Vec<Operation>,
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    name: Option<String>,
    body: String,
}

/// Reads a manifest: an object from identifiers to texts (Relay, graphql-codegen), or Apollo's list of operations.
///
/// # Errors
/// When it is neither, or an identifier is none, stands for two texts or is the digest of another one.
pub fn read(text: &str) -> anyhow::Result<Vec<Entry>> {
    let value: Value = serde_json::from_str(text).context("the manifest is not JSON")?;
    let Value::Object(members) = value else {
        bail!("the manifest is no object: expected {{\"ID\": \"TEXT\"}}, or the format {APOLLO}");
    };
    let entries = match members.get("format").and_then(Value::as_str) {
        Some(APOLLO) => apollo(Value::Object(members))?,
        Some(other) if members.contains_key("operations") => {
            bail!("the format {other} is not known: expected {APOLLO}")
        }
        _ => texts(members)?,
    };
    if entries.is_empty() {
        bail!("the manifest holds no document");
    }
    distinct(entries)
}

fn apollo(manifest: Value) -> anyhow::Result<Vec<Entry>> {
    let read: Apollo =
        serde_json::from_value(manifest).context("the manifest lacks members of its format")?;
    if read.version != 1 {
        bail!("version {} of {APOLLO} is not known: expected 1", read.version);
    }
    read.operations.into_iter().map(|one| entry(&one.id, one.body, one.name)).collect()
}

fn texts(members: Map<String, Value>) -> anyhow::Result<Vec<Entry>> {
    let read = |(id, text): (String, Value)| match text {
        Value::String(text) => {
            let name = name_of(&text);
            entry(&id, text, name)
        }
        _ => bail!("\"{id}\" is no text: expected {{\"ID\": \"TEXT\"}}"),
    };
    members.into_iter().map(read).collect()
}

/// The name of a document's only operation.
fn name_of(text: &str) -> Option<String> {
    let mut words =
        text.split_whitespace().skip_while(|word| !["query", "mutation", "subscription"].contains(word));
    let name = words.nth(1)?;
    let name: String = name.chars().take_while(|one| one.is_ascii_alphanumeric() || *one == '_').collect();
    (!name.is_empty()).then_some(name)
}

fn entry(id: &str, text: String, name: Option<String>) -> anyhow::Result<Entry> {
    let prefixed = id.strip_prefix("sha256:");
    let id = prefixed.unwrap_or(id);
    if !is_id(id) || prefixed.is_some_and(|digits| digest(digits).is_none()) {
        bail!(
            "an identifier has 1 to 255 bytes and no control characters, after sha256: 64 hexadecimal digits"
        );
    }
    let actual = sha256(&text);
    let Some(said) = digest(id) else {
        return Ok(Entry { id: id.to_owned(), sha256: actual, text, name });
    };
    if said != actual {
        bail!(
            "{} looks like a SHA-256 and is not that of its text, which is {}: build the manifest anew",
            name.map_or_else(|| id.to_owned(), |name| format!("{name} ({id})")),
            hex::encode(actual)
        );
    }
    Ok(Entry { id: id.to_ascii_lowercase(), sha256: actual, text, name })
}

fn distinct(entries: Vec<Entry>) -> anyhow::Result<Vec<Entry>> {
    let mut known: HashMap<String, [u8; 32]> = HashMap::new();
    let mut distinct = Vec::with_capacity(entries.len());
    for entry in entries {
        match known.insert(entry.id.clone(), entry.sha256) {
            None => distinct.push(entry),
            Some(sha256) if sha256 == entry.sha256 => {}
            Some(_) => {
                bail!("{} stands for two texts: give each operation an identifier of its own", entry.id)
            }
        }
    }
    Ok(distinct)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use serde_json::json;

    use super::*;

    const TEXT: &str = "query Page { viewer { actor } }";

    fn hash() -> String {
        hex::encode(sha256(TEXT))
    }

    fn ids(manifest: &Value) -> Vec<(String, Option<String>)> {
        let entries = read(&manifest.to_string()).unwrap();
        entries.into_iter().map(|entry| (entry.id, entry.name)).collect()
    }

    #[test]
    fn the_manifests_of_relay_codegen_and_apollo_are_told_apart_by_their_shape() {
        let page = Some("Page".to_owned());
        let md5 = "0cc175b9c0f1b6a831c399e269772661";
        for (manifest, expected) in [
            (json!({ md5: TEXT }), (md5.to_owned(), page.clone())),
            (json!({ hash(): TEXT }), (hash(), page.clone())),
            (json!({ format!("sha256:{}", hash().to_uppercase()): TEXT }), (hash(), page.clone())),
            (json!({ "format": TEXT }), ("format".to_owned(), page.clone())),
            (
                json!({ "format": APOLLO, "version": 1, "operations":
                    [{ "id": hash(), "name": "Page", "type": "query", "body": TEXT }] }),
                (hash(), page),
            ),
        ] {
            assert_eq!(ids(&manifest), [expected], "{manifest}");
        }
    }

    #[test]
    fn a_manifest_with_a_fault_is_refused_with_words_that_say_which() {
        let operation =
            |id: &str, body: &str| json!({ "id": id, "name": "Page", "type": "query", "body": body });
        let apollo =
            |operations: &[Value]| json!({ "format": APOLLO, "version": 1, "operations": operations });
        for (manifest, said) in [
            (json!([]), "no object"),
            (json!({}), "no document"),
            (json!({ "a": 1 }), "\"a\" is no text"),
            (json!({ "": TEXT }), "1 to 255 bytes"),
            (json!({ "sha256:abc": TEXT }), "64 hexadecimal digits"),
            (json!({ hash(): "{ viewer { actor } }" }), "is not that of its text"),
            (apollo(&[operation(&hash(), "{ a }")]), "Page ("),
            (apollo(&[operation("a", "{ a }"), operation("a", "{ b }")]), "stands for two texts"),
            (apollo(&[json!({ "id": "a" })]), "lacks members"),
            (json!({ "format": APOLLO, "version": 2, "operations": [] }), "version 2"),
            (json!({ "format": "other", "version": 1, "operations": [] }), "format other"),
        ] {
            let error = format!("{:#}", read(&manifest.to_string()).unwrap_err());
            assert!(error.contains(said), "{manifest}: {error}");
        }
        assert!(read("{").is_err());
    }
}
