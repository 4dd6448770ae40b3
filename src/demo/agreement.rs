//! What the tenants of the demonstration have agreed with the vendor (Art. 28(3)). The documents are made from the
//! templates that come with the gateway; all signatories are invented.

mod versions;

use aws_lc_rs::digest::{SHA256, digest};
use domain::agreement::SubprocessorAuthorisation;
use domain::calendar::{civil_date, first_moment};
use domain::category::DataCategory;
use domain::country::CountryCode;
use domain::id::AgreementId;
use domain::language::Language;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use store::{NewAgreement, NewSignature, StoredSubprocessor, StoredTemplate, StoredTenant};

use crate::package::agreement::{Listed, Particulars, Signatory, document};
use crate::service::ProcessorIdentity;
use crate::service::operator::agreement::{controller, processor};

pub(super) use versions::{BOOKSHOP, CARRIER, CYCLES, SHOP, VENDOR, WORKSHOP};

/// Who signs for the vendor: name and role.
const FOR_THE_PROCESSOR: [&str; 2] = ["Sam Signatursson", "avtalsansvarig"];

/// A version of a tenant's agreement. Versions count from 1, in the order of the tenant's table.
pub(super) struct Agreement {
    pub(super) categories: &'static [DataCategory],
    /// Days that the return lasts after the end of the relationship.
    pub(super) return_days: u16,
    particulars: &'static Wording,
    authorisation: SubprocessorAuthorisation,
    objection_days: u16,
    effective_from: Date,
    /// `None` for an offer that waits for the tenant.
    signed: Option<Signed>,
}

/// The day on which both signed, and who did for the controller: name and role.
struct Signed(Date, [&'static str; 2]);

/// What an agreement says, in the tenant's language.
struct Wording {
    subject_matter: &'static str,
    nature_and_purpose: &'static str,
    subject_categories: &'static [&'static str],
    instructions: &'static [&'static str],
    security_measures: &'static [&'static str],
}

/// Between whom a document is made, from what, and what stands in its annexes.
pub(super) struct Parties<'a> {
    pub(super) tenant: &'a StoredTenant,
    pub(super) vendor: &'a ProcessorIdentity,
    pub(super) template: &'a StoredTemplate,
    pub(super) subprocessors: &'a [StoredSubprocessor],
}

impl Agreement {
    /// The version with its document and its signatures; an offer is made `now`.
    pub(super) fn written(
        &self,
        (id, version): (AgreementId, u16),
        now: Timestamp,
        parties: &Parties<'_>,
    ) -> anyhow::Result<NewAgreement> {
        let offered_at = self.signed.as_ref().map_or(now, |signed| first_moment(signed.0) + 9.hours());
        let particulars = self.particulars(version, offered_at, parties)?;
        let text = document(&parties.template.published.text, &particulars);
        Ok(NewAgreement {
            id,
            tenant: parties.tenant.id,
            version,
            language: particulars.language,
            template: Some(parties.template.id),
            subject_matter: particulars.subject_matter,
            nature_and_purpose: particulars.nature_and_purpose,
            categories: particulars.categories,
            subject_categories: particulars.subject_categories,
            instructions: particulars.instructions,
            security_measures: particulars.security_measures,
            authorisation: particulars.authorisation,
            objection_period_days: particulars.objection_period_days,
            return_period_days: particulars.return_period_days,
            effective_from: particulars.effective_from,
            effective_to: particulars.effective_to,
            document_sha256: hex::encode(digest(&SHA256, text.as_bytes())),
            document: text,
            processor: signature(FOR_THE_PROCESSOR, offered_at),
            controller: self.signed.as_ref().map(|signed| signature(signed.1, offered_at + 4.hours())),
        })
    }

    fn particulars(
        &self,
        version: u16,
        offered_at: Timestamp,
        parties: &Parties<'_>,
    ) -> anyhow::Result<Particulars> {
        let Wording { subject_matter, nature_and_purpose, .. } = *self.particulars;
        let [name, title] = FOR_THE_PROCESSOR.map(str::to_owned);
        let listed = parties.subprocessors.iter().filter(|other| self.lists(other, offered_at));
        Ok(Particulars {
            language: parties.template.published.language,
            version,
            controller: controller(parties.tenant),
            processor: processor(parties.vendor),
            subject_matter: subject_matter.to_owned(),
            nature_and_purpose: nature_and_purpose.to_owned(),
            categories: self.categories.iter().copied().collect(),
            subject_categories: texts(self.particulars.subject_categories),
            instructions: texts(self.particulars.instructions),
            security_measures: texts(self.particulars.security_measures),
            authorisation: self.authorisation,
            objection_period_days: self.objection_days,
            return_period_days: self.return_days,
            effective_from: self.effective_from,
            effective_to: None,
            subprocessors: listed.map(in_annex).collect::<anyhow::Result<_>>()?,
            signatory: Signatory { name, title },
        })
    }

    /// Whether the annex names a sub-processor: one that was known by then, had not ended, and sees something agreed.
    fn lists(&self, other: &StoredSubprocessor, offered_at: Timestamp) -> bool {
        other.announced_at.is_none_or(|at| at <= offered_at)
            && other.ended_on.is_none_or(|last| last >= civil_date(offered_at))
            && self.categories.iter().any(|category| other.categories.contains(category))
    }

    /// The template that the document is made from.
    pub(super) fn template(language: Language, published: &[StoredTemplate]) -> Option<&StoredTemplate> {
        let ships =
            |name: &str| crate::package::agreement::SHIPPED.iter().any(|shipped| shipped.name == name);
        published.iter().find(|found| found.published.language == language && ships(&found.published.name))
    }
}

fn in_annex(other: &StoredSubprocessor) -> anyhow::Result<Listed> {
    let countries = other.processing_countries.iter().map(|country| CountryCode::parse(country));
    Ok(Listed {
        name: other.name.clone(),
        country: CountryCode::parse(&other.country)?,
        processing_countries: countries.collect::<Result<_, _>>()?,
        purpose: other.purpose.clone(),
        categories: other.categories.clone(),
        mechanism: other.transfer_mechanism,
    })
}

fn signature([name, title]: [&str; 2], at: Timestamp) -> NewSignature {
    NewSignature { name: name.to_owned(), title: title.to_owned(), at }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
