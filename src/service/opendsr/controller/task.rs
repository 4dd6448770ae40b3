//! A task on its way to a processor that speaks the dialect.

use aws_lc_rs::digest::{SHA256, digest};
use connector::Signed;
use domain::opendsr::{IdentityType, REGULATION, SubjectRequestId, SubjectRequestType, VERSION};
use domain::system::SubjectIdentifier;
use serde_json::{Value, json};
use store::{DueTask, Posted};
use zeroize::Zeroizing;

use super::discovery::{Discovery, Form, Where};
use super::peer::{Peer, below, is_final};
use crate::service::Gateway;
use crate::service::system::delivery::Undelivered;

/// Where processors post their callbacks.
pub(super) const CALLBACKS: &str = "opendsr/v2/callbacks";

const NO_WORD: &str = "OpenDSR has no word for this kind of request: see to it by hand";
const NOT_TAKEN: &str = "the system takes no requests of this kind by OpenDSR: see to it by hand";
const NOBODY: &str = "the system knows persons by nothing that it may be told of this one: see to it by hand";
const REFUSED: &str = "the system refused the request as it was sent: see to it by hand";

/// Why a task was not passed on.
enum Unpassed {
    /// It may be later.
    Yet(Undelivered),
    /// It never will be.
    Ever(&'static str),
}

impl From<Undelivered> for Unpassed {
    fn from(reason: Undelivered) -> Self {
        Self::Yet(reason)
    }
}

impl Gateway {
    /// Passes a task on as a request of the dialect. The secret made for the system is its bearer token there.
    pub(in crate::service) async fn pass_on(&self, due: &DueTask) -> Posted {
        match self.try_pass_on(due).await {
            Ok(()) => Posted::Taken,
            Err(Unpassed::Yet(reason)) => Posted::Refused(reason.told()),
            Err(Unpassed::Ever(reason)) => Posted::Impossible(reason.to_owned()),
        }
    }

    async fn try_pass_on(&self, due: &DueTask) -> Result<(), Unpassed> {
        let kind = SubjectRequestType::of(due.kind).ok_or(Unpassed::Ever(NO_WORD))?;
        let peer = self.peer(due.system, &due.endpoint).await?;
        let discovery = peer.discovery.as_ref();
        let discovery = discovery.ok_or(Undelivered::Sent(connector::SendError::Unreachable))?;
        if !discovery.takes(kind) {
            return Err(Unpassed::Ever(NOT_TAKEN));
        }
        let identities = identities(due, discovery).ok_or(Unpassed::Ever(NOBODY))?;
        let body = self.body(due, (kind, &peer), identities);
        match self.post_request(due, &body).await {
            // What came before without its answer being heard is refused as a repetition by some: then it stands there.
            Err(Undelivered::Sent(error)) if is_final(error) => {
                let id = SubjectRequestId::of_task(due.task).to_string();
                let token = due.secrets.first().map(|secret| secret.as_str());
                match self.ask_status((&due.endpoint, &id), token).await {
                    Ok(_) => Ok(()),
                    Err(_) => Err(Unpassed::Ever(REFUSED)),
                }
            }
            posted => Ok(posted?),
        }
    }

    fn body(
        &self,
        due: &DueTask,
        (kind, peer): (SubjectRequestType, &Peer),
        (standard, own): (Vec<Value>, Vec<Value>),
    ) -> Zeroizing<String> {
        let mut body = json!({
            "regulation": REGULATION,
            "subject_request_id": SubjectRequestId::of_task(due.task).to_string(),
            "subject_request_type": kind.code(),
            "submitted_time": due.received_at.to_string(),
            "subject_identities": standard,
            "api_version": VERSION,
            "status_callback_urls": [self.address(CALLBACKS)],
        });
        let mut extension = json!({});
        match kind {
            SubjectRequestType::Restriction => extension["ground"] = json!(due.restriction_ground),
            SubjectRequestType::Objection => extension["purpose"] = json!(due.purpose),
            SubjectRequestType::Rectification => extension["categories"] = json!(due.categories),
            SubjectRequestType::Access | SubjectRequestType::Portability | SubjectRequestType::Erasure => {}
        }
        if !own.is_empty() {
            extension["identities"] = json!(own);
        }
        if extension.as_object().is_some_and(|members| !members.is_empty()) {
            body["extensions"] = json!({ peer.domain.as_str(): extension });
        }
        Zeroizing::new(body.to_string())
    }

    async fn post_request(&self, due: &DueTask, body: &str) -> Result<(), Undelivered> {
        let at = below(&due.endpoint, &["requests"]).ok_or(Undelivered::Unusable)?;
        let endpoint = self.endpoint(&at).map_err(|_| Undelivered::Address)?;
        let token = due.secrets.first().ok_or(Undelivered::Unusable)?;
        let authorization = Zeroizing::new(format!("Bearer {}", token.as_str()));
        let signed = Signed {
            body: body.as_bytes(),
            content_type: "application/json",
            headers: &[("authorization", &authorization), ("accept", "application/json")],
        };
        self.settings
            .way_out
            .sender
            .post_signed(&endpoint, &signed)
            .await
            .map(drop)
            .map_err(Undelivered::Sent)
    }
}

/// The person, by what the system was registered to be told and can look up: for the standard's list, and for its own
/// extension. `None` where nothing is left.
fn identities(due: &DueTask, discovery: &Discovery) -> Option<(Vec<Value>, Vec<Value>)> {
    let (mut standard, mut own) = (Vec::new(), Vec::new());
    for (identifier, value) in &due.known {
        let kind = match identifier {
            SubjectIdentifier::ExternalReference => IdentityType::ControllerCustomerId,
            SubjectIdentifier::Email => IdentityType::Email,
            SubjectIdentifier::Phone => IdentityType::Phone,
            SubjectIdentifier::SubjectId | SubjectIdentifier::LoginName => continue,
        };
        let (Some(value), Some((place, form))) = (value, discovery.form_of(kind)) else { continue };
        let value = match form {
            Form::Raw => value.reveal().to_owned(),
            Form::Sha256 => hex::encode(digest(&SHA256, value.reveal().to_lowercase().as_bytes())),
        };
        let identity = json!({
            "identity_type": kind.code(), "identity_value": value, "identity_format": form.code(),
        });
        match place {
            Where::Standard => standard.push(identity),
            Where::Extension => own.push(identity),
        }
    }
    (!standard.is_empty() || !own.is_empty()).then_some((standard, own))
}
