//! The manifest: what is in the archive, with a digest of each file. It is the last of them.

use serde_json::json;

use super::archive::Heading;
use crate::package::PackageError;

/// The version of the archive's shape. It changes with every file or column that goes and every meaning that changes.
pub const VERSION: &str = "1";

/// The manifest's own name.
pub const NAME: &str = "manifest.json";

/// A file of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Its name.
    pub name: String,
    /// How many records; `None` for a text.
    pub rows: Option<u64>,
    /// Its length, in bytes, when unpacked.
    pub bytes: u64,
    /// SHA-256 of the unpacked file, in lower-case hexadecimal.
    pub sha256: String,
}

pub(super) fn write(heading: &Heading, files: &[FileEntry]) -> Result<String, PackageError> {
    let file = |file: &FileEntry| json!({ "name": file.name, "rows": file.rows, "bytes": file.bytes, "sha256": file.sha256 });
    let manifest = json!({
        "version": VERSION,
        "tenantId": heading.tenant.to_string(),
        "tenant": heading.name,
        "madeAt": heading.made_at,
        "madeBy": heading.processor,
        "files": files.iter().map(file).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&manifest)?;
    text.push('\n');
    Ok(text)
}
