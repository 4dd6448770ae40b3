#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::agreement::placeholders::check;
use domain::category::DataCategory;
use domain::country::CountryCode;
use domain::subprocessor::TransferMechanism;
use jiff::civil::date;

use super::*;
use crate::package::sample;

mod hostile;
mod templates;
mod values;

fn subprocessor() -> Listed {
    Listed {
        name: "Molnexempel Datahallar AB".to_owned(),
        country: CountryCode::parse("SE").unwrap(),
        processing_countries: vec![CountryCode::parse("SE").unwrap(), CountryCode::parse("FI").unwrap()],
        purpose: "drift av servrar".to_owned(),
        categories: [DataCategory::Name, DataCategory::Email].into(),
        mechanism: TransferMechanism::Eea,
    }
}

/// Particulars in which every text that a person typed is `typed`, or a text of its own.
fn particulars(language: Language, typed: Option<&str>) -> Particulars {
    let text = |own: &str| typed.unwrap_or(own).to_owned();
    let mut controller = sample::controller();
    controller.name = text(&controller.name);
    controller.contact.name = text(&controller.contact.name);
    let mut subprocessor = subprocessor();
    subprocessor.name = text(&subprocessor.name);
    subprocessor.purpose = text(&subprocessor.purpose);
    Particulars {
        language,
        version: 3,
        controller,
        processor: sample::processor(),
        subject_matter: text("Kundregister i molntjänst"),
        nature_and_purpose: text("Lagring och sökning"),
        categories: [DataCategory::Name, DataCategory::Accounting].into(),
        subject_categories: vec![text("kunder"), text("anställda")],
        instructions: vec![text("Radera på begäran.")],
        security_measures: vec![text("Kryptering"), text("Loggning")],
        authorisation: SubprocessorAuthorisation::General,
        objection_period_days: 31,
        return_period_days: 47,
        effective_from: date(2026, 12, 1),
        effective_to: None,
        subprocessors: vec![subprocessor],
        signatory: Signatory { name: text("Åsa Exempelsson"), title: text("vd") },
    }
}

fn shipped(language: Language) -> ShippedTemplate {
    SHIPPED.into_iter().find(|template| template.language == language).unwrap()
}
