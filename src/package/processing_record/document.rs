//! The record as a document in Swedish or English, with everything that Art. 30(2) asks for.

use domain::country::CountryCode;
use domain::language::Language;
use jiff::tz::TimeZone;

use super::texts::{self, List, Texts};
use super::{Engaged, ProcessingRecord};
use crate::package::answer::Contact;
use crate::package::letter::texts as letters;
use crate::package::letter::{
    Block, Letter, capitalised, country, date, heading, paragraph, processor_as_sender, table,
};

/// The record as a document, ready to be set: the processor sends it to nobody in particular.
#[must_use]
pub fn document(record: &ProcessingRecord, language: Language) -> Letter {
    let draft = Draft { record, language, texts: texts::of(language), frame: &letters::of(language).frame };
    let day = draft.date(record.as_of);
    let controller = record.controller.name.clone();
    Letter {
        language,
        title: draft.texts.title.to_owned(),
        reference: controller.clone(),
        sender: processor_as_sender(&record.processor, language),
        addressee: Vec::new(),
        particulars: vec![
            (draft.frame.date.to_owned(), day),
            (draft.texts.parties.controller.to_owned(), controller),
        ],
        blocks: draft.blocks(),
        made_at: record
            .as_of
            .to_zoned(TimeZone::UTC)
            .map(|midnight| midnight.timestamp())
            .unwrap_or_default(),
    }
}

/// The record beside the texts in which it is told.
struct Draft<'a> {
    record: &'a ProcessingRecord,
    language: Language,
    texts: &'static Texts,
    frame: &'static letters::Frame,
}

impl Draft<'_> {
    fn blocks(&self) -> Vec<Block> {
        let record = self.record;
        let names = record.categories.iter().map(|category| capitalised(category.name(self.language)));
        let day = self.date(record.as_of);
        let introduction = (self.texts.introduction)(&record.processor.name, &record.controller.name, &day);
        let mut blocks = vec![Block::Paragraph(introduction)];
        blocks.extend(self.parties());
        blocks.extend(self.agreement());
        blocks.extend(list(&self.texts.processing, record.processing_categories.clone()));
        blocks.extend(list(&self.texts.subjects, record.subject_categories.clone()));
        blocks.extend(list(&self.texts.categories, names.collect()));
        blocks.extend(self.subprocessors());
        blocks.extend(self.transfers());
        blocks.extend(list(&self.texts.measures, record.security_measures.clone()));
        blocks
    }

    /// Point (a).
    fn parties(&self) -> Vec<Block> {
        let (texts, record) = (&self.texts.parties, self.record);
        let mut processor = record.processor.address_lines.clone();
        processor.push(record.processor.email.clone());
        let officer = record.controller.data_protection_officer.as_ref();
        let rows = [
            [texts.processor.to_owned(), self.processor_name(), processor.join("\n")],
            [texts.controller.to_owned(), self.controller_name(), told(&record.controller.contact)],
            [
                texts.officer.to_owned(),
                officer.map_or(texts.no_officer, |officer| officer.name.as_str()).to_owned(),
                officer.map_or_else(|| "–".to_owned(), reached),
            ],
        ];
        vec![heading(texts.heading), table(texts.headers, rows.into_iter())]
    }

    fn processor_name(&self) -> String {
        let processor = &self.record.processor;
        format!("{}\n{}", processor.name, (self.frame.organisation_number)(&processor.organisation_number))
    }

    /// The name with the number, which a foreign organisation lacks, and the country.
    fn controller_name(&self) -> String {
        let controller = &self.record.controller;
        let mut lines = vec![controller.name.clone()];
        lines.extend(controller.organisation_number.as_deref().map(self.frame.organisation_number));
        lines.push(country::name(&controller.country, self.language).to_owned());
        lines.join("\n")
    }

    fn agreement(&self) -> Vec<Block> {
        let texts = self.texts;
        let Some(agreement) = &self.record.agreement else {
            return vec![heading(texts.agreement), paragraph(texts.no_agreement)];
        };
        let from = self.date(agreement.effective_from);
        let to = agreement.effective_to.map(|to| self.date(to));
        vec![
            heading(texts.agreement),
            Block::Paragraph((texts.in_force)(agreement.version, &from, to.as_deref())),
            Block::Paragraph((texts.end)(agreement.return_period_days)),
        ]
    }

    fn subprocessors(&self) -> Vec<Block> {
        let (texts, engaged) = (&self.texts.subprocessors, &self.record.subprocessors);
        if engaged.is_empty() {
            return vec![heading(texts.heading), paragraph(texts.none)];
        }
        let row = |row: &Engaged| {
            let names: Vec<&str> =
                row.categories.iter().map(|category| category.name(self.language)).collect();
            [
                format!("{}, {}", row.name, country::name(row.country.as_str(), self.language)),
                capitalised(&row.purpose),
                capitalised(&names.join(", ")),
                self.countries(&row.processing_countries),
                self.date(row.since),
            ]
        };
        let mut blocks = vec![heading(texts.heading), table(texts.headers, engaged.iter().map(row))];
        let outside: Vec<String> = engaged.iter().filter_map(|row| self.accounting(row)).collect();
        if !outside.is_empty() {
            blocks.push(paragraph(texts.accounting));
            blocks.push(Block::Bullets(outside));
        }
        blocks
    }

    /// Who has accounting information outside the Union, and where.
    fn accounting(&self, engaged: &Engaged) -> Option<String> {
        let places = engaged.accounting_outside_union();
        (!places.is_empty()).then(|| format!("{} ({})", engaged.name, self.countries(places)))
    }

    /// Point (c).
    fn transfers(&self) -> Vec<Block> {
        let texts = &self.texts.transfers;
        let row = |row: &Engaged| {
            let countries = row.third_countries();
            let mechanism = capitalised(row.mechanism.name(self.language));
            (!countries.is_empty()).then(|| [row.name.clone(), self.countries(countries), mechanism])
        };
        let rows: Vec<[String; 3]> = self.record.subprocessors.iter().filter_map(row).collect();
        if rows.is_empty() {
            return vec![heading(texts.heading), paragraph(texts.none)];
        }
        vec![heading(texts.heading), table(texts.headers, rows.into_iter())]
    }

    fn countries<'c>(&self, codes: impl IntoIterator<Item = &'c CountryCode>) -> String {
        let names: Vec<&str> =
            codes.into_iter().map(|code| country::name(code.as_str(), self.language)).collect();
        names.join(", ")
    }

    fn date(&self, date: jiff::civil::Date) -> String {
        date::civil(date, letters::of(self.language))
    }
}

fn list(texts: &List, items: Vec<String>) -> Vec<Block> {
    let content = if items.is_empty() { paragraph(texts.none) } else { Block::Bullets(items) };
    vec![heading(texts.heading), content]
}

fn told(contact: &Contact) -> String {
    format!("{}\n{}", contact.name, reached(contact))
}

fn reached(contact: &Contact) -> String {
    let lines: Vec<&str> = std::iter::once(contact.email.as_str()).chain(contact.phone.as_deref()).collect();
    lines.join("\n")
}
