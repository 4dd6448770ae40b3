//! The machine-readable file: stable names, a version and a published schema.

use domain::category::Categories;
use domain::personal::Personal;
use serde_json::{Value, json};

use super::PackageError;
use super::answer::{
    AccessAnswer, Address, Consent, Contact, PastRequest, Person, Processing, Reading, Recipient, Term,
};
use super::letter::texts;

/// The version of the file's shape. It changes when a name goes or a meaning changes, and the schema with it.
pub const VERSION: &str = "1";

/// The JSON Schema (draft 2020-12) of the file, to be published at the address that answers name.
pub const SCHEMA: &str = include_str!("../../schema/access-package.schema.json");

/// The answer as JSON, with a last line feed.
///
/// # Errors
/// [`PackageError::Json`] when the serialiser refuses.
pub fn write(answer: &AccessAnswer) -> Result<Vec<u8>, PackageError> {
    let mut bytes = serde_json::to_vec_pretty(&document(answer))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn document(answer: &AccessAnswer) -> Value {
    json!({
        "$schema": answer.schema_url,
        "version": VERSION,
        "request": {
            "reference": answer.reference,
            "id": answer.request_id,
            "receivedAt": answer.received_at,
            "madeAt": answer.made_at,
            "language": answer.language.code(),
        },
        "controller": controller(answer),
        "processor": {
            "name": answer.processor.name,
            "organisationNumber": answer.processor.organisation_number,
            "addressLines": answer.processor.address_lines,
            "email": answer.processor.email,
        },
        "person": person(&answer.person),
        "processing": processing(answer),
        "consents": consents(answer),
        "requests": requests(answer),
        "recipients": answer.recipients.iter().map(recipient).collect::<Vec<_>>(),
        "retention": answer.retention.iter()
            .map(|row| json!({ "category": row.category.code(), "sentence": row.sentence }))
            .collect::<Vec<_>>(),
        "sources": answer.sources.iter()
            .map(|row| json!({ "category": row.category.code(), "sentence": row.sentence }))
            .collect::<Vec<_>>(),
        "accessLog": access_log(answer),
        "rights": texts::of(answer.language).remedies.rights,
        "authority": {
            "name": answer.authority.name,
            "url": answer.authority.url,
            "addressLines": answer.authority.address_lines,
            "email": answer.authority.email,
        },
    })
}

fn codes(categories: &Categories) -> Vec<&'static str> {
    categories.iter().map(|category| category.code()).collect()
}

fn term(term: &Term) -> Value {
    json!({ "code": term.code, "text": term.text })
}

fn contact(contact: &Contact) -> Value {
    json!({ "name": contact.name, "email": contact.email, "phone": contact.phone })
}

fn controller(answer: &AccessAnswer) -> Value {
    let controller = &answer.controller;
    json!({
        "name": controller.name,
        "organisationNumber": controller.organisation_number,
        "country": controller.country,
        "contact": contact(&controller.contact),
        "dataProtectionOfficer": controller.data_protection_officer.as_ref().map(contact),
    })
}

fn person(person: &Person) -> Value {
    let revealed = |value: &Option<Personal<String>>| value.as_ref().map(|value| value.reveal().clone());
    json!({
        "subjectId": person.subject_id,
        "externalReference": revealed(&person.external_reference),
        "name": revealed(&person.name),
        "position": revealed(&person.position),
        "phone": revealed(&person.phone),
        "address": person.address.as_ref().map(|value| address(value.reveal())),
        "email": revealed(&person.email),
        "loginName": revealed(&person.login_name),
        "passwordVerifierHeld": person.has_password,
        "registeredAt": person.registered_at,
        "updatedAt": person.updated_at,
    })
}

fn address(address: &Address) -> Value {
    json!({
        "lines": address.lines,
        "postalCode": address.postal_code,
        "locality": address.locality,
        "country": address.country,
    })
}

fn processing(answer: &AccessAnswer) -> Vec<Value> {
    let row = |row: &Processing| {
        json!({
            "purpose": row.purpose.code(),
            "legalBasis": row.legal_basis.code(),
            "description": row.description,
            "categories": codes(&row.categories),
            "automatedDecisions": row.automated_decisions,
        })
    };
    answer.processing.iter().map(row).collect()
}

fn consents(answer: &AccessAnswer) -> Vec<Value> {
    let row = |row: &Consent| {
        json!({
            "purpose": row.purpose.code(),
            "status": row.status().code(),
            "grantedAt": row.granted_at,
            "withdrawnAt": row.withdrawn_at,
            "source": row.source,
            "textVersion": row.text_version,
        })
    };
    answer.consents.iter().map(row).collect()
}

fn requests(answer: &AccessAnswer) -> Vec<Value> {
    let row = |row: &PastRequest| {
        json!({
            "reference": row.reference,
            "kind": term(&row.kind),
            "receivedAt": row.received_at,
            "status": term(&row.status),
        })
    };
    answer.requests.iter().map(row).collect()
}

fn recipient(recipient: &Recipient) -> Value {
    json!({
        "name": recipient.name,
        "country": recipient.country,
        "purpose": recipient.purpose,
        "categories": codes(&recipient.categories),
        "processingCountries": recipient.processing_countries,
        "transferMechanism": recipient.transfer.as_ref().map(term),
    })
}

fn access_log(answer: &AccessAnswer) -> Vec<Value> {
    let row = |row: &Reading| {
        let categories = codes(&row.categories);
        json!({ "at": row.at, "purpose": row.purpose.code(), "categories": categories })
    };
    answer.readings.iter().map(row).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use domain::language::Language;

    use super::*;
    use crate::package::sample;

    fn schema() -> jsonschema::Validator {
        let schema: Value = serde_json::from_str(SCHEMA).unwrap();
        jsonschema::draft202012::meta::validate(&schema).unwrap();
        jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
    }

    #[test]
    fn a_full_and_a_minimal_package_hold_to_the_published_schema() {
        let schema = schema();
        for language in [Language::Sv, Language::En] {
            for answer in [sample::full(language), sample::minimal(language)] {
                let package: Value = serde_json::from_slice(&write(&answer).unwrap()).unwrap();
                let errors: Vec<String> = schema.iter_errors(&package).map(|e| e.to_string()).collect();
                assert!(errors.is_empty(), "{errors:#?}");
            }
        }
    }

    #[test]
    fn the_schema_refuses_what_it_does_not_know() {
        let schema = schema();
        let package: Value = serde_json::from_slice(&write(&sample::full(Language::Sv)).unwrap()).unwrap();
        let changes: [fn(&mut Value); 6] = [
            |p| p["person"]["shoeSize"] = json!(44),
            |p| p["version"] = json!("2"),
            |p| p["processing"][0]["purpose"] = json!("CURIOSITY"),
            |p| p["recipients"][0]["country"] = json!("Germany"),
            |p| p["request"]["madeAt"] = json!("22 november 2026"),
            |p| p["person"] = json!({}),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let mut altered = package.clone();
            change(&mut altered);
            assert!(!schema.is_valid(&altered), "change {number}");
        }
    }

    #[test]
    fn every_object_of_the_schema_is_closed_and_every_property_described() {
        fn walk(at: &str, node: &Value) {
            if let Some(properties) = node.get("properties").and_then(Value::as_object) {
                assert_eq!(node["additionalProperties"], json!(false), "{at}");
                for (name, property) in properties {
                    let described = property.get("description").is_some();
                    assert!(described, "{at}/{name} says nothing about itself");
                }
            }
            match node {
                Value::Object(members) => members.iter().for_each(|(k, v)| walk(&format!("{at}/{k}"), v)),
                Value::Array(items) => items.iter().for_each(|item| walk(at, item)),
                _ => {}
            }
        }
        walk("", &serde_json::from_str(SCHEMA).unwrap());
    }

    #[test]
    fn the_password_is_told_of_and_never_told() {
        let text = String::from_utf8(write(&sample::full(Language::Sv)).unwrap()).unwrap();
        assert!(text.contains("\"passwordVerifierHeld\": true"));
        assert!(!text.contains("argon2"));
    }
}
