//! The answer as tables: RFC 4180 CSV in a ZIP archive, safe to open in a spreadsheet.

pub mod guard;
mod tables;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::PackageError;
use super::answer::AccessAnswer;
use super::letter::texts::{self, ReadmeFacts};
use super::letter::{access, date, markdown};

/// Tells spreadsheets that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A table on its way to a file.
struct Table {
    file: &'static str,
    headers: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

/// The archive: `README.txt`, the letter as Markdown and the tables, always in the same order.
///
/// # Errors
/// [`PackageError::Csv`] or [`PackageError::Zip`] when a writer refuses.
pub fn write(answer: &AccessAnswer) -> Result<Vec<u8>, PackageError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let letter = markdown::render(&access::letter(answer));
    add(&mut archive, "README.txt", text_file(&readme(answer)).as_bytes())?;
    add(&mut archive, "letter.md", text_file(&letter).as_bytes())?;
    for table in tables::all(answer) {
        add(&mut archive, table.file, &csv(&table)?)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn add(archive: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> Result<(), PackageError> {
    // The archive's own first moment, so that the same answer gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    archive.start_file(name, options)?;
    archive.write_all(bytes).map_err(zip::result::ZipError::from)?;
    Ok(())
}

fn csv(table: &Table) -> Result<Vec<u8>, PackageError> {
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    writer.write_record(table.headers)?;
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| guard::guarded(cell)).collect();
        writer.write_record(&cells)?;
    }
    writer.into_inner().map_err(|failure| PackageError::Csv(failure.into_error().into()))
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

/// A text for any editor: marked as UTF-8, lines ended as RFC 4180 ends them.
fn text_file(text: &str) -> String {
    format!("{BYTE_ORDER_MARK}{}", text.replace("\r\n", "\n").replace('\n', "\r\n"))
}

#[cfg(test)]
mod tests;
