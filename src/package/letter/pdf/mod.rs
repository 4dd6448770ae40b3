//! A letter as PDF: A4, tagged for screen readers (PDF/UA-1), with its fonts inside.
//!
//! First the letter is laid out into pages of lines, rules and shades ([`layout`]); then, when the number of pages is
//! known, they are written ([`write`]). Nothing asks for the time: the document bears the letter's instant.

mod face;
mod layout;
mod page;
mod structure;
mod table;
#[cfg(test)]
mod tests;
mod wrap;
mod write;

use super::Letter;

/// The letter could not be made into a PDF. The texts name the step and nothing of the content.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A font that belongs to the program could not be read.
    #[error("a font of the letter could not be read")]
    Font,
    /// The writer refused the document.
    #[error("the letter could not be written as PDF")]
    Document,
}

/// The letter as PDF. A character that the font lacks is shown as `□`, which a last note explains; its text is kept
/// for copying and reading aloud.
///
/// # Errors
/// [`PdfError`] when a font or the writer fails. No value in a letter makes them do so, but an empty title or heading
/// does: a reader who hears the document could not find the way in it.
pub fn render(letter: &Letter) -> Result<Vec<u8>, PdfError> {
    let faces = face::Faces::load()?;
    let document = layout::lay_out(letter, &faces);
    write::write(letter, &faces, document)
}
