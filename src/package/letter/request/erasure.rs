//! What was erased and what is kept, why and how long (Art. 17), at once and in the letter that follows later.

use domain::outcome::OutcomeAction;

use super::outcome::{still_retained, with};
use super::{Block, Draft, Line, heading, paragraph};
use crate::package::letter::table;

impl Draft<'_> {
    pub(super) fn erasure(&self, outcomes: &[Line]) -> Vec<Block> {
        let texts = &self.texts.answers.erasure;
        let erased = with(outcomes, OutcomeAction::Erased);
        let mut blocks = Vec::new();
        if !erased.is_empty() {
            blocks.extend([
                heading(texts.erased),
                paragraph(texts.erased_introduction),
                self.items(&erased),
                paragraph(texts.backups),
                paragraph(texts.proof),
                paragraph(self.texts.answers.recipients),
            ]);
        }
        blocks.extend(self.nothing_held(outcomes));
        blocks.extend(self.kept(&still_retained(outcomes)));
        blocks
    }

    pub(super) fn completed_later(&self, outcomes: &[Line], erased_now: &[Line]) -> Vec<Block> {
        let texts = &self.texts.answers.later;
        let kept = still_retained(outcomes);
        let mut blocks = vec![paragraph(texts.told)];
        if !erased_now.is_empty() {
            blocks.extend([
                heading(texts.erased),
                paragraph(texts.erased_introduction),
                self.items(&erased_now.iter().collect::<Vec<_>>()),
                paragraph(self.texts.answers.erasure.backups),
            ]);
        }
        if kept.is_empty() {
            blocks.push(paragraph(texts.nothing_left));
        }
        blocks.extend(self.kept(&kept));
        blocks
    }

    /// What is kept, each with its ground and its last day, and what becomes of it.
    fn kept(&self, retained: &[&Line]) -> Vec<Block> {
        if retained.is_empty() {
            return Vec::new();
        }
        let texts = &self.texts.answers.erasure;
        let row = |line: &&Line| {
            let until = line.retained_through.map(|last| self.head.date(last));
            [
                self.cell(line),
                line.ground.map_or(texts.no_ground, texts.ground).to_owned(),
                until.unwrap_or_else(|| texts.open_ended.to_owned()),
            ]
        };
        let mut blocks = vec![
            heading(texts.kept),
            paragraph(texts.kept_introduction),
            table(texts.kept_headers, retained.iter().map(row)),
        ];
        if retained.iter().any(|line| line.retained_through.is_some()) {
            blocks.push(paragraph(texts.by_itself));
        }
        if retained.iter().any(|line| line.retained_through.is_none()) {
            blocks.push(paragraph(texts.with_its_ground));
        }
        blocks.push(paragraph(texts.meanwhile));
        blocks
    }
}
