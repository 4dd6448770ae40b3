//! Documents that are handed out within an answer.

use aws_lc_rs::digest::{SHA256, digest};

/// Forms of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentFormat {
    /// Text, with marks for headings and tables.
    Markdown,
    /// For a person to read and print.
    Pdf,
    /// Machine-readable.
    Json,
}

/// A finished document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What to call the file.
    pub file_name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl Document {
    /// Digest of the bytes, in lower-case hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        hex::encode(digest(&SHA256, &self.content))
    }
}
