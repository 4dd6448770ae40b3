//! Asking for access (Art. 15).

use domain::deadline::DeadlineFacts;
use domain::disclosure::Reader;
use domain::id::{RequestId, SubjectId};
use domain::invalid::Invalid;
use domain::request::channel::RequestChannel;
use domain::request::identity::{Identification, IdentityVerificationMethod};
use domain::request::kind::RequestKind;
use domain::request::receipt::{Receipt, ReceiptClaim};
use domain::request::state::{State, Submission};
use domain::subject::SubjectStatus;
use store::{CarriesOutRights, NewRequest, StoreError, TenantTx, Unique};

use super::Handling;
use crate::service::Gateway;
use crate::service::caller::Caller;
use crate::service::input::{identifier, instant};
use crate::service::refusal::{Refusal, UserError, UserErrorCode};
use crate::service::subject::{Command, replay};

/// A request for access as a client sends it.
pub struct AccessInput {
    /// Whose data; left out by a self-service caller.
    pub subject_id: Option<String>,
    /// How it came in.
    pub channel: RequestChannel,
    /// When it came in; now where left out.
    pub received_at: Option<String>,
}

/// What came of a submission.
pub enum Submitted {
    /// The request is in.
    Accepted(RequestId),
    /// One of the kind is open for the person: this one.
    AlreadyOpen(RequestId),
}

impl Gateway {
    /// Submits a request for access.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn submit_access(
        &self,
        caller: &Caller,
        command: &Command<AccessInput>,
    ) -> Result<Submitted, Refusal> {
        match self.try_submit_access(caller, command).await {
            // Another submission was faster: read again what it made.
            Err(Refusal::Store(StoreError::Taken(Unique::OpenRequest | Unique::IdempotencyKey))) => {
                self.try_submit_access(caller, command).await
            }
            done => done,
        }
    }

    async fn try_submit_access(
        &self,
        caller: &Caller,
        command: &Command<AccessInput>,
    ) -> Result<Submitted, Refusal> {
        match self.handling(caller).await? {
            Handling::Processing(tx) => self.submit_in(tx, caller, command).await,
            Handling::WindingDown(tx) => self.submit_in(tx, caller, command).await,
        }
    }

    async fn submit_in<S: CarriesOutRights>(
        &self,
        tx: TenantTx<S>,
        caller: &Caller,
        command: &Command<AccessInput>,
    ) -> Result<Submitted, Refusal> {
        if let Some(done) = replay(&tx, command.idempotency.as_ref()).await? {
            return Ok(Submitted::Accepted(RequestId::from_uuid(done)));
        }
        let now = tx.now();
        let receipt = read_receipt(caller, &command.input, now)?;
        let subject = whose(caller, command.input.subject_id.as_deref())?;
        let missing = || UserError::at(UserErrorCode::NotFound, "subjectId");
        let person = tx.find_subject(subject).await?.ok_or_else(missing)?;
        if person.status == SubjectStatus::Erased {
            return Err(UserError::at(UserErrorCode::Erased, "subjectId").into());
        }
        if let Some(open) = tx.find_open_request(subject, RequestKind::Access).await? {
            return Ok(Submitted::AlreadyOpen(open.id));
        }
        let state = State::submitted(Submission {
            kind: RequestKind::Access,
            purpose: None,
            identification: session(caller, now),
            at: now,
        });
        let facts =
            DeadlineFacts { received_at: receipt.received_at, ..super::facts(receipt.received_at, &state) };
        let deadline = self.settings.deadlines.deadline(&facts, now);
        let id = RequestId::new(now, tx.entropy());
        let status = state.status();
        tx.put_request(NewRequest {
            id,
            reference: tx.next_reference().await?,
            subject,
            kind: RequestKind::Access,
            channel: receipt.channel,
            received_at: receipt.received_at,
            due_at: deadline.due_at,
            unpaused_due_at: deadline.unpaused_due_at,
            state,
        })
        .await?;
        tx.put_step(id, status, &caller.actor(), "SUBMITTED").await?;
        if let Some(key) = &command.idempotency {
            tx.remember(key, id.uuid()).await?;
        }
        let event = caller.rights_event("rightsRequest.submit", subject, command.shown.clone());
        tx.commit(event).await?;
        Ok(Submitted::Accepted(id))
    }
}

fn read_receipt(caller: &Caller, input: &AccessInput, now: jiff::Timestamp) -> Result<Receipt, Refusal> {
    let received_at = input.received_at.as_deref().map(instant).transpose();
    let received_at = received_at.map_err(|reason| UserError::invalid("receivedAt", reason))?;
    let claim = ReceiptClaim { submitter: caller.reader(), channel: input.channel, received_at };
    Ok(Receipt::parse(claim, now).map_err(|invalid| UserError::invalid(invalid.part, invalid.reason))?)
}

/// Staff names the person; a self-service token is the person.
fn whose(caller: &Caller, named: Option<&str>) -> Result<SubjectId, UserError> {
    let named = named.map(|id| identifier("subjectId", SubjectId::parse(id))).transpose()?;
    match (caller.own_subject(), named) {
        (Some(own), None) => Ok(own),
        (None, Some(named)) => Ok(named),
        (Some(own), Some(named)) if own == named => Ok(own),
        (Some(_), Some(_)) => Err(UserError::at(UserErrorCode::NotFound, "subjectId")),
        (None, None) => Err(UserError::invalid("subjectId", Invalid::Empty)),
    }
}

/// A self-service caller is identified by its session.
fn session(caller: &Caller, now: jiff::Timestamp) -> Option<Identification> {
    let method = IdentityVerificationMethod::AuthenticatedSession;
    (caller.reader() == Reader::DataSubject).then(|| Identification { method, at: now, by: caller.actor() })
}
