//! Messages in the form of Standard Webhooks 1.0, signed with a secret that system and gateway share.

use domain::request::kind::RequestKind;
use domain::system::{SubjectIdentifier, SystemConnector};
use serde_json::{Map, Value, json};
use store::DueTask;
use zeroize::Zeroizing;

use super::Connector;
use crate::service::system::delivery::Outgoing;

/// Posted to an address on the public Internet.
pub const CONNECTOR: Connector = Connector {
    code: SystemConnector::SignedWebhook,
    read_endpoint: |gateway, text| gateway.endpoint(text).map(|endpoint| endpoint.as_str().to_owned()),
    make_secret: Some(|entropy| connector::Secret::generate(entropy).to_text()),
    write_task: Some(write_task),
};

fn write_task(due: &DueTask) -> Outgoing<'_> {
    Outgoing { endpoint: &due.endpoint, secrets: &due.secrets, id: due.task.to_string(), body: body(due) }
}

/// The message, the same at every attempt.
fn body(due: &DueTask) -> Zeroizing<String> {
    let mut data = json!({
        "taskId": due.task.to_string(),
        "requestId": due.request.to_string(),
        "reference": due.reference.to_string(),
        "kind": due.kind.code(),
        "tenantId": due.tenant.to_string(),
        "subject": subject(due),
        "categories": due.categories,
        "dueAt": due.due_at.to_string(),
    });
    if matches!(due.kind, RequestKind::Objection | RequestKind::ConsentWithdrawal) {
        data["purpose"] = json!(due.purpose);
    }
    let message = json!({
        "type": "rights_request.task",
        "timestamp": due.created_at.to_string(),
        "data": data,
    });
    Zeroizing::new(message.to_string())
}

/// What the system knows the person by; null for what the person does not have.
fn subject(due: &DueTask) -> Value {
    let name = |identifier: &SubjectIdentifier| match identifier {
        SubjectIdentifier::ExternalReference => "externalReference",
        SubjectIdentifier::SubjectId => "subjectId",
        SubjectIdentifier::Email => "email",
        SubjectIdentifier::Phone => "phone",
        SubjectIdentifier::LoginName => "loginName",
    };
    let known = due.known.iter().map(|(identifier, value)| {
        let value = value.as_ref().map(|value| value.reveal().as_str());
        (name(identifier).to_owned(), json!(value))
    });
    Value::Object(known.collect::<Map<_, _>>())
}
