//! How much one actor and one tenant may ask for, in requests, in cost units and in persons, in this process. Each limit is
//! enforced or only measured ([`Mode`]); the limits that protect the process itself are not here and always hold.

mod asker;
mod bucket;
mod budget;
mod subjects;
mod ticks;

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use domain::clock::Clock;
use domain::id::{SubjectId, TenantId};

pub use asker::Asker;
pub use budget::{Budget, Exhausted, Limit, Mode};

use crate::metrics::Metrics;
use bucket::Buckets;
use subjects::Subjects;
use ticks::Ticks;

/// The limit of one operation's cost, in the log and in metrics.
const COST_PER_OPERATION: &str = "costPerOperation";

/// The limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemandTerms {
    /// Cost units of one operation.
    pub cost_per_operation: Limit<u64>,
    /// Requests of one actor.
    pub requests_per_minute: Limit<NonZeroU32>,
    /// Cost units of one actor.
    pub cost_per_minute_of_token: Limit<NonZeroU32>,
    /// Cost units of all actors of a tenant.
    pub cost_per_minute_of_tenant: Limit<NonZeroU32>,
    /// Distinct persons that are disclosed to one actor.
    pub subjects_per_hour: Limit<usize>,
}

/// What is left of the budgets in cost units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remaining {
    /// Of the actor's.
    pub token: u32,
    /// Of the tenant's; `None` for the platform's own staff and machines, who have no tenant.
    pub tenant: Option<u32>,
}

/// Counts what is asked for.
pub struct Demand {
    terms: DemandTerms,
    requests: Buckets<Asker>,
    cost_of_token: Buckets<Asker>,
    cost_of_tenant: Buckets<TenantId>,
    subjects: Subjects,
    metrics: Arc<Metrics>,
}

impl Demand {
    /// Full budgets, which fill up by this clock.
    #[must_use]
    pub fn new(terms: DemandTerms, clock: Arc<dyn Clock>, metrics: Arc<Metrics>) -> Self {
        let ticks = Ticks::new(clock);
        Self {
            requests: Buckets::new(terms.requests_per_minute.most, ticks.clone()),
            cost_of_token: Buckets::new(terms.cost_per_minute_of_token.most, ticks.clone()),
            cost_of_tenant: Buckets::new(terms.cost_per_minute_of_tenant.most, ticks.clone()),
            subjects: Subjects::new(terms.subjects_per_hour.most, ticks),
            terms,
            metrics,
        }
    }

    /// Where all this is measured.
    #[must_use]
    pub const fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// Counts a request.
    ///
    /// # Errors
    /// [`Exhausted`] for whoever has asked too often.
    pub fn count_request(&self, asker: &Asker) -> Result<(), Exhausted> {
        self.count_requests(asker, 1)
    }

    /// Counts several requests at once: all of them or none.
    ///
    /// # Errors
    /// [`Exhausted`] for whoever may not send as many now.
    pub fn count_requests(&self, asker: &Asker, requests: usize) -> Result<(), Exhausted> {
        if requests == 0 {
            return Ok(());
        }
        let taken = self.requests.take(asker, u64::try_from(requests).unwrap_or(u64::MAX));
        let (budget, mode) = (Budget::RequestsPerMinute, self.terms.requests_per_minute.mode);
        taken.map(drop).or_else(|wait| self.beyond(asker, (budget, mode), wait))
    }

    /// Whether one operation may cost so much; the limit where it may not.
    ///
    /// # Errors
    /// The most that one may cost.
    pub fn affords(&self, asker: &Asker, cost: u64) -> Result<(), u64> {
        let Limit { most, mode } = self.terms.cost_per_operation;
        if cost <= most {
            return Ok(());
        }
        self.count(asker, (COST_PER_OPERATION, mode));
        match mode {
            Mode::Enforce => Err(most),
            Mode::Measure => Ok(()),
        }
    }

    /// The most that one operation may cost.
    #[must_use]
    pub const fn cost_per_operation(&self) -> u64 {
        self.terms.cost_per_operation.most
    }

    /// Charges an operation before it is begun: the actor's budget first, so that an actor beyond its own takes nothing from
    /// the others of its tenant.
    ///
    /// # Errors
    /// [`Exhausted`] when a budget does not hold the cost.
    pub fn charge(&self, asker: &Asker, cost: u64) -> Result<Remaining, Exhausted> {
        let (budget, mode) = (Budget::CostPerMinuteOfToken, self.terms.cost_per_minute_of_token.mode);
        let token = self.cost_of_token.take(asker, cost);
        let token = token.or_else(|wait| self.beyond(asker, (budget, mode), wait).map(|()| 0))?;
        let Some(id) = asker.tenant() else { return Ok(Remaining { token, tenant: None }) };
        let (budget, mode) = (Budget::CostPerMinuteOfTenant, self.terms.cost_per_minute_of_tenant.mode);
        let tenant = self.cost_of_tenant.take(&id, cost);
        let tenant = tenant.or_else(|wait| self.beyond(asker, (budget, mode), wait).map(|()| 0))?;
        Ok(Remaining { token, tenant: Some(tenant) })
    }

    /// Counts the persons whom an answer would disclose, before it leaves.
    ///
    /// # Errors
    /// [`Exhausted`] when they are too many: the answer may not leave.
    pub fn disclose(&self, asker: &Asker, persons: &BTreeSet<SubjectId>) -> Result<(), Exhausted> {
        if persons.is_empty() {
            return Ok(());
        }
        let told = self.subjects.tell(asker, persons);
        told.or_else(|wait| self.beyond(asker, self.subjects_per_hour(), wait))
    }

    /// Whether anybody more may be disclosed to the actor; asked before a mutation, whose answer cannot be kept back.
    ///
    /// # Errors
    /// [`Exhausted`] when not.
    pub fn may_disclose(&self, asker: &Asker) -> Result<(), Exhausted> {
        let room = self.subjects.has_room(asker);
        room.or_else(|wait| self.beyond(asker, self.subjects_per_hour(), wait))
    }

    /// Counts the persons of whom the answer of a mutation shows something.
    pub fn disclosed_by_change(&self, asker: &Asker, persons: &BTreeSet<SubjectId>) {
        if !persons.is_empty() {
            self.subjects.tell_of_changed(asker, persons);
        }
    }

    const fn subjects_per_hour(&self) -> (Budget, Mode) {
        (Budget::SubjectsPerHour, self.terms.subjects_per_hour.mode)
    }

    fn beyond(&self, asker: &Asker, (budget, mode): (Budget, Mode), wait: Duration) -> Result<(), Exhausted> {
        self.count(asker, (budget.name(), mode));
        match mode {
            Mode::Enforce => Err(Exhausted { budget, wait }),
            Mode::Measure => Ok(()),
        }
    }

    fn count(&self, asker: &Asker, (limit, mode): (&'static str, Mode)) {
        self.metrics.limit_exceeded(limit, mode.name());
        // What is refused stands in the log as a request with its status.
        if mode == Mode::Measure {
            let tenant = asker.tenant().map(|tenant| tenant.to_string());
            tracing::info!(limit, tenant, "a limit that only measures was exceeded");
        }
    }
}
