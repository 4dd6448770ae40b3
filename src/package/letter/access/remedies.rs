//! What the person can do: Art. 15(1)(e) and further copies.

use super::{Block, Draft, heading, paragraph};

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

    /// Paragraph 3.
    pub(super) fn copy(&self) -> Vec<Block> {
        let texts = &self.texts.remedies;
        vec![heading(texts.copy), paragraph(texts.copy_terms)]
    }
}
