//! The export of all that a tenant has (Art. 28(3)(g)): a ZIP archive of JSON Lines and CSV for each kind of record, the
//! agreements as texts, a README in both languages, and a manifest of digests.
//!
//! Records are plain and typed; whoever builds the archive reads them and puts them in, kind by kind. The same records
//! give the same bytes. A record has no `Debug` and no `Serialize` of its own: its values leave the room only through the
//! archive.

mod archive;
mod cell;
mod manifest;
mod notice;
mod person;
mod readme;
mod record;
mod register;
mod request;
mod task;

pub use archive::{Archive, Form, Heading, Table};
pub use cell::Cell;
pub use manifest::{FileEntry, VERSION};
pub use notice::Notice;
pub use person::{AccountingRecord, Consent, DataSubject, LegalHold, Restriction};
pub use record::{Column, Kind, Record};
pub use register::{
    Agreement, DownstreamSystem, Instruction, ProcessingActivity, RetentionRule, Signature, Tenant,
};
pub use request::{Correction, Outcome, RightsRequest, Step};
pub use task::Task;

#[cfg(test)]
mod tests;
