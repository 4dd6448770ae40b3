//! Records about the controller: itself, its rules, its purposes, and what it agreed and instructed.

use domain::agreement::{AgreementParty, AgreementStatus, SubprocessorAuthorisation};
use domain::category::{Categories, DataCategory};
use domain::id::{AgreementId, AuditEventId, InstructionId, RetentionRuleId, SystemId, TenantId};
use domain::instruction::InstructionKind;
use domain::language::Language;
use domain::purpose::{LegalBasis, Purpose};
use domain::retention::RetentionTrigger;
use domain::system::{DownstreamMessage, SubjectIdentifier, SystemConnector};
use jiff::Timestamp;
use jiff::civil::Date;

use super::cell::Cell;
use super::record::{Column, Kind, Record};
use crate::package::answer::Contact;

fn codes(categories: &Categories) -> Cell {
    Cell::Codes(categories.iter().map(|category| category.code()).collect())
}

/// The controller.
pub struct Tenant {
    /// The tenant.
    pub id: TenantId,
    /// Registered name.
    pub name: String,
    /// Swedish organisation number.
    pub organisation_number: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Who receives notices.
    pub contact: Contact,
    /// The data protection officer, where there is one (Art. 37).
    pub data_protection_officer: Option<Contact>,
    /// First day of the relationship.
    pub relationship_started_on: Date,
    /// Last day of it, once known.
    pub relationship_ends_on: Option<Date>,
}

impl Tenant {
    fn officer(&self, part: impl Fn(&Contact) -> Cell) -> Cell {
        self.data_protection_officer.as_ref().map_or(Cell::Nothing, part)
    }
}

impl Record for Tenant {
    const KIND: Kind = Kind::Tenant;
    const COLUMNS: &'static [Column<Self>] = &[
        ("id", |it| Cell::shown(&it.id)),
        ("name", |it| Cell::shown(&it.name)),
        ("organisationNumber", |it| Cell::shown_if(it.organisation_number.as_ref())),
        ("country", |it| Cell::shown(&it.country)),
        ("privacyContactName", |it| Cell::shown(&it.contact.name)),
        ("privacyContactEmail", |it| Cell::shown(&it.contact.email)),
        ("privacyContactPhone", |it| Cell::shown_if(it.contact.phone.as_ref())),
        ("dataProtectionOfficerName", |it| it.officer(|officer| Cell::shown(&officer.name))),
        ("dataProtectionOfficerEmail", |it| it.officer(|officer| Cell::shown(&officer.email))),
        ("dataProtectionOfficerPhone", |it| it.officer(|officer| Cell::shown_if(officer.phone.as_ref()))),
        ("relationshipStartedOn", |it| Cell::shown(&it.relationship_started_on)),
        ("relationshipEndsOn", |it| Cell::shown_if(it.relationship_ends_on.as_ref())),
    ];
}

/// How long a category is kept.
pub struct RetentionRule {
    /// The rule.
    pub id: RetentionRuleId,
    /// Which category.
    pub category: DataCategory,
    /// What starts the period.
    pub trigger: RetentionTrigger,
    /// Months after the trigger; `None` where a law fixes the date.
    pub months: Option<u16>,
    /// Why.
    pub legal_basis: LegalBasis,
    /// The source of the rule.
    pub source: String,
}

impl Record for RetentionRule {
    const KIND: Kind = Kind::RetentionRules;
    const COLUMNS: &'static [Column<Self>] = &[
        ("id", |it| Cell::shown(&it.id)),
        ("category", |it| Cell::code(it.category.code())),
        ("trigger", |it| Cell::code(it.trigger.code())),
        ("months", |it| it.months.map_or(Cell::Nothing, |months| Cell::Number(months.into()))),
        ("legalBasis", |it| Cell::code(it.legal_basis.code())),
        ("source", |it| Cell::shown(&it.source)),
    ];
}

/// A purpose of processing, as the register words it in one language.
pub struct ProcessingActivity {
    /// The purpose.
    pub purpose: Purpose,
    /// Of the texts.
    pub language: Language,
    /// Art. 6(1).
    pub legal_basis: LegalBasis,
    /// The categories used.
    pub categories: Categories,
    /// What is done.
    pub description: String,
    /// Where the data comes from.
    pub source: String,
    /// Logic and consequences of automated decisions (Art. 22).
    pub automated_decisions: Option<String>,
}

impl Record for ProcessingActivity {
    const KIND: Kind = Kind::ProcessingActivities;
    const COLUMNS: &'static [Column<Self>] = &[
        ("purpose", |it| Cell::code(it.purpose.code())),
        ("language", |it| Cell::code(it.language.code())),
        ("legalBasis", |it| Cell::code(it.legal_basis.code())),
        ("categories", |it| codes(&it.categories)),
        ("description", |it| Cell::shown(&it.description)),
        ("source", |it| Cell::shown(&it.source)),
        ("automatedDecisions", |it| Cell::shown_if(it.automated_decisions.as_ref())),
    ];
}

/// A system outside that hears from the gateway.
pub struct DownstreamSystem {
    /// The system.
    pub id: SystemId,
    /// How it is reached.
    pub connector: SystemConnector,
    /// Its name.
    pub name: String,
    /// Where messages are posted, or a person goes.
    pub endpoint: String,
    /// Categories that it holds.
    pub categories: Categories,
    /// By what it is told whom a message is about.
    pub identifiers: Vec<SubjectIdentifier>,
    /// What it is sent.
    pub receives: Vec<DownstreamMessage>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it was removed.
    pub removed_at: Option<Timestamp>,
}

impl Record for DownstreamSystem {
    const KIND: Kind = Kind::DownstreamSystems;
    const COLUMNS: &'static [Column<Self>] = &[
        ("id", |it| Cell::shown(&it.id)),
        ("name", |it| Cell::shown(&it.name)),
        ("connector", |it| Cell::shown(&it.connector.code())),
        ("endpoint", |it| Cell::shown(&it.endpoint)),
        ("dataCategories", |it| codes(&it.categories)),
        ("identifiers", |it| Cell::Codes(it.identifiers.iter().map(|one| one.code()).collect())),
        ("receives", |it| Cell::Codes(it.receives.iter().map(|message| message.code()).collect())),
        ("createdAt", |it| Cell::shown(&it.created_at)),
        ("removedAt", |it| Cell::shown_if(it.removed_at.as_ref())),
    ];
}

/// A version of the processor agreement.
pub struct Agreement {
    /// The agreement.
    pub id: AgreementId,
    /// 1 for the first, counting up.
    pub version: u16,
    /// Where in its life it is.
    pub status: AgreementStatus,
    /// Of the text.
    pub language: Language,
    /// Subject matter of the processing.
    pub subject_matter: String,
    /// Nature and purpose of the processing.
    pub nature_and_purpose: String,
    /// Categories of personal data.
    pub categories: Categories,
    /// Categories of data subjects.
    pub subject_categories: Vec<String>,
    /// The controller's documented instructions.
    pub instructions: Vec<String>,
    /// Technical and organisational measures.
    pub security_measures: Vec<String>,
    /// How sub-processors are authorised.
    pub subprocessor_authorisation: SubprocessorAuthorisation,
    /// Days to object to a sub-processor.
    pub objection_period_days: u16,
    /// Days that the return lasts.
    pub return_period_days: u16,
    /// First day in force.
    pub effective_from: Date,
    /// Last day in force, its own or as its successor makes it.
    pub effective_to: Option<Date>,
    /// When it was offered.
    pub offered_at: Timestamp,
    /// Digest of the document.
    pub document_sha256: String,
}

impl Agreement {
    /// The name of the file with its text.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}/{}.md", Kind::Agreements.stem(), self.version)
    }
}

impl Record for Agreement {
    const KIND: Kind = Kind::Agreements;
    const COLUMNS: &'static [Column<Self>] = &[
        ("id", |it| Cell::shown(&it.id)),
        ("version", |it| Cell::Number(it.version.into())),
        ("status", |it| Cell::code(it.status.code())),
        ("language", |it| Cell::code(it.language.code())),
        ("subjectMatter", |it| Cell::shown(&it.subject_matter)),
        ("natureAndPurpose", |it| Cell::shown(&it.nature_and_purpose)),
        ("dataCategories", |it| codes(&it.categories)),
        ("subjectCategories", |it| Cell::Texts(it.subject_categories.clone())),
        ("instructions", |it| Cell::Texts(it.instructions.clone())),
        ("securityMeasures", |it| Cell::Texts(it.security_measures.clone())),
        ("subprocessorAuthorisation", |it| Cell::code(it.subprocessor_authorisation.code())),
        ("objectionPeriodDays", |it| Cell::Number(it.objection_period_days.into())),
        ("returnPeriodDays", |it| Cell::Number(it.return_period_days.into())),
        ("effectiveFrom", |it| Cell::shown(&it.effective_from)),
        ("effectiveTo", |it| Cell::shown_if(it.effective_to.as_ref())),
        ("offeredAt", |it| Cell::shown(&it.offered_at)),
        ("documentSha256", |it| Cell::shown(&it.document_sha256)),
        ("document", |it| Cell::Text(it.file())),
    ];
}

/// A signature on an agreement.
pub struct Signature {
    /// On which agreement.
    pub agreement: AgreementId,
    /// Whose.
    pub party: AgreementParty,
    /// Name of the signatory.
    pub signatory_name: String,
    /// The signatory's role.
    pub signatory_title: String,
    /// When.
    pub signed_at: Timestamp,
    /// Digest of the document that it covers.
    pub document_sha256: String,
}

impl Record for Signature {
    const KIND: Kind = Kind::AgreementSignatures;
    const COLUMNS: &'static [Column<Self>] = &[
        ("agreementId", |it| Cell::shown(&it.agreement)),
        ("party", |it| Cell::code(it.party.code())),
        ("signatoryName", |it| Cell::shown(&it.signatory_name)),
        ("signatoryTitle", |it| Cell::shown(&it.signatory_title)),
        ("signedAt", |it| Cell::shown(&it.signed_at)),
        ("documentSha256", |it| Cell::shown(&it.document_sha256)),
    ];
}

/// An instruction of the controller, Art. 28(3)(a).
pub struct Instruction {
    /// The instruction.
    pub id: InstructionId,
    /// Under which agreement.
    pub agreement: AgreementId,
    /// What was instructed.
    pub kind: InstructionKind,
    /// When.
    pub given_at: Timestamp,
    /// By which actor.
    pub given_by: String,
    /// Its entry in the audit log.
    pub event: AuditEventId,
}

impl Record for Instruction {
    const KIND: Kind = Kind::Instructions;
    const COLUMNS: &'static [Column<Self>] = &[
        ("id", |it| Cell::shown(&it.id)),
        ("agreementId", |it| Cell::shown(&it.agreement)),
        ("kind", |it| Cell::code(it.kind.code())),
        ("givenAt", |it| Cell::shown(&it.given_at)),
        ("givenBy", |it| Cell::shown(&it.given_by)),
        ("auditEventId", |it| Cell::shown(&it.event)),
    ];
}
