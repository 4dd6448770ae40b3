//! What the answer to a request for access or portability holds: the one place where a person's values are gathered to be read.
//!
//! The input is plain. Whoever builds it has read the register, the agreement and the person's record; nothing
//! here looks anything up. Types with values about a person have no `Debug` and no `Serialize`: they leave the
//! room only through a writer.

use domain::accounting::AccountingRecordKind;
use domain::category::{Categories, DataCategory};
use domain::consent::ConsentStatus;
use domain::language::Language;
use domain::personal::Personal;
use domain::purpose::{LegalBasis, Purpose};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::asked::AskedSystem;

/// The answer to one access request, Art. 15.
pub struct AccessAnswer {
    /// The request's number for letters and calls, `RR-2026-000123`.
    pub reference: String,
    /// The request's identifier.
    pub request_id: String,
    /// When the request was received.
    pub received_at: Timestamp,
    /// When the answer was made; every file bears this instant and no other.
    pub made_at: Timestamp,
    /// The zone in which the reader's dates are written.
    pub zone: TimeZone,
    /// The reader's language.
    pub language: Language,
    /// Where the JSON Schema of the machine-readable file is published.
    pub schema_url: String,
    /// Who decides why and how the data is used.
    pub controller: Controller,
    /// Who holds the data for the controller.
    pub processor: Processor,
    /// The copy of the person's data, Art. 15(3).
    pub person: Person,
    /// The accounting records that name the person: the category of accounting information.
    pub accounting_records: Vec<AccountingRecord>,
    /// The purposes, Art. 15(1)(a), with their categories (b) and automated decisions (h).
    pub processing: Vec<Processing>,
    /// The person's consents, withdrawn ones among them.
    pub consents: Vec<Consent>,
    /// The restrictions of processing, Art. 18, lifted ones among them.
    pub restrictions: Vec<Restriction>,
    /// The person's requests, this one among them.
    pub requests: Vec<PastRequest>,
    /// The recipients by name, Art. 15(1)(c), and the safeguards of transfers, Art. 15(2).
    pub recipients: Vec<Recipient>,
    /// The controller's other systems that were asked too, with what they returned.
    pub asked: Vec<AskedSystem>,
    /// How long each category is kept, Art. 15(1)(d).
    pub retention: Vec<Retention>,
    /// Where each category came from, Art. 15(1)(g).
    pub sources: Vec<Source>,
    /// When and why the data was read; never by which employee (C-579/21).
    pub readings: Vec<Reading>,
    /// Where to complain, Art. 15(1)(f).
    pub authority: Authority,
}

/// Something the register names by a code and explains in the reader's language.
pub struct Term {
    /// The code in the schema.
    pub code: String,
    /// The meaning, in the reader's language.
    pub text: String,
}

/// A person or function that answers questions.
pub struct Contact {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The telephone number, if one was given.
    pub phone: Option<String>,
}

/// The controller, Art. 4(7).
pub struct Controller {
    /// The name.
    pub name: String,
    /// The Swedish organisation number; a foreign organisation has none.
    pub organisation_number: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Who answers for data protection.
    pub contact: Contact,
    /// The data protection officer, where there is one (Art. 37).
    pub data_protection_officer: Option<Contact>,
}

/// The processor, Art. 4(8).
pub struct Processor {
    /// The name.
    pub name: String,
    /// The organisation number.
    pub organisation_number: String,
    /// The postal address, line by line.
    pub address_lines: Vec<String>,
    /// The e-mail address for questions.
    pub email: String,
}

/// The supervisory authority, Art. 51.
pub struct Authority {
    /// The name.
    pub name: String,
    /// The web address.
    pub url: String,
    /// The postal address, line by line; empty when it is not in the register.
    pub address_lines: Vec<String>,
    /// The e-mail address.
    pub email: Option<String>,
}

/// A postal address.
pub struct Address {
    /// Street, box and the like.
    pub lines: Vec<String>,
    /// The postal code.
    pub postal_code: String,
    /// The town.
    pub locality: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

/// What is held about the person; `None` where nothing is.
pub struct Person {
    /// The gateway's identifier of the person.
    pub subject_id: String,
    /// The controller's own key for the person.
    pub external_reference: Option<Personal<String>>,
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
    /// Whether a verifier of a password is held. The password is never stored, so it is in no answer.
    pub has_password: bool,
    /// When the person was registered.
    pub registered_at: Timestamp,
    /// When the person's data last changed.
    pub updated_at: Timestamp,
}

/// An accounting record that names the person.
pub struct AccountingRecord {
    /// The gateway's identifier of the record.
    pub id: String,
    /// What it is.
    pub kind: AccountingRecordKind,
    /// Its number.
    pub number: String,
    /// Its date.
    pub issued_on: Date,
    /// The last day of its fiscal year.
    pub fiscal_year_ends_on: Date,
    /// Until and including when the Bookkeeping Act keeps it (bokföringslagen 7 kap. 2 §); `None` where the act does
    /// not apply.
    pub retained_through: Option<Date>,
    /// What it says about the person.
    pub description: Option<Personal<String>>,
}

/// A restriction of processing, Art. 18.
pub struct Restriction {
    /// Why, Art. 18(1).
    pub ground: Term,
    /// Since when.
    pub started_at: Timestamp,
    /// Until when; `None` while it stands.
    pub lifted_at: Option<Timestamp>,
}

/// One purpose of processing.
pub struct Processing {
    /// The purpose.
    pub purpose: Purpose,
    /// Its legal basis, Art. 6(1).
    pub legal_basis: LegalBasis,
    /// What is done, in the reader's language.
    pub description: String,
    /// The categories that it uses.
    pub categories: Categories,
    /// The logic, significance and consequences of automated decisions, in the reader's language; `None` when the
    /// purpose has none (Art. 22).
    pub automated_decisions: Option<String>,
}

/// A consent, Art. 7.
pub struct Consent {
    /// What it is for.
    pub purpose: Purpose,
    /// When it was given.
    pub granted_at: Timestamp,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// How it was given.
    pub source: String,
    /// The version of the text that the person agreed to.
    pub text_version: String,
}

impl Consent {
    /// Whether it stands.
    #[must_use]
    pub const fn status(&self) -> ConsentStatus {
        if self.withdrawn_at.is_some() { ConsentStatus::Withdrawn } else { ConsentStatus::Granted }
    }
}

/// A request of the person's.
pub struct PastRequest {
    /// Its number for letters and calls.
    pub reference: String,
    /// Which right it is about.
    pub kind: Term,
    /// When it was received.
    pub received_at: Timestamp,
    /// Where it stands.
    pub status: Term,
}

/// A recipient, Art. 4(9), by name (C-154/21).
pub struct Recipient {
    /// The name.
    pub name: String,
    /// The country of its seat, ISO 3166-1 alpha-2.
    pub country: String,
    /// What it does with the data, in the reader's language.
    pub purpose: String,
    /// The categories that it receives.
    pub categories: Categories,
    /// Where it processes them, ISO 3166-1 alpha-2; access from afar counts.
    pub processing_countries: Vec<String>,
    /// What makes the transfer lawful (Art. 45 to 47); `None` when all of it is within the EEA.
    pub transfer: Option<Term>,
}

/// How long a category is kept.
pub struct Retention {
    /// The category.
    pub category: DataCategory,
    /// The period or the criteria for it, a sentence in the reader's language.
    pub sentence: String,
}

/// Where a category came from.
pub struct Source {
    /// The category.
    pub category: DataCategory,
    /// The origin, a sentence in the reader's language.
    pub sentence: String,
}

/// One reading of the person's data.
pub struct Reading {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub purpose: Purpose,
    /// What was read.
    pub categories: Categories,
}
