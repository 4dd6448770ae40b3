//! The end of a relationship (Art. 28(3)(g)): when the return is over, everything about data subjects is erased, the
//! tenant's keys are destroyed, and a certificate says so. Each part is a commit of its own, and done again after a kill.

pub(in crate::service) mod certificate;

use domain::actor::Actor;
use domain::calendar::first_moment;
use domain::id::SubjectId;
use domain::language::Language;
use jiff::civil::Date;
use store::{AuditEvent, Closing, ClosingDoor, Lease, StoreError, StoredClosing, TenantTx, failpoint};

use super::Gateway;
use super::document::{Document, DocumentFormat};
use super::reading::{Opened, of_either};
use super::refusal::Refusal;

/// Persons who are erased in one commit.
const BATCH: u64 = 500;

/// How long a part of the work may take.
const PART: std::time::Duration = std::time::Duration::from_mins(10);

impl Gateway {
    /// Erases everything of the leased tenant, if its return is over.
    ///
    /// # Errors
    /// [`Refusal`] says why not; the work is then given back and goes on where it stopped.
    pub async fn close_tenant(&self, lease: &Lease) -> Result<(), Refusal> {
        match self.store.open_closing(lease).await? {
            ClosingDoor::NotYet(tx, Some(last)) => put_off(tx, lease, last).await,
            ClosingDoor::NotYet(tx, None) | ClosingDoor::Done(tx) => finish(tx, lease, "tenant.look").await,
            ClosingDoor::Due(tx) => {
                tx.begin_erasing().await?;
                tx.commit(by_gateway(lease, "tenant.beginErasing", Vec::new())).await?;
                failpoint::reach("closing.begun").await;
                self.erase_everything(lease).await
            }
        }
    }

    async fn erase_everything(&self, lease: &Lease) -> Result<(), Refusal> {
        loop {
            self.store.renew_lease(lease, PART).await?;
            let tx = self.due(lease).await?;
            let erased = tx.erase_some(BATCH).await?;
            if erased.is_empty() {
                tx.erase_rest().await?;
                tx.commit(by_gateway(lease, "tenant.erase", Vec::new())).await?;
                break;
            }
            tx.commit(by_gateway(lease, "tenant.erase", erased)).await?;
            failpoint::reach("closing.erasing").await;
        }
        failpoint::reach("closing.erased").await;
        let tx = self.due(lease).await?;
        tx.destroy_all_keys().await?;
        failpoint::reach("closing.keys_destroyed").await;
        tx.commit(by_gateway(lease, "tenant.destroyKeys", Vec::new())).await?;
        self.store.renew_lease(lease, PART).await?;
        self.store.compact().await?;
        failpoint::reach("closing.compacted").await;
        let tx = self.due(lease).await?;
        tx.close().await?;
        self.certify_end(&tx, lease).await?;
        finish(tx, lease, "tenant.close").await
    }

    /// Certifies what was returned, erased and kept, as it is known when the tenant is closed. Where the database was restored
    /// from a backup that is older than the end of the relationship, too little is known to certify.
    async fn certify_end(&self, tx: &TenantTx<Closing>, lease: &Lease) -> Result<(), Refusal> {
        let evidence = tx.find_closing_evidence().await?.ok_or(StoreError::LeaseLost)?;
        let Some(statement) = certificate::statement(evidence, &self.settings.processor)? else {
            return Ok(());
        };
        let event = by_gateway(lease, "tenant.certify", Vec::new());
        Ok(tx.put_closing_certificate(statement, event).await?)
    }

    async fn due(&self, lease: &Lease) -> Result<TenantTx<Closing>, Refusal> {
        match self.store.open_closing(lease).await? {
            ClosingDoor::Due(tx) => Ok(tx),
            ClosingDoor::Done(_) | ClosingDoor::NotYet(..) => Err(StoreError::LeaseLost.into()),
        }
    }
}

async fn put_off(tx: TenantTx<Closing>, lease: &Lease, last: Date) -> Result<(), Refusal> {
    tx.put_off(lease, first_moment(last.tomorrow().unwrap_or(Date::MAX))).await?;
    Ok(tx.commit(by_gateway(lease, "tenant.look", Vec::new())).await?)
}

async fn finish(tx: TenantTx<Closing>, lease: &Lease, action: &'static str) -> Result<(), Refusal> {
    tx.finish(lease).await?;
    Ok(tx.commit(by_gateway(lease, action, Vec::new())).await?)
}

fn by_gateway(lease: &Lease, action: &'static str, subjects: Vec<SubjectId>) -> AuditEvent {
    AuditEvent { subjects, ..AuditEvent::new(Actor::gateway(), action, lease.job().to_string()) }
}

impl Opened {
    /// How the tenant's data was erased; `None` where it was not.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_closing(&self) -> Result<Option<StoredClosing>, StoreError> {
        of_either!(self, tx => tx.find_closing().await)
    }

    /// The certificate of the erasure as a file; `None` until the tenant is closed and its log vouches for it.
    ///
    /// # Errors
    /// When the database fails, a row is inconsistent or the file cannot be made.
    pub async fn certificate(&self, form: (DocumentFormat, Language)) -> Result<Option<Document>, Refusal> {
        let stored = of_either!(self, tx => tx.find_closing_certificate().await)?;
        certificate::document(stored, self.tenant(), form)
    }
}
