//! The schema's enumerations: the domain's own, as this API describes them.

use async_graphql::Enum;

/// The categories of personal data that the platform's privacy policy names.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::category::DataCategory")]
pub enum DataCategory {
    /// Namn.
    Name,
    /// Befattning, roll eller titel.
    Position,
    /// Telefon.
    Phone,
    /// Adress.
    Address,
    /// E-postadress.
    Email,
    /// Inloggningsnamn.
    LoginName,
    /// Lösenord.
    Password,
    /// Bokföringsinformation såsom faktura, offert, avtal.
    Accounting,
}

/// The life of a customer relationship.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::tenant::TenantStatus")]
pub enum TenantStatus {
    /// No processor agreement is in force yet.
    Onboarding,
    /// Served.
    Active,
    /// The relationship has ended; data is being returned and erased.
    Offboarding,
    /// Nothing but what the law requires is left.
    Closed,
}

/// The life of a processor agreement.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::agreement::AgreementStatus")]
pub enum AgreementStatus {
    /// Offered, waiting for the tenant.
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
    /// General written authorisation, with a right to object.
    General,
    /// Specific written authorisation of each one.
    Specific,
}

/// Why personal data may be where it is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::subprocessor::TransferMechanism")]
pub enum TransferMechanism {
    /// All processing is within the EU/EEA.
    Eea,
    /// Adequacy decision, Art. 45.
    Adequacy,
    /// Standard contractual clauses, Art. 46(2)(c).
    StandardContractualClauses,
    /// Binding corporate rules, Art. 47.
    BindingCorporateRules,
}

/// Forms of a document that is handed out within an answer.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::service::document::DocumentFormat")]
pub enum DocumentFormat {
    /// Text, with marks for headings and tables.
    Markdown,
    /// For a person to read and print.
    Pdf,
    /// Machine-readable, with a published JSON Schema.
    Json,
}
