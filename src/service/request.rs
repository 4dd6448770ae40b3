//! Rights requests: from receipt to the controller's decision. What an approval leads to is the worker's.

pub mod access;
pub mod fulfilment;
mod reading;

use domain::actor::ActorId;
use domain::category::Categories;
use domain::deadline::{Deadline, DeadlineFacts, Term};
use domain::id::RequestId;
use domain::invalid::Invalid;
use domain::language::Language;
use domain::request::identity::{Identification, IdentityVerificationMethod};
use domain::request::refusal::RefusalGround;
use domain::request::state::{Approval, Conflict, Refusal as Refused, State};
use domain::request::stored::{Decision, Verdict};
use domain::text::Description;
use jiff::Timestamp;
use store::{
    CarriesOutRights, JobKind, Processing, StoreError, StoredRequest, TenantTx, Unserved, WindingDown,
    WritingDoor,
};

use super::Gateway;
use super::caller::Caller;
use super::input::identifier;
use super::refusal::{Refusal, UserError, UserErrorCode};

/// A step that a caller takes with a request.
#[derive(Debug, Clone)]
pub enum Step {
    /// Confirms who is asking.
    VerifyIdentity(IdentityVerificationMethod),
    /// Approves.
    Approve,
    /// Refuses, with the reasons as the person is told them.
    Refuse {
        /// Why.
        ground: RefusalGround,
        /// The reasons.
        reasons: String,
    },
    /// Takes the request back.
    Withdraw,
}

impl Step {
    /// The action in the audit log.
    #[must_use]
    pub const fn action(&self) -> &'static str {
        match self {
            Self::VerifyIdentity(_) => "rightsRequest.verifyIdentity",
            Self::Approve => "rightsRequest.approve",
            Self::Refuse { .. } => "rightsRequest.refuse",
            Self::Withdraw => "rightsRequest.withdraw",
        }
    }

    /// The code in the request's timeline.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::VerifyIdentity(_) => "IDENTITY_VERIFIED",
            Self::Approve => "APPROVED",
            Self::Refuse { .. } => "REFUSED",
            Self::Withdraw => "WITHDRAWN",
        }
    }
}

/// A step of a request's timeline, told in a language.
#[must_use]
pub fn describe_step(code: &str, language: Language) -> &'static str {
    let (swedish, english) = match code {
        "SUBMITTED" => ("Begäran kom in.", "The request came in."),
        "IDENTITY_VERIFIED" => ("Den som begär detta har identifierats.", "The requester was identified."),
        "APPROVED" => ("Den personuppgiftsansvarige biföll begäran.", "The controller approved the request."),
        "REFUSED" => ("Den personuppgiftsansvarige avslog begäran.", "The controller refused the request."),
        "WITHDRAWN" => ("Begäran togs tillbaka.", "The request was withdrawn."),
        "COMPLETED" => ("Begäran är verkställd.", "The request was carried out."),
        _ => ("Begäran ändrades.", "The request was changed."),
    };
    language.choose(swedish, english)
}

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

    /// The deadline of a request, from what is known of it now.
    #[must_use]
    pub fn deadline(&self, request: &StoredRequest, now: Timestamp) -> Deadline {
        self.settings.deadlines.deadline(&facts(request.received_at, &request.state), now)
    }

    /// Whether a refusal came after the first month, which Art. 12(4) does not foresee.
    #[must_use]
    pub fn is_late_refusal(&self, request: &StoredRequest, decision: &Decision) -> bool {
        decision.verdict == Verdict::Refused
            && self.settings.deadlines.late_refusal(&facts(request.received_at, &request.state), decision.at)
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
        let reasons = read_reasons(step)?;
        let id = identifier("requestId", RequestId::parse(request))?;
        let found = tx.find_request(id).await?.filter(|found| caller.reaches(found.subject));
        let was = found.ok_or_else(missing)?;
        let next = next_state(was.state.clone(), step, reasons, (&actor, tx.now()))?;
        let mut becomes = StoredRequest { state: next, ..was.clone() };
        let deadline = self.deadline(&becomes, tx.now());
        becomes.due_at = deadline.due_at;
        becomes.unpaused_due_at = deadline.unpaused_due_at;
        match tx.amend_request(&was, &becomes).await {
            Err(StoreError::LeaseLost) => {
                return Err(UserError::at(UserErrorCode::Conflict, "requestId").into());
            }
            done => done?,
        }
        tx.put_step(id, becomes.state.status(), &actor, step.code()).await?;
        if matches!(step, Step::Approve) {
            tx.enqueue(JobKind::FulfilRequest, id.uuid(), tx.now()).await?;
        }
        let event = caller.rights_event(step.action(), was.subject, shown.clone());
        tx.commit(event).await?;
        Ok(id)
    }
}

fn facts(received_at: Timestamp, state: &State) -> DeadlineFacts {
    DeadlineFacts {
        received_at,
        term: Term::OneMonth,
        identity_asked_at: state.identity_asked_at(),
        identity_confirmed_at: state.identification().map(|identification| identification.at),
        closed_at: state.finished_at(),
    }
}

fn read_reasons(step: &Step) -> Result<Option<Description>, UserError> {
    let Step::Refuse { reasons, .. } = step else {
        return Ok(None);
    };
    Description::parse(reasons).map(Some).map_err(|reason: Invalid| UserError::invalid("reasons", reason))
}

fn next_state(
    state: State,
    step: &Step,
    reasons: Option<Description>,
    (actor, now): (&ActorId, Timestamp),
) -> Result<State, Conflict> {
    match step {
        Step::VerifyIdentity(method) => {
            state.verify_identity(Identification { method: *method, at: now, by: actor.clone() })
        }
        Step::Approve => state.approve(Approval { at: now, by: actor.clone() }),
        Step::Refuse { ground, .. } => {
            state.refuse(Refused { at: now, by: actor.clone(), ground: *ground, reasons })
        }
        Step::Withdraw => state.withdraw(now),
    }
}
