//! Rights requests: from receipt to the controller's decision. What an approval leads to is the worker's.

mod at_once;
pub mod fulfilment;
pub mod letter;
mod linked;
mod reading;
pub mod rectification;
mod reminder;
mod step;
pub mod submission;

use domain::actor::ActorId;
use domain::category::Categories;
use domain::deadline::{Deadline, DeadlineFacts, Term};
use domain::id::RequestId;
use domain::invalid::Invalid;
use domain::request::extension::{self, Extension, ExtensionFacts, ExtensionGround, ExtensionRefused};
use domain::request::identity::Identification;
use domain::request::kind::RequestKind;
use domain::request::objection;
use domain::request::state::{Approval, Refusal as Refused, State};
use domain::request::stored::{Decision, Verdict};
use domain::text::Description;
use jiff::Timestamp;
use store::{
    CarriesOutRights, JobKind, Lease, Processing, StoreError, StoredRequest, StoredSubject, TenantTx,
    Unserved, WindingDown, WritingDoor,
};

use super::caller::Caller;
use super::input::identifier;
use super::refusal::{Refusal, UserError, UserErrorCode};
use super::system::task::put_tasks;
use super::{Gateway, erasure};

pub use step::{Step, describe_step};

/// A tenant opened for handling requests, whichever of the two states it is in.
pub(super) enum Handling {
    Processing(TenantTx<Processing>),
    WindingDown(TenantTx<WindingDown>),
}

impl Gateway {
    /// Opens the caller's tenant for handling requests, which goes on while it is winding down.
    pub(super) async fn handling(&self, caller: &Caller) -> Result<Handling, Refusal> {
        match self.store.open_writing(&caller.authority).await? {
            WritingDoor::Processing(tx) => Ok(Handling::Processing(tx)),
            WritingDoor::WindingDown(tx) => Ok(Handling::WindingDown(tx)),
            WritingDoor::Signing(tx) => Err(tx.unserved().unwrap_or(Unserved::AgreementRequired).into()),
        }
    }

    /// Opens the tenant that enqueued leased work, for handling requests.
    pub(super) async fn leased(&self, lease: &Lease) -> Result<Handling, Refusal> {
        match self.store.open_leased(lease).await? {
            WritingDoor::Processing(tx) => Ok(Handling::Processing(tx)),
            WritingDoor::WindingDown(tx) => Ok(Handling::WindingDown(tx)),
            WritingDoor::Signing(tx) => Err(tx.unserved().unwrap_or(Unserved::AgreementRequired).into()),
        }
    }

    /// The deadline of a request, from what is known of it now.
    #[must_use]
    pub fn deadline(&self, request: &StoredRequest, now: Timestamp) -> Deadline {
        let extension = request.extension.as_ref();
        self.settings.deadlines.deadline(&facts(request.received_at, &request.state, extension), now)
    }

    /// Whether a refusal came after the first month, which Art. 12(4) does not foresee.
    #[must_use]
    pub fn is_late_refusal(&self, request: &StoredRequest, decision: &Decision) -> bool {
        let facts = facts(request.received_at, &request.state, None);
        decision.verdict == Verdict::Refused && self.settings.deadlines.late_refusal(&facts, decision.at)
    }

    /// Takes a step with a request.
    ///
    /// # Errors
    /// [`Refusal`] says why not; of two steps at once the second finds the state changed.
    pub async fn take_step(
        &self,
        caller: &Caller,
        request: &str,
        step: &Step,
        shown: &Categories,
    ) -> Result<RequestId, Refusal> {
        match self.handling(caller).await? {
            Handling::Processing(tx) => self.step_in(tx, caller, (request, step), shown).await,
            Handling::WindingDown(tx) => self.step_in(tx, caller, (request, step), shown).await,
        }
    }

    async fn step_in<S: CarriesOutRights>(
        &self,
        tx: TenantTx<S>,
        caller: &Caller,
        (request, step): (&str, &Step),
        shown: &Categories,
    ) -> Result<RequestId, Refusal> {
        let actor = caller.actor();
        let missing = || UserError::at(UserErrorCode::NotFound, "requestId");
        let words = read_words(step)?;
        let id = identifier("requestId", RequestId::parse(request))?;
        let found = locked_request(&tx, id).await?.filter(|(_, found)| caller.reaches(found.subject));
        let (person, was) = found.ok_or_else(missing)?;
        let extends = matches!(step, Step::Extend { .. }) && was.kind != RequestKind::Erasure;
        if was.carried_out_at.is_some() && !extends {
            // The gateway's own part is done, and of an erasure the data gone: only the answer is still to come.
            return Err(UserError::at(UserErrorCode::Conflict, "requestId").into());
        }
        let mut becomes = self.next(&was, (step, words), (&actor, tx.now()))?;
        match step {
            Step::Approve { plan } => {
                becomes.plan_sha256 = self.approve(&tx, (&person, &was), plan.as_deref()).await?;
                tx.enqueue(JobKind::FulfilRequest, id.uuid(), tx.now()).await?;
            }
            Step::Withdraw => {
                linked::lift(&tx, &was).await?;
                tx.withdraw_tasks(id).await?;
            }
            Step::Refuse { .. } => linked::lift(&tx, &was).await?,
            Step::AskIdentity { .. } | Step::VerifyIdentity(_) | Step::Extend { .. } => {}
        }
        self.amend(&tx, &person, (&was, &mut becomes)).await.map_err(at_once_changed)?;
        tx.put_step(id, becomes.state.status(), &actor, step.code()).await?;
        let event = caller.rights_event(step.action(), was.subject, shown.clone());
        tx.commit(event).await?;
        Ok(id)
    }

    /// Writes a request's next state, with the deadline that follows from it, and watches that deadline.
    async fn amend<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        person: &StoredSubject,
        (was, becomes): (&StoredRequest, &mut StoredRequest),
    ) -> Result<(), StoreError> {
        let deadline = self.deadline(becomes, tx.now());
        (becomes.due_at, becomes.unpaused_due_at) = (deadline.due_at, deadline.unpaused_due_at);
        tx.amend_request(person, was, becomes).await?;
        self.watch_deadline(tx, becomes).await
    }

    /// The request as the step leaves it.
    fn next(
        &self,
        was: &StoredRequest,
        (step, words): (&Step, Option<Description>),
        (actor, now): (&ActorId, Timestamp),
    ) -> Result<StoredRequest, Refusal> {
        let mut becomes = was.clone();
        let state = was.state.clone();
        match step {
            Step::AskIdentity { .. } => {
                becomes.state = state.ask_identity(now)?;
                becomes.identity_reason = words;
            }
            Step::VerifyIdentity(method) => {
                let identification = Identification { method: *method, at: now, by: actor.clone() };
                becomes.state = state.verify_identity(identification)?;
            }
            Step::Extend { grounds, .. } => {
                becomes.extension = Some(self.extend(was, grounds, (words, now))?);
            }
            Step::Approve { .. } => {
                becomes.state = state.approve(Approval { at: now, by: actor.clone() })?;
            }
            Step::Refuse { ground, .. } => {
                let (ground, by) = (*ground, actor.clone());
                becomes.state = state.refuse(Refused { at: now, by, ground, reasons: words })?;
            }
            Step::Withdraw => becomes.state = state.withdraw(now)?,
        }
        Ok(becomes)
    }

    fn extend(
        &self,
        request: &StoredRequest,
        grounds: &[ExtensionGround],
        (reason, now): (Option<Description>, Timestamp),
    ) -> Result<Extension, UserError> {
        let facts = ExtensionFacts {
            status: request.state.status(),
            earlier: request.extension.as_ref(),
            open_until: self.settings.deadlines.extension_open_until(request.received_at),
        };
        let grounds = extension::check(&facts, grounds, now).map_err(|refused| match refused {
            ExtensionRefused::NoGrounds => UserError::invalid("grounds", Invalid::Empty),
            ExtensionRefused::State => UserError::at(UserErrorCode::Conflict, "requestId"),
            ExtensionRefused::DeadlinePassed => UserError::at(UserErrorCode::DeadlinePassed, "requestId"),
        })?;
        Ok(Extension { at: now, grounds, reason, informed_at: now })
    }

    /// What an approval does besides letting the work begin; gives the digest of the plan that it pins.
    async fn approve<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        (person, request): (&StoredSubject, &StoredRequest),
        plan: Option<&str>,
    ) -> Result<Option<String>, Refusal> {
        let conflict = || UserError::at(UserErrorCode::Conflict, "requestId");
        let read = plan.map(read_digest).transpose()?;
        let told = (person, request);
        if read.is_some() && request.kind != RequestKind::Erasure {
            return Err(UserError::invalid("planSha256", Invalid::UnknownValue).into());
        }
        match request.kind {
            RequestKind::Erasure => {
                let planned = erasure::plan(tx, person, &request.scope()).await?;
                if read.is_some_and(|read| read != planned.sha256) {
                    return Err(UserError::at(UserErrorCode::Conflict, "planSha256").into());
                }
                put_tasks(tx, told, Some(&planned.plan)).await?;
                return Ok(Some(planned.sha256));
            }
            RequestKind::Rectification if rectification::is_taken(tx, person, request).await? => {
                return Err(UserError::at(UserErrorCode::AlreadyExists, "requestId").into());
            }
            RequestKind::Restriction => {
                let ground = request.restriction_ground.ok_or_else(conflict)?;
                linked::restrict(tx, request, ground).await?;
            }
            RequestKind::Objection if !request.purpose.is_some_and(objection::can_end) => {
                return Err(conflict().into());
            }
            _ => {}
        }
        put_tasks(tx, told, None).await?;
        Ok(None)
    }
}

/// A request and its person, whose row the transaction holds from now on.
async fn locked_request<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    id: RequestId,
) -> Result<Option<(StoredSubject, StoredRequest)>, StoreError> {
    let Some(found) = tx.find_request(id).await? else {
        return Ok(None);
    };
    let Some(person) = tx.lock_subject(found.subject).await? else {
        return Ok(None);
    };
    // Read again: until the row was held, another step could be taken.
    Ok(tx.find_request(id).await?.map(|request| (person, request)))
}

fn at_once_changed(error: StoreError) -> Refusal {
    match error {
        StoreError::LeaseLost => UserError::at(UserErrorCode::Conflict, "requestId").into(),
        error => error.into(),
    }
}

fn facts(received_at: Timestamp, state: &State, extension: Option<&Extension>) -> DeadlineFacts {
    DeadlineFacts {
        received_at,
        term: if extension.is_some() { Term::ThreeMonths } else { Term::OneMonth },
        identity_asked_at: state.identity_asked_at(),
        identity_confirmed_at: state.identification().map(|identification| identification.at),
        closed_at: state.finished_at(),
    }
}

/// The words that a step tells the person.
fn read_words(step: &Step) -> Result<Option<Description>, UserError> {
    let (member, words) = match step {
        Step::Refuse { reasons, .. } => ("reasons", reasons),
        Step::AskIdentity { reason } | Step::Extend { reason, .. } => ("reason", reason),
        Step::VerifyIdentity(_) | Step::Approve { .. } | Step::Withdraw => return Ok(None),
    };
    Description::parse(words).map(Some).map_err(|reason| UserError::invalid(member, reason))
}

fn read_digest(text: &str) -> Result<String, UserError> {
    let is_digest = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if is_digest { Ok(text.to_owned()) } else { Err(UserError::invalid("planSha256", Invalid::NotADigest)) }
}
