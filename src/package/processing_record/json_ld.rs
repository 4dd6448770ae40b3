//! The record as JSON-LD 1.1 in terms of the Data Privacy Vocabulary (<https://w3id.org/dpv>), version 2. Its context is
//! part of it, so that it can be read without a look at the network.

#[cfg(test)]
mod tests;

use domain::category::Categories;
use domain::country::CountryCode;
use domain::language::Language;
use domain::subprocessor::TransferMechanism;
use serde_json::{Value, json};

use super::texts::{self, Texts};
use super::{Agreement, Engaged, ProcessingRecord};
use crate::package::PackageError;
use crate::package::answer::{Contact, Controller, Processor};

/// The record as JSON-LD, with a last line feed. A member that does not apply is null, which JSON-LD passes over.
///
/// # Errors
/// [`PackageError::Json`] when the serialiser refuses.
pub fn json_ld(record: &ProcessingRecord) -> Result<String, PackageError> {
    Ok(serde_json::to_string_pretty(&document(record))? + "\n")
}

fn document(record: &ProcessingRecord) -> Value {
    json!({
        "@context": context(),
        "@type": "dpv:DataProcessingRecord",
        "asOf": record.as_of,
        "controller": controller(&record.controller),
        "processor": processor(&record.processor),
        "process": {
            "@type": "dpv:Process",
            "processing": described("dpv:Processing", &record.processing_categories),
            "personalData": personal_data(&record.categories),
            "dataSubject": described("dpv:DataSubject", &record.subject_categories),
            "agreement": record.agreement.as_ref().map(agreement),
            "storageCondition": record.agreement.as_ref().map(storage),
            "technicalOrganisationalMeasure": record.security_measures,
            "process": record.subprocessors.iter().map(engaged).collect::<Vec<_>>(),
        },
    })
}

/// Every name in the document, with what it means.
fn context() -> Value {
    json!({
        "@version": 1.1,
        "dct": "http://purl.org/dc/terms/",
        "dpv": "https://w3id.org/dpv#",
        "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
        "loc": "https://w3id.org/dpv/loc#",
        "pd": "https://w3id.org/dpv/pd#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "address": "dpv:hasAddress",
        "agreement": "dpv:hasLegalMeasure",
        "asOf": { "@id": "dct:date", "@type": "xsd:date" },
        "comment": { "@id": "rdfs:comment", "@container": "@language" },
        "contact": "dpv:hasContact",
        "controller": "dpv:hasDataController",
        "country": { "@id": "dpv:hasCountry", "@type": "@id" },
        "dataProtectionOfficer": "dpv:hasDataProtectionOfficer",
        "dataSubject": "dpv:hasDataSubject",
        "description": "dct:description",
        "duration": "dpv:hasDuration",
        "email": "schema:email",
        "identifier": "dpv:hasIdentifier",
        "legalBasis": { "@id": "dpv:hasLegalBasis", "@type": "@id" },
        "location": { "@id": "dpv:hasLocation", "@type": "@id" },
        "name": "dpv:hasName",
        "personalData": { "@id": "dpv:hasPersonalData", "@type": "@id" },
        "process": "dpv:hasProcess",
        "processing": "dpv:hasProcessing",
        "processor": "dpv:hasDataProcessor",
        "purpose": "dpv:hasPurpose",
        "storageCondition": "dpv:hasStorageCondition",
        "technicalOrganisationalMeasure": "dpv:hasTechnicalOrganisationalMeasure",
        "telephone": "schema:telephone",
        "thirdCountry": { "@id": "dpv:hasThirdCountry", "@type": "@id" },
        "validFrom": { "@id": "schema:validFrom", "@type": "xsd:date" },
        "validThrough": { "@id": "schema:validThrough", "@type": "xsd:date" },
        "version": "schema:version",
    })
}

fn controller(controller: &Controller) -> Value {
    let officer = controller.data_protection_officer.as_ref();
    json!({
        "@type": "dpv:DataController",
        "name": controller.name,
        "identifier": controller.organisation_number,
        "country": place(&controller.country),
        "contact": contact("schema:ContactPoint", &controller.contact),
        "dataProtectionOfficer": officer.map(|officer| contact("dpv:DataProtectionOfficer", officer)),
    })
}

fn processor(processor: &Processor) -> Value {
    json!({
        "@type": "dpv:DataProcessor",
        "name": processor.name,
        "identifier": processor.organisation_number,
        "address": processor.address_lines.join(", "),
        "contact": { "@type": "schema:ContactPoint", "email": processor.email },
    })
}

fn contact(class: &str, contact: &Contact) -> Value {
    json!({ "@type": class, "name": contact.name, "email": contact.email, "telephone": contact.phone })
}

fn agreement(agreement: &Agreement) -> Value {
    json!({
        "@type": "dpv:ControllerProcessorAgreement",
        "version": agreement.version,
        "validFrom": agreement.effective_from,
        "validThrough": agreement.effective_to,
    })
}

/// The data is stored until an event, the end of the return, and not until a date.
fn storage(agreement: &Agreement) -> Value {
    let days = agreement.return_period_days;
    json!({
        "@type": "dpv:StorageDuration",
        "duration": { "@type": "dpv:UntilEventDuration", "comment": told(|texts| (texts.end)(days)) },
    })
}

/// What a sub-processor does is a process of its own within the controller's.
fn engaged(engaged: &Engaged) -> Value {
    let third_countries = engaged.third_countries();
    let basis = if third_countries.is_empty() { None } else { transfer_basis(engaged.mechanism) };
    let check = !engaged.accounting_outside_union().is_empty();
    json!({
        "@type": "dpv:Process",
        "processor": {
            "@type": "dpv:DataSubProcessor",
            "name": engaged.name,
            "country": place(engaged.country.as_str()),
        },
        "purpose": { "@type": "dpv:Purpose", "description": engaged.purpose },
        "personalData": personal_data(&engaged.categories),
        "location": places(&engaged.processing_countries),
        "thirdCountry": places(third_countries),
        "legalBasis": basis,
        "validFrom": engaged.since,
        "comment": check.then(|| told(|texts| texts.subprocessors.accounting.to_owned())),
    })
}

/// What makes a transfer lawful, Art. 45 to 47. Binding corporate rules are a safeguard of Art. 46(2)(b).
const fn transfer_basis(mechanism: TransferMechanism) -> Option<&'static str> {
    match mechanism {
        TransferMechanism::Eea => None,
        TransferMechanism::Adequacy => Some("eu-gdpr:A45-3"),
        TransferMechanism::StandardContractualClauses => Some("eu-gdpr:A46-2-c"),
        TransferMechanism::BindingCorporateRules => Some("eu-gdpr:A46-2-b"),
    }
}

fn described(class: &str, texts: &[String]) -> Vec<Value> {
    texts.iter().map(|text| json!({ "@type": class, "description": text })).collect()
}

fn personal_data(categories: &Categories) -> Vec<&'static str> {
    categories.iter().map(|category| category.dpv()).collect()
}

fn place(code: &str) -> String {
    format!("loc:{code}")
}

fn places<'c>(codes: impl IntoIterator<Item = &'c CountryCode>) -> Vec<String> {
    codes.into_iter().map(|code| place(code.as_str())).collect()
}

/// A sentence of the printed record in every language.
fn told(sentence: impl Fn(&Texts) -> String) -> Value {
    Language::ALL.iter().map(|language| (language.code(), sentence(texts::of(*language)))).collect()
}
