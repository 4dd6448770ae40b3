//! The audit log: entries that hold identifiers and categories, never values, and that are only ever added.

mod archive;
mod event;
mod log;
mod page;
mod published;
mod said;
mod sequencer;
mod tree;
mod writer;

pub use archive::{
    ArchivedEntry, ArchivedHead, ArchivedLog, ArchivedRow, AuditArchive, EntryCount, archived_keys,
};
pub(crate) use event::Entry;
pub use event::{AuditEvent, RecordedEvent};
pub use log::{AuditFilter, AuditPage};
pub use sequencer::SEQUENCED_AT_ONCE;
pub use tree::StoredCheckpoint;
pub(crate) use tree::{consistency, newest_checkpoint};
pub(crate) use writer::AuditWriter;
