//! What packages of every kind write in the same shape.

use domain::category::Categories;
use domain::personal::Personal;
use serde_json::{Value, json};

use crate::package::PackageError;
use crate::package::answer::{Address, Contact, Controller, Term};

/// The document as a file, with a last line feed.
///
/// # Errors
/// [`PackageError::Json`] when the serialiser refuses.
pub(crate) fn file(document: &Value) -> Result<Vec<u8>, PackageError> {
    let mut bytes = serde_json::to_vec_pretty(document)?;
    bytes.push(b'\n');
    Ok(bytes)
}

pub(crate) fn codes(categories: &Categories) -> Vec<&'static str> {
    categories.iter().map(|category| category.code()).collect()
}

pub(crate) fn term(term: &Term) -> Value {
    json!({ "code": term.code, "text": term.text })
}

fn contact(contact: &Contact) -> Value {
    json!({ "name": contact.name, "email": contact.email, "phone": contact.phone })
}

pub(crate) fn controller(controller: &Controller) -> Value {
    json!({
        "name": controller.name,
        "organisationNumber": controller.organisation_number,
        "country": controller.country,
        "contact": contact(&controller.contact),
        "dataProtectionOfficer": controller.data_protection_officer.as_ref().map(contact),
    })
}

/// A value about a person, or null.
pub(crate) fn revealed(value: Option<&Personal<String>>) -> Option<&str> {
    value.map(|value| value.reveal().as_str())
}

pub(crate) fn address(address: &Address) -> Value {
    json!({
        "lines": address.lines,
        "postalCode": address.postal_code,
        "locality": address.locality,
        "country": address.country,
    })
}
