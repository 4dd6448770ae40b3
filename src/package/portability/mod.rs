//! The answer to a request for portability as files (Art. 20): what the person provided, in a structured, commonly
//! used and machine-readable form, and a letter that says what it is and what was left out.

mod csv;
pub mod json;
#[cfg(test)]
mod tests;

use domain::category::DataCategory;
use domain::export::ExportFormat;
use domain::personal::Personal;

use super::PackageError;
use super::answer::Address;
use super::asked::AskedSystem;
use super::letter::pdf;
use super::letter::request::{self, Case, Stage};

/// The answer to one request for portability.
pub struct PortabilityAnswer {
    /// The request's identifier.
    pub request_id: String,
    /// Where the JSON Schema of the machine-readable file is published.
    pub schema_url: String,
    /// What the person provided, and is processed on consent or contract.
    pub provided: Provided,
    /// The request at [`Stage::Answered`], which names what was left out: the letter is made from it.
    pub case: Case,
}

/// What the person provided; `None` where nothing is held or the right does not reach it. A password is never stored
/// and accounting records are the controller's own, so neither has a place here.
#[derive(Default)]
pub struct Provided {
    /// The name.
    pub name: Option<Personal<String>>,
    /// The position, role or title.
    pub position: Option<Personal<String>>,
    /// The telephone number, E.164.
    pub phone: Option<Personal<String>>,
    /// The postal address.
    pub address: Option<Personal<Address>>,
    /// The e-mail address.
    pub email: Option<Personal<String>>,
    /// The login name.
    pub login_name: Option<Personal<String>>,
}

impl PortabilityAnswer {
    /// The controller's other systems that were asked too, with what they returned.
    fn asked(&self) -> &[AskedSystem] {
        match &self.case.stage {
            Stage::Answered(answer) => &answer.asked,
            _ => &[],
        }
    }

    /// What was left out, each with the reason.
    fn excluded(&self) -> &[(DataCategory, String)] {
        match &self.case.stage {
            Stage::Answered(answer) => &answer.excluded,
            _ => &[],
        }
    }
}

/// The answer as one file.
///
/// # Errors
/// [`PackageError`] when a writer refuses; no content of the answer makes it do so.
pub(super) fn render(answer: &PortabilityAnswer, format: ExportFormat) -> Result<Vec<u8>, PackageError> {
    match format {
        ExportFormat::Json => json::write(answer),
        ExportFormat::CsvZip => csv::write(answer),
        ExportFormat::Pdf => Ok(pdf::render(&request::letter(&answer.case))?),
    }
}
