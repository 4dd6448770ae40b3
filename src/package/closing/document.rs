//! The certificate as a document in Swedish or English.

use domain::language::Language;
use jiff::Timestamp;
use jiff::civil::Date;

use super::texts::{self, Section, Texts};
use super::{Certificate, Confirmation, Kept, Returned};
use crate::package::letter::texts as letters;
use crate::package::letter::{
    Block, Letter, capitalised, date, heading, paragraph, processor_as_sender, table,
};

/// The certificate as a document, ready to be set.
pub(super) fn document(certificate: &Certificate, language: Language) -> Letter {
    let draft = Draft { certificate, language, texts: texts::of(language), letters: letters::of(language) };
    let day = date::day(certificate.closed_at, &certificate.zone, draft.letters);
    Letter {
        language,
        title: draft.texts.title.to_owned(),
        reference: certificate.tenant.id.clone(),
        sender: processor_as_sender(&certificate.processor, language),
        addressee: draft.addressee(),
        particulars: vec![(draft.letters.frame.date.to_owned(), day)],
        blocks: draft.blocks(),
        made_at: certificate.closed_at,
    }
}

/// The certificate beside the texts in which it is told.
struct Draft<'a> {
    certificate: &'a Certificate,
    language: Language,
    texts: &'static Texts,
    letters: &'static letters::Texts,
}

impl Draft<'_> {
    fn addressee(&self) -> Vec<String> {
        let tenant = &self.certificate.tenant;
        let mut lines = vec![tenant.name.clone()];
        lines.extend(tenant.organisation_number.as_deref().map(self.letters.frame.organisation_number));
        lines.push(tenant.id.clone());
        lines
    }

    fn blocks(&self) -> Vec<Block> {
        let certificate = self.certificate;
        let (processor, tenant) = (&certificate.processor.name, &certificate.tenant.name);
        let mut blocks = vec![Block::Paragraph((self.texts.introduction)(processor, tenant))];
        blocks.extend(self.course());
        blocks.extend(self.returned());
        blocks.extend(self.erased());
        blocks.extend(self.keys());
        blocks.extend(self.kept());
        blocks.extend(self.confirmations());
        let day = date::day(certificate.closed_at, &certificate.zone, self.letters);
        blocks.push(Block::Signature(vec![(self.texts.issued)(&day), processor.clone()]));
        blocks
    }

    fn course(&self) -> Vec<Block> {
        let (texts, certificate) = (&self.texts.course, self.certificate);
        let rows = [
            (texts.relationship_ended, self.date(certificate.relationship_ended_on)),
            (texts.return_ended, self.date(certificate.return_ended_on)),
            (texts.erasure_began, self.moment(certificate.erasure_began_at)),
            (texts.keys_destroyed, self.moment(certificate.keys_destroyed_at)),
            (texts.closed, self.moment(certificate.closed_at)),
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
        section(&self.texts.returned, self.certificate.returned.iter().map(row))
    }

    fn erased(&self) -> Vec<Block> {
        let rows = self.certificate.erased.iter();
        let rows = rows.map(|(kind, count)| [capitalised(kind.name(self.language)), self.number(*count)]);
        section(&self.texts.erased, rows)
    }

    fn keys(&self) -> Vec<Block> {
        let rows = self.certificate.key_fingerprints.iter();
        section(&self.texts.keys, rows.map(|(class, fingerprint)| [class.clone(), fingerprint.clone()]))
    }

    fn kept(&self) -> Vec<Block> {
        let row = |row: &Kept| {
            [
                capitalised(row.what.name(self.language)),
                capitalised(row.why.name(self.language)),
                self.date(row.until),
            ]
        };
        section(&self.texts.kept, self.certificate.kept.iter().map(row))
    }

    fn confirmations(&self) -> Vec<Block> {
        let row = |row: &Confirmation| {
            let confirmed = row.confirmed_on.map(|day| self.date(day));
            [row.subprocessor.clone(), confirmed.unwrap_or_else(|| self.texts.not_confirmed.to_owned())]
        };
        section(&self.texts.confirmations, self.certificate.confirmations.iter().map(row))
    }

    fn date(&self, date: Date) -> String {
        date::civil(date, self.letters)
    }

    fn moment(&self, at: Timestamp) -> String {
        date::moment(at, &self.certificate.zone, self.letters)
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

fn section<const COLUMNS: usize>(
    texts: &Section<COLUMNS>,
    rows: impl ExactSizeIterator<Item = [String; COLUMNS]>,
) -> Vec<Block> {
    if rows.len() == 0 {
        return vec![heading(texts.heading), paragraph(texts.none)];
    }
    let mut blocks = vec![heading(texts.heading)];
    blocks.extend(texts.introduction.map(paragraph));
    blocks.push(table(texts.headers, rows));
    blocks
}
