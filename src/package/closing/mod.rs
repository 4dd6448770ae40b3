//! The certificate that a controller gets at the end: what of its data was returned, what was erased and what the
//! processor keeps (Art. 28(3)(g)). It names organisations, dates, counts and digests, and nothing of a data subject.

mod document;
mod en;
pub mod kind;
#[cfg(test)]
mod sample;
mod sv;
#[cfg(test)]
mod tests;
mod texts;

use domain::closing::ErasedKind;
use domain::language::Language;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kind::{KeepingGround, KeptKind};
use serde::{Deserialize, Serialize};

use super::answer::Processor;
use super::certificate::{self, ProcessorMembers, Tenant};
use super::letter::Letter;

/// The JSON Schema (draft 2020-12) of the file.
pub const SCHEMA: &str = include_str!("../../../schema/closing-certificate.schema.json");

/// How a tenant's data was returned and erased.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Statement {
    /// The controller.
    pub tenant: Tenant,
    /// Who certifies.
    #[serde(with = "ProcessorMembers")]
    pub processor: Processor,
    /// The relationship's last day (Swedish time).
    pub relationship_ended_on: Date,
    /// The last day on which the data could be fetched (Swedish time).
    pub return_ended_on: Date,
    /// When the erasure began.
    pub erasure_began_at: Timestamp,
    /// When the tenant's keys were gone.
    pub keys_destroyed_at: Timestamp,
    /// When the tenant was closed; every document bears this instant as its date.
    pub closed_at: Timestamp,
    /// The exports of all data that were made; empty where none was asked for.
    pub returned: Vec<Returned>,
    /// How many of each kind were erased.
    pub erased: Vec<Erased>,
    /// What the processor keeps of its own.
    pub kept: Vec<Kept>,
    /// The destroyed keys.
    pub key_fingerprints: Vec<DestroyedKey>,
    /// What each sub-processor that had the data says.
    pub confirmations: Vec<Confirmation>,
}

/// An export of all of the tenant's data.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Returned {
    /// When it was made.
    pub made_at: Timestamp,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: String,
    /// The length of the file in bytes.
    pub bytes: u64,
    /// Each time that it was fetched; empty where it never was.
    pub downloaded_at: Vec<Timestamp>,
}

/// How much of a kind was erased.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erased {
    /// The kind.
    pub kind: ErasedKind,
    /// How many.
    pub count: u64,
}

/// Something that the processor keeps. What it processed on the controller's behalf is not among it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// What.
    pub what: KeptKind,
    /// Why.
    pub why: KeepingGround,
    /// Until and including when.
    pub until: Date,
}

/// A key of the tenant that was destroyed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DestroyedKey {
    /// What it was for.
    pub class: String,
    /// SHA-256 of the 16 bytes of the key's identifier, lower-case hexadecimal. The key itself has no part in it.
    pub sha256: String,
}

/// A sub-processor's word that it has erased the data.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Confirmation {
    /// The sub-processor's name.
    pub subprocessor: String,
    /// The day that it names; `None` while it has said nothing.
    pub confirmed_on: Option<Date>,
}

impl certificate::Statement for Statement {
    const VERSION: u32 = 2;
    const FILE_VERSION: u32 = 2;

    fn processor(&self) -> &Processor {
        &self.processor
    }

    fn document(&self, zone: &TimeZone, language: Language) -> Letter {
        document::document(self, zone, language)
    }
}
