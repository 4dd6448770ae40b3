//! The schema's enumerations: the domain's own, with the descriptions that clients read.

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

/// Why a mutation was not carried out.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::service::refusal::UserErrorCode")]
pub enum UserErrorCode {
    /// A value has the wrong form; `path` says which.
    Invalid,
    /// No such object within this tenant (an object of another tenant reads exactly like this).
    NotFound,
    /// The object's state does not allow it; read the object again.
    Conflict,
    /// The same idempotency key was used with a different input.
    IdempotencyMismatch,
    /// A unique value (external reference, e-mail, login name) is taken within the tenant.
    AlreadyExists,
    /// The subject's processing is restricted (Art. 18) and this purpose is not excepted.
    ProcessingRestricted,
    /// The requester's identity must be confirmed first (Art. 12(6)).
    IdentityNotVerified,
    /// The law or an order forbids it until a date, which the message names.
    RetentionRequired,
    /// The category is not in the agreement in force: it can't be stored or served until one covers it.
    OutsideAgreement,
    /// A request of the same kind for the same person is open; the payload carries it.
    AlreadyOpen,
    /// The legal deadline does not allow it (an extension after the first month, say).
    DeadlinePassed,
    /// The subject was erased.
    Erased,
}
