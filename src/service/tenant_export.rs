//! The return of all that a tenant has (Art. 28(3)(g)): asked for, made, handed out, destroyed.

mod build;
mod persons;
mod register;
mod requests;

use domain::actor::{Actor, ActorId};
use domain::calendar::first_moment;
use domain::export::TenantExportStatus;
use domain::id::TenantExportId;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{
    AuditEvent, CarriesOutRights, IdempotencyKey, Lease, StoreError, TenantTx, TicketError, Unique, Unserved,
};
pub use store::{CHUNK_BYTES, ExportFile, ExportUse, RedeemedExport, StoredTenantExport};

use super::Gateway;
use super::caller::Caller;
use super::reading::Reading;
use super::refusal::{Refusal, UserError, UserErrorCode};
use super::request::Handling;
use super::subject::replay;

impl Gateway {
    /// Has an export of everything made. While one is being made there is no other.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn request_tenant_export(
        &self,
        caller: &Caller,
        idempotency: Option<&IdempotencyKey>,
    ) -> Result<TenantExportId, Refusal> {
        match self.try_request(caller, idempotency).await {
            Err(Refusal::Store(StoreError::Taken(Unique::IdempotencyKey))) => {
                self.try_request(caller, idempotency).await
            }
            done => done,
        }
    }

    async fn try_request(
        &self,
        caller: &Caller,
        idempotency: Option<&IdempotencyKey>,
    ) -> Result<TenantExportId, Refusal> {
        match self.handling(caller).await? {
            Handling::Processing(tx) => request_in(tx, caller, idempotency).await,
            Handling::WindingDown(tx) => request_in(tx, caller, idempotency).await,
        }
    }

    /// Destroys the leased export, whose time is over.
    ///
    /// # Errors
    /// [`Refusal`] says why not; the work is then given back and tried again.
    pub async fn expire_tenant_export(&self, lease: &Lease) -> Result<(), Refusal> {
        Ok(self.store.expire_tenant_export(lease, by_gateway(lease, "tenantExport.destroy")).await?)
    }

    /// Uses a link to an export. `first_byte` says, of the file that it is shown, where the request begins; `None` where
    /// it asks for nothing that the file has.
    ///
    /// # Errors
    /// [`TicketError`] says why it gives nothing.
    pub async fn download_export(
        &self,
        ticket: &str,
        request_id: String,
        first_byte: impl FnOnce(&ExportFile) -> Option<u64> + Send,
    ) -> Result<ExportUse, TicketError> {
        self.store.redeem_export(ticket, request_id, first_byte).await
    }

    /// One piece of an export that is being handed out, counted from 0, each but the last [`CHUNK_BYTES`] long.
    ///
    /// # Errors
    /// When the export was destroyed meanwhile, or a piece does not open.
    pub async fn read_export_chunk(
        &self,
        export: &RedeemedExport,
        number: u64,
    ) -> Result<Vec<u8>, StoreError> {
        self.store.read_chunk(export, number).await
    }
}

async fn request_in<S: CarriesOutRights>(
    tx: TenantTx<S>,
    caller: &Caller,
    idempotency: Option<&IdempotencyKey>,
) -> Result<TenantExportId, Refusal> {
    if return_end(&tx).await?.is_some_and(|ends_at| ends_at <= tx.now()) {
        return Err(Unserved::Closed.into());
    }
    if let Some(done) = replay(&tx, idempotency).await? {
        return Ok(TenantExportId::from_uuid(done));
    }
    if tx.tenant_export_is_pending().await? {
        return Err(UserError::new(UserErrorCode::Conflict).into());
    }
    let id = TenantExportId::new(tx.now(), tx.entropy());
    tx.put_tenant_export(id, &caller.actor()).await?;
    if let Some(key) = idempotency {
        tx.remember(key, id.uuid()).await?;
    }
    tx.commit(caller.event_about_nobody("tenantExport.request")).await?;
    Ok(id)
}

/// The instant at which the return of the tenant's data is over; `None` where the relationship has no end yet.
async fn return_end<S>(tx: &TenantTx<S>) -> Result<Option<Timestamp>, StoreError> {
    let last = tx.find_tenant().await?.return_ends_on;
    Ok(last.map(|last| first_moment(last.tomorrow().unwrap_or(Date::MAX))))
}

impl Reading {
    /// An export by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_tenant_export(
        &self,
        id: TenantExportId,
    ) -> Result<Option<StoredTenantExport>, StoreError> {
        self.tx.find_tenant_export(id).await
    }

    /// The newest export.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn newest_tenant_export(&self) -> Result<Option<StoredTenantExport>, StoreError> {
        self.tx.find_newest_tenant_export().await
    }

    /// A link to an export that works without a token, for a short time and a few times; `None` where there is nothing to
    /// download.
    ///
    /// # Errors
    /// When the ticket cannot be sealed.
    pub fn export_url(&self, export: &StoredTenantExport) -> Result<Option<String>, StoreError> {
        let ends = export.expires_at.filter(|ends| *ends > self.tx.now());
        let Some(ends) = ends.filter(|_| export.status == TenantExportStatus::Ready) else {
            return Ok(None);
        };
        let terms = &self.gateway.settings.exports;
        let link_ends = (self.tx.now() + terms.link_lifetime).min(ends);
        let actor = ActorId::new(self.caller.by().id());
        let ticket = self.tx.issue_export_ticket(export.id, &actor, (link_ends, terms.link_uses))?;
        Ok(Some(self.gateway.address(&format!("downloads/{ticket}"))))
    }
}

/// An entry of the audit log about work that nobody waits for. It is about no person in particular.
fn by_gateway(lease: &Lease, action: &'static str) -> AuditEvent {
    AuditEvent::new(Actor::gateway(), action, lease.job().to_string())
}
