//! The record that the processor keeps of its processing on behalf of one controller (Art. 30(2)): to be read, printed
//! and shown to the supervisory authority (Art. 30(4)), and as JSON-LD for other tools.
//!
//! The input is plain: whoever builds it has read the register and the agreement. The same record gives the same bytes.

mod document;
mod en;
mod json_ld;
#[cfg(test)]
mod sample;
mod sv;
#[cfg(test)]
mod tests;
mod texts;

use domain::category::{Categories, DataCategory};
use domain::country::CountryCode;
use domain::language::Language;
use domain::subprocessor::{Location, TransferMechanism};
use jiff::civil::Date;

use super::PackageError;
use super::answer::{Controller, Processor};
use super::letter::{markdown as commonmark, pdf as portable};
pub use document::document;
pub use json_ld::json_ld;

/// The processing on behalf of one controller, as it is on one day. Texts from the register and the agreement stand in
/// the language in which they were written.
pub struct ProcessingRecord {
    /// On whose behalf (a).
    pub controller: Controller,
    /// Who processes (a).
    pub processor: Processor,
    /// What is done (b).
    pub processing_categories: Vec<String>,
    /// The categories of personal data.
    pub categories: Categories,
    /// The categories of data subjects.
    pub subject_categories: Vec<String>,
    /// The sub-processors that are engaged on the day.
    pub subprocessors: Vec<Engaged>,
    /// Technical and organisational measures, Art. 32(1) (d).
    pub security_measures: Vec<String>,
    /// The agreement in force on the day.
    pub agreement: Option<Agreement>,
    /// The day, in Swedish time; every document bears it as its date.
    pub as_of: Date,
}

/// The agreement under which the processing is done, Art. 28(3).
pub struct Agreement {
    /// 1 for the controller's first, counting up.
    pub version: u16,
    /// First day in force.
    pub effective_from: Date,
    /// Last day in force; open-ended where `None`.
    pub effective_to: Option<Date>,
    /// Days after the end during which the data can be fetched before it is erased, Art. 28(3)(g).
    pub return_period_days: u16,
}

/// A sub-processor that is engaged, Art. 28(4).
pub struct Engaged {
    /// The name.
    pub name: String,
    /// The country of its seat.
    pub country: CountryCode,
    /// Where it stores or reads personal data.
    pub processing_countries: Vec<CountryCode>,
    /// What it does.
    pub purpose: String,
    /// The categories that it may see.
    pub categories: Categories,
    /// What makes the place lawful, Art. 44 to 47.
    pub mechanism: TransferMechanism,
    /// First day of the engagement.
    pub since: Date,
}

/// The states of the EEA that are not Member States of the Union.
const EEA_OUTSIDE_UNION: [&str; 3] = ["IS", "LI", "NO"];

impl Engaged {
    /// The countries outside the EU/EEA to which data goes, its seat among them, each once (Art. 30(2)(c)).
    #[must_use]
    pub fn third_countries(&self) -> Vec<&CountryCode> {
        let (mechanism, seat, processing) = (self.mechanism, &self.country, &self.processing_countries);
        Location { mechanism, seat, processing }.third_countries()
    }

    /// Where it has accounting information outside the Union. Whether the law lets it be kept there is for the one who
    /// keeps the books to check, in Iceland, Liechtenstein and Norway too (bokföringslagen 7 kap. 3 a and 4 §§).
    #[must_use]
    pub fn accounting_outside_union(&self) -> Vec<&CountryCode> {
        if !self.categories.contains(&DataCategory::Accounting) {
            return Vec::new();
        }
        let outside =
            |country: &&CountryCode| !country.is_eea() || EEA_OUTSIDE_UNION.contains(&country.as_str());
        self.processing_countries.iter().filter(outside).collect()
    }
}

/// The record as Markdown.
#[must_use]
pub fn markdown(record: &ProcessingRecord, language: Language) -> String {
    commonmark::render(&document(record, language))
}

/// The record as PDF.
///
/// # Errors
/// [`PackageError::Pdf`] when a font or the writer fails; no content of the record makes it do so.
pub fn pdf(record: &ProcessingRecord, language: Language) -> Result<Vec<u8>, PackageError> {
    Ok(portable::render(&document(record, language))?)
}
