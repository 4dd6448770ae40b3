//! The letter that answers an access request: all of Art. 15(1) to (3), from the answer and nowhere else.

mod held;
mod remedies;
mod uses;

use domain::category::Categories;
use domain::personal::Personal;
use jiff::Timestamp;

use super::texts::{self, Texts};
use super::{Block, Letter, Table, country, date};
use crate::package::answer::{AccessAnswer, Address};

/// The letter.
#[must_use]
pub fn letter(answer: &AccessAnswer) -> Letter {
    let draft = Draft { answer, texts: texts::of(answer.language) };
    Letter {
        language: answer.language,
        title: draft.texts.opening.title.to_owned(),
        reference: answer.reference.clone(),
        sender: draft.sender(),
        addressee: draft.addressee(),
        particulars: draft.particulars(),
        blocks: draft.blocks(),
        made_at: answer.made_at,
    }
}

/// The answer beside the texts in which it is told.
struct Draft<'a> {
    answer: &'a AccessAnswer,
    texts: &'static Texts,
}

impl Draft<'_> {
    fn sender(&self) -> Vec<String> {
        let controller = &self.answer.controller;
        let mut lines = vec![controller.name.clone()];
        let number = controller.organisation_number.as_deref();
        lines.extend(number.map(self.texts.frame.organisation_number));
        lines.push(controller.contact.email.clone());
        lines.extend(controller.contact.phone.clone());
        lines
    }

    fn addressee(&self) -> Vec<String> {
        let person = &self.answer.person;
        let mut lines: Vec<String> = person.name.iter().map(|name| name.reveal().clone()).collect();
        if let Some(address) = person.address.as_ref().map(Personal::reveal) {
            lines.extend(self.address(address));
        }
        lines
    }

    /// The address as on an envelope; the country only where the letter crosses a border.
    fn address(&self, address: &Address) -> Vec<String> {
        let mut lines = address.lines.clone();
        lines.push(format!("{} {}", address.postal_code, address.locality).trim().to_owned());
        if address.country != self.answer.controller.country {
            lines.push(self.country(&address.country));
        }
        lines
    }

    fn particulars(&self) -> Vec<(String, String)> {
        let frame = &self.texts.frame;
        vec![
            (frame.date.to_owned(), self.day(self.answer.made_at)),
            (frame.reference.to_owned(), self.answer.reference.clone()),
            (frame.received.to_owned(), self.day(self.answer.received_at)),
        ]
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = self.opening();
        blocks.extend(self.data());
        blocks.extend(self.purposes());
        blocks.extend(self.recipients());
        blocks.extend(self.transfers());
        blocks.extend(self.retention());
        blocks.extend(self.sources());
        blocks.extend(self.automated_decisions());
        blocks.extend(self.consents());
        blocks.extend(self.requests());
        blocks.extend(self.readings());
        blocks.extend(self.rights());
        blocks.extend(self.complaint());
        blocks.extend(self.copy());
        blocks.extend(self.questions());
        blocks.extend(self.closing());
        blocks
    }

    /// What was asked, the confirmation, and who is who.
    fn opening(&self) -> Vec<Block> {
        let texts = &self.texts.opening;
        let controller = &self.answer.controller.name;
        let mut roles = (texts.controller)(controller);
        if self.has_processor() {
            roles.push(' ');
            roles.push_str(&(texts.processor)(&self.answer.processor.name));
        }
        vec![
            Block::Paragraph((texts.asked)(controller, &self.day(self.answer.received_at))),
            paragraph(texts.confirmation),
            Block::Paragraph(roles),
        ]
    }

    fn closing(&self) -> Vec<Block> {
        let frame = &self.texts.frame;
        let controller = &self.answer.controller;
        let lines = vec![frame.closing.to_owned(), controller.contact.name.clone(), controller.name.clone()];
        let mut blocks = vec![Block::Signature(lines)];
        if self.has_processor() {
            blocks.push(Block::Paragraph((frame.compiled_by)(&self.answer.processor.name, &controller.name)));
        }
        blocks
    }

    /// Whether somebody else holds the data: the platform's owner is the controller of its own tenant.
    fn has_processor(&self) -> bool {
        let controller = self.answer.controller.organisation_number.as_ref();
        controller != Some(&self.answer.processor.organisation_number)
    }

    fn day(&self, at: Timestamp) -> String {
        date::day(at, &self.answer.zone, self.texts)
    }

    fn moment(&self, at: Timestamp) -> String {
        date::moment(at, &self.answer.zone, self.texts)
    }

    fn country(&self, code: &str) -> String {
        country::name(code, self.answer.language).to_owned()
    }

    fn countries(&self, codes: &[String]) -> String {
        let names: Vec<&str> = codes.iter().map(|code| country::name(code, self.answer.language)).collect();
        self.enumeration(&names)
    }

    fn categories(&self, categories: &Categories) -> String {
        let names: Vec<&str> =
            categories.iter().map(|category| (self.texts.names.category)(*category)).collect();
        self.enumeration(&names)
    }

    /// `a`, `a and b`, `a, b and c`.
    fn enumeration(&self, items: &[&str]) -> String {
        match items {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.texts.frame.and),
        }
    }
}

fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(text.to_owned())
}

fn table<const COLUMNS: usize>(
    headers: [&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
) -> Block {
    Block::Table(Table { headers: headers.map(str::to_owned).into(), rows: rows.map(Vec::from).collect() })
}

/// The text with its first letter in upper case, as a cell begins.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests;
