//! The schema's enumerations: the domain's own, with the descriptions that clients read.

mod agreement;
mod audit;
mod system;

use async_graphql::Enum;

pub use agreement::{
    AgreementParty, AgreementStatus, DocumentFormat, ErasureStage, InstructionKind, SubprocessorAuthorisation,
};
pub use audit::AccessLogActors;
pub use system::{DownstreamMessage, DownstreamTaskStatus, SubjectIdentifier, SystemConnector};

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
    /// Lösenord: held only as an Argon2id verifier, never readable.
    Password,
    /// Bokföringsinformation såsom faktura, offert, avtal.
    Accounting,
}

/// What personal data is read or used for. Purpose limitation (Art. 5(1)(b)) is enforced on it.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::purpose::Purpose")]
pub enum Purpose {
    /// To provide and maintain the service.
    ServiceDelivery,
    /// News about the vendor's or the controller's products. Needs consent, and no objection.
    DirectMarketing,
    /// Duties under the Bookkeeping Act (bokföringslagen 1999:1078).
    Bookkeeping,
    /// Handling a data subject's request.
    RightsHandling,
    /// Establishing, exercising or defending a legal claim; open on restricted data too (Art. 18(2)).
    LegalClaims,
}

/// As what somebody acted.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::actor::ActorRole")]
pub enum ActorRole {
    /// The person whose data it is, with a token of their own.
    DataSubject,
    /// The tenant's staff, or a system of the tenant's.
    Staff,
    /// The gateway by itself: due work.
    Gateway,
    /// The platform's staff.
    Operator,
}

/// Art. 6(1).
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::purpose::LegalBasis")]
pub enum LegalBasis {
    /// (a)
    Consent,
    /// (b)
    Contract,
    /// (c)
    LegalObligation,
    /// (d)
    VitalInterests,
    /// (e)
    PublicTask,
    /// (f)
    LegitimateInterests,
}

/// The life of a customer relationship.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::tenant::TenantStatus")]
pub enum TenantStatus {
    /// Known, but no processor agreement is in force yet.
    Onboarding,
    /// Served.
    Active,
    /// The relationship has ended; data is being returned and erased (Art. 28(3)(g)).
    Offboarding,
    /// Nothing but what the law requires is left.
    Closed,
}

/// The state of a data subject's data.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::subject::SubjectStatus")]
pub enum SubjectStatus {
    /// In use.
    Active,
    /// Stored only, Art. 18.
    Restricted,
    /// Erased, apart from what a law or an order keeps.
    PartiallyErased,
    /// Erased.
    Erased,
}

/// Kinds of accounting document that the policy names.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::accounting::AccountingRecordKind")]
pub enum AccountingRecordKind {
    /// Faktura.
    Invoice,
    /// Offert.
    Quote,
    /// Avtal.
    Contract,
}

/// The state of a consent.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::consent::ConsentStatus")]
pub enum ConsentStatus {
    /// Given and not withdrawn.
    Granted,
    /// Withdrawn; processing before the withdrawal stays lawful (Art. 7(3)).
    Withdrawn,
}

/// Art. 18(1).
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::restriction::RestrictionGround")]
pub enum RestrictionGround {
    /// (a) The accuracy is contested; lasts until the data is corrected or verified.
    AccuracyContested,
    /// (b) The processing is unlawful and the person opposes erasure.
    UnlawfulProcessing,
    /// (c) The controller no longer needs the data but the person does, for a legal claim.
    LegalClaim,
    /// (d) An objection is being examined.
    ObjectionPending,
}

/// Rights under Chapter III and Art. 7(3).
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::request::kind::RequestKind")]
pub enum RightsRequestKind {
    /// Registerutdrag, Art. 15.
    Access,
    /// Rättelse, Art. 16.
    Rectification,
    /// Radering, Art. 17.
    Erasure,
    /// Begränsning, Art. 18.
    Restriction,
    /// Dataportabilitet, Art. 20.
    Portability,
    /// Invändning, Art. 21.
    Objection,
    /// Återkallat samtycke, Art. 7(3).
    ConsentWithdrawal,
}

/// Where a request stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::request::status::RequestStatus")]
pub enum RightsRequestStatus {
    /// In, not yet looked at.
    Received,
    /// More information was asked for to confirm who is asking.
    AwaitingIdentity,
    /// Waiting for the controller's decision.
    UnderReview,
    /// Approved; being carried out.
    InProgress,
    /// Carried out in full.
    Completed,
    /// Carried out as far as the law allows; `outcomes` says what was kept and why.
    PartiallyCompleted,
    /// Refused, with a ground.
    Refused,
    /// Taken back by the person.
    Withdrawn,
}

/// How a request came in.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::request::channel::RequestChannel")]
pub enum RequestChannel {
    /// The person's own token.
    SelfService,
    /// E-mail.
    Email,
    /// Telephone.
    Phone,
    /// Letter.
    Letter,
    /// Another system.
    Api,
}

/// Means of confirming identity.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::request::identity::IdentityVerificationMethod")]
pub enum IdentityVerificationMethod {
    /// The person's own authenticated session.
    AuthenticatedSession,
    /// BankID or another eID.
    ElectronicId,
    /// Answer to a message sent to contact data already held.
    ContactConfirmation,
    /// An identity document was shown; no copy is kept.
    DocumentShown,
}

/// Art. 12(3).
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::request::extension::ExtensionGround")]
pub enum ExtensionGround {
    /// Complexity of the request.
    Complexity,
    /// Number of requests.
    NumberOfRequests,
}

/// What can be wrong with a value.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::request::rectification::RectificationFault")]
pub enum RectificationFault {
    /// Felaktig.
    Incorrect,
    /// Ofullständig.
    Incomplete,
    /// Missvisande.
    Misleading,
}

/// A decision's direction.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::request::stored::Verdict")]
pub enum Verdict {
    /// To be carried out.
    Approved,
    /// Not to be carried out.
    Refused,
}

/// Why a request may be refused.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::request::refusal::RefusalGround")]
pub enum RefusalGround {
    /// Identity could not be confirmed, Art. 12(2), 12(6).
    IdentityNotVerified,
    /// Manifestly unfounded, Art. 12(5).
    ManifestlyUnfounded,
    /// Excessive, in particular repetitive, Art. 12(5).
    Excessive,
    /// All data concerned is exempt, Art. 17(3) or national law.
    Exempt,
    /// It would adversely affect the rights of others, Art. 15(4), 20(4).
    RightsOfOthers,
    /// Compelling legitimate grounds override the objection, Art. 21(1).
    CompellingGrounds,
    /// The conditions of the article are not met.
    ConditionsNotMet,
}

/// What happened to data.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::outcome::OutcomeAction")]
pub enum OutcomeAction {
    /// Handed out.
    Disclosed,
    /// Corrected.
    Rectified,
    /// Erased.
    Erased,
    /// Kept, with a ground.
    Retained,
    /// Restricted to storage.
    Restricted,
    /// A purpose was ended for it.
    PurposeEnded,
    /// There was nothing.
    NothingHeld,
}

/// Why data is kept in spite of an erasure request (Art. 17(3), and the platform's policy).
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::outcome::RetentionGround")]
pub enum RetentionGround {
    /// Bokföringslagen 7 kap. 2 §.
    BookkeepingAct,
    /// Needed to perform a contract.
    ContractPerformance,
    /// Another Swedish or European law.
    OtherLegalObligation,
    /// A decision of a court or an authority.
    CourtOrAuthorityOrder,
    /// An overriding legitimate interest (intresseavvägning).
    LegitimateInterests,
    /// Establishing, exercising or defending legal claims, Art. 17(3)(e).
    LegalClaims,
}

/// What starts a retention period.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::retention::RetentionTrigger")]
pub enum RetentionTrigger {
    /// The customer relationship ended.
    RelationshipEnded,
    /// The data subject was last active or updated.
    SubjectInactive,
    /// The end of the calendar year in which the fiscal year ended (bokföringslagen).
    FiscalYearEnded,
}

/// Forms of an export.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::export::ExportFormat")]
pub enum ExportFormat {
    /// Machine-readable, with a published JSON Schema.
    Json,
    /// Comma-separated tables in a ZIP archive.
    CsvZip,
    /// A letter for a person to read and print.
    Pdf,
}

/// The life of an export of all that a tenant has.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::export::TenantExportStatus")]
pub enum TenantExportStatus {
    /// It is being made.
    Pending,
    /// It can be downloaded.
    Ready,
    /// It is destroyed: its time was over, a newer one took its place, or data in it had to be erased. Ask for a new one.
    Expired,
    /// It could not be made; ask for a new one.
    Failed,
}

/// Why personal data may be where it is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::subprocessor::TransferMechanism")]
pub enum TransferMechanism {
    /// All processing is within the EU/EEA: no transfer.
    Eea,
    /// A Commission adequacy decision, Art. 45.
    Adequacy,
    /// Standard contractual clauses, Art. 46(2)(c).
    StandardContractualClauses,
    /// Binding corporate rules, Art. 47.
    BindingCorporateRules,
}

/// Where a sub-processor stands with the tenant.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::subprocessor::SubprocessorStanding")]
pub enum SubprocessorStanding {
    /// The tenant was told and can object; the general authorisation does not cover it yet.
    Announced,
    /// It may process the tenant's data from its first day.
    Authorised,
    /// The agreement wants a specific authorisation, and the tenant has not given it: silence is no yes.
    AwaitingAuthorisation,
    /// The tenant has objected.
    ObjectedTo,
    /// It sees nothing that the tenant's agreement covers.
    NotConcerned,
    /// Its last day is past.
    Ended,
}
