//! The machine-readable file: stable names, a version and a published schema.

pub(super) mod parts;
#[cfg(test)]
pub(super) mod tests;

use domain::personal::Personal;
use parts::{address, codes, controller, file, revealed, term};
use serde_json::{Value, json};

use super::answer::{
    AccessAnswer, AccountingRecord, Consent, PastRequest, Person, Processing, Reading, Recipient, Restriction,
};
use super::letter::texts;
use super::{PackageError, asked};

/// The version of the file's shape. The schema is closed, so it changes with every name that comes or goes and with
/// every meaning that changes, and the schema with it.
pub const VERSION: &str = "3";

/// The JSON Schema (draft 2020-12) of the file, to be published at the address that answers name.
pub const SCHEMA: &str = include_str!("../../../schema/access-package.schema.json");

/// The answer as JSON, with a last line feed.
///
/// # Errors
/// [`PackageError::Json`] when the serialiser refuses.
pub fn write(answer: &AccessAnswer) -> Result<Vec<u8>, PackageError> {
    file(&document(answer))
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
        "controller": controller(&answer.controller),
        "processor": {
            "name": answer.processor.name,
            "organisationNumber": answer.processor.organisation_number,
            "addressLines": answer.processor.address_lines,
            "email": answer.processor.email,
        },
        "person": person(&answer.person),
        "systems": asked::document(&answer.asked),
        "processing": processing(answer),
        "accountingRecords": accounting_records(answer),
        "consents": consents(answer),
        "restrictions": restrictions(answer),
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

fn person(person: &Person) -> Value {
    json!({
        "subjectId": person.subject_id,
        "externalReference": revealed(person.external_reference.as_ref()),
        "name": revealed(person.name.as_ref()),
        "position": revealed(person.position.as_ref()),
        "phone": revealed(person.phone.as_ref()),
        "address": person.address.as_ref().map(Personal::reveal).map(address),
        "email": revealed(person.email.as_ref()),
        "loginName": revealed(person.login_name.as_ref()),
        "passwordVerifierHeld": person.has_password,
        "registeredAt": person.registered_at,
        "updatedAt": person.updated_at,
    })
}

fn accounting_records(answer: &AccessAnswer) -> Vec<Value> {
    let row = |row: &AccountingRecord| {
        json!({
            "id": row.id,
            "kind": row.kind.code(),
            "number": row.number,
            "issuedOn": row.issued_on,
            "fiscalYearEndsOn": row.fiscal_year_ends_on,
            "retainedThrough": row.retained_through,
            "description": revealed(row.description.as_ref()),
        })
    };
    answer.accounting_records.iter().map(row).collect()
}

fn restrictions(answer: &AccessAnswer) -> Vec<Value> {
    let row = |row: &Restriction| json!({ "ground": term(&row.ground), "startedAt": row.started_at, "liftedAt": row.lifted_at });
    answer.restrictions.iter().map(row).collect()
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
