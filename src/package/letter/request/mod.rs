//! Letters about a request, of every kind and at every point of its life: receipt, question who asks, extension,
//! refusal, answer (Art. 12(1), (3), (4) and (6)).
//!
//! The answer to an access request has a second, longer letter of its own, the one in its package
//! ([`super::access`]): the letter here says that it is there.

mod answer;
mod case;
mod erasure;
mod notice;
mod outcome;
mod refusal;
#[cfg(test)]
pub(crate) mod sample;

pub use case::{Addressee, Answer, Case, Identified, Line, RecordName, RefusalCause, RestrictionSpan, Stage};
use domain::request::kind::RequestKind;

use super::letterhead::Letterhead;
use super::texts::requests::Requests;
use super::{Block, Letter, heading, paragraph, texts};

/// The letter.
#[must_use]
pub fn letter(case: &Case) -> Letter {
    let draft = Draft::of(case);
    let head = &draft.head;
    let name = case.addressee.as_ref().and_then(|addressee| addressee.name.as_ref());
    let address = case.addressee.as_ref().and_then(|addressee| addressee.address.as_ref());
    Letter {
        language: case.language,
        title: draft.title(),
        reference: case.reference.clone(),
        sender: head.sender(),
        addressee: head.addressee(name, address),
        particulars: head.particulars(case.made_at, case.received_at),
        blocks: draft.blocks(),
        made_at: case.made_at,
    }
}

/// The case beside the texts in which it is told.
struct Draft<'a> {
    case: &'a Case,
    head: Letterhead<'a>,
    texts: &'static Requests,
}

impl<'a> Draft<'a> {
    fn of(case: &'a Case) -> Self {
        let texts = texts::of(case.language);
        let head = Letterhead {
            reference: &case.reference,
            controller: &case.controller,
            processor: &case.processor,
            authority: &case.authority,
            zone: &case.zone,
            language: case.language,
            texts,
        };
        Self { case, head, texts: &texts.requests }
    }

    fn request(&self) -> &'static str {
        (self.texts.request)(self.case.kind, self.case.purpose)
    }

    fn title(&self) -> String {
        let texts = self.texts;
        let of_request = match &self.case.stage {
            Stage::IdentityAsked { .. } => return texts.identity.title.to_owned(),
            Stage::Received { .. } => texts.receipt.title,
            Stage::Extended { .. } => texts.extension.title,
            Stage::InProgress { .. } => texts.progress.title,
            Stage::Refused { cause: RefusalCause::Decision, .. } => texts.refusal.title,
            Stage::Refused { cause: RefusalCause::DataErased, .. } => texts.refusal.erased_title,
            Stage::Answered(_) => texts.answers.title,
            Stage::CompletedLater { .. } => texts.answers.later.title,
            Stage::Withdrawn { .. } => texts.withdrawn.title,
        };
        of_request(self.request())
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = self.opening();
        blocks.extend(self.stage());
        if self.may_be_contested() {
            blocks.extend(self.head.complaint());
            blocks.push(paragraph(self.texts.refusal.court));
        }
        blocks.extend(self.head.questions());
        blocks.extend(self.head.closing());
        blocks
    }

    /// What the letter is about, and of which law the articles are, in a letter that names any.
    fn opening(&self) -> Vec<Block> {
        let received = self.head.day(self.case.received_at);
        let mut told = (self.texts.came_in)(&self.case.controller.name, self.request(), &received);
        let names_articles =
            self.case.restriction.is_some() || !matches!(self.case.stage, Stage::Withdrawn { .. });
        if names_articles {
            told.push(' ');
            told.push_str(self.texts.articles);
        }
        vec![Block::Paragraph(told)]
    }

    fn stage(&self) -> Vec<Block> {
        match &self.case.stage {
            Stage::Received { due_on, identified } => self.received(*due_on, *identified),
            Stage::IdentityAsked { asked_at, reason, pause, unpaused_due_on } => {
                let mut blocks = self.identity_asked(*asked_at, reason.as_ref());
                blocks.extend(self.identity_time(*pause, *unpaused_due_on));
                blocks
            }
            Stage::Extended { grounds, reason, due_on } => self.extended(grounds, reason.as_ref(), *due_on),
            Stage::InProgress { due_on } => self.in_progress(*due_on),
            Stage::Refused { cause: RefusalCause::DataErased, reasons, .. } => {
                self.closed_by_erasure(reasons.as_ref())
            }
            Stage::Refused { ground, reasons, .. } => self.refused(*ground, reasons.as_ref()),
            Stage::Answered(answer) => self.answered(answer),
            Stage::CompletedLater { outcomes, erased_now } => self.completed_later(outcomes, erased_now),
            Stage::Withdrawn { at } => self.withdrawn(*at),
        }
    }

    /// Whether the letter tells of something decided or done, so that it names the remedies (Art. 12(4), 77, 79).
    const fn may_be_contested(&self) -> bool {
        matches!(self.case.stage, Stage::Refused { .. } | Stage::Answered(_) | Stage::CompletedLater { .. })
    }

    /// What there is to tell of a restriction that holds while the request is examined. A request for restriction
    /// has its own words for it.
    fn meanwhile(&self) -> Vec<Block> {
        let Some(span) = self.case.restriction else { return Vec::new() };
        let texts = &self.texts.meanwhile;
        let since = self.head.day(span.started_at);
        match span.lifted_at {
            Some(until) => vec![Block::Paragraph((texts.lifted)(&since, &self.head.day(until)))],
            None if self.case.kind == RequestKind::Restriction => Vec::new(),
            None => vec![Block::Paragraph((texts.in_force)(&since))],
        }
    }
}

#[cfg(test)]
mod tests;
