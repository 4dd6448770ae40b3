//! The letter that answers an access request: all of Art. 15(1) to (3), from the answer and nowhere else.

mod held;
mod remedies;
mod uses;

use super::asked;
use super::letterhead::Letterhead;
use super::texts::{self, Texts};
use super::{Block, Letter, capitalised, heading, paragraph, table};
use crate::package::answer::AccessAnswer;

/// The letter.
#[must_use]
pub fn letter(answer: &AccessAnswer) -> Letter {
    let draft = Draft::of(answer);
    let (head, person) = (&draft.head, &answer.person);
    Letter {
        language: answer.language,
        title: draft.texts.opening.title.to_owned(),
        reference: answer.reference.clone(),
        sender: head.sender(),
        addressee: head.addressee(person.name.as_ref(), person.address.as_ref()),
        particulars: head.particulars(answer.made_at, answer.received_at),
        blocks: draft.blocks(),
        made_at: answer.made_at,
    }
}

/// The answer beside the texts in which it is told.
struct Draft<'a> {
    answer: &'a AccessAnswer,
    head: Letterhead<'a>,
    texts: &'static Texts,
}

impl<'a> Draft<'a> {
    fn of(answer: &'a AccessAnswer) -> Self {
        let texts = texts::of(answer.language);
        let head = Letterhead {
            reference: &answer.reference,
            controller: &answer.controller,
            processor: &answer.processor,
            authority: &answer.authority,
            zone: &answer.zone,
            language: answer.language,
            texts,
        };
        Self { answer, head, texts }
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = self.opening();
        blocks.extend(self.data());
        blocks.extend(self.accounting_records());
        blocks.extend(asked::blocks(&self.answer.asked, &self.head));
        blocks.extend(self.purposes());
        blocks.extend(self.recipients());
        blocks.extend(self.transfers());
        blocks.extend(self.retention());
        blocks.extend(self.sources());
        blocks.extend(self.automated_decisions());
        blocks.extend(self.consents());
        blocks.extend(self.restrictions());
        blocks.extend(self.requests());
        blocks.extend(self.readings());
        blocks.extend(self.rights());
        blocks.extend(self.head.complaint());
        blocks.extend(self.copy());
        blocks.extend(self.head.questions());
        blocks.extend(self.head.closing());
        blocks
    }

    /// What was asked, the confirmation, and who is who.
    fn opening(&self) -> Vec<Block> {
        let texts = &self.texts.opening;
        let controller = &self.answer.controller.name;
        let mut roles = (texts.controller)(controller);
        if self.head.has_processor() {
            roles.push(' ');
            roles.push_str(&(texts.processor)(&self.answer.processor.name));
        }
        vec![
            Block::Paragraph((texts.asked)(controller, &self.head.day(self.answer.received_at))),
            paragraph(texts.confirmation),
            Block::Paragraph(roles),
        ]
    }
}

#[cfg(test)]
mod tests;
