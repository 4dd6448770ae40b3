//! The certificate of an erasure that was carried out (Art. 17): evidence for the controller of what is gone and what is kept
//! (Art. 5(2), 28(3)(h)). It says nothing of the person but the random identifier, which leads to nobody any longer.
//!
//! Each completion has one, and each but the first names the one before.

mod document;
mod en;
pub mod kind;
#[cfg(test)]
mod sample;
mod scope;
mod sv;
#[cfg(test)]
mod tests;
mod texts;

use domain::category::DataCategory;
use domain::erasure::Scope;
use domain::language::Language;
use domain::outcome::{OutcomeAction, RetentionGround};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kind::{Stage, SystemOutcome};
use serde::{Deserialize, Serialize};

use super::answer::Processor;
use super::certificate::{self, CertificateError, ProcessorMembers, Tenant};
use super::letter::Letter;

/// The JSON Schema (draft 2020-12) of the file.
pub const SCHEMA: &str = include_str!("../../../schema/erasure-certificate.schema.json");

/// What is certified of an erasure.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Statement {
    /// The controller, who decided.
    pub tenant: Tenant,
    /// The processor, who carried it out and certifies.
    #[serde(with = "ProcessorMembers")]
    pub processor: Processor,
    /// The request that asked for it.
    pub request: Request,
    /// The person's random identifier, `subject_…`.
    pub subject_id: String,
    /// How far it went.
    pub stage: Stage,
    /// When it was carried out; every document bears this instant as its date.
    pub completed_at: Timestamp,
    /// What became of each category.
    pub outcomes: Vec<Outcome>,
    /// The keys that were destroyed.
    pub keys: Vec<DestroyedKey>,
    /// What other systems that held the data say; empty where none did.
    pub systems: Vec<SystemReceipt>,
    /// When the database's files were rewritten without the erased bytes; `None` where that is not noted.
    pub storage_compacted_at: Option<Timestamp>,
    /// SHA-256 of the statement that this one follows, lower-case hexadecimal; the first follows none.
    pub previous: Option<String>,
}

/// The request for erasure.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Request {
    /// The identifier, `request_…`.
    pub id: String,
    /// The number that people use.
    pub reference: String,
    /// When it came in.
    pub received_at: Timestamp,
    /// When the controller granted it.
    pub decided_at: Timestamp,
    /// What was to be erased.
    #[serde(rename = "categories", with = "scope")]
    pub scope: Scope,
}

/// What became of one category.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Outcome {
    /// Which.
    pub category: DataCategory,
    /// Erased, retained, or nothing was held: an erasure has no other.
    pub action: OutcomeAction,
    /// Why it was retained.
    pub ground: Option<RetentionGround>,
    /// Until and including when it is retained; `None` where no law or decision fixes a day.
    pub until: Option<Date>,
    /// How many accounting records it is about; 0 where it is about none.
    pub records: u32,
}

/// A key that was destroyed.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DestroyedKey {
    /// What it was for.
    pub class: String,
    /// SHA-256 of the 16 bytes of the key's identifier, lower-case hexadecimal. The key itself has no part in it.
    pub sha256: String,
    /// When it was gone.
    pub destroyed_at: Timestamp,
}

/// What another system that held the data says.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SystemReceipt {
    /// The system's name.
    pub name: String,
    /// How its part ended.
    pub outcome: SystemOutcome,
    /// When it confirmed the erasure; `None` where it did not.
    pub confirmed_at: Option<Timestamp>,
}

impl certificate::Statement for Statement {
    const VERSION: u32 = 1;
    const FILE_VERSION: u32 = 1;

    fn processor(&self) -> &Processor {
        &self.processor
    }

    fn document(&self, zone: &TimeZone, language: Language) -> Letter {
        document::document(self, zone, language)
    }

    /// An erasure erases, retains or finds nothing.
    fn check(&self) -> Result<(), CertificateError> {
        let is_of_an_erasure = |outcome: &Outcome| {
            matches!(
                outcome.action,
                OutcomeAction::Erased | OutcomeAction::Retained | OutcomeAction::NothingHeld
            )
        };
        self.outcomes.iter().all(is_of_an_erasure).then_some(()).ok_or(CertificateError::Outcome)
    }
}
