//! Entries as they are published together: each behind its length (tlog-tiles, entry bundles).

/// The length of the longest entry that can be published, in bytes.
pub const MAX_ENTRY_BYTES: usize = 65_535;

/// An entry does not fit its length field of two bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an entry of {length} bytes is longer than 65,535 bytes")]
pub struct EntryTooLong {
    /// Its length in bytes.
    pub length: usize,
}

/// Puts entries one after the other, each behind its length as two bytes, the higher one first.
///
/// # Errors
/// [`EntryTooLong`] for the first entry of more than [`MAX_ENTRY_BYTES`].
pub fn entry_bundle<'e>(entries: impl Iterator<Item = &'e [u8]>) -> Result<Vec<u8>, EntryTooLong> {
    let mut bundle = Vec::new();
    for entry in entries {
        let length = u16::try_from(entry.len()).map_err(|_| EntryTooLong { length: entry.len() })?;
        bundle.extend_from_slice(&length.to_be_bytes());
        bundle.extend_from_slice(entry);
    }
    Ok(bundle)
}
