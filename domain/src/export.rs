//! Export packages: the answer to a request for access or portability, as files.

use crate::coded::coded;

coded! {
    /// Forms of an export.
    ExportFormat {
        /// Machine-readable, with a published JSON Schema.
        Json = "JSON",
        /// Comma-separated tables in a ZIP archive.
        CsvZip = "CSV_ZIP",
        /// A letter for a person to read and print.
        Pdf = "PDF",
    }
}
