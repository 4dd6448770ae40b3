//! What happens to the data: Art. 15(1)(a) to (d), (g), (h) and 15(2).

use super::{Block, Draft, capitalised, heading, paragraph, table};
use crate::package::answer::{Processing, Recipient};

impl Draft<'_> {
    /// Points (a) and (b), with the legal basis, which a person needs to know which rights apply.
    pub(super) fn purposes(&self) -> Vec<Block> {
        let texts = &self.texts.uses;
        let row = |row: &Processing| {
            [
                capitalised((self.texts.names.purpose)(row.purpose)),
                row.description.clone(),
                capitalised((self.texts.names.legal_basis)(row.legal_basis)),
                capitalised(&self.head.categories(&row.categories)),
            ]
        };
        let content = if self.answer.processing.is_empty() {
            paragraph(texts.no_purposes)
        } else {
            table(texts.purpose_headers, self.answer.processing.iter().map(row))
        };
        vec![heading(texts.purposes), content]
    }

    /// Point (c).
    pub(super) fn recipients(&self) -> Vec<Block> {
        let texts = &self.texts.uses;
        let mut blocks = vec![heading(texts.recipients)];
        if self.head.has_processor() {
            blocks.push(Block::Paragraph((texts.processor_receives)(&self.answer.processor.name)));
        }
        if self.answer.recipients.is_empty() {
            blocks.push(paragraph(texts.no_recipients));
            return blocks;
        }
        let row = |row: &Recipient| {
            [
                format!("{}, {}", row.name, self.head.country(&row.country)),
                capitalised(&row.purpose),
                capitalised(&self.head.categories(&row.categories)),
                self.head.countries(&row.processing_countries),
            ]
        };
        blocks.push(paragraph(texts.recipients_introduction));
        blocks.push(table(texts.recipient_headers, self.answer.recipients.iter().map(row)));
        blocks
    }

    /// Paragraph 2.
    pub(super) fn transfers(&self) -> Vec<Block> {
        let texts = &self.texts.uses;
        let line = |row: &Recipient| {
            let safeguard = row.transfer.as_ref()?;
            Some((texts.transfer)(
                &row.name,
                &self.head.countries(&row.processing_countries),
                &safeguard.text,
            ))
        };
        let lines: Vec<String> = self.answer.recipients.iter().filter_map(line).collect();
        if lines.is_empty() {
            return vec![heading(texts.transfers), paragraph(texts.no_transfers)];
        }
        vec![
            heading(texts.transfers),
            paragraph(texts.transfers_introduction),
            Block::Bullets(lines),
            paragraph(texts.safeguards_copy),
        ]
    }

    /// Point (d).
    pub(super) fn retention(&self) -> Vec<Block> {
        let texts = &self.texts.uses;
        let label = self.texts.names.category;
        let rows =
            self.answer.retention.iter().map(|row| [capitalised(label(row.category)), row.sentence.clone()]);
        let content = if self.answer.retention.is_empty() {
            paragraph(texts.no_retention)
        } else {
            table(texts.retention_headers, rows)
        };
        vec![heading(texts.retention), content]
    }

    /// Point (g).
    pub(super) fn sources(&self) -> Vec<Block> {
        let texts = &self.texts.uses;
        let label = self.texts.names.category;
        let rows =
            self.answer.sources.iter().map(|row| [capitalised(label(row.category)), row.sentence.clone()]);
        let content = if self.answer.sources.is_empty() {
            paragraph(texts.no_sources)
        } else {
            table(texts.source_headers, rows)
        };
        vec![heading(texts.sources), content]
    }

    /// Point (h).
    pub(super) fn automated_decisions(&self) -> Vec<Block> {
        let texts = &self.texts.uses;
        let line = |row: &Processing| {
            let decisions = row.automated_decisions.as_ref()?;
            Some(format!("{}: {decisions}", capitalised((self.texts.names.purpose)(row.purpose))))
        };
        let lines: Vec<String> = self.answer.processing.iter().filter_map(line).collect();
        if lines.is_empty() {
            return vec![heading(texts.automated), paragraph(texts.no_automated)];
        }
        vec![heading(texts.automated), paragraph(texts.automated_introduction), Block::Bullets(lines)]
    }
}
