//! Signed heads of the log, and proofs that one follows from another.

use async_graphql::{Result, SimpleObject};
use domain::invalid::Invalid;

use crate::graphql::errors;
use crate::service::reading::Reading;

/// A signed head of the tenant's audit log (C2SP tlog-checkpoint).
#[derive(SimpleObject)]
pub struct AuditCheckpoint {
    /// Name of the log.
    origin: String,
    /// Number of entries.
    tree_size: i32,
    /// RFC 6962 Merkle root, base64.
    root_hash: String,
    /// The signed note, verbatim.
    note: String,
    /// The key that verifies it, in signed-note form.
    verifier_key: String,
}

impl AuditCheckpoint {
    /// The newest.
    pub async fn newest(reading: &Reading) -> Result<Self> {
        let head = reading.checkpoint().await.map_err(|error| errors::internal(&error))?;
        let key = reading.verifier_key(&head).await.map_err(|error| errors::internal(&error))?;
        Ok(Self {
            tree_size: i32::try_from(head.size).unwrap_or(i32::MAX),
            root_hash: head.root.to_base64(),
            origin: head.origin,
            note: head.note,
            verifier_key: key,
        })
    }
}

/// The proof that the log of one size is the beginning of that of another.
pub async fn consistency(reading: &Reading, (from, to): (i32, i32)) -> Result<Vec<String>> {
    let newest = reading.checkpoint().await.map_err(|error| errors::internal(&error))?.size;
    let size = |argument, value: i32, most: u64| {
        let out = Invalid::OutOfRange { min: 1, max: i64::try_from(most).unwrap_or(i64::MAX) };
        let size = u64::try_from(value).ok().filter(|size| (1..=most).contains(size));
        size.ok_or_else(|| errors::bad_input(argument, out))
    };
    let to = size("to", to, newest)?;
    let from = size("from", from, to)?;
    let hashes = reading.prove_consistency(from, to).await;
    hashes.map_err(|error| errors::internal(&error))
}
