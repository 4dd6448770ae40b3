//! Exports of all that a tenant has, asked for and fetched.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::time::Duration;

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::tenant::Tenant;

/// The selection of all that an export tells of itself, but for the link.
pub const EXPORT: &str = "id status requestedAt readyAt expiresAt byteCount sha256 downloads";

/// The files of an export, by name.
pub struct Unpacked(BTreeMap<String, Vec<u8>>);

impl Unpacked {
    /// Unpacks an archive.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn of(archive: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(archive)).expect("an archive");
        let mut files = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).expect("a file of the archive");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("the file unpacks");
            files.insert(file.name().expect("a name").into_owned(), content);
        }
        Self(files)
    }

    /// Names and contents.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, content)| (name.as_str(), content.as_slice()))
    }

    /// The text of a file.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        let content = self.0.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", self.0.keys()));
        String::from_utf8(content.clone()).expect("UTF-8")
    }

    /// The records of a kind, from the file in JSON Lines.
    ///
    /// # Panics
    /// When a line is no JSON.
    #[must_use]
    pub fn records(&self, kind: &str) -> Vec<Value> {
        let text = self.text(&format!("{kind}.jsonl"));
        text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }

    /// The rows of a kind, from the file in CSV, by the names of their columns.
    ///
    /// # Panics
    /// When the file is no table.
    #[must_use]
    pub fn rows(&self, kind: &str) -> Vec<BTreeMap<String, String>> {
        let text = self.text(&format!("{kind}.csv"));
        let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader.deserialize().map(|row| row.expect("a row")).collect()
    }

    /// Everything as one text.
    #[must_use]
    pub fn everything(&self) -> String {
        self.0.values().map(|content| String::from_utf8_lossy(content)).collect()
    }
}

impl Tenant<'_> {
    /// Staff tries to have an export made.
    pub async fn tries_to_export(&self) -> Answer {
        // The newest is told by its identifier, which is in the order of asking only where the clock has moved between.
        self.gateway().clock.advance(Duration::from_millis(1));
        self.admin().change("requestTenantExport", json!({}), "tenantExport { id status }").await
    }

    /// Staff asks for an export, and it is made; gives its identifier.
    pub async fn exports(&self) -> String {
        let id = self.tries_to_export().await.made();
        self.gateway().work().await;
        assert_eq!(self.newest_export().await["status"], "READY");
        id
    }

    /// What the newest export tells of itself; null where there is none.
    pub async fn newest_export(&self) -> Value {
        let text = format!("{{ tenantExport {{ {EXPORT} }} }}");
        self.admin().query(&text, Value::Null).await.data("/tenantExport")
    }

    /// What an export tells of itself; null where there is none.
    pub async fn export(&self, id: &str) -> Value {
        let text = format!("query($id: ID!) {{ node(id: $id) {{ ... on TenantExport {{ {EXPORT} }} }} }}");
        self.admin().query(&text, json!({ "id": id })).await.data("/node")
    }

    /// A link to the newest export.
    pub async fn export_link(&self) -> String {
        let answer = self.admin().query("{ tenantExport { downloadUrl } }", Value::Null).await;
        answer.string("/tenantExport/downloadUrl")
    }

    /// Fetches the newest export and unpacks it.
    pub async fn unpacks_export(&self) -> Unpacked {
        let file = self.gateway().get(&self.export_link().await).await;
        assert_eq!(file.status, 200, "{}", file.text());
        Unpacked::of(&file.body)
    }
}
