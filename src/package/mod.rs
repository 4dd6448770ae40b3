//! What a person is told and given: letters about every request (Art. 12), and the answers to requests for access and
//! portability as files, for machines, for spreadsheets and for people (Art. 15, 20).
//!
//! One [`AccessAnswer`] or [`PortabilityAnswer`] goes in, bytes come out. The same answer gives the same bytes: nothing here asks for the
//! time, for chance or for a file.

pub mod agreement;
pub mod answer;
pub mod asked;
pub mod certificate;
pub mod closing;
pub mod csv_zip;
pub mod erasure_certificate;
pub mod json;
pub mod letter;
pub mod notice;
pub mod notice_mail;
pub mod portability;
pub mod processing_record;
#[cfg(test)]
pub(crate) mod sample;
pub mod tenant_export;

use answer::AccessAnswer;
pub use domain::export::ExportFormat;
use portability::PortabilityAnswer;

/// The media type of a file in the format.
#[must_use]
pub const fn media_type(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Json => "application/json",
        ExportFormat::CsvZip => "application/zip",
        ExportFormat::Pdf => "application/pdf",
    }
}

/// The extension of a file's name in the format, without a dot.
#[must_use]
pub const fn file_extension(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Json => "json",
        ExportFormat::CsvZip => "zip",
        ExportFormat::Pdf => "pdf",
    }
}

/// A file could not be made. The texts name the step and nothing of the content.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The JSON could not be written.
    #[error("the JSON file could not be written")]
    Json(#[from] serde_json::Error),
    /// A table could not be written.
    #[error("a CSV table could not be written")]
    Csv(#[from] csv::Error),
    /// The archive could not be written.
    #[error("the ZIP archive could not be written")]
    Zip(#[from] zip::result::ZipError),
    /// The letter could not be written.
    #[error(transparent)]
    Pdf(#[from] letter::pdf::PdfError),
    /// A certificate is not what it should be.
    #[error(transparent)]
    Certificate(#[from] certificate::CertificateError),
}

/// The answer to a request for access as one file.
///
/// # Errors
/// [`PackageError`] when a writer refuses; no content of the answer makes it do so.
pub fn render(answer: &AccessAnswer, format: ExportFormat) -> Result<Vec<u8>, PackageError> {
    match format {
        ExportFormat::Json => json::write(answer),
        ExportFormat::CsvZip => csv_zip::write(answer),
        ExportFormat::Pdf => Ok(letter::pdf::render(&letter::access::letter(answer))?),
    }
}

/// The answer to a request for portability as one file.
///
/// # Errors
/// [`PackageError`] when a writer refuses; no content of the answer makes it do so.
pub fn render_portability(answer: &PortabilityAnswer, format: ExportFormat) -> Result<Vec<u8>, PackageError> {
    portability::render(answer, format)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use domain::language::Language;

    use super::*;

    #[test]
    fn the_same_answer_gives_the_same_bytes_in_every_format_and_language() {
        for language in [Language::Sv, Language::En] {
            for format in ExportFormat::ALL.iter().copied() {
                let first = render(&sample::full(language), format).unwrap();
                let second = render(&sample::full(language), format).unwrap();
                assert!(first == second, "{format:?} {}", format.code());
            }
        }
    }

    #[test]
    fn a_person_of_whom_almost_nothing_is_held_gets_an_answer_too() {
        for language in [Language::Sv, Language::En] {
            for format in ExportFormat::ALL.iter().copied() {
                assert!(!render(&sample::minimal(language), format).unwrap().is_empty());
            }
        }
    }
}
