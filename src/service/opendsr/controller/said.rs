//! What a processor says of a task that was passed on to it: by a callback, or when it is asked.

use connector::opendsr::SignatureFault;
use domain::opendsr::{SubjectRequestId, SubjectRequestStatus};
use domain::system::SystemConnector;
use domain::task::ReceiptOutcome;
use domain::text::Text;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::Value;
use store::{Lease, Receipt, Signers, StoreError, Taken};
use zeroize::Zeroizing;

use super::peer::below;
use super::task::CALLBACKS;
use crate::service::Gateway;
use crate::service::system::delivery::Undelivered;
use crate::service::system::receipt::{ReceiptError, told};

/// Between two questions about the same task: as long as it has been waiting, an hour at least and a day at most.
const OFTENEST: SignedDuration = SignedDuration::from_hours(1);
const RAREST: SignedDuration = SignedDuration::from_hours(24);

/// A callback as it came in.
pub struct ReceivedCallback<'a> {
    /// `X-OpenDSR-Processor-Domain`.
    pub domain: &'a str,
    /// `X-OpenDSR-Signature`.
    pub signature: &'a str,
    /// What was signed.
    pub body: &'a [u8],
}

/// What a processor's answer or callback says. Members that are not known are passed over.
#[derive(Deserialize)]
struct Said {
    subject_request_id: String,
    #[serde(default)]
    request_status: Value,
    #[serde(default)]
    status_callback_url: Value,
}

impl Said {
    /// What it says of the task; `None` for what is no status.
    fn status(&self) -> Option<SubjectRequestStatus> {
        SubjectRequestStatus::from_code(self.request_status.as_str()?)
    }
}

/// The receipt that a status is; `None` for one that says nothing new.
fn receipt(status: SubjectRequestStatus, request_id: String) -> Option<Receipt> {
    let (outcome, detail) = match status {
        SubjectRequestStatus::Completed => (ReceiptOutcome::Done, None),
        SubjectRequestStatus::Cancelled => {
            (ReceiptOutcome::Failed, Text::parse("the system cancelled the request").ok())
        }
        SubjectRequestStatus::Pending | SubjectRequestStatus::InProgress => return None,
    };
    Some(Receipt { outcome, detail, returned: None, request_id })
}

impl Gateway {
    /// Takes a processor's callback. Late, early, repeated and conflicting ones end as receipts of other systems do.
    ///
    /// # Errors
    /// [`ReceiptError`] says why not; nothing is changed then.
    pub async fn receive_callback(
        &self,
        received: &ReceivedCallback<'_>,
        request_id: String,
    ) -> Result<(), ReceiptError> {
        let said: Said = serde_json::from_slice(received.body).map_err(|_| ReceiptError::NotAuthentic)?;
        let id = SubjectRequestId::parse(&said.subject_request_id).ok_or(ReceiptError::NotAuthentic)?;
        let signers = self.store.signers_of_task(id.task()).await?.ok_or(ReceiptError::NotAuthentic)?;
        if let Err(reason) = self.is_said_by(&signers, received).await {
            tracing::info!(request_id, %reason, "a callback is not authentic");
            return Err(ReceiptError::NotAuthentic);
        }
        // A callback to somebody else that was passed on here.
        if said.status_callback_url.as_str() != Some(&self.address(CALLBACKS)) {
            return Err(ReceiptError::Malformed);
        }
        let status = said.status().ok_or(ReceiptError::Malformed)?;
        let Some(receipt) = receipt(status, request_id) else { return Ok(()) };
        told(self.store.take_receipt(&signers, &receipt).await?)
    }

    async fn is_said_by(
        &self,
        signers: &Signers,
        received: &ReceivedCallback<'_>,
    ) -> Result<(), SignatureFault> {
        if signers.connector != SystemConnector::OpenDsr {
            return Err(SignatureFault::OtherDomain);
        }
        let signed = (received.domain, received.signature);
        self.verify_peer((signers.system, &signers.endpoint), signed, received.body).await
    }

    /// Asks the processor of the leased task how it stands, and takes its word if it is signed. Asked is until the task has
    /// ended or failed, and no more often than once an hour.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent. That the processor does not answer is no error.
    pub async fn poll_task(&self, lease: &Lease) -> Result<(), StoreError> {
        let signers = self.store.signers_of_task(lease.polled()).await?;
        let waits =
            signers.filter(|signers| !signers.is_over && signers.connector == SystemConnector::OpenDsr);
        let Some(signers) = waits else { return self.store.end_polling(lease).await };
        let id = SubjectRequestId::of_task(lease.polled());
        let status = self.status_there(&signers, id).await;
        if let Some(receipt) = status.and_then(|status| receipt(status, lease.job().to_string())) {
            let taken = self.store.take_receipt(&signers, &receipt).await?;
            if !matches!(taken, Taken::Unserved(_)) {
                return self.store.end_polling(lease).await;
            }
        }
        self.store.postpone(lease, again(self.store.clock().now(), signers.created_at)).await
    }

    /// The status that the processor answers with, signed.
    async fn status_there(&self, signers: &Signers, id: SubjectRequestId) -> Option<SubjectRequestStatus> {
        let token = signers.secrets.first().map(|secret| secret.as_str());
        let answer = self.ask_status((&signers.endpoint, &id.to_string()), token).await.ok()?;
        let signed = (answer.header("x-opendsr-processor-domain"), answer.header("x-opendsr-signature"));
        let verified = self.verify_peer((signers.system, &signers.endpoint), signed, &answer.body).await;
        if let Err(reason) = verified {
            tracing::info!(system = %signers.system, %reason, "a processor's answer is not authentic");
            return None;
        }
        let said: Said = serde_json::from_slice(&answer.body).ok()?;
        if said.subject_request_id == id.to_string() { said.status() } else { None }
    }

    /// A processor's answer on how a request stands.
    pub(super) async fn ask_status(
        &self,
        (endpoint, id): (&str, &str),
        token: Option<&str>,
    ) -> Result<connector::Fetched, Undelivered> {
        let at = below(endpoint, &["requests", id]).ok_or(Undelivered::Unusable)?;
        let endpoint = self.endpoint(&at).map_err(|_| Undelivered::Address)?;
        let authorization = Zeroizing::new(format!("Bearer {}", token.ok_or(Undelivered::Unusable)?));
        let headers = [("authorization", authorization.as_str()), ("accept", "application/json")];
        self.settings.way_out.sender.fetch(&endpoint, &headers).await.map_err(Undelivered::Sent)
    }
}

fn again(now: Timestamp, since: Timestamp) -> Timestamp {
    let waited = now.duration_since(since).clamp(OFTENEST, RAREST);
    now.checked_add(waited).unwrap_or(Timestamp::MAX)
}
