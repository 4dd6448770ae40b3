//! The places that a language fills. Each language is one file with one value of [`Texts`], so that the compiler
//! misses a sentence before a reader does.

pub mod answers;
pub mod requests;

use domain::accounting::AccountingRecordKind;
use domain::category::DataCategory;
use domain::consent::ConsentStatus;
use domain::language::Language;
use domain::purpose::{LegalBasis, Purpose};

use super::{en, sv};

/// The texts of a language.
#[must_use]
pub const fn of(language: Language) -> &'static Texts {
    match language {
        Language::Sv => &sv::TEXTS,
        Language::En => &en::TEXTS,
    }
}

/// All texts of one language.
pub struct Texts {
    /// What every letter has.
    pub frame: Frame,
    /// Words for the register's codes.
    pub names: Names,
    /// The answer to an access request: what it is, and how it opens.
    pub opening: Opening,
    /// The answer to an access request: the copy of the data.
    pub held: Held,
    /// The answer to an access request: what happens to the data.
    pub uses: Uses,
    /// The answer to an access request: what the person can do.
    pub remedies: Remedies,
    /// Letters about a request: what becomes of it, and what was done.
    pub requests: requests::Requests,
    /// The text file in an archive of an access package's tables.
    pub readme: fn(&ReadmeFacts<'_>) -> String,
}

/// What every letter has.
pub struct Frame {
    /// The months' names in running text.
    pub months: [&'static str; 12],
    /// Hour and minute as they follow a date.
    pub clock: fn(u8, u8) -> String,
    /// The page's number and the number of pages.
    pub page: fn(usize, usize) -> String,
    /// The word before the last item of a list.
    pub and: &'static str,
    /// Label of the letter's date.
    pub date: &'static str,
    /// Label of the request's number.
    pub reference: &'static str,
    /// Label of the date of receipt.
    pub received: &'static str,
    /// The organisation number with its label.
    pub organisation_number: fn(&str) -> String,
    /// The closing words.
    pub closing: &'static str,
    /// Who made the letter (processor), for whom (controller).
    pub compiled_by: fn(&str, &str) -> String,
    /// What the sign for an unprintable character means.
    pub replaced_characters: &'static str,
}

/// Words for the register's codes.
pub struct Names {
    /// A category, in running text.
    pub category: fn(DataCategory) -> &'static str,
    /// A purpose, in running text.
    pub purpose: fn(Purpose) -> &'static str,
    /// A legal basis with its article, in running text.
    pub legal_basis: fn(LegalBasis) -> &'static str,
    /// Where a consent stands, in running text.
    pub consent_status: fn(ConsentStatus) -> &'static str,
    /// What an accounting record is, in running text.
    pub record_kind: fn(AccountingRecordKind) -> &'static str,
}

/// How the answer to an access request opens.
pub struct Opening {
    /// The title.
    pub title: &'static str,
    /// What was asked for: controller, date of receipt.
    pub asked: fn(&str, &str) -> String,
    /// The confirmation of Art. 15(1).
    pub confirmation: &'static str,
    /// Who the controller is.
    pub controller: fn(&str) -> String,
    /// Who the processor is.
    pub processor: fn(&str) -> String,
}

/// The copy of the data, Art. 15(3).
pub struct Held {
    /// Heading.
    pub heading: &'static str,
    /// What the table shows, and what follows elsewhere: the date on which it was so.
    pub introduction: fn(&str) -> String,
    /// Headers: what, value.
    pub headers: [&'static str; 2],
    /// What a password looks like in the register.
    pub password: &'static str,
    /// Label of the controller's own key for the person.
    pub external_reference: &'static str,
    /// Label of the gateway's identifier.
    pub subject_id: &'static str,
    /// Label of the date of registration.
    pub registered: &'static str,
    /// Label of the date of the last change.
    pub updated: &'static str,
    /// Heading of the accounting records.
    pub records: &'static str,
    /// Headers: kind and number, date, end of the fiscal year, last day of keeping, what it says.
    pub record_headers: [&'static str; 5],
    /// No law fixes the last day.
    pub no_last_day: &'static str,
    /// Heading of the restrictions.
    pub restrictions: &'static str,
    /// Headers: ground, from, until.
    pub restriction_headers: [&'static str; 3],
    /// It stands.
    pub restriction_stands: &'static str,
    /// Heading of the consents.
    pub consents: &'static str,
    /// Headers: purpose, status, given, withdrawn, how.
    pub consent_headers: [&'static str; 5],
    /// How it was given, and the version of the text.
    pub consent_source: fn(&str, &str) -> String,
    /// There are none.
    pub no_consents: &'static str,
    /// Heading of the requests.
    pub requests: &'static str,
    /// Headers: reference, what, received, status.
    pub request_headers: [&'static str; 4],
    /// Heading of the readings.
    pub readings: &'static str,
    /// What the table of readings shows, and why it names nobody.
    pub readings_introduction: &'static str,
    /// Headers: when, why, what.
    pub reading_headers: [&'static str; 3],
    /// There are none.
    pub no_readings: &'static str,
}

/// What happens to the data, Art. 15(1)(a) to (d), (g), (h) and 15(2).
pub struct Uses {
    /// Heading of the purposes.
    pub purposes: &'static str,
    /// Headers: purpose, what is done, legal basis, categories.
    pub purpose_headers: [&'static str; 4],
    /// There are none.
    pub no_purposes: &'static str,
    /// Heading of the recipients.
    pub recipients: &'static str,
    /// The processor is one of them.
    pub processor_receives: fn(&str) -> String,
    /// What the table of recipients shows.
    pub recipients_introduction: &'static str,
    /// Headers: name and seat, what it does, categories, where.
    pub recipient_headers: [&'static str; 4],
    /// There are no others.
    pub no_recipients: &'static str,
    /// Heading of the transfers.
    pub transfers: &'static str,
    /// There are none.
    pub no_transfers: &'static str,
    /// What the list of transfers shows.
    pub transfers_introduction: &'static str,
    /// A transfer: name, countries, safeguard.
    pub transfer: fn(&str, &str, &str) -> String,
    /// How to get a copy of the safeguards.
    pub safeguards_copy: &'static str,
    /// Heading of the periods.
    pub retention: &'static str,
    /// Headers: category, period.
    pub retention_headers: [&'static str; 2],
    /// The register has no periods.
    pub no_retention: &'static str,
    /// Heading of the sources.
    pub sources: &'static str,
    /// Headers: category, source.
    pub source_headers: [&'static str; 2],
    /// The register has no sources.
    pub no_sources: &'static str,
    /// Heading of the automated decisions.
    pub automated: &'static str,
    /// There are none.
    pub no_automated: &'static str,
    /// What the list of automated decisions shows.
    pub automated_introduction: &'static str,
}

/// What the person can do, Art. 15(1)(e) and (f).
pub struct Remedies {
    /// Heading of the rights.
    pub heading: &'static str,
    /// What the list of rights shows.
    pub introduction: &'static str,
    /// The rights, with their articles.
    pub rights: &'static [&'static str],
    /// How to use them, and what it costs (Art. 12(5)).
    pub how: &'static str,
    /// Heading of the complaint.
    pub complaint: &'static str,
    /// Where to complain: the authority's name.
    pub authority: fn(&str) -> String,
    /// The authority elsewhere (Art. 77(1)).
    pub other_authorities: &'static str,
    /// Heading of the copy.
    pub copy: &'static str,
    /// What the letter is, and the other forms (Art. 15(3)).
    pub copy_terms: &'static str,
    /// Heading of the questions.
    pub questions: &'static str,
    /// Whom to ask: the controller, the request's number.
    pub ask: fn(&str, &str) -> String,
    /// A contact: name, e-mail, telephone.
    pub contact: fn(&str, &str, Option<&str>) -> String,
    /// The data protection officer: a contact as above.
    pub officer: fn(&str) -> String,
}

/// What the text file in an archive of tables tells of.
pub struct ReadmeFacts<'a> {
    /// The controller's name.
    pub controller: &'a str,
    /// The request's number.
    pub reference: &'a str,
    /// The date of the answer.
    pub made: &'a str,
    /// Whom to ask.
    pub email: &'a str,
}
