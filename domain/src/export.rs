//! Exports: the answer to a request for access or portability as files, and all that a tenant has.

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

coded! {
    /// The life of an export of all that a tenant has (Art. 28(3)(g)).
    TenantExportStatus {
        /// It is being made.
        Pending = "PENDING",
        /// It can be downloaded.
        Ready = "READY",
        /// It is destroyed: its time was over, a newer one took its place, or data in it had to be erased.
        Expired = "EXPIRED",
        /// It could not be made; ask for a new one.
        Failed = "FAILED",
    }
}
