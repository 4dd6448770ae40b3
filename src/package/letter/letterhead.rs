//! What every letter shares: who writes to whom, how dates and lists are written, whom to ask and where to complain.

use domain::category::Categories;
use domain::language::Language;
use domain::personal::Personal;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::texts::Texts;
use super::{Block, country, date, heading, paragraph};
use crate::package::answer::{Address, Authority, Contact, Controller, Processor};

/// The parties of a letter beside the texts in which it is told.
pub(super) struct Letterhead<'a> {
    /// The request's number.
    pub(super) reference: &'a str,
    /// Who writes.
    pub(super) controller: &'a Controller,
    /// Who holds the data.
    pub(super) processor: &'a Processor,
    /// Where to complain.
    pub(super) authority: &'a Authority,
    /// The zone of the letter's dates.
    pub(super) zone: &'a TimeZone,
    /// The language.
    pub(super) language: Language,
    /// The texts in the language.
    pub(super) texts: &'static Texts,
}

impl Letterhead<'_> {
    pub(super) fn sender(&self) -> Vec<String> {
        let controller = self.controller;
        let mut lines = vec![controller.name.clone()];
        let number = controller.organisation_number.as_deref();
        lines.extend(number.map(self.texts.frame.organisation_number));
        lines.push(controller.contact.email.clone());
        lines.extend(controller.contact.phone.clone());
        lines
    }

    /// Name and address as on an envelope, of which either may be missing.
    pub(super) fn addressee(
        &self,
        name: Option<&Personal<String>>,
        address: Option<&Personal<Address>>,
    ) -> Vec<String> {
        let mut lines: Vec<String> = name.map(|name| name.reveal().clone()).into_iter().collect();
        lines.extend(address.map(|address| self.address(address.reveal())).into_iter().flatten());
        lines
    }

    /// The address as on an envelope; the country only where the letter crosses a border.
    pub(super) fn address(&self, address: &Address) -> Vec<String> {
        let mut lines = address.lines.clone();
        lines.push(format!("{} {}", address.postal_code, address.locality).trim().to_owned());
        if address.country != self.controller.country {
            lines.push(self.country(&address.country));
        }
        lines
    }

    pub(super) fn particulars(&self, made_at: Timestamp, received_at: Timestamp) -> Vec<(String, String)> {
        let frame = &self.texts.frame;
        vec![
            (frame.date.to_owned(), self.day(made_at)),
            (frame.reference.to_owned(), self.reference.to_owned()),
            (frame.received.to_owned(), self.day(received_at)),
        ]
    }

    /// Where to complain (Art. 77).
    pub(super) fn complaint(&self) -> Vec<Block> {
        let texts = &self.texts.remedies;
        let authority = self.authority;
        let mut addresses = vec![authority.url.clone()];
        addresses.extend(authority.email.clone());
        if !authority.address_lines.is_empty() {
            addresses.push(authority.address_lines.join(", "));
        }
        vec![
            heading(texts.complaint),
            Block::Paragraph((texts.authority)(&authority.name)),
            Block::Bullets(addresses),
            paragraph(texts.other_authorities),
        ]
    }

    /// Whom to ask.
    pub(super) fn questions(&self) -> Vec<Block> {
        let texts = &self.texts.remedies;
        let told =
            |contact: &Contact| (texts.contact)(&contact.name, &contact.email, contact.phone.as_deref());
        let mut contacts = vec![told(&self.controller.contact)];
        let officer = self.controller.data_protection_officer.as_ref();
        contacts.extend(officer.map(|officer| (texts.officer)(&told(officer))));
        vec![
            heading(texts.questions),
            Block::Paragraph((texts.ask)(&self.controller.name, self.reference)),
            Block::Bullets(contacts),
        ]
    }

    pub(super) fn closing(&self) -> Vec<Block> {
        let frame = &self.texts.frame;
        let controller = self.controller;
        let lines = vec![frame.closing.to_owned(), controller.contact.name.clone(), controller.name.clone()];
        let mut blocks = vec![Block::Signature(lines)];
        if self.has_processor() {
            blocks.push(Block::Paragraph((frame.compiled_by)(&self.processor.name, &controller.name)));
        }
        blocks
    }

    /// Whether somebody else holds the data: the platform's owner is the controller of its own tenant.
    pub(super) fn has_processor(&self) -> bool {
        let controller = self.controller.organisation_number.as_ref();
        controller != Some(&self.processor.organisation_number)
    }

    pub(super) fn day(&self, at: Timestamp) -> String {
        date::day(at, self.zone, self.texts)
    }

    pub(super) fn moment(&self, at: Timestamp) -> String {
        date::moment(at, self.zone, self.texts)
    }

    pub(super) fn date(&self, date: Date) -> String {
        date::civil(date, self.texts)
    }

    pub(super) fn country(&self, code: &str) -> String {
        country::name(code, self.language).to_owned()
    }

    pub(super) fn countries(&self, codes: &[String]) -> String {
        let names: Vec<&str> = codes.iter().map(|code| country::name(code, self.language)).collect();
        self.enumeration(&names)
    }

    pub(super) fn categories(&self, categories: &Categories) -> String {
        let names: Vec<&str> =
            categories.iter().map(|category| (self.texts.names.category)(*category)).collect();
        self.enumeration(&names)
    }

    /// `a`, `a and b`, `a, b and c`.
    pub(super) fn enumeration(&self, items: &[&str]) -> String {
        match items {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.texts.frame.and),
        }
    }
}
