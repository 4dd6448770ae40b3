//! Erasing (Art. 17): the facts, the plan and its digest, and the one way in which a plan is carried out, whoever asked
//! for it: a request, the end of a retention period, or the end of a ground that had kept something.

use domain::calendar::{civil_date, first_moment};
use domain::category::{Categories, DataCategory};
use domain::erasure::{Facts, HoldFacts, Left, Plan, Scope, assess};
use domain::hold::Objection;
use domain::invalid::Invalid;
use domain::request::erasure;
use domain::subject::{self, Erasure, SubjectStatus};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{CarriesOutRights, ErasureOrder, JobKind, Sees, StoreError, StoredHold, StoredSubject, TenantTx};

use super::disclosure::Person;

/// A plan and the digest that stands for it.
pub struct Planned {
    /// The plan.
    pub plan: Plan,
    /// SHA-256 over its canonical text, in lower-case hexadecimal digits.
    pub sha256: String,
}

impl Planned {
    /// The plan for facts, on a day.
    #[must_use]
    pub fn of(facts: &Facts, scope: &Scope, on: Date) -> Self {
        let plan = assess(facts, scope, on);
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, plan.canonical().as_bytes());
        Self { plan, sha256: hex::encode(digest) }
    }
}

/// What stops an erasure, of the person's holds.
pub(super) fn hold_facts(hold: &StoredHold) -> Option<HoldFacts> {
    let facts = || HoldFacts {
        ground: hold.ground,
        categories: hold.categories.clone(),
        expires_on: hold.expires_on,
    };
    hold.released_at.is_none().then(facts)
}

/// Whether an objection of the person was upheld and stands.
pub(super) fn objection_of(person: &StoredSubject) -> Objection {
    if person.ended.is_empty() { Objection::None } else { Objection::Upheld }
}

/// The facts behind an erasure, as they are now.
pub(super) async fn facts<S: Sees>(tx: &TenantTx<S>, person: &StoredSubject) -> Result<Facts, StoreError> {
    let records = tx.list_record_facts(&[person.id]).await?;
    let holds = tx.list_holds(&[person.id]).await?;
    Ok(Facts {
        subject: person.id,
        held: person.held().collect(),
        records: records.into_iter().map(|(_, record)| record).collect(),
        holds: holds.iter().filter_map(hold_facts).collect(),
        objection: objection_of(person),
    })
}

/// The plan for a person, as the facts are now.
pub(super) async fn plan<S: Sees>(
    tx: &TenantTx<S>,
    person: &StoredSubject,
    scope: &Scope,
) -> Result<Planned, StoreError> {
    Ok(Planned::of(&facts(tx, person).await?, scope, civil_date(tx.now())))
}

impl Person {
    /// What an erasure of these categories, or of all, would do today. Changes nothing.
    ///
    /// # Errors
    /// [`Invalid::Empty`] for an empty list; the outer error when a database fails.
    pub async fn erasure_plan(
        &self,
        categories: Option<&[DataCategory]>,
    ) -> Result<Result<Planned, Invalid>, StoreError> {
        let scope = match erasure::scope(categories) {
            Ok(scope) => scope,
            Err(invalid) => return Ok(Err(invalid)),
        };
        plan(&self.view().reading().tx, self.stored(), &scope).await.map(Ok)
    }
}

/// Carries a plan out in the transaction that holds the person's row: data goes now, and keys as soon as this is
/// committed ([`JobKind::SettleErasure`]).
pub(super) async fn carry_out<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    person: &StoredSubject,
    (plan, left): (&Plan, Left),
) -> Result<SubjectStatus, StoreError> {
    let status = match left {
        Left::Nothing => subject::status(Erasure::Whole, person.processing),
        Left::RetainedOnly => subject::status(Erasure::Partial, person.processing),
        Left::OtherData => person.status,
    };
    let (categories, records) = (plan.erases(), plan.erases_records());
    let nothing_goes = categories.is_empty() && records.is_empty() && status == person.status;
    if !nothing_goes {
        tx.erase(person, &ErasureOrder { categories, records, status }).await?;
        tx.enqueue(JobKind::SettleErasure, person.id.uuid(), tx.now()).await?;
    }
    Ok(status)
}

/// The categories that a plan erases something of.
pub(super) fn touched(plan: &Plan) -> Categories {
    let mut categories = plan.erases();
    if !plan.erases_records().is_empty() {
        categories.insert(DataCategory::Accounting);
    }
    categories
}

/// When more of what a plan retains may go; `None` while all of it is open-ended.
pub(super) fn next_look(plan: &Plan) -> Option<Timestamp> {
    plan.next_due_on().map(first_moment)
}
