//! The record of what is processed on the tenant's behalf (Art. 30(2)), from the register itself.

use domain::calendar::civil_date;
use domain::category::Categories;
use domain::country::CountryCode;
use domain::language::Language;
use domain::tenant::TenantStatus;
use jiff::civil::Date;
use store::{StoreError, StoredTenant};

use super::agreement::AgreementEntry;
use super::document::{Document, DocumentFormat};
use super::operator::agreement::{controller, processor};
use super::reading::{Opened, of_either};
use super::refusal::Refusal;
use super::subprocessor::SubprocessorEntry;
use super::{Gateway, ProcessorIdentity};
use crate::package::processing_record::{self, Agreement, Engaged, ProcessingRecord};

/// The record of one tenant, as it is today.
pub struct Record {
    /// The tenant.
    pub opened: Opened,
    /// The agreement under which data is processed; `None` where none is in force.
    pub agreement: Option<AgreementEntry>,
    /// The sub-processors that are engaged.
    pub engaged: Vec<SubprocessorEntry>,
    tenant: StoredTenant,
}

impl Opened {
    /// The record of processing.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn processing_record(&self) -> Result<Record, StoreError> {
        let (tenant, status) = self.find_tenant().await?;
        let governing = self.governing();
        let agreements = self.list_agreements().await?;
        let agreement = agreements.into_iter().find(|entry| Some(entry.stored.id) == governing);
        let engaged = match status {
            TenantStatus::Closed => Vec::new(),
            _ => self.list_engaged().await?,
        };
        Ok(Record { opened: self.clone(), agreement, engaged, tenant })
    }
}

impl Record {
    /// Categories of the processing that is carried out: what is done for each of the tenant's purposes. Of a closed tenant
    /// nothing is processed.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn processing_categories(&self, language: Language) -> Result<Vec<String>, StoreError> {
        if self.opened.status() == TenantStatus::Closed {
            return Ok(Vec::new());
        }
        let activities = of_either!(&self.opened, tx => tx.list_activities(language).await)?;
        Ok(activities.into_iter().map(|activity| activity.description).collect())
    }

    /// Categories of personal data.
    #[must_use]
    pub fn categories(&self) -> Categories {
        self.agreement.as_ref().map(|entry| entry.stored.categories.clone()).unwrap_or_default()
    }

    /// Technical and organisational measures, Art. 32(1).
    #[must_use]
    pub fn security_measures(&self) -> &[String] {
        self.agreement.as_ref().map_or(&[], |entry| &entry.stored.security_measures)
    }

    /// The sub-processors by which data goes to countries outside the EU/EEA (Art. 30(2)(c)).
    ///
    /// # Errors
    /// When a row is inconsistent.
    pub fn transfers(&self) -> Result<Vec<SubprocessorEntry>, StoreError> {
        let mut transfers = Vec::new();
        for entry in &self.engaged {
            if !engaged(entry)?.third_countries().is_empty() {
                transfers.push(entry.clone());
            }
        }
        Ok(transfers)
    }

    /// The whole record as Markdown.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn markdown(&self, gateway: &Gateway, language: Language) -> Result<String, StoreError> {
        let record = self.packaged(&gateway.settings.processor, language).await?;
        Ok(processing_record::markdown(&record, language))
    }

    /// The whole record as a file.
    ///
    /// # Errors
    /// When the database fails, a row is inconsistent or the file cannot be made.
    pub async fn print(
        &self,
        gateway: &Gateway,
        (format, language): (DocumentFormat, Language),
    ) -> Result<Document, Refusal> {
        let record = self.packaged(&gateway.settings.processor, language).await?;
        let (extension, media_type, content) = match format {
            DocumentFormat::Markdown => {
                ("md", "text/markdown", processing_record::markdown(&record, language).into_bytes())
            }
            DocumentFormat::Pdf => {
                let bytes = processing_record::pdf(&record, language).map_err(Refusal::Package)?;
                ("pdf", "application/pdf", bytes)
            }
            DocumentFormat::Json => {
                let text = processing_record::json_ld(&record).map_err(Refusal::Package)?;
                ("jsonld", "application/ld+json", text.into_bytes())
            }
        };
        let file_name = format!("record-of-processing-{}.{extension}", record.as_of);
        Ok(Document { file_name, media_type, content })
    }

    async fn packaged(
        &self,
        identity: &ProcessorIdentity,
        language: Language,
    ) -> Result<ProcessingRecord, StoreError> {
        let stored = self.agreement.as_ref().map(|entry| &entry.stored);
        Ok(ProcessingRecord {
            controller: controller(&self.tenant),
            processor: processor(identity),
            processing_categories: self.processing_categories(language).await?,
            categories: self.categories(),
            subject_categories: stored.map(|stored| stored.subject_categories.clone()).unwrap_or_default(),
            subprocessors: self.engaged.iter().map(engaged).collect::<Result<_, _>>()?,
            security_measures: self.security_measures().to_vec(),
            agreement: self.agreement.as_ref().map(agreement),
            as_of: self.today(),
        })
    }

    fn today(&self) -> Date {
        civil_date(self.opened.now())
    }
}

fn agreement(entry: &AgreementEntry) -> Agreement {
    Agreement {
        version: entry.stored.version,
        effective_from: entry.first_day(),
        effective_to: entry.last_day,
        return_period_days: entry.stored.return_period_days,
    }
}

fn engaged(entry: &SubprocessorEntry) -> Result<Engaged, StoreError> {
    let stored = &entry.known.stored;
    let inconsistent = |column| StoreError::Inconsistent { table: "subprocessor", column };
    let country = |code: &String| CountryCode::parse(code).ok();
    let countries: Option<Vec<_>> = stored.processing_countries.iter().map(country).collect();
    Ok(Engaged {
        name: stored.name.clone(),
        country: country(&stored.country).ok_or(inconsistent("country"))?,
        processing_countries: countries.ok_or(inconsistent("processing_countries"))?,
        purpose: stored.purpose.clone(),
        categories: stored.categories.clone(),
        mechanism: stored.transfer_mechanism,
        since: stored.effective_on,
    })
}
