//! Outcomes in words: what each is about, and which of them still stand.

use domain::category::Categories;
use domain::outcome::OutcomeAction;

use super::{Block, Draft, Line};
use crate::package::letter::capitalised;

impl Line {
    /// Whether both are about the same category or record.
    fn concerns(&self, other: &Self) -> bool {
        (self.category, self.record_id) == (other.category, other.record_id)
    }
}

/// The outcomes with the action.
pub(super) fn with(outcomes: &[Line], action: OutcomeAction) -> Vec<&Line> {
    outcomes.iter().filter(|line| line.action == action).collect()
}

/// What was retained and has not been erased since.
pub(super) fn still_retained(outcomes: &[Line]) -> Vec<&Line> {
    let erased = with(outcomes, OutcomeAction::Erased);
    let stands = |line: &&Line| !erased.iter().any(|gone| gone.concerns(line));
    with(outcomes, OutcomeAction::Retained).into_iter().filter(stands).collect()
}

impl Draft<'_> {
    /// What the outcomes are about, an item each; records whose names are gone are counted.
    pub(super) fn items(&self, lines: &[&Line]) -> Block {
        let mut items: Vec<String> = lines.iter().filter_map(|line| self.item(line)).collect();
        let nameless = lines.iter().filter(|line| is_nameless(line)).count();
        if nameless > 0 {
            items.push((self.texts.answers.items.nameless_records)(nameless));
        }
        Block::Bullets(items.iter().map(|item| capitalised(item)).collect())
    }

    /// What one outcome is about; `None` for a record whose name is gone.
    fn item(&self, line: &Line) -> Option<String> {
        match (&line.record, line.record_id) {
            (Some(record), _) => Some((self.texts.answers.items.record)(record.kind, &record.number)),
            (None, None) => Some((self.head.texts.names.category)(line.category).to_owned()),
            (None, Some(_)) => None,
        }
    }

    /// What one outcome is about, as a table's cell.
    pub(super) fn cell(&self, line: &Line) -> String {
        let named = self.item(line);
        capitalised(&named.unwrap_or_else(|| (self.texts.answers.items.nameless_records)(1)))
    }

    /// Of which categories there was nothing.
    pub(super) fn nothing_held(&self, outcomes: &[Line]) -> Option<Block> {
        let lines = with(outcomes, OutcomeAction::NothingHeld);
        let categories: Categories = lines.into_iter().map(|line| line.category).collect();
        let told = || (self.texts.answers.items.nothing_held)(&self.head.categories(&categories));
        (!categories.is_empty()).then(|| Block::Paragraph(told()))
    }
}

const fn is_nameless(line: &Line) -> bool {
    line.record.is_none() && line.record_id.is_some()
}
