//! What was done, right by right.

use domain::category::{Categories, DataCategory};
use domain::outcome::OutcomeAction;
use domain::purpose::Purpose;
use domain::request::kind::RequestKind;
use jiff::Timestamp;

use super::outcome::with;
use super::{Answer, Block, Draft, Line, heading, paragraph};
use crate::package::letter::{asked, capitalised};

impl Draft<'_> {
    pub(super) fn answered(&self, answer: &Answer) -> Vec<Block> {
        let mut blocks = match self.case.kind {
            RequestKind::Access => self.access(answer),
            RequestKind::Rectification => self.rectification(answer),
            RequestKind::Erasure => self.erasure(&answer.outcomes),
            RequestKind::Restriction => self.restriction(&answer.outcomes),
            RequestKind::Portability => self.portability(answer),
            RequestKind::Objection => self.objection(&answer.outcomes),
            RequestKind::ConsentWithdrawal => self.consent_withdrawal(&answer.outcomes),
        };
        blocks.extend(asked::blocks(&answer.asked, &self.head));
        blocks.extend(self.meanwhile());
        blocks
    }

    /// Art. 15.
    fn access(&self, answer: &Answer) -> Vec<Block> {
        let texts = &self.texts.answers.access;
        let disclosed = with(&answer.outcomes, OutcomeAction::Disclosed);
        let mut blocks = Vec::new();
        if disclosed.is_empty() {
            blocks.push(paragraph(texts.none));
        } else {
            blocks.extend([paragraph(texts.copy), self.items(&disclosed)]);
        }
        blocks.extend(self.nothing_held(&answer.outcomes));
        blocks.extend([paragraph(texts.whole), self.files(answer.package_until)]);
        blocks
    }

    /// Art. 16.
    fn rectification(&self, answer: &Answer) -> Vec<Block> {
        let texts = &self.texts.answers.rectification;
        let rectified = with(&answer.outcomes, OutcomeAction::Rectified);
        let mut corrected: Categories = answer.corrections.iter().copied().collect();
        corrected.extend(rectified.iter().map(|line| line.category));
        let label = self.head.texts.names.category;
        vec![
            paragraph(texts.corrected),
            Block::Bullets(corrected.iter().map(|category| capitalised(label(*category))).collect()),
            paragraph(texts.statement),
            paragraph(self.texts.answers.recipients),
        ]
    }

    /// Art. 18.
    fn restriction(&self, outcomes: &[Line]) -> Vec<Block> {
        let texts = &self.texts.answers.restriction;
        let restricted = with(outcomes, OutcomeAction::Restricted);
        let mut blocks = Vec::new();
        if !restricted.is_empty() {
            let since = self.case.restriction.map(|span| self.head.day(span.started_at));
            blocks.push(Block::Paragraph((texts.restricted)(since.as_deref())));
            blocks.push(self.items(&restricted));
        }
        blocks.extend(self.nothing_held(outcomes));
        if self.case.restriction.is_none_or(|span| span.lifted_at.is_none()) {
            blocks.extend([
                paragraph(texts.allowed_introduction),
                Block::Bullets(texts.allowed.iter().map(|case| (*case).to_owned()).collect()),
                paragraph(texts.lifting),
            ]);
        }
        blocks.push(paragraph(self.texts.answers.recipients));
        blocks
    }

    /// Art. 20.
    fn portability(&self, answer: &Answer) -> Vec<Block> {
        let texts = &self.texts.answers.portability;
        let disclosed = with(&answer.outcomes, OutcomeAction::Disclosed);
        let mut blocks = Vec::new();
        if disclosed.is_empty() {
            blocks.push(paragraph(texts.none));
        } else {
            blocks.extend([paragraph(texts.copy), self.items(&disclosed)]);
        }
        blocks.extend(self.nothing_held(&answer.outcomes));
        blocks.extend([paragraph(texts.formats), self.files(answer.package_until)]);
        blocks.extend([paragraph(texts.onward), paragraph(texts.stays)]);
        if !answer.excluded.is_empty() {
            let label = self.head.texts.names.category;
            let item = |(category, reason): &(DataCategory, String)| {
                format!("{}: {reason}", capitalised(label(*category)))
            };
            blocks.extend([
                heading(texts.excluded),
                paragraph(texts.excluded_introduction),
                Block::Bullets(answer.excluded.iter().map(item).collect()),
            ]);
        }
        blocks
    }

    /// Art. 21.
    fn objection(&self, outcomes: &[Line]) -> Vec<Block> {
        let texts = &self.texts.answers.objection;
        if self.case.purpose == Some(Purpose::DirectMarketing) {
            return [texts.marketing, texts.absolute, texts.unaffected, texts.suppressed]
                .map(paragraph)
                .into();
        }
        let ended = with(outcomes, OutcomeAction::PurposeEnded);
        if ended.is_empty() {
            return vec![paragraph(texts.ended_without_data)];
        }
        vec![paragraph(texts.ended), self.items(&ended)]
    }

    /// Art. 7(3). Where nothing had been given, nothing was ended.
    fn consent_withdrawal(&self, outcomes: &[Line]) -> Vec<Block> {
        let texts = &self.texts.answers.consent;
        let objection = &self.texts.answers.objection;
        let marketing = self.case.purpose == Some(Purpose::DirectMarketing);
        let given = !with(outcomes, OutcomeAction::PurposeEnded).is_empty();
        let told: &[&str] = match (given, marketing) {
            (true, true) => &[texts.stopped, texts.lawful_before, objection.unaffected, objection.suppressed],
            (true, false) => &[texts.stopped, texts.lawful_before],
            (false, true) => {
                &[texts.never_given, texts.still_suppressed, objection.unaffected, objection.suppressed]
            }
            (false, false) => &[texts.never_given],
        };
        told.iter().map(|text| paragraph(text)).collect()
    }

    /// Until when the files can be had.
    fn files(&self, until: Option<Timestamp>) -> Block {
        let texts = &self.texts.answers.files;
        match until {
            Some(until) if until > self.case.made_at => {
                Block::Paragraph((texts.until)(&self.head.moment(until)))
            }
            _ => paragraph(texts.gone),
        }
    }
}
