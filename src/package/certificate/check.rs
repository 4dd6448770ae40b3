//! How a certificate is checked, at the end of its document.

use domain::language::Language;

use super::Entry;
use super::texts;
use crate::package::letter::{Block, heading, paragraph, table};

/// The command that checks a certificate.
const COMMAND: &str = "privacy-gateway audit verify --certificate FILE --verifier-key KEY";

/// What vouches for the statement, how to check it, and the heading of the proof.
pub(super) fn how((entry, sha256): (&Entry, &str), processor: &str, language: Language) -> Vec<Block> {
    let texts = texts::of(language);
    let rows = [
        (texts.digest, sha256.to_owned()),
        (texts.log, entry.log.clone()),
        (texts.entry, entry.index.to_string()),
        (texts.tree_size, entry.tree_size.to_string()),
    ];
    vec![
        heading(texts.heading),
        Block::Paragraph((texts.introduction)(processor)),
        table(texts.headers, rows.into_iter().map(|(what, value)| [what.to_owned(), value])),
        Block::Paragraph(format!("{}\n{COMMAND}", texts.command)),
        Block::Paragraph((texts.key)(processor)),
        heading(texts.proof.heading),
        paragraph(texts.proof.introduction),
    ]
}

/// The proof, a row for each of its lines.
pub(super) fn line_by_line(proof: &str, language: Language) -> Block {
    table([texts::of(language).proof.line], proof.lines().map(|line| [line.to_owned()]))
}

/// The closing words of a certificate: they are no signature, since more follows.
pub(in crate::package) fn issued(day: &str, processor: &str, language: Language) -> Block {
    Block::Paragraph(format!("{}\n{processor}", (texts::of(language).issued)(day)))
}

/// The text as a block of code, whose fence is longer than any row of backticks in it.
pub(super) fn fenced(text: &str) -> String {
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("\n{fence}text\n{text}{fence}\n")
}
