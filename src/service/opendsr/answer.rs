//! What a controller is told, in the standard's words and those of this gateway's extension.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::opendsr::{
    IdentityType, RAW, SubjectRequestId, SubjectRequestStatus, SubjectRequestType, VERSION,
};
use domain::request::status::RequestStatus;
use jiff::Timestamp;
use serde_json::{Value, json};
use store::{DueCallback, StoredRequest};

use super::OpenDsr;
use crate::service::Gateway;
use crate::service::caller::Caller;

/// What this processor can do (section 6 of the standard). What goes beyond the standard stands in its own extension.
#[must_use]
pub fn discovery(gateway: &Gateway, dialect: &OpenDsr) -> Value {
    let identity = |kind: &IdentityType| json!({ "identity_type": kind.code(), "identity_format": RAW });
    let identities = |standard: bool| {
        let of = IdentityType::ALL.iter().filter(move |kind| kind.is_standard() == standard);
        of.map(identity).collect::<Value>()
    };
    let types = |standard: bool| {
        let of = SubjectRequestType::ALL.iter().filter(move |kind| kind.is_standard() == standard);
        of.map(|kind| json!(kind.code())).collect::<Value>()
    };
    let statuses: Value = RequestStatus::ALL
        .iter()
        .map(|status| {
            let standard = SubjectRequestStatus::of(*status).code();
            json!({ "status": told(*status), "request_status": standard })
        })
        .collect();
    json!({
        "api_version": VERSION,
        "supported_identities": identities(true),
        "supported_subject_request_types": types(true),
        "processor_certificate": gateway.address("opendsr/v2/certificate.pem"),
        "extensions": {
            dialect.processor.domain(): {
                "supported_identities": identities(false),
                "supported_subject_request_types": types(false),
                "statuses": statuses,
            },
        },
    })
}

/// A request is in (section 7.3). The standard's `processor_signature` is the header of the same meaning: a body can't hold
/// its own signature.
pub(super) fn accepted(
    dialect: &OpenDsr,
    caller: &Caller,
    (request, id): (&StoredRequest, SubjectRequestId),
    body: &[u8],
) -> Value {
    json!({
        "controller_id": caller.authority.tenant().to_string(),
        "expected_completion_time": request.due_at.to_string(),
        "received_time": request.submitted_at.to_string(),
        "encoded_request": STANDARD.encode(body),
        "subject_request_id": id.to_string(),
        "api_version": VERSION,
        "extensions": {
            dialect.processor.domain(): {
                "request_id": request.id.to_string(),
                "reference": request.reference.to_string(),
            },
        },
    })
}

/// Where a request stands (section 8.3).
pub(super) fn status(
    dialect: &OpenDsr,
    caller: &Caller,
    (request, id): (&StoredRequest, SubjectRequestId),
    results_url: Option<String>,
) -> Value {
    let status = request.state.status();
    let mut body = json!({
        "controller_id": caller.authority.tenant().to_string(),
        "expected_completion_time": request.due_at.to_string(),
        "subject_request_id": id.to_string(),
        "request_status": SubjectRequestStatus::of(status).code(),
        "api_version": VERSION,
        "extensions": {
            dialect.processor.domain(): {
                "status": told(status),
                "request_id": request.id.to_string(),
                "reference": request.reference.to_string(),
            },
        },
    });
    if let Some(url) = results_url {
        body["results_url"] = json!(url);
    }
    body
}

/// A request was taken back (section 9.2).
pub(super) fn cancelled(
    caller: &Caller,
    (request, id): (&StoredRequest, SubjectRequestId),
    dialect: &OpenDsr,
) -> Value {
    let at: Timestamp = request.state.finished_at().unwrap_or(request.submitted_at);
    json!({
        "controller_id": caller.authority.tenant().to_string(),
        "received_time": at.to_string(),
        "subject_request_id": id.to_string(),
        "api_version": VERSION,
        "extensions": { dialect.processor.domain(): { "status": told(request.state.status()) } },
    })
}

/// A status has changed (section 8.6). Nothing in it is personal; it is the same at every attempt.
pub(super) fn callback(dialect: &OpenDsr, due: &DueCallback) -> Value {
    json!({
        "controller_id": due.tenant.to_string(),
        "status_callback_url": due.url,
        "subject_request_id": due.subject_request.to_string(),
        "request_status": SubjectRequestStatus::of(due.status).code(),
        "expected_completion_time": due.expected_at.to_string(),
        "api_version": VERSION,
        "extensions": { dialect.processor.domain(): { "status": told(due.status) } },
    })
}

/// Where a request stands, in the extension's word: that of the tenant API in lower case.
fn told(status: RequestStatus) -> String {
    status.code().to_ascii_lowercase()
}
