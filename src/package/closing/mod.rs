//! The certificate that a controller gets at the end: what of its data was returned, what was erased and what the
//! processor keeps (Art. 28(3)(g)). It names organisations, dates, counts and digests, and nothing of a data subject.
//!
//! The input is plain: whoever builds it has read the register. The same certificate gives the same bytes.

mod document;
mod en;
pub mod json;
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

use super::PackageError;
use super::answer::Processor;
use super::letter::{markdown as commonmark, pdf as portable};

/// How a tenant's data was returned and erased.
pub struct Certificate {
    /// The controller.
    pub tenant: Tenant,
    /// Who certifies.
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
    pub erased: Vec<(ErasedKind, u64)>,
    /// What the processor keeps of its own.
    pub kept: Vec<Kept>,
    /// The destroyed keys: class, and SHA-256 of the 16 bytes of the key's identifier in lower-case hexadecimal. The key
    /// itself has no part in it.
    pub key_fingerprints: Vec<(String, String)>,
    /// What each sub-processor that had the data says.
    pub confirmations: Vec<Confirmation>,
    /// The zone in which the printed instants are written.
    pub zone: TimeZone,
}

/// The controller whose relationship has ended.
pub struct Tenant {
    /// The identifier, `tenant_…`.
    pub id: String,
    /// The name.
    pub name: String,
    /// The organisation number; a foreign organisation has none.
    pub organisation_number: Option<String>,
}

/// An export of all of the tenant's data.
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

/// Something that the processor keeps. What it processed on the controller's behalf is not among it.
pub struct Kept {
    /// What.
    pub what: KeptKind,
    /// Why.
    pub why: KeepingGround,
    /// Until and including when.
    pub until: Date,
}

/// A sub-processor's word that it has erased the data.
pub struct Confirmation {
    /// The sub-processor's name.
    pub subprocessor: String,
    /// The day that it names; `None` while it has said nothing.
    pub confirmed_on: Option<Date>,
}

/// The certificate as JSON: see [`json::SCHEMA`].
///
/// # Errors
/// [`PackageError::Json`] when the serialiser refuses.
pub fn json(certificate: &Certificate) -> Result<Vec<u8>, PackageError> {
    json::write(certificate)
}

/// The certificate as Markdown.
#[must_use]
pub fn markdown(certificate: &Certificate, language: Language) -> String {
    commonmark::render(&document::document(certificate, language))
}

/// The certificate as PDF.
///
/// # Errors
/// [`PackageError::Pdf`] when a font or the writer fails; no content of the certificate makes it do so.
pub fn pdf(certificate: &Certificate, language: Language) -> Result<Vec<u8>, PackageError> {
    Ok(portable::render(&document::document(certificate, language))?)
}
