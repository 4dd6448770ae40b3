//! The delivery of messages to a system of the tenant's: what is posted, and what came of it.

use connector::{Message, MessageId, Secret, SendError};
use store::{DueDelivery, HeadTurn, Lease, Posted, StoreError, failpoint};
use zeroize::Zeroizing;

use crate::service::Gateway;

/// A message to a system. No `Debug`: it holds secrets, and its body may hold personal data.
pub(in crate::service) struct Outgoing<'a> {
    /// Where it is posted.
    pub endpoint: &'a str,
    /// What signs it.
    pub secrets: &'a [Zeroizing<String>],
    /// The same at every attempt.
    pub id: String,
    /// What is said.
    pub body: Zeroizing<String>,
}

/// Why a message was not delivered, as the tenant reads it.
pub(in crate::service) enum Undelivered {
    /// The address is not allowed any longer.
    Address,
    Sent(SendError),
    /// A row holds what was never put there.
    Unusable,
}

impl Undelivered {
    /// Where a name leads is not told apart from that it leads nowhere: the gateway's network is not to be explored by it.
    pub(in crate::service) fn told(&self) -> String {
        match self {
            Self::Address | Self::Sent(SendError::Forbidden(_) | SendError::Unresolved) => {
                "the endpoint's name leads to no address that may be reached".to_owned()
            }
            Self::Sent(error) => error.to_string(),
            Self::Unusable => "the message cannot be put into a signed request".to_owned(),
        }
    }
}

/// What came of an attempt, as it is recorded.
pub(in crate::service) fn posted(sent: Result<(), Undelivered>) -> Posted {
    sent.map_or_else(|reason| Posted::Refused(reason.told()), |()| Posted::Taken)
}

impl Gateway {
    /// Brings the newest head to the leased system, outside any transaction, and records what came of it. A worker that dies
    /// in between leaves the work to the next one, which posts the same head under the same identifier.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent. That the system did not take the message is no error.
    pub async fn deliver_checkpoint(&self, lease: &Lease) -> Result<(), StoreError> {
        let due = match self.store.find_delivery(lease).await? {
            HeadTurn::Due(due) => due,
            HeadTurn::Nothing => return self.store.end_delivery(lease, None).await,
            HeadTurn::Rests(until) => return self.store.postpone(lease, until).await,
        };
        let message = Outgoing {
            endpoint: &due.endpoint,
            secrets: &due.secrets,
            id: message_id(&due),
            body: Zeroizing::new(body(&due)),
        };
        let posted = self.post(&message).await;
        failpoint::reach("delivery.posted").await;
        match posted {
            Ok(()) => self.store.end_delivery(lease, Some(due.head.size)).await,
            Err(reason) => {
                let (system, size, reason) = (due.system, due.head.size, reason.told());
                tracing::info!(%system, size, reason, "a head of an audit log was not delivered; it is tried again");
                self.store.put_off_delivery(lease, &reason).await
            }
        }
    }

    /// Posts a message, outside any transaction.
    pub(in crate::service) async fn post(&self, outgoing: &Outgoing<'_>) -> Result<(), Undelivered> {
        let endpoint = self.endpoint(outgoing.endpoint).map_err(|_| Undelivered::Address)?;
        let secrets = outgoing.secrets.iter().map(|text| Secret::parse(text)).collect::<Result<Vec<_>, _>>();
        let secrets = secrets.map_err(|_| Undelivered::Unusable)?;
        let id = MessageId::parse(&outgoing.id).map_err(|_| Undelivered::Unusable)?;
        let message = Message {
            id: &id,
            timestamp_seconds: self.store.clock().now().as_second(),
            body: outgoing.body.as_bytes(),
            content_type: "application/json",
        };
        let secrets: Vec<&Secret> = secrets.iter().collect();
        let sent = self.settings.way_out.sender.post(&endpoint, &message, &secrets).await;
        sent.map(drop).map_err(Undelivered::Sent)
    }
}

/// Made of the system and the head alone, so that every attempt at a head has the same one, whoever makes it. The root is in
/// it since a restored backup may sign another head of the same size, which no receiver is to take for a repetition.
fn message_id(due: &DueDelivery) -> String {
    let root = hex::encode(&due.head.root.as_bytes()[..8]);
    format!("{}-{}-{root}", due.system, due.head.size)
}

fn body(due: &DueDelivery) -> String {
    let consistency = due.consistency.as_ref().map(|proof| {
        let hashes: Vec<_> = proof.hashes.iter().map(|hash| hash.to_base64()).collect();
        serde_json::json!({ "fromSize": proof.from, "hashes": hashes })
    });
    serde_json::json!({
        "type": "audit.checkpoint",
        "timestamp": due.head.signed_at.to_string(),
        "data": {
            "tenantId": due.tenant.to_string(),
            "checkpoint": due.head.note,
            "consistency": consistency,
        },
    })
    .to_string()
}
