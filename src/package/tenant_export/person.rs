//! Records about persons.

use domain::accounting::AccountingRecordKind;
use domain::category::Categories;
use domain::consent::ConsentStatus;
use domain::id::{AccountingRecordId, ConsentId, LegalHoldId, RequestId, RestrictionId, SubjectId};
use domain::outcome::RetentionGround;
use domain::personal::Personal;
use domain::purpose::Purpose;
use domain::restriction::RestrictionGround;
use domain::subject::SubjectStatus;
use jiff::Timestamp;
use jiff::civil::Date;

use super::cell::Cell;
use super::record::{Column, Kind, Record};
use crate::package::answer::Address;

/// A person with all that is held; `None` where nothing is.
pub struct DataSubject {
    /// The person.
    pub id: SubjectId,
    /// The controller's own key for the person.
    pub external_reference: Option<Personal<String>>,
    /// Whether data is used, only kept, or gone.
    pub status: SubjectStatus,
    /// The name.
    pub name: Option<Personal<String>>,
    /// The position, role or title.
    pub position: Option<Personal<String>>,
    /// The telephone number, E.164.
    pub phone: Option<Personal<String>>,
    /// The postal address.
    pub address: Option<Personal<Address>>,
    /// The e-mail address.
    pub email: Option<Personal<String>>,
    /// The login name.
    pub login_name: Option<Personal<String>>,
    /// Whether a verifier of a password is held. The verifier itself never leaves.
    pub has_password: bool,
    /// Purposes that the person objected to with success (Art. 21).
    pub ended_purposes: Vec<Purpose>,
    /// When the person last objected to direct marketing.
    pub marketing_objected_at: Option<Timestamp>,
    /// When the person was registered.
    pub created_at: Timestamp,
    /// When the data last changed.
    pub updated_at: Timestamp,
    /// When the data was erased.
    pub erased_at: Option<Timestamp>,
}

impl DataSubject {
    fn in_address(&self, part: impl Fn(&Address) -> Cell) -> Cell {
        self.address.as_ref().map_or(Cell::Nothing, |address| part(address.reveal()))
    }
}

impl Record for DataSubject {
    const KIND: Kind = Kind::DataSubjects;
    const COLUMNS: &'static [Column<Self>] = &[
        ("id", |it| Cell::shown(&it.id)),
        ("externalReference", |it| Cell::personal(it.external_reference.as_ref())),
        ("status", |it| Cell::code(it.status.code())),
        ("name", |it| Cell::personal(it.name.as_ref())),
        ("position", |it| Cell::personal(it.position.as_ref())),
        ("phone", |it| Cell::personal(it.phone.as_ref())),
        ("addressLines", |it| it.in_address(|address| Cell::Texts(address.lines.clone()))),
        ("postalCode", |it| it.in_address(|address| Cell::shown(&address.postal_code))),
        ("locality", |it| it.in_address(|address| Cell::shown(&address.locality))),
        ("country", |it| it.in_address(|address| Cell::shown(&address.country))),
        ("email", |it| Cell::personal(it.email.as_ref())),
        ("loginName", |it| Cell::personal(it.login_name.as_ref())),
        ("hasPassword", |it| Cell::Flag(it.has_password)),
        ("endedPurposes", |it| Cell::Codes(it.ended_purposes.iter().map(|purpose| purpose.code()).collect())),
        ("marketingObjectedAt", |it| Cell::shown_if(it.marketing_objected_at.as_ref())),
        ("createdAt", |it| Cell::shown(&it.created_at)),
        ("updatedAt", |it| Cell::shown(&it.updated_at)),
        ("erasedAt", |it| Cell::shown_if(it.erased_at.as_ref())),
    ];
}

/// A consent, Art. 7.
pub struct Consent {
    /// The consent.
    pub id: ConsentId,
    /// Whose.
    pub subject: SubjectId,
    /// For what.
    pub purpose: Purpose,
    /// When given.
    pub granted_at: Timestamp,
    /// When withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// Where it was collected.
    pub source: String,
    /// Which text the person saw.
    pub text_version: String,
}

impl Consent {
    const fn status(&self) -> ConsentStatus {
        if self.withdrawn_at.is_some() { ConsentStatus::Withdrawn } else { ConsentStatus::Granted }
    }
}

impl Record for Consent {
    const KIND: Kind = Kind::Consents;
    const COLUMNS: &'static [Column<Self>] = &[
        ("id", |it| Cell::shown(&it.id)),
        ("subjectId", |it| Cell::shown(&it.subject)),
        ("purpose", |it| Cell::code(it.purpose.code())),
        ("status", |it| Cell::code(it.status().code())),
        ("grantedAt", |it| Cell::shown(&it.granted_at)),
        ("withdrawnAt", |it| Cell::shown_if(it.withdrawn_at.as_ref())),
        ("source", |it| Cell::shown(&it.source)),
        ("textVersion", |it| Cell::shown(&it.text_version)),
    ];
}

/// A restriction of processing, Art. 18.
pub struct Restriction {
    /// The restriction.
    pub id: RestrictionId,
    /// Whose data.
    pub subject: SubjectId,
    /// The request that it comes from.
    pub request: RequestId,
    /// Why.
    pub ground: RestrictionGround,
    /// Since when.
    pub started_at: Timestamp,
    /// Until when.
    pub lifted_at: Option<Timestamp>,
    /// When the person was told that it would be lifted (Art. 18(3)).
    pub subject_informed_at: Option<Timestamp>,
}

impl Record for Restriction {
    const KIND: Kind = Kind::Restrictions;
    const COLUMNS: &'static [Column<Self>] = &[
        ("id", |it| Cell::shown(&it.id)),
        ("subjectId", |it| Cell::shown(&it.subject)),
        ("requestId", |it| Cell::shown(&it.request)),
        ("ground", |it| Cell::code(it.ground.code())),
        ("startedAt", |it| Cell::shown(&it.started_at)),
        ("liftedAt", |it| Cell::shown_if(it.lifted_at.as_ref())),
        ("subjectInformedAt", |it| Cell::shown_if(it.subject_informed_at.as_ref())),
    ];
}

/// What stops an erasure.
pub struct LegalHold {
    /// The hold.
    pub id: LegalHoldId,
    /// Whose data.
    pub subject: SubjectId,
    /// Why.
    pub ground: RetentionGround,
    /// What it covers.
    pub categories: Categories,
    /// The decision, case or contract that it rests on.
    pub reference: String,
    /// Since when.
    pub placed_at: Timestamp,
    /// First day on which it no longer binds.
    pub expires_on: Option<Date>,
    /// When released before that day.
    pub released_at: Option<Timestamp>,
}

impl Record for LegalHold {
    const KIND: Kind = Kind::LegalHolds;
    const COLUMNS: &'static [Column<Self>] = &[
        ("id", |it| Cell::shown(&it.id)),
        ("subjectId", |it| Cell::shown(&it.subject)),
        ("ground", |it| Cell::code(it.ground.code())),
        ("categories", |it| Cell::Codes(it.categories.iter().map(|category| category.code()).collect())),
        ("reference", |it| Cell::shown(&it.reference)),
        ("placedAt", |it| Cell::shown(&it.placed_at)),
        ("expiresOn", |it| Cell::shown_if(it.expires_on.as_ref())),
        ("releasedAt", |it| Cell::shown_if(it.released_at.as_ref())),
    ];
}

/// An accounting document that names a person.
pub struct AccountingRecord {
    /// The record.
    pub id: AccountingRecordId,
    /// Whom it names.
    pub subject: SubjectId,
    /// What it is.
    pub kind: AccountingRecordKind,
    /// Its number.
    pub number: String,
    /// Its date.
    pub issued_on: Date,
    /// Last day of its fiscal year.
    pub fiscal_year_ends_on: Date,
    /// Last day on which the Bookkeeping Act keeps it; `None` where the act does not apply.
    pub retained_through: Option<Date>,
    /// What it says about the person; `None` once its key is gone.
    pub description: Option<Personal<String>>,
    /// When filed.
    pub created_at: Timestamp,
}

impl Record for AccountingRecord {
    const KIND: Kind = Kind::AccountingRecords;
    const COLUMNS: &'static [Column<Self>] = &[
        ("id", |it| Cell::shown(&it.id)),
        ("subjectId", |it| Cell::shown(&it.subject)),
        ("kind", |it| Cell::code(it.kind.code())),
        ("number", |it| Cell::shown(&it.number)),
        ("issuedOn", |it| Cell::shown(&it.issued_on)),
        ("fiscalYearEndsOn", |it| Cell::shown(&it.fiscal_year_ends_on)),
        ("retainedThrough", |it| Cell::shown_if(it.retained_through.as_ref())),
        ("description", |it| Cell::personal(it.description.as_ref())),
        ("createdAt", |it| Cell::shown(&it.created_at)),
    ];
}
