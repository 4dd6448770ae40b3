//! A part of a certificate's document: a heading and a table, or the word that there is nothing.

use crate::package::letter::{Block, heading, paragraph, table};

/// A heading and a table.
pub(in crate::package) struct Section<const COLUMNS: usize> {
    /// Heading.
    pub(in crate::package) heading: &'static str,
    /// What the table shows, where its headers do not say it.
    pub(in crate::package) introduction: Option<&'static str>,
    /// Its headers.
    pub(in crate::package) headers: [&'static str; COLUMNS],
    /// There is nothing to show.
    pub(in crate::package) none: &'static str,
}

/// The section with its rows.
pub(in crate::package) fn section<const COLUMNS: usize>(
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
