//! The audit log: entries that hold identifiers and categories, never values, and that are only ever added.

mod event;
mod log;
mod writer;

pub(crate) use event::Entry;
pub use event::{AuditEvent, RecordedEvent};
pub use log::{AuditFilter, AuditPage};
pub(crate) use writer::AuditWriter;
