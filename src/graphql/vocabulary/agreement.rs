//! What is agreed between the tenant and the platform, and the documents that tell of it.

use async_graphql::Enum;

/// The life of a processor agreement.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::agreement::AgreementStatus")]
pub enum AgreementStatus {
    /// Offered by the platform, waiting for the tenant.
    Offered,
    /// Signed by both and within its dates.
    InForce,
    /// Replaced by a later version.
    Superseded,
    /// Ended without replacement.
    Terminated,
}

/// Art. 28(2).
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::agreement::SubprocessorAuthorisation")]
pub enum SubprocessorAuthorisation {
    /// Prior general written authorisation, with a right to object to each change.
    General,
    /// Prior specific written authorisation of each one.
    Specific,
}

/// A party to a processor agreement.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::agreement::AgreementParty")]
pub enum AgreementParty {
    /// The tenant.
    Controller,
    /// The platform.
    Processor,
}

/// What a controller instructs the platform to do.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::instruction::InstructionKind")]
pub enum InstructionKind {
    /// To carry out a rights request.
    Approve,
    /// To answer a rights request with a refusal.
    Refuse,
    /// To put off the answer to a rights request, Art. 12(3).
    Extend,
    /// To keep data from erasure.
    Hold,
    /// To let data go that was held.
    Release,
    /// To end a restriction of processing.
    Lift,
    /// To keep a category for a period.
    Retain,
    /// To return all of the controller's data, Art. 28(3)(g).
    Return,
    /// Not to engage a sub-processor.
    Object,
    /// To engage a sub-processor.
    Authorise,
    /// To end the agreement.
    End,
}

/// How far an erasure went that a certificate tells of.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::service::certificate::ErasureStage")]
pub enum ErasureStage {
    /// Nothing of what was to be erased is left.
    Whole,
    /// Something is kept (Art. 17(3)).
    Partial,
    /// What was kept has gone since.
    Remainder,
}

/// Forms of a document that is handed out within an answer.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::service::document::DocumentFormat")]
pub enum DocumentFormat {
    /// Text, with marks for headings and tables.
    Markdown,
    /// For a person to read and print.
    Pdf,
    /// Machine-readable.
    Json,
}
