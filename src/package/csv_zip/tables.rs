//! Which table holds what. Names of files and columns are those of the JSON, so that one description serves both.

use domain::category::Categories;
use domain::personal::Personal;

use super::archive::Table;
use crate::package::answer::{AccessAnswer, Address, Person};
use crate::package::asked;

/// The tables, in the order of the archive.
pub(super) fn all(answer: &AccessAnswer) -> [Table; 12] {
    let [systems, returned] = asked::tables(&answer.asked);
    [
        person(&answer.person),
        accounting_records(answer),
        consents(answer),
        restrictions(answer),
        processing(answer),
        recipients(answer),
        retention(answer),
        sources(answer),
        requests(answer),
        access_log(answer),
        systems,
        returned,
    ]
}

fn codes(categories: &Categories) -> String {
    let codes: Vec<&str> = categories.iter().map(|category| category.code()).collect();
    codes.join(" ")
}

fn person(person: &Person) -> Table {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut held = |field: &str, value: Option<String>| {
        rows.extend(value.map(|value| vec![field.to_owned(), value]));
    };
    let revealed = |value: &Option<Personal<String>>| value.as_ref().map(|value| value.reveal().clone());
    held("subjectId", Some(person.subject_id.clone()));
    held("externalReference", revealed(&person.external_reference));
    held("name", revealed(&person.name));
    held("position", revealed(&person.position));
    held("phone", revealed(&person.phone));
    for (field, value) in address(person.address.as_ref()) {
        held(field, Some(value));
    }
    held("email", revealed(&person.email));
    held("loginName", revealed(&person.login_name));
    held("passwordVerifierHeld", Some(person.has_password.to_string()));
    held("registeredAt", Some(person.registered_at.to_string()));
    held("updatedAt", Some(person.updated_at.to_string()));
    Table { file: "person.csv", headers: &["field", "value"], rows }
}

/// The fields of an address.
pub(crate) fn address(address: Option<&Personal<Address>>) -> Vec<(&'static str, String)> {
    let Some(address) = address.map(Personal::reveal) else { return Vec::new() };
    let mut fields: Vec<_> = address.lines.iter().map(|line| ("address.line", line.clone())).collect();
    fields.push(("address.postalCode", address.postal_code.clone()));
    fields.push(("address.locality", address.locality.clone()));
    fields.push(("address.country", address.country.clone()));
    fields
}

fn accounting_records(answer: &AccessAnswer) -> Table {
    let rows = answer.accounting_records.iter().map(|row| {
        vec![
            row.id.clone(),
            row.kind.code().to_owned(),
            row.number.clone(),
            row.issued_on.to_string(),
            row.fiscal_year_ends_on.to_string(),
            row.retained_through.map_or_else(String::new, |last| last.to_string()),
            row.description.as_ref().map_or_else(String::new, |told| told.reveal().clone()),
        ]
    });
    Table {
        file: "accounting-records.csv",
        headers: &["id", "kind", "number", "issuedOn", "fiscalYearEndsOn", "retainedThrough", "description"],
        rows: rows.collect(),
    }
}

fn restrictions(answer: &AccessAnswer) -> Table {
    let rows = answer.restrictions.iter().map(|row| {
        vec![
            row.ground.code.clone(),
            row.ground.text.clone(),
            row.started_at.to_string(),
            row.lifted_at.map_or_else(String::new, |at| at.to_string()),
        ]
    });
    Table {
        file: "restrictions.csv",
        headers: &["ground.code", "ground.text", "startedAt", "liftedAt"],
        rows: rows.collect(),
    }
}

fn consents(answer: &AccessAnswer) -> Table {
    let rows = answer.consents.iter().map(|row| {
        vec![
            row.purpose.code().to_owned(),
            row.status().code().to_owned(),
            row.granted_at.to_string(),
            row.withdrawn_at.map_or_else(String::new, |at| at.to_string()),
            row.source.clone(),
            row.text_version.clone(),
        ]
    });
    Table {
        file: "consents.csv",
        headers: &["purpose", "status", "grantedAt", "withdrawnAt", "source", "textVersion"],
        rows: rows.collect(),
    }
}

fn processing(answer: &AccessAnswer) -> Table {
    let rows = answer.processing.iter().map(|row| {
        vec![
            row.purpose.code().to_owned(),
            row.legal_basis.code().to_owned(),
            row.description.clone(),
            codes(&row.categories),
            row.automated_decisions.clone().unwrap_or_default(),
        ]
    });
    Table {
        file: "processing.csv",
        headers: &["purpose", "legalBasis", "description", "categories", "automatedDecisions"],
        rows: rows.collect(),
    }
}

fn recipients(answer: &AccessAnswer) -> Table {
    let rows = answer.recipients.iter().map(|row| {
        let (mechanism, safeguard) = row
            .transfer
            .as_ref()
            .map_or((String::new(), String::new()), |term| (term.code.clone(), term.text.clone()));
        vec![
            row.name.clone(),
            row.country.clone(),
            row.purpose.clone(),
            codes(&row.categories),
            row.processing_countries.join(" "),
            mechanism,
            safeguard,
        ]
    });
    Table {
        file: "recipients.csv",
        headers: &[
            "name",
            "country",
            "purpose",
            "categories",
            "processingCountries",
            "transferMechanism.code",
            "transferMechanism.text",
        ],
        rows: rows.collect(),
    }
}

fn retention(answer: &AccessAnswer) -> Table {
    let rows = answer.retention.iter().map(|row| vec![row.category.code().to_owned(), row.sentence.clone()]);
    Table { file: "retention.csv", headers: &["category", "sentence"], rows: rows.collect() }
}

fn sources(answer: &AccessAnswer) -> Table {
    let rows = answer.sources.iter().map(|row| vec![row.category.code().to_owned(), row.sentence.clone()]);
    Table { file: "sources.csv", headers: &["category", "sentence"], rows: rows.collect() }
}

fn requests(answer: &AccessAnswer) -> Table {
    let rows = answer.requests.iter().map(|row| {
        vec![
            row.reference.clone(),
            row.kind.code.clone(),
            row.kind.text.clone(),
            row.received_at.to_string(),
            row.status.code.clone(),
            row.status.text.clone(),
        ]
    });
    Table {
        file: "requests.csv",
        headers: &["reference", "kind.code", "kind.text", "receivedAt", "status.code", "status.text"],
        rows: rows.collect(),
    }
}

fn access_log(answer: &AccessAnswer) -> Table {
    let rows = answer
        .readings
        .iter()
        .map(|row| vec![row.at.to_string(), row.purpose.code().to_owned(), codes(&row.categories)]);
    Table { file: "access-log.csv", headers: &["at", "purpose", "categories"], rows: rows.collect() }
}
