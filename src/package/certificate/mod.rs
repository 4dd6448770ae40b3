//! What certificates share. A certificate is a statement, whose SHA-256 an entry of the audit log holds, beside the proof that
//! the log holds that entry: anyone can check it, at any time, without asking the processor (Art. 5(2), 24(1)).
//!
//! The statement is JSON in the canonical form of RFC 8785, so that the same facts have one digest. It is stored as a text,
//! and files are made of that text, never of the register as it is now. Nothing is printed of a statement that is not the
//! one whose digest is proved. The same certificate gives the same bytes.

mod check;
mod facts;
mod named;
mod part;
#[cfg(test)]
pub(super) mod tests;
mod texts;

use aws_lc_rs::digest::{SHA256, digest};
use domain::language::Language;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tlog::LogProof;

pub(super) use check::issued;
pub(super) use facts::ProcessorMembers;
pub use facts::Tenant;
pub(super) use named::named;
pub(super) use part::{Section, section};

use super::PackageError;
use super::answer::Processor;
use super::json::parts::file;
use super::letter::{Letter, markdown as commonmark, pdf as portable};

/// What a kind of certificate certifies.
pub trait Statement: Serialize + DeserializeOwned {
    /// The version of the statement's shape. Statements are stored for years: one of an earlier version must stay readable.
    const VERSION: u32;
    /// The version of the file's shape. The schema is closed, so it changes with every name that comes or goes and with
    /// every meaning that changes, and the schema with it.
    const FILE_VERSION: u32;

    /// Who certifies.
    fn processor(&self) -> &Processor;

    /// The statement as a document, instants in the given zone.
    fn document(&self, zone: &TimeZone, language: Language) -> Letter;

    /// Whether it says nothing that cannot be.
    ///
    /// # Errors
    /// [`CertificateError`] says what.
    fn check(&self) -> Result<(), CertificateError> {
        Ok(())
    }
}

/// A stored certificate is not one. The texts name nothing of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// The statement is no canonical JSON with the members of its version.
    #[error("the certificate's statement is not in the form of its version")]
    Statement,
    /// The statement's version is none that this program knows.
    #[error("the version of the certificate's statement is unknown")]
    Version,
    /// The statement says of data what an erasure does not do.
    #[error("the certificate's statement has an outcome that no erasure has")]
    Outcome,
    /// The entry that is proved vouches for another statement.
    #[error("the entry of the log that the certificate proves does not vouch for its statement")]
    Digest,
    /// The proof is none.
    #[error("the certificate's proof is no proof of an entry of a log")]
    Proof,
}

/// SHA-256 of a statement's UTF-8 bytes, in lower-case hexadecimal digits, as an entry of the log holds it.
#[must_use]
pub fn sha256_of(statement: &str) -> String {
    hex::encode(digest(&SHA256, statement.as_bytes()))
}

/// The statement as it is written.
#[derive(Serialize)]
struct Versioned<'a, S> {
    v: u32,
    #[serde(flatten)]
    statement: &'a S,
}

/// The statement as the text that is digested and stored: RFC 8785.
///
/// # Errors
/// [`PackageError::Certificate`] when it says what cannot be.
pub fn write<S: Statement>(statement: &S) -> Result<String, PackageError> {
    statement.check()?;
    Ok(serde_json_canonicalizer::to_string(&Versioned { v: S::VERSION, statement })?)
}

/// The statement that the text is. A text that would be written otherwise is none: an absent member would pass for null, a
/// repeated one for its last.
///
/// # Errors
/// [`PackageError::Certificate`].
pub fn read<S: Statement>(text: &str) -> Result<S, PackageError> {
    let mut document: Value = serde_json::from_str(text).map_err(|_| CertificateError::Statement)?;
    let version = document.as_object_mut().and_then(|members| members.remove("v"));
    let version = version.ok_or(CertificateError::Statement)?;
    if version != S::VERSION {
        return Err(CertificateError::Version.into());
    }
    let statement = serde_json::from_value(document).map_err(|_| CertificateError::Statement)?;
    if write::<S>(&statement)? != text {
        return Err(CertificateError::Statement.into());
    }
    Ok(statement)
}

/// A statement with its proof.
pub struct Certificate<'a, S> {
    statement: S,
    text: &'a str,
    proof: &'a str,
    entry: Entry,
    zone: TimeZone,
}

/// Where the log holds the entry that vouches for a statement, as the proof says.
struct Entry {
    log: String,
    index: u64,
    tree_size: u64,
}

impl<'a, S: Statement> Certificate<'a, S> {
    /// The certificate of a stored statement and its proof (C2SP tlog-proof). Instants are printed in the zone.
    ///
    /// # Errors
    /// [`PackageError::Certificate`] when the statement is not in the form of a known version, or the proof is none or of an
    /// entry that does not vouch for it. Whether the proof is good is for a verifier with the log's key to say.
    pub fn read((text, proof): (&'a str, &'a str), zone: TimeZone) -> Result<Self, PackageError> {
        let statement = read(text)?;
        let entry = vouching(text, proof)?;
        Ok(Self { statement, text, proof, entry, zone })
    }

    /// The file for machines: members in alphabetical order, with a last line feed.
    ///
    /// # Errors
    /// [`PackageError::Json`] when the serialiser refuses.
    pub fn json(&self) -> Result<Vec<u8>, PackageError> {
        let statement: Value = serde_json::from_str(self.text)?;
        file(&json!({
            "v": S::FILE_VERSION,
            "statement": statement,
            "statementSha256": sha256_of(self.text),
            "proof": self.proof,
        }))
    }

    /// The certificate as Markdown.
    #[must_use]
    pub fn markdown(&self, language: Language) -> String {
        commonmark::render(&self.checkable(language)) + &check::fenced(self.proof)
    }

    /// The certificate as PDF. Each line of the proof has a row of its own, since a line may be longer than the page is wide.
    ///
    /// # Errors
    /// [`PackageError::Pdf`] when a font or the writer fails.
    pub fn pdf(&self, language: Language) -> Result<Vec<u8>, PackageError> {
        let mut letter = self.checkable(language);
        letter.blocks.push(check::line_by_line(self.proof, language));
        Ok(portable::render(&letter)?)
    }

    /// The document with the way to check it.
    fn checkable(&self, language: Language) -> Letter {
        let mut letter = self.statement.document(&self.zone, language);
        let sha256 = sha256_of(self.text);
        letter.blocks.extend(check::how((&self.entry, &sha256), &self.statement.processor().name, language));
        letter
    }
}

/// The entry that a proof is about, which vouches for the statement.
fn vouching(statement: &str, proof: &str) -> Result<Entry, CertificateError> {
    let proof = LogProof::parse(proof).map_err(|_| CertificateError::Proof)?;
    let head = proof.stated_checkpoint().map_err(|_| CertificateError::Proof)?;
    let event = proof.extra.as_deref().ok_or(CertificateError::Proof)?;
    let event: Value = serde_json::from_slice(event).map_err(|_| CertificateError::Proof)?;
    if event["digest"] != sha256_of(statement) {
        return Err(CertificateError::Digest);
    }
    Ok(Entry { log: head.origin, index: proof.index, tree_size: head.size })
}
