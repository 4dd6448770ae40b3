//! Reproducible made-up data for load tests (`docs/seed.md`): the same seed gives the same tenants and persons, the same
//! values and, as of the same day, the same instants. Keys, nonces and what the store numbers by itself are chance's.
//!
//! Persons are read and sealed as those of callers are, and written some hundred at a time. What is there is passed over, so
//! that a run which was stopped goes on where it was, and a larger one adds to a smaller.

mod chance;
mod life;
mod person;
mod plan;
mod tenant;

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use domain::calendar::civil_date;
use domain::id::{SubjectId, TenantId};
use domain::password::Password;
use domain::personal::Personal;
use futures::{StreamExt as _, TryStreamExt as _};
use jiff::civil::Date;
use store::{MadeUpPerson, SealedBatch, Sealer, Seeding, StoreError};

use crate::service::Gateway;
use chance::Matter;
use life::Life;
use plan::Batch;

pub use plan::{AT_ONCE, Plan};

/// Batches that are made and sealed at a time, one thread each, and that are written at a time.
const SEALED_AT_ONCE: usize = 3;
const WRITTEN_AT_ONCE: usize = 2;

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many persons are there, of which this run has written so many.
    Persons {
        /// There now.
        there: u64,
        /// Written by this run.
        written: u64,
    },
    /// All are there; the logs of so many tenants have their signed heads.
    Logs(u32),
}

/// What a run needs.
struct Run {
    plan: Plan,
    gateway: Gateway,
    seeding: Seeding,
    password: Personal<String>,
}

/// The day as of which the made-up tenants of a database are; `None` where it has none yet.
///
/// # Errors
/// When the database holds other tenants, or fails.
pub async fn day_of(gateway: &Gateway, plan: &Plan) -> anyhow::Result<Option<Date>> {
    let seeding = gateway.store.open_seeding(&plan.made_up()).await?;
    Ok(seeding.there.first().map(|(_, at)| civil_date(*at)))
}

/// Makes up what is missing of the plan. The store's clock stands on the plan's day; a process that is stopped can be run
/// again.
///
/// # Errors
/// When the database holds other tenants than the plan's or is of another day, or a database fails.
pub async fn run(gateway: &Gateway, plan: Plan, progress: &(dyn Fn(Progress) + Sync)) -> anyhow::Result<()> {
    if let Some(day) = day_of(gateway, &plan).await?
        && day != plan.as_of
    {
        bail!(
            "what is there is as of {day}, not of {}: leave --as-of out, or give an empty database",
            plan.as_of
        );
    }
    gateway.record_authorities().await?;
    gateway.publish_shipped_templates().await?;
    for number in 0..plan.tenants {
        tenant::take_on(gateway, &plan, number).await?;
    }
    let seeding = gateway.store.open_seeding(&plan.made_up()).await?;
    // Nobody logs in as them, so that one verifier does for all: to hash each password would take longer than all the rest.
    let password =
        Password::parse("påhittat lösenord").map_err(|_| anyhow::anyhow!("the password was refused"))?;
    let password = gateway.store.password_verifier(password).await?;
    let run = Arc::new(Run { plan, gateway: gateway.clone(), seeding, password });
    run.put_persons(progress).await?;
    run.sign_logs(progress).await
}

impl Run {
    async fn put_persons(self: &Arc<Self>, progress: &(dyn Fn(Progress) + Sync)) -> anyhow::Result<()> {
        let done = std::sync::Mutex::new((0, 0));
        let tell = |there: u64, written: u64| {
            let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            (done.0, done.1) = (done.0 + there, done.1 + written);
            progress(Progress::Persons { there: done.0, written: done.1 });
        };
        let sealed = futures::stream::iter(self.plan.batches()).map(|batch| Arc::clone(self).seal(batch));
        let sealed = sealed.buffer_unordered(SEALED_AT_ONCE);
        let written = sealed.try_for_each_concurrent(WRITTEN_AT_ONCE, async |(batch, sealed)| {
            let all = batch.to - batch.from;
            let mut written = 0;
            if let Some(sealed) = sealed {
                written = u64::try_from(sealed.persons()).unwrap_or(all);
                self.seeding.put(sealed, tenant::event("dataSubject.seed")).await.map_err(explained)?;
            }
            tell(all, written);
            Ok(())
        });
        written.await
    }

    /// What is missing of a batch, sealed; `None` where nothing is.
    async fn seal(self: Arc<Self>, batch: Batch) -> anyhow::Result<(Batch, Option<SealedBatch>)> {
        let tenant = self.plan.tenant(batch.tenant);
        let there = self.there(tenant, batch).await?;
        if u64::try_from(there.len()).is_ok_and(|there| there == batch.to - batch.from) {
            return Ok((batch, None));
        }
        let sealer = self.seeding.sealer(tenant).await?;
        let made = tokio::task::spawn_blocking(move || self.make(batch, &there, &sealer)).await;
        Ok((batch, Some(made.context("a batch could not be made")??)))
    }

    async fn there(&self, tenant: TenantId, batch: Batch) -> Result<BTreeSet<SubjectId>, StoreError> {
        let id = |place| self.plan.subject(self.plan.number(batch.tenant, place));
        self.seeding.persons_between(tenant, (id(batch.from), id(batch.to - 1))).await
    }

    fn make(
        &self,
        batch: Batch,
        there: &BTreeSet<SubjectId>,
        sealer: &Sealer,
    ) -> anyhow::Result<SealedBatch> {
        let persons = (batch.from..batch.to).map(|place| self.person(batch.tenant, place));
        let missing = persons.filter(|person| match person {
            Ok(person) => !there.contains(&person.subject.id),
            Err(_) => true,
        });
        Ok(sealer.seal(missing.collect::<anyhow::Result<_>>()?)?)
    }

    fn person(&self, tenant: u32, place: u64) -> anyhow::Result<MadeUpPerson> {
        let number = self.plan.number(tenant, place);
        let chance = self.plan.chance(Matter::Person, number);
        // The first bytes drawn for a person are those of the identifier.
        let subject = SubjectId::new(plan::identified_at(number), &chance);
        let registered_at = self.plan.registered_at(number);
        let values = person::subject(subject, (number, &chance), &self.password)?;
        let life = Life { subject, number, place, registered_at, chance: &chance };
        let turn = place + u64::from(tenant);
        let (asks, buys) = (turn.is_multiple_of(2), turn.is_multiple_of(4));
        let rules = self.gateway.settings.deadlines;
        Ok(MadeUpPerson {
            subject: values,
            registered_at,
            consents: if asks { life.consents() } else { Vec::new() },
            records: if buys { life.records()? } else { Vec::new() },
            requests: if asks { vec![life.request(rules, self.plan.now())] } else { Vec::new() },
        })
    }

    /// Gives the entries their places in the tenants' logs, as a worker would, so that the logs can be verified at once.
    async fn sign_logs(&self, progress: &(dyn Fn(Progress) + Sync)) -> anyhow::Result<()> {
        for number in 0..self.plan.tenants {
            while self.gateway.store.sequence(self.plan.tenant(number)).await? > 0 {}
            progress(Progress::Logs(number + 1));
        }
        Ok(())
    }
}

fn explained(error: StoreError) -> anyhow::Error {
    match error {
        StoreError::Taken(_) => anyhow::Error::new(error).context(
            "something that is to be made up is there already: another run is at it, or callers have added to these \
             tenants; wait for the one, and give an empty database after the other",
        ),
        error => error.into(),
    }
}
