//! The certificate for machines: stable names, a version and a published schema.

use serde_json::{Value, json};

use super::{Certificate, Confirmation, Kept, Returned};
use crate::package::PackageError;
use crate::package::json::parts::file;

/// The version of the file's shape. The schema is closed, so it changes with every name that comes or goes and with
/// every meaning that changes, and the schema with it.
pub const VERSION: u32 = 1;

/// The JSON Schema (draft 2020-12) of the file.
pub const SCHEMA: &str = include_str!("../../../schema/closing-certificate.schema.json");

/// The certificate as JSON, members in alphabetical order, with a last line feed.
pub(super) fn write(certificate: &Certificate) -> Result<Vec<u8>, PackageError> {
    file(&document(certificate))
}

fn document(certificate: &Certificate) -> Value {
    let (tenant, processor) = (&certificate.tenant, &certificate.processor);
    json!({
        "v": VERSION,
        "tenant": {
            "id": tenant.id,
            "name": tenant.name,
            "organisationNumber": tenant.organisation_number,
        },
        "processor": {
            "name": processor.name,
            "organisationNumber": processor.organisation_number,
            "addressLines": processor.address_lines,
            "email": processor.email,
        },
        "relationshipEndedOn": certificate.relationship_ended_on,
        "returnEndedOn": certificate.return_ended_on,
        "erasureBeganAt": certificate.erasure_began_at,
        "keysDestroyedAt": certificate.keys_destroyed_at,
        "closedAt": certificate.closed_at,
        "returned": certificate.returned.iter().map(returned).collect::<Vec<_>>(),
        "erased": certificate.erased.iter()
            .map(|(kind, count)| json!({ "kind": kind.code(), "count": count }))
            .collect::<Vec<_>>(),
        "kept": certificate.kept.iter().map(kept).collect::<Vec<_>>(),
        "keyFingerprints": certificate.key_fingerprints.iter()
            .map(|(class, sha256)| json!({ "class": class, "sha256": sha256 }))
            .collect::<Vec<_>>(),
        "confirmations": certificate.confirmations.iter().map(confirmation).collect::<Vec<_>>(),
    })
}

fn returned(returned: &Returned) -> Value {
    json!({
        "madeAt": returned.made_at,
        "sha256": returned.sha256,
        "bytes": returned.bytes,
        "downloadedAt": returned.downloaded_at,
    })
}

fn kept(kept: &Kept) -> Value {
    json!({ "what": kept.what.code(), "why": kept.why.code(), "until": kept.until })
}

fn confirmation(confirmation: &Confirmation) -> Value {
    json!({ "subprocessor": confirmation.subprocessor, "confirmedOn": confirmation.confirmed_on })
}
