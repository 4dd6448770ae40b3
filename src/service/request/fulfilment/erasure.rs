//! Carrying an erasure out, in steps that each can be done again: data, keys, storage, answer. And later, without being
//! asked again, what had to be kept.

use domain::actor::ActorId;
use domain::calendar::next_upkeep;
use domain::category::Categories;
use domain::disclosure::Processing;
use domain::id::{RequestId, SubjectId};
use domain::outcome::{Outcome, OutcomeAction};
use domain::request::kind::RequestKind;
use domain::request::refusal::RefusalGround;
use domain::request::state::{Conflict, Extent, Refusal as Refused, State};
use domain::request::status::RequestStatus;
use domain::subject::SubjectStatus;
use jiff::Timestamp;
use store::{
    CarriesOutRights, Destroyed, JobKind, Lease, StoreError, StoredRequest, StoredSubject, TenantTx, When,
    failpoint,
};

use super::{by_gateway, leased_request};
use crate::service::refusal::Refusal;
use crate::service::request::{Handling, linked};
use crate::service::{Gateway, erasure};

/// How long the end of an erasure may take after its storage was compacted.
const LAST_STEP: std::time::Duration = std::time::Duration::from_mins(1);

impl Gateway {
    /// Removes the data of an approved erasure. The facts are read again: what the law or a hold demands at this moment
    /// is what is done, and a hold that comes later finds nothing to hold.
    pub(super) async fn erase_in<S: CarriesOutRights>(
        &self,
        tx: TenantTx<S>,
        lease: &Lease,
        (person, request): (&StoredSubject, &StoredRequest),
    ) -> Result<(), Refusal> {
        if request.carried_out_at.is_some() {
            // Done before; the end of it is other work.
            tx.finish(lease).await?;
            let event = by_gateway(lease, "rightsRequest.fulfil", person.id, Categories::new());
            return Ok(tx.commit(event).await?);
        }
        let planned = erasure::plan(&tx, person, &request.scope()).await?;
        let plan = &planned.plan;
        let status = erasure::carry_out(&tx, person, (plan, plan.leaves())).await?;
        let mut becomes = request.clone();
        becomes.outcomes = plan.outcomes().to_vec();
        becomes.carried_out_at = Some(tx.now());
        becomes.plan_sha256 = Some(planned.sha256);
        self.amend_erased(&tx, person, (request, &mut becomes)).await?;
        tx.put_step(request.id, becomes.state.status(), &ActorId::gateway(), "ERASED").await?;
        if matches!(status, SubjectStatus::Erased | SubjectStatus::PartiallyErased) {
            self.close_others(&tx, person, request).await?;
        }
        tx.start_tasks(request.id).await?;
        // Also where nothing went: the answer is given there.
        tx.enqueue(JobKind::SettleErasure, person.id.uuid(), tx.now()).await?;
        tx.finish(lease).await?;
        failpoint::reach("erasure.before_commit").await;
        let event = by_gateway(lease, "rightsRequest.fulfil", person.id, erasure::touched(plan));
        tx.commit(event).await?;
        failpoint::reach("erasure.committed").await;
        Ok(())
    }

    /// A row whose words are gone is written without them.
    async fn amend_erased<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        person: &StoredSubject,
        (was, becomes): (&StoredRequest, &mut StoredRequest),
    ) -> Result<(), StoreError> {
        // The transaction has moved what stays to other keys: read both as they are now.
        let person = tx.lock_subject(person.id).await?.ok_or(StoreError::KeyGone)?;
        let now = tx.find_request(was.id).await?.ok_or(StoreError::LeaseLost)?;
        becomes.state = without_words(becomes.state.clone(), &now);
        becomes.identity_reason = now.identity_reason;
        becomes.extension = now.extension;
        self.amend(tx, &person, (was, becomes)).await
    }

    /// The person's other open requests cannot be carried out any more. They end with the decision that ended the data.
    async fn close_others<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        person: &StoredSubject,
        by: &StoredRequest,
    ) -> Result<(), Refusal> {
        let decided_by = by.state.decision().map_or_else(ActorId::gateway, |decision| decision.by);
        self.close_open(tx, person, (Some(by.id), decided_by)).await
    }

    /// Closes the open requests of a person whose data was erased, but for the one that erased it.
    pub(in crate::service) async fn close_open<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        person: &StoredSubject,
        (but, decided_by): (Option<RequestId>, ActorId),
    ) -> Result<(), Refusal> {
        for request in tx.list_unfinished_requests_of(person.id).await? {
            let is_open = request.state.status().is_open();
            if Some(request.id) == but || !is_open || request.carried_out_at.is_some() {
                continue;
            }
            let refusal = Refused {
                at: tx.now(),
                by: decided_by.clone(),
                ground: RefusalGround::ConditionsNotMet,
                reasons: None,
            };
            linked::lift(tx, &request).await?;
            let mut becomes = request.clone();
            becomes.state = request.state.clone().supersede(refusal)?;
            self.amend_erased(tx, person, (&request, &mut becomes)).await?;
            let status = becomes.state.status();
            tx.put_step(request.id, status, &ActorId::gateway(), "CLOSED_BY_ERASURE").await?;
            tx.unschedule(JobKind::FulfilRequest, request.id.uuid()).await?;
        }
        Ok(())
    }

    /// Destroys the keys of what was erased about the leased person; and when that is done, compacts the storage and
    /// answers the requests that waited for it. Where there is storage to compact the work goes to the end of the queue in
    /// between, so that one compaction serves all whose keys went before it.
    ///
    /// # Errors
    /// [`Refusal`] says why not; the work is then given back and goes on where it stopped.
    pub async fn settle_erasure(&self, lease: &Lease) -> Result<(), Refusal> {
        failpoint::reach("settle.begun").await;
        let then = if self.store.is_embedded() { Then::ComesAgain } else { Then::GoesOn };
        let destroyed = match self.leased(lease).await? {
            Handling::Processing(tx) => destroy_in(tx, lease, then).await?,
            Handling::WindingDown(tx) => destroy_in(tx, lease, then).await?,
        };
        failpoint::reach("settle.keys_destroyed").await;
        if destroyed == Some(When::Now) && then == Then::ComesAgain {
            return Ok(());
        }
        let compacted_at = self.store.compact().await?;
        failpoint::reach("settle.compacted").await;
        self.store.renew_lease(lease, LAST_STEP).await?;
        match self.leased(lease).await? {
            Handling::Processing(tx) => self.answer_in(tx, lease, compacted_at).await,
            Handling::WindingDown(tx) => self.answer_in(tx, lease, compacted_at).await,
        }
    }

    /// Answers the person's erasures whose data and keys are gone, and certifies them.
    async fn answer_in<S: CarriesOutRights>(
        &self,
        tx: TenantTx<S>,
        lease: &Lease,
        compacted_at: Option<Timestamp>,
    ) -> Result<(), Refusal> {
        let subject = SubjectId::from_uuid(lease.object);
        let person = tx.lock_subject(subject).await?.ok_or(StoreError::LeaseLost)?;
        let tasks = tx.lock_tasks_of(subject).await?;
        if tx.destroy_task_keys(&tasks).await? > 0 {
            return come_again(tx, lease, subject).await;
        }
        if let Some(Destroyed { number, when: When::Now }) = tx.destroy_keys(&person).await? {
            // More was erased while the storage was compacted: that has to be compacted too before it is answered.
            return note_destruction(tx, (lease, Then::ComesAgain), (subject, number)).await;
        }
        for request in tx.list_unfinished_requests_of(subject).await? {
            if let Some(state) = answered(&request, tx.now())?
                && !tasks.iter().any(|task| task.delays(request.id))
            {
                let mut becomes = StoredRequest { state, ..request.clone() };
                self.amend(&tx, &person, (&request, &mut becomes)).await?;
                let in_part = becomes.state.status() == RequestStatus::PartiallyCompleted;
                let step = if in_part { "PARTLY_COMPLETED" } else { "COMPLETED" };
                tx.put_step(request.id, becomes.state.status(), &ActorId::gateway(), step).await?;
                let was = request.state.status();
                self.certify(&tx, lease, (was, &becomes), (compacted_at, &tasks)).await?;
                if in_part {
                    watch_remainder(&tx, &person, &becomes).await?;
                }
            }
        }
        tx.finish(lease).await?;
        failpoint::reach("settle.before_commit").await;
        let event = by_gateway(lease, "erasure.complete", subject, Categories::new());
        Ok(tx.commit(event).await?)
    }

    /// Erases what the leased request had to keep and need not any longer.
    ///
    /// # Errors
    /// [`Refusal`] says why not; the work is then given back and tried again.
    pub async fn erase_remainder(&self, lease: &Lease) -> Result<(), Refusal> {
        match self.leased(lease).await? {
            Handling::Processing(tx) => self.remainder_in(tx, lease).await,
            Handling::WindingDown(tx) => self.remainder_in(tx, lease).await,
        }
    }

    async fn remainder_in<S: CarriesOutRights>(&self, tx: TenantTx<S>, lease: &Lease) -> Result<(), Refusal> {
        let (person, request) = leased_request(&tx, lease).await?;
        let event = |categories| by_gateway(lease, "rightsRequest.completeRemainder", person.id, categories);
        if request.state.status() != RequestStatus::PartiallyCompleted {
            tx.finish(lease).await?;
            return Ok(tx.commit(event(Categories::new())).await?);
        }
        if person.processing == Processing::Restricted {
            // Stored only, which is not erased either (Art. 18(2)), until the restriction is lifted.
            tx.put_off(lease, next_upkeep(tx.now())).await?;
            return Ok(tx.commit(event(Categories::new())).await?);
        }
        let planned = erasure::plan(&tx, &person, &request.scope()).await?;
        let plan = &planned.plan;
        erasure::carry_out(&tx, &person, (plan, plan.leaves())).await?;
        let gone = no_longer_kept(&request.outcomes, plan.outcomes());
        let mut becomes = request.clone();
        becomes.outcomes.extend(gone.iter().copied());
        if !gone.is_empty() {
            self.amend_erased(&tx, &person, (&request, &mut becomes)).await?;
            let status = becomes.state.status();
            tx.put_step(request.id, status, &ActorId::gateway(), "REMAINDER_ERASED").await?;
        }
        if kept(&becomes.outcomes).is_empty() {
            // It is answered once the keys are gone.
            tx.enqueue(JobKind::SettleErasure, person.id.uuid(), tx.now()).await?;
            tx.finish(lease).await?;
        } else {
            match erasure::next_look(plan) {
                Some(at) => tx.put_off(lease, at).await?,
                None => tx.finish(lease).await?,
            }
        }
        failpoint::reach("erasure.before_commit").await;
        tx.commit(event(erasure::touched(plan))).await?;
        failpoint::reach("erasure.committed").await;
        Ok(())
    }
}

/// Destroys the keys and notes it in the data database; says when that was, `None` where there was nothing to destroy.
async fn destroy_in<S: CarriesOutRights>(
    tx: TenantTx<S>,
    lease: &Lease,
    then: Then,
) -> Result<Option<When>, Refusal> {
    let subject = SubjectId::from_uuid(lease.object);
    let person = tx.lock_subject(subject).await?.ok_or(StoreError::LeaseLost)?;
    let Some(Destroyed { number, when }) = tx.destroy_keys(&person).await? else {
        return Ok(None);
    };
    if when == When::Now || !tx.is_marked(number).await? {
        // Where the process ended between the two databases the note is made up for.
        note_destruction(tx, (lease, then), (subject, number)).await?;
        return Ok(Some(When::Now));
    }
    Ok(Some(when))
}

/// What becomes of the work once keys are gone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// It goes on at once.
    GoesOn,
    /// It goes on when its turn comes again.
    ComesAgain,
}

/// Notes that keys are gone.
async fn note_destruction<S: CarriesOutRights>(
    tx: TenantTx<S>,
    (lease, then): (&Lease, Then),
    (subject, number): (SubjectId, i64),
) -> Result<(), Refusal> {
    tx.put_mark(number).await?;
    if then == Then::ComesAgain {
        tx.put_off(lease, tx.now()).await?;
    }
    let event = by_gateway(lease, "erasure.destroyKeys", subject, Categories::new());
    Ok(tx.commit(event).await?)
}

/// A task's key went: what the task said of the person has to be compacted away before anything is answered.
async fn come_again<S: CarriesOutRights>(
    tx: TenantTx<S>,
    lease: &Lease,
    subject: SubjectId,
) -> Result<(), Refusal> {
    tx.put_off(lease, tx.now()).await?;
    let event = by_gateway(lease, "erasure.destroyKeys", subject, Categories::new());
    Ok(tx.commit(event).await?)
}

/// Lets the rest of an erasure be looked at on the day after the earliest ground ends.
pub(in crate::service) async fn watch_remainder<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    person: &StoredSubject,
    request: &StoredRequest,
) -> Result<(), StoreError> {
    let planned = erasure::plan(tx, person, &request.scope()).await?;
    match erasure::next_look(&planned.plan) {
        Some(at) => tx.enqueue(JobKind::EraseRemainder, request.id.uuid(), at).await,
        None => Ok(()),
    }
}

/// Lets every erasure that had to keep something of a person be looked at now, since a ground may have ended.
pub(in crate::service) async fn wake_remainders<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    subject: SubjectId,
) -> Result<(), StoreError> {
    for request in tx.list_unfinished_requests_of(subject).await? {
        if request.state.status() == RequestStatus::PartiallyCompleted {
            tx.enqueue(JobKind::EraseRemainder, request.id.uuid(), tx.now()).await?;
        }
    }
    Ok(())
}

/// The state of an erasure whose data and keys are gone; `None` where it waits for something else.
fn answered(request: &StoredRequest, now: Timestamp) -> Result<Option<State>, Conflict> {
    let state = request.state.clone();
    let all_is_gone = kept(&request.outcomes).is_empty();
    match state {
        _ if request.kind != RequestKind::Erasure || request.carried_out_at.is_none() => Ok(None),
        State::InProgress(..) if all_is_gone => state.complete(Extent::InFull, now).map(Some),
        State::InProgress(..) => state.complete(Extent::InPart, now).map(Some),
        State::PartiallyCompleted { .. } if all_is_gone => state.complete_remainder().map(Some),
        _ => Ok(None),
    }
}

/// What an erasure had to keep and has not erased since.
fn kept(outcomes: &[Outcome]) -> Vec<Outcome> {
    let erased_since = |kept: &Outcome| {
        outcomes
            .iter()
            .any(|outcome| outcome.action == OutcomeAction::Erased && is_about_the_same(outcome, kept))
    };
    let retained = outcomes.iter().filter(|outcome| outcome.action == OutcomeAction::Retained);
    retained.filter(|outcome| !erased_since(outcome)).copied().collect()
}

pub(super) fn is_about_the_same(one: &Outcome, other: &Outcome) -> bool {
    one.category == other.category && one.record == other.record
}

/// What was kept and is kept no longer, as outcomes of its erasure.
fn no_longer_kept(before: &[Outcome], now: &[Outcome]) -> Vec<Outcome> {
    let kept_now = |kept: &Outcome| {
        now.iter()
            .any(|outcome| outcome.action == OutcomeAction::Retained && is_about_the_same(outcome, kept))
    };
    let erased = |outcome: Outcome| Outcome {
        action: OutcomeAction::Erased,
        retention_ground: None,
        retained_through: None,
        ..outcome
    };
    kept(before).into_iter().filter(|outcome| !kept_now(outcome)).map(erased).collect()
}

/// The state with the words that are still there.
fn without_words(state: State, now: &StoredRequest) -> State {
    match (state, &now.state) {
        (State::Refused { asked_at, identification, refusal }, State::Refused { refusal: kept, .. }) => {
            let reasons = kept.reasons.clone();
            State::Refused { asked_at, identification, refusal: Refused { reasons, ..refusal } }
        }
        (state, _) => state,
    }
}
