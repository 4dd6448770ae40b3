//! What was done, or would be done, to data.

use std::sync::Arc;

use async_graphql::{Object, Result, SimpleObject};
use domain::id::{AccountingRecordId, SubjectId};
use domain::outcome::Outcome;

use super::super::accounting::AccountingRecord;
use super::super::subject;
use super::Siblings;
use crate::graphql::operation::Entered;
use crate::graphql::scalars::{Date, Sha256};
use crate::graphql::vocabulary::{DataCategory, OutcomeAction, RetentionGround};
use crate::service::disclosure::Person;
use crate::service::erasure::Planned;

/// Whom an outcome is about.
#[derive(Clone)]
pub enum Whose {
    /// A person at hand, among others with whom the records are loaded.
    Person(Arc<Person>, Arc<subject::Siblings>),
    /// The person of a request, who is loaded when a record is asked for.
    Request(SubjectId, Entered, Arc<Siblings>),
}

impl Whose {
    /// A record of the person; `None` once it is erased.
    async fn record(&self, id: AccountingRecordId) -> Result<Option<AccountingRecord>> {
        let (person, family) = match self {
            Self::Person(person, family) => (Arc::clone(person), family),
            Self::Request(subject, entered, siblings) => {
                (siblings.person(*subject, entered).await?, &siblings.family)
            }
        };
        let records = family.records(person.view().reading()).await?;
        let found = records.get(&person.id()).into_iter().flatten().find(|record| record.id == id);
        Ok(found.map(|record| AccountingRecord::new(record.clone(), person)))
    }
}

/// What happened, or would happen, to the data of one category or record.
pub struct RecordOutcome {
    outcome: Outcome,
    whose: Whose,
}

impl RecordOutcome {
    /// Outcomes for one person.
    pub fn list(outcomes: &[Outcome], whose: &Whose) -> Vec<Self> {
        outcomes.iter().map(|outcome| Self { outcome: *outcome, whose: whose.clone() }).collect()
    }
}

/// What happened, or would happen, to the data of one category or record.
#[Object]
impl RecordOutcome {
    /// Which category.
    async fn category(&self) -> DataCategory {
        self.outcome.category.into()
    }

    /// Which accounting record, where it is about one.
    async fn accounting_record(&self) -> Option<Result<AccountingRecord>> {
        let id = AccountingRecordId::from_uuid(self.outcome.record?);
        self.whose.record(id).await.transpose()
    }

    /// What was done.
    async fn action(&self) -> OutcomeAction {
        self.outcome.action.into()
    }

    /// Why it was kept.
    async fn retention_ground(&self) -> Option<RetentionGround> {
        self.outcome.retention_ground.map(Into::into)
    }

    /// Until and including when it is kept, where known; it is erased the day after without being asked again.
    async fn retained_through(&self) -> Option<Date> {
        self.outcome.retained_through.map(Into::into)
    }
}

/// What an erasure would do, fixed by a digest, so that what is approved is what is carried out.
#[derive(SimpleObject)]
pub struct ErasurePlan {
    /// What would be done, category by category and record by record.
    outcomes: Vec<RecordOutcome>,
    /// Digest of the plan; it changes whenever a fact behind the plan changes.
    sha256: Sha256,
}

impl ErasurePlan {
    /// A plan for a person.
    pub fn new(planned: Planned, whose: &Whose) -> Self {
        Self { outcomes: RecordOutcome::list(planned.plan.outcomes(), whose), sha256: Sha256(planned.sha256) }
    }
}
