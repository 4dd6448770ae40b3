//! The certificate as a document in Swedish or English.

use domain::language::Language;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::texts::{self, Texts};
use super::{Confirmation, Kept, Returned, Statement};
use crate::package::certificate::{issued, section};
use crate::package::letter::texts as letters;
use crate::package::letter::{Block, Letter, capitalised, date, heading, processor_as_sender, table};

/// The statement as a document, ready to be set.
pub(super) fn document(statement: &Statement, zone: &TimeZone, language: Language) -> Letter {
    let draft =
        Draft { statement, zone, language, texts: texts::of(language), letters: letters::of(language) };
    let day = date::day(statement.closed_at, zone, draft.letters);
    Letter {
        language,
        title: draft.texts.title.to_owned(),
        reference: statement.tenant.id.clone(),
        sender: processor_as_sender(&statement.processor, language),
        addressee: statement.tenant.as_addressee(draft.letters),
        particulars: vec![(draft.letters.frame.date.to_owned(), day)],
        blocks: draft.blocks(),
        made_at: statement.closed_at,
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
        let statement = self.statement;
        let (processor, tenant) = (&statement.processor.name, &statement.tenant.name);
        let mut blocks = vec![Block::Paragraph((self.texts.introduction)(processor, tenant))];
        blocks.extend(self.course());
        blocks.extend(self.returned());
        blocks.extend(self.erased());
        blocks.extend(self.keys());
        blocks.extend(self.kept());
        blocks.extend(self.confirmations());
        let day = date::day(statement.closed_at, self.zone, self.letters);
        blocks.push(issued(&day, processor, self.language));
        blocks
    }

    fn course(&self) -> Vec<Block> {
        let (texts, statement) = (&self.texts.course, self.statement);
        let rows = [
            (texts.relationship_ended, self.date(statement.relationship_ended_on)),
            (texts.return_ended, self.date(statement.return_ended_on)),
            (texts.erasure_began, self.moment(statement.erasure_began_at)),
            (texts.keys_destroyed, self.moment(statement.keys_destroyed_at)),
            (texts.closed, self.moment(statement.closed_at)),
        ];
        let rows = rows.into_iter().map(|(event, when)| [event.to_owned(), when]);
        vec![heading(texts.heading), table(texts.headers, rows)]
    }

    fn returned(&self) -> Vec<Block> {
        let row = |row: &Returned| {
            let moments: Vec<String> = row.downloaded_at.iter().map(|at| self.moment(*at)).collect();
            let downloaded =
                if moments.is_empty() { self.texts.not_downloaded.to_owned() } else { moments.join("\n") };
            [self.moment(row.made_at), self.number(row.bytes), row.sha256.clone(), downloaded]
        };
        section(&self.texts.returned, self.statement.returned.iter().map(row))
    }

    fn erased(&self) -> Vec<Block> {
        let rows = self.statement.erased.iter();
        let rows = rows.map(|row| [capitalised(row.kind.name(self.language)), self.number(row.count)]);
        section(&self.texts.erased, rows)
    }

    fn keys(&self) -> Vec<Block> {
        let rows = self.statement.key_fingerprints.iter();
        section(&self.texts.keys, rows.map(|key| [key.class.clone(), key.sha256.clone()]))
    }

    fn kept(&self) -> Vec<Block> {
        let row = |row: &Kept| {
            [
                capitalised(row.what.name(self.language)),
                capitalised(row.why.name(self.language)),
                self.date(row.until),
            ]
        };
        section(&self.texts.kept, self.statement.kept.iter().map(row))
    }

    fn confirmations(&self) -> Vec<Block> {
        let row = |row: &Confirmation| {
            let confirmed = row.confirmed_on.map(|day| self.date(day));
            [row.subprocessor.clone(), confirmed.unwrap_or_else(|| self.texts.not_confirmed.to_owned())]
        };
        section(&self.texts.confirmations, self.statement.confirmations.iter().map(row))
    }

    fn date(&self, date: Date) -> String {
        date::civil(date, self.letters)
    }

    fn moment(&self, at: Timestamp) -> String {
        date::moment(at, self.zone, self.letters)
    }

    /// The number with its digits in groups of three.
    fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() * 2);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(self.texts.thousands);
            }
            grouped.push(digit);
        }
        grouped
    }
}
