//! The certificate as a document in Swedish or English.

use domain::category::DataCategory;
use domain::erasure::Scope;
use domain::language::Language;
use domain::outcome::{OutcomeAction, RetentionGround};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::texts::{self, Texts};
use super::{DestroyedKey, Outcome, Statement, SystemReceipt};
use crate::package::certificate::{issued, section};
use crate::package::letter::texts as letters;
use crate::package::letter::{
    Block, Letter, capitalised, date, heading, paragraph, processor_as_sender, table,
};

/// The statement as a document, ready to be set.
pub(super) fn document(statement: &Statement, zone: &TimeZone, language: Language) -> Letter {
    let draft =
        Draft { statement, zone, language, texts: texts::of(language), letters: letters::of(language) };
    let frame = &draft.letters.frame;
    Letter {
        language,
        title: draft.texts.title.to_owned(),
        reference: statement.request.reference.clone(),
        sender: processor_as_sender(&statement.processor, language),
        addressee: statement.tenant.as_addressee(draft.letters),
        particulars: vec![
            (frame.date.to_owned(), draft.day(statement.completed_at)),
            (frame.reference.to_owned(), statement.request.reference.clone()),
        ],
        blocks: draft.blocks(),
        made_at: statement.completed_at,
    }
}

/// The statement beside the texts in which it is told.
struct Draft<'a> {
    statement: &'a Statement,
    zone: &'a TimeZone,
    language: Language,
    texts: &'static Texts,
    letters: &'static letters::Texts,
}

impl Draft<'_> {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Paragraph(self.introduction()), paragraph(self.texts.person)];
        blocks.extend(self.course());
        blocks.extend(self.erased());
        blocks.extend(self.kept());
        blocks.extend(self.keys());
        blocks.extend(self.systems());
        let day = self.day(self.statement.completed_at);
        blocks.push(issued(&day, &self.statement.processor.name, self.language));
        blocks
    }

    /// Who certifies what to whom. The platform's owner is the controller of its own tenant.
    fn introduction(&self) -> String {
        let (processor, tenant) = (&self.statement.processor, &self.statement.tenant);
        let certified = (self.texts.certified)(self.statement.stage, &processor.name, &tenant.name);
        if tenant.organisation_number.as_ref() == Some(&processor.organisation_number) {
            return certified;
        }
        (self.texts.roles)(&processor.name, &tenant.name) + &certified
    }

    fn course(&self) -> Vec<Block> {
        let (texts, statement) = (&self.texts.course, self.statement);
        let request = &statement.request;
        let scope = match &request.scope {
            Scope::Everything => texts.everything.to_owned(),
            Scope::Only(categories) => self.enumeration(categories.iter().copied()),
        };
        let rows = [
            (texts.request, Some(format!("{}\n{}", request.reference, request.id))),
            (texts.received, Some(self.moment(request.received_at))),
            (texts.decided, Some(self.moment(request.decided_at))),
            (texts.scope, Some(capitalised(&scope))),
            (texts.subject, Some(statement.subject_id.clone())),
            (texts.completed, Some(self.moment(statement.completed_at))),
            (texts.stage, Some(capitalised(statement.stage.name(self.language)))),
            (texts.compacted, statement.storage_compacted_at.map(|at| self.moment(at))),
            (texts.previous, statement.previous.clone()),
        ];
        let rows = rows.into_iter().filter_map(|(item, content)| Some([item.to_owned(), content?]));
        vec![heading(texts.heading), table(texts.headers, rows)]
    }

    fn erased(&self) -> Vec<Block> {
        let texts = &self.texts.erased;
        let erased: Vec<String> =
            self.with(OutcomeAction::Erased).map(|outcome| self.item(outcome)).collect();
        let mut blocks = vec![heading(texts.heading)];
        if erased.is_empty() {
            blocks.push(paragraph(texts.none));
        } else {
            blocks.extend([paragraph(texts.introduction), Block::Bullets(erased)]);
        }
        let missing = self.with(OutcomeAction::NothingHeld).map(|outcome| outcome.category);
        let missing = self.enumeration(missing);
        if !missing.is_empty() {
            blocks.push(Block::Paragraph((texts.nothing_held)(&missing)));
        }
        blocks
    }

    fn kept(&self) -> Vec<Block> {
        let texts = &self.texts.kept;
        let row = |outcome: &Outcome| {
            let until = outcome.until.map(|last| date::civil(last, self.letters));
            [
                self.item(outcome),
                outcome.ground.map_or(texts.no_ground, |ground| self.ground(ground)).to_owned(),
                until.unwrap_or_else(|| texts.open_ended.to_owned()),
            ]
        };
        let rows: Vec<_> = self.with(OutcomeAction::Retained).map(row).collect();
        let afterwards = (!rows.is_empty()).then(|| paragraph(texts.afterwards));
        let mut blocks = section(&texts.section, rows.into_iter());
        blocks.extend(afterwards);
        blocks
    }

    /// The ground with its legal source: as the person is told it, but for the one in which the controller speaks of itself.
    fn ground(&self, ground: RetentionGround) -> &'static str {
        match ground {
            RetentionGround::LegitimateInterests => self.texts.kept.outweighing,
            other => (self.letters.requests.answers.erasure.ground)(other),
        }
    }

    fn keys(&self) -> Vec<Block> {
        let row = |key: &DestroyedKey| [key.class.clone(), self.moment(key.destroyed_at), key.sha256.clone()];
        section(&self.texts.keys, self.statement.keys.iter().map(row))
    }

    fn systems(&self) -> Vec<Block> {
        let row = |system: &SystemReceipt| {
            let confirmed = system.confirmed_at.map(|at| self.moment(at));
            [
                system.name.clone(),
                capitalised(system.outcome.name(self.language)),
                confirmed.unwrap_or_else(|| self.texts.not_confirmed.to_owned()),
            ]
        };
        section(&self.texts.systems, self.statement.systems.iter().map(row))
    }

    fn with(&self, action: OutcomeAction) -> impl Iterator<Item = &Outcome> {
        self.statement.outcomes.iter().filter(move |outcome| outcome.action == action)
    }

    /// What an outcome is about, as an item or a cell begins.
    fn item(&self, outcome: &Outcome) -> String {
        let category = capitalised(outcome.category.name(self.language));
        match outcome.records {
            0 => category,
            count => (self.texts.erased.records)(&category, count),
        }
    }

    /// The categories in running text.
    fn enumeration(&self, categories: impl Iterator<Item = DataCategory>) -> String {
        let names: Vec<&str> = categories.map(|category| category.name(self.language)).collect();
        match names.as_slice() {
            [first @ .., last] if !first.is_empty() => {
                format!("{} {} {last}", first.join(", "), self.letters.frame.and)
            }
            names => names.concat(),
        }
    }

    fn day(&self, at: Timestamp) -> String {
        date::day(at, self.zone, self.letters)
    }

    fn moment(&self, at: Timestamp) -> String {
        date::moment(at, self.zone, self.letters)
    }
}
