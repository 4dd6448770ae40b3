//! Answers for tests: one with everything, one with almost nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::accounting::AccountingRecordKind;
use domain::category::{Categories, DataCategory};
use domain::language::Language;
use domain::personal::Personal;
use domain::purpose::{LegalBasis, Purpose};
use domain::returned::Returned;
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::answer::{
    AccessAnswer, AccountingRecord, Address, Authority, Consent, Contact, Controller, PastRequest, Person,
    Processing, Processor, Reading, Recipient, Restriction, Retention, Source, Term,
};
use super::asked::{AskedSystem, ReturnedData, SystemAnswer};

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[expect(clippy::unnecessary_wraps, reason = "the fields are optional")]
pub(crate) fn value(text: &str) -> Option<Personal<String>> {
    Some(Personal::new(text.to_owned()))
}

fn categories(categories: &[DataCategory]) -> Categories {
    categories.iter().copied().collect()
}

/// The Swedish or the English text.
struct Either(Language);

impl Either {
    fn of(&self, swedish: &str, english: &str) -> String {
        match self.0 {
            Language::Sv => swedish.to_owned(),
            Language::En => english.to_owned(),
        }
    }

    fn term(&self, code: &str, swedish: &str, english: &str) -> Term {
        Term { code: code.to_owned(), text: self.of(swedish, english) }
    }
}

pub(crate) fn controller() -> Controller {
    Controller {
        name: "Exempelbygg Norr AB".to_owned(),
        organisation_number: Some("556000-0001".to_owned()),
        country: "SE".to_owned(),
        contact: Contact {
            name: "Dataskyddsfunktionen".to_owned(),
            email: "dataskydd@exempelbygg.example".to_owned(),
            phone: Some("+46 8 123 45 67".to_owned()),
        },
        data_protection_officer: Some(Contact {
            name: "Ombud Ombudsson".to_owned(),
            email: "dpo@exempelbygg.example".to_owned(),
            phone: None,
        }),
    }
}

pub(crate) fn address() -> Personal<Address> {
    Personal::new(Address {
        lines: vec!["Exempelgatan 1 B".to_owned(), "c/o Provson".to_owned()],
        postal_code: "123 45".to_owned(),
        locality: "Provstad".to_owned(),
        country: "SE".to_owned(),
    })
}

pub(crate) fn processor() -> Processor {
    Processor {
        name: "Molnbiträdet Exempel AB".to_owned(),
        organisation_number: "556000-0019".to_owned(),
        address_lines: vec!["Provvägen 14".to_owned(), "123 46 Provstad".to_owned()],
        email: "info@molnbitradet.example".to_owned(),
    }
}

pub(crate) fn authority(language: Language) -> Authority {
    let text = Either(language);
    Authority {
        name: text.of("Integritetsskyddsmyndigheten", "the Swedish Authority for Privacy Protection"),
        url: "https://www.imy.se".to_owned(),
        address_lines: vec!["Box 8114".to_owned(), "104 20 Stockholm".to_owned()],
        email: Some("imy@imy.se".to_owned()),
    }
}

pub(crate) fn zone() -> TimeZone {
    TimeZone::get("Europe/Stockholm").unwrap()
}

fn accounting_records(text: &Either) -> Vec<AccountingRecord> {
    vec![
        AccountingRecord {
            id: "accounting_01h2xcejqtf2nbrexx3vqjhp42".to_owned(),
            kind: AccountingRecordKind::Invoice,
            number: "2026-0417".to_owned(),
            issued_on: date(2026, 4, 17),
            fiscal_year_ends_on: date(2026, 12, 31),
            retained_through: Some(date(2033, 12, 31)),
            description: value(&text.of("Er referens: Exempelsson", "Your reference: Exempelsson")),
        },
        AccountingRecord {
            id: "accounting_01h2xcejqtf2nbrexx3vqjhp43".to_owned(),
            kind: AccountingRecordKind::Quote,
            number: "O-88".to_owned(),
            issued_on: date(2026, 2, 1),
            fiscal_year_ends_on: date(2026, 12, 31),
            retained_through: None,
            description: None,
        },
    ]
}

fn restrictions(text: &Either) -> Vec<Restriction> {
    let restriction = |started: &str, lifted: Option<&str>| Restriction {
        ground: text.term(
            "ACCURACY_CONTESTED",
            "uppgifternas riktighet är bestridd (artikel 18.1 a)",
            "the accuracy is contested (Article 18(1)(a))",
        ),
        started_at: at(started),
        lifted_at: lifted.map(at),
    };
    vec![
        restriction("2025-02-03T08:00:00Z", Some("2025-02-10T08:00:00Z")),
        restriction("2026-11-01T08:00:00Z", None),
    ]
}

fn person() -> Person {
    Person {
        subject_id: "subject_01h2xcejqtf2nbrexx3vqjhp41".to_owned(),
        external_reference: value("K-1042"),
        name: value("Åsa Exempelsson-Testdotter"),
        position: value("Inköpschef"),
        phone: value("+46701234567"),
        address: Some(address()),
        email: value("asa.exempelsson-testdotter@exempelbygg.example"),
        login_name: value("asa.exempelsson"),
        has_password: true,
        registered_at: at("2024-03-05T08:00:00Z"),
        updated_at: at("2026-10-30T14:20:00Z"),
    }
}

fn processing(text: &Either) -> Vec<Processing> {
    use DataCategory::{Accounting, Address, Email, LoginName, Name, Password, Phone, Position};
    vec![
        Processing {
            purpose: Purpose::ServiceDelivery,
            legal_basis: LegalBasis::Contract,
            description: text.of(
                "Ge behörighet till tjänsten, svara på frågor och underhålla tjänsten.",
                "Giving access to the service, answering questions and maintaining the service.",
            ),
            categories: categories(&[Name, Position, Phone, Address, Email, LoginName, Password]),
            automated_decisions: None,
        },
        Processing {
            purpose: Purpose::DirectMarketing,
            legal_basis: LegalBasis::Consent,
            description: text.of("Skicka nyheter om våra lösningar.", "Sending news about our products."),
            categories: categories(&[Name, Email]),
            automated_decisions: Some(text.of(
                "utskick väljs efter bransch och befattning; följden är bara vilka nyheter du får.",
                "mailings are chosen by trade and position; it only decides which news you receive.",
            )),
        },
        Processing {
            purpose: Purpose::Bookkeeping,
            legal_basis: LegalBasis::LegalObligation,
            description: text.of("Följa bokföringslagen.", "Complying with the Bookkeeping Act."),
            categories: categories(&[Name, Address, Accounting]),
            automated_decisions: None,
        },
    ]
}

fn recipients(text: &Either) -> Vec<Recipient> {
    use DataCategory::{Email, Name, Phone};
    vec![
        Recipient {
            name: "Datahall Exempel GmbH".to_owned(),
            country: "DE".to_owned(),
            purpose: text.of("drift av servrar", "operating servers"),
            categories: DataCategory::ALL.into_iter().collect(),
            processing_countries: vec!["DE".to_owned(), "FI".to_owned()],
            transfer: None,
        },
        Recipient {
            name: "Sample Mailing Inc.".to_owned(),
            country: "US".to_owned(),
            purpose: text.of("utskick av e-post", "sending e-mail"),
            categories: categories(&[Name, Phone, Email]),
            processing_countries: vec!["US".to_owned(), "IE".to_owned()],
            transfer: Some(text.term(
                "STANDARD_CONTRACTUAL_CLAUSES",
                "EU-kommissionens standardavtalsklausuler (artikel 46.2 c)",
                "the Commission's standard contractual clauses (Article 46(2)(c))",
            )),
        },
    ]
}

fn consents(text: &Either) -> Vec<Consent> {
    let consent = |granted: &str, withdrawn: Option<&str>| Consent {
        purpose: Purpose::DirectMarketing,
        granted_at: at(granted),
        withdrawn_at: withdrawn.map(at),
        source: text.of("formulär på webbplatsen", "form on the website"),
        text_version: "2024-02".to_owned(),
    };
    vec![consent("2024-03-05T08:00:00Z", Some("2025-01-10T10:00:00Z")), consent("2025-06-01T12:00:00Z", None)]
}

fn requests(text: &Either) -> Vec<PastRequest> {
    vec![
        PastRequest {
            reference: "RR-2025-000017".to_owned(),
            kind: text.term("CONSENT_WITHDRAWAL", "återkallat samtycke", "withdrawal of consent"),
            received_at: at("2025-01-10T10:00:00Z"),
            status: text.term("COMPLETED", "genomförd", "carried out"),
        },
        PastRequest {
            reference: "RR-2026-000123".to_owned(),
            kind: text.term("ACCESS", "tillgång", "access"),
            received_at: at("2026-11-02T09:30:00Z"),
            status: text.term("IN_PROGRESS", "verkställs", "being carried out"),
        },
    ]
}

fn readings() -> Vec<Reading> {
    let held = [DataCategory::Name, DataCategory::Email, DataCategory::Phone];
    (0..12_i64)
        .map(|number| Reading {
            at: at("2026-09-01T07:15:00Z") + jiff::SignedDuration::from_hours(number * 131),
            purpose: if number % 4 == 3 { Purpose::RightsHandling } else { Purpose::ServiceDelivery },
            categories: categories(&held),
        })
        .collect()
}

fn retention(text: &Either) -> Vec<Retention> {
    let row = |category, swedish, english| Retention { category, sentence: text.of(swedish, english) };
    let relation = (
        "Så länge kundförhållandet varar och i 12 månader därefter.",
        "As long as the customer relationship lasts, and 12 months after it.",
    );
    vec![
        row(DataCategory::Name, relation.0, relation.1),
        row(DataCategory::Email, relation.0, relation.1),
        row(DataCategory::Password, "Tas bort när kontot avslutas.", "Deleted when the account is closed."),
        row(
            DataCategory::Accounting,
            "Till och med det sjunde året efter utgången av det kalenderår då räkenskapsåret avslutades \
             (bokföringslagen 7 kap. 2 §).",
            "Until the end of the seventh year after the calendar year in which the fiscal year ended (Bookkeeping \
             Act, chapter 7, section 2).",
        ),
    ]
}

fn sources(text: &Either) -> Vec<Source> {
    vec![
        Source {
            category: DataCategory::Name,
            sentence: text.of("Från dig, när kontot skapades.", "From you, when the account was created."),
        },
        Source {
            category: DataCategory::Position,
            sentence: text.of("Från din arbetsgivare.", "From your employer."),
        },
    ]
}

/// Everything that an answer can hold.
pub(crate) fn asked() -> Vec<AskedSystem> {
    let system = |name: &str, answer, data: Option<serde_json::Value>| AskedSystem {
        name: name.to_owned(),
        answer,
        at: (answer != SystemAnswer::Missing).then(|| at("2026-11-20T10:00:00Z")),
        returned: data
            .map_or(ReturnedData::Nothing, |data| ReturnedData::These(Returned::parse(data).unwrap())),
    };
    let data = serde_json::json!({ "EMAIL": ["asa@register.example"], "ADDRESS": { "rad": "Provgatan 1" } });
    vec![
        system("kundregister", SystemAnswer::Answered, Some(data)),
        system("Utskick", SystemAnswer::Answered, None),
        system("Arkiv", SystemAnswer::ByHand, None),
        system("Gammalt", SystemAnswer::Missing, None),
    ]
}

pub(crate) fn full(language: Language) -> AccessAnswer {
    let text = Either(language);
    AccessAnswer {
        reference: "RR-2026-000123".to_owned(),
        request_id: "request_01jc5xcejqtf2nbrexx3vqjhp4".to_owned(),
        received_at: at("2026-11-02T09:30:00Z"),
        made_at: at("2026-11-22T13:05:00Z"),
        zone: zone(),
        language,
        schema_url: "https://gateway.example/schema/access-package.schema.json".to_owned(),
        controller: controller(),
        processor: processor(),
        person: person(),
        accounting_records: accounting_records(&text),
        processing: processing(&text),
        consents: consents(&text),
        restrictions: restrictions(&text),
        requests: requests(&text),
        recipients: recipients(&text),
        asked: asked(),
        retention: retention(&text),
        sources: sources(&text),
        readings: readings(),
        authority: authority(language),
    }
}

/// A person of whom little more than an identifier is held, with a controller that is its own processor.
pub(crate) fn minimal(language: Language) -> AccessAnswer {
    let mut answer = full(language);
    answer.controller.contact.phone = None;
    answer.controller.data_protection_officer = None;
    answer.processor.organisation_number = answer.controller.organisation_number.clone().unwrap();
    answer.person = Person {
        subject_id: answer.person.subject_id,
        external_reference: None,
        name: None,
        position: None,
        phone: None,
        address: None,
        email: None,
        login_name: None,
        has_password: false,
        registered_at: answer.person.registered_at,
        updated_at: answer.person.updated_at,
    };
    answer.processing.clear();
    answer.accounting_records.clear();
    answer.consents.clear();
    answer.restrictions.clear();
    answer.requests.clear();
    answer.asked.clear();
    answer.recipients.clear();
    answer.retention.clear();
    answer.sources.clear();
    answer.readings.clear();
    answer.authority.address_lines.clear();
    answer.authority.email = None;
    answer
}
