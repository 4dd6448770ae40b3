//! The document of a processor agreement (Art. 28(3)): a template with its places filled.
//!
//! The document is what both parties sign, by its digest. So the same template and particulars give the same bytes,
//! and nothing that a person typed can change what stands around it.

mod shipped;
mod subprocessors;
#[cfg(test)]
mod tests;
pub(in crate::package) mod typed;
mod words;

use domain::agreement::SubprocessorAuthorisation;
use domain::agreement::placeholders::{self, Placeholder};
use domain::category::Categories;
use domain::language::Language;
use jiff::civil::Date;

use super::answer::{Contact, Controller, Processor};
use super::letter::texts::{self, Texts};
use super::letter::{country, date};
pub use shipped::{SHIPPED, ShippedTemplate};
pub use subprocessors::Listed;
use words::Words;

/// What a version of an agreement says where the template leaves a place.
pub struct Particulars {
    /// The language of the template.
    pub language: Language,
    /// 1 for the tenant's first version, counting up.
    pub version: u16,
    /// The tenant.
    pub controller: Controller,
    /// The platform's owner.
    pub processor: Processor,
    /// Subject matter of the processing.
    pub subject_matter: String,
    /// Nature and purpose of the processing.
    pub nature_and_purpose: String,
    /// Categories of personal data.
    pub categories: Categories,
    /// Categories of data subjects.
    pub subject_categories: Vec<String>,
    /// The controller's documented instructions, Art. 28(3)(a).
    pub instructions: Vec<String>,
    /// Technical and organisational measures, Art. 28(3)(c) and 32.
    pub security_measures: Vec<String>,
    /// How sub-processors are authorised, Art. 28(2).
    pub authorisation: SubprocessorAuthorisation,
    /// Days to object to a sub-processor; the day of the notice is not counted.
    pub objection_period_days: u16,
    /// Days in which the data is returned, from the day after the last day of the relationship, Art. 28(3)(g).
    pub return_period_days: u16,
    /// First day.
    pub effective_from: Date,
    /// Last day; open-ended where `None`.
    pub effective_to: Option<Date>,
    /// The sub-processors that are authorised with the agreement.
    pub subprocessors: Vec<Listed>,
    /// Who signs for the processor.
    pub signatory: Signatory,
}

/// Who signs for a party.
pub struct Signatory {
    /// The name.
    pub name: String,
    /// The role.
    pub title: String,
}

/// The document, in Markdown: the template with each place filled once. Lists and the table of sub-processors are
/// blocks, so a template gives their places a line of their own. What was typed shows as the text that it is.
#[must_use]
pub fn document(template: &str, particulars: &Particulars) -> String {
    let values = Values {
        particulars,
        texts: texts::of(particulars.language),
        words: words::of(particulars.language),
    };
    placeholders::fill(template, |place| values.of(place))
}

/// The particulars beside the texts in which they are told.
struct Values<'a> {
    particulars: &'a Particulars,
    texts: &'static Texts,
    words: &'static Words,
}

impl Values<'_> {
    fn of(&self, place: Placeholder) -> String {
        let told = self.particulars;
        let Particulars { controller, processor, .. } = told;
        match place {
            Placeholder::SubjectMatter => typed::text(&told.subject_matter),
            Placeholder::EffectiveFrom => date::civil(told.effective_from, self.texts),
            Placeholder::NatureAndPurpose => typed::text(&told.nature_and_purpose),
            Placeholder::DataCategories => {
                bullets(told.categories.iter().map(|category| category.name(told.language)))
            }
            Placeholder::SubjectCategories => bullets(told.subject_categories.iter().map(String::as_str)),
            Placeholder::Instructions => bullets(told.instructions.iter().map(String::as_str)),
            Placeholder::SecurityMeasures => bullets(told.security_measures.iter().map(String::as_str)),
            Placeholder::SubprocessorAuthorisation => {
                (self.words.authorisation)(told.authorisation, told.objection_period_days)
            }
            Placeholder::EffectiveTo => self.last_day(),
            Placeholder::ObjectionPeriodDays => told.objection_period_days.to_string(),
            Placeholder::ReturnPeriodDays => told.return_period_days.to_string(),
            Placeholder::Version => told.version.to_string(),
            Placeholder::ControllerName => typed::text(&controller.name),
            Placeholder::ControllerOrganisationNumber => {
                typed::text(controller.organisation_number.as_deref().unwrap_or(self.words.no_number))
            }
            Placeholder::ControllerCountry => typed::text(country::name(&controller.country, told.language)),
            Placeholder::ControllerContact => self.contact(&controller.contact),
            Placeholder::DataProtectionOfficer => self.officer(),
            Placeholder::ProcessorName => typed::text(&processor.name),
            Placeholder::ProcessorOrganisationNumber => typed::text(&processor.organisation_number),
            Placeholder::ProcessorAddress => typed::text(&processor.address_lines.join(", ")),
            Placeholder::ProcessorEmail => typed::text(&processor.email),
            Placeholder::Subprocessors => self.subprocessors(),
            Placeholder::SignatoryName => typed::text(&told.signatory.name),
            Placeholder::SignatoryTitle => typed::text(&told.signatory.title),
        }
    }

    fn last_day(&self) -> String {
        let last = self.particulars.effective_to;
        last.map_or_else(|| self.words.no_last_day.to_owned(), |day| date::civil(day, self.texts))
    }

    fn officer(&self) -> String {
        let officer = self.particulars.controller.data_protection_officer.as_ref();
        officer.map_or_else(|| self.words.no_officer.to_owned(), |officer| self.contact(officer))
    }

    fn contact(&self, contact: &Contact) -> String {
        let told = self.texts.remedies.contact;
        typed::text(&told(&contact.name, &contact.email, contact.phone.as_deref()))
    }

    fn subprocessors(&self) -> String {
        let listed = &self.particulars.subprocessors;
        if listed.is_empty() {
            return self.words.no_subprocessors.to_owned();
        }
        subprocessors::table(listed, self.particulars.language, self.words)
    }
}

fn bullets<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let items: Vec<String> = items.map(|item| format!("- {}", typed::text(item))).collect();
    items.join("\n")
}
