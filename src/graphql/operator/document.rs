//! Documents that are handed out within an answer.

use async_graphql::SimpleObject;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::scalars::Sha256;
use crate::service::document;

/// A finished document.
#[derive(SimpleObject)]
pub struct Document {
    /// What to call the file.
    file_name: String,
    /// Its media type.
    media_type: String,
    /// Digest of its bytes.
    sha256: Sha256,
    /// Its bytes, base 64 (RFC 4648 section 4).
    content_base64: String,
}

impl From<document::Document> for Document {
    fn from(document: document::Document) -> Self {
        Self {
            sha256: Sha256(document.sha256()),
            file_name: document.file_name,
            media_type: document.media_type.to_owned(),
            content_base64: STANDARD.encode(&document.content),
        }
    }
}
