//! Letters to a data subject: concise, in plain language, in Swedish or English (Art. 12(1)).
//!
//! A letter is a frame and a list of blocks. What it says is in [`sv`] and [`en`]; which of it a given answer needs
//! is decided by one builder for each kind of letter ([`access`], [`request`]); how it looks is the business of [`markdown`] and
//! [`pdf`].

pub mod access;
mod asked;
pub mod country;
pub mod date;
mod en;
mod letterhead;
pub mod markdown;
pub mod pdf;
pub mod request;
mod sv;
pub mod texts;

use domain::language::Language;
use jiff::Timestamp;

use super::answer::Processor;

/// A letter, ready to be set. Its texts may hold a person's values, so it has no `Debug` and no `Serialize`.
pub struct Letter {
    /// The language.
    pub language: Language,
    /// What it is about: the first heading, and the document's title.
    pub title: String,
    /// The request's number, or who else it concerns, on every page.
    pub reference: String,
    /// Who writes: the name first, then what tells where to reach them.
    pub sender: Vec<String>,
    /// To whom: name and address as on an envelope; empty when neither is held, and for what is no letter.
    pub addressee: Vec<String>,
    /// Label and value of the date, the reference and the like.
    pub particulars: Vec<(String, String)>,
    /// The letter itself.
    pub blocks: Vec<Block>,
    /// The instant that the document bears as its date.
    pub made_at: Timestamp,
}

/// A part of a letter. A line feed within a text begins a new line.
pub enum Block {
    /// A section's heading.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A list whose order means nothing.
    Bullets(Vec<String>),
    /// A table.
    Table(Table),
    /// The closing words, a line each; never parted from one another.
    Signature(Vec<String>),
}

/// A table. A row shorter than the header has empty cells at its end.
pub struct Table {
    /// The header of each column.
    pub headers: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

pub(super) fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

pub(super) fn paragraph(text: &str) -> Block {
    Block::Paragraph(text.to_owned())
}

pub(super) fn table<const COLUMNS: usize>(
    headers: [&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
) -> Block {
    Block::Table(Table { headers: headers.map(str::to_owned).into(), rows: rows.map(Vec::from).collect() })
}

/// The processor as the sender of a document of its own: the name first, then what tells where to reach it.
pub(super) fn processor_as_sender(processor: &Processor, language: Language) -> Vec<String> {
    let number = (texts::of(language).frame.organisation_number)(&processor.organisation_number);
    let mut lines = vec![processor.name.clone(), number];
    lines.extend(processor.address_lines.iter().cloned());
    lines.push(processor.email.clone());
    lines
}

/// The text with its first letter in upper case, as a cell begins.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
