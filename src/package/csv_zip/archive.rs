//! Texts and tables in a ZIP archive.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::guard;
use crate::package::PackageError;

/// Tells spreadsheets that the text is UTF-8.
pub(in crate::package) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A table on its way to a file.
pub(crate) struct Table {
    pub(crate) file: &'static str,
    pub(crate) headers: &'static [&'static str],
    pub(crate) rows: Vec<Vec<String>>,
}

/// A text on its way to a file.
pub(crate) struct TextFile {
    pub(crate) file: &'static str,
    pub(crate) text: String,
}

/// The archive: the texts, then the tables, always in the same order.
///
/// # Errors
/// [`PackageError::Csv`] or [`PackageError::Zip`] when a writer refuses.
pub(crate) fn pack(texts: &[TextFile], tables: &[Table]) -> Result<Vec<u8>, PackageError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for file in texts {
        add(&mut archive, file.file, text_file(&file.text).as_bytes())?;
    }
    for table in tables {
        add(&mut archive, table.file, &csv(table)?)?;
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

/// A text for any editor: marked as UTF-8, lines ended as RFC 4180 ends them.
pub(in crate::package) fn text_file(text: &str) -> String {
    format!("{BYTE_ORDER_MARK}{}", text.replace("\r\n", "\n").replace('\n', "\r\n"))
}
