//! Certificates as files: what was certified, word for word, with the proof that the audit log vouches for it.

use domain::calendar::local_time;
use domain::language::Language;
use store::{StoredCertificate, StoredRequest};

use super::document::{Document, DocumentFormat};
use super::refusal::Refusal;
use crate::package::certificate::{Certificate, Statement, read};
use crate::package::erasure_certificate;

pub use crate::package::erasure_certificate::kind::Stage as ErasureStage;

/// The certificate of a request's erasure as a file: of the stage that is asked for, the newest where none is. `None` where
/// there is none, or its proof is not there yet.
///
/// # Errors
/// When a row is inconsistent or the file cannot be made.
pub fn of_erasure(
    (request, certificates): (&StoredRequest, &[StoredCertificate]),
    stage: Option<ErasureStage>,
    form: (DocumentFormat, Language),
) -> Result<Option<Document>, Refusal> {
    let name = format!("erasure-certificate-{}", request.reference);
    for stored in certificates.iter().rev() {
        let statement: erasure_certificate::Statement = read(&stored.statement).map_err(Refusal::Package)?;
        if stage.is_none_or(|stage| statement.stage == stage) {
            return document::<erasure_certificate::Statement>(stored, &name, form);
        }
    }
    Ok(None)
}

/// The certificate as a file of this name, without its extension; `None` until its proof is there.
pub(super) fn document<S: Statement>(
    stored: &StoredCertificate,
    name: &str,
    (format, language): (DocumentFormat, Language),
) -> Result<Option<Document>, Refusal> {
    let Some(proof) = &stored.proof else {
        return Ok(None);
    };
    let zone = local_time(stored.made_at).time_zone().clone();
    let certificate = Certificate::<S>::read((&stored.statement, proof), zone).map_err(Refusal::Package)?;
    let (extension, media_type, content) = match format {
        DocumentFormat::Markdown => ("md", "text/markdown", certificate.markdown(language).into_bytes()),
        DocumentFormat::Pdf => {
            ("pdf", "application/pdf", certificate.pdf(language).map_err(Refusal::Package)?)
        }
        DocumentFormat::Json => ("json", "application/json", certificate.json().map_err(Refusal::Package)?),
    };
    Ok(Some(Document { file_name: format!("{name}.{extension}"), media_type, content }))
}
