//! The archive as a stream: records go in one at a time, finished bytes are taken out, and nothing is kept but what
//! compression holds back. So an export of any size takes the same memory.

use std::io::{self, Write};
use std::marker::PhantomData;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_lc_rs::digest::{self, SHA256};
use domain::id::TenantId;
use jiff::Timestamp;
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::manifest::{self, FileEntry};
use super::record::Record;
use crate::package::PackageError;
use crate::package::csv_zip::archive::{BYTE_ORDER_MARK, text_file};

/// How the records of a kind are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated values (RFC 4180), safe to open in a spreadsheet.
    Csv,
}

impl Form {
    /// Both, in the order of the archive.
    pub const ALL: [Self; 2] = [Self::JsonLines, Self::Csv];

    /// The ending of a file's name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
        }
    }
}

/// Whose export it is, and when it was made.
pub struct Heading {
    /// The tenant.
    pub tenant: TenantId,
    /// The tenant's name.
    pub name: String,
    /// Who made it.
    pub processor: String,
    /// The instant that everything in it is of.
    pub made_at: Timestamp,
}

/// Finished bytes on their way out. The archive's writer holds one end, and nobody else can reach it there.
#[derive(Clone, Default)]
struct Outlet(Arc<Mutex<Vec<u8>>>);

impl Outlet {
    fn lock(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file that is being written.
struct Open {
    name: String,
    rows: Option<u64>,
    bytes: u64,
    digest: digest::Context,
}

/// An archive that is being written.
pub struct Archive {
    zip: ZipWriter<StreamWriter<Outlet>>,
    outlet: Outlet,
    open: Option<Open>,
    files: Vec<FileEntry>,
    heading: Heading,
}

/// The files of one kind of record in one form.
pub struct Table<'a, R> {
    archive: &'a mut Archive,
    form: Form,
    kind: PhantomData<fn(R)>,
}

impl Archive {
    /// Begins an archive with its README in both languages.
    ///
    /// # Errors
    /// [`PackageError::Zip`] when the writer refuses.
    pub fn begin(heading: Heading) -> Result<Self, PackageError> {
        let outlet = Outlet::default();
        let mut archive = Self {
            zip: ZipWriter::new_stream(outlet.clone()),
            outlet,
            open: None,
            files: Vec::new(),
            heading,
        };
        for (name, text) in super::readme::texts(&archive.heading) {
            archive.text(name, &text_file(&text))?;
        }
        Ok(archive)
    }

    /// Begins the file of a kind of record in a form; the one before is finished.
    ///
    /// # Errors
    /// [`PackageError`] when a writer refuses.
    pub fn table<R: Record>(&mut self, form: Form) -> Result<Table<'_, R>, PackageError> {
        // Nobody knows beforehand how long a table will be.
        let options = options().large_file(true);
        self.start(format!("{}.{}", R::KIND.stem(), form.extension()), options)?;
        if let Some(open) = &mut self.open {
            open.rows = Some(0);
        }
        if form == Form::Csv {
            let names = R::COLUMNS.iter().map(|(name, _)| (*name).to_owned());
            self.write(BYTE_ORDER_MARK.as_bytes())?;
            self.write(&csv_line(names)?)?;
        }
        Ok(Table { archive: self, form, kind: PhantomData })
    }

    /// Adds a text.
    ///
    /// # Errors
    /// [`PackageError::Zip`] when the writer refuses.
    pub fn text(&mut self, name: impl Into<String>, text: &str) -> Result<(), PackageError> {
        self.start(name.into(), options())?;
        self.write(text.as_bytes())
    }

    /// Takes the bytes that are finished.
    #[must_use]
    pub fn take(&mut self) -> Vec<u8> {
        mem::take(&mut *self.outlet.lock())
    }

    /// Ends the archive with its manifest; gives the last bytes and what the archive holds.
    ///
    /// # Errors
    /// [`PackageError`] when a writer refuses.
    pub fn finish(mut self) -> Result<(Vec<u8>, Vec<FileEntry>), PackageError> {
        self.close();
        let manifest = manifest::write(&self.heading, &self.files)?;
        self.text(manifest::NAME, &manifest)?;
        self.close();
        self.zip.finish()?;
        let rest = mem::take(&mut *self.outlet.lock());
        Ok((rest, self.files))
    }

    fn start(&mut self, name: String, options: SimpleFileOptions) -> Result<(), PackageError> {
        self.close();
        self.zip.start_file(name.as_str(), options)?;
        self.open = Some(Open { name, rows: None, bytes: 0, digest: digest::Context::new(&SHA256) });
        Ok(())
    }

    fn close(&mut self) {
        self.files.extend(self.open.take().map(|open| FileEntry {
            name: open.name,
            rows: open.rows,
            bytes: open.bytes,
            sha256: hex::encode(open.digest.finish()),
        }));
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), PackageError> {
        self.zip.write_all(bytes).map_err(zip::result::ZipError::from)?;
        if let Some(open) = &mut self.open {
            open.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            open.digest.update(bytes);
        }
        Ok(())
    }
}

impl<R: Record> Table<'_, R> {
    /// Adds a record.
    ///
    /// # Errors
    /// [`PackageError`] when a writer refuses; no content of the record makes it do so.
    pub fn put(&mut self, record: &R) -> Result<(), PackageError> {
        let line = match self.form {
            Form::JsonLines => {
                let mut line = serde_json::to_vec(&Line(record))?;
                line.push(b'\n');
                line
            }
            Form::Csv => csv_line(R::COLUMNS.iter().map(|(_, cell)| cell(record).field()))?,
        };
        self.archive.write(&line)?;
        if let Some(Open { rows: Some(rows), .. }) = &mut self.archive.open {
            *rows += 1;
        }
        Ok(())
    }

    /// Takes the bytes that are finished.
    #[must_use]
    pub fn take(&mut self) -> Vec<u8> {
        self.archive.take()
    }
}

/// A record as a line of JSON, in the order of its columns.
struct Line<'a, R>(&'a R);

impl<R: Record> Serialize for Line<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(R::COLUMNS.len()))?;
        for (name, cell) in R::COLUMNS {
            map.serialize_entry(name, &cell(self.0))?;
        }
        map.end()
    }
}

fn csv_line(fields: impl Iterator<Item = String>) -> Result<Vec<u8>, PackageError> {
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .buffer_capacity(LINE)
        .from_writer(Vec::with_capacity(LINE));
    writer.write_record(fields.map(String::into_bytes))?;
    writer.into_inner().map_err(|failure| PackageError::Csv(failure.into_error().into()))
}

/// About as long as a line gets, in bytes.
const LINE: usize = 1_024;

fn options() -> SimpleFileOptions {
    // The archive's own first moment, so that the same records give the same bytes.
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
}
