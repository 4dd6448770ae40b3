//! The machine-readable file of a portability package: stable names, a version and a published schema.

use domain::category::DataCategory;
use domain::personal::Personal;
use serde_json::{Value, json};

use super::{PortabilityAnswer, Provided};
use crate::package::json::parts::{address, controller, file, revealed};
use crate::package::{PackageError, asked};

/// The version of the file's shape. The schema is closed, so it changes with every name that comes or goes and with
/// every meaning that changes, and the schema with it.
pub const VERSION: &str = "2";

/// The JSON Schema (draft 2020-12) of the file, to be published at the address that answers name.
pub const SCHEMA: &str = include_str!("../../../schema/portability-package.schema.json");

/// The answer as JSON, with a last line feed.
pub(super) fn write(answer: &PortabilityAnswer) -> Result<Vec<u8>, PackageError> {
    let case = &answer.case;
    let excluded = |(category, reason): &(DataCategory, String)| json!({ "category": category.code(), "sentence": reason });
    file(&json!({
        "$schema": answer.schema_url,
        "version": VERSION,
        "request": {
            "reference": case.reference,
            "id": answer.request_id,
            "receivedAt": case.received_at,
            "madeAt": case.made_at,
            "language": case.language.code(),
        },
        "controller": controller(&case.controller),
        "person": person(&answer.provided),
        "systems": asked::document(answer.asked()),
        "excluded": answer.excluded().iter().map(excluded).collect::<Vec<_>>(),
    }))
}

fn person(provided: &Provided) -> Value {
    json!({
        "name": revealed(provided.name.as_ref()),
        "position": revealed(provided.position.as_ref()),
        "phone": revealed(provided.phone.as_ref()),
        "address": provided.address.as_ref().map(Personal::reveal).map(address),
        "email": revealed(provided.email.as_ref()),
        "loginName": revealed(provided.login_name.as_ref()),
    })
}
