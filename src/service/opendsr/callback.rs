//! Callbacks: each change of a request's status, signed, to each of the addresses that it came with.

use connector::Signed;
use jiff::SignedDuration;
use store::{CallbackTurn, DueCallback, Lease, Posted, StoreError, failpoint};

use super::{OpenDsr, answer};
use crate::service::Gateway;
use crate::service::system::delivery::{Undelivered, posted};

/// How long a callback waits for an agreement, or for the dialect to be spoken again, before it is looked at again.
const WITHOUT_AGREEMENT: SignedDuration = SignedDuration::from_mins(5);

impl Gateway {
    /// Posts the next callback about the leased request, outside any transaction, and records what came of it. A worker that
    /// dies in between leaves it to the next one, which posts the same body.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent. That the controller did not take it is no error.
    pub async fn deliver_callback(&self, lease: &Lease) -> Result<(), StoreError> {
        let due = match (&self.settings.opendsr, self.store.next_callback(lease).await?) {
            (_, CallbackTurn::Nothing) => return Ok(()),
            (Some(dialect), CallbackTurn::Due(due)) => (dialect, due),
            (None, CallbackTurn::Due(_)) | (_, CallbackTurn::Unserved(_)) => {
                let again = self.store.clock().now() + WITHOUT_AGREEMENT;
                return self.store.postpone(lease, again).await;
            }
        };
        let (dialect, due) = due;
        let posted = posted(self.post_callback(dialect, &due).await);
        failpoint::reach("callback.posted").await;
        if let Posted::Refused(reason) = &posted {
            tracing::info!(callback = %due.id, reason, "a callback was not delivered; it is tried again");
        }
        self.store.end_callback(lease, due.id, &posted).await
    }

    async fn post_callback(&self, dialect: &OpenDsr, due: &DueCallback) -> Result<(), Undelivered> {
        let endpoint = self.endpoint(&due.url).map_err(|_| Undelivered::Address)?;
        let body = answer::callback(dialect, due).to_string();
        let signature = dialect.processor.sign(body.as_bytes());
        let signed = Signed {
            body: body.as_bytes(),
            content_type: "application/json",
            headers: &[
                ("x-opendsr-processor-domain", dialect.processor.domain()),
                ("x-opendsr-signature", &signature),
            ],
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
