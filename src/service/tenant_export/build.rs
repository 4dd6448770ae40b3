//! Making an export: one snapshot of the tenant is read page by page and written as it comes, so that any number of
//! persons takes the same memory. Killed anywhere, it begins again.

use std::mem;
use std::time::Duration;

use aws_lc_rs::digest::{self, SHA256};
use domain::id::{SubjectId, TenantExportId};
use jiff::{SignedDuration, Timestamp};
use store::{
    Attempt, CHUNK_BYTES, CarriesOutRights, FinishedExport, Lease, Reading, ReadingDoor, StoreError,
    TenantTx, Unserved, failpoint,
};

use super::{by_gateway, return_end};
use crate::package::tenant_export::{
    AccountingRecord, Archive, Consent, Correction, DataSubject, Form, Heading, LegalHold, Outcome, Record,
    Restriction, RightsRequest, Step, Task,
};
use crate::service::Gateway;
use crate::service::refusal::Refusal;
use crate::service::request::Handling;

/// Persons who are read at a time.
const PAGE: u64 = 500;

/// How long the lease lasts from the last piece of work on.
const PART: Duration = Duration::from_mins(2);

/// When a lease is renewed, even if nothing was written meanwhile.
const RENEWAL: SignedDuration = SignedDuration::from_secs(20);

/// Records that hang on persons.
pub(super) trait OfPersons: Record + Sized + Send + Sync {
    /// The records of a page of persons.
    fn read(
        tx: &TenantTx<Reading>,
        persons: &[SubjectId],
    ) -> impl Future<Output = Result<Vec<Self>, StoreError>> + Send;
}

/// An export on its way into the database.
pub(super) struct Sink<'a> {
    gateway: &'a Gateway,
    lease: &'a Lease,
    attempt: Attempt,
    /// What is not enough for a piece yet.
    waiting: Vec<u8>,
    digest: digest::Context,
    byte_count: u64,
    renewed_at: Timestamp,
}

impl Gateway {
    /// Makes the leased export.
    ///
    /// # Errors
    /// [`Refusal`] says why not; the work is then given back and begins again.
    pub async fn build_tenant_export(&self, lease: &Lease) -> Result<(), Refusal> {
        if lease.is_beyond_last() {
            return self.give_up(lease, "the worker was killed again and again").await;
        }
        match self.try_build(lease).await {
            Err(Refusal::Store(error)) if lease.is_last() => self.give_up(lease, &error.to_string()).await,
            Err(Refusal::Package(error)) if lease.is_last() => self.give_up(lease, &error.to_string()).await,
            done => done,
        }
    }

    async fn try_build(&self, lease: &Lease) -> Result<(), Refusal> {
        let begun = match self.leased(lease).await? {
            Handling::Processing(tx) => tx.begin_attempt(lease).await?,
            Handling::WindingDown(tx) => tx.begin_attempt(lease).await?,
        };
        let Some(attempt) = begun else {
            return self.end_work(lease).await;
        };
        failpoint::reach("tenant_export.begun").await;
        let (attempt, sha256, byte_count) = self.write(lease, attempt).await?;
        failpoint::reach("tenant_export.written").await;
        let made = (&attempt, sha256, byte_count);
        match self.leased(lease).await? {
            Handling::Processing(tx) => {
                let lasts = tx.now() + self.settings.exports.package_lifetime;
                complete(tx, lease, made, Some(lasts)).await?;
            }
            Handling::WindingDown(tx) => complete(tx, lease, made, None).await?,
        }
        failpoint::reach("tenant_export.committed").await;
        Ok(())
    }

    /// Reads everything and writes it; gives the digest and the length.
    async fn write(&self, lease: &Lease, attempt: Attempt) -> Result<(Attempt, String, u64), Refusal> {
        let tx = match self.store.open_leased_reading(lease).await? {
            ReadingDoor::Served(tx) => tx,
            ReadingDoor::Viewing(tx) => {
                return Err(tx.unserved().unwrap_or(Unserved::AgreementRequired).into());
            }
        };
        let mut archive = Archive::begin(Heading {
            tenant: tx.tenant(),
            name: tx.find_tenant().await?.name,
            processor: self.settings.processor.name.clone(),
            made_at: tx.now(),
        })?;
        let mut sink = Sink::new(self, lease, attempt);
        super::register::write_tenant(&tx, &mut archive).await?;
        of_persons::<DataSubject>(&tx, &mut archive, &mut sink).await?;
        of_persons::<Consent>(&tx, &mut archive, &mut sink).await?;
        of_persons::<Restriction>(&tx, &mut archive, &mut sink).await?;
        of_persons::<LegalHold>(&tx, &mut archive, &mut sink).await?;
        of_persons::<AccountingRecord>(&tx, &mut archive, &mut sink).await?;
        of_persons::<RightsRequest>(&tx, &mut archive, &mut sink).await?;
        of_persons::<Step>(&tx, &mut archive, &mut sink).await?;
        of_persons::<Outcome>(&tx, &mut archive, &mut sink).await?;
        of_persons::<Correction>(&tx, &mut archive, &mut sink).await?;
        of_persons::<Task>(&tx, &mut archive, &mut sink).await?;
        super::register::write_rest(&tx, &mut archive, &mut sink).await?;
        let (rest, _) = archive.finish()?;
        sink.finish(rest).await
    }

    async fn give_up(&self, lease: &Lease, reason: &str) -> Result<(), Refusal> {
        match self.leased(lease).await? {
            Handling::Processing(tx) => fail(tx, lease, reason).await,
            Handling::WindingDown(tx) => fail(tx, lease, reason).await,
        }
    }

    /// The export is no longer wanted.
    async fn end_work(&self, lease: &Lease) -> Result<(), Refusal> {
        match self.leased(lease).await? {
            Handling::Processing(tx) => end(tx, lease, "tenantExport.build").await,
            Handling::WindingDown(tx) => end(tx, lease, "tenantExport.build").await,
        }
    }
}

impl<'a> Sink<'a> {
    fn new(gateway: &'a Gateway, lease: &'a Lease, attempt: Attempt) -> Self {
        Self {
            gateway,
            lease,
            attempt,
            waiting: Vec::with_capacity(CHUNK_BYTES),
            digest: digest::Context::new(&SHA256),
            byte_count: 0,
            renewed_at: gateway.store.clock().now(),
        }
    }

    /// Takes finished bytes, and writes whatever fills a piece.
    pub(super) async fn take(&mut self, bytes: Vec<u8>) -> Result<(), StoreError> {
        self.digest.update(&bytes);
        self.byte_count += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.waiting.extend(bytes);
        while self.waiting.len() >= CHUNK_BYTES {
            let rest = self.waiting.split_off(CHUNK_BYTES);
            let piece = mem::replace(&mut self.waiting, rest);
            self.put(&piece).await?;
        }
        let now = self.gateway.store.clock().now();
        if now.duration_since(self.renewed_at) >= RENEWAL {
            self.gateway.store.renew_lease(self.lease, PART).await?;
            self.renewed_at = now;
        }
        Ok(())
    }

    async fn put(&mut self, piece: &[u8]) -> Result<(), StoreError> {
        self.gateway.store.put_chunk(self.lease, &mut self.attempt, (piece, PART)).await?;
        self.renewed_at = self.gateway.store.clock().now();
        failpoint::reach("tenant_export.chunk").await;
        Ok(())
    }

    async fn finish(mut self, rest: Vec<u8>) -> Result<(Attempt, String, u64), Refusal> {
        self.take(rest).await?;
        let last = mem::take(&mut self.waiting);
        if !last.is_empty() {
            self.put(&last).await?;
        }
        Ok((self.attempt, hex::encode(self.digest.finish()), self.byte_count))
    }
}

async fn of_persons<R: OfPersons>(
    tx: &TenantTx<Reading>,
    archive: &mut Archive,
    sink: &mut Sink<'_>,
) -> Result<(), Refusal> {
    for form in Form::ALL {
        let mut table = archive.table::<R>(form)?;
        let mut after = None;
        loop {
            let page = tx.list_subject_ids(after, PAGE).await?;
            let Some(last) = page.last() else {
                break;
            };
            after = Some(*last);
            for record in R::read(tx, &page).await? {
                table.put(&record)?;
            }
            tx.release_keys(&page);
            sink.take(table.take()).await?;
            failpoint::reach("tenant_export.page").await;
        }
    }
    Ok(())
}

/// The export can be downloaded, done and ended in one commit. It lives until `lasts`, but never beyond the return.
async fn complete<S: CarriesOutRights>(
    tx: TenantTx<S>,
    lease: &Lease,
    (attempt, sha256, byte_count): (&Attempt, String, u64),
    lasts: Option<Timestamp>,
) -> Result<(), Refusal> {
    let return_ends = return_end(&tx).await?;
    let expires_at = lasts.into_iter().chain(return_ends).min().unwrap_or_else(|| tx.now());
    tx.complete_tenant_export(attempt, FinishedExport { byte_count, sha256, expires_at }).await?;
    failpoint::reach("tenant_export.before_commit").await;
    end(tx, lease, "tenantExport.build").await
}

async fn fail<S: CarriesOutRights>(tx: TenantTx<S>, lease: &Lease, reason: &str) -> Result<(), Refusal> {
    tx.fail_tenant_export(TenantExportId::from_uuid(lease.object), reason).await?;
    end(tx, lease, "tenantExport.fail").await
}

async fn end<S: CarriesOutRights>(
    tx: TenantTx<S>,
    lease: &Lease,
    action: &'static str,
) -> Result<(), Refusal> {
    tx.finish(lease).await?;
    Ok(tx.commit(by_gateway(lease, action)).await?)
}
