//! Records for tests: one with everything, one with almost nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::category::DataCategory;
use domain::country::CountryCode;
use domain::subprocessor::TransferMechanism::{self, Adequacy, BindingCorporateRules, Eea};
use jiff::civil::date;

use super::{Agreement, Engaged, ProcessingRecord};
use crate::package::sample::{controller, processor};

pub(super) fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).unwrap()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// A sub-processor with its seat in the first country, which processes in the others.
pub(super) fn engaged(name: &str, mechanism: TransferMechanism, countries: &[&str]) -> Engaged {
    Engaged {
        name: name.to_owned(),
        country: country(countries[0]),
        processing_countries: countries[1..].iter().map(|code| country(code)).collect(),
        purpose: "drift av servrar".to_owned(),
        categories: [DataCategory::Name, DataCategory::Accounting].into(),
        mechanism,
        since: date(2026, 3, 1),
    }
}

pub(super) fn full() -> ProcessingRecord {
    let mut mailing = engaged("Sample Mailing Inc.", Adequacy, &["US", "IE", "US"]);
    mailing.categories = [DataCategory::Name, DataCategory::Email].into();
    let clauses = TransferMechanism::StandardContractualClauses;
    ProcessingRecord {
        controller: controller(),
        processor: processor(),
        processing_categories: texts(&["Lagring", "Utlämnande till registrerade"]),
        categories: DataCategory::ALL.into(),
        subject_categories: texts(&["Kunders kontaktpersoner", "Registrerade användare"]),
        subprocessors: vec![
            engaged("Datahall Exempel GmbH", Eea, &["DE", "DE", "AX"]),
            engaged("Fjordens Provdrift AS", Eea, &["NO", "NO", "SE", "IS"]),
            mailing,
            engaged("Support Test Ltd", clauses, &["IE", "IN"]),
            engaged("Koncern Exempel SA", BindingCorporateRules, &["CH", "FR"]),
        ],
        security_measures: texts(&["Kryptering i vila och under överföring", "Logg som inte kan ändras"]),
        agreement: Some(Agreement {
            version: 3,
            effective_from: date(2026, 2, 1),
            effective_to: Some(date(2027, 1, 31)),
            return_period_days: 30,
        }),
        as_of: date(2026, 11, 22),
    }
}

pub(super) fn empty() -> ProcessingRecord {
    let mut controller = controller();
    controller.organisation_number = None;
    controller.data_protection_officer = None;
    controller.contact.phone = None;
    ProcessingRecord {
        controller,
        processor: processor(),
        processing_categories: Vec::new(),
        categories: [].into(),
        subject_categories: Vec::new(),
        subprocessors: Vec::new(),
        security_measures: Vec::new(),
        agreement: None,
        as_of: date(2026, 11, 22),
    }
}
