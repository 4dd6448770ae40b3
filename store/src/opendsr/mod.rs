//! Requests that controllers send as OpenDSR: the name that a controller gave each, and what it is to be told of it.

mod callback;
mod delivery;
mod poll;

use aws_lc_rs::hmac;
use domain::id::RequestId;
use domain::opendsr::SubjectRequestId;
use domain::personal::Personal;
use entity::opendsr_request::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait as _};
use uuid::Uuid;

use crate::error::StoreError;
use crate::idempotency::Replay;
use crate::tenant_tx::{CarriesOutRights, Sees, TenantTx};
use crate::time;
use crate::vault::{Place, Vault};

pub(crate) use callback::queue_callbacks;
pub use delivery::{CallbackTurn, DueCallback};
pub(crate) use poll::poll_later;

const TABLE: &str = "opendsr_request";

/// A request as a controller sent it.
#[derive(Clone)]
pub struct NewOpenDsrRequest {
    /// The controller's name for it.
    pub id: SubjectRequestId,
    /// The whole body in a canonical form; only its keyed digest is stored.
    pub body: Personal<String>,
    /// Where its callbacks are posted.
    pub callback_urls: Vec<String>,
}

impl<S: Sees> TenantTx<S> {
    /// The request that a controller's name stands for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_opendsr_request(&self, id: SubjectRequestId) -> Result<Option<RequestId>, StoreError> {
        let row = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid())).one(&self.bound).await?;
        Ok(row.map(|row| RequestId::from_uuid(row.request_id)))
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// What is known of a controller's name for a request: the same body is the same request, at any time.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn replayed_opendsr(&self, sent: &NewOpenDsrRequest) -> Result<Replay, StoreError> {
        let row = self.bound.find::<Entity>().filter(Column::Id.eq(sent.id.uuid())).one(&self.bound).await?;
        let Some(row) = row else { return Ok(Replay::New) };
        let same = row.body_digest == self.body_digest(sent).await?;
        Ok(if same { Replay::Done(row.request_id) } else { Replay::Mismatch })
    }

    /// Records the controller's name for a request, in the transaction that submits it.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the name is being used at this very moment.
    pub async fn put_opendsr_request(
        &self,
        sent: &NewOpenDsrRequest,
        request: RequestId,
    ) -> Result<(), StoreError> {
        let callback_urls = if sent.callback_urls.is_empty() {
            None
        } else {
            let place = urls_place(self.tenant().uuid(), sent.id.uuid());
            let list = serde_json::json!(sent.callback_urls).to_string();
            Some(self.vault.seal_of_tenant(place, list.as_bytes()).await?)
        };
        let row = ActiveModel {
            id: Set(sent.id.uuid()),
            request_id: Set(request.uuid()),
            body_digest: Set(self.body_digest(sent).await?),
            callback_urls: Set(callback_urls),
            told_status: Set(None),
            created_at: Set(time::to_row(self.now)),
            ..Default::default()
        };
        self.bound.put::<Entity>(row).await
    }

    /// Keyed, since a body names a person, and a plain digest could be guessed at.
    async fn body_digest(&self, sent: &NewOpenDsrRequest) -> Result<Vec<u8>, StoreError> {
        let keys = self.vault.tenant_keys(self.tenant()).await?;
        let mut context = hmac::Context::with_key(&keys.index);
        context.update(b"opendsr_request");
        context.update(sent.body.reveal().as_bytes());
        Ok(context.sign().as_ref().to_vec())
    }
}

const fn urls_place(tenant: Uuid, row: Uuid) -> Place<'static> {
    Place { tenant, subject: Uuid::nil(), table: TABLE, column: "callback_urls", row }
}

/// Where a request's callbacks are posted.
async fn callback_urls(vault: &Vault, row: &Model) -> Result<Vec<String>, StoreError> {
    let Some(sealed) = &row.callback_urls else { return Ok(Vec::new()) };
    let list = vault.open_of_tenant(urls_place(row.tenant_id, row.id), sealed).await?;
    serde_json::from_str(&list)
        .map_err(|_| StoreError::Inconsistent { table: TABLE, column: "callback_urls" })
}
