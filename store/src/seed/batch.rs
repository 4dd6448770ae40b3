//! Writing: the keys of some hundred persons in one commit, then everything else about them in another.

use std::collections::BTreeMap;

use domain::category::Categories;
use domain::id::{AuditEventId, SubjectId, TenantId};
use domain::request::reference::Reference;
use entity::{
    accounting_record, audit_event, consent, data_subject, job, request_event, rights_request, subject_index,
};
use sea_orm::{ConnectionTrait as _, Statement};

use super::Seeding;
use crate::audit::{AuditEvent, Entry};
use crate::backend::{Bound, bulk};
use crate::error::StoreError;
use crate::vault::NewKey;

/// The counter of a tenant's references goes up to a number, and never back.
const COUNT_UP: &str = "
    INSERT INTO request_counter (tenant_id, year, last_number) VALUES ($1, $2, $3)
    ON CONFLICT (tenant_id, year) DO UPDATE SET last_number = excluded.last_number
    WHERE excluded.last_number > request_counter.last_number";

/// Rows that are ready to be written.
pub struct SealedBatch {
    tenant: TenantId,
    pub(super) subjects: Vec<SubjectId>,
    pub(super) categories: Categories,
    pub(super) keys: Vec<(SubjectId, NewKey<&'static str>)>,
    pub(super) persons: Vec<data_subject::ActiveModel>,
    pub(super) terms: Vec<subject_index::ActiveModel>,
    pub(super) consents: Vec<consent::ActiveModel>,
    pub(super) records: Vec<accounting_record::ActiveModel>,
    pub(super) requests: Vec<rights_request::ActiveModel>,
    pub(super) steps: Vec<request_event::ActiveModel>,
    pub(super) jobs: Vec<job::ActiveModel>,
    counters: BTreeMap<i16, u32>,
}

impl SealedBatch {
    pub(super) const fn new(tenant: TenantId) -> Self {
        Self {
            tenant,
            subjects: Vec::new(),
            categories: Categories::new(),
            keys: Vec::new(),
            persons: Vec::new(),
            terms: Vec::new(),
            consents: Vec::new(),
            records: Vec::new(),
            requests: Vec::new(),
            steps: Vec::new(),
            jobs: Vec::new(),
            counters: BTreeMap::new(),
        }
    }

    /// How many persons are in it.
    #[must_use]
    pub fn persons(&self) -> usize {
        self.subjects.len()
    }

    /// Notes that a reference is given.
    pub(super) fn count(&mut self, reference: Reference) {
        let last = self.counters.entry(reference.year).or_default();
        *last = reference.number.max(*last);
    }
}

impl Seeding {
    /// Writes persons with one entry of the audit log that names all of them. Keys come first: a key without data is harmless,
    /// and of a batch that was interrupted there is nothing else.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when one of them, or something unique about one, is there already; others when a database
    /// fails. Nothing of the data is written then.
    pub async fn put(&self, batch: SealedBatch, event: AuditEvent) -> Result<(), StoreError> {
        self.check(batch.tenant)?;
        let (tenant, now) = (batch.tenant, self.store.clock.now());
        let id = AuditEventId::new(now, self.store.vault.entropy());
        let event = AuditEvent { subjects: batch.subjects, categories: batch.categories, ..event };
        let entry = Entry { tenant, id, at: now, event }.row()?;
        self.store.vault.put_subject_keys(tenant, batch.keys).await?;
        let bound = Bound::writing(&self.store.data, tenant).await?;
        bulk::insert::<data_subject::Entity>(&bound, batch.persons).await?;
        bulk::insert::<subject_index::Entity>(&bound, batch.terms).await?;
        bulk::insert::<consent::Entity>(&bound, batch.consents).await?;
        bulk::insert::<accounting_record::Entity>(&bound, batch.records).await?;
        bulk::insert::<rights_request::Entity>(&bound, batch.requests).await?;
        bulk::insert::<request_event::Entity>(&bound, batch.steps).await?;
        bulk::insert::<job::Entity>(&bound, batch.jobs).await?;
        bulk::insert::<audit_event::Entity>(&bound, vec![entry]).await?;
        for (year, last) in batch.counters {
            count_up(&bound, (year, last)).await?;
        }
        bound.commit().await
    }
}

async fn count_up(bound: &Bound, (year, last): (i16, u32)) -> Result<(), StoreError> {
    let last = i32::try_from(last).unwrap_or(i32::MAX);
    let values = [bound.tenant().uuid().into(), i32::from(year).into(), last.into()];
    let connection = bound.connection();
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), COUNT_UP, values);
    connection.execute_raw(statement).await?;
    Ok(())
}
