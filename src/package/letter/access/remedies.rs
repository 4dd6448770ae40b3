//! What the person can do: Art. 15(1)(e) and (f), further copies, and whom to ask.

use super::{Block, Draft, heading, paragraph};
use crate::package::answer::Contact;

impl Draft<'_> {
    /// Point (e), and the rights that Art. 13(2) adds to it.
    pub(super) fn rights(&self) -> Vec<Block> {
        let texts = &self.texts.remedies;
        vec![
            heading(texts.heading),
            paragraph(texts.introduction),
            Block::Bullets(texts.rights.iter().map(|right| (*right).to_owned()).collect()),
            paragraph(texts.how),
        ]
    }

    /// Point (f).
    pub(super) fn complaint(&self) -> Vec<Block> {
        let texts = &self.texts.remedies;
        let authority = &self.answer.authority;
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

    /// Paragraph 3.
    pub(super) fn copy(&self) -> Vec<Block> {
        let texts = &self.texts.remedies;
        vec![heading(texts.copy), paragraph(texts.copy_terms)]
    }

    pub(super) fn questions(&self) -> Vec<Block> {
        let texts = &self.texts.remedies;
        let controller = &self.answer.controller;
        let told =
            |contact: &Contact| (texts.contact)(&contact.name, &contact.email, contact.phone.as_deref());
        let mut contacts = vec![told(&controller.contact)];
        let officer = controller.data_protection_officer.as_ref();
        contacts.extend(officer.map(|officer| (texts.officer)(&told(officer))));
        vec![
            heading(texts.questions),
            Block::Paragraph((texts.ask)(&controller.name, &self.answer.reference)),
            Block::Bullets(contacts),
        ]
    }
}
