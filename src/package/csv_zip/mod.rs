//! The answer as tables: RFC 4180 CSV in a ZIP archive, safe to open in a spreadsheet.

pub(super) mod archive;
pub mod guard;
pub(super) mod tables;

use archive::TextFile;

use super::PackageError;
use super::answer::AccessAnswer;
use super::letter::texts::{self, ReadmeFacts};
use super::letter::{access, date, markdown};

/// The archive: `README.txt`, the letter as Markdown and the tables, always in the same order.
///
/// # Errors
/// [`PackageError::Csv`] or [`PackageError::Zip`] when a writer refuses.
pub fn write(answer: &AccessAnswer) -> Result<Vec<u8>, PackageError> {
    let letter = markdown::render(&access::letter(answer));
    let texts =
        [TextFile { file: "README.txt", text: readme(answer) }, TextFile { file: "letter.md", text: letter }];
    archive::pack(&texts, &tables::all(answer))
}

fn readme(answer: &AccessAnswer) -> String {
    let texts = texts::of(answer.language);
    let made = date::day(answer.made_at, &answer.zone, texts);
    (texts.readme)(&ReadmeFacts {
        controller: &answer.controller.name,
        reference: &answer.reference,
        made: &made,
        email: &answer.controller.contact.email,
    })
}

#[cfg(test)]
mod tests;
